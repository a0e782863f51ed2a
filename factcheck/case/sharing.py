"""Sharing the work: who looks at what, who has something open, what is put off, and what comes next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from factcheck.case.desk import Draft, checked_name
from factcheck.case.listing import Listing
from factcheck.case.lookout import Lookout
from factcheck.errors import NotFound, Refused, Unavailable, Usage
from factcheck.events import Event, people, timestamp
from factcheck.index import Query
from factcheck.ledger.file import FileLedger
from factcheck.ledger.leases import Lease, Leases
from factcheck.model import Claim, ClaimState, ClaimType, Objection, assigning, may, same_person

LEASE = timedelta(minutes=10)
"""How long a claim counts as open after somebody has looked at it."""
_SECONDS = int(LEASE.total_seconds())

_STAGES = (
    (ClaimState.ACCEPTED, False),
    (ClaimState.JUDGED, True),
    (ClaimState.DISPUTED, True),
    (ClaimState.SUGGESTED, False),
)
"""What waits, in this order; of judged and disputed claims only those of others."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a source under one heading, counted from 1; code points, half open."""

    number: int
    title: str
    start: int
    end: int


class Sharing(Listing):
    """Assignment is an event; leases and what is put off are not: they keep nobody from anything."""

    _lookout: Lookout | None = None
    _lease: Lease | None = None
    _held_since = datetime.fromtimestamp(0, UTC)

    def _begin_to_read(self) -> None:
        if self._given["looks_out"] and self.server is not None:
            self._lookout = Lookout(self)
            self._lookout.begin()
        super()._begin_to_read()

    def listen(self, tell: Callable[[], None]) -> None:
        """Have this called, in another thread, when the server of this case has something new, or has come or gone."""
        if self._lookout:
            self._lookout.tell = tell

    def close(self) -> None:
        """Let go of everything, and of the server."""
        if self._lookout:
            self._lookout.end()
        super().close()

    @property
    def _leases(self) -> Leases:
        """Where leases are kept: on the case's server, or beside the index of this machine."""
        if isinstance(self._ledger, FileLedger):
            return self._index.leases(self._clock)
        return self._ledger.leases

    def assign(
        self, *claims: str, to: str, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Give claims to somebody; `to` = "" gives them back to anyone. Everybody may take a claim themselves.

        Refused for other people's claims without the right to assign, and for somebody who may not judge.
        """
        person = self._person(by, "note")
        name = checked_name(to) if to.strip() else ""

        def build() -> list[Draft]:
            if len(set(claims)) < len(claims):
                raise Usage("a claim is named twice.", seen=" ".join(claims), remedy="name each once")
            found = [self._legal("claim.assigned", self.claim(each)) for each in claims]
            self._refuse_assignee(name)
            new = [each for each in found if each.assigned != name]
            if not new:
                whose = f"{name}'s" if name else "nobody's"
                raise Refused(f"that is {whose} already.", where=" ".join(claims), remedy="factcheck list")
            for each in new:
                self._allow(person, assigning(each, name, person))
            return [Draft("claim.assigned", each.id, people.ClaimAssigned(to=name)) for each in new]

        return self._commit(build, by=person, act="note", on=claims, at=at, id=id)

    def _refuse_assignee(self, name: str) -> None:
        reason = may(self.info, name, "decide") if name else ""
        if reason:
            self._refuse([Objection(reason, "", name)])

    def sections(self, source: str) -> list[Section]:
        """The sections of a source by its headings; what stands before the first heading has no number."""
        found = self.source(source)
        text = self.text(found)
        heads = [each for each in found.regions if each.role == "heading"]
        ends = [each.start for each in heads[1:]] + [found.characters]
        return [
            Section(n, " ".join(text[head.start : head.end].split()), head.start, end)
            for n, (head, end) in enumerate(zip(heads, ends, strict=False), start=1)
        ]

    def in_section(self, source: str, wanted: str) -> list[int]:
        """The numbers of the claims said first in a section, which is named by its number or words of its heading.

        NotFound when there is none, Usage when several headings hold the words.
        """
        sections = self.sections(source)
        found = [each for each in sections if wanted == str(each.number)]
        found = found or [each for each in sections if wanted.strip() and wanted.strip() in each.title]
        listed = "; ".join(f"{each.number} {each.title[:40]}" for each in sections[:30])
        if not found:
            raise NotFound(f"{source} has no section {wanted!r}.", where=source, seen=listed or "no headings")
        if len(found) > 1:
            raise Usage(
                f"{len(found)} headings say that.", where=source, seen=listed, remedy="use its number"
            )
        here = found[0]
        claims = self.claims(source)
        return [each.number for each in claims if here.start <= each.mentions[0].start < here.end]

    # -- leases and what is put off ----------------------------------------------------------------

    def hold(self, claim: str, *, by: str = "") -> bool:
        """Say that this person looks at the claim now; others see it for ten minutes and are kept from nothing.

        Cheap to say again and again while one looks: the lease is written anew when half of it is over. False where it
        could not be written down, as while the index is made again: say it once more.
        """
        person, now = by or self.by, self._clock()
        if not person or self.read_only:
            return True
        if self._lookout:
            self._lookout.look_at(claim, person)
            return True
        mine = (
            self._lease
            if self._lease and (self._lease.subject, self._lease.holder) == (claim, person)
            else None
        )
        if mine and now - self._held_since < LEASE / 2:
            return True
        with suppress(Unavailable, Refused):  # a server that is away keeps no leases
            if not (mine and self._leases.keep(mine, _SECONDS)):
                self._lease = self._leases.take(claim, person, _SECONDS)
            self._held_since = now
            return self._lease is not None
        return True

    def let_go(self, *, by: str = "") -> None:
        """Say that this person looks at no claim any more; whoever looks out for them stops."""
        if self._lookout:
            self._lookout.end()
            return
        self._lease = None
        if not self.read_only and not self.away:
            with suppress(Unavailable, Refused):
                self._leases.end(by or self.by)

    def held(self) -> dict[str, str]:
        """Who has which claim open now; nobody while the server that knows is away."""
        if self._lookout:
            return {} if self.away else dict(self._lookout.held)
        try:
            return {} if self.away else self._leases.held()
        except (Unavailable, Refused):
            if self.server is None:
                raise
            return {}

    def later(self, claim: str, *, by: str = "") -> None:
        """Put a claim off: it comes back when all else is done. Nobody else is told."""
        found, person = self.claim(claim).id, checked_name(by or self.by)
        memory = self._memory(person)
        memory.later = [each for each in memory.later if each != found] + [found]
        self._remember(person, memory)

    def put_off(self, *, by: str = "") -> list[str]:
        """What this person has put off, the longest first."""
        return list(self._memory(by or self.by).later)

    # -- what comes next ---------------------------------------------------------------------------

    def next_claim(self, after: str = "", *, by: str = "") -> Claim | None:
        """The next claim that waits for this person: to be judged, confirmed, settled, or triaged; None when all is done.

        Their own come before those of nobody; other people's are theirs. What somebody else has open comes
        behind the rest, then what was put off, the longest first.
        """
        person = by or self.by
        off, held = self.put_off(by=person), self.held()
        passed = {after, *off}
        open_elsewhere = 0
        for number in self._waiting(person):
            claim = f"C{number}"
            if claim in passed:
                continue
            if held.get(claim, person) == person:
                return self.page([number])[0]
            open_elsewhere = open_elsewhere or number
        behind = open_elsewhere or self._first_put_off(off, after, person)
        return self.page([behind])[0] if behind else None

    def _first_put_off(self, off: Sequence[str], after: str, person: str) -> int:
        """What was put off the longest and waits still; 0 for nothing."""
        numbers = (int(each[1:]) for each in off if each != after)
        return next((each for each in numbers if self._still_waits(each, person)), 0)

    def _still_waits(self, number: int, person: str) -> bool:
        """True for a claim that `_waiting` would come to."""
        state = next(
            (state for state, query in self._stages(person) if self._index.holds(query, number)), None
        )
        return state is not None and (
            state is not ClaimState.DISPUTED or any(self._disputes(person, [number]))
        )

    def _stages(self, person: str) -> Iterator[tuple[ClaimState, Query]]:
        """What waits for a person, the most urgent first."""
        for state, of_others in _STAGES:
            query = Query(states=(state,), order="priority", waits_for=person or " ")
            yield state, replace(query, not_by=person) if of_others else query

    def _waiting(self, person: str) -> Iterator[int]:
        for state, query in self._stages(person):
            numbers = self.walk(query)
            yield from self._disputes(person, numbers) if state is ClaimState.DISPUTED else numbers

    def _disputes(self, person: str, numbers: Iterable[int]) -> Iterator[int]:
        """Disputes that this person may settle and is no party to."""
        if may(self.info, person, "settle"):
            return
        for claim in (self.page([number])[0] for number in numbers):
            verdict = claim.verdict
            parties = (verdict.by, claim.disputed_by) if verdict else ()
            if not any(same_person(person, who) for who in parties):
                yield claim.number

    def next_question(self, after: str = "", *, by: str = "") -> Claim | None:
        """The next claim with an open question that this person may answer: not one that is for somebody else."""
        person = by or self.by
        for number in self.walk(Query(asked=True, order="priority")):
            claim = self.page([number])[0]
            mine = any(not each.to or same_person(each.to, person) for each in claim.open_questions)
            if mine and claim.id != after:
                return claim
        return None

    def next_due(self, after: str = "", *, day: str = "") -> Claim | None:
        """The forecast that fell due first by this day (today) and has not been judged since."""
        today = day or timestamp(self._clock())[:10]
        for number in self.numbers(Query(due_by=today)):
            claim = self.page([number])[0]
            judged = claim.verdict.time[:10] if claim.verdict else ""
            forecast = claim.type is ClaimType.PREDICTION
            if forecast and claim.id != after and judged < claim.due.rpartition("..")[2]:
                return claim
        return None
