"""What the keys do: asserted on the ledger's lines first, on the screen last."""

import asyncio
import json
import re

import pytest
from conftest import make_desk
from looking import BARE, LINK, SIZES, looking, told, watch

from factcheck.case import Case


def test_space_accepts_and_goes_to_the_next_suggestion(desk):
    screen = watch(desk, "space")
    assert told(desk, 1) == [("claim.accepted", "C5", "reviewer-1")]
    assert "▸  C2" in screen


def test_backspace_and_a_digit_dismiss_with_the_reason_of_that_digit(desk):
    watch(desk, "backspace", "4")
    assert told(desk, 1) == [("claim.dismissed", "C5", "reviewer-1")]
    assert desk.claim("C5").reason == "opinion"


def test_an_opinion_takes_one_key_and_goes_on(desk):
    screen = watch(desk, "9")
    assert told(desk, 1) == [("verdict.recorded", "C5", "reviewer-1")]
    assert desk.claim("C5").verdict.rating == "not_checkable"
    assert "▸  C2" in screen


def test_full_width_keys_do_the_same(desk):
    watch(desk, "９", "ｕ")
    assert told(desk, 2) == [("verdict.recorded", "C5", "reviewer-1"), ("event.undone", "C5", "reviewer-1")]


def test_undo_returns_to_the_claim_and_redo_brings_the_act_back(desk):
    screen = watch(desk, "9", "9", "u")
    assert "▸  C2" in screen
    watch(desk, "U")
    assert told(desk, 2) == [("event.undone", "C2", "reviewer-1"), ("event.redone", "C2", "reviewer-1")]
    assert desk.claim("C2").verdict.rating == "not_checkable"


def test_a_refused_verdict_stays_in_its_box_with_every_word(desk):
    screen = watch(desk, "1", ("write", "蒋璐"), "enter", lang="en")
    assert told(desk, 1) == [("source.extracted", "S1", "tool:hand/1")]
    assert "▸ because 蒋璐" in screen
    assert "C5 has no evidence yet." in screen
    assert "→ e evidence" in screen


def test_what_was_written_is_there_again_after_escape_and_after_a_restart(desk):
    watch(desk, "1", ("write", "half a sentence"), "escape")
    assert "▸ 理由 half a sentence" in watch(desk, "1")
    assert "▸ 理由 half a sentence" in watch(Case.open(desk.folder, by="reviewer-1"), "1")


def test_a_recorded_verdict_leaves_no_draft_behind(desk):
    watch(desk, ("paste", LINK), *BARE, "1", ("write", " because"), "enter")
    assert json.loads(desk.drafts_file.read_text("utf-8")) == {}


def test_the_second_person_confirms_with_one_key(desk):
    desk.decide("C5", "not_checkable", by="reviewer-1")
    watch(desk, "W", ("write", "reviewer-2"), "enter", "home", "C")
    assert told(desk, 1) == [("verdict.confirmed", "C5", "reviewer-2")]


def test_nobody_confirms_a_verdict_of_their_own(desk):
    desk.decide("C5", "not_checkable")
    screen = watch(desk, "home", "C", lang="en")
    assert told(desk, 1)[0][0] == "verdict.recorded"
    assert "reviewer-1 judged C5; somebody else must confirm it." in screen


def test_a_dispute_says_why_and_a_third_person_settles_it(desk):
    desk.decide("C5", "not_checkable")
    watch(desk, "W", ("write", "reviewer-2"), "enter", "home", "D", ("write", "it is a sum"), "enter")
    assert desk.claim("C5").dispute == "it is a sum"
    desk.attach("C5", LINK, quote="1.8e11", stance="refutes")
    watch(desk, "W", ("write", "lead-1"), "enter", "home", "S", "5", ("write", "too high"), "enter")
    assert told(desk, 1) == [("verdict.settled", "C5", "lead-1")]
    assert desk.claim("C5").verdict.rating == "refuted"


