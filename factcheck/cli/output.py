"""How results are printed: data on stdout, narration and errors on stderr, everything through the gate."""

import json
import sys
from typing import Any, NoReturn

import click

from factcheck.errors import FactcheckError
from factcheck.visible import escaped_json, visible


def emit(document: Any) -> None:
    """Print one JSON document; what could act on a terminal is written as an escape."""
    click.echo(escaped_json(json.dumps(document, ensure_ascii=False, indent=2)))


def say(text: str = "") -> None:
    """Print text for people on stdout."""
    click.echo(visible(text, lines=True))


def narrate(text: str) -> None:
    """Say something beside the data, on stderr."""
    click.echo(visible(text, lines=True), err=True)


def fail(error: FactcheckError, *, as_json: bool, told: bool = False) -> NoReturn:
    """Print an error as one sentence, unless it was `told` before, or as JSON; and end with its status."""
    if as_json:
        document = {
            "error": error.what,
            "where": error.where,
            "seen": error.seen,
            "remedy": error.remedy,
            "exit": error.exit,
        }
        click.echo(escaped_json(json.dumps(document, ensure_ascii=False)), err=True)
    elif not told:
        narrate(f"factcheck: {visible(str(error))}")
    sys.exit(error.exit)
