"""Claims with figures, recomputed from the figures said around them; what must be true besides is named, never assumed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.expressions import Figure, Operation, common_divisor, evaluate, plain, written
from factcheck.text.extraction import Calculation, Suggestion
from factcheck.text.premises import (
    CLOSE,
    PER,
    PIECES,
    TIMES,
    Desk,
    Said,
    amount_each,
    amount_here,
    amounts_in_sentence,
    compared_with,
    count_of,
    figure,
    is_stated,
    lengths_before,
    stated_figures,
    unit_near,
)
from factcheck.text.ranking import Ranked
from factcheck.text.readings import Readings
from factcheck.text.view import View

_NEEDS = re.compile("需要?|要用|花|take|need|require", re.IGNORECASE)
_DIVISOR = re.compile("最大公约数|最大公因数|greatest common (?:divisor|factor)", re.IGNORECASE)
_GROWTH = re.compile(
    "增长|上升|提高|增加|上涨|涨|下降|下跌|减少|降低|跌|\\b(?:grew|rose|increas|up|gain|climb|fell|declin|decreas|down|drop)",
    re.IGNORECASE,
)
_FROM = re.compile("比|较|\\b(?:from|than|compared|versus)\\b", re.IGNORECASE)
_SHARE = re.compile("占|其中|\\bout of\\b|\\bof\\b|share|represent", re.IGNORECASE)
_TOTAL = re.compile("共|总计|合计|总共|\\btotal|altogether|combined", re.IGNORECASE)


Outcome = tuple[str, str, tuple[str, ...]]
"""The result, whether the claim holds, and what it needs."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A calculation and the suggestions its figures come from."""

    calculation: Calculation
    premises: tuple[str, ...]


def calculations(
    seen: View, found: Sequence[Ranked], claims: Sequence[Suggestion], read: Readings
) -> tuple[Worked, ...]:
    """Every claim that one of the known forms fits: a multiple, a coverage, a divisor, a growth or share, a total."""
    desk = Desk(seen, found, claims, read, stated_figures(found))
    made: list[Worked] = []
    for i, one in enumerate(found):
        if any(part.quantities for part in one.candidate.parts):
            made.extend(worked for form in _FORMS if (worked := form(desk, i)) is not None)
    return tuple(made)


def _multiple(desk: Desk, i: int) -> Worked | None:
    """N times V is K times as much as something: then that something must be N × V ÷ K."""
    ratio = next(
        (said for said in desk.said(i) if said.quantity.kind == "ratio" and said.quantity.low > 1), None
    )
    if ratio is None:
        return None
    count = count_of(desk, i)
    each = amount_each(desk, i) if count else amount_here(desk, i)
    if each is None:
        return None
    base: Figure | Operation = figure(desk, each, "each" if count else "amount")
    if count:
        base = Operation("×", figure(desk, count, "count"), base)
    return _solved(desk, i, base, ratio, [one for one in (count, each) if one])


def _solved(desk: Desk, i: int, base: Figure | Operation, ratio: Said, used: list[Said]) -> Worked:
    product = evaluate(base)
    factor = figure(desk, ratio, "ratio")
    needed = evaluate(Operation("÷", base, factor))
    unit = used[-1].quantity.unit or unit_near(desk, used[-1])
    against = compared_with(desk, i, ratio)
    stated = is_stated(desk, needed, unit)
    needs = (
        ()
        if stated
        else (
            f"{against} = {written(needed)} {unit}: 文中没有给出 / stated nowhere in the text".replace(
                "  ", " "
            ),
        )
    )
    expression = (
        f"{base} = {written(product)}; {written(product)} ÷ {written(factor.value)} = {written(needed)}"
    )
    return _worked(
        desk, i, expression, [*used, ratio], (plain(product), "yes" if stated else "conditional", needs)
    )


def _coverage(desk: Desk, i: int) -> Worked | None:
    """N goes of P pieces cover D seconds only at N × P ÷ D pieces per second."""
    said = desk.said(i)
    length = next((one for one in said if one.quantity.kind == "duration"), None)
    goes = next((one for one in reversed(said) if one.quantity.unit in TIMES and one.quantity.low > 1), None)
    pieces = next((one for one in said if one.quantity.unit in PIECES), None)
    if not (length and goes and pieces and PER.search(desk.text(i)) and _NEEDS.search(desk.text(i))):
        return None
    rate = Operation(
        "÷",
        Operation("×", figure(desk, goes, "goes"), figure(desk, pieces, "pieces per go")),
        figure(desk, length, "length"),
    )
    value = evaluate(rate)
    unit = f"{pieces.quantity.unit}/{length.quantity.unit}"
    stated = is_stated(desk, value, unit)
    needs = (
        ()
        if stated
        else (
            f"{written(value)} {unit}: 文中没有给出的每{length.quantity.unit}数量 / a rate stated nowhere in the text",
        )
    )
    return _worked(
        desk,
        i,
        f"{rate} = {written(value)} {unit}",
        [length, pieces, goes],
        (plain(value), "yes" if stated else "conditional", needs),
    )


