"""SQLite as the desk uses it: one way to open it, one way to write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Older releases can corrupt a write-ahead log that two processes share (fixed in 3.51.3).
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
DatabaseError = sqlite3.DatabaseError
"""What SQLite says of a file that somebody else holds, or that is damaged."""


def open_database(path: Path | None) -> sqlite3.Connection:
    """Open a database file, or one in memory for None. sqlite3.DatabaseError when it is not one."""
    connection = sqlite3.connect(":memory:" if path is None else path, timeout=10, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    if path is not None:
        connection.execute(f"PRAGMA journal_mode = {'WAL' if WAL_IS_SAFE else 'TRUNCATE'}")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """The one write transaction: taken at once, so that two writers queue instead of failing midway."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # on a full disk SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
