"""The desk: queue, search and counts over the ledger, in SQLite; delete it at will."""

import json
import os
import sqlite3
from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from factcheck.db import open_database, transaction
from factcheck.errors import BadData, FactcheckError, Unavailable
from factcheck.events import Event
from factcheck.index.leases import DeskLeases
from factcheck.index.lists import Lists
from factcheck.index.places import PLACES, Place, places
from factcheck.index.query import Query, conditions, ordered
from factcheck.index.rows import EMPTYING, SCHEMA, claim_row, dump, key, load, text_row
from factcheck.ledger import START, Ledger, Position
from factcheck.model import CaseInfo, Claim, Reading, Source
from factcheck.state import State, Suggestions, Value, apply
from factcheck.state.merging import merged

__all__ = ["Index", "Place", "Query", "claim_row"]

_TEXT = "INSERT INTO claim_text (rowid, words, found) VALUES (?, ?, ?)"
STEPS = 10_000
"""Steps of SQLite's machine between two looks at whether a search is still wanted: a millisecond or so."""
_FLUSH = 5_000
"""How many claims wait at most for their search words to be written."""
_ROW = "INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


class Index(Lists):
    """Answers what screens and commands ask; `catch_up` is the only way in.

    A file that is damaged or taken away while it is open is made again, from the ledger that was read last; where
    that cannot be, the index goes on in memory and `path` is None.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._database = _open(path)
        self._stat = path.stat() if path else None
        self._read_from: tuple[Ledger, Suggestions] | None = None
        self._to_word: dict[int, Claim | None] = {}

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    @property
    def position(self) -> Position:
        """How far this index has read the ledger."""
        row = self._one("SELECT value FROM meta WHERE key = 'position'")
        if row is None:
            return START
        fields = json.loads(row[0])
        return Position(**fields | {"peaks": tuple(fields["peaks"])})

    def catch_up(self, ledger: Ledger, suggestions: Suggestions, *, until: int | None = None) -> Position:
        """Take in every line of the ledger that is not here yet, in one transaction; without any, write nothing.

        `until` is the last line to take in, for a look at how things stood.
        """
        self._read_from = ledger, suggestions
        known = self.position
        fresh = next(iter(ledger.read(known)), None)
        if self._is_taken_away():
            self._make_again()
            known, fresh = self.position, None
        if fresh is None:
            return known
        try:
            with transaction(self._database):
                return self._catch_up(ledger, suggestions, until)
        except sqlite3.IntegrityError as error:
            raise BadData(
                "the ledger says something twice that can only be once.",
                where="the index, catching up",
                seen=str(error),
                remedy="run factcheck audit: it names the line",
            ) from error
        except sqlite3.DatabaseError as error:
            raise Unavailable(
                "the index could not be renewed; the ledger is whole and safe.",
                where=str(self.path),
                seen=str(error),
                remedy="free some space or delete .factcheck/; the desk makes it again",
            ) from error

    def _catch_up(self, ledger: Ledger, suggestions: Suggestions, until: int | None) -> Position:
        before = position = self.position
        self._to_word.clear()  # what a failed attempt left is not so
        adopted = False
        for line in ledger.read(before):
            if until is not None and line.event.seq > until:
                break
            act = line.event.act
            adopted = adopted or act is not line.event
            self.remember(act) if adopted else apply(self, act, suggestions)
            position = line.position
        if adopted:
            self._hold(merged(self.events(), suggestions))
        self._write_words()
        if position != before:
            self._run("INSERT OR REPLACE INTO meta VALUES ('position', ?)", (json.dumps(asdict(position)),))
        return position

    def _hold(self, state: State) -> None:
        """What the acts of several desks come to takes the place of all that was here; events and versions stay."""
        for statement in EMPTYING:
            self._run(statement)
        self.suggest(state.suggested)
        for subject in {**state.bases, **state.subjects}:
            if state.value(subject) is not state.base(subject):
                self.put(subject, state.value(subject))

    def _is_taken_away(self) -> bool:
        """True when another file, or none, lies where this one was: nobody else sees what is written here."""
        if self.path is None or self._stat is None:
            return False
        try:
            return not os.path.samestat(self._stat, self.path.stat())
        except OSError:
            return True

    def _make_again(self) -> None:
        """Begin anew and read the ledger; while that cannot be read either, the index is empty."""
        with suppress(sqlite3.Error):
            self._database.close()
        try:
            if self.path:
                self.path.parent.mkdir(exist_ok=True)
            self._database = _open(self.path)
            self._stat = self.path.stat() if self.path else None
        except (OSError, sqlite3.Error, Unavailable):
            self.path, self._database = None, _open(None)
        if self._read_from:
            with suppress(FactcheckError):
                self.catch_up(*self._read_from)

    # -- the store that the fold writes to ---------------------------------------------------------

    def value(self, subject: str) -> Value | None:
        """The state of a subject now."""
        return self._stored("value", subject)

    def base(self, subject: str) -> Value | None:
        """The state of a suggested subject before anybody touched it."""
        return self._stored("base", subject)

    def put(self, subject: str, value: Value | None) -> None:
        """Keep the new state of a subject."""
        letter, number = key(subject)
        blob = None if value is None else dump(letter, value)
        self._run(
            "INSERT INTO subject (letter, number, value) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET value = excluded.value",
            (letter, number, blob),
        )
        if letter == "C":
            self._put_claim(number, value)

    def suggest(self, values: Sequence[Claim | Reading]) -> None:
        """Keep suggested subjects as nobody has touched them yet."""
        rows = [(*key(value.id), dump(value.id[0], value)) for value in values]
        self._many(
            "INSERT INTO subject (letter, number, value, base) VALUES (?1, ?2, ?3, ?3) "
            "ON CONFLICT DO UPDATE SET value = excluded.value, base = excluded.base",
            rows,
        )
        claims = [value for value in values if isinstance(value, Claim)]
        known = [(claim.number,) for claim in claims]
        self._many("DELETE FROM claim WHERE number = ?", known)
        self._many(_ROW, [claim_row(claim) for claim in claims])
        for claim in claims:
            self._word(claim.number, claim)

    def remember(self, event: Event) -> None:
        """Add the event to the history and the versions of the subjects it names."""
        row = (event.seq, event.id, event.by, event.as_written.to_line())
        self._run("INSERT INTO event VALUES (?, ?, ?, ?)", row)
        self._many("INSERT INTO touch VALUES (?, ?)", [(subject, event.seq) for subject in event.touches])
        self._many(
            "INSERT INTO subject (letter, number, version) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET version = max(version, excluded.version)",
            [(*key(subject), version) for subject, version in event.subjects],
        )

    def _put_claim(self, number: int, value: Value | None) -> None:
        self._run("DELETE FROM claim WHERE number = ?", (number,))
        if isinstance(value, Claim):
            self._run(_ROW, claim_row(value))
        self._word(number, value if isinstance(value, Claim) else None)

    def _word(self, number: int, claim: Claim | None) -> None:
        """Have the search words of a claim written, once for all that happens to it while lines are taken in."""
        self._to_word[number] = claim
        if len(self._to_word) >= _FLUSH:
            self._write_words()

    def _write_words(self) -> None:
        self._many("DELETE FROM claim_text WHERE rowid = ?", [(number,) for number in self._to_word])
        self._many(_TEXT, [text_row(claim) for claim in self._to_word.values() if claim])
        self._to_word.clear()

    def _stored(self, column: str, subject: str) -> Value | None:
        letter, number = key(subject)
        row = self._one(f"SELECT {column} FROM subject WHERE letter = ? AND number = ?", (letter, number))  # noqa: S608
        return None if row is None or row[0] is None else load(letter, row[0])

    def readings(self, source: str) -> list[Reading]:
        """Every reading of a source, by number."""
        return self._where("R", "source", source)

    def source_with(self, field: str, value: str) -> Source | None:
        """The first source with this `sha256` or `path`, found without looking at the others."""
        found: list[Source] = self._where("S", field, value)
        return found[0] if found else None

    def suggestions_at(self, source: str, places: Sequence[tuple[int, int]]) -> list[Claim]:
        """The suggested claims of a source whose mention holds one of these places, in the order of their numbers."""
        if not places:
            return []
        rows = self._all(
            "SELECT number, start, stop FROM claim WHERE source = ? AND state = 'suggested' "
            "AND start <= ? AND stop >= ? ORDER BY number",
            (source, max(start for start, _ in places), min(end for _, end in places)),
        )
        near = [number for number, start, stop in rows if any(start <= a and b <= stop for a, b in places)]
        return [claim for claim in self.claims(near) if claim.holds(source, places)]

    # -- questions ---------------------------------------------------------------------------------

    def version(self, subject: str) -> int:
        """How many events have counted this subject up; 0 for one that nobody has named yet."""
        row = self._one("SELECT version FROM subject WHERE letter = ? AND number = ?", key(subject))
        return int(row[0]) if row else 0

    def next_number(self, letter: str) -> int:
        """The first number that no subject of this letter ever had."""
        row = self._one("SELECT max(number) FROM subject WHERE letter = ?", (letter,))
        return 1 + int(row[0] or 0) if row else 1

    def acted_upon(self, letter: str = "C") -> list[int]:
        """The numbers of the claims (or other subjects) that an event has touched, in order."""
        rows = self._all(
            "SELECT DISTINCT subject FROM touch WHERE subject > ?1 AND subject < ?1 || ':'", (letter,)
        )
        return sorted(int(row[0][1:]) for row in rows)

    def info(self) -> CaseInfo:
        """The case itself."""
        value = self.value("case")
        return value if isinstance(value, CaseInfo) else CaseInfo()

    def all(self, letter: str) -> list[Any]:
        """Every subject of one letter, by number. For claims use `numbers` and `claims`."""
        rows = self._all(
            "SELECT value FROM subject WHERE letter = ? AND value IS NOT NULL ORDER BY number", (letter,)
        )
        return [load(letter, row[0]) for row in rows]

    def _where(self, letter: str, field: str, value: str) -> list[Any]:
        """The subjects of one letter whose value has this field, by number; through the index that schema.py has for it."""
        held = f"{'source' if letter == 'S' else 'reading'}_{field}"
        rows = self._all(
            f"SELECT value FROM subject INDEXED BY {held} WHERE letter = '{letter}' "  # noqa: S608 (fixed text)
            f"AND json_extract(CAST(value AS TEXT), '$.{field}') = ? ORDER BY number",
            (value,),
        )
        return [load(letter, row[0]) for row in rows]

    def numbers(self, query: Query) -> list[int]:
        """The numbers of the claims that the query asks for, in its order."""
        return self.found(query).tolist()

    def found(self, query: Query, unless: Callable[[], bool] | None = None) -> "array[int]":
        """The same in four bytes a number.

        `unless` is asked every few milliseconds, in this thread; once it says True the search is given up and
        nothing is found. Unavailable when somebody else has the index for too long.
        """
        where, values = conditions(query)
        sql = f"SELECT number FROM claim {where} ORDER BY {ordered(query)}"  # noqa: S608 (fixed text, values are bound)
        self._database.set_progress_handler(unless, STEPS)
        try:
            return array("I", (row[0] for row in self._database.execute(sql, values)))
        except sqlite3.OperationalError as error:
            if unless and unless():
                return array("I")
            raise Unavailable(
                "the index cannot be read.",
                where=str(self.path),
                seen=str(error),
                remedy="try again in a moment",
            ) from error
        finally:
            self._database.set_progress_handler(None, STEPS)

    def claims(self, numbers: Sequence[int]) -> list[Claim]:
        """The claims of these numbers, in the same order; unknown numbers are left out."""
        sql = "SELECT number, value FROM subject WHERE letter = 'C' AND number IN (SELECT value FROM json_each(?))"
        rows = self._all(f"{sql} AND value IS NOT NULL", (json.dumps([*numbers]),))
        found = {number: load("C", value) for number, value in rows}
        return [found[number] for number in dict.fromkeys(numbers) if number in found]

    def paired(self) -> list[Claim]:
        """The claims that two people have judged one after the other, in order."""
        rows = self._all(
            "SELECT value FROM subject WHERE letter = 'C' AND number IN (SELECT CAST(substr(subject, 2) AS INTEGER) "
            "FROM touch WHERE subject > 'C' AND subject < 'C:') AND instr(value, CAST(? AS BLOB)) > 0 ORDER BY number",
            (b'"pairs":',),
        )
        return [load("C", value) for (value,) in rows]

    def leases(self, clock: Callable[[], datetime]) -> DeskLeases:
        """Who has what open, by this clock; nobody is kept from anything by it."""
        return DeskLeases(lambda: self._database, self._all, clock)

    def places(self, source: str) -> list[Place]:
        """Every mention in a source with the state of its claim, in one question."""
        return places(self._all(PLACES, (source,)))

    # -- SQL ---------------------------------------------------------------------------------------

    def _run(self, sql: str, values: Sequence[object] = ()) -> None:
        self._database.execute(sql, values)

    def _many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self._database.executemany(sql, rows)

    def _one(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        return cast("tuple[Any, ...] | None", self._ask(sql, values).fetchone())

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._ask(sql, values).fetchall()

    def _ask(self, sql: str, values: Sequence[object]) -> sqlite3.Cursor:
        """Ask; a file that cannot answer is made again and asked again."""
        connection = self._database
        try:
            return connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            busy = error.sqlite_errorname in {"SQLITE_BUSY", "SQLITE_LOCKED"}
            if self.path is None or busy or connection.in_transaction:
                raise
        self._make_again()
        return self._database.execute(sql, values)


def _open(path: Path | None) -> sqlite3.Connection:
    """Open the file; one that is damaged or of another version is thrown away and made again."""
    try:
        database = open_database(path)
        if _is_current(database):
            return database
        if not _tables(database):
            return _made(database)
        database.close()
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):  # somebody is making it just now: no reason to throw it away
            raise Unavailable(
                "the index is busy.", where=str(path), remedy="try again in a moment"
            ) from error
    if path is None:
        return _made(open_database(None))
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
    return _made(open_database(path))


def _made(database: sqlite3.Connection) -> sqlite3.Connection:
    from factcheck.index.schema import make  # an index is made once and opened every day

    with transaction(database):
        make(database)
        database.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (SCHEMA,))
    return database


def _is_current(database: sqlite3.Connection) -> bool:
    asked = "SELECT value FROM meta WHERE key = 'schema'"
    return "meta" in _tables(database) and database.execute(asked).fetchone() == (SCHEMA,)


def _tables(database: sqlite3.Connection) -> list[str]:
    return [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
