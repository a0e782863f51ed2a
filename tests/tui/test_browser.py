"""The review screen in a real browser: it is drawn, it takes keys, and nothing but this machine is asked."""

import asyncio
import base64
import json
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from chromium import chromium
from conftest import make_desk
from served import serving

from factcheck.case import Case

pytestmark = pytest.mark.browser

DRAWN = {"by WebGL": (), "as text": ("--disable-3d-apis",)}
"""How xterm.js puts characters into cells: where there is no WebGL they are text of the page."""
LINK = "https://example.org/news/费用"
INK = """
(async (picture, text) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const board = new OffscreenCanvas(image.width, image.height).getContext("2d");
  board.drawImage(image, 0, 0);
  const {cols, rows, buffer} = window.shown.terminal;
  const screen = document.querySelector(".xterm-screen").getBoundingClientRect();
  const [across, down] = [screen.width / cols, screen.height / rows];
  const inked = (x, y, wide) => {
    const box = [screen.left + x * across, screen.top + y * down, across * wide, down].map(Math.round);
    const pixels = board.getImageData(...box).data;
    return Array.from({length: pixels.length / 4}, (_, n) => pixels[4 * n] + pixels[4 * n + 1] > 250 ? "#" : " ").join("");
  };
  const found = {};
  for (let y = 0; y < rows; y++) for (let x = 0; x < cols; x++) {
    const cell = buffer.active.getLine(y).getCell(x);
    if (text.includes(cell.getChars()) && cell.getChars() && !cell.isUnderline() && !found[cell.getChars()])
      found[cell.getChars()] = [inked(x, y, 1), inked(x + 1, y, 1)];
  }
  const all = new Uint32Array(board.getImageData(0, 0, image.width, image.height).data.buffer);
  return JSON.stringify({colours: new Set(all).size, found});
})
"""
"""Of a picture: its colours, and what is inked in the two cells of each of some characters."""
RULES = """
[...document.querySelectorAll(".xterm-rows > div")].flatMap(row => {
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT), places = [];
  while (texts.nextNode()) [...texts.currentNode.data].forEach((letter, at) => {
    const range = document.createRange();
    range.setStart(texts.currentNode, at);
    range.setEnd(texts.currentNode, at + 1);
    if (letter === "│") places.push(Math.round(range.getBoundingClientRect().left));
  });
  return places;
})
"""
"""Where the lines between the panes stand, in pixels."""


@pytest.fixture
def folder(tmp_path):
    make_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


@asynccontextmanager
async def looking(served, tmp_path, *options):
    """The page of a server, in a browser of its own."""
    async with chromium(tmp_path, *options) as page:
        await page.call("Page.navigate", url=served.address)
        yield page


