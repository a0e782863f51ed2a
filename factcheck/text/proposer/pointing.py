"""What a proposer answered, item by item: kept where its quote stands in the sentences it names, else turned down and counted."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from factcheck.model import ClaimType
from factcheck.state import squeezed
from factcheck.text.proposer.questions import Place, Shown, shown
from factcheck.text.proposer.wording import holds
from factcheck.text.quantities import quantities

MOST_ITEMS = 200
"""Items of one answer; what comes after them is turned down unread."""

MOST_NAMED = 3
"""Sentences that one item may name."""


class _Item(BaseModel):
    """An item as it is asked for, and nothing beside it: there is no place for a verdict."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    sentences: list[int]
    quote: str
    type: str
    statement: str
    why: str


@dataclass(frozen=True, slots=True)
class Pointed:
    """A place in the source (code points, half open) and what it says; `plain`: the wording asked for did not hold."""

    start: int
    end: int
    quote: str
    type: ClaimType
    statement: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer after the check: how many items it had, those that hold, and why the others do not."""

    readable: bool
    offered: int = 0
    held: tuple[Pointed, ...] = ()
    rejected: Counter[str] = field(default_factory=Counter)


def checked(text: str, sentences: Sequence[Place], answer: str) -> Checked:
    """Check what was answered to a question about these sentences. Pure; any answer at all may be given."""
    items = read_items(answer)
    if items is None:
        return Checked(readable=False)
    held: list[Pointed] = []
    rejected = Counter({"many": len(items) - MOST_ITEMS}) if len(items) > MOST_ITEMS else Counter[str]()
    for item in items[:MOST_ITEMS]:
        found = _pointed(text, sentences, item)
        if isinstance(found, str):
            rejected[found] += 1
        else:
            held.append(found)
    return Checked(True, len(items), tuple(held), rejected)


def read_items(answer: str) -> list[Any] | None:
    """The items of a chat completion, not yet looked at; None where it is not what was asked for."""
    try:
        content = _json(answer)["choices"][0]["message"]["content"]
        said = _json(content)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    if not isinstance(said, dict) or said.keys() != {"claims"} or not isinstance(said["claims"], list):
        return None
    return said["claims"]


def _json(words: str) -> Any:
    return json.loads(words, object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _pointed(text: str, sentences: Sequence[Place], given: Any) -> Pointed | str:
    """The place that an item points at, or the reason why it is turned down."""
    try:
        item = _Item.model_validate(given)
    except (ValidationError, RecursionError):
        return "form"
    first, last = min(item.sentences, default=0), max(item.sentences, default=0)
    if not 1 <= first <= last <= len(sentences) or item.sentences != [*range(first, last + 1)]:
        return "sentences"
    if last - first >= MOST_NAMED:
        return "sentences"
    if item.type not in {*ClaimType}:
        return "type"
    there = shown(text, sentences[first - 1][0], sentences[last - 1][1])
    at = there.text.find(item.quote) if item.quote.strip() == item.quote else -1
    if at < 0 or not any(map(str.isalnum, item.quote)):
        return "quote"
    if _cuts(there, at, at + len(item.quote)):
        return "cut"
    start, end = there.at[at], there.at[at + len(item.quote) - 1] + 1
    beside = sentences[max(first - 2, 0)][0], sentences[min(last, len(sentences) - 1)][1]
    plain = item.statement != item.quote and not holds(item.statement, item.quote, shown(text, *beside).text)
    statement = item.quote if plain else squeezed(item.statement)
    return Pointed(start, end, text[start:end], ClaimType(item.type), statement, plain)


def _cuts(there: Shown, start: int, end: int) -> bool:
    """Whether a quote begins or ends inside a Latin word or a figure: "4 倍" is not what was said in "14 倍"."""
    words = there.text
    figures = [(one.start, one.end) for one in quantities(words, 0, len(words))]
    return any(
        _joined(words, edge) or any(first < edge < last for first, last in figures) for edge in (start, end)
    )


def _joined(words: str, edge: int) -> bool:
    """Whether the characters on both sides of an edge are one word or one figure."""
    if not 0 < edge < len(words):
        return False
    left, right = words[edge - 1], words[edge]
    if left in ".,%-" or right in ".,%":
        return (
            words[edge - 2 : edge - 1].isdigit()
            and (words[edge : edge + 1] + words[edge + 1 : edge + 2])[-2:].isdigit()
        )
    return all(each.isascii() and each.isalnum() for each in (left, right))
