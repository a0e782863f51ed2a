"""A list of millions is shown at once, and every key does what it does in a list that is read whole."""

import asyncio
import shutil

import pytest
from conftest import make_desk
from looking import looking

from factcheck.case import Case
from factcheck.index import Query
from factcheck.tui import ahead, arriving, filtering, review
from factcheck.tui.arriving import Arriving, listed
from factcheck.tui.place import Place, kept

MANY = 120
QUERIES = (
    Query(),
    Query(order="priority"),
    Query(states=("suggested",)),
    Query(states=("dismissed",), order="priority"),
    Query(states=("suggested", "accepted"), order="priority"),
)
WALK = ("n", "n", "p", "j", "pagedown", "end", "n", "k", "p", "p", "home", "p", "n", "u", "pageup", "9", "n")


@pytest.fixture
def desk(tmp_path):
    """A desk of many claims, most of which are done."""
    text = "".join(f"第{n}句话。\n" for n in range(MANY))
    suggested = [(f"第{n}句话。", f"主张 {n}", "event", "yes", n * 37 % 11, "", ()) for n in range(MANY)]
    case = make_desk(tmp_path / "long", text, suggested)
    case.dismiss(*(f"C{n}" for n in range(1, MANY + 1) if n % 7), reason="trivial")
    case.accept("C7", "C77")
    yield case
    assert case.audit().findings == ()
    case.close()


@pytest.fixture
def long_lists(monkeypatch):
    """Every list counts as a long one, and is read in short stretches."""
    monkeypatch.setattr(arriving, "AT_ONCE", 0)
    monkeypatch.setattr(arriving, "STRETCH", 8)
    monkeypatch.setattr(ahead, "LOOK_AHEAD", 3)
    monkeypatch.setattr(ahead, "BLOCK", 5)
    monkeypatch.setattr(filtering, "LATER", 0.0)


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.parametrize("all_here", [False, True], ids=["arriving", "arrived"])
def test_a_list_that_arrives_is_the_list_that_is_read_whole(desk, long_lists, query, all_here):
    whole, numbers = desk.numbers(query), listed(desk, query)
    assert isinstance(numbers, Arriving)
    if all_here:
        numbers.arrive(desk.found(query))
    assert len(numbers) == len(whole)
    assert [numbers[place] for place in range(len(whole))] == whole
    assert [numbers[-place] for place in range(1, len(whole) + 1)] == whole[::-1]
    assert [list(numbers[place : place + 3]) for place in range(len(whole))] == [
        whole[place : place + 3] for place in range(len(whole))
    ]
    for number in range(MANY + 2):
        assert (number in numbers) == (number in whole)
        assert numbers.place_of(number) == (whole.index(number) if number in whole else -1)
    with pytest.raises(IndexError):
        numbers[len(whole)]
    with pytest.raises(ValueError, match="0"):
        numbers.index(0)


def test_a_claim_that_leaves_the_list_while_it_is_read_stays_where_it_was_seen(desk, long_lists):
    query = Query(states=("suggested",), order="priority")
    whole, numbers = desk.numbers(query), listed(desk, query)
    assert list(numbers[2:6]) == whole[2:6]
    desk.accept(f"C{whole[3]}")
    numbers.arrive(desk.found(query))
    assert list(numbers) == whole
    assert numbers.place_of(whole[3]) == 3


def places(case, keys, **how):
    """The claims that these keys lead to, each with its place in the list."""
    seen = []

    async def story():
        async with looking(case, 120, 40, **how) as eyes:
            for key in keys:
                await eyes.press(key)
                screen = eyes.app.screen
                seen.append((key, screen.claim.id, screen.queue.cursor, len(screen.pages.numbers)))

    asyncio.run(story())
    return seen


@pytest.mark.parametrize("never_all", [False, True], ids=["arrived", "arriving"])
@pytest.mark.parametrize("states", [(), ("suggested",), ("accepted", "suggested")], ids=str)
def test_the_keys_lead_to_the_same_claims(desk, tmp_path, states, never_all):
    copies = [desk.folder, tmp_path / "again"]
    shutil.copytree(*copies)
    keys = [each for each in WALK if not never_all or each not in {"u", "9"}]
    found = []
    for folder in copies:
        case = Case.open(folder, by="reviewer-1", private=tmp_path / f"private-{folder.name}")
        kept(
            case.place_file,
            Place(claim=77 if 77 in case.numbers(Query(states=states)) else 14, states=states),
        )
        with pytest.MonkeyPatch.context() as patch:
            if folder == copies[1]:
                patch.setattr(arriving, "AT_ONCE", 0)
                patch.setattr(arriving, "STRETCH", 64)
                patch.setattr(ahead, "LOOK_AHEAD", 3)
                patch.setattr(ahead, "BLOCK", 5)
                patch.setattr(filtering, "LATER", 0.0)
                if never_all:  # until all is here, a list shows what one's own acts make of it at once
                    patch.setattr(review.Review, "bring", lambda _self, _numbers: None)
            found.append(places(case, keys))
        case.close()
    assert found[0] == found[1]


@pytest.mark.parametrize("never_all", [False, True], ids=["arrived", "arriving"])
def test_what_others_do_is_seen_in_a_long_list_that_stands_and_the_open_claim_stays(
    desk, long_lists, monkeypatch, never_all
):
    if never_all:
        monkeypatch.setattr(review.Review, "bring", lambda _self, _numbers: None)
    other = Case.open(desk.folder, by="reviewer-2")

    async def story():
        async with looking(desk, 120, 40) as eyes:
            screen = eyes.app.screen
            await eyes.press("n")
            shown, claim = screen.pages.numbers, screen.claim.id
            behind = screen.pages.at(screen.queue.cursor + 1).id
            other.note(behind, "看过了")
            other.assign(claim, to="reviewer-2")
            screen.poll()
            await eyes.settle()
            assert screen.pages.numbers is shown
            assert screen.claim.id == claim
            assert screen.claim.assigned == "reviewer-2"
            other.add("S1", "第5句话", statement="另一个主张")
            screen.poll()
            await eyes.settle()
            assert len(screen.pages.numbers) == MANY + 1
            assert screen.claim.id == claim

    asyncio.run(story())
    other.close()


def test_a_claim_that_others_take_out_of_a_long_list_stays_open(desk, long_lists):
    other = Case.open(desk.folder, by="reviewer-2")

    async def story():
        async with looking(desk, 120, 40) as eyes:
            screen = eyes.app.screen
            screen.query_now = Query(states=("suggested",), order="priority")
            screen.reload()
            await eyes.settle()
            whole = list(screen.pages.numbers)
            await eyes.press("j")
            other.dismiss(f"C{whole[1]}", reason="trivial")
            screen.poll()
            await eyes.settle()
            assert list(screen.pages.numbers) == whole
            assert screen.claim.number == whole[1]
            assert screen.claim.state == "dismissed"

    asyncio.run(story())
    other.close()
