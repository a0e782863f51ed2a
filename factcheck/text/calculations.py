"""Claims with figures, recomputed from the figures said around them; what must be true besides is named, never assumed."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.expressions import Figure, Operation, common_divisor, evaluate, plain, written
from factcheck.text.extraction import Calculation, Suggestion
from factcheck.text.quantities import Quantity
from factcheck.text.ranking import Ranked
from factcheck.text.readings import Readings
from factcheck.text.spans import Span
from factcheck.text.view import View

_WINDOW = 8
"""Suggestions before a claim in which its premises are looked for."""

_CLOSE = Decimal("0.02")
_PER = re.compile(
    "单[次个台张件位人]|每[一]?[次个台张件位人名年天月场]|一次|\\bper\\b|\\beach\\b|\\bevery\\b|\\bsingle\\b",
    re.IGNORECASE,
)
_NEEDS = re.compile("需要?|要用|花|take|need|require", re.IGNORECASE)
_DIVISOR = re.compile("最大公约数|最大公因数|greatest common (?:divisor|factor)", re.IGNORECASE)
_GROWTH = re.compile(
    "增长|上升|提高|增加|上涨|涨|下降|下跌|减少|降低|跌|\\b(?:grew|rose|increas|up|gain|climb|fell|declin|decreas|down|drop)",
    re.IGNORECASE,
)
_FROM = re.compile("从|由|比|\\bfrom\\b", re.IGNORECASE)
_THAN = re.compile("比|\\bto\\b[^.]{0,40}\\bfrom\\b", re.IGNORECASE)
_SHARE = re.compile("占|其中|\\bout of\\b|\\bof\\b|share|represent", re.IGNORECASE)
_TOTAL = re.compile("共|总计|合计|总共|\\btotal|altogether|combined", re.IGNORECASE)
_COMPARED = re.compile(
    "(?:是|为|达到?|相当于|等于|超过|高于|比)(?P<name>[^，。是为]{1,24}?)(?:的|大约|约|高|多)?$"
)
_COMPARED_EN = re.compile(
    " ?(?:more |less |higher |larger |bigger |greater )?(?:than |that of |as (?:much|many|large|expensive) as |the )(?P<name>[\\w' -]{1,30}?)(?=[,.;]|$| (?:and|but|in|on|at|for|last|per) )",
    re.IGNORECASE,
)
_TIMES = frozenset(
    {"次", "遍", "轮", "趟", "回", "time", "times", "pass", "run", "call", "step", "inference"}
)
_PIECES = frozenset(
    {"张", "帧", "个", "件", "页", "条", "frame", "image", "picture", "page", "unit", "piece"}
)


@dataclass(frozen=True, slots=True)
class Worked:
    """A calculation and the suggestions its figures come from."""

    calculation: Calculation
    premises: tuple[str, ...]


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

    def text(self, i: int) -> str:
        span = self.found[i].candidate.span
        return self.seen.text[span.start : span.end]

    def said(self, i: int) -> list[Said]:
        return [Said(quantity, i) for part in self.found[i].candidate.parts for quantity in part.quantities]

    def before(self, i: int) -> Iterator[Said]:
        """Figures of this claim, then of those before it, nearest first."""
        for j in range(i, max(-1, i - _WINDOW - 1), -1):
            yield from self.said(j)


def calculations(
    seen: View, found: Sequence[Ranked], claims: Sequence[Suggestion], read: Readings
) -> tuple[Worked, ...]:
    """Every claim that one of the known forms fits: a multiple, a coverage, a divisor, a growth or share, a total."""
    desk = Desk(seen, found, claims, read)
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
    count = _count(desk, i)
    each = _each(desk, i) if count else _amount(desk, i)
    if each is None:
        return None
    base: Figure | Operation = _figure(desk, each, "each" if count else "amount")
    if count:
        base = Operation("×", _figure(desk, count, "count"), base)
    return _solved(desk, i, base, ratio, [one for one in (count, each) if one])


def _solved(desk: Desk, i: int, base: Figure | Operation, ratio: Said, used: list[Said]) -> Worked:
    product = evaluate(base)
    factor = _figure(desk, ratio, "ratio")
    needed = evaluate(Operation("÷", base, factor))
    unit = next((said.quantity.unit for said in reversed(used) if said.quantity.unit), "")
    unit = unit or _unit_near(desk, used[-1])
    against = _compared_with(desk, i, ratio)
    stated = _stated(desk, needed, unit)
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
        desk, i, expression, [*used, ratio], plain(product), "yes" if stated else "conditional", needs
    )


def _coverage(desk: Desk, i: int) -> Worked | None:
    """N goes of P pieces cover D seconds only at N × P ÷ D pieces per second."""
    said = desk.said(i)
    length = next((one for one in said if one.quantity.kind == "duration"), None)
    goes = next((one for one in reversed(said) if one.quantity.unit in _TIMES and one.quantity.low > 1), None)
    pieces = next((one for one in said if one.quantity.unit in _PIECES), None)
    if not (length and goes and pieces and _PER.search(desk.text(i)) and _NEEDS.search(desk.text(i))):
        return None
    rate = Operation(
        "÷",
        Operation("×", _figure(desk, goes, "goes"), _figure(desk, pieces, "pieces per go")),
        _figure(desk, length, "length"),
    )
    value = evaluate(rate)
    unit = f"{pieces.quantity.unit}/{length.quantity.unit}"
    stated = _stated(desk, value, unit)
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
        plain(value),
        "yes" if stated else "conditional",
        needs,
    )


def _divisor(desk: Desk, i: int) -> Worked | None:
    """The greatest common divisor of the lengths said before, against the one that is claimed."""
    claimed = next((said for said in desk.said(i) if said.quantity.low > 1), None)
    if claimed is None or not _DIVISOR.search(desk.text(i)):
        return None
    lengths = _alike_before(desk, i, claimed)
    if len(lengths) < 2:
        return None
    value = common_divisor([said.quantity.low for said in lengths])
    if not value:
        return None
    unit, names = lengths[0].quantity.unit, ", ".join(written(said.quantity.low) for said in lengths)
    expression = f"gcd({names}) {unit} = {written(value)} {unit}"
    if value == claimed.quantity.low:
        return _worked(desk, i, expression, [*lengths, claimed], plain(value), "yes", ())
    rate = claimed.quantity.low / value
    needs = (
        f"{written(rate)} / {unit}: 只有每{unit}{written(rate)}个时才得 {written(claimed.quantity.low)} / only so many per {unit} give {written(claimed.quantity.low)}; stated nowhere",
    )
    return _worked(desk, i, expression, [*lengths, claimed], plain(value), "no", needs)


def _percentage(desk: Desk, i: int) -> Worked | None:
    """A from-to with a growth, or a part of a whole with a share, in one claim."""
    said, text = desk.said(i), desk.text(i)
    percent = next((one for one in said if one.quantity.kind == "percent"), None)
    amounts = [
        one for one in said if one.quantity.kind in ("amount", "money", "bare") and one.quantity.low > 0
    ]
    if len(amounts) == 1 and i and _one_sentence(desk, i - 1, i):
        amounts = [*(one for one in desk.said(i - 1) if _same_measure(one, amounts[0])), *amounts]
    if percent is None or len(amounts) != 2 or not _same_measure(*amounts):
        return None
    first, second = (_figure(desk, one, name) for one, name in zip(amounts, ("first", "second"), strict=True))
    if _GROWTH.search(text) and _FROM.search(text):
        turned = amounts[0].claim != i or bool(_THAN.search(text))
        before, after = (second, first) if turned else (first, second)
        tree = Operation("÷", Operation("−", after, before), before)
    elif _SHARE.search(text) and first.value != second.value:
        tree = Operation(
            "÷", min(first, second, key=lambda one: one.value), max(first, second, key=lambda one: one.value)
        )
    else:
        return None
    return _compare_percent(desk, i, tree, percent, [*amounts, percent])


def _compare_percent(desk: Desk, i: int, tree: Operation, percent: Said, used: list[Said]) -> Worked:
    value = abs(evaluate(tree)) * 100
    holds = abs(value - percent.quantity.low) <= max(Decimal("0.5"), percent.quantity.low * _CLOSE)
    needs = () if holds else (f"{written(value)} % 而不是 / not {written(percent.quantity.low)} %",)
    return _worked(
        desk, i, f"{tree} = {written(value)} %", used, plain(round(value, 3)), "yes" if holds else "no", needs
    )


def _total(desk: Desk, i: int) -> Worked | None:
    """N at V each, T in total."""
    said, text = desk.said(i), desk.text(i)
    amounts = [one for one in said if one.quantity.kind in ("amount", "money") and one.quantity.low > 0]
    if len(amounts) != 3 or not (_TOTAL.search(text) and _PER.search(text)):
        return None
    total = max(amounts, key=lambda one: one.quantity.low)
    rest = [one for one in amounts if one is not total]
    tree = Operation("×", _figure(desk, rest[0], "count"), _figure(desk, rest[1], "each"))
    value = evaluate(tree)
    holds = abs(value - total.quantity.low) <= value * _CLOSE
    needs = () if holds else (f"{written(value)} 而不是 / not {written(total.quantity.low)}",)
    return _worked(
        desk, i, f"{tree} = {written(value)}", [*rest, total], plain(value), "yes" if holds else "no", needs
    )


_FORMS: tuple[Callable[[Desk, int], Worked | None], ...] = (
    _multiple,
    _coverage,
    _divisor,
    _percentage,
    _total,
)


_POINTS_BACK = re.compile("(?:that|this|it|these|those|这|那|它|其|总)", re.IGNORECASE)


def _count(desk: Desk, i: int) -> Said | None:
    """How many goes: said in the claim, or just before one that only points back."""
    here = next((said for said in desk.said(i) if _is_count(said)), None)
    if here or not _POINTS_BACK.match(desk.text(i)) or len(desk.said(i)) > 1:
        return here
    return next((said for said in desk.before(i) if i - said.claim <= 2 and _is_count(said)), None)


def _is_count(said: Said) -> bool:
    return said.quantity.unit in _TIMES and said.quantity.kind == "amount"


def _each(desk: Desk, i: int) -> Said | None:
    """The nearest amount said to be for one go."""
    for said in desk.before(i):
        text = desk.text(said.claim)
        amount = said.quantity.kind in ("amount", "money") and said.quantity.unit not in _TIMES | _PIECES
        if amount and said.quantity.low > 1 and _PER.search(text):
            return said
    return None


def _amount(desk: Desk, i: int) -> Said | None:
    return next(
        (
            said
            for said in desk.said(i)
            if said.quantity.kind in ("money", "amount", "duration") and said.quantity.low > 1
        ),
        None,
    )


def _alike_before(desk: Desk, i: int, claimed: Said) -> list[Said]:
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


def _one_sentence(desk: Desk, i: int, j: int) -> bool:
    """Whether no sentence ended between these two suggestions."""
    between = desk.seen.text[desk.found[i].candidate.span.end : desk.found[j].candidate.span.start]
    return not re.search("[。！？!?\\n]|[.] ", between)


def _same_measure(a: Said, b: Said) -> bool:
    return a.quantity.unit == b.quantity.unit or not a.quantity.unit or not b.quantity.unit


def _unit_near(desk: Desk, said: Said) -> str:
    """The unit of the same figure where it is said with one: 30 亿 is 30 亿参数 a sentence before."""
    for other in desk.before(said.claim):
        if other.quantity.low == said.quantity.low and other.quantity.unit:
            return other.quantity.unit
    return ""


def _compared_with(desk: Desk, i: int, ratio: Said) -> str:
    span = desk.found[i].candidate.span
    words = desk.read.repaired(desk.seen.text, Span(span.start, ratio.quantity.start))
    after = desk.read.repaired(desk.seen.text, Span(ratio.quantity.end, span.end))
    match = _COMPARED.search(words) or _COMPARED_EN.match(after)
    return match["name"].strip() if match else "比较的对象/the compared amount"


def _stated(desk: Desk, value: Decimal, unit: str) -> bool:
    for one in desk.found:
        for quantity in (quantity for part in one.candidate.parts for quantity in part.quantities):
            if quantity.unit == unit and value and abs(quantity.low - value) <= value * _CLOSE:
                return True
    return False


def _figure(desk: Desk, said: Said, name: str) -> Figure:
    return Figure(name, said.quantity.low, said.quantity.unit or _unit_near(desk, said))


def _worked(
    desk: Desk, i: int, expression: str, used: Sequence[Said], result: str, holds: str, needs: tuple[str, ...]
) -> Worked:
    given = tuple(
        (
            desk.seen.text[said.quantity.start : said.quantity.end],
            plain(said.quantity.low),
            said.quantity.unit or _unit_near(desk, said),
        )
        for said in used
    )
    premises = tuple(dict.fromkeys(desk.claims[said.claim].id for said in used))
    return Worked(Calculation(desk.claims[i].id, expression, given, result, holds, needs), premises)
