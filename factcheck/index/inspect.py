"""Looking into an index without touching it: a copy in memory, row by row, beside what the ledger says."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from factcheck.errors import BadData, Unavailable
from factcheck.events import Event
from factcheck.index.rows import SCHEMA, claim_row, dump, key, tally_rows, text_row
from factcheck.ledger import START, Position
from factcheck.model import Claim
from factcheck.state import State

Row = tuple[Any, ...]

_CLOSED = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
"""What SQLite says of a file that it could read, were it let."""

_TABLES = {
    "event": "SELECT seq, id, person, line FROM event",
    "touch": "SELECT subject, seq FROM touch",
    "subject": "SELECT letter, number, version, value, base FROM subject",
    "claim": "SELECT * FROM claim",
    "claim_text": "SELECT rowid, words, found FROM claim_text",
    "tally": "SELECT * FROM tally WHERE many > 0",
}


class Inspected:
    """An index as it lies on disk. `schema` is its version, `position` how far it says it has read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.schema = self._meta("schema")

    @property
    def current(self) -> bool:
        """False for an index of another version, which the desk throws away when it next looks."""
        return self.schema == SCHEMA

    @property
    def position(self) -> Position:
        """How far it says it has read. BadData when it does not say so in its own form."""
        text = self._meta("position")
        try:
            fields = json.loads(text) if text else {}
            position = Position(**fields | {"peaks": tuple(fields.get("peaks", ()))})
            _ = position.head
        except (ValueError, TypeError, AttributeError) as error:
            raise BadData("the position cannot be read.", where="meta", seen=text[:80]) from error
        return position if text else START

    def rows(self, table: str) -> Iterator[Row]:
        """Every row of event, touch, subject, claim, claim_text or tally. BadData when SQLite cannot read it."""
        try:
            yield from self._connection.execute(_TABLES[table])
        except sqlite3.DatabaseError as error:
            raise BadData("this table cannot be read.", where=table, seen=str(error)) from error

    def faults(self) -> list[str]:
        """What SQLite itself finds wrong with the file, and whether the words can be searched as they stand."""
        try:
            found = [
                row[0] for row in self._connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"
            ]
            self._connection.execute("INSERT INTO claim_text (claim_text) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [str(each) for each in found]

    def _meta(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])


@contextmanager
def read_only(path: Path) -> Iterator[Inspected]:
    """Open an index without creating, repairing or locking it for long.

    BadData when it is no index; Unavailable when it cannot be opened as it lies there: left half written by a full disk,
    locked, not to be read. Only a desk repairs it.
    """
    try:
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.text_factory = _text
            _copy(path, memory)
            yield Inspected(memory)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _CLOSED:
            raise _no_index(path, error) from error
        raise Unavailable(
            "the index cannot be opened.",
            where=path.name,
            seen=str(error),
            remedy="any command of the desk opens it again, or makes it anew",
        ) from error
    except sqlite3.DatabaseError as error:
        raise _no_index(path, error) from error


def _no_index(path: Path, error: sqlite3.DatabaseError) -> BadData:
    return BadData("this is not an index of the desk.", where=path.name, seen=str(error), remedy="delete it")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _copy(path: Path, memory: sqlite3.Connection) -> None:
    """A copy is consistent even while somebody writes, and whatever is tried on it leaves the file alone."""
    wal = path.with_name(f"{path.name}-wal")
    asleep = not wal.exists() and not path.with_name(f"{path.name}-journal").exists()
    mode = "mode=ro&immutable=1" if asleep else "mode=ro"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=10)) as disk:
        disk.backup(memory)


def expected(state: State, events: list[Event]) -> dict[str, set[Row]]:
    """The rows that an index must have which has read exactly these events."""
    claims = [value for value in state.subjects.values() if isinstance(value, Claim)]
    return {
        "event": {(each.seq, each.id, each.by, each.as_written.to_line()) for each in events},
        "touch": {(subject, each.seq) for each in events for subject in each.touches},
        "subject": {_subject(state, name) for name in {*state.subjects, *state.bases, *state.versions}},
        "claim": {claim_row(claim) for claim in claims},
        "claim_text": {text_row(claim) for claim in claims},
        "tally": tally_rows(claims),
    }


def _subject(state: State, name: str) -> Row:
    letter, number = key(name)
    value, base = state.value(name), state.base(name)
    return (
        letter,
        number,
        state.version(name),
        None if value is None else dump(letter, value),
        None if base is None else dump(letter, base),
    )
