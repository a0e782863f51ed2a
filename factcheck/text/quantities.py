"""Numbers with their units as they are spoken: 10 至 20 秒, 5 到 7 万亿美元, 14 倍以上, $3.4 billion, two and a half, 第四."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from factcheck.text.amounts import Place, amount
from factcheck.text.factors import factor
from factcheck.text.figures import Quantity, labelled, told_quantity
from factcheck.text.numerals import ENGLISH_STARTS, STARTS, numeral
from factcheck.text.units import unit

__all__ = ["Quantity", "number", "quantities"]

_ANCHOR = re.compile(
    f"[{STARTS}]|第[零一二两三四五六七八九十百\\d]|[俩仨半]|翻了?[一两三]?[番倍]|减半"
    f"|(?<![a-z])(?:(?:{'|'.join(ENGLISH_STARTS)}|twice|doubled|tripled|trebled|quadrupled|halved)(?![a-z])|[a-z]{{3,8}}fold(?![a-z]))"
)
_NO_NUMBER = re.compile(
    "三番[五两]次|五花八门|一五一十|不三不四|十万八千里|千方百计|五五开|七八糟|七上八下|八面玲珑|十全十美|九牛一毛|百分百"
    "|十分(?!钟|之)|万一|千万(?=别|不|要|记|注意|小心)|百[度货科姓]|一线|二线|三线|五角大楼|四季(?!度)|两会|三体|千问|五一|六一|三一"
    "|nine-to-five|one (?:another|of|thing)(?![a-z])|two of a kind|nineteen eighty-four"
)
_CALENDAR = re.compile(
    "(?:(?:19|20)\\d\\d|0\\d|9\\d)年(?!代?[间来多])(?:\\d{1,2}月(?:\\d{1,2}[日号])?)?"
    "|\\d{1,2}月(?:\\d{1,2}[日号])?|\\d{1,2}[日号](?![线楼院])"
    "|[一二][零〇九八][零〇一二三四五六七八九]{2}年|(?:十[一二]?|[一二三四五六七八九])月(?:[一二三四五六七八九十]{1,3}[日号])?(?!饼)|[一二三四五六七八九十]{1,3}[日号](?![线楼院])"
    "|\\d{1,4}([/.-])\\d{1,2}\\1\\d{1,4}(?!\\d)|\\d{1,2}:\\d\\d(?::\\d\\d)?(?!\\d)|\\d{1,3}/\\d{1,3}(?!\\d)|(?:19|20)\\d\\d[hq][1-4]|(?:(?:1[5-9]|20)?\\d)0'?s(?![a-z])"
    "|(?:[一二两三四五六七八九十]{1,3}|\\d{1,2})点(?:钟|半|整|过|\\d{1,2}分|[一二三四五六七八九十]{1,3}分)|\\d{1,2} ?(?:am|pm|a\\.m\\.|p\\.m\\.|o'clock)(?![a-z])"
)
_RANK = re.compile("第(?P<number>[零一二两三四五六七八九十百]+|\\d+)(?P<quarter>个?季度)?")


def quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities of text[start:end] in order."""
    written = text[start:end]
    lowered = written.lower()
    if len(lowered) != len(written):
        lowered = written
    place = floor = 0
    while anchor := _ANCHOR.search(lowered, place):
        place, found = _read(written, lowered, anchor.start(), floor)
        for one in found:
            floor = one.end
            yield replace(one, start=one.start + start, end=one.end + start)


def number(word: str) -> Decimal:
    """The value of 1,234.5, 三百二十, 两 or twelve; raises `InvalidOperation` for anything else."""
    found = numeral(word.lower(), 0, len(word)) if word else None
    if found is None or found.end != len(word):
        raise InvalidOperation(word)
    return found.values[0]


def _read(written: str, lowered: str, at: int, floor: int) -> tuple[int, tuple[Quantity, ...]]:
    """What stands at an anchor, and where to go on looking."""
    if skipped := _NO_NUMBER.match(lowered, at):
        return skipped.end(), ()
    if dated := _CALENDAR.match(lowered, at):
        return dated.end(), (labelled(lowered, at, dated.end(), "date"),)
    if lowered[at] == "第":
        return _rank(lowered, at)
    told = factor(lowered, written, at, len(lowered))
    if told:
        return told.end, (told_quantity(lowered, at, floor, told),)
    return amount(Place(written, lowered, at, floor))


def _rank(lowered: str, at: int) -> tuple[int, tuple[Quantity, ...]]:
    match = _RANK.match(lowered, at)
    if match is None:
        return at + 1, ()
    found = numeral(lowered, at + 1, match.end("number"))
    value = found.values[0] if found else Decimal(0)
    kind = "date" if match["quarter"] else "rank"
    follows = unit(lowered, lowered, match.end(), len(lowered)) if kind == "rank" else None
    end = follows.end if follows else match.end()
    return end, (Quantity(at, end, value, value, follows.name if follows else "", kind, "="),)
