"""Servers that are not what they should be, and logins that do not let go: a desk reads on, records nothing wrong, and says why."""

import errno
import gc
import os
import re
import shutil
import socket
import threading
import weakref
from pathlib import Path

import postgres
import psycopg
import pytest
from entering import ORIGIN, fresh
from psycopg import conninfo

from factcheck.case import Case
from factcheck.errors import BadData, FactcheckError, Refused, Unavailable, Unsure
from factcheck.events import bodies, canonical
from factcheck.ledger import START, Address
from factcheck.ledger.postgres import PostgresLedger, Server, connection, setup

pytestmark = pytest.mark.server


@pytest.fixture
def opened():
    """Opens ledgers, and hangs up at the end."""
    made = []

    def open_one(dsn):
        made.append(PostgresLedger(Server(dsn), ORIGIN))
        return made[-1]

    yield open_one
    for each in made:
        each.server.close()


def note(text, version, by="reviewer-1"):
    return fresh()("note.added", "C1", bodies.NoteAdded(text=text), by=by).model_copy(
        update={"version": version}
    )


def recipe(origin, line):
    """What docs/scaling.md tells who keeps the server to do about such a line, in one transaction."""
    page = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text("utf-8")
    statements = re.findall(r"^    ((?:SET LOCAL|DELETE).*;)$", page, re.MULTILINE)
    assert len(statements) == 3
    said = " ".join(["BEGIN;", *statements, "COMMIT;"])
    return said.replace("'ORIGIN'", f"'{origin}'").replace(">= N", f">= {line}")


def test_a_line_that_is_none_keeps_a_desk_from_writing_and_not_from_reading(house, tmp_path):
    lead = Case.create(tmp_path / "lead", "lead-1", dsn=house.dsn["lead-1"])
    desk = Case.clone(tmp_path / "desk", Address(house.dsn["reviewer-1"], ""), by="reviewer-1")
    lead.set_policy("blind", "on")
    with psycopg.connect(house.keeper, autocommit=True) as keeper:
        keeper.execute("SET session_replication_role = replica")
        size = lead.head.size + 1
        keeper.execute(
            "INSERT INTO factcheck.event (case_id, seq, id, actor, kind, subject, version, act_id, act_by, line) "
            "VALUES (%s, %s, 'x', 'x', 'x', 'x', 1, 'x', 'x', %s)",
            (
                lead.info.origin,
                size,
                canonical(dict.fromkeys(("id", "by", "kind", "subject"), "x") | {"seq": size, "version": 1}),
            ),
        )
        again = Case.open(desk.folder, by="reviewer-1", server=desk.server)
        assert lead.head.size == again.head.size
        assert "not an event" in again.away
        assert f":{size}" in again.notices[-1]
        with pytest.raises(BadData, match="not an event"):
            again.set_policy("blind", "off", by="reviewer-1")
        with pytest.raises(BadData, match="not an event"):
            Case.clone(tmp_path / "new", Address(house.dsn["reviewer-2"], ""), by="reviewer-2")
        keeper.execute("SET session_replication_role = origin")
        keeper.execute(recipe(lead.info.origin, size))
    again.refresh()
    assert again.away == ""
    lead.set_policy("blind", "off")
    for each in (lead, desk, again):
        each.close()


def test_a_replica_that_is_behind_is_no_ledger_that_was_shortened(tmp_path):
    with postgres.running() as own:
        if not isinstance(own, postgres.Own):
            pytest.skip("the server that FACTCHECK_TEST_DSN names is not ours to copy")
        keeper = own.database()
        far = Server(keeper)
        setup.set_up(far, str(tmp_path / "shelf"))
        far.close()
        lead = Case.create(tmp_path / "lead", "lead-1", dsn=own.login(keeper, "lead-1", "lead"))
        server = lead.server
        own.stop()
        behind = shutil.copytree(own.folder, own.folder.parent / "behind", symlinks=True)
        shutil.copystat(own.folder, behind)
        _given_to(own.folder, behind)
        own.start()
        again = Case.open(lead.folder, by="lead-1", server=server)
        again.set_policy("blind", "on")
        own.stop()
        (behind / "standby.signal").touch()
        own.folder, own.admin = behind, conninfo.make_conninfo(own.admin, host=str(behind))
        own.start()
        replica = Address(conninfo.make_conninfo(server.dsn, host=str(behind)), server.origin)
        desk = Case.open(lead.folder, by="lead-1", server=replica)
        assert "replica, and behind" in desk.away
        assert again.head == desk.head
        with pytest.raises(FactcheckError, match="replica"):
            desk.set_policy("blind", "off")
        for each in (lead, again, desk):
            each.close()


def _given_to(model, folder):
    about = model.stat()
    for each in (folder, *folder.rglob("*")):
        os.chown(each, about.st_uid, about.st_gid, follow_symlinks=False)


def test_who_holds_the_lock_is_named(opened, place, monkeypatch):
    monkeypatch.setattr(connection, "_SESSION", "SET lock_timeout = '200ms'")
    with psycopg.connect(place.house.dsn["auditor-1"]) as greedy:
        greedy.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (ORIGIN,))
        with (
            pytest.raises(Unavailable, match="another process is writing") as error,
            opened(place.house.dsn["reviewer-1"]).writing(),
        ):
            pass
    assert error.value.seen == "auditor-1"


