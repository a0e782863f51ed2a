"""Commands after publication: corrections, and what has changed since."""

from pathlib import Path
from typing import Any

import click

from factcheck.case.correcting import Revised
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, say
from factcheck.errors import BadData
from factcheck.files import read_document
from factcheck.labels import label
from factcheck.model import Correction, CorrectionKind, Verdict


@command("correct")
@click.argument("claims", nargs=-1, required=True)
@click.option("--kind", required=True, help=", ".join(CorrectionKind))
@click.option("--because", required=True, metavar="TEXT", help="What was wrong, or is new.")
def correct_command(frame: Frame, claims: tuple[str, ...], kind: str, because: str) -> None:
    """Set right what an export said of CLAIMS; the note stands on top of every later one."""
    frame.recorded(frame.open().correct(*claims, kind=kind, because=because, at=frame.at))


@command("corrections")
@click.option(
    "--since", default="", metavar="RECEIPT|X1", help="What has changed since a receipt or an export."
)
def corrections_command(frame: Frame, since: str) -> None:
    """Show every correction, and every verdict that is another one than was published."""
    case = frame.open()
    revised = case.revised(_receipt(since))
    noted = case.corrections()
    if frame.json:
        emit(
            {
                "corrections": [{"claim": claim.id, **_note(each)} for claim, each in noted],
                "changed": [_changed(each) for each in revised],
            }
        )
        return
    for claim, each in noted:
        kind = label(f"correction.{each.kind}", frame.language)
        say(f"{each.time[:10]}  {claim.id}  {each.export}  {kind}: {each.because}  ({each.by})")
    for found in revised:
        before, after = (_named(frame, each) for each in (found.before, found.after))
        silent = "" if found.noted else f"  {label('cli.uncorrected', frame.language)}"
        say(f"{found.claim.id}  {before} -> {after}  {found.claim.statement}{silent}")


def _receipt(since: str) -> str:
    """The three lines of a receipt that lies in a file; else what was named."""
    if not since or (since[:1] == "X" and since[1:].isdecimal()):
        return since
    try:
        return read_document(Path(since)).decode("utf-8") + "\n"
    except UnicodeDecodeError as error:
        raise BadData("this is no receipt.", where=since, remedy="three lines: origin, size, root") from error


def _named(frame: Frame, verdict: Verdict | None) -> str:
    if verdict is None:
        return "-"
    known = frame.open().info.scale_of(verdict.scale, verdict.scale_version)
    rating = known.get(verdict.rating) if known else None
    return f"{rating.symbol} {rating.label[frame.language]}" if rating else verdict.rating


def _note(correction: Correction) -> dict[str, Any]:
    names = ("id", "kind", "because", "by", "time", "export", "was")
    return {name: getattr(correction, name) for name in names} | {"now": correction.now or None}


def _changed(found: Revised) -> dict[str, Any]:
    before, after = ({"id": v.id, "rating": v.rating} if v else None for v in (found.before, found.after))
    return {"claim": found.claim.id, "before": before, "after": after, "corrected": found.noted}
