"""Sharing the work: assignment, leases, what is put off, questions, forecasts, and what comes next for whom."""

from datetime import UTC, datetime, timedelta

import pytest

from factcheck.case import Case
from factcheck.case.verdicts import More
from factcheck.errors import NotFound, Refused, Usage
from factcheck.model import Part, PartRole

TEXT = """# 会议实录

## 人事

最近 VideoPort 的负责人蒋璐转投 TikTok。去年抖音 CEO 张楠辞去抖音 CEO 的职务。

## 成本

训练模型花了 30 亿美元。公司明年将推出新产品。
"""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = datetime(2024, 3, 1, 9, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path, clock):
    """A case with two sections, two reviewers and a lead, opened for reviewer-1."""
    case = Case.create(tmp_path / "case", "lead-1", clock=clock, private=tmp_path / "private")
    paper = tmp_path / "talk.md"
    paper.write_text(TEXT, "utf-8")
    case.ingest(paper)
    case.add_member("lead-1", "lead")
    for name in ("reviewer-1", "reviewer-2"):
        case.add_member(name, "reviewer")
    case.add_member("auditor-1", "auditor")
    case.by = "reviewer-1"
    yield case
    assert case.audit().findings == ()
    case.close()


def again(desk, by, clock, tmp_path):
    return Case.open(desk.folder, by=by, clock=clock, private=tmp_path / "private")


def test_a_lead_gives_a_section_of_a_source_to_somebody(desk):
    titles = [each.title for each in desk.sections("S1")]
    assert [title.strip("# ") for title in titles] == ["会议实录", "人事", "成本"]
    inside = desk.in_section("S1", "人事")
    assert inside == desk.in_section("S1", "2") == [1, 2]
    desk.assign(*(f"C{n}" for n in inside), to="reviewer-2", by="lead-1")
    assert [each.assigned for each in desk.claims()][:3] == ["reviewer-2", "reviewer-2", ""]
    with pytest.raises(NotFound):
        desk.in_section("S1", "预算")


def test_one_takes_what_is_nobodys_and_gives_only_ones_own_back(desk):
    desk.assign("C1", to="reviewer-1")
    with pytest.raises(Refused, match="Only a lead"):
        desk.assign("C1", to="reviewer-2")
    with pytest.raises(Refused, match="Only a lead"):
        desk.assign("C1", to="", by="reviewer-2")
    with pytest.raises(Refused, match="Only a lead"):
        desk.assign("C1", to="reviewer-2", by="reviewer-2")
    desk.assign("C1", to="")
    assert desk.claim("C1").assigned == ""
    with pytest.raises(Refused, match="already"):
        desk.assign("C1", to="")


@pytest.mark.parametrize("name", ["auditor-1", "nobody"])
def test_a_claim_goes_to_nobody_who_may_not_judge(desk, name):
    with pytest.raises(Refused):
        desk.assign("C1", to=name, by="lead-1")


def test_a_suggestion_that_was_given_to_somebody_is_still_one_that_nobody_has_touched(desk):
    desk.assign("C1", to="reviewer-2", by="lead-1")
    assert desk.claim("C1").untouched
    assert desk.claim("C1").state == "suggested"


def test_ones_own_comes_first_and_other_peoples_never(desk):
    third, fourth = (each.id for each in desk.claims()[2:4])
    desk.assign(fourth, to="reviewer-1")
    assert desk.next_claim().id == fourth
    desk.assign("C1", "C2", third, to="reviewer-2", by="lead-1")
    desk.assign(fourth, to="")
    assert desk.next_claim().id == fourth
    assert {each.assigned for each in [desk.next_claim(after=fourth)] if each} <= {""}


def test_what_is_put_off_comes_back_last_and_only_for_oneself(desk, clock, tmp_path):
    first = desk.next_claim().id
    desk.later(first)
    seen = []
    while (claim := desk.next_claim()) and claim.id not in seen:
        seen.append(claim.id)
        desk.dismiss(claim.id, reason="trivial")
    assert seen[-1] == first
    other = again(desk, "reviewer-2", clock, tmp_path)
    assert other.put_off() == []
    assert again(desk, "reviewer-1", clock, tmp_path).put_off() == [first]


def test_a_claim_that_somebody_has_open_is_offered_to_others_last_and_writes_are_never_refused(
    desk, clock, tmp_path
):
    first = desk.next_claim().id
    desk.hold(first)
    other = again(desk, "reviewer-2", clock, tmp_path)
    assert other.held() == {first: "reviewer-1"}
    assert other.next_claim().id != first
    other.decide(first, "not_checkable")
    clock.now += timedelta(minutes=11)
    assert other.held() == {}


def test_one_person_has_one_claim_open(desk):
    desk.hold("C1")
    desk.hold("C2")
    assert desk.held() == {"C2": "reviewer-1"}
    desk.let_go()
    assert desk.held() == {}


