"""Three figures of one sentence that ought to fit together: a difference, a part, a multiple, a growth, a product."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.expressions import Figure, Operation, evaluate, exactly
from factcheck.text.premises import Desk, Said

_STOP = re.compile("[。！？!?；;\n]|[.](?= |$)")
_FAR = 6
"""Suggestions of one sentence that are looked at before the one with the result."""
_CLOSE, _ROUNDED = Decimal("0.02"), Decimal("0.6")
"""How far a result may be off in proportion, and a percentage in points, since speakers round."""

_OFF = Decimal("0.35")
"""How far a result may be off in proportion and still be meant as that result."""

_MORE_OR_LESS = re.compile(
    "(?:多|少|高|低|增加|减少|下降|提高|提升|上升|涨|降|差|改善|多赚|少赚|多卖|少卖)(?:了|出)?(?:约|近|整整)?$|\\b(?:miss|gap|difference|increase|decrease|improvement|drop|rise|shortfall|up|down)(?: (?:of|by))?(?: an?)? ?$",
    re.IGNORECASE,
)
_EQUALS = re.compile(
    "(?:也就是说?|即|就是|等于|合|一共|总共|共|合计|总计|相当于|全年)[^，。]{0,6}$|\\b(?:or|so|that is|which is|equals?|is|are|makes|totals?|altogether)(?: about| roughly)? ?$",
    re.IGNORECASE,
)
_EACH = re.compile("每|各|单|\\b(?:each|per|every|apiece|a piece)\\b", re.IGNORECASE)
_BASE = re.compile(
    "(?:比|较|从|由)[^，。多少高低增降涨跌]{0,10}$|\\b(?:than|from|against|compared (?:with|to))[\\w ]{0,12}$",
    re.IGNORECASE,
)
_GREW = re.compile(
    "(?:增长|上升|上涨|提高|提升|增加|多|涨|下降|下跌|减少|降低|少|跌|降)了?(?:约|近)?$|\\b(?:rose|grew|up|increased|gained|fell|down|declined|decreased|dropped)(?: by)? ?$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    "不|没|如果|假如|预计|计划|目标|\\b(?:not|if|would|could|expect\\w*|plan\\w*|target\\w*)\\b|n't\\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Balance:
    """What two figures come to, beside the one that was said: the tree, its value, and the value in the words of the claim."""

    tree: Operation
    value: Decimal
    claimed: Said
    used: tuple[Said, ...]
    holds: bool

    def __str__(self) -> str:
        unit = f" {self.claimed.quantity.unit}" if self.claimed.quantity.unit in ("%", "pp", "bp") else ""
        return f"{self.tree} = {exactly(round(self.value, 3))}{unit}"

    @property
    def likely(self) -> bool:
        """Whether the figures speak of one thing: what is far off is no slip of the tongue but another matter."""
        return self.holds or abs(self.value - self.claimed.quantity.low) <= self.claimed.quantity.low * _OFF


def balance(desk: Desk, i: int) -> Balance | None:
    """The first of these forms that the figures of the sentence of claim `i` fit, with its result in the claim."""
    said = _sentence(desk, i)
    if not 3 <= len(said) <= 5 or _OPEN.search(desk.text(i)):
        return None
    for claimed in (one for one in said if one.claim == i and one.quantity.low == one.quantity.high):
        others = [one for one in said if one is not claimed]
        before = desk.seen.text[max(0, claimed.quantity.start - 24) : claimed.quantity.start]
        for form in _FORMS:
            found = form(desk, claimed, others, before)
            if found and found.likely:
                return found
    return None


def _sentence(desk: Desk, i: int) -> list[Said]:
    """The figures of the claim and of those before it in its sentence, in order; each place once."""
    said = list(desk.said(i))
    for j in range(i - 1, max(-1, i - _FAR), -1):
        gap = desk.seen.text[desk.found[j].candidate.span.end : desk.found[j + 1].candidate.span.start]
        if _STOP.search(gap):
            break
        said = [*desk.said(j), *said]
    return [one for one in said if one.quantity.counts and one.quantity.low == one.quantity.high]


def _figure(desk: Desk, one: Said) -> Figure:
    return Figure(desk.words(one), one.quantity.low, one.quantity.unit)


def _fits(value: Decimal, said: Decimal) -> bool:
    return abs(value - said) <= abs(said) * _CLOSE


def _difference(desk: Desk, claimed: Said, others: Sequence[Said], before: str) -> Balance | None:
    """84 以前 80，多了 4; from 29.8 to 31.4 percent, an improvement of 160 basis points."""
    unit = claimed.quantity.unit
    points = {"pp": Decimal(1), "bp": Decimal(100)}.get(unit)
    wanted = "%" if points else unit
    pair = [one for one in others if one.quantity.unit == wanted]
    if len(pair) != 2 or not _MORE_OR_LESS.search(before) or unit in ("%", "times"):
        return None
    high, low = sorted(pair, key=lambda one: -one.quantity.low)
    tree = Operation("−", _figure(desk, high), _figure(desk, low))
    value = evaluate(tree) * (points or 1)
    return Balance(tree, value, claimed, (*pair, claimed), _fits(value, claimed.quantity.low))


def _part(desk: Desk, claimed: Said, others: Sequence[Said], before: str) -> Balance | None:
    """1,200 people, 60 percent of them, that is 720."""
    shares = [one for one in others if one.quantity.unit == "%"]
    wholes = [one for one in others if one.quantity.unit == claimed.quantity.unit != "%"]
    if len(shares) != 1 or len(wholes) != 1 or not _EQUALS.search(before):
        return None
    tree = Operation(
        "×", _figure(desk, wholes[0]), Operation("÷", _figure(desk, shares[0]), Figure("", Decimal(100), ""))
    )
    value = evaluate(tree)
    return Balance(tree, value, claimed, (*wholes, *shares, claimed), _fits(value, claimed.quantity.low))


def _multiple(desk: Desk, claimed: Said, others: Sequence[Said], _before: str) -> Balance | None:
    """From 1,500 to 3,100, more than doubled."""
    if claimed.quantity.kind not in ("change", "ratio") or len(others) != 2:
        return None
    first, last = others
    if first.quantity.unit != last.quantity.unit or not _BASE.search(_ahead(desk, first)):
        return None
    tree = Operation("÷", _figure(desk, last), _figure(desk, first))
    value, factor = evaluate(tree), claimed.quantity.low
    more = claimed.quantity.compare in (">", ">=") and value >= factor
    return Balance(
        tree, value, claimed, (first, last, claimed), more or abs(value - factor) <= factor * 3 * _CLOSE
    )


def _growth(desk: Desk, claimed: Said, others: Sequence[Said], before: str) -> Balance | None:
    """181, 15 % more than the 157 of the year before."""
    if claimed.quantity.unit != "%" or len(others) != 2 or not _GREW.search(before):
        return None
    if others[0].quantity.unit != others[1].quantity.unit or others[0].quantity.unit == "%":
        return None
    bases = [one for one in others if _BASE.search(_ahead(desk, one))]
    if len(bases) != 1:
        return None
    (base,) = bases
    new = next(one for one in others if one is not base)
    change = Operation("−", _figure(desk, new), _figure(desk, base))
    tree = Operation("÷", change, _figure(desk, base))
    value = abs(evaluate(tree) * 100)
    return Balance(tree, value, claimed, (new, base, claimed), abs(value - claimed.quantity.low) <= _ROUNDED)


def _product(desk: Desk, claimed: Said, others: Sequence[Said], before: str) -> Balance | None:
    """Twelve months, 30,000 a month, 360,000 in all."""
    each = [one for one in others if one.quantity.unit == claimed.quantity.unit not in ("%", "times")]
    counts = [one for one in others if one.quantity.unit not in (claimed.quantity.unit, "%")]
    if len(each) != 1 or len(counts) != 1 or not _EQUALS.search(before):
        return None
    start, end = min(one.quantity.start for one in (*each, *counts)), claimed.quantity.start
    if not _EACH.search(desk.seen.text, max(0, start - 8), end):
        return None
    tree = Operation("×", _figure(desk, counts[0]), _figure(desk, each[0]))
    value = evaluate(tree)
    return Balance(tree, value, claimed, (*counts, *each, claimed), _fits(value, claimed.quantity.low))


def _ahead(desk: Desk, one: Said) -> str:
    return desk.seen.text[max(0, one.quantity.start - 16) : one.quantity.start]


_FORMS: tuple[Callable[[Desk, Said, Sequence[Said], str], Balance | None], ...] = (
    _difference,
    _part,
    _multiple,
    _growth,
    _product,
)
