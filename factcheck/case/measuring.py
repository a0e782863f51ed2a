"""How the desk does: agreement of blind pairs, the case as of an earlier moment, and how long the work took."""

import copy
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import takewhile
from typing import Any, Self

from factcheck.case.desk import Draft, checked_name
from factcheck.case.publishing import Publishing
from factcheck.errors import NotFound, Refused, Usage
from factcheck.events import Event, people
from factcheck.index import Index, Query
from factcheck.model import SAYINGS, Agreement, Objection, agreement_of, same_person
from factcheck.state import DECIDED

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d(:\d\d(:\d\d(\.\d{1,3})?)?)?)?Z?")
JUDGING = frozenset({"verdict.recorded", "verdict.confirmed", "verdict.settled"})
AWAY = 60
"""Seconds between two keys after which somebody was away; more are not counted."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Active seconds and keys of one person, on a claim or on all."""

    seconds: int
    keys: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How a case stands: claims by state, verdict and type; verdicts of the last days, by day and by person.

    `days` are UTC days in order, those without a verdict as well. `gates` are what keeps a final export back.
    """

    states: dict[str, int]
    verdicts: dict[str, int]
    types: dict[str, int]
    days: tuple[tuple[str, int], ...]
    people: dict[str, int]
    agreement: Agreement
    gates: tuple[Objection, ...]


class Measuring(Publishing):
    """Looking at the work and not at the claims; only a person's own report of it is recorded."""

    def agreement(self) -> Agreement:
        """How far the second person agreed with the first, over pairs in which neither saw the other's verdict.

        Of the scale that is in force now; only the first pair of a claim counts, for whoever judges anew has seen it.
        What is judged anew just now is left out under blind review.
        """
        rated: list[tuple[str, str, str]] = []
        scale, blind = self.scale, self.blind
        for claim in self._index.paired():
            if blind and self._waits(claim):
                continue
            known = {each.id: each for each in claim.verdicts}
            for one, two in claim.pairs[:1]:
                first, second = known[one], known[two]
                if first.blind and second.blind and first.scale_name == second.scale_name == scale.name:
                    rated.append((claim.id, first.rating, second.rating))
        return agreement_of(rated)

    def status(self) -> dict[str, Any]:
        """Counts by state and by verdict, and the head of the ledger.

        What somebody thinks or advises is counted neither true nor false: opinions stay out of ratings with a value.
        """
        ratings: Counter[str] = Counter()
        for rating, kind, count in self._ratings():
            known = self.scale.get(rating)
            if kind not in SAYINGS or known is None or not known.rated:
                ratings[rating] += count
        return {
            "counts_by_state": self.counts(),
            "counts_by_verdict": dict(ratings),
            "head": self.head.model_dump(),
        }

    def _ratings(self) -> list[tuple[str, str, int]]:
        """How many claims have which rating, by type; of the past, only what may be told today."""
        if self._present is None or self._veil is None:
            return self._index.ratings(self._veil)
        judged = self.claims(query=Query(states=tuple(sorted(DECIDED))))
        return [(each.verdict.rating, each.type, 1) for each in judged if each.verdict]

    def opinions(self) -> dict[str, int]:
        """How many judged opinions state their basis, and how many do not."""
        said = Counter({"stated": 0, "not_stated": 0, "not_said": 0})
        for basis, many in self._bases():
            said[basis or "not_said"] += many
        return dict(said)

    def _bases(self) -> list[tuple[str, int]]:
        """What judged opinions say that they rest on, how often; of the past and of today only what may be told today."""
        veil, kinds, states = self._veil, sorted(SAYINGS), sorted(DECIDED)
        if self._present is not None and veil is not None:
            judged = [
                each for kind in kinds for each in self.claims(query=Query(type=kind, states=tuple(states)))
            ]
            return [(each.verdict.basis, 1) for each in judged if each.verdict]
        counted = self._index.bases(kinds, states)
        return [
            (basis, many)
            for basis, judge, many in counted
            if not judge or veil is None or same_person(judge, veil)
        ]

    def overview(self, days: int = 14) -> Overview:
        """What a lead wants to know at once, of the last `days` days for the pace."""
        status = self.status()
        today = self._clock().astimezone(UTC).date()
        first = (today - timedelta(days=days - 1)).isoformat()
        recent = [
            event
            for event in takewhile(lambda each: each.as_written.time[:10] >= first, self.events())
            if event.kind in JUDGING and event.time[:10] >= first
        ]
        by_day = Counter(event.time[:10] for event in recent)
        each_day = ((today - timedelta(days=back)).isoformat() for back in reversed(range(days)))
        return Overview(
            status["counts_by_state"],
            status["counts_by_verdict"],
            self._index.counts("type"),
            tuple((day, by_day[day]) for day in each_day),
            dict(Counter(event.by for event in recent).most_common()),
            self.agreement(),
            self.gates(),
        )

    def as_of(self, moment: str) -> Self:
        """The case as it stood after a line of the ledger (its number) or at a time (UTC; a day counts whole).

        To look at only. Usage for what is no moment; NotFound for one before the case began.
        """
        size = self._line_of(moment)
        then = copy.copy(self)
        then.begin_at(size)
        return then

    def begin_at(self, size: int) -> None:
        """Read the ledger anew up to a line, into memory; from here on this is the past and takes no act."""
        self.notices, self._texts, self._classes = [], {}, {}
        self._writable, self._present, self._index = False, self._present or self._index, Index(None)
        self._index.catch_up(self._ledger, self._suggestions, until=size)

    def _line_of(self, moment: str) -> int:
        if moment.isascii() and moment.isdigit() and len(moment) < 10:
            size = int(moment)
            if not 0 < size <= self.head.size:
                raise NotFound(
                    f"the ledger has {self.head.size} lines.",
                    seen=moment,
                    remedy="factcheck trail numbers them",
                )
            return size
        if not _MOMENT.fullmatch(moment):
            raise Usage(
                "this is no moment.", seen=moment, remedy="a line's number, 2024-02-26, or 2024-02-26T09:30"
            )
        wanted = moment.removesuffix("Z")
        for event in self._index.events(newest_first=True):
            if event.as_written.time[: len(wanted)] <= wanted:
                return event.seq
        raise NotFound(
            "nothing had happened by then.", seen=moment, remedy="factcheck trail shows when it began"
        )

    # -- how long the work took: private until somebody reports it ---------------------------------

    def worked(self, claim: str, seconds: float, keys: int = 1, *, by: str = "") -> None:
        """Remember privately that this person was active on a claim; a longer pause counts as none."""
        person = by or self.by
        if not person or not claim or seconds < 0:
            return
        memory = self._memory(person)
        spent = memory.work.setdefault(claim, [0, 0])
        spent[0] += round(seconds * 1000) if seconds <= AWAY else 0
        spent[1] += keys
        memory.unkept = True

    def keep_work(self, *, by: str = "") -> None:
        """Write down what `worked` was told."""
        person = by or self.by
        if person and (memory := self._memory(person)).unkept:
            self._remember(person, memory)
            memory.unkept = False

    def work(self, *, by: str = "") -> dict[str, Spent]:
        """What this person spent on each claim, for their eyes only."""
        memory = self._memory(by or self.by)
        return {claim: Spent(round(spent[0] / 1000), spent[1]) for claim, spent in memory.work.items()}

    def report_work(self, *, by: str | None = None, id: str = "") -> tuple[Event, ...]:
        """Tell the desk one's totals so far: claims, seconds, keys; never which claim took how long."""
        person = checked_name(by or self.by)
        self._allow(person, "note")
        spent = self.work(by=person)
        if not spent:
            raise Refused(
                f"nothing is known of {person}'s work here.", remedy="factcheck review counts as you go"
            )
        body = people.WorkReported(
            claims=len(spent),
            seconds=sum(each.seconds for each in spent.values()),
            keys=sum(each.keys for each in spent.values()),
        )
        return self._commit(lambda: [Draft("work.reported", "case", body)], by=person, act="note", id=id)
