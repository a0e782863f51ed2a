"""Looking at a screen without a terminal: drive the program, then read its cells as text."""

import asyncio
import json
import unicodedata
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from textual.events import Key, Paste
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from factcheck.tui.app import DeskApp

LINK = "https://example.org/news/cost"
BARE = ("up", "2", "enter")
"""Keys that attach a pasted link as it is: no test asks the web for anything."""
SIZES = ((80, 24), (120, 40), (200, 60))


def named(key):
    """The event of a key by Textual's name for it; its own way to press one waits for an idle processor."""
    key = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        character = key if len(key) == 1 else None
    return Key(key, character)


class Eyes:
    """The program under test, its keys and its screen."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot

    @property
    def screen(self):
        return self.app.screen

    async def settle(self):
        """Wait until everything that was asked for is painted."""
        for _ in range(10_000):
            await self.pilot.pause(0.002)
            desk = self.app.screen_stack[1] if len(self.app.screen_stack) > 1 else None
            if desk is not None and not desk.pending and all(work.is_finished for work in self.app.workers):
                break
        await self.pilot.pause(0.003)

    async def press(self, *keys):
        """Press keys, each after the one before has taken effect."""
        for key in keys:
            self.app.post_message(named(key))
            await self.pilot.pause(0)  # the program hands it to its screen,
            await self.pilot.pause(0)  # which takes it
            await self.settle()

    async def write(self, text):
        """Type a word, as fast as an input method hands it over."""
        for character in text:
            self.app.post_message(Key(character, character))
        await self.settle()

    async def paste(self, text):
        """Paste, as a terminal does."""
        self.app.screen.post_message(Paste(text))
        await self.settle()

    def text(self):
        """The cells of the screen as lines of text, blanks at their ends cut off."""
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips()) + "\n"

    def widths(self):
        """How many cells each row takes."""
        return {strip.cell_length for strip in self.screen._compositor.render_strips()}


@asynccontextmanager
async def looking(case, columns=120, rows=40, lang="zh", environ=None):
    """Open the review screen in the dark."""
    case.lang = lang
    app = DeskApp(case, lang, environ or {}, clock=lambda: datetime(2024, 3, 1, 12, tzinfo=UTC))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factcheck.tui.desk.SIDE_DELAY", 0.001)  # nobody watches, so nothing need look smooth
        async with app.run_test(size=(columns, rows)) as pilot:
            eyes = Eyes(app, pilot)
            await eyes.settle()
            yield eyes


def watch(case, *steps, columns=120, rows=40, lang="zh", environ=None):
    """Press these keys, ("write", text) and ("paste", text), and give back what is then to be seen."""

    async def story():
        async with looking(case, columns, rows, lang, environ) as eyes:
            for step in steps:
                await (eyes.press(step) if isinstance(step, str) else getattr(eyes, step[0])(step[1]))
            assert eyes.widths() == {columns}
            return eyes.text()

    return asyncio.run(story())


def told(case, last=3):
    """The newest lines of the ledger: kind, subject, who."""
    lines = (case.folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    return [(event["kind"], event["subject"], event["by"]) for event in events[-last:]]
