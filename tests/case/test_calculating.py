"""A calculation wired by hand: kept with its premises, shown, exported, taken back, worked out again by the audit."""

import json

import pytest

from factcheck.cli import main
from factcheck.errors import NotFound, Refused, Usage
from factcheck.events import Event


def last(case):
    """The newest line of the ledger."""
    return json.loads((case.folder / "claims" / "ledger.jsonl").read_bytes().splitlines()[-1])


def test_it_is_recorded_with_its_premises_and_what_must_be_true(case):
    text = case.text("S1")
    start = text.index("3 billion dollars")
    case.calculate("C5", "2 * cost = x", given=[f"cost = 3 billion dollars: S1:{start}-{start + 17}"])
    body = last(case)["body"]
    assert body["expression"] == "2 * cost = x"
    assert (body["result"], body["holds"], body["needs"]) == ("x = 6e9 USD", "conditional", ["x = 6e9 USD"])
    assert body["premises"] == [
        {
            "name": "cost", "value": "3000000000", "unit": "dollars", "claim": "", "words": "",
            "mention": {"source": "S1", "start": start, "end": start + 17, "quote": "3 billion dollars"},
        }
    ]  # fmt: skip
    (made,) = case.claim("C5").calculations
    assert (made.by, made.origins) == ("reviewer-1", (f"S1[{start}:{start + 17}]",))
    assert body["claim"]["statement"] == case.claim("C5").statement


def test_a_premise_is_said_by_its_claim_or_assumed_in_words(case):
    case.calculate("C4", "cost / 2 >= 1 billion USD", given=["cost = 3 billion dollars: C5"])
    assert case.claim("C4").calculations[0].holds == "yes"
    case.calculate(
        "C4", "cost / n >= 1 billion USD", given=["cost = 3 billion dollars: C5", "n = 3: 没有人说过"]
    )
    assert case.claim("C4").calculations[1].holds == "conditional"
    with pytest.raises(Refused, match="C5 does not say n = 4"):
        case.calculate("C4", "n * 2", given=["n = 4: C5"])
    with pytest.raises(NotFound):
        case.calculate("C4", "n * 2", given=["n = 4: C99"])
    with pytest.raises(Usage):
        case.calculate("C4", "n * 2", given=["n = 4: \u2060"])
    with pytest.raises(Refused, match="this calculation already"):
        case.calculate("C4", "cost / 2 >= 1 billion USD", given=["cost = 3 billion dollars: C5"])
    assert len(case.claim("C4").calculations) == 2


def test_it_is_undone_and_redone_and_leaves_a_verdict_alone(case):
    case.decide("C5", "not_checkable")
    case.calculate("C5", "1 + 1")
    assert case.claim("C5").state == "judged"
    case.undo()
    assert case.claim("C5").calculations == ()
    case.redo()
    assert [each.result for each in case.claim("C5").calculations] == ["2"]


def test_a_dismissed_claim_takes_none_and_a_refusal_records_nothing(case):
    case.dismiss("C1", reason="trivial")
    size = case.head.size
    with pytest.raises(Refused):
        case.calculate("C1", "1 + 1")
    with pytest.raises(Refused):
        case.calculate("C2", "1 s + 1 张")
    assert case.head.size == size
    assert case.worked_out("1 s + 1 s").result == "2 s"


def test_every_export_shows_it_with_where_its_premises_come_from(case):
    case.calculate(
        "C5", "cost / n = 1 billion USD", given=["cost = 3 billion dollars: C5", "n = 3: a guess_"]
    )
    case.decide("C5", "not_checkable")
    case.confirm("C5", by="reviewer-2")
    folder = case.export("markdown", "html", "jsonl", lang="en").folder
    report = (folder / "report.md").read_text("utf-8")
    page = (folder / "report.html").read_text("utf-8")
    for words in ("calculated by reviewer-1", "(C5)", "1e9 USD = 1e9 USD"):
        assert words in report
        assert words in page
    assert "holds only under a premise" in page
    record = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    (made,) = next(each for each in record if each.get("id") == "C5")["calculations"]
    assert (made["by"], made["origins"]) == ("reviewer-1", ["C5", "a guess_"])


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"result": "3"}, "its result is '3'; worked out again it is '2'"),
        ({"holds": "yes"}, "its holds is 'yes'"),
        ({"needs": ["x = 1"]}, "its needs is"),
        ({"expression": "1 / 0"}, "its calculation cannot be worked out: 1 cannot be divided by zero."),
        (
            {"expression": "1 + n", "premises": [{"name": "n", "value": "1", "unit": ""}]},
            "does not come from one claim",
        ),
        (
            {"expression": "1 + n", "premises": [{"name": "n", "value": "1", "unit": "", "claim": "C99"}]},
            "comes from C99, which is no claim",
        ),
        (
            {"expression": "1 + n", "premises": [{"name": "n", "value": "4", "unit": "", "claim": "C5"}]},
            "is 4, which C5 does not say",
        ),
    ],
)
def test_the_audit_works_it_out_again(case, change, finding):
    from factcheck.audit.rules import RULES
    from factcheck.state import State, apply

    case.calculate("C5", "1 + 1")
    lines = (case.folder / "claims" / "ledger.jsonl").read_bytes().splitlines()
    document = json.loads(lines[-1])
    document["body"] |= change
    forged = Event.model_validate(document)
    state = State()
    for line in lines[:-1]:
        event = Event.from_line(line, where="")
        apply(state, event, case._suggestions)
    found = list(RULES["calculation.recorded"](forged, forged.body, state))
    assert any(finding in each for each in found)
    unchanged = Event.from_line(lines[-1], where="")
    assert list(RULES["calculation.recorded"](unchanged, unchanged.body, state)) == []


def told(capsys, *arguments):
    """Exit status and what a command prints."""
    with pytest.raises(SystemExit) as end:
        main([*arguments])
    printed = capsys.readouterr()
    return end.value.code or 0, printed.out, printed.err


def test_the_command_records_shows_and_tries(case, capsys):
    case_ = ("--case", str(case.folder), "--lang", "en", "--by", "reviewer-1")
    premise = ("--given", "n = 3: nobody says it")
    code, out, _ = told(capsys, *case_, "calculate", "C5", "14 * x = n * 60", *premise, "--try")
    assert (code, out.splitlines()[0]) == (0, "  x = 12.8571  (holds only under a premise)")
    assert case.head.size == 3
    assert told(capsys, *case_, "calculate", "C5", "14 * x = n * 60", *premise)[0] == 0
    case.refresh()
    assert case.head.size == 4
    shown = told(capsys, *case_, "show", "C5")[1]
    assert "14 * x = n * 60  ⇒  x = 12.8571  (holds only under a premise)  reviewer-1" in shown
    assert "n = 3: nobody says it" in shown
    (made,) = json.loads(told(capsys, *case_, "show", "C5", "--json")[1])["calculations"]
    assert made["given"] == [{"name": "n", "value": "3", "unit": "", "from": "nobody says it"}]
    assert told(capsys, *case_, "calculate", "C5", "1 +")[0] == 2
    code, _, said = told(capsys, *case_, "calculate", "C5", "1 / 0")
    assert (code, said.count("\n")) == (1, 1)
