"""When two names mean one person, when words say anything, and which days exist."""

import unicodedata
from datetime import date

from factcheck.errors import Refused, Usage

# Characters that take no ink: default-ignorable ones (Unicode DerivedCoreProperties) and blanks that look like none.
_NO_INK = frozenset(
    [
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
        *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
        *(*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)),
    ]
)
LONGEST_NAME = 100
LONGEST_TEXT = 20_000
"""Characters of one text that somebody writes: a statement, a reason, a note. What is longer is evidence, and a file."""


def same_person(one: str, two: str) -> bool:
    """True when two names differ only in case, width, composition, blanks or what cannot be seen.

    Look-alikes from other alphabets are different names; a desk that fears them keeps a list of members.
    """
    return _folded(one) == _folded(two)


def _folded(name: str) -> str:
    inked = "".join(
        character for character in unicodedata.normalize("NFKC", name) if ord(character) not in _NO_INK
    )
    return " ".join(unicodedata.normalize("NFKC", inked.casefold()).split())


def says_something(text: str) -> bool:
    """True when a reader would see at least one sign of ink."""
    return any(
        unicodedata.category(character)[0] not in "CZ" and ord(character) not in _NO_INK for character in text
    )


def too_long(name: str, seen: int, claim: str = "C1") -> Refused:
    """The refusal of a text of `seen` characters: longer than LONGEST_TEXT."""
    return Refused(
        f"{name} would have {seen:,} characters; a text has at most {LONGEST_TEXT:,}.",
        where=claim,
        remedy=f"shorten it, and attach a long text as a file: factcheck attach {claim} FILE",
    )


def name_fault(name: str) -> str:
    """Why this cannot be the name of a person here; "" when it can."""
    if not says_something(name):
        return "it is empty"
    if len(name) > LONGEST_NAME:
        return f"it has {len(name)} characters, at most {LONGEST_NAME}"
    if name != name.strip():
        return "it begins or ends with a blank"
    if any(_unfit(character) for character in name):
        return "it holds a character that cannot be seen"
    return "tools write under that name, people do not" if _folded(name).startswith("tool:") else ""


def _unfit(character: str) -> bool:
    blank = unicodedata.category(character)[0] == "Z" and character != " "
    return blank or unicodedata.category(character)[0] == "C" or ord(character) in _NO_INK


def is_day(text: str) -> bool:
    """True for a day of the calendar: 2024-02-26."""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_date(text: str) -> bool:
    """True for nothing (unknown), a day, or a range of days: 2024-02-25..2024-03-02."""
    first, dots, last = text.partition("..")
    return not text or (is_day(first) and (not dots or (is_day(last) and first <= last)))


def checked_date(text: str) -> str:
    """Nothing, a day or a range of days; Usage for anything else."""
    if not is_date(text):
        remedy = "write 2024-02-26, or a range: 2024-02-25..2024-03-02"
        raise Usage("this is no date of the calendar.", seen=ascii(text[:60]), remedy=remedy)
    return text