def test_a_question_is_open_until_somebody_answers_and_both_are_exported(desk, tmp_path):
    desk.ask("C1", "Did he join in February?", to="reviewer-2")
    desk.ask("C1", "Do you confirm it?", whom="press office of TikTok", on="2024-02-28")
    assert [each.open for each in desk.claim("C1").questions] == [True, True]
    assert desk.next_question(by="reviewer-2").id == "C1"
    with pytest.raises(Usage, match="2 open questions"):
        desk.answer("C1", "yes", by="reviewer-2")
    desk.answer("C1", "yes, on the 5th", question=1, by="reviewer-2")
    letter = tmp_path / "letter.txt"
    letter.write_text("We confirm that he joined us.\n", "utf-8")
    reply = desk.attach("C1", letter, quote="he joined us", stance="supports").id
    desk.answer("C1", "They confirm it.", evidence=[reply])
    assert desk.claim("C1").questions[1].reply == (reply,)
    assert desk.next_question() is None
    desk.decide("C1", "supported", because="They confirm it.")
    desk.confirm("C1", by="reviewer-2")
    report = (desk.export(by="lead-1", lang="en").folder / "report.md").read_text("utf-8")
    assert "→ press office of TikTok, 2024-02-28: Do you confirm it?" in report
    assert f"They confirm it. ({reply})" in report


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": "x", "to": "nobody"},
        {"text": "x", "to": "reviewer-2", "whom": "them"},
        {"text": "x", "on": "2024-02-28"},
        {"text": "x", "whom": "them", "on": "yesterday"},
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(desk, wrong):
    before = desk.head.size
    with pytest.raises((Usage, Refused)):
        desk.ask("C1", **wrong)
    assert desk.head.size == before


def test_an_answer_names_an_open_question_and_evidence_of_its_claim(desk):
    with pytest.raises(Refused, match="no open question"):
        desk.answer("C1", "yes")
    desk.ask("C1", "really?")
    with pytest.raises(NotFound, match="E9"):
        desk.answer("C1", "yes", evidence=["E9"])
    desk.answer("C1", "yes")
    with pytest.raises(Refused):
        desk.answer("C1", "no", question=1)


def test_a_forecast_comes_back_on_its_day_until_it_is_judged(desk, clock):
    forecast = desk.add("S1", "公司明年将推出新产品", type="prediction").id
    with pytest.raises(Refused, match="no forecast"):
        desk.schedule("C1", "2024-12-31", settled_by="the press")
    desk.schedule(forecast, "2024-06-01..2024-06-30", settled_by="a launch, or none")
    desk.decide(forecast, "not_checkable")
    assert desk.next_due() is None
    clock.now = datetime(2024, 6, 30, 9, tzinfo=UTC)
    assert desk.next_due().id == forecast
    assert desk.next_due(after=forecast) is None
    desk.decide(forecast, "not_enough_evidence")
    assert desk.next_due() is None


def test_work_is_private_until_somebody_reports_their_totals(desk, clock, tmp_path):
    desk.worked("C1", 12.0, 3)
    desk.worked("C1", 600.0, 1)
    desk.worked("C2", 8.0, 2)
    desk.keep_work()
    mine = again(desk, "reviewer-1", clock, tmp_path).work()
    assert {claim: (each.seconds, each.keys) for claim, each in mine.items()} == {"C1": (12, 4), "C2": (8, 2)}
    assert again(desk, "lead-1", clock, tmp_path).work() == {}
    desk.report_work()
    told = again(desk, "lead-1", clock, tmp_path).info.work
    assert [(each.by, each.claims, each.seconds, each.keys) for each in told] == [("reviewer-1", 2, 20, 6)]
    assert b"C1" not in desk.trail("case")[-1].to_line()


def test_a_member_who_is_revoked_in_mid_review_is_refused_and_what_they_did_stays(desk, clock, tmp_path):
    desk.decide("C1", "source_unclear")
    other = again(desk, "lead-1", clock, tmp_path)
    other.revoke_member("reviewer-1")
    with pytest.raises(Refused, match="reviewer-1 is not a member"):
        desk.decide("C2", "source_unclear")
    assert desk.claim("C1").verdict.by == "reviewer-1"
    other.confirm("C1", by="reviewer-2")
    assert other.claim("C1").state == "confirmed"


def test_a_dispute_waits_for_whoever_may_settle_it_and_is_no_party_to_it(desk):
    desk.decide("C1", "source_unclear")
    desk.decide("C1", "not_checkable", by="reviewer-2")
    for claim in desk.claims():
        if claim.id != "C1":
            desk.dismiss(claim.id, reason="trivial")
    assert desk.next_claim() is None
    assert desk.next_claim(by="reviewer-2") is None
    assert desk.next_claim(by="lead-1").id == "C1"


def test_peoples_words_may_have_lines_and_no_honest_act_is_a_finding(desk):
    forecast = desk.add("S1", "公司明年将推出新产品", type="prediction").id
    desk.schedule(forecast, "2024-12-31", settled_by="a launch\nor none\u200b")
    desk.ask("C1", "first line\nsecond line", whom="press office\tof TikTok")
    desk.answer("C1", "yes\nno")
    desk.reword("C1", "蒋璐\n转投 TikTok。")
    more = More((Part(PartRole.PERSON, "蒋璐\n转投", "not_checkable", "two\nlines"),), omitted="a\nb")
    desk.decide("C1", "source_unclear", because="x\ny", more=more)
    assert desk.audit().findings == ()
