"""Which suggestions say the same thing: they share slots (who, which role, which figure, of what), or most of their words."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from factcheck.text.likeness import Alike
from factcheck.text.slots import Figure, Slots, is_rare, is_telling
from factcheck.text.spans import Span
from factcheck.text.view import View

_RECENT = 24
"""Members of a slot that a new one is compared with: what was said last."""
_MOSTLY = 0.5
"""The share of its words, the rarer the weightier, from which one tells the other again."""
_PEOPLE = frozenset({"move", "leave", "take", "devote", "duty"})


def groups(seen: View, held: Sequence[Slots], pairs: Sequence[Alike]) -> list[str]:
    """The group of each suggestion, g1, g2, ... in the order of their first members; empty for what stands alone."""
    leader = list(range(len(held)))
    buckets: dict[object, list[int]] = defaultdict(list)
    for i, mine in enumerate(held):
        for key, fits in _keys(mine):
            same = next(
                (
                    j
                    for j in buckets[key][-_RECENT:]
                    if fits(mine, held[j]) and _apart(seen.text, held[j].place, mine.place)
                ),
                -1,
            )
            if same >= 0:
                _unite(leader, same, i)
            buckets[key].append(i)
    for pair in pairs:
        a, b = held[pair.a], held[pair.b]
        if (
            pair.share >= _MOSTLY
            and len(pair.shared) > 1
            and _agree(a, b)
            and _apart(seen.text, a.place, b.place)
        ):
            _unite(leader, pair.a, pair.b)
    return _named([_root(leader, i) for i in range(len(held))])


def _agree(a: Slots, b: Slots) -> bool:
    """Whether nothing in them differs that would make two claims of them: figures, ranks, times, yes and no, names."""
    if a.negated != b.negated or (a.figures and b.figures and not _shares_figure(a, b)):
        return False
    if _goes(a) != _goes(b):
        return False
    return all(
        not (x and y) or x & y for x, y in ((a.ranks, b.ranks), (a.times, b.times), (a.names, b.names))
    )


def _goes(one: Slots) -> bool:
    return any(slot == "leave" for slot, _ in one.rules)


def _shares_figure(a: Slots, b: Slots) -> bool:
    return any(_same_figure(x, y) for x in a.figures for y in b.figures)


def _keys(mine: Slots) -> Iterator[tuple[object, Callable[[Slots, Slots], bool]]]:
    if len(mine.text) > 5:
        yield ("text", mine.text), _always
    for slot, about in mine.rules:
        if slot in _PEOPLE:
            yield slot, _same_people
        elif slot == "scale":
            yield (slot, about), _no_other_name
        elif slot in ("attention", "activity"):
            yield slot, _same_subject
        elif slot == "difficulty":
            yield (slot, about), _always
    for low, high, _ in mine.figures:
        if high > 2:
            yield ("figure", low, high), _same_figures


def _always(_mine: Slots, _other: Slots) -> bool:
    return True


def _same_people(mine: Slots, other: Slots) -> bool:
    if _goes(mine) != _goes(other) or mine.negated != other.negated:
        return False
    a, b = mine.names or {mine.subject}, other.names or {other.subject}
    shared = sum(any(_same_name(x, y) for y in b) for x in a)
    return shared * 2 >= min(len(a), len(b)) and shared > 0


def _same_name(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= 2 and bool(a) and (a in b or b in a))


def _no_other_name(mine: Slots, other: Slots) -> bool:
    return not mine.names or not other.names or bool(mine.names & other.names)


def _same_subject(mine: Slots, other: Slots) -> bool:
    if mine.names & other.names:
        return True
    return bool(mine.subject and other.subject) and _same_name(mine.subject, other.subject)


def _same_figures(mine: Slots, other: Slots) -> bool:
    """Half of all figures at least, with their units, and something besides: another figure, a rare one, the same words."""
    shared = [figure for figure in mine.figures if any(_same_figure(figure, one) for one in other.figures)]
    if mine.negated != other.negated:
        return False
    union = len(mine.figures) + len(other.figures) - len(shared)
    if not shared or 2 * len(shared) < union or (2 * len(shared) == union and not is_rare(shared[0])):
        return False
    if len(shared) == 1 and is_rare(shared[0]) and _other_actor(mine, other):
        return False
    common = len(mine.words & other.words)
    return len(shared) > 1 or is_rare(shared[0]) or common >= (1 if is_telling(shared[0]) else 2)


def _other_actor(mine: Slots, other: Slots) -> bool:
    """Both name somebody, and nobody in common: one figure given to two."""
    return bool(mine.names and other.names) and not any(
        _same_name(x, y) for x in mine.names for y in other.names
    )


def _same_figure(a: Figure, b: Figure) -> bool:
    return a[:2] == b[:2] and (a[2] == b[2] or (is_rare(a) and not (a[2] and b[2])))


def _root(leader: list[int], i: int) -> int:
    while leader[i] != i:
        leader[i] = leader[leader[i]]
        i = leader[i]
    return i


def _unite(leader: list[int], a: int, b: int) -> None:
    a, b = _root(leader, a), _root(leader, b)
    leader[max(a, b)] = min(a, b)


_STOP = re.compile("[。！？!?;；\n]|[.] ")


def _apart(text: str, a: Span, b: Span) -> bool:
    """Whether a sentence ended between them: one sentence does not repeat itself."""
    return b.start - a.end > 200 or bool(_STOP.search(text, a.end, b.start))


def _named(roots: Sequence[int]) -> list[str]:
    sizes: dict[int, int] = defaultdict(int)
    for root in roots:
        sizes[root] += 1
    order = {
        root: f"g{n}" for n, root in enumerate(sorted(root for root, size in sizes.items() if size > 1), 1)
    }
    return [order.get(root, "") for root in roots]
