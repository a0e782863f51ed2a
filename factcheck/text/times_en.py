"""Times told in English: last March, Q4 2023, by the end of next month, the past decade, mid-2022, the nineties; vague ones too."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from factcheck.text import days, moments
from factcheck.text.calendar_en import (
    A_NAME,
    AGO,
    AMBIGUOUS,
    ANCHOR,
    BETWEEN,
    DATE,
    DAY,
    DAYS,
    DECADE,
    DECADES,
    END_OF,
    ENDS,
    EVERY,
    FRAME,
    HOLIDAYS,
    IN_YEAR,
    JOINT,
    LAST_NAMED,
    LEAD,
    MONTH_NAME,
    MONTH_NUMBERS,
    NEAR,
    OF,
    ORDINALS,
    PART_SO_FAR,
    SECOND,
    SIZED_YEAR,
    SIZES,
    SPAN,
    THIRDS,
    VAGUE,
    WAYS,
    WEEKDAYS,
    WINDOW,
    YEAR,
)
from factcheck.text.days import Yearly
from factcheck.text.moments import Moment, Rule
from factcheck.text.numerals import numeral


def english(written: str, text: str) -> Iterator[Moment]:
    """The times told in English; `text` is `written` in lower case."""
    place = 0
    while anchor := ANCHOR.search(text, place):
        found = _framed(written, text, anchor.start())
        place = found.end if found else anchor.start() + 1
        if found:
            yield found


def _framed(written: str, text: str, at: int) -> Moment | None:
    """A time with since, by, before, after or between before it."""
    if between := BETWEEN.match(text, at):
        first = _point(written, text, between.end())
        second = _other(written, text, first)
        return moments.joined(first, second, at) if first and second else None
    frame = FRAME.match(text, at)
    point = _point(written, text, frame.end() if frame else at)
    if point is None or point.vague:
        return None if frame else point
    if frame:
        made = {
            "since": moments.since,
            "by": moments.until,
            "until": moments.until,
            "before": moments.before,
            "after": moments.after,
        }
        return made[frame["word"]](point, at, point.end)
    second = _other(written, text, point)
    return moments.joined(point, second, at) if second else point


def _other(written: str, text: str, first: Moment | None) -> Moment | None:
    """The other end of a range; a bare `and` joins nothing but between ... and."""
    joint = JOINT.match(text, first.end) if first and first.in_year else None
    if first is None or joint is None or joint.end() >= len(text):
        return None
    if joint[0] == " and " and not text.endswith("between ", 0, first.start):
        return None
    second = _point(written, text, joint.end())
    return second if second and second.in_year and not second.vague else None


def _point(written: str, text: str, at: int) -> Moment | None:
    if at >= len(text) or text.endswith(EVERY, 0, at):
        return None
    for read in (
        _vague,
        _dated,
        _part_so_far,
        _window,
        _ago,
        _day,
        _sized,
        _end_of,
        _named,
        _near,
        _decade,
        _of_year,
        _year,
    ):
        found = read(written, text, at)
        if found:
            return found
    return None


def _number(word: str) -> int:
    if word in ("a", "an"):
        return 1
    found = numeral(word, 0, len(word))
    return int(found.values[0]) if found and found.end == len(word) else 0


def _vague(_written: str, text: str, at: int) -> Moment | None:
    match = VAGUE.match(text, at)
    if match is None:
        return None
    return moments.vague(match.start("recent") if match["recent"] else at, match.end())


def _dated(_written: str, text: str, at: int) -> Moment | None:
    match = DATE.match(text, at)
    if match is None:
        return None
    try:
        only = date(*(int(match[key]) for key in ("year", "month", "day")))
    except ValueError:
        return None
    return moments.fixed(at, match.end(), (only, only))


def _current(unit: str, shift: int = 0) -> Rule:
    rules: dict[str, Rule] = {
        "week": lambda now: days.week(now, shift),
        "month": lambda now: days.month_of(now, shift),
        "quarter": lambda now: days.quarter_of(now, shift),
        "year": lambda now: days.year(now.year + shift),
        "weekend": lambda now: days.weekend(now, shift),
    }
    return rules[unit]


def _part_so_far(_written: str, text: str, at: int) -> Moment | None:
    match = PART_SO_FAR.match(text, at)
    if match is None:
        return None
    unit = (match["unit"] or match["to_date"] or match["after"]).removeprefix("this ")
    whole = moments.told(at, match.end(), _current(unit))
    made = moments.rest if match["so_far"] == "later" else moments.so_far
    return made(whole, at, match.end())


def _window(_written: str, text: str, at: int) -> Moment | None:
    match = WINDOW.match(text, at)
    if match is None:
        return None
    unit = match["unit"] or match["single"] or ("decade" if match["one"] == "decade" else "year")
    count = _number(match["count"]) if match["count"] else 1
    return (
        moments.told(at, match.end(), moments.window(unit, count * WAYS[match["way"] or "past"]))
        if count
        else None
    )


def _ago(_written: str, text: str, at: int) -> Moment | None:
    match = AGO.match(text, at)
    if match is None:
        return None
    sign = 1 if match["way"] in ("from now", "hence") else -1
    if match["count"].startswith("half"):
        halves = {"year": ("month", 6), "decade": ("year", 5)}.get(match["unit"])
        return moments.told(at, match.end(), moments.shifted(halves[0], sign * halves[1])) if halves else None
    count = _number(match["count"])
    return moments.told(at, match.end(), moments.shifted(match["unit"], sign * count)) if count else None


def _day(written: str, text: str, at: int) -> Moment | None:
    match = DAY.match(text, at)
    if match is None or (at and written[at].isupper()) or _is_title(written, text, match.end()):
        return None
    shift = next(shift for words, shift in DAYS.items() if match[0].startswith(words))
    return moments.told(at, match.end(), lambda now: (now + timedelta(days=shift),) * 2)


def _is_title(written: str, text: str, end: int) -> bool:
    """Yesterday is my favourite song: a capital day that is something else's name."""
    return written[:1].isupper() and text.startswith((" is my ", " is a ", " is the name"), end)


