"""Two people at one case, each at a terminal of their own, both open at the same time."""

import json
import subprocess
import sys

import pytest
from conftest import make_desk
from driving import Driver, Gone, Paste, See, acts, events
from terminal import ROOT

from factcheck.case import Case

LINK = "https://example.org/moves"
BARE = ("Up", "2", "Enter")
"""Keys that attach a pasted link as it is."""


@pytest.fixture
def folder(tmp_path):
    make_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


def factcheck(folder, *words):
    """A command on the case: exit status and what it printed."""
    command = [sys.executable, "-m", "factcheck", "--case", str(folder), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_two_people_triage_judge_blindly_disagree_and_a_lead_settles_and_exports(folder):
    with_case = Case.open(folder, by="lead-1")
    with_case.set_policy("blind", "on")
    with_case.close()
    before = len(acts(folder))
    one, two = (Driver(folder, by=f"reviewer-{n}", columns=100, rows=32, COLORTERM="") for n in (1, 2))
    one.do(See("▸  C5 "))
    two.do(See("▸  C5 "))
    # the first one triages; the other one's queue moves, and the dot says who has what open
    one.do("Space", See("C5 accepted"))
    two.do(See("C5 ◇ accepted"), See("● reviewer-1"))
    one.to("C5")
    one.do(Paste(LINK), *BARE, See("C5: evidence attached"))
    two.do(See("E1"))
    one.do("3", "只说了一半", "Enter", See("C5 judged: Misleading"))
    # the other one judges without being told
    two.to("C5")
    two.do(See("C5 ◐ judged"), "2", "大体如此", "Enter", See("C5 judged: Mostly supported"))
    assert "只说了一半" not in two.terminal.written.decode("utf-8", "replace")
    one.to("C5")
    one.do(See("C5 ≠ disputed"))
    # both at the same claim at once: the later one is shown both, and keeps what was written
    one.to("C3")
    two.to("C3")
    one.do(Paste(LINK), *BARE, See("C3: evidence attached"))
    two.do("w", See("Reword C3"), "，两处都这么说")
    one.do("w", See("Reword C3"), "，一处这么说", "Enter", See("C3 reworded"))
    two.do(
        "Enter", See("meanwhile reviewer-1: C3 reworded"), See("，两处都这么说"), "Enter", See("meanwhile")
    )
    assert acts(folder)[-1] == ("claim.reworded", "C3", "reviewer-1")
    two.do(
        "Esc", Gone("Reword C3"), See("，一处这么说"), "w", See("，两处都这么说"), "Enter", See("C3 reworded")
    )
    assert acts(folder)[-1] == ("claim.reworded", "C3", "reviewer-2")
    # a lead sits down where the second one sat, and ends the dispute without knowing whose is whose
    two.become("lead-1")
    two.to("C5")
    two.do("S", See("Settle C5"), "3", "数字没有来源", "Enter", See("C5 settled: Misleading"))
    one.to("C5")
    one.do(See("C5 ◆ settled"))
    one.leave()
    two.leave()
    told = acts(folder, before)
    assert told == [
        ("claim.accepted", "C5", "reviewer-1"),
        ("evidence.attached", "C5", "reviewer-1"),
        ("verdict.recorded", "C5", "reviewer-1"),
        ("verdict.recorded", "C5", "reviewer-2"),
        ("evidence.attached", "C3", "reviewer-1"),
        ("claim.reworded", "C3", "reviewer-1"),
        ("claim.reworded", "C3", "reviewer-2"),
        ("verdict.settled", "C5", "lead-1"),
    ]
    status, printed = factcheck(folder, "export", "--by", "lead-1", "--json")
    assert status == 0, printed
    assert acts(folder)[-1] == ("summary.exported", "X1", "lead-1")
    shown = json.loads(factcheck(folder, "show", "C5", "--json")[1])
    assert [(each["by"], each["rating"]) for each in shown["verdicts"]] == [
        ("reviewer-1", "misleading"),
        ("reviewer-2", "mostly_supported"),
        ("lead-1", "misleading"),
    ]
    assert factcheck(folder, "audit") == (0, "")
    assert len(events(folder)) == before + len(told) + 1
