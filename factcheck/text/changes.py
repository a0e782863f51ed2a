"""Which two figures a percentage is about, and which of them it starts from: said by words, or else nothing is computed.

A change needs the figures side by side with nothing but words of change, comparison and time between them, and a word
that makes one of them the earlier one; a share needs one of the listed forms. To call a right figure false is the worst
that can happen here, so whatever is not certain is left alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from factcheck.text.clauses import language
from factcheck.text.expressions import plain, written
from factcheck.text.grammar import GRAMMAR
from factcheck.text.premises import CLOSE, Desk, Said, same_measure
from factcheck.text.quantities import Quantity, quantities

_END = re.compile("[。！？!?;；\\n]|[.](?=[\\s\u3400-\u9fff])")
_PUNCTUATION = re.compile("[\\s，,、:：()（）'’–—-]+")
_FIRST_MARK = re.compile(
    "[,，;；]| (?=(?:to|from|after|against|compared|versus|vs|than|up|down|and|but)\\b)", re.IGNORECASE
)
_POINTS = ("pp", "bp")
_DELTA = {"en": re.compile("\\bby(?: about| some| almost)? ?$", re.IGNORECASE), "zh": re.compile("了约?$")}
_SHORT = re.compile(
    "[月季周日]|半年|\\b(?:quarter|month|week|half|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])\\b",
    re.IGNORECASE,
)
_OWN_BASE = re.compile("比|较|同比|\\b(?:from|than|compared|over|against|on)\\b", re.IGNORECASE)
_FROM_TO = re.compile("(?P<from>from |[从由] ?)(?:(?!to |[到至]).)*?(?P<to> to |[到至])", re.IGNORECASE)
_RATE = re.compile(
    " (?:a|an|per|each|every) (?:year|month|quarter|week|day|annum)(?! (?:ago|earlier|before))| annually|每年|/年",
    re.IGNORECASE,
)
_PART_CLAUSE = re.compile(
    "\\b(?:as|while|when|because|although|though|with|and|but|since)\\b|而|但|因为|由于|随着|同时",
    re.IGNORECASE,
)
_SEVERAL = re.compile("[和与及、，,]|\\b(?:and|or|over)\\b", re.IGNORECASE)
_DIGITS = re.compile("\\d{1,3}(?: \\d{3})+|[\\d,]*\\d(?:\\.\\d+)?")
_TIMES = (
    (-3, re.compile("前年")),
    (
        -2,
        re.compile(
            "上一?年|前一年|一年前|\\b(?:the (?:year before|previous year|prior year)|a year earlier|before that)\\b",
            re.IGNORECASE,
        ),
    ),
    (
        -1,
        re.compile("去年|\\b(?:last year|a year (?:ago|before)|(?:one|a) year previously)\\b", re.IGNORECASE),
    ),
    (0, re.compile("今年|本年|\\b(?:this year|now|today)\\b|现在|目前|如今", re.IGNORECASE)),
)
_YEAR = re.compile("(?<!\\d)((?:19|20)\\d\\d)(?!\\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """A percentage of `other` on `base`: `sign` is 1 for a rise, -1 for a fall, 0 for a share.

    `firm` is false where the percentage may be about another time than the base is, so that no difference proves it wrong.
    """

    base: Said
    other: Said
    percent: Said
    sign: int
    firm: bool = True


@dataclass(frozen=True, slots=True)
class _Line:
    """The sentence of a claim: its tokens in order, and what stands before, between and after them."""

    text: str
    tongue: str
    tokens: tuple[Said, ...]
    gaps: tuple[str, ...]

    def mark(self, k: int) -> str:
        """# for an amount, % for a percentage, * for any other figure."""
        kind = self.tokens[k].quantity.kind
        return "%" if kind == "percent" else "#" if kind in ("amount", "money", "bare") else "*"


def told_of(desk: Desk, i: int) -> Told | None:
    """The change or the share that this claim tells in per cent; None wherever it is not certain."""
    line = _line(desk, i)
    if line is None or GRAMMAR[line.tongue]["uncertain"].search(line.text):
        return None
    own = [k for k, one in enumerate(line.tokens) if one.claim == i and line.mark(k) == "%"]
    if len(own) != 1 or line.tokens[own[0]].quantity.unit in _POINTS or _RATE.match(line.gaps[own[0] + 1]):
        return None
    made = [told for told in (_share(line, own[0]), *_changes(line, own[0])) if told]
    return made[0] if len(made) == 1 and _sound(made[0]) else None


