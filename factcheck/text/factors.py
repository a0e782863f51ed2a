"""Parts and factors told by words rather than by a number and a unit: 三分之一, one in five, 一半, twice, 翻两番, half an hour."""

import re
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.numerals import Numeral, numeral
from factcheck.text.units import unit

_ZH = "零〇一二两三四五六七八九十百千万点\\d."
_ZH_FRACTION = re.compile(f"(?P<whole>[{_ZH}]{{1,12}})分之(?P<part>[{_ZH}]{{1,24}})")
_ZH_RATIO = re.compile(f"(?P<part>[{_ZH}]{{1,12}})比(?P<whole>[{_ZH}]{{1,24}})(?![{_ZH}个年月天倍])")
_HALF = re.compile("一半(?!导)")
_SLASH = re.compile("(?P<part>[1-9])/(?P<whole>[2-9]|10)(?= of |的)")
_ENGLISH = re.compile(
    "(?P<half>half)(?:(?= (?:of|the|our|their|its|his|my|all)(?![a-z]))|(?<=(?:about|early|ughly|lmost) half)(?! an?(?![a-z])))"
    "|(?P<part>an?|one|two|three|four|five|six|seven|eight|nine)[ -]"
    "(?P<whole>half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?(?= of(?![a-z]))"
    "|(?P<third>(?:one|two)[ -]thirds?|three-quarters)(?![a-z])"
)
_WHOLES = {
    word: value
    for value, words in enumerate(
        ("half", "third", "quarter fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
    for word in words.split()
}
_PARTS = {
    word: value
    for value, words in enumerate(
        ("a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1
    )
    for word in words.split()
}
_OF = (" in ", " out of ")
_FACTOR = re.compile("a factor of ")
_TWICE = re.compile("twice(?! (?:an?|per|each|every|in|already|before|now|daily|weekly)(?![a-z]))")
_FOLD = re.compile("(?P<number>[a-z]+(?: [a-z]+)?)fold")
_TURNED = re.compile("翻了?(?P<times>[一两二三四])?(?P<word>番|倍)")
_CHANGES = {"doubled": "2", "tripled": "3", "trebled": "3", "quadrupled": "4", "halved": "0.5", "减半": "0.5"}
_CHANGED = re.compile("(?:doubled|tripled|trebled|quadrupled|halved)(?![a-z])|减半")
_HALF_AN = re.compile("half(?: of)? an? (?P<unit>[a-z]+)|(?:an?|one) (?P<one>[a-z]+) and a half(?![a-z])")
_HALF_ZH = re.compile("半(?=个|[年小分钟世公吨斤英平里])")
_HALVES_OF_A_WHOLE = ("上", "下", "前", "后", "大", "多", "小")
_DURATION = frozenset(["hour", "day", "week", "month", "year", "minute", "second", "decade", "century"])


@dataclass(frozen=True, slots=True)
class Factor:
    """What was told, up to `end`: a ratio or duration with its unit, or a change from old to new."""

    end: int
    value: Decimal
    unit: str
    kind: str


def factor(lowered: str, written: str, at: int, end: int) -> Factor | None:
    """The part or factor that starts at `at`, or None."""
    char = lowered[at]
    if char.isascii() and char.isalpha():
        return _english(lowered, at, end)
    if char in "翻减":
        return _turned(lowered, at, end)
    if char == "半":
        return _half(lowered, written, at, end)
    return _chinese(lowered, at, end)


def share(lowered: str, part: Numeral, end: int) -> Factor | None:
    """One in five, nine out of ten: a part of a small whole that is no stretch of time."""
    join = next((word for word in _OF if lowered.startswith(word, part.end)), "")
    if not join or part.scale != 1 or part.form == "zh" or part.end + len(join) >= end:
        return None
    whole = numeral(lowered, part.end + len(join), end)
    if whole is None or whole.scale != 1 or not 0 < part.low < whole.low <= 1000:
        return None
    counted = unit(lowered, lowered, whole.end, end)
    if counted and counted.kind != "amount":
        return None
    return Factor(whole.end, rounded(part.low, whole.low), "", "ratio")


def rounded(part: Decimal, whole: Decimal) -> Decimal:
    """A fraction to six decimals."""
    return round(part / whole, 6).normalize()


def _chinese(lowered: str, at: int, end: int) -> Factor | None:
    if half := _HALF.match(lowered, at, end):
        return Factor(half.end(), Decimal("0.5"), "", "ratio")
    for pattern in (_ZH_FRACTION, _ZH_RATIO, _SLASH):
        match = pattern.match(lowered, at, end)
        if match and match["whole"] not in ("百", "千", "万"):
            return _fraction(match)
    return None


def _fraction(match: re.Match[str]) -> Factor | None:
    part, whole = (_number(match[key]) for key in ("part", "whole"))
    if part is None or whole is None or not whole or (match.re is _ZH_RATIO and whole <= 20):
        return None
    return Factor(match.end(), rounded(part, whole), "", "ratio")


def _number(word: str) -> Decimal | None:
    found = numeral(word, 0, len(word))
    return found.values[0] if found and found.end == len(word) else None


def _english(lowered: str, at: int, end: int) -> Factor | None:
    if match := _ENGLISH.match(lowered, at, end):
        if match["half"]:
            return Factor(match.end(), Decimal("0.5"), "", "ratio")
        part, whole = re.split("[ -]", match["third"]) if match["third"] else (match["part"], match["whole"])
        value = rounded(Decimal(_PARTS[part]), Decimal(_WHOLES[whole.removesuffix("s")]))
        return Factor(match.end(), value, "", "ratio")
    if match := _HALF_AN.match(lowered, at, end):
        name = match["unit"] or match["one"]
        if name in _DURATION:
            return Factor(match.end(), Decimal("0.5" if match["unit"] else "1.5"), name, "duration")
        return None
    if match := _CHANGED.match(lowered, at, end):
        return Factor(match.end(), Decimal(_CHANGES[match[0]]), "times", "change")
    return _multiple(lowered, at, end)


def _multiple(lowered: str, at: int, end: int) -> Factor | None:
    if match := _TWICE.match(lowered, at, end):
        return Factor(match.end(), Decimal(2), "times", "ratio")
    if match := _FACTOR.match(lowered, at, end):
        found = numeral(lowered, match.end(), end) if match.end() < end else None
        return Factor(found.end, found.values[0], "times", "ratio") if found else None
    if match := _FOLD.match(lowered, at, end):
        value = _number(match["number"])
        return Factor(match.end(), value, "times", "ratio") if value else None
    return None


def _turned(lowered: str, at: int, end: int) -> Factor | None:
    if match := _CHANGED.match(lowered, at, end):
        return Factor(match.end(), Decimal(_CHANGES[match[0]]), "倍", "change")
    match = _TURNED.match(lowered, at, end)
    if match is None:
        return None
    times = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4}.get(match["times"] or "一", 1)
    if match["word"] == "倍" and times > 1:
        return None
    return Factor(match.end(), Decimal(2**times), "倍", "change")


def _half(lowered: str, written: str, at: int, end: int) -> Factor | None:
    """半年, 半个月: half of a measure; not 半导体, and not the long while that 半天 is."""
    match = None if lowered[at - 1 : at] in _HALVES_OF_A_WHOLE else _HALF_ZH.match(lowered, at, end)
    counted = unit(lowered, written, match.end(), end) if match else None
    if counted is None or not (counted.kind == "duration" or counted.measure):
        return None
    return Factor(counted.end, Decimal("0.5"), counted.name, counted.kind)
