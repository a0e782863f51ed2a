"""A verdict stands on what it was given: whatever changes under it sends the claim back, with the reason."""

import pytest

from factcheck.case import Case
from factcheck.errors import Refused

PACK = '[[entity]]\nname = "VideoPoet"\nkind = "product"\nheard = ["VideoPort"]\n'
TEXT = "最近 VideoPort 的负责人蒋璐转投 TikTok。VideoPort 是谷歌的产品。去年抖音 CEO 张楠辞去职务。\n"


@pytest.fixture
def judged(tmp_path):
    """A case with a reading of words in its first claims, both judged by two people."""
    case = Case.create(tmp_path / "case", "reviewer-1")
    packs = case.folder / "claims" / "packs"
    packs.mkdir()
    (packs / "names.toml").write_text(PACK, "utf-8")
    paper = tmp_path / "talk.txt"
    paper.write_text(TEXT, "utf-8")
    case.ingest(paper)
    for claim in ("C1", "C2", "C3"):
        case.decide(claim, "source_unclear")
    for claim in ("C1", "C3"):
        case.confirm(claim, by="reviewer-2")
    yield case
    assert case.audit().findings == ()
    case.close()


def states(case):
    return [(each.id, str(each.state), each.reopened) for each in case.claims()]


def test_a_decision_about_misheard_words_takes_the_verdicts_on_them_with_it(judged):
    event = judged.read("R1")[0]
    assert [ref.subject for ref in event.also] == ["C1", "C2"]
    assert states(judged) == [
        ("C1", "accepted", "reading changed"),
        ("C2", "accepted", "reading changed"),
        ("C3", "confirmed", ""),
    ]
    with pytest.raises(Refused, match="no verdict yet"):
        judged.export()


def test_a_verdict_names_the_readings_it_stands_on(judged):
    judged.read("R1")
    judged.decide("C1", "source_unclear")
    assert judged.claim("C1").verdict.readings == ("R1",)
    assert judged.claim("C3").verdict.readings == ()
    judged.reject("R1")
    assert judged.claim("C1").reopened == "reading changed"


def test_taking_the_decision_back_brings_the_verdicts_back(judged):
    judged.read("R1")
    judged.undo()
    assert [state for _, state, _ in states(judged)] == ["confirmed", "judged", "confirmed"]
    judged.redo()
    assert [state for _, state, _ in states(judged)] == ["accepted", "accepted", "confirmed"]


def test_a_claim_that_was_judged_anew_keeps_the_decision_from_being_taken_back(judged):
    judged.read("R1")
    judged.decide("C1", "source_unclear", by="reviewer-2")
    with pytest.raises(Refused, match="built upon it"):
        judged.undo("R1")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda case: case.reword("C1", "otherwise"), "reworded"),
        (lambda case: case.mention("C1", "S1", "谷歌的产品"), "mention added"),
        (lambda case: case.split("C1", "a part"), "split"),
        (lambda case: case.merge("C1", case.add("S1", "张楠辞去").id), "merged"),
        (lambda case: case.reopen("C1", because="new facts"), "new facts"),
    ],
    ids=["reworded", "mention added", "split", "merged", "reopened"],
)
def test_every_change_under_a_verdict_is_its_reason_to_come_back(judged, change, why):
    change(judged)
    assert (judged.claim("C1").state, judged.claim("C1").reopened) == ("accepted", why)
    assert "undecided" in [each.code for each in judged.gates()]