def outcome_of(desk: Desk, told: Told, value: Decimal) -> tuple[str, str, tuple[str, ...]]:
    """The result in per cent, whether the claim holds, and what is wrong; rounded figures never make it false."""
    result, wanted = plain(round(value, 3)), told.percent.quantity.low
    holds = _agrees(told, value, told.percent.quantity)
    if holds:
        return result, "yes", ()
    edges = [
        (other / base - (1 if told.sign else 0)) * 100
        for base in _edges(desk, told.base)
        for other in _edges(desk, told.other)
        if base > 0
    ]
    may = any(_agrees(told, edge, told.percent.quantity) for edge in edges) or _between(told, edges, wanted)
    if may or told.base.quantity.compare == "~" or told.other.quantity.compare == "~":
        low, high = (minus(written(edge)) for edge in (min(edges), max(edges)))
        needs = f"{low} % – {high} %: 给出的数字是约数 / the figures that are given are rounded"
        return result, "unknown", (needs,)
    stated = minus(written(wanted * (told.sign or 1)))
    return result, "no", (f"{minus(written(value))} % 而不是 / not {stated} %",)


def minus(number: str) -> str:
    """The number with the sign that equations are written with."""
    return number.replace("-", "−") if number.startswith("-") else number


def _line(desk: Desk, i: int) -> _Line | None:
    span, text = desk.found[i].candidate.span, desk.seen.text
    start = max((stop.end() for stop in _END.finditer(text, max(0, span.start - 400), span.start)), default=0)
    if not start and span.start > 400:
        return None
    stop = _END.search(text, span.end)
    end = min(stop.start() if stop else len(text), span.end + 400)
    tokens = tuple(_tokens(desk, i, start, end))
    if any(one.claim < 0 for one in tokens):
        return None
    marks = [start, *(at for one in tokens for at in (one.quantity.start, one.quantity.end)), end]
    gaps = tuple(text[a:b] for a, b in zip(marks[::2], marks[1::2], strict=True))
    return _Line(text[start:end], language(text[start:end]), tokens, gaps)


def _tokens(desk: Desk, i: int, start: int, end: int) -> Iterator[Said]:
    """The figures of the sentence, each with its claim; `from 50 to 70 million` is two of them."""
    near = range(max(0, i - 6), min(len(desk.found), i + 7))
    starts = [desk.found[j].candidate.span.start for j in near]
    for one in quantities(desk.seen.text, start, end):
        if one.kind in ("date", "change"):
            continue
        place = bisect_right(starts, one.start) - 1
        inside = place >= 0 and one.end <= desk.found[near[place]].candidate.span.end
        claim = near[place] if inside else -1
        joint = _FROM_TO.match(desk.seen.text, one.start, one.end)
        if one.low != one.high and joint:
            yield Said(replace(one, high=one.low, start=joint.end("from"), end=joint.start("to")), claim)
            yield Said(replace(one, low=one.high, start=joint.end("to")), claim)
        else:
            yield Said(one, claim)


def _sound(told: Told) -> bool:
    """Exact or about so much, of one measure; not at least, not between. 12 of 80 nurses are 12 nurses."""
    pair = (told.base, told.other)
    exact = all(one.quantity.low == one.quantity.high and one.quantity.compare in "=~" for one in pair)
    some = told.sign == 0 and told.other.quantity.kind == "bare" and told.base.quantity.kind == "amount"
    return exact and told.base.quantity.low > 0 and (some or same_measure(*pair))


def _share(line: _Line, at: int) -> Told | None:
    masked, places = "", {}
    for k, gap in enumerate(line.gaps):
        masked += re.sub("[#%*]", "-", gap)
        if k < len(line.tokens):
            places[len(masked)] = k
            masked += line.mark(k)
    grammar = GRAMMAR[line.tongue]
    for key, order in (("share_part_first", 1), ("share_whole_first", -1)):
        for match in grammar[key].finditer(masked):
            named = [places[place] for place in range(*match.span()) if place in places]
            changing = grammar["rise"].search(match[0]) or grammar["fall"].search(match[0])
            if at in named and len(named) == 3 and not changing:
                part, whole = [line.tokens[k] for k in named if k != at][::order]
                return Told(whole, part, line.tokens[at], 0)
    return None


