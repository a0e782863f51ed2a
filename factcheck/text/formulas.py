"""Arithmetic as people type it, read into a tree and worked out on amounts with units; nothing is ever evaluated as code."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from factcheck.errors import Refused, Usage
from factcheck.text.measured import Amount, bounded, common_divisor, unit_of

LONGEST = 300
"""Characters of an expression."""
DEEPEST = 24
"""Brackets inside each other."""
HIGHEST = 9
"""The largest exponent that may be written."""

SCALES = {
    "万亿": 12, "千万": 7, "百万": 6, "亿": 8, "万": 4, "trillion": 12, "billion": 9, "million": 6, "thousand": 3,
}  # fmt: skip
FUNCTIONS = ("gcd", "growth", "share", "sum")
_NO_NAMES = frozenset({"nan", "snan", "inf", "infinity"})
_WORD = r"[^\W\d_]+"
_NUMBER = (
    r"(?P<money>[$€£¥])? ?(?P<digits>\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?)"
    rf"(?: ?(?P<scale>{'|'.join(SCALES)})(?![a-z]))?(?: ?(?P<unit>[%‰]|(?:{_WORD})?(?:/{_WORD})+|{_WORD}))?"
)
_TOKEN = re.compile(
    rf" *(?:(?P<number>{_NUMBER})|(?P<name>[^\W\d]\w{{0,39}})|(?P<sign>>=|<=|==|[-+*/^(),;=<>×÷·−–≥≤]))"
)
_SPELLINGS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "==": "=", ">=": "≥", "<=": "≤", ";": ","}
_COMPARING = ("=", "≥", "≤", ">", "<")


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that is written in the expression."""

    amount: Amount


@dataclass(frozen=True, slots=True)
class Name:
    """A figure that is given beside the expression, or asked for."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """left sign right; sign is one of + - * /."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Power:
    """base ^ exponent, a whole number from -9 to 9."""

    base: "Node"
    exponent: int


@dataclass(frozen=True, slots=True)
class Divisor:
    """The greatest common divisor."""

    of: "tuple[Node, ...]"


Node = Number | Name | Operation | Power | Divisor


@dataclass(frozen=True, slots=True)
class Formula:
    """One side, or two sides that are compared by = ≥ ≤ > <; `sign` is "" and both sides are the same when it is one."""

    left: Node
    sign: str
    right: Node


def formula(text: str) -> Formula:
    """Read an expression, or two that are compared. Usage with the place for what is none."""
    reader = _Reader(text)
    left = reader.sums()
    sign = reader.take(*_COMPARING)
    right = reader.sums() if sign else left
    reader.end()
    return Formula(left, sign, right)


def names_of(node: Node) -> Iterator[str]:
    """Every name in a tree, as often as it stands there."""
    match node:
        case Name(name):
            yield name
        case Operation(_, left, right):
            yield from names_of(left)
            yield from names_of(right)
        case Power(base):
            yield from names_of(base)
        case Divisor(of):
            for each in of:
                yield from names_of(each)


def worth(node: Node, given: Mapping[str, Amount]) -> Amount:
    """The amount that a tree comes to. Refused for units that do not fit, division by zero, and what is too large."""
    match node:
        case Number(amount):
            return amount
        case Name(name):
            return given[name]
        case Power(base, exponent):
            return worth(base, given).power(exponent)
        case Divisor(of):
            return common_divisor([worth(each, given) for each in of])
        case Operation(sign, one, two):
            left, right = worth(one, given), worth(two, given)
            if sign in "+-":
                return left + right if sign == "+" else left - right
            return left * right if sign == "*" else left / right


def solved(node: Node, wanted: Amount, given: Mapping[str, Amount]) -> Amount:
    """What the one name without a value must be for the tree to come to `wanted`. Refused where that cannot be told."""
    match node:
        case Name():
            return wanted
        case Operation(sign, left, right) if any(name not in given for name in names_of(left)):
            known = worth(right, given)
            return solved(left, _undone(sign, wanted, known), given)
        case Operation(sign, left, right):
            known = worth(left, given)
            return solved(right, _undone_right(sign, wanted, known), given)
    raise Refused(
        "it cannot be solved inside a power or a common divisor.", remedy="write the expression differently"
    )


def _undone(sign: str, wanted: Amount, right: Amount) -> Amount:
    """X in x sign right = wanted."""
    if sign in "+-":
        return wanted - right if sign == "+" else wanted + right
    return wanted / right if sign == "*" else wanted * right


