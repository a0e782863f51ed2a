"""A browser to test in: headless Chromium on this machine, without a network, driven by its own protocol."""

import asyncio
import base64
import itertools
import json
import os
import shutil
import signal
from contextlib import asynccontextmanager, suppress

import aiohttp

PATIENCE = 60
ALONE = (
    "--headless=new", "--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--window-size=1240,900",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)  # fmt: skip
# textual.js keeps its terminal to itself; the first object that is given a `fitAddon` has it.
FIND_TERMINAL = """
Object.defineProperty(Object.prototype, "fitAddon", {configurable: true, set(addon) {
  Object.defineProperty(this, "fitAddon", {value: addon, writable: true});
  window.shown = this;
}});
"""
ROWS = """
(() => {
  const {rows, cols, buffer} = window.shown?.terminal ?? {rows: 0};
  const line = y => {
    const cells = Array.from({length: cols}, (_, x) => buffer.active.getLine(y).getCell(x));
    return cells.map(cell => [cell.getWidth(), cell.getChars() || " "]).filter(([width, _]) => width);
  };
  return JSON.stringify(Array.from({length: rows}, (_, y) => line(y)));
})()
"""


class Page:
    """One tab."""

    def __init__(self, socket):
        self.socket, self.numbers, self.answers = socket, itertools.count(1), {}
        self.asked, self.opened, self.troubles = [], [], []
        self.session = ""

    async def call(self, method, **values):
        """One call of the DevTools protocol."""
        number = next(self.numbers)
        self.answers[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": values}
        await self.socket.send_json(message | ({"sessionId": self.session} if self.session else {}))
        answer = await asyncio.wait_for(self.answers[number], PATIENCE)
        assert "error" not in answer, (method, answer)
        return answer["result"]

    async def listen(self):
        """Take in answers, every address that is asked for, and every complaint."""
        async for message in self.socket:
            said = json.loads(message.data)
            if "id" in said:
                self.answers.pop(said["id"]).set_result(said)
                continue
            values = said["params"]
            match said["method"]:
                case "Network.requestWillBeSent":
                    self.asked.append(values["request"]["url"])
                case "Network.webSocketCreated":
                    self.asked.append(values["url"])
                case "Page.windowOpen":
                    self.opened.append(values["url"])
                case "Runtime.exceptionThrown":
                    self.troubles.append(values["exceptionDetails"])
                case "Log.entryAdded" if (
                    values["entry"]["source"] != "rendering"
                ):  # WebGL by software is deprecated
                    self.troubles.append(values["entry"]["text"])

    async def evaluate(self, code):
        """The value of an expression in the page."""
        answer = await self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def until(self, code):
        """Wait until an expression is true in the page."""
        for _ in range(PATIENCE * 10):
            if await self.evaluate(code):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"never true: {code}")

    async def follow(self, code):
        """Do what leads to another page, and wait until that one is there: the old one still shows what it showed."""
        await self.evaluate(f"window.left = true; {code}; null")
        for _ in range(PATIENCE * 10):
            with suppress(AssertionError):  # between two pages there is none that could be asked
                if await self.evaluate("window.left === undefined && document.readyState === 'complete'"):
                    return
            await asyncio.sleep(0.1)
        raise AssertionError(f"led nowhere: {code}")

    async def cells(self):
        """The terminal's rows, each a list of [cells wide, characters]."""
        return json.loads(await self.evaluate(ROWS))

    async def text(self):
        """The terminal as lines."""
        return "\n".join("".join(chars for _, chars in line).rstrip() for line in await self.cells())

    async def wait(self, *words, gone=()):
        """Wait until all these words stand on the screen and the others do not."""
        text = ""
        for _ in range(PATIENCE * 10):
            text = await self.text()
            if all(word in text for word in words) and not any(word in text for word in gone):
                return text
            await asyncio.sleep(0.1)
        raise AssertionError(f"never seen: {words} without {gone}\n{text}\n{self.troubles}")

    async def press(self, *keys):
        """Press keys as a keyboard does."""
        for key in keys:
            named = {"Enter": "\r"}.get(key, key)
            how = {"key": key, "text": named, "unmodifiedText": named}
            if key == "Enter":
                how |= {"code": "Enter", "windowsVirtualKeyCode": 13}
            await self.call("Input.dispatchKeyEvent", type="keyDown", **how)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=key)
            await asyncio.sleep(0.1)

    async def picture(self):
        """What is to be seen, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def chromium(folder, *options):
    """A browser with one empty tab; its profile lies in this folder."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "these tests need Chromium: apt-get install chromium fonts-noto-cjk"
    profile = folder / "profile"
    nothing = asyncio.subprocess.DEVNULL
    browser = await asyncio.create_subprocess_exec(
        program, *ALONE, *options, f"--user-data-dir={profile}", "about:blank",
        stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True,
    )  # fmt: skip
    try:
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(await _door(profile), max_msg_size=0) as socket,
        ):
            page = Page(socket)
            listening = asyncio.create_task(page.listen())
            await _begin(page)
            yield page
            listening.cancel()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(browser.pid, signal.SIGKILL)
        await browser.wait()


async def _door(profile):
    file = profile / "DevToolsActivePort"
    for _ in range(PATIENCE * 10):
        if file.exists() and len(lines := file.read_text().splitlines()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        await asyncio.sleep(0.1)
    raise AssertionError("Chromium did not start")


async def _begin(page):
    targets = (await page.call("Target.getTargets"))["targetInfos"]
    tab = next(each["targetId"] for each in targets if each["type"] == "page")
    page.session = (await page.call("Target.attachToTarget", targetId=tab, flatten=True))["sessionId"]
    for domain in ("Network", "Page", "Runtime", "Log"):
        await page.call(f"{domain}.enable")
    await page.call("Emulation.setFocusEmulationEnabled", enabled=True)
    await page.call("Page.addScriptToEvaluateOnNewDocument", source=FIND_TERMINAL)
