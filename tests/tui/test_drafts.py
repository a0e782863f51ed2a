"""What is written in a box is on the disk half a second later, and at once when the box or the program is left."""

import asyncio
import json
import os
import signal

import pytest
from conftest import make_desk
from looking import looking, watch
from terminal import reviewing
from textual.events import Key

from factcheck.tui import review

WORDS = "GPT-4 的参数没有公开。"


def saved(case):
    """The drafts as they lie on the disk."""
    return json.loads(case.drafts_file.read_text("utf-8")) if case.drafts_file.exists() else {}


@pytest.fixture
def patient(monkeypatch):
    """Words that wait go to the disk in an hour."""
    monkeypatch.setattr(review, "SAVED_WITHIN", 3600.0)


def test_words_go_to_the_disk_by_themselves_and_only_when_some_are_new(desk, monkeypatch):
    monkeypatch.setattr(review, "SAVED_WITHIN", 0.01)

    async def story():
        async with looking(desk) as eyes:
            drafts, written = eyes.screen.drafts, []
            save = drafts.save
            monkeypatch.setattr(drafts, "save", lambda: (written.append(1), save()))
            await eyes.press("1", *"ab")
            while drafts.unsaved:
                await eyes.pilot.pause(0.01)
            before = len(written)
            await eyes.press("left", "right")
            return before, len(written), drafts.unsaved

    before, after, unsaved = asyncio.run(story())
    assert saved(desk) == {"C5.verdict": {"because": "ab"}}
    assert before >= 1
    assert (after, unsaved) == (before, False)


@pytest.mark.usefixtures("patient")
def test_no_key_waits_for_the_disk_and_leaving_the_box_saves(desk):
    async def story():
        async with looking(desk) as eyes:
            await eyes.press("1")
            await eyes.write(WORDS)
            typed = saved(desk)
            await eyes.press("escape")
            return typed

    assert asyncio.run(story()) == {}
    assert saved(desk) == {"C5.verdict": {"because": WORDS}}


@pytest.mark.usefixtures("patient")
def test_words_and_escape_in_one_breath_lose_no_letter(desk):
    async def story():
        async with looking(desk) as eyes:
            await eyes.press("1")
            for letter in WORDS:
                eyes.app.post_message(Key(letter, letter))
            eyes.app.post_message(Key("escape", None))
            await eyes.settle()
            return eyes.screen.box.question

    assert asyncio.run(story()) is None
    assert saved(desk) == {"C5.verdict": {"because": WORDS}}


@pytest.mark.usefixtures("patient")
def test_quitting_in_the_middle_of_a_sentence_saves_it(desk):
    watch(desk, "1", ("write", WORDS), "ctrl+q")
    assert saved(desk) == {"C5.verdict": {"because": WORDS}}


@pytest.mark.usefixtures("patient")
def test_who_sits_down_next_neither_gets_nor_loses_the_words_of_the_one_before(desk):
    watch(
        desk,
        "c",
        ("write", "mine"),
        "escape",
        "W",
        ("write", "reviewer-2"),
        "enter",
        "c",
        ("write", "theirs"),
        "escape",
    )
    desk.by = "reviewer-1"
    assert saved(desk)["C5.comment"] == {"text": "mine"}
    desk.by = "reviewer-2"
    assert saved(desk)["C5.comment"] == {"text": "theirs"}


# -- in a real terminal ------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    make_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


def rewording(folder):
    """A reviewer who has opened the box for other words."""
    desk = reviewing(folder)
    desk.wait("Verdict digits")
    desk.press("w")
    desk.wait("Reword C5")
    return desk


def typing(folder):
    """The same, in the middle of a sentence."""
    desk = rewording(folder)
    desk.child.send(" and no more")
    desk.wait("14 倍以上。 and no more")
    return desk


def look_for(folder, words):
    """The words stand in their box when it is opened again."""
    again = rewording(folder)
    again.wait(words)
    again.press("Esc")
    again.wait("Verdict digits", gone=["Esc leaves"])
    assert again.leave() == 0


def test_after_a_kill_the_words_are_in_their_box_again(folder):
    desk = typing(folder)
    desk.read(3 * review.SAVED_WITHIN)
    os.kill(desk.child.pid, signal.SIGKILL)
    desk.child.wait()
    look_for(folder, "14 倍以上。 and no more")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_program_that_is_told_to_end_saves_and_gives_the_terminal_back(folder, name):
    number = getattr(signal, name)
    desk = typing(folder)
    desk.child.send("!")
    desk.wait("and no more!")
    os.kill(desk.child.pid, number)
    while desk.read():
        pass
    desk.child.close()
    assert desk.child.exitstatus == 128 + number
    assert b"\x1b[?1049l" in desk.written
    look_for(folder, "and no more!")


def test_a_terminal_that_goes_away_ends_the_program_and_keeps_the_words(folder):
    desk = typing(folder)
    os.close(desk.child.child_fd)
    desk.child.wait()
    look_for(folder, "and no more")
