"""What the server itself refuses, whoever asks it past the desk: tried with real logins, against a control that is let through."""

import psycopg
import pytest
from entering import ORIGIN, fresh
from psycopg import sql
from spine.spine_events import verdict_body

from factcheck.events import Ref, bodies, canonical, moving, people, publishing, strict_json, trust
from factcheck.ledger.postgres import Server, setup

pytestmark = pytest.mark.server
EVENT, TOUCH, LEASE = "factcheck.event", "factcheck.touch", "factcheck.lease"
EVERYBODY = ("reviewer-1", "lead-1", "auditor-1")
# What nobody may do, in any role: PostgreSQL answers with one of its own codes, or one of ours.
STATEMENTS = (
    f"UPDATE {EVENT} SET line = line",
    f"UPDATE {EVENT} SET actor = session_user WHERE seq = 1",
    f"UPDATE {EVENT} SET entered_by = 'nobody'",
    f"DELETE FROM {EVENT}",
    f"DELETE FROM {EVENT} WHERE seq = (SELECT max(seq) FROM {EVENT})",
    f"TRUNCATE {EVENT}",
    f"TRUNCATE {EVENT} CASCADE",
    f"ALTER TABLE {EVENT} DISABLE TRIGGER ALL",
    f"ALTER TABLE {EVENT} DISABLE ROW LEVEL SECURITY",
    f"ALTER TABLE {EVENT} DROP CONSTRAINT line_says_so",
    f"DROP TABLE {EVENT} CASCADE",
    f"DROP POLICY auditors_add ON {EVENT}",
    f"CREATE POLICY all_mine ON {EVENT} FOR ALL USING (true)",
    f"DROP TRIGGER take ON {EVENT}",
    f"INSERT INTO {TOUCH} VALUES ('{ORIGIN}', 'C1', 9, 1)",
    f"UPDATE {TOUCH} SET version = 9",
    f"DELETE FROM {TOUCH}",
    f"INSERT INTO {LEASE} VALUES ('{ORIGIN}', 'C1', 'somebody', 1, now())",
    f"UPDATE {LEASE} SET holder = 'somebody'",
    "INSERT INTO factcheck.arrival VALUES ('factcheck/test', pg_current_xact_id())",
    "INSERT INTO factcheck.setting VALUES ('blobs', '/tmp')",
    "UPDATE factcheck.setting SET value = '/tmp'",
    "INSERT INTO factcheck.migration VALUES (2, 'x')",
    "DELETE FROM factcheck.migration",
    "SET session_replication_role = replica",
    "SET session_authorization = 'reviewer-2'",
    "SET ROLE postgres",
    "CREATE FUNCTION factcheck.leaf(line bytea, more text) RETURNS bytea LANGUAGE sql AS $$ SELECT line $$",
    "CREATE OR REPLACE FUNCTION factcheck.leaf(line bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT line $$",
    "ALTER FUNCTION factcheck.take() OWNER TO session_user",
    "CREATE TABLE factcheck.more (x int)",
    'GRANT factcheck_lead TO "reviewer-1"',
    "CREATE ROLE another LOGIN",
    "ALTER ROLE \"reviewer-2\" PASSWORD 'mine now'",
    "COPY factcheck.event (case_id, line) FROM PROGRAM 'echo'",
    "SELECT setval('factcheck.fence', 1)",
)


@pytest.mark.parametrize("person", EVERYBODY)
def test_none_of_these_is_let_through(place, person):
    before, through, otherwise = place.lines(), [], {}
    for statement in STATEMENTS:
        with psycopg.connect(place.house.dsn[person], autocommit=True) as connection:
            try:
                connection.execute(sql.SQL(statement))
                through.append(statement)
            except psycopg.errors.InsufficientPrivilege:
                continue
            except psycopg.Error as error:
                otherwise[statement] = error.sqlstate
    assert through == []
    assert {"42809", "FC008"} >= set(otherwise.values()), otherwise
    assert before == place.lines()


def test_who_keeps_the_server_is_the_control(place):
    """The same statements come to something when rules are not in the way: a refusal above is a refusal, no slip of the pen."""
    for statement in (
        f"UPDATE {LEASE} SET holder = 'x'",
        f"DELETE FROM {TOUCH} WHERE false",
        "SET session_replication_role = replica",
    ):
        with psycopg.connect(place.house.keeper) as connection:
            connection.execute(sql.SQL(statement))


def test_even_who_keeps_it_changes_no_line_by_a_slip(place):
    for statement in (f"UPDATE {EVENT} SET line = line", f"DELETE FROM {EVENT}", f"TRUNCATE {EVENT} CASCADE"):
        with psycopg.connect(place.house.keeper) as connection, pytest.raises(psycopg.Error) as error:
            connection.execute(sql.SQL(statement))
        assert error.value.sqlstate == "FC008"


