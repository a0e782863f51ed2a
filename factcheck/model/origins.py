"""Who really stands behind several links: one origin for a report and its reprints, whatever their addresses are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from factcheck.model.captured import OriginAct, Standing

NEAR = 0.28
"""Share of two sketches that says "one text": reprints lie above it, reports that quote the same release below."""
_SIZE = 64


class Piece(Protocol):
    """What is asked of evidence."""

    @property
    def id(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def standing(self) -> Standing | None: ...
    @property
    def origin(self) -> str: ...


@dataclass(frozen=True, slots=True)
class OriginTie:
    """Why two pieces of evidence have one origin: bytes, text, canonical, dateline, family, or joined by a person.

    `detail` is what they share: per cent of the text, an address, an agency, a family, a person's reason.
    """

    one: str
    two: str
    why: str
    detail: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Pieces of evidence with one origin, and what ties them together."""

    members: tuple[str, ...]
    ties: tuple[OriginTie, ...] = ()


def origins(pieces: Sequence[Piece], acts: Sequence[OriginAct] = ()) -> tuple[Origin, ...]:
    """Gather evidence by its origin, in the order in which it was attached.

    A person's word goes before the rules, and the later word before the earlier; what was parted is tied
    neither directly nor by a third piece.
    """
    said = _said(acts)
    groups: list[list[Piece]] = []
    ties: list[OriginTie] = []
    for piece in pieces:
        found = [(group, tie) for group in groups if (tie := _belongs(piece, group, said))]
        for _group, tie in found:
            ties.append(tie)
        joined = [each for group, _ in found for each in group]
        groups = [group for group in groups if not any(group is each for each, _ in found)]
        groups.append([*joined, piece])
    order = {piece.id: place for place, piece in enumerate(pieces)}
    groups.sort(key=lambda group: order[group[0].id])
    return tuple(_origin(group, ties, order) for group in groups)


def _origin(group: Sequence[Piece], ties: Sequence[OriginTie], order: dict[str, int]) -> Origin:
    members = tuple(sorted((each.id for each in group), key=lambda name: order[name]))
    return Origin(members, tuple(tie for tie in ties if tie.one in members and tie.two in members))


def _said(acts: Sequence[OriginAct]) -> dict[frozenset[str], OriginAct]:
    """The latest word on each two pieces."""
    return {
        frozenset((one, two)): act
        for act in acts
        for one in act.evidence
        for two in act.evidence
        if one != two
    }


def _belongs(piece: Piece, group: Sequence[Piece], said: dict[frozenset[str], OriginAct]) -> OriginTie | None:
    """What ties a piece to a group; nothing does when a person has parted it from one of the group."""
    words = [said.get(frozenset((piece.id, other.id))) for other in group]
    if any(word and word.act == "parted" for word in words):
        return None
    for other, word in zip(group, words, strict=True):
        if word:
            return OriginTie(other.id, piece.id, "joined", word.because, word.by)
    return next((tie for other in group if (tie := tied(other, piece))), None)


def tied(one: Piece, two: Piece) -> OriginTie | None:
    """What says by itself that two pieces have one origin."""
    a, b = _standing(one), _standing(two)
    near = resemblance(a.sketch, b.sketch)
    if one.sha256 and one.sha256 == two.sha256:
        return OriginTie(one.id, two.id, "bytes")
    if near >= NEAR:
        return OriginTie(one.id, two.id, "text", f"{near:.0%}")
    if a.canonical and a.canonical == b.canonical:
        return OriginTie(one.id, two.id, "canonical", a.canonical)
    if a.dateline and a.dateline == b.dateline:
        return OriginTie(one.id, two.id, "dateline", a.dateline)
    if a.family and a.family == b.family and not _told_apart(a, b):
        return OriginTie(one.id, two.id, "family", a.family)
    return None


def _standing(piece: Piece) -> Standing:
    """Who stands behind it; of evidence of earlier desks no more is known than its host."""
    return piece.standing or Standing(family=piece.origin)


def _told_apart(one: Standing, two: Standing) -> bool:
    """True when two agencies wrote what one outlet carries: its own name says nothing then."""
    return bool(one.dateline and two.dateline and one.dateline != two.dateline)


def resemblance(one: str, two: str) -> float:
    """The share of two texts that is the same, estimated from their sketches; 0 where one has none."""
    a, b = _hashes(one), _hashes(two)
    if not a or not b:
        return 0.0
    least = sorted(a | b)[: min(_SIZE, max(len(a), len(b)))]
    return sum(each in a and each in b for each in least) / len(least)


def _hashes(sketch: str) -> frozenset[int]:
    return frozenset(int(sketch[place : place + 8], 16) for place in range(0, len(sketch), 8))
