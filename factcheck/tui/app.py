"""The program in the terminal: one review screen, its colours and its layout at every size."""

import asyncio
import signal
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar, ScrollBarRender

from factcheck.actions import keys
from factcheck.case import Case
from factcheck.case.opening import now
from factcheck.labels import label
from factcheck.tui.ink import LOOK, has_ground, variables
from factcheck.tui.looks import COLOURLESS, WholeCells
from factcheck.tui.review import Review
from factcheck.tui.rows import printed

ENDING = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What tells a program to end; Windows has no SIGHUP."""


class DeskApp(App[int]):
    """factcheck review."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    DRAWN: ClassVar[bool] = True
    CSS: ClassVar[str] = """
    Screen { background: $desk; }
    #strip, #hints, #status, #where { height: 1; }
    #body { height: 1fr; }
    #queue { width: 30; height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; background: $desk;
        scrollbar-color: $desk-thumb; scrollbar-background: $desk; scrollbar-color-hover: $desk-thumb-hover;
        scrollbar-color-active: $desk-thumb-hover; scrollbar-background-hover: $desk; scrollbar-background-active: $desk; }
    #middle { width: 1fr; height: 1fr; border-left: $desk-edge; }
    #side { width: 38; height: 1fr; border-left: $desk-edge; }
    #guide, #statement, #legend, #brief, #notice { height: auto; }
    #source, #beside, #sheet { height: 1fr; }
    #box { height: auto; display: none; }
    .-wide #queue { width: 44; }
    .-wide #middle { width: 79; }
    .-wide #side { width: 1fr; }
    .-narrow #queue, .-narrow #side { display: none; }
    .-narrow #middle { border-left: none; }
    .-narrow.-list #queue { display: block; width: 1fr; }
    .-narrow.-list #middle, .-narrow.-aside #middle { display: none; }
    .-narrow.-aside #side { display: block; width: 1fr; border-left: none; }
    .-zoom #queue, .-zoom #side { display: none; }
    .-zoom #middle { width: 1fr; border-left: none; }
    """

    def __init__(
        self, case: Case, lang: str, environ: Mapping[str, str], clock: Callable[[], datetime] = now
    ) -> None:
        super().__init__(ansi_color=not has_ground())
        ScrollBar.renderer = WholeCells if LOOK.ascii else ScrollBarRender
        self.case, self.lang, self.environ, self.clock = case, lang, environ, clock
        self.key_map = keys(environ)
        self.review: Review | None = None

    def _fatal_error(self) -> None:
        """What nobody foresaw, as plain text through the gate; Textual's own would print whatever was in the way."""
        self.save_drafts()
        words = traceback.format_exc() + label("tui.crashed", self.lang)
        self._exit_renderables.append(printed(words))
        self._close_messages_no_wait()

    def get_css_variables(self) -> dict[str, str]:
        """Textual's own, and the colours of the theme."""
        return super().get_css_variables() | variables()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """None but the one of NO_COLOR: every colour is written as the theme names it."""
        return () if LOOK.colour else (COLOURLESS,)

    def on_mount(self) -> None:
        self.review = Review(self.case, self.lang, self.environ, self.clock, self.key_map)
        self.review.drawn = self.DRAWN
        self.push_screen(self.review)

        for each in ENDING:
            with suppress(
                NotImplementedError, RuntimeError, ValueError
            ):  # no signals here: then as Python does
                asyncio.get_running_loop().add_signal_handler(each, self.exit, None, 128 + each)

    def on_exit_app(self) -> None:
        """Whatever ends the program, what was written stays."""
        self.save_drafts()

    def save_drafts(self) -> None:
        """Write down what is not written down yet, if there is a desk by now."""
        if self.review:
            self.review.drafts.save()

    async def on_event(self, event: events.Event) -> None:
        """Every key is counted, whichever screen it goes to."""
        if isinstance(event, events.Key) and self.review:
            self.review.count_key()
        await super().on_event(event)
