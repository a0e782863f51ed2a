"""Terminals that are small, old, odd or none: the desk is drawn, goes by lines, or says in a sentence what to do."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import make_desk
from looking import looking
from terminal import Terminal

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path):
    make_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


def words(folder):
    return ("-m", "factcheck", "--case", str(folder), "--lang", "en", "--by", "reviewer-1", "review")


def start(folder, columns=80, rows=24, without=(), **environ):
    """The reviewer in a terminal, without some variables of the environment."""
    code = (
        f"import os, sys\nfor name in {without!r}: os.environ.pop(name, None)\n"
        f"os.execv(sys.executable, [sys.executable, *{words(folder)!r}])"
    )
    return Terminal("-c", code, columns=columns, rows=rows, cwd=ROOT, **environ)


def ended(desk):
    """What was said by a reviewer that ends by itself, and its status."""
    while desk.read():
        pass
    desk.child.close()
    return desk.text().replace("\n", ""), desk.child.exitstatus


def told(folder):
    lines = (folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines[3:]]


def test_a_window_too_small_says_so_and_takes_keys_all_the_same(folder):
    desk = start(folder, 20, 5)
    desk.wait("The window is too", "small to draw in:")
    desk.resize(80, 24)
    desk.wait("1 ✔ Supported", "? help", gone=["too small"])
    desk.press("Space")
    desk.wait("C5 accepted")
    assert desk.leave() == 0


def test_forty_by_ten_shows_the_claim_and_the_keys(folder):
    desk = start(folder, 40, 10)
    desk.wait("C5 ○", "Space", gone=["too small"])
    assert desk.leave() == 0


def test_words_caret_and_selection_outlive_a_window_of_one_cell(folder):
    desk = start(folder)
    desk.wait("1 ✔ Supported")
    desk.press("c")
    desk.wait("Comment on C5")
    desk.press("half words", "Left", "Left", "Left", "Left", "Left", "Left")
    desk.wait("half words")
    for columns, rows in ((1, 1), (200, 60), (20, 5), (80, 24)):
        desk.resize(columns, rows)
        desk.read(0.3)
    desk.wait("Comment on C5", "half words")
    desk.press("-written")
    desk.wait("half-written words")
    desk.press("Enter")
    desk.wait("comment added")
    assert desk.leave() == 0
    assert [each["body"]["text"] for each in told(folder)] == ["half-written words"]


def test_a_selection_in_the_source_is_the_same_after_a_resize(tmp_path):
    case = make_desk(tmp_path / "desk")

    async def story():
        async with looking(case, lang="en") as eyes:
            await eyes.press("v", "enter", "right", "right", "right")
            before = eyes.screen.source.selection
            for size in ((1, 1), (80, 24), (200, 60)):
                await eyes.pilot.resize_terminal(*size)
                await eyes.settle()
            return before, eyes.screen.source.selection

    before, after = asyncio.run(story())
    case.close()
    assert before == after
    assert after[1] - after[0] > 3


@pytest.mark.parametrize("terminal", ["vt100", "xterm", "linux", "no-such-terminal"])
def test_other_terminals_are_drawn_on(folder, terminal):
    desk = start(folder, TERM=terminal, COLORTERM="")
    desk.wait("C5 ○", "1 ✔ Supported")
    assert desk.leave() == 0


@pytest.mark.parametrize(("without", "environ"), [((), {"TERM": "dumb"}), (("TERM",), {})])
def test_a_terminal_that_draws_nothing_is_spoken_to_by_lines(folder, without, environ):
    desk = start(folder, rows=40, without=without, **environ)
    desk.wait("as with --plain", "Evidence 0")
    desk.child.send("q\r")
    _, status = ended(desk)
    assert status == 0
    assert b"\x1b" not in desk.written


@pytest.mark.parametrize(
    "environ", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}], ids=["io", "posix"]
)
def test_a_coding_without_the_characters_of_the_screen_is_said_before_anything_is_drawn(folder, environ):
    desk = start(folder, **environ)
    said, status = ended(desk)
    assert status == 1
    assert "coding of this terminal" in said
    assert "--plain" in said
    assert b"\x1b[?1049h" not in desk.written


@pytest.mark.parametrize(
    "environ", [{"LANG": "C", "LC_ALL": "", "PYTHONUTF8": ""}, {"LC_ALL": "POSIX", "PYTHONUTF8": ""}]
)
def test_the_plain_locale_is_no_hindrance(folder, environ):
    desk = start(folder, **environ)
    desk.wait("C5 ○", "60 次推理的成本")
    assert desk.leave() == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "</dev/null", ">/dev/null", "2>/dev/null"])
def test_where_one_stream_is_no_terminal_a_sentence_names_the_desk_by_lines(folder, closed):
    """The other streams are a terminal; what is said goes where it can be read."""
    script = f"{sys.executable} {' '.join(words(folder))} {closed} || echo ended with $?"
    desk = Terminal("-c", f"import os; os.execv('/bin/sh', ['sh', '-c', {script!r}])", cwd=ROOT)
    said, _ = ended(desk)
    assert "ended with 1" in said
    assert ("--plain" in said) != closed.startswith("2>")
    assert b"\x1b[?1049h" not in desk.written


def test_a_pipe_at_both_ends_goes_by_lines_when_that_is_asked_for(folder):
    world = {name: text for name, text in os.environ.items() if not name.startswith("FACTCHECK_")}
    done = subprocess.run(
        [sys.executable, *words(folder), "--plain"],
        input="Space\nq\n", capture_output=True, text=True, encoding="utf-8", check=False, env=world | {"PYTHONUTF8": "1"}, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [each["kind"] for each in told(folder)] == ["claim.accepted"]
