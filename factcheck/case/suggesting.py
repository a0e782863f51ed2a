"""From what extraction found to the lines of a suggestions file: every suggestion gets the number it had, or the next one."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from factcheck.events import SuggestedClaim, SuggestedReading, SuggestedRegion, canonical_plain, snapshots
from factcheck.events.suggestions import SuggestedCalculation, SuggestedRelation, SuggestedWhy
from factcheck.model import MUTUAL, Checkable, Claim, ClaimType, Reading, RelationKind

if TYPE_CHECKING:
    from factcheck import text

Place = tuple[int, int]
Frame = tuple[int, int, str]


def frame(claim: Claim) -> Frame:
    """What a suggestion keeps its number by: its place and what it is about."""
    return claim.mentions[0].start, claim.mentions[0].end, str(claim.type)


def group_number(group: str) -> int:
    """The number in the name of a group: 3 of S1.g3, 0 of none."""
    return int(group.rpartition("g")[2] or 0)


_SAME = 0.8
"""Two spans are one place from this share of what they cover together on: versions differ at the edges."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a case knows of a source when it is extracted.

    `framed`: numbers by place and type, of all that was ever suggested there. `taken`: numbers by place, of claims that
    people have touched. `groups`: the group of each number. `readings`: those of the source. `apart`: pairs of numbers
    that people found not to hang together, with the kind of tie. `open` are the suggestions that nobody has touched.
    `first`, `first_reading` are the next new numbers, `highest_group` is the highest number of a group here.
    """

    first: int
    first_reading: int
    framed: Mapping[Frame, str] = field(default_factory=dict)
    taken: Mapping[Place, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    open: frozenset[str] = frozenset()
    apart: Collection[tuple[str, str, str]] = frozenset()
    highest_group: int = 0


@dataclass(frozen=True)  # without slots: its bytes are made once, when they are asked for
class Suggested:
    """The lines of a suggestions file and how many of their numbers are new; `gone` are no longer suggested."""

    lines: tuple[SuggestedRegion | SuggestedClaim | SuggestedReading, ...]
    new: int
    kept: int
    new_readings: int
    kept_readings: int
    gone: tuple[str, ...]

    @cached_property
    def data(self) -> bytes:
        """The bytes of the file."""
        return b"".join(canonical_plain(line.model_dump(mode="json")) + b"\n" for line in self.lines)

    @cached_property
    def sha256(self) -> str:
        """What the file is named by."""
        return hashlib.sha256(self.data).hexdigest()


def suggested(source: str, extraction: "text.Extraction", before: Before) -> Suggested:
    """Number what was found: known suggestions keep their numbers, new ones follow in the order of the text."""
    ids = _numbers(extraction, before)
    claims = sorted(_claims(source, extraction, ids, before), key=lambda line: int(line.claim[1:]))
    readings = sorted(_readings(source, extraction, before), key=lambda line: int(line.reading[1:]))
    regions = tuple(SuggestedRegion(start=r.start, end=r.end, role=r.role) for r in extraction.regions)
    kept = sum(int(line.claim[1:]) < before.first for line in claims)
    kept_readings = sum(int(line.reading[1:]) < before.first_reading for line in readings)
    named = {line.claim for line in claims} | {line.reading for line in readings}
    gone = sorted(before.open - named, key=lambda name: (name[0], int(name[1:])))
    return Suggested(
        (*regions, *claims, *readings),
        len(claims) - kept,
        kept,
        len(readings) - kept_readings,
        kept_readings,
        tuple(gone),
    )


def _numbers(extraction: "text.Extraction", before: Before) -> dict[str, str]:
    """The number of each suggestion: by place and frame, else the one of a touched claim at that place, else new."""
    ids: dict[str, str] = {}
    given: set[str] = set()
    framed = [before.framed.get((each.start, each.end, each.type), "") for each in extraction.claims]
    near = _taken(extraction, before)
    taken = [near.get(each.id, "") for each in extraction.claims]
    for numbers in (framed, taken):
        for each, number in zip(extraction.claims, numbers, strict=True):
            if number and each.id not in ids and number not in given:
                ids[each.id] = number
                given.add(number)
    fresh = [each.id for each in extraction.claims if each.id not in ids]
    return ids | {name: f"C{number}" for number, name in enumerate(fresh, before.first)}


def _taken(extraction: "text.Extraction", before: Before) -> dict[str, str]:
    """The touched claim at the place of each suggestion; who has the very place comes first."""
    near, found = Near(extraction.claims), dict[str, str]()
    for (start, end), claim in before.taken.items():
        for each in near.same(start, end)[:1]:
            if each.id not in found or (each.start, each.end) == (start, end):
                found[each.id] = claim
    return found


def _claims(
    source: str, extraction: "text.Extraction", ids: Mapping[str, str], before: Before
) -> Iterator[SuggestedClaim]:
    relations = _relations(extraction, ids, before)
    groups = _groups(source, extraction, ids, before)
    calculations: dict[str, list[SuggestedCalculation]] = {}
    for sum_ in extraction.calculations:
        fields = {name: getattr(sum_, name) for name in ("expression", "given", "result", "holds", "needs")}
        calculations.setdefault(sum_.claim, []).append(SuggestedCalculation.model_validate(fields))
    for each in extraction.claims:
        yield SuggestedClaim(
            claim=ids[each.id],
            statement=each.statement,
            type=ClaimType(each.type),
            checkable=Checkable(each.checkable),
            priority=each.priority,
            mention=snapshots.MentionBody(source=source, start=each.start, end=each.end, quote=each.quote),
            group=groups.get(each.group, ""),
            why=tuple(SuggestedWhy(rule=w.rule, start=w.start, end=w.end, weight=w.weight) for w in each.why),
            relations=tuple(relations.get(each.id, ())),
            calculations=tuple(calculations.get(each.id, ())),
        )


def _relations(
    extraction: "text.Extraction", ids: Mapping[str, str], before: Before
) -> dict[str, list[SuggestedRelation]]:
    """Proposed ties, by the suggestion that holds them; those that people have turned down are left out."""
    known = dict(ids) | _taken(extraction, before)
    found: dict[str, list[SuggestedRelation]] = {}
    for each in extraction.relations:
        kind = RelationKind(each.kind)
        ends = ((each.a, each.b), (each.b, each.a)) if kind in MUTUAL else ((each.a, each.b),)
        if any((str(kind), known[here], known[there]) in before.apart for here, there in ends):
            continue
        for here, there in ends:
            found.setdefault(here, []).append(SuggestedRelation(kind=kind, other=ids[there], why=each.why))
    return found


def _groups(
    source: str, extraction: "text.Extraction", ids: Mapping[str, str], before: Before
) -> dict[str, str]:
    """The name of each group: the one that most of its members had, else the next that the source never had."""
    members: dict[str, list[str]] = {}
    for each in extraction.claims:
        if each.group:
            members.setdefault(each.group, []).append(ids[each.id])
    names: dict[str, str] = {}
    for group, numbers in members.items():
        had = Counter(name for number in numbers if (name := before.groups.get(number, "")))
        free = [name for name, _ in had.most_common() if name not in names.values()]
        names[group] = free[0] if free else ""
    fresh = iter(range(before.highest_group + 1, before.highest_group + 1 + len(names)))
    return {group: name or f"{source}.g{next(fresh)}" for group, name in names.items()}


def _readings(source: str, extraction: "text.Extraction", before: Before) -> Iterator[SuggestedReading]:
    """One reading for every pair heard -> meant, with all its places; what people decided about stays as it is."""
    decided = [each for each in before.readings if not each.untouched]
    for each in decided:
        yield SuggestedReading(
            reading=each.id, source=source, heard=each.heard, meant=each.meant,
            places=each.places, score=each.score, why=each.why,
        )  # fmt: skip
    settled = {(each.heard, each.meant, place) for each in decided for place in each.places}
    numbers = {(each.heard, each.meant): each.id for each in before.readings if each.untouched}
    pairs: dict[tuple[str, str], list[text.ProposedReading]] = {}
    for found in extraction.readings:
        if (found.heard, found.meant, (found.start, found.end)) not in settled:
            pairs.setdefault((found.heard, found.meant), []).append(found)
    fresh = iter(range(before.first_reading, before.first_reading + len(pairs)))
    for (heard, meant), places in pairs.items():
        yield SuggestedReading(
            reading=numbers.get((heard, meant)) or f"R{next(fresh)}",
            source=source,
            heard=heard,
            meant=meant,
            places=tuple((each.start, each.end) for each in places),
            score=max(each.score for each in places),
            why=places[0].why,
        )


class Placed(Protocol):
    """Whatever has a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


class Near(Generic[P]):
    """What stands where: those that cover nearly the same characters as a span, the likest first."""

    def __init__(self, claims: Sequence[P]) -> None:
        self._claims = sorted(claims, key=lambda each: each.start)
        self._starts = [each.start for each in self._claims]

    def same(self, start: int, end: int) -> list[P]:
        """The suggestions that are at this place, as far as versions of a text agree on places."""
        reach = round((end - start) * (1 / _SAME - 1)) + 1
        first, last = bisect_left(self._starts, start - reach), bisect_right(self._starts, start + reach)
        shares = [(_shared((start, end), (each.start, each.end)), each) for each in self._claims[first:last]]
        found = [(share, each) for share, each in shares if share >= _SAME]
        return [each for _, each in sorted(found, key=lambda pair: -pair[0])]


def _shared(one: Place, two: Place) -> float:
    """What two spans have in common, of what they cover together: 0 to 1."""
    common = min(one[1], two[1]) - max(one[0], two[0])
    return max(common, 0) / (max(one[1], two[1]) - min(one[0], two[0]))
