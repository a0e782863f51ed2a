"""Words that were probably misheard: what was meant is proposed beside them, with the reason, and never put in their place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from factcheck.speech import speech
from factcheck.text.extraction import KnownReadings, ProposedReading
from factcheck.text.hearing import Heard, by_list, by_note, by_pattern, by_sound, decided
from factcheck.text.missing import swallowed
from factcheck.text.misspelt import cut, misspelt
from factcheck.text.packs import Entity, Pack
from factcheck.text.respelt import respelt
from factcheck.text.rules import rule_words
from factcheck.text.spans import Span
from factcheck.text.view import View

STRETCH = 200_000
"""Characters within which a document is compared with itself."""

APPLIED = 700
"""Thousandths from which a statement uses what was probably meant."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What is proposed, and the same on the view for whoever words a statement or compares names."""

    proposed: tuple[ProposedReading, ...]
    heard: tuple[Heard, ...]
    _starts: tuple[int, ...]

    def within(self, span: Span) -> Sequence[Heard]:
        """The likely readings that lie inside this span of the view, in order."""
        first, last = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        return [one for one in self.heard[first:last] if one.end <= span.end and one.score >= APPLIED]

    def around(self, span: Span) -> Sequence[Heard]:
        """Everything that is proposed inside this span of the view, likely or not."""
        return self.heard[bisect_left(self._starts, span.start) : bisect_right(self._starts, span.end)]

    def repaired(self, text: str, span: Span) -> str:
        """The words of this span of the view with likely readings in place."""
        pieces, at = [], span.start
        for one in self.within(span):
            pieces += [text[at : one.start], one.meant]
            at = one.end
        return "".join([*pieces, text[at : span.end]])


def propose(source: str, seen: View, packs: Sequence[Pack], known: KnownReadings) -> Readings:
    """One reading per place: the best reason wins; what was rejected before is not proposed again."""
    entities = [entity for pack in packs for entity in pack.entities]
    loud = [
        span
        for span, role in zip(seen.passages, seen.roles, strict=True)
        if role not in ("advertisement", "boilerplate")
    ]
    heard = _best(_allowed(_all(seen.text, _speakers(source), entities, known), known, loud))
    proposed = tuple(_proposed(source, seen, number, one) for number, one in enumerate(heard, 1))
    return Readings(proposed, tuple(heard), tuple(one.start for one in heard))


def _all(
    text: str, speakers: Sequence[str], entities: Sequence[Entity], known: KnownReadings
) -> Iterator[Heard]:
    yield from decided(text, known)
    yield from by_list(text, entities)
    yield from by_note(text, entities)
    yield from by_sound(text, entities)
    yield from by_pattern(text, entities)
    yield from swallowed(text)
    yield from _by_itself(
        text,
        speakers,
        frozenset((*rule_words(), *(name for one in entities for name in (one.name, *one.aliases)))),
    )


def _speakers(source: str) -> list[str]:
    """The names before what was said: somebody wrote them, no recogniser."""
    return sorted({line.speaker for line in speech(source).lines if line.speaker})


def _by_itself(text: str, speakers: Sequence[str], names: frozenset[str]) -> Iterator[Heard]:
    """What the document writes in two ways, stretch by stretch."""
    for start in range(0, len(text), STRETCH):
        stretch = text[start : start + STRETCH]
        piece = cut(stretch)
        for one in (*misspelt(piece, names), *respelt(stretch, piece, speakers, names)):
            yield replace(one, start=one.start + start, end=one.end + start)


def _allowed(found: Iterable[Heard], known: KnownReadings, loud: Sequence[Span]) -> Iterator[Heard]:
    rejected = set(known.rejected)
    starts = [span.start for span in loud]
    for one in found:
        passage = bisect_right(starts, one.start) - 1
        if (
            (one.heard, one.meant) not in rejected
            and one.heard != one.meant
            and passage >= 0
            and one.end <= loud[passage].end
        ):
            yield one


def _best(found: Iterable[Heard]) -> list[Heard]:
    kept: list[Heard] = []
    for one in sorted(found, key=lambda one: (one.start, -one.score, -one.end, one.meant)):
        if kept and one.start < kept[-1].end:
            if one.score > kept[-1].score:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def _proposed(source: str, seen: View, number: int, one: Heard) -> ProposedReading:
    place = seen.source(Span(one.start, one.end))
    return ProposedReading(
        f"r{number}", place.start, place.end, source[place.start : place.end], one.meant, one.score, one.why
    )
