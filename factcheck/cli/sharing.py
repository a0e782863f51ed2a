"""Commands by which people share the work: who looks at what, what is asked, what is put off, how long it took."""

from dataclasses import asdict

import click

from factcheck.cli.choosing import chosen, filters
from factcheck.cli.frame import Frame, command, group
from factcheck.cli.output import emit, say
from factcheck.errors import Usage
from factcheck.labels import label
from factcheck.model import GONE_STATES, ClaimState

_STANDING = tuple(each for each in ClaimState if each not in GONE_STATES)


@command("assign")
@click.argument("words", nargs=-1, required=True, metavar="[CLAIMS]... NAME")
@click.option("--anyone", is_flag=True, help="Give them back: no NAME then.")
@filters
def assign_command(frame: Frame, words: tuple[str, ...], anyone: bool, **options: str) -> None:
    """Give CLAIMS to NAME; or all that a filter finds."""
    if not anyone and len(words) < 2 and not any(options.values()):
        raise Usage("say whose they are to be.", remedy="factcheck assign C7 NAME, or --anyone")
    case = frame.open()
    named, name = (words, "") if anyone else (words[:-1], words[-1])
    frame.recorded(case.assign(*chosen(case, named, _STANDING, **options), to=name, at=frame.at))


@command("later")
@click.argument("claim", required=False, default="")
def later_command(frame: Frame, claim: str) -> None:
    """Put CLAIM off until all else is done, for yourself alone; without CLAIM: list what you have put off."""
    frame.refuse_at()
    case = frame.open()
    if claim:
        case.later(claim)
    put_off = case.put_off()
    if frame.json:
        emit({"later": put_off})
        return
    for each in put_off:
        say(f"{each}  {' '.join(case.claim(each).statement.split())}")


@command("ask")
@click.argument("claim")
@click.argument("text")
@click.option("--to", default="", metavar="NAME", help="A colleague; anybody at the desk if not given.")
@click.option("--whom", default="", help="Somebody outside who was asked: a person, a press office.")
@click.option("--on", default="", metavar="DAY", help="When they were asked; today if not given.")
def ask_command(frame: Frame, claim: str, text: str, to: str, whom: str, on: str) -> None:
    """Ask TEXT about CLAIM; it stays open until somebody answers."""
    frame.recorded(frame.open().ask(claim, text, to=to, whom=whom, on=on, at=frame.at))


@command("answer")
@click.argument("claim")
@click.argument("text")
@click.option("--question", type=click.IntRange(min=1), default=None, help="Which one, counted from 1.")
@click.option("--evidence", multiple=True, metavar="E3", help="The reply itself, attached to the claim.")
def answer_command(
    frame: Frame, claim: str, text: str, question: int | None, evidence: tuple[str, ...]
) -> None:
    """Answer a question about CLAIM; question and answer stand in the export."""
    reply = [each for word in evidence for each in word.replace(",", " ").split()]
    frame.recorded(frame.open().answer(claim, text, question=question or 0, evidence=reply, at=frame.at))


@command("due")
@click.argument("claim")
@click.argument("day")
@click.option("--settled-by", required=True, help="What will tell then whether it came true.")
def due_command(frame: Frame, claim: str, day: str, settled_by: str) -> None:
    """Say on which DAY (or D..D) the forecast CLAIM can be judged, and by what."""
    frame.recorded(frame.open().schedule(claim, day, settled_by=settled_by, at=frame.at))


@group("work")
def work_command(context: click.Context) -> None:
    """Show what you spent on each claim; only you can see it."""
    if context.invoked_subcommand is not None:
        return
    frame: Frame = context.obj
    case = frame.open()
    spent, reported = case.work(), case.info.work
    if frame.json:
        own = {claim: asdict(each) for claim, each in spent.items()}
        emit({"own": own, "reported": [asdict(each) for each in reported]})
        return
    for claim, each in sorted(spent.items(), key=lambda pair: int(pair[0][1:])):
        say(label("cli.work", frame.language, claim=claim, seconds=each.seconds, keys=each.keys))
    for told in reported:
        say(label("cli.work_told", frame.language, **asdict(told)))


@command("report")
def work_report(frame: Frame) -> None:
    """Tell the desk your totals: claims, seconds, keys; never which claim took how long."""
    frame.refuse_at()
    frame.recorded(frame.open().report_work())


work_command.add_command(work_report)
