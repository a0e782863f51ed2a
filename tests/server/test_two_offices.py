"""Two desks in two processes, each in a home of its own, on one server; and a third that may only look."""

import json

import psycopg
import pytest
from cable import Cable
from tui.driving import Gone, See, acts

pytestmark = pytest.mark.server


def test_from_a_blind_review_to_an_export_that_a_third_office_audits(offices):
    lead, one, two, auditor = offices.values()
    lead.here("policy", "blind", "on")
    one.here("accept", "C1")
    one.here("decide", "C1", "not_enough_evidence")
    assert "not_enough_evidence" not in two.here("show", "C1")
    assert "not_enough_evidence" not in two.here("trail", "C1")
    two.here("decide", "C1", "source_unclear")
    assert one.json("show", "C1")["state"] == "disputed"
    assert "third person" in two.here("settle", "C1", "source_unclear", "--because", "no", expect=1)
    lead.here("settle", "C1", "not_enough_evidence", "--because", "Nobody names a page.")
    for claim in [each["id"] for each in lead.json("list", "--state", "suggested")["claims"]]:
        lead.here("dismiss", claim, "--reason", "trivial")
    assert "may not" in two.here("export", expect=1)
    lead.here("export")
    said = auditor.here("audit")  # no finding; this office's key is not announced, which is said
    assert [line.partition(":")[0] for line in said.splitlines()] == ["checkpoint"]
    assert (auditor.folder / "exports" / "X1" / "report.md").read_bytes() == (
        lead.folder / "exports" / "X1" / "report.md"
    ).read_bytes()
    assert "may not" in auditor.here("reword", "C1", "hm", expect=1)
    assert "may not" in auditor.here("note", "C1", "hm", expect=1)
    auditor.here("object", "C1", "who asked them?")
    auditor.here("witness")
    assert "who asked them?" in lead.here("show", "C1")
    copies = {each.name: (each.folder / "claims" / "ledger.jsonl").read_bytes() for each in (lead, auditor)}
    lead.here("status")
    auditor.here("status")
    copies = {
        (each.folder / "claims" / "ledger.jsonl").read_bytes()
        for each in offices.values()
        if each in (lead, auditor)
    }
    assert len(copies) == 1
    assert "unverifiable" not in one.here("audit", "--check", "server")


def test_each_screen_shows_what_the_other_has_open_and_what_it_did(offices):
    _, one, two, _ = offices.values()
    here, there = one.screen(), two.screen()
    there.do(See("● reviewer-1"))
    here.do("Space", See("accepted"))
    there.do(See("accepted"))
    for each in (here, there):
        each.do("q")
    assert ("claim.accepted", "C2", "reviewer-1") in acts(two.folder)


def test_a_server_that_goes_away_while_somebody_writes_loses_no_word(offices, house):
    one = offices["reviewer-1"]
    cable = Cable(one.dsn)
    one.folder = one.folder.with_name("cabled")
    one.run("ledger", "clone", cable.dsn, "cabled")
    screen = one.screen()
    screen.do("c", See("Comment on"), "一 note that stays", See("note that stays"))
    cable.unplug()
    screen.do("Enter", See("not saved yet"), See("note that stays"))
    screen.do(See("server away"))
    cable.plug_in()
    screen.do("Enter", Gone("not saved yet"))
    screen.do("q")
    with psycopg.connect(house.keeper) as connection:
        rows = connection.execute("SELECT line FROM factcheck.event WHERE kind = 'note.added'").fetchall()
    assert [json.loads(bytes(row[0]))["body"]["text"] for row in rows] == ["一 note that stays"]
    cable.close()
