"""Two desks in two processes, each in a home of its own, on one server; and a third that may only look."""

import json
import os
import subprocess
import sys

import psycopg
import pytest
from cable import Cable
from tui.driving import Driver, Gone, See, acts
from tui.terminal import Terminal

pytestmark = pytest.mark.server
TALK = "去年张楠辞去抖音 CEO 的职务。\n\nLast week Maria Lopez joined Globex as chief scientist.\n"


class Office:
    """Somebody's machine: a home, a folder, and the commands they type."""

    def __init__(self, place, name, dsn):
        self.name, self.dsn, self.folder = name, dsn, place / name / "desk"
        self.folder.parent.mkdir()
        home = place / name / "home"
        self.world = {
            f"XDG_{each}_HOME": str(home / each.lower()) for each in ("CONFIG", "STATE", "DATA", "CACHE")
        }
        self.world |= {"HOME": str(home), "FACTCHECK_BY": name, "FACTCHECK_LANG": "en"}

    def run(self, *words, expect=0):
        command = [sys.executable, "-m", "factcheck", *words]
        done = subprocess.run(  # noqa: PLW1510 (looked at below)
            command, cwd=self.folder.parent, env=os.environ | self.world, capture_output=True, text=True
        )
        assert expect == done.returncode, (words, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def here(self, *words, expect=0):
        return self.run("--case", str(self.folder), *words, expect=expect)

    def json(self, *words):
        return json.JSONDecoder().raw_decode(self.here(*words, "--json"))[0]

    def screen(self, **how):
        driver = Driver.__new__(Driver)
        driver.folder, driver.by = self.folder, self.name
        driver.terminal = Terminal(
            "-m", "factcheck", "--case", str(self.folder), "review", **self.world, **how
        )
        driver.terminal.child.delaybeforesend = None
        driver.wait("C1")
        return driver


@pytest.fixture
def offices(house, tmp_path):
    """Four people with a login each; the lead has begun a case with one source, and the others have a desk for it."""
    found = {name: Office(tmp_path, name, dsn) for name, dsn in house.dsn.items()}
    lead = found["lead-1"]
    lead.run("init", "desk", "--server", lead.dsn, "--name", "call")
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    lead.here("ingest", str(tmp_path / "talk.txt"))
    for name in ("reviewer-1", "reviewer-2", "auditor-1"):
        found[name].run("ledger", "clone", found[name].dsn, "desk")
    return found


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