def _divisor(desk: Desk, i: int) -> Worked | None:
    """The greatest common divisor of the lengths said before, against the one that is claimed."""
    claimed = next((said for said in desk.said(i) if said.quantity.low > 1), None)
    if claimed is None or not _DIVISOR.search(desk.text(i)):
        return None
    lengths = lengths_before(desk, i, claimed)
    if len(lengths) < 2:
        return None
    value = common_divisor([said.quantity.low for said in lengths])
    if not value:
        return None
    unit, names = lengths[0].quantity.unit, ", ".join(written(said.quantity.low) for said in lengths)
    expression = f"gcd({names}) {unit} = {written(value)} {unit}"
    if value == claimed.quantity.low:
        return _worked(desk, i, expression, [*lengths, claimed], (plain(value), "yes", ()))
    rate = claimed.quantity.low / value
    needs = (
        f"{written(rate)} / {unit}: 只有每{unit}{written(rate)}个时才得 {written(claimed.quantity.low)} / only so many per {unit} give {written(claimed.quantity.low)}; stated nowhere",
    )
    return _worked(desk, i, expression, [*lengths, claimed], (plain(value), "no", needs))


def _percentage(desk: Desk, i: int) -> Worked | None:
    """Two amounts of one measure and a growth, or a part of a whole and a share, said in one sentence."""
    percent = next((one for one in desk.said(i) if one.quantity.kind == "percent"), None)
    amounts = amounts_in_sentence(desk, i)
    if percent is None or len(amounts) != 2:
        return None
    first, second = (figure(desk, one, "amount") for one in amounts)
    if _GROWTH.search(desk.text(i)):
        between = desk.seen.text[amounts[0].quantity.end : amounts[1].quantity.start]
        before, after = (second, first) if _FROM.search(between) else (first, second)
        tree = Operation("÷", Operation("−", after, before), before)
    elif _SHARE.search(desk.text(i)) and first.value != second.value:
        low, high = sorted((first, second), key=lambda one: one.value)
        tree = Operation("÷", low, high)
    else:
        return None
    return _compare_percent(desk, i, tree, percent, [*amounts, percent])


def _compare_percent(desk: Desk, i: int, tree: Operation, percent: Said, used: list[Said]) -> Worked:
    value = abs(evaluate(tree)) * 100
    holds = abs(value - percent.quantity.low) <= max(Decimal("0.5"), percent.quantity.low * CLOSE)
    needs = () if holds else (f"{written(value)} % 而不是 / not {written(percent.quantity.low)} %",)
    return _worked(
        desk,
        i,
        f"{tree} = {written(value)} %",
        used,
        (plain(round(value, 3)), "yes" if holds else "no", needs),
    )


def _total(desk: Desk, i: int) -> Worked | None:
    """N at V each, T in total."""
    said, text = desk.said(i), desk.text(i)
    amounts = [one for one in said if one.quantity.kind in ("amount", "money") and one.quantity.low > 0]
    if len(amounts) != 3 or not (_TOTAL.search(text) and PER.search(text)):
        return None
    total = max(amounts, key=lambda one: one.quantity.low)
    rest = [one for one in amounts if one is not total]
    tree = Operation("×", figure(desk, rest[0], "count"), figure(desk, rest[1], "each"))
    value = evaluate(tree)
    holds = abs(value - total.quantity.low) <= value * CLOSE
    needs = () if holds else (f"{written(value)} 而不是 / not {written(total.quantity.low)}",)
    return _worked(
        desk, i, f"{tree} = {written(value)}", [*rest, total], (plain(value), "yes" if holds else "no", needs)
    )


_FORMS: tuple[Callable[[Desk, int], Worked | None], ...] = (
    _multiple,
    _coverage,
    _divisor,
    _percentage,
    _total,
)


def _worked(desk: Desk, i: int, expression: str, used: Sequence[Said], outcome: Outcome) -> Worked:
    given = tuple(
        (desk.words(said), plain(said.quantity.low), said.quantity.unit or unit_near(desk, said))
        for said in used
    )
    premises = tuple(dict.fromkeys(desk.claims[said.claim].id for said in used))
    return Worked(Calculation(desk.claims[i].id, expression, given, *outcome), premises)
