"""A megabyte pasted anywhere crashes nothing: what is too long is refused in a sentence, and what was typed stays."""

import asyncio

import pytest
from conftest import make_desk
from looking import looking, told
from terminal import reviewing

from factcheck.errors import Refused
from factcheck.model import LONGEST_TEXT
from factcheck.tui.question import Words

MEGABYTE = 1_000_000
PASTES = {
    "words": "蒋璐转投 TikTok。" * (MEGABYTE // 12),
    "one word": "a" * MEGABYTE,
    "a name": "www." + "a.b" * (MEGABYTE // 3),
}
BOXES = (
    "W",
    "c",
    "w",
    "s",
    "e",
    "b",
    "Q",
    "I",
    "l",
    "colon",
    "slash",
    "equals_sign",
    "m",
    "1",
    "D",
    "R",
    "f",
    "T",
)


@pytest.mark.parametrize("pasted", PASTES.values(), ids=PASTES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_the_review_screen_a_megabyte_is_refused_and_leads_to_a_file(desk, pasted, lang):
    async def story():
        async with looking(desk, 80, 24, lang) as eyes:
            await eyes.paste(pasted)
            refused = eyes.text()
            await eyes.press("escape", "9")
            return refused

    text = asyncio.run(story())
    assert f"{len(pasted):,}" in text
    assert "20,000" in text
    assert ("C5 的证据" if lang == "zh" else "for C5") in text
    assert (
        "长文作为文件附上：e 证据" if lang == "zh" else "attach a long text as a file: e evidence"
    ) in text
    assert told(desk, 1) == [("verdict.recorded", "C5", "reviewer-1")]


@pytest.mark.parametrize("key", BOXES)
def test_no_field_takes_a_megabyte_or_loses_what_was_typed(desk, key):
    desk.attach("C5", "https://example.org/a", stance="context")

    async def story():
        async with looking(desk, lang="en") as eyes:
            await eyes.press(key)
            box = eyes.screen.box
            if box.question is None:
                return []
            seen = []
            for number in [n for n, blank in enumerate(box.blanks) if isinstance(blank, Words)]:
                while box.active != number:
                    await eyes.press("tab")
                await eyes.write("mine")
                before = dict(box.answers)
                await eyes.paste(PASTES["words"])
                seen.append((before, dict(box.answers), "20,000" in eyes.text()))
            await eyes.press("escape")
            return seen

    for before, after, said in asyncio.run(story()):
        assert after == before
        assert said


def test_a_text_of_exactly_the_greatest_length_is_taken_and_one_more_letter_is_not(desk):
    async def story():
        async with looking(desk, lang="en") as eyes:
            await eyes.press("c")
            await eyes.paste("字" * LONGEST_TEXT)
            full = eyes.screen.box.answers["text"]
            await eyes.press("x")
            refused = eyes.screen.box.answers["text"], eyes.text()
            await eyes.press("backspace", "x", "enter")
            return full, refused

    full, (kept, text) = asyncio.run(story())
    assert full == kept == "字" * LONGEST_TEXT
    assert "Comment on C5 would have 20,001 characters; a text has at most 20,000." in text
    assert desk.claim("C5").notes[0].text == "字" * (LONGEST_TEXT - 1) + "x"


def test_the_palette_does_not_choke_on_a_megabyte(desk):
    async def story():
        async with looking(desk, lang="en") as eyes:
            await eyes.press("ctrl+p")
            await eyes.paste(PASTES["words"])
            await eyes.press(*"quit")
            return eyes.text()

    assert "> quit" in asyncio.run(story())


def test_the_door_has_the_same_rule(desk):
    long = "字" * (LONGEST_TEXT + 1)
    for act in (
        lambda: desk.note("C5", long),
        lambda: desk.reword("C5", long),
        lambda: desk.split("C5", long),
        lambda: desk.decide("C5", "not_checkable", because=long),
        lambda: desk.dismiss("C5", reason="trivial", note=long),
        lambda: desk.attach("C5", "https://example.org/a", note=long, stance="context"),
    ):
        with pytest.raises(Refused, match="20,001 characters; a text has at most 20,000"):
            act()
    assert told(desk, 1) == [("source.extracted", "S1", "tool:hand/1")]


def test_a_megabyte_through_a_real_terminal_leaves_the_desk_usable(tmp_path):
    make_desk(tmp_path / "desk").close()
    desk = reviewing(tmp_path / "desk")
    desk.wait("Verdict digits")
    desk.press("c")
    desk.wait("Comment on C5")
    desk.press("mine")
    desk.wait("▸ mine")
    desk.paste("word " * (MEGABYTE // 5))
    text = desk.wait("1,000,004 characters", "20,000")
    assert "▸ mine" in text
    desk.press("Enter")
    desk.wait("Verdict digits", gone=["Comment on"])
    assert desk.leave() == 0
