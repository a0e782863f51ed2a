"""What a candidate is about, whether the world can answer it, and how much it is worth checking: named weights, summed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factcheck.text.candidates import Candidate
from factcheck.text.checkable import can_be_checked, checkability
from factcheck.text.parts import Part
from factcheck.text.rules import Firing

BASE = 500
"""Thousandths that every clause which asserts something starts with."""

_VIEWS = frozenset({"prediction", "opinion", "recommendation"})
_SECOND = 300
_NAME, _MORE_NAMES, _FIGURE, _DOUBT, _TOPIC, _SHORT = 450, 150, 900, -700, -500, -250


@dataclass(frozen=True, slots=True)
class Weight:
    """One reason on the view: a rule or a feature, where it was seen, and its thousandths."""

    rule: str
    start: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its type, whether it can be checked, its priority in thousandths, and why."""

    candidate: Candidate
    type: str
    checkable: str
    priority: int
    why: tuple[Weight, ...]


def ranked(candidate: Candidate) -> Ranked:
    """The candidate weighed: the strongest type counts in full, what else it touches a little."""
    body = [part for part in candidate.parts if not part.dropped] or list(candidate.parts)
    fired = _each_once(firing for part in body for firing in part.firings)
    votes = _votes(fired)
    kind = max(votes, key=lambda name: (votes[name], name)) if votes else "event"
    why = (*_from_rules(fired, kind), *_from_features(body, fired, kind))
    return Ranked(
        candidate, kind, _checkable(kind, fired), max(0, BASE + sum(weight.weight for weight in why)), why
    )


def tells_something(one: Ranked) -> bool:
    """Whether anything speaks for it: a rule, a name or a figure. What nothing speaks for is talk, and stays reachable as such."""
    return any(weight.weight > 0 or weight.rule == "view" for weight in one.why)


def _each_once(fired: Iterable[Firing]) -> list[Firing]:
    seen: dict[str, Firing] = {}
    for firing in fired:
        seen.setdefault(firing.rule.name, firing)
    return list(seen.values())


def _votes(fired: Sequence[Firing]) -> dict[str, int]:
    votes: dict[str, int] = defaultdict(int)
    for firing in fired:
        if firing.rule.type:
            votes[firing.rule.type] += firing.rule.weight
    return votes


def _from_rules(fired: Sequence[Firing], kind: str) -> Iterator[Weight]:
    for firing in fired:
        rule = firing.rule
        weight = rule.weight if rule.type in ("", kind) else rule.weight * _SECOND // 1000
        if rule.type in _VIEWS and rule.effect == "doubt":
            weight //= 4
        yield Weight(rule.name, firing.start, firing.end, weight)


def _from_features(body: Sequence[Part], fired: Sequence[Firing], kind: str) -> Iterator[Weight]:
    named = [name for part in body for name in part.names if name.kind != "term"]
    if named:
        yield Weight(
            "name",
            named[0].start,
            named[0].end,
            _NAME + _MORE_NAMES * min(2, len({name.text for name in named}) - 1),
        )
    counted = [one for part in body for one in part.quantities if one.kind not in ("bare", "date")]
    if counted:
        yield Weight("figure", counted[0].start, counted[0].end, _FIGURE)
    doubt = next((firing for firing in fired if firing.rule.effect == "doubt"), None)
    if doubt and kind in _VIEWS:
        yield Weight("view", doubt.start, doubt.end, _DOUBT)
    first = body[0]
    if all(part.topic for part in body):
        yield Weight("no predicate", first.span.start, first.span.end, _TOPIC)
    if body[-1].span.end - first.span.start < 8:
        yield Weight("short", first.span.start, first.span.end, _SHORT)


def _checkable(kind: str, fired: Sequence[Firing]) -> str:
    named = next((firing.rule.checkable for firing in fired if firing.rule.checkable), "")
    doubting = {firing.rule.name for firing in fired if firing.rule.effect == "doubt"}
    why = checkability(kind, ((one.rule.name, one.start, one.end) for one in fired), doubting)
    return named or can_be_checked(why)
