"""Numbers with their units as they are spoken: 10 至 20 秒, 5 到 7 万亿美元, 14 倍以上, $3.4 billion, 第四."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万亿": 10**12, "亿": 10**8, "百万": 10**6, "千万": 10**7, "万": 10**4, "千": 1000, "百": 100}
_WORDS = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 1000,
    "m": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
}
_NAMES = {
    name: value
    for value, name in enumerate(
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
        ]
    )
} | {
    name: 20 + 10 * value
    for value, name in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
_CURRENCIES = "人民币|美元|欧元|日元|英镑|港元|港币|韩元|卢布|块钱|元|块|dollars?|euros?|pounds?|yen|yuan|rmb|usd|eur|gbp|francs?|rupees?"
_ZH_UNITS = (
    "个百分点|百分点|平方公里|平方米|公里|千米|厘米|毫米|公斤|千克|公顷|毫升|摄氏度|小时|分钟|秒钟|星期|季度|个月|年|岁|天|日|周|秒|米|克|吨|斤|亩|升|度|倍|成|"
    "人次|人|名|位|家|个|台|辆|架|艘|部|款|项|条|张|帧|幅|次|场|届|轮|件|份|套|本|篇|集|句|字|词|票|席|分|球|枚|座|所|间|户|只|头|粒|颗|支|把|批|种|类|层|级|代|页|桶|度电|千瓦时|瓦|伏|赫兹|像素|参数|像素点|床|例|剂|桌|股|单|点|门|片"
)
_EN_UNITS = (
    "percentage points?|basis points?|per ?cent|square (?:feet|meters|metres|miles|kilometers)|miles?|kilometers?|kilometres?|meters?|metres?|feet|foot|inches|pounds?|kilograms?|kg|grams?|tons?|tonnes?|gallons?|liters?|litres?|barrels?|acres?|degrees?|"
    "hours?|minutes?|seconds?|days?|weeks?|months?|quarters?|years?|decades?|times|fold|people|persons?|employees?|workers?|users?|customers?|patients?|students?|jobs?|units?|cars?|vehicles?|stores?|countries|states|cities|companies|homes?|households?|shares?|votes?|points?|goals?|games?|seats?|deaths?|cases?|beds?|doses?|parameters?|tokens?|frames?|images?|pictures?|pixels?|megawatts?|gigawatts?|kilowatts?|mw|gw|kwh|gb|tb|mb|fps|subscribers?|members?|calls?|runs?|steps?|flights?|schools?|teachers?|nurses?|doctors?|soldiers?|refugees?|voters?|downloads?|hospitals?|inferences?|passes?|copies"
)
_NUMBER = "\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,20}(?:\\.\\d{1,20})?"
_ZH_NUMBER = "[零〇一二两三四五六七八九十百千]{1,8}"
_EN_NUMBER = "|".join(sorted(_NAMES, key=len, reverse=True))
_BEFORE = "(?P<before>不会?超过|不超过|不到|不足|少于|低于|小于|至多|最多|超过|大于|高于|多于|至少|不少于|不低于|将?近|接近|大约|约|左右|more than|over|above|at least|less than|under|below|fewer than|up to|at most|nearly|almost|about|around|roughly|approximately|some)?"
_AFTER = "(?P<after>以上|以下|以内|多(?!数|少)|左右|上下|余|or more|or less|plus)?"
_OTHER_END = "(?: ?(?:%|倍|成|次) ?(?:至|到|to) ?[$€£¥]?[\\d.,]+(?![\\d.,]| ?(?:%|倍|成|次))|(?:(?<= in 19\\d\\d)|(?<= in 20\\d\\d)) to )"
"""Not a range: 40% 至 7000 万元, 5% to $3 billion, from 1,000 euros in 2019 to 1,300 euros."""
_FIND = re.compile(
    f"{_BEFORE} ?(?P<money>(?:US|HK|A|C)?[$€£¥])?(?P<ordinal>第)?(?P<percent>百分之)?"
    f"(?P<low>{_NUMBER}|{_ZH_NUMBER}|\\b(?:{_EN_NUMBER})\\b)"
    f"(?:(?!{_OTHER_END}) ?(?P<unit1>%|{_ZH_UNITS})?(?:至|到|-|–|~|～| to | and (?=\\d)) ?(?:[$€£¥])?(?P<high>{_NUMBER}|{_ZH_NUMBER}|(?:{_EN_NUMBER})\\b))?"
    f"(?P<scale> ?(?:多)?(?:万亿|千万|百万|亿|万|千(?!米|克|瓦)|百(?!分))|[ -]?(?:hundred|thousand|million|billion|trillion)\\b| ?(?:bn|tn|[kKmMbB])\\b)?"
    f"(?P<more>多|余)?(?: ?(?P<unit>%|％|‰|x\\b|{_CURRENCIES}|{_ZH_UNITS})|[ -](?P<word>(?:{_CURRENCIES}|{_EN_UNITS})\\b)|(?P<th>st|nd|rd|th)\\b)?{_AFTER}",
    re.IGNORECASE,
)
_SINGULAR = {
    "feet": "foot",
    "people": "person",
    "countries": "country",
    "cities": "city",
    "companies": "company",
    "inches": "inch",
    "times": "times",
    "copies": "copy",
    "passes": "pass",
}
_COMPARE = (
    (
        "<=",
        "不会超过|不超过|不到|不足|少于|低于|小于|至多|最多|less than|under|below|fewer than|up to|at most|以下|以内|or less",
    ),
    (">=", "超过|大于|高于|多于|至少|不少于|不低于|more than|over|above|at least|以上|多|余|or more|plus"),
    ("~", "将近|近|接近|大约|约|左右|上下|nearly|almost|about|around|roughly|approximately|some"),
)
_ASCII_LETTER = re.compile("[A-Za-z]")
_NAME_LETTER = re.compile("[A-Za-z._-]")
_MONEY = re.compile(_CURRENCIES)
_YEAR = re.compile("(?:19|20)\\d\\d$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """low..high of a unit; `kind` is amount, money, duration, ratio, percent, rank, date or bare."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    kind: str
    compare: str


def quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities of text[start:end] in order."""
    for match in _FIND.finditer(text, start, end):
        found = _quantity(text, match)
        if found is not None:
            yield found


def number(word: str) -> Decimal:
    """The value of 1,234.5, 三百二十, 两 or twelve; raises `InvalidOperation` for anything else."""
    plain = word.replace(",", "").lower()
    if plain in _NAMES:
        return Decimal(_NAMES[plain])
    return Decimal(_chinese(word)) if word[:1] in _DIGITS or word[:1] in _TENS else Decimal(plain)


def _chinese(word: str) -> int:
    if not any(char in _TENS for char in word):
        return int("".join(str(_DIGITS[char]) for char in word))
    total = digit = 0
    for char in word:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    if not _stands_alone(text, match):
        return None
    unit = (match["unit"] or match["word"] or match["unit1"] or "").lower()
    scale = _scale(match["scale"])
    try:
        low, high = number(match["low"]) * scale, number(match["high"] or match["low"]) * scale
    except InvalidOperation:
        return None
    kind = _kind(match, unit)
    start = _first(match, "before", "money", "ordinal", "percent", "low")
    return (
        Quantity(start, match.end(), low, high, match["money"] or _singular(unit), kind, _compare(match))
        if kind
        else None
    )


def _first(match: re.Match[str], *groups: str) -> int:
    return next(match.start(group) for group in groups if match[group])


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """No part of a name or a word: not GPT-4, not 一些, not the 一 of 一方面."""
    at = match.start("low")
    left = text[at - 1 : at]
    if match["low"][0].isdigit():
        glued = _ASCII_LETTER.match(text, match.end("low")) and not (
            match["scale"] or match["unit"] or match["th"]
        )
        return not _NAME_LETTER.match(left) and not glued
    if match["low"].isascii():
        return bool(match["word"] or match["scale"] or match["unit"])
    return bool(
        match["ordinal"]
        or match["percent"]
        or match["scale"]
        or (match["unit"] and match["low"] != "一" and match["low"] not in "千百")
    )


def _scale(word: str | None) -> int:
    plain = (word or "").strip(" -多").lower()
    return _SCALES.get(plain) or _WORDS.get(plain) or 1


_PERCENT = re.compile("[%％‰成]|percent.*|per cent.*|个?百分点|basis points?")
_RATIO = re.compile("倍|times|fold|x")
_DURATION = re.compile(
    "秒钟?|分钟|小时|天|周|星期|个月|季度|年|(?:second|minute|hour|day|week|month|quarter|year|decade)s?"
)


def _kind(match: re.Match[str], unit: str) -> str:
    if match["ordinal"] or match["th"]:
        return "rank"
    if match["percent"] or _PERCENT.fullmatch(unit):
        return "percent"
    if _is_date(match, unit):
        return "date"
    kinds = (("ratio", _RATIO), ("duration", _DURATION), ("money", _MONEY))
    found = (
        "money"
        if match["money"]
        else next((kind for kind, units in kinds if unit and units.fullmatch(unit)), "")
    )
    return found or ("amount" if unit or match["scale"] else "bare")


def _is_date(match: re.Match[str], unit: str) -> bool:
    """2023 and 2023 年, also 5 日: a place in time, not an amount of it."""
    if match["scale"] or match["money"]:
        return False
    return unit == "日" or (bool(_YEAR.match(match["low"])) and unit in ("", "年"))


def _compare(match: re.Match[str]) -> str:
    word = ((match["before"] or "") + "|" + (match["after"] or "") + "|" + (match["more"] or "")).lower()
    for sign, marks in _COMPARE:
        if any(part and re.fullmatch(marks, part) for part in word.split("|")):
            return sign
    return "="


def _singular(unit: str) -> str:
    if unit in _SINGULAR:
        return _SINGULAR[unit]
    return (
        unit[:-1]
        if unit.isascii() and len(unit) > 3 and unit.endswith("s") and not unit.endswith("ss")
        else unit
    )
