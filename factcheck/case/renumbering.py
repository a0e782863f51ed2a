"""Which act of the other desk is which here, and which number of theirs is which of ours."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.errors import BadData
from factcheck.events import Event, Ref, strict_json
from factcheck.events.adopting import EventAdopted, minted, named_in, numbers
from factcheck.ledger import Line
from factcheck.ledger.another import AnotherDesk


@dataclass(frozen=True, slots=True)
class Brought:
    """An act of the other desk, as it reads there and as it will here."""

    there: Event
    here: Event


class Renumbering:
    """Reads the other desk's lines behind the fork beside our own. What has no number here yet gets the next one."""

    def __init__(self, ours: Sequence[Line], theirs: Sequence[Line], fork: int, desk: AnotherDesk) -> None:
        self._behind = theirs[fork:]
        self._desk = desk
        self._ours = {line.event.id: line for line in ours}
        self._names: dict[str, str] = {}
        self._highest: defaultdict[str, int] = defaultdict(int)
        for line in ours:
            for name in minted(_document(line.event.act)):
                self._highest[name[0]] = max(self._highest[name[0]], int(name[1:]))

    @property
    def renumbered(self) -> tuple[tuple[str, str], ...]:
        """The numbers there that are others here."""
        return tuple((old, new) for old, new in self._names.items() if old != new)

    def brought(self) -> Iterator[Brought]:
        """What is not here yet, in the order in which it was done there."""
        for line in self._behind:
            there = line.event.act
            known = self._ours.get(there.id)
            given = list(minted(_document(there)))
            if known is not None:
                self._recognise(line, known, given)
                continue
            self._names |= {name: self._next(name[0]) for name in given}
            yield Brought(there, self._adopted(line, there).act)

    def _recognise(self, line: Line, known: Line, given: list[str]) -> None:
        """An act that is here already tells which of our numbers are which of theirs."""
        if original(line) != original(known):
            raise BadData(
                "the other desk tells an act otherwise than this one.",
                where=f"{self._desk.folder}/claims/ledger.jsonl:{line.event.seq}",
                seen=f"other bytes under the id {line.event.id}",
                remedy="run factcheck audit in both folders",
            )
        ours = list(minted(_document(known.event.act)))
        self._names |= dict(zip(given, ours, strict=True))

    def _next(self, letter: str) -> str:
        self._highest[letter] += 1
        return f"{letter}{self._highest[letter]}"

    def _adopted(self, line: Line, there: Event) -> Event:
        """The line that brings an act here; its numbers here are given, its place in the ledger is not yet."""
        body = line.event.body
        first = dict(body.map) if isinstance(body, EventAdopted) else {}
        data = original(line)
        document = strict_json(data)
        said = dict.fromkeys([*numbers(document), *self._suggested(there)])
        here = {name: self._here(first.get(name, name)) for name in said}
        changed = sorted(
            ((name, now) for name, now in here.items() if name != now), key=lambda pair: _key(pair[0])
        )
        return Event(
            id=there.id,
            time=there.time,
            by=there.by,
            kind="event.adopted",
            subject=self._here(there.subject),
            version=1,
            also=tuple(Ref(subject=self._here(ref.subject), version=1) for ref in there.also),
            body=EventAdopted(line=data.decode(), map=tuple(changed)),
        )

    def _here(self, name: str) -> str:
        return self._names.get(name, name)

    def _suggested(self, there: Event) -> Iterator[str]:
        """The numbers in the file that an extraction names, as they stand in the file."""
        if there.kind in {"source.extracted", "source.proposed"}:
            for each in self._desk.suggestions(there):
                yield from named_in(each.model_dump(mode="json"))


def original(line: Line) -> bytes:
    """The line that the author's own desk wrote."""
    body = line.event.body
    return body.line.encode() if isinstance(body, EventAdopted) else line.data


def _document(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json", exclude_none=True)


def _key(name: str) -> tuple[str, int]:
    return name[0], int(name[1:])
