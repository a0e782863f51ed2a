"""The clipboard: by the terminal itself (OSC 52), and by the command of the platform where there is one."""

import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress

from textual.app import App

from factcheck.visible import visible

COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("pbcopy",)),
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("clip.exe",)),
)
"""What must be set for a command to have a clipboard to write to, and the command."""
PATIENCE = 2.0
"""Seconds that a clipboard command may take."""


def command(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The command that reaches this person's clipboard; () where there is none, as over ssh: that is another machine's."""
    if environ.get("SSH_CONNECTION"):
        return ()
    here = (words for needs, words in COMMANDS if not needs or environ.get(needs))
    found = ((shutil.which(words[0], path=environ.get("PATH")), words[1:]) for words in here)
    return next(((tool, *more) for tool, more in found if tool), ())


def put(app: App[int], words: str, environ: Mapping[str, str]) -> None:
    """Put words on the clipboard, with every character made visible that would act on a terminal."""
    safe = visible(words, lines=True)
    app.copy_to_clipboard(safe)
    if wanted := command(environ):
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # the words go in on stdin: none of them is an argument
                wanted, input=safe.encode("utf-8"), timeout=PATIENCE, check=False, capture_output=True
            )
