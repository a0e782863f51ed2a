"""The boxes of the export sheet: the lead's foreword, who answers for the exports, and how they look."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from factcheck.model import Publisher
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Question, Words


def introduce(desk: Desk, wanted: str, again: Callable[[], None]) -> None:
    """Ask what the export sheet ended with; when it is recorded, the sheet comes back."""
    {"foreword": _foreword, "publisher": _publisher, "template": _template}[wanted](desk, again)


def _ask(
    desk: Desk,
    id: str,
    blanks: tuple[Words, ...],
    act: Callable[[Answers], object],
    again: Callable[[], None],
) -> None:
    def submit(answers: Answers) -> bool:
        done = desk.perform(lambda: act(answers))
        if done:
            desk.call_after_refresh(again)
        return done

    desk.ask(Question(id, desk.say(f"action.export_{id}"), blanks, submit))


def _foreword(desk: Desk, again: Callable[[], None]) -> None:
    """A box has one line: a foreword of several keeps them only while nobody changes it here."""
    now = desk.case.info.foreword.text
    flat = " ".join(now.split())

    def act(answers: Answers) -> object:
        words = answers["text"]
        return desk.case.write_foreword(now if words == flat else words)

    blank = Words("text", "", flat, hint=desk.say("tui.one_line_hint"))
    _ask(desk, "foreword", (blank,), act, again)


def _publisher(desk: Desk, again: Callable[[], None]) -> None:
    said = asdict(desk.case.info.publisher)
    blanks = tuple(Words(name, desk.say(f"tui.publisher_{name}"), text) for name, text in said.items())
    _ask(desk, "publisher", blanks, lambda answers: desk.case.name_publisher(Publisher(**answers)), again)


def _template(desk: Desk, again: Callable[[], None]) -> None:
    def act(answers: Answers) -> object:
        file = answers["file"].strip()
        return desk.case.adopt_template(Path(file).expanduser() if file else None)

    blank = Words("file", desk.say("tui.file"), hint=desk.say("tui.template_hint"))
    _ask(desk, "template", (blank,), act, again)
