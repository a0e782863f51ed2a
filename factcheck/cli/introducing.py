"""Commands about what the desk says of itself where it publishes."""

from dataclasses import asdict, replace
from pathlib import Path

import click

from factcheck.cli.frame import Frame, command, group
from factcheck.cli.output import emit, say
from factcheck.errors import BadData, Usage
from factcheck.files import read_document


@command("publisher")
@click.option("--name", help="Who publishes.")
@click.option("--url", help="Their home.")
@click.option("--address", help="Where report.html will stand; addresses of single claims are made of it.")
@click.option("--corrections", help="How mistakes are set right: an address, or in words.")
def publisher_command(frame: Frame, **said: str | None) -> None:
    """Show or say who answers for the exports; "" takes something away."""
    case = frame.open()
    named = {name: text for name, text in said.items() if text is not None}
    if named:
        frame.recorded(case.name_publisher(replace(case.info.publisher, **named), at=frame.at))
    elif frame.json:
        emit(asdict(case.info.publisher))
    else:
        for name, text in asdict(case.info.publisher).items():
            say(f"{name}  {text or '-'}")


@command("foreword")
@click.argument("text", required=False)
@click.option("--file", type=click.Path(path_type=Path), help="Take the text from this file (UTF-8).")
@click.option("--none", is_flag=True, help="Take the foreword away.")
def foreword_command(frame: Frame, text: str | None, file: Path | None, none: bool) -> None:
    """Show the foreword of the exports, or write it in your name."""
    case, given = frame.open(), [text is not None, file is not None, none]
    if sum(given) > 1:
        raise Usage("there is one foreword.", remedy="give TEXT, --file FILE or --none")
    if any(given):
        words = "" if none else text if text is not None else _read(file) if file else ""
        frame.recorded(case.write_foreword(words, at=frame.at))
    elif frame.json:
        emit(asdict(case.info.foreword))
    elif case.info.foreword.text:
        say(case.info.foreword.text)


def _read(file: Path) -> str:
    try:
        return read_document(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadData("a foreword is UTF-8 text.", where=str(file), seen=str(error.reason)) from error


@group("template")
def template_command(context: click.Context) -> None:
    """Show how the reports look, or adopt another template."""
    if context.invoked_subcommand is not None:
        return
    frame: Frame = context.obj
    template = frame.open().info.template
    if frame.json:
        emit(asdict(template))
        return
    say(template.name or "-")
    for name, value in asdict(template).items():
        if name not in {"id", "version"}:
            shown = value.get(frame.language, "") if isinstance(value, dict) else value
            say(f"  {name}  {', '.join(shown) if isinstance(shown, tuple) else shown or '-'}")


@command("adopt")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--shipped", is_flag=True, help="Go back to the look that ships with the program.")
def template_adopt(frame: Frame, file: Path | None, shipped: bool) -> None:
    """Make the reports look as FILE (TOML) says from here on."""
    if (file is None) is not shipped:
        raise Usage("name one template.", remedy="factcheck template adopt FILE.toml, or --shipped")
    frame.recorded(frame.open().adopt_template(file, at=frame.at))


template_command.add_command(template_adopt)
