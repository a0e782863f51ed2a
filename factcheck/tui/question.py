"""What the desk asks a person in a box: words to write, or one of several answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from factcheck.tui.rows import Row


@dataclass(frozen=True, slots=True)
class Words:
    """Words to write, with the place of the caret in characters; `whole`: what is pasted replaces what is there."""

    id: str
    label: str
    text: str = ""
    caret: int = -1
    hint: str = ""
    whole: bool = False

    @property
    def at(self) -> int:
        """Where the caret is; at the end unless it was moved."""
        return len(self.text) if self.caret < 0 else min(self.caret, len(self.text))

    @property
    def answer(self) -> str:
        """What was written."""
        return self.text

    def put(self, text: str) -> "Words":
        """Write at the caret; line ends become blanks."""
        new = " ".join(text.split("\n")).replace("\r", "").replace("\t", " ")
        return replace(self, text=self.text[: self.at] + new + self.text[self.at :], caret=self.at + len(new))

    def press(self, key: str) -> "Words":
        """Move or delete by a key; other keys change nothing."""
        moved = {
            "left": max(self.at - 1, 0),
            "right": min(self.at + 1, len(self.text)),
            "home": 0,
            "end": len(self.text),
            "ctrl+a": 0,
            "ctrl+e": len(self.text),
        }
        return replace(self, caret=moved[key]) if key in moved else self._cut(key)

    def _cut(self, key: str) -> "Words":
        """Delete by a key."""
        at, end = self.at, len(self.text)
        gone = {
            "backspace": (max(at - 1, 0), at),
            "ctrl+h": (max(at - 1, 0), at),
            "delete": (at, min(at + 1, end)),
            "ctrl+u": (0, at),
            "ctrl+k": (at, end),
            "ctrl+w": (len(self.text[:at].rstrip().rpartition(" ")[0]), at),
        }
        start, stop = gone.get(key, (at, at))
        return replace(self, text=self.text[:start] + self.text[stop:], caret=start)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers: pairs of a value and its words; the digit is the place, from 1; `chosen` -1: none yet."""

    id: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: int = 0

    @property
    def answer(self) -> str:
        """The value that is chosen; "" while none is."""
        return self.options[self.chosen][0] if self.chosen >= 0 else ""

    def press(self, key: str) -> "Choice":
        """Choose by arrow or by digit (a, b, c ... behind 9); other keys change nothing."""
        last = len(self.options) - 1
        if key in {"Left", "Right"}:
            return replace(self, chosen=max(0, min(last, self.chosen + (1 if key == "Right" else -1))))
        return replace(self, chosen=DIGITS.find(key)) if self.takes(key) else self

    def takes(self, key: str) -> bool:
        """True when this key stands for one of the answers."""
        return len(key) == 1 and 0 <= DIGITS.find(key) < len(self.options)


def filled(blank: "Blank", answer: str) -> "Blank":
    """The blank with another answer in it."""
    if isinstance(blank, Words):
        return replace(blank, text=answer, caret=-1)
    values = [value for value, _ in blank.options]
    return replace(blank, chosen=values.index(answer)) if answer in values else blank


DIGITS = "123456789abcdefghijklmnop"
Blank = Words | Choice
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A box: what it is about, its blanks, and what an answer does.

    `submit` gives True when the answer was taken; otherwise the box stays open with all its words.
    `instant`: choosing by digit answers at once. `about` are live remarks on what has been filled in.
    `draft` names what is kept when the box is left. `pasted` may take a paste for itself: then it gives True.
    `live` follows every change, `left` is called when the box is left without an answer; `how` names its keys.
    """

    id: str
    title: str
    blanks: tuple[Blank, ...]
    submit: Callable[[Answers], bool]
    instant: bool = False
    about: Callable[[Answers], list[Row]] | None = None
    draft: str = ""
    first: int = 0
    shown: tuple[Row, ...] = field(default=())
    pasted: Callable[[str], bool] | None = None
    live: Callable[[Answers], None] | None = None
    left: Callable[[], None] | None = None
    how: str = ""

    def with_draft(self, kept: Answers) -> "Question":
        """The same with words that were written before."""
        blanks = tuple(
            replace(each, text=kept[each.id], caret=-1)
            if isinstance(each, Words) and kept.get(each.id)
            else each
            for each in self.blanks
        )
        return replace(self, blanks=blanks)
