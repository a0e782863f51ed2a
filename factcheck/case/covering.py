"""Coverage: what of a source is claimed, what is something else, and what nobody has judged yet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.case.sources import Ingesting
from factcheck.index import Place
from factcheck.model import ClaimState, Source

if TYPE_CHECKING:
    from factcheck.text.coverage import Claimed, Covered

UNJUDGED = frozenset({ClaimState.SUGGESTED, ClaimState.ACCEPTED})
"""States of a claim that nobody has judged, dismissed or merged away."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a source (code points, half open), its class, and the claims made in it."""

    start: int
    end: int
    kind: str
    claims: tuple[Place, ...]

    @property
    def unjudged(self) -> tuple[Place, ...]:
        """The claims made here that nobody has judged."""
        return tuple(each for each in self.claims if each.state in UNJUDGED)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A source as sentences: together they hold every character that a reader can see."""

    source: str
    text: str
    sentences: tuple[Sentence, ...]

    def counts(self) -> dict[str, tuple[int, int]]:
        """By class, in the order of the classes: how many sentences, and how many characters a reader can see."""
        from factcheck.text.coverage import CLASSES, inked

        number, characters = Counter[str](), Counter[str]()
        for each in self.sentences:
            number[each.kind] += 1
            characters[each.kind] += inked(self.text[each.start : each.end])
        return {kind: (number[kind], characters[kind]) for kind in CLASSES if number[kind]}

    def words(self, sentence: Sentence) -> str:
        """A sentence as the source has it."""
        return self.text[sentence.start : sentence.end]

    def unjudged(self) -> Iterator[tuple[Sentence, Place]]:
        """Every claim that nobody has judged, at each sentence in which it is made."""
        for each in self.sentences:
            for place in each.unjudged:
                yield each, place


class Covering(Ingesting):
    """Looking at a whole source, not at its claims."""

    def coverage(self, source: Source | str) -> Coverage:
        """Every sentence of a source with its class, its claims and their states. NotFound for a source that is not here.

        The classes of what is not claimed are kept until the case is closed; the claims are asked for anew.
        """
        from factcheck.text.coverage import Claimed, with_claims

        found = self.source(source.id if isinstance(source, Source) else source)
        text, places = self.text(found), self._index.places(found.id)
        said = [Claimed(each.start, each.end, each.type) for each in places]
        held = with_claims(self._covered(found, said), said)
        if not all(
            each.kind for each in held
        ):  # a claim was taken back: its sentence was never looked at without it
            self._classes.clear()
            held = with_claims(self._covered(found, said), said)
        sentences = (
            Sentence(each.start, each.end, each.kind, tuple(places[n] for n in each.claims)) for each in held
        )
        return Coverage(found.id, text, tuple(sentences))

    def _covered(self, source: Source, said: "list[Claimed]") -> "tuple[Covered, ...]":
        from factcheck import text
        from factcheck.text.coverage import covered

        key = (source.id, source.suggestions)  # extracted again, a source may have other regions
        if key not in self._classes:
            regions = tuple(text.Region(each.start, each.end, each.role) for each in source.regions)
            self._classes[key] = covered(self.text(source), regions, self.packs(), said)
        kept: tuple[Covered, ...] = self._classes[key]
        return kept
