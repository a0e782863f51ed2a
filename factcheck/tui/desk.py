"""The desk on a screen: what is open, what was just done, and how an act gets to the door and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from factcheck.actions import Keys
from factcheck.case import Case
from factcheck.errors import Conflict, FactcheckError, NotFound, Refused
from factcheck.events import Event, timestamp
from factcheck.evidence.watch import Watch
from factcheck.index import Query
from factcheck.labels import label
from factcheck.model import OPEN_STATES, Claim, ClaimState
from factcheck.state import ALLOWED
from factcheck.tui.ahead import next_place
from factcheck.tui.arriving import Arriving, listed
from factcheck.tui.beside import Beside, digits, legend
from factcheck.tui.box import Box
from factcheck.tui.drafts import Drafts
from factcheck.tui.footer import empty_key, hints, progress, told, top, trouble, unsaved, way_on
from factcheck.tui.headline import headline, where_said
from factcheck.tui.keys import words_of
from factcheck.tui.onboarding import Guide
from factcheck.tui.pace import Pace, pace
from factcheck.tui.pane import Pane
from factcheck.tui.passage import spot_of
from factcheck.tui.question import Question
from factcheck.tui.queue import Pages, Queue
from factcheck.tui.readable import reasons_of, times_of
from factcheck.tui.rows import Row, run, wrapped
from factcheck.tui.source import SourcePane
from factcheck.tui.telling import meanwhile, told_of

SIDE_DELAY = 0.04
"""Seconds between the cursor's paint and that of the panes: holding a key down stays smooth."""


