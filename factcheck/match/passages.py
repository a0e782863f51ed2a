"""Where a text is cut into sentences: at marks, not inside figures or after abbreviations, and not where a line is only full."""

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?P<wide>[。！？；]+[”’」』）)\"]*)"
    r"|(?P<dot>[.!?]+[\"”’)]*(?=\s|$))"
    r"|(?P<line>[^\S\n]*\n\s*)"
)
_SHORTENED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|nos|vs|inc|ltd|co|corp|fig|approx|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|gen|sen|rep|e\.g|i\.e|a\.m|p\.m)|(?:^|[\s.])[A-Z])\.$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[-*•·–—]|\(?\d{1,3}[.)、]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]")
_ITEM_NUMBER = 12
"""Characters within which a dot may belong to the number of an item."""

_FULL = 36
"""Characters of a line (Chinese ones count twice) from which a sentence may go on in the next."""

_LONGEST = 20_000


def passages(text: str, start: int = 0, end: int = -1) -> Iterator[tuple[int, int]]:
    """The sentences of text[start:end] as [start, end), without blanks at their edges, each at most 20,000 long."""
    end = len(text) if end < 0 else end
    first = start
    for mark in _END.finditer(text, start, end):
        if _ends(text, first, mark, end):
            yield from _trimmed(text, first, mark.end())
            first = mark.end()
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    low, high = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if low < high:
        yield low, min(high, low + _LONGEST)


def _ends(text: str, first: int, mark: re.Match[str], end: int) -> bool:
    if mark["wide"]:
        return True
    if mark["dot"]:
        if mark.end() - first <= _ITEM_NUMBER and _ITEM.fullmatch(text[first : mark.end()].strip()):
            return False
        behind = text[mark.end() : mark.end() + 3].lstrip()[:1]
        return not behind.islower() and not _SHORTENED.search(text, max(first, mark.start() - 8), mark.end())
    return not _goes_on(text, first, mark, end)


def _goes_on(text: str, first: int, mark: re.Match[str], end: int) -> bool:
    """True where a line ends because it is full: it is long, ends with no mark, and no list goes on below."""
    if mark[0].count("\n") > 1 or mark.end() >= end:
        return False
    line = text[max(text.rfind("\n", first, mark.start()) + 1, first) : mark.start()]
    last, behind = line.rstrip()[-1:], text[mark.end() : mark.end() + 8]
    if last in "。！？；.!?:：" or _ITEM.match(behind) or "|" in line:
        return False
    if behind[0].islower() or last in "，,、-":
        return len(line) >= 12
    wide = sum(character > "\u2e80" for character in line)
    return (
        bool(wide)
        and behind[0] > "\u2e80"
        and len(line) + wide >= _FULL
        and "\t" not in line
        and not _closed(text, mark, end)
    )


def _closed(text: str, mark: re.Match[str], end: int) -> bool:
    """True when the next line is no continuation: it is much longer, as the text below a heading is."""
    stop = text.find("\n", mark.end(), end)
    below = (stop if stop >= 0 else end) - mark.end()
    line = mark.start() - (text.rfind("\n", 0, mark.start()) + 1)
    return below > line + 6
