"""The record: all events in order, append-only, the same bytes wherever they are kept."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from factcheck.events import GENESIS, Event, Head
from factcheck.merkle import CompactRange, leaf_hash

__all__ = ["START", "Address", "Ledger", "Line", "Position"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader stands: after `size` lines, `offset` bytes in. `last` is the leaf hash of the last line."""

    size: int = 0
    offset: int = 0
    last: str = GENESIS
    last_offset: int = 0
    peaks: tuple[str, ...] = ()

    @property
    def head(self) -> Head:
        """The size and root of everything before this position."""
        return Head(size=self.size, root=self._range().root().hex())

    def after(self, line: bytes) -> "Position":
        """The position behind one more line (given without its newline)."""
        leaf, tree = leaf_hash(line), self._range()
        tree.append(leaf)
        return Position(
            size=self.size + 1,
            offset=self.offset + len(line) + 1,
            last=leaf.hex(),
            last_offset=self.offset,
            peaks=tuple(peak.hex() for peak in tree.peaks),
        )

    def _range(self) -> CompactRange:
        return CompactRange(self.size, map(bytes.fromhex, self.peaks))


START = Position()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a case lies on a server: the DSN, and the case's origin there."""

    dsn: str
    origin: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was read: the event, its bytes without the newline, and the position behind it."""

    event: Event
    data: bytes
    position: Position


class Ledger(Protocol):
    """What the desk asks of a ledger, whether it is a file or a server."""

    def read(self, after: Position = START) -> Iterator[Line]:
        """Every line behind `after`, in order. BadData when the record was shortened or rewritten."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the one right to append. Unavailable when somebody else holds it for too long, or it cannot be had."""

    def append(self, event: Event, after: Position) -> Line:
        """Write one event behind `after`, inside `writing`; seq and prev are filled in."""

    def watch(self, after: Position, seconds: float) -> bool:
        """Wait until there is something behind `after`, at most so long; False when nothing came."""

    def commit(self) -> None:
        """Make durable what was appended. Unsure when nobody can say whether it is."""
