"""What an event carries of a claim or of evidence, and how people's words become values."""

from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import TypeVar

from factcheck.errors import Usage
from factcheck.events import capturing, snapshots
from factcheck.model import Claim, ClaimState, Evidence, Mention, Standing

T = TypeVar("T", bound=StrEnum)


def claim_body(claim: Claim) -> snapshots.ClaimBody:
    """The whole claim as it stands, for an event to carry."""
    return snapshots.ClaimBody(
        statement=claim.statement,
        type=claim.type,
        checkable=claim.checkable,
        priority=claim.priority,
        mentions=mention_bodies(claim.mentions),
    )


def as_seen(claim: Claim) -> snapshots.ClaimBody | None:
    """The whole claim when nobody has touched it yet, so that its suggestion is in the ledger from now on."""
    return claim_body(claim) if claim.untouched and claim.state is ClaimState.SUGGESTED else None


def evidence_body(evidence: Evidence) -> capturing.EvidenceBody:
    """A piece of evidence for an event to carry."""
    names = capturing.EvidenceBody.model_fields
    said = {name: getattr(evidence, name) for name in names}
    said |= {name: said[name] or None for name in ("text", "asked", "manual", "grade")}
    return capturing.EvidenceBody(**said | {"standing": standing_body(evidence.standing)})


def standing_body(standing: Standing | None) -> capturing.StandingBody | None:
    """Who stands behind a page, for an event to carry; None where nothing is known."""
    return capturing.StandingBody(**asdict(standing)) if standing else None


def mention_bodies(mentions: Sequence[Mention]) -> tuple[snapshots.MentionBody, ...]:
    """Mentions for an event to carry."""
    return tuple(
        snapshots.MentionBody(source=m.source, start=m.start, end=m.end, quote=m.quote) for m in mentions
    )


def one_of(kind: type[T], word: str, what: str) -> T:
    """The member that a word names (any case, - for _), or its place from 1. Usage for anything else."""
    members = list(kind)
    if str(word).isascii() and str(word).isdigit() and 0 < int(word) <= len(members):
        return members[int(word) - 1]
    try:
        return kind(str(word).strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError as error:
        raise Usage(
            f"there is no such {what}.", seen=repr(str(word)), remedy="one of " + ", ".join(kind)
        ) from error


def one_line(quote: str) -> str:
    """The words with every run of white space as one blank."""
    return " ".join(quote.split())