def _changes(line: _Line, at: int) -> Iterator[Told]:
    """The changes that three neighbouring figures tell, whichever stands first."""
    for first in range(max(0, at - 2), at + 1):
        three = range(first, first + 3)
        if three[-1] < len(line.tokens) and all(line.mark(k) == "#" for k in three if k != at):
            told = _change(line, at, three)
            if told:
                yield told


def _change(line: _Line, at: int, three: range) -> Told | None:
    lead, tail = line.gaps[three[0]], _before_stop(line.gaps[three[-1] + 1])
    between = [line.gaps[k] for k in three[1:]]
    if not all(_is_filler(gap, lead, line.tongue) for gap in (*between, tail)):
        return None
    sign = _sign(line, at, three)
    sides = {k: _sides(line, k, three) for k in three if k != at}
    base = _base(sides, line.tongue)
    if not sign or base is None or any(_is_delta(before, line.tongue) for before, _ in sides.values()):
        return None
    other = next(k for k in sides if k != base)
    if not _same_time(_own_base(line, at), _rank(sides[base]), _rank(sides[other])):
        return None
    firm = not any(_SHORT.search(words) for both in sides.values() for words in both)
    again = at == three[0] and bool(_signs(between[1], line.tongue))
    return Told(line.tokens[base], line.tokens[other], line.tokens[at], sign, firm=firm and not again)


def _before_stop(tail: str) -> str:
    """What follows the last figure in its clause."""
    return re.split("[,，;；]| (?:and|but|while|as|with)\\b", tail, maxsplit=1)[0]


def _is_filler(gap: str, lead: str, tongue: str) -> bool:
    """Whether nothing new is named: words of change, comparison and time, and what the sentence has named before."""
    grammar = GRAMMAR[tongue]
    for key in ("rise", "fall", "change_filler"):
        gap = grammar[key].sub(" ", gap)
    left = _PUNCTUATION.sub(" ", gap).split()
    if not left or _SEVERAL.search(lead):
        return not left
    named = set(lead.split()) if tongue == "en" else lead
    return all(word in named and not word[0].isupper() for word in left)


def _sign(line: _Line, at: int, three: range) -> int:
    """1 for a rise and -1 for a fall that the percentage is said of; 0 where no word or two words say it."""
    before, after = line.gaps[at], _before_stop(line.gaps[at + 1])
    near = re.split("[,，;；]", before)[-1] if at == three[0] else before
    signs = _signs(near, line.tongue)
    if at == three[0] and signs and not _touches(near, line.tongue):
        return 0
    if not signs:
        signs = _signs(" ".join(after.split()[:3]), line.tongue) or _signs(
            "".join(line.gaps[three[0] : at]), line.tongue
        )
    return signs.pop() if len(signs) == 1 and not _of_another(line, three) else 0


def _signs(words: str, tongue: str) -> set[int]:
    grammar = GRAMMAR[tongue]
    return {sign for key, sign in (("rise", 1), ("fall", -1)) if grammar[key].search(words)}


def _touches(lead: str, tongue: str) -> bool:
    """Whether the word of change stands right before the percentage, or only by, of or 了 between them."""
    grammar = GRAMMAR[tongue]
    last = max(match.end() for key in ("rise", "fall") for match in grammar[key].finditer(lead))
    return not re.sub(
        "\\b(?:by|of|about|some|almost|nearly|another)\\b|了|约|近|率|为|达|是|[\\s:：]", "", lead[last:]
    )


def _of_another(line: _Line, three: range) -> bool:
    """Whether the sentence changes its subject between a first word of change and these figures: profit rose as sales ..."""
    lead = line.gaps[three[0]]
    turns = [match.start() for match in _PART_CLAUSE.finditer(lead)]
    return bool(turns) and bool(_signs(lead[: turns[-1]], line.tongue))


def _sides(line: _Line, k: int, three: range) -> tuple[str, str]:
    """The words that belong to this figure: before it and, in English, after it."""
    before, after = line.gaps[k], line.gaps[k + 1]
    if line.tongue == "zh":
        return re.split("[，,;；]", before)[-1], ""
    if k != three[0]:
        cut = _FIRST_MARK.search(before)
        before = before[cut.start() :] if cut else ""
    cut = _FIRST_MARK.search(after)
    return before, after[: cut.start()] if cut else after


