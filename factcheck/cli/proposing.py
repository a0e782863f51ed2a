"""The command that asks a proposer, or replays what one answered."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck import config
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
    proposer = _recorded(replay) if replay else _endpoint(endpoint, model)
    case = frame.open()
    known = len(case.notices)
    frame.recorded(case.propose(source, proposer, at=frame.at))
    for notice in case.notices[known:]:
        narrate(notice)
    narrate(_told(source, case.recorded))


def _recorded(file: Path) -> "Proposer":
    from factcheck.case.proposing import Recorded

    return Recorded(file)


def _endpoint(endpoint: str | None, model: str | None) -> "Proposer":
    given = {"proposer_endpoint": endpoint, "proposer_model": model}
    found = {
        name: config.resolve(name, flag=given.get(name), environ=os.environ).value for name in config.PROPOSER
    }
    if not (found["proposer_endpoint"] and found["proposer_model"]):
        raise Usage(
            "the proposer is off: it has no endpoint or no model.",
            remedy="set proposer_endpoint, proposer_model and proposer_allow in your own config file",
        )
    from factcheck.text.proposer.asking import Endpoint

    variable = found["proposer_key"]
    key = os.environ.get(variable, "").strip() if variable else ""
    if variable and not key:
        raise Usage(
            "the variable that should hold the key is not set.",
            seen=variable[:80],
            remedy="set it, or mend proposer_key",
        )
    allow = [each.strip() for each in found["proposer_allow"].split(",") if each.strip()]
    return Endpoint(found["proposer_endpoint"], found["proposer_model"], allow, key)


def _told(source: str, events: "tuple[Event, ...]") -> str:
    """What became of the answers, in a line."""
    if not events or not isinstance(body := events[0].body, proposing.SourceProposed):
        return f"{source}: nothing new"
    turned_down = ", ".join(f"{each.count} {each.reason}" for each in body.rejected)
    told = f"{source}: {body.offered} offered, {body.count} suggested"
    told += f"; turned down: {turned_down}" if turned_down else ""
    told += f"; {body.unreadable} answers could not be read" if body.unreadable else ""
    return told + (f"; {body.unanswered} questions were not answered" if body.unanswered else "")
