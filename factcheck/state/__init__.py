"""How things stand: the state of a subject is the fold of the events that name it, and nothing else can change it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from factcheck.events import Event, SuggestedClaim, SuggestedReading, SuggestedRegion, bodies
from factcheck.model import CaseInfo, Claim, Reading, Region, Source
from factcheck.state.claims import ALLOWED, evidence_value, mention_value
from factcheck.state.subjects import Value, effect, suggested_value

__all__ = [
    "ALLOWED",
    "State",
    "Store",
    "Suggested",
    "Suggestions",
    "Value",
    "apply",
    "effective",
    "evidence_value",
    "mention_value",
]

Suggested = SuggestedClaim | SuggestedReading | SuggestedRegion
Suggestions = Callable[[Event], Sequence[Suggested]]


class Store(Protocol):
    """Where the state of subjects is kept: in memory, or in the index."""

    def value(self, subject: str) -> Value | None:
        """The state of a subject now."""

    def base(self, subject: str) -> Value | None:
        """The state of a suggested subject before anybody touched it."""

    def history(self, subject: str) -> Iterable[Event]:
        """Every event that touched the subject, in order."""

    def put(self, subject: str, value: Value | None) -> None:
        """Keep the new state of a subject; None when an undo took away what made it."""

    def suggest(self, values: Sequence[Claim | Reading]) -> None:
        """Keep suggested subjects as nobody has touched them yet."""

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

    def suggest(self, values: Sequence[Claim | Reading]) -> None:
        for value in values:
            self.subjects[value.id] = self.bases[value.id] = value

    def remember(self, event: Event) -> None:
        self.by_id[event.id] = event
        for subject in event.touches:
            self.events.setdefault(subject, []).append(event)
        for subject, version in event.subjects:
            self.versions[subject] = version

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


def apply(store: Store, event: Event, suggestions: Suggestions) -> None:
    """Take one event into the store. `suggestions` reads the file an extraction names, verified by its hash."""
    store.remember(event)
    if event.kind == "source.extracted":
        _take_suggestions(store, event, suggestions(event))
        return
    undoing = event.kind in {"event.undone", "event.redone"}
    for subject in event.touches:
        value = _refold(store, subject) if undoing else effect(subject, store.value(subject), event)
        store.put(subject, _counted(subject, value, event))


def _counted(subject: str, value: Value | None, event: Event) -> Value | None:
    version = dict(event.subjects).get(subject)
    return value if value is None or version is None else replace(value, version=version)


def _refold(store: Store, subject: str) -> Value | None:
    value = store.base(subject)
    for event in effective(store.history(subject)):
        value = _counted(subject, effect(subject, value, event), event)
    return _as_extracted(value, store.value(subject))


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


def effective(history: Iterable[Event]) -> list[Event]:
    """The events that still count: neither undone nor the undoing itself."""
    undone: set[str] = set()
    kept: list[Event] = []
    for event in history:
        if isinstance(event.body, bodies.EventUndone):
            (undone.add if event.kind == "event.undone" else undone.discard)(event.body.id)
        else:
            kept.append(event)
    return [event for event in kept if event.id not in undone]


def _take_suggestions(store: Store, event: Event, lines: Sequence[Suggested]) -> None:
    body = event.body
    source = store.value(event.subject)
    if not isinstance(body, bodies.SourceExtracted) or not isinstance(source, Source):
        return
    store.suggest([suggested_value(line) for line in lines if not isinstance(line, SuggestedRegion)])
    regions = tuple(
        Region(line.start, line.end, line.role) for line in lines if isinstance(line, SuggestedRegion)
    )
    new = replace(
        source,
        suggestions=body.suggestions,
        extractor=body.extractor,
        language=body.language,
        first=body.first,
        count=body.count,
        regions=regions,
    )
    store.put(event.subject, _counted(event.subject, new, event))
