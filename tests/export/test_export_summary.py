from dataclasses import replace

import pytest
from headline import Desk, headline

from factcheck.errors import NotFound, Usage
from factcheck.export import Scope, gates, render, summarise
from factcheck.export.caveats import CODES
from factcheck.export.history import STEPS
from factcheck.labels import catalogue
from factcheck.state import State

TEXT = "甲加入 TikTok。乙离开抖音。丙说 60 次就够。"


def blocked(state, scope):
    return gates(state, scope, lambda source: TEXT)


def small(**case):
    desk = Desk(TEXT, **case)
    desk.suggest(
        ("甲加入 TikTok", "甲加入 TikTok。", "personnel_move", {}),
        ("乙离开抖音", "乙离开抖音。", "role_change", {}),
        ("60 次就够", "60 次就够。", "cost", {}),
    )
    return desk


def judged(claim="C1", rating="supported", **case):
    desk = small(**case)
    desk.attach(claim, 1, url="https://example.org/a", quote="joined")
    desk.decide(claim, rating, "官网写明。", ["E1"])
    return desk


def report(desk, name="report.md", **how):
    return render(desk.summary(**how), ["markdown", "html", "jsonl"])[name].decode("utf-8")


def test_untouched_suggestions_never_block():
    assert blocked(small().state, Scope()) == ()


def test_an_accepted_claim_without_a_verdict_blocks():
    desk = small()
    desk.accept("C2")
    assert [(each.code, each.claim) for each in blocked(desk.state, Scope())] == [("undecided", "C2")]


def test_a_verdict_that_one_person_signed_blocks_until_a_second_does():
    desk = judged()
    assert [each.code for each in blocked(desk.state, Scope())] == ["second_signature_missing"]
    desk.confirm("C1")
    assert blocked(desk.state, Scope()) == ()


def test_a_disputed_claim_blocks_until_it_is_settled():
    desk = judged()
    desk.dispute("C1", "那是另一个人。")
    assert [(each.code, each.person) for each in blocked(desk.state, Scope())] == [("disputed", "reviewer-2")]
    desk.settle("C1", "misleading", "确是另一个人。", ["E1"])
    assert blocked(desk.state, Scope()) == ()


def test_gates_concern_only_what_is_in_scope():
    desk = judged()
    desk.confirm("C1")
    desk.accept("C2")
    assert blocked(desk.state, Scope(claims=("C1",))) == ()
    assert [each.claim for each in blocked(desk.state, Scope(type="role_change"))] == ["C2"]
    assert [each.claim for each in blocked(desk.state, Scope(source="S1"))] == ["C2"]
    assert blocked(desk.state, Scope(rating="supported")) == ()


def test_a_scope_that_names_no_claim_of_the_case_is_refused():
    with pytest.raises(NotFound, match="C9"):
        blocked(small().state, Scope(claims=("C1", "C9")))


@pytest.mark.parametrize("scope", [Scope(type="costs"), Scope(rating="true"), Scope(source="S2")])
def test_a_slip_of_the_pen_in_a_scope_is_refused_instead_of_exporting_nothing(scope):
    with pytest.raises((Usage, NotFound)):
        blocked(small().state, scope)


def test_a_scope_is_the_same_whatever_the_order_in_which_claims_were_named():
    scope = Scope(claims=("C10", "C2", "C2"), type="cost")
    assert scope.to_list() == ("claims=C2,C10", "type=cost")
    assert Scope.from_list(scope.to_list()) == scope


def test_a_scope_of_an_unknown_kind_is_refused():
    with pytest.raises(Usage):
        Scope.from_list(["colour=red"])


def test_the_counts_sentence_says_how_many_claims_are_exported_and_how_many_withheld():
    desk = headline()
    assert "**4 of 7 claims exported, 3 withheld.**" in report(desk, lang="en")
    assert "**共 7 条主张，导出 4 条，未导出 3 条。**" in report(desk)


def test_every_claim_of_the_case_is_counted_exactly_once():
    desk = headline()
    desk.accept("C5")
    for scope in (Scope(), Scope(claims=("C1", "C5")), Scope(type="cost"), Scope(rating="refuted")):
        tally = desk.summary(scope=scope, draft=True).tally
        parts = (tally.included, tally.open, tally.untriaged, tally.dismissed, tally.outside)
        assert (tally.total, sum(parts)) == (7, 7)


