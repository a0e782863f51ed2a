"""Commands from suggestions to claims."""

import click

from factcheck.cli.choosing import chosen, filters
from factcheck.cli.frame import Frame, command
from factcheck.cli.output import narrate
from factcheck.errors import Refused, Usage
from factcheck.events import Event
from factcheck.labels import label
from factcheck.model import ClaimState


@command("accept")
@click.argument("claims", nargs=-1, required=True)
def accept_command(frame: Frame, claims: tuple[str, ...]) -> None:
    """Take suggestions on as claims to be checked."""
    frame.recorded(frame.open().accept(*claims, at=frame.at))


@command("dismiss")
@click.argument("claims", nargs=-1)
@click.option(
    "--reason", required=True, help="not_a_claim, duplicate, trivial, opinion, out_of_scope, garbled (or 1-6)"
)
@click.option("--note", default="", help="A word more.")
@filters
def dismiss_command(frame: Frame, claims: tuple[str, ...], reason: str, note: str, **options: str) -> None:
    """Put CLAIMS aside, or all that a filter finds, with one reason; an event for each."""
    case = frame.open()
    states = (ClaimState.SUGGESTED, ClaimState.ACCEPTED)
    found = chosen(case, claims, states, **options)
    frame.recorded(case.dismiss(*found, reason=reason, note=note, at=frame.at))


@command("merge")
@click.argument("claim")
@click.argument("others", nargs=-1, required=True)
@click.option("--reject", is_flag=True, help="They are not the same: do not propose it again.")
def merge_command(frame: Frame, claim: str, others: tuple[str, ...], reject: bool) -> None:
    """Say that OTHERS make the same claim: their mentions and evidence come to CLAIM."""
    case = frame.open()
    if reject:
        frame.recorded(case.turn_down(claim, *others, relation="repeats", at=frame.at))
    else:
        frame.recorded(case.merge(claim, *others, at=frame.at))


@command("split")
@click.argument("claim")
@click.argument("statement")
@click.option(
    "--mention", "mentions", type=int, multiple=True, help="A place (from 1) that goes to the new claim."
)
def split_command(frame: Frame, claim: str, statement: str, mentions: tuple[int, ...]) -> None:
    """Make a claim of its own, STATEMENT, out of a part of CLAIM."""
    frame.recorded(frame.open().split(claim, statement, mentions=mentions, at=frame.at))


@command("reword")
@click.argument("claim")
@click.argument("statement")
def reword_command(frame: Frame, claim: str, statement: str) -> None:
    """Put CLAIM in other words; a verdict on the old words reopens."""
    frame.recorded(frame.open().reword(claim, statement, at=frame.at))


@command("retype")
@click.argument("claim")
@click.argument("type_", metavar="TYPE")
def retype_command(frame: Frame, claim: str, type_: str) -> None:
    """Say what CLAIM is about (personnel_move, role_change, cost, ...)."""
    frame.recorded(frame.open().retype(claim, type_, at=frame.at))


@command("relate")
@click.argument("claim")
@click.argument("other")
@click.option("--as", "relation", default="", help="repeats, contradicts, derives_from, depends_on")
@click.option("--why", default="", help="What ties them.")
@click.option("--reject", is_flag=True, help="What was proposed does not hold: do not propose it again.")
def relate_command(frame: Frame, claim: str, other: str, relation: str, why: str, reject: bool) -> None:
    """Tie two claims together, or turn a proposed tie down."""
    if reject:
        if why:
            raise Usage("a proposal is turned down without a reason.", remedy="factcheck note says more")
        frame.recorded(frame.open().turn_down(claim, other, relation=relation, at=frame.at))
        return
    if not relation:
        raise Usage("say how they hang together.", remedy="--as repeats|contradicts|derives_from|depends_on")
    frame.recorded(frame.open().relate(claim, other, relation, why=why, at=frame.at))


@command("unrelate")
@click.argument("claim")
@click.argument("other")
@click.option("--as", "relation", required=True, help="repeats, contradicts, derives_from, depends_on")
def unrelate_command(frame: Frame, claim: str, other: str, relation: str) -> None:
    """Take a tie between two claims away."""
    frame.recorded(frame.open().unrelate(claim, other, relation, at=frame.at))


@command("read")
@click.argument("readings", nargs=-1, required=True)
def read_command(frame: Frame, readings: tuple[str, ...]) -> None:
    """Accept readings (R1 ...), for all their places; the source stays as it is."""
    _decided(frame, frame.open().read(*readings, at=frame.at))


@command("reject")
@click.argument("readings", nargs=-1, required=True)
def reject_command(frame: Frame, readings: tuple[str, ...]) -> None:
    """Turn readings down; they are not proposed again."""
    _decided(frame, frame.open().reject(*readings, at=frame.at))


def _decided(frame: Frame, events: tuple[Event, ...]) -> None:
    """What was recorded; which claims come back by it is said on stderr."""
    if back := " ".join(ref.subject for each in events for ref in each.also):
        narrate(label("cli.claims_back", frame.language, claims=back))
    frame.recorded(events)


@command("reopen")
@click.argument("claim")
@click.option("--because", default="", help="Why.")
def reopen_command(frame: Frame, claim: str, because: str) -> None:
    """Take a decided or dismissed claim up again."""
    frame.recorded(frame.open().reopen(claim, because=because, at=frame.at))


@command("note")
@click.argument("claim")
@click.argument("text")
def note_command(frame: Frame, claim: str, text: str) -> None:
    """Leave a remark on CLAIM."""
    frame.recorded(frame.open().note(claim, text, at=frame.at))


@command("add")
@click.option("--source", required=True, metavar="S1", help="The source.")
@click.option("--quote", default="", help="The words, exactly as they stand there.")
@click.option("--start", type=int, default=-1, help="Where they begin (code points), when they stand twice.")
@click.option("--end", type=int, default=-1, help="Where they end, instead of --quote.")
@click.option("--statement", default="", help="The claim in your words; the quote if not given.")
@click.option("--type", "type_", default="event", help="What it is about.")
def add_command(
    frame: Frame, source: str, quote: str, start: int, end: int, statement: str, type_: str
) -> None:
    """Make a claim that extraction missed."""
    frame.refuse_at()
    case = frame.open()
    case.add(source, quote, start=start, end=end, statement=statement, type=type_)
    frame.recorded(case.recorded)


@command("mention")
@click.argument("claim")
@click.option("--source", required=True, metavar="S1", help="The source.")
@click.option("--quote", required=True, help="The words, exactly as they stand there.")
@click.option("--start", type=int, default=-1, help="Where they begin, when they stand twice.")
def mention_command(frame: Frame, claim: str, source: str, quote: str, start: int) -> None:
    """Add another place where CLAIM is made."""
    frame.recorded(frame.open().mention(claim, source, quote, start=start, at=frame.at))


@command("undo")
@click.argument("subject", required=False, default="", metavar="[ID]")
@click.option("--times", type=click.IntRange(min=1, max=1000), default=1, help="Take back so many acts.")
def undo_command(frame: Frame, subject: str, times: int) -> None:
    """Take your latest act back (on ID), while nothing stands upon it."""
    frame.refuse_at()
    case = frame.open()
    done = list(case.undo(subject))
    for _ in range(times - 1):
        try:
            done += case.undo(subject)
        except Refused as error:
            narrate(str(error))
            break
    frame.recorded(done)


@command("redo")
def redo_command(frame: Frame) -> None:
    """Bring back what you have just undone."""
    frame.refuse_at()
    frame.recorded(frame.open().redo())
