"""What a stage must return, checked where somebody else's function stands in for ours."""

from collections.abc import Callable, Sequence
from typing import Any

from factcheck.model import Checkable, ClaimType, RelationKind
from factcheck.text.calculations import Worked
from factcheck.text.candidates import Candidate
from factcheck.text.clauses import Sentence
from factcheck.text.contradictions import Against
from factcheck.text.extraction import ProposedReading, ProposedRelation
from factcheck.text.layout import Layout
from factcheck.text.parts import Part
from factcheck.text.ranking import Ranked, Weight
from factcheck.text.readings import Readings
from factcheck.text.view import View

HIGHEST = 1_000_000
"""Thousandths of the highest priority and of the largest weight, up or down."""

_KINDS: dict[str, type] = {
    "layout": Layout,
    "view": View,
    "ranking": Ranked,
    "readings": Readings,
    "statements": str,
}
"""What a stage returns that is no list."""

_MEMBERS: dict[str, type] = {
    "sentences": Sentence,
    "parts": Part,
    "candidates": Candidate,
    "groups": str,
    "contradictions": Against,
    "calculations": Worked,
    "relations": ProposedRelation,
}
"""What stands in the lists of the others."""


def wrong(stage: str, result: Any, given: Sequence[Any]) -> str:
    """What is wrong with the result of a stage that was called with `given`, or nothing."""
    kind: Any = _KINDS.get(stage, (list, tuple))
    if not isinstance(result, kind):
        return f"it returned a {type(result).__name__}"
    if stage in _MEMBERS:
        stranger = next((each for each in result if not isinstance(each, _MEMBERS[stage])), None)
        if stranger is not None:
            return f"it returned a {type(stranger).__name__} among its {stage}"
    return _FURTHER[stage](result, given) if stage in _FURTHER else ""


def _groups(result: Sequence[str], given: Sequence[Any]) -> str:
    if len(result) != len(given[1]):
        return f"it returned {len(result)} groups for {len(given[1])} claims"
    return "" if all(map(_writable, result)) else "the name of a group cannot be written"


def _statement(result: str, _given: Sequence[Any]) -> str:
    if not result.strip():
        return "it returned an empty statement"
    return "" if _writable(result) else "its statement holds half a character (a lone surrogate)"


def _candidates(result: Sequence[Candidate], _given: Sequence[Any]) -> str:
    spans = [each.span for each in result]
    return "" if len(set(spans)) == len(spans) else "it returned two candidates at one place"


def _ranking(result: Ranked, _given: Sequence[Any]) -> str:
    if result.type not in set(ClaimType):
        return f"{result.type!r} is no type of claims"
    if result.checkable not in set(Checkable):
        return f"checkable is {result.checkable!r}, none of yes, partly, no"
    if not _whole(result.priority, 0):
        return f"the priority is {result.priority!r}, no whole number from 0 to {HIGHEST}"
    odd = next((each for each in result.why if not _weight(each)), None)
    return "" if odd is None else f"{odd!r} is no reason with a weight in thousandths"


def _weight(each: Any) -> bool:
    return isinstance(each, Weight) and _whole(each.weight, -HIGHEST) and _writable(each.rule)


def _readings(result: Readings, given: Sequence[Any]) -> str:
    for each in result.proposed:
        if not isinstance(each, ProposedReading) or not 0 <= each.start < each.end <= len(given[0]):
            return f"{each!r} is no reading at a place in the document"
        if not each.meant.strip() or not all(map(_writable, (each.heard, each.meant, each.why))):
            return f"the reading of {each.heard!r} cannot be written"
    return ""


def _contradictions(result: Sequence[Against], given: Sequence[Any]) -> str:
    numbers = range(len(given[0]))
    odd = next((each for each in result if each.a not in numbers or each.b not in numbers or each.a == each.b), None)  # fmt: skip
    return "" if odd is None else f"{odd!r} is no pair of the {len(numbers)} claims"


def _relations(result: Sequence[ProposedRelation], given: Sequence[Any]) -> str:
    names = {each.id for each in given[2]}
    for each in result:
        if each.kind not in set(RelationKind):
            return f"{each.kind!r} is no relation"
        if not {each.a, each.b} <= names or each.a == each.b:
            return f"{each.a!r} and {each.b!r} are no two claims"
        if not _writable(each.why):
            return f"the reason of {each.a} {each.kind} {each.b} cannot be written"
    return ""


def _whole(number: Any, lowest: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and lowest <= number <= HIGHEST


def _writable(words: Any) -> bool:
    return isinstance(words, str) and not any("\ud800" <= c <= "\udfff" for c in words)


_FURTHER: dict[str, Callable[[Any, Sequence[Any]], str]] = {
    "groups": _groups,
    "statements": _statement,
    "candidates": _candidates,
    "ranking": _ranking,
    "readings": _readings,
    "contradictions": _contradictions,
    "relations": _relations,
}
