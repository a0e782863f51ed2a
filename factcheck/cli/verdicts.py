"""Commands that judge."""

import click

from factcheck.cli.frame import Frame, command


def _relied(evidence: tuple[str, ...]) -> list[str] | None:
    return [each for word in evidence for each in word.replace(",", " ").split()] or None


@command("decide")
@click.argument("claim")
@click.argument("rating")
@click.option("--because", default="", help="Why; required for ratings 1 to 5.")
@click.option("--evidence", multiple=True, metavar="E3", help="What the verdict relies on; all if not given.")
def decide_command(frame: Frame, claim: str, rating: str, because: str, evidence: tuple[str, ...]) -> None:
    """Record a verdict: RATING is a digit 1-9, a name (supported, refuted, ...) or a label."""
    frame.recorded(
        frame.open().decide(claim, rating, because=because, evidence=_relied(evidence), at=frame.at)
    )


@command("rate")
@click.argument("claim")
@click.argument("rating")
@click.option("--mention", type=int, required=True, help="Which place, counted from 1.")
@click.option("--because", default="", help="Why; required for ratings 1 to 5.")
def rate_command(frame: Frame, claim: str, rating: str, mention: int, because: str) -> None:
    """Record what was found about one of several mentions of CLAIM: each place may say something else."""
    frame.recorded(frame.open().rate(claim, rating, mention=mention, because=because, at=frame.at))


@command("confirm")
@click.argument("claim")
def confirm_command(frame: Frame, claim: str) -> None:
    """Sign somebody else's verdict as the second person."""
    frame.recorded(frame.open().confirm(claim, at=frame.at))


@command("dispute")
@click.argument("claim")
@click.option("--because", required=True, help="Why the verdict should not stand.")
def dispute_command(frame: Frame, claim: str, because: str) -> None:
    """Say why somebody else's verdict should not stand."""
    frame.recorded(frame.open().dispute(claim, because=because, at=frame.at))


@command("settle")
@click.argument("claim")
@click.argument("rating")
@click.option("--because", required=True, help="Why.")
@click.option("--evidence", multiple=True, metavar="E3", help="What it relies on; all if not given.")
def settle_command(frame: Frame, claim: str, rating: str, because: str, evidence: tuple[str, ...]) -> None:
    """End a dispute as a third person."""
    frame.recorded(
        frame.open().settle(claim, rating, because=because, evidence=_relied(evidence), at=frame.at)
    )
