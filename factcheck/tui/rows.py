"""From words to rows of cells: the one place where text becomes something a terminal is sent."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import NewType, TextIO

from rich.segment import Segment, Segments
from textual.strip import Strip

from factcheck.tui.glyphs import in_ascii
from factcheck.tui.ink import LOOK, SAID, style
from factcheck.tui.kinsoku import breaks, cells, clipped, width
from factcheck.visible import visible

Shown = NewType("Shown", str)
"""Text that has passed the gate; nothing else can be put into a row."""


def shown(text: str) -> Shown:
    """Pass the gate: on one line, every character that would act on a terminal made visible."""
    return Shown(_shown(text))


@lru_cache(8192)
def _shown(text: str) -> str:
    return visible(text).replace("\ufe0e", "").replace("\ufe0f", "")


@dataclass(frozen=True, slots=True)
class Run:
    """Some text in one ink."""

    text: Shown
    ink: str = "text"


Row = tuple[Run, ...]
BLANK: Row = ()


def run(text: str, ink: str = "text") -> Run:
    """Text through the gate, in an ink."""
    return Run(shown(text), ink)


def row(*parts: Run | str) -> Row:
    """A row of runs; plain words are in the ink "text"."""
    return tuple(run(part) if isinstance(part, str) else part for part in parts)


def row_width(cells_of: Row) -> int:
    """How many cells a row takes."""
    return sum(width(each.text) for each in cells_of)


def fitted(runs: Row, columns: int) -> Row:
    """The row cut to `columns` cells, with … where something was left out."""
    if row_width(runs) <= columns:
        return runs
    kept: list[Run] = []
    left = columns
    for each in runs:
        size = width(each.text)
        if size >= left:
            kept += _cut(each, left)
            break
        kept.append(each)
        left -= size
    return tuple(kept)


def _cut(long: Run, columns: int) -> tuple[Run, ...]:
    """As much of a run as fits before …, which is the desk's own."""
    text = clipped(long.text + " ", columns)
    return (Run(Shown(text[:-1]), long.ink), Run(Shown(text[-1:]), long.ink.replace(SAID, "")))


def spread(left: Row, right: Row, columns: int) -> Row:
    """Two rows on one line, the second at the right edge; the first gives way."""
    room = max(columns - row_width(right) - 1, 0)
    first = fitted(left, room)
    gap = columns - row_width(first) - row_width(right)
    return (*first, Run(Shown(" " * max(gap, 1))), *right)


def paint(runs: Row, columns: int, ground: str = "") -> Strip:
    """A row as a strip of exactly `columns` cells on a ground."""
    runs = fitted(runs, columns)
    segments = [Segment(visible(_glyphs(each)), style(each.ink, ground)) for each in runs if each.text]
    rest = columns - row_width(runs)
    if rest > 0:
        segments.append(Segment(" " * rest, style("text", ground)))
    return Strip(segments, columns)


def _glyphs(each: Run) -> str:
    return in_ascii(each.text, said=SAID in each.ink) if LOOK.ascii else each.text


@dataclass(slots=True)
class Prose:
    """A paragraph in many inks, that still knows where each character came from (-1: from nowhere)."""

    text: list[str] = field(default_factory=list)
    inks: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)

    def add(self, text: str, ink: str = "text", origin: int = -1) -> "Prose":
        """Put words at the end; `origin` is the place of the first character, the others follow it."""
        for offset, character in enumerate(text):
            piece = _shown(character)
            self.text.append(piece)
            self.inks += [ink] * len(piece)
            self.origins += [origin + offset if origin >= 0 else -1] * len(piece)
        return self

    def lines(self, columns: int) -> Iterator["Line"]:
        """The paragraph broken into lines of at most `columns` cells."""
        whole = "".join(self.text)
        for start, end in breaks(whole, max(columns, 2)):
            runs = tuple(
                Run(Shown("".join(c for c, _ in group)), ink)
                for ink, group in groupby(
                    zip(whole[start:end], self.inks[start:end], strict=True), key=lambda pair: pair[1]
                )
            )
            yield Line(runs, tuple(self.origins[start:end]))


@dataclass(frozen=True, slots=True)
class Line:
    """A broken line: its runs, and for each of its characters the place in the source."""

    runs: Row
    origins: tuple[int, ...]

    def column_of(self, origin: int) -> int:
        """The cell at which the character from that place stands; -1 when it is not on this line."""
        if origin not in self.origins:
            return -1
        text = "".join(each.text for each in self.runs)
        return width(text[: self.origins.index(origin)])


def wrapped(
    text: "str | Prose", columns: int, ink: str = "text", *, first: Row = (), indent: int = 0, most: int = 0
) -> list[Row]:
    """Words broken into rows behind `first`; further rows are indented; at most `most` rows, if given."""
    hang = max(indent, row_width(first))
    margin: Row = (Run(Shown(" " * hang)),) if hang else ()
    prose = Prose().add(text, ink) if isinstance(text, str) else text
    rows = [line.runs for line in prose.lines(columns - hang)]
    if most and len(rows) > most:
        rows = [
            *rows[: most - 1],
            fitted((*rows[most - 1], run("……", ink.replace(SAID, ""))), columns - hang),
        ]
    pad: Row = (Run(Shown(" " * (hang - row_width(first)))),) if hang > row_width(first) else ()
    return [(*(((*first, *pad)) if number == 0 else margin), *line) for number, line in enumerate(rows)]


def heading(text: str, columns: int, *, active: bool = False, right: Iterable[Run] = ()) -> Row:
    """The title of a pane, with a rule to its right edge."""
    mark = run("▸ " if active else "  ", "accent")
    name = run(text + " ", "title active" if active else "title")
    end = tuple(right)
    rest = columns - row_width((mark, name)) - row_width(end) - (1 if end else 0)
    return (mark, name, run("─" * max(rest, 0), "rule"), *((run(" "), *end) if end else ()))


def printed(text: str) -> Segments:
    """Text for the terminal after the screen has been left."""
    return Segments([Segment(visible(text, lines=True) + "\n")])


def plain(rows: Sequence[Row]) -> str:
    """Rows as text, for those who cannot see ink."""
    return "\n".join("".join(each.text for each in runs).rstrip() for runs in rows)


class Voice:
    """Lines put at the end of a stream, each through the gate: nothing is moved, coloured or written anew."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout

    def line(self, text: str = "") -> None:
        """Say a line."""
        self._send(visible(text) + "\n")

    def prompt(self) -> None:
        """Say that a line may be typed."""
        self._send("> ")

    def _send(self, text: str) -> None:
        coding = self._stream.encoding or "utf-8"
        self._stream.write(text.encode(coding, "replace").decode(coding))
        self._stream.flush()


__all__ = [
    "BLANK",
    "Line",
    "Prose",
    "Row",
    "Run",
    "Shown",
    "Voice",
    "cells",
    "fitted",
    "heading",
    "paint",
    "plain",
    "printed",
    "row",
    "row_width",
    "run",
    "shown",
    "spread",
    "wrapped",
]
