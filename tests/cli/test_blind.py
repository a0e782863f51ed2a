"""Blind review: until a second person has judged, nothing of the first verdict is told to them by any command."""

import shutil

import pytest

from factcheck.case import Case
from factcheck.case.verdicts import More
from factcheck.cli import COMMANDS, main
from factcheck.model import Part, PartRole

SENTINEL = "zyzzyva"
"""Stands in everything that the first verdict says."""
RATINGS = ("misleading", "mostly_refuted", "误导", "基本不实", "Misleading", "Mostly refuted")

# How a second person may call each command; what acts does so on a copy. A new command must find its place here.
CALLS = {
    "demo": ["demo --to {away}"],
    "init": ["init {away}"],
    "review": ["review"],
    "serve": ["serve --at 1"],  # else it serves until a signal ends it; what a tab shows is the review screen
    "whoami": ["whoami"],
    "config": ["config show"],
    "keys": ["keys"],
    "help": ["help words", "help decide"],
    "policy": ["policy"],
    "members": ["members"],
    "signers": ["signers", "signers allowed"],
    "sign": ["sign"],
    "witness": ["witness"],
    "object": ["object C1 why?"],
    "scale": ["scale adopt --shipped"],
    "correct": ["correct C1 --kind typo --because slip"],
    "corrections": ["corrections", "corrections --since {seq}"],
    "publisher": ["publisher --name Desk", "publisher"],
    "foreword": ["foreword hello", "foreword"],
    "template": ["template", "template adopt --shipped"],
    "server": ["server"],
    "ledger": ["ledger", "ledger proof 3", "ledger adopt {away}"],
    "assign": ["assign C1 reviewer-2", "assign reviewer-2 --state judged", "assign reviewer-2 --text {sentinel}"],
    "later": ["later C1", "later"],
    "ask": ["ask C1 why?"],
    "answer": ["answer C1 because"],
    "due": ["due C1 2030-01-01 --settled-by time"],
    "work": ["work"],
    "extract": ["extract {paper}"],
    "rules": ["rules test"],
    "packs": ["packs check"],
    "ingest": ["ingest --again S1"],
    "import": ["import {paper}"],
    "propose": ["propose S1"],
    "date": ["date S1 2024-03-01"],
    "list": [
        "list",
        "list --verdict misleading",
        "list --verdict 4",
        "list --text {sentinel}",
        "list --state judged",
        "list --as-of {seq}",
        "list --verdict misleading --as-of {seq}",
    ],
    "show": ["show C1", "show C1 --why", "show C2", "show S1", "show E1", "show C1 --as-of {seq}"],
    "next": ["next", "next --questions", "next --due"],
    "status": ["status", "status --agreement", "status --as-of {seq}", "status --overview"],
    "search": ["search {sentinel}", "search TikTok"],
    "trail": ["trail", "trail C1", "trail C2", "trail E1"],
    "coverage": ["coverage", "coverage --sentences"],
    "accept": ["accept C1"],
    "dismiss": ["dismiss C1 --reason trivial", "dismiss --text {sentinel} --reason trivial"],
    "merge": ["merge C3 C1", "merge C1 C3"],
    "split": ["split C2 part --mention 2"],
    "reword": ["reword C1 otherwise"],
    "retype": ["retype C1 cost"],
    "relate": ["relate C1 C3 --as repeats"],
    "unrelate": ["unrelate C1 C3 --as repeats"],
    "read": ["read R1"],
    "reject": ["reject R1"],
    "reopen": ["reopen C1", "reopen C2 --because again"],
    "note": ["note C1 hm"],
    "add": ["add --source S1 --quote 抖音"],
    "mention": ["mention C1 --source S1 --quote 蒋璐"],
    "calculate": ["calculate C1 1=1"],
    "undo": ["undo", "undo C1"],
    "redo": ["redo"],
    "capture": ["capture {paper}"],
    "open": ["open E1"],
    "attach": ["attach C1 https://example.org/2 --stance supports"],
    "withdraw": ["withdraw E1"],
    "grade": ["grade E1 primary"],
    "join": ["join E1 E2 --because one"],
    "part": ["part E1 E2 --because two"],
    "reanchor": ["reanchor E1"],
    "recheck": ["recheck E1"],
    "withhold": ["withhold K1 --because court"],
    "corroborate": ["corroborate K1 --url https://example.org/3"],
    "decide": ["decide C1 nonsense", "decide C1 supported", "decide C1 refuted --at 1"],
    "rate": ["rate C2 nonsense --mention 1"],
    "confirm": ["confirm C1"],
    "dispute": ["dispute C1 --because no"],
    "settle": ["settle C1 supported --because yes"],
    "export": ["export", "export --check", "export --draft --format markdown,html,jsonl,transcript,summary,claimreview,annotations,csv", "export --verdict misleading --draft"],
    "audit": ["audit"],
}  # fmt: skip
TELLS = {"help", "scale", "decide", "rate", "demo", "keys", "config", "export"}
"""Commands that name ratings whatever was judged: those of the scale."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """reviewer-1 has judged C1 and a mention of C2; the sentinel stands in all that was said of it."""
    folder = tmp_path_factory.mktemp("blind")
    paper = folder / "paper.txt"
    paper.write_text(
        "最近 VideoPort 的负责人蒋璐转投 TikTok。去年抖音 CEO 张楠辞去职务。模型成本 30 亿美元。\n", "utf-8"
    )
    case = Case.create(folder / "case", "reviewer-1")
    case.ingest(paper)
    case.set_policy("blind", "on")
    case.mention("C2", "S1", "张楠辞去职务")
    case.attach("C1", "https://example.org/1", quote="joined", stance="refutes")
    more = More(
        (Part(PartRole.PERSON, "蒋璐", "mostly_refuted", SENTINEL),), omitted=SENTINEL, would_change=SENTINEL
    )
    case.rate("C2", "misleading", mention=1, because=SENTINEL)
    case.decide("C1", "misleading", because=SENTINEL, more=more)
    case.decide("C2", "source_unclear", because=SENTINEL)
    case.undo()
    case.decide("C3", "misleading", because=SENTINEL, evidence=[_link(case)])
    case.reopen("C3")
    seq = case.head.size
    case.close()
    return folder, seq


def _link(case):
    return case.attach("C3", "https://example.org/3", quote="three", stance="refutes").id


def calls(line, folder, seq):
    """The words of a call, in a copy of the case."""
    values = {"sentinel": SENTINEL, "seq": seq, "paper": folder / "paper.txt", "away": folder / "away"}
    return [word.format(**values) for word in line.split()]


def said(line, judged, tmp_path, capsys, monkeypatch, *more):
    """All that a command prints and writes into exports/, called by reviewer-2 on a copy."""
    folder, seq = judged
    here = tmp_path / "here"
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(folder, here)
    monkeypatch.chdir(here / "case")
    with pytest.raises(SystemExit):
        main([*calls(line, here, seq), "--by", "reviewer-2", *more])
    printed = "".join(capsys.readouterr())
    written = [path.read_text("utf-8") for path in (here / "case" / "exports").rglob("*") if path.is_file()]
    return printed + "".join(written)


def asked(line, text):
    """What was printed, without the words of the call itself, which an answer may repeat."""
    return text.replace(f"'{SENTINEL}'", "") if "{sentinel}" in line else text


def test_every_command_is_called():
    assert set(CALLS) == set(COMMANDS)


@pytest.mark.parametrize(
    "line", [line for lines in CALLS.values() for line in lines], ids=lambda line: line.replace("{", "<").replace("}", ">")
)  # fmt: skip
def test_no_command_tells_a_second_person_what_the_first_one_found(
    line, judged, tmp_path, capsys, monkeypatch
):
    for more in (["--lang", "en"], ["--lang", "zh"], ["--json"]):
        text = asked(line, said(line, judged, tmp_path, capsys, monkeypatch, *more))
        assert SENTINEL not in text
        if "{sentinel}" in line or "list --verdict" in line:
            assert "C1" not in text
        if line.split()[0] not in TELLS:
            assert not [each for each in RATINGS if each in text.replace("--verdict misleading", "")]


@pytest.mark.parametrize(
    "line", ["show C1", "trail C1 --json", "search {sentinel}", "list --verdict misleading"]
)
def test_where_review_is_not_blind_the_same_commands_tell_it(line, judged, tmp_path, capsys, monkeypatch):
    folder, seq = judged
    shutil.copytree(folder, tmp_path / "open")
    case = Case.open(tmp_path / "open" / "case", by="reviewer-1")
    case.set_policy("blind", "off")
    case.close()
    text = said(line, (tmp_path / "open", seq), tmp_path, capsys, monkeypatch)
    assert SENTINEL in text or "misleading" in text


def test_whoever_judged_sees_their_own_and_everybody_sees_both_afterwards(judged, tmp_path):
    folder, _ = judged
    shutil.copytree(folder, tmp_path / "both")
    case = Case.open(tmp_path / "both" / "case", by="reviewer-1")
    assert case.claim("C1").verdict.because == SENTINEL
    assert case.search(SENTINEL) == []
    assert case.status()["counts_by_verdict"] == {"misleading": 1}
    case.by = "reviewer-2"
    assert case.claim("C1").verdict is None
    assert case.search(SENTINEL) == []
    assert case.status()["counts_by_verdict"] == {}
    case.decide("C1", "not_checkable")
    assert [each.because for each in case.claim("C1").verdicts] == [SENTINEL, ""]
    assert case.claim("C1").state == "disputed"
    assert [each.id for each in case.search(SENTINEL)] == ["C1"]
    case.close()


def test_a_name_in_other_letters_is_the_same_person_and_nobody_is_nobody(judged, tmp_path):
    folder, _ = judged
    shutil.copytree(folder, tmp_path / "names")
    case = Case.open(tmp_path / "names" / "case", by="Reviewer-1")
    assert case.claim("C1").verdict is not None
    case.by = ""
    assert case.claim("C1").verdict is None
    assert case.numbers() == [1, 2, 3]
    case.close()
