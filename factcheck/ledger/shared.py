"""A case on a server, as one desk works on it: recorded there first, read from this desk's own copy of the file."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from factcheck.blobs import Blobs
from factcheck.errors import BadData, FactcheckError, Refused, Unavailable
from factcheck.events import Event, bodies, proposing
from factcheck.ledger import START, Address, Line, Position
from factcheck.ledger.file import FileLedger
from factcheck.ledger.files import CaseFiles
from factcheck.ledger.following import rewritten
from factcheck.ledger.postgres import PostgresLedger, Server, setup
from factcheck.ledger.postgres.leases import ServerLeases
from factcheck.ledger.suggestions import SuggestionFiles

_Batches = Iterator[tuple[list[Line], FactcheckError | None]]
_BATCH = 500
"""How many lines of the server are made durable in the copy at once."""


class SharedLedger:
    """The ledger at `address`; `near` is this desk's copy of it, in the case's folder, the same bytes.

    The copy is what everybody reads, what an audit checks, and what is left when the server is away: then reading goes
    on, `away` says why, and writing raises it. Nothing is ever written to the copy that the server does not have.

    One that does not `ask` reads the copy alone, so that reading never waits for the network: a `scout` of its own
    thread brings what the server has, and says whether it answers. Writing asks the server as ever.
    """

    def __init__(self, address: Address, near: FileLedger, *, asks: bool = True) -> None:
        self.near, self.far = near, PostgresLedger(Server(address.dsn), address.origin)
        self.asks = asks
        self._scout: SharedLedger | None = None
        self._away: FactcheckError | None = None
        self._sent: list[bytes] = []
        self._behind = START
        self._shelf: Blobs | None = None
        self._writes = False

    @property
    def path(self) -> Path:
        """The copy's file."""
        return self.near.path

    @property
    def checkpoint_path(self) -> Path:
        """The checkpoint of the copy."""
        return self.near.checkpoint_path

    @property
    def newer_from(self) -> int:
        """The first line that a newer version wrote; 0 for none."""
        known = self.near.newer_from or self.far.newer_from
        return known or (self._scout.far.newer_from if self._scout else 0)

    @property
    def away(self) -> FactcheckError | None:
        """Why the server could not be asked the last time, or that it has not answered for some seconds."""
        if self._scout is None:
            return self._away
        server = self._scout.far.server
        return server.silence() if server.hearing.silent else self._scout.away

    @property
    def is_cut_off(self) -> bool:
        """True while it is the server itself that is away, not a file that a line stands on, or a line that is none."""
        away = self.away
        return isinstance(away, Unavailable) and away.where.startswith(self.far.server.place)

    def follow(self, scout: "SharedLedger") -> None:
        """Believe what another one, in a thread of its own, finds out about the server."""
        self._scout = scout
        self.far.server.scout = scout.far.server.hearing

    def read(self, after: Position = START) -> Iterator[Line]:
        """Every line behind `after`: those of the copy, then what the server has besides, which is copied on the way."""
        position = after
        for line in self.near.read(after):
            position = line.position
            yield line
        if self.asks or self._writes:
            yield from self._brought(position)

    def _brought(self, position: Position) -> Iterator[Line]:
        """What the server has behind the copy; nothing while it is away, or while another process brings it.

        A line of the server that is none keeps a desk from writing, and not from reading what it has.
        """
        try:
            for batch, fault in self._readable(_batches(self.far.read(position))):
                self._away = fault
                if batch and not self._copied(batch, position):
                    return
                yield from batch
                if fault and self._writes:
                    raise fault
                position = batch[-1].position if batch else position
        except (Unavailable, Refused) as error:
            if self._writes:
                raise
            self._away = error
        except BadData as error:  # of the copy: whoever follows this one hears of it as well
            self._away = error
            raise

    def _copied(self, batch: list[Line], after: Position) -> bool:
        """Write what the copy does not have by now; False while another process writes there.

        The server was asked before the lock is taken: whoever waits for an answer keeps nobody from writing.
        """
        with ExitStack() as held:
            try:
                held.enter_context(self.near.writing(patience=self.near.patience if self._writes else 0))
            except Unavailable:
                if self._writes:
                    raise
                return False
            there = sum(1 for _ in self.near.read(after))
            if fresh := [line.data for line in batch[there:]]:
                self._copy(fresh, batch[there - 1].position if there else after)
        return True

    def _copy(self, lines: list[bytes], after: Position) -> None:
        """Write lines that the server has into the copy; what keeps them from that undoes nothing there."""
        try:
            self.near.extend(lines, after)
        except (Unavailable, Refused) as error:
            raise Unavailable(
                "what the server has recorded cannot be copied here.",
                where=str(self.path),
                seen=error.seen,
                remedy="free some space; nothing is lost, and the next look brings it",
            ) from error

    def _readable(self, batches: _Batches) -> _Batches:
        """Lines whose suggestions can be had and read: a desk that copied another one could not say what it stands on."""
        suggestions = SuggestionFiles(CaseFiles(self.path.parents[1], self.shelf))
        for batch, fault in batches:
            for number, line in enumerate(batch):
                try:
                    if isinstance(line.event.act.body, bodies.SourceExtracted | proposing.SourceProposed):
                        suggestions(line.event.act)
                except FactcheckError as error:
                    yield batch[:number], error
                    return
                except ValueError as error:  # what a line brings does not fit the numbers that it maps it to
                    where = f"{self.far.name}:{line.event.seq}"
                    yield batch[:number], rewritten(where, line.event.seq, str(error).splitlines()[0][:200])
                    return
            yield batch, fault

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to append, here and there. Unavailable when the server cannot be reached."""
        self._sent = []
        with self.near.writing(), self.far.writing():
            self._writes = True
            try:
                yield
            finally:
                self._writes = False

    def append(self, event: Event, after: Position) -> Line:
        """Send one event behind `after`; it is recorded once `commit` has returned. Nothing is read in between."""
        if not self._sent:
            self._behind = after
        line = self.far.append(event, after)
        self._sent.append(line.data)
        return line

    def bring(self, lines: list[bytes]) -> None:
        """Send lines of a file as they are, inside `writing`; the copy has them already."""
        self.far.bring(lines)

    def commit(self) -> None:
        """Make durable what was sent, on the server first, then in the copy."""
        self.far.commit()
        self._writes = False
        if self._sent:
            try:
                self._copy(self._sent, self._behind)
            except FactcheckError as error:  # it is recorded all the same: the next look brings it
                self._away = error

    @property
    def leases(self) -> ServerLeases:
        """Who has what open, by the server's clock."""
        return ServerLeases(self.far.server, self.far.case_id)

    def shelf(self) -> Blobs:
        """Where the files of this case lie for all its desks. Refused while nobody has said where."""
        if self._shelf is None:
            self._shelf = setup.shelf_of(self.far.server)
        return self._shelf

    def watch(self, after: Position, seconds: float) -> bool:
        """Wait until the server has something behind `after`, at most so long. Unavailable while it is away."""
        return self.far.watch(after, seconds)

    def close(self) -> None:
        """Hang up."""
        self.far.server.close()

    def seal(self, origin: str, position: Position, sign: Callable[[str], str] = str) -> None:
        """Renew the copy's checkpoint."""
        self.near.seal(origin, position, sign)

    def mend(self) -> str:
        """Put a torn tail of the copy right."""
        return self.near.mend()

    def is_torn(self) -> bool:
        """True when the copy does not end in a newline."""
        return self.near.is_torn()


def _batches(lines: Iterator[Line]) -> _Batches:
    """Lines by the batch; what is wrong with the next one comes with the good ones before it."""
    batch: list[Line] = []
    try:
        for line in lines:
            batch.append(line)
            if len(batch) == _BATCH:
                yield batch, None
                batch = []
    except BadData as error:
        yield batch, error
        return
    yield batch, None