class Desk(Screen[int]):
    """The state of the review screen and what every action needs."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium"), (160, "-wide")]  # noqa: RUF012 (Textual's name and type)

    def __init__(
        self,
        case: Case,
        lang: str,
        environ: Mapping[str, str],
        clock: Callable[[], datetime],
        keys: Keys,
    ) -> None:
        super().__init__()
        self.case, self.lang, self.environ, self.clock = case, lang, environ, clock
        self.key_map, self.key_words = keys, words_of(keys)
        self.query_now = Query(order="priority")
        self.pages = Pages(case.page)
        self.drafts = Drafts(lambda: case.drafts_file)
        self.claim: Claim | None = None
        self.mention = 0
        self.pane = "queue"
        self.overlay = ""
        self.evidence = -1
        self.fetching: Watch | None = None
        self.said: tuple[Row, ...] = ()
        self.trouble: tuple[Row, ...] = ()
        self.pace = Pace()
        self.counts: dict[str, int] = {}
        self.unsigned: frozenset[str] = frozenset()
        self.pending = False
        self.seen = (0, "")
        self.read_at = 0
        self.lost = False
        self.held = self.apart = ""
        self.last_key: datetime | None = None
        self.guide = Guide()
        self.as_of = ""

    def compose(self) -> ComposeResult:
        yield Pane(id="strip", ground="bar")
        yield Pane(id="guide", ground="box")
        with Horizontal(id="body"):
            yield Queue(self.pages, self.case.scale, self.lang)
            with Vertical(id="middle"):
                yield Pane(id="statement")
                yield Pane(id="where")
                yield SourcePane()
            with Vertical(id="side"):
                yield Pane(id="beside", counts=True)
                yield Pane(id="legend")
        yield Pane(id="brief")
        yield Box(self.lang, self.drafts)
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
        return label(key, self.lang, **(self.key_words | values))

    def count(self, key: str, number: int, **values: object) -> str:
        """A label that counts something, in the singular when it is one."""
        return self.say(f"{key}_one" if number == 1 else key, number=number, **values)

    @property
    def open_claim(self) -> Claim:
        """The claim that is open. NotFound where none is."""
        if self.claim is None:
            raise NotFound(self.say("tui.nothing_open"))
        return self.claim

    @property
    def narrow(self) -> bool:
        """True when queue and evidence have no place beside the source."""
        return self.size.width < 100

    # -- the open claim ----------------------------------------------------------------------------

    def reload(self, number: int = 0, otherwise: int = 0, numbers: Sequence[int] | None = None) -> None:
        """Take these numbers as the list, or read it anew, and open a claim: this one, or the one that is open.

        When it is gone, the place `otherwise`.
        """
        self.read_at = self.case.head.size
        number = number or (self.claim.number if self.claim else 0)
        self.queue.refill(listed(self.case, self.query_now) if numbers is None else numbers)
        place = self.pages.place_of(number)
        self.go(place if place >= 0 else otherwise)
        if isinstance(self.pages.numbers, Arriving):
            self.bring(self.pages.numbers)

    def bring(self, numbers: Arriving) -> None:
        """Have the rest of a long list read beside the screen."""

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
        off = frozenset(self.case.put_off())
        place = next_place(self, states, step, off)
        if place < 0 and off:
            place = next_place(self, states, step, frozenset())
        if place < 0:
            self.said = ((*(self.said[0] if self.said else ()), run(f" {self.say('tui.all_done')}", "good")),)
            self.soon()
            return False
        self.go(place)
        return True

    def waits(self, claim: Claim | None, states: frozenset[ClaimState]) -> bool:
        if claim is None or claim.state not in states or claim.assigned not in {"", self.case.by}:
            return False
        return claim.verdict is None or claim.verdict.by != self.case.by

    # -- acting ------------------------------------------------------------------------------------

    def perform(self, act: Callable[[], object]) -> bool:
        """One call through the door. False, and the reason on the screen, when it says no."""
        self.case.recorded, before = (), self.claim
        try:
            act()
        except (FactcheckError, OSError) as error:
            self.complain(error)
            return False
        self.clear_notice()
        self.lost = False  # what was just done says better than any other sentence that the record is there
        done: tuple[Event, ...] = self.case.recorded
        if self.case.head.size == self.read_at + len(done):  # nobody else has written meanwhile
            self.read_at += len(done)
        for event in done:
            for subject in event.touches:
                if subject[0] == "C":
                    self.pages.forget(int(subject[1:]))
                elif subject[0] in "RS":  # suggestions that no event names follow it
                    self.pages.forget_all()
        if done:
            self.guide.saw(event.kind for event in done)
            self.remark(told_of(self.case, done, before, self.lang, self.say))
        self.look_again()
        return True

    def open_to(self, kind: str) -> bool:
        """True when the open claim's state lets this act happen; else the way there is said at once."""
        claim = self.claim
        if claim is None:
            return False
        if claim.state not in ALLOWED[kind]:
            state = self.say(f"state.{claim.state}")
            what = self.say("act.not_open", claim=claim.id, state=state)
            self.complain(Refused(what, where=claim.id, remedy=way_on(claim, kind, self.lang, self.key_map)))
        return claim.state in ALLOWED[kind]

    def falls(self, fall: bool = True) -> tuple[Row, ...]:
        """What a box says below its title when its act takes the open claim's verdict away."""
        verdict = self.claim.verdict if self.claim else None
        return ((run(f"  ! {self.say('tui.takes_verdict')}", "warn"),),) if verdict and fall else ()

    def look_again(self) -> None:
        """The open claim as it is now; when it is no more, the list is read anew."""
        self.claim = self.pages.at(self.queue.cursor)
        if self.claim is None and self.pages.numbers:
            self.reload(0, self.queue.cursor)
        self.queue.refresh()
        self.soon()

    def remark(self, words: str, ink: str = "good") -> None:
        """Say something in the status line."""
        self.said = ((run(f" {words}", ink),),)

    def hush(self) -> None:
        """Take the last message away: another act begins."""
        if self.said:
            self.said = ()
            self.part("status").fit([progress(self, self.size.width)])

    def complain(self, error: Exception) -> None:
        """An error as one sentence with its way out; a conflict shows the newest state as well."""
        self.said = ()
        before = self.claim
        self.catch_up()
        more = (
            meanwhile(self.case, before, self.size.width, self.lang)
            if isinstance(error, Conflict) and before
            else []
        )
        self._show_trouble(error, [*more, *unsaved(error, self.box, self.lang)])
        if self.claim:
            self.pages.forget(self.claim.number)
            self.look_again()

    def _show_trouble(self, error: Exception, more: Sequence[Row] = ()) -> None:
        self.trouble = (*trouble(error, self.size.width, self.lang, self.key_map), *more)
        self.part("notice").fit(self.trouble)

    def tell(self, notices: Sequence[str]) -> None:
        """Say what there is to know of an act that was done, where there is room for it."""
        self.trouble = tuple(told(notices, self.size.width))
        self.part("notice").fit(self.trouble)

    def catch_up(self) -> bool:
        """Take in what others did. False while the record cannot be read: that is said until it can be."""
        try:
            self.case.refresh()
        except (FactcheckError, OSError) as error:
            self.lost = True
            if not self.trouble:
                self._show_trouble(error)
            return False
        if self.lost:
            self.lost = False
            self.clear_notice()
            self.remark(self.say("tui.record_back"))
            self.soon()
        return True

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
        self.part("guide").fit(self.guide.rows(self.say, self.size.width))
        claim = self.claim
        if claim is None:
            self._lay_empty()
            return
        middle = self.source.size.width
        most, whole = 3 if self.narrow else 5, self.say("tui.whole")
        self.part("statement").fit(
            headline(claim, self.mention, self.case.scale, middle, self.lang, whole=whole, most=most)
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
        self.part("strip").fit(top(self, *self.size))

    def _lay_empty(self) -> None:
        columns = max(self.source.size.width - 2, 20)
        words = wrapped(self.say(empty_key(self)), columns, "strong", first=(run(" "),))
        self.part("statement").fit(words)
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
            self.part("notice").fit(trouble(error, self.size.width, self.lang, self.key_map))
            return
        readings = self.case.readings(mention.source, start=mention.start - 3000, end=mention.end + 3000)
        self.part("where").show(
            [where_said(self.case, mention, self.source.size.width, active=self.pane == "source")]
        )
        self.source.look(text, spot_of(mention, claim.mentions), tuple(readings))

    def _lay_beside(self, claim: Claim) -> None:
        claim = replace(claim, relations=self.case.ties(claim))
        others = self.case.page([int(each.other[1:]) for each in claim.relations])
        beside = Beside(
            claim,
            {each.id: each for each in others},
            self.case.info,
            self.lang,
            reasons_of(self.case, claim),
            self.evidence,
            times_of(self.case, claim, self.lang),
            self.case.pieces(claim),
            self.key_words,
            viewer=self.case.by,
            removed=self.case.removed(claim.evidence),
        )
        pane = self.part("beside")
        pane.show(beside.rows(pane.size.width or self.size.width), top=0 if self.evidence < 0 else None)
        self.part("legend").fit(
            legend(self.case.scale, self.part("legend").size.width or self.size.width, self.lang)
        )
        brief = [*beside.brief(self.size.width), *digits(self.case.scale, self.size.width, self.lang)]
        shown = self.narrow and not self.box.question and not self.overlay
        self.part("brief").fit(brief if shown else (), most=max(self.size.height - 8, 2))

    def _lay_feet(self) -> None:
        if (self.case.head.size, self.case.by) != self.seen:
            self.seen = (self.case.head.size, self.case.by)
            self.counts = self.case.counts()
            today = timestamp(self.clock())[:10]
            self.pace = pace(self.case.events(by=self.case.by), today) if self.case.by else Pace()
        self.part("hints").fit([() if self.box.question else hints(self, self.size.width)])
        self.part("status").fit([progress(self, self.size.width)])
