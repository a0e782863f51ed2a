"""Where a quotation stands in a text: every place of it, and the one that is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from factcheck.match.folding import WIDE, Folded
from factcheck.match.nearest import nearest

_WORD = re.compile(f"[^\\W_{WIDE}]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text, code points [start, end), its words, and what stands around them (W3C TextQuoteSelector).

    `score` is 100 for the quotation itself (white space aside) and less for something like it.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    score: int


def anchor(
    text: str,
    quote: str,
    *,
    prefix: str = "",
    suffix: str = "",
    near: int = -1,
    context: int = 32,
    cutoff: int = 75,
) -> Anchor | None:
    """The place of `quote` in `text`, or the place most like it; None when nothing reaches `cutoff`.

    Of equal places the one is meant that `prefix` and `suffix` stand around, then the one nearest to the offset `near`,
    then the first. `text[start:end] == exact` holds whatever white space was passed over.
    """
    quote = quote.strip()
    first = text.find(quote) if quote else -1
    hinted = bool(prefix or suffix or near >= 0)
    if first < 0:
        spans, score = _like(text, quote, cutoff)
        spans = [*_doubled(text, spans)] if hinted else spans
    elif hinted:
        spans, score = [*occurrences(text, quote)], 100
    else:
        spans, score = [(first, first + len(quote))], 100
    if not spans:
        return None
    return place(text, *meant(text, spans, prefix, suffix, near), score, context=context)


def places(text: str, quote: str, *, context: int = 32, most: int = 100) -> list[Anchor]:
    """The places where the quotation itself stands, white space aside, in the order of the text, `most` of them."""
    page, wanted = Folded(text), Folded(quote).text
    spans = islice(occurrences(page.text, wanted), most) if wanted else ()
    return [place(text, *page.source(start, end), 100, context=context) for start, end in spans]


def place(text: str, start: int, end: int, score: int, *, context: int = 32) -> Anchor:
    """The anchor of text[start:end]."""
    before, behind = text[max(start - context, 0) : start], text[end : end + context]
    return Anchor(start, end, text[start:end], before, behind, score)


def meant(
    text: str, spans: Sequence[tuple[int, int]], prefix: str, suffix: str, near: int
) -> tuple[int, int]:
    """The one of several spans that stands between these words, then the one nearest to an offset, then the first."""
    if len(spans) == 1:
        return spans[0]
    return max(
        spans,
        key=lambda span: (
            around(text, span[0], span[1], prefix, suffix),
            -abs(span[0] - near) if near >= 0 else 0,
            -span[0],
        ),
    )


def around(text: str, start: int, end: int, prefix: str, suffix: str) -> float:
    """How much what stands around text[start:end] is like this, 0 to 100; 100 when nothing is asked for."""
    if not prefix and not suffix:
        return 100.0
    before = fuzz.ratio(prefix, text[max(start - len(prefix), 0) : start]) * len(prefix)
    behind = fuzz.ratio(suffix, text[end : end + len(suffix)]) * len(suffix)
    return (before + behind) / (len(prefix) + len(suffix))


def occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Every place of the very characters."""
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _doubled(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """These places, and every other one of their very words."""
    for words in dict.fromkeys(text[start:end] for start, end in spans):
        yield from occurrences(text, words)


def _like(text: str, quote: str, cutoff: int) -> tuple[list[tuple[int, int]], int]:
    """The spans most like a quotation, and how much: the quotation itself before others of its letters."""
    found = nearest(text, quote, cutoff)
    words = Folded(quote).text
    same = [(each.start, each.end) for each in found if Folded(text[each.start : each.end]).text == words]
    if same or not found:
        return same, 100
    score = min(int(found[0].score), 99)
    return [whole_words(text, each.start, each.end) for each in found] if score >= cutoff else [], score


def whole_words(page: str, start: int, end: int) -> tuple[int, int]:
    """No word of an alphabet is cut in two (it is in or out by its larger part), and no blank stands at an edge."""
    first, last = start, end
    for word in _WORD.finditer(page, max(start - 40, 0), min(end + 40, len(page))):
        first = _nearer_edge(word, start) if word.start() < start < word.end() else first
        last = _nearer_edge(word, end) if word.start() < end < word.end() else last
    if not page[first:last].strip():
        first, last = start, end
    words = page[first:last]
    return last - len(words.lstrip()), first + len(words.rstrip())


def _nearer_edge(word: re.Match[str], cut: int) -> int:
    return word.start() if cut - word.start() < word.end() - cut else word.end()
