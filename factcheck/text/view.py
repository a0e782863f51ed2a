"""The document as one can read it: wrapped lines joined, no blanks inside Chinese, every character still knowing its place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factcheck.speech import TAG, speech
from factcheck.text.script import simplified
from factcheck.text.spans import Span

WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f\U00020000-\U0003ffff“”‘’…—"
"""Characters that no blank separates: Chinese, and the punctuation it is written with."""

_BLANK = re.compile("[\\s\ufeff\u200b]+")
_CHINESE = re.compile("[\u3400-\u9fff]")
_FIGURE = frozenset("0123456789.%")
_GAP = re.compile(f"{_BLANK.pattern}|{TAG.pattern}")
_WIDE = re.compile(f"[{WIDE}]")
_HEAD = re.compile("([A-Za-z]*[a-z])-$")
_TAIL = re.compile("[a-z]+")
_STAYS = frozenset({
    "all", "anti", "co", "cross", "ex", "full", "half", "high", "in", "large", "long", "low", "mid", "multi", "non", "off", "on",
    "post", "pre", "re", "real", "self", "semi", "short", "small", "so", "state", "well", "year",
})  # fmt: skip
"""First parts that keep their hyphen wherever the line ends."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one role that are read as one run of text."""

    role: str
    lines: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class View:
    """`text` is what the later stages read, `written` the same as its writer wrote it, in traditional characters if so.

    `at` and `came_from` are the sorted starts of its runs, here and in the source.
    """

    text: str
    written: str
    at: tuple[int, ...]
    came_from: tuple[int, ...]
    passages: tuple[Span, ...]
    roles: tuple[str, ...]

    def source(self, span: Span) -> Span:
        """The characters of the source from the first to the last one of this span."""
        return Span(self._came_from(span.start), self._came_from(span.end - 1) + 1)

    def here(self, offset: int) -> int:
        """The place of a source offset in the view; what was left out stands at the next character kept."""
        run = bisect_right(self.came_from, offset) - 1
        if run < 0:
            return 0
        end = self.at[run + 1] if run + 1 < len(self.at) else len(self.text)
        return min(self.at[run] + offset - self.came_from[run], end)

    def _came_from(self, offset: int) -> int:
        run = bisect_right(self.at, offset) - 1
        return self.came_from[run] + offset - self.at[run]


def view(source: str, passages: Iterable[Passage], *, blank_is_pause: bool = False) -> View:
    """One readable text of all passages, each ending in a line feed.

    `blank_is_pause` keeps a comma where Chinese has blanks and no punctuation at all (raw recogniser output).
    """
    weaver = _Weaver(source, "，" if blank_is_pause else "")
    kept: list[Span] = []
    roles: list[str] = []
    for passage in passages:
        start = weaver.length
        weaver.weave(passage)
        kept.append(Span(start, weaver.length))
        roles.append(passage.role)
    written = "".join(weaver.pieces)
    return View(
        simplified(written), written, tuple(weaver.at), tuple(weaver.came_from), tuple(kept), tuple(roles)
    )


class _Weaver:
    """Joins pieces of the source and remembers where each run of them came from."""

    def __init__(self, source: str, pause: str) -> None:
        self.source, self.pause = source, pause
        self.gap = _GAP if speech(source).subtitles else _BLANK
        self.pieces: list[str] = []
        self.at: list[int] = []
        self.came_from: list[int] = []
        self.length = 0

    def weave(self, passage: Passage) -> None:
        last = Span(-1, -1)
        for piece in _pieces(self.source, passage.lines, self.gap):
            if last.end >= 0:
                self._join(last, piece)
            last = piece
        self._put(self.source[last.start : last.end], last.start)
        self._put("\n", max(last.end, passage.lines[0].start))

    def _join(self, left: Span, right: Span) -> None:
        """Put the left piece and what stands between it and the right one; a hyphen that broke a word goes."""
        parts = self._parts_of_word(left, right)
        broken = bool(parts) and parts[0].lower() not in _STAYS and not self._is_near("-".join(parts), left)
        self._put(self.source[left.start : left.end - broken], left.start)
        if not parts:
            self._put(self._between(left.end, right.start), left.end)

    def _parts_of_word(self, left: Span, right: Span) -> tuple[str, ...]:
        """The parts of a word that a hyphen at the end of a line stands between, or nothing."""
        if self.source[left.end - 1] != "-" or "\n" not in self.source[left.end : right.start]:
            return ()
        first = _HEAD.search(self.source, max(left.start, left.end - 40), left.end)
        second = _TAIL.match(self.source, right.start, right.end)
        return (first[1], second[0]) if first and second else ()

    def _is_near(self, word: str, place: Span) -> bool:
        return word in self.source[max(place.start - 20_000, 0) : place.end + 20_000]

    def _between(self, left: int, right: int) -> str:
        if not _BLANK.search(self.source, left, right):
            return ""
        wide = bool(_WIDE.match(self.source, left - 1)) + bool(_WIDE.match(self.source, right))
        if not wide and _cut_figure(self.source, left, right):
            return ""
        return " " if not wide else self.pause if wide == 2 else ""

    def _put(self, piece: str, source: int) -> None:
        if piece:
            self.pieces.append(piece)
            self.at.append(self.length)
            self.came_from.append(source)
            self.length += len(piece)


def _cut_figure(source: str, left: int, right: int) -> bool:
    """Whether a line of Chinese broke inside a figure: 99. and 6%; an English line breaks at blanks only."""
    near = source[max(0, left - 12) : left] + source[right : right + 12]
    return (
        source[left - 1] in _FIGURE
        and source[right] in _FIGURE
        and "\n" in source[left:right]
        and bool(_CHINESE.search(near))
    )


def _pieces(source: str, lines: Iterable[Span], gap: re.Pattern[str]) -> Iterator[Span]:
    for line in lines:
        start = line.start
        for blank in gap.finditer(source, line.start, line.end):
            if blank.start() > start:
                yield Span(start, blank.start())
            start = blank.end()
        if start < line.end:
            yield Span(start, line.end)
