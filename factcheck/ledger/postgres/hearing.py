"""Whether a server answers, as one line to it has found out; a thread that has another line may read it here."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

_REST, _LONGEST_REST = 5.0, 60.0
"""Seconds for which a reader does not ask again after the server could not be reached: twice as long each time."""
_SILENT = 4.0
"""Seconds after which a question that has no answer counts as silence."""


class Hearing:
    """What one line hears of its server. One thread writes it; `silent` and `rests` are for any."""

    def __init__(self) -> None:
        self.why = ""
        self._asked_at = self._closed_until = 0.0
        self._rest = _REST

    @contextmanager
    def asking(self) -> Iterator[None]:
        """While this lasts, an answer is waited for."""
        self._asked_at = time.monotonic()
        try:
            yield
        finally:
            self._asked_at = 0.0

    @property
    def silent(self) -> bool:
        """True while what was asked last has no answer for some seconds by now."""
        asked_at = self._asked_at
        return bool(asked_at) and time.monotonic() - asked_at >= _SILENT

    @property
    def rests(self) -> bool:
        """True while nothing is asked, because the server could not be reached a moment ago."""
        return time.monotonic() < self._closed_until

    def failed(self, why: str) -> None:
        """The server could not be reached: rest, longer each time."""
        self.why, self._closed_until = why, time.monotonic() + self._rest
        self._rest = min(self._rest * 2, _LONGEST_REST)

    def hurry(self) -> None:
        """Ask at once, whatever was found a moment ago."""
        self._closed_until = 0.0

    def reached(self) -> None:
        """The server is there."""
        self._rest = _REST
        self.hurry()
