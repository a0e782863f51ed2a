"""Who may sign, as OpenSSH reads it: the allowed_signers file (ssh-keygen(1), ALLOWED SIGNERS)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from factcheck.signing.keys import PARTS, PublicKey
from factcheck.signing.sshsig import NAMESPACE

MOMENT = re.compile(r"([1-9]\d{3})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{3})?Z", re.ASCII)
STAMP = re.compile(r"([1-9]\d{3})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?Z", re.ASCII)
OPTION = re.compile(r'([a-z-]+)="([^"]*)"')
FIELD = re.compile(r'(?:[^\s"]|"[^"]*")+')


@dataclass(frozen=True, slots=True)
class Signer:
    """A person and their key, good from one moment to another ("" leaves an end open)."""

    name: str
    key: PublicKey
    valid_after: str = ""
    valid_before: str = ""


def principal(name: str) -> str:
    """A name as a principal: all but letters, digits and -_.~ percent-encoded, so that no sign has a meaning."""
    if not name:
        raise ValueError("a signer has a name.")
    return quote(name, safe="")


def to_text(signers: Iterable[Signer]) -> str:
    """The allowed_signers file of these people, in this order; moments in whole seconds of UTC."""
    return "".join(f"{principal(each.name)} {_options(each)} {each.key.to_line()}\n" for each in signers)


def from_text(text: str) -> list[Signer]:
    """Read an allowed_signers file: whoever may sign events. ValueError, with the line, for what we would read otherwise than OpenSSH."""
    found: list[Signer] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found += _signers(line.strip(" \t\r"))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
    return found


def _options(signer: Signer) -> str:
    options = [f'namespaces="{NAMESPACE}"']
    for name, moment in (("valid-after", signer.valid_after), ("valid-before", signer.valid_before)):
        if moment:
            options.append(f'{name}="{_stamp(moment)}"')
    return ",".join(options)


def _signers(line: str) -> Iterator[Signer]:
    """The people of one line; none for comments and for keys of another namespace."""
    if not line or line.startswith("#"):
        return
    names, *fields = FIELD.findall(line) or [""]
    options = _read_options(fields.pop(0) if len(fields) > 2 and fields[0] not in PARTS else "")
    key = PublicKey.from_line(" ".join(fields[:2]))
    if NAMESPACE not in options.get("namespaces", NAMESPACE).split(","):
        return
    after, before = (_moment(options.get(name, "")) for name in ("valid-after", "valid-before"))
    for name in names.strip('"').split(","):
        yield Signer(_name(name), key, after, before)


def _name(field: str) -> str:
    if not field or re.search(r"[*?!]", field):
        raise ValueError("a name is one person's; patterns are not taken.")
    return unquote(field, errors="strict")


def _read_options(text: str) -> dict[str, str]:
    """The options of a line; only the three that say something about time and use."""
    options = dict(OPTION.findall(text))
    whole = ",".join(f'{name}="{value}"' for name, value in options.items())
    if whole != text or options.keys() - {"namespaces", "valid-after", "valid-before"}:
        raise ValueError("the options are namespaces, valid-after and valid-before.")
    return options


def _stamp(moment: str) -> str:
    found = MOMENT.fullmatch(moment)
    if found is None:
        raise ValueError(f"{moment[:40]!r} is no moment like 2024-02-26T09:30:00.000Z.")
    return f"{_time(found.groups()):%Y%m%d%H%M%S}Z"


def _moment(stamp: str) -> str:
    """A moment as the ledger writes it. Without Z it would be another one on each machine."""
    if not stamp:
        return ""
    found = STAMP.fullmatch(stamp)
    if found is None:
        raise ValueError(f"{stamp[:40]!r} is no moment like 20240226093000Z.")
    return f"{_time(found.groups(default='0')):%Y-%m-%dT%H:%M:%S}.000Z"


def _time(figures: tuple[str, ...]) -> datetime:
    """The time of these figures (ValueError for the thirteenth month)."""
    year, month, day, hour, minute, second = map(int, figures)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
