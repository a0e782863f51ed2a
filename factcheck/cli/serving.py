"""The review screen in a browser of this machine, for people who would rather not look at a terminal."""

import sys
from functools import partial
from pathlib import Path

import click

from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, narrate
from factcheck.errors import Refused
from factcheck.labels import label


@command("serve")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port to listen on; a free one if not given.",
)
def serve_command(frame: Frame, port: int | None) -> None:
    """Open the case in a browser of this machine.

    It listens on 127.0.0.1 alone, and no option changes that: there is no login, so whoever uses this machine can
    open it. Ctrl+C ends it. It needs: pip install 'factcheck-desk[serve]'
    """
    frame.refuse_at()
    case = frame.open()
    folder, name = case.folder.resolve(), case.info.name
    case.close()
    try:
        from factcheck.tui.serving import Serving, listening
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"aiohttp", "textual_serve"}:
            raise
        raise Refused(
            "the browser needs textual-serve, which is not installed.",
            remedy="pip install 'factcheck-desk[serve]'",
        ) from error
    words, here = _reviewer(frame, folder), listening(port or 0)
    lang, announce = frame.language, partial(_announce, frame)
    Serving(words, here, name=name, lang=lang, announce=announce, tell=narrate).serve()


def _announce(frame: Frame, address: str) -> None:
    if frame.json:
        emit({"address": address})
    narrate(label("serve.open_at", frame.language, address=address))
    narrate(label("serve.no_login", frame.language))


def _reviewer(frame: Frame, folder: Path) -> list[str]:
    """The program that runs for every tab. -P: a folder called factcheck that lies here is not taken for the program."""
    words = [sys.executable, "-P", "-m", "factcheck", f"--case={folder}", f"--lang={frame.language}"]
    words += [f"--by={frame.by}"] if frame.by else []
    words += ["--no-color"] if frame.no_color else []
    return [*words, "review"]
