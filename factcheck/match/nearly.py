"""Nearly the same text: a sketch of what a page reports, small enough to be kept in its event (Broder 1997)."""

import re
import unicodedata
from collections.abc import Iterator
from zlib import crc32

SIZE = 64
"""Hashes of a sketch: the smallest of all shingles, so that two sketches are one sample of both texts."""
FEWEST = 40
"""Shingles of the shortest text that has a sketch: a shorter one is like too many others."""
_SHINGLE = 5
_LINE = 60
_TOKEN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]|[^\W_㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_END = re.compile(r"[。！？!?；…]|[.](?=[\s”’\"')]|$)")
_WIDE = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")


def sketch(text: str) -> str:
    """The bottom-64 sketch of the body of a page in hexadecimal, eight digits a hash; "" for too little text."""
    hashes = set(map(_hash, _shingles(_tokens("\n".join(body(text))))))
    if len(hashes) < FEWEST:
        return ""
    return "".join(f"{each:08x}" for each in sorted(hashes)[:SIZE])


def body(text: str) -> list[str]:
    """The lines that report something: long ones with an end of a sentence; menus, notes and lists of links have none."""
    return [line for line in text.splitlines() if _weight(line) >= _LINE and _END.search(line)]


def _weight(line: str) -> int:
    """The length of a line; a Chinese character says as much as two letters."""
    return len(line) + len(_WIDE.findall(line))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


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
