"""A box by lines: every blank is asked in turn, an empty line keeps what is there, and remarks are said before the answer counts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from textual import events

from factcheck.tui.aloud import fresh, spoken
from factcheck.tui.desk import Desk
from factcheck.tui.question import DIGITS, Blank, Choice, Question, Words

LEAVE = frozenset({".", "。", "esc"})
EMPTY = "-"


@dataclass(slots=True)
class Asking:
    """Asks the questions of a desk's box by lines. `tell` says lines, `press` presses a key."""

    desk: Desk
    tell: Callable[..., None]
    press: Callable[..., None]
    question: Question | None = None
    blank: int = 0
    back: bool = False
    entered: bool = False
    explained: bool = False
    remarks: list[str] = field(default_factory=list)

    def ask(self, question: Question) -> None:
        """Say what is asked now: all of a new question, of one that was not taken what can be mended."""
        box, say = self.desk.box, self.desk.say
        if question is not self.question:
            self.question, self.blank, self.remarks = question, question.first, []
            self.back = self.entered = False
            self.tell(question.title, *spoken(question.shown))
            if not self.explained:
                self.tell(say("tui.plain_box"))
                self.explained = True
        elif self.entered:
            self.blank, self.entered = (len(box.blanks) if len(box.blanks) > 1 else 0), False
        remarks = spoken(question.about(box.answers)) if question.about else []
        self.tell(*fresh(remarks, self.remarks))
        self.remarks = remarks
        if self.blank < len(box.blanks):
            self.tell(*self._asked(box.blanks[self.blank]))
        else:
            self.tell(
                *(self._filled(n, each) for n, each in enumerate(box.blanks, 1)), say("tui.plain_confirm")
            )

    def _asked(self, blank: Blank) -> list[str]:
        """A blank: its label, its hint, what is there already; the answers to choose from by number."""
        if isinstance(blank, Choice):
            chosen = f" {self.desk.say('tui.plain_chosen')}"
            options = [
                f"{n + 1} {words or value}{chosen if n == blank.chosen else ''}"
                for n, (value, words) in enumerate(blank.options)
            ]
            return [blank.label, *options] if blank.label else options
        hint = f"({blank.hint})" if blank.hint else ""
        now = self.desk.say("tui.plain_now", text=blank.text) if blank.text else ""
        return [" ".join(filter(None, (blank.label, hint, now))) or self.desk.say("tui.plain_write")]

    def _filled(self, number: int, blank: Blank) -> str:
        """A blank with its answer in words."""
        words = dict(blank.options).get(blank.answer, "") if isinstance(blank, Choice) else ""
        return " ".join(filter(None, (str(number), blank.label, words or blank.answer or "–")))

    # -- answers -----------------------------------------------------------------------------------

    def take(self, line: str, word: str) -> None:
        """A line that was typed at the box, and the same as a command; one that begins with a blank is words."""
        box = self.desk.box
        words = line.startswith((" ", "\u3000")) and bool(word)
        if word.lower() in LEAVE and not words:
            self.press("Esc")
        elif word.lower() == "enter" and not words:
            self._enter()
        elif self.blank >= len(box.blanks):
            self._at_end(word)
        elif isinstance(blank := box.blanks[self.blank], Choice):
            self._choose(blank, line, word)
        else:
            self._write(blank, line.strip())

    def _enter(self) -> None:
        self.entered = True
        self.press("Enter")

    def _at_end(self, word: str) -> None:
        """All blanks are filled in: record, or change one of them."""
        if not word:
            self._enter()
        elif word.isdecimal() and 0 < int(word) <= len(self.desk.box.blanks):
            self.blank, self.back = int(word) - 1, True
        else:
            self.tell(self.desk.say("tui.plain_unknown_here", word=word))

    def _on(self) -> None:
        """To the next blank; behind the last one the answer counts, unless there are remarks to be heard first."""
        blanks = len(self.desk.box.blanks)
        self.blank = blanks if self.back else self.blank + 1
        if self.blank >= blanks and not self.back and self.question and not self.question.about:
            self._enter()

    def _write(self, blank: Words, words: str) -> None:
        box = self.desk.box
        if words == EMPTY:
            box.call_later(box.fill, {blank.id: ""})
        elif words and blank.whole:  # what replaces it may be a link with a draft of its own
            box.active = self.blank
            box.post_message(events.Paste(words))
        elif words:
            box.call_later(box.fill, {blank.id: words})
        self._on()

    def _choose(self, blank: Choice, line: str, word: str) -> None:
        """A number or the words of an answer; other words go where the screen puts them."""
        box = self.desk.box
        place = _place(blank, word)
        if not word and blank.chosen >= 0:
            self._on()
        elif 0 <= place < len(blank.options) and self.question and self.question.instant:
            self.press(DIGITS[place])
        elif 0 <= place < len(blank.options):
            box.call_later(box.fill, {blank.id: blank.options[place][0]})
            self._on()
        elif word and not word.isdecimal() and any(isinstance(each, Words) for each in box.blanks):
            box.active = self.blank
            box.call_later(box.write, line.strip())
            self.tell(self.desk.say("tui.plain_written"))
        else:
            self.tell(self.desk.say("tui.plain_number", first=1, last=len(blank.options)))


def _place(blank: Choice, word: str) -> int:
    """Which answer a number or a word stands for, from 0; -1: none."""
    low = word.casefold()
    if word.isdecimal():
        return int(word) - 1
    names = (
        {value.casefold(), words.casefold(), words.partition(" ")[2].casefold()} - {""}
        for value, words in blank.options
    )
    return next((n for n, each in enumerate(names) if low in each), -1)
