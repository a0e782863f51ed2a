"""Where a quotation stands in a text, which of its sentences speak of a claim, and in which words two mentions differ."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import log

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from factcheck.tokens import tokens

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—"
_BLANK = re.compile("[\\s\u00ad\u200b\u2060\ufeff]+")
_BESIDE_WIDE = re.compile(f"[{_WIDE}]")
_WORD = re.compile(f"[^\\W_{_WIDE}]+")
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")


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


def anchor(text: str, quote: str, *, context: int = 32, cutoff: int = 75) -> Anchor | None:
    """The first place of `quote` in `text`, or the place most like it; None when nothing reaches `cutoff`.

    `text[start:end] == exact` holds whatever white space was passed over.
    """
    quote = quote.strip()
    if not quote:
        return None
    start = text.find(quote)
    if start >= 0:
        return place(text, start, start + len(quote), 100, context=context)
    return _folded_anchor(text, quote, context, cutoff)


def place(text: str, start: int, end: int, score: int, *, context: int = 32) -> Anchor:
    """The anchor of text[start:end]."""
    before, behind = text[max(start - context, 0) : start], text[end : end + context]
    return Anchor(start, end, text[start:end], before, behind, score)


def _folded_anchor(text: str, quote: str, context: int, cutoff: int) -> Anchor | None:
    page, wanted = _Folded(text), _Folded(quote).text
    if not wanted or not page.text:
        return None
    at = page.text.find(wanted)
    if at >= 0:
        return place(text, *page.source(at, at + len(wanted)), 100, context=context)
    found = _nearest(page.text, wanted, cutoff)
    if found is None:
        return None
    start, end, score = found
    return place(text, *page.source(*whole_words(page.text, start, end)), score, context=context)


def _nearest(page: str, wanted: str, cutoff: int) -> tuple[int, int, int] | None:
    page, wanted = _lower(page), _lower(wanted)
    if len(wanted) > len(page):  # partial_ratio would look for the page inside the quotation
        score = fuzz.ratio(wanted, page, score_cutoff=cutoff)
        return (0, len(page), min(int(score), 99)) if score else None
    found = fuzz.partial_ratio_alignment(wanted, page, score_cutoff=cutoff)
    return None if found is None else (found.dest_start, found.dest_end, min(int(found.score), 99))


def _lower(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


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


class _Folded:
    """A text with each run of white space as one blank, or none beside Chinese, that still knows its places."""

    def __init__(self, text: str) -> None:
        self.text = ""
        self._at: list[int] = []
        self._from: list[int] = []
        self._fold(text)

    def _fold(self, text: str) -> None:
        pieces: list[str] = []
        length = last = 0
        for blank in _BLANK.finditer(text):
            piece = text[last : blank.start()] + _instead(text, blank)
            self._note(length, last, piece)
            pieces.append(piece)
            length, last = length + len(piece), blank.end()
        self._note(length, last, text[last:])
        self.text = "".join((*pieces, text[last:]))

    def _note(self, at: int, source: int, piece: str) -> None:
        if piece:
            self._at.append(at)
            self._from.append(source)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The places in the text itself of what is [start, end) here; `end` > `start`."""
        return self._source(start), self._source(end - 1) + 1

    def _source(self, offset: int) -> int:
        run = bisect_right(self._at, offset) - 1
        return self._from[run] + offset - self._at[run]


def _instead(text: str, blank: re.Match[str]) -> str:
    left, right = blank.start() - 1, blank.end()
    if left < 0 or right == len(text) or _UNSEEN.issuperset(blank[0]):
        return ""
    wide = _BESIDE_WIDE.match(text, left) or _BESIDE_WIDE.match(text, right)
    return "" if wide else " "


_SENTENCE = re.compile(r"[^。！？!?；\n.]+(?:\.(?!\s)[^。！？!?；\n.]*)*[。！？!?；.]*[”’」』）)\"]*")
_LONGEST = 20_000
_RESCORED = 50


def rank_sentences(text: str, claim: str, *, most: int = 5) -> list[Anchor]:
    """The sentences of a text that share most with a claim, best first; a rare shared word counts more than a common one.

    Sentences that share no word with it are never named. Equal ones keep the order of the text.
    """
    wanted = set(tokens(claim[:_LONGEST]))
    places = [(start, end, wanted.intersection(tokens(text[start:end]))) for start, end in _sentences(text)]
    often = Counter(token for _, _, shared in places for token in shared)
    weight = {token: log(1 + len(places) / (often[token] + 0.5)) for token in wanted}
    near = [(sum(weight[token] for token in shared), start, end) for start, end, shared in places if shared]
    near.sort(key=lambda each: (-each[0], each[1]))
    whole = sum(weight.values())
    rescored = [_scored(text, claim, start, end, share / whole) for share, start, end in near[:_RESCORED]]
    return sorted(rescored, key=lambda each: (-each.score, each.start))[:most]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for found in _SENTENCE.finditer(text):
        words = found[0].strip()
        if words:
            start = found.start() + found[0].index(words)
            yield start, min(start + len(words), start + _LONGEST)


def _scored(text: str, claim: str, start: int, end: int, share: float) -> Anchor:
    sentence = text[start:end]
    if sentence == claim:
        return place(text, start, end, 100)
    near = fuzz.partial_ratio(_lower(claim), _lower(sentence))
    return place(text, start, end, min(round(70 * share + 0.3 * near), 99))


_PARTS = re.compile(
    "[㐀-鿿豈-\ufaff\U00020000-\U0003ffff]"
    "|[0-9０-９]+(?:[.,][0-9]+)*[%％]?"
    f"|[^\\W_{_WIDE}]+(?:['’-][^\\W_{_WIDE}]+)*"
    "|[^\\W_]"
)


def differing(a: str, b: str) -> list[tuple[str, str]]:
    """The words that differ, as (only in a, only in b); Chinese by characters, punctuation and letter case aside.

    >>> differing("蒋璐转投 TikTok", "姜璐转投 Tiktok")
    [('蒋', '姜')]
    """
    left, right = list(_PARTS.finditer(a)), list(_PARTS.finditer(b))
    steps = Levenshtein.opcodes([_plain(each) for each in left], [_plain(each) for each in right])
    found: list[tuple[str, str]] = []
    for same, run in groupby(steps, key=lambda step: step.tag == "equal"):
        if not same:
            first, *_, last = (*run,) * 2
            only_a = _words(a, left, first.src_start, last.src_end)
            found.append((only_a, _words(b, right, first.dest_start, last.dest_end)))
    return found


def _plain(part: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", part[0]).casefold()


def _words(text: str, parts: list[re.Match[str]], start: int, end: int) -> str:
    return text[parts[start].start() : parts[end - 1].end()] if start < end else ""
