"""How a suggestion reads once people have decided what was misheard: its statement follows, its words stay.

The statement was worded when the source was extracted, with likely readings in place. A decision that comes later is laid
over it here, so that nobody has to extract again to see it. Only words that are certain to be those of the mention are
replaced: beside the same neighbours, or standing there once. What cannot be placed waits for the next extraction.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from factcheck.model import Claim, ClaimState, Mention, Reading

_BLANK = re.compile(r"\s+")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
_WIDTHS = ((6, 6), (3, 3), (6, 0), (0, 6), (2, 0), (0, 2), (0, 0))
"""How many characters before and behind must agree: the most certain first."""


def worded(claim: Claim, readings: Iterable[Reading]) -> Claim:
    """The suggestion with every decided reading of its mention in its statement; touched claims stay as they are."""
    if not claim.untouched or claim.state is not ClaimState.SUGGESTED:
        return claim
    statement, mention = claim.statement, claim.mentions[0]
    for reading in readings:
        if reading.state in {"accepted", "rejected"} and reading.source == mention.source:
            for start, end in reading.places:
                if mention.start <= start and end <= mention.end:
                    statement = _decided(statement, mention, start, end, reading)
    return claim if statement == claim.statement else replace(claim, statement=statement)


def _decided(statement: str, mention: Mention, start: int, end: int, reading: Reading) -> str:
    """The statement with one place as it was decided; unchanged where the place cannot be told."""
    heard = squeezed(reading.heard)
    wanted, other = (reading.meant, heard) if reading.state == "accepted" else (heard, reading.meant)
    before = squeezed(mention.quote[: start - mention.start + 1])[:-1]
    behind = squeezed(mention.quote[end - mention.start - 1 :])[1:]
    for word in sorted((wanted, other), key=len, reverse=True):
        for at in _places(statement, before, word, behind):
            return statement if word == wanted else statement[:at] + wanted + statement[at + len(word) :]
    return statement


def _places(statement: str, before: str, word: str, behind: str) -> Iterator[int]:
    """Where the word stands between these neighbours, if it does so once; by the widest neighbours that tell."""
    for left, right in _WIDTHS:
        ahead, after = before[len(before) - min(left, len(before)) :], behind[:right]
        found = [m.end(1) for m in re.finditer(_pattern(ahead, word, after), statement)]
        if len(found) == 1:
            yield found[0]


def _pattern(ahead: str, word: str, after: str) -> str:
    alone = "(?<![A-Za-z0-9])" if not ahead and word[:1].isascii() else ""
    ends = "(?![A-Za-z0-9])" if not after and word[-1:].isascii() else ""
    return f"{alone}({re.escape(ahead)}){re.escape(word)}(?={re.escape(after)}){ends}"


def squeezed(words: str) -> str:
    """Words as a statement has them: no white space beside Chinese, one blank elsewhere."""

    def instead(blank: re.Match[str]) -> str:
        sides = words[max(blank.start() - 1, 0) : blank.start()] + words[blank.end() : blank.end() + 1]
        return "" if re.search(_WIDE, sides) or len(sides) < 2 else " "

    return _BLANK.sub(instead, words)
