"""A figure as it was said: its value, what it counts, and the words about, at least or 以上 around it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.text.factors import Factor
from factcheck.text.numerals import numeral
from factcheck.text.units import singular

_SIGNS = {
    "<": "不到|不足|少于|低于|小于|未满|不满|less than|fewer than|lower than|under|below|just under|well under",
    "<=": "不会超过|不超过|不多于|不高于|不大于|至多|最多|顶多|up to|at most|no more than|not more than|as many as|as much as|a maximum of",
    ">": "超过|大于|高于|多于|逾|超|more than|greater than|higher than|over|above|just over|well over|in excess of|north of|exceeding",
    ">=": "至少|不少于|不低于|不小于|起码|at least|no fewer than|no less than|not less than|not fewer than|upwards of|a minimum of",
    "~": "将近|近|接近|大约|大概|差不多|约|左右|约莫|nearly|almost|about|around|roughly|approximately|some|close to|an estimated|circa",
}
_BEFORE = {word: sign for sign, words in _SIGNS.items() for word in words.split("|")}
_BEFORE_WORDS = tuple(sorted(_BEFORE, key=len, reverse=True))
_LONGEST = len(_BEFORE_WORDS[0]) + 2
_NO_SIGN = (
    "纽约",
    "公约",
    "条约",
    "合约",
    "签约",
    "预约",
    "节约",
    "违约",
    "契约",
    "附近",
    "最近",
    "临近",
    "邻近",
    "高超",
)
_UP = re.compile("(?<![以马晚早])上$")
AFTER = re.compile(
    " ?(?:(?P<ge>及?以上|\\+(?! ?\\d)|or more(?![a-z])|or above|or higher)"
    "|(?P<le>以下|以内|之内|or less(?![a-z])|or fewer)"
    "|(?P<gt>多(?!数|少|元化|次|家)|余(?!额|下|地)|出头)"
    "|(?P<about>左右|上下(?!文|班|游|级|铺|楼)|or so(?![a-z])|give or take(?! \\d)))"
    "|(?P<roughly>,? more or less)"
)
AFTER_SIGNS = {"ge": ">=", "le": "<=", "gt": ">", "about": "~", "roughly": "~"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """low..high of a unit; `kind` is amount, money, duration, ratio, percent, change, rank, date or bare.

    `compare` is =, ~, <, <=, > or >=; `low` and `high` are the figure that was said whatever it is. `unit` is the name
    under which units are compared (a code such as USD, %, pp, bp, times; else the classifier or the noun in its
    singular), `written` the unit as the words give it. A change is a factor told by a word alone: doubled, 翻番.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    kind: str
    compare: str
    written: str = ""

    @property
    def counts(self) -> bool:
        """Whether it says how much or how many; a date, a rank or a bare label does not."""
        return self.kind not in ("date", "rank", "bare")

    @property
    def least(self) -> Decimal | None:
        """None where it is open downwards: at most, under."""
        return None if self.compare in ("<", "<=") else self.low

    @property
    def most(self) -> Decimal | None:
        """None where it is open upwards: at least, more than."""
        return None if self.compare in (">", ">=") else self.high


def before_word(lowered: str, begin: int, floor: int, one: Quantity) -> tuple[str, int]:
    """The comparing word before a figure and where it starts."""
    if lowered[begin] in "百千万亿" and _UP.search(lowered, max(floor, begin - 2), begin):
        return ">=", begin - 1
    window = lowered[max(floor, begin - _LONGEST) : begin]
    trimmed = window.rstrip(" ")
    if not trimmed.endswith(_BEFORE_WORDS) or trimmed.endswith(_NO_SIGN):
        return "", begin
    word = next(word for word in _BEFORE_WORDS if trimmed.endswith(word))
    start = len(trimmed) - len(word)
    if word.isascii() and (trimmed[start - 1 : start].isalpha() or len(trimmed) == len(window)):
        return "", begin
    if word == "近" and one.kind == "duration":
        return "", begin
    return _BEFORE[word], begin - len(window) + start


def told_quantity(lowered: str, at: int, floor: int, told: Factor) -> Quantity:
    one = Quantity(at, told.end, told.value, told.value, singular(told.unit), told.kind, "=", told.unit)
    before, begin = before_word(lowered, at, floor, one)
    after = AFTER.match(lowered, told.end)
    if after and after.lastgroup:
        return replace(one, start=begin, end=after.end(), compare=before or AFTER_SIGNS[after.lastgroup])
    return replace(one, start=begin, compare=before or "=")


def labelled(lowered: str, at: int, end: int, kind: str) -> Quantity:
    """A date or a rank: its first number, and no unit."""
    found = numeral(lowered, at, end)
    value = found.values[0] if found else Decimal(0)
    return Quantity(at, end, value, value, "", kind, "=")
