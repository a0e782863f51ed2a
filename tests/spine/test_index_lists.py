"""A list that is read as far as it is looked at is the list that is read whole."""

from bisect import bisect
from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticSerializationError

from factcheck.index import Index, Query, lists, rows
from factcheck.index.inspect import expected
from factcheck.index.query import arms, turns
from factcheck.model import (
    WAITING,
    Checkable,
    Claim,
    ClaimState,
    ClaimType,
    Mention,
    Question,
    Reading,
    Verdict,
)
from factcheck.state import State

PEOPLE = ("", "reviewer-1", "reviewer-2", "审稿人 3")
RATINGS = ("supported", "refuted", "not_checkable")
TYPES = (ClaimType.OPINION, ClaimType.COST, ClaimType.RECOMMENDATION)
STATES = tuple(map(str, ClaimState))


def claim_of(number, state, kind, priority, source, group, assigned, found, asked):
    """A claim as the desk could hold it."""
    mention = Mention(source, number * 10, number * 10 + 4, "蒋璐转投")
    questions = (Question("q", "真的吗？", "reviewer-2", ""),) if asked else ()
    verdict = None
    if found:
        rating, judge, basis = found
        verdict = Verdict("v", rating, "因为", (), judge, "", 1, "s", basis=basis)
    return Claim(
        f"C{number}", f"蒋璐转投 TikTok {number}", kind, Checkable.YES, priority, (mention,), state=state,
        group=group, assigned=assigned, verdict=verdict, verdicts=(verdict,) if verdict else (), questions=questions,
    )  # fmt: skip


kept = st.tuples(
    st.sampled_from(tuple(ClaimState)),
    st.sampled_from(TYPES),
    st.integers(0, 3),
    st.sampled_from(("S1", "S2")),
    st.sampled_from(("", "g1")),
    st.sampled_from(PEOPLE),
    st.none()
    | st.tuples(
        st.sampled_from(RATINGS), st.sampled_from(PEOPLE[1:]), st.sampled_from(("", "stated", "not_stated"))
    ),
    st.booleans(),
)
queries = st.builds(
    Query,
    states=st.lists(st.sampled_from(STATES), max_size=4).map(tuple),
    source=st.sampled_from(("", "", "S1")),
    type=st.sampled_from(("", "", "opinion")),
    rating=st.sampled_from(("", "", "refuted")),
    group=st.sampled_from(("", "", "", "g1")),
    text=st.sampled_from(("", "", "", "", "蒋璐", "nowhere")),
    not_by=st.sampled_from(PEOPLE),
    order=st.sampled_from(("text", "priority")),
    assigned=st.sampled_from(("", "", *PEOPLE)),
    waits_for=st.sampled_from(("", "", *PEOPLE, " ")),
    asked=st.sampled_from((False, False, True)),
    veil=st.sampled_from((None, *PEOPLE)),
)
shelves = st.lists(kept, max_size=40)


