"""A number with its unit, alone or as one end of a range; what only looks like one is told apart."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.text.factors import share
from factcheck.text.figures import AFTER, AFTER_SIGNS, Quantity, before_word, labelled, told_quantity
from factcheck.text.numerals import Numeral, numeral
from factcheck.text.units import MONEY_BEFORE, MONEY_NEXT, Unit, money, singular, unit, words

_JOINT = re.compile(" ?(?P<dash>至|到|—+|–|-|~|～|〜) ?| (?P<word>to|or|and) ")
_ONE = (Decimal(1), Decimal(1))
_CLOSER = re.compile("之间")
_OPENERS = ("从", "介于", "由", "from ", "between ")
_LESS_THAN_ZERO = ("零下", "负", "minus ", "negative ")
_ORDINAL = re.compile("(?:st|nd|rd|th)(?![a-z])")
_YEAR = re.compile("(?:19|20)\\d\\d$")
_MOVED = re.compile("[涨跌降升高低到]了?$")
_PREFIXED = re.compile("(?P<whole>[百千万])分之(?P<all>百(?![零一二两三四五六七八九十]))?")
_PREFIXES = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_HALVES = re.compile("个半(?P<unit>小时|钟头|月|星期|世纪)")
_TAIL = re.compile(
    "(?P<half>半)(?![导天个])| ?(?P<more>[一二三四五六七八九]{1,2}|\\d{1,2})(?:毛钱?|角)?(?![\\d.零一二三四五六七八九十百千万亿点个%％到至-])"
)
_TAILED = ("米", "块", "成")
_NAME_BEFORE = re.compile("(?<![A-Za-z])([A-Z][A-Za-z&]*) $")
_NO_NAME = words(
    "The A An In At On Over About These Those This That Some All Of With From By For And But Our Their His Her Its My Only",
    "Just Nearly Another Every After Before Since Until Last Next First Then Now Today Roughly Up We They I You He She It",
    "Around Almost Within Between Under More Here There When While If January February March April May June July August",
    "September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
)
_NOT_ONE = words("times day days time point points")
_NO_COUNT = words(
    "things ways reasons sides aspects kinds sorts types questions examples parts words options"
)
_PAIRS = {"俩": Decimal(2), "仨": Decimal(3)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number starts, and from where on words before it may belong to it."""

    written: str
    lowered: str
    at: int
    floor: int

    @property
    def end(self) -> int:
        return len(self.lowered)

    @property
    def left(self) -> str:
        return self.lowered[self.at - 1] if self.at else ""


