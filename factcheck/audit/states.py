"""Every act was legal when it was done: on what it was done, in which state, by whom, and as it was seen."""

from collections import Counter
from collections.abc import Callable, Iterator

from factcheck.audit.reader import LEDGER
from factcheck.audit.rules import RULES
from factcheck.audit.sheet import UNDESKED, Sheet
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.audit.undoing import counter_act
from factcheck.events import SIGNABLE, Event, bodies, capturing, people, proposing, snapshots, trust
from factcheck.events.adopting import EventAdopted
from factcheck.model import Claim, ClaimState, Reading, assigning, may, name_fault, signers_right
from factcheck.state import ALLOWED, State

Rule = Callable[[Event, State], Iterator[str]]

# Which letter the subject of a kind has; kinds that are not here act on claims.
_LETTERS = {
    "case": "case",
    "policy": "case",
    "member": "case",
    "scale": "case",
    "publisher": "case",
    "foreword": "case",
    "template": "case",
    "ledger": "case",
    "signer": "case",
    "desk": "case",
    "decisions": "case",
    "checkpoint": "case",
    "work": "case",
    "source": "S",
    "reading": "R",
}
_KINDS = {
    "capture.made": "K",
    "capture.corroborated": "K",
    "evidence.withheld": "K",
    "evidence.checked": "E",
    "summary.exported": "X",
}
_NEW = ("source.ingested", "claim.added", "capture.made", "summary.exported")
TOOLS = frozenset({"source.extracted", "source.proposed"})
_ACTS = {
    "verdict.settled": "settle",
    "policy.changed": "policy",
    "scale.adopted": "policy",
    "correction.issued": "export",
    "publisher.named": "export",
    "foreword.written": "export",
    "template.adopted": "export",
    "ledger.moved": "policy",
    "evidence.withheld": "policy",
    "note.added": "note",
    "work.reported": "note",
    "desk.added": "note",
    "decisions.signed": "note",
    "checkpoint.witnessed": "note",
    "objection.raised": "note",
}


