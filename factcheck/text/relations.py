"""How suggestions hang together: told again, told again in the summary, contradicted, or resting on each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from factcheck.text.calculations import Worked
from factcheck.text.extraction import ProposedRelation, Suggestion
from factcheck.text.groups import Slots, slots
from factcheck.text.ranking import Ranked
from factcheck.text.readings import Readings
from factcheck.text.view import View

_OPPOSITE = (("leave", "take"),)
_RECENT = 24


def relations(
    seen: View,
    found: Sequence[Ranked],
    claims: Sequence[Suggestion],
    read: Readings,
    worked: Sequence[Worked],
) -> tuple[ProposedRelation, ...]:
    """Proposals in text order of their first claim; a person confirms each."""
    made = [*_told_again(seen, found, claims), *_opposed(seen, found, claims, read), *_premises(worked)]
    return tuple(sorted(dict.fromkeys(made), key=lambda one: (int(one.a[1:]), one.kind, int(one.b[1:]))))


def _told_again(
    seen: View, found: Sequence[Ranked], claims: Sequence[Suggestion]
) -> Iterator[ProposedRelation]:
    """The first mention in the talk is the one that others repeat; a summary derives from it."""
    members: dict[str, list[int]] = defaultdict(list)
    for i, claim in enumerate(claims):
        if claim.group:
            members[claim.group].append(i)
    for group in members.values():
        retold = [i for i in group if seen.roles[found[i].candidate.passage] == "summary"]
        told = [i for i in group if i not in set(retold)] or retold
        for i in group:
            if i != told[0]:
                kind = "derives_from" if i in retold and told[0] not in retold else "repeats"
                yield ProposedRelation(
                    kind, claims[i].id, claims[told[0]].id, f"same slots, group {claims[i].group}"
                )


def _opposed(
    seen: View, found: Sequence[Ranked], claims: Sequence[Suggestion], read: Readings
) -> Iterator[ProposedRelation]:
    by_slot: dict[str, list[tuple[int, Slots, str]]] = defaultdict(list)
    for i, one in enumerate(found):
        for firing in (firing for part in one.candidate.parts for firing in part.firings):
            if firing.rule.slot in ("leave", "take"):
                by_slot[firing.rule.slot].append(
                    (i, slots(seen, one, read), seen.text[firing.start : firing.end])
                )
    for left, right in _OPPOSITE:
        for i, mine, verb in by_slot[left]:
            for j, other, against in by_slot[right][-_RECENT:]:
                shared = _people(found[i], mine) & _people(found[j], other)
                if i != j and shared:
                    why = f"{verb} / {against}: {', '.join(sorted(shared))}"
                    yield ProposedRelation("contradicts", claims[min(i, j)].id, claims[max(i, j)].id, why)


def _people(one: Ranked, held: Slots) -> frozenset[str]:
    """Names of the claim, without those that a role alone would give (the firm, the title)."""
    kinds = {name.text.lower(): name.kind for part in one.candidate.parts for name in part.names}
    persons = frozenset(name for name in held.names if kinds.get(name) == "person")
    return persons or held.names


def _premises(worked: Sequence[Worked]) -> Iterator[ProposedRelation]:
    for one in worked:
        for premise in one.premises:
            if premise != one.calculation.claim:
                yield ProposedRelation(
                    "depends_on", one.calculation.claim, premise, one.calculation.expression
                )
