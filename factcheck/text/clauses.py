"""Sentences and their clauses, on the view; nothing is ever longer than a reader could take in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from factcheck.text.grammar import GRAMMAR
from factcheck.text.runs import cut
from factcheck.text.spans import Span
from factcheck.text.view import View

LONGEST = 400
"""Characters of the longest sentence; a longer one is cut at its commas, blanks or, at worst, anywhere."""

_BRACKETS = re.compile("（[^（）\n]{0,160}）|\\([^()\n]{0,160}\\)|[“「『《][^”」』》\n]{0,60}[”」』》]")
_STOP = re.compile("[。！？!?；;…]+[”」』\"'’）)]*|[.]+[\"'”’)]*(?=[\\s\u3400-\u9fff])|\n")
_ABBREVIATION = re.compile(
    "(?:\\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Jr|St|Inc|Corp|Ltd|Co|vs|etc|No|Fig|approx|Gen|Gov|Sen|Rep|U\\.S|U\\.K|e\\.g|i\\.e|a\\.m|p\\.m)|\\b[A-Z])$"
)
_ITEM = re.compile("(?:^|[^A-Za-z0-9. ] ?)\\d{1,2}$")
"""The number before an item of a list that runs on: 包括1.收入."""
_PAUSE = re.compile("[，,：:—](?![0-9])|(?<![0-9])[，,：:](?=[0-9])|[ ]-{1,2}[ ]")
_JOINT = re.compile(
    "[ ](?=(?:and|but|while|whereas|so|because|although|though)[ ](?:(?:he|she|it|they|we|I|you|this|that|these|those|there)[ ]|(?:the|our|their|his|her|its|a|an|[A-Z][\\w'-]*)[ ][\\w' -]{0,40}\\b(?:is|are|was|were|has|have|had|will|would|can|could|may|must|did|does|do|\\w{2,}ed)\\b))"
)
_OPENS = GRAMMAR["zh"]["opens_clause"]
_SAYS_ON = re.compile(
    "[，,、；;：:。！？!?）)》的地得等和与及或]|[这那](?:句|番|些话|个问题|种|样|一)|[^，。！？\n]{0,8}[说问道喊叫称答写]"
)
"""What goes on with the sentence behind a quotation: “为什么？”他问."""
_CJK = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage and its clauses, without the marks around them."""

    span: Span
    clauses: tuple[Span, ...]
    passage: int
    asks: bool
    language: str


def sentences(view: View) -> Iterator[Sentence]:
    """The sentences of the view in order, each in the passage it belongs to."""
    for number, passage in enumerate(view.passages):
        for span in _sentences(view.text, passage):
            yield _sentence(view.text, span, number)


def batches(found: Iterator[Sentence], size: int = 8_000) -> Iterator[tuple[Sentence, ...]]:
    """Sentences in handfuls of about `size` characters of one passage or several: what is worked on at a time."""
    batch: list[Sentence] = []
    for sentence in found:
        if batch and sentence.span.end - batch[0].span.start > size:
            yield tuple(batch)
            batch = []
        batch.append(sentence)
    if batch:
        yield tuple(batch)


def language(text: str) -> str:
    """zh, or en where fewer than one letter in six is Chinese."""
    wide = len(_CJK.findall(text))
    return "zh" if wide * 6 >= sum(map(str.isalpha, text)) and wide else "en"


def _sentence(text: str, span: Span, passage: int) -> Sentence:
    words = text[span.start : span.end]
    tongue = language(words)
    cut = tuple(_clauses(text, span, tongue))
    return Sentence(span, cut, passage, words.rstrip("”」』\"'’）) ").endswith(("？", "?")), tongue)


def _sentences(text: str, passage: Span) -> Iterator[Span]:
    shelter = _Shelter(text, passage)
    start = passage.start
    for stop in _STOP.finditer(text, passage.start, passage.end):
        held = shelter.holds(stop.start()) and not _closes(text, stop, shelter.end)
        if not held and not (stop[0][0] == "." and _no_stop(text, start, stop)):
            yield from _bounded(text, Span(start, stop.end()))
            start = stop.end()
    yield from _bounded(text, Span(start, passage.end))


def _closes(text: str, stop: re.Match[str], end: int) -> bool:
    """Whether a quotation ends here together with its sentence: “为什么没有？” and then something new."""
    return stop.end() == end and stop[0][-1] in "”」』" and not _SAYS_ON.match(text, end)


def _no_stop(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether this full stop ends an abbreviation, or the number of an item that Chinese follows."""
    near = max(start, stop.start() - 8)
    return bool(
        _ABBREVIATION.search(text, near, stop.start())
        or (text[stop.end() : stop.end() + 1].strip() and _ITEM.search(text[near : stop.start()]))
    )


class _Shelter:
    """Brackets and quotations, inside which nothing is cut; asked in ascending order only. `end` is that of the last hit."""

    def __init__(self, text: str, span: Span) -> None:
        self._found = _BRACKETS.finditer(text, span.start, span.end)
        self._now = next(self._found, None)

    def holds(self, offset: int) -> bool:
        while self._now is not None and self._now.end() <= offset:
            self._now = next(self._found, None)
        return self._now is not None and self._now.start() < offset

    @property
    def end(self) -> int:
        return self._now.end() if self._now is not None else -1


def _bounded(text: str, span: Span) -> Iterator[Span]:
    span = trimmed(text, span, " \n")
    while span.end - span.start > LONGEST:
        place = _best_cut(text, span.start, span.start + LONGEST)
        yield Span(span.start, place)
        span = trimmed(text, Span(place, span.end), " \n")
    if span.start < span.end:
        yield span


def _best_cut(text: str, start: int, end: int) -> int:
    for mark in ("，", ",", "、", " "):
        cut = text.rfind(mark, start + LONGEST // 2, end)
        if cut > 0:
            return cut + 1
    opens = [found.start() for found in _OPENS.finditer(text, start + LONGEST // 2, end)]
    return opens[-1] if opens else end


def _clauses(text: str, span: Span, tongue: str) -> Iterator[Span]:
    shelter = _Shelter(text, span)
    pauses = [
        pause for pause in _PAUSE.finditer(text, span.start, span.end) if not shelter.holds(pause.start())
    ]
    cuts = {span.start, span.end, *(pause.end() for pause in pauses)}
    if tongue == "en":
        cuts |= {joint.end() for joint in _JOINT.finditer(text, span.start, span.end)}
    for start, end in pairwise(sorted(cuts)):
        for piece in cut(text, Span(start, end), tongue):
            clause = trimmed(text, piece)
            if clause.start < clause.end:
                yield clause


def trimmed(text: str, span: Span, marks: str = " \n\t，,。.；;：:！!？?、…—-\"“”‘’'「」『』") -> Span:
    """The span without these characters at either end."""
    start, end = span.start, span.end
    while start < end and text[start] in marks:
        start += 1
    while start < end and text[end - 1] in marks:
        end -= 1
    return Span(start, end)
