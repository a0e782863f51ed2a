"""The trail of a case under audit: its lines, its files, and its state at every moment; nothing derived is trusted."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from factcheck.audit.disk import Disk
from factcheck.audit.reader import CHECKPOINT, LEDGER, Entry, bare, entries, raw_lines
from factcheck.audit.sheet import About, Sheet
from factcheck.errors import BadData, FactcheckError
from factcheck.events import Body, Event, Head, bodies, capturing, proposing, read_suggestions, trust
from factcheck.events.adopting import EventAdopted
from factcheck.ledger import START, Position
from factcheck.match.outlets import outlets
from factcheck.match.standing import maker
from factcheck.merkle import CompactRange, leaf_hash
from factcheck.model import Source
from factcheck.signing.notes import NoteKey
from factcheck.state import State, Suggested, Suggestions, apply
from factcheck.state.merging import UNFOLDABLE, counted, take


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody kept of a ledger: where it lies, and its text, whose first three lines count."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """A line that is an event, and its bytes."""

    event: Event
    data: bytes


class Trail:
    """Everything the checks look at, as it was when the audit began: a desk may go on writing meanwhile.

    `outlets` are the lists at hand, shipped and one's own, by the maker that an event names. `receipts` and `signers`
    (the text of an allowed_signers file) are what the auditor has kept elsewhere; `rows` gives what a server has (`served`). The checkpoint is read first, so
    that it can only be behind. Lines are parsed once, when a check needs them.
    """

    complete = True
    """Whether every line up to the last one is here."""

    def __init__(
        self,
        folder: Path,
        own: Path | None = None,
        *,
        receipts: Sequence[Receipt] = (),
        signers: str = "",
        disk: Disk | None = None,
        rows: "Callable[[], Iterable[tuple[int, bytes, str, str]]] | None" = None,
    ) -> None:
        self.folder, self.receipts, self.signers, self.rows = folder, receipts, signers, rows
        self.outlets = {maker(known): known for known in (outlets(), outlets(own))}
        self.disk = disk or Disk(folder)
        self.disk.withheld = lambda: self.withheld
        self.disk.text(CHECKPOINT)
        self._size = self.path.stat().st_size
        self.unfolded: dict[int, str] = {}
        self._acts: dict[int, Event | None] = {}
        self._suggested: dict[str, list[Suggested]] = {}

    @property
    def path(self) -> Path:
        return self.disk.place(LEDGER)

    def raw(self) -> Iterator[bytes]:
        """The bytes of each line, without its end; streamed."""
        return map(bare, raw_lines(self.path, self._size))

    @property
    def grown(self) -> bool:
        """True when somebody has written to the ledger since the audit began."""
        return self.path.stat().st_size > self._size

    @cached_property
    def head(self) -> Head:
        """How many lines there are, and their root."""
        tree = CompactRange()
        tree.extend(map(leaf_hash, self.raw()))
        return Head(size=tree.size, root=tree.root().hex())

    def heads(self, sizes: set[int]) -> dict[int, Head]:
        """The heads of the prefixes of these sizes, as far as the ledger reaches."""
        tree, leaves = CompactRange(), map(leaf_hash, self.raw())
        found: dict[int, Head] = {}
        for size in sorted({0, *sizes}):
            tree.extend(islice(leaves, size - tree.size))
            if tree.size == size:
                found[size] = Head(size=size, root=tree.root().hex())
        return found

    def position(self, size: int) -> Position:
        """Where a reader of the first `size` lines stands."""
        position = START
        for data in self.raw():
            if position.size == size:
                break
            position = position.after(data)
        return position

    @cached_property
    def about(self) -> About:
        """What the first line and the last say of the case; "" where they cannot be read, and no other line is parsed."""
        first, last = _parsed(next(self.raw(), b"")), _parsed(b"".join(deque(self.raw(), maxlen=1)))
        created = first.body if first and isinstance(first.body, bodies.CaseCreated) else None
        return About(
            created.name if created else "", created.origin if created else "", last.time if last else ""
        )

    @cached_property
    def origin(self) -> str:
        """Who keeps this ledger, as its first line says; "" where it cannot be read."""
        for _entry, event in self.events():
            return event.body.origin if isinstance(event.body, bodies.CaseCreated) else ""
        return ""

    @cached_property
    def desks(self) -> tuple[NoteKey, ...]:
        """The keys of the desks that were announced, as far as they can be read."""
        return tuple(_note_keys(act.body for _entry, act in self.acts()))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every line, parsed."""
        return tuple(entries(self.path, self._size))

    def events(self) -> Iterator[tuple[Entry, Event]]:
        """Every line that is an event."""
        return ((entry, entry.event) for entry in self.entries if entry.event is not None)

    def act(self, entry: Entry) -> Event | None:
        """The act that a line records (`Event.act`); None for a line that is no event, or brings none."""
        if entry.number not in self._acts:
            try:
                self._acts[entry.number] = entry.event.act if entry.event else None
            except (FactcheckError, *UNFOLDABLE) as error:
                self._acts[entry.number] = None
                self.unfolded[entry.number] = f"{type(error).__name__}: {error}"
        return self._acts[entry.number]

    def acts(self) -> Iterator[tuple[Entry, Event]]:
        """Every act with the line that records it: of what was adopted, the original with the numbers of this desk."""
        return ((entry, act) for entry, _ in self.events() if (act := self.act(entry)) is not None)

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The files whose bytes were removed by order, as the ledger says."""
        said = (act.body for _, act in self.acts())
        return frozenset(
            path for body in said if isinstance(body, capturing.EvidenceWithheld) for path in body.files
        )

    @cached_property
    def has_adopted(self) -> bool:
        """True when acts of another desk are among the lines."""
        return any(isinstance(event.body, EventAdopted) for _, event in self.events())

    def in_order(
        self, size: int | None = None, state: State | None = None
    ) -> Iterator[tuple[Entry, Event, State]]:
        """Every act of the first `size` lines as it was done, at whichever desk, with the state before it; none without adoptions."""
        state = State() if state is None else state
        known = [(entry, act) for entry, act in self.acts() if size is None or entry.number <= size]
        for entry, act in sorted(known, key=lambda pair: pair[1].order) if self.has_adopted else ():
            yield entry, act, state
            self._take(state, entry, act, take)

    def lines(self, size: int | None = None) -> Iterator[Read]:
        """Every line that is an event, with its bytes; of the first `size` lines only, if that is said."""
        for entry, data in zip(self.entries[:size], self.raw(), strict=False):
            if entry.event is not None:
                yield Read(entry.event, data)

    def state(self, size: int | None = None) -> State:
        """The fold of the first `size` lines, with acts of other desks among them."""
        state = State()
        if self.has_adopted:
            for _each in self.in_order(size, state):
                pass
            return counted(state)
        for entry, event in self.events():
            if size is None or entry.number <= size:
                self._take(state, entry, event, apply)
        return state

    def replay(self, watches: Sequence["Watch"]) -> None:
        """Fold the ledger once, and show each event to all who watch, with the state before it; then the end.

        What was adopted together is taken in together; then the acts of all desks are shown in their order.
        """
        state, behind = State(), False
        for entry, event in self.events() if watches else ():
            adopted = isinstance(event.body, EventAdopted)
            if behind and not adopted:
                state = self.state(entry.number - 1)
            behind = adopted
            for watch in watches:
                watch.see(Moment(entry, event, state))
            if not adopted:
                self._take(state, entry, event, apply)
        for entry, act, before in self.in_order() if watches else ():
            for watch in watches:
                watch.meet(Moment(entry, act, before))
        for watch in watches:
            watch.end()

    def _take(
        self, state: State, entry: Entry, act: Event, how: Callable[[State, Event, Suggestions], None]
    ) -> None:
        try:
            how(state, act, self.suggested)
        except UNFOLDABLE as error:
            self.unfolded[entry.number] = f"{type(error).__name__}: {error}"

    def suggested(self, event: Event) -> Sequence[Suggested]:
        """The lines of the file an extraction names, as far as they can be read; `suggestions` checks its hash."""
        body = event.body
        if not isinstance(body, bodies.SourceExtracted | proposing.SourceProposed):
            return []
        if body.suggestions not in self._suggested:
            self._suggested[body.suggestions] = _readable(self.disk.read(body.suggestions) or b"")
        return self._suggested[body.suggestions]

    def source_text(self, source: str) -> str | None:
        """The text of a source; None when it is not what the ledger says, or no text."""
        body = self.sources.get(source)
        if body is None:
            return None
        text = body.derived or body
        return None if self.disk.difference(text.path, text.sha256) else self.disk.text(text.path)

    def text_of(self, source: Source) -> str:
        """The text of a source, empty where it is not what the ledger says."""
        return self.source_text(source.id) or ""

    @cached_property
    def sources(self) -> dict[str, bodies.SourceIngested]:
        """What the ledger says of each source."""
        return {
            event.subject: event.body
            for _entry, event in self.acts()
            if isinstance(event.body, bodies.SourceIngested)
        }


def _note_keys(found: Iterable[Body]) -> Iterator[NoteKey]:
    for body in found:
        if isinstance(body, trust.DeskAdded):
            with suppress(ValueError):
                yield NoteKey.from_vkey(body.key)


def original(act: Event) -> Event:
    """The act as its author's desk wrote it, with the numbers of that desk."""
    brought = act.as_written.body
    return Event.from_line(brought.line.encode(), where="") if isinstance(brought, EventAdopted) else act


class Watch:
    """A check that looks at every event beside the state it met: one replay serves all of them."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        self.trail, self.sheet = trail, sheet

    def see(self, at: "Moment") -> None:
        """Look at one event."""

    def meet(self, at: "Moment") -> None:
        """Look at one act among those of all desks, in their order; where nothing was adopted there are none."""

    def end(self) -> None:
        """Say what is to be said when all were seen."""


class Moment(NamedTuple):
    """A line, its event, and the state *before* it; the state goes on changing afterwards."""

    entry: Entry
    event: Event
    state: State


def _parsed(line: bytes) -> Event | None:
    try:
        return Event.from_line(line, where=LEDGER)
    except BadData:
        return None


def _readable(data: bytes) -> list[Suggested]:
    found: list[Suggested] = []
    for line in data.split(b"\n"):
        try:
            found += read_suggestions(line, where="")
        except BadData:
            continue
    return found
