"""A deadline over everything: when it comes, the socket in use is shut, whatever it was waiting for."""

import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self


class Watch:
    """Counts `seconds` down from now; a context manager."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    @property
    def left(self) -> float:
        return max(self._end - time.monotonic(), 0.0)

    def hold(self, name: str, values: dict[str, Any]) -> None:
        """A trace callback of httpx: remember the socket of the connection that was just made."""
        if name in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = values["return_value"].get_extra_info("socket")
            if not self.left:
                self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def ask(self, question: Callable[[], Iterable[str]]) -> tuple[str, ...]:
        """The answer of a name server, or TimeoutError; getaddrinfo itself knows no deadline."""
        box: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()

        def run() -> None:
            try:
                box.put(tuple(question()))
            except (OSError, UnicodeError, LookupError) as error:
                box.put(error)

        threading.Thread(target=run, daemon=True).start()
        try:
            answer = box.get(timeout=self.left)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(answer, Exception):
            raise answer
        return answer
