"""A list of millions: what is looked at is there at once, the rest of its numbers a moment later."""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import overload

from factcheck.case import Case
from factcheck.index import Query

AT_ONCE = 20_000
"""Claims that a list may have to be read whole before it is shown: a few milliseconds."""
STRETCH = 1024
"""Numbers that are read around a place while the whole list is not here yet."""
MENDED = 64
"""Claims that may have left a list between its beginning and its end: more, and it is taken as it came."""


class Arriving(Sequence[int]):
    """The numbers of a list that is being read: every place can be asked for; until all are here, each stretch is read alone."""

    def __init__(self, case: Case, query: Query, total: int) -> None:
        self.query = query
        self._case, self._total = case, total
        self._start, self._stretch = 0, array("I")
        self._whole: array[int] | None = None

    def __len__(self) -> int:
        return self._total if self._whole is None else len(self._whole)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            return (
                self._between(first, last)[::step]
                if step == 1
                else [self[each] for each in range(first, last, step)]
            )
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self._between(place % len(self), place % len(self) + 1)[0]

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.place_of(number) >= 0

    def index(self, number: int, start: int = 0, stop: int | None = None) -> int:
        """The place of a number. ValueError where it has none between `start` and `stop`."""
        place = self.place_of(number)
        if start <= place < (len(self) if stop is None else stop):
            return place
        raise ValueError(number)

    def place_of(self, number: int) -> int:
        """The place of a number; -1 for one that is not here."""
        if self._whole is not None:
            return self._case.place_among(self._whole, self.query, number)
        if number in self._stretch:
            return self._start + self._stretch.index(number)
        return self._case.place_of(self.query, number)

    def arrive(self, numbers: "array[int]") -> None:
        """All of it is here. What was looked at stays where it was, also what has left the list since."""
        at, left = self._start, []
        for place, number in enumerate(self._stretch, self._start):
            if at < len(numbers) and numbers[at] == number:
                at += 1
            else:
                left.append((place, number))
        for place, number in left if len(left) <= MENDED else ():
            numbers.insert(place, number)
        self._whole = numbers

    def stands(self, touched: Collection[str]) -> bool:
        """True when acts on these subjects have left the list as it is: no claim has come, gone or changed its place."""
        if any(subject[0] in "RS" for subject in touched) or self._case.count(self.query) != self._total:
            return False
        if self._whole is None:
            return replace(self.query, order="text") == Query()
        claims = [int(subject[1:]) for subject in touched if subject[0] == "C"]
        return all(self._case.holds(self.query, each) == (self.place_of(each) >= 0) for each in claims)

    def _between(self, first: int, last: int) -> "array[int]":
        if self._whole is not None:
            return self._whole[first:last]
        start = self._start
        if not start <= first <= last <= start + len(self._stretch):
            self._start = max(0, first - STRETCH // 2)
            size = max(STRETCH, last - self._start)
            self._stretch = array("I", self._case.stretch(self.query, self._start, size))
        return self._stretch[first - self._start : last - self._start]


def listed(case: Case, query: Query) -> Sequence[int]:
    """The list that a query makes; a short one, one that is searched by words and one of the past are read whole."""
    sorts = len(query.states) > 1 and query.order == "text"
    if query.text.strip() or sorts or case.alone:
        return case.numbers(query)
    total = case.count(query)
    return Arriving(case, query, total) if total > AT_ONCE else case.numbers(query)
