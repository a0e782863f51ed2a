"""A desk driven in a real pseudo-terminal: keys go in bursts, and what is waited for is on the screen or in the ledger."""

import json
import time
from dataclasses import dataclass

from tui.terminal import NAMES, PATIENCE, reviewing


@dataclass(frozen=True)
class See:
    """Wait until these words stand on the screen, however they are broken into lines."""

    words: str


@dataclass(frozen=True)
class Gone:
    """Wait until these words stand there no more."""

    words: str


@dataclass(frozen=True)
class Paste:
    """Paste this, as a terminal with bracketed paste does."""

    text: str


def events(folder):
    """Every line of the ledger."""
    return list(map(json.loads, (folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()))


def acts(folder, since=0):
    """Kind, subject and person of the lines behind the first `since` ones."""
    return [(each["kind"], each["subject"], each["by"]) for each in events(folder)[since:]]


def columns(text):
    """The whole screen and each of its panes, without any blanks: a sentence is broken where its pane ends."""
    rows = [line.split("│") for line in text.splitlines()]
    panes = ("".join(row[n] for row in rows if n < len(row)) for n in range(max(map(len, rows), default=0)))
    return ["".join(each.split()) for each in (text, *panes)]


class Driver:
    """`factcheck review` on the case in this folder."""

    def __init__(self, folder, *options, by="reviewer-1", lang="en", columns=120, rows=40, **environ):
        self.folder, self.by = folder, by
        self.terminal = reviewing(folder, *options, by=by, lang=lang, columns=columns, rows=rows, **environ)
        self.terminal.child.delaybeforesend = None  # pexpect would wait before every key

    def do(self, *steps):
        """Keys by their names, text to type, and what is to be waited for in between."""
        for step in steps:
            match step:
                case See(words):
                    self.wait(words)
                case Gone(words):
                    self.wait(words, gone=True)
                case Paste(text):
                    self.terminal.paste(text)
                case _:
                    self.terminal.child.send(NAMES.get(step, step))

    def wait(self, words, *, gone=False):
        """Wait until these words stand on the screen, or are gone; a sentence may be broken into lines."""
        until = time.monotonic() + PATIENCE
        wanted = ["".join(part.split()) for part in words.split("→")]
        while time.monotonic() < until:
            alive = self.terminal.read(0.01)
            seen = columns(self.terminal.text())
            if all(any(part in each for each in seen) for part in wanted) != gone:
                return
            if not alive:
                break
        raise AssertionError(f"{'never gone' if gone else 'never seen'}: {words}\n{self.terminal.text()}")

    def wait_for_lines(self, total):
        """Wait until the ledger has so many lines."""
        until = time.monotonic() + PATIENCE
        while len(events(self.folder)) < total and time.monotonic() < until:
            self.terminal.read(0.01)
        assert len(events(self.folder)) >= total, f"{acts(self.folder)[-3:]}\n{self.terminal.text()}"

    def to(self, claim):
        """Jump to a claim."""
        self.do(":", claim, "Enter", See(f"▸  {claim} "))

    def become(self, name):
        """Somebody else sits down."""
        self.do("W", name, "Enter", See(f"working as {name}"))
        self.by = name

    def leave(self):
        """Quit, and see the program end well."""
        assert self.terminal.leave() == 0
