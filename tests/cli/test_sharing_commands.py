"""Commands that share the work: filters, bulk acts as several events, questions, what is due, the past."""

import json

import pytest

from factcheck.cli import main


@pytest.fixture
def run(capsys, case):
    """Runs a command on the case as reviewer-1 and gives (exit, what it printed as data, stderr)."""

    def command(line, *more):
        with pytest.raises(SystemExit) as end:
            main([*line.split(), *more, "--case", str(case.folder), "--by", "reviewer-1", "--json"])
        printed = capsys.readouterr()
        case.refresh()
        return end.value.code or 0, json.loads(printed.out) if printed.out else {}, printed.err

    return command


def test_a_filter_dismisses_every_claim_it_finds_each_by_an_event_of_its_own(run, case):
    total = len(case.claims())
    code, said, _ = run("dismiss --source S1 --reason trivial")
    assert (code, len(said["events"])) == (0, total)
    assert {each["kind"] for each in said["events"]} == {"claim.dismissed"}
    assert len({each["id"] for each in said["events"]}) == total
    assert run("undo C1")[0] == 0
    assert [str(each.state) for each in case.claims()].count("dismissed") == total - 1


def test_several_acts_are_taken_back_one_by_one(run, case):
    run("dismiss --source S1 --reason trivial")
    code, said, _ = run("undo --times 2")
    assert (code, [each["kind"] for each in said["events"]]) == (0, ["event.undone"] * 2)
    code, said, told = run("undo --times 99")
    assert code == 0
    assert "no act" in told
    assert {str(each.state) for each in case.claims()} == {"suggested"}


def test_a_filter_assigns_and_the_list_knows_whose_they_are(run, case):
    code, said, _ = run("assign reviewer-1 --text 蒋璐")
    assert code == 0
    named = [each["subject"] for each in said["events"]]
    assert [each["id"] for each in run("list --assigned reviewer-1")[1]["claims"]] == named
    assert run(f"show {named[0]}")[1]["assigned"] == "reviewer-1"


@pytest.mark.parametrize(
    ("line", "exit"),
    [
        ("dismiss --reason trivial", 2),
        ("dismiss C1 --source S1 --reason trivial", 2),
        ("dismiss --section 1 --reason trivial", 2),
        ("dismiss --source S1 --section 9 --reason trivial", 4),
        ("dismiss --type costs --reason trivial", 2),
        ("dismiss --text 不存在的词 --reason trivial", 4),
        ("assign C1", 2),
        ("next --questions --due", 2),
        ("list --due soon", 2),
        ("show C1 --as-of yesterday", 2),
        ("show C1 --as-of 999999", 4),
        ("decide C1 supported --part nonsense", 2),
        ("answer C1 yes", 1),
        ("work report", 1),
    ],
)
def test_a_slip_changes_nothing_and_is_one_sentence(run, case, line, exit):
    before = case.head.size
    code, said, told = run(line)
    assert (code, said, case.head.size) == (exit, {}, before)
    assert json.loads(told.splitlines()[-1] if "{" not in told.splitlines()[0] else told)["error"]


def test_questions_and_what_is_due_are_found_by_next(run, case):
    assert run("next --questions")[0] == 4
    run("ask C2", "really?")
    found = run("next --questions")[1]
    assert (found["id"], found["questions"][0]["text"], found["questions"][0]["answer"]) == (
        "C2",
        "really?",
        None,
    )
    run("answer C2", "yes")
    assert run("next --questions")[0] == 4
    run("retype C1 prediction")
    run("due C1 2001-01-01 --settled-by", "a page")
    assert run("next --due")[1]["due"] == "2001-01-01"
    assert [each["id"] for each in run("list --due 2030-01-01")[1]["claims"]] == ["C1"]


def test_what_is_put_off_is_listed_for_oneself(run):
    assert run("later C2")[1] == {"later": ["C2"]}
    assert run("next")[1]["id"] != "C2"
    assert run("later")[1] == {"later": ["C2"]}


def test_show_list_and_status_tell_the_past(run, case):
    run("accept C1")
    size = case.head.size
    run("dismiss C1 --reason trivial")
    assert run(f"show C1 --as-of {size}")[1]["state"] == "accepted"
    assert run(f"status --as-of {size}")[1]["head"]["size"] == size
    assert "C1" in [each["id"] for each in run(f"list --state accepted --as-of {size}")[1]["claims"]]
    assert run("show C1")[1]["state"] == "dismissed"


def test_what_a_verdict_says_beyond_its_rating_is_shown(run, case):
    name = "蒋璐"
    run("attach C1 https://example.org/1 --stance supports --quote joined")
    more = ["--because", "it says so", "--part", f"person:{name}=1: named there", "--as-of", "2024-02-26"]
    assert run("decide C1 supported", *more)[0] == 0
    shown = run("show C1")[1]
    assert shown["parts"] == [
        {"role": "person", "words": name, "rating": "supported", "because": "named there"}
    ]
    assert shown["verdicts"][0]["as_of"] == "2024-02-26"


def test_where_review_becomes_blind_it_is_said_what_that_is_not(run):
    code, said, told = run("policy blind on")
    assert (code, said["events"][0]["kind"]) == (0, "policy.changed")
    assert "Somebody who opens the ledger file can read it." in told
