"""One check of somebody else's: what was claimed, how they called it, where they say so, and what could not be kept."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

LONGEST = 10_000
"""Characters of the longest claim that is taken in; a statement here has no more."""
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d])")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Check:
    """`ref` is the entry's own id. `label` is their word for it, `number` (value, worst, best) their figure, or None.

    `key` is a rating of the shipped scale where the file itself names one. `lost` are codes of what could not be kept.
    """

    line: int
    ref: str
    text: str
    label: str
    number: tuple[float, float, float] | None
    key: str
    date: str
    url: str
    publisher: str
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that is no check: its number in the file (from 1), and why."""

    line: int
    because: str


Found = Check | Skipped


def entry(
    line: int,
    *,
    ref: Any = "",
    text: Any = "",
    label: Any = "",
    number: tuple[float, float, float] | None = None,
    key: str = "",
    date: Any = "",
    url: Any = "",
    publisher: Any = "",
    lost: tuple[str, ...] = (),
) -> Found:
    """Make a check of raw values; whatever is no plain word of its kind is dropped, and said to be."""
    said, name = words(text), words(label)
    if not said:
        return Skipped(line, "it says no claim")
    if len(said) > LONGEST:
        said, lost = said[:LONGEST].rstrip(), (*lost, "text_cut")
    if not (name or number or key):
        return Skipped(line, "it has no verdict")
    address, day = _address(url), _day(date)
    missing = {"url_missing": not address, "date_missing": not day, "publisher_missing": not words(publisher)}
    known = words(ref) or address or hashlib.sha256(said.encode("utf-8")).hexdigest()
    return Check(
        line=line,
        ref=known[:400],
        text=said,
        label=name[:200],
        number=number,
        key=key,
        date=day,
        url=address,
        publisher=words(publisher)[:200],
        lost=(*lost, *(code for code, holds in missing.items() if holds)),
    )


def words(value: Any) -> str:
    """A text on one line, without characters that cannot be seen; "" for what is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in str(value)).split())


def _address(value: Any) -> str:
    """An http or https address in plain characters; "" for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    plain = text.isascii() and text.isprintable() and " " not in text and len(text) <= 2_000
    return text if plain and parts.scheme in {"http", "https"} and host and not parts.username else ""


def _day(value: Any) -> str:
    """The day of a date or a moment in ISO 8601; "" for anything else."""
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return ""
    _, month, day = map(int, found.groups())
    return found[0] if 1 <= month <= 12 and 1 <= day <= 31 else ""
