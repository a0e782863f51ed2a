"""The queue holds any number of claims and reads only those that are seen."""

import asyncio

from conftest import make_desk
from looking import looking

from factcheck.tui.queue import HEIGHT, PAGE, Pages

MANY = 100_000


class Shelf:
    """A case of a hundred thousand claims, of which it counts those that are read."""

    def __init__(self, case):
        self.case, self.read = case, 0
        self.first = case.claims()[0]

    def page(self, numbers):
        from dataclasses import replace

        self.read += len(numbers)
        return [replace(self.first, id=f"C{number}", statement=f"主张 {number}") for number in numbers]


def test_pages_are_read_when_they_are_looked_at_and_forgotten_again(desk):
    shelf = Shelf(desk)
    pages = Pages(shelf.page)
    pages.fill(range(1, MANY + 1))
    assert pages.at(0).id == "C1"
    assert pages.at(MANY - 1).id == f"C{MANY}"
    assert shelf.read <= 2 * PAGE
    for place in range(0, MANY, PAGE):
        pages.at(place)
    assert len(pages._pages) <= 64


def test_a_hundred_thousand_claims_are_shown_by_reading_a_few_pages(desk, monkeypatch):
    shelf = Shelf(desk)
    monkeypatch.setattr(desk, "numbers", lambda query=None: list(range(1, MANY + 1)))
    monkeypatch.setattr(desk, "page", shelf.page)

    async def story():
        async with looking(desk, 120, 40) as eyes:
            assert eyes.app.screen.queue.virtual_size.height == MANY * HEIGHT
            await eyes.press("end")
            assert f"C{MANY}" in eyes.text()
            await eyes.press("home", "pagedown", "j", "k")
            assert "主张 1" in eyes.text()

    asyncio.run(story())
    assert shelf.read < 20 * PAGE


def test_the_next_open_claim_is_found_behind_hundreds_that_are_done(tmp_path):
    text = "".join(f"第{n}句话。\n" for n in range(500))
    suggested = [(f"第{n}句话。", f"主张 {n}", "event", "yes", 0, "", ()) for n in range(500)]
    case = make_desk(tmp_path / "many", text, suggested)
    case.dismiss(*(f"C{n}" for n in range(2, 400)), reason="trivial")

    async def story():
        async with looking(case, 80, 24) as eyes:
            await eyes.press("n")
            assert eyes.app.screen.claim.id == "C400"
            await eyes.press("p")
            assert eyes.app.screen.claim.id == "C1"

    asyncio.run(story())
    case.close()
