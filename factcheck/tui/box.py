"""The box at the foot of the desk in which a person writes or chooses."""

from dataclasses import replace

from textual import events
from textual.geometry import Offset
from textual.message import Message

from factcheck.labels import label
from factcheck.model import LONGEST_TEXT
from factcheck.tui.drafts import Drafts
from factcheck.tui.keys import folded, pass_on
from factcheck.tui.pane import Pane
from factcheck.tui.question import DIGITS, Answers, Blank, Choice, Question, Words, filled
from factcheck.tui.rows import Line, Prose, Row, heading, row, row_width, run

MOST_WORDS = 6


class Box(Pane):
    """One question at a time. The desk gives it every key and paste while it is open, so that they come in their order.

    What is written is a draft of whoever writes it from that key on; the messages only tell of it.
    """

    class Answered(Message):
        """The question was answered and the answer taken."""

        def __init__(self, question: Question) -> None:
            super().__init__()
            self.question = question

    class Left(Message):
        """The question was left; what had been written is a draft."""

    class Changed(Message):
        """Something was written or chosen."""

        def __init__(self, question: Question) -> None:
            super().__init__()
            self.question = question

    class TooLong(Message):
        """A text of so many characters was not taken into the blank of this name; what was there is there."""

        def __init__(self, field: str, seen: int) -> None:
            super().__init__()
            self.field, self.seen = field, seen

    def __init__(self, lang: str, drafts: Drafts) -> None:
        super().__init__(id="box", ground="box")
        self.lang, self.drafts = lang, drafts
        self.question: Question | None = None
        self.blanks: list[Blank] = []
        self.active = 0
        self.caret = Offset(0, 0)
        self.waits = False
        """True while an answer is being taken: keys wait for what comes of it."""
        self.ahead: list[events.Key] = []

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the blanks."""
        return {each.id: each.answer for each in self.blanks}

    @property
    def written(self) -> dict[str, str]:
        """The words that a person has put in place of those that were there."""
        before = {each.id: each.answer for each in self.question.blanks} if self.question else {}
        words = {each.id: each.answer for each in self.blanks if isinstance(each, Words)}
        return {name: text for name, text in words.items() if text != before[name]}

    def ask(self, question: Question) -> None:
        """Open with a question."""
        self.question, self.blanks, self.active = question, list(question.blanks), question.first
        self.display = True
        self.lay_out()

    def close(self) -> None:
        """Go away."""
        self.question, self.display, self.waits = None, False, False
        self.ahead = []

    def lay_out(self) -> None:
        """Write the rows anew."""
        question = self.question
        if question is None:
            return
        columns = max(self.size.width or self.app.size.width, 20)
        rows: list[Row] = [
            heading(question.title, columns, active=True, right=(run(self._how(question), "dim"), run(" ")))
        ]
        rows += question.shown
        for number, blank in enumerate(self.blanks):
            rows += self._blank_rows(blank, columns, active=number == self.active, at=len(rows))
        if question.about:
            rows += question.about(self.answers)
        self.fit(rows, most=max(self.app.size.height - 8, 6))
        self._place_cursor()

    def _how(self, question: Question) -> str:
        several = "tui.how_many" if len(self.blanks) > 1 else "tui.how_one"
        return question.how or label("tui.how_menu" if question.instant else several, self.lang)

    def _blank_rows(self, blank: Blank, columns: int, *, active: bool, at: int) -> list[Row]:
        mark = run("▸ " if active else "  ", "accent")
        name = run(f"{blank.label} ", "active" if active else "title") if blank.label else run("")
        if isinstance(blank, Choice):
            return _choice_rows(blank, (mark, name), columns, active=active)
        return self._words_rows(blank, (mark, name), columns, active=active, at=at)

    def _words_rows(self, blank: Words, first: Row, columns: int, *, active: bool, at: int) -> list[Row]:
        hang = row_width(first)
        if not blank.text and not active:
            return [(*first, run(blank.hint, "dim"))]
        prose = Prose().add(blank.text[: blank.at] if active else blank.text, "field said", 0)
        if active:
            prose.add(blank.text[blank.at : blank.at + 1] or " ", "caret said", blank.at)
            prose.add(blank.text[blank.at + 1 :], "field said", blank.at + 1)
        lines = list(prose.lines(columns - hang - 1))
        lines = self._around_caret(lines, blank) if active else lines[:MOST_WORDS]
        for number, line in enumerate(lines):
            if active and line.column_of(blank.at) >= 0:
                self.caret = Offset(hang + line.column_of(blank.at), at + number)
        margin = run(" " * hang)
        tail = (run(blank.hint, "dim"),) if not blank.text else ()
        return [(*(first if n == 0 else (margin,)), *line.runs, *tail) for n, line in enumerate(lines)]

    def _around_caret(self, lines: list[Line], blank: Words) -> list[Line]:
        here = next((n for n, line in enumerate(lines) if line.column_of(blank.at) >= 0), 0)
        start = max(0, min(here - MOST_WORDS // 2, len(lines) - MOST_WORDS))
        return lines[start : start + MOST_WORDS]

    def _place_cursor(self) -> None:
        """Input methods draw their candidates where the terminal's cursor is."""
        if isinstance(self.blanks[self.active], Words):
            self.app.cursor_position = self.region.offset + self.caret

    def on_resize(self) -> None:
        self.lay_out()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        taken = self.question.pasted if self.question else None
        if not (taken and taken(event.text)):
            self.write(event.text)

    def write(self, text: str) -> None:
        """Put words into the active blank; from a choice they go to the words behind it, else to those before."""
        if not isinstance(self.blanks[self.active], Words):
            places = [n for n, each in enumerate(self.blanks) if isinstance(each, Words)]
            if not places:
                return
            self.active = next((n for n in places if n > self.active), places[-1])
        blank = self.blanks[self.active]
        if isinstance(blank, Words):
            kept = replace(blank, text="", caret=-1) if blank.whole else blank
            self._put(self.active, kept.put(text))
            self._changed()

    def fill(self, answers: Answers) -> None:
        """Put words and choices into the blanks of these names."""
        for number, blank in enumerate(self.blanks):
            if blank.id in answers:
                self._put(number, filled(blank, answers[blank.id]))
        self._changed()

    def _put(self, number: int, blank: Blank) -> None:
        """Change a blank, unless its text would get too long."""
        size, before = len(blank.answer), len(self.blanks[number].answer)
        if size <= max(LONGEST_TEXT, before):
            self.blanks[number] = blank
        else:
            title = self.question.title if self.question else ""
            self.post_message(self.TooLong(blank.label or title, size))

    def _changed(self) -> None:
        self.lay_out()
        if self.question:
            name = self.question.draft
            self.drafts.keep(name, {**self.drafts[name], **self.written})
            self.post_message(self.Changed(self.question))

    def on_key(self, event: events.Key) -> None:
        """Take a key."""
        if self.question is None:
            return
        event.stop()
        event.prevent_default()
        if event.key in {"ctrl+q", "ctrl+c"}:
            self.app.exit(0)
        elif event.key in {"escape", "ctrl+g"}:
            self._leave()
        elif self.waits:
            self.ahead.append(event)
        elif event.key in {"enter", "ctrl+j"}:
            self._answer()
        elif event.key in {"tab", "down", "shift+tab", "up"}:
            step = 1 if event.key in {"tab", "down"} else -1
            self._move(step, event.key)
        else:
            self._press(event)

    def answers_by(self, event: events.Key) -> bool:
        """True for a key that answers the question as it stands, to record something: a search that is live records nothing."""
        if self.question is None or self.waits or self.question.live:
            return False
        blank = self.blanks[self.active]
        chosen = self.question.instant and isinstance(blank, Choice) and blank.takes(folded(event))
        return chosen or event.key in {"enter", "ctrl+j"}

    def _move(self, step: int, key: str) -> None:
        blank = self.blanks[self.active]
        if len(self.blanks) == 1 and isinstance(blank, Choice):
            self.blanks[0] = blank.press("Right" if step > 0 else "Left")
        elif len(self.blanks) == 1 and key in {"up", "down"} and isinstance(blank, Words):
            self.blanks[0] = blank.press("home" if step < 0 else "end")
        self.active = (self.active + step) % len(self.blanks)
        self.lay_out()

    def _press(self, event: events.Key) -> None:
        blank = self.blanks[self.active]
        if isinstance(blank, Choice):
            self._choose(blank, event)
            return
        if event.character and event.is_printable:
            self._put(self.active, blank.put(event.character))
        else:
            self.blanks[self.active] = blank.press(event.key)
        self._changed()

    def _choose(self, blank: Choice, event: events.Key) -> None:
        """A key on a choice: its digit chooses and leads on to the words behind it; what is no digit is written there."""
        key = folded(event)
        if not blank.takes(key) and event.character and event.is_printable:
            self.write(event.character)
            return
        self.blanks[self.active] = blank.press(key)
        if blank.takes(key) and self.question and self.question.instant:
            self._answer()
            return
        behind = self.blanks[self.active + 1 : self.active + 2]
        if blank.takes(key) and behind and isinstance(behind[0], Words):
            self.active += 1
        self._changed()

    def _answer(self) -> None:
        question = self.question
        if question and question.submit(self.answers):
            if self.question is question:
                self.close()
            self.drafts.drop(question.draft)
            self.post_message(self.Answered(question))

    def taken(self) -> None:
        """The answer that was waited for is taken: close, and give the keys that waited to the desk."""
        question, ahead = self.question, self.ahead
        self.close()
        if question:
            self.drafts.drop(question.draft)
            self.post_message(self.Answered(question))
        for event in ahead:
            pass_on(self.screen, event)

    def _leave(self) -> None:
        question = self.question
        self.close()
        if question:
            if question.left:
                question.left()
            self.post_message(self.Left())


def _choice_rows(blank: Choice, first: Row, columns: int, *, active: bool) -> list[Row]:
    """The answers beside each other where they fit, else on rows of their own."""
    every = active or len(blank.options) <= 3 or blank.chosen < 0
    cells = [
        _option(blank, n, active=active) for n in range(len(blank.options)) if every or n == blank.chosen
    ]
    hang = row_width(first)
    rows: list[Row] = []
    current: Row = first
    for cell in cells:
        if row_width(current) + row_width(cell) > columns and row_width(current) > hang:
            rows.append(current)
            current = row(run(" " * hang))
        current = (*current, *cell)
    return [*rows, current]


def _option(blank: Choice, number: int, *, active: bool) -> Row:
    chosen = number == blank.chosen
    ink = "chosen" if chosen else "dim"
    mark = run("●" if chosen else " ", "accent" if active else "title")
    return (mark, run(f"{DIGITS[number]} ", "key"), run(f"{blank.options[number][1]}  ", ink))
