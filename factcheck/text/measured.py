"""Amounts with units: what may be added, what a product counts, and when two amounts cannot be compared."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from functools import cache
from importlib import resources
from math import gcd

from factcheck.errors import Refused

DIGITS = 34
LARGEST_POWER = 60
"""Powers of ten beyond which an amount is refused: nothing that anybody claims is larger."""
_ARITHMETIC = Context(prec=DIGITS, Emax=9999, Emin=-9999, traps=[InvalidOperation, DivisionByZero, Overflow])

Unit = tuple[tuple[str, int], ...]
"""Each name with its power, sorted: 张/s is (("s", -1), ("张", 1)); the empty one is a plain number."""

PLAIN: Unit = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of something; raises `Refused` for what cannot be: 3 s + 2 张, a division by zero, an endless number."""

    value: Decimal
    unit: Unit = PLAIN

    def __add__(self, other: "Amount") -> "Amount":
        self.like(other, "added")
        return _amount(self, "+", other, self.unit)

    def __sub__(self, other: "Amount") -> "Amount":
        self.like(other, "subtracted")
        return _amount(self, "-", other, self.unit)

    def __mul__(self, other: "Amount") -> "Amount":
        return _amount(self, "*", other, _joined(self.unit, other.unit, 1))

    def __truediv__(self, other: "Amount") -> "Amount":
        if other.value == 0:
            raise Refused(f"{self} cannot be divided by zero.", remedy="look at what is divided by")
        return _amount(self, "/", other, _joined(self.unit, other.unit, -1))

    def __neg__(self) -> "Amount":
        return Amount(-self.value, self.unit)

    def power(self, exponent: int) -> "Amount":
        """The amount multiplied with itself; a negative exponent divides."""
        product = Amount(Decimal(1))
        for _ in range(abs(exponent)):
            product = product * self if exponent > 0 else product / self
        return product

    def compared(self, sign: str, other: "Amount", close: Decimal) -> bool:
        """Whether self sign other; `=` allows a difference of `close` as a share of the larger one."""
        self.like(other, "compared")
        if sign == "=":
            return abs(self.value - other.value) <= close * max(abs(self.value), abs(other.value))
        return {
            ">": self.value > other.value, "<": self.value < other.value,
            "≥": self.value >= other.value, "≤": self.value <= other.value,
        }[sign]  # fmt: skip

    def like(self, other: "Amount", done: str) -> None:
        """Refused when the other counts something else; `done` says what cannot be done with the two."""
        if self.unit != other.unit:
            raise Refused(
                f"{self} and {other} cannot be {done}: {named(self.unit)} and {named(other.unit)} are different units.",
                remedy="give both the same unit",
            )

    def __str__(self) -> str:
        return f"{told(self.value)} {spelled(self.unit)}".strip()


def common_divisor(amounts: Iterable[Amount]) -> Amount:
    """The greatest common divisor of whole amounts of one unit. Refused for others."""
    first, *others = amounts
    for other in others:
        first.like(other, "divided in common")
    values = [first.value, *(each.value for each in others)]
    if any(value != value.to_integral_value() or not value for value in values):
        raise Refused(
            "a common divisor needs whole numbers.",
            seen=", ".join(map(told, values)),
            remedy="use whole ones",
        )
    return Amount(Decimal(gcd(*map(int, values))), first.unit)


def _amount(left: Amount, sign: str, right: Amount, unit: Unit) -> Amount:
    act = {
        "+": _ARITHMETIC.add,
        "-": _ARITHMETIC.subtract,
        "*": _ARITHMETIC.multiply,
        "/": _ARITHMETIC.divide,
    }
    try:
        return Amount(bounded(act[sign](left.value, right.value)), unit)
    except DecimalException as error:
        raise _too_large() from error


def bounded(value: Decimal) -> Decimal:
    """The value itself, if it is a number that somebody could mean; Refused for others."""
    if not value.is_finite() or (value and abs(value.adjusted()) > LARGEST_POWER):
        raise _too_large()
    return value


def _too_large() -> Refused:
    return Refused(
        f"the result lies beyond 1e{LARGEST_POWER}, or is no number.", remedy="look at powers and scales"
    )


def _joined(one: Unit, two: Unit, sign: int) -> Unit:
    powers = Counter(dict(one))
    for name, power in two:
        powers[name] += sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def unit_of(words: str) -> Amount:
    """How much one of a written unit is, in the units that everything is counted in: min is 60 s, 张/min is 1/60 张/s."""
    one = Amount(Decimal(1))
    for number, name in enumerate(words.split("/")):
        factor = _one(name.strip()) if name.strip() else Amount(Decimal(1))
        one = one / factor if number else one * factor
    return one


def _one(name: str) -> Amount:
    known = _units().get(name) or _units().get(name.lower()) or _units().get(_singular(name))
    if known is not None:
        return known
    return Amount(Decimal(1), ((_singular(name), 1),))


def _singular(name: str) -> str:
    plain = name.lower() if name.isascii() else name
    return plain[:-1] if plain.isascii() and len(plain) > 3 and plain[-1] == "s" != plain[-2] else plain


@cache
def _units() -> Mapping[str, Amount]:
    """Every name of every known unit, and what one of it is."""
    table = tomllib.loads(resources.files("factcheck").joinpath("data", "units.toml").read_text("utf-8"))
    return {
        name: _known(entry) for entry in table["unit"] for name in (entry["name"], *entry.get("same", ()))
    }


def _known(entry: Mapping[str, str]) -> Amount:
    of = entry.get("of", entry["name"])
    return Amount(Decimal(entry.get("factor", "1")), ((of, 1),) if of else PLAIN)


def spelled(unit: Unit) -> str:
    """The unit as people write it: 张/s, USD, m^2; nothing for a plain number."""
    above = [_powered(name, power) for name, power in unit if power > 0]
    below = [_powered(name, -power) for name, power in unit if power < 0]
    return "·".join(above) + "".join(f"/{each}" for each in below)


def named(unit: Unit) -> str:
    """The unit in a sentence: a plain number has a name too."""
    return spelled(unit) or "a plain number"


def _powered(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


def told(value: Decimal, most: int = 12) -> str:
    """Every digit where there are at most `most`, else the first six; powers of ten for what is large or tiny."""
    exact = value.normalize(Context(prec=200))
    if len(exact.as_tuple().digits) > most:
        exact = exact.normalize(Context(prec=6))
    if exact and not -6 < exact.adjusted() < 9:
        mantissa, _, power = f"{exact:E}".partition("E")
        return f"{mantissa}e{int(power)}"
    return f"{exact:f}"
