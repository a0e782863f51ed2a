"""The next claim that waits for this person, however many that are done lie between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from factcheck.case import Case
from factcheck.index import Query
from factcheck.model import Claim, ClaimState
from factcheck.tui.queue import Pages, Queue

LOOK_AHEAD = 256
"""Claims that are looked at themselves before the index is asked."""
BLOCK = 2048
"""Claims of a list that are asked about in one question."""


class Here(Protocol):
    """What is needed of the desk."""

    case: Case
    pages: Pages
    query_now: Query

    @property
    def queue(self) -> Queue: ...
    def waits(self, claim: Claim | None, states: frozenset[ClaimState]) -> bool: ...


def next_place(here: Here, states: frozenset[ClaimState], step: int, off: frozenset[str]) -> int:
    """The place of the next claim that waits and is not among those put off; -1 without one."""
    total, cursor = len(here.pages.numbers), here.queue.cursor
    for distance in range(1, min(total, LOOK_AHEAD) + 1):
        place = (cursor + step * distance) % total
        claim = here.pages.at(place)
        if claim and claim.id not in off and here.waits(claim, states):
            return place if place != cursor else -1
    return _far(here, states, step, off) if total > LOOK_AHEAD else -1


def _far(here: Here, states: frozenset[ClaimState], step: int, off: frozenset[str]) -> int:
    """The same behind all that was looked at: by the index where the list holds every claim, else through the list."""
    person, numbers, cursor = here.case.by, here.pages.numbers, here.queue.cursor
    query = replace(here.query_now, states=tuple(states), text="", not_by=person, waits_for=person)
    if replace(here.query_now, order="text") == Query():
        found = here.case.following(query, numbers[cursor], step)
    else:
        found = _through(here.case, numbers, query, cursor, step)
    places = (here.pages.place_of(each) for each in found if f"C{each}" not in off)
    return next((each for each in places if each >= 0), -1)


def _through(case: Case, numbers: Sequence[int], query: Query, cursor: int, step: int) -> Iterator[int]:
    """The numbers of a list that a query finds now, from a place on and around its end, block by block."""
    total = len(numbers)
    for first in range(1, total, BLOCK):
        distances = range(first, min(first + BLOCK, total))
        block = [numbers[(cursor + step * each) % total] for each in distances]
        waiting = case.among(block, query)
        yield from (each for each in block if each in waiting)
