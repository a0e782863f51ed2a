"""How much two suggestions speak of the same thing: the words they share, the rarer the weightier, figures left out."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from factcheck.text.grammar import is_word

_UNITS = re.compile("[A-Za-z][A-Za-z'’-]*|[\u4e00-\u9fff]|[^A-Za-z\u4e00-\u9fff]+")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两半几多")
_LITTLE = frozenset(
    "的了是在和与也都就还又很要会能可这那他她它们我你您个着过到从把被对给让而但或及等并且去来说啊呢吧嘛吗哦呀嗯为以于之其此该年月日号家次人有不没上下里中大小"
)
_COMMON = 12
"""Claims in which a word may stand before it says nothing of any of them."""
_SHOWN = 4
"""Shared words that are kept of a pair."""
_MOST = 12
"""Earlier claims with which one is compared."""
LEAST = 0.06
"""The share below which two claims have nothing to do with each other."""
_FAR = 400
"""Claims apart at which two are still compared; a document repeats itself within that or by a rare word anyway."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two suggestions by number (a before b), how alike they are (0 to 1), and the weightiest words they share."""

    a: int
    b: int
    share: float
    shared: tuple[str, ...]


@lru_cache(maxsize=8192)
def words(text: str) -> frozenset[str]:
    """Chinese as overlapping pairs of characters, Latin words by their stems; little words and numerals are left out."""
    units = _UNITS.findall(text.lower())
    pairs = (
        left + right
        for left, right in pairwise(units)
        if _is_wide(left) and _is_wide(right) and not {left, right} & (_LITTLE | _NUMERALS)
    )
    return frozenset(
        (
            *pairs,
            *(
                _stem(unit)
                for unit in units
                if unit[0].isalpha() and unit[0].isascii() and not is_word(unit, "en", "little")
            ),
        )
    )


def _is_wide(unit: str) -> bool:
    return "\u4e00" <= unit <= "\u9fff"


def _stem(word: str) -> str:
    plain = re.sub("['’]s$|['’]$", "", word)
    return re.sub("(?<=\\w{3})(?:ing|ed|es|s)$", "", plain)


def alike(spoken: Sequence[frozenset[str]], texts: Sequence[str]) -> Iterator[Alike]:
    """Pairs that share words which few others have, with the weight of all that they share; those that share little are left out."""
    times = Counter(word for said in spoken for word in said)
    weight = {word: math.log(1 + len(spoken) / count) for word, count in times.items()}
    sums = [sum(weight[word] for word in sorted(said)) for said in spoken]
    holders: dict[str, list[int]] = defaultdict(list)
    for b, said in enumerate(spoken):
        for a in _near(b, said, holders, times):
            if texts[a] == texts[b]:
                continue  # one group by their text alone
            shared = sorted(spoken[a] & said, key=lambda word: (-weight[word], word))
            share = 2 * sum(weight[word] for word in shared) / (sums[a] + sums[b])
            if share >= LEAST:
                yield Alike(a, b, share, tuple(shared[:_SHOWN]))
        for word in said:
            holders[word].append(b)


def _near(b: int, said: frozenset[str], holders: dict[str, list[int]], times: Counter[str]) -> list[int]:
    """Earlier claims with a rare word of this one, or with a common one not long before; the most akin of them."""
    found: Counter[int] = Counter()
    for word in said:
        before = holders[word]
        near = before if times[word] <= _COMMON else [a for a in before[-_COMMON // 2 :] if b - a <= _FAR]
        found.update(near)
    return sorted(sorted(found, key=lambda a: (-found[a], b - a))[:_MOST])
