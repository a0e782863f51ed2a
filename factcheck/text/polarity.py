"""Little words that turn a claim round when they are misheard: pointed at, never changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from factcheck.text.grammar import TABLES
from factcheck.text.ranking import Ranked, Weight
from factcheck.text.readings import Readings
from factcheck.text.spans import Span
from factcheck.text.view import View

NEAR = 40
"""Characters around a claim in which a misheard word makes its little words doubtful."""


@dataclass(frozen=True, slots=True)
class Polar:
    """A word (group 1) and what may have been said instead; `alone`: doubtful by itself."""

    pattern: re.Pattern[str]
    perhaps: str
    alone: bool


@cache
def polar() -> tuple[Polar, ...]:
    """The list of data/rules/grammar.toml."""
    return tuple(
        Polar(re.compile(one["pattern"], re.IGNORECASE), one["perhaps"], one.get("alone", False))
        for one in TABLES["polar"]
    )


def doubted(seen: View, one: Ranked, read: Readings) -> Ranked:
    """The suggestion with its doubtful little words among its reasons, where they weigh nothing."""
    found = tuple(_doubts(seen, one.candidate.span, read))
    return replace(one, why=(*one.why, *found)) if found else one


def _doubts(seen: View, span: Span, read: Readings) -> Iterator[Weight]:
    noisy = bool(read.around(Span(max(0, span.start - NEAR), span.end + NEAR)))
    for one in polar():
        for match in one.pattern.finditer(seen.text, span.start, span.end) if noisy or one.alone else ():
            yield Weight(f"polarity: {match[1]} / {one.perhaps}?", match.start(1), match.end(1), 0)
