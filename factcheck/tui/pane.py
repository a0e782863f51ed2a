"""A pane: rows that somebody else wrote, painted from the top row on, exactly as wide as the pane."""

from collections.abc import Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from factcheck.tui.rows import BLANK, Row, paint, run, spread


class Pane(Widget):
    """A stretch of rows. `ground` is what it is painted on; `counts`: its last row tells how many more there are."""

    def __init__(self, *, id: str, ground: str = "", counts: bool = False) -> None:
        super().__init__(id=id)
        self.ground, self.counts = ground, counts
        self.rows: Sequence[Row] = ()
        self.top = 0

    def show(self, rows: Sequence[Row], *, top: int | None = None) -> None:
        """Show other rows; `top` is the first one to be seen, the former one when not given."""
        self.rows = rows
        self.top = self._within(self.top if top is None else top)
        self.refresh()

    def fit(self, rows: Sequence[Row], *, most: int = 99) -> None:
        """Show rows, and be as high as they are, or gone when there are none."""
        self.display = bool(rows)
        self.styles.height = min(len(rows), most)
        self.show(rows, top=0)

    def turn(self, by: int) -> None:
        """Scroll by so many rows."""
        top = self._within(self.top + by)
        if top != self.top:
            self.top = top
            self.refresh()

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self.rows) - max(self.size.height, 1)))

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        number = self.top + y
        row = self.rows[number] if number < len(self.rows) else BLANK
        more = len(self.rows) - self.top - self.size.height
        if self.counts and more > 0 and y == self.size.height - 1:
            row = spread(row, (run(f" ↓ {more}", "key"),), self.size.width)
        return paint(row, self.size.width, self.ground)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.turn(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.turn(-3)
