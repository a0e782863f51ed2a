"""Commands that weigh evidence."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict

import click

from factcheck.case.rechecking import Rechecked
from factcheck.cli.evidence import allowed
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import emit, narrate, say
from factcheck.errors import Refused, Unavailable
from factcheck.labels import label
from factcheck.match.differing import differing, only_here


@command("grade")
@click.argument("evidence", metavar="E3")
@click.argument("grade")
@click.option("--note", default="", help="Why.")
def grade_command(frame: Frame, evidence: str, grade: str, note: str) -> None:
    """Say how near a source is: primary, official, reporting, secondary, repost or anonymous."""
    frame.recorded(frame.open().grade(evidence, grade, note=note, at=frame.at))


@command("join")
@click.argument("evidence", metavar="E3 E5 ...", nargs=-1)
@click.option("--because", default="", help="How that is known.")
def join_command(frame: Frame, evidence: tuple[str, ...], because: str) -> None:
    """Say that pieces of evidence of one claim come from one origin."""
    frame.recorded(frame.open().join(*evidence, because=because, at=frame.at))


@command("part")
@click.argument("evidence", metavar="E3 E5 ...", nargs=-1)
@click.option("--because", default="", help="How that is known.")
def part_command(frame: Frame, evidence: tuple[str, ...], because: str) -> None:
    """Say that pieces of evidence of one claim come from origins of their own."""
    frame.recorded(frame.open().part(*evidence, because=because, at=frame.at))


@command("reanchor")
@click.argument("evidence", metavar="E3")
@click.argument("capture", metavar="[K9]", required=False, default="")
@click.option("--quote", default="", help="Other words than those that were quoted.")
@click.option("--nearest", is_flag=True, help="Take the nearest words that stand there.")
@click.option("--because", default="", help="Why.")
def reanchor_command(
    frame: Frame, evidence: str, capture: str, quote: str, nearest: bool, because: str
) -> None:
    """Place the quotation of E3 anew, in its own or in another capture."""
    case = frame.open()
    frame.recorded(
        case.reanchor(evidence, capture, quote=quote, nearest=nearest, because=because, at=frame.at)
    )


@command("corroborate")
@click.argument("capture", metavar="K3")
@click.option("--url", default="", help="Where another copy lies, a web archive's for instance.")
@click.option("--collector", default="", help="Who has it.")
@click.option("--capture", "other", default="", metavar="K9", help="Our capture of that copy.")
@click.option("--sha256", default="", metavar="HEX", help="The digest that the other has.")
@click.option("--note", default="", help="What was compared, and how.")
def corroborate_command(
    frame: Frame, capture: str, url: str, collector: str, other: str, sha256: str, note: str
) -> None:
    """Record a second opinion on the bytes of K3."""
    case = frame.open()
    frame.recorded(
        case.corroborate(
            capture, url=url, collector=collector, other=other, sha256=sha256, note=note, at=frame.at
        )
    )


@command("withhold")
@click.argument("capture", metavar="K3")
@click.option("--because", required=True, metavar="TEXT", help="By whose order, and why.")
def withhold_command(frame: Frame, capture: str, because: str) -> None:
    """Remove the bytes of K3 by order; what they were stays as their digests."""
    frame.recorded(frame.open().withhold(capture, because=because, at=frame.at))


@command("recheck")
@click.argument("evidence", metavar="[E3 ...]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All evidence with an address, not only of verdicts.")
@click.option(
    "--allow-address",
    multiple=True,
    metavar="HOST:PORT",
    help="A non-public address that may be fetched all the same.",
)
def recheck_command(
    frame: Frame, evidence: tuple[str, ...], everything: bool, allow_address: tuple[str, ...]
) -> None:
    """Fetch again what evidence was taken from: alive, moved, changed, gone? No verdict changes by it."""
    frame.refuse_at()
    case = frame.open()
    with _bar() as progress:
        found = case.recheck(
            *evidence, everything=everything, allow=allowed(allow_address), progress=progress
        )
    for notice in case.notices:
        narrate(notice)
    if frame.json:
        emit({"rechecked": [asdict(each) for each in found]})
    else:
        for each in found:
            for line in _told(each, frame.language):
                say(line)
    if any(not each.well for each in found):
        unheard = all(each.outcome == "unreachable" for each in found)
        sys.exit(Unavailable.exit if unheard else Refused.exit)


def _bar() -> AbstractContextManager[Callable[[int, int, str], None] | None]:
    """A line on stderr that says how far it is; only on a terminal."""
    if not sys.stderr.isatty():
        return nullcontext(None)

    def progress(done: int, total: int, _url: str) -> None:
        bar = "#" * (20 * done // total)
        click.echo(f"\r[{bar:<20}] {done + 1}/{total}\033[K", nl=False, err=True)
        if done + 1 == total:
            click.echo("\r\033[K", nl=False, err=True)

    return nullcontext(progress)


def _told(found: Rechecked, lang: str) -> list[str]:
    outcome = label(f"recheck.{found.outcome}", lang)
    status = f" ({found.status})" if found.status else ""
    lines = [f"{found.evidence} {found.claim}  {outcome}{status}  {found.url}"]
    if found.outcome == "changed":
        was, now = map(only_here, differing(found.before, found.now))
        lines += [f"  - {each}" for each in was] + [f"  + {each}" for each in now]
    return lines
