"""The filter narrows the queue while one types, and no key waits for a search."""

import asyncio
import re
from threading import Event

import pytest
from conftest import make_desk
from looking import SIZES, looking, told, watch

from factcheck.case import Case
from factcheck.index import Query
from factcheck.tui.pane import Pane
from factcheck.tui.queue import Queue

MANY = 400


def listed(eyes):
    """The claims of the queue, in its order."""
    return [f"C{number}" for number in eyes.screen.pages.numbers]


def there(eyes):
    """Where one is: the list, the place in it, the claim, and the rows of the screen without the bar beside them."""
    desk = eyes.screen
    rows = re.sub("[▁-█]", " ", eyes.text()).splitlines()
    return (listed(eyes), desk.query_now, desk.queue.cursor, desk.claim.id, desk.queue.scroll_offset.y, rows)


@pytest.fixture
def many(tmp_path):
    text = "".join(f"第{n}句话说到 TikTok。\n" for n in range(MANY))
    suggested = [(f"第{n}句话", f"主张 {n} TikTok", "event", "yes", 0, "", ()) for n in range(MANY)]
    case = make_desk(tmp_path / "many", text, suggested)
    yield case
    case.close()


class Gate:
    """Holds the search for some words until it is opened; every other one goes through."""

    def __init__(self, monkeypatch, words):
        self.began, self.open, self.ended = Event(), Event(), Event()
        search = Case.found

        def held(case, query, unless=None):
            if query.text != words:
                return search(case, query, unless)
            self.began.set()
            assert self.open.wait(60)
            try:
                return search(case, query)
            finally:
                self.ended.set()

        monkeypatch.setattr(Case, "found", held)


async def until(eyes, right):
    """Wait for what happens beside the screen."""
    for _ in range(2000):
        if right():
            return
        await eyes.pilot.pause(0.01)
    raise AssertionError(eyes.text())


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_queue_narrows_with_every_letter_before_anything_is_entered(desk, columns, rows):
    async def story():
        async with looking(desk, columns, rows, "en") as eyes:
            await eyes.press("slash", "t")
            seen = [listed(eyes)]
            await eyes.write("iktok")
            seen.append(listed(eyes))
            text = eyes.text()
            await eyes.press("space", *"蒋路")
            seen.append(listed(eyes))
            return seen, text, eyes.screen.claim.id

    seen, text, claim = asyncio.run(story())
    assert seen == [["C2", "C6", "C1", "C7"], ["C2", "C1"], ["C1"]]
    assert "1/2  by priority · “tiktok”" in text
    assert "▸  C2 ○ suggested" in text
    assert "▸ words tiktok" in text
    assert claim == "C5"


def test_state_and_order_narrow_at_once_as_well(desk):
    desk.accept("C3")
    desk.accept("C1")
    assert "1/2  按优先级 · 待判定" in watch(desk, "slash", "tab", "4")
    assert "1/2  按原文顺序 · 待判定" in watch(desk, "slash", "tab", "4", "tab", "2")


def test_enter_keeps_the_list_and_opens_the_claim_that_was_open_or_the_first(desk):
    async def story():
        async with looking(desk) as eyes:
            await eyes.press("slash", *"tiktok", "enter")
            first = eyes.screen.claim.id, listed(eyes), eyes.screen.box.question
            await eyes.press("j", "slash", "tab", "tab", "2", "enter")
            return first, (eyes.screen.claim.id, listed(eyes))

    assert asyncio.run(story()) == (("C2", ["C2", "C1"], None), ("C1", ["C1", "C2"]))


def test_escape_brings_back_the_list_the_place_in_it_and_the_claim(many):
    async def story():
        async with looking(many, 120, 40) as eyes:
            await eyes.press("slash", *"TikTok", "tab", "tab", "2", "enter", "pagedown", "pagedown", "k", "k")
            before = there(eyes)
            await eyes.press("slash", "ctrl+u", *"399")
            narrowed = listed(eyes)
            await eyes.press("escape")
            after = there(eyes)
            return narrowed, before, after

    narrowed, before, after = asyncio.run(story())
    assert narrowed == ["C400"]
    assert before[2] > 0 < before[4]
    assert after == before


def test_an_empty_result_says_what_to_do_and_does_not_touch_the_claim(desk):
    async def story():
        async with looking(desk, 80, 24, "en") as eyes:
            await eyes.press("slash", *"nowhere")
            empty = eyes.text(), eyes.screen.claim.id
            await eyes.press("ctrl+u")
            return empty, eyes.text(), listed(eyes)

    (empty, claim), cleared, numbers = asyncio.run(story())
    assert "No claim matches: ctrl+u clears the words, Esc brings the list back." in empty
    assert "0/0" in empty
    assert claim == "C5"
    assert "No claim matches" not in cleared
    assert len(numbers) == 7


