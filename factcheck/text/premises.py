"""The figures that stand around a claim: what a calculation may take as given, and what it is compared with."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.expressions import Figure
from factcheck.text.extraction import Suggestion
from factcheck.text.quantities import Quantity
from factcheck.text.ranking import Ranked
from factcheck.text.readings import Readings
from factcheck.text.spans import Span
from factcheck.text.view import View

_WINDOW = 8
"""Suggestions before a claim in which its premises are looked for."""

CLOSE = Decimal("0.02")
PER = re.compile(
    "单[次个台张件位人]|每[一]?[次个台张件位人名年天月场]|一次|\\bper\\b|\\beach\\b|\\bevery\\b|\\bsingle\\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    "(?:是|为|达到?|相当于|等于|超过|高于|比)(?P<name>[^，。是为]{1,24}?)(?:的|大约|约|高|多|贵|大|重|长|快)?$"
)
_COMPARED_EN = re.compile(
    " ?(?:more |less |higher |larger |bigger |greater )?(?:than |that of |as (?:much|many|large|expensive) as |the )(?P<name>[\\w' -]{1,30}?)(?=[,.;]|$| (?:and|but|last|per) )",
    re.IGNORECASE,
)
TIMES = frozenset({"次", "遍", "轮", "趟", "回", "time", "times", "pass", "run", "call", "step", "inference"})
PIECES = frozenset({"张", "帧", "个", "件", "页", "条", "frame", "image", "picture", "page", "unit", "piece"})


_POINTS_BACK = re.compile("(?:that|this|it|these|those|这|那|它|其|总)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure and the suggestion that says it."""

    quantity: Quantity
    claim: int


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a calculation may look at."""

    seen: View
    found: Sequence[Ranked]
    claims: Sequence[Suggestion]
    read: Readings
    stated: Mapping[str, Sequence[Decimal]]

    def text(self, i: int) -> str:
        span = self.found[i].candidate.span
        return self.seen.text[span.start : span.end]

    def words(self, said: "Said") -> str:
        return self.seen.text[said.quantity.start : said.quantity.end]

    def said(self, i: int) -> list[Said]:
        return [Said(quantity, i) for part in self.found[i].candidate.parts for quantity in part.quantities]

    def before(self, i: int) -> Iterator[Said]:
        """Figures of this claim, then of those before it, nearest first."""
        for j in range(i, max(-1, i - _WINDOW - 1), -1):
            yield from self.said(j)


def count_of(desk: Desk, i: int) -> Said | None:
    """How many goes: said in the claim, or just before one that only points back."""
    here = next((said for said in desk.said(i) if _is_count(said)), None)
    if here or not _POINTS_BACK.match(desk.text(i)) or len(desk.said(i)) > 1:
        return here
    return next((said for said in desk.before(i) if i - said.claim <= 2 and _is_count(said)), None)


def _is_count(said: Said) -> bool:
    return said.quantity.unit in TIMES and said.quantity.kind == "amount"


def amount_each(desk: Desk, i: int) -> Said | None:
    """The nearest amount said to be for one go, in this claim or one of the two before it."""
    for said in (one for one in desk.before(i) if i - one.claim <= 2):
        text = desk.text(said.claim)
        amount = said.quantity.kind in ("amount", "money") and said.quantity.unit not in TIMES | PIECES
        if amount and said.quantity.low > 1 and PER.search(text):
            return said
    return None


def amount_here(desk: Desk, i: int) -> Said | None:
    return next(
        (
            said
            for said in desk.said(i)
            if said.quantity.kind in ("money", "amount", "duration") and said.quantity.low > 1
        ),
        None,
    )


def lengths_before(desk: Desk, i: int, claimed: Said) -> list[Said]:
    """Different lengths in one unit from the claims before."""
    kept: dict[Decimal, Said] = {}
    for j in range(i - 1, max(-1, i - 2 * _WINDOW), -1):
        for said in desk.said(j):
            if (
                said.quantity.kind == "duration"
                and said.quantity.low == said.quantity.high
                and said is not claimed
            ):
                kept.setdefault(said.quantity.low, said)
    units = {said.quantity.unit for said in kept.values()}
    return [kept[value] for value in sorted(kept)] if len(units) == 1 else []


def same_measure(a: Said, b: Said) -> bool:
    """One unit, or one left out where the scale is said: 70 million euros after 50 million."""
    if a.quantity.unit == b.quantity.unit:
        return True
    kinds = {(one.quantity.kind, bool(one.quantity.unit)) for one in (a, b)}
    return kinds == {("money", True), ("amount", False)}


def unit_near(desk: Desk, said: Said) -> str:
    """The unit of the same figure where it is said with one: 30 亿 is 30 亿参数 a sentence before."""
    for other in desk.before(said.claim):
        if other.quantity.low == said.quantity.low and other.quantity.unit:
            return other.quantity.unit
    return ""


def compared_with(desk: Desk, i: int, ratio: Said) -> str:
    span = desk.found[i].candidate.span
    words = desk.read.repaired(desk.seen.text, Span(span.start, ratio.quantity.start))
    after = desk.read.repaired(desk.seen.text, Span(ratio.quantity.end, span.end))
    match = _COMPARED.search(words) or _COMPARED_EN.match(after)
    return match["name"].strip() if match else "比较的对象/the compared amount"


def is_stated(desk: Desk, value: Decimal, unit: str) -> bool:
    """Whether the document says this figure anywhere, two per cent more or less."""
    values = desk.stated.get(unit, ())
    nearest = bisect_left(values, value * (1 - CLOSE))
    return nearest < len(values) and values[nearest] <= value * (1 + CLOSE)


def stated_figures(found: Sequence[Ranked]) -> dict[str, list[Decimal]]:
    """Every figure of the document, sorted, by unit."""
    values: dict[str, list[Decimal]] = defaultdict(list)
    for quantity in (
        quantity for one in found for part in one.candidate.parts for quantity in part.quantities
    ):
        values[quantity.unit].append(quantity.low)
    return {unit: sorted(listed) for unit, listed in values.items()}


def figure(desk: Desk, said: Said, name: str) -> Figure:
    return Figure(name, said.quantity.low, said.quantity.unit or unit_near(desk, said))
