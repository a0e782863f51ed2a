"""Lines that would stop every desk, or say who somebody is not: the server takes none, whoever enters them past the desk."""

import secrets

import psycopg
import pytest
from entering import ORIGIN, fresh
from psycopg import sql
from spine.spine_events import verdict_body

from factcheck.errors import Refused, Usage
from factcheck.events import BODIES, Event, bodies, trust
from factcheck.ledger.postgres import PostgresLedger, Server, setup
from factcheck.model import same_person

pytestmark = pytest.mark.server
NOTE = bodies.NoteAdded(text='hm 蒋璐转投 TikTok \u0000\u2028/\\"')


def note(place, **said):
    return place.line(fresh()("note.added", "C1", NOTE, by="reviewer-1"), version=3, **said)


def unreadable(place):
    """Lines that no desk reads, by what is wrong with them."""
    good = note(place)
    return {
        "a newer spec": note(place, spec=2),
        "no spec": good.replace(b'"spec":1,', b""),
        "a number as a string": note(place, seq=str(place.position.size + 1)),
        "a version as a string": good.replace(b'"version":3', b'"version":"3"'),
        "an unknown kind": note(place, kind="note.burnt"),
        "an unknown key": note(place, more=1),
        "another subject": note(place, subject="Q1"),
        "an id that is none": note(place, id="mine"),
        "a day without a time": note(place, time="yesterday"),
        "a time of no form": note(place, time="2024-02-26 09:30:00+00"),
        "a body that is none": note(place, body=[]),
        "a sign of nothing": note(place, sig=7),
        "a tree of nothing": note(place, tree={"size": "1", "root": "0"}),
        "a second subject that is none": note(place, also=[{"subject": "C2"}]),
        "second subjects that are none": note(place, also={}),
        "a fraction": good.replace(b'"spec":1', b'"spec":1.0'),
        "a fraction within": note(place, body={"text": "hm", "n": 1}).replace(b'"n":1', b'"n":1.5'),
        "an endless number": note(place, body={"n": 1}).replace(b'"n":1', b'"n":9007199254740992'),
        "blanks between": good.replace(b'"spec":1', b'"spec": 1'),
        "keys in another order": b'{"spec":1,' + good.replace(b'"spec":1,', b"")[1:],
        "an escape too many": good.replace(b"hm", b"\\u0068m"),
        "a key twice within": note(place, body={"text": "hm"}).replace(b'{"text"', b'{"text":"a","text"'),
        "a line in a line": good + b"\n",
        "endless nesting": good.replace(b'"text":"hm', b'"text":' + b"[" * 900 + b"]" * 900 + b',"x":"hm'),
        "17 MB": note(place, body={"text": "x" * 17_000_000}),
    }  # fmt: skip


def test_the_server_takes_no_line_that_would_stop_every_desk(place):
    codes = {name: place.enter("reviewer-1", line) for name, line in unreadable(place).items()}
    assert {name: code for name, code in codes.items() if code != "FC007"} == {}
    assert place.enter("reviewer-1", note(place)) == ""
    ledger = PostgresLedger(Server(place.house.dsn["reviewer-2"]), ORIGIN)
    assert [line.data for line in ledger.read()][-1] == place.lines()[-1]
    ledger.server.close()


def test_the_server_knows_the_kinds_that_this_version_knows(place):
    with psycopg.connect(place.house.keeper) as keeper:
        (known,) = keeper.execute("SELECT factcheck.kinds()").fetchone()
    assert sorted(BODIES) == sorted(known)


def adopted(place, line):
    event = fresh()("event.adopted", "C1", BODIES["event.adopted"](line=line.decode(), map=()), by="lead-1")
    return place.line(event, version=3)


def test_what_a_lead_brings_of_another_desk_is_an_event_too(place):
    good = note(place)
    for line in (
        b"{}",
        b"[]",
        b"no",
        good.replace(b'"by":', b'"by":"lead-1","by":'),
        good.replace(b'"spec":1', b'"spec": 1'),
        adopted(place, good),
    ):
        assert place.enter("lead-1", adopted(place, line)) == "FC007", line
    assert place.enter("lead-1", adopted(place, good)) == ""


def next_line(place, event, **said):
    place.position = place.position.after(place.lines()[-1])
    return place.line(event, **said)


def test_a_lead_does_not_confirm_their_own_verdict_by_bringing_it_once_more_in_another_name(place):
    verdict = place.made("verdict.recorded", "C1", verdict_body(), "lead-1")
    assert place.enter("lead-1", place.line(verdict)) == ""
    forged = place.line(verdict.model_copy(update={"by": "reviewer-2"}))
    bringing = fresh()(
        "event.adopted", "C1", BODIES["event.adopted"](line=forged.decode(), map=()), by="lead-1"
    )
    assert place.enter("lead-1", next_line(place, bringing, version=4)) == ""
    confirms = bodies.VerdictConfirmed(verdict=verdict.id)
    own = fresh()("verdict.confirmed", "C1", confirms, by="lead-1")
    assert place.enter("lead-1", next_line(place, own, version=5)) == "FC003"
    brought = place.line(own, version=5)
    bringing = fresh()(
        "event.adopted", "C1", BODIES["event.adopted"](line=brought.decode(), map=()), by="lead-1"
    )
    assert place.enter("lead-1", place.line(bringing, version=5)) == "FC003"


def test_a_note_is_no_verdict_that_could_be_confirmed(place):
    assert place.enter("reviewer-1", note(place)) == ""
    confirms = bodies.VerdictConfirmed(verdict=Event.from_line(place.lines()[-1], where="").id)
    line = next_line(place, fresh()("verdict.confirmed", "C1", confirms, by="reviewer-2"), version=4)
    assert place.enter("reviewer-2", line) == "FC003"


