"""What a claim's words leave open, whoever judges it: a figure without a unit, a time that hangs on an unknown date."""

from collections.abc import Callable, Iterator

from factcheck.model import Claim, ClaimType, Gap
from factcheck.text.quantities import quantities
from factcheck.text.resolved import told_times
from factcheck.text.times import NO_DATE

_OF_FIGURES = frozenset({ClaimType.QUANTITY, ClaimType.COST, ClaimType.FINANCIAL})
_COUNTED = frozenset({"amount", "bare"})


def gaps(
    claim: Claim, text_of: Callable[[str], str | None], date_of: Callable[[str], str]
) -> tuple[Gap, ...]:
    """Each gap of the claim once. `text_of` and `date_of` give a source's text (None: not here) and its date by its id.

    Units are looked for in the statement of a claim about figures, so that rewording it closes the gap;
    times in the words that were said.
    """
    return tuple(dict.fromkeys([*_unitless(claim), *_undated(claim, text_of, date_of)]))


def _unitless(claim: Claim) -> Iterator[Gap]:
    if claim.type in _OF_FIGURES:
        for each in quantities(claim.statement, 0, len(claim.statement)):
            if each.kind in _COUNTED and not each.unit:
                yield Gap("no_unit", claim.statement[each.start : each.end])


def _undated(
    claim: Claim, text_of: Callable[[str], str | None], date_of: Callable[[str], str]
) -> Iterator[Gap]:
    for name in dict.fromkeys(each.source for each in claim.mentions):
        text = text_of(name)
        if text is None or date_of(name):
            continue
        places = [(each.start, each.end) for each in claim.mentions if each.source == name]
        for told in told_times(name, text, places, ""):
            if told.time.unresolved == NO_DATE:
                yield Gap("undated", told.words)
