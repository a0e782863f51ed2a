"""How things stand: the state of a subject is the fold of the events that name it, and nothing else can change it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from factcheck.events import Event, SuggestedClaim, SuggestedReading, SuggestedRegion, bodies
from factcheck.model import CaseInfo, Claim, ClaimState, Reading, Region, Scale, Source
from factcheck.state.claims import mention_value
from factcheck.state.evidence import capture_value, evidence_value
from factcheck.state.judging import verdict_value
from factcheck.state.legal import ALLOWED, DECIDED
from factcheck.state.naming import Suggested, as_named_here
from factcheck.state.subjects import Value, effect, scale_value, suggested_value, template_value
from factcheck.state.undoing import effective, newest, outdated, right_of, seen_blind
from factcheck.state.wording import squeezed, worded

__all__ = [
    "ALLOWED",
    "DECIDED",
    "State",
    "Store",
    "Suggested",
    "Suggestions",
    "Value",
    "apply",
    "can_be_undone",
    "capture_value",
    "effective",
    "evidence_value",
    "mention_value",
    "newest",
    "right_of",
    "scale_value",
    "seen_blind",
    "squeezed",
    "stale_after",
    "template_value",
    "verdict_value",
    "worded",
]

Suggestions = Callable[[Event], Sequence[Suggested]]


class Store(Protocol):
    """Where the state of subjects is kept: in memory, or in the index."""

    def value(self, subject: str) -> Value | None:
        """The state of a subject now."""

    def base(self, subject: str) -> Value | None:
        """The state of a suggested subject before anybody touched it."""

    def history(self, subject: str) -> Iterable[Event]:
        """Every event that touched the subject, in the order in which it was done."""

    def put(self, subject: str, value: Value | None) -> None:
        """Keep the new state of a subject; None when an undo took away what made it."""

    def suggest(self, values: Sequence[Claim | Reading]) -> None:
        """Keep suggested subjects as nobody has touched them yet, in place of what was suggested before."""

    def readings(self, source: str) -> Sequence[Reading]:
        """Every reading of a source."""

    def suggestions_at(self, source: str, places: Sequence[tuple[int, int]]) -> Sequence[Claim]:
        """The suggested claims of a source whose mention holds one of these places, in the order of their numbers."""

    def remember(self, event: Event) -> None:
        """Add the event to the history and the versions of the subjects it names."""


@dataclass(slots=True)
class State:
    """The whole state in memory: what the audit and an export fold from the ledger."""

    subjects: dict[str, Value] = field(default_factory=dict)
    bases: dict[str, Value] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)
    by_id: dict[str, Event] = field(default_factory=dict)
    said_in: dict[str, set[str]] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)
    accepted: dict[str, Reading] = field(default_factory=dict)

    def value(self, subject: str) -> Value | None:
        return self.subjects.get(subject)

    def base(self, subject: str) -> Value | None:
        return self.bases.get(subject)

    def history(self, subject: str) -> list[Event]:
        return self.events.get(subject, [])

    def put(self, subject: str, value: Value | None) -> None:
        if value is None:
            self.subjects.pop(subject, None)
        else:
            self.subjects[subject] = value
        self.decided.discard(subject)
        self.accepted.pop(subject, None)
        if isinstance(value, Claim) and value.state in DECIDED:
            self.decided.add(subject)
        elif isinstance(value, Reading) and value.state == "accepted":
            self.accepted[subject] = value

    def suggest(self, values: Sequence[Claim | Reading]) -> None:
        for value in values:
            self.subjects[value.id] = self.bases[value.id] = value
            source = value.source if isinstance(value, Reading) else value.mentions[0].source
            self.said_in.setdefault(source, set()).add(value.id)

    def readings(self, source: str) -> list[Reading]:
        found = [self.subjects.get(name) for name in self.said_in.get(source, ()) if name[0] == "R"]
        return sorted((each for each in found if isinstance(each, Reading)), key=_number)

    def suggestions_at(self, source: str, places: Sequence[tuple[int, int]]) -> list[Claim]:
        found = [self.subjects.get(name) for name in self.said_in.get(source, ()) if name[0] == "C"]
        held = [each for each in found if isinstance(each, Claim) and each.state is ClaimState.SUGGESTED]
        return sorted((each for each in held if each.holds(source, places)), key=_number)

    def decided_at(self, reading: Reading) -> list[str]:
        """The decided claims with a mention that holds a place of the reading, in the order of their numbers."""
        found = [self.subjects[name] for name in self.decided]
        held = [each for each in found if isinstance(each, Claim) and each.heard_in(reading)]
        return [each.id for each in sorted(held, key=_number)]

    def accepted_at(self, claim: Claim) -> tuple[str, ...]:
        """The accepted readings of words in the claim's mentions, in the order of their numbers."""
        found = [each for each in self.accepted.values() if claim.heard_in(each)]
        return tuple(each.id for each in sorted(found, key=_number))

    def remember(self, event: Event) -> None:
        self.by_id[event.id] = event
        for subject in event.touches:
            self.events.setdefault(subject, []).append(event)
        for subject, version in event.subjects:
            self.versions[subject] = max(version, self.versions.get(subject, 0))

    @property
    def suggested(self) -> list[Claim | Reading]:
        """What was suggested, as nobody had touched it yet."""
        return [each for each in self.bases.values() if isinstance(each, Claim | Reading)]

    def version(self, subject: str) -> int:
        """How many events have counted this subject up."""
        return self.versions.get(subject, 0)

    def info(self) -> CaseInfo:
        """The case itself."""
        value = self.subjects.get("case")
        return value if isinstance(value, CaseInfo) else CaseInfo()

    def all(self, kind: type[Any]) -> Iterator[Any]:
        """Every subject of one class, in the order of its number."""
        found = [value for value in self.subjects.values() if isinstance(value, kind)]
        return iter(sorted(found, key=lambda value: int(value.id[1:])))


