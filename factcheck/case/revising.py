"""A newer version of a document: where the words of the old one stand in it, what has changed, and what is gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factcheck.case.carrying import mention_bodies
from factcheck.case.desk import Desk, Draft
from factcheck.case.suggesting import Before, Near
from factcheck.errors import Refused
from factcheck.events import bodies
from factcheck.model import GONE_STATES, Claim, ClaimState, Mention, Reading, Source
from factcheck.state import effective, squeezed

if TYPE_CHECKING:
    from factcheck.match.alignment import Alignment

if TYPE_CHECKING:
    from factcheck import text


@dataclass(frozen=True, slots=True)
class Move:
    """A mention of a touched claim in the newer version; `now` is None when its words are gone."""

    claim: str
    was: Mention
    now: Mention | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of a source's mentions in the version that replaces it.

    `reopened` are claims that came back because words changed; `superseded` and `left` are untouched suggestions
    of the older version: those that the newer one makes as well, and those that stand only there.
    """

    source: str
    replaces: str
    moves: tuple[Move, ...]
    reopened: tuple[str, ...]
    superseded: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def moved(self) -> tuple[Move, ...]:
        """The same words, at another place."""
        return tuple(each for each in self.moves if each.now and not each.changed)

    @property
    def changed(self) -> tuple[Move, ...]:
        """Other words at the same place of the talk."""
        return tuple(each for each in self.moves if each.now and each.changed)

    @property
    def lost(self) -> tuple[Move, ...]:
        """Words that the newer version does not have; the mention stays on the older one."""
        return tuple(each for each in self.moves if each.now is None)


class Revising(Desk):
    """source -> newer version: mentions follow their words, verdicts on other words fall."""

    def older(self, source: str) -> tuple[Source, ...]:
        """The versions that came before a source, the newest first."""
        found: list[Source] = []
        name = self.source(source).replaces
        while name and name not in {each.id for each in found}:
            found.append(self.source(name))
            name = found[-1].replaces
        return tuple(found)

    def revision(self, source: str) -> Revision:
        """What became of the mentions of the versions before this one. Refused when it replaces none."""
        found = self.source(source)
        if not found.replaces:
            raise Refused(
                f"{source} replaces no other source.",
                where=source,
                remedy="factcheck ingest FILE --replaces S1 takes a newer version in",
            )
        older = {each.id for each in self.older(source)}
        moves, reopened = [], []
        for claim in (each for each in self._touched() if each.state not in GONE_STATES):
            done = list(self._moves_of(claim, source))
            moves += done
            moves += [Move(claim.id, each, None, False) for each in claim.mentions if each.source in older]
            if claim.reopened == "words changed" and any(each.changed for each in done):
                reopened.append(claim.id)
        extracted = [each.body for each in self.trail(source) if each.kind == "source.extracted"]
        gone = (
            extracted[0].superseded if extracted and isinstance(extracted[0], bodies.SourceExtracted) else ()
        )
        left = [c.id for name in sorted(older) for c in self.claims(name) if _open(c)]
        return Revision(
            source,
            found.replaces,
            tuple(sorted(moves, key=lambda each: (int(each.claim[1:]), each.was.start))),
            tuple(reopened),
            tuple(name for name in gone or () if name[0] == "C"),
            tuple(left),
        )

    def _touched(self) -> list[Claim]:
        return [claim for claim in self.page(self._index.acted_upon()) if not claim.untouched]

    def _moves_of(self, claim: Claim, source: str) -> Iterator[Move]:
        for event in effective(self._index.history(claim.id)):
            if isinstance(event.body, bodies.MentionMoved) and event.body.source == source:
                for each in event.body.moves:
                    yield Move(claim.id, Mention(**dict(each.was)), Mention(**dict(each.now)), each.changed)

    def _versions(self, replaced: str, digest: str) -> tuple[Source, ...]:
        """The source that a newer version replaces and those before it; none when it replaces none.

        Refused when that source has a newer version already, or when nothing is new.
        """
        if not replaced:
            return ()
        found = self.source(replaced)
        if found.sha256 == digest:
            raise Refused(
                f"these are the bytes of {found.id}; there is nothing newer in them.",
                where=found.path,
                seen=f"the same SHA-256 {digest[:16]}…",
                remedy=f"factcheck ingest --again {found.id} extracts it anew",
            )
        if found.replaced_by and self.source(found.replaced_by).sha256 != digest:
            raise Refused(
                f"{found.id} was replaced before, by {found.replaced_by}.",
                where=found.id,
                remedy=f"factcheck ingest FILE --replaces {found.replaced_by}",
            )
        return (found, *self.older(replaced))

    def _follow(self, source: str, aligned: "Mapping[str, Alignment]") -> "Following":
        """Find every mention of a touched claim, and every open suggestion, of older versions in the new text."""
        from factcheck.match.wording import same_words

        def find(was: Mention) -> Mention | None:
            there = aligned[was.source].find(was.start, was.end)
            return Mention(source, there.start, there.end, there.exact) if there else None

        moves: list[Move] = []
        for claim in self._touched() if aligned else ():
            if claim.state is ClaimState.SUPERSEDED:
                continue
            for was in (each for each in claim.mentions if each.source in aligned):
                now = find(was)
                changed = now is not None and not same_words(was.quote, now.quote)
                # What was dismissed was dismissed for its words: other words are suggested anew.
                if now and not (changed and claim.state is ClaimState.DISMISSED):
                    moves.append(Move(claim.id, was, now, changed))
        open_ = [(c, find(c.mentions[0])) for name in aligned for c in self.claims(name) if _open(c)]
        readings = [r for name in aligned for r in self._index.readings(name) if r.state == "proposed"]
        return Following(source, tuple(moves), tuple((c, now) for c, now in open_ if now), tuple(readings))


@dataclass(frozen=True, slots=True)
class Following:
    """Where touched mentions and open suggestions of older versions stand in the new one, before it is recorded."""

    source: str
    moves: tuple[Move, ...]
    suggestions: tuple[tuple[Claim, Mention], ...]
    readings: tuple[Reading, ...]

    def drafts(self) -> list[Draft]:
        """One act a claim: its mentions are on the new version from now on."""
        claims = dict.fromkeys(each.claim for each in self.moves)
        return [Draft("mention.moved", claim, self._body(claim)) for claim in claims]

    def _body(self, claim: str) -> bodies.MentionMoved:
        moves = tuple(
            bodies.MentionMove(was=was, now=now, changed=each.changed)
            for each in self.moves
            if each.claim == claim and each.now
            for was, now in [mention_bodies([each.was, each.now])]
        )
        return bodies.MentionMoved(source=self.source, moves=moves)

    def before(self, known: Before, extraction: "text.Extraction") -> Before:
        """What the case knows of the new version: touched claims that moved there keep their numbers.

        Open suggestions and proposed readings of older versions that the new one makes as well are superseded.
        """
        near = Near(extraction.claims)
        moved = {(each.now.start, each.now.end): each.claim for each in self.moves if each.now}
        gone = [
            claim.id
            for claim, there in self.suggestions
            if any(each.type == claim.type for each in near.same(there.start, there.end))
        ]
        said = {(squeezed(each.heard), each.meant) for each in extraction.readings}
        gone += [each.id for each in self.readings if (squeezed(each.heard), each.meant) in said]
        return replace(known, taken=dict(known.taken) | moved, open=known.open | {*gone})


def _open(claim: Claim) -> bool:
    return claim.untouched and claim.state is ClaimState.SUGGESTED
