"""The desk on a screen: what is open, what was just done, and how an act gets to the door and back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from factcheck.case import Case
from factcheck.errors import FactcheckError
from factcheck.events import Event, timestamp
from factcheck.index import Query
from factcheck.labels import label
from factcheck.model import OPEN_STATES, Claim, ClaimState, Mention
from factcheck.tui.beside import Beside, digits, legend
from factcheck.tui.box import Box
from factcheck.tui.drafts import Drafts
from factcheck.tui.footer import hints, progress, strip, trouble
from factcheck.tui.headline import headline
from factcheck.tui.pace import Pace, pace
from factcheck.tui.pane import Pane
from factcheck.tui.passage import spot_of
from factcheck.tui.question import Question
from factcheck.tui.queue import Pages, Queue
from factcheck.tui.rows import Row, heading, run, wrapped
from factcheck.tui.source import SourcePane

SIDE_DELAY = 0.04
"""Seconds between the cursor's paint and that of the panes: holding a key down stays smooth."""
LOOK_AHEAD = 256


class Desk(Screen[int]):
    """The state of the review screen and what every action needs."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (160, "-wide")]  # noqa: RUF012 (Textual's name and type)

    def __init__(
        self, case: Case, lang: str, environ: Mapping[str, str], clock: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.case, self.lang, self.environ, self.clock = case, lang, environ, clock
        self.query_now = Query(order="priority")
        self.pages = Pages(case.page)
        self.drafts = Drafts(case.folder)
        self.claim: Claim | None = None
        self.mention = 0
        self.pane = "queue"
        self.overlay = ""
        self.evidence = -1
        self.said: tuple[Row, ...] = ()
        self.trouble: tuple[Row, ...] = ()
        self.pace = Pace()
        self.counts: dict[str, int] = {}
        self.pending = False
        self.seen = (0, "")

    def compose(self) -> ComposeResult:
        yield Pane(id="strip", ground="bar")
        with Horizontal(id="body"):
            yield Queue(self.pages, self.case.scale, self.lang)
            with Vertical(id="middle"):
                yield Pane(id="statement")
                yield Pane(id="where")
                yield SourcePane()
            with Vertical(id="side"):
                yield Pane(id="beside")
                yield Pane(id="legend")
        yield Pane(id="brief")
        yield Box(self.lang)
        yield Pane(id="notice", ground="alarm")
        yield Pane(id="hints", ground="bar")
        yield Pane(id="status", ground="bar")

    # -- parts -------------------------------------------------------------------------------------

    @property
    def queue(self) -> Queue:
        return self.query_one(Queue)

    @property
    def source(self) -> SourcePane:
        return self.query_one(SourcePane)

    @property
    def box(self) -> Box:
        return self.query_one(Box)

    def part(self, id: str) -> Pane:
        """The pane of this id."""
        return self.query_one(f"#{id}", Pane)

    def say(self, key: str, **values: object) -> str:
        """A label in the reader's language."""
        return label(key, self.lang, **values)

    @property
    def narrow(self) -> bool:
        """True when queue and evidence have no place beside the source."""
        return self.size.width < 100

    # -- the open claim ----------------------------------------------------------------------------

    def reload(self, number: int = 0) -> None:
        """Read the list anew and open this claim, or the one that is open, or the first."""
        number = number or (self.claim.number if self.claim else 0)
        self.queue.refill(self.case.numbers(self.query_now))
        self.go(max(self.pages.place_of(number), 0))

    def go(self, place: int) -> None:
        """Open the claim at a place of the queue: the cursor at once, the panes a moment later."""
        place = max(0, min(place, len(self.pages.numbers) - 1))
        self.queue.point(place)
        self.claim = self.pages.at(place)
        self.mention, self.evidence = 0, -1
        self.lay_strip()
        self.soon()

    def go_to(self, number: int) -> None:
        """Open a claim by its number, also one that the filter hides."""
        place = self.pages.place_of(number)
        if place < 0:
            self.query_now = Query(order=self.query_now.order)
            self.reload(number)
        else:
            self.go(place)

    def advance(self, states: frozenset[ClaimState] = OPEN_STATES, step: int = 1) -> bool:
        """Open the next claim that waits for this person; False when none does."""
        place = self._next_place(states, step)
        if place < 0:
            self.remark(self.say("tui.all_done"))
            self.soon()
            return False
        self.go(place)
        return True

    def _next_place(self, states: frozenset[ClaimState], step: int) -> int:
        total, here = len(self.pages.numbers), self.queue.cursor
        for distance in range(1, min(total, LOOK_AHEAD) + 1):
            place = (here + step * distance) % total
            if self._waits(self.pages.at(place), states):
                return place if place != here else -1
        query = replace(self.query_now, states=tuple(states), not_by=self.case.by)
        waiting = set(self.case.numbers(query)) if total > LOOK_AHEAD else set()
        behind = (*range(here + 1, total), *range(here))
        return next((p for p in behind[::step] if self.pages.numbers[p] in waiting), -1)

    def _waits(self, claim: Claim | None, states: frozenset[ClaimState]) -> bool:
        if claim is None or claim.state not in states:
            return False
        return claim.verdict is None or claim.verdict.by != self.case.by

    # -- acting ------------------------------------------------------------------------------------

    def perform(self, act: Callable[[], object]) -> bool:
        """One call through the door. False, and the reason on the screen, when it says no."""
        self.case.recorded = ()
        try:
            act()
        except (FactcheckError, OSError) as error:
            self.complain(error)
            return False
        self.clear_notice()
        done: tuple[Event, ...] = self.case.recorded
        for event in done:
            for subject in event.touches:
                if subject[0] == "C":
                    self.pages.forget(int(subject[1:]))
            self.remark(self.told(event.kind, event.subject))
        self.look_again()
        return True

    def told(self, kind: str, subject: str) -> str:
        """What was done, in a sentence."""
        return self.say(f"act.{kind.replace('.', '_')}", subject=subject)

    def look_again(self) -> None:
        """The open claim as it is now."""
        self.claim = self.pages.at(self.queue.cursor)
        self.queue.refresh()
        self.soon()

    def remark(self, words: str, ink: str = "good") -> None:
        """Say something in the status line."""
        self.said = ((run(f" {words}", ink),),)

    def complain(self, error: Exception) -> None:
        """An error as one sentence with its way out; a conflict shows the newest state as well."""
        self.trouble = tuple(trouble(error, self.size.width))
        self.part("notice").fit(self.trouble)
        self.case.refresh()
        if self.claim:
            self.pages.forget(self.claim.number)
            self.look_again()

    def clear_notice(self) -> None:
        """Take the last complaint away."""
        self.trouble = ()
        self.part("notice").fit(())

    def ask(self, question: Question) -> None:
        """Open the box, with what was written there before."""
        self.clear_notice()
        self.part("brief").fit(())
        self.part("hints").fit([()])
        self.box.ask(question.with_draft(self.drafts[question.draft]))

    # -- painting ----------------------------------------------------------------------------------

    def soon(self) -> None:
        """Lay the panes out a moment after the cursor was painted."""
        if not self.pending:
            self.pending = True
            self.set_timer(SIDE_DELAY, self.lay_out)

    def lay_out(self) -> None:
        """Write every pane anew."""
        self.pending = False
        self.lay_strip()
        claim = self.claim
        if claim is None:
            self._lay_empty()
            return
        middle = self.source.size.width
        most = 3 if self.narrow else 5
        self.part("statement").fit(
            headline(claim, self.mention, self.case.scale, middle, self.lang, most=most)
        )
        self._lay_source(claim)
        self._lay_beside(claim)
        self._lay_feet()

    def front(self) -> None:
        """Bring the list or the evidence to the front on a small terminal."""
        self.set_class(self.narrow and self.overlay == "queue", "-list")
        self.set_class(self.narrow and self.overlay == "side", "-aside")
        self.call_after_refresh(self.lay_out)

    def lay_strip(self) -> None:
        """The first line: where one is."""
        self.part("strip").fit([strip(self, self.size.width)])

    def _lay_empty(self) -> None:
        key = "tui.empty" if not self.case.sources() else "tui.nothing_found"
        self.part("statement").fit(
            wrapped(self.say(key), max(self.source.size.width - 2, 20), "strong", first=(run(" "),))
        )
        self.source.empty()
        self.part("where").show(())
        self.part("beside").show(())
        self.part("brief").fit(())
        self._lay_feet()

    def _lay_source(self, claim: Claim) -> None:
        mention = claim.mentions[min(self.mention, len(claim.mentions) - 1)]
        try:
            text = self.case.text(mention.source)
        except FactcheckError as error:
            self.source.empty()
            self.part("notice").fit(trouble(error, self.size.width))
            return
        readings = self.case.readings(mention.source, start=mention.start - 3000, end=mention.end + 3000)
        self.part("where").show([self._where(mention, self.source.size.width)])
        self.source.look(text, spot_of(mention, claim.mentions), tuple(readings))

    def _where(self, mention: Mention, columns: int) -> Row:
        """Which source, which part of it; the mark says where the keys that move work."""
        source = self.case.source(mention.source)
        part = next((each.role for each in source.regions if each.start <= mention.start < each.end), "")
        title = f"{source.id} {source.title}" + (f" · {self.say(f'region.{part}')}" if part else "")
        date = run(f"{source.date} ", "dim") if source.date else run("")
        return heading(title, columns, active=self.pane == "source", right=(date,) if source.date else ())

    def _lay_beside(self, claim: Claim) -> None:
        claim = replace(claim, relations=self.case.ties(claim))
        others = self.case.page([int(each.other[1:]) for each in claim.relations])
        beside = Beside(
            claim,
            {each.id: each for each in others},
            self.case.scale,
            self.lang,
            self.source.text,
            self.evidence,
        )
        pane = self.part("beside")
        pane.show(beside.rows(pane.size.width or self.size.width), top=0 if self.evidence < 0 else None)
        self.part("legend").fit(
            legend(self.case.scale, self.part("legend").size.width or self.size.width, self.lang)
        )
        brief = [*beside.brief(self.size.width), *digits(self.case.scale, self.size.width, self.lang)]
        self.part("brief").fit(brief if self.narrow and not self.box.question and not self.overlay else ())

    def _lay_feet(self) -> None:
        if (self.case.head.size, self.case.by) != self.seen:
            self.seen = (self.case.head.size, self.case.by)
            self.counts = self.case.status()["counts_by_state"]
            today = timestamp(self.clock())[:10]
            self.pace = pace(self.case.events(by=self.case.by), today) if self.case.by else Pace()
        self.part("hints").fit([() if self.box.question else hints(self, self.size.width)])
        self.part("status").fit([progress(self, self.size.width)])
