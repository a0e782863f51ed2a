"""Why a claim was suggested: a sum that adds up, with the words that fired where they stand."""

import pytest

from factcheck.case import Case
from factcheck.cli import main


def test_start_and_addends_are_the_priority(example):
    case = Case.open(example, by="reviewer-1")
    explained = 0
    for claim in case.claims():
        found = case.reasons(claim)
        assert found.start + sum(each.weight for each in found.addends) == found.total == claim.priority
        for each in found.addends if found.place else ():
            text = case.text(found.place.source)
            assert each.words == " ".join(text[each.start : each.end].split()) != ""
            explained += 1
    assert explained > 200
    case.close()


def test_the_weightiest_reason_comes_first(case):
    weights = [abs(each.weight) for each in case.reasons(case.claim("C1")).addends]
    assert weights == sorted(weights, reverse=True)
    assert weights


def test_a_claim_that_a_person_made_has_no_reasons(case):
    made = case.add("S1", "会议实录")
    assert case.reasons(made).addends == ()
    assert case.reasons(made).place is None


def test_words_that_moved_to_another_version_are_not_shown_at_the_wrong_place(case, tmp_path):
    case.accept("C1")
    newer = tmp_path / "newer.txt"
    newer.write_text("多了一行。\n\n" + case.text("S1"), "utf-8")
    case.ingest(newer, replaces="S1")
    assert case.claim("C1").mentions[0].source == "S2"
    found = case.reasons(case.claim("C1"))
    assert found.place is None
    assert {each.words for each in found.addends} == {""}
    assert found.start + sum(each.weight for each in found.addends) == found.total


def test_the_command_prints_the_sum(case, capsys):
    with pytest.raises(SystemExit):
        main(["--case", str(case.folder), "show", "C1", "--why", "--lang", "en"])
    lines = capsys.readouterr().out.splitlines()
    first = next(n for n, line in enumerate(lines) if "what every statement starts with" in line)
    last = next(n for n, line in enumerate(lines) if line.endswith("  priority"))
    addends = [float(line.split()[0]) for line in lines[first:last]]
    assert lines[last] == f"  = {sum(addends):.3f}  priority"
    assert lines[last + 1].split() == ["+1.000", "type", "personnel_move"]
    assert lines[-1] == "  = 1.000  checkable"


def test_whether_a_claim_can_be_checked_is_a_sum_too(example):
    case = Case.open(example, by="reviewer-1")
    seen = set()
    for claim in (each for each in case.claims() if each.why):
        total = sum(each.weight for each in case.reasons(claim).checkable)
        assert ("yes" if total >= 700 else "partly" if total >= 0 else "no") == claim.checkable
        seen.add(claim.checkable)
    assert seen == {"yes", "partly", "no"}
    case.close()
