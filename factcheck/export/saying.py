"""What was said: the raw words of a mention in their context, with accepted readings beside them."""

from collections.abc import Sequence
from itertools import pairwise

from factcheck.export.passages import Piece, ReadAs, Said
from factcheck.model import Mention, Reading, Source
from factcheck.speech import locate, readable, speech, spoken

CONTEXT = 48
Place = tuple[int, int, ReadAs]


def said(mention: Mention, source: Source, text: str, readings: Sequence[Reading]) -> Said:
    """Place a mention in its source. Offsets are code points of `text`."""
    start, end = mention.start, mention.end
    found = start < end and text[start:end] == mention.quote
    shown = Said(
        source.id, start, end, mention.quote, _role(source, start), found, _unplaced(mention, source.format)
    )
    if not found:
        return shown
    places = _places(source.id, text, readings)
    touching = [place for place in places if place[0] < end and start < place[1]]
    low, high = _window(text, start, end, touching)
    inside = [p for p in places if p[2].state == "accepted" and low <= p[0] and p[1] <= high]
    return Said(
        source.id,
        start,
        end,
        mention.quote,
        _role(source, start),
        found,
        _pieces(text, (low, start, end, high), inside),
        cut_before=bool(text[:low].strip()),
        cut_after=bool(text[high:].strip()),
        where=locate(text, start),
        proposed=tuple(dict.fromkeys(p[2] for p in touching if p[2].state == "proposed")),
    )


def misplaced(reading: Reading, text: str) -> bool:
    """True when the source does not hold the words of the reading at one of its places."""
    return any(text[start:end] != reading.heard for start, end in reading.places)


def _unplaced(mention: Mention, form: str) -> tuple[Piece, ...]:
    return (Piece(spoken(mention.quote, form), said=True),)


def _role(source: Source, start: int) -> str:
    return next((each.role for each in source.regions if each.start <= start < each.end), "")


def _places(source: str, text: str, readings: Sequence[Reading]) -> list[Place]:
    return [
        (start, end, ReadAs(each.id, each.heard, each.meant, each.state, each.why, each.by))
        for each in readings
        if each.source == source
        for start, end in each.places
        if start < end and text[start:end] == each.heard
    ]


def _window(text: str, start: int, end: int, touching: Sequence[Place]) -> tuple[int, int]:
    reach = 3 * CONTEXT if speech(text).timed else CONTEXT  # times of the lines around take their part of it
    low = min([max(0, start - reach), *(place[0] for place in touching)])
    high = max([min(len(text), end + reach), *(place[1] for place in touching)])
    before, after = text[low:start], text[end:high]
    return low + len(before) - len(before.lstrip()), high - len(after) + len(after.rstrip())


def _pieces(text: str, bounds: tuple[int, int, int, int], places: Sequence[Place]) -> tuple[Piece, ...]:
    _, start, end, _ = bounds
    cuts = sorted({*bounds, *(place[0] for place in places), *(place[1] for place in places)})
    return tuple(
        Piece(
            readable(text, a, b),
            said=start <= a and b <= end,
            heard=any(place[0] <= a and b <= place[1] for place in places),
            readings=tuple(place[2] for place in places if place[1] == b),
        )
        for a, b in pairwise(cuts)
    )
