"""One tab of a browser: the reviewer that runs for it, what goes to and fro, and its end."""

import asyncio
import json
import os
import shlex
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from factcheck.tui import BROWSER
from factcheck.visible import visible

PATIENCE = 3.0
"""Seconds that a reviewer has to leave by itself."""
READY = b"__GANGLION__\n"
"""What Textual's driver for the web writes before its first packet."""
CLEARED = "\x1b[?1049l\x1b[2J\x1b[H"


class Session(AppService):
    """A reviewer in a process of its own, drawn in one tab."""

    def __init__(
        self, words: Sequence[str], socket: web.WebSocketResponse, tell: Callable[[str], None]
    ) -> None:
        super().__init__(
            shlex.join(words),
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self._close,
            download_manager=DownloadManager(),
        )
        self.words, self.socket, self.tell = words, socket, tell
        self._ending: asyncio.Task[None] | None = None

    async def _close(self) -> None:
        await self.socket.close()

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return super()._build_environment(width, height) | {"TEXTUAL_DRIVER": BROWSER}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        """Start the reviewer without a shell, as the first of a group of processes that can be ended together."""
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self.words,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Pass on what the reviewer draws until it has ended; say why when it did not end well."""
        process = self._process
        if process is None or process.stdout is None or process.stderr is None:
            return
        complaint = asyncio.create_task(process.stderr.read())
        with suppress(asyncio.IncompleteReadError):
            await self._pass_on(process.stdout)
        status, words = await process.wait(), (await complaint).decode("utf-8", "replace")
        if words:
            self.tell(words.rstrip("\n"))
        with suppress(ConnectionResetError):
            if status > 0 and words:
                await self.remote_write_bytes((CLEARED + _lines(words)).encode())
            await self.remote_close()

    async def _pass_on(self, drawn: asyncio.StreamReader) -> None:
        """Packets: a letter, four bytes for the length, the load. What no tab takes any more is dropped."""
        await drawn.readuntil(READY)
        while True:
            kind = await drawn.readexactly(1)
            load = await drawn.readexactly(int.from_bytes(await drawn.readexactly(4), "big"))
            with suppress(ConnectionResetError):
                await (self.on_data(load) if kind == b"D" else self.on_meta(load))

    async def on_meta(self, data: bytes) -> None:
        """A link to open goes to the tab; nothing else that a reviewer may ask for is wanted here."""
        if json.loads(data)["type"] == "open_url":
            await super().on_meta(data)

    async def stop(self) -> None:
        """End the reviewer and whatever it has started; every call waits until that is done."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._end())
        await asyncio.shield(self._ending)

    async def _end(self) -> None:
        process = self._process
        if process is None:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self.send_meta({"type": "quit"})
                await process.wait()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if self._task is not None:
            await self._task


def _lines(words: str) -> str:
    return visible(words, lines=True).replace("\n", "\r\n")
