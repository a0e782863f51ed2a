"""The desk as a conversation: a line is typed, what is new is said in lines; for screen readers and terminals that draw nothing."""

import asyncio
import re
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import BinaryIO, ClassVar

from textual import events

from factcheck.actions import ACTIONS, NAMED, Action
from factcheck.case import Case
from factcheck.tui import moving
from factcheck.tui.aloud import (
    CHOSEN,
    WIDE,
    block_lines,
    claim_lines,
    fresh,
    from_chosen,
    keys_line,
    numbers,
    renewed,
    rim,
    spoken,
)
from factcheck.tui.app import DeskApp
from factcheck.tui.asking import LEAVE, Asking
from factcheck.tui.attaching import links_in
from factcheck.tui.keys import short, typed
from factcheck.tui.listening import Lines, own_input, plain
from factcheck.tui.review import Review
from factcheck.tui.rows import Voice
from factcheck.tui.sheet import Sheet

HIGH = 30
"""Rows of the screen that nobody sees."""
PAGE = 30
"""Lines of a sheet that are said at once."""
LOOK = 0.05
"""Seconds between two looks at whether a page has come."""

MORE = "pgdn"
_JUMP = re.compile(r":\s*(.+)|([CE][0-9]{1,9})", re.IGNORECASE)


class LinearApp(DeskApp):
    """The same desk, painted for nobody."""

    DRAWN: ClassVar[bool] = False
    CSS: ClassVar[str] = f"{DeskApp.CSS} .-wide #middle {{ width: 1fr; }}"

    def __init__(self, case: Case, lang: str, environ: Mapping[str, str]) -> None:
        super().__init__(case, lang, environ)
        self.ended = asyncio.Event()
        self.copied: list[str] = []

    def exit(self, result: int | None = None, return_code: int = 0, message: object = None) -> None:
        self.ended.set()
        super().exit(result, return_code, str(message) if message else None)

    def _fatal_error(self) -> None:
        self.ended.set()
        super()._fatal_error()

    def copy_to_clipboard(self, text: str) -> None:
        """No terminal is told to copy: the words are said, to be taken from there."""
        self.copied += text.splitlines()


def converse(
    case: Case,
    lang: str,
    environ: Mapping[str, str],
    typed_at: BinaryIO | None = None,
    voice: Voice | None = None,
) -> int:
    """Hold the conversation until it is left or the input ends; gives the exit status."""
    raw = typed_at or own_input()
    app = LinearApp(case, lang, environ)
    talk = Conversation(app, Lines(raw), voice or Voice(), echo=not raw.isatty())
    return app.run(headless=True, size=(WIDE, HIGH), auto_pilot=lambda _: talk.hold()) or app.return_code or 0


