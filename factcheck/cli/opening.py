"""Commands that open things: the demo, a new case, the reviewer; and who one is."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import factcheck
from factcheck import config
from factcheck.cli.frame import Frame, command, group, is_terminal
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import FactcheckError, NotFound, Refused, Usage
from factcheck.files import cannot_write
from factcheck.labels import label

if TYPE_CHECKING:
    from factcheck.case import Case
    from factcheck.model import CaseInfo

F = TypeVar("F", bound=Callable[..., Any])


@command("init")
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--solo", is_flag=True, help="One reviewer: no second signature; every export says so.")
@click.option("--name", default="", help="The case's name; the folder's name if not given.")
@click.option(
    "--server", "dsn", default="", metavar="DSN", help="Where its ledger is to lie: a PostgreSQL server."
)
def init_command(frame: Frame, folder: str, solo: bool, name: str, dsn: str) -> None:
    """Make a new case in DIR; with --server its ledger lies there, and DIR is a desk for it."""
    from factcheck.case import Case

    place = Path(frame.case or folder)
    if not folder.strip():
        raise Usage("a case needs a folder.", remedy="factcheck init DIR")
    case = Case.create(
        place,
        _known_person(frame),
        solo=solo,
        name=name,
        dsn=dsn,
        lang=frame.language,
        private=config.state_folder(os.environ),
        desk_key=config.desk_key_file(os.environ),
    )
    frame.recorded(case.recorded, f"{place}: factcheck --case {place} ingest FILE")


def _known_person(frame: Frame) -> str:
    person = frame.named.value
    if not person:
        raise Refused("nobody is named who acts here.", remedy="add --by NAME, or set FACTCHECK_BY")
    return person


_plain = click.option(
    "--plain", is_flag=True, help="By lines: for screen readers and terminals that draw nothing."
)


def _look(function: F) -> F:
    """Give a command that opens the screen the options of how it looks."""
    theme = click.option("--theme", metavar="NAME", help=f"Colours: {', '.join(config.THEMES)}.")
    return theme(
        click.option("--ascii", "ascii_", is_flag=True, help="The screen's own glyphs in ASCII.")(function)
    )


def _dressed(frame: Frame, theme: str | None, ascii_: bool) -> dict[str, Any]:
    """How the screen is to look: flags, else settings, else dark."""
    return {
        "theme": config.theme(theme, environ=os.environ).value,
        "ascii": config.only_ascii("on" if ascii_ else None, environ=os.environ).value == "on",
        "colour": config.colour(os.environ) and not frame.no_color,
    }


@command("review")
@_plain
@_look
def review_command(frame: Frame, plain: bool, theme: str | None, ascii_: bool) -> None:
    """Open the case in the terminal."""
    look = _dressed(frame, theme, ascii_)
    if not (plain or is_terminal() or _in_browser()):
        raise Refused(
            "the reviewer needs a terminal.",
            remedy="factcheck review --plain goes by lines, factcheck list prints, factcheck demo is a walk",
        )
    sys.exit(_sit_down(frame, look, plain=plain))


def _sit_down(frame: Frame, look: dict[str, Any], *, plain: bool) -> int:
    """Open the reviewer; on a terminal that cannot be drawn on, by lines."""
    from factcheck.tui import run

    if not (plain or _in_browser()):
        if _draws_nothing(os.environ.get("TERM", "")):
            plain = True
            narrate(label("cli.plain_terminal", frame.language))
        else:
            _refuse_undrawn()
    case = frame.open(looks_out=True)
    begun = case.head
    status = run(case, lang=frame.language, environ=os.environ, plain=plain, **look)
    if case.head != begun:
        _take_leave(case, frame)
    return status


def _take_leave(case: "Case", frame: Frame) -> None:
    """At the end of a session: what it recorded is signed, what is unsigned is said, and the receipt is there to keep."""
    try:
        _sign_deferred(case, frame)
        if bare := case.unsigned() if case.info.keys_of(case.by) else ():
            key = "cli.unsigned_one" if len(bare) == 1 else "cli.unsigned"
            narrate(label(key, frame.language, number=len(bare)))
        frame.tell()
        narrate(label("cli.receipt", frame.language))
        narrate(case.receipt().rstrip("\n"))
    except FactcheckError as error:  # the record has gone meanwhile; the desk itself has ended well
        narrate(str(error))


def _sign_deferred(case: "Case", frame: Frame) -> None:
    """Sign what was recorded in this session, by whoever did; what only bears one's name is signed when one asks for it."""
    for who in dict.fromkeys(each.by for each in case.deferred):
        bare = {each.id for each in case.unsigned(by=who)}
        if these := [each.id for each in case.deferred if each.id in bare]:
            narrate(label("tui.signing", frame.language))
            try:
                case.sign(only=these, by=who)
            except FactcheckError as error:
                narrate(str(error))


def _in_browser() -> bool:
    """True in a reviewer that `factcheck serve` has started: a browser draws it, whatever TERM says."""
    from factcheck.tui import BROWSER

    return os.environ.get("TEXTUAL_DRIVER") == BROWSER