def _undone_right(sign: str, wanted: Amount, left: Amount) -> Amount:
    """X in left sign x = wanted."""
    if sign in "+-":
        return wanted - left if sign == "+" else left - wanted
    return wanted / left if sign == "*" else left / wanted


def amount(text: str) -> tuple[Decimal, str]:
    """A number with its scale, and its unit as it is written: 30 亿参数 gives 3000000000 and 参数. Usage for others."""
    plain = unicodedata.normalize("NFKC", text).strip()
    negative = plain[:1] in ("-", "−")
    match = re.fullmatch(_NUMBER, plain.lstrip("-−").strip())
    if match is None:
        raise Usage(
            "this is no number with a unit.", seen=repr(text[:60]), remedy="write 30 张/s or 3e9 参数"
        )
    value = _value(match)
    return (-value if negative else value), match["unit"] or match["money"] or ""


def _value(match: re.Match[str]) -> Decimal:
    return bounded(Decimal(match["digits"]).scaleb(SCALES.get(match["scale"] or "", 0)))


class _Reader:
    """Reads the tokens from left to right; every fault is named with its place."""

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFKC", " ".join(text.split()))
        if not self._text or len(self._text) > LONGEST:
            raise Usage(f"an expression has 1 to {LONGEST} characters.", seen=f"{len(self._text)} characters")
        self._at, self._depth = 0, 0

    def sums(self) -> Node:
        """Terms that are added and subtracted."""
        node = self._products()
        while sign := self.take("+", "-"):
            node = Operation(sign, node, self._products())
        return node

    def take(self, *signs: str) -> str:
        """The next sign, if it is one of these; else ""."""
        match = _TOKEN.match(self._text, self._at)
        sign = _SPELLINGS.get(match["sign"] or "", match["sign"] or "") if match else ""
        if match and sign in signs:
            self._at = match.end()
            return sign
        return ""

    def end(self) -> None:
        """Nothing may follow."""
        if self._text[self._at :].strip():
            raise self._fault("here an operator is missing, or one too many.")

    def _products(self) -> Node:
        node = self._signed()
        while sign := self.take("*", "/"):
            node = Operation(sign, node, self._signed())
        return node

    def _signed(self) -> Node:
        if self.take("-"):
            return Operation("*", Number(Amount(Decimal(-1))), self._power())
        return self._power()

    def _power(self) -> Node:
        node = self._atom()
        if not self.take("^"):
            return node
        sign = -1 if self.take("-") else 1
        match = re.compile(" *([0-9])(?![0-9.])").match(self._text, self._at)
        if match is None:
            raise self._fault(f"an exponent is a whole number up to {HIGHEST}.")
        self._at = match.end()
        return Power(node, sign * int(match[1]))

    def _atom(self) -> Node:
        if self.take("("):
            return self._inside(self.sums)
        match = _TOKEN.match(self._text, self._at)
        if match is None or match["sign"]:
            raise self._fault("here a figure or a name is missing.")
        if match["number"]:
            self._at = match.end()
            return Number(unit_of(match["unit"] or match["money"] or "") * Amount(_value(match)))
        return self._named(match)

    def _named(self, match: re.Match[str]) -> Node:
        name = match["name"]
        if name.lower() in _NO_NAMES:
            raise self._fault("this is no number.")
        self._at = match.end()
        if not self.take("("):
            return Name(name)
        if name not in FUNCTIONS:
            raise self._fault(f"there is no function {name!r}; there are {', '.join(FUNCTIONS)}.")
        return self._inside(lambda: self._call(name))

    def _inside(self, read: Callable[[], Node]) -> Node:
        """What stands in brackets."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(f"more than {DEEPEST} brackets stand inside each other.")
        node = read()
        if not self.take(")"):
            raise self._fault("here a bracket is not closed.")
        self._depth -= 1
        return node

    def _call(self, name: str) -> Node:
        found = [self.sums()]
        while self.take(","):
            found.append(self.sums())
        if name in ("growth", "share") and len(found) != 2:
            raise self._fault(f"{name} takes two figures: {name}(new, old).")
        if name == "gcd":
            return Divisor(tuple(found))
        if name == "sum":
            node, *others = found
            for each in others:
                node = Operation("+", node, each)
            return node
        share = Operation("/", found[0], found[1])
        return share if name == "share" else Operation("-", share, Number(Amount(Decimal(1))))

    def _fault(self, what: str) -> Usage:
        rest = self._text[self._at : self._at + 20].strip() or "the end"
        return Usage(
            f"the expression cannot be read: {what}",
            where=f"character {self._at + 1}",
            seen=rest,
            remedy='for example "60 s * rate / 30", "growth(84.0, 72.9)", "14 * x = 1.8e11"',
        )