def apply(
    store: Store, event: Event, suggestions: Suggestions, unseen: Callable[[str], bool] = lambda _: False
) -> None:
    """Take one act into the store, behind all others.

    `suggestions` reads the file an extraction names, verified by its hash. `unseen` says whether others had acted on
    a subject and the author of this act could not know it; at one desk nobody acts unseen.
    """
    store.remember(event)
    if event.kind == "source.extracted":
        _take_suggestions(store, event, as_named_here(event, suggestions(event)))
        return
    if event.kind == "source.proposed":
        _take_proposals(store, event, as_named_here(event, suggestions(event)))
        return
    undoing = event.kind in {"event.undone", "event.redone"}
    for subject in event.touches:
        again = undoing or _comes_back(store, subject)
        value = (
            _refold(store, subject)
            if again
            else effect(subject, store.value(subject), event, unseen=unseen(subject))
        )
        store.put(subject, _counted(subject, value, event))
        if isinstance(value, Reading):
            _reword(store, value)


def _comes_back(store: Store, subject: str) -> bool:
    """True for what was undone where it was made, while another desk went on with it."""
    return store.value(subject) is None and len(_counting(store, subject)) > 1


def _counting(store: Store, subject: str) -> list[Event]:
    """The events of a subject that count; what made it counts as long as anything else does."""
    history = list(store.history(subject))
    counts = effective(history)
    made = subject[0] in "CE" and store.base(subject) is None
    return [history[0], *counts] if made and counts and history[0] not in counts else counts


def _reword(store: Store, reading: Reading) -> None:
    """Suggestions that nobody has touched follow a decision about what was misheard."""
    readings = store.readings(reading.source)
    for claim in store.suggestions_at(reading.source, reading.places):
        base = store.base(claim.id)
        if claim.untouched and isinstance(base, Claim):
            store.put(claim.id, replace(worded(base, readings), version=claim.version))


def _counted(subject: str, value: Value | None, event: Event) -> Value | None:
    version = dict(event.subjects).get(subject)
    return value if value is None or version is None else replace(value, version=version)


def _folded(store: Store, subject: str, counting: Sequence[Event]) -> Value | None:
    """What those acts make of the subject, out of all that happened to it; what was suggested comes from its file."""
    value, counts, number = store.base(subject), {each.id for each in counting}, 0
    for event in store.history(subject):
        seen = event.seen(subject)
        number += seen is not None
        if event.id in counts and event.kind not in {"source.extracted", "source.proposed"}:
            unseen = seen is not None and seen < number
            value = _counted(subject, effect(subject, value, event, unseen=unseen), event)
    return value


def _refold(store: Store, subject: str) -> Value | None:
    value = _folded(store, subject, _counting(store, subject))
    if isinstance(value, Claim):
        return worded(value, store.readings(value.mentions[0].source)) if value.untouched else value
    return _as_extracted(value, store.value(subject))


def foreseen(store: Store, subject: str, act: Event, *, back: bool) -> Value | None:
    """What a subject would be without an act that counts now, or (`back`) with one that was undone; readings as they are now."""
    history = [each for each in store.history(subject) if not isinstance(each.body, bodies.EventUndone)]
    counts = {each.id for each in effective(store.history(subject))}
    counts = counts | {act.id} if back else counts - {act.id}
    return _folded(store, subject, [event for event in history if event.id in counts])