def _which_year(match: re.Match[str]) -> tuple[Callable[[date], int], bool]:
    if match["four"] or match["spoken"]:
        number = int(match["four"]) if match["four"] else _spoken_year(match["spoken"])
        return lambda _now: number, True
    shift = -2 if match["before_last"] else WAYS.get(match["way"], 0)
    return lambda now: now.year + shift, False


def _spoken_year(words: str) -> int:
    first, _, rest = words.replace("-", " ").partition(" ")
    if first == "two":
        return 2000 + _plain(rest.removeprefix("thousand").removeprefix(" and").strip())
    return {"nineteen": 1900, "twenty": 2000}[first] + _plain(rest.removeprefix("oh ").removeprefix("o "))


def _plain(words: str) -> int:
    return _number(words.replace(" ", "-"))


def _year(written: str, text: str, at: int) -> Moment | None:
    """A year; four digits alone are one only behind a word like in, since, of."""
    match = YEAR.match(text, at)
    if match is None or match["way"] == "the":
        return None
    bare = match["four"] or match["spoken"]
    led = (
        LEAD.search(text, max(0, at - 12), at)
        or SPAN.match(text, at)
        or SECOND.search(text, max(0, at - 8), at)
    )
    if bare and not led and (match["spoken"] or not _stands_as_year(written, at, match.end())):
        return None
    number, absolute = _which_year(match)
    return moments.of_year(at, match.end(), days.year, number, absolute=absolute)


def _stands_as_year(written: str, at: int, end: int) -> bool:
    return at == 0 and bool(re.match(" (?:was|saw|is|will|brought|marked)(?![a-z])|,", written[end:]))


def _year_after(text: str, at: int) -> tuple[re.Match[str], int] | None:
    gap = OF.match(text, at)
    match = YEAR.match(text, gap.end()) if gap and gap.end() > at else None
    return (match, match.end()) if match and not (match["spoken"] and gap and gap[0] == " ") else None


def _sized(_written: str, text: str, at: int) -> Moment | None:
    """Early 2023, mid-2022, late last year."""
    match = SIZED_YEAR.match(text, at)
    year = YEAR.match(text, match.end()) if match else None
    if match is None or year is None or year["way"] == "the":
        return None
    number, absolute = _which_year(year)
    what = days.stretch(*SIZES[match["size"]])
    return moments.of_year(at, year.end(), what, number, absolute=absolute)


