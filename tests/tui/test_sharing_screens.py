"""Work shared, sources taken in, policy switched, the past looked at: each by keys alone, each a line of the ledger."""

import asyncio
import json
import re
from collections import Counter

import pytest
from looking import LINK, looking, told, watch

from factcheck.case import Case
from factcheck.index import Query
from factcheck.labels import label


def last(case):
    """The newest line of the ledger."""
    return json.loads((case.folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()[-1])


def test_a_claim_is_given_to_somebody(desk):
    watch(desk, "b", ("write", "reviewer-2"), "enter")
    assert told(desk, 1) == [("claim.assigned", "C5", "reviewer-1")]
    assert last(desk)["body"] == {"to": "reviewer-2"}


def test_all_claims_of_the_list_are_given_to_somebody(desk):
    watch(desk, "b", ("write", "reviewer-2"), "tab", "3", "enter")
    assert {each.assigned for each in desk.claims()} == {"reviewer-2"}


def test_a_section_of_the_source_is_given_to_somebody(desk, tmp_path):
    paper = tmp_path / "headed.md"
    paper.write_text(
        "# One\n\nMaria Lopez joined Globex.\n\n# Two\n\nAnna Chen left Acme in May 2023.\n", "utf-8"
    )
    desk.ingest(paper)
    one, two = desk.in_section("S2", "One"), desk.in_section("S2", "Two")
    watch(
        desk,
        ":",
        ("write", f"C{one[0]}"),
        "enter",
        "b",
        ("write", "reviewer-2"),
        "tab",
        "2",
        ("write", "Two"),
        "enter",
    )
    assert [each.number for each in desk.claims() if each.assigned] == two != []


def test_a_section_that_is_not_there_is_said(desk):
    text = watch(desk, "b", ("write", "reviewer-2"), "tab", "2", ("write", "9"), "enter", lang="en")
    assert "S1 has no section '9'" in text


def test_what_is_asked_stands_beside_the_claim_until_it_is_answered(desk):
    text = watch(desk, "Q", ("write", "谁是来源？"), "enter", lang="zh")
    assert told(desk, 1) == [("question.asked", "C5", "reviewer-1")]
    assert "? reviewer-1: 谁是来源？" in text
    text = watch(desk, "Y", ("write", "公司公告"), "enter", lang="zh")
    assert told(desk, 1) == [("question.answered", "C5", "reviewer-1")]
    assert "✔ reviewer-1: 谁是来源？" in text
    assert "公司公告" in text


def test_an_answer_without_a_question_is_no_answer(desk):
    text = watch(desk, "Y", lang="en")
    assert "C5 has no open question" in text
    assert told(desk, 1)[0][0] == "source.extracted"


def test_a_forecast_gets_its_day(desk):
    desk.retype("C5", "prediction")
    text = watch(
        desk, "H", ("write", "2024-12-31"), "tab", ("write", "the annual report"), "enter", lang="en"
    )
    assert told(desk, 1) == [("claim.scheduled", "C5", "reviewer-1")]
    assert "due 2024-12-31: the annual" in text


def test_a_day_that_is_none_is_said_and_what_was_written_stays(desk):
    desk.retype("C5", "prediction")
    text = watch(desk, "H", ("write", "soon"), "tab", ("write", "the report"), "enter", lang="en")
    assert "soon" in text
    assert "the report" in text
    assert told(desk, 1)[0][0] == "claim.retyped"


def test_a_document_is_taken_in_from_the_screen(desk, tmp_path):
    paper = tmp_path / "second.txt"
    paper.write_text("Last week Maria Lopez joined Globex as chief scientist.\n", "utf-8")
    text = watch(desk, "I", ("write", str(paper)), "enter", lang="en")
    kinds = [kind for kind, _, _ in told(desk, 2)]
    assert kinds == ["source.ingested", "source.extracted"]
    assert "S2 taken in" in text
    assert desk.numbers(Query(source="S2"))


def test_a_folder_is_taken_in_from_the_screen(desk, tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "second.txt").write_text("Last week Maria Lopez joined Globex.\n", "utf-8")
    (tmp_path / "in" / "empty.txt").touch()
    text = watch(desk, "I", ("write", str(tmp_path / "in")), "enter", lang="en")
    assert [kind for kind, _, _ in told(desk, 2)] == ["source.ingested", "source.extracted"]
    assert "1 documents taken in, 1 extracted" in text


def test_a_document_that_is_not_there_is_said(desk):
    text = watch(desk, "I", ("write", "/nowhere/at-all.txt"), "enter", lang="en")
    assert "at-all.txt" in text
    assert told(desk, 1)[0][0] == "source.extracted"


def test_an_empty_case_is_begun_from_the_screen(tmp_path):
    case = Case.create(tmp_path / "empty", "reviewer-1", name="empty")
    paper = tmp_path / "first.txt"
    paper.write_text("Last week Maria Lopez joined Globex as chief scientist.\n", "utf-8")
    before = watch(case, lang="en")
    assert "Press I to take one in" in before
    after = watch(case, "I", ("write", str(paper)), "enter", lang="en")
    assert "C1" in after
    case.close()


def test_the_source_is_dated_from_the_screen(desk):
    text = watch(desk, "L", ("write", "2024-02-26"), "enter", lang="en")
    assert told(desk, 1) == [("source.dated", "S1", "reviewer-1")]
    assert "2024-02-26" in text


def test_a_proposer_that_nobody_set_up_is_off(desk):
    text = watch(desk, "P", lang="en")
    assert "the proposer is off" in text


def test_a_policy_is_switched_and_the_sheet_comes_back(desk):
    text = watch(desk, "M", "down", "enter", "1", lang="en")
    assert told(desk, 1) == [("policy.changed", "case", "reviewer-1")]
    assert last(desk)["body"] == {"name": "blind", "value": True, "was": False}
    assert "Members and policy" in text


def test_members_are_added_get_another_role_and_leave(desk):
    watch(desk, "M", "+", ("write", "reviewer-1"), "tab", "2", "enter")
    watch(desk, "M", "+", ("write", "reviewer-2"), "tab", "1", "enter")
    roles = {each.name: str(each.role) for each in desk.info.members}
    assert roles == {"reviewer-1": "lead", "reviewer-2": "reviewer"}
    watch(desk, "M", "down", "enter", "3")
    assert {each.name: str(each.role) for each in desk.info.members}["reviewer-2"] == "auditor"
    text = watch(desk, "M", "down", "backspace", "1", lang="en")
    assert [each.revoked for each in desk.info.members] == [False, True]
    assert told(desk, 1) == [("member.revoked", "case", "reviewer-1")]
    assert "reviewer-2  auditor  revoked" in text


def test_another_scale_is_adopted_and_the_shipped_one_comes_back(desk, tmp_path):
    from scales import OURS

    ours = tmp_path / "ours.toml"
    ours.write_text(OURS, "utf-8")
    text = watch(desk, "M", "s", ("write", str(ours)), "enter", lang="en")
    assert desk.scale.id == "ours"
    assert "ours" in text
    watch(desk, "M", "s", "enter", lang="en")
    assert desk.scale.id == "factcheck"


def test_the_dashboard_draws_what_was_found(desk):
    desk.decide("C7", "not_checkable")
    desk.attach("C5", LINK, stance="supports")
    desk.decide("C5", "misleading", because="GPT-4 参数未公开")
    text = watch(desk, "d", lang="en")
    assert "1 thing keeps" in text or "things keep a final export back" in text
    assert "◑ Misleading" in text
    assert "Verdicts a day, the last 14 days" in text
    assert "reviewer-1 2" in text


def test_a_blocker_of_the_dashboard_leads_to_its_claim(desk):
    desk.accept("C3")
    text = watch(desk, "d", "enter", lang="en")
    assert "▸  C3" in text


def test_the_timeline_shows_what_changed_and_the_case_as_it_stood(desk):
    desk.reword("C5", "六十次推理的成本不低。")
    desk.decide("C5", "not_checkable")
    timeline = watch(desk, "a", lang="en")
    assert "→ 六十次推理的成本不低。" in timeline
    assert "nothing wrong found" in timeline
    past = watch(desk, "a", "end", "enter", lang="en")
    assert "as of #1" in past
    then = watch(desk, "a", "down", "down", "enter", lang="en")
    assert "as of #3" in then
    assert "60 次推理的成本是 GPT-4" in then
    assert "六十次推理" not in then


def test_the_past_takes_no_act_and_leads_back(desk):
    desk.decide("C5", "not_checkable")
    size = desk.head.size
    text = watch(desk, "a", "enter", "space", lang="en")
    assert "This is the past: it takes no act." in text
    refused = watch(desk, "a", "down", "enter", "9", lang="en")
    assert "This is the past" in refused
    assert "C5 ○" in refused  # and it is still the past that is shown
    back = watch(desk, "a", "down", "enter", "escape", "escape", lang="en")
    assert "as of" not in back.splitlines()[0]
    assert desk.head.size == size


def test_the_export_sheet_says_what_is_new_since_the_last_one(desk):
    desk.decide("C7", "not_checkable")
    desk.confirm("C7", by="reviewer-2")
    desk.export()
    assert "Nothing differs from X1." in watch(desk, "X", "tab", "tab", lang="en")
    desk.decide("C6", "not_checkable")
    desk.confirm("C6", by="reviewer-2")
    assert "+ C6" in watch(desk, "X", "tab", "tab", lang="en")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_dispute_shows_both_sides_beside_each_other_and_no_names(desk, lang):
    desk.attach("C5", LINK, stance="supports")
    desk.decide("C5", "misleading", because="GPT-4 的参数是 100 亿")
    desk.dispute("C5", because="GPT-4 的参数是 200 亿", by="reviewer-2")
    desk.by = "lead-1"
    text = watch(desk, ":", ("write", "C5"), "enter", "S", lang=lang)
    assert "GPT-4 的参数是 100 亿" in text
    assert "GPT-4 的参数是 200 亿" in text
    assert "reviewer-" not in text
    desk.settle("C5", "mostly_supported", because="公开资料", by="lead-1")
    assert "reviewer-1" in watch(desk, ":", ("write", "C5"), "enter", lang=lang)
    desk.by = "reviewer-1"


def test_a_conflict_shows_what_the_other_did_and_keeps_what_one_wrote(desk):
    desk.attach("C5", LINK, stance="supports")
    other = Case.open(desk.folder, by="reviewer-2")

    async def story(eyes):
        await eyes.press("5")
        await eyes.write("我的理由")
        other.decide("C5", "supported", because="另一个人的理由")
        await eyes.press("enter")

    async def both():
        async with looking(desk, 120, 40, "en") as eyes:
            await story(eyes)
            return eyes.text()

    text = asyncio.run(both())
    other.close()
    assert "meanwhile reviewer-2: C5 judged: Supported" in text
    assert "另一个人的理由" in text
    assert "我的理由" in text
    assert "Esc leaves the box and keeps what you wrote" in text
    assert told(desk, 1) == [("verdict.recorded", "C5", "reviewer-2")]


def test_a_link_is_opened_on_request_only_with_its_host_in_sight(desk, monkeypatch):
    opened = []
    monkeypatch.setattr("textual.app.App.open_url", lambda _app, url, **_: opened.append(url))
    desk.attach("C5", "https://news.example.org/a?b=c", stance="context")
    asked = watch(desk, "o", lang="en", environ={"DISPLAY": ":1"})
    assert "news.example.org" in asked
    assert opened == []
    watch(desk, "o", "1", lang="en", environ={"DISPLAY": ":1"})
    assert opened == ["https://news.example.org/a?b=c"]


def test_the_command_of_the_platform_gets_the_words(desk, tmp_path):
    tool = tmp_path / "bin" / "pbcopy"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ncat > {tmp_path}/copied\n", "utf-8")
    tool.chmod(0o755)
    path = f"{tool.parent}:/bin:/usr/bin"
    watch(desk, "y", environ={"PATH": path, "SSH_CONNECTION": "x"})
    assert not (tmp_path / "copied").exists()
    watch(desk, "y", environ={"PATH": path})
    assert (tmp_path / "copied").read_text("utf-8") == "C5 60 次推理的成本是 GPT-4 推理成本的 14 倍以上。"


@pytest.mark.parametrize(
    ("lang", "clean", "unsure"),
    [
        ("en", "nothing wrong found", "could not be checked in full"),
        ("zh", "未发现问题", "未能全部核实"),
    ],
)
def test_the_headline_of_an_audit_says_how_many_checks_could_not_look(desk, tmp_path, lang, clean, unsure):
    assert unsure not in watch(desk, "a", lang=lang)
    (tmp_path / "page.html").write_text("<p>六十次推理的成本是 GPT-4 的十四倍。</p>", "utf-8")
    page = desk.capture(tmp_path / "page.html", from_url="https://example.org/page")
    desk.attach("C5", page, stance="supports")
    desk.withhold(page.id, because="a court says so")
    first = next(line for line in watch(desk, "a", lang=lang).splitlines() if clean in line)
    ended = Counter(check.status for check in desk.audit().checks)
    assert [int(each) for each in re.findall(r"[0-9]+", first.split("#")[0])] == [
        ended["ok"],
        ended["unverifiable"],
        ended["skipped"],
    ]
    assert (unsure in first, "●" in first) == (True, False)


@pytest.mark.parametrize("columns", [80, 120, 200])
@pytest.mark.parametrize(("lang", "gone"), [("en", "bytes removed · "), ("zh", "原件已删除 · ")])
def test_evidence_whose_bytes_were_removed_is_marked_where_nothing_is_cut_off(
    desk, tmp_path, columns, lang, gone
):
    (tmp_path / "page.html").write_text("<p>六十次推理的成本是 GPT-4 的十四倍。</p>", "utf-8")
    page = desk.capture(tmp_path / "page.html", from_url="https://example.org/page")
    desk.attach("C5", page, stance="supports")
    assert gone not in watch(desk, lang=lang, columns=columns)
    desk.withhold(page.id, because="a court says so")
    after = watch(desk, lang=lang, columns=columns)
    assert (gone in after, label("evidence.captured", lang) in after) == (True, False)
