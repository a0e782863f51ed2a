"""Ways round blind review that somebody tried: none of them tells what the first verdict was."""

import pytest
from scales import OURS

from factcheck.case import Case
from factcheck.errors import Refused


@pytest.fixture
def waiting(case):
    """reviewer-1 has judged C1 on evidence; reviewer-2 sits at the desk."""
    case.set_policy("blind", "on")
    case.attach("C1", "https://example.org/1", quote="joined", stance="supports")
    case.attach("C1", "https://example.org/2", quote="left", stance="refutes")
    case.decide("C1", "supported", because="zyzzyva", evidence=["E1"])
    case.by = "reviewer-2"
    return case


def told(case, claim="C1"):
    """All that reviewer-2 may see of a claim and its trail."""
    return repr(case.claim(claim)) + repr([each.to_line() for each in case.trail(claim)])


@pytest.mark.parametrize("way", ["reopen", "reopen and dismiss", "reopen and merge"])
def test_sending_the_claim_away_lifts_no_veil(waiting, way):
    waiting.reopen("C1", because="hm")
    if way == "reopen and dismiss":
        waiting.dismiss("C1", reason="trivial")
    elif way == "reopen and merge":
        waiting.merge("C2", "C1")
    assert "zyzzyva" not in told(waiting)
    assert waiting.search("zyzzyva") == []


def test_the_past_tells_no_more_than_today(case):
    case.attach("C1", "https://example.org/1", quote="joined", stance="supports")
    case.decide("C1", "supported", because="zyzzyva")
    moment = str(case.head.size)
    case.set_policy("blind", "on")
    case.by = "reviewer-2"
    then = case.as_of(moment)
    assert then.claim("C1").verdict is None
    assert "zyzzyva" not in repr(then.claim("C1"))
    assert then.search("zyzzyva") == []
    assert then.status()["counts_by_verdict"] == {}
    assert [each.id for each in then.claims() if each.verdict] == []
    case.decide("C1", "source_unclear")
    assert "zyzzyva" in repr(case.as_of(moment).claim("C1"))


def test_taking_evidence_away_does_not_try_out_what_the_verdict_stands_on(waiting):
    for evidence in ("E1", "E2"):
        with pytest.raises(Refused, match="second person who must not see"):
            waiting.withdraw(evidence)
    waiting.decide("C1", "not_checkable")
    waiting.withdraw("E2")


def test_a_refused_undo_names_neither_who_judged_nor_that_they_did(case):
    case.note("C1", "mine", by="reviewer-2")
    case.set_policy("blind", "on")
    case.decide("C1", "not_checkable")
    case.by = "reviewer-2"
    with pytest.raises(Refused) as refused:
        case.undo()
    assert "reviewer-1" not in str(refused.value)
    assert "verdict" not in str(refused.value)


def test_a_verdict_that_was_taken_back_is_not_told_either(waiting):
    waiting.undo(by="reviewer-1")
    assert waiting.kept_back("C1") == 2
    assert "reviewer-1" not in "".join(each.by for each in waiting.trail("C1") if "undone" in each.kind)


# -- a verdict that comes back must still stand on what it was given ---------------------------------


def test_no_undo_brings_back_a_verdict_on_another_scale(case, tmp_path):
    case.decide("C1", "not_checkable")
    case.reopen("C1", because="hm")
    ours = tmp_path / "ours.toml"
    ours.write_text(OURS, "utf-8")
    case.adopt_scale(ours)
    with pytest.raises(Refused, match="another scale"):
        case.undo("C1")


def test_no_redo_brings_back_a_verdict_on_another_scale(case, tmp_path):
    case.decide("C1", "not_checkable")
    case.undo()
    ours = tmp_path / "ours.toml"
    ours.write_text(OURS, "utf-8")
    case.adopt_scale(ours, by="lead-1")
    with pytest.raises(Refused, match="another scale"):
        case.redo()


def test_no_undo_brings_back_a_verdict_on_other_readings(tmp_path):
    case = Case.create(tmp_path / "case", "reviewer-1")
    packs = case.folder / "claims" / "packs"
    packs.mkdir()
    (packs / "names.toml").write_text('[[entity]]\nname = "VideoPoet"\nheard = ["VideoPort"]\n', "utf-8")
    paper = tmp_path / "talk.txt"
    paper.write_text("最近 VideoPort 的负责人蒋璐转投 TikTok。\n", "utf-8")
    case.ingest(paper)
    case.decide("C1", "source_unclear")
    case.reopen("C1", because="hm")
    case.read("R1", by="reviewer-2")
    with pytest.raises(Refused, match="other readings"):
        case.undo("C1")
    case.undo(by="reviewer-2")
    case.undo("C1")
    assert case.claim("C1").verdict is not None
    case.reopen("C1")
    case.read("R1", by="reviewer-2")
    case.decide("C1", "source_unclear")
    with pytest.raises(Refused, match="C1 has been judged on it since"):
        case.undo(by="reviewer-2")
    assert case.audit().findings == ()
    case.close()


def test_bringing_a_settlement_back_needs_the_right_to_settle(case):
    case.add_member("lead-1", "lead")
    for name in ("reviewer-1", "reviewer-2", "lead-2"):
        case.add_member(name, "lead" if name == "lead-2" else "reviewer", by="lead-1")
    case.decide("C1", "source_unclear")
    case.decide("C1", "not_checkable", by="reviewer-2")
    case.settle("C1", "conflicting", because="both", by="lead-2")
    case.undo(by="lead-2")
    case.add_member("lead-2", "reviewer", by="lead-1")
    with pytest.raises(Refused, match="Only a lead"):
        case.redo(by="lead-2")


def test_a_confirmation_does_not_come_back_under_blind_review(case):
    case.decide("C1", "not_checkable")
    case.confirm("C1", by="reviewer-2")
    case.undo(by="reviewer-2")
    case.set_policy("blind", "on")
    with pytest.raises(Refused, match="verdict of your own"):
        case.redo(by="reviewer-2")


def test_nobody_finds_by_words_what_was_found_before(case):
    case.decide("C1", "not_checkable", because="zyzzyva")
    case.set_policy("blind", "on")
    case.reopen("C1", because="once more")
    for person in ("", "reviewer-2"):
        case.by = person
        assert case.search("zyzzyva") == []
    case.decide("C1", "source_unclear", because="other", by="reviewer-2")
    assert case.search("zyzzyva") == []