def _base(sides: dict[int, tuple[str, str]], tongue: str) -> int | None:
    """The figure that the change starts from, if words make it certain and no word speaks against it."""
    grammar = GRAMMAR[tongue]
    marked = [k for k, (before, _) in sides.items() if grammar["base_before"].search(before)]
    ranks = {k: _rank(both) for k, both in sides.items()}
    if len(marked) > 1:
        return None
    known = [rank for rank in ranks.values() if rank]
    if len(known) == 2 and (known[0] > 0) == (known[1] > 0):
        if known[0] == known[1]:
            return marked[0] if marked else None
        earlier = min(ranks, key=lambda k: ranks[k])
        return earlier if not marked or marked[0] == earlier else None
    if marked:
        return marked[0]
    return _by_one_time(sides, ranks, tongue)


def _by_one_time(sides: dict[int, tuple[str, str]], ranks: dict[int, int], tongue: str) -> int | None:
    """Only one of the figures is said to be of an earlier year: the other is of now if it comes first or is said to be reached."""
    past = [k for k, rank in ranks.items() if rank < 0]
    if len(past) != 1:
        return None
    other = next(k for k in sides if k != past[0])
    reached = GRAMMAR[tongue]["new_before"].search(sides[other][0])
    return past[0] if ranks[other] >= 0 and (other < past[0] or reached) else None


def _rank(both: tuple[str, str]) -> int:
    """The year a figure is said to be of, or -1 for last year and so on; 0 where nothing is said."""
    words = " ".join(both)
    years = {int(year) for year in _YEAR.findall(words)}
    if len(years) == 1:
        return years.pop()
    return 0 if years else next((rank for rank, said in _TIMES if said.search(words)), 0)


def _is_delta(before: str, tongue: str) -> bool:
    """By 20 million, 增加了2000万: what was added is neither the one figure nor the other."""
    if _DELTA[tongue].search(before):
        return True
    grammar = GRAMMAR[tongue]
    if before.endswith(("到", "至")):
        return False
    return any(
        match.end() >= len(before.rstrip())
        for key in ("rise", "fall")
        for match in grammar[key].finditer(before)
    )


def _own_base(line: _Line, at: int) -> int:
    """The year that the percentage is said against beside the figures, 0 for none: from a year ago, 比去年增长40%."""
    if line.tongue == "zh":
        before = re.split("[，,;；]", line.gaps[at])[-1]
        return (_rank((before, "")) or (-1 if "同比" in before else -9)) if _OWN_BASE.search(before) else 0
    after = re.split("[,;]| to\\b", line.gaps[at + 1])[0]
    said = _OWN_BASE.search(after)
    if not said or not after[said.end() :].strip():
        return 0
    return _rank((after, "")) or (
        0 if after[said.end() :].strip() in ("the", "a", "just", "only", "about") else -9
    )


def _same_time(own: int, base: int, other: int) -> bool:
    """Whether the percentage's own base is the year of the figure it would be reckoned from."""
    if own in (0, base):
        return True
    if own in (-1, -2):
        return base in (-1, -2) or (base > 0 and other == base + 1)
    return False


def _agrees(told: Told, value: Decimal, percent: Quantity) -> bool:
    wanted, most = percent.low, percent.high
    size = value * (told.sign or 1)
    loose = max(Decimal("0.5"), wanted * (CLOSE * 5 if percent.compare == "~" else CLOSE))
    if percent.compare in (">", ">="):
        return size >= wanted - loose
    if percent.compare in ("<", "<="):
        return Decimal(0) <= size <= most + loose
    return wanted - loose <= size <= most + loose


def _between(told: Told, edges: Sequence[Decimal], wanted: Decimal) -> bool:
    return min(edges) <= wanted * (told.sign or 1) <= max(edges)


def _edges(desk: Desk, said: Said) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that may have been rounded to this figure; small whole numbers are exact."""
    value, digits = said.quantity.low, _DIGITS.search(desk.words(said))
    if digits is None:
        return value, value
    number = Decimal(re.sub("[, ]", "", digits[0]))
    scale = value / number if number else Decimal(1)
    exponent = number.as_tuple().exponent
    last = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    slack = scale * last / 2 if scale != 1 or last < 1 else Decimal(0)
    return value - slack, value + slack
