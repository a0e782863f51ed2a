"""The short lists: types of claims, states of their review, reasons, stances, relations, roles."""

from enum import StrEnum


class ClaimType(StrEnum):
    """What a claim is about; never how it was judged."""

    PERSONNEL_MOVE = "personnel_move"
    ROLE_CHANGE = "role_change"
    QUANTITY = "quantity"
    COST = "cost"
    RANKING = "ranking"
    PRODUCT = "product"
    TECHNICAL = "technical"
    MARKET = "market"
    FINANCIAL = "financial"
    EVENT = "event"
    CAUSAL = "causal"
    PREDICTION = "prediction"
    OPINION = "opinion"
    RECOMMENDATION = "recommendation"
    HEARSAY = "hearsay"


class Checkable(StrEnum):
    """Whether the world can answer the claim at all."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ClaimState(StrEnum):
    """How far the review of a claim has come; never what it found."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    MERGED = "merged"
    SUPERSEDED = "superseded"
    JUDGED = "judged"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    SETTLED = "settled"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    VOIDED = "voided"


OPEN_STATES = frozenset({ClaimState.SUGGESTED, ClaimState.ACCEPTED, ClaimState.JUDGED, ClaimState.DISPUTED})


SAYINGS = frozenset({ClaimType.OPINION, ClaimType.RECOMMENDATION})
"""What somebody thinks or advises: it may be judged, yet is counted neither true nor false."""

GONE_STATES = frozenset({ClaimState.DISMISSED, ClaimState.MERGED, ClaimState.SUPERSEDED, ClaimState.VOIDED})


class CorrectionKind(StrEnum):
    """What was set right after publication; the digit of the key map is the place in this list."""

    VERDICT = "verdict"
    FACT = "fact"
    VOID = "void"
    UPDATE = "update"
    TYPO = "typo"


class DismissReason(StrEnum):
    """Why a suggestion is no claim; the digit of the key map is the place in this list."""

    NOT_A_CLAIM = "not_a_claim"
    DUPLICATE = "duplicate"
    TRIVIAL = "trivial"
    OPINION = "opinion"
    OUT_OF_SCOPE = "out_of_scope"
    GARBLED = "garbled"


class Stance(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Grade(StrEnum):
    """How near a source is to what it tells, the nearest first."""

    PRIMARY = "primary"
    OFFICIAL = "official"
    REPORTING = "reporting"
    SECONDARY = "secondary"
    REPOST = "repost"
    ANONYMOUS = "anonymous"


class RelationKind(StrEnum):
    """How two claims hang together."""

    REPEATS = "repeats"
    CONTRADICTS = "contradicts"
    DERIVES_FROM = "derives_from"
    DEPENDS_ON = "depends_on"


# Ties that read the same from both ends; the others are held by the claim that derives or depends.
MUTUAL = frozenset({RelationKind.REPEATS, RelationKind.CONTRADICTS})


class PartRole(StrEnum):
    """What a part of a compound claim tells: a claim may be right about the person and wrong about the date."""

    PERSON = "person"
    ROLE = "role"
    DESTINATION = "destination"
    DATE = "date"
    ORGANISATION = "organisation"
    PRODUCT = "product"
    PLACE = "place"
    QUANTITY = "quantity"
    CAUSE = "cause"


class Role(StrEnum):
    """What a member of the desk may do."""

    REVIEWER = "reviewer"
    LEAD = "lead"
    AUDITOR = "auditor"


PROPOSED = "proposer"
"""The reason of a suggestion that a proposer pointed at, in place of a rule."""
