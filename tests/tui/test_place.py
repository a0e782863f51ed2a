"""Who opens the desk again is where they left it: the claim, the list, the pane, the sheet; nobody else is told."""

import asyncio
import json
import signal
import time

import pytest
from conftest import make_desk
from looking import looking
from terminal import PATIENCE, reviewing

from factcheck.case import Case
from factcheck.tui.place import Place, recalled


@pytest.fixture
def opened(tmp_path):
    """Open the same case as somebody; what is private lies beside it."""
    make_desk(tmp_path / "desk").close()
    return lambda by="reviewer-1": Case.open(tmp_path / "desk", by=by, private=tmp_path / "private")


def visit(case, *keys, columns=120, rows=40):
    """Press these keys on the desk, then leave it; gives what was seen first and the facts of where one was."""

    async def story():
        async with looking(case, columns, rows, "en") as eyes:
            first = eyes.text()
            desk = eyes.app.review
            found = (desk.claim.id, desk.query_now, desk.pane, desk.has_class("-zoom"), desk.sheet)
            await eyes.press(*keys)
            return first, found

    try:
        return asyncio.run(story())
    finally:
        case.close()


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (("j", "j"), ("C3", "queue", False, "")),
        (("tab",), ("C5", "source", False, "")),
        (("j", "tab", "tab", "z"), ("C2", "side", True, "")),
        (("j", "d"), ("C2", "queue", False, "dashboard")),
        (("j", "j", "r"), ("C3", "queue", False, "relations")),
        (("j", "V"), ("C2", "queue", False, "coverage")),
        (("j", "question_mark"), ("C2", "queue", False, "")),
        (("colon", "7", "enter"), ("C7", "queue", False, "")),
    ],
)
def test_one_comes_back_to_the_claim_the_pane_and_the_sheet(opened, keys, found):
    visit(opened(), *keys)
    _, (claim, _, pane, zoom, sheet) = visit(opened())
    assert (claim, pane, zoom, sheet) == found


def test_one_comes_back_to_the_list_as_it_was_narrowed_and_ordered(opened):
    visit(opened(), "slash", *"TikTok", "tab", "tab", "2", "enter", "j")
    seen, (claim, query, *_) = visit(opened())
    assert (claim, query.text, query.order) == ("C2", "TikTok", "text")
    assert "2/2" in seen
    assert "“TikTok”" in seen


def test_the_sheet_that_was_left_before_the_end_is_not_laid_again(opened):
    visit(opened(), "j", "d", "escape")
    assert visit(opened())[1][4] == ""


def test_a_claim_that_is_gone_and_a_list_that_is_empty_are_passed_over_quietly(opened):
    other = opened("reviewer-2")
    other.add("S1", start=0, end=5, statement="A summary begins.")
    visit(opened(), "colon", "8", "enter")
    other.undo()
    other.close()
    seen, (claim, *_) = visit(opened(), "slash", *"TikTok", "enter")
    assert (claim, " ! " in seen) == ("C5", False)
    other = opened("reviewer-2")
    other.reword("C1", "Somebody joined.")
    other.reword("C2", "Somebody else joined.")
    other.close()
    _, (claim, query, *_) = visit(opened())
    assert claim in {"C1", "C2", "C5"}
    assert claim in {"C1", "C2"} or query.text == ""


def test_somebody_else_begins_at_the_beginning_and_the_ledger_says_nothing_of_it(opened, tmp_path):
    ledger = tmp_path / "desk" / "claims" / "ledger.jsonl"
    before = ledger.read_bytes()
    visit(opened(), "j", "j", "d")
    _, (claim, *_, sheet) = visit(opened("reviewer-2"))
    assert (claim, sheet) == ("C5", "")
    assert ledger.read_bytes() == before
    assert [each.name for each in (tmp_path / "private" / "people").glob("*.place.json")] != []


def test_nothing_is_kept_where_nothing_private_is(tmp_path):
    case = make_desk(tmp_path / "desk")
    assert case.place_file is None
    visit(case, "j", "j")
    assert list((tmp_path / "desk").rglob("*.place.json")) == []


def test_blind_review_keeps_back_after_coming_back_what_it_kept_back_before(opened, tmp_path):
    secret = "nobody may read this before judging"
    first = opened()
    first.set_policy("blind", "on")
    first.attach("C3", "https://example.org/a", stance="supports", quote="words")
    first.decide("C3", "misleading", because=secret)
    first.close()
    visit(
        opened(), "colon", "3", "enter", "slash", *"nobody", "enter"
    )  # who judged may look for their own words
    visit(opened("reviewer-2"), "colon", "3", "enter")
    seen, (claim, *_) = visit(opened("reviewer-2"), "r")
    assert claim == "C3"
    assert secret not in seen
    again, _ = visit(opened("reviewer-2"))
    assert secret not in again
    kept = [each.read_text("utf-8") for each in (tmp_path / "private" / "people").glob("*.place.json")]
    assert kept != []
    assert [each for each in kept if "misleading" in each or secret in each] == []


@pytest.mark.parametrize(
    "written",
    ["", "{", "[]", "null", '{"claim": "C3"}', '{"pane": "nowhere"}', '{"states": 3}', '{"sheet": 5}', "{" + " " * 70000 + "}"],
)  # fmt: skip
def test_a_file_that_is_broken_is_the_beginning(tmp_path, written):
    file = tmp_path / "place.json"
    file.write_text(written, "utf-8")
    assert recalled(file) == Place()


def test_states_and_sheets_that_no_desk_has_are_passed_over(opened):
    case = opened()
    case.place_file.parent.mkdir(parents=True)
    case.place_file.write_text(json.dumps({"claim": 3, "sheet": "nonsense", "states": []}), "utf-8")
    assert visit(case)[1][0] == "C3"
    case = opened()
    case.place_file.write_text(json.dumps({"claim": 3, "states": ["nonsense"]}), "utf-8")
    assert visit(case)[1][0] == "C5"


def test_a_reviewer_that_was_killed_comes_back_to_the_same_place(tmp_path):
    make_desk(tmp_path / "desk").close()
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    desk = reviewing(tmp_path / "desk", **state)
    desk.wait("▸  C5", "Verdict digits")
    desk.press(":", "3", "Enter")
    desk.wait("▸  C3")
    desk.press("d")
    desk.wait("Dashboard")
    folder, until = tmp_path / "state" / "factcheck" / "people", time.monotonic() + PATIENCE
    while '"dashboard"' not in "".join(each.read_text("utf-8") for each in folder.glob("*.place.json")):
        assert time.monotonic() < until
        desk.read(0.2)
    desk.child.kill(signal.SIGKILL)
    desk.child.wait()
    again = reviewing(tmp_path / "desk", **state)
    again.wait("Dashboard")
    again.press("Esc")
    again.wait("▸  C3", "Verdict digits")
    assert again.leave() == 0
