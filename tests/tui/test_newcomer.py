"""What a fact-checker met who had never seen the screens: nothing written is lost, nothing done goes unsaid."""

import asyncio
import re

import pytest
from conftest import make_desk
from looking import BARE, LINK, looking, told, watch

from factcheck.events import bodies
from factcheck.labels import LANGUAGES
from factcheck.model import Calculation
from factcheck.tui.beside import calculation_rows
from factcheck.tui.pace import pace

OTHER = "https://example.com/other"
REASON = "上下文还有60秒"


def text_of(rows):
    return "\n".join("".join(each.text for each in row) for row in rows)


@pytest.fixture
def disputed(desk):
    """C5 is disputed, and a third person sits at the desk."""
    desk.attach("C5", LINK, quote="1.8e11", stance="refutes")
    desk.decide("C5", "not_checkable")
    desk.dispute("C5", because="it is a sum", by="reviewer-2")
    desk.by = "lead-1"
    return desk


# -- a digit is text once the rating is chosen -----------------------------------------------------


def test_digits_in_the_reason_of_a_settlement_are_words(disputed):
    screen = watch(disputed, "home", "S", "3", ("write", REASON), "enter", lang="en")
    assert told(disputed, 1) == [("verdict.settled", "C5", "lead-1")]
    verdict = disputed.claim("C5").verdict
    assert (verdict.rating, verdict.because) == ("misleading", REASON)
    assert "C5 settled: Misleading" in screen


def test_digits_in_the_reason_of_a_verdict_are_words_also_when_the_rating_is_chosen_anew(desk):
    desk.attach("C5", LINK, quote="1.8e11", stance="refutes")
    watch(desk, "5", "up", "3", "ctrl+u", ("write", REASON), "enter")
    verdict = desk.claim("C5").verdict
    assert (verdict.rating, verdict.because) == ("misleading", REASON)


def test_words_typed_on_a_choice_go_to_the_reason(disputed):
    watch(disputed, "home", "S", ("write", "共60秒"), "up", "3", "enter")
    verdict = disputed.claim("C5").verdict
    assert (verdict.rating, verdict.because) == ("misleading", "共60秒")


def test_a_settlement_without_a_reason_or_a_rating_stays_in_its_box(disputed):
    screen = watch(disputed, "home", "S", "3", "enter", lang="en")
    assert told(disputed, 1)[0][0] == "verdict.disputed"
    assert "a settlement needs a reason." in screen
    assert "→ write the reason" in screen
    assert "●3" in screen
    assert "press a digit" in watch(disputed, "home", "S", "enter", lang="en")


def test_enter_chooses_no_rating_for_anybody(desk):
    desk.attach("C5", LINK, quote="1.8e11", stance="refutes")
    screen = watch(desk, "enter", "enter", lang="en")
    assert told(desk, 1)[0][0] == "evidence.attached"
    assert "press a digit" in screen
    assert "●1" not in screen
    watch(desk, "enter", "4", "enter")
    assert desk.claim("C5").verdict.rating == "mostly_refuted"


def test_the_message_names_the_rating(desk):
    assert "C5 judged: Not checkable" in watch(desk, "9", lang="en")


# -- ties ------------------------------------------------------------------------------------------


def test_the_cursor_stays_on_the_tie_that_was_accepted_and_a_colleagues_tie_stands(desk):
    desk.relate("C3", "C6", "repeats", by="reviewer-2")
    screen = watch(desk, ":", ("write", "3"), "enter", "r", "space", "backspace", "backspace", lang="en")
    assert told(desk, 2) == [("claim.related", "C3", "reviewer-1"), ("claim.unrelated", "C3", "reviewer-1")]
    assert [(each.other, each.by) for each in desk.claim("C3").relations] == [("C6", "reviewer-2")]
    assert "reviewer-2 made this tie" in screen


def test_undo_and_redo_work_on_the_sheets(desk):
    screen = watch(desk, ":", ("write", "3"), "enter", "r", "space", "u")
    assert told(desk, 1) == [("event.undone", "C3", "reviewer-1")]
    assert "关系与计算" in screen
    screen = watch(desk, "g", "space", "u", "U")
    assert told(desk, 1) == [("event.redone", "R1", "reviewer-1")]
    assert "读法：听成" in screen


def test_a_claim_that_follows_from_another_is_not_merged_into_it(desk):
    desk.relate("C5", "C6", "depends_on")
    screen = watch(desk, "r", "m", lang="en")
    assert told(desk, 1)[0][0] == "claim.related"
    assert "C6 does not say the same" in screen


# -- the list --------------------------------------------------------------------------------------


