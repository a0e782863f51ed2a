"""Help and palette: every action of the registry with its key, to read or to pick."""

from collections.abc import Iterable
from itertools import zip_longest

from textual import events

from factcheck.actions import ACTIONS, Action
from factcheck.tui.desk import Desk
from factcheck.tui.keys import short
from factcheck.tui.kinsoku import width
from factcheck.tui.question import Words
from factcheck.tui.rows import BLANK, Row, heading, row_width, run, wrapped
from factcheck.tui.sheet import Block, Sheet

GROUPS = ("triage", "judge", "evidence", "look", "share", "move", "desk")


class HelpSheet(Sheet):
    """?: all keys."""

    title_key = "tui.title_help"

    def blocks(self, columns: int) -> list[Block]:
        """Three or two columns where they fit; nothing stands below the last key."""
        across = 3 if columns >= 114 else 2 if columns >= 70 else 1
        each = columns // across
        groups = [self._group(name, each - 2) for name in GROUPS]
        rows = [
            _abreast(parts, each)
            for start in range(0, len(groups), across)
            for parts in zip_longest(*groups[start : start + across], fillvalue=BLANK)
        ]
        while rows[-1] == BLANK:
            rows.pop()
        golden = [
            each for n in (1, 2, 3) for each in wrapped(self.desk.say(f"tui.golden_{n}"), columns, "text")
        ]
        return [Block(golden), Block(rows)]

    def _group(self, name: str, columns: int) -> list[Row]:
        rows = [heading(self.desk.say(f"tui.keys_{name}"), columns)]
        for action in (each for each in ACTIONS if each.group == name):
            key = short(self.desk.key_map.of(action.id))
            command = _command(action, self.desk.lang)
            rows.append(
                (
                    run(" " * (7 - width(key)) + key, "key"),
                    run(f"  {action.label(self.desk.lang)}"),
                    run(command, "dim"),
                )
            )
        return [*rows, BLANK]


def _command(action: Action, lang: str) -> str:
    """The command that does the same, where its name is another than the label."""
    return f"  {action.command}" if action.command not in {"", action.label(lang)} else ""


def _abreast(parts: Iterable[Row], columns: int) -> Row:
    """Rows beside each other, each that many cells wide but the last one."""
    first, *others = parts
    row = first
    for number, part in enumerate(others, start=1):
        row = (*row, run(" " * (number * columns - row_width(row))), *part)
    return row


class PaletteSheet(Sheet):
    """ctrl+p: write some of an action's name, Enter does it."""

    title_key = "tui.title_palette"
    screen_name = "palette"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.words = Words("words", "")

    def blocks(self, columns: int) -> list[Block]:
        """The words written, and the actions that hold them."""
        typed = Block([(run("> ", "accent"), run(self.words.text, "field"), run(" ", "caret"))])
        found = [self._action(each) for each in ACTIONS if each.screen == "review" and self._wanted(each)]
        return [typed, *(found or [Block(wrapped(self.desk.say("tui.no_action"), columns, "dim"))])]

    def _wanted(self, action: Action) -> bool:
        known = f"{action.id} {action.label('zh')} {action.label('en')} {action.command}".lower()
        return all(word in known for word in self.words.text.lower().split())

    def _action(self, action: Action) -> Block:
        key = short(self.desk.key_map.of(action.id))
        return Block(
            [
                (
                    run(" " * (7 - width(key)) + key, "key"),
                    run(f"  {action.label(self.desk.lang)}"),
                    run(_command(action, self.desk.lang), "dim"),
                )
            ],
            action.id,
        )

    def on_key(self, event: events.Key) -> None:
        """Letters are for the words, everything else as on any sheet."""
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._write(self.words.put(event.character))
        elif event.key in {"backspace", "ctrl+u"}:
            event.stop()
            event.prevent_default()
            self._write(self.words.press(event.key))
        else:
            super().on_key(event)

    def on_paste(self, event: events.Paste) -> None:
        """A name fits on a line; what is longer names no action."""
        event.stop()
        if len(event.text) <= self.size.width:
            self._write(self.words.put(event.text))

    def _write(self, words: Words) -> None:
        self.words, self.chosen = words, 0
        self.lay_out()

    def do(self, act: str, id: str) -> None:  # noqa: ARG002 (there is one)
        """Enter picks."""
        if id:
            self.dismiss(id)
