"""The command line: parse, one call through the door, print."""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from factcheck.cli.frame import Command, Frame, shared_options
from factcheck.cli.output import fail
from factcheck.errors import FactcheckError, Usage
from factcheck.files import cannot_write

# Every command: the module it lives in, and what it does. Modules are loaded when a command is called.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("opening", "Open a copy of the bundled case."),
    "init": ("opening", "Make a new case."),
    "review": ("opening", "Open the case in the terminal."),
    "serve": ("serving", "Open the case in a browser of this machine."),
    "whoami": ("opening", "Say who acts here, and how that is known."),
    "config": ("opening", "Show every setting and where it comes from."),
    "keys": ("opening", "List the keys of the screens."),
    "help": ("helping", "Explain the words of the desk, its verdicts, or a command."),
    "policy": ("people", "Show or switch what a verdict needs here."),
    "members": ("people", "Show, add or revoke the people of this desk."),
    "scale": ("people", "Show the scale of verdicts, or adopt a team's own."),
    "extract": ("sources", "Suggest the claims of a file, without a case."),
    "rules": ("packs", "Run the examples of the rules."),
    "packs": ("packs", "Look packs of names and rules over."),
    "assign": ("sharing", "Give claims to somebody."),
    "later": ("sharing", "Put a claim off, for yourself alone."),
    "ask": ("sharing", "Ask something about a claim."),
    "answer": ("sharing", "Answer a question about a claim."),
    "due": ("sharing", "Say when a forecast can be judged, and by what."),
    "work": ("sharing", "Show what you spent on each claim, or report your totals."),
    "ingest": ("sources", "Add a document to the case, with its suggestions."),
    "import": ("importing", "Take in checks that others made: ClaimReview, a table, the lines of an export."),
    "propose": ("proposing", "Ask a language model what else could be checked; off unless you set it up."),
    "date": ("sources", "Say when a source was said or written."),
    "list": ("looking", "List claims."),
    "show": ("looking", "Show a claim, source, reading, capture, evidence or export."),
    "next": ("looking", "Show the next claim that waits for you."),
    "status": ("looking", "Count claims by state and verdict."),
    "search": ("looking", "Find claims by words; two Chinese characters are enough."),
    "trail": ("looking", "Show who did what, and when."),
    "coverage": ("covering", "Say what every sentence of a source is, and what nobody has judged."),
    "accept": ("triage", "Take suggestions on as claims."),
    "dismiss": ("triage", "Put suggestions aside, with a reason."),
    "merge": ("triage", "Say that claims are the same."),
    "split": ("triage", "Make a claim of a part of another."),
    "reword": ("triage", "Put a claim in other words."),
    "retype": ("triage", "Say what a claim is about."),
    "relate": ("triage", "Tie two claims together."),
    "unrelate": ("triage", "Take a tie between claims away."),
    "read": ("triage", "Accept readings of misheard words."),
    "reject": ("triage", "Turn readings down."),
    "reopen": ("triage", "Take a decided or dismissed claim up again."),
    "note": ("triage", "Leave a remark on a claim."),
    "add": ("triage", "Make a claim that extraction missed."),
    "mention": ("triage", "Add another place where a claim is made."),
    "calculate": ("covering", "Work out what a claim's figures come to, and store it with its premises."),
    "undo": ("triage", "Take your latest act back."),
    "redo": ("triage", "Bring back what you have just undone."),
    "capture": ("evidence", "Fetch a page or file a document as evidence."),
    "open": ("evidence", "Show the text of a capture, or the address of a bare link."),
    "attach": ("evidence", "Attach a link, a file or a capture to a claim."),
    "withdraw": ("evidence", "Take evidence back."),
    "grade": ("weighing", "Say how near a source is to what it tells."),
    "join": ("weighing", "Say that pieces of evidence come from one origin."),
    "part": ("weighing", "Say that pieces of evidence come from origins of their own."),
    "reanchor": ("weighing", "Place a quotation anew, in the same or another capture."),
    "recheck": ("weighing", "Look again at the pages that verdicts rely on."),
    "withhold": ("weighing", "Remove the bytes of a capture by order."),
    "corroborate": ("weighing", "Record who else has the bytes of a capture."),
    "decide": ("verdicts", "Record a verdict."),
    "rate": ("verdicts", "Record what was found about one of several mentions."),
    "confirm": ("verdicts", "Sign somebody else's verdict as the second person."),
    "dispute": ("verdicts", "Say why somebody else's verdict should not stand."),
    "settle": ("verdicts", "End a dispute as a third person."),
    "correct": ("correcting", "Set right what was published."),
    "corrections": ("correcting", "Show what was set right, and which verdicts have changed."),
    "publisher": ("introducing", "Say who answers for the exports."),
    "foreword": ("introducing", "Put a foreword before the exports."),
    "template": ("introducing", "Show how the reports look, or adopt a team's own template."),
    "export": ("publishing", "Write the verified summary, or verify one."),
    "signers": ("vouching", "Show, add or revoke the keys that sign here."),
    "sign": ("vouching", "Sign your acts that bear no signature yet."),
    "witness": ("vouching", "Say that you have seen this ledger."),
    "object": ("vouching", "Object to something in the trail."),
    "ledger": ("vouching", "What this desk knows of the ledger, what another desk did, and where it lies."),
    "server": ("server", "Set up a PostgreSQL server for a desk, and let people in."),
    "audit": ("publishing", "Check the whole trail again from the files."),
}


class Commands(click.Group):
    """Finds a command's module when it is called, so that `factcheck list` never loads the screens."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"factcheck.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@shared_options
@click.version_option(package_name="factcheck-desk", prog_name="factcheck")
@click.pass_context
def commands(context: click.Context) -> None:
    """Check claims: from a document to a verified summary with a trail that outsiders can audit.

    Without a command, in a terminal: open the case that holds this folder.
    """
    if context.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(context.get_help())
        return
    context.invoke(commands.get_command(context, "review"), plain=False)  # type: ignore[arg-type]


def main(arguments: list[str] | None = None) -> None:
    """Run a command; every failure becomes one sentence on stderr and an exit status."""
    gc.set_threshold(100_000)  # what a start makes stays: a search for garbage among it finds none
    given = sys.argv[1:] if arguments is None else arguments
    frame = Frame(json="--json" in given)
    try:
        with commands.make_context("factcheck", given, obj=frame) as context:
            code = commands.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except FactcheckError as error:
        fail(error, as_json=frame.json, told=frame.has_told(error))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        fail(Usage(error.format_message(), remedy=_help_for(error)), as_json=frame.json)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on: not a failure
        sys.exit(0)
    except OSError as error:
        fail(cannot_write(Path(error.filename or "the output"), error), as_json=frame.json)
    except Exception as error:  # noqa: BLE001 (the program's edge)
        fail(frame.unexpected(error), as_json=frame.json)
    sys.exit(code if isinstance(code, int) else 0)


def _help_for(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"{context.command_path} --help" if context else "factcheck --help"


__all__ = ["COMMANDS", "Command", "commands", "main"]