@pytest.mark.parametrize("kind", ["event.undone", "event.redone"])
def test_nobody_takes_back_what_another_has_done(place, kind):
    assert place.enter("reviewer-1", note(place)) == ""
    body = bodies.EventUndone(id=Event.from_line(place.lines()[-1], where="").id)
    other = fresh()(kind, "C1", body, by="reviewer-2")
    assert place.enter("reviewer-2", next_line(place, other, version=4)) == "FC004"
    own = fresh()(kind, "C1", body, by="reviewer-1")
    assert place.enter("reviewer-1", place.line(own, version=4)) == ""


NAMES = (
    ("Reviewer-1", "reviewer-1"), ("Ｒeviewer-1", "reviewer-1"), ("rev\u200biewer-1", "reviewer-1"), ("Müller", "MU\u0308LLER"),
    ("straße", "STRASSE"), ("ΣΑΣ", "σας"), ("a  b", "A b"), ("a\U000e0041b", "ab"), ("Ⅷ", "viii"), ("a", "b"), ("张楠", "张南"),
)  # fmt: skip


def test_the_server_tells_two_names_of_one_person_as_the_desk_does(place):
    with psycopg.connect(place.house.keeper) as keeper:
        for one, two in NAMES:
            (same,) = keeper.execute(
                "SELECT factcheck.folded(%s) = factcheck.folded(%s)", (one, two)
            ).fetchone()
            assert same_person(one, two) == same, (one, two)


def test_a_verdict_is_not_confirmed_by_its_author_under_another_spelling(place):
    place.house.dsn["Ｒeviewer-1"] = place.house.running.login(place.house.keeper, "reviewer-9", "reviewer")
    with psycopg.connect(place.house.keeper, autocommit=True) as keeper:
        keeper.execute('ALTER ROLE "reviewer-9" RENAME TO "Ｒeviewer-1"')
        keeper.execute("ALTER ROLE \"Ｒeviewer-1\" PASSWORD 'x'")
    try:
        dsn = psycopg.conninfo.make_conninfo(place.house.dsn["Ｒeviewer-1"], user="Ｒeviewer-1", password="x")
        place.house.dsn["Ｒeviewer-1"] = dsn
        verdict = place.made("verdict.recorded", "C1", verdict_body(), "reviewer-1")
        assert place.enter("reviewer-1", place.line(verdict)) == ""
        own = fresh()(
            "verdict.confirmed", "C1", bodies.VerdictConfirmed(verdict=verdict.id), by="Ｒeviewer-1"
        )
        assert place.enter("Ｒeviewer-1", next_line(place, own, version=4)) == "FC003"
    finally:
        with psycopg.connect(place.house.keeper, autocommit=True) as keeper:
            keeper.execute('DROP ROLE "Ｒeviewer-1"')


def test_a_reviewer_says_which_key_is_theirs_and_nobody_elses(place):
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
    for kind, body in (("signer.added", trust.SignerAdded), ("signer.revoked", trust.SignerRevoked)):
        other = fresh()(kind, "case", body(name="lead-1", key=key), by="reviewer-1")
        assert place.enter("reviewer-1", place.line(other, version=2)) == "42501", kind
    own = fresh()("signer.added", "case", trust.SignerAdded(name="reviewer-1", key=key), by="reviewer-1")
    assert place.enter("reviewer-1", place.line(own, version=2)) == ""


def test_an_operator_of_ones_own_does_not_let_one_write_in_the_name_of_another(place):
    with psycopg.connect(place.house.keeper, autocommit=True) as keeper:
        keeper.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    line = place.line(fresh()("note.added", "C1", NOTE, by="reviewer-2"), version=3)
    with psycopg.connect(place.house.dsn["reviewer-1"], autocommit=True) as mine:
        mine.execute(
            "CREATE FUNCTION public.yes(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'"
        )
        mine.execute("CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = public.yes)")
        mine.execute("SET search_path = public, pg_catalog")
        with pytest.raises(psycopg.Error) as error:
            mine.execute("INSERT INTO factcheck.event (case_id, line) VALUES (%s, %s)", (ORIGIN, line))
    assert error.value.sqlstate == "23514"


def test_leases_are_taken_of_cases_that_are_there(place):
    with psycopg.connect(place.house.dsn["reviewer-1"], autocommit=True) as mine:
        mine.execute("SELECT factcheck.take_lease('x' || n, 'C1', 60) FROM generate_series(1, 100) AS n")
        mine.execute(sql.SQL("SELECT factcheck.take_lease({}, 'C1', 60)").format(ORIGIN))
        assert mine.execute("SELECT count(*) FROM factcheck.lease").fetchone() == (1,)


def test_nobody_gets_a_second_login_under_another_spelling_nor_one_of_a_tool(house):
    keeper = Server(house.keeper)
    for name, kind in (
        ("Ｒeviewer-1", Refused),
        ("REVIEWER-1", Refused),
        ("tool:mine/1", Usage),
        ("a\u200bb", Usage),
    ):
        with pytest.raises(kind):
            setup.make_login(keeper, name, "reviewer")
    setup.make_login(keeper, "reviewer-1", "reviewer")  # a new password for who is there
    keeper.close()


def test_a_database_of_another_encoding_is_refused(running):
    name = f"latin_{secrets.token_hex(6)}"
    with psycopg.connect(running.admin, autocommit=True) as admin:
        admin.execute(
            f"CREATE DATABASE {name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
        )
    running.made.append(name)
    far = Server(psycopg.conninfo.make_conninfo(running.admin, dbname=name))
    with pytest.raises(Refused, match="UTF-8"):
        setup.set_up(far)
    far.close()
