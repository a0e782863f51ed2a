"""On paper: the sheet of an audit in both languages, and a draw for a check by hand that anybody can repeat."""

import hashlib
import json
import shutil
from contextlib import closing

import attacker
import pytest
from rich.cells import cell_len

from factcheck.audit import CHECKS, SUBSET, WHOLE, audit, sample
from factcheck.case import Case
from factcheck.cli import main
from factcheck.labels import catalogue

LANGUAGES = ("zh", "en")


@pytest.fixture
def run(capsys):
    """Runs a command in this process and gives (exit, stdout)."""

    def command(*arguments):
        with pytest.raises(SystemExit) as end:
            main([str(each) for each in arguments])
        return end.value.code or 0, capsys.readouterr().out

    return command


def decided(folder):
    """What an outsider finds in the final export or the ledger: here the fold of the desk itself."""
    with closing(Case.open(folder)) as case:
        return {
            claim.id
            for claim in case.claims()
            if claim.verdict and claim.state not in {"merged", "dismissed"}
        }


def test_the_draw_is_the_lowest_digests_of_seed_root_and_claim(folder):
    root, claims = audit(folder, checks=["lines"]).head.root, decided(folder)
    for seed in ("", "a coin of the auditor", "种子"):
        lots = {
            hashlib.sha256(f"{seed or root}\n{root}\n{claim}".encode()).hexdigest(): claim for claim in claims
        }
        wanted = [lots[each] for each in sorted(lots)]
        assert len(wanted) > 4
        for number in (1, 4, len(wanted), 999):
            found = sample(folder, number, seed)
            assert wanted[:number] == [each.claim for each in found.claims]
            assert (seed or root, root, len(claims)) == (found.seed, found.root, found.of)


def test_another_seed_or_another_head_draws_otherwise(folder):
    first = [each.claim for each in sample(folder, 5, "one").claims]
    assert first == [each.claim for each in sample(folder, 5, "one").claims]
    assert first != [each.claim for each in sample(folder, 5, "two").claims]
    with closing(Case.open(folder, by="reviewer-1")) as case:
        case.note("C1", "one line more")
    assert first != [each.claim for each in sample(folder, 5, "one").claims]


def test_what_is_drawn_can_be_looked_at_with_nothing_but_the_folder(folder):
    drawn = sample(folder, 999)
    for claim in drawn.claims:
        assert claim.statement
        assert claim.verdict
        for said in claim.mentions:
            assert said.quote == (folder / said.file).read_text("utf-8")[said.start : said.end]
        for found in claim.evidence:
            assert found.url or found.file
            if found.file:
                digest = hashlib.sha256((folder / found.file).read_bytes()).hexdigest()
                assert digest in found.file
    assert any(found.file for claim in drawn.claims for found in claim.evidence)
    assert not all(found.file for claim in drawn.claims for found in claim.evidence)


def test_what_blind_review_withholds_is_not_drawn(tmp_path):
    (tmp_path / "talk.txt").write_text("Sales rose by 30 percent last year.\n", "utf-8")
    with closing(Case.create(tmp_path / "desk", "reviewer-1")) as case:
        source = case.ingest(tmp_path / "talk.txt")
        claim = case.add(source.id, "Sales rose by 30 percent", type="financial").id
        case.set_policy("blind", "on")
        case.decide(claim, "not_checkable")
        assert sample(case.folder, 9).claims == ()
        case.decide(claim, "not_checkable", by="reviewer-2")
        assert [claim] == [each.claim for each in sample(case.folder, 9).claims]


def test_the_command_prints_the_draw_and_gives_it_as_json(run, folder):
    _, printed = run("audit", folder, "--sample", 2, "--seed", "s", "--lang", "en", "--json")
    wanted = sample(folder, 2, "s").to_json()
    assert json.loads(json.dumps(wanted)) == json.loads(printed)["sample"]
    code, printed = run("audit", folder, "--sample", 2, "--seed", "s", "--lang", "en")
    assert code == 0
    for claim in wanted["claims"]:
        assert f"{claim['claim']}  {claim['statement']}"[:60] in printed
    assert "seed s" in printed
    assert run("audit", folder, "--sample", 0)[0] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_says_what_was_checked_by_what_and_what_is_never_proved(run, folder, lang):
    shutil.rmtree(folder / ".factcheck")
    code, printed = run("audit", folder, "--sheet", "--lang", lang)
    report, words = audit(folder), catalogue(lang)
    assert (0, printed) == (code, run("audit", folder, "--sheet", "--lang", lang)[1])
    lines = printed.splitlines()
    assert max(map(cell_len, lines)) <= 80
    together = "".join(printed.split())
    for said in (
        report.head.root,
        report.about.name,
        report.about.origin,
        report.about.newest,
        "factcheck-export/",
    ):
        assert "".join(said.split()) in together
    for check in report.checks:
        (line,) = [
            each for each in lines if each.split()[:1] == [check.name] and f" {check.checked} " in each
        ]
        assert line.split("  ")[0] == check.name
        assert "".join(words[f"check.{check.name}"].split()) in together
    assert "".join(words["sheet.never_text"].split()) in together
    assert "".join(f"index: {report.checks[list(CHECKS).index('index')].note}".split()) in together
    assert words["sheet.none"] in lines


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_lists_what_was_found_and_which_checks_were_left_out(run, folder, lang):
    (folder / "claims" / "meeting.txt").write_text("另一份记录", "utf-8")
    code, printed = run("audit", folder, "--sheet", "--lang", lang, "--check", "sources,lines")
    assert code == 1
    assert max(map(cell_len, printed.splitlines())) <= 80
    together = "".join(printed.split())
    (finding,) = audit(folder, checks=["sources"]).findings
    for said in (
        finding.where,
        finding.seen,
        finding.do,
        ",".join(n for n in CHECKS if n not in {"sources", "lines"}),
    ):
        assert "".join(said.split()) in together


def test_every_check_has_a_sentence_in_both_languages():
    checks = {*CHECKS, *WHOLE, *SUBSET}
    for lang in LANGUAGES:
        assert {f"check.{name}" for name in checks} == {k for k in catalogue(lang) if k.startswith("check.")}


def test_without_the_sheet_nothing_is_printed_when_all_is_well(run, folder):
    assert run("audit", folder) == (0, "")


def test_words_of_a_forger_do_not_act_on_the_terminal(run, folder):
    events = attacker.documents(folder)
    events[0]["body"]["name"] = "desk\u202e\x1b[31m 案卷" + "长" * 60
    attacker.rewrite(folder, events)
    _, printed = run("audit", folder, "--sheet", "--lang", "zh")
    assert "⟨RLO⟩␛[31m 案卷" in printed
    assert max(map(cell_len, printed.splitlines())) <= 80
