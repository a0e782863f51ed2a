"""The screens as text: `FACTCHECK_RENEW_GRIDS=1 pytest tests/tui/test_grids.py` writes them anew; then read the diff."""

import asyncio
import os
from pathlib import Path

import pytest
from conftest import make_desk
from looking import BARE, SIZES, looking

from factcheck.audit import CheckResult, Finding, Report
from factcheck.case import Case
from factcheck.case.publishing import Proof
from factcheck.events import Head

GRIDS = Path(__file__).parent / "grids"
LINK = "https://news.example.org/2024/sora-inference-cost"
# name of the grid, keys that lead there, keys that lead back
STATES = (
    ("review", (), ()),
    ("dismiss", ("backspace",), ("escape",)),
    ("evidence", (("paste", LINK),), ("escape",)),
    ("attached", ("e", ("paste", LINK), *BARE), ()),
    ("verdict", ("5",), ("escape",)),
    ("refused", ("C",), ("escape",)),
    ("filter", ("slash",), ("escape",)),
    ("help", ("question_mark",), ("escape",)),
    ("relations", ("j", "j", "r"), ("escape",)),
    ("contradicting", ("9",), ()),
    ("readings", ("g",), ("escape",)),
    ("calculate", ("equals_sign", *"14*x=n*60", "down", *"n = 30: ?"), ("escape",)),
    ("why", ("i",), ("escape",)),
    ("coverage", ("V", "slash"), ("escape",)),
    ("palette", ("ctrl+p", "m", "e", "r"), ("escape",)),
    ("export", ("X",), ("escape",)),
    ("audit", ("a",), ("escape",)),
    ("person", ("W",), ("escape",)),
    ("retype", ("t",), ("escape",)),
    ("list", ("tab",), ("escape",)),
    ("beside", ("home", "tab", "tab"), ("escape",)),
    ("select", ("v", "enter", "right", "right"), ("escape",)),
)

REPORT = Report(
    ok=False,
    head=Head(size=5, root="0" * 64),
    checks=(CheckResult("lines", "ok", 5), CheckResult("evidence", "unverifiable", 1, "K1 is not here")),
    findings=(Finding("quotations", "C5", "“60 次” stands nowhere", "restore the file from a copy"),),
)
PROOF = Proof((), "# 摘要\n\n1 条主张，尚无判定。\n", "", ())


def compare(name, text):
    path = GRIDS / f"{name}.txt"
    if os.environ.get("FACTCHECK_RENEW_GRIDS"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), (
        f"{path.name}: renew with FACTCHECK_RENEW_GRIDS=1 and read the diff"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_every_screen_looks_as_it_was_agreed(desk, columns, rows, lang):
    async def story():
        seen = {}
        async with looking(desk, columns, rows, lang) as eyes:
            for name, there, back in STATES:
                for key in there:
                    await (eyes.paste(key[1]) if isinstance(key, tuple) else eyes.press(key))
                seen[name] = eyes.text()
                assert eyes.widths() == {columns}
                await eyes.press(*back)
        return seen

    with pytest.MonkeyPatch.context() as patch:  # what others write on these two sheets is theirs to test
        patch.setattr(Case, "audit", lambda _: REPORT)
        patch.setattr(Case, "proof", lambda _, **__: PROOF)
        seen = asyncio.run(story())
    for name, text in seen.items():
        compare(f"{name}.{columns}x{rows}.{lang}", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_an_empty_case_says_how_to_begin(tmp_path, columns, rows, lang):
    case = Case.create(tmp_path / "empty", "reviewer-1", name="空")

    async def story():
        async with looking(case, columns, rows, lang) as eyes:
            await eyes.press("space", "1", "r", "e")
            return eyes.text()

    compare(f"empty.{columns}x{rows}.{lang}", asyncio.run(story()))
    case.close()


def test_no_grid_is_left_over():
    names = {
        f"{name}.{c}x{r}.{lang}.txt"
        for name in (*(s[0] for s in STATES), "empty")
        for c, r in SIZES
        for lang in ("zh", "en")
    }
    assert {path.name for path in GRIDS.glob("*")} == names


def test_the_same_desk_is_built_twice(tmp_path):
    one, two = make_desk(tmp_path / "one"), make_desk(tmp_path / "two")
    assert one.head == two.head
    one.close()
    two.close()
