"""Days of the calendar: years, halves, quarters, months and weeks as first and last day, holidays, and lunar new years."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

Period = tuple[date, date]
"""The first and the last day."""

Yearly = Callable[[int], Period]
"""What a year has once: its March, its second half, its Christmas. Raises ValueError for a day it does not have."""

_NEW_YEARS = (
    "217 206 127 214 203 124 212 131 218 208 128 215 205 125 213 202 121 209 130 217 206 127 215 203 123 211 131 218 "
    "207 128 216 205 125 213 202 220 209 129 217 206 127 215 204 123 210 131 219 207 128 216 205 124 212 201 122 209 "
    "129 218 207 126 214 203 123 210 131 219 208 128 216 205 125 212 201 122 210 129 217 206 126 213 203 123 211 131 "
    "219 208 128 215 204 124 212 201 122 210 130 217 206 126 214 202 123"
)
_FIRST = 1950
LUNAR_NEW_YEARS = {
    _FIRST + i: date(_FIRST + i, int(day[:-2]), int(day[-2:])) for i, day in enumerate(_NEW_YEARS.split())
}
"""1950 to 2050, month and day; the tables of lunardate 0.3, LunarCalendar 0.0.9 and zhdate 0.1 agree on every one."""


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """When a document was said or written: between two days, the same day twice, or unknown (no days at all)."""

    days: tuple[date, date] | None = None

    @property
    def first(self) -> date | None:
        return self.days[0] if self.days else None

    @property
    def last(self) -> date | None:
        return self.days[1] if self.days else None


UNDATED = DocumentDate()


def document_date(written: str) -> DocumentDate:
    """From "", 2024-02-26 or 2024-02-25..2024-03-02; raises ValueError for anything else."""
    if not written:
        return UNDATED
    first, _, last = written.partition("..")
    return DocumentDate((date.fromisoformat(first), date.fromisoformat(last or first)))


def year(number: int) -> Period:
    return date(number, 1, 1), date(number, 12, 31)


def months(number: int, first: int, last: int) -> Period:
    return date(number, first, 1), date(number, last, monthrange(number, last)[1])


def half(which: int) -> Yearly:
    return lambda number: months(number, 6 * which - 5, 6 * which)


def quarter(which: int) -> Yearly:
    return lambda number: months(number, 3 * which - 2, 3 * which)


def month(which: int) -> Yearly:
    return lambda number: months(number, which, which)


def third_of_month(which: int, third: int) -> Yearly:
    """Days 1-10, 11-20 or 21-end."""
    return lambda number: third_of(month(which)(number), third)


def third_of(whole: Period, third: int) -> Period:
    first = whole[0].replace(day=10 * third - 9)
    return first, whole[1] if third == 3 else first.replace(day=10 * third)


def day(of_month: int, which: int) -> Yearly:
    return lambda number: (date(number, of_month, which), date(number, of_month, which))


def stretch(first: int, last: int) -> Yearly:
    """Whole months of a year."""
    return lambda number: months(number, first, last)


def lunar_holiday(before: int = 0) -> Yearly:
    """Lunar new year's day, or so many days before; ValueError outside 1950 to 2050."""

    def of(number: int) -> Period:
        if number not in LUNAR_NEW_YEARS:
            raise ValueError(number)
        only = LUNAR_NEW_YEARS[number] - timedelta(days=before)
        return only, only

    return of


def thanksgiving(after: int = 0) -> Yearly:
    """The fourth Thursday of November (5 U.S.C. 6103), or so many days after."""

    def of(number: int) -> Period:
        first = date(number, 11, 1)
        only = first + timedelta(days=(3 - first.weekday()) % 7 + 21 + after)
        return only, only

    return of


def latest(what: Yearly, now: date) -> Period:
    """The latest one that began on or before `now`; ValueError where none is found in eight years."""
    for number in range(now.year, now.year - 9, -1):
        try:
            found = what(number)
        except ValueError:
            continue
        if found[0] <= now:
            return found
    raise ValueError(now)


def coming(what: Yearly, now: date) -> Period:
    """The first one that ends on or after `now`; ValueError where none is found in eight years."""
    for number in range(now.year, now.year + 9):
        try:
            found = what(number)
        except ValueError:
            continue
        if found[1] >= now:
            return found
    raise ValueError(now)


def week(now: date, shift: int = 0) -> Period:
    """Monday to Sunday, so many weeks from this one."""
    monday = now - timedelta(days=now.weekday()) + timedelta(weeks=shift)
    return monday, monday + timedelta(days=6)


def weekday(now: date, which: int, shift: int | None) -> Period:
    """A day of a week, Monday is 0; without a shift the latest one not after `now`."""
    if shift is None:
        only = now - timedelta(days=(now.weekday() - which) % 7)
    else:
        only = week(now, shift)[0] + timedelta(days=which)
    return only, only


def weekend(now: date, shift: int) -> Period:
    saturday = week(now, shift)[0] + timedelta(days=5)
    return saturday, saturday + timedelta(days=1)


def shifted_months(now: date, shift: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    number, index = divmod(now.year * 12 + now.month - 1 + shift, 12)
    return date(number, index + 1, min(now.day, monthrange(number, index + 1)[1]))


def month_of(now: date, shift: int = 0) -> Period:
    there = shifted_months(now, shift)
    return months(there.year, there.month, there.month)


def quarter_of(now: date, shift: int = 0) -> Period:
    there = shifted_months(now, 3 * shift)
    return quarter((there.month + 2) // 3)(there.year)


def lunar_year(now: date, shift: int) -> Period | None:
    """From a lunar new year to the day before the next; None outside the table."""
    begun = LUNAR_NEW_YEARS.get(now.year)
    number = now.year + shift - (1 if begun and now < begun else 0)
    first, after = LUNAR_NEW_YEARS.get(number), LUNAR_NEW_YEARS.get(number + 1)
    return (first, after - timedelta(days=1)) if begun and first and after else None