def test_a_judged_claim_can_be_reopened(desk):
    desk.decide("C5", "not_checkable")
    screen = watch(desk, "home", "R", ("write", "new numbers"), "enter")
    assert told(desk, 1) == [("claim.reopened", "C5", "reviewer-1")]
    assert "new numbers" in screen


def test_several_marked_claims_are_accepted_at_once(desk):
    watch(desk, "x", "x", "space", "1")
    assert told(desk, 2) == [("claim.accepted", "C2", "reviewer-1"), ("claim.accepted", "C5", "reviewer-1")]


def test_merging_proposes_the_group_and_takes_its_mentions(desk):
    screen = watch(desk, "j", "m")
    assert "C1 VideoPoet 的负责人蒋路加入 TikTok。" in screen
    watch(desk, "home", "j", "m", "enter")
    assert told(desk, 1) == [("claim.merged", "C2", "reviewer-1")]
    assert len(desk.claim("C2").mentions) == 2


def test_rewording_retyping_and_splitting_are_one_box_each(desk):
    watch(desk, "w", "end", "!", "enter", "t", "3", "s", "ctrl+u", ("write", "a part"), "enter")
    assert told(desk, 3) == [
        ("claim.reworded", "C5", "reviewer-1"), ("claim.retyped", "C5", "reviewer-1"), ("claim.split", "C5", "reviewer-1")
    ]  # fmt: skip
    assert desk.claim("C5").type == "quantity"
    assert desk.claim("C8").statement == "a part"


def test_words_selected_in_the_source_become_a_claim_with_their_exact_place(desk):
    watch(desk, "v", "enter", "right", "right", "enter", "ctrl+u", ("write", "sixty"), "enter")
    new = desk.claim("C8")
    assert (new.statement, new.mentions[0].quote) == ("sixty", "60 次")
    assert desk.text("S1")[new.mentions[0].start : new.mentions[0].end] == "60 次"


def test_selected_words_can_be_another_mention_of_the_open_claim(desk):
    watch(desk, "v", "up", "enter", "right", "enter", "tab", "tab", "2", "enter")
    assert told(desk, 1) == [("mention.added", "C5", "reviewer-1")]


def test_relations_are_made_accepted_and_turned_down(desk):
    watch(desk, "l", ("write", "c6"), "tab", "4", "enter")
    assert [(each.kind, each.other) for each in desk.claim("C5").relations] == [("depends_on", "C6")]
    watch(desk, "j", "j", "r", "space")
    assert told(desk, 1) == [("claim.related", "C3", "reviewer-1")]
    watch(desk, "home", "j", "j", "r", "backspace")
    assert told(desk, 1) == [("claim.unrelated", "C3", "reviewer-1")]


def test_a_reading_is_accepted_for_all_its_places(desk):
    screen = watch(desk, "g", "space")
    assert told(desk, 1) == [("reading.accepted", "R1", "reviewer-1")]
    assert "✔ 已采纳   2 处" in screen
    assert "VideoPort⟦VideoPoet⟧" in watch(desk)


def test_a_comment_and_a_jump_are_one_box_each(desk):
    watch(desk, "c", ("write", "look at the date"), "enter")
    assert desk.claim("C5").notes[0].text == "look at the date"
    assert "▸  C7" in watch(desk, "colon", "7", "enter")
    assert "▸  C6" in watch(desk, "colon", ("write", "maria"), "enter")
    assert "there is no 'nobody' here." in watch(desk, "colon", ("write", "nobody"), "enter", lang="en")


def test_the_filter_narrows_the_list_and_says_so(desk):
    desk.accept("C3")
    screen = watch(desk, "slash", "down", "4", "enter")
    assert "1/1  按优先级 · 待判定" in screen
    assert "C3" in screen
    screen = watch(desk, "slash", ("write", "nowhere"), "enter")
    assert "没有符合筛选的主张" in screen


