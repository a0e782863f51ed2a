"""Help beyond --help: the words of the desk, its verdicts, its keys."""

from importlib import resources
from typing import NoReturn

import click

from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, say
from factcheck.errors import NotFound
from factcheck.labels import catalogue
from factcheck.model import shipped_scale


@command("help")
@click.argument("topic", required=False, default="")
def help_command(frame: Frame, topic: str) -> None:
    """Explain TOPIC: words, verdicts, packs (names and rules of your own), or a command."""
    if topic == "packs":
        page = (
            resources.files("factcheck")
            .joinpath("data", "help", f"packs.{frame.language}.txt")
            .read_text("utf-8")
        )
        emit({"packs": page}) if frame.json else say(page)
        return
    topics = {"words": _words, "verdicts": _verdicts}
    if topic in topics:
        rows = topics[topic](frame.language)
        if frame.json:
            emit(rows)
            return
        for name, meaning in rows.items():
            say(f"{name}  {meaning}")
        return
    _command(topic)


def _words(lang: str) -> dict[str, str]:
    return {key.partition(".")[2]: text for key, text in catalogue(lang).items() if key.startswith("word.")}


def _verdicts(lang: str) -> dict[str, str]:
    return {
        f"{each.key} {each.symbol} {each.rating} {each.label[lang]}": each.definition[lang]
        for each in shipped_scale().ratings
    }


def _command(topic: str) -> NoReturn:
    context = click.get_current_context().find_root()
    group = context.command
    assert isinstance(group, click.Group)
    found = group.get_command(context, topic) if topic else group
    if found is None:
        raise NotFound(
            f"there is no help on {topic!r}.", remedy="words, verdicts, packs, or a command's name"
        )
    with context.scope():
        inner = found.make_context(topic, [], parent=context, resilient_parsing=True) if topic else context
        click.echo(found.get_help(inner))
    context.exit(0)
