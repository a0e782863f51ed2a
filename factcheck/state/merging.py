"""Several desks, one state: the acts of all of them, folded in the order in which they were done.

Two desks that have each other's lines hold the same acts, so that they come to the same state, whoever took in what when.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from factcheck.events import Event, bodies
from factcheck.model import Claim, Reading
from factcheck.state import State, Suggestions, apply
from factcheck.state.meeting import returned

UNFOLDABLE = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What folding an event that no desk wrote can raise."""


def merged(acts: Iterable[Event], suggestions: Suggestions) -> State:
    """The state after these acts (`Event.act` of each line), whatever order they come in."""
    state = State()
    for _each in stepwise(acts, suggestions, state):
        pass
    return counted(state)


def stepwise(acts: Iterable[Event], suggestions: Suggestions, state: State) -> Iterator[tuple[Event, State]]:
    """Each act, in the order in which they were done, with the state before it."""
    for act in sorted(acts, key=lambda each: each.order):
        yield act, state
        take(state, act, suggestions)


def take(state: State, act: Event, suggestions: Suggestions) -> None:
    """Take in the next act, whichever desk it is of."""
    before = {name: sum(each.seen(name) is not None for each in state.history(name)) for name in act.touches}
    apply(state, act, suggestions, lambda name: (act.seen(name) or before[name] + 1) <= before[name])
    for claim in _misread(state, act):
        state.put(claim.id, returned(claim, "reading changed"))


def counted(state: State) -> State:
    """The same with every subject at the version that the lines of this desk have counted it to."""
    for subject, value in list(state.subjects.items()):
        if value.version != state.version(subject):
            state.put(subject, replace(value, version=state.version(subject)))
    return state


def folded(events: Iterable[Event], suggestions: Suggestions) -> State:
    """The state after these lines of a ledger, all of them from the first on."""
    acts = [event.act for event in events]
    if any(act.as_written is not act for act in acts):
        return merged(acts, suggestions)
    state = State()
    for act in acts:
        apply(state, act, suggestions)
    return state


def _misread(state: State, act: Event) -> list[Claim]:
    """Claims that one desk judged on words which another was reading otherwise at the time."""
    readings = [each for name in act.touches if isinstance(each := state.value(name), Reading)]
    names = [name for each in readings for name in state.decided_at(each) if name not in act.touches]
    if isinstance(act.body, bodies.VerdictRecorded):
        names.append(act.subject)
    found = [state.value(name) for name in names]
    judged = [each for each in found if isinstance(each, Claim) and each.id in state.decided]
    return [each for each in judged if each.verdict and each.verdict.readings != state.accepted_at(each)]
