"""Speech written down without punctuation: where one clause ends and the next begins, by the words that open and close them."""

import re
from collections.abc import Iterator, Sequence

from factcheck.text.grammar import GRAMMAR
from factcheck.text.quantities import quantities
from factcheck.text.spans import Span
from factcheck.text.words import Word, words

LONG = {"zh": 32, "en": 150}
"""Characters without any mark from which a stretch is taken for speech without punctuation."""
_SHORTEST = {"zh": 5, "en": 14}
_COMFORT = {"zh": 26, "en": 110}
_COST = 1.0
"""What a cut must be worth."""

_EN_WORD = re.compile("[^ ]+")


def cut(text: str, span: Span, language: str) -> Iterator[Span]:
    """The clauses of a stretch that has no mark inside; the whole stretch where it is short or offers no place to cut."""
    if span.end - span.start <= LONG[language]:
        yield span
        return
    found = words(text, span.start, span.end, None) if language == "zh" else _latin(text, span)
    start = span.start
    for end in _best(found, span, language, _worths(text, found, language)):
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
        if one.end in places and not _COUNTS.match(text, one.end) and one.unit not in _OF_THINGS:
            places[one.end] += 0.8
    return {place: value for place, value in places.items() if value > 0}


_OF_THINGS = frozenset("个 条 座 家 位 名 次 台 辆 间 件 份 种 类 层 款 项 场 轮 届 所 户 只".split())
"""Units after which the thing that is counted comes."""
_COUNTS = re.compile("[的地得之以多到至级个左上不算]|\\d")
"""What goes on with the figure before it."""


def _best(found: Sequence[Word], span: Span, language: str, worths: dict[int, float]) -> list[int]:
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
_LEANS = frozenset(
    "是 在 把 被 从 对 跟 和 与 给 让 叫 请 向 比 为 到 说 讲 问 觉得 认为 看 知道 估计 的 得 地 不 没 没有 很 就 才 也 都 还 又 再 只 因为 "
    "如果 但是 但 所以 而且 那 那么 然后 其实 就是 除非 等于 像 比如 或者 要 会 能 可以 按 根据 按照 由 以 及 或 等 当 使 有 做 成 叫做".split()
)
"""After these a clause has only begun, or its object is still to come."""
_PLACES_TIME = frozenset("是 在 到 从 于 自 的 每 和 与 跟 比 或 至 按 将近 截至 截止 不到 对 说 就 才 也 都 还 最近 直到 等 约".split())


def _chinese(text: str, found: Sequence[Word], i: int) -> float:
    """Opening words, closing particles, and the change from what was told to a new subject."""
    before, after = found[i - 1], found[i]
    left, right = text[before.start : before.end], text[after.start : after.end]
    if before.tag == "x" and not left.strip():
        return 0.0
    value = 0.0
    opens = bool(GRAMMAR["zh"]["opens_clause"].match(text, after.start, found[-1].end))
    if opens:
        value += 1.6 if left not in _LEANS else 0.3
    if left in _PARTICLES:
        value += 1.3 if right not in _PARTICLES and right != "的" else 0.0
    elif left == "了" and i > 1:
        value += _after_le(found, i)
    if left not in _LEANS and right not in ("的", "了"):
        value += _new_subject(text, found, i)
    return value


def _after_le(found: Sequence[Word], i: int) -> float:
    """了 closes a clause, unless what it is said of comes after it: 亏了|14 亿, 去人大了 | 总经理."""
    after = found[i].tag[0]
    if after in "mqx":
        return 0.0
    return 0.9 if found[i - 2].tag[0] in "nrajm" or after in "rtcd" else 0.2


def _new_subject(text: str, found: Sequence[Word], i: int) -> float:
    before, after = found[i - 1], found[i]
    right = text[after.start : after.end]
    follows = text[found[i + 1].start : found[i + 1].end] if i + 1 < len(found) else ""
    told = before.tag[0] in "nmqtajy" or before.tag in ("ul", "vn", "uj")
    if after.tag == "r" and follows != "的" and right not in ("多少", "什么", "怎么", "那个", "每", "各", "自己"):
        return 0.9 if told else 0.4
    if after.tag == "t" and right not in _NO_TIME and before.tag[0] not in "tr":
        placed = text[before.start : before.end] in _PLACES_TIME or text[before.end - 1].isdigit()
        return 0.0 if placed else 1.0 if told else 0.4
    if after.tag in ("nr", "ns", "nt", "nz", "p") and before.tag[0] in "mq":
        return 0.8 if not text[before.end - 1].isdigit() else 0.0
    if after.tag == "d" and before.tag[0] in "mq" and right not in ("不", "多"):
        return 0.7
    return 0.4 if after.tag[0] == "n" and before.tag in ("ul", "y") else 0.0


_NO_TIME = frozenset(["将近", "时", "当"])

_EN_SUBJECTS = frozenset("i he she it they we you this that there these those".split())
_EN_LEANS = frozenset(
    "a an the and or but so because if when while that which who whom whose where what how why as than of in on at by to for from with "
    "about into over under between through before after until is are was were be been being am has have had do does did will would can "
    "could may might shall should must not no my your his her its our their this these those very really just i he she it they we you "
    "said says say think thinks thought believe know knew see saw mean means guess told hope feel felt let make makes made like".split()
)
_EN_VERB = re.compile(f"(?:{GRAMMAR['en']['predicate'].pattern})", re.IGNORECASE)


def _english(text: str, found: Sequence[Word], i: int) -> float:
    left = text[found[i - 1].start : found[i - 1].end].lower().strip("\"'()")
    right = text[found[i].start : found[i].end].lower().strip("\"'()")
    follows = text[found[i + 1].start : found[i + 1].end] if i + 1 < len(found) else ""
    value = 0.0
    if GRAMMAR["en"]["opens_clause"].match(text, found[i].start, found[-1].end):
        value += 1.7 if left not in _EN_LEANS else 0.2
    subject = right.split("'")[0].split("’")[0]
    if subject in _EN_SUBJECTS and left not in _EN_LEANS and ("'" in right or _EN_VERB.match(follows)):
        value += 1.3
    return value
