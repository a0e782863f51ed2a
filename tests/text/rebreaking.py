"""Texts whose sentences are known, and ways to spoil their lines as page layouts, recognisers and mail programs do."""

import random
import re
from functools import cache

from factcheck.text.clauses import sentences
from factcheck.text.layout import layout, passages
from factcheck.text.view import view
from tests.text.conftest import FIXTURES


@cache
def paragraphs(language: str) -> tuple[tuple[str, ...], ...]:
    """The paragraphs of broken.<language>.txt, each a row of sentences."""
    text = (FIXTURES / f"broken.{language}.txt").read_text("utf-8").strip()
    return tuple(tuple(paragraph.split("\n")) for paragraph in text.split("\n\n"))


def whole(language: str) -> str:
    """The text as it was written: a paragraph a line, an empty line between two."""
    return "\n\n".join(_joined(language, paragraph) for paragraph in paragraphs(language)) + "\n"


def rebroken(language: str, width: int, empty: float, chance: random.Random) -> str:
    """The text in lines of about `width` characters, with an empty line behind a share of them.

    Chinese breaks anywhere, in the middle of words and figures; English at blanks.
    """
    cut = _cut_chinese if language == "zh" else _cut_english
    pages = []
    for paragraph in paragraphs(language):
        lines = cut(_joined(language, paragraph), width, chance)
        ends = ["\n\n" if chance.random() < empty else "\n" for _ in lines[1:]]
        pages.append(lines[0] + "".join(end + line for end, line in zip(ends, lines[1:], strict=True)))
    return "\n\n".join(pages) + "\n"


def boundaries(language: str) -> set[int]:
    """Where the sentences end, counted in characters that are no blanks."""
    ends, length = set(), 0
    for paragraph in paragraphs(language):
        for sentence in paragraph:
            length += len(re.sub(r"\s", "", sentence))
            ends.add(length)
    return ends


def found_boundaries(text: str) -> set[int]:
    """Where extraction ends its sentences, counted in the same way."""
    laid = layout(text)
    seen = view(text, passages(laid), blank_is_pause=laid.unpunctuated)
    written = [0]
    for character in text:
        written.append(written[-1] + (not character.isspace()))
    return {written[seen.source(sentence.span).end] for sentence in sentences(seen)}


def agreement(found: set[int], wanted: set[int]) -> float:
    """F1 of two sets of places."""
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def _joined(language: str, paragraph: tuple[str, ...]) -> str:
    return ("" if language == "zh" else " ").join(paragraph)


def _cut_chinese(text: str, width: int, chance: random.Random) -> list[str]:
    lines = []
    while text:
        size = max(2, round(chance.gauss(width, width / 4)))
        lines.append(text[:size])
        text = text[size:]
    return lines


def _cut_english(text: str, width: int, chance: random.Random) -> list[str]:
    lines: list[str] = []
    line, size = "", width
    for word in text.split(" "):
        if line and len(line) + len(word) >= size:
            lines.append(line)
            line, size = word, max(2, round(chance.gauss(width, width / 4)))
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]