def _end_of(_written: str, text: str, at: int) -> Moment | None:
    match = END_OF.match(text, at)
    if match is None:
        return None
    if match["year"] or match["year_end"]:
        ends = days.stretch(*ENDS[match["end"] or "end"])
        return moments.of_year(at, match.end(), ends, lambda now: now.year, absolute=False)
    if match["month"]:
        shift, third = WAYS[match["month"].split()[0]], THIRDS[match["end"]]
        return moments.told(at, match.end(), lambda now: days.third_of(days.month_of(now, shift), third))
    if year := YEAR.match(text, match.end()):
        number, absolute = _which_year(year)
        what = days.stretch(*ENDS[match["end"]])
        return moments.of_year(at, year.end(), what, number, absolute=absolute)
    month = MONTH_NAME.match(text, match.end())
    if month is None:
        return None
    what = days.third_of_month(_month_number(month[0]), THIRDS[match["end"]])
    return _with_year(text, at, month.end(), what)


def _month_number(word: str) -> int:
    return MONTH_NUMBERS[word.rstrip(".")]


def _with_year(text: str, at: int, end: int, what: Yearly) -> Moment:
    """A part of a year with the year behind it, or the latest one that began."""
    year = _year_after(text, end)
    if year is None or year[0]["way"] == "the":
        return moments.recurring(at, end, what)
    number, absolute = _which_year(year[0])
    return moments.of_year(at, year[1], what, number, absolute=absolute)


def _named(written: str, text: str, at: int) -> Moment | None:
    """Last March, this Christmas."""
    match = LAST_NAMED.match(text, at)
    inside = IN_YEAR.match(text, match.end()) if match else None
    if match is None or inside is None or written[match.end()].islower():
        return None
    what, shift = _yearly(inside), WAYS[match["way"]]
    return moments.of_year(at, inside.end(), what, lambda now: now.year + shift, absolute=False)


def _near(written: str, text: str, at: int) -> Moment | None:
    """Last week, this Friday, next quarter; bare Monday is the latest one."""
    match = NEAR.match(text, at)
    if match is None:
        return None
    if match["only"]:
        if written[at].islower() or A_NAME.match(text, match.end()):
            return None
        which = WEEKDAYS.index(match["only"])
        return replace(
            moments.told(at, match.end(), lambda now: days.weekday(now, which, None)),
            ahead=lambda now: days.weekday(now, which, 0 if now.weekday() <= which else 1),
        )
    shift = WAYS[match["way"]]
    if match["weekday"]:
        which = WEEKDAYS.index(match["weekday"])
        return moments.told(at, match.end(), lambda now: days.weekday(now, which, shift))
    return moments.told(at, match.end(), _current(match["what"], shift))


def _decade(_written: str, text: str, at: int) -> Moment | None:
    match = DECADE.match(text, at)
    if match is None:
        return None
    if match["four"]:
        first = int(match["four"])
    elif match["two"]:
        first = 1900 + int(match["two"].strip("'"))
    else:
        first = DECADES[match["word"]]
    start = next(match.start(key) for key in ("four", "two", "word") if match[key])
    if not match["four"] and not text.endswith("the ", 0, start):
        return None
    last = first + (99 if first % 100 == 0 and first < 2000 else 9)
    return moments.fixed(start, match.end(), (date(first, 1, 1), date(last, 12, 31)))


def _of_year(written: str, text: str, at: int) -> Moment | None:
    """A month, quarter, half, day or holiday, with its year if one is said."""
    match = IN_YEAR.match(text, at)
    if match is None:
        return None
    month = match["month"]
    if month and not _is_month(written, text, at, match.end()):
        return None
    bare_day = match["month_second"] or match["month_first"]
    if (
        bare_day
        and written[match.start("month_second" if match["month_second"] else "month_first")].islower()
    ):
        return None
    return _with_year(text, at, match.end(), _yearly(match))


def _is_month(written: str, text: str, at: int, end: int) -> bool:
    """Not we may, they march, August is my friend's name."""
    if written[at].islower():
        return False
    word = text[at:end].rstrip(".")
    if word not in AMBIGUOUS:
        return True
    return bool(_year_after(text, end)) or bool(LEAD.search(text, max(0, at - 12), at))


def _yearly(match: re.Match[str]) -> Yearly:
    if which := match["half"] or match["h"]:
        return days.half(ORDINALS.get(which) or int(which))
    if which := match["quarter"] or match["q"]:
        return days.quarter(ORDINALS.get(which) or int(which))
    if match["size"]:
        return days.third_of_month(_month_number(match["sized"]), THIRDS[match["size"]])
    if match["holiday"]:
        return HOLIDAYS[match["holiday"]]
    month = match["word_month"] or match["month_second"] or match["month_first"] or match["month"]
    which = match["day_first"] or match["day_second"]
    if which or match["word_day"]:
        return days.day(_month_number(month), int(which) if which else ORDINALS[match["word_day"]])
    return days.month(_month_number(month))
