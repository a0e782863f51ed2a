"""What was set right after it had been published: dated notes with the verdict before and after, the newest first."""

from collections.abc import Iterable

from factcheck.export.entries import Ground
from factcheck.export.scope import withheld
from factcheck.export.summary import Correction
from factcheck.model import Claim
from factcheck.model import Correction as Noted


def corrections(claims: Iterable[Claim], at: Ground) -> tuple[Correction, ...]:
    """Every correction of these claims; a verdict that blind review withholds is not told."""
    found = [_correction(claim, each, at) for claim in claims for each in claim.corrections]
    return tuple(sorted(found, key=lambda each: (each.time, each.claim), reverse=True))


def _correction(claim: Claim, noted: Noted, at: Ground) -> Correction:
    """`after` is the verdict that stands today: what is corrected later again tells of that later."""
    now = "" if withheld(claim, at.policy) or claim.verdict is None else claim.verdict.id
    return Correction(
        claim=claim.id,
        statement=claim.statement,
        kind=noted.kind,
        because=noted.because,
        by=noted.by,
        time=noted.time,
        export=noted.export,
        before=_named(claim, noted.was, at),
        after=_named(claim, now if noted.now in {"", noted.was} else noted.now, at),
    )


def _named(claim: Claim, verdict: str, at: Ground) -> str:
    """Symbol and label of one of the claim's verdicts; "" when there is none of that id."""
    found = claim.verdict_of(verdict)
    return " ".join(at.named(found)[:2]) if found else ""
