"""Where words of one version of a document stand in the next: the whole of both is aligned, so that the order helps.

White space counts for nothing: a transcript may be broken into other lines. Long stretches that stand once in both versions
hold the two together (the longest chain of them that keeps its order, as a patience diff does); what lies between is
compared character by character. A passage that was moved is found by its words alone.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from factcheck.match.anchor import Anchor, place, whole_words

_KEY, _STEP = 16, 4
"""How many characters must stand in both versions to hold them together, and at which distance they are looked for."""

_GAP = 8_000
"""Characters between two held stretches that are compared one by one; larger gaps have nothing in common."""

_ALIKE = 60
"""Similarity (0 to 100) from which words at the same place are the same words, changed."""

_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class _Run:
    """Equal characters of both versions: the same `length` from `old` and from `new` on."""

    old: int
    new: int
    length: int


class _Ink:
    """A text without its white space, and where each character of it stands."""

    def __init__(self, text: str) -> None:
        self.at = array("I", (i for i, c in enumerate(text) if not c.isspace() and c not in _UNSEEN))
        self.text = "".join([text[i] for i in self.at])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters with ink of text[start:end]."""
        return bisect_left(self.at, start), bisect_left(self.at, end)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The places in the text itself of what is [start, end) here; `end` > `start`."""
        return self.at[start], self.at[end - 1] + 1


class Alignment:
    """Two versions of one text; `find` says where a span of the old one stands in the new one."""

    def __init__(self, old: str, new: str) -> None:
        self._new_text = new
        self._old, self._new = _Ink(old), _Ink(new)
        self._runs = list(_matching(self._old.text, self._new.text))
        self._starts = [run.old for run in self._runs]

    def find(self, start: int, end: int) -> Anchor | None:
        """The place of old[start:end] in the new text, its score 100 for the same words; None when they are gone."""
        first, last = self._old.span(start, end)
        if first >= last:
            return None
        words = self._old.text[first:last]
        low, high = self._forward(first), self._backward(last)
        score = int(fuzz.ratio(words, self._new.text[low:high])) if low < high else 0
        if score >= _ALIKE:
            exact = self._new.text[low:high] == words
            return self._placed(low, high, 100 if exact else min(score, 99))
        moved = self._elsewhere(words, low)
        return self._placed(*moved, 100) if moved else None

    def _forward(self, offset: int) -> int:
        """Where the character at `offset` of the old text begins in the new one, or what stands in its place."""
        run = self._run_at(offset)
        if run is None:
            return min(offset, self._runs[0].new if self._runs else len(self._new.text))
        within = offset - run.old
        return run.new + min(within, run.length) + self._replaced(run, within)

    def _replaced(self, run: _Run, within: int) -> int:
        """How far into what took the place of a changed stretch: not beyond its end."""
        beyond = within - run.length
        if beyond <= 0:
            return 0
        following = bisect_right(self._starts, run.old)
        limit = self._runs[following].new if following < len(self._runs) else len(self._new.text)
        return min(beyond, limit - run.new - run.length)

    def _backward(self, offset: int) -> int:
        """Where the character before `offset` of the old text ends in the new one."""
        run = self._run_at(offset - 1)
        if run is not None and offset - 1 < run.old + run.length:
            return run.new + offset - run.old
        following = bisect_right(self._starts, offset - 1)
        if following < len(self._runs):
            after = self._runs[following]
            left = run.new + run.length if run else 0
            return max(left, after.new - (after.old - offset))
        return len(self._new.text)

    def _run_at(self, offset: int) -> _Run | None:
        number = bisect_right(self._starts, offset) - 1
        return self._runs[number] if number >= 0 else None

    def _elsewhere(self, words: str, near: int) -> tuple[int, int] | None:
        """The place of the very words that lies nearest; short words stand too often to be told."""
        if len(words) < 6:
            return None
        found, at = [], self._new.text.find(words)
        while at >= 0:
            if not self._spoken_for(at, at + len(words)):
                found.append(at)
            at = self._new.text.find(words, at + 1)
        best = min(found, key=lambda place: abs(place - near), default=-1)
        return (best, best + len(words)) if best >= 0 else None

    def _spoken_for(self, low: int, high: int) -> bool:
        """True when these very characters belong to another place of the old text."""
        number = bisect_right(self._runs, low, key=lambda run: run.new) - 1
        run = self._runs[number] if number >= 0 else None
        return run is not None and high <= run.new + run.length

    def _placed(self, low: int, high: int, score: int) -> Anchor:
        start, end = self._new.source(low, high)
        if score < 100:
            start, end = whole_words(self._new_text, start, end)
        return place(self._new_text, start, end, score)


def _matching(old: str, new: str) -> Iterator[_Run]:
    """Equal stretches in order: those that hold both together, widened, and what is equal between them."""
    last = _Run(0, 0, 0)
    for run in (*_widened(_chain(old, new), old, new), _Run(len(old), len(new), 0)):
        yield from _between(old, new, last, run)
        if run.length:
            yield run
        last = run


def _between(old: str, new: str, left: _Run, right: _Run) -> Iterator[_Run]:
    a, b = left.old + left.length, left.new + left.length
    one, two = old[a : right.old], new[b : right.new]
    if not one or not two or max(len(one), len(two)) > _GAP:
        return
    for step in Levenshtein.opcodes(one, two):
        if step.tag == "equal":
            yield _Run(a + step.src_start, b + step.dest_start, step.src_end - step.src_start)


def _widened(chain: list[tuple[int, int]], old: str, new: str) -> Iterator[_Run]:
    """Each held stretch as far as both go on alike; stretches that run into one another are one."""
    last = _Run(0, 0, 0)
    for a, b in chain:
        if a < last.old + last.length or b < last.new + last.length:
            continue
        back, end = 0, _KEY
        most = min(a - last.old - last.length, b - last.new - last.length)
        while back < most and old[a - back - 1] == new[b - back - 1]:
            back += 1
        while a + end < len(old) and b + end < len(new) and old[a + end] == new[b + end]:
            end += 1
        last = _Run(a - back, b - back, back + end)
        yield last


def _chain(old: str, new: str) -> list[tuple[int, int]]:
    """The longest chain of stretches that stand once in both versions and keep their order (patience)."""
    places: dict[str, int] = {}
    for at in range(0, len(old) - _KEY + 1, _STEP):
        key = old[at : at + _KEY]
        places[key] = -1 if key in places else at
    there: dict[str, int] = {}
    for at in range(len(new) - _KEY + 1):
        key = new[at : at + _KEY]
        if places.get(key, -1) >= 0:
            there[key] = -1 if key in there else at
    pairs = sorted((places[key], at) for key, at in there.items() if at >= 0)
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    tops: list[int] = []
    held: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        pile = bisect_left(tops, at)
        before.append(held[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(at)
            held.append(number)
        else:
            tops[pile], held[pile] = at, number
    found, number = [], held[-1] if held else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
