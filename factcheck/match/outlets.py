"""Who publishes a page: what is known of agencies and publishers, shipped and of one's own, and the family of a host."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from factcheck.errors import BadData
from factcheck.files import read_plain

_LARGEST = 1_000_000
_LISTS = {
    "agency": {"key", "names", "hosts"},
    "family": {"key", "hosts"},
    "others": {"syndicators", "second_level"},
}


@dataclass(frozen=True, slots=True, eq=False)
class Outlets:
    """What is known of publishers; `agencies` by name in small letters, `families` by host.

    `mark` is "" for the list that ships with the program, else eight digits that name one's own.
    """

    agencies: Mapping[str, str]
    families: Mapping[str, str]
    syndicators: frozenset[str]
    second_level: frozenset[str]
    mark: str = ""


def outlets(file: Path | None = None) -> Outlets:
    """The shipped list, with what a file of one's own adds or changes; BadData with file and line for a broken one."""
    own = _own(file) if file else b""
    return _with(shipped(), own, str(file)) if own else shipped()


@cache
def shipped() -> Outlets:
    """The list that ships with the program."""
    text = resources.files("factcheck").joinpath("data/outlets.toml").read_text("utf-8")
    return _outlets(_checked(text, "outlets.toml"))


def _own(file: Path) -> bytes:
    """The bytes of the file; none when there is no such file."""
    try:
        return read_plain(file, most=_LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise _broken(
            str(file), "the list of outlets cannot be read.", error.strerror or str(error)
        ) from error


def _with(known: Outlets, data: bytes, where: str) -> Outlets:
    try:
        own = _outlets(_checked(data.decode("utf-8"), where))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _broken(
            f"{where}:{line}", "the list of outlets is not UTF-8.", repr(data[error.start])
        ) from error
    return Outlets(
        agencies={**known.agencies, **own.agencies},
        families={**known.families, **own.families},
        syndicators=(known.syndicators - own.families.keys()) | own.syndicators,
        second_level=known.second_level | own.second_level,
        mark=hashlib.sha256(data).hexdigest()[:8],
    )


def _outlets(table: Mapping[str, Any]) -> Outlets:
    agencies = table.get("agency", [])
    others = table.get("others", {})
    return Outlets(
        agencies={name.lower(): each["key"] for each in agencies for name in each["names"]},
        families={
            host: each["key"] for each in (*agencies, *table.get("family", [])) for host in each["hosts"]
        },
        syndicators=frozenset(others.get("syndicators", ())),
        second_level=frozenset(others.get("second_level", ())),
    )


def _checked(text: str, where: str) -> Mapping[str, Any]:
    """What the file says, when it says nothing that a list of outlets has no place for."""
    table = _table(text, where)
    for name, entries in table.items():
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            if wrong := _wrong(name, entry):
                line = _line(text, name, number)
                raise _broken(f"{where}:{line}", f"the list of outlets cannot be used: {wrong}", f"[{name}]")
    return table


def _table(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = found[1] if found else text.count("\n") + 1
        raise _broken(f"{where}:{line}", "this is not TOML.", str(error)) from error


def _wrong(name: str, entry: Any) -> str:
    """What speaks against an entry; "" when nothing does."""
    if name not in _LISTS or not isinstance(entry, dict):
        return "it has [[agency]], [[family]] and [others]."
    if strange := sorted(entry.keys() - _LISTS[name]):
        return f"there is no {strange[0][:40]!r}."
    if name != "others" and not (isinstance(entry.get("key"), str) and entry["key"]):
        return "a key in words is missing."
    if name != "others" and (missing := sorted(_LISTS[name] - entry.keys())):
        return f"{missing[0]} is missing."
    return next(
        (f"{key} must be a list of words." for key in entry if key != "key" and not _words(entry[key])), ""
    )


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)


def _line(text: str, name: str, number: int) -> int:
    """The line in which the n-th table of that name begins."""
    begins = [found.start() for found in re.finditer(rf"(?m)^[ \t]*(?:\[+[ \t]*)?{re.escape(name)}\b", text)]
    return text.count("\n", 0, begins[min(number, len(begins) - 1)]) + 1 if begins else 1


def _broken(where: str, what: str, seen: str) -> BadData:
    return BadData(
        what,
        where=where,
        seen=seen[:120],
        remedy='mend the line; an entry looks like this: [[family]] key = "orlin" hosts = ["orlin.example"]',
    )


def family(host: str, known: Outlets | None = None) -> str:
    """The publisher behind a host: a family's key, else its registered name; "" for a syndicator and for no name."""
    name = host.strip().lower().rstrip(".")
    if not name or _is_address(name):
        return name
    known = known or shipped()
    for parent in _parents(name):
        if parent in known.families:
            return known.families[parent]
        if parent in known.syndicators:
            return ""
    return _registered(name, known)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _parents(host: str) -> Iterator[str]:
    labels = host.split(".")
    return (".".join(labels[n:]) for n in range(len(labels)))


def _registered(host: str, known: Outlets) -> str:
    """The name that somebody registered: two labels, three under a country's second level (example.co.uk)."""
    labels = host.split(".")
    deep = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in known.second_level
    return ".".join(labels[-3:] if deep else labels[-2:])
