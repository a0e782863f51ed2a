"""Nearly the same text: a sketch of what a page reports, small enough to be kept in its event (Broder 1997)."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from zlib import crc32

SIZE = 64
"""Hashes of a sketch: the smallest of all shingles, so that two sketches are one sample of both texts."""
FEWEST = 40
"""Shingles of the shortest text that has a sketch: a shorter one is like too many others."""
LONGEST = 100_000
"""Code points of a report that its sketch is taken from."""
_SHINGLE = 5
_LINE = 60
_ABOVE, _BELOW = 8, 4
_TOKEN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]|[^\W_㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_END = re.compile(r"[。！？!?；…]|[.](?=[\s”’\"')]|$)")
_WIDE = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Report:
    """The paragraphs of a page that report something, and the short lines right above and below them."""

    lines: tuple[str, ...]
    around: tuple[str, ...] = ()


def report(text: str) -> Report:
    """What a page reports: long lines with an end of a sentence. Menus, lists of links and a site's notes have none."""
    lines = [line for line in text.splitlines() if line.strip()]
    told = [place for place, line in enumerate(lines) if _tells(line)]
    if not told:
        return Report((), tuple(lines[:_ABOVE]))
    above, below = lines[max(told[0] - _ABOVE, 0) : told[0]], lines[told[-1] + 1 : told[-1] + 1 + _BELOW]
    return Report(tuple(lines[place] for place in told), (*above, *below))


def sketch(told: Report) -> str:
    """The bottom-64 sketch of a report in hexadecimal, eight digits a hash; "" for too little text."""
    hashes = set(map(_hash, _shingles(_tokens("\n".join(told.lines)[:LONGEST]))))
    if len(hashes) < FEWEST:
        return ""
    return "".join(f"{each:08x}" for each in sorted(hashes)[:SIZE])


def _tells(line: str) -> bool:
    return _weight(line) >= _LINE and bool(_END.search(line)) and not _notes().search(_plain(line))


@cache
def _notes() -> re.Pattern[str]:
    """The words by which the notes of a site are known."""
    table = tomllib.loads(resources.files("factcheck").joinpath("data/pages.toml").read_text("utf-8"))
    return re.compile("|".join(map(re.escape, table["notes"]["phrases"])))


def _weight(line: str) -> int:
    """The length of a line; a Chinese character says as much as two letters."""
    return len(line) + len(_WIDE.findall(line))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _shingles(tokens: list[str]) -> Iterator[str]:
    """Runs of tokens that weigh five: five Chinese characters, or three words of an alphabet."""
    for start in range(len(tokens)):
        weight, end = 0, start
        while end < len(tokens) and weight < _SHINGLE:
            weight += 1 if _WIDE.match(tokens[end]) else 2
            end += 1
        if weight >= _SHINGLE:
            yield " ".join(tokens[start:end])


def _hash(shingle: str) -> int:
    return crc32(shingle.encode("utf-8", "replace"))