class States(Watch):
    """Ask of each event whether the desk would have let it be recorded."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self._numbers = Numbers()

    def see(self, at: Moment) -> None:
        entry, event, state = at
        self.sheet.checked += 1
        for seen in (*self._numbers.take(self.trail.act(entry) or event), *illegal(event, state)):
            self.sheet.found(entry.where, seen, UNDESKED)

    def end(self) -> None:
        entries = self.trail.entries
        if not entries:
            self.sheet.found(LEDGER, "it has no line; every case begins with one", UNDESKED)
        for number, why in self.trail.unfolded.items():
            self.sheet.found(
                entries[number - 1].where, f"the state cannot take this event in ({why})", UNDESKED
            )
        if unread := sum(1 for entry in entries if entry.event is None):
            self.sheet.note(
                f"{unread} lines could not be read; what is found behind them may follow from that"
            )


def illegal(event: Event, state: State) -> Iterator[str]:
    """Every reason why the desk would have refused this event in this state."""
    if isinstance(event.body, EventAdopted):
        yield from _person(event, state)
        return  # the check `adopted` looks at the rest
    for rule in (_beginning, wrong_subject, _person, wrong_witness):
        yield from rule(event, state)
    if isinstance(event.body, bodies.EventUndone):
        yield from counter_act(event, event.body, state)
        return
    yield from wrong_also(event, state)
    yield from _new(event, state)
    yield from _claim(event, state)
    if event.kind in RULES:
        yield from RULES[event.kind](event, event.body, state)


def _beginning(event: Event, state: State) -> Iterator[str]:
    first = not state.by_id
    if first != (event.kind == "case.created"):
        yield (
            "a ledger begins with case.created, once"
            if first
            else "case.created stands only in the first line"
        )


def wrong_subject(event: Event, _state: State) -> Iterator[str]:
    """An act on something else than its kind acts on."""
    if isinstance(event.body, bodies.EventUndone | trust.ObjectionRaised):
        return
    wanted = _KINDS.get(event.kind) or _LETTERS.get(event.kind.partition(".")[0], "C")
    if event.subject != wanted and event.subject[:1] != wanted:
        yield f"{event.kind} on {event.subject}, which is not what it acts on"


def _person(event: Event, state: State) -> Iterator[str]:
    tool = event.kind in TOOLS
    if not tool and (fault := name_fault(event.by)):
        yield f"by {event.by!r}: nobody is called that ({fault})"
    if event.kind == "case.created":
        return
    if tool != event.by.startswith("tool:"):
        yield f"{event.kind} by {event.by!r}: tools suggest, people do everything else"
    elif not tool and (reason := may(state.info(), event.by, right(event, state))):
        yield f"{event.by!r} may not do this ({reason})"


def wrong_witness(event: Event, _state: State) -> Iterator[str]:
    """Decisions name the head that was seen, other acts name none."""
    if event.kind.startswith(SIGNABLE) is (event.tree is None):
        yield f"{event.kind} must{' not' if event.tree else ''} name the head of the ledger that was seen"
    if event.tree and not event.tree.size:
        yield "it names the head of an empty ledger, which is that of any other ledger too"


def right(event: Event, state: State) -> str:
    """The right that an event needs, in the words of `model.may`."""
    if isinstance(event.body, bodies.SummaryExported):
        return "decide" if event.body.draft else "export"
    if isinstance(event.body, bodies.EventUndone):
        return "note"
    if isinstance(event.body, trust.SignerAdded | trust.SignerRevoked):
        return signers_right(event.body.name, event.by)
    claim = state.value(event.subject)
    if isinstance(event.body, people.ClaimAssigned) and isinstance(claim, Claim):
        return assigning(claim, event.body.to, event.by)
    return _ACTS.get(event.kind) or ("members" if event.kind.startswith("member.") else "decide")


def wrong_also(event: Event, state: State) -> Iterator[str]:
    """An act on several subjects names exactly those, or it would change what nobody looked at."""
    match event.body:
        case bodies.ClaimMerged(other=other, evidence=evidence):
            wanted = [other, *(each.id for each in evidence)]
        case bodies.ClaimSplit(new=new):
            wanted = [new]
        case bodies.ClaimRelated(other=other) | bodies.ClaimUnrelated(other=other):
            wanted = [other]
        case bodies.EvidenceAttached():
            wanted = [event.body.evidence.id]
        case (
            capturing.EvidenceWithdrawn(evidence=evidence_id)
            | capturing.EvidenceGraded(evidence=evidence_id)
            | capturing.EvidenceReanchored(evidence=evidence_id)
        ):
            wanted = [evidence_id]
        case bodies.ReadingBody() if isinstance(reading := state.value(event.subject), Reading):
            wanted = state.decided_at(reading)
        case _:
            wanted = []
    named = [ref.subject for ref in event.also]
    if sorted(named) != sorted(wanted) or event.subject in named:
        yield f"also names {', '.join(named) or 'nothing'}, the body {', '.join(wanted) or 'nothing'}"


def _new(event: Event, state: State) -> Iterator[str]:
    names = [event.subject] if event.kind in _NEW else []
    match event.body:
        case bodies.ClaimSplit(new=new):
            names = [new]
        case bodies.EvidenceAttached():
            names = [event.body.evidence.id]
    for name in names:
        if state.version(name) or state.value(name) is not None:
            yield f"{name} was there before; numbers are never used twice"
    if event.kind in {*TOOLS, "source.dated"} and state.value(event.subject) is None:
        yield f"there is no {event.subject}"


def _claim(event: Event, state: State) -> Iterator[str]:
    """Claims are there, in a state that allows the act, and carried as they were."""
    if event.kind not in ALLOWED:
        return
    others = [ref.subject for ref in event.also if ref.subject[0] == "C"]
    if isinstance(event.body, bodies.ClaimSplit):
        others = []
    for name in (event.subject, *others):
        claim = state.value(name)
        if not isinstance(claim, Claim):
            yield f"there is no claim {name}"
        elif claim.state not in ALLOWED[event.kind]:
            yield f"{event.kind} on {name}, which is {claim.state}"
    yield from _snapshot(event, state)


def _snapshot(event: Event, state: State) -> Iterator[str]:
    """The claim in a body is the claim as it was; the first act on a suggestion always carries it."""
    claim = state.value(event.subject)
    if not isinstance(event.body, snapshots.ClaimAct) or not isinstance(claim, Claim):
        return
    seen = event.body.claim
    if seen is None:
        if claim.untouched and claim.state is ClaimState.SUGGESTED:
            yield f"the first act on the suggestion {claim.id} does not carry it"
        return
    mentions = tuple((m.source, m.start, m.end, m.quote) for m in seen.mentions)
    if mentions != tuple((m.source, m.start, m.end, m.quote) for m in claim.mentions):
        yield f"the mentions it carries are not those of {claim.id} at that moment"
    for name in ("statement", "type", "checkable", "priority"):
        if getattr(seen, name) != getattr(claim, name):
            yield (
                f"the {name} it carries is {getattr(seen, name)!r}, "
                f"{claim.id} had {getattr(claim, name)!r} at that moment"
            )


class Numbers:
    """Ids are given out by order: each new one is the next of its letter."""

    def __init__(self) -> None:
        self._highest: Counter[str] = Counter()

    def take(self, event: Event) -> Iterator[str]:
        """Take the numbers of an event; say which one skips others."""
        if isinstance(event.body, bodies.SourceExtracted):
            yield from self._block("C", event.body.first, event.body.count)
            yield from self._block("R", event.body.first_reading, event.body.readings)
        elif isinstance(event.body, proposing.SourceProposed):
            yield from self._block("C", event.body.first, event.body.count)
        for subject, _version in event.subjects:
            if subject != "case" and (number := int(subject[1:])) > self._highest[subject[0]]:
                yield from self._block(subject[0], number, 1)

    def _block(self, letter: str, first: int, count: int) -> Iterator[str]:
        following = self._highest[letter] + 1
        if first != following and count > 0:
            yield f"{letter}{first} is new, but {letter}{following} would be the next number"
        if count > 0:
            self._highest[letter] = max(self._highest[letter], first + count - 1)
