"""Nothing of a document reaches a widget but through the gate: shown, run and paint."""

import ast
import unicodedata
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factcheck.tui
from factcheck.tui.rows import Voice, paint, row, run, shown

FILES = sorted(Path(factcheck.tui.__file__).parent.glob("*.py"))
GATE = "rows.py"
MAKERS = {
    "Segment",
    "Strip",
    "Text",
    "Content",
    "Static",
    "Label",
    "Markdown",
    "Button",
    "Log",
    "RichLog",
    "Input",
    "TextArea",
    "Shown",
}
STREAMS = {f"sys.{name}" for name in ("stdout", "stderr", "__stdout__", "__stderr__")}
CALLS = {"notify", "update", "print", "from_markup", "write_line", "bell"}
HOSTILE = "\x1b]52;c;ZXZpbA==\x07\x1b[31m\x00\x9b2J\u202eevil\u200b\ufeff[red]markup[/red][link=x]"


def calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node, name


def harmless(node):
    """Blanks and words that stand in the program itself need no gate."""
    argument = node.args[0] if node.args else None
    if isinstance(argument, ast.BinOp):
        argument = argument.left
    return isinstance(argument, ast.Constant)


def offences(tree, file):
    found = []
    for node, name in calls(tree):
        if name in CALLS or (name in MAKERS and file != GATE):
            found.append(f"{file}:{node.lineno} {name}")
        if file == GATE and name == "Segment" and not (harmless(node) or "visible" in ast.dump(node.args[0])):
            found.append(f"{file}:{node.lineno} {name}")
    for node in ast.walk(tree):  # nobody writes past the gate but the gate itself
        if isinstance(node, ast.ImportFrom) and node.module == "sys":
            found.append(f"{file}:{node.lineno} from sys")
        if isinstance(node, ast.Attribute) and ast.unparse(node) in STREAMS and file != GATE:
            found.append(f"{file}:{node.lineno} {node.attr}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_widget_is_ever_given_a_bare_string(path):
    assert offences(ast.parse(path.read_text("utf-8")), path.name) == []


def test_the_lint_sees_what_it_must_see():
    for line in (
        "Static(claim.statement)",
        "self.notify(claim.statement)",
        "Segment(text)",
        "widget.update(f'{a}')",
        "sys.stdout.write(claim.statement)",
        "sys.__stderr__.writelines(lines)",
        "from sys import stdout",
    ):
        assert offences(ast.parse(line), "review.py"), line


def test_textual_is_imported_for_its_bare_widgets_only():
    allowed = {
        "App",
        "ComposeResult",
        "Horizontal",
        "Vertical",
        "Color",
        "LineFilter",
        "Screen",
        "ScrollBar",
        "ScrollBarRender",
        "ScrollView",
        "Widget",
        "Strip",
        "Message",
        "Region",
        "Size",
        "Offset",
        "events",
        "ExitApp",
        "WebDriver",
        "get_current_worker",
        "Timer",
    }
    names = {
        alias.name
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "textual"
        for alias in node.names
    }
    assert names <= allowed


@given(st.text(max_size=80), st.integers(1, 60))
def test_a_painted_row_is_exactly_as_wide_as_it_must_be_and_printable(text, columns):
    strip = paint(row(run(text)), columns)
    assert strip.cell_length == columns
    sent = "".join(segment.text for segment in strip)
    assert {unicodedata.category(c) for c in sent} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} == set()


def test_hostile_text_is_said_not_obeyed():
    stream = StringIO()
    Voice(stream).line(HOSTILE)
    assert {each for each in stream.getvalue() if unicodedata.category(each) in {"Cc", "Cf"}} == {"\n"}
    assert "[red]markup[/red]" in stream.getvalue()


def test_hostile_text_is_shown_not_obeyed():
    assert not {"\x1b", "\x00", "\x9b", "\u202e", "\u200b", "\ufeff"} & set(shown(HOSTILE))
    assert "[red]markup[/red]" in shown(HOSTILE)
