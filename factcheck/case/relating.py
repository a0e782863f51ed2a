"""How claims hang together: tie two of them, take a tie away, and turn down what extraction proposed."""

from collections.abc import Iterator

from factcheck.case.carrying import as_seen, one_of
from factcheck.case.desk import Desk, Draft
from factcheck.errors import Refused, Usage
from factcheck.events import Event, bodies
from factcheck.model import Claim, RelationKind, grouped


class Relating(Desk):
    """claim -> relation -> claim; what people turned down is not proposed again."""

    def relate(
        self,
        claim: str,
        other: str,
        relation: RelationKind | str,
        *,
        why: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Tie two claims together: repeats, contradicts, derives_from, depends_on."""
        person, kind = self._person(by), one_of(RelationKind, relation, "relation")

        def build() -> list[Draft]:
            one, two = self._pair("claim.related", claim, other)
            body = bodies.ClaimRelated(other=two.id, relation=kind, why=why, claim=as_seen(one))
            return [Draft("claim.related", one.id, body, also=(two.id,))]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def unrelate(
        self,
        claim: str,
        other: str,
        relation: RelationKind | str,
        *,
        by: str | None = None,
        at: int | None = None,
    ) -> tuple[Event, ...]:
        """Take a tie between two claims away, a proposed one as well; it is not proposed again."""
        person, kind = self._person(by), one_of(RelationKind, relation, "relation")

        def build() -> list[Draft]:
            one, two = self._pair("claim.unrelated", claim, other)
            if not any((each.kind, each.other) == (kind, two.id) for each in one.relations):
                raise Refused(f"{claim} and {other} have no such tie.", where=claim)
            body = bodies.ClaimUnrelated(other=two.id, relation=kind, claim=as_seen(one))
            return [Draft("claim.unrelated", one.id, body, also=(two.id,))]

        return self._commit(build, by=person, on=(claim,), at=at)

    def turn_down(
        self,
        claim: str,
        *others: str,
        relation: RelationKind | str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Say that what extraction proposed between claims does not hold: ties, or that they say the same.

        `relation` names one kind of tie; "repeats" also takes the claim out of the other's proposed group.
        """
        person = self._person(by)
        kinds = [one_of(RelationKind, relation, "relation")] if relation else list(RelationKind)

        def build() -> list[Draft]:
            if not others or len({claim, *others}) <= len(others):
                raise Usage("name each claim once.", seen=" ".join((claim, *others)), where=claim)
            return [draft for other in others for draft in self._turned_down(claim, other, kinds)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def _turned_down(self, claim: str, other: str, kinds: list[RelationKind]) -> list[Draft]:
        found = list(_proposals(*self._pair("claim.unrelated", claim, other), kinds))
        if not found:
            raise Refused(
                f"nothing is proposed between {claim} and {other}.",
                where=claim,
                remedy=f"factcheck unrelate {claim} {other} --as KIND takes a tie away that a person has made",
            )
        return [
            Draft(
                "claim.unrelated",
                one.id,
                bodies.ClaimUnrelated(other=two.id, relation=kind, claim=as_seen(one)),
                also=(two.id,),
            )
            for one, two, kind in found
        ]

    def _pair(self, kind: str, claim: str, other: str) -> tuple[Claim, Claim]:
        if claim == other:
            raise Usage("a claim cannot be tied to itself.", where=claim)
        return self._legal(kind, self.claim(claim)), self._legal(kind, self.claim(other))


def _proposals(
    one: Claim, two: Claim, kinds: list[RelationKind]
) -> Iterator[tuple[Claim, Claim, RelationKind]]:
    """Proposed ties by who holds them; each kind once."""
    given: set[RelationKind] = set()
    for holder, other in ((one, two), (two, one)):
        proposed = {tie.kind for tie in holder.relations if tie.other == other.id and not tie.by}
        if grouped(holder, other):
            proposed.add(RelationKind.REPEATS)
        for kind in kinds:
            if kind in proposed - given:
                given.add(kind)
                yield holder, other, kind
