"""Undo and redo: one's own latest act on its subjects, with nothing built upon it and nothing published."""

from collections.abc import Iterator

from factcheck.events import Event, bodies
from factcheck.model import Claim, Reading, is_blind, may
from factcheck.state import State, can_be_undone, newest, right_of, seen_blind, stale_after


def counter_act(event: Event, body: bodies.EventUndone, state: State) -> Iterator[str]:
    """Every reason why this act could not be taken back, or brought back, at that moment."""
    act = state.by_id.get(body.id)
    if act is None or not can_be_undone(act.kind):
        yield f"it names {body.id!r}, which is no act that can be undone"
        return
    if act.by != event.by:
        yield f"{event.by!r} takes up an act of {act.by!r}"
    if (act.subject, sorted(ref.subject for ref in act.also)) != (
        event.subject,
        sorted(ref.subject for ref in event.also),
    ):
        yield f"it names other subjects than {act.kind} {act.subject} did"
    rule = _undone if event.kind == "event.undone" else _redone
    yield from rule(event, act, state)
    yield from _stale(event, act, state)


def _undone(_event: Event, act: Event, state: State) -> Iterator[str]:
    for subject in act.touches:
        last = newest(state.history(subject))
        if last is None or last.id != act.id:
            seen = f"{last.kind} by {last.by!r} at {last.time}" if last else "nothing"
            yield f"it takes back {act.kind} of {act.time}, but {seen} was the latest on {subject}"

    claim = state.value(act.subject)
    if isinstance(claim, Claim) and seen_blind(act, claim):
        yield f"it takes back {act.kind} of {act.time}, which was given blind and has seen the other verdict since"


def _stale(event: Event, act: Event, state: State) -> Iterator[str]:
    reading = state.value(act.subject)
    heard = reading if isinstance(act.body, bodies.ReadingBody) and isinstance(reading, Reading) else None
    judged = [each for each in state.decided_at(heard) if each not in act.touches] if heard else []
    if judged:
        yield f"{', '.join(judged)} was judged on it since"
    unseen = event.kind == "event.redone" and is_blind(state.info().policy)
    if unseen and act.kind in {"verdict.confirmed", "verdict.disputed"}:
        yield f"it brings back {act.kind} under blind review"
    if state.info().policy.signatures and event.kind == "event.redone" and act.kind.startswith("verdict."):
        yield f"it brings back {act.kind} where decisions are signed"
    for name in act.touches:
        back = event.kind == "event.redone"
        if stale_after(state, name, act, state.info().scale, state.accepted_at, back=back):
            yield f"it brings back a verdict on {name} that stands on another scale or other readings"


def _redone(event: Event, act: Event, state: State) -> Iterator[str]:
    if reason := may(state.info(), event.by, right_of(act.kind)):
        yield f"{event.by!r} may not bring back {act.kind} ({reason})"
    for subject in act.touches:
        counter = [each for each in state.history(subject) if isinstance(each.body, bodies.EventUndone)]
        last = next((each for each in reversed(counter) if _names(each, act)), None)
        acted = last and any(each.seq > last.seq and each not in counter for each in state.history(subject))
        if last is None or acted or last.kind != "event.undone" or last.by != event.by:
            yield f"it brings back {act.kind} of {act.time}, which was not what was last undone on {subject}"


def _names(undo: Event, act: Event) -> bool:
    return isinstance(undo.body, bodies.EventUndone) and undo.body.id == act.id