def test_a_claim_added_undone_and_redone_leaves_no_dead_row(desk):
    adding = ("v", "enter", "right", "right", "enter", "enter")
    screen = watch(desk, *adding, "u")
    assert re.search(r"\d/7 ", screen)
    assert "没有符合筛选的主张" not in screen
    screen = watch(desk, "U")
    assert told(desk, 1) == [("event.redone", "C8", "reviewer-1")]
    screen = watch(desk, "u", "U")
    assert re.search(r"\d/8 ", screen)
    assert "▸  C8" in screen


# -- what an act did -------------------------------------------------------------------------------


def test_an_act_that_takes_a_verdict_away_says_so_before_and_after(desk):
    desk.decide("C5", "not_checkable")
    assert "this takes its verdict away" in watch(desk, "home", "w", lang="en")
    screen = watch(desk, "home", "w", "end", "!", "enter", lang="en")
    assert told(desk, 1)[0][0] == "claim.reworded"
    assert "C5 reworded; its verdict fell, judge it again" in screen
    assert "takes its verdict away" not in watch(desk, "home", "w", lang="en")


@pytest.mark.parametrize(("lang", "why"), [("zh", "重开原因：未写理由"), ("en", "reopened: no reason given")])
def test_why_a_claim_came_back_is_said_in_the_readers_language(desk, lang, why):
    desk.decide("C5", "not_checkable")
    assert why in watch(desk, "home", "R", "enter", lang=lang)


def test_undo_names_what_it_undid(desk):
    assert "undone: C1 merged into C2" in watch(desk, "j", "m", "enter", "u", lang="en")


def test_messages_go_when_the_next_act_begins(desk):
    assert "redone" in watch(desk, "9", "u", "U", lang="en")
    assert "redone" not in watch(desk, "u", "U", "j", lang="en")


def test_today_counts_claims_whose_verdict_stands(desk):
    desk.decide("C5", "not_checkable")
    desk.decide("C5", "source_unclear")
    today = next(desk.events()).time[:10]
    assert pace(desk.events(by="reviewer-1"), today).today == 1
    desk.undo()
    desk.undo()
    assert [type(each.body) for each in desk.events()][:2] == [bodies.EventUndone] * 2
    assert pace(desk.events(by="reviewer-1"), today).today == 0


# -- drafts and pastes -----------------------------------------------------------------------------


def test_words_for_one_link_never_go_to_another_and_are_offered_again(desk):
    screen = watch(desk, ("paste", LINK), "tab", ("write", "sixty"), "escape", ("paste", OTHER), lang="en")
    assert "sixty" not in screen
    assert f"a draft for another link is kept, paste that again: {LINK}" in screen
    assert "sixty" in watch(desk, ("paste", LINK))
    assert OTHER in watch(desk, "e", ("paste", OTHER))
    assert "sixty" not in watch(desk, ("paste", LINK), ("paste", OTHER))


def test_a_pasted_quotation_is_not_replaced_by_a_draft(desk):
    screen = watch(desk, ("paste", LINK), "tab", ("write", "sixty"), "escape", ("paste", "seventy\ntimes"))
    assert "引文 seventy times" in screen
    assert "sixty" not in screen


def test_an_address_without_a_scheme_is_a_link(desk):
    watch(desk, ("paste", "www.example.com/x"), *BARE)
    assert desk.claim("C5").evidence[0].url == "https://www.example.com/x"
    watch(desk, "e", ("write", "example.org/y"), *BARE)
    assert desk.claim("C5").evidence[1].url == "https://example.org/y"


def test_of_two_pasted_links_the_first_is_taken_and_that_is_said(desk):
    screen = watch(desk, ("paste", f"{LINK}\n{OTHER}\n"), lang="en", columns=80, rows=24)
    assert "2 links pasted: the first is taken, paste the others one by one" in screen
    watch(desk, ("paste", f"{LINK}\n{OTHER}\n"), *BARE)
    assert [each.url for each in desk.claim("C5").evidence] == [LINK]


# -- marks, merging, splitting ---------------------------------------------------------------------


def test_escape_takes_marks_away_and_marked_claims_are_named_before_an_act(desk):
    watch(desk, "x", "x", "escape", "space")
    assert told(desk, 1) == [("claim.accepted", "C3", "reviewer-1")]
    screen = watch(desk, "home", "x", "x", ":", "7", "enter", "space", lang="en")
    assert told(desk, 1) == [("claim.accepted", "C3", "reviewer-1")]
    assert "Accept 2 marked claims: C2 C5?" in screen
    assert "Why dismiss 1 marked claim: C5?" in watch(desk, "home", "x", "backspace", lang="en")


