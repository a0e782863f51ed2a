"""The next claim is the same whether the lists are read whole or as far as is needed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.case import Case
from factcheck.index import Query
from factcheck.model import Checkable, Claim, ClaimState, ClaimType, Mention, Verdict, may, same_person

PEOPLE = ("lead-1", "reviewer-1", "reviewer-2", "Reviewer-1")
MANY = 30
_STAGES = (("accepted", False), ("judged", True), ("disputed", True), ("suggested", False))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A case whose index is filled anew for each example: its ledger knows of none of these claims."""
    folder = tmp_path_factory.mktemp("next")
    case = Case.create(folder / "case", "lead-1", clock=lambda: datetime(2024, 3, 1, tzinfo=UTC))
    yield case
    case.close()


@pytest.fixture(scope="module")
def members(tmp_path_factory):
    folder = tmp_path_factory.mktemp("members")
    case = Case.create(folder / "case", "lead-1", clock=lambda: datetime(2024, 3, 1, tzinfo=UTC))
    case.add_member("lead-1", "lead")
    for name in ("reviewer-1", "reviewer-2"):
        case.add_member(name, "reviewer")
    case.set_policy("blind", "on")
    yield case
    case.close()


claims = st.tuples(
    st.sampled_from(
        (
            ClaimState.ACCEPTED,
            ClaimState.JUDGED,
            ClaimState.DISPUTED,
            ClaimState.SUGGESTED,
            ClaimState.CONFIRMED,
        )
    ),
    st.integers(0, 3),
    st.sampled_from(("", "", *PEOPLE)),
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
)
numbers = st.integers(1, 3) | st.integers(1, MANY)


def fill(case, rows):
    """Nothing but these claims waits in the case, as far as its index knows."""
    for number in range(1, MANY + 1):
        case._index.put(f"C{number}", None)
    for number, (state, priority, assigned, judge, other) in enumerate(rows, start=1):
        claim = Claim(
            f"C{number}", "蒋璐转投 TikTok", ClaimType.EVENT, Checkable.YES, priority,
            (Mention("S1", 0, 2, "蒋璐"),), state=state, assigned=assigned,
        )  # fmt: skip
        if state not in {ClaimState.ACCEPTED, ClaimState.SUGGESTED}:
            verdict = Verdict("v", "refuted", "因为", (), judge, "", 1, "s")
            disputed = other if state is ClaimState.DISPUTED else ""
            claim = replace(claim, verdict=verdict, verdicts=(verdict,), disputed_by=disputed)
        case._index.put(claim.id, claim)


def waiting(case, person):
    """Everything that waits for a person, in order, by lists that are read whole."""
    for state, of_others in _STAGES:
        query = Query(states=(state,), order="priority", waits_for=person or " ")
        found = case.numbers(replace(query, not_by=person) if of_others else query)
        if state == "disputed":
            found = (
                [] if may(case.info, person, "settle") else [n for n in found if no_party(case, n, person)]
            )
        yield from found


def no_party(case, number, person):
    claim = case.page([number])[0]
    parties = (claim.verdict.by, claim.disputed_by) if claim.verdict else ()
    return not any(same_person(person, each) for each in parties)


def next_of_the_whole(case, after, person):
    off, held = case.put_off(by=person), case.held()
    behind = []
    for number in waiting(case, person):
        claim = f"C{number}"
        if claim == after or claim in off:
            continue
        if held.get(claim, person) == person:
            return claim
        behind.append(claim)
    every = {f"C{number}" for number in waiting(case, person)}
    behind += [each for each in off if each != after and each in every]
    return behind[0] if behind else ""


@pytest.mark.parametrize("case_of", ["desk", "members"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(claims, max_size=3) | st.lists(claims, max_size=MANY),
    off=st.lists(numbers, max_size=30, unique=True),
    held=st.lists(st.tuples(numbers, st.sampled_from(("reviewer-2", "lead-1", "reviewer-9"))), max_size=3),
    after=st.sampled_from(("", "C1", "C2", "C9")),
    person=st.sampled_from(("", *PEOPLE)),
)
def test_the_next_claim_is_the_one_that_whole_lists_give(request, case_of, rows, off, held, after, person):
    case = request.getfixturevalue(case_of)
    fill(case, rows)
    case.by = person
    case._memories.clear()
    case._memory(person).later = [f"C{number}" for number in off]
    for who in ("reviewer-2", "lead-1", "reviewer-9"):
        case.let_go(by=who)
    for number, who in held:
        case.hold(f"C{number}", by=who)
    found = case.next_claim(after)
    assert next_of_the_whole(case, after, person) == (found.id if found else "")


def test_of_what_others_have_open_the_most_urgent_comes_first(desk):
    fill(desk, [(ClaimState.ACCEPTED, 3 - n, "", "", "") for n in range(3)])
    desk._memories.clear()
    for who in ("reviewer-2", "lead-1", "reviewer-9"):
        desk.let_go(by=who)
    for number, who in ((1, "reviewer-2"), (2, "lead-1"), (3, "reviewer-9")):
        desk.hold(f"C{number}", by=who)
    assert desk.next_claim(by="reviewer-1").id == "C1"
    assert desk.next_claim("C1", by="reviewer-1").id == "C2"
    assert desk.next_claim(by="lead-1").id == "C2"
