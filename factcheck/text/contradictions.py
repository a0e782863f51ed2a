"""Candidates for a contradiction: the same slot with another value, opposite verbs, yes and no, all and hardly any."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.likeness import Alike
from factcheck.text.ranking import Ranked
from factcheck.text.slots import OPPOSITES, Figure, Slots

MOST = 2
"""Candidates that are shown of one claim: the likeliest."""
OTHER_SUBJECT = "same figure, other subject"
_SAME_SLOT, _SAME_THING = 0.30, 0.42
_RECENT = 24


@dataclass(frozen=True, slots=True)
class Against:
    """Two suggestions by number, how likely they contradict each other (0 to 1), and why in a few words."""

    a: int
    b: int
    score: float
    why: str


def contradictions(
    found: Sequence[Ranked], held: Sequence[Slots], pairs: Sequence[Alike], grouped: Sequence[str]
) -> list[Against]:
    """The likeliest candidates of each claim, in text order; a person decides."""
    made = [*_by_role(found, held), *_by_figure(held), *_by_words(held, pairs), *_by_people(held)]
    best: dict[tuple[int, int], Against] = {}
    for one in sorted(made, key=lambda one: (-one.score, one.a, one.b)):
        if one.why == OTHER_SUBJECT or not (grouped[one.a] and grouped[one.a] == grouped[one.b]):
            best.setdefault((one.a, one.b), one)
    times: dict[int, int] = defaultdict(int)
    kept = []
    for one in best.values():
        if times[one.a] < MOST and times[one.b] < MOST:
            kept.append(one)
            times[one.a] += 1
            times[one.b] += 1
    return sorted(kept, key=lambda one: (one.a, one.b))


def _by_role(found: Sequence[Ranked], held: Sequence[Slots]) -> Iterator[Against]:
    """One leaves what the other takes."""
    leaves = [i for i, one in enumerate(held) if _slots(one) & {"leave"}]
    takes = [i for i, one in enumerate(held) if _slots(one) & {"take", "held"}]
    for i in leaves:
        for j in sorted(takes, key=lambda j: abs(j - i))[:_RECENT]:
            shared = _people(found[i], held[i]) & _people(found[j], held[j])
            if shared and i != j and not (_slots(held[j]) & {"leave"}):
                yield Against(min(i, j), max(i, j), 0.9, f"leaves / takes: {', '.join(sorted(shared))}")


def _slots(one: Slots) -> set[str]:
    return {slot for slot, _ in one.rules}


def _people(one: Ranked, held: Slots) -> frozenset[str]:
    """Names of the claim, without those that a role alone would give (the firm, the title)."""
    kinds = {name.text.lower(): name.kind for part in one.candidate.parts for name in part.names}
    persons = frozenset(name for name in held.names if kinds.get(name) == "person")
    return persons or held.names


def _by_figure(held: Sequence[Slots]) -> Iterator[Against]:
    """The same rare figure, said of somebody else."""
    by: dict[Figure, list[int]] = defaultdict(list)
    for j, mine in enumerate(held):
        for figure in sorted(mine.rare):
            for i in by[figure][-_RECENT:]:
                if _heard_of_others(mine, held[i]):
                    yield Against(i, j, 0.8, OTHER_SUBJECT)
            by[figure].append(j)
    yield from _by_digits(held)


def _by_digits(held: Sequence[Slots]) -> Iterator[Against]:
    """Three digits and more that stand in another order: 1,860 and 1,680."""
    by: dict[tuple[str, str], list[tuple[int, Decimal]]] = defaultdict(list)
    for j, mine in enumerate(held):
        for low, high, unit in sorted(mine.figures):
            digits = str(low.normalize().as_tuple().digits) if low == high else ""
            key = ("".join(sorted(filter(str.isdigit, digits))), unit)
            if len(key[0]) > 2:
                for i, other in by[key][-_RECENT:]:
                    if other != low and other.adjusted() == low.adjusted() and i != j:
                        yield Against(i, j, 0.7, f"the same digits in another order: {other:f}, {low:f}")
                by[key].append((j, low))


def _heard_of_others(a: Slots, b: Slots) -> bool:
    """Both name somebody as it was heard, and nobody in common."""
    return bool(a.heard and b.heard) and not any(x in y or y in x for x in a.heard for y in b.heard)


def _by_words(held: Sequence[Slots], pairs: Sequence[Alike]) -> Iterator[Against]:
    for pair in pairs:
        a, b = held[pair.a], held[pair.b]
        if not pair.shared or _other_time(a, b):
            continue
        for likely, needed, why in (
            (_other_value(a, b), _SAME_SLOT, "same slot, other value"),
            (_other_rank(a, b), 0.2, "same slot, other rank"),
            (_yes_and_no(a, b), _SAME_THING, "yes and no"),
            (_counted(a, b) or _counted(b, a), 0.2, "a number and a few"),
            (_opposed(a, b), 0.06, "opposites"),
        ):
            if likely and pair.share >= needed:
                yield Against(pair.a, pair.b, min(0.85, pair.share), f"{why}: {', '.join(pair.shared[:3])}")
                break


def _other_time(a: Slots, b: Slots) -> bool:
    """Both say when, and it is not the same time: nothing of one speaks against the other."""
    return bool(a.times and b.times and not a.times & b.times)


def _other_value(a: Slots, b: Slots) -> bool:
    """Figures of one unit, none of them equal."""
    units = {unit for _, _, unit in a.figures} & {unit for _, _, unit in b.figures}
    mine, other = ({(low, high) for low, high, unit in each.figures if unit in units} for each in (a, b))
    return bool(mine and other) and not any(_overlap(x, y) for x in mine for y in other)


def _overlap(x: tuple[Decimal, Decimal], y: tuple[Decimal, Decimal]) -> bool:
    return x[0] <= y[1] and y[0] <= x[1]


def _other_rank(a: Slots, b: Slots) -> bool:
    return bool(a.ranks and b.ranks and not a.ranks & b.ranks)


def _yes_and_no(a: Slots, b: Slots) -> bool:
    return a.negated != b.negated and not a.figures and not b.figures


def _counted(a: Slots, b: Slots) -> bool:
    """One gives a number of what the other only calls a few."""
    return bool({unit for _, _, unit in a.figures} & b.vague) and not b.figures


def _by_people(held: Sequence[Slots]) -> Iterator[Against]:
    """Everybody and nobody: of what, the one often leaves to the talk around it; the nearest claims are compared."""
    nobody = [i for i, one in enumerate(held) if "nobody" in one.poles]
    for i, one in enumerate(held):
        if "everybody" in one.poles:
            for j in sorted(nobody, key=lambda j: (-len(held[j].words & one.words), abs(j - i)))[:MOST]:
                if i != j:
                    yield Against(min(i, j), max(i, j), 0.5, "everybody and nobody")


def _opposed(a: Slots, b: Slots) -> bool:
    return any(
        (one.poles & {left}) and (other.poles & {right})
        for left, right in OPPOSITES
        for one, other in ((a, b), (b, a))
    )
