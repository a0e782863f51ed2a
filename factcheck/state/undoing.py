"""What taking an act back, or bringing it back, would lead to: the rules that the door and the audit share."""

from collections.abc import Iterable

from factcheck.events import Event, bodies
from factcheck.model import Claim, Scale
from factcheck.state.legal import DECIDED


def seen_blind(event: Event, claim: Claim) -> bool:
    """True for the second verdict of a blind pair: its author has seen the first one since."""
    body = event.body
    blind = isinstance(body, bodies.VerdictRecorded) and bool(body.blind)
    return blind and event.id in {second for _, second in claim.pairs}


def outdated(claim: Claim, scale: Scale, accepted: tuple[str, ...]) -> bool:
    """True when the verdict that stands was given on another scale, or on other readings of its mentions."""
    verdict = claim.verdict
    if verdict is None or claim.state not in DECIDED:
        return False
    return verdict.scale_name != scale.name or verdict.readings != accepted


def effective(history: Iterable[Event]) -> list[Event]:
    """The events that still count: neither undone nor the undoing itself."""
    undone: set[str] = set()
    kept: list[Event] = []
    for event in history:
        if isinstance(event.body, bodies.EventUndone):
            (undone.add if event.kind == "event.undone" else undone.discard)(event.body.id)
        else:
            kept.append(event)
    return [event for event in kept if event.id not in undone]


def newest(history: Iterable[Event]) -> Event | None:
    """The latest act that counts; a signature given afterwards stands beside what it signs, not upon it."""
    return next((each for each in reversed(effective(history)) if each.kind != "decisions.signed"), None)


def right_of(kind: str) -> str:
    """Which right it takes to bring an act of this kind back, in the words of `model.may`."""
    return {"verdict.settled": "settle", "note.added": "note", "correction.issued": "export"}.get(
        kind, "decide"
    )
