"""The command that asks a proposer, or replays what one answered."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli.frame import Frame, command
from factcheck.cli.output import narrate
from factcheck.errors import Usage
from factcheck.events import proposing

if TYPE_CHECKING:
    from factcheck.case.proposing import Proposer
    from factcheck.events import Event


@command("propose")
@click.argument("source", metavar="S1")
@click.option("--endpoint", metavar="URL", help="The endpoint, up to and without /chat/completions.")
@click.option("--model", metavar="NAME", help="The model to ask.")
@click.option(
    "--replay",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the answers from a file; ask nobody.",
)
def propose_command(
    frame: Frame, source: str, endpoint: str | None, model: str | None, replay: Path | None
) -> None:
    """Ask a language model what else could be checked in SOURCE; it can only point, and is off unless you set it up.

    The source's sentences leave this machine. The endpoint must be named in proposer_allow in your own config file,
    as scheme://host:port; proposer_key names the environment variable that holds the key.
    """
    if replay and (endpoint or model):
        raise Usage("a replay asks nobody.", remedy="leave --endpoint and --model away")
    proposer = _recorded(replay) if replay else _configured(endpoint, model)
    case = frame.open()
    known = len(case.notices)
    frame.recorded(case.propose(source, proposer, at=frame.at))
    for notice in case.notices[known:]:
        narrate(notice)
    narrate(_told(source, case.recorded))


def _recorded(file: Path) -> "Proposer":
    from factcheck.case.proposing import Recorded

    return Recorded(file)


def _configured(endpoint: str | None, model: str | None) -> "Proposer":
    from factcheck.case.proposing import configured

    return configured(os.environ, endpoint=endpoint, model=model)


def _told(source: str, events: "tuple[Event, ...]") -> str:
    """What became of the answers, in a line."""
    if not events or not isinstance(body := events[0].body, proposing.SourceProposed):
        return f"{source}: nothing new"
    turned_down = ", ".join(f"{each.count} {each.reason}" for each in body.rejected)
    told = f"{source}: {body.offered} offered, {body.count} suggested"
    told += f"; turned down: {turned_down}" if turned_down else ""
    told += f"; {body.unreadable} answers could not be read" if body.unreadable else ""
    return told + (f"; {body.unanswered} questions were not answered" if body.unanswered else "")
