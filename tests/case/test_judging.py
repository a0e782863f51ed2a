"""Judging: who may record, confirm, dispute and settle, and what a verdict stands on."""

import pytest

from factcheck.errors import Conflict, Refused, Usage

LINK = "https://example.org/statement"


@pytest.fixture
def judged(case):
    """A claim that reviewer-1 has judged as supported."""
    case.attach("C1", LINK, stance="supports", quote="joined as research lead")
    case.decide("C1", "supported", because="The employer says so.")
    return case


def kinds(case, subject="C1"):
    return [event.kind for event in case.trail(subject)]


def test_a_verdict_on_a_suggestion_accepts_it_in_the_same_event(case):
    case.decide("C1", "not_checkable")
    assert kinds(case) == ["source.extracted", "verdict.recorded"][1:]
    assert case.claim("C1").state == "judged"
    assert case.trail("C1")[0].body.claim.statement == case.claim("C1").statement


def test_a_rated_verdict_needs_evidence_and_a_reason(case):
    with pytest.raises(Refused, match="no evidence"):
        case.decide("C1", "supported", because="It is so.")
    case.attach("C1", LINK, stance="supports")
    with pytest.raises(Refused, match="reason"):
        case.decide("C1", "supported")
    case.decide("C1", "1", because="It is so.")
    assert case.claim("C1").verdict.rating == "supported"


def test_an_unrated_verdict_needs_neither(case):
    case.decide("C1", "7")
    assert case.claim("C1").verdict.rating == "not_enough_evidence"


def test_the_author_of_a_verdict_is_never_its_second_signer(judged):
    with pytest.raises(Refused, match="somebody else"):
        judged.confirm("C1")
    judged.confirm("C1", by="reviewer-2")
    assert judged.claim("C1").state == "confirmed"
    assert judged.claim("C1").confirmed_by == "reviewer-2"


def test_a_second_equal_verdict_confirms_and_another_one_disputes(judged):
    judged.decide("C1", "supported", because="I see the same.", by="reviewer-2")
    assert judged.claim("C1").state == "confirmed"
    judged.undo(by="reviewer-2")
    judged.decide("C1", "misleading", because="It leaves out the team.", by="reviewer-2")
    assert judged.claim("C1").state == "disputed"
    assert judged.claim("C1").verdict.by == "reviewer-1"


def test_only_a_third_person_settles_and_both_texts_stay(judged):
    judged.dispute("C1", because="Only an intention.", by="reviewer-2")
    for party in ("reviewer-1", "reviewer-2"):
        with pytest.raises(Refused, match="party"):
            judged.settle("C1", "misleading", because="Mine.", by=party)
    judged.settle("C1", "mostly_supported", because="Nearly.", by="lead-1")
    claim = judged.claim("C1")
    assert (claim.state, claim.verdict.rating, claim.dispute) == (
        "settled",
        "mostly_supported",
        "Only an intention.",
    )
    assert [verdict.because for verdict in claim.verdicts] == ["The employer says so.", "Nearly."]


@pytest.mark.parametrize("act", ["reword", "merge", "split", "withdraw"])
def test_what_changes_under_a_verdict_reopens_the_claim_with_the_reason(judged, act):
    judged.confirm("C1", by="reviewer-2")
    acts = {
        "reword": lambda: judged.reword("C1", "蒋路转投 TikTok。"),
        "merge": lambda: judged.merge("C1", "C2"),
        "split": lambda: judged.split("C1", "一部分"),
        "withdraw": lambda: judged.withdraw("E1"),
    }
    acts[act]()
    claim = judged.claim("C1")
    assert claim.state == "accepted"
    assert claim.verdict is None
    assert claim.reopened
    assert [verdict.rating for verdict in claim.verdicts] == ["supported"]


def test_a_decision_on_a_state_that_was_not_looked_at_is_a_conflict(judged):
    seen = judged.version("C1")
    judged.note("C1", "look again", by="reviewer-2")
    with pytest.raises(Conflict, match=r"note\.added") as refusal:
        judged.decide("C1", "misleading", because="x", at=seen)
    assert "reviewer-2" in refusal.value.seen
    assert judged.claim("C1").verdict.rating == "supported"


def test_an_act_that_is_submitted_twice_is_recorded_once(case):
    command = "01890000-0000-7000-8000-000000000001"
    first = case.decide("C1", "9", id=command)
    size = case.head.size
    assert case.decide("C1", "9", id=command) == first
    assert case.head.size == size


def test_a_rating_nobody_knows_is_named(case):
    with pytest.raises(Usage, match="no such rating"):
        case.decide("C1", "splendid")


def test_one_person_is_enough_in_a_solo_case(tmp_path):
    from factcheck.case import Case

    solo = Case.create(tmp_path / "solo", "reviewer-1", solo=True)
    (tmp_path / "a.txt").write_text("最近蒋璐转投 TikTok，张楠辞去抖音 CEO 的职务。", "utf-8")
    solo.ingest(tmp_path / "a.txt")
    solo.decide("C1", "9")
    assert solo.export("markdown", scope=None, lang="en").export.claims
    assert "one reviewer" in (tmp_path / "solo" / "exports" / "X1" / "report.md").read_text("utf-8").lower()
    assert solo.audit().findings == ()
    solo.close()


def test_with_members_each_does_what_the_role_allows(case):
    case.add_member("lead-1", "lead", by="lead-1")
    case.add_member("reviewer-1", "reviewer", by="lead-1")
    case.add_member("auditor-1", "auditor", by="lead-1")
    with pytest.raises(Refused, match="not a member"):
        case.accept("C1", by="stranger")
    with pytest.raises(Refused, match="Only a lead"):
        case.set_policy("second_signature", "off", by="reviewer-1")
    with pytest.raises(Refused, match="auditors only add objections and witnesses, and notes"):
        case.decide("C1", "9", by="auditor-1")
    case.note("C1", "checked the place", by="auditor-1")
    case.accept("C1", by="reviewer-1")
    case.revoke_member("reviewer-1", by="lead-1")
    with pytest.raises(Refused, match="not a member"):
        case.decide("C1", "9", by="reviewer-1")
