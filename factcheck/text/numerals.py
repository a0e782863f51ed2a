"""The number that a run of digits, Chinese numerals or English number words says: 1,234.5, 两百多亿, 七八百, two and a half million."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_RANKS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "w": 10**4}

_ONE = "[零〇一二两三四五六七八九]"
_SECTION = f"(?:{_ONE}{{1,2}}千)?零?(?:{_ONE}{{1,2}}百)?零?(?:{_ONE}{{0,2}}十)?零?{_ONE}{{0,2}}几?"
_CHINESE = re.compile(
    f"(?P<point>{_SECTION}点{_ONE}{{1,20}})(?P<scale>[十百千]?(?:万亿|亿|万)|[百千])?"
    f"|(?P<spelled>{_ONE}{{3,24}})(?![十百千万亿])"
    f"|(?P<bare>[百千万](?:万亿|亿|万)?|亿)"
    f"|(?P<whole>(?:{_SECTION}(?:万亿|亿))?零?(?:{_SECTION}万)?零?(?:{_SECTION}))"
)
_FIGURES = re.compile(
    "(?P<digits>\\d{1,3}(?:,\\d{3})+(?![\\d])(?:[.．]\\d{1,20})?|[０-９]{1,3}(?:，[０-９]{3})+|\\d{1,3}(?: \\d{3})+(?![\\d.,:/-])|\\d{1,20}(?:[.．]\\d{1,20})?)"
    "(?: ?个?(?P<zh>[十百千]?(?:万亿|亿|万)|(?<!个)千(?![米克瓦卡帕里])|(?<!个)百(?!分))"
    "|(?P<w>w)(?![a-z])"
    "|[ -]?(?P<en>hundred|thousand|million|billion|trillion)(?![a-z])"
    "| ?(?P<letter>bn|tn|mn|[kmb])(?![a-z/\\d]))?",
    re.IGNORECASE,
)
_LETTERS = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
_PAIR = re.compile(
    "(?<![一二两三四五六七八九])([一二两三四五六七八九])([一二两三四五六七八九])(?![一二两三四五六七八九])"
)
_COUNTED_IN = re.compile("个(?P<scale>万亿|亿|万)")
_MORE = re.compile("(?P<word>多|余|来)(?!数|少|元化|自|到|说|看|源|年来)(?P<scale>千万|百万|万亿|亿|万)?")
_TRAILING = re.compile("[万亿]+$")
_ONE_SCALE = re.compile(f"{_ONE}([百千][万亿]*|[万亿]+)")

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 20 + 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
_GREAT = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_WORD = re.compile("[a-z]+")
_HALF = re.compile(" and a half(?: (?P<scale>thousand|million|billion|trillion)(?![a-z]))?(?![a-z])")
_OF_A_SCALE = re.compile(
    "(?P<part>half|a quarter|three quarters)(?: of)?(?: an?)? (?P<scale>dozen|hundred|thousand|million|billion|trillion)(?![a-z])"
)
_PARTS = {"half": Decimal("0.5"), "a quarter": Decimal("0.25"), "three quarters": Decimal("0.75")}
_SPOKEN_YEAR = re.compile(
    "(?:eighteen|nineteen|twenty)[ -](?:(?:oh|o)[ -])?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    "(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?(?![a-z-])|(?:ten|eleven|twelve|[a-z]{3,5}teen)(?![a-z]))"
    "|(?:eighteen|nineteen|twenty)[ -](?:oh|o)[ -](?:one|two|three|four|five|six|seven|eight|nine)(?![a-z])"
)

STARTS = "\\d零〇一二两三四五六七八九十百千万亿"
_AFTER_AN = (
    "hundred|thousand|million|billion|trillion|dozen|quarter|half|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    "factor of|[a-z]+ and a half|hundredfold|thousandfold"
)
ENGLISH_STARTS = (
    *_UNITS,
    *_TENS,
    f"an?(?= (?:{_AFTER_AN})(?![a-z]))",
    "half",
    f"point(?= (?:{'|'.join(list(_UNITS)[:10])}))",
)
"""Where a number in English words may start, as regular expressions."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """`low` to `high` before `scale` is applied; `sign` is =, ~, > or >=; `form` is digits, zh, en or year.

    `great` says whether a word of scale, or a rank of hundred at least, makes it a number without any unit.
    """

    end: int
    low: Decimal
    high: Decimal
    scale: Decimal
    sign: str
    form: str
    great: bool

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        return self.low * self.scale, self.high * self.scale


def numeral(text: str, at: int, end: int) -> Numeral | None:
    """The number that starts exactly at `at` in lower-cased text, or None."""
    char = text[at]
    if char.isdecimal():
        return _figures(text, at, end)
    if char.isascii():
        return _english(text, at, end)
    return _chinese(text, at, end)


def _figures(text: str, at: int, end: int) -> Numeral | None:
    match = _FIGURES.match(text, at, end)
    if match is None:
        return None
    value = Decimal(match["digits"].replace(",", "").replace("，", "").replace(" ", "").replace("．", "."))
    if match["zh"] or match["w"]:
        scale = _value(match["zh"] or match["w"])
    else:
        letter = (match["letter"] or "").lower()
        scale = Decimal(_LETTERS.get(letter) or _GREAT.get(match["en"] or "") or (100 if match["en"] else 1))
    return _with_more(text, end, Numeral(match.end(), value, value, scale, "=", "digits", scale > 1))


def _chinese(text: str, at: int, end: int) -> Numeral | None:
    match = _CHINESE.match(text, at, end)
    if match is None or match.end() == at:
        return None
    if match["point"]:
        whole, _, digits = match["point"].partition("点")
        value = Decimal(f"{int(_value(whole)) if whole else 0}.{_spelled(digits)}")
        scale = _value(match["scale"]) if match["scale"] else Decimal(1)
        found = Numeral(match.end(), value, value, scale, "=", "zh", great=True)
    elif match["spelled"]:
        value = Decimal(_spelled(match["spelled"]))
        found = Numeral(match.end(), value, value, Decimal(1), "=", "zh", great=False)
    else:
        made = _ranked(match[0], match.end())
        if made is None:
            return None
        found = made
    more = _COUNTED_IN.match(text, found.end, end)
    if more and found.scale == 1:
        found = Numeral(
            more.end(), found.low, found.high, _value(more["scale"]), found.sign, "zh", great=True
        )
    return _with_more(text, end, found)


def _ranked(word: str, end: int) -> Numeral | None:
    """一千二百亿, 七八百, 十几: the last myriads are the scale that a number before 到 may share."""
    pair = _PAIR.search(word)
    words, sign = (word, word), "="
    if pair:
        if not _neighbours(*pair.groups()):
            return _two_digits(word, end)
        words, sign = (_without(word, pair.start(2)), _without(word, pair.start(1))), "~"
    if "几" in word:
        words, sign = (word.replace("几", "一"), word.replace("几", "九")), "~"
    low, high = (_value(one) for one in words)
    single = _ONE_SCALE.fullmatch(words[0])
    trailing = single[1] if single else next(iter(_TRAILING.findall(words[0])), "")
    scale = _value(trailing) if trailing else Decimal(1)
    great = any(char in word for char in "百千万亿")
    return Numeral(end, low / scale, high / scale, scale, sign, "zh", great)


def _two_digits(word: str, end: int) -> Numeral | None:
    """二五 is said digit by digit; it is no number among ranks."""
    if any(char not in _DIGITS for char in word):
        return None
    value = Decimal(_spelled(word))
    return Numeral(end, value, value, Decimal(1), "=", "zh", great=False)


def _neighbours(first: str, second: str) -> bool:
    low, high = _DIGITS[first], _DIGITS[second]
    return low > 0 and (high == low + 1 or (low, high) == (3, 5))


def _without(word: str, place: int) -> str:
    return word[:place] + word[place + 1 :]


def _spelled(word: str) -> str:
    return "".join(str(_DIGITS[char]) for char in word)


def _value(word: str) -> Decimal:
    """The number of a Chinese numeral, with the short forms of speech: 两万五 is 25000, 一百二 is 120."""
    total = section = digit = 0
    last, rank = "", 1
    for i, char in enumerate(word):
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _RANKS:
            section += (digit or 1) * _RANKS[char]
            digit, rank = 0, _RANKS[char]
        else:
            below = section + digit
            myriad = _MYRIADS[char]
            total = (total + below or 1) * myriad if myriad > 10**4 else total + (below or 1) * myriad
            section, digit, rank = 0, 0, myriad
        last = word[i - 1] if i else ""
    short = digit and rank >= 100 and last not in ("零", "〇") and last not in _DIGITS
    return Decimal(total + section + digit * (rank // 10 if short else 1))


def _with_more(text: str, end: int, found: Numeral) -> Numeral:
    """两百多亿, 三十来岁: more or about, with a scale that may still follow."""
    more = _MORE.match(text, found.end, end)
    if more is None or found.sign == "~":
        return found
    whole = found.low == found.low.to_integral_value()
    if not whole or (found.scale == 1 and found.low % 10):
        return found
    scale = found.scale * (_value(more["scale"]) if more["scale"] else 1)
    sign = "~" if more["word"] == "来" else ">"
    great = found.great or bool(more["scale"])
    return Numeral(more.end(), found.low, found.high, scale, sign, found.form, great)


def _english(text: str, at: int, end: int) -> Numeral | None:
    if year := _SPOKEN_YEAR.match(text, at, end):
        return Numeral(year.end(), Decimal(0), Decimal(0), Decimal(1), "=", "year", great=False)
    if part := _OF_A_SCALE.match(text, at, end):
        scale = Decimal({"dozen": 12, "hundred": 100}.get(part["scale"]) or _GREAT[part["scale"]])
        value = _PARTS[part["part"]] * scale
        return Numeral(part.end(), value, value, Decimal(1), "=", "en", great=True)
    spoken = _Spoken(text, at, end)
    return spoken.numeral()


class _Spoken:
    """English number words read from left to right as long as each may follow the one before."""

    def __init__(self, text: str, at: int, end: int) -> None:
        self.text, self.at, self.end = text, at, end
        self.stop = at
        self.total = self.section = 0
        self.digits = ""
        self.last = ""
        self.great = False
        self.scale = Decimal(1)

    def numeral(self) -> Numeral | None:
        for word, stop in self._words():
            if not self._take(word):
                break
            self.stop = stop
        if self.stop == self.at or self.last in ("a", "point"):
            return None
        half = _HALF.match(self.text, self.stop, self.end)
        value = self._number()
        if half:
            value += Decimal("0.5")
            self.stop, self.great = half.end(), True
            if half["scale"]:
                self.scale *= _GREAT[half["scale"]]
        return Numeral(self.stop, value, value, self.scale, "=", "en", self.great)

    def _number(self) -> Decimal:
        """What stands before the last great scale: 1.62 of one point six two billion."""
        whole = self.total + self.section
        return Decimal(f"{whole}.{self.digits}") if self.digits else Decimal(whole) / self.scale

    def _words(self) -> Iterator[tuple[str, int]]:
        """The words from here on, joined by one blank, a hyphen or `and`; the `and` is no word of its own."""
        place = self.at
        while match := _WORD.match(self.text, place, self.end):
            yield match[0], match.end()
            place = match.end()
            if self.text[place : place + 1] not in (" ", "-"):
                return
            place += 1
            if self.text.startswith("and ", place) and self.last in ("hundred", *_GREAT):
                if self.text.startswith("and a ", place):
                    return
                place += 4

    def _take(self, word: str) -> bool:
        taken = self._may(word)
        if taken:
            self.last = word
        return taken

    def _may(self, word: str) -> bool:
        if word in ("a", "an"):
            return not self.last
        if word == "point":
            return (not self.last or self.last in _UNITS or self.last in _TENS) and not self.digits
        if self.last == "point" or (self.digits and self.last in _UNITS):
            return self._decimal(word)
        if word in _UNITS or word in _TENS:
            return self._small(word)
        return self._large(word)

    def _decimal(self, word: str) -> bool:
        if word in _UNITS and _UNITS[word] < 10:
            self.digits += str(_UNITS[word])
            return True
        if self.last == "point" and word in _TENS:
            self.digits += str(_TENS[word])
            return True
        if self.last != "point" and word in _GREAT:
            self.scale, self.great = Decimal(_GREAT[word]), True
            return True
        return False

    def _small(self, word: str) -> bool:
        value = _UNITS.get(word, _TENS.get(word, 0))
        fits = not self.last or self.last in ("hundred", *_GREAT) or (self.last in _TENS and 0 < value < 10)
        if fits and not self.digits:
            self.section += value
            self.scale = Decimal(1)
        return fits and not self.digits

    def _large(self, word: str) -> bool:
        if not self.last or self.digits:
            return False
        one = self.section or (1 if self.last in ("a", "an") else 0)
        if word == "hundred" and 0 < one < 100:
            self.section, self.great = one * 100, True
            return True
        if word == "dozen" and one and not self.total:
            self.section, self.great = one * 12, True
            return True
        if word in _GREAT and one:
            self.total, self.section = self.total + one * _GREAT[word], 0
            self.scale, self.great = Decimal(_GREAT[word]), True
            return True
        return False
