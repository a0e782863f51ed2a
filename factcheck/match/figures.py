"""Figures by their value, however they are written: 30 亿, 3 billion and 3,000 million are the same."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_SCALES = {
    "万亿": 12,
    "千万": 7,
    "百万": 6,
    "千": 3,
    "百": 2,
    "亿": 8,
    "万": 4,
    "trillion": 12,
    "billion": 9,
    "bn": 9,
    "million": 6,
    "mn": 6,
    "m": 6,
    "thousand": 3,
    "k": 3,
    "成": -1,
}
_TOLD = ("亿", "万", "billion", "bn", "million")
"""Scales that figures are mostly written with."""

_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    word: 10 * number
    for number, word in enumerate(["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 3)
}
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_FRACTIONS = {
    "a third": "33%",
    "one third": "33%",
    "三分之一": "33%",
    "a quarter": "25%",
    "half": "50%",
    "一半": "50%",
}

_FIGURE = re.compile(
    r"(?P<month>(?:"
    + "|".join(f"{m[:3]}(?:{m[3:]}|\\.|\\b)" for m in _MONTHS)
    + r")(?=,?\s+\d|\s*$)|(?<=\d\s)(?:"
    + "|".join(_MONTHS)
    + r"))"
    r"|(?P<fraction>\b(?:a third|one third|a quarter|half)\b|三分之一|一半)"
    r"|(?:(?P<digits>\d{1,3}(?:[ ,\u00a0]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    rf"|(?P<word>\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b)"
    r"|(?P<han>[零〇一二两三四五六七八九十百千]{2,9}|[一二两三四五六七八九十百千](?=[万亿成%])))"
    r"(?:\s?(?P<scale>万亿|千万|百万|[亿万千百成]|(?:trillion|billion|million|thousand|bn|mn|m|k)\b))?"
    r"(?P<hundredths>\s?(?:%|％|percent|per cent|pct))?(?P<unit>\s?月)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at [start, end): its value as a plain decimal, with % for parts of a hundred; m5 is the month of May."""

    start: int
    end: int
    value: str


def figures(text: str) -> Iterator[Figure]:
    """Every figure of a text, in order; months by name or number are figures too."""
    flat = text if text.isascii() else "".join(map(_narrow, text))
    for found in _FIGURE.finditer(flat):
        value = _value(found)
        if value:
            yield Figure(found.start(), found.end(), value)


def written(value: str) -> tuple[str, ...]:
    """How a value may be written, in lower case, for a search by characters; not every way there is."""
    plain = value.rstrip("%")
    if value.startswith("m"):
        return (f"{value[1:]}月", _MONTHS[int(value[1:]) - 1][:3])
    number = Decimal(plain)
    forms = {plain, f"{number:,f}", f"{number:,f}".replace(",", " ")}
    for name in _TOLD:
        scaled = number.scaleb(-_SCALES[name])
        if 1 <= scaled < 10_000:
            forms |= {f"{scaled.normalize():f}{gap}{name}" for gap in ("", " ")}
    forms |= {word for word, worth in _WORDS.items() if worth == number}
    forms |= {f"{plain}{sign}" for sign in ("%", " percent")} if value.endswith("%") else set()
    return tuple(form for form in sorted(forms) if len(form) > 1)


def _narrow(character: str) -> str:
    return unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character


def _value(found: re.Match[str]) -> str:
    if found["month"]:
        return f"m{[name[:3] for name in _MONTHS].index(found['month'].lower()[:3]) + 1}"
    if found["fraction"]:
        return _FRACTIONS[found["fraction"].lower()]
    try:
        number = _number(found).scaleb(_SCALES.get((found["scale"] or "").lower(), 0))
    except InvalidOperation:
        return ""
    part = found["scale"] == "成"
    if found["unit"] and number == number.to_integral() and 1 <= number <= 12:
        return f"m{number:f}"
    sign = "%" if part or found["hundredths"] else ""
    return f"{(number * 100 if part else number).normalize():f}{sign}"


def _number(found: re.Match[str]) -> Decimal:
    if found["digits"]:
        return Decimal(re.sub(r"[ ,\u00a0]", "", found["digits"]))
    if found["word"]:
        return Decimal(_WORDS[found["word"].lower()])
    word = found["han"]
    if not any(each in _TENS for each in word):
        return Decimal("".join(str(_CHINESE[each]) for each in word))
    total = digit = 0
    for each in word:
        total += (digit or 1) * _TENS[each] if each in _TENS else 0
        digit = _CHINESE.get(each, 0)
    return Decimal(total + digit)
