"""Keys: one registry, every action handled, named in both languages, full-width characters understood."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import factcheck.tui
from factcheck.actions import ACTIONS, Keys, action
from factcheck.events import BODIES
from factcheck.labels import LANGUAGES, catalogue
from factcheck.tui.keys import folded
from factcheck.tui.kinsoku import width
from factcheck.tui.review import HANDLERS
from factcheck.tui.sheets import SHEETS, sheet_of


def test_every_action_has_a_name_and_no_key_starts_two_on_one_screen():
    assert len({each.id for each in ACTIONS}) == len(ACTIONS)
    assert Keys().clashes() == []


def test_the_review_screen_handles_exactly_the_actions_of_the_registry():
    named = {each.id for each in ACTIONS if each.screen == "review"}
    assert named == set(HANDLERS) | set(SHEETS) | {"decide", "quit"}


@pytest.mark.parametrize("id", SHEETS)
def test_every_sheet_does_what_the_registry_says_of_its_screen(id):
    sheet = sheet_of(id)
    named = [each for each in ACTIONS if each.screen == sheet.screen_name]
    assert bool(sheet.screen_name) == bool(named)
    assert not sheet.screen_name or "do" in vars(sheet)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_action_is_named_in_words_that_fit_the_hints(lang):
    assert [each.id for each in ACTIONS if not 0 < width(each.label(lang)) <= 17] == []


def test_no_label_of_the_screens_is_left_over():
    source = "".join(path.read_text("utf-8") for path in Path(factcheck.tui.__file__).parent.glob("*.py"))
    used = set(re.findall(r"(?<![a-z.])tui\.\w+", source))
    built = (
        "tui.only_",
        "tui.order_",
        "tui.keys_",
        "tui.golden_",
        "tui.view_",
        "tui.guide_",
        "tui.publisher_",
    )
    names = {name for name in catalogue("zh") if name.startswith("tui.")}
    counted = {f"{name}_one" for name in used}
    assert {name for name in names - used - counted if not name.startswith(built)} == set()
    assert {name for name in used - names if not name.endswith("_")} == set()


@pytest.mark.parametrize(
    ("sent", "character", "meant"),
    [
        ("1", "1", "1"), ("fullwidth_digit_one", "１", "1"), ("x", "ｕ", "u"), ("x", "Ｃ", "C"), ("x", "？", "?"),
        ("x", "／", "/"), ("x", "、", "/"), ("x", "：", ":"), ("x", "\u3000", "Space"), ("space", " ", "Space"),
        ("enter", "\r", "Enter"), ("backspace", "\x7f", "Backspace"), ("pagedown", None, "PgDn"), ("ctrl+p", "\x10", "ctrl+p"),
    ],
)  # fmt: skip
def test_what_an_input_method_sends_counts_as_the_plain_key(sent, character, meant):
    assert folded(SimpleNamespace(key=sent, character=character)) == meant


def test_arrows_and_letters_move_alike():
    assert Keys().started("Down") == Keys().started("j") == "down"
    assert action("accept").key == "Space"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_event_is_told_in_a_sentence(lang):
    assert [kind for kind in BODIES if f"act.{kind.replace('.', '_')}" not in catalogue(lang)] == []
