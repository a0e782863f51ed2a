"""Nothing silently dropped: every sentence of a source ends in exactly one class, and every character in a sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from factcheck.text.clauses import Sentence, batches, sentences
from factcheck.text.extraction import Region
from factcheck.text.layout import layout, passages
from factcheck.text.names import known_names
from factcheck.text.packs import Pack
from factcheck.text.parts import Part, parts
from factcheck.text.rules import Rule, shipped_rules
from factcheck.text.spans import Span
from factcheck.text.view import View, view

CLASSES = (
    "claim", "opinion", "forecast", "recommendation", "question", "filler",
    "heading", "advertisement", "boilerplate", "note", "unclassified",
)  # fmt: skip
"""Every class, in the order in which they are shown; `unclassified` says that nothing was found there."""

_CLAIMED = ("claim", "forecast", "recommendation", "opinion")
"""Classes of what is claimed, the one that the world can answer best first."""

_BY_TYPE = {"opinion": "opinion", "prediction": "forecast", "recommendation": "recommendation"}
_BY_ROLE = frozenset({"heading", "advertisement", "boilerplate", "note"})
_INK = re.compile("[^\\s\ufeff\u200b]")
"""What a reader can see: neither blanks nor the marks without ink that the view leaves out."""


@dataclass(frozen=True, slots=True)
class Covered:
    """One sentence of the source, half open, and its class; `claims` are places in the list of what is claimed."""

    start: int
    end: int
    kind: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """Where something is claimed, half open, and the type of that claim."""

    start: int
    end: int
    type: str


def coverage(
    text: str, said: Sequence[Claimed], regions: Sequence[Region] = (), packs: Sequence[Pack] = ()
) -> tuple[Covered, ...]:
    """Every sentence of a document with its class, in order, without overlap; between them stand blanks only.

    `regions` are those of the extraction (without them the layout's own are taken), `said` what is claimed there by
    extraction or by people, in any order. Pure; cost grows linearly with the text and with `said`.
    """
    return with_claims(covered(text, regions, packs, said), said)


def covered(
    text: str, regions: Sequence[Region] = (), packs: Sequence[Pack] = (), said: Sequence[Claimed] = ()
) -> tuple[Covered, ...]:
    """Every sentence with the class it has where nothing is claimed; it is "" where something of `said` is.

    What is claimed is asked again by `with_claims`, so that this, which is what takes time, may be kept.
    """
    seen = view(text, passages(laid := layout(text)), blank_is_pause=laid.unpunctuated)
    roles, taken = _Roles(regions), _Taken(said)
    rules = _dropping(packs)
    found: list[Covered] = []
    for batch in batches(sentences(seen)):
        places = [seen.source(sentence.span) for sentence in batch]
        free = [n for n, place in enumerate(places) if not taken.touches(place)]
        kinds = dict(zip(free, _kinds(seen, [batch[n] for n in free], rules), strict=True))
        for n, place in enumerate(places):
            role = roles.at(place.start) or seen.roles[batch[n].passage]
            kind = role if role in _BY_ROLE else kinds.get(n, "")
            found.append(Covered(place.start, place.end, kind))
    furniture = [row.span.start for row in laid.rows if row.furniture]
    return tuple(_whole(text, found, furniture))


def with_claims(found: Sequence[Covered], said: Sequence[Claimed]) -> tuple[Covered, ...]:
    """The sentences with what is claimed in them: a claim is worth more than what a sentence looks like.

    Linear in the number of sentences and claims; `said` may stand in any order.
    """
    ends = [each.end for each in found]
    held: dict[int, list[int]] = {}
    for number, claim in enumerate(said):
        place = bisect_right(ends, claim.start)
        while place < len(found) and found[place].start < claim.end:
            held.setdefault(place, []).append(number)
            place += 1
    return tuple(
        replace(each, kind=_claimed([said[n] for n in held[place]]), claims=tuple(held[place]))
        if place in held
        else each
        for place, each in enumerate(found)
    )


def inked(text: str) -> int:
    """How many characters of a text a reader can see."""
    return len(_INK.findall(text))


class _Roles:
    """The role of each place, from regions in order that do not overlap."""

    def __init__(self, regions: Sequence[Region]) -> None:
        self._regions = sorted(regions, key=lambda each: each.start)
        self._starts = [each.start for each in self._regions]

    def at(self, offset: int) -> str:
        place = bisect_right(self._starts, offset) - 1
        return self._regions[place].role if place >= 0 and offset < self._regions[place].end else ""


class _Taken:
    """Where something is claimed."""

    def __init__(self, said: Sequence[Claimed]) -> None:
        self._said = sorted((each.start, each.end) for each in said)
        self._reach = list(accumulate((end for _, end in self._said), max))

    def touches(self, place: Span) -> bool:
        """Whether anything is claimed inside this place."""
        last = bisect_left(self._said, (place.end, 0)) - 1
        return last >= 0 and self._reach[last] > place.start


def _dropping(packs: Sequence[Pack]) -> list[Rule]:
    """The rules that make a clause no claim."""
    every = (*shipped_rules(), *(rule for pack in packs for rule in pack.rules))
    return [rule for rule in every if rule.effect == "drop"]


def _kinds(seen: View, batch: Sequence[Sentence], rules: Sequence[Rule]) -> list[str]:
    """The class of each of these sentences, in which nothing is claimed."""
    spoken: dict[int, list[Part]] = {}
    for part in parts(seen.text, batch, rules, known_names(())):
        spoken.setdefault(part.sentence, []).append(part)
    return [_kind(sentence, spoken.get(n, ())) for n, sentence in enumerate(batch)]


def _kind(sentence: Sentence, clauses: Sequence[Part]) -> str:
    """A question, or filler where every clause only asks or says how the talk goes on; else nothing was found."""
    if sentence.asks:
        return "question"
    if not all(clause.dropped for clause in clauses):
        return "unclassified"
    asks = any(firing.rule.name.endswith(".question") for clause in clauses for firing in clause.firings)
    return "question" if asks else "filler"


def _claimed(said: Sequence[Claimed]) -> str:
    """The class of a sentence that claims these things: the one that the world can answer best."""
    kinds = {_BY_TYPE.get(each.type, "claim") for each in said}
    return next(kind for kind in _CLAIMED if kind in kinds)


def _whole(text: str, found: Sequence[Covered], furniture: Sequence[int]) -> list[Covered]:
    """The sentences with the names, stamps and bullets beside them on their line, and what else nobody has read.

    `furniture` are the starts of lines without words (times of cues, heads of pages), in order.
    """
    kept, alone = list(found), []
    for n in range(len(found) + 1):
        start = found[n - 1].end if n else 0
        end = found[n].start if n < len(found) else len(text)
        first, last = _inked_span(text, start, end)
        if first == last:
            continue
        if n < len(found) and text.find("\n", first, end) < 0:
            kept[n] = replace(kept[n], start=first)
        elif n and text.find("\n", start, last) < 0:
            kept[n - 1] = replace(kept[n - 1], end=last)
        else:
            silent = bisect_left(furniture, first) < bisect_left(furniture, last)
            alone.append(Covered(first, last, "boilerplate" if silent else "unclassified"))
    return sorted([*kept, *alone], key=lambda each: each.start)


def _inked_span(text: str, start: int, end: int) -> tuple[int, int]:
    """text[start:end] without what has no ink at its ends."""
    inked = _INK.search(text, start, end)
    if inked is None:
        return end, end
    while not _INK.match(text, end - 1):
        end -= 1
    return inked.start(), end
