"""A newer version of a transcript: mentions follow their words, verdicts on other words fall, nothing is lost silently."""

import json
import subprocess
import sys

import pytest

from factcheck.case import Case
from factcheck.case.desk import Draft
from factcheck.cli import main
from factcheck.errors import NotFound, Refused
from factcheck.events import bodies

LINK = "https://example.org/statement"
OLD = """会议实录

最近 VideoPort 的负责人蒋路转投 TikTok，负责 AI 视频技术的开发。去年抖音 CEO 张楠辞去抖音 CEO 的职务。

这个模型的训练成本是 30 亿美元，收入去年是 84.0 亿美元。公司有 60 万家客户。

Last week Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist. The model costs 3 billion dollars to train.
"""
NEW = OLD.replace("蒋路", "蒋璐").replace("30 亿美元", "13 亿美元").replace("公司有 60 万家客户。", "")
NEWER = (
    NEW.replace("会议实录", "会议实录（校订）").replace("13 亿美元", "13.5 亿美元")
    + "\n公司有 60 万家客户。\n"
)


def file(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def desk(tmp_path):
    case = Case.create(tmp_path / "desk", "reviewer-1", name="a desk")
    case.ingest(file(tmp_path, "one.txt", OLD))
    yield case
    report = case.audit()
    case.close()
    assert report.findings == ()


def claim_of(case, words, source="S1"):
    """The live claim whose first mention in a source holds these words."""
    found = [
        claim
        for claim in case.claims()
        if any(each.source == source and words in each.quote for each in claim.mentions)
        if claim.state != "superseded"
    ]
    return found[0]


def judged(case, words):
    claim = claim_of(case, words).id
    case.attach(claim, LINK, stance="supports")
    case.decide(claim, "1", because="the page says so")
    case.confirm(claim, by="reviewer-2")
    return claim


def replaced(case, tmp_path, text=NEW, name="two.txt", old="S1"):
    return case.ingest(file(tmp_path, name, text), replaces=old)


def test_words_that_only_moved_keep_the_verdict(desk, tmp_path):
    maria = judged(desk, "Maria Lopez")
    source = replaced(desk, tmp_path, "第一行是新的。\n\n" + OLD)
    claim = desk.claim(maria)
    assert (source.id, source.replaces, desk.source("S1").replaced_by) == ("S2", "S1", "S2")
    assert (claim.state, claim.verdict.rating) == ("confirmed", "supported")
    assert [each.source for each in claim.mentions] == ["S2"]
    assert desk.text("S2")[claim.mentions[0].start :].startswith("Maria Lopez") or claim.mentions[0].quote
    assert desk.revision("S2").changed == desk.revision("S2").lost == ()


def test_a_verdict_on_words_that_changed_falls_with_the_reason_and_no_undo_brings_it_back(desk, tmp_path):
    move, cost = judged(desk, "蒋路"), judged(desk, "30 亿美元")
    replaced(desk, tmp_path)
    for claim, words in ((move, "蒋璐"), (cost, "13 亿美元")):
        found = desk.claim(claim)
        assert (found.state, found.verdict, found.reopened) == ("accepted", None, "words changed")
        assert words in found.mentions[0].quote
    report = desk.revision("S2")
    assert {each.claim for each in report.changed} == set(report.reopened) == {move, cost}
    assert any("蒋路" in each.was.quote and "蒋璐" in each.now.quote for each in report.changed)
    with pytest.raises(Refused, match="not taken back claim by claim"):
        desk.undo()
    assert {desk.claim(each).mentions[0].source for each in (move, cost)} == {"S2"}


def test_a_newer_version_was_said_when_the_older_one_was(desk, tmp_path):
    desk.date("S1", "2024-02-25..2024-03-02")
    replaced(desk, tmp_path)
    assert str(desk.source("S2").date) == str(desk.source("S1").date)


def test_lost_words_stay_on_the_old_version_and_are_listed(desk, tmp_path):
    gone = judged(desk, "60 万家")
    replaced(desk, tmp_path)
    claim = desk.claim(gone)
    assert (claim.state, claim.mentions[0].source) == ("confirmed", "S1")
    assert [(each.claim, each.now) for each in desk.revision("S2").lost] == [(gone, None)]


def test_untouched_suggestions_that_the_new_version_makes_as_well_are_superseded(desk, tmp_path):
    desk.accept(claim_of(desk, "Maria Lopez").id)
    before = {claim.id for claim in desk.claims("S1")}
    replaced(desk, tmp_path)
    report = desk.revision("S2")
    assert set(report.superseded) <= before
    assert {desk.claim(each).state for each in report.superseded} == {"superseded"}
    assert report.superseded != ()
    assert set(report.left) == {c.id for c in desk.claims("S1") if c.state == "suggested"}
    quotes = [c.mentions[0] for c in desk.claims() if c.state == "suggested" and c.mentions[0].source == "S2"]
    assert len({(each.start, each.end) for each in quotes}) == len(quotes)
    touched = [c for c in desk.claims() if c.state == "accepted"]
    assert all(c.mentions[0] not in quotes for c in touched)


def test_a_touched_claim_is_not_suggested_again_and_what_was_turned_down_is_not_either(desk, tmp_path):
    maria, cost = claim_of(desk, "Maria Lopez").id, claim_of(desk, "3 billion").id
    desk.dismiss(maria, reason="trivial")
    desk.relate(cost, claim_of(desk, "蒋路").id, "contradicts")
    desk.unrelate(cost, claim_of(desk, "蒋路").id, "contradicts")
    replaced(desk, tmp_path)
    said = [
        c.id for c in desk.claims() if any("Maria Lopez" in m.quote and m.source == "S2" for m in c.mentions)
    ]
    assert said == [maria]
    assert desk.claim(maria).state == "dismissed"
    assert desk.claim(cost).apart != ()


def test_what_was_dismissed_for_other_words_is_suggested_anew(desk, tmp_path):
    old = claim_of(desk, "30 亿美元").id
    desk.dismiss(old, reason="trivial")
    replaced(desk, tmp_path)
    assert claim_of(desk, "13 亿美元", "S2").state == "suggested"
    assert desk.claim(old).mentions[0].source == "S1"


def test_a_chain_of_versions_finds_what_was_lost_in_between(desk, tmp_path):
    maria, gone = judged(desk, "Maria Lopez"), judged(desk, "60 万家")
    replaced(desk, tmp_path)
    source = replaced(desk, tmp_path, NEWER, "three.txt", "S2")
    assert [each.id for each in desk.older(source.id)] == ["S2", "S1"]
    assert [desk.claim(each).mentions[0].source for each in (maria, gone)] == ["S3", "S3"]
    assert (desk.claim(gone).state, desk.claim(maria).state) == ("confirmed", "confirmed")
    assert desk.revision("S3").lost == ()


def test_a_source_is_replaced_once_and_by_other_bytes(desk, tmp_path):
    before = desk.head
    with pytest.raises(Refused, match="bytes of S1"):
        replaced(desk, tmp_path, OLD)
    with pytest.raises(NotFound):
        replaced(desk, tmp_path, NEW, old="S9")
    assert desk.head == before
    replaced(desk, tmp_path)
    with pytest.raises(Refused, match="replaced before, by S2"):
        replaced(desk, tmp_path, NEWER)
    with pytest.raises(Refused, match="already here as S2"):
        replaced(desk, tmp_path)
    with pytest.raises(Refused, match="was replaced by S2"):
        desk.reextract("S1")
    with pytest.raises(Refused, match="replaces no other"):
        desk.revision("S1")


def test_readings_that_were_rejected_in_the_old_version_are_not_proposed_in_the_new_one(desk, tmp_path):
    packs = desk.folder / "claims" / "packs"
    packs.mkdir()
    pack = '[[entity]]\nname = "VideoPoet"\nheard = ["VideoPort"]\n[[entity]]\nname = "抖音公司"\nheard = ["抖音"]\n'
    (packs / "own.toml").write_text(pack, "utf-8")
    desk.reextract("S1")
    turned = next(each for each in desk.readings("S1") if each.meant == "抖音公司")
    kept = next(each for each in desk.readings("S1") if each.meant == "VideoPoet")
    desk.reject(turned.id)
    replaced(desk, tmp_path)
    assert [(each.meant, each.state) for each in desk.readings("S2")] == [("VideoPoet", "proposed")]
    assert desk.reading(kept.id).state == "superseded"


def test_two_reviewers_meet_the_new_version(desk, tmp_path):
    cost = judged(desk, "30 亿美元")
    other = Case.open(desk.folder, by="reviewer-2")
    other.look(cost)
    replaced(desk, tmp_path)
    other.refresh()
    assert other.claim(cost).reopened == "words changed"
    with pytest.raises(Refused):
        other.confirm(cost)
    other.decide(cost, "1", because="13 now")
    with pytest.raises(Refused, match="not taken back"):
        desk.undo()
    other.close()


KILLED = """
import os, sys
from factcheck.case import Case
from factcheck.ledger.file import FileLedger
left = int(sys.argv[3])
append = FileLedger.append
def killed(self, event, position):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return append(self, event, position)
FileLedger.append = killed
Case.open(sys.argv[1], by="reviewer-1").ingest(sys.argv[2], replaces="S1")
"""


@pytest.mark.parametrize("written", [0, 1, 2, 3])
def test_what_a_crash_left_half_done_is_ended_by_the_same_command(desk, tmp_path, written):
    move, cost, maria = judged(desk, "蒋路"), judged(desk, "30 亿美元"), judged(desk, "Maria Lopez")
    path = file(tmp_path, "two.txt", NEW)
    before = desk.head.size
    command = [sys.executable, "-c", KILLED, str(desk.folder), str(path), str(written)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 9
    desk.refresh()
    assert desk.head.size == before + written
    assert desk.audit().findings == ()
    source = desk.ingest(path, replaces="" if written else "S1")
    assert (source.id, source.replaces) == ("S2", "S1")
    kinds = [each.kind for each in desk.trail()][before:]
    assert kinds == ["source.ingested", *["mention.moved"] * 3, "source.extracted"]
    assert {desk.claim(each).mentions[0].source for each in (move, cost, maria)} == {"S2"}
    said = [
        c for c in desk.claims() if any("Maria Lopez" in m.quote and m.source == "S2" for m in c.mentions)
    ]
    assert [each.id for each in said] == [maria]


def test_the_report_of_the_command(desk, tmp_path, capsys):
    move, gone, maria = judged(desk, "蒋路"), judged(desk, "60 万家"), judged(desk, "Maria Lopez")
    path = file(tmp_path, "two.txt", NEW)

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--case", str(desk.folder), "--by", "reviewer-1", "--lang", "en"])
        return ended.value.code, capsys.readouterr()

    code, printed = run("ingest", str(path), "--replaces", "S1", "--json")
    report = json.loads(printed.out)["revision"]
    assert (code, report["source"], report["replaces"]) == (0, "S2", "S1")
    assert [each["claim"] for each in report["changed"]] == report["reopened"] == [move]
    assert [(each["claim"], each["to"]) for each in report["lost"]] == [(gone, None)]
    assert [each["claim"] for each in report["moved"]] == [maria]
    code, printed = run("show", "S2")
    assert "S2 replaces S1: 1 mentions moved, 1 changed, 1 lost" in printed.out
    assert "蒋路" in printed.out
    assert "蒋璐" in printed.out
    code, printed = run("show", gone)
    assert "only in the older version; S2 replaces it" in printed.out
    code, printed = run("ingest", str(path), "--replaces", "S1")
    assert (code, "already here as S2" in printed.err) == (1, True)
    code, printed = run("ingest", str(file(tmp_path, "three.txt", NEWER)), "--replaces", "S1")
    assert (code, "replaced before, by S2" in printed.err) == (1, True)
    desk.refresh()


def test_a_ledger_that_takes_one_move_back_all_the_same_is_found(case_of_two, tmp_path):
    case, claim = case_of_two
    moved = next(each for each in case.trail(claim) if each.kind == "mention.moved")
    undone = bodies.EventUndone(id=moved.id)
    case._commit(lambda: [Draft("event.undone", moved.subject, undone)], by="reviewer-1")
    assert any("no act that can be undone" in each.seen for each in case.audit().findings)


@pytest.fixture
def case_of_two(tmp_path):
    """A case whose one judged claim has moved to a newer version, and that claim."""
    case = Case.create(tmp_path / "two", by="reviewer-1")
    case.ingest(file(tmp_path, "old.txt", OLD))
    claim = judged(case, "Maria Lopez")
    replaced(case, tmp_path, "第一行是新的。\n\n" + OLD)
    yield case, claim
    case.close()