def stale_after(
    store: Store,
    subject: str,
    act: Event,
    scale: Scale,
    accepted: Callable[[Claim], tuple[str, ...]],
    *,
    back: bool,
) -> bool:
    """True when taking the act back (or bringing it back) leaves the claim with a verdict that no longer holds.

    `accepted` gives the readings that are accepted at a claim now; an act on a reading changes them.
    """
    now, value = store.value(subject), foreseen(store, subject, act, back=back)
    if not isinstance(value, Claim) or (isinstance(now, Claim) and now.verdict == value.verdict):
        return False
    names = [each for each in accepted(value) if each != act.subject]
    if isinstance(act.body, bodies.ReadingBody):
        reading = foreseen(store, act.subject, act, back=back)
        if isinstance(reading, Reading) and reading.state == "accepted" and value.heard_in(reading):
            names.append(reading.id)
    return outdated(value, scale, tuple(sorted(names, key=lambda name: int(name[1:]))))


def _as_extracted(value: Value | None, before: Value | None) -> Value | None:
    """What the extraction found lies in its file, not in the events that are folded again."""
    if not isinstance(value, Source) or not isinstance(before, Source):
        return value
    return replace(
        value,
        suggestions=before.suggestions,
        extractor=before.extractor,
        language=before.language,
        first=before.first,
        count=before.count,
        regions=before.regions,
    )


def can_be_undone(kind: str) -> bool:
    """Whether an act of this kind can be taken back at all; a newer version is not, claim by claim, nor what became of a page or its bytes."""
    return kind.startswith(_UNDOABLE) and kind not in {
        "mention.moved",
        "evidence.checked",
        "evidence.withheld",
    }


_UNDOABLE = (
    "claim.",
    "mention.",
    "calculation.",
    "reading.",
    "evidence.",
    "question.",
    "origins.",
    "verdict.",
    "note.",
    "correction.",
    "source.dated",
)


def _suggest(
    store: Store, source: str, body: bodies.SourceExtracted, found: Sequence[Claim | Reading]
) -> None:
    """What is suggested now takes the place of what was; what a person has touched stays as it is."""
    before = {each.id: store.value(each.id) for each in found if _was_there(each, body)}
    new = [each for each in found if _is_open(before.get(each.id))]
    gone = list(_superseded(store, body.superseded or ()))
    before |= {each.id: store.value(each.id) for each in gone}
    store.suggest([*new, *gone])
    readings = store.readings(source)
    for each in (*new, *gone):
        old = before.get(each.id)
        now = worded(each, readings) if isinstance(each, Claim) else each
        now = replace(now, version=old.version) if old is not None else now
        if isinstance(now, Claim) and isinstance(old, Claim):
            now = replace(now, assigned=old.assigned)
        if now != each:
            store.put(each.id, now)


def _was_there(value: Claim | Reading, body: bodies.SourceExtracted) -> bool:
    first, count = (
        (body.first, body.count) if isinstance(value, Claim) else (body.first_reading, body.readings)
    )
    return not first <= _number(value) < first + count


def _is_open(value: Value | None) -> bool:
    """True for what nobody has touched, and for what was not there."""
    return value is None or (isinstance(value, Claim | Reading) and value.untouched)


def _superseded(store: Store, names: Sequence[str]) -> Iterator[Claim | Reading]:
    for name in names:
        value, base = store.value(name), store.base(name)
        if not _is_open(value):
            continue
        if isinstance(base, Claim):
            yield replace(base, state=ClaimState.SUPERSEDED)
        elif isinstance(base, Reading):
            yield replace(base, state="superseded")


def _number(value: Claim | Reading) -> int:
    return int(value.id[1:])


def _take_suggestions(store: Store, event: Event, lines: Sequence[Suggested]) -> None:
    body = event.body
    source = store.value(event.subject)
    if not isinstance(body, bodies.SourceExtracted) or not isinstance(source, Source):
        return
    _suggest(
        store,
        event.subject,
        body,
        [suggested_value(line) for line in lines if isinstance(line, SuggestedClaim | SuggestedReading)],
    )
    regions = tuple(
        Region(line.start, line.end, line.role) for line in lines if isinstance(line, SuggestedRegion)
    )
    new = replace(
        source,
        suggestions=body.suggestions,
        extractor=body.extractor,
        language=body.language,
        first=body.first,
        count=body.count + (body.kept or 0),
        regions=regions,
    )
    store.put(event.subject, _counted(event.subject, new, event))


def _take_proposals(store: Store, event: Event, lines: Sequence[Suggested]) -> None:
    """What a proposer pointed at stands beside what extraction suggests; the source stays as it was extracted."""
    found = [suggested_value(line) for line in lines if isinstance(line, SuggestedClaim)]
    store.suggest([each for each in found if store.value(each.id) is None])
    store.put(event.subject, _counted(event.subject, store.value(event.subject), event))
