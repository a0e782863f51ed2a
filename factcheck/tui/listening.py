"""What a person types, a line at a time."""

import asyncio
import io
import sys
import unicodedata
from contextlib import suppress
from threading import Thread
from typing import BinaryIO


class Lines:
    """What a person types, a line at a time; nothing is read before it is asked for."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ahead: asyncio.Future[bytes] | None = None

    def ahead(self) -> asyncio.Future[bytes]:
        """The next line, whenever it comes; it stays the next one until it is taken."""
        if self._ahead is None:
            loop = asyncio.get_running_loop()
            self._ahead = loop.create_future()
            Thread(target=self._read, args=(loop, self._ahead), daemon=True).start()
        return self._ahead

    def take(self) -> str | None:
        """The line that has come, without characters that act on a terminal; None at the end of input."""
        data = self.ahead().result()
        self._ahead = None
        text = data.decode("utf-8", "replace").rstrip("\r\n").replace("\t", " ")
        return "".join(each for each in text if unicodedata.category(each) != "Cc") if data else None

    def _read(self, loop: asyncio.AbstractEventLoop, future: "asyncio.Future[bytes]") -> None:
        data = b""
        with suppress(OSError, ValueError):  # the terminal is gone: the end of input
            data = self._stream.readline()
        with suppress(RuntimeError):  # the conversation has ended before the line came
            loop.call_soon_threadsafe(future.set_result, data)


def own_input() -> BinaryIO:
    """The program's own input, unbuffered: a thread that still waits for it must not hold a lock at the end."""
    if sys.stdin is None:  # closed by whoever started the program
        return io.BytesIO()
    return open(sys.stdin.fileno(), "rb", buffering=0, closefd=False)


def plain(line: str) -> str:
    """What was typed as a command: full-width characters as the plain ones, no blanks around it."""
    return unicodedata.normalize("NFKC", line).strip()
