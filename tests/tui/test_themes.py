"""Five themes, no colour at all, ASCII alone: each can be read, and nothing is said by colour alone."""

import ast
import asyncio
import json
import re
import subprocess
import sys
import tomllib
from importlib import resources
from itertools import combinations
from pathlib import Path

import pytest
from conftest import make_desk
from looking import looking, watch
from seeing import SIGHTS, apart, contrast
from terminal import reviewing

import factcheck.tui
from factcheck import config
from factcheck.labels import catalogue
from factcheck.tui import ink
from factcheck.tui.glyphs import MADE_VISIBLE, STANDS_FOR, in_ascii
from factcheck.tui.ink import DARK, LOOK, SAID, THEMES, style, wear
from factcheck.tui.kinsoku import cells, width
from factcheck.tui.rows import paint, row, run, wrapped
from factcheck.tui.saying import RELATION_GLYPHS, STANCE_GLYPHS, STATE_GLYPHS

PAINTED = {name: theme for name, theme in THEMES.items() if theme.grounds[""]}
SAYING = ("good", "bad", "warn", "calm")
ENGLISH = """Minutes

Last week Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist. The model costs 3 billion dollars to train, and I think it will change everything.
"""
SYMBOLS = re.findall(
    r'symbol = "(.)"', resources.files("factcheck").joinpath("data/verdicts.toml").read_text("utf-8")
)
SUGGESTED = (
    ("Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist", "Maria Lopez left Acme and joined Globex.", "personnel_move", "yes", 4100, "S1.g1", (("contradicts", "C2"),)),
    ("The model costs 3 billion dollars to train", "Training costs 3 billion dollars.", "quantity", "yes", 3000, "", (("contradicts", "C1"),)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def dressed():
    """Every test begins and ends in the dark, in colour, with all glyphs."""
    wear("dark")
    yield
    wear("dark")


@pytest.fixture
def folder(tmp_path):
    make_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


@pytest.fixture
def english(tmp_path):
    """A case without a letter outside ASCII."""
    case = make_desk(tmp_path / "english", ENGLISH, SUGGESTED, name="minutes", title="Minutes")
    case.attach("C1", "https://example.org/moves", quote="joined Globex", stance="supports")
    case.decide("C1", "supported", because="Globex says so.")
    case.close()
    return tmp_path / "english"


def codes(written):
    """Every parameter of every SGR that was written (ECMA-48, 8.3.117); what follows 38 and 48 belongs to them."""
    found = set()
    for parameters in re.findall(rb"\x1b\[([0-9;:]*)m", bytes(written)):
        numbers = [int(each or 0) for each in re.split(rb"[;:]", parameters)]
        while numbers:
            code = numbers.pop(0)
            if code in {38, 48}:
                kind = numbers.pop(0)
                found.add((code, kind))
                numbers = numbers[3 if kind == 2 else 1 :]
            else:
                found.add(code)
    return found


def coloured(found):
    """The codes that set a colour."""
    return {
        each
        for each in found
        if isinstance(each, tuple) or 30 <= each <= 37 or 40 <= each <= 47 or 90 <= each <= 97 or 100 <= each <= 107
    }  # fmt: skip


# -- palettes ------------------------------------------------------------------------------------------


def test_the_themes_of_the_settings_are_those_of_the_screen():
    assert tuple(THEMES) == config.THEMES


def test_every_painted_theme_has_every_ink_and_every_ground():
    assert {tuple(theme.inks) for theme in PAINTED.values()} == {tuple(DARK.inks)}
    assert {tuple(theme.grounds) for theme in (*THEMES.values(), ink.PLAIN)} == {tuple(DARK.grounds)}
    assert THEMES["terminal"].inks.keys() <= DARK.inks.keys()


@pytest.mark.parametrize("name", PAINTED)
@pytest.mark.parametrize("ground", DARK.grounds)
def test_every_ink_can_be_read_on_every_ground(name, ground):
    """WCAG 2.2: 1.4.3 for words, 1.4.6 in the theme of high contrast, 1.4.11 for rules, which no word is written in."""
    wear(name)
    under = PAINTED[name].grounds[ground]
    seen = {each: contrast(style(each, ground).color.triplet.hex, under) for each in DARK.inks}
    enough = 7 if name == "contrast" else 4.5
    needed = dict.fromkeys(seen, enough) | ({} if name == "contrast" else {"rule": 3})
    assert {each: round(seen[each], 2) for each in seen if seen[each] < needed[each]} == {}


def test_no_word_is_written_in_the_ink_of_rules():
    for path in Path(factcheck.tui.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and any(
                isinstance(each, ast.Constant) and each.value == "rule" for each in node.args
            ):
                words = "".join(
                    n.value
                    for n in ast.walk(node.args[0])
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                )
                assert not re.search(r"\w", words), f"{path.name}:{node.lineno}"
                assert not isinstance(node.args[0], ast.Name), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("sight", SIGHTS)
def test_good_bad_warn_and_calm_look_different_without_red_or_green(sight):
    inks, dark = THEMES["colourblind"].inks, DARK.inks
    near = {f"{a} {b}": apart(inks[a], inks[b], sight) for a, b in combinations(SAYING, 2)}
    assert {pair: round(far) for pair, far in near.items() if far < 20} == {}
    assert apart(dark["good"], dark["bad"], sight) < 15 < 80 < near["good bad"]


def test_a_matrix_of_a_sight_leaves_white_and_black_alone():
    for matrix in SIGHTS.values():
        assert [round(sum(line), 4) for line in matrix] == [1, 1, 1]
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_on_a_reversed_ground_letters_have_no_colour_of_their_own():
    wear("terminal")
    here = style("key good", "cursor")
    assert (here.reverse, here.bold, here.color, here.bgcolor) == (True, True, None, None)
    assert style("good").color.name == "green"


def test_without_colour_only_bold_underline_and_reverse_are_left():
    wear("light", colour=False)
    for name in (*DARK.inks, *ink.SHAPES):
        for ground in DARK.grounds:
            found = style(name, ground)
            assert (found.color, found.bgcolor, found.italic, found.dim) == (None, None, None, None), name


# -- glyphs --------------------------------------------------------------------------------------------


def constants(path):
    """The texts of a module that are not its documentation."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def test_every_glyph_of_the_desk_has_its_ascii_in_as_many_cells():
    folder = Path(factcheck.tui.__file__).parent
    modules = [
        path
        for path in folder.glob("*.py")
        if path.name not in {"keys.py", "kinsoku.py", "glyphs.py", "aloud.py"}
    ]
    texts = [text for path in modules for text in constants(path)]
    texts += [text for key, text in catalogue("en").items() if not key.startswith(("export", "told"))]
    own = {each for text in (*texts, *SYMBOLS) for each in text if not each.isascii() and cells(each) == 1}
    assert {each for each in own if each not in STANDS_FOR | MADE_VISIBLE} == set()
    for glyph, plain in (STANDS_FOR | MADE_VISIBLE).items():
        assert plain.isascii()
        assert len(plain) == cells(glyph), glyph


@pytest.mark.parametrize(
    "glyphs",
    [
        [glyph for glyph, _ in STATE_GLYPHS.values()],
        [glyph for glyph, _ in STANCE_GLYPHS.values()],
        list(RELATION_GLYPHS.values()),
        SYMBOLS,
    ],
)
def test_what_differs_in_glyphs_differs_in_ascii(glyphs):
    assert len({in_ascii(glyph, said=False) for glyph in glyphs}) == len(set(glyphs)) > 2


def test_the_words_of_a_document_stay_as_they_are():
    wear("dark", ascii=True)
    words = "张楠“60 次”→ café … ○"
    assert paint(row(run(words, f"text {SAID}")), width(words)).text == words
    assert paint(row(run("○ 待初筛 · 1", "dim")), 12).text == "o 待初筛 . 1"
    assert paint(row(run("一二三四", f"text {SAID}")), 5).text == "一二~"
    assert [paint(each, 4).text for each in wrapped("一二三四五六", 4, f"text {SAID}", most=2)] == [
        "一二",
        "三~ ",
    ]
    assert paint(row(run("a\x1bb\u200b", f"text {SAID}")), 9).text == "a^b<ZWSP>"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "keys", [(), ("r",), ("g",), ("question_mark",), ("backspace",), ("e",), ("C",), ("V",), ("i",), ("ctrl+p",), ("slash",), ("X",)]
)  # fmt: skip
def test_in_ascii_every_glyph_stands_in_the_cells_of_the_one_it_replaces(desk, keys, lang):
    usual = watch(desk, *keys, lang=lang)
    wear("dark", ascii=True)
    plain = watch(desk, *keys, lang=lang)
    assert plain != usual
    for before, after in zip(usual.splitlines(), plain.splitlines(), strict=True):
        assert in_ascii(before, said=False).rstrip() == in_ascii(after, said=False)


# -- in a terminal -------------------------------------------------------------------------------------


def test_the_theme_of_the_terminal_leaves_it_its_colours(folder):
    desk = reviewing(folder, "--theme", "terminal")
    assert tour(desk) == 0
    found = codes(desk.written)
    assert {each for each in found if isinstance(each, tuple)} == set()
    assert {each for each in coloured(found) if each >= 40 and not 90 <= each <= 97} == set()
    assert coloured(found)
    assert 7 in found


def tour(desk):
    """Some screens, and the way out; gives the exit status."""
    desk.wait("suggested", "Evidence", "saved #")
    for key, seen in (
        ("r", "Relations and"),
        ("5", "Enter records"),
        ("?", "page down"),
        ("X", "preview"),
    ):
        desk.press(key)
        desk.wait(seen)
        desk.press("Esc")
        desk.wait("Evidence", "/ filter", gone=[seen])
    return desk.leave()


def test_with_no_color_no_colour_is_written(folder):
    with_colours, without = reviewing(folder), reviewing(folder, NO_COLOR="1")
    assert (tour(with_colours), tour(without)) == (0, 0)
    assert (38, 2) in codes(with_colours.written)
    assert coloured(codes(without.written)) == set()
    assert {1, 4, 7} <= codes(without.written)


def test_no_color_goes_before_any_theme_and_an_empty_one_is_none(folder):
    without = reviewing(folder, "--theme", "light", NO_COLOR="1")
    without.wait("C5", "suggested")
    without.press("Z")
    without.wait("NO_COLOR is set")
    assert without.leave() == 0
    assert coloured(codes(without.written)) == set()
    empty = reviewing(folder, NO_COLOR="")
    empty.wait("C5", "suggested")
    assert empty.leave() == 0
    assert b"143;199;255" in empty.written  # the dark theme's blue, not a grey


def test_the_option_no_color_does_the_same(folder):
    desk = reviewing(folder, "--no-color")
    desk.wait("C5", "suggested")
    assert desk.leave() == 0
    assert coloured(codes(desk.written)) == set()


def test_without_colour_the_cursor_is_reversed_and_states_are_words(folder):
    desk = reviewing(folder, NO_COLOR="1")
    desk.wait("▸  C5", "suggested")
    here = next(y for y in range(40) if "▸  C5" in desk.text().splitlines()[y])
    assert all(desk.screen.buffer[here + down][x].reverse for down in (0, 1) for x in range(28))
    assert not any(desk.screen.buffer[here + 2][x].reverse for x in range(28))
    assert "○ suggested" in desk.text()
    assert desk.leave() == 0


def test_with_ascii_and_an_english_document_nothing_else_is_written(english):
    usual, plain = reviewing(english), reviewing(english, "--ascii")
    for desk in (usual, plain):
        desk.wait("C1", "suggested", "Mostly refuted", "saved #")
        desk.press(":", "1", "Enter")
        desk.wait("Maria Lopez left Acme", "Globex says so", "Mostly refuted", gone=["number"])
    for _ in range(50):  # the panes follow the cursor
        if in_ascii(usual.text(), said=False) == plain.text():
            break
        usual.read()
        plain.read()
    assert plain.text().isascii()
    assert ' "joined Globex"' in plain.text()
    assert not usual.text().isascii()
    for before, after in zip(usual.screen.display, plain.screen.display, strict=True):
        assert (width(before), width(after)) == (120, 120)
        assert in_ascii(before, said=False) == after
    assert (usual.leave(), tour(plain)) == (0, 0)
    assert [each for each in plain.written.decode("utf-8") if not each.isascii()] == []


def test_a_long_list_has_a_scroll_bar_in_ascii_as_well(tmp_path):
    many = [
        (f"number {n} is big", f"Number {n} is big.", "quantity", "yes", 1000, "", ())
        for n in range(100, 160)
    ]
    make_desk(tmp_path / "many", ". ".join(each[0] for each in many), many, name="many", title="Many").close()
    desk = reviewing(tmp_path / "many", "--ascii", NO_COLOR="1")
    desk.wait("C1", "suggested", "Verdict")
    assert desk.text().isascii()
    assert any(desk.screen.buffer[y][29].reverse for y in range(2, 12))
    assert not desk.screen.buffer[36][29].reverse
    assert desk.leave() == 0


# -- chosen and remembered -----------------------------------------------------------------------------


def grounds_seen(case, *keys):
    """The colours that are painted on after these keys."""

    async def story():
        async with looking(case) as eyes:
            await eyes.press(*keys)
            strips = eyes.screen._compositor.render_strips()
            styles = [each.style for strip in strips for each in strip if each.style]
            return {each.bgcolor.triplet.hex for each in styles if each.bgcolor}

    return asyncio.run(story())


def test_z_goes_to_the_next_theme_at_once_and_nothing_of_the_former_is_left(desk):
    assert grounds_seen(desk) <= set(DARK.grounds.values())
    assert grounds_seen(desk, "Z") <= set(THEMES["light"].grounds.values())
    assert LOOK.theme == "light"


def test_z_goes_round_and_remembers(desk, own_world):
    file = config.user_config_file({"HOME": str(own_world), "XDG_CONFIG_HOME": str(own_world / "config")})
    environ = {"XDG_CONFIG_HOME": str(own_world / "config")}
    seen = []
    for _ in THEMES:
        text = watch(desk, "Z", lang="en", environ=environ)
        seen.append(tomllib.loads(file.read_text("utf-8"))["theme"])
        assert f"theme: {seen[-1]}" in text
    assert seen == [*list(THEMES)[1:], "dark"]


def test_a_theme_that_was_chosen_is_there_the_next_time(folder):
    first = reviewing(folder)
    first.wait("C5", "suggested")
    first.press("Z")
    first.wait("theme: light")
    assert first.leave() == 0
    again = reviewing(folder)
    again.wait("C5", "suggested")
    assert again.leave() == 0
    assert b"251;250;247" in again.written
    assert b"21;24;30" not in again.written


def test_a_theme_that_cannot_be_kept_is_shown_all_the_same(desk, own_world):
    (own_world / "config").write_text("a file where a folder belongs")
    text = watch(desk, "Z", lang="en", environ={"XDG_CONFIG_HOME": str(own_world / "config")})
    assert "could not be kept" in text
    assert LOOK.theme == "light"


@pytest.mark.parametrize("command", ["review", "demo"])
@pytest.mark.parametrize(
    ("options", "environ", "where"),
    [(["--theme", "neon"], {}, "--theme"), ([], {"FACTCHECK_THEME": "neon"}, "FACTCHECK_THEME")],
)
def test_a_theme_that_does_not_exist_is_one_sentence(folder, monkeypatch, command, options, environ, where):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    ran = subprocess.run(
        [sys.executable, "-m", "factcheck", "--json", "--case", str(folder), command, *options],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = json.loads(ran.stderr)
    assert (ran.returncode, ran.stdout, told["where"], told["seen"]) == (2, "", where, "'neon'")
    assert told["error"] == "the themes are dark, light, contrast, colourblind and terminal."
