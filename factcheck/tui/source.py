"""The source pane: the words around the open claim, its span at a third of the height, and a caret to select more."""

from dataclasses import replace

from textual.message import Message

from factcheck.model import Reading
from factcheck.tui.pane import Pane
from factcheck.tui.passage import REACH, Passage, Spot, lay_out

EMPTY = Passage((), (), 0)


class SourcePane(Pane):
    """A passage that follows the claim until somebody scrolls."""

    class Reshaped(Message):
        """The pane has another size."""

    def __init__(self) -> None:
        super().__init__(id="source")
        self.text = ""
        self.spot = Spot(0, 0)
        self.readings: tuple[Reading, ...] = ()
        self.passage = EMPTY
        self.reach = REACH
        self.scrolled = False
        self.caret = -1
        self.fixed = -1
        self._laid: tuple[object, ...] = ()

    @property
    def selecting(self) -> bool:
        """True while a person selects words."""
        return self.caret >= 0

    @property
    def selection(self) -> tuple[int, int]:
        """The selected stretch of the source, half open."""
        if self.fixed < 0:
            return (self.caret, self.caret + 1)
        return (min(self.fixed, self.caret), max(self.fixed, self.caret) + 1)

    def look(self, text: str, spot: Spot, readings: tuple[Reading, ...]) -> None:
        """Show another place."""
        self.text, self.spot, self.readings = text, spot, readings
        self.scrolled, self.reach = False, REACH
        self.lay_out()

    def empty(self) -> None:
        """Show nothing."""
        self.text, self.spot, self.readings, self.passage = "", Spot(0, 0), (), EMPTY
        self.show(())

    def lay_out(self) -> None:
        """Break the passage for the width there is, and bring the span to a third of the height."""
        spot = replace(self.spot, selection=self.selection) if self.selecting else self.spot
        laid = (self.text, spot, self.readings, self.size.width, self.reach)
        if self.text and self.size.width and laid != self._laid:
            self.passage = lay_out(self.text, spot, self.readings, self.size.width, reach=self.reach)
            self._laid = laid
        top = self.top if self.scrolled or self.selecting else self.passage.anchor - self.size.height // 3
        self.show(self.passage.rows, top=top)

    def on_resize(self) -> None:
        self.lay_out()
        self.post_message(self.Reshaped())

    def turn(self, by: int) -> None:
        """Scroll; the passage no longer follows the claim, and more of it is laid out at its edges."""
        self.scrolled = True
        wanted = self.top + by
        if not 0 <= wanted <= len(self.rows) - self.size.height and self.reach < len(self.text):
            here = self.passage.first_at(self.top)
            self.reach *= 2
            self.lay_out()
            self.top = max(self.passage.place(here)[0], 0)
        super().turn(by)

    # -- selecting ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Put a caret at the beginning of the span."""
        self.caret, self.fixed = self.spot.start, -1
        self.lay_out()

    def end(self) -> None:
        """Take the caret away."""
        self.caret = self.fixed = -1
        self.lay_out()

    def fix(self) -> None:
        """What is selected begins here."""
        self.fixed = self.caret
        self.lay_out()

    def step(self, key: str) -> None:
        """Move the caret by a key, by character or by row."""
        match key:
            case "Left" | "Right":
                self.caret = self._beside(1 if key == "Right" else -1)
            case "Up" | "Down" | "j" | "k":
                self.caret = self._below(1 if key in {"Down", "j"} else -1)
            case "Home" | "End":
                row, _ = self.passage.place(self.caret)
                inside = [origin for origin in self.passage.lines[row].origins if origin >= 0]
                self.caret = inside[0 if key == "Home" else -1]
        self.lay_out()
        self._keep_caret_in_view()

    def _beside(self, by: int) -> int:
        """The next character that is shown."""
        at = self.caret + by
        while 0 <= at < len(self.text) and self.passage.place(at)[0] < 0:
            at += by
            if abs(at - self.caret) > 80:
                return self.caret
        return at if 0 <= at < len(self.text) else self.caret

    def _below(self, by: int) -> int:
        """The character in the nearest row above or below that stands at the same cell."""
        number, column = self.passage.place(self.caret)
        lines = self.passage.lines
        number += by
        while 0 <= number < len(lines):
            inside = [origin for origin in lines[number].origins if origin >= 0]
            if inside:
                return min(inside, key=lambda origin: abs(lines[number].column_of(origin) + 2 - column))
            number += by
        return self.caret

    def _keep_caret_in_view(self) -> None:
        number, _ = self.passage.place(self.caret)
        if number < self.top:
            Pane.turn(self, number - self.top)
        elif number >= self.top + self.size.height:
            Pane.turn(self, number - self.top - self.size.height + 1)
