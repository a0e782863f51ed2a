"""Taking in what another desk of the same case wrote."""

from pathlib import Path

import click

from factcheck.cli.frame import Frame, command
from factcheck.cli.output import say
from factcheck.labels import label

SHOWN = 12
"""How many numbers are listed, before the rest is only counted."""


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
