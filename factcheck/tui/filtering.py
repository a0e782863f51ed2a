"""The filter: the queue narrows with every key, by a search beside the screen that no key ever waits for."""

from array import array
from collections.abc import Sequence

from textual.worker import get_current_worker

from factcheck.case import Case
from factcheck.index import Query
from factcheck.tui.arriving import Arriving
from factcheck.tui.attaching import beside
from factcheck.tui.desk import Desk
from factcheck.tui.footer import STATE_FILTERS, progress
from factcheck.tui.question import Answers, Choice, Question, Words

GROUP = "filter"
"""The searches among what is done beside the screen: a newer one overtakes an older one."""

LIST = "list"
"""The reading of long lists among what is done beside the screen."""
LATER = 2.0
"""Seconds until it begins: a list that others change every second is looked at as it is, and never read whole for nothing."""

CALM = 0.1
"""Seconds without a key before the search begins: painting a list would make fast fingers wait for their letters."""


def filter_list(desk: Desk) -> None:
    """/: which claims, in which order; the queue follows what is typed."""
    now = desk.query_now
    states = tuple((name, desk.say(f"tui.only_{name}")) for name, _ in STATE_FILTERS)
    chosen = next((n for n, (_, wanted) in enumerate(STATE_FILTERS) if wanted == now.states), 0)
    orders = tuple((each, desk.say(f"tui.order_{each}")) for each in ("priority", "text"))
    blanks = (
        Words("text", desk.say("tui.words"), now.text, hint=desk.say("tui.optional")),
        Choice("states", desk.say("tui.state"), states, chosen),
        Choice("order", desk.say("tui.order"), orders, 0 if now.order == "priority" else 1),
    )
    filtering = Filtering(desk)
    desk.ask(
        Question(
            "filter",
            desk.say("tui.filter"),
            blanks,
            filtering.keep,
            live=filtering.look,
            left=filtering.back,
            how=desk.say("tui.how_filter"),
        )
    )
    filtering.show()


class Filtering:
    """A filter that is being typed: Enter keeps the list it has made, Esc brings back the one from before."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.before, self.numbers = desk.query_now, desk.pages.numbers
        self.claim, self.cursor = desk.claim, desk.queue.cursor
        self.top, self.overlay = desk.queue.scroll_offset.y, desk.overlay
        self.wanted = self.before
        self.searching = self.entered = False

    def show(self) -> None:
        """Bring the queue to the front where it is not in sight."""
        if self.desk.narrow and self.overlay != "queue":
            self.desk.overlay = "queue"
            self.desk.front()

    def look(self, answers: Answers) -> None:
        """Search for what is typed by now, unless that is what is searched for already."""
        query = Query(
            text=answers["text"].strip(),
            states=dict(STATE_FILTERS)[answers["states"]],
            order=answers["order"],
        )
        if query == self.wanted:
            return
        self.wanted, self.searching = query, True
        desk = self.desk
        desk.workers.cancel_group(desk, GROUP)
        if query == self.before:
            self._found(query, self.numbers)
        elif desk.case.alone:
            self._found(query, desk.case.found(query))
        else:
            beside(
                desk,
                lambda case: search(case, query),
                lambda numbers: self._found(query, numbers),
                group=GROUP,
                calm=CALM,
                otherwise=self._failed,
            )

    def _found(self, query: Query, numbers: Sequence[int]) -> None:
        """Show what was found, if it still belongs to what is typed; the panes beside the queue stay as they are."""
        if query is not self.wanted:
            return
        self.searching = False
        self._list(query, numbers)
        if not numbers:
            self._tell("tui.nothing_typed", "warn")
        else:
            self.desk.hush()
        if self.entered:
            self._end()
            self.desk.box.taken()

    def _list(self, query: Query, numbers: Sequence[int]) -> None:
        desk = self.desk
        desk.query_now = query
        desk.queue.refill(numbers)
        desk.queue.point(max(desk.pages.place_of(desk.claim.number) if desk.claim else 0, 0))
        desk.lay_strip()

    def _tell(self, key: str, ink: str) -> None:
        self.desk.remark(self.desk.say(key), ink)
        self.desk.part("status").fit([progress(self.desk, self.desk.size.width)])

    def _failed(self, error: Exception) -> None:
        self.searching = self.entered = False
        self.wanted = self.desk.query_now
        self.desk.box.waits = False
        self.desk.complain(error)

    def keep(self, answers: Answers) -> bool:
        """Enter: the list stays as what was typed makes it; keys that come before it is there wait for it."""
        self.look(answers)
        if self.searching:
            self.entered = self.desk.box.waits = True
            self._tell("tui.searching", "active")
            return False
        self._end()
        return True

    def _end(self) -> None:
        self.desk.overlay = self.overlay
        self.desk.go(self.desk.queue.cursor)
        self.desk.front()

    def back(self) -> None:
        """Esc: the list, the place in it and the claim as they were."""
        desk = self.desk
        desk.workers.cancel_group(desk, GROUP)
        self.wanted = Query()
        if desk.pages.numbers is not self.numbers:
            desk.query_now = self.before
            desk.queue.refill(self.numbers)
            desk.queue.scroll_to(y=self.top, animate=False, immediate=True, force=True)
        if desk.claim is self.claim:
            desk.queue.point(self.cursor)
        else:
            desk.go(self.cursor)
        desk.hush()
        desk.overlay = self.overlay
        desk.front()


def search(case: Case, query: Query) -> "array[int]":
    """In a thread of its own: the numbers that are found, unless the search is overtaken or the program ends."""
    worker = get_current_worker()
    return case.found(query, unless=lambda: worker.is_cancelled)


def read_beside(desk: Desk, numbers: Arriving) -> None:
    """Read the whole of a long list beside the screen; what is newer overtakes it."""

    def came(found: "array[int]") -> None:
        if found:  # nothing: it was overtaken
            numbers.arrive(found)
            desk.queue.settle()

    beside(desk, lambda case: search(case, numbers.query), came, group=LIST, calm=LATER)
