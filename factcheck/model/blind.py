"""Blind second review: what of a claim is kept from whoever may still be its second person."""

from dataclasses import replace

from factcheck.model.casefile import Policy
from factcheck.model.kinds import ClaimState
from factcheck.model.values import Claim
from factcheck.model.words import same_person

WAITING = frozenset({ClaimState.SUGGESTED, ClaimState.ACCEPTED, ClaimState.JUDGED})
"""States in which somebody may still judge the claim without having seen what others found."""
_FOUND = ("verdict.", "mention.rated")


def is_blind(policy: Policy) -> bool:
    """True when a second person judges without seeing the first verdict."""
    return policy.blind and policy.second_signature


def veiled(claim: Claim, viewer: str) -> Claim:
    """The claim as `viewer` may see it under blind review: until it is judged twice, without what others found."""
    if claim.state not in WAITING:
        return claim
    verdicts = tuple(each for each in claim.verdicts if same_person(each.by, viewer))
    rated = tuple(each for each in claim.rated if same_person(each.by, viewer))
    return replace(
        claim,
        verdict=claim.verdict if claim.verdict in verdicts else None,
        verdicts=verdicts,
        rated=rated,
    )


def tells(kind: str, by: str, claim: Claim, viewer: str) -> bool:
    """True when an act of this kind by this person tells `viewer` what they must not know of the claim yet."""
    return claim.state in WAITING and kind.startswith(_FOUND) and not same_person(by, viewer)
