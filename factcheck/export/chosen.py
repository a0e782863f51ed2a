"""Which events tell all that the ledger knows of some claims: theirs, and what those stand on."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from factcheck.events import Event, bodies

# Who may do what, what is demanded, what a rating means and whose keys count: without these nothing can be judged.
_ALWAYS = ("case.created", "policy.", "member.", "signer.", "desk.", "scale.")
_STOOD_ON = re.compile(r"[SRKE][1-9][0-9]{0,8}")


def chosen(events: Sequence[Event], claims: Iterable[str]) -> tuple[Event, ...]:
    """The events that touch the claims, their sources, readings, captures and evidence; and those of the case itself.

    A claim that was merged into one of them, or that one was split off, is a relative: its events come along.
    """
    wanted = relatives(events, claims)
    known: set[str] = set()
    names = set(wanted)
    while known != names:
        known = set(names)
        names |= {name for each in _touching(events, known) for name in _stands_on(each, wanted)}
    return tuple(_touching(events, names))


def relatives(events: Sequence[Event], claims: Iterable[str]) -> frozenset[str]:
    """The claims with all that were merged into them, and all that they were split off."""
    wanted = set(claims)
    for event in reversed(events):  # what became of a claim stands behind what it came from
        match event.body:
            case bodies.ClaimMerged(other=other) if event.subject in wanted:
                wanted.add(other)
            case bodies.ClaimSplit(new=new) if new in wanted:
                wanted.add(event.subject)
    return frozenset(wanted)


def _touching(events: Iterable[Event], names: set[str]) -> Iterator[Event]:
    for event in events:
        always = event.kind.startswith(_ALWAYS) or (event.kind, event.subject) == ("objection.raised", "case")
        if always or not names.isdisjoint(event.touches):
            yield event


def _stands_on(event: Event, wanted: Collection[str]) -> Iterator[str]:
    """The sources, readings, captures and evidence an event names.

    What a tie tells of another claim, and whatever else somebody signed in one go, is not followed.
    """
    if event.subject == "case" or (event.subject[0] == "C" and event.subject not in wanted):
        return
    names = [name for name, _ in event.subjects]
    yield from (name for name in [*names, *_strings(event.body.model_dump(mode="json"))] if _is_id(name))


def _is_id(name: str) -> bool:
    return _STOOD_ON.fullmatch(name) is not None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
