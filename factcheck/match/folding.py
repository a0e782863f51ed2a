"""Text without what makes no difference to a quotation: white space and letter case; every place is still known."""

import re
from bisect import bisect_right

WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—"
UNSEEN = "\u00ad\u200b\u2060\ufeff"

_ODD = re.compile(
    rf"[\s{UNSEEN}]{{2,}}|[^\S ]|[{UNSEEN}]|(?<=[{WIDE}]) | (?=[{WIDE}])|\A | \Z",
)
"""Every blank but the single one between two words of an alphabet, which stays what it is."""

_BESIDE_WIDE = re.compile(f"[{WIDE}]")
_UNSEEN = frozenset(UNSEEN)


class Folded:
    """A text with each run of white space as one blank, or none beside Chinese, that still knows its places."""

    __slots__ = ("_at", "_from", "text")

    def __init__(self, text: str) -> None:
        self._at: list[int] = []
        self._from: list[int] = []
        pieces: list[str] = []
        length = last = 0
        for blank in _ODD.finditer(text):
            piece = text[last : blank.start()] + _instead(text, blank)
            self._note(length, last, piece)
            pieces.append(piece)
            length, last = length + len(piece), blank.end()
        self._note(length, last, text[last:])
        self.text = "".join((*pieces, text[last:])) if pieces else text

    def _note(self, at: int, source: int, piece: str) -> None:
        if piece:
            self._at.append(at)
            self._from.append(source)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The places in the text itself of what is [start, end) here; `end` > `start`."""
        return self._source(start), self._source(end - 1) + 1

    def _source(self, offset: int) -> int:
        run = bisect_right(self._at, offset) - 1
        return self._from[run] + offset - self._at[run]


def _instead(text: str, blank: re.Match[str]) -> str:
    left, right = blank.start() - 1, blank.end()
    if left < 0 or right == len(text) or _UNSEEN.issuperset(blank[0]):
        return ""
    wide = _BESIDE_WIDE.match(text, left) or _BESIDE_WIDE.match(text, right)
    return "" if wide else " "


def lower(text: str) -> str:
    """Lower case, character for character: what would change the length stays as it is."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def ink(text: str) -> str:
    """The characters of a text that are no white space."""
    shown = "".join(text.split())
    for unseen in UNSEEN:
        shown = shown.replace(unseen, "")
    return shown
