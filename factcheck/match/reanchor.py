"""Where a quotation stands after its page was changed: its words, what stood around it, and where it stood, together."""

from rapidfuzz import fuzz

from factcheck.match.anchor import Anchor, around, meant, occurrences, place, whole_words
from factcheck.match.folding import Folded, ink, lower
from factcheck.match.nearest import nearest

SHORT = 8
"""Characters below which words are told from others only by what stands around them."""

_ALIKE = 85
"""Likeness from which changed words are known without their surroundings."""

_FAINT = 60
"""Likeness that changed words need where their surroundings agree."""

_AGREES = 60
"""Likeness of the surroundings from which they agree."""

_EDGE = 8
"""Characters on both sides that tell a place whatever now stands between them."""


def reanchor(text: str, exact: str, *, prefix: str = "", suffix: str = "", start: int = -1) -> Anchor | None:
    """The place in a changed text of a quotation that stood at `start` between `prefix` and `suffix`.

    Score 100: the very words (white space aside); less: other words, at the same place or like them. None rather than
    a guess: short words are not taken where nothing around them agrees.
    """
    exact = exact.strip()
    if not exact:
        return None
    same = _same_words(text, exact)
    if same:
        low, high = meant(text, same, prefix, suffix, start)
        if len(ink(exact)) >= SHORT or not (prefix or suffix) or _agree(text, low, high, prefix, suffix):
            return place(text, low, high, 100)
    return _changed(text, exact, prefix, suffix)


def _same_words(text: str, exact: str) -> list[tuple[int, int]]:
    found = [*occurrences(text, exact)]
    if found:
        return found
    words = Folded(exact).text
    near = nearest(text, exact, 100)
    return [(each.start, each.end) for each in near if Folded(text[each.start : each.end]).text == words]


def _agree(text: str, start: int, end: int, prefix: str, suffix: str) -> bool:
    """True when the words right before or right behind are the old ones, or most of both."""
    before, behind = prefix[-_EDGE:], suffix[:_EDGE]
    beside = (len(before) >= _EDGE and text[:start].endswith(before)) or (
        len(behind) >= _EDGE and text.startswith(behind, end)
    )
    return beside or around(text, start, end, prefix, suffix) >= _AGREES


def _changed(text: str, exact: str, prefix: str, suffix: str) -> Anchor | None:
    """What now stands where the words stood, or the words most like them."""
    between = _between(text, prefix, suffix, 2 * len(exact) + 32)
    if between:
        return place(text, *between, _likeness(exact, text[between[0] : between[1]]))
    found = [(each.start, each.end, int(each.score)) for each in nearest(text, exact, _FAINT)]
    sure = [each[:2] for each in found if _known(text, each, exact, prefix, suffix)]
    if not sure:
        return None
    low, high = whole_words(text, *meant(text, sure, prefix, suffix, -1))
    return place(text, low, high, _likeness(exact, text[low:high]))


def _known(text: str, found: tuple[int, int, int], exact: str, prefix: str, suffix: str) -> bool:
    start, end, score = found
    if score >= _ALIKE and len(exact) >= SHORT:
        return True
    return bool(prefix or suffix) and _agree(text, start, end, prefix, suffix)


def _between(text: str, prefix: str, suffix: str, most: int) -> tuple[int, int] | None:
    """The one stretch that stands between the old surroundings; None when there are several."""
    before, behind = prefix[-2 * _EDGE :], suffix[: 2 * _EDGE]
    if len(before) < _EDGE or len(behind) < _EDGE:
        return None
    found = []
    for _, start in occurrences(text, before):
        end = text.find(behind, start, start + most + len(behind))
        words = text[start:end] if end >= 0 else ""
        if words.strip():
            found.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return found[0] if len(found) == 1 else None


def _likeness(exact: str, words: str) -> int:
    """100 only for the same words; letter case alone makes 99."""
    one, two = Folded(exact).text, Folded(words).text
    return 100 if one == two else max(min(int(fuzz.ratio(lower(one), lower(two))), 99), 1)
