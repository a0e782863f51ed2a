"""What was proposed and turned down stays turned down: ties between claims, and that claims say the same."""

import json

import pytest

from factcheck.case import Case
from factcheck.cli import main
from factcheck.errors import Refused, Usage


@pytest.fixture
def desk(example):
    case = Case.open(example, by="reviewer-3")
    yield case
    report = case.audit()
    case.close()
    assert report.findings == ()


def ties(case, claim):
    return {(str(tie.kind), tie.other) for tie in case.claim(claim).relations if not tie.by}


def group(case, claim):
    return {each.id for each in case.same_group(case.claim(claim))}


def test_a_proposed_tie_that_is_turned_down_is_gone_on_both_sides(desk):
    (event,) = desk.turn_down("C23", "C104")
    assert (event.kind, event.subject, event.also[0].subject) == ("claim.unrelated", "C23", "C104")
    assert ("repeats", "C104") not in ties(desk, "C23")
    assert ("repeats", "C23") not in ties(desk, "C104")
    assert group(desk, "C23") == set()


def test_a_derivation_is_turned_down_from_either_end(desk):
    assert ("derives_from", "C27") in ties(desk, "C3")
    events = desk.turn_down("C27", "C3")
    assert [(each.subject, str(each.body.relation)) for each in events] == [
        ("C27", "repeats"),
        ("C3", "derives_from"),
    ]
    assert ("derives_from", "C27") not in ties(desk, "C3")
    assert "C3" not in group(desk, "C27")


def test_a_group_loses_one_pair_and_keeps_the_others(desk):
    assert group(desk, "C102") == {"C113", "C124", "C146"}
    desk.turn_down("C113", "C124", relation="repeats")
    assert group(desk, "C113") == {"C102", "C146"}
    assert group(desk, "C124") == {"C102", "C146"}
    assert group(desk, "C102") == {"C113", "C124", "C146"}
    desk.undo()
    assert group(desk, "C113") == {"C102", "C124", "C146"}
    desk.redo()
    assert group(desk, "C113") == {"C102", "C146"}


def test_nothing_is_turned_down_twice_and_nobodys_tie_is_a_proposal(desk):
    desk.turn_down("C23", "C104")
    with pytest.raises(Refused, match="nothing is proposed"):
        desk.turn_down("C23", "C104")
    with pytest.raises(Refused, match="nothing is proposed"):
        desk.turn_down("C32", "C139", relation="contradicts")
    with pytest.raises(Usage, match="once"):
        desk.turn_down("C23", "C23")


def test_what_was_turned_down_is_not_proposed_by_the_next_extraction(desk, monkeypatch):
    from dataclasses import replace

    from factcheck import text

    desk.turn_down("C23", "C104")
    desk.turn_down("C124", "C113", relation="repeats")
    real = text.extract

    def other_rules(words, **how):
        """Every type changes, so that no number stays by place and frame, and every claim ties with the first."""
        found = real(words, **how)
        claims = tuple(replace(each, type="event", statement=f"({each.statement})") for each in found.claims)
        more = tuple(text.ProposedRelation("repeats", "m1", each.id, "test") for each in claims[1:])
        pairs = (text.ProposedRelation("repeats", "m113", "m124", "test"),)
        return replace(found, claims=claims, relations=(*found.relations, *more, *pairs))

    monkeypatch.setattr(text, "extract", other_rules)
    (event,) = desk.reextract("S1")
    assert event.body.count > 0
    named = {claim.id: claim for claim in desk.claims("S1")}
    places = {each.mentions[0]: each.id for each in named.values() if each.state != "superseded"}
    assert ("repeats", "C104") not in ties(desk, "C23")
    for one, two in (("C23", "C104"), ("C113", "C124")):
        here, there = (places[named[each].mentions[0]] for each in (one, two))
        assert (here, there) == (one, two)  # touched claims keep their numbers, whatever the rules call them
        assert ("repeats", there) not in ties(desk, here)
        assert there not in group(desk, here)


def test_relating_them_after_all_takes_the_rejection_back(desk):
    desk.turn_down("C23", "C104")
    desk.relate("C23", "C104", "repeats")
    assert desk.claim("C23").apart == desk.claim("C104").apart == ()


def test_two_reviewers_and_the_commands(desk, example, capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--case", str(example), "--json"])
        assert ended.value.code == 0
        return json.loads(capsys.readouterr().out)

    assert len(run("relate", "C23", "C104", "--reject", "--by", "reviewer-4")["events"]) == 1
    assert len(run("merge", "--reject", "C113", "C124", "C146", "--by", "reviewer-3")["events"]) == 2
    desk.refresh()
    assert group(desk, "C113") == {"C102"}
    shown = run("show", "C113")
    assert shown["rejected"] == [{"kind": "repeats", "other": "C124"}, {"kind": "repeats", "other": "C146"}]
    desk.accept("C23")
    with pytest.raises(Refused, match="reviewer-3 has since built upon it"):
        desk.undo(by="reviewer-4")
