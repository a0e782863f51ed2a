"""Leases of a case in a folder: beside the index, for the desks of one machine; gone with it, and that is fine."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from factcheck.db import transaction
from factcheck.events import timestamp
from factcheck.ledger.leases import Lease

Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


class DeskLeases:
    """Leases in the table `lease` of the index's database, by the clock of this machine."""

    def __init__(
        self, database: Callable[[], sqlite3.Connection], rows: Rows, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._rows, self._clock = database, rows, clock

    def take(self, subject: str, person: str, seconds: int) -> Lease | None:
        """Look at a subject; gives the lease that stands, one's own or that of who came first."""
        database, now = self._database(), self._clock()
        with suppress(sqlite3.DatabaseError), transaction(database):
            database.execute(
                "DELETE FROM lease WHERE (person = ? AND subject <> ?) OR until <= ?",
                (person, subject, timestamp(now)),
            )
            database.execute(
                "INSERT INTO lease VALUES (?1, ?2, max(?3, 1 + (SELECT value FROM fence)), ?4) "
                "ON CONFLICT (subject) DO UPDATE SET until = excluded.until WHERE person = ?2",
                (subject, person, int(now.timestamp() * 1000), _until(now, seconds)),
            )
            database.execute("UPDATE fence SET value = max(value, (SELECT max(fence) FROM lease))")
            row = database.execute("SELECT person, fence FROM lease WHERE subject = ?", (subject,)).fetchone()
            return Lease(subject, *row)
        return None

    def keep(self, lease: Lease, seconds: int) -> bool:
        """Longer, while the fence is still this one."""
        database, now = self._database(), self._clock()
        with suppress(sqlite3.DatabaseError), transaction(database):
            kept = database.execute(
                "UPDATE lease SET until = ? WHERE subject = ? AND person = ? AND fence = ? AND until > ?",
                (_until(now, seconds), lease.subject, lease.holder, lease.fence, timestamp(now)),
            )
            return kept.rowcount == 1
        return False

    def end(self, person: str) -> None:
        """Look at nothing; a lease that cannot be written ends by itself."""
        database = self._database()
        with suppress(sqlite3.DatabaseError), transaction(database):
            database.execute("DELETE FROM lease WHERE person = ?", (person,))

    def held(self) -> dict[str, str]:
        """Every lease that has not ended."""
        return dict(
            self._rows("SELECT subject, person FROM lease WHERE until > ?", (timestamp(self._clock()),))
        )


def _until(now: datetime, seconds: int) -> str:
    return timestamp(now + timedelta(seconds=seconds))
