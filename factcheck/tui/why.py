"""The sheet that says why a claim was suggested: the words that fired, marked where they stand, and the sum they make."""

import re
from itertools import pairwise

from factcheck.case.reasoning import Reasons
from factcheck.tui.beside import reason_rows
from factcheck.tui.desk import Desk
from factcheck.tui.rows import Prose, Row, heading, run, wrapped
from factcheck.tui.saying import facts, state_runs
from factcheck.tui.sheet import Block, Sheet

AROUND = 60
"""Characters of the source on either side of the mention."""


class WhySheet(Sheet):
    """i: the reasons of the open claim."""

    title_key = "tui.why"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        claim = self.claim = desk.open_claim
        self.reasons = desk.case.reasons(claim)
        self.text = desk.case.text(self.reasons.place.source) if self.reasons.place else ""

    def blocks(self, columns: int) -> list[Block]:
        """The claim, its words in the source, the sum."""
        claim, lang = self.claim, self.desk.lang
        title = [
            (run(f"{claim.id} ", "key"), *state_runs(claim, lang), run(f" · {facts(claim, lang)}", "dim")),
            *wrapped(claim.statement, columns, "strong said"),
        ]
        rows = reason_rows(self.reasons, columns, lang)
        if not rows:
            words = (self.desk.say("tui.no_why"), self.desk.say("tui.no_why_way", claim=claim.id))
            return [Block(title), Block([each for said in words for each in wrapped(said, columns, "dim")])]
        said = [Block(self._passage(columns))] if self.reasons.place else []
        return [Block(title), *said, Block([heading(self.desk.say("tui.sum"), columns), *rows])]

    def _passage(self, columns: int) -> list[Row]:
        prose = highlighted(self.text, self.reasons)
        return [line.runs for line in prose.lines(columns)]


def highlighted(text: str, reasons: Reasons) -> Prose:
    """The words around a mention as one paragraph; what fired is marked, what is not of the mention is dim."""
    prose, place = Prose(), reasons.place
    if place is None:
        return prose
    first, last = max(place.start - AROUND, 0), min(place.end + AROUND, len(text))
    fired = [(each.start, each.end) for each in reasons.addends]
    edges = {first, place.start, place.end, last, *(edge for pair in fired for edge in pair)}
    for left, right in pairwise(sorted(edge for edge in edges if first <= edge <= last)):
        inside = place.start <= left < place.end
        ink = "text" if inside else "dim"
        if any(start <= left < end for start, end in fired):
            ink = "claim"
        prose.add(re.sub(r"\s+", " ", text[left:right]), f"{ink} said")
    return prose
