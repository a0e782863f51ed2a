"""Help beyond --help: the words of the desk, its verdicts, its keys."""

from importlib import resources
from typing import NoReturn

import click

from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, say
from factcheck.errors import NotFound
from factcheck.labels import catalogue
from factcheck.model import Scale, shipped_scale

PAGES = ("packs", "scales", "templates")


@command("help")
@click.argument("topic", required=False, default="")
def help_command(frame: Frame, topic: str) -> None:
    """Explain TOPIC: words, verdicts, packs (names and rules of your own), scales, templates, or a command."""
    if topic in PAGES:
        page = resources.files("factcheck").joinpath("data", "help", f"{topic}.{frame.language}.txt")
        emit({topic: page.read_text("utf-8")}) if frame.json else say(page.read_text("utf-8"))
        return
    if topic in {"words", "verdicts"}:
        scale = frame.open().scale if topic == "verdicts" and frame.folder else shipped_scale()
        rows = _words(frame.language) if topic == "words" else _verdicts(scale, frame.language)
        if frame.json:
            emit(rows)
            return
        for name, meaning in rows.items():
            say(f"{name}  {meaning}")
        return
    _command(topic)


def _words(lang: str) -> dict[str, str]:
    return {key.partition(".")[2]: text for key, text in catalogue(lang).items() if key.startswith("word.")}


def _verdicts(scale: Scale, lang: str) -> dict[str, str]:
    return {
        f"{each.key} {each.symbol} {each.rating} {each.label[lang]}": each.definition[lang]
        for each in scale.ratings
    }


def _command(topic: str) -> NoReturn:
    context = click.get_current_context().find_root()
    group = context.command
    assert isinstance(group, click.Group)
    found = group.get_command(context, topic) if topic else group
    if found is None:
        raise NotFound(
            f"there is no help on {topic!r}.",
            remedy="words, verdicts, packs, scales, templates, or a command's name",
        )
    with context.scope():
        inner = found.make_context(topic, [], parent=context, resilient_parsing=True) if topic else context
        click.echo(found.get_help(inner))
    context.exit(0)