def test_a_merge_of_marked_claims_names_them_and_proposes_no_others(desk):
    screen = watch(desk, "end", "x", ":", ("write", "2"), "enter", "m", lang="en")
    assert "1 marked claim: C7" in screen
    assert "▸ claims C7" in screen


def test_a_merge_proposes_no_claim_that_has_a_verdict(desk):
    desk.decide("C1", "not_checkable")
    screen = watch(desk, ":", ("write", "2"), "enter", "m")
    assert "▸ 主张  C… C…" in screen


def test_an_identical_claim_is_not_split_off(desk):
    screen = watch(desk, "s", "enter")
    assert told(desk, 1)[0][0] == "source.extracted"
    assert "不算拆分" in screen


# -- looking ---------------------------------------------------------------------------------------


def test_the_objection_stays_in_sight_after_the_settlement(disputed):
    disputed.settle("C5", "refuted", because="too high")
    screen = watch(disputed, "home", columns=200, rows=60, lang="en")
    assert "disputed by reviewer-2: it is a sum" in screen
    assert "too high" in screen


@pytest.mark.parametrize("key", ["5", "D", "S", "t", "backspace", "w", "s"])
def test_what_a_dismissed_claim_is_not_open_to_opens_no_form(desk, key):
    desk.dismiss("C5", reason="trivial")
    screen = watch(desk, "home", key, lang="en")
    assert told(desk, 1)[0][0] == "claim.dismissed"
    assert "→ R reopen" in screen
    assert "Esc leaves" not in screen
    assert "Esc cancels" not in screen


@pytest.mark.parametrize(("key", "way"), [("S", "→ D dispute"), ("backspace", "→ R reopen")])
def test_the_way_on_depends_on_the_act_and_the_state(desk, key, way):
    desk.decide("C5", "not_checkable")
    assert way in watch(desk, "home", key, lang="en")


def test_what_a_published_claim_is_not_open_to_opens_no_form(desk):
    desk.decide("C5", "not_checkable")
    desk.confirm("C5", by="reviewer-2")
    desk.export("markdown", draft=False)
    assert desk.claim("C5").state == "published"
    screen = watch(desk, "home", "5", lang="en")
    assert "C5 is published; this act is not open to it now." in screen
    assert "Verdict on C5" not in screen


def test_a_way_out_names_the_key_and_no_command(desk):
    desk.decide("C5", "not_checkable")
    screen = watch(desk, "home", "C", lang="en")
    assert "→ ask another person: C confirm" in screen


def test_o_opens_the_first_link_also_when_a_file_is_chosen(desk, tmp_path, monkeypatch):
    (tmp_path / "note.txt").write_text("60 × 3e9", "utf-8")
    for what in (tmp_path / "note.txt", LINK, OTHER):
        desk.attach("C5", what, stance="context")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    async def story(*keys):
        async with looking(desk) as eyes:
            await eyes.press(*keys, "o")
            return eyes.app.clipboard

    assert asyncio.run(story("tab", "tab")) == LINK
    assert asyncio.run(story()) == LINK
    assert asyncio.run(story("tab", "tab", "j", "j")) == OTHER


def test_a_calculation_that_is_an_equation_is_not_made_another_one():
    whole = Calculation("14 × x = 1.8e11", (), "1.29e10", "conditional", ())
    assert "14 × x = 1.8e11\n" in text_of(calculation_rows(whole, 60, "en"))
    open_ = Calculation("60 × 3e9", (), "1.8e11", "yes", ())
    assert "60 × 3e9 = 1.8e11\n" in text_of(calculation_rows(open_, 60, "en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_the_help_is_cut_on_a_small_terminal(desk, lang):
    pages = watch(desk, "question_mark", lang=lang, columns=80, rows=60)
    assert [line for line in pages.splitlines() if "…" in line] == []
    assert re.findall(r"\b([a-z]+)  \1\b", pages) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_of_the_help_is_seen_at_once_on_a_middling_terminal(desk, lang):
    assert "↓" not in watch(desk, "question_mark", lang=lang, columns=120, rows=40)


def test_one_is_not_counted_in_the_plural(desk):
    screen = watch(desk, "g", lang="en")
    assert "1 place" in screen
    assert "1 places" not in screen


def test_selecting_says_how_far_a_key_moves(tmp_path):
    case = make_desk(tmp_path / "one")
    assert "逐字移到起点" in watch(case, "v", columns=80, rows=24)
    case.close()


def test_enter_chooses_no_reason_to_dismiss_for_anybody(desk):
    size = desk.head.size
    screen = watch(desk, "backspace", "enter", lang="en")
    assert desk.head.size == size
    assert "press a digit: why?" in screen
    watch(desk, "backspace", "4", lang="en")
    assert told(desk, 1)[0][0] == "claim.dismissed"
