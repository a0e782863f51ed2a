"""Which claims a command is about: named one by one, or all that a filter finds."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from factcheck.case import Case
from factcheck.errors import NotFound, Usage
from factcheck.index import Query
from factcheck.model import ClaimState, ClaimType

F = TypeVar("F", bound=Callable[..., Any])
_FILTERS = (
    click.option("--source", default="", metavar="S1", help="All of this source."),
    click.option(
        "--section", default="", metavar="N", help="All of this section: its number, or words of its heading."
    ),
    click.option("--type", "type_", default="", help="All of this type."),
    click.option("--state", default="", help="All in this state."),
    click.option("--text", default="", help="All with these words."),
)


def filters(function: F) -> F:
    """Give a command the options that choose claims."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


def chosen(
    case: Case,
    named: tuple[str, ...],
    states: tuple[ClaimState, ...],
    *,
    source: str,
    section: str,
    type_: str,
    state: str,
    text: str,
) -> list[str]:
    """The claims that are named, or those that every filter given fits and that are in one of `states`.

    Usage when both or neither are given; NotFound when no claim fits.
    """
    filtered = any((source, section, type_, state, text))
    if bool(named) is filtered:
        raise Usage(
            "name claims, or a filter.", remedy="C7 C9, or --source S1 --section 2, --type, --state, --text"
        )
    if named:
        return list(named)
    if section and not source:
        raise Usage("a section is one of a source.", remedy="add --source S1")
    _known("state", state, tuple(ClaimState))
    _known("type", type_, tuple(ClaimType))
    wanted = tuple(each for each in states if state in {"", each})
    found = case.numbers(Query(states=wanted, source=source, type=type_, text=text)) if wanted else []
    if section:
        inside = set(case.in_section(source, section))
        found = [number for number in found if number in inside]
    if not found:
        raise NotFound("no claim fits.", remedy="factcheck list shows the claims")
    return [f"C{number}" for number in found]


def _known(what: str, word: str, words: tuple[str, ...]) -> None:
    if word and word not in words:
        raise Usage(f"there is no such {what}.", seen=word, remedy="one of " + ", ".join(words))