def test_who_waited_for_the_lock_sees_what_was_written_meanwhile_whatever_the_login_is_set_to(opened, place):
    dsn = conninfo.make_conninfo(
        place.house.dsn["reviewer-1"], options=r"-c default_transaction_isolation=repeatable\ read"
    )
    first, second = opened(place.house.dsn["reviewer-2"]), opened(dsn)
    answers = []

    def write():
        with second.writing():
            position = list(second.read())[-1].position
            answers.append(second.append(note("two", 4), position))
            second.commit()

    with first.writing():
        first.append(note("one", 3, "reviewer-2"), place.position)
        waiting = threading.Thread(target=write)
        waiting.start()
        with psycopg.connect(place.house.keeper, autocommit=True) as keeper:
            while not keeper.execute(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            ).fetchall():
                pass
        first.commit()
    waiting.join()
    assert [each.data for each in answers] == place.lines()[-1:]


def test_inside_of_a_transaction_no_line_is_made_anew(opened, place):
    ledger = opened(place.house.dsn["reviewer-1"])
    with ledger.writing():
        pid = ledger.server.ask("SELECT pg_backend_pid()")[0][0]
        with psycopg.connect(place.house.keeper, autocommit=True) as keeper:
            keeper.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        ledger.append(note("lost", 3), place.position)
        for _ in range(2):
            with pytest.raises(Unsure):
                ledger.server.ask("SELECT 1")
        with pytest.raises(Unsure):
            ledger.commit()
    assert len(place.lines()) == place.position.size
    assert ledger.size() == place.position.size


def test_what_the_server_has_undone_is_not_said_to_be_recorded(opened, place):
    ledger = opened(place.house.dsn["reviewer-1"])
    with ledger.writing():
        ledger.append(note("undone", 3), place.position)
        with pytest.raises(FactcheckError):
            ledger.server.ask("SELECT 1 / 0")
        with pytest.raises(Unavailable, match="taken nothing"):
            ledger.commit()
    assert len(place.lines()) == place.position.size


def test_large_lines_are_asked_for_a_few_at_a_time(opened, place, monkeypatch):
    ledger, position = opened(place.house.dsn["reviewer-1"]), place.position
    with ledger.writing():
        for version in range(3, 9):
            position = ledger.append(note("x" * 6_000_000, version), position).position
        ledger.commit()
    answers, ask = [], Server.ask

    def counted(self, sql, values=()):
        rows = ask(self, sql, values)
        answers.append(sum(len(each) for row in rows for each in row if isinstance(each, bytes)))
        return rows

    monkeypatch.setattr(Server, "ask", counted)
    assert position == list(ledger.read(START))[-1].position
    assert [row[0] for row in ledger.raw()] == list(range(1, position.size + 1))
    assert max(answers) < 24_000_000


def test_no_password_is_told_to_a_server_that_asks_for_it_in_the_clear():
    heard = []

    def answer(listener):
        near, _ = listener.accept()
        with near:
            while b"user\0" not in near.recv(4096):  # it asks for encryption first, and is told no
                near.sendall(b"N")
            near.sendall(b"R" + (8).to_bytes(4) + (3).to_bytes(4))
            near.settimeout(5)
            heard.append(near.recv(4096))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=(listener,))
        thread.start()
        port = listener.getsockname()[1]
        with pytest.raises(Refused, match="does not let you in"):
            Server(f"postgresql://reviewer-1:geheim@127.0.0.1:{port}/desk").ask("SELECT 1")
        thread.join()
    assert not any(b"geheim" in each for each in heard)


def test_a_full_disk_here_undoes_nothing_there_and_says_so(house, tmp_path, monkeypatch):
    lead = Case.create(tmp_path / "lead", "lead-1", dsn=house.dsn["lead-1"])
    head, write = lead.head, os.write

    def full(descriptor, data):
        if Path(f"/proc/self/fd/{descriptor}").readlink().name == "ledger.jsonl":
            raise OSError(errno.ENOSPC, "full")
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    (event,) = lead.set_policy("blind", "on")
    assert event.seq == head.size + 1
    assert head == lead.head
    assert "what the server has recorded cannot be copied here" in lead.away
    with pytest.raises(Unavailable, match="cannot be copied here"):
        lead.set_policy("blind", "off")
    monkeypatch.undo()
    lead.refresh()
    assert (lead.away, lead.head.size) == ("", head.size + 1)
    lead.close()


def ring(dsn):
    """A server that refers to itself, and whose connection is older than it is: garbage of which it is swept last."""
    old, found = Server(dsn)._connect(), Server(dsn)
    found._connect = lambda: old
    found.itself = found
    found.ask("SELECT 1")
    return weakref.ref(found)


def test_what_nobody_keeps_any_more_hangs_up_by_itself(house):
    found = ring(house.dsn["reviewer-1"])
    gc.collect()
    assert found() is None
