"""Commands that judge."""

import re
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import click

from factcheck.case import Case
from factcheck.case.carrying import one_of
from factcheck.case.verdicts import More
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import narrate
from factcheck.errors import Usage
from factcheck.model import REMARKS, Part, PartRole


def _relied(evidence: tuple[str, ...]) -> list[str] | None:
    return [each for word in evidence for each in word.replace(",", " ").split()] or None


_PART = re.compile(r"(?P<role>[^:]+):(?P<words>.+?)=(?P<rating>[^:=]+)(?::\s*(?P<because>.*))?", re.DOTALL)
_MORE = (
    click.option("--as-of", "as_of", default="", metavar="DAY|D..D", help="The days it is true of."),
    click.option("--omitted", default="", metavar="TEXT", help="What the claim leaves out."),
    click.option("--would-change", default="", metavar="TEXT", help="What would make you think again."),
    click.option(
        "--basis",
        type=click.Choice(["stated", "not_stated"]),
        help="Whether an opinion says what it rests on.",
    ),
    click.option(
        "--part",
        "parts",
        multiple=True,
        metavar="ROLE:WORDS=RATING[: WHY]",
        help="A finding on a part: person, role, destination, date, organisation, product, place, quantity, cause.",
    ),
)
F = TypeVar("F", bound=Callable[..., Any])


def _more_options(function: F) -> F:
    """Give a command what a verdict may say beyond its rating."""
    for option in reversed(_MORE):
        function = option(function)
    return function


def _more(
    as_of: str,
    omitted: str,
    would_change: str,
    basis: Literal["stated", "not_stated"] | None,
    parts: tuple[str, ...],
) -> More:
    return More(tuple(map(_part, parts)), as_of, omitted, would_change, basis or "")


def _part(text: str) -> Part:
    found = _PART.fullmatch(text)
    if found is None:
        raise Usage("this is no part of a claim.", seen=text, remedy="--part 'person:蒋璐=supported'")
    role = one_of(PartRole, found["role"].strip(), "part")
    return Part(role, found["words"].strip(), found["rating"].strip(), (found["because"] or "").strip())


def _print(frame: Frame, case: Case, claim: str) -> None:
    """What was recorded; what is only remarked beside the verdict is said on stderr."""
    for each in case.against(case.claim(claim)):
        if each.code in REMARKS:
            narrate(f"{case.sentence(each)} ({case.way_out(each)})")
    frame.recorded(case.recorded)


@command("decide")
@click.argument("claim")
@click.argument("rating")
@click.option("--because", default="", help="Why; required for ratings 1 to 5.")
@click.option("--evidence", multiple=True, metavar="E3", help="What the verdict relies on; all if not given.")
@_more_options
def decide_command(
    frame: Frame, claim: str, rating: str, because: str, evidence: tuple[str, ...], **more: Any
) -> None:
    """Record a verdict: RATING is a digit 1-9, a name (supported, refuted, ...) or a label."""
    case = frame.open()
    said: dict[str, Any] = {
        "because": because,
        "evidence": _relied(evidence),
        "more": _more(**more),
        "at": frame.at,
    }
    case.decide(claim, rating, **said)
    _print(frame, case, claim)


@command("rate")
@click.argument("claim")
@click.argument("rating")
@click.option("--mention", type=int, required=True, help="Which place, counted from 1.")
@click.option("--because", default="", help="Why; required for ratings 1 to 5.")
def rate_command(frame: Frame, claim: str, rating: str, mention: int, because: str) -> None:
    """Record what was found about one of several mentions of CLAIM: each place may say something else."""
    frame.recorded(frame.open().rate(claim, rating, mention=mention, because=because, at=frame.at))


@command("confirm")
@click.argument("claim")
def confirm_command(frame: Frame, claim: str) -> None:
    """Sign somebody else's verdict as the second person."""
    frame.recorded(frame.open().confirm(claim, at=frame.at))


@command("dispute")
@click.argument("claim")
@click.option("--because", required=True, help="Why the verdict should not stand.")
def dispute_command(frame: Frame, claim: str, because: str) -> None:
    """Say why somebody else's verdict should not stand."""
    frame.recorded(frame.open().dispute(claim, because=because, at=frame.at))


@command("settle")
@click.argument("claim")
@click.argument("rating")
@click.option("--because", required=True, help="Why.")
@click.option("--evidence", multiple=True, metavar="E3", help="What it relies on; all if not given.")
@_more_options
def settle_command(
    frame: Frame, claim: str, rating: str, because: str, evidence: tuple[str, ...], **more: Any
) -> None:
    """End a dispute as a third person; both texts stay, and RATING may differ from both."""
    case = frame.open()
    said: dict[str, Any] = {"evidence": _relied(evidence), "more": _more(**more), "at": frame.at}
    case.settle(claim, rating, because=because, **said)
    _print(frame, case, claim)
