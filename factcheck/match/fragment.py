"""A link that opens a page at the words of a quotation: a text fragment (WICG, URL fragment text directives)."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from factcheck.match.anchor import Anchor, whole_words

_WHOLE = 120
"""Characters up to which the words stand in the link as they are; of longer ones only the first and the last do."""

_ENDS = 40
_CONTEXTS = (0, 8, 16, 32, 64)
"""Characters around the words that are tried, until the first place that fits is the right one."""

_DIRECTIVE = ":~:"


@dataclass(frozen=True, slots=True)
class _Directive:
    """text=[prefix-,]start[,end][,-suffix]"""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        parts = (
            f"{_encoded(self.prefix)}-" if self.prefix else "",
            _encoded(self.start),
            _encoded(self.end),
            f"-{_encoded(self.suffix)}" if self.suffix else "",
        )
        return "text=" + ",".join(filter(None, parts))

    def first(self, text: str) -> int:
        """Where the first place starts that a browser would take, case and the kind of white space aside; -1 for none."""
        words = _pattern(self.start) + (f"[\\s\\S]*?{_pattern(self.end)}" if self.end else "")
        before = f"{_pattern(self.prefix)}\\s*" if self.prefix else ""
        behind = f"\\s*{_pattern(self.suffix)}" if self.suffix else ""
        found = re.search(f"{before}(?P<words>{words}){behind}", text, re.IGNORECASE)
        return found.start("words") if found else -1


def fragment(url: str, found: Anchor, text: str) -> str:
    """`url` with a text directive for the place `found` in the page's `text`; a #fragment of its own is kept.

    The link is a convenience: browsers match words in the page as it is today, and ignore what they cannot find.
    The url comes back as it was when no directive tells the place from others.
    """
    start, end = whole_words(text, found.start, found.end)
    for size in _CONTEXTS:
        directive = _directive(text, start, end, size)
        if directive.start and directive.first(text) == start:
            return _joined(url, str(directive))
    return url


def _directive(text: str, start: int, end: int, size: int) -> _Directive:
    words = text[start:end]
    lines = words.splitlines()
    prefix, suffix = _before(text, start, size), _behind(text, end, size)
    if len(words) <= _WHOLE and len(lines) == 1:
        return _Directive(words, "", prefix, suffix)
    first, last = lines[0].strip(), lines[-1].strip()
    opening = first[: whole_words(first, 0, min(_ENDS, len(first) if len(lines) > 1 else len(first) // 2))[1]]
    closing = last[
        whole_words(last, max(len(last) - _ENDS, 0 if len(lines) > 1 else len(last) // 2), len(last))[0] :
    ]
    return _Directive(opening, closing, prefix, suffix)


def _before(text: str, start: int, size: int) -> str:
    """The end of the line before `start`, at most `size` characters of it and no piece of a word."""
    line = text[max(start - 200, 0) : start].rstrip().rpartition("\n")[2] if size else ""
    return line[whole_words(line, max(len(line) - size, 0), len(line))[0] :].strip() if line.strip() else ""


def _behind(text: str, end: int, size: int) -> str:
    line = text[end : end + 200].lstrip().partition("\n")[0] if size else ""
    return line[: whole_words(line, 0, min(size, len(line)))[1]].strip() if line.strip() else ""


def _pattern(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _encoded(words: str) -> str:
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")


def _joined(url: str, directive: str) -> str:
    address, _, own = url.partition("#")
    own = own.partition(_DIRECTIVE)[0]
    return f"{address}#{own}{_DIRECTIVE}{directive}"