def _refuse_undrawn() -> None:
    """Refused where the screen would go to no terminal, or to one that is told not to take its characters.

    Textual draws on the stream for errors, in the coding of that stream.
    """
    drawn = sys.__stderr__
    if drawn is None or not drawn.isatty():
        raise Refused(
            "the screen is drawn on the stream for errors, and that is no terminal here.",
            remedy="leave the redirection of it away, or use factcheck review --plain",
        )
    try:
        "─▸●中".encode(drawn.encoding)
    except UnicodeEncodeError as error:
        raise Refused(
            "the characters of the screen do not exist in the coding of this terminal.",
            seen=drawn.encoding,
            remedy="LC_ALL=C.UTF-8 factcheck review, without PYTHONIOENCODING, or factcheck review --plain",
        ) from error


def _draws_nothing(terminal: str) -> bool:
    return terminal in {"dumb", "unknown"} or (not terminal and os.name == "posix")


@command("demo")
@click.option("--to", metavar="DIR", help="Where the copy goes; a folder of its own if not given.")
@_plain
@_look
def demo_command(frame: Frame, to: str | None, plain: bool, theme: str | None, ascii_: bool) -> None:
    """Open a copy of the bundled case; without a terminal: the walk as plain text."""
    look = _dressed(frame, theme, ascii_)
    folder = copy_example(Path(to) if to else _free_folder())
    if frame.json:
        emit({"folder": str(folder)})
        return
    narrate(str(folder))
    frame.case = str(folder)
    if plain or is_terminal():
        code = _sit_down(frame, look, plain=plain)
        narrate(label("cli.demo_again", frame.language, folder=folder) + (" --plain" if plain else ""))
        sys.exit(code)
    from factcheck.cli.walk import walk

    say(walk(frame.open(), frame.language))


def example_folder() -> Path:
    """The bundled case: inside the installed package, or beside it in a checkout."""
    package = Path(factcheck.__file__).parent
    for folder in (package / "example", package.parent):
        if (folder / "claims" / "ledger.jsonl").is_file():
            return folder
    raise NotFound("the bundled case is not here.", where=str(package), remedy="reinstall factcheck-desk")


def copy_example(folder: Path) -> Path:
    """Copy the bundled case into an empty or new folder."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused("this folder is not empty.", where=str(folder), remedy="name another with --to DIR")
    from factcheck.case.desk import lay_out

    source = example_folder()
    lay_out(folder)
    try:
        for name in ("claims", "evidence", "exports"):
            if (source / name).is_dir():
                shutil.copytree(source / name, folder / name, dirs_exist_ok=True, ignore=_locks)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return folder


def _locks(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(".lock") or name == "large"]


def _free_folder() -> Path:
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "factcheck"
    number = 1
    while (data / f"demo-{number}").exists():
        number += 1
    return data / f"demo-{number}"


@command("whoami")
def whoami_command(frame: Frame) -> None:
    """Say who acts here, and how that is known."""
    setting = frame.person
    folder = frame.folder
    info = frame.open().info if folder else None
    member = info.member(setting.value) if info else None
    role = str(member.role) if member else ""
    keys, key = _fingerprints(info, setting.value), config.resolve("key", environ=os.environ)
    if frame.json:
        signs = {"keys": keys, "key": key.value or None, "key_origin": key.origin}
        emit({"by": setting.value, "origin": setting.origin, "role": role} | signs)
        return
    if not setting.value:
        raise Refused("nobody is named who acts here.", remedy="add --by NAME, or set FACTCHECK_BY")
    say(" ".join(part for part in (setting.value, role, f"({setting.origin})") if part))
    for each in keys:
        say(f"  {each}")
    if key.value:
        say(f"  key = {key.value}  ({key.origin})")
    elif keys:
        say(f"  {label('cli.no_key', frame.language)}")


def _fingerprints(info: "CaseInfo | None", name: str) -> list[str]:
    """The keys that this person signs with here."""
    from factcheck.signing.keys import PublicKey

    return [PublicKey.from_line(each.key).fingerprint for each in info.keys_of(name)] if info else []


@group("config")
def config_command(context: click.Context) -> None:
    """Show every setting and where it comes from."""
    if context.invoked_subcommand is None:
        context.invoke(config_show)


@command("show")
def config_show(frame: Frame) -> None:
    """Show every setting and where it comes from."""
    flags = {name: value for name, value in (("by", frame.by), ("lang", frame.lang)) if value}
    found = config.show(flags=flags, case=frame.folder, environ=os.environ)
    settings = [frame.person if each.name == "by" else each for each in found]
    if frame.json:
        emit([{"name": each.name, "value": each.value, "origin": each.origin} for each in settings])
        return
    for each in settings:
        say(f"{each.name} = {each.value or '-'}  ({each.origin})")


config_command.add_command(config_show)


@command("keys")
def keys_command(frame: Frame) -> None:
    """List the keys of the screens."""
    from factcheck.actions import ACTIONS, keys

    known = keys(os.environ)
    rows = [
        {
            "id": each.id,
            "key": known.of(each.id),
            "screen": each.screen,
            "command": each.command,
            "label": each.label(frame.language),
            "own": each.id in known.own,
        }
        for each in ACTIONS
    ]
    if frame.json:
        emit(rows)
        return
    for row in rows:
        own = " *" if row["own"] else ""
        say(f"{row['screen']:<10} {row['id']:<20} {row['key']:<10} {row['label']:<26} {row['command']}{own}")
