"""Clients that are killed, and a server whose power fails: what was acknowledged is found, once, in a ledger that is whole."""

import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import postgres
import psycopg
import pytest
from psycopg import sql
from spine.spine_events import Maker

from factcheck.errors import BadData, Unavailable
from factcheck.events import strict_json
from factcheck.ledger import START
from factcheck.ledger.postgres import PostgresLedger, Server, setup

pytestmark = pytest.mark.server
ORIGIN = "factcheck/test"
WRITER = Path(__file__).with_name("writer.py")
KILLS, CRASHES = 24, 3


@pytest.fixture
def own():
    """A server of this test's own, for it will crash."""
    with postgres.running() as found:
        if not isinstance(found, postgres.Own):
            pytest.skip("the server that FACTCHECK_TEST_DSN names is not ours to kill")
        yield found


def begun(running, **where):
    """A database with a case of two lines, and the DSN of each writer."""
    keeper = running.database(**where)
    server = Server(keeper)
    setup.set_up(server)
    server.close()
    names = [f"writer-{number}" for number in range(4)]
    logins = {name: running.login(keeper, name, "lead") for name in names}
    make, position = Maker(), START
    ledger = PostgresLedger(Server(logins["writer-0"]), ORIGIN)
    with ledger.writing():
        for event in (make.case(), make.note("the first")):
            position = ledger.append(event.model_copy(update={"by": "writer-0"}), position).position
        ledger.commit()
    ledger.server.close()
    return keeper, logins


class Writers:
    """Processes that write, one for each login; one that was killed is replaced, and what it acknowledged is kept."""

    def __init__(self, logins, folder):
        self.logins, self.folder, self.acknowledged, self.started = logins, folder, [], 0
        self.processes = {name: self._start(name) for name in logins}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for _, process in self.processes.values():  # of a test that has failed
            process.kill()
            process.wait()

    def _start(self, name):
        self.started += 1
        out = self.folder / f"{self.started}.txt"
        command = [sys.executable, str(WRITER), self.logins[name], ORIGIN, name]
        with out.open("wb") as said, out.with_suffix(".err").open("wb") as wrong:
            return out, subprocess.Popen(command, stdout=said, stderr=wrong)

    def kill(self, name, *, again=True):
        out, process = self.processes.pop(name)
        assert process.poll() is None, out.with_suffix(".err").read_text("utf-8")
        process.kill()
        process.wait()
        self.acknowledged += [line.decode() for line in out.read_bytes().split(b"\n")[:-1]]
        if again:
            self.processes[name] = self._start(name)

    def stop(self):
        for name in list(self.processes):
            self.kill(name, again=False)

    def until(self, number):
        """Wait until so many acknowledgements were heard since the last look."""
        deadline = time.monotonic() + 60
        heard = sum(out.read_bytes().count(b"\n") for out, _ in self.processes.values())
        while sum(out.read_bytes().count(b"\n") for out, _ in self.processes.values()) < heard + number:
            assert time.monotonic() < deadline, "the writers do not get on"
            time.sleep(0.01)


def ids(keeper):
    """The id of every line that a reader finds; BadData when the ledger is not whole."""
    ledger = PostgresLedger(Server(keeper), ORIGIN)
    found = [strict_json(line.data)["id"] for line in ledger.read()]
    ledger.server.close()
    return found


def test_what_was_acknowledged_is_found_once_after_kills_and_crashes(own, tmp_path):
    keeper, logins = begun(own)
    with Writers(logins, tmp_path) as writers:
        for number in range(KILLS):
            writers.until(5)
            writers.kill(sorted(logins)[number % len(logins)])
            if number % (KILLS // CRASHES) == 4:
                own.crash()
                own.start()
        writers.until(20)
        writers.stop()
    found = ids(keeper)
    assert len(found) == len(set(found))
    assert set(writers.acknowledged) <= set(found)
    assert len(writers.acknowledged) >= 5 * KILLS


def test_a_server_that_does_not_wait_for_its_disk_loses_what_it_acknowledged(own, tmp_path):
    """The control: the same question, asked of a server that says yes too early, finds the loss."""
    keeper, logins = begun(own)
    with psycopg.connect(own.admin, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET synchronous_commit = off")
        connection.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CHECKPOINT")
    with Writers({"writer-1": logins["writer-1"]}, tmp_path) as writers:
        writers.until(40)
        own.crash()
        writers.stop()
        own.start()
    try:
        found = set(ids(keeper))
    except BadData:
        found = set()
    assert set(writers.acknowledged) - found


@pytest.fixture
def tight(own):
    """A database on a disk of its own, which is small."""
    with tempfile.TemporaryDirectory(prefix="disk-") as place:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=40m,mode=777", "tmpfs", place],
            check=False,
            capture_output=True,
        )
        if mounted.returncode:
            pytest.skip("no small disk can be made here")
        folder = Path(place) / "space"
        folder.mkdir(mode=0o700)
        shutil.chown(folder, own._user)
        try:
            yield own, folder
        finally:
            own.stop()
            own.start()
            with psycopg.connect(own.admin, autocommit=True) as connection:
                for name in own.made:
                    connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
                connection.execute("DROP TABLESPACE IF EXISTS tight")
            subprocess.run(["umount", place], check=True)


def test_a_full_disk_of_the_server_records_nothing_and_says_so(tight):
    own, folder = tight
    with psycopg.connect(own.admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE TABLESPACE tight LOCATION {}").format(sql.Literal(str(folder))))
    keeper, logins = begun(own, tablespace="tight")
    ledger = PostgresLedger(Server(logins["writer-0"]), ORIGIN)
    recorded = []
    with pytest.raises(Unavailable, match="disk of the server is full; nothing was recorded"):
        fill(ledger, recorded)
    assert recorded == ids(keeper)[2:]
    ledger.server.close()


def fill(ledger, recorded):
    """Long notes, until one cannot be recorded."""
    position = [line.position for line in ledger.read()][-1]
    for number in range(500):
        event = Maker().note(secrets.token_hex(100_000))
        command = f"018dd3a0-0000-7000-8000-{1000 + number:012d}"
        event = event.model_copy(update={"by": "writer-0", "id": command, "version": number + 2})
        with ledger.writing():
            line = ledger.append(event, position)
            ledger.commit()
        position = line.position
        recorded.append(command)
