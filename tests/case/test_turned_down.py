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


def suggested(case):
    """Untouched suggestions, by their number."""
    return {claim.id: claim for claim in case.claims() if claim.untouched and claim.state == "suggested"}


def pair(case):
    """Two suggestions of one group of two, proposed to say the same."""
    found = suggested(case)
    return next(
        (one.id, tie.other)
        for one in found.values()
        for tie in one.relations
        if tie.kind == "repeats" and tie.other in found and group(case, one.id) == {tie.other}
    )


def derived(case):
    """A suggestion of a summary, the one that it derives from."""
    found = suggested(case)
    return next(
        (one.id, tie.other)
        for one in found.values()
        for tie in one.relations
        if tie.kind == "derives_from" and tie.other in found
    )


def four(case):
    """Four suggestions of one proposed group."""
    found = suggested(case)
    groups = [sorted({one, *group(case, one)} & found.keys(), key=lambda c: int(c[1:])) for one in found]
    return next(each for each in groups if len(each) >= 4)[:4]


def test_a_proposed_tie_that_is_turned_down_is_gone_on_both_sides(desk):
    one, two = pair(desk)
    (event,) = desk.turn_down(one, two)
    assert (event.kind, event.subject, event.also[0].subject) == ("claim.unrelated", one, two)
    assert ("repeats", two) not in ties(desk, one)
    assert ("repeats", one) not in ties(desk, two)
    assert group(desk, one) == set()


def test_a_derivation_is_turned_down_from_either_end(desk):
    told, first = derived(desk)
    assert ("derives_from", first) in ties(desk, told)
    events = desk.turn_down(first, told)
    assert {(each.subject, str(each.body.relation)) for each in events} == {
        (first, "repeats"),
        (told, "derives_from"),
    }
    assert ("derives_from", first) not in ties(desk, told)
    assert told not in group(desk, first)


def test_a_group_loses_one_pair_and_keeps_the_others(desk):
    one, two, three, four_ = four(desk)
    before = group(desk, two)
    assert before >= {one, three, four_}
    desk.turn_down(two, three, relation="repeats")
    assert group(desk, two) == before - {three}
    assert two not in group(desk, three)
    assert group(desk, one) >= {two, three, four_}
    desk.undo()
    assert group(desk, two) == before
    desk.redo()
    assert group(desk, two) == before - {three}


def test_nothing_is_turned_down_twice_and_nobodys_tie_is_a_proposal(desk):
    one, two = pair(desk)
    desk.turn_down(one, two)
    with pytest.raises(Refused, match="nothing is proposed"):
        desk.turn_down(one, two)
    made, other = next((c.id, t.other) for c in desk.claims() for t in c.relations if t.by)
    with pytest.raises(Refused, match="nothing is proposed"):
        desk.turn_down(made, other, relation="contradicts")
    with pytest.raises(Usage, match="once"):
        desk.turn_down(one, one)


def test_what_was_turned_down_is_not_proposed_by_the_next_extraction(desk, monkeypatch):
    from dataclasses import replace

    from factcheck import text

    here, there = pair(desk)
    _, one, two, _ = four(desk)
    desk.turn_down(here, there)
    desk.turn_down(two, one, relation="repeats")
    spans = {
        each: (desk.claim(each).mentions[0].start, desk.claim(each).mentions[0].end) for each in (one, two)
    }
    real = text.extract

    def other_rules(words, **how):
        """Every type changes, so that no number stays by place and frame, and every claim ties with the first."""
        found = real(words, **how)
        claims = tuple(replace(each, type="event", statement=f"({each.statement})") for each in found.claims)
        more = tuple(text.ProposedRelation("repeats", "m1", each.id, "test") for each in claims[1:])
        ends = [each.id for each in claims if (each.start, each.end) in spans.values()]
        pairs = (text.ProposedRelation("repeats", *ends[:2], "test"),)
        return replace(found, claims=claims, relations=(*found.relations, *more, *pairs))

    monkeypatch.setattr(text, "extract", other_rules)
    (event,) = desk.reextract("S1")
    assert event.body.count > 0
    named = {claim.id: claim for claim in desk.claims("S1")}
    places = {each.mentions[0]: each.id for each in named.values() if each.state != "superseded"}
    for first, second in ((here, there), (one, two)):
        # touched claims keep their numbers, whatever the rules call them
        assert [places[named[each].mentions[0]] for each in (first, second)] == [first, second]
        assert ("repeats", second) not in ties(desk, first)
        assert ("repeats", first) not in ties(desk, second)
        assert second not in group(desk, first)


def test_relating_them_after_all_takes_the_rejection_back(desk):
    one, two = pair(desk)
    desk.turn_down(one, two)
    desk.relate(one, two, "repeats")
    assert desk.claim(one).apart == desk.claim(two).apart == ()


def test_two_reviewers_and_the_commands(desk, example, capsys):
    one, two = pair(desk)
    _, first, second, third = four(desk)

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--case", str(example), "--json"])
        assert ended.value.code == 0
        return json.loads(capsys.readouterr().out)

    assert len(run("relate", one, two, "--reject", "--by", "reviewer-4")["events"]) == 1
    assert len(run("merge", "--reject", first, second, third, "--by", "reviewer-3")["events"]) == 2
    desk.refresh()
    assert not group(desk, first) & {second, third}
    shown = run("show", first)
    assert shown["rejected"] == [{"kind": "repeats", "other": second}, {"kind": "repeats", "other": third}]
    desk.accept(one)
    with pytest.raises(Refused, match="reviewer-3 has since built upon it"):
        desk.undo(by="reviewer-4")
