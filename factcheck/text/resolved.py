"""The times of a claim's words, resolved on the date of its source, and one line of each in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.labels import label
from factcheck.text.times import NO_DATE, OUT_OF_RANGE, Time, document_date, squeezed, times

_WHY = {NO_DATE: "time.no_date", OUT_OF_RANGE: "time.out_of_range"}


@dataclass(frozen=True, slots=True)
class Told:
    """A time in a source, in its own words on one line."""

    source: str
    words: str
    time: Time


def told_times(source: str, text: str, places: Iterable[tuple[int, int]], date: str) -> list[Told]:
    """The times in these places of a source's text, each wording with its meaning once.

    `date` is the source's: a day, "first..last", or "" for unknown.
    """
    on = document_date(date)
    found: dict[tuple[object, ...], Told] = {}
    for start, end in places:
        for time in times(text, start, end, on):
            words, _ = squeezed(text[time.start : time.end])
            found.setdefault((words, time.interval, time.unresolved), Told(source, words, time))
    return list(found.values())


def time_line(told: Told, lang: str) -> str:
    """去年: 2023-01-01..2023-12-31 (lunar year: 2023-01-22..2024-02-09), or unresolved and why."""
    time = told.time
    if time.unresolved:
        why = label(_WHY.get(time.unresolved, "time.vague"), lang)
        return label("time.unresolved", lang, words=told.words, why=why)
    if time.lunar:
        return label("time.both", lang, words=told.words, days=time.interval, lunar=time.lunar)
    return label("time.resolved", lang, words=told.words, days=time.interval)
