"""Who really stands behind several links: one origin for a report and its reprints, whatever their addresses are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Protocol

from factcheck.model.captured import OriginAct, Standing

NEAR = 0.3
"""Share of two sketches that says "one text". On invented pages that quote one press release it was at most .25, of
reprints that were shortened and retouched at least .42 (tests/match/origins)."""
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
    """Pieces of evidence with one origin, and one tie for each but the first: together they reach them all."""

    members: tuple[str, ...]
    ties: tuple[OriginTie, ...] = ()


_STRENGTH = ("joined", "bytes", "text", "canonical", "dateline", "family")


def origins(pieces: Sequence[Piece], acts: Sequence[OriginAct] = ()) -> tuple[Origin, ...]:
    """Gather evidence by its origin, in the order in which it was attached.

    A person's word goes before the rules, and the later word before the earlier; what was parted is tied
    neither directly nor by a third piece.
    """
    said = _said(acts)
    parted = {pair for pair, act in said.items() if act.act == "parted"}
    group = {piece.id: frozenset((piece.id,)) for piece in pieces}
    kept: list[OriginTie] = []
    for tie in _ties(pieces, said):
        one, two = group[tie.one], group[tie.two]
        if one is two or any(frozenset((a, b)) in parted for a in one for b in two):
            continue
        kept.append(tie)
        group.update(dict.fromkeys(one | two, one | two))
    return tuple(_origin(members, group, kept) for members in dict.fromkeys(group.values()))


def _origin(members: frozenset[str], group: Mapping[str, object], ties: Sequence[OriginTie]) -> Origin:
    return Origin(
        tuple(name for name in group if name in members), tuple(tie for tie in ties if tie.one in members)
    )


def _said(acts: Sequence[OriginAct]) -> dict[frozenset[str], OriginAct]:
    """The latest word on each two pieces, the latest of all first."""
    found: dict[frozenset[str], OriginAct] = {}
    for act in reversed(acts):
        for pair in combinations(act.evidence, 2):
            found.setdefault(frozenset(pair), act)
    return found


def _ties(pieces: Sequence[Piece], said: Mapping[frozenset[str], OriginAct]) -> Iterator[OriginTie]:
    """Everything that ties two of these pieces, the strongest first."""
    place = {piece.id: number for number, piece in enumerate(pieces)}
    for pair, act in said.items():
        if act.act == "joined" and pair <= place.keys():
            one, two = sorted(pair, key=lambda name: place[name])
            yield OriginTie(one, two, "joined", act.because, act.by)
    found = [tie for one, two in combinations(pieces, 2) if (tie := tied(one, two))]
    yield from sorted(found, key=lambda tie: _STRENGTH.index(tie.why))


def tied(one: Piece, two: Piece) -> OriginTie | None:
    """What says by itself that two pieces have one origin."""
    a, b = _standing(one), _standing(two)
    if one.sha256 and one.sha256 == two.sha256:
        return OriginTie(one.id, two.id, "bytes")
    near = resemblance(a.sketch, b.sketch)
    if near >= NEAR:
        return OriginTie(one.id, two.id, "text", f"{near:.0%}")
    if a.canonical and a.canonical == b.canonical:
        return OriginTie(one.id, two.id, "canonical", a.canonical)
    if _speaker(a) and _speaker(a) == _speaker(b):
        why = "dateline" if a.dateline or b.dateline else "family"
        return OriginTie(one.id, two.id, why, _speaker(a))
    return None


def _speaker(standing: Standing) -> str:
    """Whose report it is: the agency's that it names as its own, else the outlet's."""
    return standing.dateline or standing.family


def _standing(piece: Piece) -> Standing:
    """Who stands behind it; of evidence of earlier desks no more is known than its host."""
    return piece.standing or Standing(family=piece.origin)


def resemblance(one: str, two: str) -> float:
    """The share of two texts that is the same, estimated from their sketches; 0 where one has none."""
    a, b = _hashes(one), _hashes(two)
    if not a or not b:
        return 0.0
    least = sorted(a | b)[:_SIZE]
    return sum(each in a and each in b for each in least) / len(least)


@lru_cache(maxsize=4096)
def _hashes(sketch: str) -> frozenset[int]:
    return frozenset(int(sketch[place : place + 8], 16) for place in range(0, len(sketch), 8))
