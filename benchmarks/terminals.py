"""A program in a pseudo-terminal: each chunk it writes is kept with the moment it came, and laid out only afterwards."""

import os
import re
import select
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte

COLUMNS, LINES = 120, 40
PATIENCE = 240
QUIET = 0.3
"""Seconds without a byte after which a screen is taken to be finished."""
TICK = os.sysconf("SC_CLK_TCK")

Seen = list[tuple[float, str]]


class StuckError(Exception):
    """A program never showed what was waited for."""


class Terminal:
    """One visit to a program."""

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        self.name = " ".join(arguments[1:4])
        self.chunks: list[tuple[float, bytes]] = []
        self._laid = 0
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self.began = time.perf_counter()
        self.child = pexpect.spawn(
            arguments[0], list(arguments[1:]), dimensions=(LINES, COLUMNS), env=dict(environ), timeout=None
        )
        self.child.delaybeforesend = None

    # -- keys and bytes ----------------------------------------------------------------------------

    def press(self, key: str) -> float:
        """Write a key; the moment at which it was written."""
        moment = time.perf_counter()
        self.child.send(key)
        return moment

    def take(self, seconds: float) -> bool:
        """Take in one chunk, if one comes within so many seconds."""
        ready, _, _ = select.select([self.child.child_fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.child.child_fd, 1 << 20)
        except OSError as error:
            raise StuckError(f"{self.name} ended:\n{self.text()}") from error
        self.chunks.append((time.perf_counter(), data))
        return True

    def take_until(self, moment: float) -> None:
        """Take in whatever comes until a moment."""
        while (left := moment - time.perf_counter()) > 0:
            self.take(left)

    def until_written(self, words: str) -> float:
        """Wait for these words among the bytes, laying nothing out; the moment they came."""
        wanted, tail, limit = words.encode(), b"", time.perf_counter() + PATIENCE
        while time.perf_counter() < limit:
            if self.take(0.5):
                moment, data = self.chunks[-1]
                if wanted in tail + data:
                    return moment
                tail = (tail + data)[-len(wanted) :]
        raise StuckError(f"{self.name} never wrote {words!r}:\n{self.text()}")

    def until_quiet(self, right: Callable[[str], bool] = bool, *, within: float = PATIENCE) -> Seen:
        """Wait until nothing more comes and the screen is right; the screens since the last look, and when they came."""
        limit, seen = time.perf_counter() + within, []
        while time.perf_counter() < limit:
            while self.take(QUIET):
                pass
            seen += self.moments()
            if right(seen[-1][1] if seen else self.text()):
                return seen
        raise StuckError(f"{self.name} never came to rest:\n{self.text()}")

    # -- the screen --------------------------------------------------------------------------------

    def moments(self) -> Iterator[tuple[float, str]]:
        """The screen after each chunk that has not been laid out yet."""
        while self._laid < len(self.chunks):
            moment, data = self.chunks[self._laid]
            self._laid += 1
            self._stream.feed(data)
            yield moment, self._rows()

    def text(self) -> str:
        """The screen as it is now."""
        for _ in self.moments():
            pass
        return self._rows()

    def _rows(self) -> str:
        rows = (self._screen.buffer[y] for y in range(LINES))
        return "\n".join("".join(row[x].data for x in range(COLUMNS)).rstrip() for row in rows)

    # -- what it costs -----------------------------------------------------------------------------

    def cpu(self) -> float:
        """Seconds of CPU the process has used so far, user and system (fields 14 and 15 of proc_pid_stat(5))."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident(self) -> float:
        """MB of memory that stand in RAM for the process (VmRSS)."""
        return self._megabytes("status", "VmRSS")

    def proportional(self) -> float:
        """The same, pages that are shared with others counted in part (Pss)."""
        return self._megabytes("smaps_rollup", "Pss")

    def _megabytes(self, file: str, field: str) -> float:
        words = Path(f"/proc/{self.child.pid}/{file}").read_text("ascii")
        found = re.search(rf"^{field}:\s+(\d+) kB", words, re.MULTILINE)
        return int(found[1]) / 1024 if found else float("nan")

    def leave(self) -> None:
        """End the program, whatever it does just now."""
        self.child.close(force=True)
