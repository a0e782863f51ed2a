"""Whether two quotations say the same words, so that what was found about one holds for the other."""

import re
import unicodedata

from factcheck.speech import uncued

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PUNCTUATION = frozenset(".,;:!\"'()[]{}。、…“”‘’«»‹›「」『』《》〈〉【】〔〕" + _DASHES)
"""Marks of sentences: what divides, quotes or encloses words and says nothing by itself. `?` says something."""

_FOLDED = ("<wide>", "<narrow>", "<compat>", "<font>")
"""Kinds of compatibility forms that are the same character; ₂, ² and ½ are not 2 and 1/2."""

_INNER = re.compile(r"(?<=[^\W\d_\u2e80-\uffff])['\u2019\u2010\u2011-](?=[^\W\d_\u2e80-\uffff])")
"""What belongs to a word of an alphabet: it's is not its, to re-sign is not to resign."""

_UNIT = re.compile(r"(?<=\d)\s*([^\W\d_]{1,4})(?![^\W\d_])")
"""A short word behind a figure, where case tells mW from MW."""


def same_words(one: str, two: str) -> bool:
    """True when two quotations say the same: what is dropped is white space, sentence punctuation and letter case.

    Marks between two digits and signs before one, symbols of every kind, and the case of a short unit behind a figure
    count. The times of cues inside are no words: subtitles that were timed anew say what they said.

    >>> same_words("蒋璐转投 TikTok", "蒋璐转投tiktok，")
    True
    >>> same_words("$18.5 million", "€18.5 million")
    False
    """
    one, two = uncued(one), uncued(two)
    return "".join(one.split()) == "".join(two.split()) or _said(one) == _said(two)


def _said(words: str) -> str:
    """The characters of a quotation that count."""
    flat = "".join(map(_folded, unicodedata.normalize("NFC", words)))
    units = {at for unit in _UNIT.finditer(flat) for at in range(*unit.span(1))}
    inner = {mark.start() for mark in _INNER.finditer(flat)}
    return "".join(
        c if at in units else _plain(c) for at, c in enumerate(flat) if at in inner or _counts(flat, at)
    )


def _plain(character: str) -> str:
    return "-" if character in _DASHES else "'" if character == "\u2019" else character.casefold()


def _folded(character: str) -> str:
    kind = unicodedata.decomposition(character).partition(" ")[0]
    return unicodedata.normalize("NFKC", character) if kind in _FOLDED else character


def _counts(text: str, at: int) -> bool:
    character = text[at]
    if character.isspace() or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f":
        return False
    if character not in _PUNCTUATION:
        return True
    before, behind = text[:at].rstrip()[-1:], text[at + 1 :].lstrip()[:1]
    if behind.isdigit():
        signs = character in _DASHES or (character in ".([" and text[at + 1].isdigit())
        return signs or before.isdigit()
    return False
