"""Commands about documents."""

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import NotFound, Usage
from factcheck.labels import label

if TYPE_CHECKING:
    from factcheck.case import Case
    from factcheck.case.bulk import Gathered
    from factcheck.text import Document


@command("extract")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--pack", "packs", multiple=True, type=click.Path(path_type=Path), help="A pack of names (TOML)."
)
@click.option("--no-packs", is_flag=True, help="Use no pack at all.")
@click.option("--no-plugins", is_flag=True, help="Use our own stages only.")
@click.option("--date", default="", metavar="D|D..D", help="When it was said: times are resolved on it.")
def extract_command(
    frame: Frame, file: Path, packs: tuple[Path, ...], no_packs: bool, no_plugins: bool, date: str
) -> None:
    """Suggest the claims of FILE, with readings, relations and calculations; nothing is written."""
    from factcheck import text
    from factcheck.files import read_document
    from factcheck.model import checked_date
    from factcheck.text.resolved import time_line, told_times
    from factcheck.text.times import document_date, times

    on = document_date(checked_date(date))
    data = read_document(file)
    read = text.read(data, name=file.name, where=str(file))
    chosen = () if no_packs else (*text.load_packs([*_packs_beside(file), *packs]), *text.shipped_packs())
    stages = text.SHIPPED if no_plugins else text.installed_stages()
    extraction = text.extract(read.text, packs=chosen, stages=stages)
    for each in stages.plugins:
        narrate(f"plug-in: {each}")
    document = extraction.to_json()
    for claim in document["claims"]:
        claim["times"] = [each.to_json() for each in times(read.text, claim["start"], claim["end"], on)]
    document["source"] = {"sha256": hashlib.sha256(data).hexdigest(), **document["source"], **_as_read(read)}
    if frame.json:
        emit(document)
        return
    for claim in sorted(document["claims"], key=lambda each: -each["priority"]):
        say(f"{claim['priority']:7.3f}  {claim['start']:>6}  {claim['type']:<16} {claim['statement']}")
    for reading in document["readings"]:
        say(f"reading  {reading['start']:>6}  {reading['heard']} -> {reading['meant']}  ({reading['why']})")
    for told in told_times("", read.text, _places(document), date) if date else ():
        say(f"time     {told.time.start:>6}  {time_line(told, frame.language)}")
    for sum_ in document["calculations"]:
        say(f"calculation  {sum_['claim']}  {sum_['expression']} = {sum_['result']}  holds: {sum_['holds']}")
        for need in sum_["needs"]:
            say(f"    {need}")


def _as_read(read: "Document") -> dict[str, str | None]:
    """What the document is and how it was decoded; with the text, where offsets refer to one that was derived."""
    fields = {
        "format": read.format,
        "encoding": read.encoding or None,
        "decided": read.decided,
        "maker": read.maker,
    }
    return fields | ({"text": read.text} if read.derived else {})


def _places(document: dict[str, Any]) -> list[tuple[int, int]]:
    return [(claim["start"], claim["end"]) for claim in document["claims"]]


def _packs_beside(file: Path) -> list[Path]:
    from factcheck.files import case_folder

    try:
        return sorted((case_folder(file.parent) / "claims" / "packs").glob("*.toml"))
    except NotFound:
        return []