def last(folder):
    """The newest line of the ledger: kind, subject, who."""
    event = json.loads((folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()[-1])
    return event["kind"], event["subject"], event["by"]


@pytest.mark.parametrize("how", DRAWN)
def test_a_claim_is_read_and_judged_in_a_browser(folder, tmp_path, how):
    async def story(served):
        async with looking(served, tmp_path, *DRAWN[how]) as page:
            await page.wait("▸  C5", "VideoPoet 的负责人蒋璐转投", "⟦蒋璐?⟧加入 TikTok")
            await page.press("j")
            await page.wait("▸  C2")
            await page.press(":", "7", "Enter")
            await page.wait("▸  C7")
            await page.press("9")
            await page.wait("C7 已判定")
            assert {urlsplit(each).netloc for each in page.asked} == {f"127.0.0.1:{served.port}"}
            assert page.troubles == []

    with serving(folder, "--by", "reviewer-1", "--lang", "zh") as served:
        asyncio.run(story(served))
        assert served.end()[0] == 0
        assert served.left() == []
    assert last(folder) == ("verdict.recorded", "C7", "reviewer-1")


@pytest.mark.parametrize("how", DRAWN)
def test_chinese_fills_two_cells(folder, tmp_path, how):
    async def story(served):
        async with looking(served, tmp_path, *DRAWN[how]) as page:
            await page.wait("▸  C5", "张楠去年辞去抖音")
            await asyncio.sleep(0.5)  # the picture is drawn a moment after the words are there
            columns = await page.evaluate("window.shown.terminal.cols")
            cells = await page.cells()
            assert {sum(width for width, _ in line) for line in cells} == {columns}
            assert {width for line in cells for width, chars in line if "\u4e00" <= chars <= "\u9fff"} == {2}
            picture = base64.b64encode(await page.picture()).decode()
            seen = json.loads(await page.evaluate(f'{INK}("{picture}", "张楠会议，")'))
            return seen, await page.evaluate(RULES)

    with serving(folder, "--by", "reviewer-1", "--lang", "zh") as served:
        seen, rules = asyncio.run(story(served))
    assert seen["colours"] > 100
    assert all("#" in half for letter in "张楠会议" for half in seen["found"][letter])
    assert len({"|".join(seen["found"][letter]) for letter in "张楠会议"}) == 4  # no boxes in place of glyphs
    assert set(seen["found"]["，"][1]) == {" "}
    near = (
        [[place for place in rules if abs(place - rule) < 40] for rule in (rules[0], rules[-1])]
        if rules
        else []
    )
    assert (sum(map(len, near)), bool(rules)) == (len(rules), how == "as text")
    assert all(max(places) - min(places) < 5 for places in near)  # half a cell


def test_a_link_is_opened_by_this_browser_after_it_was_asked(folder, tmp_path):
    case = Case.open(folder, by="reviewer-1")
    case.attach("C5", LINK, stance="context")
    case.close()

    async def story(served):
        async with looking(served, tmp_path) as page:
            await page.wait("example.org")
            await page.press("o")
            await page.wait("打开 example.org 的网页？", LINK)
            assert page.opened == []
            await page.press("Enter")
            await page.wait("已打开")
            await asyncio.sleep(0.5)
            assert page.opened == ["https://example.org/news/%E8%B4%B9%E7%94%A8"]

    with serving(folder, "--by", "reviewer-1", "--lang", "zh") as served:
        asyncio.run(story(served))


def test_words_go_to_the_clipboard_and_come_from_it(folder, tmp_path):
    async def story(served):
        async with looking(served, tmp_path) as page:
            await page.wait("▸  C5")
            both = ["clipboardReadWrite", "clipboardSanitizedWrite"]
            await page.call("Browser.grantPermissions", permissions=both)
            await page.press("y")
            await page.wait("已复制 C5")
            copied = await page.evaluate("navigator.clipboard.readText()")
            assert copied == "C5 60 次推理的成本是 GPT-4 推理成本的 14 倍以上。"
            await page.evaluate(f"navigator.clipboard.writeText('{LINK}')")
            await page.call(
                "Input.dispatchKeyEvent", type="keyDown", key="v", code="KeyV", modifiers=2,
                windowsVirtualKeyCode=86, commands=["paste"],
            )  # fmt: skip
            await page.wait("C5 的证据", LINK)

    with serving(folder, "--by", "reviewer-1", "--lang", "zh") as served:
        asyncio.run(story(served))


def test_a_session_that_has_ended_can_be_opened_again(folder, tmp_path):
    closed = "document.body.classList.contains('-closed')"
    ended = "document.querySelector('.ended')"

    async def story(served):
        async with looking(served, tmp_path) as page:
            await page.wait("▸  C5")
            assert await page.evaluate(f"getComputedStyle({ended}).visibility") == "hidden"
            await page.press("q")
            await page.until(closed)
            assert served.left() == []
            assert await page.evaluate(f"getComputedStyle({ended}).visibility") == "visible"
            assert await page.evaluate(f"{ended}.innerText") == "会话已结束，已记录的内容都在。 重新打开"
            await page.follow(f"{ended}.querySelector('a').click()")
            await page.wait("▸  C5")
            await page.follow("location.reload()")  # a tab that is left takes its reviewer along
            await page.wait("▸  C5")
            assert len(served.running()) == 1

    with serving(folder, "--by", "reviewer-1", "--lang", "zh") as served:
        asyncio.run(story(served))
