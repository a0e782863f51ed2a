"""The queue: any number of claims, of which only those on the screen are ever read."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from factcheck.model import Claim, Scale
from factcheck.tui.arriving import Arriving
from factcheck.tui.rows import BLANK, Row, paint, row, row_width, run, spread
from factcheck.tui.saying import rating_runs, state_runs

PAGE = 32
KEPT_PAGES = 64
HEIGHT = 2


class Pages:
    """Claims by their place in the queue, read page by page and forgotten again."""

    def __init__(self, read: Callable[[Sequence[int]], list[Claim]]) -> None:
        self._read = read
        self.numbers: Sequence[int] = array("I")
        self._pages: OrderedDict[int, dict[int, Claim]] = OrderedDict()

    def fill(self, numbers: Sequence[int]) -> None:
        """Take another list of numbers."""
        self.numbers = numbers if isinstance(numbers, array | Arriving) else array("I", numbers)
        self._pages.clear()

    def at(self, place: int) -> Claim | None:
        """The claim at a place; None outside the list."""
        if not 0 <= place < len(self.numbers):
            return None
        return self._page(place // PAGE).get(self.numbers[place])

    def place_of(self, number: int) -> int:
        """Where a claim stands; -1 when it is not in the list."""
        try:
            return self.numbers.index(number)
        except ValueError:
            return -1

    def forget(self, number: int) -> None:
        """Read this claim anew the next time."""
        for page in self._pages.values():
            if page.pop(number, None) is not None:
                for claim in self._read([number]):
                    page[claim.number] = claim

    def forget_all(self) -> None:
        """Read every claim anew the next time."""
        self._pages.clear()

    def _page(self, page: int) -> dict[int, Claim]:
        if page not in self._pages:
            wanted = self.numbers[page * PAGE : (page + 1) * PAGE]
            self._pages[page] = {claim.number: claim for claim in self._read(wanted)}
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return self._pages[page]


class Queue(ScrollView, can_focus=False):
    """The list itself: two rows for a claim."""

    class Chosen(Message):
        """Somebody clicked on a claim."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, pages: Pages, scale: Scale, lang: str) -> None:
        super().__init__(id="queue")
        self.pages, self.scale, self.lang = pages, scale, lang
        self.cursor = 0
        self.marked: set[int] = set()
        self.held: dict[int, str] = {}

    def refill(self, numbers: Sequence[int]) -> None:
        """Show another list."""
        self.pages.fill(numbers)
        self.settle()

    def settle(self) -> None:
        """The list that is shown is all here now."""
        self.virtual_size = Size(1, len(self.pages.numbers) * HEIGHT)
        self.refresh()

    def point(self, place: int) -> None:
        """Put the cursor on a place and bring it into view."""
        before, self.cursor = self.cursor, place
        self.repaint(before)
        self.repaint(place)
        self.keep_in_view()

    def keep_in_view(self) -> None:
        """Scroll no more than needed for the cursor to be seen, also in a list whose bar is not laid out yet."""
        top, height = round(self.scroll_y), self.size.height
        first = self.cursor * HEIGHT
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=True, force=True)
        elif first + HEIGHT > top + height > 0:
            self.scroll_to(y=first + HEIGHT - height, animate=False, immediate=True, force=True)

    def repaint(self, place: int) -> None:
        """Paint the two rows of one claim anew."""
        y = place * HEIGHT - round(self.scroll_y)
        if -HEIGHT < y < self.size.height:
            self.refresh(Region(0, y, self.size.width, HEIGHT))

    @property
    def fitting(self) -> int:
        """How many claims are on the screen at once."""
        return max(self.size.height // HEIGHT, 1)

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        place, part = divmod(round(self.scroll_y) + y, HEIGHT)
        claim = self.pages.at(place)
        here = place == self.cursor and claim is not None
        cells = self.scrollable_content_region.width
        return paint(self._row(claim, part, here, cells), cells, "cursor" if here else "")

    def _row(self, claim: Claim | None, part: int, here: bool, columns: int) -> Row:
        if claim is None:
            return BLANK
        mark = run("▸" if here else " ", "accent")
        if part == 1:
            return row(run("   "), run(claim.statement, "strong said" if here else "text said"))
        chosen = run("■ " if claim.number in self.marked else "  ", "mark")
        judged = claim.verdict is not None
        left = (mark, chosen, run(f"{claim.id} ", "key" if here else "title"), *state_runs(claim, self.lang))
        if claim.number in self.held:
            left = (*left, run(f" ● {self.held[claim.number]}", "active"))
        right = rating_runs(claim.verdict.rating, self.scale, self.lang) if claim.verdict else ()
        fits = row_width(left) + row_width(right) + 2 <= columns
        return spread(left, (*right, run(" ")), columns) if judged and fits else left

    def on_resize(self) -> None:
        self.keep_in_view()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        place = (round(self.scroll_y) + event.y) // HEIGHT
        if place < len(self.pages.numbers):
            self.post_message(self.Chosen(place))
