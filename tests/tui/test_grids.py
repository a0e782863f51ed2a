"""The screens as text: `FACTCHECK_RENEW_GRIDS=1 pytest tests/tui/test_grids.py` writes them anew; then read the diff."""

import asyncio
import os
import re
from pathlib import Path

import pytest
from conftest import make_desk
from looking import SIZES, looking
from states import ALONE, STATES

from factcheck.actions import ACTIONS, Keys, action
from factcheck.audit import CheckResult, Finding, Report
from factcheck.case import Case
from factcheck.case.publishing import Proof
from factcheck.events import Head
from factcheck.labels import catalogue
from factcheck.tui.keys import short
from factcheck.tui.kinsoku import width as cells

GRIDS = Path(__file__).parent / "grids"
REPORT = Report(
    ok=False,
    head=Head(size=5, root="0" * 64),
    checks=(CheckResult("lines", "ok", 5), CheckResult("evidence", "unverifiable", 1, "K1 is not here")),
    findings=(Finding("quotations", "C5", "“60 次” stands nowhere", "restore the file from a copy"),),
)
PROOF = Proof((), (), "# 摘要\n\n1 条主张，尚无判定。\n", "", ())


def compare(name, text):
    """The grid as it was agreed; what depends on how often the clock was looked at is not part of it."""
    path = GRIDS / f"{name}.txt"
    text = re.sub(r"[0-9a-f]{16}…", "0" * 16 + "…", re.sub(r"\b\d\d:\d\d:\d\d\b", "00:00:00", text))
    if os.environ.get("FACTCHECK_RENEW_GRIDS"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), (
        f"{path.name}: renew with FACTCHECK_RENEW_GRIDS=1 and read the diff"
    )


def look_over(state, text, columns, rows, lang):
    """What must be true of every grid: its facts are seen, every row fits, no row begins as none may."""
    lines = text.removesuffix("\n").split("\n")
    assert len(lines) == rows
    assert max(cells(line) for line in lines) <= columns
    assert [line for line in lines if begins_badly(line)] == []
    wanted = [*state.sees, *(fill(key, lang) for key in state.says)]
    assert [words for words in wanted if squeezed(words) not in squeezed(text)] == [], text
    hints = lines[-1] if state.keys and SHEETLIKE & set(state.keys) else "\n".join(lines[-4:])
    shown = [f"{short(Keys().of(name))} {action(name).label(lang)}" for name in state.keys]
    assert [words for words in shown if words not in hints] == [], text


SHEETLIKE = {each.id for each in ACTIONS if each.screen != "review"}


def fill(key, lang):
    """The part of a label that holds no name or number."""
    return re.split(r"[{}]", catalogue(lang)[key])[0]


def squeezed(text):
    """The words of a screen without the blanks, line breaks and rules between them."""
    return re.sub(r"[\s│▌]+", "", text)


def begins_badly(line):
    """True when a pane's row begins with punctuation that closes."""
    return any(part.lstrip(" ▌▸")[:1] in NEVER_FIRST for part in line.split("│") if part.lstrip(" ▌▸"))


NEVER_FIRST = set("、。，．：；！？）】」』》〉〕,;)}»")  # ] and : are keys as well


async def go_through(eyes, keys):
    for key in keys:
        await (eyes.paste(key[1]) if isinstance(key, tuple) else eyes.press(key))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_every_screen_looks_as_it_was_agreed(desk, columns, rows, lang):
    async def story():
        seen = {}
        async with looking(desk, columns, rows, lang) as eyes:
            for state in STATES:
                await go_through(eyes, state.there)
                seen[state] = eyes.text()
                assert eyes.widths() == {columns}
                await eyes.press(*state.back)
        return seen

    with pytest.MonkeyPatch.context() as patch:  # what others write on these two sheets is theirs to test
        patch.setattr(Case, "audit", lambda _: REPORT)
        patch.setattr(Case, "proof", lambda _, **__: PROOF)
        seen = asyncio.run(story())
    for state, text in seen.items():
        look_over(state, text, columns, rows, lang)
        compare(f"{state.name}.{columns}x{rows}.{lang}", text)


@pytest.mark.parametrize("state", ALONE, ids=lambda state: state.name)
def test_a_state_of_its_own_looks_as_it_was_agreed(tmp_path, state):
    case = make_desk(tmp_path / "desk")
    state.prepare(case)

    async def story(columns, rows, lang):
        async with looking(case, columns, rows, lang) as eyes:
            await go_through(eyes, state.there)
            assert eyes.widths() == {columns}
            return eyes.text()

    for columns, rows in SIZES:
        for lang in ("zh", "en"):
            text = asyncio.run(story(columns, rows, lang))
            look_over(state, text, columns, rows, lang)
            if not state.placed:
                compare(f"{state.name}.{columns}x{rows}.{lang}", text)
    case.close()


def test_the_grids_are_more_than_enough_and_the_look_over_can_find_something():
    assert 6 * (len(STATES) + len(ALONE)) >= 100
    with pytest.raises(AssertionError):
        look_over(STATES[0], "nothing\n" * 40, 120, 40, "zh")
    assert begins_badly(" 好 │，坏")
    assert not begins_badly(" 好，│ 好")


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
        for name in (*(each.name for each in (*STATES, *ALONE) if not each.placed), "empty")
        for c, r in SIZES
        for lang in ("zh", "en")
    }
    assert {path.name for path in GRIDS.glob("*")} == names


def test_the_same_desk_is_built_twice(tmp_path):
    one, two = make_desk(tmp_path / "one"), make_desk(tmp_path / "two")
    assert one.head == two.head
    one.close()
    two.close()
