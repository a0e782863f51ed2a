"""A trail in words and as JSON: who did what, whose signature it bears, and when it is proven to have been recorded."""

from typing import Any

from factcheck.case import Case
from factcheck.case.proving import Proven
from factcheck.events import Event
from factcheck.labels import label


def proof_words(proven: Proven, lang: str) -> str:
    """Whose signature an act bears, and between which checkpoints it was recorded."""
    signed = label(f"proof.{proven.signature}", lang, why=proven.why)
    code = "between" if proven.before else "open"
    return signed + label(f"proof.{code}", lang, after=proven.after, before=proven.before, by=proven.by)


def trail_lines(case: Case, subject: str) -> list[dict[str, Any]]:
    """The trail of a subject."""
    events = case.trail(subject)
    proven = case.proven(events)
    return [event_line(each, proven[each.seq]) for each in events]


def event_line(event: Event, proven: Proven) -> dict[str, Any]:
    """An event for a trail: its envelope, what is proven of it, and what it says."""
    return {
        "seq": event.seq,
        "id": event.id,
        "time": event.time,
        "by": event.by,
        "kind": event.kind,
        "subject": event.subject,
        "version": event.version,
        "signature": None if proven.signature == "none" else proven.signature,
        "proven": {
            "why": proven.why,
            "after": proven.after,
            "before": proven.before or None,
            "by": proven.by or None,
        },
        "body": event.body.model_dump(mode="json", exclude_none=True),
    }
