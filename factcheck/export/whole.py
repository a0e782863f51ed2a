"""A source in full, with every place that somebody claimed something at; and how much of it was looked at."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from factcheck.export.passages import Covered, Marked, Reread, Stretch, WholeText
from factcheck.export.scope import TRIAGED
from factcheck.model import Claim, ClaimState, Reading, Source

_ASIDE: Final = frozenset({"advertisement", "boilerplate", "heading"})
# What a character counts as when several hold: the first of these.
_RANKS: Final = ("silent", "aside", "untriaged", "open", "judged")


def whole(
    source: Source, text: str, claims: Iterable[Claim], readings: Iterable[Reading], shown: frozenset[str]
) -> WholeText:
    """A source with its marks, readings and stretches; offsets are code points of `text`.

    `claims` are those in scope. A place that the text does not hold is left out here and told of in the caveats.
    """
    marks = [
        Marked(claim.id, each.start, each.end, stands)
        for claim in claims
        if (stands := _stands(claim, shown))
        for each in claim.mentions
        if each.source == source.id and text[each.start : each.end] == each.quote
    ]
    heard = [
        Reread(each.id, start, end, each.meant, each.state, each.why, each.by)
        for each in readings
        if each.source == source.id and each.state in {"proposed", "accepted"}
        for start, end in each.places
        if start < end and text[start:end] == each.heard
    ]
    return WholeText(
        source=source.id,
        text=text,
        stretches=tuple(Stretch(each.start, each.end, each.role) for each in source.regions),
        marks=tuple(sorted(marks, key=lambda each: (each.start, -each.end, _number(each.claim)))),
        readings=tuple(sorted(heard, key=lambda each: (each.start, -each.end, _number(each.reading)))),
    )


def covered(source: Source, text: str, claims: Iterable[Claim], judged: frozenset[str]) -> Covered:
    """How much of a source lies in claims with a verdict, in others, beside the matter, and where nothing was found.

    Linear in the text and in the claims: all of the case, whatever an export selects, since what lies outside of a
    selection is not silent. `judged` are those with a verdict that may stand in a final summary.
    """
    ranks = bytearray(len(text))
    _paint(ranks, ((each.start, each.end) for each in source.regions if each.role in _ASIDE), "aside")
    standing = [(each, _covers(each, judged)) for each in claims]
    for rank in _RANKS[1:]:
        _paint(ranks, _places(source, [claim for claim, stands in standing if stands == rank]), rank)
    counts = [0] * len(_RANKS)
    for place, letter in enumerate(text):
        if not letter.isspace():
            counts[ranks[place]] += 1
    return Covered(source.id, **dict(zip(_RANKS, counts, strict=True)))


def _stands(claim: Claim, shown: frozenset[str]) -> str:
    if claim.id in shown:
        return "shown"
    if claim.state in TRIAGED:
        return "open"
    return "untriaged" if claim.state is ClaimState.SUGGESTED else ""


def _covers(claim: Claim, judged: frozenset[str]) -> str:
    """What the words of a claim count as; what was merged or superseded counts where it lives on."""
    if claim.state is ClaimState.DISMISSED:
        return "aside"
    stands = _stands(claim, judged)
    return "judged" if stands == "shown" else stands


def _places(source: Source, claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    for claim in claims:
        yield from ((each.start, each.end) for each in claim.mentions if each.source == source.id)


def _paint(ranks: bytearray, places: Iterable[tuple[int, int]], name: str) -> None:
    """Places may overlap: the higher rank, which is painted later, stays."""
    rank = _RANKS.index(name)
    for start, end in places:
        low, high = max(start, 0), min(end, len(ranks))
        if low < high:
            ranks[low:high] = bytes([rank]) * (high - low)


def _number(name: str) -> int:
    return int(name[1:])
