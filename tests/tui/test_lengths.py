"""A claim of one character and one of ten thousand: both are read on every screen, and neither takes the others' room."""

import asyncio
import re

import pytest
from conftest import make_desk
from looking import SIZES, looking

from factcheck.tui.rows import plain

LONG = "".join(f"第{n}句话说 TikTok 的成本是 {n} 元，" for n in range(600))[:9_994] + "到此为止了。"
SHEETS = ("r", "i", "g", "V", "d", "a", "X", "M", "ctrl+p", "question_mark")
SUGGESTED = (
    ("甲", "甲", "event", "yes", 5000, "S1.g1", (("contradicts", "C2"),)),
    (LONG, LONG, "cost", "yes", 4000, "S1.g1", (("contradicts", "C1"), ("repeats", "C3"))),
    ("乙", f"{LONG[:-1]}，乙也这样说。", "cost", "yes", 3000, "S1.g1", (("repeats", "C2"),)),
)


@pytest.fixture
def case(tmp_path):
    made = make_desk(tmp_path / "long", f"会议实录\n\n甲\n\n{LONG}\n\n乙\n", SUGGESTED)
    yield made
    made.close()


def squeezed(text):
    """The words of a screen without blanks, breaks and rules."""
    return re.sub(r"[\s│▌]+", "", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_long_statement_is_cut_says_how_to_be_read_and_leaves_the_source_its_room(
    case, columns, rows, lang
):
    async def story():
        async with looking(case, columns, rows, lang) as eyes:
            short = eyes.text()
            await eyes.press("j")
            statement = eyes.screen.part("statement")
            room = statement.size.height, eyes.screen.source.size.height
            return short, eyes.text(), plain(statement.rows), room, eyes.widths()

    short, text, head, (statement, source), widths = asyncio.run(story())
    assert "C1" in short
    assert squeezed(LONG[:60]) in squeezed(head)
    assert ("… 按 i 看全文" if lang == "zh" else "… i reads it whole") in text
    assert ("看全文" if lang == "zh" else "reads it whole") not in short
    assert statement <= 6
    assert source >= rows // 3
    assert widths == {columns}


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_whole_statement_is_read_on_the_sheet_that_the_screen_names(case, columns, rows):
    async def story():
        async with looking(case, columns, rows) as eyes:
            await eyes.press("j", "i")
            pages = [eyes.text()]
            while squeezed("到此为止了。") not in squeezed(pages[-1]):
                await eyes.press("pagedown")
                assert eyes.text() != pages[-1]
                pages.append(eyes.text())
            return squeezed("".join(pages))

    pages = asyncio.run(story())
    assert [said for said in re.findall(r"第\d+句[^，]+元，", squeezed(LONG)) if said not in pages] == []


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_every_sheet_and_box_opens_on_either_claim(case, columns, rows):
    async def story():
        async with looking(case, columns, rows, "en") as eyes:
            for claim in ("C1", "C2"):
                assert eyes.screen.claim.id == claim
                for key in SHEETS:
                    await eyes.press(key)
                    assert eyes.widths() == {columns}
                    assert eyes.screen is not eyes.app.screen_stack[1], key
                    await eyes.press("end", "escape")
                for key in ("w", "s", "m", "e", "1", "c", "z", "slash"):
                    await eyes.press(key)
                    assert eyes.widths() == {columns}
                    await eyes.press("escape")
                await eyes.press("j")

    asyncio.run(story())
