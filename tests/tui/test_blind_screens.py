"""Blind review on the screen: no cell of any screen tells a second person what the first one found."""

import pytest
from conftest import make_desk
from looking import LINK, watch

from factcheck.actions import ACTIONS

SENTINEL = "zyzzyva"
KEYS = {
    "1-9": "6",
    "Space": "space",
    "Backspace": "backspace",
    "PgDn": "pagedown",
    "PgUp": "pageup",
    "Tab": "tab",
}
SHOWN = [each for each in ACTIONS if each.id not in {"quit", "palette", "undo", "redo", "person"}]


@pytest.fixture
def judged(tmp_path):
    case = make_desk(tmp_path / "blind")
    case.set_policy("blind", "on")
    case.attach("C5", LINK, quote="1.8e11", stance="refutes")
    case.decide("C5", "misleading", because=SENTINEL)
    yield case
    assert case.audit().findings == ()
    case.close()


def cells(case, who, *steps, columns=200, rows=60):
    case.by = who
    return watch(case, "home", *steps, columns=columns, rows=rows, lang="en")


def test_the_first_person_sees_their_own_verdict(judged):
    assert SENTINEL in cells(judged, "reviewer-1")


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_the_second_person_sees_that_it_waits_and_nothing_more(judged, size):
    screen = cells(judged, "reviewer-2", columns=size[0], rows=size[1])
    assert "C5" in screen
    assert SENTINEL not in screen
    assert "reviewer-1" not in screen


@pytest.mark.parametrize("each", SHOWN, ids=lambda each: each.id)
def test_no_key_opens_a_screen_that_tells_it(judged, each):
    screen = cells(
        judged, "reviewer-2", KEYS.get(each.key, each.key.lower() if len(each.key) > 1 else each.key)
    )
    assert SENTINEL not in screen


def test_an_own_verdict_opens_both_and_confirming_unseen_is_refused(judged):
    refused = cells(judged, "reviewer-2", "C")
    assert "record a verdict of your own" in refused
    screen = cells(judged, "reviewer-2", "6", "home")
    assert judged.claim("C5").state == "disputed"
    assert SENTINEL in cells(judged, "reviewer-2")
    assert "C5" in screen


def test_what_one_person_wrote_and_did_not_record_is_not_shown_to_another(judged):
    cells(judged, "reviewer-1", "down", "1", ("write", "half a sentence"), "escape")
    assert "half a sentence" in cells(judged, "reviewer-1", "down", "1")
    assert "half a sentence" not in cells(judged, "reviewer-2", "down", "1")


@pytest.mark.parametrize("on", [(), ("j", "k"), ("1",)])
def test_who_sits_down_on_a_claim_is_not_shown_what_the_one_before_found_there(judged, on):
    screen = cells(judged, "reviewer-1", "W", ("write", "reviewer-2"), "enter", *on)
    assert "reviewer-2" in screen
    assert SENTINEL not in screen
    assert "reviewer-1" not in screen


def test_the_dashboard_of_a_blind_desk_does_not_ask_to_switch_it_on(judged):
    shown = cells(judged, "reviewer-2", "d")
    assert "a second person's verdict makes the first one" in shown
    assert "policy blind on" not in shown
