"""Commands about the record itself: taking in what another desk of the same case wrote."""

from pathlib import Path

import click

from factcheck.cli.frame import Frame, command, group
from factcheck.cli.output import emit, say
from factcheck.labels import label

SHOWN = 12
"""How many numbers are listed, before the rest is only counted."""


@group("ledger")
def ledger_command(context: click.Context) -> None:
    """Say how long the ledger is and what its root is; `adopt` takes in another desk's."""
    if context.invoked_subcommand is not None:
        return
    frame: Frame = context.obj
    case = frame.open()
    if frame.json:
        emit({"head": case.head.model_dump()})
        return
    say(case.receipt().rstrip("\n"))


@command("adopt")
@click.argument("other", type=click.Path(path_type=Path))
def ledger_adopt(frame: Frame, other: Path) -> None:
    """Take in what somebody did in OTHER, another folder of this case; OTHER itself is only read."""
    frame.refuse_at()
    done = frame.open().adopt(other)
    pairs = [list(pair) for pair in done.map]
    if frame.json:
        frame.recorded(done.events, map=pairs, waiting=list(done.waiting))
        return
    say(label("cli.adopted", frame.language, number=len(done.events)))
    for old, new in pairs[:SHOWN]:
        say(label("cli.adopted_number", frame.language, old=old, new=new))
    if pairs[SHOWN:]:
        say(label("cli.adopted_more", frame.language, number=len(pairs) - SHOWN))
    if done.waiting:
        say(label("cli.adopted_waiting", frame.language, claims=", ".join(done.waiting)))


ledger_command.add_command(ledger_adopt)
