"""Blind second review: what of a claim is kept from whoever may still be its second person."""

from dataclasses import replace

from factcheck.model.casefile import Policy
from factcheck.model.kinds import ClaimState
from factcheck.model.values import Claim
from factcheck.model.words import same_person

WAITING = frozenset(ClaimState) - {
    ClaimState.CONFIRMED,
    ClaimState.DISPUTED,
    ClaimState.SETTLED,
    ClaimState.PUBLISHED,
    ClaimState.CORRECTED,
    ClaimState.VOIDED,
}
"""States that two people have not judged: what one found is kept back, for somebody may still have to judge unseen."""
_FOUND = ("verdict.", "mention.rated")


def is_blind(policy: Policy) -> bool:
    """True when a second person judges without seeing the first verdict."""
    return policy.blind and policy.second_signature


def veiled(claim: Claim, viewer: str) -> Claim:
    """The claim as `viewer` may see it while it waits under blind review: without what others found."""
    verdicts = tuple(each for each in claim.verdicts if same_person(each.by, viewer))
    rated = tuple(each for each in claim.rated if same_person(each.by, viewer))
    return replace(
        claim,
        verdict=claim.verdict if claim.verdict in verdicts else None,
        verdicts=verdicts,
        rated=rated,
    )


def tells(kind: str, by: str, viewer: str) -> bool:
    """True when an act of this kind by this person tells `viewer` what others found of a claim that waits."""
    return kind.startswith(_FOUND) and not same_person(by, viewer)
