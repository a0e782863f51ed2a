"""Lists of claims as far as they are looked at: a page, a count, a place; no page is sorted, so none grows with the list."""

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from factcheck.index.lines import Lines
from factcheck.index.query import (
    Arm,
    Query,
    arms,
    conditions,
    is_counted,
    is_read_whole,
    ordered,
    turns,
    veiled_conditions,
)

PAGE = 64
LARGEST = 4096
"""Claims that the first page of a walk holds, and the last: whoever reads on reads much."""

Key = tuple[int, int]
"""Where a claim stands in the order of a list: what comes first is smaller."""


class Lists(Lines):
    """Asks about claims."""

    @abstractmethod
    def numbers(self, query: Query) -> list[int]:
        """The numbers of the claims that the query asks for, in its order."""

    def walk(self, query: Query) -> Iterator[int]:
        """The numbers that `numbers` gives, read page by page while somebody asks for more.

        No page holds the index up while it is gone through; what others change meanwhile is seen from the next page on.
        """
        if is_read_whole(query):
            yield from self.numbers(query)
            return
        for turn in turns(query):
            yield from self._read(turn)

    def following(self, query: Query, number: int, step: int = 1) -> Iterator[int]:
        """The numbers of a list without words behind a claim and, from its beginning, on to that claim; `step` -1: backwards.

        Of a query that waits for somebody, their claims and those of nobody in one order.
        """
        together = [arm for turn in turns(query) for arm in turn]
        key = self._key(query, number)
        yield from self._read(together, key, back=step < 0)
        if key:
            yield from takewhile(
                lambda each: _comes_before(self._key(query, each), key, step),
                self._read(together, back=step < 0),
            )

    def _read(self, parts: Sequence[Arm], last: Key | None = None, *, back: bool = False) -> Iterator[int]:
        """Several lists of one order, merged into one, from a key on."""
        size, full = PAGE, True
        while full:
            keys = sorted(
                (key for arm in parts for key in self._rows(*arm.page(last, size, back=back))), reverse=back
            )
            full = len(keys) >= size
            yield from (number for _, number in keys[:size])
            last, size = keys[:size][-1] if keys else None, min(4 * size, LARGEST)

    def _key(self, query: Query, number: int) -> Key | None:
        """Where a claim stands in the order of a query; None for one that is not there."""
        rows = self._rows("SELECT -priority, number FROM claim WHERE number = ?", (number,))
        return (rows[0][0] if query.order == "priority" else 0, number) if rows else None

    def place_among(self, numbers: Sequence[int], query: Query, number: int) -> int:
        """Where a claim stands in numbers that this query gave; -1 where its order has not put it."""
        key = self._key(query, number)
        place = bisect_left(numbers, key, key=lambda each: self._key(query, each) or (0, 0)) if key else 0
        return place if key and place < len(numbers) and numbers[place] == number else -1

    def among(self, numbers: Sequence[int], query: Query) -> set[int]:
        """Those of these claims that the query finds; at most `LARGEST` are asked about."""
        where, values = conditions(query)
        asked = f"number IN ({', '.join('?' * len(numbers))})"
        more = f"{where} AND {asked}" if where else f"WHERE {asked}"
        return {number for (number,) in self._rows(f"SELECT number FROM claim {more}", (*values, *numbers))}  # noqa: S608

    def count(self, query: Query) -> int:
        """How many claims the query finds."""
        where, values = conditions(query)
        asked = "SELECT total(many) FROM tally" if is_counted(query) else "SELECT count(*) FROM claim"
        return int(self._rows(f"{asked} {where}", values)[0][0])

    def holds(self, query: Query, number: int) -> bool:
        """True when the query finds this claim."""
        where, values = conditions(query)
        more = f"{where} AND number = ?" if where else "WHERE number = ?"
        return bool(self._rows(f"SELECT 1 FROM claim {more}", (*values, number)))  # noqa: S608

    def place_of(self, query: Query, number: int) -> int:
        """How many claims come before this one in the query's order; -1 when the query does not find it."""
        if not self.holds(query, number):
            return -1
        (priority,) = self._rows("SELECT priority FROM claim WHERE number = ?", (number,))[0]
        return sum(int(self._rows(*arm.before(priority, number))[0][0]) for arm in arms(query))

    def stretch(self, query: Query, start: int, size: int) -> list[int]:
        """So many numbers of the list from a place on, without those before."""
        where, values = conditions(query)
        sql = f"SELECT number FROM claim {where} ORDER BY {ordered(query)} LIMIT ? OFFSET ?"  # noqa: S608 (fixed text)
        return [number for (number,) in self._rows(sql, (*values, size, start))]

    # -- counts ------------------------------------------------------------------------------------

    def counts(self, column: str) -> dict[str, int]:
        """How many claims have each value of `state` or `type`."""
        if column not in {"state", "type"}:
            raise ValueError(column)
        sql = f"SELECT {column}, sum(many) FROM tally WHERE many > 0 GROUP BY 1 ORDER BY 1"  # noqa: S608
        return dict(self._rows(sql))

    def ratings(self, veil: str | None) -> list[tuple[str, str, int]]:
        """How many claims have each rating, by type; without verdicts that are kept from `veil` (see Query)."""
        seen, values = veiled_conditions(veil)
        sql = (
            f"SELECT rating, type, sum(many) FROM tally WHERE rating <> '' AND many > 0 AND {seen} "  # noqa: S608
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return self._rows(sql, values)

    def bases(self, kinds: Sequence[str], states: Sequence[str]) -> list[tuple[str, str, int]]:
        """How many judged claims of these types and states say what they rest on, by their judge ("": told to everybody)."""
        holes = ", ".join("?" * len(kinds)), ", ".join("?" * len(states))
        sql = (
            "SELECT basis, judge, sum(many) FROM tally "  # noqa: S608 (only question marks are put in)
            f"WHERE rating <> '' AND many > 0 AND type IN ({holes[0]}) AND state IN ({holes[1]}) GROUP BY 1, 2"
        )
        return self._rows(sql, (*kinds, *states))

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        found: list[Any] = self._ask(sql, values).fetchall()
        return found


def _comes_before(key: Key | None, other: Key, step: int) -> bool:
    """True for a key that is met before another on a way through the list, from its beginning or from its end."""
    return key is not None and (key > other if step < 0 else key < other)