def test_what_is_found_too_late_is_not_shown(desk, monkeypatch):
    gate = Gate(monkeypatch, "蒋")

    async def story():
        async with looking(desk) as eyes:
            await eyes.pilot.press("slash", "蒋")
            await until(eyes, gate.began.is_set)
            echoed = eyes.text()
            await eyes.pilot.press("ctrl+u", *"maria")
            await until(eyes, lambda: listed(eyes) == ["C6"])
            gate.open.set()
            await until(eyes, gate.ended.is_set)
            await eyes.settle()
            return echoed, listed(eyes)

    echoed, numbers = asyncio.run(story())
    assert "▸ 词语 蒋" in echoed
    assert numbers == ["C6"]


def test_escape_gives_a_search_up(desk, monkeypatch):
    gate = Gate(monkeypatch, "蒋")

    async def story():
        async with looking(desk) as eyes:
            await eyes.pilot.press("slash", "蒋")
            await until(eyes, gate.began.is_set)
            await eyes.pilot.press("escape")
            gate.open.set()
            await until(eyes, gate.ended.is_set)
            await eyes.settle()
            return len(listed(eyes)), eyes.screen.query_now.text

    assert asyncio.run(story()) == (7, "")


def test_keys_that_come_before_the_list_is_there_wait_for_it(desk, monkeypatch):
    gate = Gate(monkeypatch, "maria")

    async def story():
        async with looking(desk, lang="en") as eyes:
            await eyes.pilot.press("slash", *"maria")
            await until(eyes, gate.began.is_set)
            await eyes.pilot.press("enter", "9")
            waiting = eyes.text()
            gate.open.set()
            await until(eyes, lambda: eyes.screen.box.question is None)
            await eyes.settle()
            return waiting

    assert "Searching; Esc gives up." in asyncio.run(story())
    assert told(desk, 1) == [("verdict.recorded", "C6", "reviewer-1")]


def test_while_one_types_nothing_is_painted_but_the_box_the_queue_and_the_rim(desk, monkeypatch):
    painted = set()

    async def story():
        async with looking(desk) as eyes:
            await eyes.press("slash")
            for kind in (Pane, Queue):
                render = kind.render_line

                def counted(self, y, render=render):
                    painted.add(self.id)
                    return render(self, y)

                monkeypatch.setattr(kind, "render_line", counted)
            await eyes.press(*"tiktok")

    asyncio.run(story())
    assert "queue" in painted
    assert painted <= {"box", "queue", "strip", "status"}


def test_a_search_is_given_up_as_soon_as_nobody_wants_it_and_the_next_one_is_whole(many):
    asked = []

    def unless():
        asked.append(1)
        return len(asked) > 2

    common = Query(text="TikTok", order="priority")
    found = many.numbers(common)
    assert len(found) == MANY
    assert many.found(common, unless=lambda: False).tolist() == found
    for _ in range(60):
        if not many.found(common, unless=unless):
            break
    assert len(asked) > 2
    assert many.numbers(common) == found


def test_the_past_is_narrowed_as_it_stood(desk):
    desk.dismiss("C7", reason="opinion")

    async def story():
        async with looking(desk, lang="en") as eyes:
            await eyes.press("a")
            await until(eyes, lambda: "#4" in eyes.text())
            await eyes.press("end", "up", "enter")
            await until(eyes, lambda: hasattr(eyes.screen, "pages"))
            await eyes.settle()
            await eyes.press("slash", "tab", "8")
            return eyes.text(), listed(eyes)

    text, numbers = asyncio.run(story())
    assert "as of #" in text
    assert numbers == []


def test_a_claim_that_others_take_out_of_the_list_stays_open_until_one_goes_on(desk):
    async def story():
        async with looking(desk, lang="en") as eyes:
            await eyes.press("slash", "down", "3", "enter", "j", "j")
            opened = eyes.screen.claim.id
            colleague = Case.open(desk.folder, by="reviewer-2", clock=desk._clock)
            colleague.accept(opened)
            colleague.close()
            eyes.screen.poll()
            await eyes.settle()
            assert (eyes.screen.claim.id, eyes.screen.claim.state) == (opened, "accepted")
            assert f"{opened} has left this list; it stays open until you go on" in eyes.text()
            await eyes.press("c", "x", "enter")
            return opened, eyes.screen.claim.id

    opened, after = asyncio.run(story())
    assert told(desk, 2) == [("claim.accepted", opened, "reviewer-2"), ("note.added", opened, "reviewer-1")]
    assert after == opened
