"""How suggestions hang together: told again, told again in the summary, contradicted, or resting on each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from factcheck.text.calculations import Worked
from factcheck.text.contradictions import Against
from factcheck.text.extraction import ProposedRelation, Suggestion
from factcheck.text.ranking import Ranked
from factcheck.text.view import View


def relations(
    seen: View,
    found: Sequence[Ranked],
    claims: Sequence[Suggestion],
    against: Sequence[Against],
    worked: Sequence[Worked],
) -> tuple[ProposedRelation, ...]:
    """Proposals in text order of their first claim; a person confirms each."""
    opposed = (
        ProposedRelation("contradicts", claims[one.a].id, claims[one.b].id, one.why) for one in against
    )
    made = [*_told_again(seen, found, claims), *opposed, *_premises(worked)]
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


def _premises(worked: Sequence[Worked]) -> Iterator[ProposedRelation]:
    for one in worked:
        for premise in one.premises:
            if premise != one.calculation.claim:
                yield ProposedRelation(
                    "depends_on", one.calculation.claim, premise, one.calculation.expression
                )
