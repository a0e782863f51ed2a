"""Wiring a calculation by hand: an expression and its premises, each with where it comes from."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck.case.carrying import as_seen, mention_bodies, one_line
from factcheck.case.desk import Draft
from factcheck.case.triage import Triage
from factcheck.errors import Refused, Usage
from factcheck.events import Event, bodies
from factcheck.model import says_something

if TYPE_CHECKING:
    from factcheck.text.working import Premise, Worked

_CLAIM = re.compile(r"[Cc]([1-9][0-9]{0,8})")
_PLACE = re.compile(r"(S[1-9][0-9]{0,8}) ?[:\[] ?([0-9]{1,9}) ?[-:] ?([0-9]{1,9})\]?")


class Calculating(Triage):
    """What would have to be true for a claim, recomputed by anybody."""

    def calculate(
        self,
        claim: str,
        expression: str,
        *,
        given: Sequence[str] = (),
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Store a calculation of a claim with its premises and its result.

        `given` are premises as `worked_out` takes them. Usage for what cannot be read, Refused for what cannot be
        worked out, or when the claim has the same calculation already.
        """
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._legal("calculation.recorded", self.claim(claim))
            premises, result = self._worked(expression, given)
            body = bodies.CalculationRecorded(
                expression=one_line(expression),
                premises=tuple(premises),
                result=result.result,
                holds=result.holds,
                needs=result.needs,
                claim=as_seen(found),
            )
            same = (body.expression, tuple((each.name, each.value, each.unit) for each in premises))
            if any(each.by and (each.expression, each.given) == same for each in found.calculations):
                raise Refused(f"{found.id} has this calculation already.", where=found.id)
            return [Draft("calculation.recorded", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def worked_out(self, expression: str, given: Sequence[str] = ()) -> "Worked":
        """What an expression comes to; nothing is recorded.

        Each premise is `NAME = NUMBER [UNIT]: WHERE`, where WHERE is a claim (C6) or a place in a source
        (S1:120-131) that says this figure, or words that say who assumes it and why.
        """
        return self._worked(expression, given)[1]

    def _worked(self, expression: str, given: Sequence[str]) -> "tuple[list[bodies.PremiseBody], Worked]":
        from factcheck.text.working import read_premise, worked

        read = [read_premise(each) for each in given]
        found = [self._premise(premise, where) for premise, where in read]
        return found, worked(
            expression, [self._assumed(premise, body) for (premise, _), body in zip(read, found, strict=True)]
        )

    @staticmethod
    def _assumed(premise: "Premise", body: bodies.PremiseBody) -> "Premise":
        from factcheck.text.working import Premise

        return Premise(premise.name, premise.value, premise.unit, body.words)

    def _premise(self, premise: "Premise", where: str) -> bodies.PremiseBody:
        """The premise with its origin, which must say this figure."""
        from factcheck.text.working import says

        body = bodies.PremiseBody(name=premise.name, value=f"{premise.value:f}", unit=premise.unit)
        if match := _CLAIM.fullmatch(where):
            claim = self.claim(f"C{match[1]}")
            words = "\n".join([claim.statement, *(each.quote for each in claim.mentions)])
            body = body.model_copy(update={"claim": claim.id})
        elif match := _PLACE.fullmatch(where):
            mention = self._mention(match[1], "", int(match[2]), int(match[3]))
            words, body = mention.quote, body.model_copy(update={"mention": mention_bodies([mention])[0]})
        elif says_something(where):
            return bodies.PremiseBody(**dict(body) | {"words": one_line(where)})
        else:
            raise Usage("a premise says where it comes from.", where=premise.name, seen=where)
        if not says(words, premise.value):
            raise Refused(
                f"{where} does not say {premise}.",
                where=premise.name,
                seen=one_line(words)[:160],
                remedy="name the claim or the place that says it, or say in words who assumes it",
            )
        return body
