"""Speech written down without punctuation: where one clause ends and the next begins, by the words that open and close them."""

import re
from collections.abc import Iterator, Sequence

from factcheck.text.grammar import GRAMMAR, is_word
from factcheck.text.quantities import quantities
from factcheck.text.spans import Span
from factcheck.text.words import Word, words

LONG = {"zh": 40, "en": 150}
"""Characters without any mark from which a stretch is taken for speech without punctuation."""
_SHORTEST = {"zh": 5, "en": 14}
_COMFORT = {"zh": 26, "en": 110}
_COST = 1.0
"""What a cut must be worth, alone where the stretch may be one clause of somebody who does write commas."""

_EN_WORD = re.compile("[^ ]+")


def cut(text: str, span: Span, language: str) -> Iterator[Span]:
    """The clauses of a stretch that has no mark inside; the whole stretch where it is short or offers no place to cut."""
    if span.end - span.start <= LONG[language]:
        yield span
        return
    found = words(text, span.start, span.end, None) if language == "zh" else _latin(text, span)
    start = span.start
    for end in _best(span, language, _worths(text, found, language)):
        yield Span(start, end)
        start = end


def _latin(text: str, span: Span) -> list[Word]:
    return [
        Word(match.start(), match.end(), "eng") for match in _EN_WORD.finditer(text, span.start, span.end)
    ]


def _worths(text: str, found: Sequence[Word], language: str) -> dict[int, float]:
    """What a cut before each word would be worth, by its offset, where it is worth anything."""
    worth = _chinese if language == "zh" else _english
    places = {found[i].start: worth(text, found, i) for i in range(1, len(found))}
    for one in quantities(text, found[0].start, found[-1].end) if language == "zh" else ():
        if (
            one.end in places
            and one.kind != "rank"
            and not _COUNTS.match(text, one.end)
            and not is_word(one.unit, "zh", "of_things")
        ):
            places[one.end] += 0.8
    least = _COST if found[-1].end - found[0].start < 2 * LONG[language] else 0
    return {place: value for place, value in places.items() if value > least}


_COUNTS = re.compile("[的地得之以多到至级个左上不算]|\\d")
"""What goes on with the figure before it."""


def _best(span: Span, language: str, worths: dict[int, float]) -> list[int]:
    """The ends of the clauses that are worth most together; a cut costs, and so do clauses too short or too long."""
    stops = [span.start, *sorted(worths), span.end]
    best: list[tuple[float, int]] = [(0.0, -1)]
    for i in range(1, len(stops)):
        gain = worths.get(stops[i], 0.0) - _COST
        options = []
        for j in range(i - 1, -1, -1):
            length = stops[i] - stops[j]
            options.append((best[j][0] + gain - _strain(length, language), j))
            if length > 4 * _COMFORT[language] and len(options) > 1:
                break
        best.append(max(options))
    ends, at = [], len(stops) - 1
    while at > 0:
        ends.append(stops[at])
        at = best[at][1]
    return ends[::-1]


def _strain(length: int, language: str) -> float:
    if length < _SHORTEST[language]:
        return 1.5
    return max(0, length - _COMFORT[language]) * (0.12 if language == "zh" else 0.03)


_PARTICLES = frozenset("啊呢吧嘛吗哦呀啦嗯哈")


def _chinese(text: str, found: Sequence[Word], i: int) -> float:
    """Opening words, closing particles, and the change from what was told to a new subject."""
    before, after = found[i - 1], found[i]
    left, right = text[before.start : before.end], text[after.start : after.end]
    if before.tag == "x" and not left.strip():
        return 0.0
    value = 0.0
    leans = is_word(left, "zh", "leans")
    opens = bool(GRAMMAR["zh"]["opens_clause"].match(text, after.start, found[-1].end))
    if opens:
        value += 0.3 if leans else 1.6
    if left in _PARTICLES:
        value += 1.3 if right not in _PARTICLES and right != "的" else 0.0
    elif left == "了" and i > 1:
        value += _after_le(found, i)
    if not leans and right not in ("的", "了"):
        value += _new_subject(text, found, i)
    return value


def _after_le(found: Sequence[Word], i: int) -> float:
    """了 closes a clause, unless what it is said of comes after it: 亏了|14 亿, 去人大了 | 总经理."""
    after = found[i].tag[0]
    if after in "mqxanv":
        return 0.0
    return 0.9 if found[i - 2].tag[0] in "nrajm" or after in "rtcd" else 0.2


def _new_subject(text: str, found: Sequence[Word], i: int) -> float:
    before, after = found[i - 1], found[i]
    right = text[after.start : after.end]
    follows = text[found[i + 1].start : found[i + 1].end] if i + 1 < len(found) else ""
    told = before.tag[0] in "nmqtajy" or before.tag in ("ul", "vn", "uj")
    if (
        after.tag == "r"
        and follows != "的"
        and right not in ("多少", "什么", "怎么", "那个", "每", "各", "自己")
    ):
        return 0.9 if told else 0.4
    if after.tag == "t" and right not in ("将近", "时", "当") and before.tag[0] not in "tr":
        placed = (
            is_word(text[before.start : before.end], "zh", "time_leans") or text[before.end - 1].isdigit()
        )
        return 0.0 if placed else 1.0 if told else 0.4
    if after.tag in ("nr", "ns", "nt", "nz", "p") and before.tag[0] in "mq":
        return 0.8 if not text[before.end - 1].isdigit() else 0.0
    if after.tag == "d" and before.tag[0] in "mq" and right not in ("不", "多"):
        return 0.7
    return 0.4 if after.tag[0] == "n" and before.tag in ("ul", "y") else 0.0


_EN_VERB = re.compile(f"(?:{GRAMMAR['en']['predicate'].pattern})", re.IGNORECASE)


def _english(text: str, found: Sequence[Word], i: int) -> float:
    left = text[found[i - 1].start : found[i - 1].end].lower().strip("\"'()")
    right = text[found[i].start : found[i].end].lower().strip("\"'()")
    follows = text[found[i + 1].start : found[i + 1].end] if i + 1 < len(found) else ""
    value, leans = 0.0, is_word(left, "en", "leans")
    if GRAMMAR["en"]["opens_clause"].match(text, found[i].start, found[-1].end):
        value += 0.2 if leans else 1.7
    subject = right.split("'")[0].split("’")[0]
    if is_word(subject, "en", "pronoun") and not leans and ("'" in right or _EN_VERB.match(follows)):
        value += 1.3
    return value
