"""Lists of claims that nobody reads whole: their beginning, their length, a stretch of them and where a claim stands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from factcheck.case.desk import Desk
from factcheck.index import Query


class Listing(Desk):
    """What is asked here costs the same in a case of ten claims and of ten million, words that are searched for aside."""

    def walk(self, query: Query) -> Iterator[int]:
        """The numbers that `numbers` gives, one after the other, read as far as somebody asks for more."""
        return (
            iter(self.numbers(query))
            if self._is_told_today(query)
            else self._index.walk(self._asked_by(query))
        )

    def first(self, query: Query, most: int | None) -> list[int]:
        """The first numbers of a list; all of them where `most` is None."""
        return self.numbers(query) if most is None else list(islice(self.walk(query), most))

    def count(self, query: Query) -> int:
        """How many claims a query finds."""
        return (
            len(self.found(query)) if self._is_told_today(query) else self._index.count(self._asked_by(query))
        )

    def place_of(self, query: Query, number: int) -> int:
        """Where a claim stands in a list, from 0; -1 when it is not in it."""
        if self._is_told_today(query) or query.text.strip():
            numbers = self.numbers(query)
            return numbers.index(number) if number in numbers else -1
        return self._index.place_of(self._asked_by(query), number)

    def place_among(self, numbers: Sequence[int], query: Query, number: int) -> int:
        """Where a claim stands in the numbers that a query gave once; -1 where it does not stand there."""
        place = self._index.place_among(numbers, query, number)
        if place >= 0 or not self._index.holds(query, number):
            return place
        return numbers.index(number) if number in numbers else -1  # its order has changed since

    def touched_since(self, size: int) -> set[str]:
        """The subjects that the lines of the ledger behind so many touch."""
        newest = self._index.events(newest_first=True)
        newer = takewhile(lambda each: each.as_written.seq > size, newest)
        return {subject for each in newer for subject in each.touches}

    def holds(self, query: Query, number: int) -> bool:
        """True when a query finds this claim."""
        if self._is_told_today(query):
            return number in self.found(query)
        return self._index.holds(self._asked_by(query), number)

    def following(self, query: Query, number: int, step: int = 1) -> Iterator[int]:
        """The numbers of a list behind a claim, and around its end those before it; `step` -1: backwards."""
        return self._index.following(self._asked_by(query), number, step)

    def among(self, numbers: Sequence[int], query: Query) -> set[int]:
        """Those of these claims, a few thousand at most, that a query finds."""
        return self._index.among(numbers, self._asked_by(query))

    def stretch(self, query: Query, start: int, size: int) -> list[int]:
        """So many numbers of a list, from a place on."""
        if self._is_told_today(query):
            return self.numbers(query)[start : start + size]
        return self._index.stretch(self._asked_by(query), start, size)

    def _is_told_today(self, query: Query) -> bool:
        """True for a list of the past that hangs on what may be told today: it is read whole."""
        return self._present is not None and bool(query.rating or query.text)

    def _asked_by(self, query: Query) -> Query:
        return replace(query, veil=self._veil)
