"""Which suggestions say the same thing: they share slots (who, which role, which figure, of what), not just words."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from factcheck.text.quantities import Quantity
from factcheck.text.ranking import Ranked
from factcheck.text.readings import Readings
from factcheck.text.spans import Span
from factcheck.text.view import View

_RARE = Decimal(1_000_000)
_RECENT = 24
"""Members of a slot that a new one is compared with: what was said last."""

_WORDS = re.compile("[A-Za-z]{3,}|[\u4e00-\u9fff]")
_NEGATED = re.compile("不|没|无|not\\b|n't\\b|less|low", re.IGNORECASE)
_PEOPLE = frozenset({"move", "leave", "take", "devote", "duty"})


@dataclass(frozen=True, slots=True)
class Slots:
    """What a suggestion speaks of: names (lower case, as probably meant), figures, slots of its rules, words."""

    names: frozenset[str]
    subject: str
    figures: frozenset[tuple[Decimal, Decimal, str]]
    rules: frozenset[tuple[str, str]]
    words: frozenset[str]
    text: str
    place: Span


def groups(seen: View, found: Sequence[Ranked], read: Readings) -> list[str]:
    """The group of each suggestion, g1, g2, ... in the order of their first members; empty for what stands alone."""
    held = [slots(seen, one, read) for one in found]
    leader = list(range(len(found)))
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
    return _named([_root(leader, i) for i in range(len(found))])


def slots(seen: View, one: Ranked, read: Readings) -> Slots:
    """The slots of one suggestion, its inherited subject among the names."""
    span = one.candidate.span
    body = [part for part in one.candidate.parts if not part.dropped]
    subject = one.candidate.subject or one.candidate.inherited
    names = {
        read.repaired(seen.text, Span(name.start, name.end)).lower()
        for part in body
        for name in part.names
        if name.kind != "term"
    }
    text = read.repaired(seen.text, span)
    return Slots(
        names=frozenset(names),
        subject=read.repaired(seen.text, subject).lower() if subject else "",
        figures=frozenset(
            _figure(quantity)
            for part in body
            for quantity in part.quantities
            if quantity.kind not in ("date", "rank")
        ),
        rules=frozenset(
            (firing.rule.slot, _about(seen.text, firing.start, firing.end, span))
            for part in body
            for firing in part.firings
            if firing.rule.slot
        ),
        words=frozenset(_bigrams(text)),
        text=re.sub("[\\W_]", "", text).lower(),
        place=span,
    )


def _about(text: str, start: int, end: int, span: Span) -> str:
    """What the words of a rule are about: their first noun, and whether they say it is not so."""
    words = text[start:end]
    noun = re.match("(?:庞大|海量|大量|众多|广泛|巨大|丰富)的?", words)
    head = (
        words[noun.end() : noun.end() + 2]
        if noun
        else words[:2]
        if not words.isascii()
        else words.split()[0].lower()
    )
    return head + ("-" if _NEGATED.search(text, start, min(end, span.end)) else "")


def _figure(quantity: Quantity) -> tuple[Decimal, Decimal, str]:
    return quantity.low.normalize(), quantity.high.normalize(), quantity.unit


def _bigrams(text: str) -> Iterator[str]:
    units = _WORDS.findall(text)
    for left, right in pairwise(units):
        yield (left + right).lower()
    yield from (unit.lower() for unit in units if len(unit) > 3)


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
    if not shared or 2 * len(shared) < len(mine.figures) + len(other.figures) - len(shared):
        return False
    return len(shared) > 1 or _rare(shared[0]) or len(mine.words & other.words) >= 2


def _same_figure(a: tuple[Decimal, Decimal, str], b: tuple[Decimal, Decimal, str]) -> bool:
    return a[:2] == b[:2] and (a[2] == b[2] or (_rare(a) and not (a[2] and b[2])))


def _rare(figure: tuple[Decimal, Decimal, str]) -> bool:
    return figure[0] != figure[1] or figure[0] >= _RARE


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
