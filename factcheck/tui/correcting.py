"""F: set right what was published, by a digit and a reason."""

from factcheck.model import CorrectionKind
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words


def correct(desk: Desk) -> None:
    """Ask what is set right and why; the note stands on top of every later export."""
    claim = desk.claim
    if claim is None or not desk.open_to("correction.issued"):
        return
    kinds = tuple((str(each), desk.say(f"correction.{each}")) for each in CorrectionKind)

    def submit(answers: Answers) -> bool:
        if not answers["kind"]:
            desk.remark(desk.say("tui.correct_first"), "warn")
            desk.lay_out()
            return False
        return desk.perform(
            lambda: desk.case.correct(
                claim.id, kind=answers["kind"], because=answers["because"], at=claim.version
            )
        )

    blanks = (
        Choice("kind", desk.say("tui.correct_kind"), kinds, -1),
        Words("because", desk.say("tui.correct_why")),
    )
    desk.ask(Question("correct", f"{desk.say('action.correct')} {claim.id}", blanks, submit))
