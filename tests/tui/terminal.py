"""A terminal to test in: a real pseudo-terminal, every byte kept, the screen as a person would see it."""

import os
import sys
import time
from pathlib import Path

import pexpect
import pyte

PATIENCE = 60
ROOT = Path(__file__).parent.parent.parent


class Terminal:
    """`factcheck` running in a pseudo-terminal of this size."""

    def __init__(self, *arguments, columns=120, rows=40, cwd=None, **environ):
        self.written = bytearray()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        # COLUMNS and LINES of whoever runs the tests would count for more than the size of the terminal.
        others = ("FACTCHECK_", "COLUMNS", "LINES")
        world = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        world |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        world |= {"PYTHONUTF8": "1", "TEXTUAL_ANIMATIONS": "none"}
        self.child = pexpect.spawn(
            sys.executable,
            list(arguments),
            dimensions=(rows, columns),
            cwd=cwd,
            env=world | environ,
            timeout=PATIENCE,
        )

    def text(self):
        """The screen as lines."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows)

    def read(self, seconds=0.1):
        """Take in what has been written meanwhile."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                data = self.child.read_nonblocking(65536, timeout=0.05)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return False
            self.written += data
            self._stream.feed(data)
        return True

    def calm(self):
        """Take in what is written, until nothing more comes for a moment."""
        before = -1
        while before < len(self.written):
            before = len(self.written)
            self.read(0.1)

    def wait(self, *words, gone=()):
        """Wait until all these words stand on the screen and the others do not."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            alive = self.read(0.02)
            text = self.text()
            if all(word in text for word in words) and not any(word in text for word in gone):
                return text
            if not alive:
                break
        raise AssertionError(f"never seen: {words} without {gone}\n{self.text()}")

    def press(self, *keys):
        """Press keys one after the other."""
        for key in keys:
            self.child.send(NAMES.get(key, key))
            self.read(0.05)

    def paste(self, text):
        """Paste, as a terminal with bracketed paste does."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns, rows):
        """Pull the window's corner."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def leave(self):
        """Press q and see the program end well."""
        self.press("q")
        until = time.monotonic() + PATIENCE
        while self.read() and time.monotonic() < until:
            pass
        self.child.close()
        return self.child.exitstatus


NAMES = {
    "Space": " ", "Backspace": "\x7f", "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "ctrl+p": "\x10", "ctrl+u": "\x15",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "PgDn": "\x1b[6~", "PgUp": "\x1b[5~", "Home": "\x1b[H", "End": "\x1b[F",
}  # fmt: skip


def reviewing(folder, *options, by="reviewer-1", lang="en", **how):
    """The reviewer on the case in this folder, as this person ("": nobody yet); `how` is size and environment."""
    person = ("--by", by) if by else ()
    words = ("--case", str(folder), "--lang", lang, *person, "review", *options)
    return Terminal("-m", "factcheck", *words, cwd=ROOT, **how)
