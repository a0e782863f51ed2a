"""Which sentences of a page speak of a claim, the nearest first, whichever of both languages each is written in."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz

from factcheck.match.anchor import Anchor, place
from factcheck.match.clues import Clue, begins_word, clues
from factcheck.match.figures import figures
from factcheck.match.folding import lower
from factcheck.match.passages import passages

_HAN = re.compile("[\u4e00-\u9fff]")
_LONGEST_CLAIM = 2_000
_SHORT_TEXT = 60_000
"""Characters of a text up to which all of it is cut into sentences; of a longer one only what is near the clues."""

_CELL = 400
_CELLS = 24
_MOST_HITS = 1_500
_RESCORED = 50
_PAIR = 0.86
"""What two neighbouring sentences are worth beside one that says all by itself."""

_PART = 0.35
"""Share of two neighbouring sentences that each of them must have for both to come as one."""

_NEAR = 0.25
"""What a clue is worth that stands in the sentence before."""

_FURTHER = 0.3
"""What each further part of a name is worth beside the first."""

_ASKED, _TITLE = 0.8, 0.85
"""What a question is worth beside an answer, and a line without an end beside a sentence."""

_ENDED = re.compile(r"[。！；.!][”’」』）)\"]*$")
_ASKS = re.compile(r"[？?][”’」』）)\"]*$")
_ROW = re.compile(r"\d|[|:：]")


@dataclass(frozen=True, slots=True)
class _Passage:
    """`tells`: what it is worth by its manner; `ended`: it is a whole sentence, and may be one of two."""

    start: int
    end: int
    met: frozenset[int]
    tells: float = 1.0
    ended: bool = True


def rank_sentences(
    text: str, claim: str, *, most: int = 5, plain: Callable[[str], str] = str
) -> list[Anchor]:
    """The sentences of a text that share most with a claim, best first; what is rare on the page counts more.

    Two neighbouring sentences come as one where the claim stands in both. Sentences that share nothing with it are
    never named, equal words only once. `plain` writes a text in characters that both sides share, one
    for one (traditional Chinese as simplified).
    """
    page, wanted = lower(plain(text)), plain(claim[:_LONGEST_CLAIM])
    found = clues(wanted, latin=_is_latin(page))
    hits = [_hits(page, each) for each in found]
    if not any(hits):
        return []
    regions = _regions(page, hits)
    told = [_met(text, page, found, hits, span) for span in regions]
    share = sum(end - start for start, end in regions) / max(len(page), 1)
    weights = _apiece(told, _weights(found, hits, sum(map(len, told)) / share))
    near = [each for region in told for each in _scored(region, weights)]
    near.sort(key=lambda each: (-each[0], each[1].start))
    small = lower(wanted.strip())
    placed = [_anchored(text, page, small, *each) for each in near[:_RESCORED]]
    return _apart(sorted(placed, key=lambda each: (-each.score, each.start)), most)


def _is_latin(page: str) -> bool:
    sample = page[:5_000] + page[len(page) // 2 :][:5_000]
    return len(_HAN.findall(sample)) * 20 < len(sample)


def _hits(page: str, clue: Clue) -> list[int]:
    """Where the forms of a clue stand; one that stands everywhere tells nothing."""
    found: list[int] = []
    for form in clue.forms:
        at = page.find(form)
        while at >= 0 and len(found) <= _MOST_HITS:
            if begins_word(page, at, form):
                found.append(at)
            at = page.find(form, at + len(form))
    return sorted(found) if len(found) <= _MOST_HITS else []


def _weights(found: Sequence[Clue], hits: Sequence[Sequence[int]], sentences: float) -> list[float]:
    """What each clue is worth on this page: the rarer there, the more (the idf of Okapi BM25)."""
    return [
        each.weight * log(1 + max(sentences - len(at) + 0.5, 0.1) / (len(at) + 0.5))
        if at or each.value
        else 0.0
        for each, at in zip(found, hits, strict=True)
    ]


def _apiece(told: Sequence[Sequence[_Passage]], weights: list[float]) -> list[float]:
    """Clues that stand in the same sentences, and in several, are the parts of one name: they share what it is worth."""
    stand: dict[int, list[int]] = {}
    for number, each in enumerate(passage for region in told for passage in region):
        for clue in each.met:
            stand.setdefault(clue, []).append(number)
    alike = Counter(tuple(numbers) for numbers in stand.values() if len(numbers) > 1)
    for clue, numbers in stand.items():
        many = alike[tuple(numbers)] or 1
        weights[clue] *= (1 + _FURTHER * (many - 1)) / many
    return weights


def _regions(page: str, hits: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The stretches of a text that are cut into sentences: all of a short one, of a long one those with most clues."""
    if len(page) <= _SHORT_TEXT:
        return [(0, len(page))]
    cells: Counter[int] = Counter()
    for at in hits:
        for cell in {each // _CELL for each in at}:
            cells[cell] += 1 / (1 + len(at) ** 0.5)
    spans = [_opened(page, cell * _CELL) for cell, _ in cells.most_common(_CELLS)]
    return _joined(sorted(spans))


def _opened(page: str, start: int) -> tuple[int, int]:
    """A cell with what stands around it, from the end of a sentence to the end of another."""
    low, high = max(start - _CELL, 0), min(start + 2 * _CELL, len(page))
    before = max(
        page.rfind("\n", 0, low),
        page.rfind("。", max(low - _CELL, 0), low),
        page.rfind(". ", max(low - _CELL, 0), low),
    )
    ends = [at for at in (page.find("\n", high), page.find("。", high), page.find(". ", high)) if at >= 0]
    return max(before + 1, low - _CELL), min(min(ends, default=high) + 1, high + _CELL, len(page))


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _met(
    text: str, page: str, found: Sequence[Clue], hits: Sequence[Sequence[int]], span: tuple[int, int]
) -> list[_Passage]:
    """The sentences of a stretch with the clues that each of them holds."""
    start, end = span
    values = {each.value: number for number, each in enumerate(found) if each.value}
    plain = [(number, at) for number, at in enumerate(hits) if at and not found[number].value]
    shown = figures(page[start:end]) if values else ()
    seen = [(each.start, values[each.value]) for each in shown if each.value in values]
    told: list[_Passage] = []
    for low, high in passages(text, start, end):
        words = {number for number, at in plain if bisect_left(at, low) < bisect_left(at, high)}
        met = frozenset(words | {n for at, n in seen if low <= at + start < high})
        told.append(_Passage(low, high, met, *_manner(text[max(low, high - 300) : high])))
    return told


def _scored(region: Sequence[_Passage], weights: Sequence[float]) -> Iterator[tuple[float, _Passage]]:
    """Each sentence that holds clues with its worth, and each pair of neighbours that is worth more than both."""
    whole = sum(weights) or 1.0

    def worth(met: frozenset[int]) -> float:
        return sum(weights[number] for number in met) / whole

    alone = [each.tells * _brief(each) * worth(each.met) for each in region]
    for number, each in enumerate(region):
        before = region[number - 1].met - each.met if number else frozenset()
        if each.met:
            yield alone[number] + _NEAR * worth(before), each
        if number and _may_be_one(region[number - 1], each):
            pair = _Passage(region[number - 1].start, each.end, each.met | before)
            value = _PAIR * _brief(pair) * worth(pair.met)
            if value > 1.15 * max(alone[number], alone[number - 1]) and _both(
                alone[number - 1], alone[number]
            ):
                yield value, pair


def _may_be_one(before: _Passage, behind: _Passage) -> bool:
    return bool(before.met and behind.met) and before.ended and behind.ended


def _manner(words: str) -> tuple[float, bool]:
    """What a passage is worth by how it ends, and whether it is a whole sentence; rows of tables lack an end, too."""
    if _ASKS.search(words):
        return _ASKED, False
    if _ENDED.search(words):
        return 1.0, True
    return (1.0 if _ROW.search(words) else _TITLE), False


def _both(one: float, two: float) -> bool:
    """True when a claim stands in both of two neighbours, and not in one beside a word of it."""
    return min(one, two) >= _PART * (one + two)


def _brief(passage: _Passage) -> float:
    """Long sentences hold more by chance."""
    return 1 / (1 + max(passage.end - passage.start - 160, 0) / 900)


def _anchored(text: str, page: str, claim: str, share: float, passage: _Passage) -> Anchor:
    start, end = passage.start, passage.end
    sentence = page[start:end]
    if sentence == claim:
        return place(text, start, end, 100)
    near = fuzz.partial_ratio(claim, sentence) if len(sentence) < 2_000 else 0
    return place(text, start, end, max(min(round(80 * min(share, 1) + 0.2 * near), 99), 1))


def _apart(found: Sequence[Anchor], most: int) -> list[Anchor]:
    """The first ones of which none lies in another; words that the page repeats come once."""
    kept: list[Anchor] = []
    for each in found:
        apart = all(each.end <= other.start or other.end <= each.start for other in kept)
        if apart and all(each.exact != other.exact for other in kept):
            kept.append(each)
        if len(kept) == most:
            break
    return kept
