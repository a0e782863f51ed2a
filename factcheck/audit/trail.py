"""The trail of a case under audit: its lines, its files, and its state at every moment; nothing derived is trusted."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from factcheck.audit.disk import Disk
from factcheck.audit.reader import CHECKPOINT, LEDGER, Entry, bare, entries, raw_lines
from factcheck.errors import BadData, FactcheckError
from factcheck.events import Event, Head, bodies, proposing, read_suggestions
from factcheck.events.adopting import EventAdopted
from factcheck.ledger import START, Position
from factcheck.match.outlets import outlets
from factcheck.match.standing import maker
from factcheck.merkle import CompactRange, leaf_hash
from factcheck.model import Source
from factcheck.state import State, Suggested, Suggestions, apply
from factcheck.state.merging import UNFOLDABLE, counted, take


class Trail:
    """Everything the checks look at, as it was when the audit began: a desk may go on writing meanwhile.

    `outlets` are the lists at hand, shipped and one's own, by the maker that an event names. The checkpoint is
    read first, so that it can only be behind. Lines are parsed once, when a check needs them.
    """

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        self.folder = folder
        self.outlets = {maker(known): known for known in (outlets(), outlets(own))}
        self.disk = Disk(folder)
        self.disk.text(CHECKPOINT)
        self._size = self.path.stat().st_size
        self.unfolded: dict[int, str] = {}
        self._acts: dict[int, Event | None] = {}
        self._suggested: dict[str, list[Suggested]] = {}

    @property
    def path(self) -> Path:
        return self.folder / LEDGER

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
        for data in self.raw():
            tree.append(leaf_hash(data))
        return Head(size=tree.size, root=tree.root().hex())

    def heads(self, sizes: set[int]) -> dict[int, Head]:
        """The heads of the prefixes of these sizes, as far as the ledger reaches."""
        tree = CompactRange()
        found = {0: Head(size=0, root=tree.root().hex())}
        for data in self.raw() if sizes else ():
            tree.append(leaf_hash(data))
            if tree.size in sizes:
                found[tree.size] = Head(size=tree.size, root=tree.root().hex())
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

    @staticmethod
    def original(act: Event) -> Event:
        """The act as its author's desk wrote it, with the numbers of that desk."""
        brought = act.as_written.body
        return Event.from_line(brought.line.encode(), where="") if isinstance(brought, EventAdopted) else act

    @cached_property
    def has_adopted(self) -> bool:
        """True when acts of another desk are among the lines."""
        return any(isinstance(event.body, EventAdopted) for _, event in self.events())

    def replay(self) -> Iterator[tuple[Entry, Event, State]]:
        """Each line's event with the state *before* it; what was adopted together is taken in together."""
        state, behind = State(), False
        for entry, event in self.events():
            adopted = isinstance(event.body, EventAdopted)
            if behind and not adopted:
                state = self.state(entry.number - 1)
            behind = adopted
            yield entry, event, state
            if not adopted:
                self._take(state, entry, event, apply)

    def adopted(self) -> Iterator[tuple[Entry, Event, State]]:
        """Each adopted act with the state before it, among the acts of all desks in their order."""
        for entry, act, state in self.in_order():
            if act.as_written is not act:
                yield entry, act, state

    def in_order(
        self, size: int | None = None, state: State | None = None
    ) -> Iterator[tuple[Entry, Event, State]]:
        """Every act of the first `size` lines as it was done, at whichever desk, with the state before it; none without adoptions."""
        state = State() if state is None else state
        known = [(entry, act) for entry, act in self.acts() if size is None or entry.number <= size]
        for entry, act in sorted(known, key=lambda pair: pair[1].order) if self.has_adopted else ():
            yield entry, act, state
            self._take(state, entry, act, take)

    def state(self, size: int | None = None) -> State:
        """The fold of the first `size` lines."""
        state = State()
        if self.has_adopted:
            for _each in self.in_order(size, state):
                pass
            return counted(state)
        for entry, event in self.events():
            if size is None or entry.number <= size:
                self._take(state, entry, event, apply)
        return state

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


def _readable(data: bytes) -> list[Suggested]:
    found: list[Suggested] = []
    for line in data.split(b"\n"):
        try:
            found += read_suggestions(line, where="")
        except BadData:
            continue
    return found
