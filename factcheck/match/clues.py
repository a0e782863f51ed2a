"""What of a claim can be met on a page that speaks of it: names, words, figures, and things said in another language."""

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from factcheck.match.figures import figures, written

_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_WORD = re.compile(r"[^\W\d_\u2e80-\u9fff]+(?:['’][^\W\d_\u2e80-\u9fff]+)*\d*|[^\W\d_\u2e80-\u9fff]+")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "he",
        "she",
        "they",
        "we",
        "his",
        "her",
        "their",
        "our",
        "has",
        "have",
        "had",
        "not",
        "no",
        "than",
        "then",
        "who",
        "which",
        "what",
        "when",
        "where",
        "how",
        "also",
        "said",
        "says",
        "say",
        "saying",
        "mr",
        "mrs",
        "ms",
        "dr",
    ]
)
_EMPTY_HAN = frozenset("的了在是和与及已于等这那其有也都就对把被并或而之该年月日个说")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


_THING, _FIGURE, _DATE, _NAME = 1.0, 2.4, 0.8, 0.6
"""What clues of a kind are worth beside a plain word."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Something a claim says: met where one of its forms stands, or a figure of its value. `weight` compares clues."""

    forms: tuple[str, ...]
    weight: float
    value: str = ""


def clues(claim: str, *, latin: bool = True) -> tuple[Clue, ...]:
    """The clues of a claim in lower case; names of `latin` pages are looked for as they sound, too."""
    small = claim.lower()
    told, taken = _things(small)
    found = [
        *told,
        *_figures(small),
        *_words(claim, taken),
        *(_sounds(small) if latin else _pairs(small, taken)),
    ]
    unique = {(each.forms, each.value): each for each in reversed(found)}
    return tuple(unique.values())


def _things(small: str) -> tuple[list[Clue], set[int]]:
    """What the claim speaks of, and the characters that say so."""
    found: list[Clue] = []
    taken: set[int] = set()
    for forms in _sayings():
        spans = [span for form in forms for span in _stands(small, form)]
        if spans:
            found.append(Clue(forms, _THING))
            taken |= {at for start, end in spans for at in range(start, end)}
    return found, taken


def _stands(small: str, form: str) -> Iterator[tuple[int, int]]:
    at = small.find(form)
    while at >= 0:
        if begins_word(small, at, form):
            yield at, at + len(form)
        at = small.find(form, at + 1)


def begins_word(text: str, at: int, form: str) -> bool:
    """True unless `form` begins with a letter or digit of an alphabet that goes on before it; short words stand alone."""
    first = form[0]
    if not first.isascii() or not first.isalnum():
        return True
    before = text[at - 1] if at else " "
    if before.isascii() and before.isalnum():
        return False
    behind = text[at + len(form) : at + len(form) + 1]
    return len(form) > 3 or not (behind.isascii() and behind.isalpha()) or behind == "s"


def _figures(small: str) -> Iterator[Clue]:
    for each in figures(small):
        yield Clue(written(each.value), _DATE if _is_common(each.value) else _FIGURE, each.value)


def _is_common(value: str) -> bool:
    """True for years, months and single digits, which a page has many of."""
    year = len(value) == 4 and value[:2] in {"18", "19", "20"}
    return year or value.startswith("m") or len(value) == 1


def _words(claim: str, taken: set[int]) -> Iterator[Clue]:
    """Words of an alphabet by their beginnings, so that launch is met in launched; names count more."""
    for found in _WORD.finditer(claim):
        word = found[0].lower().removesuffix("'s").removesuffix("’s")
        if word in _EMPTY or len(word) < 2:
            continue
        name = found[0][0].isupper() and (found.start() > 0 or not claim.isascii())
        said = found.start() in taken
        yield Clue((_stem(word),), 0.3 if said else _NAME if name else 1.0)


def _stem(word: str) -> str:
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e", "y"):
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _pairs(small: str, taken: set[int]) -> Iterator[Clue]:
    for run in _HAN.finditer(small):
        for at in range(run.start(), max(run.end() - 1, run.start() + 1)):
            pair = small[at : min(at + 2, run.end())]
            if not _EMPTY_HAN.intersection(pair):
                yield Clue((pair,), 0.25 if {at, at + 1} <= taken else 0.6)


def _sounds(small: str) -> Iterator[Clue]:
    """Two or three neighbouring characters as a name of theirs is spelt in an alphabet, family name first or last."""
    for run in _HAN.finditer(small):
        spelt = [_syllable(character) for character in run[0]]
        for at in range(len(spelt) - 1):
            if _EMPTY_HAN.intersection(run[0][at : at + 2]):
                continue
            one, two, *more = spelt[at : at + 3]
            yield Clue((f"{one} {two}", f"{two} {one}", one + two), 1.3)
            if more:
                yield Clue((f"{one} {two}{more[0]}", f"{two}{more[0]} {one}", f"{two}-{more[0]} {one}"), 1.3)


@cache
def _syllable(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # 2.5 MB that only whole sentences would need

    from pypinyin.constants import PINYIN_DICT

    spelt = str(PINYIN_DICT.get(ord(character), "?")).split(",", 1)[0]
    return spelt.translate(_TONES)


@cache
def _sayings() -> tuple[tuple[str, ...], ...]:
    table = tomllib.loads(resources.files("factcheck").joinpath("data/sayings.toml").read_text("utf-8"))
    return tuple(tuple(forms) for forms in table["things"])
