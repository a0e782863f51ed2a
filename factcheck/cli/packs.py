"""Commands about name packs and rules: their examples are run, their clashes are shown."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.frame import Frame, group, shared_options
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import NotFound, Usage

if TYPE_CHECKING:
    from factcheck import text


@group("rules")
def rules_command(context: click.Context) -> None:
    """Run the examples of rules."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@rules_command.command("test")
@click.argument("place", required=False, default="", metavar="[FILE|CASE]")
@shared_options
@click.pass_obj
def rules_test(frame: Frame, place: str) -> None:
    """Run every example of every rule: of a pack, of the packs of a case, and of the shipped rules.

    Without FILE or CASE: the case you stand in. Exit 1 when an example fails, 3 when a file is broken.
    """
    from factcheck import text

    packs = text.load_packs(_files(frame, place))
    alone = place.endswith(".toml")
    shipped = (
        ()
        if alone
        else (*text.shipped_rules(), *(rule for pack in text.shipped_packs() for rule in pack.rules))
    )
    rules = (*(rule for pack in packs for rule in pack.rules), *shipped)
    flaws = list(text.rule_flaws(rules, packs))
    examples = sum(len(rule.examples) for rule in rules)
    _print(frame, flaws, {"rules": len(rules), "examples": examples, "failing": len(flaws)})


@group("packs")
def packs_command(context: click.Context) -> None:
    """Look packs of names and rules over."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@packs_command.command("check")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@shared_options
@click.pass_obj
def packs_check(frame: Frame, files: tuple[str, ...]) -> None:
    """Read packs and say what clashes in them, among themselves and with the shipped ones.

    Without FILE: the packs of the case you stand in. Exit 1 when two entries cannot both be meant, 3 when a file is
    broken; a remark is no fault.
    """
    from factcheck import text

    paths = [path for place in files for path in _files(frame, place)] if files else _files(frame, "")
    packs = text.load_packs(paths)
    read = {pack.sha256 for pack in packs}
    behind = [pack for pack in text.shipped_packs() if pack.sha256 not in read]
    flaws = text.pack_flaws(packs, behind)
    names, rules = (sum(map(len, each)) for each in ([p.entities for p in packs], [p.rules for p in packs]))
    _print(frame, flaws, {"packs": len(packs), "names": names, "rules": rules, "flaws": len(flaws)})


def _files(frame: Frame, place: str) -> list[Path]:
    """The packs that are meant: a file, those of a case, or those of the case one stands in."""
    if place and not Path(place).exists():
        raise NotFound("there is no such file or case.", where=place, remedy="check the name")
    if place and Path(place).is_file():
        return [Path(place)]
    folder = Path(place) if place else frame.folder
    if place and not (Path(place) / "claims").is_dir():
        raise Usage(
            "this folder is no case.",
            where=place,
            remedy="name a pack (.toml), or a folder with claims/ in it",
        )
    return sorted((folder / "claims" / "packs").glob("*.toml")) if folder else []


def _print(frame: Frame, flaws: "Sequence[text.Flaw]", counts: dict[str, int]) -> None:
    clashing = any(flaw.clash for flaw in flaws)
    if frame.json:
        emit({"ok": not clashing, **counts, "findings": [_json(flaw) for flaw in flaws]})
    else:
        for flaw in flaws:
            say(f"{flaw.where}: {flaw.check}: {flaw.seen}. Do: {flaw.do}.")
        narrate(", ".join(f"{count} {name}" for name, count in counts.items()))
    if clashing:
        click.get_current_context().exit(1)


def _json(flaw: "text.Flaw") -> dict[str, Any]:
    return {("fault" if name == "clash" else name): value for name, value in asdict(flaw).items()}
