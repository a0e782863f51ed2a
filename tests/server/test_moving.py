"""A case that moves: the same bytes and the same root on a server and back, and one place at a time where it goes on."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from factcheck.case import Case
from factcheck.case.remembering import remember_server
from factcheck.cli import main
from factcheck.cli.opening import copy_example
from factcheck.errors import BadData, NotFound, Refused, Unavailable, Usage
from factcheck.ledger import Address
from factcheck.ledger.postgres import PostgresLedger, Server, connection, setup

pytestmark = pytest.mark.server
TALK = "去年张楠辞去抖音 CEO 的职务。Last week Maria Lopez joined Globex as chief scientist."


@pytest.fixture
def case(tmp_path):
    """A case in a folder, by the lead, with a source, a capture and an export."""
    made = Case.create(tmp_path / "case", "lead-1", name="call")
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    (tmp_path / "page.html").write_text("<p>Maria Lopez joined Globex.</p>", "utf-8")
    made.ingest(tmp_path / "talk.txt")
    made.accept("C1")
    made.attach(
        "C1", made.capture(tmp_path / "page.html", from_url="http://127.0.0.1:9/p"), stance="supports"
    )
    made.export(draft=True)
    yield made
    made.close()


def copy(case):
    return (case.folder / "claims" / "ledger.jsonl").read_bytes()


def on_server(house, origin):
    ledger = PostgresLedger(Server(house.keeper), origin)
    found = b"".join(data + b"\n" for _, data, _, _ in ledger.raw())
    ledger.server.close()
    return found


def test_a_case_goes_to_a_server_and_back_with_the_same_bytes_and_root(house, case):
    before = copy(case)
    (moved,) = case.push(house.dsn["lead-1"])
    assert moved.kind == "ledger.moved"
    there = on_server(house, case.info.origin)
    assert there == copy(case)
    assert there.startswith(before)
    case.note("C1", "on the server")
    case.pull()
    assert on_server(house, case.info.origin) == copy(case)
    head = case.head
    case.note("C1", "in the folder again")
    assert head.size + 1 == case.head.size
    case.push(house.dsn["lead-1"])
    assert on_server(house, case.info.origin) == copy(case)
    assert case.audit().findings == ()
    assert [
        json.loads(line)["body"]["to"] for line in copy(case).splitlines() if b'"ledger.moved"' in line
    ] == ["server", "file", "server"]


def test_what_has_moved_goes_on_in_one_place(house, case, tmp_path):
    old = shutil.copytree(case.folder, tmp_path / "old")
    case.push(house.dsn["lead-1"])
    stale = shutil.copytree(case.folder, tmp_path / "stale")
    with pytest.raises(Refused, match="lies on a server"):
        Case.open(stale, by="lead-1").note("C1", "here")
    desk = Case.clone(tmp_path / "desk", Address(house.dsn["reviewer-1"], ""), by="reviewer-1")
    case.pull()
    with pytest.raises(Refused, match="moved to a file"):
        desk.note("C1", "there")
    line = copy(case).splitlines()[-1]
    with psycopg.connect(house.dsn["reviewer-1"]) as past_the_desk, pytest.raises(psycopg.Error) as error:
        past_the_desk.execute(
            "INSERT INTO factcheck.event (case_id, line) VALUES (%s, %s)", (case.info.origin, line)
        )
    assert error.value.sqlstate == "FC006"
    with pytest.raises(Refused, match="another copy of this case"):
        Case.open(old, by="lead-1").push(house.dsn["lead-1"])
    desk.close()


def test_whoever_pushes_another_copy_of_a_case_is_told_that_it_is_there_and_how_to_bring_in_their_work(
    house, tmp_path
):
    """Every copy of the bundled case has one origin, for its signatures stand on it."""
    ours, theirs = (Case.open(copy_example(tmp_path / name), by="lead-1") for name in ("ours", "theirs"))
    ours.push(house.dsn["lead-1"])
    before = copy(theirs)
    with pytest.raises(Refused, match="another copy of this case is on the server already") as untouched:
        theirs.push(house.dsn["lead-1"])
    number = before.count(b"\n")
    assert f"{number + 1} lines there and {number} here, the first {number} the same" == untouched.value.seen
    assert before == copy(theirs)
    theirs.note("C1", "done before the push")
    with pytest.raises(Refused, match="another copy") as worked_on:
        theirs.push(house.dsn["lead-1"])
    assert f"factcheck ledger adopt {theirs.folder}" in worked_on.value.remedy
    desk = Case.clone(tmp_path / "desk", Address(house.dsn["lead-1"], ""), by="lead-1")
    desk.adopt(theirs.folder)
    assert desk.claim("C1").notes[-1].text == "done before the push"
    for each in (ours, theirs, desk):
        each.close()


def test_a_line_that_was_changed_on_the_server_is_not_taken_for_another_copy(house, case):
    case.push(house.dsn["lead-1"])
    case.pull()
    with psycopg.connect(house.keeper) as keeper:
        keeper.execute("SET LOCAL session_replication_role = replica")
        keeper.execute("UPDATE factcheck.event SET line = line || ' ' WHERE seq = 3")
    with pytest.raises(BadData, match="line 3 was changed"):
        case.push(house.dsn["lead-1"])


def test_a_push_that_broke_off_is_ended_by_the_next_one(house, case, monkeypatch):
    monkeypatch.setattr(PostgresLedger, "commit", lambda _self: (_ for _ in ()).throw(Unavailable("gone")))
    with pytest.raises(Unavailable):
        case.push(house.dsn["lead-1"])
    monkeypatch.undo()
    again = Case.open(case.folder, by="lead-1")
    with pytest.raises(Refused, match="lies on a server"):
        again.note("C1", "in between")
    assert on_server(house, case.info.origin) == b""
    assert again.push(house.dsn["lead-1"]) == ()
    assert on_server(house, case.info.origin) == copy(again)
    again.note("C1", "there")
    again.close()


def test_only_a_lead_brings_a_case(house, case):
    before = copy(case)
    for person in ("reviewer-1", "auditor-1"):
        with pytest.raises(Refused, match="your login may not"):
            case.push(house.dsn[person])
    assert before == copy(case)
    assert case.info.home == ""


def test_a_restored_server_gets_back_what_it_has_lost_and_only_by_who_keeps_it(house, case):
    case.push(house.dsn["lead-1"])
    for number in range(3):
        case.note("C1", f"note {number}")
    whole = on_server(house, case.info.origin)
    with psycopg.connect(house.keeper) as keeper:  # a back-up of the day before
        keeper.execute("SET LOCAL session_replication_role = replica")
        keeper.execute("DELETE FROM factcheck.touch WHERE seq > %s", (case.head.size - 2,))
        keeper.execute("DELETE FROM factcheck.event WHERE seq > %s", (case.head.size - 2,))
    with pytest.raises(BadData, match="shortened"):
        case.note("C1", "more")
    findings = case.audit("server").findings
    assert [each.seen for each in findings] == ["the server does not have this line of the copy"]
    with pytest.raises(Refused, match="already"):
        case.push(house.dsn["lead-1"])
    case.push(house.keeper)
    assert whole == on_server(house, case.info.origin)
    assert case.audit("server").findings == ()


def test_what_somebody_changed_in_the_database_is_named_by_the_audit_of_any_desk(house, case, tmp_path):
    case.push(house.dsn["lead-1"])
    case.note("C1", "fine")
    case.note("C1", "more")
    with psycopg.connect(house.keeper) as keeper:
        keeper.execute("SET LOCAL session_replication_role = replica")
        keeper.execute(
            "UPDATE factcheck.event SET line = convert_to(replace(convert_from(line, 'UTF8'), 'fine', 'bad!'), 'UTF8')"
        )
    number = case.head.size - 1
    (finding, next_one) = case.audit("server").findings
    assert (f"server, line {number}", f"server, line {number + 1}") == (finding.where, next_one.where)
    assert "entered by lead-1" in finding.seen
    with pytest.raises(BadData, match=f"line {number} was changed"):
        Case.clone(tmp_path / "new", Address(house.dsn["auditor-1"], ""), by="auditor-1")
    assert number == (tmp_path / "new" / "claims" / "ledger.jsonl").read_bytes().count(b"\n")


def test_a_desk_brings_the_files_of_others_and_believes_none(house, case, tmp_path):
    case.push(house.dsn["lead-1"])
    desk = Case.clone(tmp_path / "desk", Address(house.dsn["reviewer-1"], ""), by="reviewer-1")
    assert desk.text("S1") == TALK
    assert not list((desk.folder / "evidence").glob("*"))
    assert desk.audit().findings == ()
    assert {each.name for each in (case.folder / "evidence").iterdir()} == {
        each.name for each in (desk.folder / "evidence").iterdir()
    }
    assert (desk.folder / "exports" / "X1" / "report.md").read_bytes() == (
        case.folder / "exports" / "X1" / "report.md"
    ).read_bytes()
    for each in house.shelf.rglob("*"):
        if each.is_file() and TALK.encode() == each.read_bytes():
            each.chmod(0o600)
            each.write_bytes(b"something else")
    other = Case.clone(tmp_path / "other", Address(house.dsn["reviewer-2"], ""), by="reviewer-2")
    with pytest.raises(BadData):
        other.text("S1")
    assert not (other.folder / "claims" / "talk.txt").exists()
    desk.close()
    other.close()


def test_a_desk_whose_copy_was_deleted_is_made_again_in_the_same_folder(house, case, tmp_path):
    case.push(house.dsn["lead-1"])
    address = Address(house.dsn["reviewer-1"], "")
    desk = Case.clone(tmp_path / "desk", address, by="reviewer-1")
    draft = desk.folder / ".factcheck" / "a draft"
    draft.write_text("not saved yet")
    desk.close()
    (desk.folder / "claims" / "ledger.jsonl").unlink()
    again = Case.clone(desk.folder, address, by="reviewer-1")
    assert copy(again) == copy(case)
    assert again.head == case.head
    assert draft.read_text() == "not saved yet"
    again.close()


def test_a_desk_remembers_whose_it_is_from_the_command_that_made_it(house, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*words, by=()):
        with pytest.raises(SystemExit) as end:
            main([*words, *by])
        return end.value.code or 0, capsys.readouterr()

    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    run("init", "first", "--server", house.dsn["lead-1"], by=("--by", "lead-1"))
    assert run("--case", "first", "ingest", "talk.txt")[0] == 0
    run("ledger", "clone", house.dsn["reviewer-1"], "second", by=("--by", "reviewer-1"))
    assert run("--case", "second", "note", "C1", "mine")[0] == 0
    monkeypatch.chdir(tmp_path / "second")
    assert run("whoami")[1].out.startswith("reviewer-1 (")
    assert run("init", "elsewhere")[0] == 1  # a new case is nobody's yet
    monkeypatch.chdir(tmp_path)
    run("--case", "first", "ledger", "pull")
    code, printed = run("--case", "first", "note", "C1", "whose?")
    assert (code, "nobody is named" in printed.err) == (1, True)


# -- bad input -------------------------------------------------------------------------------------


def test_a_server_that_cannot_be_used_is_told_in_one_sentence(house, tmp_path, monkeypatch):
    dsn = house.dsn["lead-1"]
    wrong = psycopg.conninfo.make_conninfo(dsn, password="wrong")
    nowhere = "postgresql://lead-1@127.0.0.1:9/desk"
    bare = house.running.database()
    gone = house.running.login(house.keeper, "was-here", "reviewer")
    with psycopg.connect(house.keeper) as keeper:
        keeper.execute('ALTER ROLE "was-here" NOLOGIN')
        keeper.execute("GRANT CONNECT ON DATABASE template1 TO PUBLIC")
    for bad, kind, words in (
        (wrong, Refused, "does not let you in"),
        (gone, Refused, "does not let you in"),
        (psycopg.conninfo.make_conninfo(dsn, dbname="none_such"), NotFound, "no such database"),
        (nowhere, Unavailable, "cannot be reached"),
        ("what is this", Usage, "names no server"),
        (bare, Refused, "nothing of factcheck"),
    ):
        with pytest.raises(kind, match=words):
            Case.create(tmp_path / "new", "lead-1", dsn=bad)
        with pytest.raises(kind, match=words):
            Case.clone(tmp_path / "copy", Address(bad, ""), by="lead-1")
    monkeypatch.setattr(connection, "OLDEST", 990_000)
    with pytest.raises(Refused, match="too old") as error:
        Server(dsn).ask("SELECT 1")
    assert "PostgreSQL 16 or newer" in error.value.remedy


def test_the_password_stands_in_no_sentence(house):
    dsn = psycopg.conninfo.make_conninfo(house.dsn["lead-1"], password="geheim")
    with pytest.raises(Refused) as error:
        Server(dsn).ask("SELECT 1")
    assert "geheim" not in str(error.value)
    for unread in (
        "postgresql://a:geheim@[/db",
        "postgresql://a:x@geheim@127.0.0.1:9/db",
        f"{dsn} connect_timeout=soon",
        f"{dsn} service=none_such",
    ):
        with pytest.raises((Usage, Unavailable)) as error:
            Server(unread).ask("SELECT 1")
        assert "geheim" not in error.value.where + str(error.value.seen if "x@" not in unread else ""), unread


def test_a_new_case_does_not_lie_where_the_one_before_it_in_this_folder_did(tmp_path):
    private, folder = tmp_path / "private", tmp_path / "case"
    remember_server(private, folder, Address("postgresql://127.0.0.1:9/gone", "factcheck/gone"))
    made = Case.create(folder, "lead-1", private=private)
    assert made.server is None
    again = Case.open(folder, private=private)
    assert again.server is None
    made.close()
    again.close()


def test_a_server_of_a_newer_version_is_read_by_nobody_older(house, tmp_path):
    with psycopg.connect(house.keeper) as keeper:
        keeper.execute("INSERT INTO factcheck.migration VALUES (2, 'x')")
    with pytest.raises(Refused, match="newer version of factcheck has set this server up"):
        Case.create(tmp_path / "new", "lead-1", dsn=house.dsn["lead-1"])
    server = Server(house.keeper)
    with pytest.raises(Refused, match="newer version of factcheck has set this server up"):
        setup.set_up(server)


def test_a_server_of_another_build_is_left_as_it_is(house):
    with psycopg.connect(house.keeper) as keeper:
        keeper.execute("UPDATE factcheck.migration SET sha256 = 'another'")
    with pytest.raises(Refused, match="other tables than this version knows"):
        setup.set_up(Server(house.keeper))


def test_a_server_is_set_up_twice_without_harm(house):
    server = Server(house.keeper)
    assert setup.set_up(server) == (1, 1)
    assert str(house.shelf) == setup.blobs_of(server)


def test_a_clock_that_is_ahead_records_nothing_and_says_so(house, tmp_path):
    ahead = datetime.now(UTC) + timedelta(hours=2)
    with pytest.raises(Refused, match="clock of this machine is ahead"):
        Case.create(tmp_path / "new", "lead-1", dsn=house.dsn["lead-1"], clock=lambda: ahead)
    behind = datetime.now(UTC) - timedelta(days=2)
    case = Case.create(tmp_path / "old", "lead-1", dsn=house.dsn["lead-1"], clock=lambda: behind)
    assert case.head.size == 2
    case.close()


def test_who_acts_is_who_is_logged_in(house, tmp_path):
    with pytest.raises(Refused, match="everybody acts under their own login"):
        Case.create(tmp_path / "new", "lead-2", dsn=house.dsn["lead-1"])
    case = Case.create(tmp_path / "mine", "lead-1", dsn=house.dsn["lead-1"])
    with pytest.raises(Refused, match="Seen: the login is lead-1"):
        case.set_policy("blind", "on", by="reviewer-1")
    case.close()


def test_files_need_a_shelf(running, tmp_path):
    keeper = running.database()
    server = Server(keeper)
    setup.set_up(server)
    case = Case.create(tmp_path / "new", "lead-1", dsn=running.login(keeper, "lead-1", "lead"))
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    with pytest.raises(Refused, match="does not say where the files"):
        case.ingest(tmp_path / "talk.txt")
    assert case.head.size == 2
    case.close()


def test_a_server_of_several_cases_names_each_as_people_know_it(house, case, tmp_path):
    case.push(house.dsn["lead-1"])
    other = Case.create(tmp_path / "other", "lead-1", name="年报", dsn=house.dsn["lead-1"])
    other.close()
    with pytest.raises(Refused, match="which case") as refused:
        Case.clone(tmp_path / "copy", Address(house.dsn["reviewer-1"], ""), by="reviewer-1")
    assert f"{case.info.origin} (call)" in refused.value.seen
    assert "(年报)" in refused.value.seen


@pytest.mark.parametrize(
    ("dsn", "place"),
    [
        ("postgresql://me:secret@db.example.org:5433/desk", "postgresql://db.example.org:5433/desk"),
        ("postgresql://me@/desk?host=/run/postgresql", "postgresql:///desk?host=/run/postgresql"),
        ("dbname=desk user=me password=secret", "postgresql:///desk"),
    ],
)
def test_sentences_name_a_server_as_a_dsn_would_and_without_its_password(dsn, place):
    assert Server(dsn).place == place
