"""What verdicts do to a claim: the first person's, the second person's, and the one that ends a dispute."""

from dataclasses import replace

from factcheck.events import Event, bodies, trust
from factcheck.model import Claim, ClaimState, Part, Verdict, same_person


def verdict_value(event: Event) -> Verdict:
    """The verdict that an event records or settles."""
    body = event.body
    assert isinstance(body, bodies.VerdictRecorded)
    return Verdict(
        id=event.id,
        rating=body.rating,
        because=body.because,
        evidence=tuple(each.evidence for each in body.evidence),
        by=event.by,
        time=event.time,
        seq=event.seq,
        statement=body.statement,
        scale=body.scale,
        scale_version=body.scale_version,
        kind=event.kind.removeprefix("verdict."),
        as_of=body.as_of or "",
        omitted=body.omitted or "",
        would_change=body.would_change or "",
        basis=body.basis or "",
        parts=tuple(Part(each.role, each.words, each.rating, each.because) for each in body.parts or ()),
        readings=body.readings or (),
        blind=bool(body.blind),
        signed=bool(event.sig),
    )


def recorded(claim: Claim, event: Event) -> Claim:
    """The first person's verdict; or, on a judged claim, the second person's: equal confirms, other disputes."""
    verdict = verdict_value(event)
    verdicts = (*claim.verdicts, verdict)
    first = claim.verdict
    if first is None or claim.state is not ClaimState.JUDGED or same_person(first.by, event.by):
        return replace(alone(claim), state=ClaimState.JUDGED, verdict=verdict, verdicts=verdicts, reopened="")
    pairs = (*claim.pairs, (first.id, verdict.id))
    second = replace(claim, verdicts=verdicts, pairs=pairs)
    if first.rating == verdict.rating:
        return confirmed(second, event)
    return replace(second, state=ClaimState.DISPUTED, disputed_by=event.by, dispute=verdict.because)


def confirmed(claim: Claim, event: Event) -> Claim:
    """A second person has signed."""
    second = replace(claim, confirmed_by=event.by, second=event.id, second_signed=bool(event.sig))
    return replace(second, state=ClaimState.CONFIRMED)


def alone(claim: Claim) -> Claim:
    """The claim without a second person."""
    return replace(claim, confirmed_by="", second="", second_signed=False)


def signed(claim: Claim, event: Event) -> Claim:
    """Verdicts and confirmations that their authors have signed afterwards."""
    assert isinstance(event.body, trust.DecisionsSigned)
    now = {each.id for each in event.body.decisions}
    verdicts = tuple(replace(each, signed=each.signed or each.id in now) for each in claim.verdicts)
    standing = next(
        (each for each in verdicts if claim.verdict and each.id == claim.verdict.id), claim.verdict
    )
    second = claim.second_signed or claim.second in now
    return replace(claim, verdicts=verdicts, verdict=standing, second_signed=second)


def disputed(claim: Claim, event: Event) -> Claim:
    """A second person says why it should not stand."""
    assert isinstance(event.body, bodies.VerdictDisputed)
    return replace(claim, state=ClaimState.DISPUTED, disputed_by=event.by, dispute=event.body.because)


def settled(claim: Claim, event: Event) -> Claim:
    """A third person has ended the dispute; both texts stay."""
    verdict = verdict_value(event)
    return replace(claim, state=ClaimState.SETTLED, verdict=verdict, verdicts=(*claim.verdicts, verdict))
