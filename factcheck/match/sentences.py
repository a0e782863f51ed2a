"""Which sentences of a page speak of a claim, the nearest first."""

import re
from collections import Counter
from collections.abc import Iterator
from math import log

from rapidfuzz import fuzz

from factcheck.match.anchor import Anchor, place
from factcheck.match.folding import lower
from factcheck.tokens import tokens

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
    near = fuzz.partial_ratio(lower(claim), lower(sentence))
    return place(text, start, end, min(round(70 * share + 0.3 * near), 99))