@pytest.fixture(scope="module", autouse=True)
def short_pages():
    """Pages so short that every list has several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "PAGE", 2)
        patch.setattr(lists, "LARGEST", 5)
        yield


def shelf(rows):
    """An index that holds these claims, each suggested first and then as its review left it."""
    index = Index(None)
    claims = [claim_of(number, *row) for number, row in enumerate(rows, start=1)]
    index.suggest([replace(each, state=ClaimState.SUGGESTED) for each in claims])
    for each in claims:
        index.put(each.id, each)
    return index, claims


@settings(max_examples=400, deadline=None)
@given(shelves, queries)
def test_a_list_that_is_walked_counted_or_looked_at_in_part_is_the_whole_list(rows, query):
    index, claims = shelf(rows)
    whole = index.numbers(query)
    assert list(index.walk(query)) == whole
    assert list(islice(index.walk(query), 3)) == whole[:3]
    assert index.count(query) == len(whole)
    assert [index.holds(query, each.number) for each in claims] == [each.number in whole for each in claims]
    assert [index.stretch(query, start, 4) for start in (0, 3)] == [whole[0:4], whole[3:7]]
    assert index.among([each.number for each in claims], query) == set(whole)
    index.close()


@settings(max_examples=300, deadline=None)
@given(shelves, queries)
def test_every_claim_has_its_place_in_a_list_and_what_follows_it_goes_around_its_end(rows, query):
    query = replace(query, waits_for="", text="")
    index, claims = shelf(rows)
    whole = index.numbers(query)
    for each in claims:
        number = each.number
        place = whole.index(number) if number in whole else -1
        assert index.place_of(query, number) == place
        assert index.place_among(whole, query, number) == place
        order = [(-each.priority if query.order == "priority" else 0, each.number) for each in claims]
        key = order[number - 1]
        at = bisect([order[n - 1] for n in whole], key)
        behind, before = whole[at:], [n for n in whole[:at] if n != number]
        assert list(index.following(query, number)) == [*behind, *before]
        assert list(index.following(query, number, -1)) == [*before[::-1], *behind[::-1]]
    index.close()


@settings(max_examples=200, deadline=None)
@given(shelves, queries, st.integers(1, 40))
def test_what_follows_a_claim_and_waits_for_somebody_comes_in_the_order_of_the_list(rows, query, number):
    query = replace(query, text="", assigned="")
    index, claims = shelf(rows)
    every = index.numbers(Query(order=query.order))
    waiting = set(index.numbers(query))
    if number in every:
        at = every.index(number)
        around = [*every[at + 1 :], *every[:at]]
        assert list(index.following(query, number)) == [each for each in around if each in waiting]
    assert claims or not waiting
    index.close()


@settings(max_examples=200, deadline=None)
@given(shelves, st.lists(st.integers(1, 40), max_size=8), st.sampled_from((None, *PEOPLE)))
def test_what_is_counted_is_what_is_there_whatever_came_and_went(rows, gone, veil):
    index, claims = shelf(rows)
    for number in gone:
        if number <= len(claims):
            index.put(f"C{number}", None)
    left = [each for each in claims if each.number not in gone]
    told = [
        each
        for each in left
        if each.verdict and (veil is None or each.state not in WAITING or each.verdict.by == veil)
    ]
    assert index.counts("state") == Counter(str(each.state) for each in left)
    assert index.counts("type") == Counter(str(each.type) for each in left)
    ratings = Counter((each.verdict.rating, str(each.type)) for each in told)
    assert {(rating, kind): many for rating, kind, many in index.ratings(veil)} == ratings
    state = State(subjects={each.id: each for each in left})
    assert set(index._rows("SELECT * FROM tally WHERE many > 0")) == expected(state, [])["tally"]
    index.close()


def test_a_suggestion_that_is_made_again_is_counted_once():
    index, (claim,) = shelf([(ClaimState.SUGGESTED, ClaimType.COST, 1, "S1", "", "", None, False)])
    index.suggest([replace(claim, priority=9)])
    assert index.counts("state") == {"suggested": 1}
    assert index.numbers(Query(order="priority")) == [1]
    index.close()


def test_a_reading_is_found_by_its_source_and_by_no_other():
    index = Index(None)
    index.suggest([Reading(f"R{n}", f"S{1 + n % 2}", "蒋路", "蒋璐", ((0, 2),)) for n in range(1, 12)])
    index.put("R3", None)
    assert [each.id for each in index.readings("S2")] == ["R1", "R5", "R7", "R9", "R11"]
    assert index.readings("S3") == []
    index.close()


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(order="priority"),
        Query(states=("accepted",)),
        Query(states=("accepted", "judged")),
        Query(states=("accepted", "judged"), order="priority"),
        Query(states=("judged",), order="priority", waits_for="reviewer-1", not_by="reviewer-1"),
        Query(states=("judged",), waits_for="reviewer-1", not_by="reviewer-1"),
        Query(asked=True, order="priority"),
        Query(assigned="reviewer-1"),
        Query(rating="refuted"),
        Query(group="g1"),
    ],
    ids=str,
)
def test_no_page_of_a_long_list_is_sorted(query):
    index = Index(None)
    for arm in (arm for turn in turns(query) for arm in turn):
        for last in (None, (-5, 7)):
            for back in (False, True):
                sql, values = arm.page(last, 10, back=back)
                plan = " ".join(row[3] for row in index._rows(f"EXPLAIN QUERY PLAN {sql}", values))
                assert "TEMP B-TREE" not in plan, plan
    assert arms(query)
    index.close()


def test_an_interruption_while_a_value_is_written_is_an_interruption(monkeypatch):
    class Interrupted:
        def dump_json(self, *_asked, **_how):
            raise PydanticSerializationError("Error serializing to JSON: KeyboardInterrupt: ")

    monkeypatch.setattr(rows, "_adapter", lambda _letter: Interrupted())
    with pytest.raises(KeyboardInterrupt):
        rows.dump("C", None)
