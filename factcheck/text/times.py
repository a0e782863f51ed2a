"""Times as they are told: 去年, 2023Q4, last Friday, by 2030, as first and last day on the date of the document, or unresolved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from factcheck.text.days import UNDATED, DocumentDate, document_date, lunar_year
from factcheck.text.moments import Moment
from factcheck.text.times_en import english
from factcheck.text.times_zh import chinese

__all__ = ["UNDATED", "DocumentDate", "Interval", "Time", "document_date", "times"]

NO_DATE, VAGUE, OUT_OF_RANGE = "no date given", "vague", "out of range"
"""Why a time has no days: the document is undated, the word says no time, the calendar ends before it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day as YYYY-MM-DD; empty where it is open."""

    low: str = ""
    high: str = ""

    def __bool__(self) -> bool:
        return bool(self.low or self.high)

    def __str__(self) -> str:
        """A day, both days, or one of them where the other end is open: 2015-01-01.."""
        return f"{self.low}..{self.high}" if self.low != self.high else self.low


NOWHEN = Interval()


@dataclass(frozen=True, slots=True)
class Time:
    """Words of a text that tell a time, and the days they mean.

    `lunar` is the interval of a speaker who counts lunar years, empty where there is none. `unresolved` says why
    there are no days: no date given, vague: 最近, out of range.
    """

    start: int
    end: int
    interval: Interval = NOWHEN
    lunar: Interval = NOWHEN
    unresolved: str = ""

    def to_json(self) -> dict[str, Any]:
        """The object of `extract --json` and `show --json`."""
        lunar = {"low": self.lunar.low, "high": self.lunar.high} if self.lunar else None
        return {
            "start": self.start,
            "end": self.end,
            "low": self.interval.low,
            "high": self.interval.high,
            "lunar": lunar,
            "unresolved": self.unresolved,
        }


def times(text: str, start: int, end: int, date: DocumentDate = UNDATED) -> Iterator[Time]:
    """The times of text[start:end] in order; `date` is when the document was said or written.

    Line breaks in the middle of a sentence and blanks around Chinese characters do not matter.
    """
    written, places = squeezed(text[start:end])
    lowered = written.lower()
    if len(lowered) != len(written):
        lowered = written
    stop = 0
    for moment in sorted(
        [*chinese(lowered), *english(written, lowered)], key=lambda one: (one.start, -one.end)
    ):
        if moment.start >= stop:
            stop = moment.end
            first, last = start + places[moment.start], start + places[moment.end - 1] + 1
            yield _resolved(_coming(lowered, moment), first, last, written[moment.start : moment.end], date)


_PROMISED = re.compile(
    "(?:将|预计|计划|有望|争取|力争|拟|打算|\\bwill\\b|\\bexpect\\w*|\\bplan\\w* to\\b|\\bset to\\b)[^，。,.;；]{0,24}$"
)
_STILL_TO_COME = re.compile(
    "[^，。,.;；\\d]{0,4}(?:将|会(?=[在有被达到投推建完])|才能|目标|计划|前后?(?:要|会))"
)


def _coming(text: str, moment: Moment) -> Moment:
    """The next of what comes again where a clause speaks of what is still to come: 将在7月投产."""
    if moment.ahead is None or moment.absolute:
        return moment
    before = _PROMISED.search(text, max(0, moment.start - 40), moment.start)
    return replace(moment, rule=moment.ahead) if before or _STILL_TO_COME.match(text, moment.end) else moment


_BREAK = re.compile("\\s*\\n\\s*")
_LOOSE = re.compile("(?<=[\u3400-\u9fff])\\s+(?=[\u3400-\u9fff\\d])|(?<=\\d)\\s+(?=[\u3400-\u9fff])")


def squeezed(written: str) -> tuple[str, Sequence[int]]:
    """The text without what only lays it out, and where each of its characters stood."""
    if not _LOOSE.search(written) and "\n" not in written:
        return written, range(len(written))
    pieces, places, at = [], list[int](), 0
    for gap in re.finditer(f"{_LOOSE.pattern}|{_BREAK.pattern}", written):
        blank = "" if _LOOSE.match(written, gap.start()) else " "
        pieces += [written[at : gap.start()], blank]
        places += [*range(at, gap.start()), *([gap.start()] if blank else [])]
        at = gap.end()
    return "".join([*pieces, written[at:]]), [*places, *range(at, len(written))]


def _resolved(moment: Moment, start: int, end: int, words: str, on: DocumentDate) -> Time:
    if moment.rule is None:
        return Time(start, end, unresolved=f"{VAGUE}: {words}")
    if on.days is None and not moment.absolute:
        return Time(start, end, unresolved=NO_DATE)
    try:
        return Time(start, end, _interval(moment, on), _lunar(moment, on))
    except (ValueError, OverflowError):
        return Time(start, end, unresolved=OUT_OF_RANGE)


def _interval(moment: Moment, on: DocumentDate) -> Interval:
    """The first day seen from the first date, the last day seen from the last one."""
    if moment.rule is None:
        return NOWHEN
    if on.days is None:
        return _without(moment)
    low, _ = moment.rule(on.days[0])
    _, high = moment.rule(on.days[1])
    return Interval(_iso(low), _iso(high))


def _without(moment: Moment) -> Interval:
    """An absolute time in an undated document: what depends on the document's day stays open."""
    if moment.rule is None:
        return NOWHEN
    one, two = (moment.rule(day) for day in _ANY_TWO)
    low, high = (_iso(a) if a == b else "" for a, b in zip(one, two, strict=True))
    return Interval(low, high)


_ANY_TWO = (date(2000, 1, 1), date(2001, 2, 2))


def _lunar(moment: Moment, on: DocumentDate) -> Interval:
    if moment.lunar is None or on.days is None:
        return NOWHEN
    first, last = (lunar_year(day, moment.lunar) for day in on.days)
    return Interval(_iso(first[0]), _iso(last[1])) if first and last else NOWHEN


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
