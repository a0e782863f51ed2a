"""What every command shares: the options that stand before or after it, and the case it opens."""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factcheck import config
from factcheck.cli.output import emit, narrate
from factcheck.errors import BadData, FactcheckError, NotFound, Usage
from factcheck.visible import visible

if TYPE_CHECKING:
    from factcheck.case import Case
    from factcheck.events import Event

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Frame:
    """The shared options as they were given; None means not given."""

    case: str | None = None
    by: str | None = None
    at: int | None = None
    lang: str | None = None
    json: bool = False
    no_color: bool = False
    notices: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path | None:
        """The folder of the case, if there is one here."""
        from factcheck.files import case_folder

        try:
            return Path(self.case) if self.case else case_folder(Path.cwd())
        except NotFound:
            return None

    @property
    def named(self) -> config.Setting:
        """Who is named: --by, FACTCHECK_BY, the user's config; never the login name of the machine."""
        return config.resolve("by", flag=self.by, environ=os.environ)

    @property
    def person(self) -> config.Setting:
        """Who acts: who is named, else on a desk of a server's case whoever made it, for it takes no other than their login."""
        found, folder = self.named, self.folder
        if found.value or folder is None:
            return found
        from factcheck.case.remembering import recall_person, server_file

        state = config.state_folder(os.environ)
        known = recall_person(state, folder)
        return config.Setting("by", known, str(server_file(state, folder))) if known else found

    @property
    def language(self) -> str:
        """Zh or en."""
        return config.language(self.lang, case=self.folder, environ=os.environ).value

    def open(self, *, looks_out: bool = False) -> "Case":
        """Open the case that is meant, for a screen perhaps (`looks_out`), and say what happened to it meanwhile."""
        from factcheck.case import Case

        how: dict[str, Any] = {
            "by": self.person.value,
            "lang": self.language,
            "outlets": config.outlets_file(os.environ),
            "private": config.state_folder(os.environ),
            "desk_key": config.desk_key_file(os.environ),
            "sign": signing(os.environ),
            "looks_out": looks_out,
        }
        case = Case.open(Path(self.case), **how) if self.case else Case.find(Path.cwd(), **how)
        self.notices = case.notices
        self.tell()
        return case

    def tell(self) -> None:
        """Say what happened to the case meanwhile, once."""
        for notice in self.notices:
            narrate(notice)
        self.told += self.notices
        self.notices.clear()

    def has_told(self, error: FactcheckError) -> bool:
        """True for a refusal that was said as a notice when the case was opened: of a server that is away, above all."""
        return any(error.what in each and error.where in each for each in self.told)

    def refuse_at(self) -> None:
        """For acts that make something new: there is no version that could have been looked at."""
        if self.at is not None:
            raise Usage("this act has no version to look at.", remedy="leave --at away")

    def recorded(self, events: Iterable["Event"], *more: str, **also: Any) -> None:
        """Print what was recorded: as JSON with what else there is to say, or one line an event and more lines."""
        self.tell()
        events = tuple(events)
        listed = [{"id": e.id, "kind": e.kind, "subject": e.subject, "version": e.version} for e in events]
        if self.json:
            making = [e for e in events if e.kind in {"claim.split", "evidence.attached"}]
            made = [ref.subject for e in making for ref in e.also]
            emit({"events": listed} | ({"made": made} if made else {}) | also)
            return
        for each in listed:
            click.echo(f"{each['subject']}  {each['kind']}  (version {each['version']})")
        for line in more:
            click.echo(visible(line, lines=True))

    def unexpected(self, error: Exception) -> FactcheckError:
        """A fault of the program: one sentence for the person, the details in a file."""
        place = config.state_folder(os.environ) / "last-error.txt"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("".join(traceback.format_exception(error)), "utf-8")
        except OSError:
            place = Path(os.devnull)
        return BadData(
            "something went wrong inside the program; what was saved before is safe.",
            seen=f"{type(error).__name__}: {error}"[:300],
            remedy=f"please report {place}",
        )


def signing(environ: Mapping[str, str]) -> Callable[[bytes], str] | None:
    """What makes this person's signature over bytes: the key that FACTCHECK_KEY or their config names; None without."""
    key = config.resolve("key", environ=environ).value
    if not key:
        return None
    from factcheck.signing.making import sign

    return partial(sign, key=Path(key).expanduser())


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, _option: click.Parameter, value: Any) -> None:
        if isinstance(value, str) and not value.strip() and name in {"case", "by"}:
            raise Usage(f"--{name} names nothing.", remedy=f"give it a value, or leave --{name} away")
        if value is not None and value is not False:
            setattr(context.ensure_object(Frame), name, value)

    return keep


_SHARED = (
    click.option(
        "--case", metavar="DIR", callback=_keep("case"), expose_value=False, help="The case's folder."
    ),
    click.option("--by", metavar="NAME", callback=_keep("by"), expose_value=False, help="Who acts."),
    click.option(
        "--at",
        type=click.IntRange(min=0),
        metavar="VERSION",
        callback=_keep("at"),
        expose_value=False,
        help="The version you looked at; refuse if it changed since.",
    ),
    click.option(
        "--lang", metavar="zh|en", callback=_keep("lang"), expose_value=False, help="Language of labels."
    ),
    click.option("--json", is_flag=True, callback=_keep("json"), expose_value=False, help="Data as JSON."),
    click.option(
        "--no-color", is_flag=True, callback=_keep("no_color"), expose_value=False, help="No colours."
    ),
)


def shared_options(function: F) -> F:
    """Give a command the options that all commands share."""
    for option in reversed(_SHARED):
        function = option(function)
    return function


class Command(click.Command):
    """A command whose first argument is the frame."""


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command that gets the frame first and the shared options beside its own."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        return click.command(name, cls=Command, **attributes)(shared_options(click.pass_obj(function)))

    return decorate


def group(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Group]:
    """Make a command that also works alone and has commands of its own."""

    def decorate(function: Callable[..., Any]) -> click.Group:
        shared = shared_options(click.pass_context(function))
        return click.group(name, cls=click.Group, invoke_without_command=True, **attributes)(shared)

    return decorate


def is_terminal() -> bool:
    """True when a person sits at both ends; a stream that is closed is none."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
