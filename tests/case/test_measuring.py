"""Measuring the desk: agreement over blind pairs only, and the case as it stood at an earlier moment."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import NotFound, Refused, Usage
from factcheck.model import kappa

RATINGS = st.sampled_from(["supported", "misleading", "not_checkable"])


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([], None),
        ([("a", "a")] * 5, None),
        ([("a", "b")] * 5, Fraction(0)),
        ([("a", "a"), ("b", "b")], Fraction(1)),
        ([("a", "b"), ("b", "a")], Fraction(-1)),
        # Two raters, 50 grants: both yes 20, yes/no 5, no/yes 10, both no 15; observed .7, expected .5.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, Fraction(2, 5)),
    ],
)
def test_kappa_is_what_it_is_by_hand(pairs, value):
    assert kappa(pairs) == value


@given(st.lists(st.tuples(RATINGS, RATINGS), min_size=1, max_size=40))
def test_kappa_is_symmetric_and_at_most_one(pairs):
    value = kappa(pairs)
    assert value == kappa([(two, one) for one, two in pairs])
    assert value is None or (value <= 1 and (value == 1) == all(one == two for one, two in pairs))


def judge(case, *pairs):
    for claim, (first, second) in zip(case.claims(), pairs, strict=False):
        case.decide(claim.id, first)
        case.decide(claim.id, second, by="reviewer-2")


def test_only_pairs_that_were_blind_are_counted(case):
    case.set_policy("blind", "on")
    judge(case, ("not_checkable", "not_checkable"), ("not_checkable", "source_unclear"))
    found = case.agreement()
    assert (found.pairs, found.agreed, found.kappa) == (2, 1, Fraction(0))
    assert [(each.claim, each.first, each.second) for each in found.disagreements] == [
        ("C2", "not_checkable", "source_unclear")
    ]
    case.set_policy("blind", "off")
    case.decide("C3", "not_checkable")
    case.decide("C3", "not_checkable", by="reviewer-2")
    assert case.agreement() == found


def test_agreement_asks_the_index_as_often_however_many_claims_were_touched(case):
    case.set_policy("blind", "on")
    judge(case, ("not_checkable", "not_checkable"))
    asked = [questions(case)]
    for claim in case.claims():
        case.note(claim.id, "looked at")
    asked.append(questions(case))
    assert asked[0] == asked[1] > 0


def questions(case):
    """How often agreement asks the index."""
    said: list[str] = []
    case._index._database.set_trace_callback(said.append)
    case.agreement()
    case._index._database.set_trace_callback(None)
    return len(said)


def test_what_was_given_blind_is_not_taken_back_once_the_other_verdict_was_seen(case):
    case.set_policy("blind", "on")
    judge(case, ("not_checkable", "source_unclear"))
    with pytest.raises(Refused, match="has seen the other one"):
        case.undo(by="reviewer-2")
    assert case.agreement().pairs == 1


def test_only_the_first_pair_of_a_claim_counts_for_whoever_judges_anew_has_seen_it(case):
    case.set_policy("blind", "on")
    judge(case, ("not_checkable", "source_unclear"))
    case.reopen("C1", because="once more")
    judge(case, ("not_checkable", "not_checkable"))
    found = case.agreement()
    assert (found.pairs, found.agreed) == (1, 0)


def test_the_case_as_of_a_line_and_of_a_time_is_what_it_was(case):
    case.decide("C1", "not_checkable")
    then = case.head
    moment = case.trail("C1")[-1].time
    case.confirm("C1", by="reviewer-2")
    case.note("C2", "hm")
    for when in (str(then.size), moment, moment[:-1]):
        before = case.as_of(when)
        if when == str(then.size):
            assert (before.head, before.claim("C1").state) == (then, "judged")
            assert before.status()["head"]["root"] == then.root
    assert case.as_of(moment[:10]).head == case.head
    assert case.claim("C1").state == "confirmed"


def test_the_past_takes_no_act(case):
    case.accept("C1")
    with pytest.raises(Refused, match="reading only"):
        case.as_of("2").accept("C2")


@pytest.mark.parametrize(
    ("moment", "error"),
    [("0", NotFound), ("99999", NotFound), ("2001-01-01", NotFound), ("yesterday", Usage), ("２", Usage)],
)
def test_a_moment_that_never_was_is_one_sentence(case, moment, error):
    with pytest.raises(error):
        case.as_of(moment)


def test_undo_of_a_subject_takes_back_the_latest_act_on_it(case):
    case.note("C1", "one")
    case.note("C2", "two")
    case.undo("C1")
    assert (case.claim("C1").notes, len(case.claim("C2").notes)) == ((), 1)
    with pytest.raises(Refused, match="no act on C1"):
        case.undo("C1")