NOTE = bodies.NoteAdded(text="hm")
DRAFT = {"formats": ("jsonl",), "draft": True, "size": 1, "root": "0" * 64, "manifest": "0" * 64, "renderer": "x", "lang": "en", "claims": ()}  # fmt: skip
LEADS = (
    ("policy.changed", bodies.PolicyChanged(name="blind", value=True, was=False)),
    ("member.added", bodies.MemberAdded(name="friend", role="lead")),
    ("member.revoked", bodies.MemberRevoked(name="lead-1")),
    ("publisher.named", publishing.PublisherNamed(name="Us", url="", address="", corrections="")),
    ("foreword.written", publishing.ForewordWritten(text="hm")),
    ("template.adopted", publishing.TemplateAdopted(id="", version=0)),
    ("ledger.moved", moving.LedgerMoved(to="file")),
    ("summary.exported", bodies.SummaryExported(**DRAFT | {"draft": False})),
)


@pytest.mark.parametrize(("kind", "body"), LEADS, ids=lambda each: each if isinstance(each, str) else "")
def test_what_is_for_leads_is_refused_to_others_and_taken_from_a_lead(place, kind, body):
    subject = "X1" if kind == "summary.exported" else "case"
    refused = [
        place.enter(
            person, place.line(fresh()(kind, subject, body, by=person), version=_next(place, subject))
        )
        for person in ("reviewer-1", "auditor-1")
    ]
    assert refused == ["42501", "42501"]
    assert (
        place.enter(
            "lead-1", place.line(fresh()(kind, subject, body, by="lead-1"), version=_next(place, subject))
        )
        == ""
    )


def _next(place, subject):
    return place.make.versions.get(subject, 0) + 1


def test_a_reviewer_exports_a_draft_and_nothing_final(place):
    event = fresh()("summary.exported", "X1", bodies.SummaryExported(**DRAFT), by="reviewer-1")
    assert place.enter("reviewer-1", place.line(event)) == ""


def test_auditors_add_objections_and_witnesses_only(place):
    kinds = {
        "note.added": NOTE,
        "claim.assigned": people.ClaimAssigned(to="auditor-1"),
        "verdict.recorded": verdict_body(),
        "question.asked": people.QuestionAsked(text="why?", to="", whom="", on=""),
    }
    for kind, body in kinds.items():
        event = fresh()(kind, "C1", body, by="auditor-1")
        assert place.enter("auditor-1", place.line(event, version=_next(place, "C1"))) == "42501", kind


def test_an_auditor_objects(place):
    event = fresh()("objection.raised", "C1", trust.ObjectionRaised(text="who says so?"), by="auditor-1")
    assert place.enter("auditor-1", place.line(event, version=_next(place, "C1"))) == ""


def test_a_back_up_restored_before_its_roles_gets_their_rights_by_init(house, place):
    with psycopg.connect(house.keeper) as keeper:  # what pg_restore leaves where it finds no such role
        for table, policy in keeper.execute(
            "SELECT polrelid::regclass::text, polname FROM pg_policy"
        ).fetchall():
            keeper.execute(f"DROP POLICY {policy} ON {table}")
        keeper.execute(
            "REVOKE ALL ON ALL TABLES IN SCHEMA factcheck FROM factcheck_reviewer, factcheck_lead, factcheck_auditor"
        )
    note = fresh()("note.added", "C1", NOTE, by="reviewer-1")
    assert place.enter("reviewer-1", place.line(note, version=_next(place, "C1"))) == "42501"
    server = Server(house.keeper)
    setup.set_up(server)
    server.close()
    verdict = fresh()("verdict.recorded", "C1", verdict_body(), by="auditor-1")
    assert place.enter("auditor-1", place.line(verdict, version=_next(place, "C1"))) == "42501"
    assert place.enter("reviewer-1", place.line(note, version=_next(place, "C1"))) == ""


def test_nobody_writes_in_the_name_of_another(place):
    for person, name in (
        ("reviewer-1", "reviewer-2"),
        ("lead-1", "reviewer-1"),
        ("reviewer-1", "tool:mine/1"),
    ):
        assert (
            place.enter(person, place.line(fresh()("note.added", "C1", NOTE, by=name), version=3)) == "23514"
        )


def test_nobody_says_who_entered_a_line(place):
    line = place.line(fresh()("note.added", "C1", NOTE, by="lead-1"), version=3)
    for column in ("actor", "entered_by", "seq", "kind", "act_by"):
        with (
            psycopg.connect(place.house.dsn["reviewer-1"], autocommit=True) as connection,
            pytest.raises(psycopg.Error) as error,
        ):
            connection.execute(
                sql.SQL("INSERT INTO factcheck.event (case_id, line, {}) VALUES (%s, %s, %s)").format(
                    sql.Identifier(column)
                ),
                (ORIGIN, line, "lead-1" if column != "seq" else 4),
            )
        assert error.value.sqlstate == "42501"