def test_a_selection_says_that_it_is_one_and_what_it_leaves_out():
    desk = headline()
    desk.accept("C5")
    text = report(desk, lang="en", scope=Scope(claims=("C1", "C3")))
    assert "A selection, not the whole case: claims=C1,C3." in text
    assert "5 outside this selection (of these 1 open, 1 not triaged)" in text


def test_a_final_summary_shows_only_what_is_ready_and_names_what_is_open():
    desk = headline()
    desk.accept("C5")
    summary = desk.summary()
    assert [each.id for each in summary.claims] == ["C1", "C2", "C3", "C4"]
    assert [each[:2] for each in summary.unsettled] == [("C5", "accepted")]
    assert "C5 · Sora 极有可能颠覆短视频行业。 – 尚无判定" in report(desk)


def test_a_draft_shows_open_claims_with_what_they_wait_for():
    desk = judged()
    desk.accept("C2")
    assert [each.id for each in desk.summary(draft=True).claims] == ["C1", "C2"]
    text = report(desk, lang="en", draft=True)
    assert "**waits for a second person** (so far: ✔ Supported)" in text
    assert "**no verdict yet**" in text
    assert desk.summary(draft=True).ratings[0].number == 0


def test_a_solo_case_says_one_reviewer_on_page_one_and_beside_the_verdict():
    desk = judged(solo=True)
    assert blocked(desk.state, Scope()) == ()
    first, rest = report(desk, lang="en").split("## Verdicts", 1)
    assert "One reviewer" in first
    assert "Judged by reviewer-1, 2025-03-01 09:15 UTC; one reviewer" in rest
    assert "仅一名核查员" in report(desk).split("## 判定", 1)[0]


def test_a_case_with_two_signatures_does_not_say_one_reviewer():
    assert "one reviewer" not in report(headline(), lang="en").lower()


def test_page_one_says_who_judged_confirmed_disputed_and_settled():
    text = report(headline(), lang="en")
    assert (
        "- lead-1: 1 settled\n- reviewer-1: 4 judged\n- reviewer-2: 3 confirmed as second person, 1 disputed"
        in text
    )


def test_an_example_case_says_that_its_names_are_roles():
    assert "The names are roles" in report(headline(), lang="en")
    assert "The names are roles" not in report(small(), lang="en")


def test_blind_review_keeps_a_first_verdict_out_of_every_byte_of_a_draft():
    desk = small(blind=True)
    desk.attach("C1", 1, url="https://example.org/a")
    desk.decide("C1", "misleading", "哨兵理由", ["E1"])
    for lang in ("zh", "en"):
        files = render(desk.summary(lang=lang, draft=True), ["markdown", "html", "jsonl"])
        for data in (files["report.md"], files["report.html"], files["claims.jsonl"]):
            assert "哨兵理由" not in data.decode("utf-8")
        assert [each.number for each in desk.summary(draft=True).ratings] == [0] * 9
    assert desk.summary(draft=True, scope=Scope(rating="misleading")).claims == ()
    assert desk.summary(draft=True).claims[0].evidence[0].relied is False


def test_publishing_changes_no_byte_of_the_next_export():
    desk = headline()
    before = render(desk.summary(), ["markdown", "html"])
    head, time = (desk.summary().size, desk.summary().root), desk.summary().time
    claims = [{"claim": each, "verdict": ""} for each in ("C1", "C2", "C3", "C4")]
    body = {"formats": ("markdown",), "draft": False, "size": 1, "root": "0" * 64, "manifest": "0" * 64}
    desk.act("summary.exported", "X1", renderer="r", lang="zh", claims=claims, **body)
    after = replace(desk.summary(), size=head[0], root=head[1], time=time)
    assert before == render(after, ["markdown", "html"])


def test_the_raw_words_stay_and_accepted_readings_stand_beside_them():
    text = report(headline())
    assert "GoogleVideoPort⟦VideoPoet⟧ 的负责人蒋璐⟦蒋路⟧转投 TikTok" in text
    assert "张楠辞去抖音 CEE 的职务" in text
    assert "R4 仅为建议：听作“CEE”，或指“CEO”" in text


