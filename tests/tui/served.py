"""`factcheck serve` as its users meet it: the program, what it prints, the tabs of a browser, and what runs afterwards."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
import pyte

PATIENCE = 60
PROGRAM = Path(sys.executable).parent / "factcheck"


class Served:
    """A server that is running on a case."""

    def __init__(self, folder, program):
        self.folder, self.program = folder, program
        self.said = program.stderr.readline()
        self.address = re.search(r"http://[\d.]+:\d+", self.said)[0]
        self.port = int(self.address.rpartition(":")[2])

    def end(self, how=signal.SIGTERM):
        """End it by a signal; gives its exit status, and what it had printed on stdout and stderr."""
        self.program.send_signal(how)
        out, err = self.program.communicate(timeout=PATIENCE)
        return self.program.returncode, out, self.said + err

    def running(self):
        """What runs with this case besides the server."""
        return [pid for pid in _named(str(self.folder)) if pid != self.program.pid]

    def left(self):
        """What still runs a while after it should have ended."""
        until = time.monotonic() + PATIENCE
        while self.running() and time.monotonic() < until:
            time.sleep(0.05)
        return self.running()


@contextmanager
def serving(folder, *options, cwd=None, **environ):
    """Serve a case; whatever a test did, nothing of it runs on."""
    world = {
        name: text for name, text in os.environ.items() if not name.startswith(("COLUMNS", "LINES", "ROWS"))
    }
    program = subprocess.Popen(
        [PROGRAM, "serve", "--case", str(folder), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=world | {"TEXTUAL_ANIMATIONS": "none"} | environ,
    )
    try:
        served = Served(folder, program)
        yield served
    finally:
        if program.poll() is None:
            program.kill()
        program.communicate()
    assert served.left() == []


class Tab:
    """The socket of a page, and what its terminal shows."""

    def __init__(self, socket, columns, rows):
        self.socket, self.screen = socket, pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.told = []

    def text(self):
        """The screen as lines."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows)

    async def read(self):
        """Take in what the next message brings; False when the socket is closed."""
        message = await self.socket.receive(timeout=PATIENCE)
        if message.type is aiohttp.WSMsgType.BINARY:
            self._stream.feed(message.data)
        elif message.type is aiohttp.WSMsgType.TEXT:
            self.told.append(json.loads(message.data))
        else:
            return False
        return True

    async def wait(self, *words):
        """Wait until all these words stand on the screen."""
        async with asyncio.timeout(PATIENCE):
            while not all(word in self.text() for word in words):
                assert await self.read(), f"closed before {words}\n{self.text()}"
        return self.text()

    async def rest(self):
        """Everything until the socket is closed."""
        while await self.read():
            pass
        return self.text()

    async def press(self, *keys):
        """Press keys one after the other."""
        for key in keys:
            await self.socket.send_json(["stdin", {"Enter": "\r"}.get(key, key)])
            await asyncio.sleep(0.05)


@asynccontextmanager
async def tab(served, columns=120, rows=40):
    """Open a tab as the page does."""
    where = f"{served.address}/ws?width={columns}&height={rows}"
    async with aiohttp.ClientSession() as http, http.ws_connect(where, origin=served.address) as socket:
        yield Tab(socket, columns, rows)


def _named(words):
    """The processes that have these words in their command line."""
    if not Path("/proc/self").exists():
        lines = subprocess.run(
            ["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=True
        ).stdout
        return [int(line.split()[0]) for line in lines.splitlines() if words in line]
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            line = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if words in line:
            found.append(int(each.name))
    return found
