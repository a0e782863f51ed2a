"""Claims with figures, recomputed from the figures said around them; what must be true besides is named, never assumed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from factcheck.text.balances import balance
from factcheck.text.changes import minus, outcome_of, told_of
from factcheck.text.expressions import Figure, Operation, common_divisor, evaluate, exactly, plain, written
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
_TOTAL = re.compile("共|总计|合计|总共|\\btotal|altogether|combined", re.IGNORECASE)
_EACH = re.compile(
    "(?:每|单)[^，#]{1,10}#|(?:\\beach|\\bevery)\\b[\\w ]{0,30}#|# ?(?:each|apiece|a piece|per)\\b",
    re.IGNORECASE,
)
_SUMMED = re.compile(
    "(?:共|总计|合计)[^，#]{0,8}#|\\btotal[\\w ]{0,16}#|# ?(?:in total|altogether|all told)", re.IGNORECASE
)
_BESIDES = re.compile(
    "含|税|另|加上|外加|运费|折|减|优惠|除|其余|\\b(?:plus|including|excluding|tax|discount|besides|extra|off|without|except)\\b",
    re.IGNORECASE,
)
_EQUALLY = re.compile(
    "[,，]? ?(?:(?:or|that is|which is|this is|it is|is|was|were|about|roughly|almost|nearly) ?){0,3}"
)
_EQUALLY_ZH = re.compile(
    "[，,]?(?:也就)?(?:正好|大约|约|几乎|差不多|恰好)?(?:是|为|相当于|等于)[^，。#]{1,20}"
)
_COMPARES = re.compile(
    " ?(?:(?:more|higher|larger|bigger|greater|costlier|dearer)(?: \\w+)? than|as|the|that|what)\\b",
    re.IGNORECASE,
)
_LESS = re.compile("[少低小]|便宜|less|lower|smaller|fewer|cheaper|faster", re.IGNORECASE)


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
            fitted = [worked for form in _FORMS if (worked := _fitted(form, desk, i)) is not None]
            made += fitted or filter(None, [_fitted(_balanced, desk, i)])
    return tuple(made)


def _balanced(desk: Desk, i: int) -> Worked | None:
    """Three figures of the sentence that ought to fit together, where no closer form fits."""
    found = balance(desk, i)
    if found is None:
        return None
    said = exactly(found.claimed.quantity.low)
    needs = () if found.holds else (f"{exactly(found.value)} 而不是 / not {said}",)
    outcome = (plain(round(found.value, 3)), "yes" if found.holds else "no", needs)
    return _worked(desk, i, str(found), list(found.used), outcome)


def _fitted(form: Callable[[Desk, int], Worked | None], desk: Desk, i: int) -> Worked | None:
    """What the form makes of the claim; nothing where it has no value, as with pictures in 0 seconds."""
    try:
        return form(desk, i)
    except ArithmeticError:
        return None


def _multiple(desk: Desk, i: int) -> Worked | None:
    """N times V is K times as much as something: then that something must be N × V ÷ K."""
    ratio = next(
        (said for said in desk.said(i) if said.quantity.kind == "ratio" and said.quantity.low > 1), None
    )
    if ratio is None:
        return None
    count = count_of(desk, i)
    each = amount_each(desk, i) if count else amount_here(desk, i)
    if each is None or not _is_multiple(desk, i, ratio, None if count else each):
        return None
    base: Figure | Operation = figure(desk, each, "each" if count else "amount")
    if count:
        base = Operation("×", figure(desk, count, "count"), base)
    return _solved(desk, i, base, ratio, [one for one in (count, each) if one])


def _is_multiple(desk: Desk, i: int, ratio: Said, amount: Said | None) -> bool:
    """Whether the words say K times as much, and say it of this amount: not 3 times a week, not 3 times less."""
    text, end = desk.seen.text, desk.found[i].candidate.span.end
    words = desk.words(ratio)
    if _LESS.search(text, ratio.quantity.start - 6, min(end, ratio.quantity.end + 12)):
        return False
    if words.isascii() and not _COMPARES.match(text, ratio.quantity.end, end):
        return False
    if amount is None:
        return True
    gap = text[amount.quantity.end : ratio.quantity.start]
    return amount.quantity.end <= ratio.quantity.start and bool(
        (_EQUALLY if words.isascii() else _EQUALLY_ZH).fullmatch(gap)
    )


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
        f"{base} = {exactly(product)}; {exactly(product)} ÷ {written(factor.value)} = {written(needed)}"
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
    """Two amounts and the change or the share that is said of them, where it is certain which is the base."""
    told = told_of(desk, i)
    if told is None:
        return None
    unit = told.base.quantity.unit or told.other.quantity.unit
    before, after = (Figure("amount", one.quantity.low, unit) for one in (told.base, told.other))
    tree = (
        Operation("÷", Operation("−", after, before), before) if told.sign else Operation("÷", after, before)
    )
    value = evaluate(tree) * 100
    outcome = outcome_of(desk, told, value)
    if outcome[1] != "yes" and not told.firm:
        return None
    used = sorted((told.base, told.other), key=lambda one: one.quantity.start)
    return _worked(desk, i, f"{tree} = {minus(written(value))} %", [*used, told.percent], outcome)


def _total(desk: Desk, i: int) -> Worked | None:
    """N at V each, T in total, and nothing else that costs or counts in that sentence."""
    said, text = desk.said(i), desk.text(i)
    if len(said) != 3 or not (_TOTAL.search(text) and len(PER.findall(text)) == 1) or _BESIDES.search(text):
        return None
    each, total = _the_one(desk, i, said, _EACH), _the_one(desk, i, said, _SUMMED)
    if each is None or total is None or each is total:
        return None
    count = next(one for one in said if one is not each and one is not total)
    if (
        count.quantity.kind != "amount"
        or each.quantity.unit != total.quantity.unit
        or count.quantity.unit == each.quantity.unit
    ):
        return None
    tree = Operation("×", figure(desk, count, "count"), figure(desk, each, "each"))
    value = evaluate(tree)
    holds = abs(value - total.quantity.low) <= value * CLOSE
    if not holds and any(
        one.quantity.compare != "=" or one.quantity.low != one.quantity.high for one in said
    ):
        return None
    needs = () if holds else (f"{exactly(value)} 而不是 / not {exactly(total.quantity.low)}",)
    outcome = (plain(value), "yes" if holds else "no", needs)
    return _worked(desk, i, f"{tree} = {exactly(value)}", [count, each, total], outcome)


def _the_one(desk: Desk, i: int, said: Sequence[Said], words: re.Pattern[str]) -> Said | None:
    """The only figure of the claim with these words around it; `#` stands for the figure."""
    fits = [
        one
        for one in said
        if one.quantity.kind in ("amount", "money") and words.search(_around(desk, i, one))
    ]
    return fits[0] if len(fits) == 1 else None


def _around(desk: Desk, i: int, one: Said) -> str:
    span, text = desk.found[i].candidate.span, desk.seen.text
    others = sorted(
        other.quantity.start for other in desk.said(i) if other.quantity.start > one.quantity.start
    )
    before = max(
        [span.start, *(o.quantity.end for o in desk.said(i) if o.quantity.end <= one.quantity.start)]
    )
    after = min([span.end, *others])
    return f"{text[before : one.quantity.start]}#{text[one.quantity.end : after]}"


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
