"""A deadline over everything, and a way to stop: the socket in use is shut, whatever it was waiting for."""

import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from factcheck.errors import Cancelled, FactcheckError

Progress = Callable[[int, int | None], None]
T = TypeVar("T")


class Watch:
    """Counts `seconds` down from now; a context manager. `cancel` may be called from any thread, also before.

    `progress` hears how many bytes of a body came, and of how many (None: the server does not say); it is
    called from another thread than the one that waits.
    """

    def __init__(self, seconds: float, *, progress: Progress | None = None) -> None:
        self._end = time.monotonic() + seconds
        self._progress = progress
        self._cancelled = threading.Event()
        self._socket: socket.socket | None = None
        self._boxes: list[queue.SimpleQueue[Any]] = []
        self._inner: Watch | None = None
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if error is not None:
            self.cancel()

    @property
    def left(self) -> float:
        return max(self._end - time.monotonic(), 0.0)

    def within(self, seconds: float) -> "Watch":
        """A shorter deadline inside this one; it stops when this one is stopped."""
        self._inner = Watch(min(seconds, self.left))
        if self._cancelled.is_set():
            self._inner.cancel()
        return self._inner

    def cancel(self) -> None:
        """Stop: whoever waits gets Cancelled at once."""
        self._cancelled.set()
        self._shut()
        for box in tuple(self._boxes):
            box.put(_stopped())
        if self._inner is not None:
            self._inner.cancel()

    def told(self, came: int, total: int | None) -> None:
        """Pass on how far a body is; TimeoutError when it is late or was stopped."""
        if self._cancelled.is_set() or not self.left:
            raise TimeoutError
        if self._progress is not None:
            self._progress(came, total)

    def hold(self, name: str, values: dict[str, Any]) -> None:
        """A trace callback of httpx: remember the socket of the connection that was just made."""
        if name in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = values["return_value"].get_extra_info("socket")
            if not self.left or self._cancelled.is_set():
                self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def rest(self, seconds: float) -> None:
        """Wait, and not longer than the deadline; Cancelled when it was stopped meanwhile."""
        if self._cancelled.wait(min(seconds, self.left)):
            raise _stopped()

    def ask(self, question: Callable[[], T]) -> T:
        """The answer of a name server, or TimeoutError; getaddrinfo itself knows no deadline."""
        return self._await(question, lambda: self.left)

    def run(self, work: Callable[[], T]) -> T:
        """What `work`, which keeps to the deadline itself, comes to; when it is stopped, nobody waits for it."""
        return self._await(work, lambda: None)

    def _await(self, work: Callable[[], T], patience: Callable[[], float | None]) -> T:
        box: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

        def run() -> None:
            answer: tuple[T] | Exception = RuntimeError("a thread ended without an answer")
            try:
                answer = (work(),)
            except (OSError, ValueError, LookupError, FactcheckError) as error:
                answer = error
            finally:
                box.put(answer)

        self._boxes.append(box)
        self.rest(0)
        threading.Thread(target=run, daemon=True).start()
        try:
            answer = box.get(timeout=patience())
        except queue.Empty:
            raise TimeoutError from None
        finally:
            self._boxes.remove(box)
        self.rest(0)
        if isinstance(answer, Exception):
            raise answer
        return answer[0]


def _stopped() -> Cancelled:
    return Cancelled("stopped; nothing was recorded.", remedy="repeat the command to fetch the page")