@command("ingest")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="FILE|DIR")
@click.option("--again", default="", metavar="S1", help="Extract this source anew instead of adding a FILE.")
@click.option("--replaces", default="", metavar="S1", help="FILE is a newer version of this source.")
@click.option("--title", default="", help="What it is called; the file's name if not given.")
@click.option("--date", default="", metavar="D|D..D", help="When it was said: a day or a range.")
@click.option(
    "--pack", "packs", multiple=True, type=click.Path(path_type=Path), help="A further pack of names."
)
@click.option("--without", multiple=True, metavar="NAME", help="Leave out the pack of this name.")
@click.option("--no-plugins", is_flag=True, help="Use our own stages only.")
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="With DIR: how many processes extract; one for each core if not given.",
)
@click.option(
    "--dask",
    default="",
    metavar="tcp://HOST:PORT",
    help="With DIR: the workers of this Dask scheduler extract; it needs factcheck-desk[bulk], there too.",
)
def ingest_command(
    frame: Frame,
    file: Path | None,
    again: str,
    replaces: str,
    title: str,
    date: str,
    packs: tuple[Path, ...],
    without: tuple[str, ...],
    no_plugins: bool,
    workers: int | None,
    dask: str,
) -> None:
    """Add FILE to the case as a source, with its suggestions; or extract a source of the case anew.

    Of a folder DIR every document in it and below becomes a source; then all sources without suggestions are
    extracted, side by side. What cannot be read is named and stops nothing; the same command goes on where an
    earlier one was stopped. Where a pack is missing that a source was extracted with, --again refuses: it would
    take back what that pack had found. --without NAME says that it may.
    """
    frame.refuse_at()
    if file is not None and file.is_dir():
        known = {"packs": packs, "without": without, "plugins": not no_plugins}
        _ingest_folder(frame, file, date, known, workers or 0, dask, again, replaces, title)
        return
    if workers or dask:
        raise Usage("--workers and --dask are for a folder.", remedy="factcheck ingest DIR --workers N")
    if (file is None) == (not again):
        raise Usage(
            "name a file, or a source to extract again.", remedy="factcheck ingest FILE, or --again S1"
        )
    if again and (title or date or replaces):
        raise Usage(
            "--again takes no title, no date and no --replaces.", remedy="factcheck ingest --again S1"
        )
    case = frame.open()
    if file is None:
        frame.recorded(case.reextract(again, packs=packs, without=without, plugins=not no_plugins))
        narrate(_extracted_again(case, again))
        return
    source = case.ingest(
        file,
        title=title,
        date=date,
        packs=packs,
        without=without,
        plugins=not no_plugins,
        replaces=replaces,
    )
    if source.replaces:
        from factcheck.cli.shapes import revision
        from factcheck.cli.walk import revised

        found = case.revision(source.id)
        frame.recorded(case.recorded, *revised(found, frame.language), revision=revision(found))
    else:
        frame.recorded(case.recorded)
    narrate(
        f"{source.id}: {source.format}, {source.characters} characters, {source.count} suggestions, {source.language}"
    )
    if source.derived:
        narrate(
            f"{source.id}: the text is {source.derived}, made by {source.maker}; {source.path} stays as it is"
        )


def _ingest_folder(
    frame: Frame,
    folder: Path,
    date: str,
    known: dict[str, Any],
    workers: int,
    dask: str,
    *single: str,
) -> None:
    from factcheck.cli.progress import bar

    if any(single):
        raise Usage(
            "a folder takes no title, no --again and no --replaces.", remedy="factcheck ingest DIR --date D"
        )
    if workers and dask:
        raise Usage("either --workers or --dask.", remedy="--workers N here, or --dask tcp://HOST:PORT")
    case = frame.open()
    try:
        with bar(frame.language, plain=frame.no_color) as told:
            found = case.ingest_folder(folder, workers=workers, dask=dask, date=date, progress=told, **known)
    except KeyboardInterrupt:
        narrate(label("cli.folder_stopped", frame.language))
        raise
    frame.tell()
    for each in found.failed:
        narrate(str(each))
    if frame.json:
        emit(_gathered(found))
    else:
        say(found.told(frame.language))
    sys.exit(found.exit)


def _gathered(found: "Gathered") -> dict[str, Any]:
    return {
        "ingested": list(found.ingested),
        "extracted": list(found.extracted),
        "skipped": [{"file": each.file, "source": each.source} for each in found.skipped],
        "failed": [
            {
                "where": each.where,
                "error": each.error.what,
                "seen": each.error.seen,
                "remedy": each.error.remedy,
                "exit": each.error.exit,
            }
            for each in found.failed
        ],
    }


def _extracted_again(case: "Case", source: str) -> str:
    """What an extraction has changed, in a line."""
    from factcheck.events import bodies

    if not case.recorded or not isinstance(body := case.recorded[0].body, bodies.SourceExtracted):
        return f"{source}: nothing new"
    gone = [name for name in body.superseded or () if name[0] == "C"]
    return f"{source}: {body.count} new suggestions, {body.kept or 0} kept, {len(gone)} superseded"


@command("date")
@click.argument("source", metavar="S1")
@click.argument("date", metavar="D|D..D")
def date_command(frame: Frame, source: str, date: str) -> None:
    """Say when SOURCE was said or written: 2024-02-26, or a range 2024-02-25..2024-03-02."""
    frame.recorded(frame.open().date(source, date, at=frame.at))