def amount(place: Place) -> tuple[int, tuple[Quantity, ...]]:
    """A number with its unit, or one of a range, with the words before and after it."""
    lowered, at = place.lowered, place.at
    first, fixed = _numeral(place)
    if first is None:
        return at + 1, ()
    if _is_part_of_a_name(place, first.end):
        return first.end, ()
    if first.form == "year":
        return first.end, (labelled(lowered, at, first.end, "date"),)
    if part := share(lowered, first, place.end):
        return part.end, (told_quantity(lowered, at, place.floor, part),)
    if first.form == "digits" and (ordinal := _ORDINAL.match(lowered, first.end)):
        return ordinal.end(), (labelled(lowered, at, ordinal.end(), "rank"),)
    symbol = MONEY_BEFORE.search(lowered, max(place.floor, at - 4), at)
    paid = Unit(0, money(symbol[0]), "money") if symbol else fixed
    begin = symbol.start() if symbol else at
    found = _Found(place, begin, first, _unit(place, first.end, paid), paid)
    second = _second(found)
    return _range(found, second) if second else _single(found)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number and its unit; `paid` is a unit that stood before it: $, 百分之."""

    place: Place
    begin: int
    number: Numeral
    unit: Unit
    paid: Unit | None

    @property
    def has_unit(self) -> bool:
        return bool(self.unit.kind)


def _numeral(place: Place) -> tuple[Numeral | None, Unit | None]:
    """The number here; behind 百分之 with the unit that this is."""
    lowered, at = place.lowered, place.at
    if prefix := _PREFIXED.match(lowered, at):
        per = Unit(0, "%", "percent", _PREFIXES[prefix["whole"]])
        if prefix["all"]:
            return Numeral(prefix.end(), Decimal(100), Decimal(100), Decimal(1), "=", "zh", great=True), per
        begin = prefix.end()
        return (numeral(lowered, begin, place.end) if begin < place.end else None), per
    if lowered[at] in _PAIRS:
        value = _PAIRS[lowered[at]]
        return Numeral(at + 1, value, value, Decimal(1), "=", "zh", great=False), None
    return numeral(lowered, at, place.end), None


def _unit(place: Place, at: int, paid: Unit | None) -> Unit:
    """The unit behind a number; one without a kind where there is none."""
    lowered = place.lowered
    if half := _HALVES.match(lowered, at):
        return Unit(half.end(), half["unit"], "duration", measure=True)
    plus = at + 1 if lowered.startswith("+", at) and not lowered[at + 1 : at + 2].isdigit() else at
    found = unit(lowered, place.written, plus, place.end)
    if paid:
        same = found and found.kind == "money" and found.name == paid.name
        return replace(paid, end=found.end if found and same else at)
    return found or Unit(at, "", "")


def _second(found: _Found) -> tuple[Numeral, Unit] | None:
    """The other end of a range: 至 and another number of the same measure."""
    place, lowered = found.place, found.place.lowered
    joint = _JOINT.match(lowered, found.unit.end)
    if joint is None or joint.end() >= place.end:
        return None
    opener = _opener(lowered, found.begin, place.floor)
    if joint["word"] == "and" and opener != "between ":
        return None
    sign = MONEY_NEXT.match(lowered, joint.end())
    other = replace(place, at=sign.end() if sign else joint.end())
    if other.at >= place.end or (
        joint["dash"] and place.written[other.at].isascii() and place.written[other.at].isalpha()
    ):
        return None
    number, fixed = _numeral(other)
    if number is None or number.form == "year":
        return None
    paid = Unit(0, money(sign[0]), "money") if sign else fixed or found.paid
    counted = _unit(other, number.end, paid)
    return (number, counted) if _fits(found, counted) else None


def _fits(found: _Found, counted: Unit) -> bool:
    """Whether the two are one measure: not 40% 至 7000 万元, not from 1,000 euros in 2019 to 1,300 euros."""
    if found.has_unit and (found.unit.name != counted.name):
        return False
    word = found.place.lowered[found.place.at : found.number.end]
    is_year = _YEAR.match(word) and not found.has_unit
    return not (is_year and counted.kind and found.place.lowered.endswith(" in ", 0, found.begin))


def _opener(lowered: str, begin: int, floor: int) -> str:
    return next((word for word in _OPENERS if lowered.endswith(word, floor, begin)), "")


def _range(found: _Found, second: tuple[Numeral, Unit]) -> tuple[int, tuple[Quantity, ...]]:
    """From the lower to the higher end; a fall from one to the other is two figures of one measure."""
    number, counted = second
    first = found.number
    opener = _opener(found.place.lowered, found.begin, found.place.floor)
    most = number.high * (10 if opener else 1)
    shares = first.scale == 1 and number.scale > 1 and first.low < most
    scale = number.scale if shares else first.scale
    low, high = first.low * scale * counted.factor, number.values[1] * counted.factor
    place, lowered = found.place, found.place.lowered
    if low >= high:
        one = replace(found, number=replace(first, scale=scale))
        alike = replace(counted, end=found.unit.end) if not found.has_unit else found.unit
        return _single(replace(one, unit=alike))
    begin, end = found.begin - len(opener), counted.end
    if closer := _CLOSER.match(lowered, end):
        end = closer.end()
    years = all(_YEAR.match(str(value)) for value in (low, high)) and not counted.kind
    great = first.great or number.great or bool(opener) or bool(closer)
    kind = (
        "date" if years else counted.kind or ("amount" if great else "bare" if first.form == "digits" else "")
    )
    if not kind:
        return number.end, ()
    sign = first.sign if first.sign == "~" else number.sign if number.sign == "~" else "="
    return _signed(place, Quantity(begin, end, low, high, singular(counted.name), kind, sign, counted.name))


def _single(found: _Found) -> tuple[int, tuple[Quantity, ...]]:
    place, first, counted = found.place, found.number, found.unit
    low, high = (value * counted.factor for value in first.values)
    end = counted.end
    if _HALVES.match(place.lowered, first.end):
        low, high = low + Decimal("0.5"), high + Decimal("0.5")
    elif tail := _tail(place, counted, first):
        low, high, end = low + tail[0], high + tail[0], tail[1]
    elif pair := _same_again(place, first, counted):
        low, high, end = min(low, pair[0]), max(high, pair[0]), pair[1]
        first = replace(first, sign="~")
    begin, negative = _below_zero(place, found.begin)
    if negative:
        low, high = -high, -low
    sign = ">=" if place.lowered.startswith("+", first.end) and end > first.end else first.sign
    one = Quantity(begin, end, low, high, singular(counted.name), counted.kind, sign, counted.name)
    return _signed(place, one, found)


def _signed(place: Place, one: Quantity, found: _Found | None = None) -> tuple[int, tuple[Quantity, ...]]:
    """With the words about, at least, 以上 around it, or nothing where it is no quantity after all."""
    lowered = place.lowered
    before, begin = before_word(lowered, one.start, place.floor, one)
    after = AFTER.match(lowered, one.end)
    end, sign = one.end, one.compare
    if after and after.lastgroup:
        end, sign = after.end(), AFTER_SIGNS[after.lastgroup]
    sign = before or sign
    whole = replace(one, start=begin, end=end, compare=sign)
    if found is None:
        return end, (whole,)
    kind = _kind(found, whole)
    if not kind:
        return max(found.number.end, place.at + 1), ()
    if kind in ("bare", "date"):
        whole = replace(
            one, start=found.begin, end=found.number.end if kind == "bare" else one.end, unit="", written=""
        )
    return whole.end, (replace(whole, kind=kind),)


def _below_zero(place: Place, begin: int) -> tuple[int, bool]:
    """Where a figure with its minus starts."""
    lowered = place.lowered
    word = next((word for word in _LESS_THAN_ZERO if lowered.endswith(word, place.floor, begin)), "")
    if word:
        return begin - len(word), True
    sign = lowered[begin - 1 : begin] if begin > place.floor else ""
    if sign in ("-", "−", "－") and sign and not _joins(lowered[begin - 2 : begin - 1]):
        return begin - 1, True
    return begin, False


def _joins(char: str) -> bool:
    """Whether a hyphen behind this character joins words or numbers."""
    return char.isascii() and (char.isalnum() or char in ")%$€£") and bool(char)


def _tail(place: Place, counted: Unit, first: Numeral) -> tuple[Decimal, int] | None:
    """The half of 两年半, the 五 of 两块五, 七成五 and 一米八."""
    match = _TAIL.match(place.lowered, counted.end) if counted.end > first.end else None
    if match is None or first.scale != 1 or first.low != first.high:
        return None
    if match["half"]:
        measured = counted.kind in ("duration", "money") or counted.measure
        return (counted.factor / 2, match.end()) if measured else None
    if not place.lowered.endswith(_TAILED, first.end, counted.end):
        return None
    digits = "".join(
        str(int(char) if char.isdecimal() else "零一二三四五六七八九".index(char)) for char in match["more"]
    )
    return Decimal(f"0.{digits}") * counted.factor, match.end()


def _same_again(place: Place, first: Numeral, counted: Unit) -> tuple[Decimal, int] | None:
    """The 五张 of 十张五张: two guesses in one unit."""
    if first.form != "zh" or not counted.kind or counted.end >= place.end:
        return None
    other = numeral(place.lowered, counted.end, place.end)
    if other is None or other.form != "zh" or other.low != other.high:
        return None
    again = unit(place.lowered, place.written, other.end, place.end)
    same = again is not None and again.name == counted.name and other.values[0] != first.values[0]
    return (other.values[0], again.end) if again and same else None


def _is_part_of_a_name(place: Place, end: int) -> bool:
    """GPT-4, H100, 5G, 2.0.1: letters or dots that touch it."""
    lowered, at, written = place.lowered, place.at, place.written
    if not lowered[at].isdecimal():
        return False
    left, before = place.left, lowered[at - 2 : at - 1]
    if left.isdecimal() or (left and left in "._") or (left.isascii() and left.isalpha()):
        return not MONEY_BEFORE.search(lowered, max(place.floor, at - 4), at)
    if left in ("-", "‐") and before.isascii() and before.isalpha():
        return True
    after = written[end : end + 1]
    if after in (".", "．") and lowered[end + 1 : end + 2].isdecimal():
        return True
    if after == "-" and written[end + 1 : end + 2].isupper():
        return True
    glued = after.isascii() and after.isalpha() and lowered[end - 1].isdecimal()
    return glued and not _ORDINAL.match(lowered, end) and unit(lowered, written, end, place.end) is None


def _kind(found: _Found, one: Quantity) -> str:
    """The kind of a single figure, empty for what is no quantity."""
    place, first, counted = found.place, found.number, found.unit
    told = one.compare != first.sign
    if counted.kind and not found.paid:
        return _counted_kind(found, one, told=told)
    if found.paid:
        return found.paid.kind
    if first.great:
        return "amount" if _is_whole(place, one, told=told) else ""
    if first.form != "digits":
        return ""
    if _YEAR.match(place.lowered[place.at : first.end]):
        return "date"
    return "amount" if told else "bare"


def _counted_kind(found: _Found, one: Quantity, *, told: bool) -> str:
    """The kind where a unit stands behind the figure: an article, a clock or a name is told apart here."""
    place, first, counted = found.place, found.number, found.unit
    digits = first.form == "digits" and first.scale == 1
    if digits and not counted.listed and not told:
        if _YEAR.match(place.lowered[place.at : first.end]):
            return "date"
        named = _NAME_BEFORE.search(place.written, max(0, place.at - 24), place.at)
        if named and named[1] not in _NO_NAME:
            return "bare"
    if (
        counted.name == "点"
        and first.scale == 1
        and one.high <= 24
        and not _MOVED.search(place.lowered, max(0, one.start - 3), one.start)
    ):
        return "date"
    if first.form == "en" and not told and _counts_nothing(first, counted):
        return ""
    if first.form == "zh" and not _is_whole(place, one, told=told):
        return ""
    is_article = first.form == "zh" and first.values == _ONE and first.sign == "=" and one.low == 1
    if is_article and not told and not (counted.kind in ("percent", "ratio") or counted.measure):
        return ""
    return counted.kind


def _counts_nothing(first: Numeral, counted: Unit) -> bool:
    """One day, two things."""
    single = first.values == _ONE
    return counted.name in _NO_COUNT or (single and (counted.name in _NOT_ONE or not counted.listed))


def _is_whole(place: Place, one: Quantity, *, told: bool) -> bool:
    """Not the 百 of 几百 and 数百; 百 alone counts where 上百, 近百 or 以上 says so, or a unit follows 百万."""
    char = place.lowered[place.at]
    if char not in "百千万亿十":
        return True
    if place.left in ("几", "数", "好", "成"):
        return False
    if char == "十" or told:
        return True
    return bool(one.unit) and one.low >= 10**5
