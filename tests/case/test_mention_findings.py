"""Each of several mentions may carry a finding of its own, beside the one verdict of the claim."""

import json

import pytest

from factcheck.case import Case
from factcheck.cli import main
from factcheck.errors import Refused, Usage

LINK = "https://example.org/statement"
TALK = """会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok，需要 60 次推理的成本。后来又说，蒋璐转投 TikTok 时需要 30 次推理的成本。

Last week Maria Lopez joined Globex as chief scientist.
"""


@pytest.fixture
def desk(tmp_path):
    case = Case.create(tmp_path / "desk", "reviewer-1", name="a desk")
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    case.ingest(tmp_path / "talk.txt")
    made = case.add("S1", "需要 60 次推理的成本", type="cost")
    case.mention(made.id, "S1", "需要 30 次推理的成本")
    yield case
    report = case.audit()
    case.close()
    assert report.findings == ()


def several(case):
    """The claim that is said at two places."""
    return next(each for each in case.claims() if len(each.mentions) == 2)


def findings(case):
    claim = several(case)
    return [(found.rating, found.because) if (found := claim.finding(m)) else None for m in claim.mentions]


def test_each_mention_has_its_own_finding_and_the_newest_stands(desk):
    claim = several(desk).id
    (event,) = desk.rate(claim, "1", mention=1, because="the paper says 60")
    assert (event.kind, event.subject, event.body.mention.quote) == (
        "mention.rated",
        claim,
        "需要 60 次推理的成本",
    )
    desk.rate(claim, "refuted", mention=2, because="not 30", by="reviewer-2")
    desk.rate(claim, "misleading", mention=2, because="half", by="reviewer-1")
    assert findings(desk) == [("supported", "the paper says 60"), ("misleading", "half")]
    desk.undo()
    assert findings(desk)[1] == ("refuted", "not 30")
    desk.redo()
    assert findings(desk)[1] == ("misleading", "half")


def test_a_verdict_that_did_not_know_it_comes_back(desk):
    claim = several(desk).id
    desk.attach(claim, LINK, stance="supports")
    desk.decide(claim, "1", because="so it says")
    desk.confirm(claim, by="reviewer-2")
    desk.rate(claim, "5", mention=2, because="not 30")
    found = desk.claim(claim)
    assert (found.state, found.verdict, found.reopened) == ("accepted", None, "mention rated")
    desk.undo()
    assert (desk.claim(claim).state, findings(desk)) == ("confirmed", [None, None])


def test_what_cannot_be_rated_is_refused_in_a_sentence(desk):
    claim, single = several(desk).id, next(each.id for each in desk.claims() if len(each.mentions) == 1)
    with pytest.raises(Refused, match="said at one place"):
        desk.rate(single, "1", mention=1, because="x")
    with pytest.raises(Usage, match="has 2 mentions"):
        desk.rate(claim, "1", mention=3, because="x")
    with pytest.raises(Usage, match="no such rating"):
        desk.rate(claim, "great", mention=1, because="x")
    with pytest.raises(Refused, match="needs a reason"):
        desk.rate(claim, "1", mention=1)
    desk.rate(claim, "not_checkable", mention=1)


def test_findings_go_where_their_mentions_go(desk, tmp_path):
    claim = several(desk).id
    desk.rate(claim, "1", mention=1, because="60 it is")
    desk.rate(claim, "5", mention=2, because="not 30")
    with pytest.raises(Refused, match="would be lost"):
        desk.merge(next(each.id for each in desk.claims() if each.id != claim), claim)
    newer = tmp_path / "newer.txt"
    newer.write_text("校订稿\n" + TALK.replace("30 次", "36 次"), "utf-8")
    desk.ingest(newer, replaces="S1")
    assert [each.source for each in several(desk).mentions] == ["S2", "S2"]
    assert findings(desk) == [("supported", "60 it is"), None]
    desk.split(claim, "36 次", mentions=[1])
    assert desk.claim(claim).rated == ()


def test_the_command_the_page_and_the_export_show_it(desk, tmp_path, capsys):
    claim = several(desk).id
    desk.rate(claim, "5", mention=2, because="the paper says 60", by="reviewer-2")
    desk.attach(claim, LINK, stance="supports")

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--case", str(desk.folder), "--by", "reviewer-1", "--lang", "en"])
        assert ended.value.code == 0
        return capsys.readouterr().out

    run("rate", claim, "1", "--mention", "1", "--because", "as printed")
    shown = json.loads(run("show", claim, "--json"))["mentions"]
    assert [each["finding"]["rating"] for each in shown] == ["supported", "refuted"]
    assert "the paper says 60" in run("show", claim)
    desk.decide(claim, "1", because="60, as printed")
    desk.confirm(claim, by="reviewer-2")
    desk.export("markdown", "html", "jsonl")
    folder = desk.folder / "exports" / "X1"
    assert "the paper says 60" in (folder / "report.md").read_text("utf-8")
    assert "the paper says 60" in (folder / "report.html").read_text("utf-8")
    lines = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    said = next(line for line in lines if line.get("id") == claim)["said"]
    assert [each["finding"]["rating"] for each in said] == ["supported", "refuted"]


def test_an_export_names_the_version_and_what_only_the_older_one_has(desk, tmp_path):
    claim = several(desk).id
    desk.attach(claim, LINK, stance="supports")
    desk.decide(claim, "1", because="so it says")
    desk.confirm(claim, by="reviewer-2")
    newer = tmp_path / "newer.txt"
    newer.write_text(TALK.replace("后来又说，蒋璐转投 TikTok 时需要 30 次推理的成本。", "\n"), "utf-8")
    desk.ingest(newer, replaces="S1")
    export = desk.export("markdown", "html", "jsonl", lang="en")
    report = (export.folder / "report.md").read_text("utf-8")
    assert "in the version that replaces S1" in report
    assert "only in this version: S2 replaces it and does not have these words" in report
    assert "Words that the newer version of a source does not have" in report
    assert "replaced by S2" in report
    assert "S1 → S2, the same words" in report
