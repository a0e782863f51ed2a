"""Commands that take in what others have checked, and that write formats anew from the lines of an export."""

from dataclasses import asdict
from pathlib import Path

import click

from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import BadData, Usage
from factcheck.files import read_document
from factcheck.labels import label


@command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What the source is called.")
@click.option(
    "--map",
    "map_",
    type=click.Path(path_type=Path),
    help="Words of others for ratings (TOML), besides the shipped.",
)
def import_command(frame: Frame, file: Path, title: str, map_: Path | None) -> None:
    """Take in the checks of FILE: each becomes a claim here, with what they found beside it, never as our verdict."""
    frame.refuse_at()
    case = frame.open()
    found = case.import_checks(file, title=title, map=map_)
    for each in found.skipped:
        narrate(f"{file}:{each.line}: {each.because}; it was left out")
    if frame.json:
        emit(
            {
                "source": found.source or None,
                "claims": list(found.claims),
                "known": found.known,
                "skipped": [asdict(each) for each in found.skipped],
                "events": len(found.events),
            }
        )
        return
    counts = {"new": len(found.claims), "known": found.known, "skipped": len(found.skipped)}
    say(label("cli.imported", frame.language, source=found.source or "-", **counts))


@command("again")
@click.argument("lines", type=click.Path(path_type=Path), metavar="FILE.jsonl")
@click.option("--format", "formats", multiple=True, help="As of export; several: with commas.")
@click.option("--to", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where to write.")
def export_again(frame: Frame, lines: Path, formats: tuple[str, ...], to: Path) -> None:
    """Write formats anew from the claims.jsonl of an export; no case is needed."""
    from factcheck.case.placing import put
    from factcheck.export import DEFAULT_FORMATS, needs_texts, read_summary, render

    frame.refuse_at()
    summary = read_summary(read_document(lines))
    wanted = [word for each in formats for word in each.replace(",", " ").split()] or [*DEFAULT_FORMATS]
    if needs_texts(wanted) and not summary.texts:
        raise Usage(
            "these lines do not hold the sources.",
            where=str(lines),
            remedy="factcheck export --format transcript,jsonl writes lines that do",
        )
    try:
        files = render(summary, wanted)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise BadData(
            "these lines cannot be shown.",
            where=str(lines),
            seen=str(error)[:120],
            remedy="make the export again: factcheck export",
        ) from error
    if aside := put(to, files):
        narrate(f"{to} held something else under these names; that is now in {aside}")
    say(str(to))