def test_a_verdict_is_not_confirmed_by_its_author(place):
    verdict = place.made("verdict.recorded", "C1", verdict_body(), "reviewer-1")
    assert place.enter("reviewer-1", place.line(verdict)) == ""
    place.position = place.position.after(place.lines()[-1])
    own = fresh()("verdict.confirmed", "C1", bodies.VerdictConfirmed(verdict=verdict.id), by="reviewer-1")
    own = own.model_copy(update={"id": verdict.id[:-1] + "f", "version": verdict.version + 1})
    assert place.enter("reviewer-1", place.line(own)) == "FC003"
    unknown = own.model_copy(update={"body": bodies.VerdictConfirmed(verdict=own.id), "by": "reviewer-2"})
    assert place.enter("reviewer-2", place.line(unknown)) == "FC003"
    assert place.enter("reviewer-2", place.line(own.model_copy(update={"by": "reviewer-2"}))) == ""


def test_a_line_that_does_not_follow_is_refused(place):
    note = place.made("note.added", "C1", NOTE, "reviewer-1")
    good = place.line(note)
    refused = {
        "another number": place.line(note, seq=9),
        "another line before": place.line(note, prev="0" * 64),
        "another version": place.line(note, version=9),
        "another version of a second subject": place.line(
            note.model_copy(update={"also": (Ref(subject="E1", version=2),)})
        ),
        "the same key twice": good.replace(b'"by":', b'"by":"lead-1","by":'),
        "no JSON": b"{",
        "no object": b"[]",
        "no UTF-8": b"\xff\xfe",
        "no number": place.line(note, seq="four"),
        "a time to come": place.line(note, time="2999-01-01T00:00:00.000Z"),
        "no time": place.line(note, time="soon"),
        "no author": good.replace(b'"by":', b'"bye":'),
        "nothing": b"",
    }
    codes = {name: place.enter("reviewer-1", line) for name, line in refused.items()}
    assert {name: bool(code) for name, code in codes.items()} == dict.fromkeys(refused, True)
    assert tuple(
        codes[each] for each in ("another number", "another version", "a time to come", "the same key twice")
    ) == ("FC001", "FC002", "FC005", "FC007")
    assert place.enter("reviewer-1", good) == ""
    assert place.enter("reviewer-1", _behind(place, note)) == "23505"  # the same command once more


def test_a_line_that_is_left_out_counts_nothing_up(place):
    note = place.made("note.added", "C1", NOTE, "reviewer-1")
    assert place.enter("reviewer-1", place.line(note)) == ""
    twice = _behind(place, note)
    with psycopg.connect(place.house.dsn["reviewer-1"], autocommit=True) as connection:
        left_out = connection.execute(
            "INSERT INTO factcheck.event (case_id, line) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (ORIGIN, twice),
        )
        assert left_out.rowcount == 0
        counted = connection.execute("SELECT seq, subject, version FROM factcheck.touch WHERE seq > 3")
        assert counted.fetchall() == [(4, "C1", note.version)]
    other = fresh()("note.added", "C1", NOTE, by="reviewer-1")
    assert place.enter("reviewer-1", place.line(other, version=note.version + 1)) == ""


def _behind(place, note):
    place.position = place.position.after(place.lines()[-1])
    return place.line(note.model_copy(update={"version": note.version + 1}))


def test_a_case_begins_under_its_own_name_and_by_a_lead(place):
    case = fresh().case()
    begin = {"seq": 1, "prev": "0" * 64, "by": "lead-1"}
    assert place.enter("lead-1", place.line(case, **begin), "factcheck/another") == "FC007"
    named = strict_json(place.line(case, **begin))
    named["body"]["origin"] = "factcheck/another"
    assert place.enter("reviewer-1", canonical(named | {"by": "reviewer-1"}), "factcheck/another") == "42501"
    assert place.enter("lead-1", canonical(named), "factcheck/another") == ""


def test_who_is_nobody_here_sees_nothing(place):
    with psycopg.connect(place.house.keeper, autocommit=True) as keeper:
        keeper.execute("DROP ROLE IF EXISTS stranger")
        keeper.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    dsn = psycopg.conninfo.make_conninfo(place.house.keeper, user="stranger", password="stranger")
    for statement in (
        "SELECT line FROM factcheck.event",
        "SELECT * FROM factcheck.lease",
        "SELECT factcheck.take_lease('a', 'C1', 9)",
    ):
        with psycopg.connect(dsn, autocommit=True) as connection, pytest.raises(psycopg.Error) as error:
            connection.execute(sql.SQL(statement))
        assert error.value.sqlstate == "42501"
