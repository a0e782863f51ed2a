"""The source in context: the words around a claim, its span marked, readings inline, each cell still knowing its place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factcheck.model import Mention, Reading
from factcheck.speech import is_timed, speech
from factcheck.tui.rows import BLANK, Line, Prose, Row, run

REACH = 1600
"""How many characters on both sides of a span are laid out at first; scrolling to the edge doubles it."""
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A laid-out stretch of a source: its rows, the lines behind them, and the first row of the span."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    anchor: int

    def first_at(self, row: int) -> int:
        """The first character of the source at or below a row; -1 when there is none."""
        return next((o for line in self.lines[row:] for o in line.origins if o >= 0), -1)

    def place(self, offset: int) -> tuple[int, int]:
        """The row and the cell of a character of the source; (-1, -1) when it is not laid out."""
        for number, line in enumerate(self.lines):
            column = line.column_of(offset)
            if column >= 0:
                return number, column + 2
        return -1, -1


@dataclass(frozen=True, slots=True)
class Spot:
    """What is looked at: a place in a source, the claim's other places there, and a selection."""

    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()
    selection: tuple[int, int] = (0, 0)


def spot_of(mention: Mention, others: Sequence[Mention]) -> Spot:
    """The spot of one mention; `others` are the mentions of the same claim."""
    same = tuple((m.start, m.end) for m in others if m.source == mention.source and m != mention)
    return Spot(mention.start, mention.end, same)


def lay_out(
    text: str, spot: Spot, readings: Iterable[Reading], columns: int, *, reach: int = REACH
) -> Passage:
    """Lay the paragraphs around a spot out in `columns` cells, two of them a gutter."""
    first, last = _window(text, spot, reach)
    notes = _notes(readings, first, last)
    rows: list[Row] = [] if first == 0 else [(run("  …", "dim"),)]
    lines: list[Line] = [] if first == 0 else [Line((), ())]
    anchor = -1
    for start, end, apart in _paragraphs(text, first, last):
        if rows and apart:
            rows.append(BLANK)
            lines.append(Line((), ()))
        for line in _prose(text, start, end, spot, notes).lines(columns - 2):
            mark = _mark(line, spot)
            anchor = len(rows) if anchor < 0 and mark.startswith("▌") else anchor
            rows.append((run(mark, "mark" if mark == "▌ " else "other"), *line.runs))
            lines.append(line)
    if last < len(text):
        rows.append((run("  …", "dim"),))
        lines.append(Line((), ()))
    return Passage(tuple(rows), tuple(lines), max(anchor, 0))


def _paragraphs(text: str, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """The paragraphs of a stretch, and whether an empty row stands before each; of subtitles the words of the cues."""
    if not is_timed(text):
        for found in _PARAGRAPH.finditer(text, first, last):
            yield found.start(), found.end(), _blank_between(text, found.start(), first)
        return
    for line in speech(text).within(first, last):
        if not line.silent:
            start = line.body if text.startswith("<", line.start) else line.start
            yield max(start, first), min(line.stop, last), line.lonely or line.opens


def _window(text: str, spot: Spot, reach: int) -> tuple[int, int]:
    """Whole paragraphs around the spot, unless a paragraph is endless."""
    first = max(spot.start - reach, 0)
    last = min(spot.end + reach, len(text))
    line_start = text.rfind("\n", max(first - 500, 0), first) + 1
    line_end = text.find("\n", last, last + 500)
    first = line_start if line_start > 0 else 0 if first < 500 else first
    return first, line_end if line_end >= 0 else len(text) if last + 500 > len(text) else last


def _blank_between(text: str, at: int, first: int) -> bool:
    return at - 2 >= first and text[at - 1] == "\n" and text[max(at - 3, 0) : at].count("\n") > 1


def _notes(readings: Iterable[Reading], first: int, last: int) -> dict[int, tuple[int, Reading]]:
    """Where a reading ends -> where it begins and which it is; the rejected ones are silent."""
    return {
        end: (start, reading)
        for reading in readings
        if reading.state != "rejected"
        for start, end in reading.places
        if first <= start and end <= last
    }


def _prose(text: str, start: int, end: int, spot: Spot, notes: dict[int, tuple[int, Reading]]) -> Prose:
    prose = Prose()
    heard = sorted((begin, stop) for stop, (begin, _) in notes.items() if start <= begin < end)
    cuts = sorted(
        {
            start,
            end,
            *(c for c in _edges(spot) if start < c < end),
            *(c for p in heard for c in p if start < c <= end),
        }
    )
    for left, right in pairwise(cuts):
        prose.add(text[left:right], _ink(left, spot, heard), left)
        if right in notes:
            reading = notes[right][1]
            accepted = reading.state == "accepted"
            prose.add(f"⟦{reading.meant}{'' if accepted else '?'}⟧", "reading" if accepted else "proposal")
    return prose


def _edges(spot: Spot) -> list[int]:
    return [spot.start, spot.end, *spot.selection, *(edge for pair in spot.others for edge in pair)]


def _ink(at: int, spot: Spot, heard: Sequence[tuple[int, int]]) -> str:
    ink = "said claim" if spot.start <= at < spot.end else "said text"
    if any(start <= at < end for start, end in spot.others):
        ink = "said other underline"
    place = bisect_right(heard, (at, 1 << 60)) - 1
    if place >= 0 and heard[place][0] <= at < heard[place][1]:
        ink += " heard"
    return ink + " selection" if spot.selection[0] <= at < spot.selection[1] else ink


def _mark(line: Line, spot: Spot) -> str:
    if any(spot.start <= origin < spot.end for origin in line.origins if origin >= 0):
        return "▌ "
    if any(start <= origin < end for origin in line.origins if origin >= 0 for start, end in spot.others):
        return "╎ "
    return "  "
