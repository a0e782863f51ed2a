"""A connection that breaks while somebody decides: nothing is lost, nothing is recorded twice, and one can go on reading."""

import json

import pytest
from cable import Cable

from factcheck.case import Case
from factcheck.errors import Conflict, Unavailable, Unsure
from factcheck.events import new_id
from factcheck.ledger import Address

pytestmark = pytest.mark.server


@pytest.fixture
def cable(house):
    found = Cable(house.dsn["reviewer-1"])
    yield found
    found.close()


@pytest.fixture
def desk(house, cable, tmp_path):
    """A reviewer's desk at the end of a cable, for a case with one source."""
    lead = Case.create(tmp_path / "lead", "lead-1", dsn=house.dsn["lead-1"])
    document = tmp_path / "talk.txt"
    document.write_text("去年张楠辞去抖音 CEO 的职务。Last week Maria Lopez joined Globex.", "utf-8")
    lead.ingest(document)
    lead.close()
    case = Case.clone(tmp_path / "desk", Address(cable.dsn, ""), by="reviewer-1")
    yield case
    case.close()


def notes(house, case):
    """Every note that the server has."""
    import psycopg

    with psycopg.connect(house.keeper) as connection:
        lines = connection.execute("SELECT line FROM factcheck.event WHERE kind = 'note.added'").fetchall()
    return [json.loads(bytes(line)) for (line,) in lines]


@pytest.mark.parametrize("words", [b"BEGIN", b"pg_advisory", b"INSERT INTO factcheck.event", b"COMMIT"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_that_breaks_once_is_made_anew_and_the_act_is_recorded_once(
    house, cable, desk, when, words
):
    getattr(cable, f"cut_{when}")(words)
    desk.note("C1", "一 note")
    assert cable.cuts == 1
    assert [each["body"]["text"] for each in notes(house, desk)] == ["一 note"]
    assert desk.claim("C1").notes[-1].text == "一 note"
    assert desk.audit().findings == ()


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_same_id_is_submitted_again_and_one_event_results(house, cable, desk, when, monkeypatch):
    monkeypatch.setattr("factcheck.case.recording._PAUSES", (None,))
    command = new_id(desk._clock())
    getattr(cable, f"cut_{when}")(b"COMMIT")
    with pytest.raises(Unsure, match="not known"):
        desk.note("C1", "一 note", id=command)
    desk.note("C1", "一 note", id=command)
    assert [command] == [each["id"] for each in notes(house, desk)]


def test_what_turns_out_to_be_recorded_is_not_sent_again_unawares(house, cable, desk, monkeypatch):
    monkeypatch.setattr("factcheck.case.recording._PAUSES", (None,))
    cable.cut_after(b"COMMIT")
    with pytest.raises(Unsure):
        desk.note("C1", "一 note")
    assert desk.unsure
    with pytest.raises(Conflict, match="is recorded; nothing was sent again"):
        desk.note("C1", "一 note")
    assert len(notes(house, desk)) == 1
    desk.note("C1", "一 note")  # who says it once more means it
    assert len(notes(house, desk)) == 2


def test_while_the_server_is_away_one_reads_and_is_told(house, cable, desk):
    desk.accept("C1")
    cable.unplug()
    desk.refresh()
    assert "cannot be reached" in desk.away or "broke" in desk.away
    assert desk.claim("C1").state == "accepted"
    assert desk.text("S1")
    with pytest.raises(Unavailable):
        desk.note("C1", "一 note")
    assert desk.held() == {}
    again = Case.open(desk.folder, by="reviewer-1", server=desk.server)
    assert any("cannot be reached" in each or "broke" in each for each in again.notices)
    assert again.claim("C1").state == "accepted"
    again.close()
    cable.plug_in()
    desk.note("C1", "一 note")
    desk.refresh()
    assert desk.away == ""
    assert len(notes(house, desk)) == 1


def test_an_audit_without_the_server_says_what_it_could_not_compare(cable, desk):
    cable.unplug()
    report = desk.audit()
    assert report.findings == ()
    (check,) = [each for each in report.checks if each.name == "server"]
    assert check.status == "unverifiable"


def test_what_is_ready_is_never_recorded_outside_the_transaction_it_was_made_for(house, desk):
    ledger = desk._ledger.far
    last = list(ledger.read())[-1]
    with ledger.writing():
        ledger.append(last.event.model_copy(update={"id": new_id(desk._clock())}), last.position)
        ledger.server.close()
        with pytest.raises(Unsure, match="broke"):
            ledger.commit()
    assert ledger.size() == last.position.size