def test_the_person_is_asked_once_and_remembered(desk, own_world, world):
    desk.by = ""
    screen = watch(desk, ("write", "reviewer-9"), "enter", "space", environ=world)
    assert told(desk, 1) == [("claim.accepted", "C5", "reviewer-9")]
    assert 'by = "reviewer-9"' in (own_world / "config" / "factcheck" / "config.toml").read_text("utf-8")
    assert "reviewer-9" in screen


def test_looking_needs_no_name_and_acting_asks_for_it(desk, world):
    desk.by = ""
    screen = watch(desk, "escape", "j", "space", environ=world)
    assert "您是谁" in screen
    assert told(desk, 1)[0][0] == "source.extracted"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk):
    async def story():
        async with looking(desk, lang="en") as eyes:
            other = Case.open(desk.folder, by="reviewer-2")
            other.reword("C5", "Sixty inferences cost 14 times as much.")
            other.close()
            await eyes.press("space")
            return eyes.text()

    screen = asyncio.run(story())
    assert told(desk, 1) == [("claim.reworded", "C5", "reviewer-2")]
    assert "C5 has changed since" in screen
    assert "Sixty inferences cost 14 times as much." in screen


def test_other_peoples_events_appear_by_themselves(desk):
    async def story():
        async with looking(desk) as eyes:
            other = Case.open(desk.folder, by="reviewer-2")
            other.accept("C5")
            other.close()
            eyes.app.screen.poll()
            await eyes.settle()
            return eyes.text()

    assert "▸  C5 ◇ 待判定" in asyncio.run(story())


def test_nothing_is_repainted_by_others_while_somebody_writes(desk):
    async def story():
        async with looking(desk) as eyes:
            await eyes.press("w")
            other = Case.open(desk.folder, by="reviewer-2")
            other.accept("C5")
            other.close()
            before = desk.head
            eyes.app.screen.poll()
            assert desk.head == before

    asyncio.run(story())


@pytest.mark.parametrize("columns", [50, 60, 99, 100, 159, 160, 250])
def test_any_size_is_filled_to_its_last_cell(desk, columns):
    watch(desk, "e", "escape", "question_mark", columns=columns, rows=20)


def test_the_layout_follows_the_window(desk):
    async def story():
        async with looking(desk, 200, 60) as eyes:
            for columns, rows in (*SIZES, (81, 25), (119, 30)):
                await eyes.pilot.resize_terminal(columns, rows)
                await eyes.settle()
                assert eyes.widths() == {columns}
                assert len(eyes.text().splitlines()) == rows
                assert ("判定键" in eyes.text()) == (columns >= 100)
                assert "60 次推理的成本是" in eyes.text()

    asyncio.run(story())


def test_the_source_column_stops_at_76_cells_on_a_wide_screen(desk):
    async def story():
        async with looking(desk, 200, 60) as eyes:
            assert eyes.app.screen.source.size.width == 78  # 76 and the gutter

    asyncio.run(story())


def test_a_case_that_cannot_be_written_says_so(tmp_path, monkeypatch):
    case = make_desk(tmp_path / "desk")
    monkeypatch.setattr(type(case._ledger), "writing", _full)
    screen = watch(case, "space", lang="en")
    case.close()
    assert "No space left on device" in screen


def _full(_ledger):
    raise OSError(28, "No space left on device")


def test_scrolling_reads_on_beyond_what_was_laid_out(tmp_path):
    text = "".join(f"第{n}句话说的是人工智能与短视频的关系。\n" for n in range(2000))
    case = make_desk(tmp_path / "long", text, [("第1000句话", "主张", "event", "yes", 0, "", ())])
    screen = watch(case, "tab", *["pagedown"] * 12)
    case.close()
    assert max(map(int, re.findall(r"第(\d+)句话", screen))) > 1300


