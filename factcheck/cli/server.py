"""Commands about a case that lies on a server: setting the server up, letting people in, and moving a case there and back."""

import os
import sys
import time
from pathlib import Path

import click

from factcheck import config
from factcheck.case import Case
from factcheck.cli.frame import Frame, command, group, signing
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import Usage
from factcheck.labels import label
from factcheck.ledger import Address

_STRETCH = 60.0
"""Seconds of one wait; then another begins."""


@group("server")
def server_command(context: click.Context) -> None:
    """Set up a PostgreSQL server for the ledgers of a desk, and let people in."""
    if context.invoked_subcommand is None:
        raise Usage(
            "say what to do with the server.", remedy="factcheck server init DSN, or server login DSN NAME"
        )


@command("init")
@click.argument("dsn")
@click.option(
    "--blobs",
    default="",
    metavar="URL",
    help="Where the files of its cases lie: a folder, or s3://BUCKET/PREFIX.",
)
def server_init(frame: Frame, dsn: str, blobs: str) -> None:
    """Make the tables and roles on the server DSN, or bring them up to date; you need the rights of who keeps it."""
    from factcheck.blobs import open_blobs
    from factcheck.ledger.postgres import Server, setup

    frame.refuse_at()
    place = str(Path(blobs).absolute()) if blobs and "://" not in blobs else blobs
    if place:
        open_blobs(place)
    far = Server(dsn)
    before, after = setup.set_up(far, place)
    said = {"server": far.place, "schema": after, "before": before, "blobs": setup.blobs_of(far)}
    far.close()
    emit(said) if frame.json else say(label("cli.server_ready", frame.language, **said))


@command("login")
@click.argument("dsn")
@click.argument("name")
@click.option(
    "--role", required=True, type=click.Choice(["reviewer", "lead", "auditor"]), help="What they may do."
)
def server_login(frame: Frame, dsn: str, name: str, role: str) -> None:
    """Let NAME in on the server DSN; prints a new password once. FACTCHECK_LOGIN_PASSWORD gives another one."""
    from factcheck.case.desk import checked_name
    from factcheck.ledger.postgres import Server, setup

    frame.refuse_at()
    person, far = checked_name(name), Server(dsn)
    given = os.environ.get("FACTCHECK_LOGIN_PASSWORD", "")
    password = setup.make_login(far, person, role, given)
    far.close()
    if frame.json:
        emit({"name": person, "role": role} | ({} if given else {"password": password}))
        return
    narrate(label("cli.server_login", frame.language, name=person, role=role))
    if not given:
        say(password)


@command("clone")
@click.argument("dsn")
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--origin", default="", help="Which case of the server; the only one if not given.")
def ledger_clone(frame: Frame, dsn: str, folder: str, origin: str) -> None:
    """Make a desk in DIR for a case that lies on the server DSN."""
    frame.refuse_at()
    place = Path(frame.case or folder)
    case = Case.clone(
        place,
        Address(dsn, origin),
        by=frame.named.value,
        lang=frame.language,
        private=config.state_folder(os.environ),
        desk_key=config.desk_key_file(os.environ),
        sign=signing(os.environ),
    )
    frame.notices = case.notices
    frame.tell()
    head = case.head
    if frame.json:
        emit({"case": str(place), "origin": case.info.origin, "head": head.model_dump()})
        return
    say(label("cli.cloned", frame.language, name=case.info.name, number=head.size, folder=place))


@command("push")
@click.argument("dsn")
def ledger_push(frame: Frame, dsn: str) -> None:
    """Move the ledger of this case to the server DSN; this folder becomes a desk for it."""
    frame.refuse_at()
    case = frame.open()
    events = case.push(dsn)
    frame.recorded(events, label("cli.pushed", frame.language, number=case.head.size, root=case.head.root))


@command("pull")
def ledger_pull(frame: Frame) -> None:
    """Move the ledger of this case from its server into this folder; the server takes no more of it."""
    frame.refuse_at()
    case = frame.open()
    events = case.pull()
    frame.recorded(events, label("cli.pulled", frame.language, number=case.head.size, root=case.head.root))


@command("watch")
@click.option(
    "--seconds", type=click.FloatRange(min=0), default=None, help="How long; until Ctrl+C if not given."
)
def ledger_watch(frame: Frame, seconds: float | None) -> None:
    """Print the head now, and again whenever somebody has recorded something."""
    frame.refuse_at()
    case = frame.open()
    until = None if seconds is None else time.monotonic() + seconds
    _tell_head(frame, case)
    while until is None or (left := until - time.monotonic()) > 0:
        if case.watch(_STRETCH if until is None else min(left, _STRETCH)):
            _tell_head(frame, case)


def _tell_head(frame: Frame, case: Case) -> None:
    emit(case.head.model_dump()) if frame.json else say(f"{case.head.size} {case.head.root}")
    sys.stdout.flush()


for each in (server_init, server_login):
    server_command.add_command(each)
