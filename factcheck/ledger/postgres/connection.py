"""A line to PostgreSQL that may break: opened when it is needed, opened anew after it broke, and every refusal a sentence."""

import logging
import os
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from factcheck.errors import BadData, FactcheckError, NotFound, Refused, Unavailable, Unsure, Usage
from factcheck.ledger.postgres.hearing import Hearing
from factcheck.ledger.postgres.refusals import AGAIN, FORBIDDEN, MEANWHILE, NOTHING, SENTENCES, SHUT

if TYPE_CHECKING:
    import psycopg

Asked = tuple[Any, Sequence[object]]
"""A statement, and its values."""
OLDEST = 160_000
"""PostgreSQL 16: the first that can say of a line whether each of its keys stands there once."""
SCHEMA = 1
"""The newest migration in factcheck/data/server that this program knows."""

_DEFAULTS = {
    "application_name": "factcheck",
    "client_encoding": "utf8",
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
_SESSION = (
    "SET lock_timeout = '10s'; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s'; "
    "SET default_transaction_isolation = 'read committed'"
)
"""Of the isolation: an older view would not show who wrote while one waited for the lock."""


class Server:
    """A PostgreSQL server as one login sees it. `dsn` is libpq's: a URL, or words like `host=... dbname=...`.

    Nothing is opened before the first question. One thread at a time. `sent` is set by whoever has sent something to
    record in this transaction: when the connection breaks then, nobody knows what became of it. What another line to
    this server hears, in a thread of its own, is its `scout`: while that one gets no answer, nothing is asked here.
    """

    def __init__(self, dsn: str) -> None:
        self.dsn, self.sent, self._within = dsn, False, False
        self._connection: psycopg.Connection[Any] | None = None
        self.hearing = Hearing()
        self.scout: Hearing | None = None
        self._hang_up: Callable[[], object] | None = None

    # -- asking ------------------------------------------------------------------------------------

    def ask(self, sql: Any, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement (words, or what `psycopg.sql` composes); [] for one that gives none. A sentence for whatever goes wrong."""
        self._refuse_to_wait()
        return self._run(sql, values)

    def _run(self, sql: Any, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        connection = self._open()
        with self._told(connection):
            cursor = connection.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else []

    def together(self, *asked: Asked) -> list[list[tuple[Any, ...]]]:
        """The rows of each of several statements that go there and back as one; behind one that fails nothing is done."""
        connection = self._open()
        with self._told(connection):
            with connection.pipeline():
                cursors = [connection.execute(sql, values or None) for sql, values in asked]
            return [cursor.fetchall() if cursor.description else [] for cursor in cursors]

    @contextmanager
    def transaction(self, *first: Asked) -> Iterator[list[list[tuple[Any, ...]]]]:
        """All or nothing, until `commit`; what was not committed at the end is taken back. Gives the rows of what is asked `first`."""
        self.sent = False
        self.hearing.hurry()  # who writes asks at once, whatever a reader found a moment ago
        self._refuse_silence()
        try:
            found = self.together(("BEGIN", ()), *first)[1:]
            self._within = True
            yield found
        finally:
            self._within = False
            self._roll_back()

    def commit(self, *last: Asked) -> None:
        """Make durable what this transaction holds, and what is sent with it. Unsure when nobody can say whether it is."""
        if not self._in_transaction():
            raise self._broken("the transaction is gone")
        self._refuse_undone()
        self.sent = self.sent or bool(last)
        self.together(*last, ("COMMIT", ()))
        self.sent = self._within = False

    def _refuse_undone(self) -> None:
        """Where something has failed before, a server answers a COMMIT with ROLLBACK, and means it."""
        from psycopg.pq import TransactionStatus

        assert self._connection is not None
        if self._connection.info.transaction_status is TransactionStatus.INERROR:
            raise Unavailable(NOTHING, where=self.place, seen="ROLLBACK", remedy=AGAIN)

    def _roll_back(self) -> None:
        if self._in_transaction():
            with suppress(FactcheckError):
                self._run("ROLLBACK")

    def _in_transaction(self) -> bool:
        if self._connection is None or self._connection.closed:
            return False
        from psycopg.pq import TransactionStatus

        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    def notifications(self, seconds: float) -> bool:
        """Wait until the server says that something happened, at most so long."""
        connection = self._open()
        with self._told(connection):
            return any(True for _ in connection.notifies(timeout=seconds, stop_after=1))

    # -- what another line has found out -----------------------------------------------------------

    def silence(self) -> Unavailable:
        """The sentence for a server that has been asked and does not answer."""
        what = "the server does not answer; nothing can be recorded until it does."
        return Unavailable(what, where=self.place, remedy=MEANWHILE)

    def _refuse_silence(self) -> None:
        if self.scout and self.scout.silent:
            raise self.silence()

    def _refuse_to_wait(self) -> None:
        """Who only reads does not try what the other line has tried in vain a moment ago."""
        if self.scout and not self._within:
            self._refuse_silence()
            if self.scout.rests:
                raise self._away(self.scout.why)

    def encrypted(self, password: str, name: str) -> str:
        """A password as the server keeps it, so that it never stands in a statement or a log."""
        return self._open().pgconn.encrypt_password(password.encode(), name.encode()).decode()

    @property
    def login(self) -> str:
        """Who this is to the server."""
        return str(self.ask("SELECT session_user")[0][0])

    @property
    def place(self) -> str:
        """Where the server is, for sentences: never with a password."""
        words = _words(self.dsn)
        if "service" in words and "host" not in words:
            return f"service {words['service']}"
        host = words.get("host", "").rpartition("@")[2]  # of a password with an @ of its own
        name = words.get("dbname") or words.get("user") or ""
        port = f":{words['port']}" if words.get("port") else ""
        return (
            f"postgresql:///{name}?host={host}{port}"
            if host[:1] == "/"
            else f"postgresql://{host}{port}/{name}"
        )

    def close(self) -> None:
        """Hang up. What nobody keeps any more hangs up by itself."""
        if self._hang_up is not None:
            self._hang_up()
        self._connection = self._hang_up = None

    # -- opening -----------------------------------------------------------------------------------

    def _open(self) -> "psycopg.Connection[Any]":
        if self._connection is not None and not self._connection.closed:
            return self._connection
        if self._within:  # on a new line nothing would hold the right to write
            raise self._broken("it is closed")
        if self.hearing.rests:
            raise self._away(self.hearing.why)
        self.close()
        self._connection = self._connect()
        # Not by __del__: in a ring of garbage the connection may go first, and complains that it is open.
        self._hang_up = weakref.finalize(self, self._connection.close)
        return self._connection

    def _connect(self) -> "psycopg.Connection[Any]":
        psycopg_, words = _driver(), _words(self.dsn)
        try:
            with self.hearing.asking():
                connection = psycopg_.connect(**(_DEFAULTS | _auth(words) | words), autocommit=True)
        except psycopg_.OperationalError as error:
            raise self._not_let_in(error) from error
        except (
            psycopg_.ProgrammingError
        ) as error:  # a setting whose value is none: libpq looks at it only now
            raise _no_server(self.dsn, error) from error
        if connection.info.server_version < OLDEST:
            seen = f"PostgreSQL {connection.info.server_version // 10_000}"
            connection.close()
            raise Refused(
                "this server is too old.",
                where=self.place,
                seen=seen,
                remedy="use PostgreSQL 16 or newer",
            )
        opened: psycopg.Connection[Any] = connection
        try:
            with self._told(opened):
                opened.execute(_SESSION)
        except BaseException:
            opened.close()
            raise
        self.hearing.reached()
        if self.scout:  # it need not rest any longer either
            self.scout.hurry()
        return opened

    def _not_let_in(self, error: Any) -> FactcheckError:
        words = _said(error)
        asked = error.pgconn is not None and error.pgconn.needs_password
        if asked or any(each in words for each in SHUT):
            return Refused(
                "the server does not let you in.",
                where=self.place,
                seen=words,
                remedy="check name and password (PGPASSWORD, or ~/.pgpass); who keeps the server gives a new one: "
                "factcheck server login",
            )
        if "definition of service" in words:
            return _no_server(self.dsn, error)
        if "does not exist" in words:
            return NotFound(
                "the server has no such database.",
                where=self.place,
                seen=words,
                remedy="check the DSN",
            )
        self.hearing.failed(words)
        return self._away(words)

    def _away(self, seen: str) -> Unavailable:
        return Unavailable(
            "the server cannot be reached; nothing can be recorded until it can.",
            where=self.place,
            seen=seen,
            remedy=MEANWHILE,
        )

    # -- what goes wrong ---------------------------------------------------------------------------

    @contextmanager
    def _told(self, connection: "psycopg.Connection[Any]") -> Iterator[None]:
        """What the server refuses, as a sentence."""
        psycopg = _driver()
        try:
            with self.hearing.asking():
                yield
        except psycopg.Error as error:
            if connection.closed or (error.sqlstate or "57P")[:3] == "57P":
                with suppress(psycopg.Error):
                    connection.close()
                raise self._broken(error) from error
            self._refuse(error, connection.info.user)

    def _broken(self, error: Exception | str) -> Unsure:
        seen = _said(error)
        if not self.sent:
            return Unsure("the connection to the server broke.", where=self.place, seen=seen, remedy=AGAIN)
        return Unsure(
            "the connection to the server broke; whether this was recorded is not known.",
            where=self.place,
            seen=seen,
            remedy="look again before you repeat it: factcheck trail",
        )

    def _refuse(self, error: Any, login: str) -> NoReturn:
        state, seen = error.sqlstate, _seen(error)
        known = SENTENCES.get(state) or (SENTENCES.get(error.diag.constraint_name or "") or None)
        if state == FORBIDDEN or error.diag.constraint_name == "line_says_so":
            seen = f"the login is {login}"
        if known is None:
            raise BadData(
                "the server refused this.",
                where=self.place,
                seen=seen,
                remedy="show this to who keeps the server",
            ) from error
        kind, what, remedy = known
        raise kind(what, where=self.place, seen=seen, remedy=remedy) from error


def _said(error: Exception | str) -> str:
    """What the library says of a connection, without its guesses at the reason."""
    lines = str(error).strip().splitlines() or [""]
    return " ".join(lines[0].split())[-300:]


def _seen(error: Any) -> str:
    words = error.diag.message_primary or str(error)
    detail = error.diag.message_detail if (error.sqlstate or "").startswith("FC") else ""
    return " ".join(f"{words}{' (' + detail + ')' if detail else ''}".split())[:300]


def _driver() -> Any:
    """The library that speaks to PostgreSQL. Refused where it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        raise Refused(
            "a case on a server needs the extra `server`.",
            seen=str(error),
            remedy="pip install 'factcheck-desk[server]'",
        ) from error
    logger = logging.getLogger("psycopg")
    if not logger.handlers:  # else what it makes of a refusal stands on the screen, beside our sentence
        logger.addHandler(logging.NullHandler())
    return psycopg


def _auth(words: Mapping[str, str]) -> dict[str, str]:
    """A password is told in the clear to nobody whose certificate was not looked at: whoever sits between could ask for it."""
    mode = words.get("sslmode") or os.environ.get("PGSSLMODE", "")
    given = mode in {"verify-ca", "verify-full"} or "PGREQUIREAUTH" in os.environ or "service" in words
    return {} if given else {"require_auth": "!password"}


def _words(dsn: str) -> dict[str, str]:
    psycopg = _driver()
    try:
        return {name: str(value) for name, value in psycopg.conninfo.conninfo_to_dict(dsn).items()}
    except psycopg.ProgrammingError as error:
        raise _no_server(dsn, error) from error


def _no_server(dsn: str, error: Exception) -> Usage:
    """The sentence for what libpq cannot read; it repeats the whole of a URL, with the password in it."""
    return Usage(
        "this names no server.",
        seen=" ".join(str(error).replace(dsn, "...").split())[:200],
        remedy="name the server: postgresql://NAME@HOST/DATABASE",
    )
