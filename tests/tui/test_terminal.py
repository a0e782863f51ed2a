"""The whole story in a real pseudo-terminal; and every byte that hostile text makes the program write."""

import json
from pathlib import Path

import pytest
from conftest import make_desk
from terminal import Terminal

from factcheck.case import Case

ROOT = Path(__file__).parent.parent.parent
LINK = "https://example.org/moves"
OSC52 = "\x1b]52;c;ZXZpbA==\x07"
HOSTILE = f"蒋璐{OSC52}\x1b[31m转投\x00\x9b31m\u202eTikTok\u2066\u200b\ufeff[red]假[/red][link=javascript:1]\x1b]0;owned\x07。"
RAW = [
    b"ZXZpbA==\x07",
    b"\x1b[31m",
    b"owned\x07",
    "\u202e".encode(),
    "\u200b".encode(),
    "\ufeff".encode(),
    "\u2066".encode(),
    "\x9b".encode(),
    b"\x00",
]


def start(folder, *options, columns=120, rows=40, **environ):
    return Terminal(
        "-m",
        "factcheck",
        "--case",
        str(folder),
        *options,
        "review",
        columns=columns,
        rows=rows,
        cwd=ROOT,
        **environ,
    )


def kinds(folder, last):
    lines = (folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()
    return [(event["kind"], event["subject"], event["by"]) for event in map(json.loads, lines[-last:])]


@pytest.fixture
def folder(tmp_path):
    make_desk(tmp_path / "desk").close()
    return tmp_path / "desk"


def test_from_triage_to_the_export_in_a_real_terminal(folder, page):
    desk = start(folder, "--lang", "zh", "--by", "reviewer-1", FACTCHECK_ALLOW_ADDRESSES=page)
    desk.wait("▸  C5", "判定键")
    desk.press("Space")
    desk.wait("▸  C2", "C5 已接受")
    desk.press("Backspace")
    desk.wait("为何排除 C2")
    desk.press("2")
    desk.wait("▸  C3", "C2 已排除")
    desk.press("Space")
    desk.wait("▸  C6", "C3 已接受")
    desk.press(":", "3", "Enter")
    desk.wait("▸  C3")
    desk.paste(f"http://{page}/news")
    desk.wait("C3 的证据", f"http://{page}/news")
    desk.press("Enter")
    desk.wait("引用 K1", "▸1 字节跳动证实，张楠去年辞去抖音 CEO 的职务。")
    desk.press("Enter")
    desk.wait("C3 已附证据", "E1")
    desk.press("1")
    desk.wait("判定 C3")
    desk.press("Enter")
    desk.wait("C3 已判定")
    desk.press("W")
    desk.wait("现在是谁")
    desk.press("reviewer-2", "Enter")
    desk.wait("reviewer-2，已就位")
    desk.press(":", "3", "Enter")
    desk.wait("▸  C3", gone=["跳到哪条"])
    desk.press("C")
    desk.wait("C3 已确认")
    desk.press("u")
    desk.wait("已撤销：C3", "▸  C3")
    desk.press("U")
    desk.wait("已重做：C3")
    assert kinds(folder, 9) == [
        ("claim.accepted", "C5", "reviewer-1"), ("claim.dismissed", "C2", "reviewer-1"), ("claim.accepted", "C3", "reviewer-1"),
        ("capture.made", "K1", "reviewer-1"),
        ("evidence.attached", "C3", "reviewer-1"), ("verdict.recorded", "C3", "reviewer-1"),
        ("verdict.confirmed", "C3", "reviewer-2"), ("event.undone", "C3", "reviewer-2"), ("event.redone", "C3", "reviewer-2"),
    ]  # fmt: skip
    desk.press("X")
    desk.wait("正式导出前还差 1 项", "C5")
    desk.press("2")
    desk.wait("→ 1-9")
    assert not list((folder / "exports").iterdir())
    desk.press("1")
    desk.wait("X1 已写入")
    assert kinds(folder, 1) == [("summary.exported", "X1", "reviewer-2")]
    desk.press("Esc")
    desk.wait("判定键")
    desk.press(":", "5", "Enter")
    desk.wait("▸  C5", gone=["跳到哪条"])
    desk.press("9")
    desk.wait("C5 已判定")
    desk.press("W")
    desk.wait("现在是谁")
    desk.press("reviewer-1", "Enter")
    desk.wait("reviewer-1，已就位")
    desk.press(":", "5", "Enter")
    desk.wait("▸  C5", gone=["跳到哪条"])
    desk.press("C")
    desk.wait("C5 已确认")
    desk.press("X")
    desk.wait("没有阻碍")
    desk.press("2")
    desk.wait("X2 已写入")
    assert kinds(folder, 3) == [
        ("verdict.recorded", "C5", "reviewer-2"), ("verdict.confirmed", "C5", "reviewer-1"), ("summary.exported", "X2", "reviewer-1")
    ]  # fmt: skip
    desk.press("Esc")
    desk.wait("判定键")
    assert desk.leave() == 0


def test_the_terminal_is_given_back_and_the_window_may_change_its_size(folder):
    desk = start(folder, "--lang", "en", "--by", "reviewer-1")
    desk.wait("Verdict digits")
    desk.resize(80, 24)
    desk.wait("1 ✔ Supported", "? help", gone=["Verdict digits"])
    desk.resize(200, 60)
    desk.wait("Verdict digits", "Reliable evidence supports every point of the claim.")
    assert desk.leave() == 0
    assert (
        bytes(desk.written).rstrip().endswith((b"\x1b[?25h", b"\x1b[?1049l", b"\x1b[?2004l", b"\x1b[<u"))
        or b"\x1b[?1049l" in desk.written
    )


def test_a_name_from_the_environment_is_never_asked_for(folder):
    desk = start(folder, "--lang", "en", FACTCHECK_BY="reviewer-7")
    assert "Who are you" not in desk.wait("reviewer-7", "Verdict digits")
    desk.leave()


def test_without_a_name_it_is_asked_once_and_never_again(folder):
    desk = start(folder, "--lang", "en")
    desk.wait("Who are you?")
    desk.press("reviewer-8", "Enter")
    desk.wait("working as reviewer-8")
    desk.leave()
    again = start(folder, "--lang", "en")
    assert "Who are you" not in again.wait("reviewer-8", "Verdict digits")
    again.leave()


def test_no_hostile_character_of_a_document_reaches_the_terminal(tmp_path):
    suggested = [
        (HOSTILE, HOSTILE, "personnel_move", "yes", 4000, "", (("contradicts", "C2"),)),
        ("尾声", f"尾声{HOSTILE}", "opinion", "no", 10, "", (("contradicts", "C1"),)),
    ]
    case = make_desk(tmp_path / "desk", f"会议实录\n\n{HOSTILE}\n\nSolo {HOSTILE[:12]} 尾声\n", suggested)
    case.note("C1", HOSTILE.replace("\x00", ""))
    case.attach(
        "C1", LINK, quote=HOSTILE.replace("\x00", ""), note=HOSTILE.replace("\x00", ""), stance="supports"
    )
    case.close()
    desk = start(tmp_path / "desk", "--lang", "en", "--by", "reviewer-1", columns=120)
    desk.wait("C1", "␛")
    for keys in (["1"], ["w"], ["e"], ["s"], ["l", "2"], ["D"], ["Backspace"], ["/"]):
        desk.press(*keys)
        desk.read(0.4)
        desk.press("Esc")
        desk.read(0.4)
    for key, seen in (
        ("r", "Relations and"),
        ("g", "Readings"),
        ("X", "preview"),
        ("a", "passed"),
        ("?", "Moving"),
    ):
        desk.press(key)
        desk.wait(seen)
        desk.press("Esc")
        desk.wait("Verdict digits")
    desk.press("c")
    desk.paste(HOSTILE)
    desk.read(0.5)
    desk.press("Enter", "Esc")
    desk.wait("Verdict digits", gone=["Comment on"])
    for size in ((80, 24), (200, 60)):
        desk.resize(*size)
        desk.wait("1 ✔ Supported", "? help")
    assert desk.leave() == 0
    assert [raw for raw in RAW if raw in desk.written] == []
    assert b"[red]" in desk.written


def test_the_bytes_of_a_stock_widget_do_leak_so_the_search_for_them_works(tmp_path):
    script = f"from textual.app import App\nfrom textual.widgets import Static\nclass A(App):\n def compose(self): yield Static({HOSTILE!r}, markup=False)\nA().run()"
    leaky = Terminal("-c", script, columns=80, rows=24)
    leaky.wait("蒋璐")
    leaky.press("\x11")
    leaky.read(2)
    leaky.child.close(force=True)
    assert [raw for raw in RAW if raw in leaky.written] != []


def test_even_a_crash_prints_only_what_has_passed_the_gate(folder):
    script = (
        "import os\nfrom factcheck.case import Case\nfrom factcheck.tui import review, run\n"
        f"def fall(desk): hostile = {HOSTILE!r}; raise RuntimeError(hostile)\n"
        "review.HANDLERS['zoom'] = fall\n"
        f"raise SystemExit(run(Case.open({str(folder)!r}, by='r'), lang='en', environ=os.environ))"
    )
    falling = Terminal("-c", script, columns=120, rows=40, cwd=ROOT)
    falling.wait("Verdict digits")
    falling.press("z")
    falling.wait("Something unforeseen happened.")
    falling.read(1)
    falling.child.close()
    assert falling.child.exitstatus == 1
    assert [raw for raw in RAW if raw in falling.written] == []
    assert b"RuntimeError" in falling.written


def test_keys_that_are_typed_ahead_reach_the_box_or_the_sheet_they_were_meant_for(folder):
    before = len((folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines())
    desk = start(folder, "--lang", "en", "--by", "reviewer-1")
    desk.wait("Verdict digits")
    for burst in (":C2\r", "c9 is no verdict here\r", ":C2\rc1 neither\r", "Xq", "gq", "aqjk"):
        desk.child.send(burst)
        desk.read(1.0)
    desk.wait("Verdict digits", "neither")
    assert desk.leave() == 0
    lines = (folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()[before:]
    acts = [(event["kind"], event["subject"], event["body"]["text"]) for event in map(json.loads, lines)]
    assert acts == [("note.added", "C2", "9 is no verdict here"), ("note.added", "C2", "1 neither")]


def test_a_newer_version_arrives_while_another_reviewer_works_in_a_real_terminal(folder, tmp_path):
    other = Case.open(folder, by="reviewer-2")
    other.decide("C6", "not_enough_evidence")
    desk = start(folder, "--lang", "en", "--by", "reviewer-1")
    desk.wait("▸  C5")
    newer = tmp_path / "newer.txt"
    newer.write_text(other.text("S1").replace("Globex as chief", "Initech as chief"), "utf-8")
    other.ingest(newer, replaces="S1")
    other.close()
    desk.press(":", "C", "6", "Enter")
    desk.wait("words changed in the newer version", "Initech")
    desk.press("8")
    desk.wait("C6 judged")
    desk.press("G")
    desk.wait("Extract S2 again")
    desk.press("1")
    desk.wait("S2: nothing new")
    assert desk.leave() == 0
    assert kinds(folder, 1) == [("verdict.recorded", "C6", "reviewer-1")]


HEAVY = (
    "aiohttp", "charset_normalizer", "docx", "httpx", "jinja2", "lxml", "markdown_it", "opencc", "pygments", "pypdf",
    "pypinyin", "rapidfuzz", "rjieba", "selectolax", "sqlite_utils", "ssrfguard", "textual_serve", "tree_sitter", "warcio",
    "textual.widgets._data_table", "textual.widgets._markdown", "textual.widgets._text_area", "textual.devtools",
    "factcheck.audit", "factcheck.cli.walk", "factcheck.export", "factcheck.text.pipeline", "factcheck.text.proposer",
    "factcheck.tui.linear", "factcheck.tui.past", "factcheck.tui.serving", "factcheck.tui.timeline",
)  # fmt: skip
"""What a review does not need before somebody asks for what it does."""
TELLS = """
import atexit, json, pathlib, sys
from factcheck.cli import main
atexit.register(lambda: pathlib.Path({path!r}).write_text(json.dumps(sorted(sys.modules))))
main()
"""


def test_a_review_starts_and_moves_without_loading_what_other_acts_need(folder, tmp_path):
    told = tmp_path / "modules.json"
    program = ("-c", TELLS.format(path=str(told)))
    desk = Terminal(*program, "--case", str(folder), "--by", "reviewer-1", "--lang", "en", "review", cwd=ROOT)
    desk.wait("▸  C5", "Verdict digits")
    desk.press("j")
    desk.wait("▸  C2")
    assert desk.leave() == 0
    loaded = set(json.loads(told.read_text()))
    assert {"factcheck.tui.review", "pydantic", "textual"} < loaded
    assert loaded & set(HEAVY) == set()
