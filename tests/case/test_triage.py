"""Triage: suggestions become claims, are put aside, merged and split; and everything can be taken back."""

import pytest

from factcheck.errors import NotFound, Refused, Usage

LINK = "https://example.org/statement"


def test_suggestions_are_numbered_in_the_order_of_the_text(case):
    places = [claim.mentions[0].start for claim in case.claims("S1")]
    assert places == sorted(places)
    assert [claim.id for claim in case.claims("S1")] == [f"C{n}" for n in range(1, len(places) + 1)]


def test_every_mention_stands_where_it_says(case):
    text = case.text("S1")
    for claim in case.claims():
        for mention in claim.mentions:
            assert text[mention.start : mention.end] == mention.quote


def test_several_are_accepted_in_one_act_of_several_lines(case):
    events = case.accept("C1", "C2")
    assert [(event.kind, event.subject) for event in events] == [
        ("claim.accepted", "C1"),
        ("claim.accepted", "C2"),
    ]
    with pytest.raises(Refused):
        case.accept("C3", "C1")
    assert case.claim("C3").state == "suggested"


def test_a_dismissal_has_a_reason_and_comes_back(case):
    case.dismiss("C1", reason="4")
    assert (case.claim("C1").state, case.claim("C1").reason) == ("dismissed", "opinion")
    case.reopen("C1", because="it names a person")
    assert case.claim("C1").state == "suggested"
    with pytest.raises(Usage, match="no such reason"):
        case.dismiss("C1", reason="boring")


def test_a_merge_brings_mentions_and_evidence(case):
    case.attach("C2", LINK, stance="context")
    case.merge("C1", "C2")
    assert len(case.claim("C1").mentions) == 2
    assert [each.id for each in case.claim("C1").evidence] == ["E1"]
    assert (case.claim("C2").state, case.claim("C2").merged_into) == ("merged", "C1")
    case.undo()
    assert len(case.claim("C1").mentions) == 1
    assert [each.id for each in case.claim("C2").evidence] == ["E1"]


def test_a_split_makes_a_claim_with_a_number_nobody_had(case):
    new = f"C{case.numbers()[-1] + 1}"
    case.split("C1", "蒋璐负责 AI 视频。")
    assert case.claim(new).mentions == case.claim("C1").mentions
    case.undo()
    with pytest.raises(NotFound):
        case.claim(new)
    case.split("C1", "另一条")
    assert case.claim(f"C{int(new[1:]) + 1}").statement == "另一条"


def test_a_missed_claim_is_made_from_the_words_or_a_span(case):
    text = case.text("S1")
    start = text.index("Globex")
    added = case.add("S1", start=start, end=start + 6)
    assert added.mentions[0].quote == "Globex"
    with pytest.raises(Refused, match="2 places"):
        case.add("S1", "抖音 CEO")
    with pytest.raises(Refused, match="not in the source"):
        case.add("S1", "nobody said this")


def test_a_contradiction_is_held_by_both_and_a_derivation_by_one(case):
    case.relate("C1", "C2", "contradicts", why="same post")
    case.relate("C1", "C3", "derives_from")
    held = {
        claim: [(t.kind, t.other) for t in case.claim(claim).relations if t.by]
        for claim in ("C1", "C2", "C3")
    }
    assert held == {
        "C1": [("contradicts", "C2"), ("derives_from", "C3")],
        "C2": [("contradicts", "C1")],
        "C3": [],
    }
    case.unrelate("C1", "C2", "contradicts")
    assert [tie.other for tie in case.claim("C2").relations if tie.by] == []


def test_undo_takes_back_ones_own_latest_act_and_redo_brings_it_again(case):
    case.accept("C1")
    case.reword("C1", "蒋路转投 TikTok。")
    case.undo()
    assert case.claim("C1").statement != "蒋路转投 TikTok。"
    case.undo()
    assert case.claim("C1").state == "suggested"
    case.redo()
    assert case.claim("C1").state == "accepted"
    case.redo()
    assert case.claim("C1").statement == "蒋路转投 TikTok。"


def test_what_somebody_built_upon_is_not_undone(case):
    case.decide("C1", "9")
    case.confirm("C1", by="reviewer-2")
    with pytest.raises(Refused, match="reviewer-2 has since built upon it"):
        case.undo()


def test_what_was_exported_is_not_undone(case):
    case.decide("C1", "9")
    case.confirm("C1", by="reviewer-2")
    case.export("jsonl", by="lead-1")
    with pytest.raises(Refused, match="built upon it"):
        case.undo(by="reviewer-2")
    assert case.claim("C1").state == "published"


def test_a_reading_is_accepted_for_all_its_places_and_leaves_the_source_alone(example):
    from factcheck.case import Case

    bundled = Case.open(example, by="reviewer-1")
    proposed = next(each for each in bundled.readings("S1") if each.state == "proposed")
    text = bundled.text("S1")
    bundled.read(proposed.id)
    assert bundled.reading(proposed.id).state == "accepted"
    assert bundled.text("S1") == text
    bundled.undo()
    bundled.reject(proposed.id)
    assert bundled.reading(proposed.id).state == "rejected"
    assert bundled.audit().findings == ()
    bundled.close()


def test_two_chinese_characters_find_a_claim(case):
    assert [claim.id for claim in case.search("蒋璐")] == [
        claim.id for claim in case.claims() if "蒋璐" in claim.statement + claim.mentions[0].quote
    ]
    assert case.search("没有人说过的话") == []


def test_withdrawn_evidence_is_no_support_any_more(case):
    case.attach("C1", LINK, stance="supports")
    case.withdraw("E1", because="the page is a parody")
    with pytest.raises(Refused, match="no evidence"):
        case.decide("C1", "supported", because="x")
    with pytest.raises(Refused, match="withdrawn before"):
        case.withdraw("E1")


def test_a_claim_with_a_verdict_is_never_merged_away(case):
    case.decide("C2", "9")
    with pytest.raises(Refused, match="verdict that would be lost"):
        case.merge("C1", "C2")
    case.merge("C2", "C1")
    assert case.claim("C1").merged_into == "C2"


def test_undo_goes_past_what_cannot_be_undone(case, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("joined as research lead")
    case.accept("C1")
    case.attach("C2", page, quote="research lead", stance="supports")
    case.undo()
    case.undo()
    assert case.claim("C1").state == "suggested"
    assert [capture.id for capture in case.captures()] == ["K1"]
