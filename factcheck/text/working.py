"""A calculation by hand: an expression, its premises, what it comes to, and what would have to be true for it to hold."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from factcheck.errors import Refused, Usage
from factcheck.text.formulas import Formula, amount, formula, names_of, solved, worth
from factcheck.text.measured import PLAIN, Amount, spelled, told, unit_of
from factcheck.text.premises import CLOSE
from factcheck.text.quantities import quantities

Holds = Literal["yes", "no", "conditional", "unknown"]
MOST = 12
"""Premises of one calculation."""

_SCALED = re.compile("[万亿]")
_PERCENT = re.compile(r"[%‰]|\b(?:growth|share)\b|percent")
_GIVEN = re.compile(
    r"\s*(?P<name>[^\W\d]\w{0,39})\s*=\s*(?P<amount>[^:：]{1,80}?)\s*(?:[:：]\s*(?P<where>.*))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Premise:
    """A named figure: its value, its unit as it is written, and `words` where nobody says it but the person who assumes it."""

    name: str
    value: Decimal
    unit: str
    words: str = ""

    @property
    def amount(self) -> Amount:
        """How much it is, in the units that everything is counted in."""
        return unit_of(self.unit) * Amount(self.value)

    def __str__(self) -> str:
        return f"{self.name} = {told(self.value, most=200)} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Worked:
    """What a calculation comes to: `holds` is yes, no, conditional or unknown; `needs` is what nobody has said."""

    result: str
    holds: Holds
    needs: tuple[str, ...]


def worked(expression: str, premises: Sequence[Premise]) -> Worked:
    """Work an expression out on its premises.

    One side alone has a result and asks nothing (`unknown`). Two sides are compared: `=` holds within two per cent,
    ≥ ≤ > < exactly. One name without a value, on the sides of `=`, is solved: what is claimed then holds only if
    that is so. Premises that somebody assumes make a `yes` conditional. Usage for what cannot be read, Refused in
    one sentence for what cannot be worked out.
    """
    given = _given(premises)
    read = formula(expression)
    unknown = _unknown(read, given)
    for name in given:
        if name not in {*names_of(read.left), *names_of(read.right)}:
            raise Refused(
                f"{name} is given and stands nowhere in the expression.",
                remedy=f"leave it away, or write it with an operator: 60 * {name}",
            )
    assumed = tuple(f"{each}: {each.words}" for each in premises if each.words)
    if unknown:
        return _solution(expression, read, unknown, given, assumed)
    left = worth(read.left, given)
    if not read.sign:
        return Worked(_shown(left, expression), "unknown", assumed)
    right = worth(read.right, given)
    true = left.compared(read.sign, right, CLOSE)
    result = f"{_shown(left, expression)} {read.sign if true else _OTHERWISE[read.sign]} {_shown(right, expression)}"
    return Worked(result, ("conditional" if assumed else "yes") if true else "no", assumed)


_OTHERWISE = {"=": "≠", "≥": "<", "≤": ">", ">": "≤", "<": "≥"}


def _given(premises: Sequence[Premise]) -> dict[str, Amount]:
    if len(premises) > MOST:
        raise Refused(
            f"a calculation has at most {MOST} premises.",
            seen=f"{len(premises)}",
            remedy="leave some of them away",
        )
    given = {each.name: each.amount for each in premises}
    if len(given) < len(premises):
        names = [each.name for each in premises]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused(f"{twice} is given twice.", remedy="give each name once")
    return given


def _unknown(read: Formula, given: dict[str, Amount]) -> str:
    """The one name that has no value; "" when all have one."""
    sides = (read.left, read.right) if read.sign else (read.left,)
    names = [name for side in sides for name in names_of(side) if name not in given]
    if len(set(names)) > 1:
        listed = ", ".join(dict.fromkeys(names))
        raise Refused(
            f"only one name may be without a value: {listed}.",
            remedy='give the others: --given "x = 30 张/s: C6"',
        )
    if names and read.sign != "=":
        raise Refused(
            f"{names[0]} has no value, and no equation says what it must be.",
            remedy=f'give it (--given "{names[0]} = 30: C6"), or write an equation with =',
        )
    if len(names) > 1:
        raise Refused(
            f"{names[0]} stands there twice and has no value.",
            remedy="write the equation so that it stands there once",
        )
    return names[0] if names else ""


def _solution(
    expression: str, read: Formula, unknown: str, given: dict[str, Amount], assumed: tuple[str, ...]
) -> Worked:
    turned = unknown in names_of(read.right)
    side, other = (read.right, read.left) if turned else (read.left, read.right)
    found = f"{unknown} = {_shown(solved(side, worth(other, given), given), expression)}"
    return Worked(found, "conditional", (*assumed, found))


def _shown(found: Amount, expression: str) -> str:
    """The amount, and beside it the same in 万 and 亿, or as a percentage, where the expression speaks so."""
    text = str(found)
    if _SCALED.search(expression) and abs(found.value) >= 10**4:
        unit = spelled(found.unit)
        return f"{text} ({in_scale(found.value)}{' ' if unit and unit.isascii() else ''}{unit})"
    if found.unit == PLAIN and _PERCENT.search(expression):
        return f"{text} ({told(found.value * 100)} %)"
    return text


def in_scale(value: Decimal) -> str:
    """A large number as it is said in Chinese: 1.8e11 is 1800 亿, 5e12 is 5 万亿."""
    for scale, power in (("万亿", 12), ("亿", 8), ("万", 4)):
        if abs(value) >= Decimal(10) ** power:
            return f"{told(value.scaleb(-power))} {scale}"
    return told(value)


def read_premise(text: str) -> tuple[Premise, str]:
    """`NAME = NUMBER [UNIT]: WHERE` as a premise and where it comes from. Usage for anything else."""
    match = _GIVEN.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None or not (match["where"] or "").strip():
        raise Usage(
            "a premise is a name, a value, and where it comes from.",
            seen=repr(text[:80]),
            remedy='write "rate = 30 张/s: C6", "rate = 30 张/s: S1:120-131", or in words "rate = 30 张/s: nobody says it"',
        )
    value, unit = amount(match["amount"])
    return Premise(unicodedata.normalize("NFKC", match["name"]), value, unit), match["where"].strip()


def says(words: str, value: Decimal) -> bool:
    """Whether these words say this figure: as a quantity, or in its digits."""
    found = quantities(words, 0, len(words))
    digits = re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", words).replace(",", ""))
    try:
        return any(value in (each.low, each.high) for each in found) or any(
            Decimal(each) == value for each in digits
        )
    except InvalidOperation:
        return False