def test_an_untouched_proposal_is_no_draft(desk):
    desk.attach("C5", LINK, quote="one", stance="refutes")
    watch(desk, "5", "up", "4", "escape")
    desk.attach("C5", LINK, quote="two", stance="refutes")
    assert "▸ 理由 one (example.org); two (example.org)" in watch(desk, "5")


def test_undoing_a_split_takes_the_new_claim_out_of_the_list(desk):
    assert "1/8" in watch(desk, "s", "ctrl+u", ("write", "a part"), "enter")
    assert "1/7" in watch(desk, "u")


def test_a_click_opens_the_claim_under_it(desk):
    async def story():
        async with looking(desk) as eyes:
            await eyes.pilot.click("#queue", offset=(5, 4))
            await eyes.settle()
            return eyes.app.screen.claim.id

    assert asyncio.run(story()) == "C3"


def test_the_statement_goes_to_the_clipboard(desk):
    async def story():
        async with looking(desk) as eyes:
            await eyes.press("y")
            return eyes.app.clipboard

    assert asyncio.run(story()) == "C5 60 次推理的成本是 GPT-4 推理成本的 14 倍以上。"


def test_control_c_ends_nothing_and_says_what_does(desk):
    assert "按 q 退出" in watch(desk, "ctrl+c")


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (30, 8), (300, 100)])
def test_absurd_sizes_break_nothing(desk, columns, rows):
    watch(desk, "5", "escape", "e", "escape", "r", "escape", "question_mark", columns=columns, rows=rows)


def test_coverage_lists_every_sentence_and_leads_to_its_claim(desk):
    screen = watch(desk, "V", lang="en")
    assert "10/10 sentences · all" in screen
    assert "▸ claim    ○C5" in screen
    assert "▸  C7" in watch(desk, "V", "j", "j", "enter")
    assert told(desk, 1)[0][0] == "source.extracted"


def test_a_sentence_without_a_claim_is_made_into_one_from_the_coverage(desk):
    before = watch(desk, "V", "slash", "slash", lang="en")
    assert "3/10 sentences · only what has no class" in before
    watch(desk, "V", "slash", "slash", "home", "enter", "enter")
    assert told(desk, 1) == [("claim.added", "C8", "reviewer-1")]
    mention = desk.claim("C8").mentions[0]
    assert desk.text("S1")[mention.start : mention.end] == mention.quote
    after = watch(desk, "V", "slash", "slash", lang="en")
    assert "2/10 sentences · only what has no class" in after


def test_a_coverage_without_anything_says_what_to_do(desk):
    for claim in desk.claims():
        desk.dismiss(claim.id, reason="trivial")
    assert "按 / 换一种看法" in watch(desk, "V", "slash", "enter")


def test_coverage_of_a_long_source_lays_out_only_what_is_near(tmp_path):
    text = "".join(f"第 {n} 句话说的是蒋璐转投 TikTok。\n" for n in range(3000))
    suggested = (("蒋璐转投 TikTok", "蒋璐转投 TikTok。", "personnel_move", "yes", 900, "", ()),)
    case = make_desk(tmp_path / "long", text, suggested)

    async def story():
        async with looking(case, 120, 40, "en") as eyes:
            await eyes.press("V", "end", "k", "pageup")
            return len(eyes.screen.laid), eyes.screen.place

    laid, place = asyncio.run(story())
    assert laid < 200
    assert 2900 < place < 2999
    case.close()


def test_the_places_of_a_merged_claim_stand_side_by_side(desk):
    desk.merge("C2", "C1")
    screen = watch(desk, "colon", ("write", "C2"), "enter", "r", lang="en")
    assert "mention 2/2" in screen
    assert "蒋路加入 TikTok │" in screen or "蒋璐转投" in screen


