"""Commands that weigh evidence."""

import click

from factcheck.cli.frame import Frame, command


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
