"""How long a text may be that somebody writes; what stands in documents has its own length."""

from collections.abc import Iterator

from factcheck.events import Body, bodies
from factcheck.model import LONGEST_TEXT, too_long


def check_length(subject: str, body: Body) -> None:
    """Refused when a text that a person wrote into this body is longer than LONGEST_TEXT characters."""
    for name, text in _written(body):
        if len(text) > LONGEST_TEXT:
            raise too_long(name, len(text), subject)


def _written(body: Body) -> Iterator[tuple[str, str]]:
    """What a person wrote, by the name that commands have for it."""
    match body:
        case bodies.ClaimReworded():
            yield "statement", body.statement
        case bodies.ClaimAdded():
            yield "statement", body.claim.statement
        case bodies.ClaimSplit():
            yield "statement", body.part.statement
        case bodies.EvidenceAttached():
            yield "quote", body.evidence.quote
            yield "note", body.evidence.note
    for name in ("because", "note", "text", "omitted", "would_change", "why"):
        text = getattr(body, name, None)
        if isinstance(text, str):
            yield name, text
