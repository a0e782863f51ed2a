"""A sheet laid over the desk: blocks of rows, some of which can be chosen, and keys that act on the chosen one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from factcheck.actions import ACTIONS, action
from factcheck.case import Case
from factcheck.tui.attaching import beside
from factcheck.tui.desk import Desk
from factcheck.tui.footer import trouble
from factcheck.tui.keys import folded, pass_on, short
from factcheck.tui.pane import Pane
from factcheck.tui.rows import BLANK, Row, fitted, row_width, run, spread

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows that belong together; `id` is "" when they cannot be chosen."""

    rows: Sequence[Row]
    id: str = ""


def _short(block: Block) -> bool:
    """True for one line of a list: such lines stand close."""
    return bool(block.id) and len(block.rows) == 1


def _spaced(hints: Sequence[tuple[str, str]], gap: int) -> Row:
    """Keys and what they do, so many blanks between two."""
    return tuple(
        part
        for n, (key, said) in enumerate(hints)
        for part in (run(" " * (gap if n else 1)), run(f"{key} ", "key"), run(said, "dim"))
    )


class Sheet(Screen[str]):
    """A sheet over the desk. It ends with a word that says what is wanted next, or ""."""

    AUTO_FOCUS = ""
    title_key = "tui.title_help"
    screen_name = ""
    takes_back = False
    """True where undo and redo work as on the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.chosen = 0
        self.laid: list[Block] = []
        self.failed: Exception | None = None

    def compose(self) -> ComposeResult:
        yield Pane(id="strip", ground="bar")
        yield Pane(id="sheet", counts=True)
        yield Pane(id="notice", ground="alarm")
        yield Pane(id="hints", ground="bar")

    def blocks(self, columns: int) -> list[Block]:
        """What stands on the sheet."""
        raise NotImplementedError

    def do(self, act: str, id: str) -> None:
        """One of the sheet's own actions, without the name of the sheet; `id` is the chosen block's."""

    def learn(self, work: Callable[[Case], T], then: Callable[[T], None]) -> None:
        """Find something out beside the screen; when that cannot be, the sheet says why in its place."""

        def otherwise(error: Exception) -> None:
            self.failed = error
            self.lay_out()

        self.failed = None
        beside(self.desk, work, then, otherwise=otherwise)

    def waiting(self, key: str, columns: int) -> Block:
        """What stands where something is still to be found out, or why it could not be."""
        if self.failed is not None:
            return Block(trouble(self.failed, columns, self.desk.lang, self.desk.key_map))
        return Block([(run(self.desk.say(key), "dim"),)])

    @property
    def ids(self) -> list[str]:
        """The blocks that can be chosen."""
        return [block.id for block in self.laid if block.id]

    @property
    def body(self) -> Pane:
        return self.query_one("#sheet", Pane)

    def on_mount(self) -> None:
        self.call_after_refresh(self.lay_out)

    def on_resize(self) -> None:
        self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        """Write everything anew and keep the chosen block in view."""
        if not self.query("#sheet"):  # left before it was laid
            return
        columns = max(self.size.width, 20)
        self.laid = self.blocks(columns - 3)
        self.chosen = max(0, min(self.chosen, len(self.ids) - 1))
        rows, first, last = self._flat(columns)
        top = min(self.body.top, max(first - 1, 0))
        height = self.body.size.height
        self.body.show(rows, top=max(top, last - height) if last - first < height else first)
        title = run(f" {self.desk.say(self.title_key)} ", "strong")
        said = self.desk.said[0] if self.desk.said else ()
        self.query_one("#strip", Pane).fit([spread((title,), said, columns)])
        self.query_one("#hints", Pane).fit([self._hints(columns)])
        self.query_one("#notice", Pane).fit(self.desk.trouble)

    def lay_out_again(self) -> None:
        """Lay out after an act: the cursor stays on the same block, wherever that stands now."""
        kept = self.ids[self.chosen] if self.ids else ""
        self.lay_out()
        if kept in self.ids:
            self.chosen = self.ids.index(kept)
            self.lay_out()

    def again(self) -> None:
        """Show what an act changed."""
        self.lay_out_again()

    def take_back(self, *, undo: bool) -> None:
        """Undo or redo, as on the desk, which stays where it is below."""
        case = self.desk.case
        if self.desk.perform(case.undo if undo else case.redo):
            self.desk.reload(0, self.desk.queue.cursor)
        self.again()

    def _flat(self, columns: int) -> tuple[list[Row], int, int]:
        rows: list[Row] = []
        first = last = 0
        current = self.ids[self.chosen] if self.ids else ""
        for block, next_ in zip_longest(self.laid, self.laid[1:]):
            here = bool(block.id) and block.id == current
            if here:
                first, last = len(rows), len(rows) + len(block.rows)
            mark = run("▸ " if here else "  ", "accent")
            rows += [
                fitted((mark if n == 0 else run("▌ " if here else "  ", "accent"), *each), columns)
                for n, each in enumerate(block.rows)
            ]
            if next_ and not (_short(block) and _short(next_)):
                rows.append(BLANK)
        return rows, first, last

    def hints(self) -> list[tuple[str, str]]:
        """The keys that work here, with what they do: the sheet's own from the registry, then those of every sheet."""
        keys, lang = self.desk.key_map, self.desk.lang
        own = [
            (short(keys.of(each.id)), each.label(lang)) for each in ACTIONS if each.screen == self.screen_name
        ]
        back = [(short(keys.of("undo")), action("undo").label(lang))] if self.takes_back else []
        return [*own, *back, ("Esc", self.desk.say("tui.back"))]

    def _hints(self, columns: int) -> Row:
        """All of them, closer together where they do not fit; then those before the last give way, which leads back."""
        words = self.hints()
        row = _spaced(words, 3)
        while row_width(row) > columns and len(words) > 1:
            row = _spaced(words, 2)
            words = [*words[:-2], words[-1]]
        return fitted(row, columns)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if self.app.screen is not self:
            pass_on(self.app.screen, event)
            return
        if not self.laid:  # typed ahead: what it is meant for must be there
            self.lay_out()
        key = folded(event)
        self.desk.clear_notice()
        self.desk.said = ()
        steps = {"j": 1, "Down": 1, "k": -1, "Up": -1}
        page = max(self.body.size.height - 2, 1)
        turns = {"PgDn": page, "PgUp": -page, "Home": -(10**6), "End": 10**6}
        if key in {"ctrl+q", "ctrl+c"}:
            self.app.exit(0)
        elif key in {"Esc", "q"}:
            self.dismiss("")
        elif key in steps and self.ids:
            self.chosen = max(0, min(len(self.ids) - 1, self.chosen + steps[key]))
            self.lay_out()
        elif key in steps:
            self.body.turn(steps[key])
        elif key in turns:
            self.body.turn(turns[key])
        elif self.takes_back and key in (self.desk.key_map.of("undo"), self.desk.key_map.of("redo")):
            self.take_back(undo=key == self.desk.key_map.of("undo"))
        elif act := self.desk.key_map.started(key, self.screen_name):
            self.do(act.removeprefix(f"{self.screen_name}_"), self.ids[self.chosen] if self.ids else "")
