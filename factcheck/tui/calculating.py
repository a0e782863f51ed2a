"""= : work out what a claim's figures come to, with the result shown while one types."""

from factcheck.errors import FactcheckError
from factcheck.labels import reworded
from factcheck.model import Calculation
from factcheck.tui.beside import calculation_rows
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Question, Words
from factcheck.tui.rows import Row, run, wrapped

PREMISES = 4
"""Premises that the box has room for; the command takes more."""


def calculate(desk: Desk) -> None:
    """An expression and its premises, each with where it comes from; what it comes to stands below."""
    claim = desk.claim
    if claim is None or not desk.open_to("calculation.recorded"):
        return

    def submit(answers: Answers) -> bool:
        return desk.perform(
            lambda: desk.case.calculate(
                claim.id, answers["expression"], given=given_in(answers), at=claim.version
            )
        )

    hints = [
        desk.say("tui.premise_hint"),
        desk.say("tui.premise_hint_words"),
        *[desk.say("tui.optional")] * PREMISES,
    ]
    blanks = (
        Words("expression", desk.say("tui.expression"), hint=desk.say("tui.expression_hint")),
        *(Words(f"given{n}", desk.say("tui.premise", number=n + 1), hint=hints[n]) for n in range(PREMISES)),
    )
    title = desk.say("tui.calculate", claim=claim.id)
    desk.ask(
        Question(
            "calculate",
            title,
            blanks,
            submit,
            about=lambda answers: outcome(desk, answers),
            draft=f"{claim.id}.calculate",
        )
    )


def given_in(answers: Answers) -> list[str]:
    """The premises that are written."""
    written = (answers[f"given{n}"].strip() for n in range(PREMISES))
    return [each for each in written if each]


def outcome(desk: Desk, answers: Answers) -> list[Row]:
    """What the expression comes to as it stands, or in a sentence why it comes to nothing yet."""
    columns = max(desk.box.size.width, 20)
    expression = answers["expression"].strip()
    if not expression:
        return wrapped(desk.say("tui.calculate_help"), columns - 2, "dim", first=(run("  "),))
    try:
        found = desk.case.worked_out(expression, given_in(answers))
    except FactcheckError as error:
        rows = wrapped(
            reworded(error.what, desk.lang), columns - 2, "warn", first=(run("  ! ", "warn"),), most=2
        )
        return rows + (
            wrapped(reworded(error.remedy, desk.lang), columns - 2, "dim", first=(run("    "),), most=1)
            if error.remedy
            else []
        )
    shown = Calculation(found.result, (), "", found.holds, found.needs)
    return calculation_rows(shown, columns, desk.lang)
