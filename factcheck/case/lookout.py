"""Looking out: a thread asks the server of a case what others do, so that no screen ever waits for the network."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from factcheck.db import DatabaseError
from factcheck.errors import FactcheckError

if TYPE_CHECKING:
    from factcheck.case.sharing import Sharing

EVERY = 1.0
"""Seconds between two looks."""
FIRST = 1.0
"""Seconds that a desk waits at its start for the first look; what comes later it takes in as ever."""
LEAVING = 1.0
"""Seconds that a desk waits at its end until the server knows that nothing is open any more; it forgets by itself."""

_TROUBLE = (FactcheckError, OSError, DatabaseError)
"""What a look may meet and the next one may not: the thread goes on, for nobody would hear that it had ended."""


class Lookout:
    """Who looks out for the case of a screen: on a line of its own, by a case of its own that no other thread touches.

    What is recorded is copied into the case's folder, where the screen reads it; `held` and what the server says of
    itself are passed on as they are. `tell` is called, in this thread, when any of it has changed.
    """

    def __init__(self, case: "Sharing") -> None:
        self.held: Mapping[str, str] = {}
        self.tell: Callable[[], None] = _to_nobody
        self._case, self._open = case, ("", "")
        self._looked, self._wanted, self._ended = Event(), Event(), Event()
        self._thread = Thread(target=self._look_out, daemon=True)  # no program waits for it at its end

    def begin(self) -> None:
        """Begin, and wait a moment for what the server has."""
        self._thread.start()
        self._looked.wait(FIRST)

    def look_at(self, claim: str, person: str) -> None:
        """Say which claim is open now, and that it still is, until another one is."""
        if (claim, person) != self._open:
            self._open = claim, person
            self._wanted.set()

    def end(self) -> None:
        """Look at nothing any more."""
        self.tell = _to_nobody
        self._ended.set()
        self._wanted.set()
        self._thread.join(0 if self._case.away else LEAVING)

    def _look_out(self) -> None:
        case = self._sent_out()
        known: object = None
        while case and not self._ended.is_set():
            seen = self._look(case)
            self._looked.set()
            if seen != known:
                known = seen
                self.tell()
            self._fetch(case)
            self._pause()
        if case:
            with suppress(*_TROUBLE):
                case.let_go()
            case.close()

    def _sent_out(self) -> "Sharing | None":
        """The case that asks the server, as soon as its index can be opened; None when nobody waits for it any more."""
        while not self._ended.is_set():
            try:
                return self._case.scout()
            except _TROUBLE:  # the screen is making the index anew, or another process is
                self._pause()
        return None

    def _pause(self) -> None:
        self._wanted.wait(EVERY)
        self._wanted.clear()

    def _look(self, case: "Sharing") -> object:
        """One look; what there is to tell apart two of them."""
        claim, person = self._open
        try:
            brought = case.fetch_lines().size
            if claim:
                case.hold(claim, by=person)
            self.held = case.held()
        except _TROUBLE as error:  # the screen meets it too, and says what is the matter
            return str(error)
        return brought, case.away, self.held

    def _fetch(self, case: "Sharing") -> None:
        """Bring texts of sources that are not here yet, for a while: whoever goes on to a claim does not wait for one."""
        until = monotonic() + EVERY
        with suppress(*_TROUBLE):  # the next look says so, or whoever looks at the file
            while monotonic() < until and not self._wanted.is_set() and not case.away and case.fetch_text():
                pass


def _to_nobody() -> None:
    """Nobody listens yet, or any more."""
