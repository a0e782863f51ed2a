"""Calculations are worked out again from their expression and premises: the result is never taken on trust."""

from collections.abc import Iterator
from decimal import Decimal

from factcheck.errors import FactcheckError
from factcheck.events import bodies
from factcheck.model import Claim


def recomputed(body: bodies.CalculationRecorded) -> Iterator[str]:
    """What differs between a recorded calculation and the same one worked out now."""
    from factcheck.text.working import Premise, worked

    premises = [Premise(each.name, Decimal(each.value), each.unit, each.words) for each in body.premises]
    try:
        again = worked(body.expression, premises)
    except FactcheckError as error:
        yield f"its calculation cannot be worked out: {error.what}"
        return
    for name in ("result", "holds", "needs"):
        if getattr(body, name) != getattr(again, name):
            yield f"its {name} is {getattr(body, name)!r}; worked out again it is {getattr(again, name)!r}"


def unsaid(premise: bodies.PremiseBody, claim: Claim | None) -> Iterator[str]:
    """A premise that the claim or the mention it comes from does not say."""
    from factcheck.text.working import says

    words = [premise.mention.quote] if premise.mention else []
    if claim is not None:
        words = [claim.statement, *(each.quote for each in claim.mentions)]
    if words and not says("\n".join(words), Decimal(premise.value)):
        where = premise.claim or "the mention"
        yield f"the premise {premise.name!r} is {premise.value}, which {where} does not say"
