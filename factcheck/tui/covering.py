"""The coverage sheet: a whole source as sentences, each with its class and how far the review of its claims has come."""

from collections.abc import Callable, Sequence

from textual import events

from factcheck.case.covering import Coverage, Sentence
from factcheck.tui.desk import Desk
from factcheck.tui.keys import folded
from factcheck.tui.kinsoku import width
from factcheck.tui.pane import Pane
from factcheck.tui.rows import Row, fitted, row_width, run, spread, wrapped
from factcheck.tui.saying import STATE_GLYPHS
from factcheck.tui.sheet import Block, Sheet

AROUND = 64
"""Sentences on either side of the chosen one that are laid out: a source may have a hundred thousand."""
_LONGEST = 4
"""Rows of one sentence."""
_CLASS, _CLAIMS = 9, 12
"""Cells of the columns for the class and for the claims."""

VIEWS: tuple[tuple[str, Callable[[Sentence], bool]], ...] = (
    ("all", lambda _: True),
    ("unjudged", lambda each: bool(each.unjudged)),
    ("unclassified", lambda each: each.kind == "unclassified"),
)


class CoverageSheet(Sheet):
    """V: what of the source is claimed and not judged, and what is no claim at all."""

    title_key = "tui.title_coverage"
    screen_name = "coverage"
    takes_back = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sources = desk.case.sources()
        here = desk.claim.mentions[desk.mention] if desk.claim else None
        known = [each.id for each in self.sources]
        self.source = known.index(here.source) if here and here.source in known else 0
        self.view, self.place = 0, 0
        self.coverage = Coverage("", "", ())
        self.counts: dict[str, tuple[int, int]] = {}
        self.shown: Sequence[Sentence] = ()
        self.read(here.start if here else 0)

    def read(self, at: int = -1) -> None:
        """Take the source in anew; the cursor goes to the sentence at this place of it, or stays."""
        at = at if at >= 0 else self.shown[self.place].start if self.shown else 0
        if self.sources:
            self.coverage = self.desk.case.coverage(self.sources[self.source])
            self.counts = self.coverage.counts()
        self.shown = [each for each in self.coverage.sentences if VIEWS[self.view][1](each)]
        self.place = next((n for n, each in enumerate(self.shown) if each.end > at), len(self.shown) - 1)

    def blocks(self, columns: int) -> list[Block]:
        """The counts, then the sentences around the chosen one."""
        first = max(self.place - AROUND, 0)
        self.chosen = max(self.place - first, 0)
        near = self.shown[first : self.place + AROUND]
        said = [Block(self._sentence(each, columns), f"{first + n}") for n, each in enumerate(near)]
        nothing = [Block(wrapped(self.desk.say("tui.no_sentences"), columns, "dim"))] if self.sources else []
        return [Block(self._counts(columns)), *(said or nothing)]

    def lay_out(self) -> None:
        """As any sheet; which source and which of its sentences stands in the first line, whatever is scrolled."""
        super().lay_out()
        if self.sources and self.query("#strip"):
            title = run(f" {self.desk.say(self.title_key)} ", "strong")
            said = self.desk.said[0] if self.desk.said else (run(f"{self._where()} ", "dim"),)
            columns = max(self.size.width, 20)
            self.query_one("#strip", Pane).fit([spread((title,), fitted(said, columns - 16), columns)])

    def _where(self) -> str:
        source = self.sources[self.source]
        return self.desk.say(
            "tui.cover_counts",
            source=source.id,
            shown=len(self.shown),
            total=len(self.coverage.sentences),
            view=self.desk.say(f"tui.only_{VIEWS[self.view][0]}"),
        )

    def _counts(self, columns: int) -> list[Row]:
        if not self.sources:
            return wrapped(self.desk.say("tui.empty"), columns, "dim")
        source = self.sources[self.source]
        counts = " · ".join(
            f"{self.desk.say(f'class_short.{kind}')} {number}" for kind, (number, _) in self.counts.items()
        )
        return [(run(f"{source.id} {source.title}", "strong"),), *wrapped(counts, columns, "dim")]

    def _sentence(self, sentence: Sentence, columns: int) -> list[Row]:
        kind = self.desk.say(f"class_short.{sentence.kind}")
        ink = "warn" if sentence.kind == "unclassified" else "title" if sentence.claims else "dim"
        states = fitted(
            tuple(
                run(f"{STATE_GLYPHS[each.state][0]}{each.claim} ", STATE_GLYPHS[each.state][1])
                for each in sentence.claims
            ),
            _CLAIMS - 1,
        )
        first = (
            run(kind + " " * max(_CLASS - width(kind), 1), ink),
            *states,
            run(" " * (_CLAIMS - row_width(states))),
        )
        text = " ".join(self.coverage.words(sentence).split())
        seen = "text said" if sentence.unjudged or not sentence.claims else "dim said"
        return wrapped(text, columns, seen, first=first, most=_LONGEST)

    def on_key(self, event: events.Key) -> None:
        """Keys that move go through all sentences, not only through those that are laid out."""
        page = max(self.body.size.height // 2, 1)
        steps = {"j": 1, "Down": 1, "k": -1, "Up": -1, "PgDn": page, "PgUp": -page}
        steps |= {"Home": -len(self.shown), "End": len(self.shown)}
        key = folded(event)
        if key not in steps or self.app.screen is not self:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.place = max(0, min(len(self.shown) - 1, self.place + steps[key]))
        self.lay_out()

    def do(self, act: str, id: str) -> None:  # noqa: ARG002 (the place says which sentence)
        """Open the sentence's claim or make one of it; look at fewer sentences, or at another source."""
        if act == "open" and self.shown:
            self._open(self.shown[self.place])
        elif act == "view":
            self.view = (self.view + 1) % len(VIEWS)
            self.read()
            self.lay_out()
        elif act == "source" and len(self.sources) > 1:
            self.source = (self.source + 1) % len(self.sources)
            self.read(0)
            self.lay_out()

    def _open(self, sentence: Sentence) -> None:
        places = sentence.unjudged or sentence.claims
        if places:
            self.dismiss(places[0].claim)
        else:
            self.dismiss(f"{self.coverage.source} {sentence.start} {sentence.end}")

    def again(self) -> None:
        """The sentences with what an act changed."""
        self.read()
        self.lay_out()
