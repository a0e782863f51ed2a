"""The tables of the desk: everything here can be made again from the ledger."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from factcheck.model import WAITING

migrations = Migrations("factcheck.index")

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, line BLOB NOT NULL
) STRICT;
CREATE INDEX event_person ON event (person, seq);
CREATE TABLE touch (
  subject TEXT NOT NULL, seq INTEGER NOT NULL REFERENCES event (seq), PRIMARY KEY (subject, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE subject (
  letter TEXT NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL DEFAULT 0,
  value BLOB, base BLOB, PRIMARY KEY (letter, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_sha256 ON subject (json_extract(CAST(value AS TEXT), '$.sha256'), number) WHERE letter = 'S';
CREATE INDEX source_path ON subject (json_extract(CAST(value AS TEXT), '$.path'), number) WHERE letter = 'S';
CREATE INDEX reading_source ON subject (json_extract(CAST(value AS TEXT), '$.source'), number) WHERE letter = 'R';
CREATE TABLE claim (
  number INTEGER PRIMARY KEY, source TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, state TEXT NOT NULL,
  rating TEXT NOT NULL, type TEXT NOT NULL, priority INTEGER NOT NULL, grp TEXT NOT NULL, judge TEXT NOT NULL,
  assigned TEXT NOT NULL, due TEXT NOT NULL, questions INTEGER NOT NULL, basis TEXT NOT NULL,
  spread INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_spread ON claim (number) WHERE spread > 0;
CREATE INDEX claim_due ON claim (due) WHERE due <> '';
CREATE INDEX claim_questions ON claim (priority DESC, number) WHERE questions > 0;
CREATE INDEX claim_own ON claim (assigned, number) WHERE assigned <> '';
CREATE INDEX claim_rated ON claim (rating, number) WHERE rating <> '';
CREATE INDEX claim_waiting ON claim (state, assigned, priority DESC, number, judge);
CREATE INDEX claim_order ON claim (state, priority DESC, number);
CREATE TABLE lease (subject TEXT PRIMARY KEY, person TEXT NOT NULL, fence INTEGER NOT NULL, until TEXT NOT NULL) STRICT;
CREATE TABLE fence (value INTEGER NOT NULL) STRICT;
INSERT INTO fence VALUES (0);
CREATE INDEX claim_state ON claim (state, number);
CREATE INDEX claim_group ON claim (grp, number);
CREATE INDEX claim_place ON claim (source, start);
CREATE INDEX claim_priority ON claim (priority DESC, number, state);
CREATE TABLE tally (
  state TEXT NOT NULL, type TEXT NOT NULL, rating TEXT NOT NULL, basis TEXT NOT NULL, judge TEXT NOT NULL,
  many INTEGER NOT NULL, PRIMARY KEY (state, type, rating, basis, judge)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE claim_text USING fts5 (words, found, tokenize = 'unicode61', prefix = '1', detail = full);
"""

_JUDGE = "CASE WHEN {row}.state IN ({states}) THEN {row}.judge ELSE '' END"
"""Whose verdict it is, where that verdict may have to be kept back."""

_COUNTING = (
    """
CREATE TRIGGER claim_comes AFTER INSERT ON claim BEGIN
  INSERT INTO tally VALUES (new.state, new.type, new.rating, new.basis, {judge}, 1)
  ON CONFLICT DO UPDATE SET many = many + 1;
END
""",
    """
CREATE TRIGGER claim_goes AFTER DELETE ON claim BEGIN
  UPDATE tally SET many = many - 1
  WHERE state = old.state AND type = old.type AND rating = old.rating AND basis = old.basis AND judge = {judge};
END
""",
)
"""What keeps the tally: counts of millions of claims are read, never counted."""


@migrations()
def tables(database: Database) -> None:
    """Make every table."""
    for statement in _TABLES.strip().split(";\n"):
        database.conn.execute(statement.rstrip(";"))
    states = ", ".join(f"'{each}'" for each in sorted(WAITING))
    for trigger, row in zip(_COUNTING, ("new", "old"), strict=True):
        database.conn.execute(trigger.format(judge=_JUDGE.format(row=row, states=states)))


def make(connection: sqlite3.Connection) -> None:
    """Make the tables in a database that has none."""
    migrations.apply(Database(connection, execute_plugins=False))