def test_a_proposal_that_is_turned_down_on_the_relations_sheet_stays_down(desk):
    watch(desk, ("write", ":"), ("write", "C3"), "enter", "r", "backspace", "escape")
    assert told(desk, 1) == [("claim.unrelated", "C3", "reviewer-1")]
    assert desk.claim("C3").relations == desk.claim("C4").relations == ()
    watch(desk, ("write", ":"), ("write", "C1"), "enter", "r", "backspace", "escape")
    assert desk.same_group(desk.claim("C1")) == desk.same_group(desk.claim("C2")) == []


def test_a_decided_reading_shows_in_the_suggestions_at_once(desk):
    screen = watch(desk, "g", "backspace", "escape", lang="en")
    assert told(desk, 1)[0][0] == "reading.rejected"
    rejected = next(each for each in desk.readings() if each.state == "rejected")
    assert all(
        rejected.heard in claim.statement
        for claim in desk.claims()
        if rejected.heard in claim.mentions[0].quote
    )
    assert f"{rejected.heard} " in screen


def test_the_source_is_extracted_again_from_the_screen(desk):
    screen = watch(desk, "space", "G", "1", lang="en")
    assert told(desk, 2) == [
        ("claim.accepted", "C5", "reviewer-1"),
        ("source.extracted", "S1", desk.trail("S1")[-1].by),
    ]
    assert "superseded" in screen
    assert desk.claim("C5").state == "accepted"


def test_a_calculation_is_worked_out_while_it_is_typed_and_then_recorded(desk):
    keys = ("equals_sign", ("write", "14 * x = n * 3e9 参数"))
    assert "only one name may be without a value" in watch(desk, *keys, lang="en")
    keys = ("down", ("write", "n = 60 次: C5"))
    assert "x = 1.28571e10 参数·次" in watch(desk, "equals_sign", *keys, lang="en")
    screen = watch(desk, "equals_sign", "enter", lang="en")
    assert told(desk, 1) == [("calculation.recorded", "C5", "reviewer-1")]
    assert desk.claim("C5").calculations[-1].origins == ("C5",)
    assert "calculation recorded" in screen
    watch(desk, "u")
    assert told(desk, 1) == [("event.undone", "C5", "reviewer-1")]


def test_a_calculation_can_be_begun_from_the_relations_sheet(desk):
    assert "Calculate C5" in watch(desk, "r", "equals_sign", lang="en")


def test_the_reasons_of_a_suggestion_are_a_sum_on_the_screen(desk):
    screen = watch(desk, "i", lang="en")
    assert "The sum of its priority" in screen
    assert "+5.25" in screen
    assert "= 5.25  priority" in screen
    desk.add("S1", "会议实录")
    assert "A person made this claim" in watch(desk, ("write", ":"), ("write", "C8"), "enter", "i", lang="en")


def test_one_of_several_mentions_gets_a_finding_of_its_own(desk):
    assert "C5 is said at one place" in watch(desk, "f", lang="en")
    desk.merge("C2", "C1")
    screen = watch(
        desk, ("write", ":"), ("write", "C2"), "enter", "right_square_bracket", "f", "5", "tab",
        ("write", "misheard"), "enter", lang="en",
    )  # fmt: skip
    assert told(desk, 1) == [("mention.rated", "C2", "reviewer-1")]
    assert [each.because for each in desk.claim("C2").rated] == ["misheard"]
    assert desk.claim("C2").rated[0].mention == desk.claim("C2").mentions[1]
    assert "single mentions" in screen


def test_the_screen_says_which_version_the_words_stand_in(desk, tmp_path):
    desk.accept("C5")
    desk.accept("C7")
    newer = tmp_path / "newer.txt"
    newer.write_text(desk.text("S1").replace(", and I think it will change everything", ""), "utf-8")
    desk.ingest(newer, replaces="S1")
    assert "replaces S1" in watch(desk, ("write", ":"), ("write", "C5"), "enter", lang="en")
    assert "replaced by S2" in watch(desk, ("write", ":"), ("write", "C7"), "enter", lang="en")