class Conversation:
    """Says what a person at the screen would now see that is new, takes a line, does what it stands for."""

    def __init__(self, app: LinearApp, lines: Lines, voice: Voice, *, echo: bool) -> None:
        self.app, self.lines, self.voice, self.echo = app, lines, voice, echo
        self.spoke = False
        self.notes: tuple[object, object] = ((), ())
        self.claim: tuple[str, int] = ("", -1)
        self.heard: list[str] = []
        self.pane = "queue"
        self.sheet: Sheet | None = None
        self.sheet_heard: list[str] = []
        self.chose = False
        self.marked = False
        self.rest: list[str] = []
        self.asking: Asking | None = None
        self.seen: Review | None = None

    @property
    def desk(self) -> Review:
        """The desk itself, or the one of the past that lies over it."""
        return next(each for each in reversed(self.app.screen_stack) if isinstance(each, Review))

    @property
    def named(self) -> dict[str, str]:
        """The keys whose names are longer than a letter, by these names in small letters."""
        every = (*NAMED, *(self.app.key_map.of(each.id) for each in ACTIONS))
        return {name.lower(): key for key in every for name in (key, short(key)) if len(name) > 1}

    async def hold(self) -> None:
        """The whole conversation."""
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError, RuntimeError, ValueError):  # no signals here: then as Python does
            loop.add_signal_handler(signal.SIGINT, self.app.exit, 130)
        await self.settle()
        self.tell(self.say("tui.plain_opening"))
        while not self.app.ended.is_set():
            await self.report()
            line = await self.next_line()
            if line is not None:
                self.take(line)
                await self.settle()
                await self.patience()
            elif not self.app.ended.is_set():
                self.app.exit(0)

    # -- waiting -----------------------------------------------------------------------------------

    async def next_line(self) -> str | None:
        """The next line that is typed; None when there is none any more."""
        self.voice.prompt()
        await self.or_end(self.lines.ahead())
        line = None if self.app.ended.is_set() else self.lines.take()
        if self.echo or line is None:
            self.voice.line(line or "")
        self.spoke = False
        return line

    async def or_end(self, awaited: Awaitable[object]) -> None:
        """Wait for something, but no longer than the program runs."""
        end = asyncio.ensure_future(self.app.ended.wait())
        await asyncio.wait({asyncio.ensure_future(awaited), end}, return_when=asyncio.FIRST_COMPLETED)
        end.cancel()

    async def settle(self) -> None:
        """Wait until everything that was asked for is done and laid out."""
        calm = 0
        while calm < 2 and not self.app.ended.is_set():
            painted = asyncio.Event()
            self.app.screen.call_after_refresh(painted.set)
            with suppress(TimeoutError):  # a sheet that closes meanwhile is never painted again
                async with asyncio.timeout(LOOK):
                    await painted.wait()
            pumps = (self.app, self.app.screen, *self.app.screen.walk_children())
            busy = self.desk.pending or any(each.message_queue_size for each in pumps)
            calm = calm + 1 if painted.is_set() and not busy else 0
            await asyncio.sleep(0 if calm else LOOK / 5)

    async def patience(self) -> None:
        """Wait for a page that is coming; a line that leaves gives it up, any other one waits for its turn."""
        while not self.app.ended.is_set() and any(not each.is_finished for each in self.app.workers):
            self.tell_notes()
            ahead = self.lines.ahead()
            await asyncio.sleep(LOOK)
            leaves = ahead.done() and plain(ahead.result().decode("utf-8", "replace")).lower() in LEAVE
            if leaves and not self.desk.box.waits:  # a list is there in a moment
                self.lines.take()
                self.press("Esc")
            await self.settle()

    # -- saying ------------------------------------------------------------------------------------

    def say(self, key: str, **values: object) -> str:
        """A label in the reader's language."""
        return self.desk.say(key, **values)

    def tell(self, *lines: str) -> None:
        """Say lines."""
        for line in lines:
            self.voice.line(line)
        self.spoke = self.spoke or bool(lines)

    def tell_page(self, lines: Sequence[str]) -> None:
        """Say as many lines as one listens to at once; the others wait."""
        self.tell(*lines[:PAGE])
        self.rest = list(lines[PAGE:])
        if self.rest:
            self.tell(self.say("tui.plain_more", number=len(self.rest)))
        if isinstance(self.app.screen, Sheet):
            self.tell(keys_line(self.app.screen))

    async def report(self) -> None:
        """Say what is new since the last line."""
        if self.desk.source.selecting:
            self.notes = (self.notes[0], self.desk.said)  # which tells of arrows
        self.tell_notes()
        if isinstance(self.app.screen, Sheet):
            self.tell_sheet(self.app.screen)
            if not self.acts(self.app.screen):  # read to its end, there is nothing to do on it
                self.press("Esc")
                await self.settle()
                self.sheet = None
        elif self.desk.box.question:
            if self.asking is None or self.asking.desk is not self.desk:
                self.asking = Asking(self.desk, self.tell, self.press)
            self.asking.ask(self.desk.box.question)
        elif self.desk.source.selecting:
            self.tell(self.say("tui.plain_select"))
        else:
            self.tell_claim()

    def tell_notes(self) -> None:
        """What was done, what was refused, and what would have gone to the clipboard."""
        notes = (self.desk.trouble, self.desk.said)
        for now, before in zip(notes, self.notes, strict=True):
            if now is not before:
                self.tell(*spoken(now))
        self.notes = notes
        self.tell(*self.app.copied)
        self.app.copied = []

    def tell_claim(self) -> None:
        """The open claim: everything when it is another one, else what is new."""
        desk, claim = self.desk, self.desk.claim
        self.sheet = None
        if desk is not self.seen:  # of today or of the past
            self.seen, self.claim, self.pane = desk, ("", -1), desk.pane
            self.tell(*rim(desk))
        lines = claim_lines(desk)
        same = claim is not None and claim.id == self.claim[0]
        self.tell(*(fresh(lines, self.heard) if same else lines))
        if desk.pane != self.pane:
            names = {"source": "tui.plain_source", "side": "tui.plain_side"}
            self.tell(self.say(names.get(desk.pane, "tui.plain_queue")))
        if self.marked and not desk.queue.marked:
            self.tell(desk.count("tui.marked", 0, claims="–"))
        self.heard, self.pane, self.marked = lines, desk.pane, bool(desk.queue.marked)
        self.claim = (claim.id, claim.version) if claim else ("", -1)
        if not self.spoke:
            self.tell(self.say("tui.plain_same", claim=self.claim[0] or "0"))

    # -- a line at the desk ------------------------------------------------------------------------

    def take(self, line: str) -> None:
        """Do what a line stands for, wherever it was typed."""
        word = plain(line)
        if self.rest and word.lower() == MORE:
            self.tell_page(self.rest)
            return
        self.rest = []
        if isinstance(self.app.screen, Sheet):
            self.at_sheet(self.app.screen, line, word)
        elif self.desk.box.question and self.asking:
            self.asking.take(line, word)
        elif self.desk.source.selecting:
            self.at_source(line, word)
        else:
            self.at_desk(line, word)

    def at_desk(self, line: str, word: str) -> None:
        """A key, an action's name, a jump or a link. What others have changed is said before anything is done."""
        claim = self.desk.claim
        if claim and (claim.id, claim.version) != self.claim and self.meant(word) != ["quit"]:
            self.tell(self.say("tui.plain_changed"))
        elif not word:
            self.claim = ("", -1)
            self.tell(*rim(self.desk))
        elif word.lower() in LEAVE:
            self.press("Esc")
        elif found := _JUMP.fullmatch(word):
            self.do(moving.jump_to, self.desk, found[1] or found[2])
        elif pasted := self.pasted(line.strip()):
            self.desk.post_message(events.Paste(pasted))
        elif word in {*"123456789"} or word.lower() == "enter":
            self.press(self.named.get(word.lower(), word))
        else:
            self.at_action(word)

    def pasted(self, line: str) -> str:
        """The link or the words that are to be evidence: "e https://...", or a link alone."""
        first, _, rest = line.partition(" ")
        if rest.strip() and self.meant(plain(first)) == ["evidence"]:
            return rest.strip()
        return line if links_in(line) else ""

    def at_action(self, word: str) -> None:
        """Do the one action that is meant, or say that none is, or which could be."""
        found = self.meant(word)
        if len(found) == 1:
            self.do(self.desk.act, found[0])
        elif found:
            could = ", ".join(each.label(self.desk.lang) for each in ACTIONS if each.id in found)
            self.tell(self.say("tui.plain_several", word=word, names=could))
        else:
            self.tell(self.say("tui.plain_unknown", word=word))

    def meant(self, word: str) -> list[str]:
        """The actions that a word can mean: by key, by id or label, by command."""
        key = self.named.get(word.lower(), word)
        if started := self.app.key_map.started(key):
            return [started]
        here = [each for each in ACTIONS if each.screen == "review"]
        low = word.casefold()
        return [each.id for each in here if low in names(each)] or [
            each.id for each in here if each.command == low
        ]

    def do(self, act: Callable[..., object], *about: object) -> None:
        """Let the desk do something, as it does what a key wants."""
        if self.app.review:
            self.app.review.count_key()
        self.desk.call_later(act, *about)

    def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self.app.post_message(typed(key))

    def at_source(self, line: str, word: str) -> None:
        """The words that are to be a claim, as they stand in the source; of several places the nearest one."""
        source = self.desk.source
        wanted = r"\s*".join(map(re.escape, line.split()))
        found = list(re.finditer(wanted, source.text)) if wanted else []
        if word.lower() in LEAVE:
            self.press("Esc")
        elif found:
            best = min(found, key=lambda each: abs(each.start() - source.spot.start))
            source.fixed, source.caret = best.start(), best.end() - 1
            self.press("Enter")
        else:
            self.tell(self.say("tui.plain_not_there"))

    # -- a sheet -----------------------------------------------------------------------------------

    def acts(self, sheet: Sheet) -> bool:
        """True when something can be done on a sheet besides reading it."""
        return bool(sheet.ids or sheet.screen_name or sheet.takes_back)

    def tell_sheet(self, sheet: Sheet) -> None:
        """Its blocks, numbered where they can be chosen, and its keys; of the same sheet what is new."""
        blocks, before = block_lines(sheet), self.sheet_heard
        lines = [line for block in blocks for line in block]
        if sheet is not self.sheet:
            self.tell(self.say(sheet.title_key))
            self.tell_page(from_chosen(lines, PAGE))
        elif self.chose:
            self.tell(*(line for block in blocks if block and block[0].startswith(CHOSEN) for line in block))
        elif new := fresh(lines, before):
            changed = renewed(lines, before)
            self.tell_page(changed or new)
            if len(changed) < len(new):
                self.tell(self.say("tui.plain_renumbered"))
        elif not self.spoke:
            self.tell(self.say("tui.plain_same_sheet"), keys_line(sheet))
        self.sheet, self.sheet_heard, self.chose = sheet, lines, False

    def at_sheet(self, sheet: Sheet, line: str, word: str) -> None:
        """A number chooses, a key acts, also by the word that stands beside it; words narrow the palette."""
        keys, low = self.app.key_map, word.casefold()
        own = [each for each in ACTIONS if each.screen == sheet.screen_name or each.id in {"undo", "redo"}]
        key = next((keys.of(each.id) for each in own if low in names(each)), self.named.get(word.lower(), ""))
        if not word:
            self.sheet_heard = []
        elif word.lower() in LEAVE or word == self.say("tui.back"):
            self.press("Esc")
        elif word.isdecimal() and sheet.ids:
            self.choose_block(sheet, int(word))
        elif sheet.screen_name == "palette" and word.lower() not in self.named:
            self.sheet_heard = []
            sheet.post_message(typed("ctrl+u"))
            sheet.post_message(events.Paste(line))
        elif key or len(word) == 1:
            self.press(key or word)
        else:
            self.tell(self.say("tui.plain_unknown_here", word=word))

    def choose_block(self, sheet: Sheet, number: int) -> None:
        """Go to a block by the arrows, as a person would."""
        known = numbers(sheet)
        if number in known:
            steps = known.index(number) - sheet.chosen
            self.press(*["Down" if steps > 0 else "Up"] * abs(steps))
            self.chose = True
        else:
            self.tell(self.say("tui.plain_number", first=known[0], last=known[-1]))


def names(action: Action) -> set[str]:
    """What a person may call an action: its id, or its label in either language."""
    of_sheet = action.id.removeprefix(f"{action.screen}_")
    return {action.id, of_sheet, action.label("zh"), action.label("en").casefold()}
