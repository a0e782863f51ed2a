"""The ledger on a PostgreSQL server: the bytes of every line, in one order, by the same rules as the file."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from factcheck.errors import FactcheckError, Refused, Unavailable, Unsure
from factcheck.events import Event
from factcheck.ledger import START, Line, Position
from factcheck.ledger.following import following, rewritten, shortened
from factcheck.ledger.postgres.connection import SCHEMA, Asked, Server

__all__ = ["PostgresLedger", "Server", "cases", "only_case"]

_PAGE = 2000
"""How many lines are asked for at once."""
_ASKS = 5.0
"""Seconds after which one who watches asks, whatever the server has told; it tells of other cases too."""
_REMEDY = "factcheck audit names the line; restore the server from a back-up, or from the copy of a desk (docs/scaling.md)"
_MOST = 1 << 24
"""How many bytes of lines are asked for at once; one more line comes with them, which has no more either."""
_PAGED = (
    "FROM (SELECT *, sum(octet_length(line)) OVER (ORDER BY seq) - octet_length(line) AS above FROM factcheck.event "
    "WHERE case_id = %s AND seq >= %s AND seq <= %s) AS page WHERE above <= %s ORDER BY seq"
)
_LINES = "SELECT seq, line, encode(leaf, 'hex') " + _PAGED
_ENTRIES = (
    "SELECT seq, line, entered_by, to_char(entered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') "
    + _PAGED
)
_HOLDERS = (
    "SELECT DISTINCT usename::text FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND datname = current_database() "
    "AND database = datid AND (classid::bigint << 32) | objid::bigint = hashtextextended(%s, 0) ORDER BY 1"
)
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_ADD = "INSERT INTO factcheck.event (case_id, line) VALUES (%s, %s)"

Row = tuple[Any, ...]
"""Number, bytes, and the leaf hash in hex."""


class PostgresLedger:
    """The lines of one case on a server; `case_id` is the origin that the case's first line names.

    `append` lays a line ready, `commit` sends all that are and makes them durable, in one go there and back: an act of
    several lines is there whole or not at all. Who left without `commit` has recorded nothing. With the right to
    append comes what is behind the last line known here, for it is read next.
    """

    def __init__(self, server: Server, case_id: str) -> None:
        self.server, self.case_id = server, case_id
        self.newer_from = 0
        self._known_schema = False
        self._known = 0
        self._ahead: tuple[int, list[Row]] | None = None
        self._ready: list[bytes] = []

    @property
    def name(self) -> str:
        """Where this is, for sentences."""
        return f"{self.server.place} {self.case_id}"

    def read(self, after: Position = START) -> Iterator[Line]:
        """Every line behind `after`, as it was when each page of them was asked for.

        BadData when the server has fewer lines than were read before, when the last one known is another by now, or
        when a line does not follow from the one before.
        """
        self._check_schema()
        position, first, name = after, after.size, self.name
        while rows := self._rows(first):
            if first:
                self._check_known(rows[0], position)
            fresh = rows[1:] if first else rows
            for _, data, _ in fresh:
                line = following(bytes(data), position, name, _REMEDY)
                if line is None:
                    self.newer_from = position.size + 1
                    return
                position = line.position
                self._known = position.size
                yield line
            if len(fresh) < _PAGE and sum(len(data) for _, data, _ in rows) <= _MOST:
                return
            first = position.size
        if first:
            raise self._fewer(first)

    def _rows(self, first: int) -> list[Row]:
        """The next rows from the last known one on; those that came with the lock count once."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == first:
            return ahead[1]
        return self.server.ask(*self._asking(first))

    def _asking(self, first: int) -> Asked:
        return _LINES, (self.case_id, max(first, 1), first + _PAGE, _MOST)

    def raw(self) -> Iterator[tuple[int, bytes, str, str]]:
        """Every row as it lies there, whatever it says: number, bytes, who entered it, when (RFC 3339, UTC)."""
        self._check_schema()
        last = 0
        while rows := self.server.ask(_ENTRIES, (self.case_id, last + 1, last + _PAGE, _MOST)):
            yield from ((seq, bytes(data), by, at) for seq, data, by, at in rows)
            last = rows[-1][0]

    def size(self) -> int:
        """How many lines the server has."""
        self._check_schema()
        rows = self.server.ask(
            "SELECT seq FROM factcheck.event WHERE case_id = %s ORDER BY seq DESC LIMIT 1", (self.case_id,)
        )
        return int(rows[0][0]) if rows else 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one right to append to this case. Unavailable when somebody else holds it for too long."""
        self._ready, first = [], self._known
        behind = (self._asking(first),) if self._known_schema else ()
        with self._locked(*behind) as found:
            self._check_schema()
            self._ahead = (first, found[1]) if behind else None
            try:
                yield
            finally:
                self._ready, self._ahead = [], None

    @contextmanager
    def _locked(self, *behind: Asked) -> Iterator[list[list[Row]]]:
        """A transaction that has the lock; the rows of what is asked behind it come with it, those of the lock first."""
        entered = False
        try:
            with self.server.transaction((_LOCK, (self.case_id,)), *behind) as found:
                entered = True
                yield found
        except Unavailable as error:
            if entered or isinstance(error, Unsure):
                raise
            raise self._held_by(error) from error

    def _held_by(self, error: Unavailable) -> Unavailable:
        """The same refusal, with the logins that do not let go: no rule of a server's keeps a login from that."""
        names = [row[0] for row in self.server.ask(_HOLDERS, (self.case_id,))]
        return Unavailable(
            error.what,
            where=self.name,
            seen=", ".join(names) or error.seen,
            remedy="try again in a moment; who keeps the server ends a session that does not let go",
        )

    def append(self, event: Event, after: Position) -> Line:
        """Lay one event ready behind `after`, inside `writing`; it is there once `commit` has returned."""
        if self.newer_from:
            raise Refused(
                "a newer version of factcheck has written here; this one only reads.",
                where=f"{self.name}:{self.newer_from}",
                remedy="pip install --upgrade factcheck-desk",
            )
        whole = event.model_copy(update={"seq": after.size + 1, "prev": after.last})
        data = whole.to_line()
        self._ready.append(data)
        return Line(whole, data, after.after(data))

    def commit(self) -> None:
        """Send what is ready and make it durable. `Unsure` when the connection broke before the answer."""
        ready, self._ready = self._ready, []
        self.server.commit(*((_ADD, (self.case_id, data)) for data in ready))
        self._known += len(ready)

    def bring(self, lines: list[bytes]) -> None:
        """Send lines that lie in a file, as they are, inside `writing`. Refused where the case goes on here."""
        for first in range(0, len(lines), _PAGE):
            self.server.ask("SELECT factcheck.bring(%s, %s)", (self.case_id, lines[first : first + _PAGE]))

    def watch(self, after: Position, seconds: float) -> bool:
        """Wait until there is something behind `after`, at most so long; what the server tells is a hint, asking is the truth."""
        self.server.ask("LISTEN factcheck")
        until = time.monotonic() + seconds
        while self.size() <= after.size:
            if (left := until - time.monotonic()) <= 0:
                return False
            self.server.notifications(min(left, _ASKS))
        return True

    def _check_known(self, row: tuple[int, bytes, str], known: Position) -> None:
        seq, _, leaf = row
        if seq != known.size:
            raise self._fewer(known.size)
        if leaf != known.last:
            raise rewritten(self.name, known.size, "other bytes than were read before", _REMEDY)

    def _fewer(self, known: int) -> FactcheckError:
        """A server that has fewer lines than were read was cut; a replica may only be behind."""
        if self.server.ask("SELECT pg_is_in_recovery()")[0][0]:
            return Unavailable(
                "this server is a replica, and behind.",
                where=self.name,
                seen=f"fewer than {known} lines",
                remedy="try again in a moment, or name the primary server in the DSN",
            )
        return shortened(self.name, known, "fewer lines", _REMEDY)

    def _check_schema(self) -> None:
        """Refused where nothing of ours is, or where a newer version has set it up."""
        if self._known_schema:
            return
        rows = self.server.ask("SELECT max(version) FROM factcheck.migration")
        version = int(rows[0][0] or 0)
        if version != SCHEMA:
            newer = version > SCHEMA
            raise Refused(
                "a newer version of factcheck has set this server up."
                if newer
                else "this server was set up by an older version of factcheck.",
                where=self.server.place,
                seen=f"schema {version}, {SCHEMA} is known here",
                remedy="pip install --upgrade factcheck-desk"
                if newer
                else "whoever keeps the server runs: factcheck server init DSN",
            )
        self._known_schema = True


def cases(server: Server) -> list[str]:
    """The origins of the cases that a server has, in order."""
    return [
        row[0] for row in server.ask("SELECT case_id FROM factcheck.event WHERE seq = 1 ORDER BY case_id")
    ]


def only_case(server: Server, wanted: str = "") -> str:
    """The case that is meant: `wanted`, or the only one. Refused, with the ones that are there."""
    there = cases(server)
    if wanted in there or (len(there) == 1 and not wanted):
        return wanted or there[0]
    raise Refused(
        "the server has no such case." if wanted else "say which case of the server you mean.",
        where=server.place,
        seen=", ".join(there[:20]) or "no case at all",
        remedy="--origin ORIGIN",
    )
