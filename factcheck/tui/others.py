"""What is known of the others: who has which claim open, and whether the server is there that they share."""

from collections.abc import Callable
from contextlib import suppress

from factcheck.errors import FactcheckError
from factcheck.tui.desk import Desk
from factcheck.tui.footer import progress


def look_around(desk: Desk) -> None:
    """Show who else has which claim open: to know, not to be kept from it; and say when the server goes or comes."""
    if (lacks := desk.case.lacks) != desk.apart:
        desk.apart = lacks
        desk.part("status").fit([progress(desk, desk.size.width)])
    try:
        held = desk.case.held()
    except FactcheckError:  # the index is being made anew; the next look tells
        return
    others = {int(claim[1:]): who for claim, who in held.items() if who != desk.case.by}
    if others != desk.queue.held:
        desk.queue.held = others
        desk.queue.refresh()
        desk.lay_strip()


def listen(desk: Desk, then: Callable[[], None]) -> None:
    """Do this as soon as another thread tells that something is new."""

    def tell() -> None:
        with suppress(RuntimeError):  # the program has just ended
            desk.call_later(then)

    desk.case.listen(tell)
