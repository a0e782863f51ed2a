"""What differs between two wordings of nearly the same thing: whole words and whole numbers, in Chinese and English."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

LONGEST = 2_000
"""Tokens of a wording that is compared; a longer pair differs as a whole, so that no pair takes long."""

_SCALES = {
    "万亿": 12,
    "千万": 7,
    "百万": 6,
    "亿": 8,
    "万": 4,
    "trillion": 12,
    "billion": 9,
    "million": 6,
    "thousand": 3,
}
_SCALE = "万亿|千万|百万|亿|万|(?:trillion|billion|million|thousand)\\b"
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(
    rf"(?P<number>[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[零〇一二两三四五六七八九十百千]{{1,9}}(?=万|亿)|[零〇一二两三四五六七八九十百千]{{2,9}})"
    rf"(?: ?(?P<scale>{_SCALE}))?",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    rf"(?:{_NUMBER.pattern.replace('?P<number>', '?:').replace('?P<scale>', '?:')})(?: ?[%％‰])?"
    r"|[^\W\d_\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:['’][^\W\d_\u2e80-\u9fff]+)*"
    r"|\s+|.",
    re.DOTALL | re.IGNORECASE,
)
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a wording; `differs`: the other wording has not got them there."""

    text: str
    differs: bool


def differing(one: str, two: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings in pieces that give each of them again exactly when they are joined.

    Numbers stay whole with their scale and are compared by their value (30 亿 is 三十亿, and not 30 万), English words
    stay whole; Chinese is compared by characters, and a lone one between two differences belongs to them.
    Case, width and blanks make no difference, and marks alone are never marked.
    """
    a, b = _TOKEN.findall(one), _TOKEN.findall(two)
    if max(len(a), len(b)) > LONGEST:
        same = _folded(one) == _folded(two)
        return (Piece(one, not same),), (Piece(two, not same),)
    left, right = [True] * len(a), [True] * len(b)
    matcher = SequenceMatcher(None, [*map(_folded, a)], [*map(_folded, b)], autojunk=False)
    for i, j, size in _islands(matcher, a, len(b)):
        left[i : i + size] = right[j : j + size] = [False] * size
    return tuple(_pieces(a, left)), tuple(_pieces(b, right))


def only_here(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The words and numbers that the other wording has not, without the blanks around them."""
    return tuple(each.text.strip() for each in pieces if each.differs)


def _islands(matcher: "SequenceMatcher[str]", a: Sequence[str], last: int) -> Iterator[tuple[int, int, int]]:
    """What is equal on both sides, without lone Chinese characters in the middle of a difference."""
    end_a = end_b = 0
    for i, j, size in matcher.get_matching_blocks():
        rests = j + size < last and i + size < len(a)
        lone = size == 1 and bool(_WIDE.fullmatch(a[i])) and i > end_a and j > end_b and rests
        if not lone:
            yield i, j, size
            end_a, end_b = i + size, j + size


def _folded(token: str) -> str:
    """What a token is compared by: the value of a number, else its letters without case and width."""
    plain = " ".join(unicodedata.normalize("NFKC", token).casefold().split())
    number = _NUMBER.match(plain)
    if number is None or len(plain) > 25:
        return plain
    digits = number["number"].replace(",", "")
    value = _chinese(digits) if digits[0] in _DIGITS or digits[0] in _TENS else digits
    try:
        scaled = Decimal(value).scaleb(_SCALES.get(number["scale"] or "", 0))
    except InvalidOperation:
        return plain
    return f"{scaled.normalize():f}{plain[number.end() :].strip()}"


def _chinese(word: str) -> str:
    """三百二十 as 320, 二〇二四 as 2024."""
    if not any(each in _TENS for each in word):
        return "".join(str(_DIGITS[each]) for each in word)
    total = digit = 0
    for each in word:
        total += (digit or 1) * _TENS[each] if each in _TENS else 0
        digit = _DIGITS.get(each, 0)
    return str(total + digit)


def _pieces(tokens: Sequence[str], marked: Sequence[bool]) -> Iterator[Piece]:
    """Neighbouring tokens of one kind joined; blanks between differences belong to them, marks at their edges do not."""
    differs = [mark and any(map(str.isalnum, token)) for token, mark in zip(tokens, marked, strict=True)]
    for n, (token, mark) in enumerate(zip(tokens, marked, strict=True)):
        inside = 0 < n < len(tokens) - 1 and differs[n - 1] and differs[n + 1]
        joins = not token.strip() or (mark and not token.strip("'’-./"))
        differs[n] = differs[n] or (inside and joins)
    start = 0
    for n in range(1, len(tokens) + 1):
        if n == len(tokens) or differs[n] is not differs[start]:
            yield Piece("".join(tokens[start:n]), differs[start])
            start = n
