"""Words of a stretch of text with their classes; names that are known are one word each, whatever a dictionary would cut."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import rjieba


class Word(NamedTuple):
    """A word and its class in the notation of the People's Daily corpus (n, v, nr, ns, eng ...); `name` marks a known name."""

    start: int
    end: int
    tag: str

    @property
    def nominal(self) -> bool:
        return self.tag[0] in "nqrmjlisz" or self.tag in ("eng", "vn", "an", "name")


def words(text: str, start: int, end: int, known: re.Pattern[str] | None) -> list[Word]:
    """The words of text[start:end] in order, without gaps."""
    found: list[Word] = []
    at = start
    for name in known.finditer(text, start, end) if known else ():
        found.extend(_tagged(text, at, name.start()))
        found.append(Word(name.start(), name.end(), "name"))
        at = name.end()
    found.extend(_tagged(text, at, end))
    return found


def _tagged(text: str, start: int, end: int) -> Iterator[Word]:
    at = start
    for word, tag in rjieba.tag(text[start:end]) if start < end else ():
        yield Word(at, at + len(word), tag)
        at += len(word)
