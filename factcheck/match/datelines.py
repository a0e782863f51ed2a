"""Whose report a page carries: the agency in the dateline of its text, or in the line that names its source."""

import re
from functools import cache

from factcheck.match.nearly import Report
from factcheck.match.outlets import Outlets

_LEADING = 3
"""Paragraphs at whose beginning a dateline may stand: a summary or a photograph's words may come before."""
_OPENING = 200
_NAMED = (
    r"(?:文章|本文|信息|消息|新闻|新聞)?(?:来源|來源|稿源|转自|轉自|转载自|轉載自)"
    r"|source|originally published (?:by|on|at|in)|republished from|courtesy of|syndicated from"
    r"|this (?:article|story|report|piece) (?:was )?(?:(?:first|originally) )?(?:appeared|published)"
    r"(?: first| originally)? (?:by|on|at|in)"
)
_SOURCE = re.compile(rf"\W{{0,3}}(?:{_NAMED})\s*[:：]?\s*[《「“\"]?(?P<name>[^\n]{{2,80}})", re.IGNORECASE)


def dateline(report: Report, known: Outlets) -> str:
    """The agency that a report says it comes from; "" for none. One that is only quoted does not count."""
    openings = [line.strip()[:_OPENING] for line in report.lines[:_LEADING]]
    for line in openings:
        if found := _opening(known).match(line):
            return _key(found, known)
    if openings and (found := _retold(known).match(openings[0])):
        return _key(found, known)
    return next((key for line in report.around if (key := _named(line, known))), "")


def _named(line: str, known: Outlets) -> str:
    """The agency in a line which does nothing but name the source of the report."""
    found = _SOURCE.match(line.strip())
    if not found:
        return ""
    name = _names(known).match(found["name"].strip())
    return known.agencies[name[0].lower()] if name else ""


def _key(found: re.Match[str], known: Outlets) -> str:
    return known.agencies[next(each for each in found.groups() if each).lower()]


def _either(known: Outlets, *, latin: bool) -> str:
    """The names, long ones first; small letters and capitals are one, as `AP` and `Ap` are."""
    names = sorted((each for each in known.agencies if each.isascii() == latin), key=len, reverse=True)
    return "|".join(map(re.escape, names)) or r"(?!)"


@cache
def _names(known: Outlets) -> re.Pattern[str]:
    latin, wide = _either(known, latin=True), _either(known, latin=False)
    return re.compile(rf"(?i:the )?(?:(?i:{latin})(?![\w-])|{wide})")


@cache
def _opening(known: Outlets) -> re.Pattern[str]:
    """PARIS, March 3 (Reuters) - , (AP) — , /PRNewswire/ --, 新华社北京2月7日电, 【财联社】, （界面新闻 记者…）."""
    latin, wide = _either(known, latin=True), _either(known, latin=False)
    place = r"(?:[A-Z][^\n()（）。!?]{0,70}?\s*)?"
    dash = r"\s*(?:--|[-—–:：])"
    return re.compile(
        rf"{place}[(（]\s*((?i:{latin}))\s*[)）]{dash}"
        rf"|[(（【\[]\s*((?i:{latin})|{wide})\s*[)）】\]]"
        rf"|{place}/((?i:{latin}))/{dash}"
        rf"|(?:[A-Z][A-Z .'-]+[^\n()。!?]{{0,40}}?\s)?((?i:{latin}))\s+(?:--|[-—–])\s"
        rf"|(?:【[^】\n]{{0,60}}】)?\s*[(（【\[]?\s*({wide})(?!区|區|[^\n]{{0,16}}摄)"
        r"[^\n，。,！？：]{0,24}?(?:电|電|电讯|讯|訊|消息|(?<!据)记者)"
    )


@cache
def _retold(known: Outlets) -> re.Pattern[str]:
    """据路透社报道，: a report that begins so tells what the agency told; further down it may be one source of many."""
    latin, wide = _either(known, latin=True), _either(known, latin=False)
    return re.compile(
        rf"(?:[^\n，。,《“\"]{{0,12}}?[，,])?\s*[据據]\s*((?i:{latin})|{wide})[^\n，。,！？]{{0,16}}?(?:报道|報道|报导|報導|消息|透露)"
    )
