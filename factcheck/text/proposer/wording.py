"""Whether a wording brings nothing along: its figures, names and nouns stand in the words it is made from."""

import re
from collections.abc import Iterator

from factcheck.text.quantities import Quantity, quantities
from factcheck.text.words import words

MOST = 300
"""Characters of a wording."""

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_LATIN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CHINESE = re.compile("[\u3400-\u9fff]")
_NOUNS = frozenset({"n", "s", "z", "j", "i", "l", "x", "g"})
_NOT = re.compile(
    r"[不没無无未非否]|(?<![a-z])(?:not|no|never|none|nor|neither|without|cannot)(?![a-z])|n['’]t(?![a-z])"
)
_OPENING = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "he",
        "her",
        "his",
        "i",
        "if",
        "in",
        "it",
        "its",
        "on",
        "she",
        "so",
        "that",
        "the",
        "their",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "we",
        "when",
        "while",
        "with",
    ]
)


def holds(statement: str, quote: str, context: str) -> bool:
    """Whether every figure, name and noun of the statement stands in the context, and neither adds nor drops a "not".

    Words are known by rjieba's classes; in Latin script a name is a word with a capital, the little words that open a
    sentence left aside.
    """
    if not statement.strip() or len(statement) > MOST or not statement.isprintable():
        return False
    low = context.casefold()
    return (
        bool(_NOT.search(statement.casefold())) is bool(_NOT.search(quote.casefold()))
        and set(_FIGURES.findall(statement)) <= set(_FIGURES.findall(context))
        and set(map(_amount, quantities(statement, 0, len(statement))))
        <= set(map(_amount, quantities(context, 0, len(context))))
        and {each.casefold() for each in _capitals(statement)}
        <= {*map(str.casefold, _LATIN.findall(context))}
        and all(each.casefold() in low for each in _nouns(statement))
    )


def _amount(one: Quantity) -> tuple[object, ...]:
    return one.low, one.high, one.unit, one.compare


def _capitals(statement: str) -> Iterator[str]:
    for match in _LATIN.finditer(statement):
        if match[0] != match[0].lower() and match[0].lower() not in _OPENING:
            yield match[0]


def _nouns(statement: str) -> Iterator[str]:
    for word in words(statement, 0, len(statement), None):
        if word.tag[:1] in _NOUNS and _CHINESE.search(statement, word.start, word.end):
            yield statement[word.start : word.end]
