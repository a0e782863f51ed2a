"""A small tree of arithmetic over named figures with units: written out, evaluated, and solved by hand, never by eval."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import gcd


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it was said, with what it counts."""

    name: str
    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{exactly(self.value)} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Operation:
    """left sign right; sign is one of × ÷ + −."""

    sign: str
    left: "Figure | Operation"
    right: "Figure | Operation"

    def __str__(self) -> str:
        right = f"({self.right})" if isinstance(self.right, Operation) else str(self.right)
        weak = isinstance(self.left, Operation) and self.left.sign in "+−" and self.sign in "×÷"
        return f"({self.left}) {self.sign} {right}" if weak else f"{self.left} {self.sign} {right}"


def evaluate(node: Figure | Operation) -> Decimal:
    """The value to 28 digits; raises `ZeroDivisionError` (decimal.DivisionByZero) for what has none."""
    if isinstance(node, Figure):
        return node.value
    left, right = evaluate(node.left), evaluate(node.right)
    with localcontext() as context:
        context.prec = 28
        if node.sign == "×":
            return left * right
        if node.sign == "÷":
            return left / right
        return left + right if node.sign == "+" else left - right


def common_divisor(values: list[Decimal]) -> Decimal:
    """The greatest common divisor of whole numbers; zero if one is not whole."""
    if any(value != value.to_integral_value() for value in values):
        return Decimal(0)
    return Decimal(gcd(*(int(value) for value in values)))


def written(value: Decimal) -> str:
    """Three digits and a power of ten for what is large or tiny, else the plain number."""
    if value and (abs(value) >= 10**6 or abs(value) < Decimal("0.001")):
        mantissa, _, power = f"{value:.2e}".partition("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(power)}"
    return plain(value if value == value.to_integral_value() else round(value, 3))


def exactly(value: Decimal) -> str:
    """All digits, in powers of ten where the number is large: what is given is never rounded in an equation."""
    if abs(value) < 10**6:
        return plain(value)
    mantissa, _, power = f"{value.normalize():E}".partition("E")
    whole = Decimal(mantissa)
    shift = max(0, len(str(int(abs(whole)))) - 1)
    return f"{plain(whole.scaleb(-shift))}e{int(power or 0) + shift}"


def plain(value: Decimal) -> str:
    """The number in full, without an exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
