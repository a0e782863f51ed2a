"""The readings sheet: what was heard, what was probably meant, how often and where; one answer for all like places."""

from factcheck.errors import FactcheckError
from factcheck.labels import told
from factcheck.model import Reading
from factcheck.tui.rows import Row, fitted, run, wrapped
from factcheck.tui.sheet import Block, Sheet

AROUND = 14
_STATES = {"proposed": ("?", "proposal"), "accepted": ("✔", "good"), "rejected": ("×", "dim")}


class ReadingsSheet(Sheet):
    """g: the readings of the open claim's source, the undecided and frequent ones first."""

    title_key = "tui.title_readings"
    screen_name = "readings"
    takes_back = True

    def blocks(self, columns: int) -> list[Block]:
        """One block for each reading."""
        claim = self.desk.claim
        source = claim.mentions[0].source if claim else ""
        found = sorted(
            self.desk.case.readings(source), key=lambda each: (each.state != "proposed", -len(each.places))
        )
        if not found:
            return [
                Block(
                    wrapped(
                        self.desk.say("tui.no_readings" if self.desk.case.sources() else "tui.empty"),
                        columns,
                        "dim",
                    )
                )
            ]
        return [Block(self._rows(each, columns), each.id) for each in found]

    def _rows(self, reading: Reading, columns: int) -> list[Row]:
        glyph, ink = _STATES[reading.state]
        state = self.desk.say(f"reading.{reading.state}")
        places = self.desk.count("tui.places", len(reading.places))
        head = (
            run(f"{reading.id} ", "key"), run(reading.heard, "heard said"), run(" → ", "dim"), run(reading.meant, "reading said"),
            run(f"   {glyph} {state}", ink), run(f"   {places}", "dim"),
        )  # fmt: skip
        rows = [
            fitted(head, columns),
            *wrapped(told(reading.why, self.desk.lang), columns - 4, "dim", first=(run("  "),), most=2),
        ]
        return rows + [fitted(each, columns) for each in self._contexts(reading)]

    def _contexts(self, reading: Reading) -> list[Row]:
        try:
            text = self.desk.case.text(reading.source)
        except FactcheckError:
            return []
        return [
            (
                run("  … ", "dim"),
                run(" ".join(text[max(a - AROUND, 0) : a].split()), "text said"),
                run(text[a:b], "claim heard said"),
                run(f"⟦{reading.meant}⟧", "reading"),
                run(" ".join(text[b : b + AROUND].split()), "text said"),
                run(" …", "text"),
            )
            for a, b in reading.places[:3]
        ]

    def do(self, act: str, id: str) -> None:
        """Accept or reject the chosen reading for all its places."""
        case = self.desk.case
        if id:
            self.desk.perform(lambda: case.read(id) if act == "take" else case.reject(id))
            self.lay_out_again()
