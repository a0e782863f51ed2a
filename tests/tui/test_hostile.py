"""Hostile words in every screen and every box: none of their control characters is painted, and nothing falls over."""

import asyncio
import unicodedata

import pytest
from hostile import HOSTILE, RAW, hostile_desk
from looking import looking
from states import STATES
from terminal import Terminal, reviewing
from test_grids import go_through

from factcheck.actions import ACTIONS

SENT = {
    "Space": "space",
    "Backspace": "backspace",
    "PgDn": "pagedown",
    "PgUp": "pageup",
    "1-9": "1",
    "Tab": "tab",
}
ACTS = [
    SENT.get(each.key, each.key.lower() if len(each.key) > 1 else each.key)
    for each in ACTIONS
    if each.screen == "review" and each.id not in {"quit", "propose"}
]


def acting(text):
    """The characters of a painted screen that would act on a terminal or hide."""
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}} - {"\n"}


@pytest.mark.parametrize(("columns", "rows"), [(120, 40)])
def test_no_screen_box_or_sheet_paints_what_acts_on_a_terminal(tmp_path, columns, rows):
    case = hostile_desk(tmp_path / "desk")

    async def story():
        async with looking(case, columns, rows, "en") as eyes:
            for there in (*((key,) for key in ACTS), *(state.there for state in STATES)):
                await eyes.press("home")
                await go_through(eyes, there)
                seen = eyes.text()
                assert acting(seen) == set(), there
                assert eyes.widths() == {columns}, there
                await eyes.press("escape", "escape")
            for box in ("c", "slash", "D", "colon"):
                await eyes.press("home", box)
                await eyes.paste(HOSTILE)
                assert acting(eyes.text()) == set(), box
                await eyes.press("enter")
                assert acting(eyes.text()) == set(), box
                await eyes.press("escape", "escape")

    asyncio.run(story())
    case.close()


STOCK = {
    "Static": "yield Static(HOSTILE, markup=False)",
    "Label": "yield Label(HOSTILE)",
}


@pytest.mark.parametrize("widget", STOCK)
def test_the_widgets_of_the_library_leak_or_fall_over_so_the_search_finds_something(tmp_path, widget):
    script = tmp_path / "stock.py"
    script.write_text(
        f"from textual.app import App\nfrom textual.widgets import {widget}\nHOSTILE = {HOSTILE!r}\n"
        f"class A(App):\n def compose(self): {STOCK[widget]}\n def on_mount(self): self.set_timer(1, self.exit)\nA().run()",
        "utf-8",
    )
    leaky = Terminal(str(script), columns=120, rows=40)
    while leaky.read():
        pass
    leaky.child.close()
    assert leaky.child.exitstatus != 0 or [raw for raw in RAW if raw in leaky.written] != []


def test_an_address_with_characters_that_cannot_be_seen_is_refused_in_one_sentence(tmp_path):
    case = hostile_desk(tmp_path / "desk")

    async def story():
        async with looking(case, lang="en") as eyes:
            await eyes.press("colon", "3", "enter")
            await eyes.paste("https://example.org/\u202e\x1b[31ma")
            await eyes.press("up", "2", "enter")
            return eyes.text()

    seen = asyncio.run(story())
    assert "characters that cannot be seen" in seen
    assert acting(seen) == set()
    assert case.claim("C3").evidence == ()
    case.close()


def test_no_byte_of_a_document_acts_on_a_real_terminal(tmp_path):
    hostile_desk(tmp_path / "desk").close()
    desk = reviewing(tmp_path / "desk")
    desk.wait("C1", "␛", "Verdict digits")
    for key in ("r", "g", "i", "d", "a", "X", "V", "M", "c", "e", "w", "D", "y", "/", "?"):
        desk.press("\x1b[H", key)
        desk.calm()
        desk.press("Esc")
        desk.calm()
        desk.press("Esc")
    desk.wait("Verdict digits")
    assert desk.leave() == 0
    # What is copied (y) goes to the terminal in base64, which is the desk's own doing.
    assert [raw for raw in RAW if raw in desk.written] == []