def test_words_that_the_source_does_not_hold_are_an_exception():
    desk = judged()
    desk.confirm("C1")
    summary = desk.summary(text=TEXT.replace("甲", "丁"))
    assert [(c.code, c.refs) for c in summary.caveats][:1] == [("quote_missing", ("C1 S1 0–10",))]
    assert (
        "The source does not hold these words"
        in render(replace(summary, lang="en"), ["markdown"])["report.md"].decode()
    )


def test_a_bare_link_never_looks_captured():
    desk = headline()
    first, link = desk.summary().entry("C1").evidence
    assert (first.captured, link.captured) == (True, False)
    assert "C1/E2" in {c.code: c.refs for c in desk.summary().caveats}["bare_link"]
    assert "**NOT CAPTURED – a bare link" in report(desk, lang="en")


@pytest.mark.parametrize(
    ("capture", "attached", "trouble"),
    [
        ({"outcome": "timeout", "sha256": ""}, {"sha256": ""}, "failed"),
        ({}, {"sha256": "0" * 64}, "differs"),
        ({}, {"capture": "K7", "sha256": "0" * 64}, "missing"),
    ],
)
def test_evidence_whose_bytes_the_record_does_not_hold_is_not_captured(capture, attached, trouble):
    desk = small()
    desk.capture(1, "https://example.org/a", "joined", **capture)
    desk.accept("C1")
    evidence = {"url": "https://example.org/a", "capture": "K1", "id": "E1", "stance": "supports"} | attached
    desk.act("evidence.attached", "C1", evidence={"by": "reviewer-1", "time": "t"} | evidence)
    cited = desk.summary(draft=True).claims[0].evidence[0]
    assert (False, trouble) == (cited.captured, cited.trouble)
    assert "NOT CAPTURED" in report(desk, lang="en", draft=True)


def test_a_contradiction_is_shown_on_both_claims():
    summary = headline().summary(lang="en")
    assert [each.other for each in summary.entry("C2").ties] == ["C4"]
    assert [each.other for each in summary.entry("C4").ties] == ["C2"]


def test_a_rule_that_was_switched_is_an_exception_with_name_and_day():
    desk = small()
    desk.act("policy.changed", "case", by="lead-1", name="second_signature", value=False, was=True)
    assert desk.summary(lang="en").caveats[0].refs == ("second signature on → off (lead-1, 2025-03-01)",)


def test_what_was_undone_is_no_part_of_the_history():
    desk = small()
    event = desk.decide("C1", "not_checkable")
    desk.act("event.undone", "C1", id=event)
    desk.accept("C1")
    assert [step.kind for step in desk.summary(draft=True).claims[0].steps] == ["claim.accepted"]


def test_a_language_without_labels_is_refused():
    with pytest.raises(Usage):
        summarise(State(), None, "", scope=Scope(), lang="fr", draft=False, texts=lambda _: "")


def test_both_languages_have_the_same_words_with_the_same_fields():
    zh, en = (
        {k: fields(v) for k, v in catalogue(lang).items() if k.startswith("export")} for lang in ("zh", "en")
    )
    assert zh == en


def fields(text):
    return sorted(part.split("}")[0] for part in text.split("{")[1:])


def test_every_caveat_and_every_step_has_its_words_in_both_languages():
    wanted = {f"export_caveat.{each}" for each in CODES}
    wanted |= {f"export_step.{each.replace('.', '_')}" for each in STEPS}
    assert {lang: left for lang in ("zh", "en") if (left := wanted - catalogue(lang).keys())} == {}


def test_a_draft_says_of_a_signed_verdict_that_the_policy_of_today_asks_for_more(case):
    case.attach("C1", "https://example.org/one", stance="supports")
    case.decide("C1", "supported", because="It says so.")
    case.confirm("C1", by="reviewer-2")
    case.set_policy("min_origins", 2)
    case.export("markdown", draft=True, lang="en")
    report = (case.folder / "exports" / "X1" / "report.md").read_text("utf-8")
    assert "not enough under the policy of today" in report
