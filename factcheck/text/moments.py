"""A stretch of time as it is told: a rule from the document's day to first and last day, and the words since, by, before around it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from factcheck.text.days import (
    Period,
    Yearly,
    coming,
    latest,
    month_of,
    quarter_of,
    shifted_months,
    week,
    year,
)

Open = tuple[date | None, date | None]
"""First and last day; None where it is open."""

Rule = Callable[[date], Open]


@dataclass(frozen=True, slots=True)
class Moment:
    """Words from `start` to `end` that tell a time by `rule`.

    `absolute` needs no date of the document. `vague` words have no rule. `lunar` is how many years from this one
    where a speaker may count lunar years; `in_year` and `number` let a range share its year: 2023年3月至5月.
    `ahead` is the coming one of what comes again: by Friday, by March.
    """

    start: int
    end: int
    rule: Rule | None
    absolute: bool = False
    vague: bool = False
    lunar: int | None = None
    in_year: Yearly | None = None
    number: Callable[[date], int] | None = None
    ahead: Rule | None = None


def fixed(start: int, end: int, period: Period) -> Moment:
    """A time that is the same whenever it is said."""
    return Moment(start, end, lambda _now: period, absolute=True)


def vague(start: int, end: int) -> Moment:
    return Moment(start, end, None, vague=True)


def told(start: int, end: int, rule: Rule) -> Moment:
    return Moment(start, end, rule)


def recurring(start: int, end: int, what: Yearly) -> Moment:
    """March, Q3, Christmas without a year: the latest that began."""
    return Moment(
        start, end, lambda now: latest(what, now), in_year=what, ahead=lambda now: coming(what, now)
    )


def of_year(start: int, end: int, what: Yearly, number: Callable[[date], int], *, absolute: bool) -> Moment:
    return Moment(start, end, lambda now: what(number(now)), absolute, in_year=what, number=number)


def since(moment: Moment, start: int, end: int) -> Moment:
    """From the first day to the day of the document."""
    rule = _rule(moment)
    return replace(moment, start=start, end=end, lunar=None, rule=lambda now: (rule(now)[0], now))


def until(moment: Moment, start: int, end: int) -> Moment:
    """By the end of it: from the day of the document to its last day."""
    rule = moment.ahead or _rule(moment)

    def made(now: date) -> Open:
        last = rule(now)[1]
        return (now if last and now <= last else None), last

    return replace(moment, start=start, end=end, lunar=None, rule=made)


def before(moment: Moment, start: int, end: int) -> Moment:
    rule = _rule(moment)
    return replace(moment, start=start, end=end, lunar=None, rule=lambda now: (None, _next(rule(now)[0], -1)))


def after(moment: Moment, start: int, end: int) -> Moment:
    rule = _rule(moment)
    return replace(moment, start=start, end=end, lunar=None, rule=lambda now: (_next(rule(now)[1], 1), now))


def so_far(moment: Moment, start: int, end: int) -> Moment:
    return since(moment, start, end)


def rest(moment: Moment, start: int, end: int) -> Moment:
    """Later this year: from the day of the document to its end."""
    return until(moment, start, end)


def joined(first: Moment, second: Moment, start: int) -> Moment:
    """From the first day of one to the last of the other, which may lend or borrow the year."""
    if second.in_year and not second.number and first.number:
        second = _in(second, first)
    elif first.in_year and not first.number and second.number:
        first = _in(first, second)
    one, two = _rule(first), _rule(second)
    return Moment(
        start, second.end, lambda now: (one(now)[0], two(now)[1]), first.absolute and second.absolute
    )


def _in(moment: Moment, other: Moment) -> Moment:
    if moment.in_year is None or other.number is None:
        return moment
    return of_year(moment.start, moment.end, moment.in_year, other.number, absolute=other.absolute)


def _rule(moment: Moment) -> Rule:
    if moment.rule is None:
        raise ValueError(moment.start)
    return moment.rule


def _next(day: date | None, step: int) -> date | None:
    return day + timedelta(days=step) if day else None


def shifted(unit: str, count: int) -> Rule:
    """So many units on (or back, below zero): that day, else the whole week, month or year it falls into."""
    rules: dict[str, Rule] = {
        "day": lambda now: (now + timedelta(days=count),) * 2,
        "week": lambda now: week(now, count),
        "month": lambda now: month_of(now, count),
        "quarter": lambda now: quarter_of(now, count),
        "year": lambda now: year(now.year + count),
        "decade": lambda now: year(now.year + 10 * count),
    }
    return rules[unit]


def window(unit: str, count: int) -> Rule:
    """The stretch of so many units up to the document's day, or from it."""

    def rule(now: date) -> Open:
        there = _away(now, unit, count)
        return (there, now) if count < 0 else (now, there)

    return rule


def _away(now: date, unit: str, count: int) -> date:
    if unit in ("day", "week"):
        return now + timedelta(days=count * (7 if unit == "week" else 1))
    return shifted_months(now, count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit])
