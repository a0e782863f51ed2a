"""The desk by lines: what each line does and says; the same ledger as by commands; nothing lost, nothing hostile let through."""

import io
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from conftest import make_desk
from looking import LINK, told
from terminal import reviewing
from test_terminal import HOSTILE, RAW

from factcheck.actions import ACTIONS
from factcheck.case import Case
from factcheck.cli import main
from factcheck.tui.linear import converse
from factcheck.tui.rows import Voice

ROOT = Path(__file__).parent.parent.parent


def talk(case, *lines, lang="en", world=None):
    """Type these lines, and give back what was said, what was typed behind "> "."""
    case.lang = lang
    typed, said = io.BytesIO("".join(f"{line}\n" for line in lines).encode()), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factcheck.tui.desk.SIDE_DELAY", 0.001)
        assert converse(case, lang, world or {}, typed, Voice(said)) == 0
    return said.getvalue()


def last(said, turn=-2):
    """What was said to one of the lines; to the last one if not told otherwise."""
    return said.split("\n> ")[turn]


# -- the open claim --------------------------------------------------------------------------------


def test_the_first_claim_is_said_with_its_place_its_source_and_its_mention_in_brackets(desk):
    said = talk(desk, "q").splitlines()
    start = said.index("60 次推理的成本是 GPT-4 推理成本的 14 倍以上。")
    assert said[start - 1 : start + 3] == [
        "C5 suggested · cost · partly checkable · priority 5.2 S1",
        "60 次推理的成本是 GPT-4 推理成本的 14 倍以上。",
        "1 of 7 · by priority",
        "S1 投资会议 · transcript",
    ]
    assert any("[mention: 60 次推理的成本也将是 GPT-4 推理成本的 14 倍以上]。" in line for line in said)
    assert "Evidence 0" in said


def test_a_long_source_is_cut_at_sentences_and_z_says_all_of_it(tmp_path):
    text = f"会议实录\n\n{'开头 [x]。' * 60}蒋璐转投 TikTok。{'后来 [y]。' * 60}\n"
    claim = ("蒋璐转投 TikTok", "蒋璐转投 TikTok。", "personnel_move", "yes", 4000, "", ())
    case = make_desk(tmp_path / "long", text, [claim])
    said = talk(case, "z", "Esc", lang="zh")
    short = next(line for line in said.splitlines() if "[提及：" in line)
    assert short.startswith("… 开头 [x]。")
    assert "。[提及：蒋璐转投 TikTok]。后来 [y]。" in short
    assert short.endswith("后来 [y]。 …")
    assert len(short) < 400
    assert f"{'开头 [x]。' * 60}[提及：蒋璐转投 TikTok]。{'后来 [y]。' * 60}" in last(said, 1)
    case.close()


def test_nothing_that_is_drawn_is_said(desk):
    said = talk(desk, "?", "r", ".", "g", ".", "1", ".", "a", "V", ".", "X", ".", lang="zh")
    assert [each for each in "─│▌╎▸○◇◐●" if each in said] == []
    assert "\x1b" not in said


def test_an_empty_line_says_the_claim_again_and_only_what_is_new_is_said_otherwise(desk):
    said = talk(desk, "c", "look", "", "Esc")
    assert last(said, 2) == "look\nC5: comment added\nComments\nreviewer-1: look"
    assert "C5 suggested" in last(said, 3)
    assert last(said) == "Esc\nnothing new; C5 is open"


@pytest.mark.parametrize("word", ["Space", "space", "accept", "接受", "ACCEPT", "ａｃｃｅｐｔ"])
def test_an_action_is_done_by_its_key_its_name_in_both_languages_and_in_full_width(desk, word):
    said = talk(desk, word)
    assert told(desk, 1) == [("claim.accepted", "C5", "reviewer-1")]
    assert last(said).startswith(f"{word}\nC5 accepted\nC2 suggested")


@pytest.mark.parametrize("word", ["C3", "c3", ":3", ": C3", "：３", "Ｃ３", ":张楠去年"])
def test_a_claim_is_jumped_to(desk, word):
    assert "C3 suggested" in last(talk(desk, word))


def test_a_jump_to_nowhere_says_so_and_stays(desk):
    assert "there is no 'C99' here." in last(talk(desk, "C99"))


@pytest.mark.parametrize(("word", "lang", "says"), [
    ("bogus", "en", "“bogus” is no key and no action. One key or name a line; ? says them all."),
    ("12", "zh", "“12”不是按键，也不是动作。每行一个按键或名称；? 念出全部。"),
    ("jj", "en", "“jj” is no key"),
    ("accept C7", "en", "“accept C7” is no key"),
    ("show", "en", "“show” can be several things: copy, relations, why suggested, jump"),
    ("\x1b[A\x1b]52;c;eA==\x07", "en", "“[A]52;c;eA==” is no key"),
    ("1-9 is", "en", "“1-9 is” is no key"),
])  # fmt: skip
def test_what_means_nothing_gets_one_sentence_and_does_nothing(desk, word, lang, says):
    before = told(desk, 1)
    said = talk(desk, word, lang=lang)
    assert says in last(said)
    assert told(desk, 1) == before


def test_digits_judge_and_undo_and_redo_go_by_letter(desk):
    said = talk(desk, "９", "u", "U")
    assert told(desk, 3) == [
        ("verdict.recorded", "C5", "reviewer-1"), ("event.undone", "C5", "reviewer-1"), ("event.redone", "C5", "reviewer-1")
    ]  # fmt: skip
    assert "undone: C5 judged: Not checkable · U redoes" in said


def test_the_copied_words_are_said_since_there_is_no_clipboard(desk):
    assert "C5 60 次推理的成本是 GPT-4 推理成本的 14 倍以上。" in last(talk(desk, "y")).splitlines()


def test_marks_panes_and_the_filter_are_told(desk):
    said = talk(desk, "x", "k", "x", "Tab", "Tab", "Tab", "/", "张楠", "", "2", ".")
    assert "1 marked claim: C5" in last(said, 1)
    assert "0 marked claims: –" in last(said, 3)
    assert [last(said, n).splitlines()[-1] for n in (4, 5, 6)] == [
        "j and k now move in the source; z says more of it", "j and k now choose evidence", "j and k now go from claim to claim"
    ]  # fmt: skip
    assert "in text order · “张楠”" in last(said, 10)


def test_others_acts_are_said_before_anything_is_done(desk, monkeypatch):
    from factcheck.tui.linear import Conversation

    take = Conversation.take

    def meanwhile(self, line):
        if line == "9":
            with_other = Case.open(desk.folder, by="reviewer-2")
            with_other.reword("C5", "Somebody else has reworded this.")
            with_other.close()
            self.desk.poll()
        take(self, line)

    monkeypatch.setattr(Conversation, "take", meanwhile)
    said = talk(desk, "9", "q")
    assert told(desk, 1) == [("claim.reworded", "C5", "reviewer-2")]
    assert "This changed meanwhile, so nothing was done." in last(said, 1)
    assert "Somebody else has reworded this." in last(said, 1)


# -- boxes -----------------------------------------------------------------------------------------


def test_a_link_is_pasted_and_every_blank_is_asked_in_turn(desk):
    said = talk(desk, f"e {LINK}", "", "the sum", "refutes", "", "2")
    assert told(desk, 1) == [("evidence.attached", "C5", "reviewer-1")]
    evidence = desk.claim("C5").live_evidence[0]
    assert (evidence.url, evidence.quote, evidence.stance, evidence.note) == (LINK, "the sum", "refutes", "")
    assert last(said, 1).splitlines()[1] == "Evidence for C5"
    assert last(said, 1).splitlines()[-1] == f"what (web address, file, or K…) now: {LINK}"
    assert last(said, 2).splitlines()[1:] == ["quote (optional)"]
    assert last(said, 3).splitlines()[1:] == ["stance", "1 supports (chosen)", "2 refutes", "3 context"]
    assert last(said, 5).splitlines()[1:] == ["how", "1 fetch and keep the page now (chosen)", "2 link only"]
    assert "C5: evidence attached" in last(said)
    assert "E1 − refutes example.org · not captured" in last(said)


def test_a_bare_link_is_evidence_too_and_enter_records_what_is_there(desk):
    talk(desk, LINK, "", "so", "1", "", "link only")
    assert desk.claim("C5").live_evidence[0].quote == "so"


def test_remarks_are_said_before_the_verdict_is_recorded(desk):
    desk.attach("C5", LINK, quote="1.8e11", stance="refutes")
    said = talk(desk, "5", "-", "2", "too high", "", lang="en")
    assert "now: " in last(said, 1)
    assert "! A rated verdict on C5 needs a reason." in last(said, 2)
    assert last(said, 4).splitlines()[1:] == [
        "1 ✘ Refuted", "2 because too high", "An empty line records; a number changes that line; . leaves, the text is kept."
    ]  # fmt: skip
    assert (desk.claim("C5").verdict.rating, desk.claim("C5").verdict.because) == ("refuted", "too high")


def test_an_empty_line_keeps_what_was_filled_in(desk):
    desk.attach("C5", LINK, quote="1.8e11", stance="refutes")
    before = desk.because("C5")
    talk(desk, "verdict", "3", "", "")
    assert (desk.claim("C5").verdict.rating, desk.claim("C5").verdict.because) == ("misleading", before)


def test_words_on_a_choice_go_to_the_reason_and_a_wrong_number_gets_a_sentence(desk):
    desk.attach("C5", LINK, quote="1.8e11", stance="refutes")
    said = talk(desk, "判定", "共60秒", "77", "misleading", "", "")
    assert "kept as the words of this box; now a number" in last(said, 2)
    assert "a number from 1 to 9 is needed" in last(said, 3)
    verdict = desk.claim("C5").verdict
    assert (verdict.rating, verdict.because.endswith("共60秒")) == ("misleading", True)


def test_a_refused_verdict_stays_with_its_words_and_leaving_keeps_them(desk):
    said = talk(desk, "1", "half a sentence", "", ".")
    assert "C5 has no evidence yet." in last(said, 3)
    assert "2 because half a sentence" in last(said, 3)
    assert told(desk, 1)[0][0] == "source.extracted"
    assert "because now: half a sentence" in last(talk(desk, "1", "Esc"), 1)


def test_an_instant_choice_answers_at_once_by_number_or_word(desk):
    said = talk(desk, "dismiss", "2", "Backspace", "99", "1")
    assert told(desk, 2)[0] == ("claim.dismissed", "C5", "reviewer-1")
    assert "Why dismiss C5?" in last(said, 1)
    assert told(desk, 1) == [("claim.dismissed", "C2", "reviewer-1")]


def test_a_line_that_begins_with_a_blank_is_text(desk):
    talk(desk, "c", " .")
    assert desk.claim("C5").notes[0].text == "."


def test_the_claims_that_are_named_are_said_before_they_are_merged(desk):
    said = talk(desk, "C2", "m", "C1", "")
    assert "C1 VideoPoet 的负责人蒋路加入 TikTok。" in said
    assert told(desk, 1) == [("claim.merged", "C2", "reviewer-1")]


def test_words_of_the_source_become_a_claim_at_their_exact_place(desk):
    said = talk(desk, "v", "no such words", "60  次", "sixty", "", "")
    assert "These words do not stand there so." in last(said, 2)
    new = desk.claim("C8")
    assert (new.statement, new.mentions[0].quote) == ("sixty", "60 次")


def test_without_a_name_it_is_asked_first(desk, tmp_path):
    desk.by = ""
    said = talk(desk, "reviewer-9", "accept", world={"XDG_CONFIG_HOME": str(tmp_path)})
    assert "Who are you? Every decision carries a name; asked only once." in said.split("> ")[0]
    assert told(desk, 1) == [("claim.accepted", "C5", "reviewer-9")]


def test_a_page_is_fetched_and_its_best_sentence_offered_while_lines_wait(tmp_path, page):
    case = make_desk(tmp_path / "fetch")
    world = {"FACTCHECK_ALLOW_ADDRESSES": page}
    said = talk(
        case, "C3", f"http://{page}/news", "Enter", "", "", "", "", "", "accept", world=world, lang="zh"
    )
    assert "* 1 字节跳动证实，张楠去年辞去抖音 CEO 的职务。" in said
    assert told(case, 3)[-1][0] == "claim.accepted"
    assert case.claim("C3").live_evidence[0].quote == "字节跳动证实，张楠去年辞去抖音 CEO 的职务。"
    case.close()


def test_a_line_that_leaves_gives_up_a_page_that_does_not_come(tmp_path):
    case = make_desk(tmp_path / "fetch")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        lines = ("C3", f"http://{address}/never", "Enter", ".", "9")
        said = talk(case, *lines, world={"FACTCHECK_ALLOW_ADDRESSES": address})
    assert "fetching ..." in said
    assert "C3 judged: Not checkable" in said
    assert case.drafts_file.read_text("utf-8").count("/never") == 2
    case.close()


# -- sheets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_keys_are_said_one_a_line_and_the_desk_goes_on_at_once(desk, lang):
    said = talk(desk, "?", "PgDn", "PgDn", "接受", lang=lang)
    assert ("Space 接受 · accept" if lang == "zh" else "Space accept") in last(said, 1).splitlines()
    assert ("q 退出" if lang == "zh" else "q quit") in last(said, 3).splitlines()
    assert told(desk, 1) == [("claim.accepted", "C5", "reviewer-1")]


def test_a_tie_is_chosen_by_number_and_taken_by_a_key(desk):
    said = talk(desk, "C3", "relations", "1", "Space", "u", "accept", ".")
    assert "* 1. ≠ contradicts C4 suggested · proposed" in last(said, 2)
    assert "张楠去年辞去抖音 CEO 的职务。 / 张楠出任 CEO。" in last(said, 2)
    assert told(desk, 3) == [
        ("claim.related", "C3", "reviewer-1"), ("event.undone", "C3", "reviewer-1"), ("claim.related", "C3", "reviewer-1")
    ]  # fmt: skip


def test_a_wrong_number_or_word_on_a_sheet_gets_a_sentence(desk):
    said = talk(desk, "g", "7", "nonsense", "h", "", ".")
    assert "a number from 1 to 3 is needed" in last(said, 2)
    assert "“nonsense” does nothing here" in last(said, 3)
    assert "nothing new here" in last(said, 4)
    assert "* 1. R1" in last(said, 5)


def test_a_reading_is_taken_by_the_word_of_its_key(desk):
    talk(desk, "读法", "采纳", ".", lang="zh")
    assert told(desk, 1) == [("reading.accepted", "R1", "reviewer-1")]


def test_words_narrow_the_palette_and_enter_does_what_is_chosen(desk):
    said = talk(desk, "^p", "exp", "audit", "enter")
    assert "* 1. X export" in last(said, 2)
    assert "* 1. a audit" in last(said, 3)
    assert "nothing wrong found" in last(said)


def test_a_sentence_of_the_coverage_is_chosen_and_opened(desk):
    said = talk(desk, "coverage", "9", "Enter", lang="en")
    assert "* 9." in last(said, 2)
    assert last(said).splitlines()[1][0] in "CA"


def test_a_draft_and_a_final_export_are_written_from_the_sheet(desk):
    said = talk(desk, "accept", "export", "2", "1", ".")
    assert "1 thing keeps a final export back" in last(said, 2)
    assert told(desk, 1) == [("summary.exported", "X1", "reviewer-1")]
    assert "2\n! C5 has no verdict yet.\n→ 1-9 verdict\n> 1\nX1 exported\n" in said


def test_every_action_can_be_begun_by_its_name_and_left_and_none_tells_what_blind_review_hides(
    tmp_path, monkeypatch
):
    monkeypatch.delenv("DISPLAY", raising=False)
    case = make_desk(tmp_path / "blind")
    case.set_policy("blind", "on")
    case.attach("C5", LINK, quote="1.8e11", stance="refutes")
    case.decide("C5", "misleading", because="zyzzyva")
    case.by = "reviewer-2"
    tried = [
        each for each in ACTIONS if each.screen == "review" and each.id not in {"quit", "recheck", "person"}
    ]
    names = [each.label(("zh", "en")[number % 2]) for number, each in enumerate(tried)]
    said = talk(case, *(line for name in names for line in ("C5", name, ".")), ".", "9")
    assert "zyzzyva" not in said
    assert "is no key and no action" not in said
    assert case.claim("C5").verdicts[-1].by == "reviewer-2"
    assert case.audit().findings == ()
    case.close()


def test_the_dashboard_is_said_in_one_column_without_its_bars(desk):
    said = last(talk(desk, "accept", "dashboard", "."), 2)
    assert "By state" in said.splitlines()
    assert "suggested 6" in said.splitlines()
    assert [each for each in "█▁░│" if each in said] == []


def test_the_past_is_looked_at_by_the_number_of_its_line_and_takes_no_act(desk):
    said = talk(desk, "accept", "audit", "3", "Enter", "accept", "Esc", "Esc", ".", "C5")
    assert "as of #3" in last(said, 4)
    assert "This is the past: it takes no act." in last(said, 5)
    assert "* 4. #4" in last(said, 7)
    assert "C5 accepted" in last(said)
    assert told(desk, 1) == [("claim.accepted", "C5", "reviewer-1")]


def test_a_persons_own_keys_work_here_too(desk, own_world):
    file = own_world / "config" / "factcheck" / "keys.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('accept = "%"\nhelp = "f5"\ncomment = "ctrl+x"\n', "utf-8")
    said = talk(desk, "%", "f5", "Space", "CTRL+X", ".", world=dict(os.environ))
    assert told(desk, 1)[0][0] == "claim.accepted"
    assert "% accept" in last(said, 2).splitlines()
    assert "“Space” is no key" in last(said, 3)
    assert "Comment on C2" in last(said, 4)


# -- ends ------------------------------------------------------------------------------------------


def test_the_end_of_input_in_the_middle_of_a_box_keeps_what_was_written(desk):
    talk(desk, "1", "half a sentence")
    assert "because now: half a sentence" in last(talk(desk, "1", "."), 1)


def test_after_q_nothing_more_is_taken(desk):
    talk(desk, "q", "accept")
    assert told(desk, 1)[0][0] == "source.extracted"


def test_hostile_text_in_document_and_in_typing_leaks_no_control_byte(tmp_path):
    suggested = [
        (HOSTILE, HOSTILE, "personnel_move", "yes", 4000, "", (("contradicts", "C2"),)),
        ("尾声", f"尾声{HOSTILE}", "opinion", "no", 10, "", (("contradicts", "C1"),)),
    ]
    case = make_desk(tmp_path / "desk", f"会议实录\n\n{HOSTILE}\n\nSolo {HOSTILE[:12]} 尾声\n", suggested)
    clean = HOSTILE.replace("\x00", "")
    case.note("C1", clean)
    case.attach("C1", LINK, quote=clean, note=clean, stance="supports")
    case.close()
    keys = [
        "C1",
        "1",
        HOSTILE,
        ".",
        "w",
        ".",
        "e",
        ".",
        "s",
        ".",
        "D",
        "r",
        "1",
        ".",
        "g",
        ".",
        "X",
        ".",
        "a",
        "?",
    ]
    keys += [
        "V",
        "2",
        ".",
        "y",
        "i",
        "v",
        HOSTILE,
        ".",
        HOSTILE,
        f":{HOSTILE}",
        "c",
        HOSTILE,
        "ctrl+p",
        HOSTILE,
        ".",
    ]
    done = plainly(tmp_path / "desk", "reviewer-1", *keys)
    assert done.returncode == 0
    assert [raw for raw in RAW if raw in done.stdout + done.stderr] == []
    text = done.stdout.decode()
    assert {each for each in text if unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp"}} == {"\n"}
    assert "[red]假[/red]" in text


def plainly(folder, by, *lines, lang="en"):
    """`factcheck review --plain` in a process of its own, fed with lines."""
    typed = "".join(f"{line}\n" for line in lines).encode()
    command = [
        sys.executable,
        "-m",
        "factcheck",
        "--case",
        str(folder),
        "--by",
        by,
        "--lang",
        lang,
        "review",
        "--plain",
    ]
    return subprocess.run(command, input=typed, cwd=ROOT, capture_output=True, timeout=120, check=False)


# -- a terminal ------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_be_drawn_on_gets_the_lines(tmp_path, term):
    make_desk(tmp_path / "desk").close()
    desk = reviewing(tmp_path / "desk", by="r", TERM=term)
    desk.wait("so the desk speaks by lines", "C5 suggested", "\n>")
    desk.press("accept", "Enter")
    desk.wait("C5 accepted", "C2 suggested")
    desk.press("q", "Enter")
    while desk.read():
        pass
    desk.child.close()
    assert desk.child.exitstatus == 0
    assert b"\x1b" not in desk.written


def test_ctrl_c_ends_it_with_the_draft_kept(tmp_path):
    make_desk(tmp_path / "desk").close()
    desk = reviewing(tmp_path / "desk", "--plain", by="r")
    desk.wait("C5 suggested", "\n>")
    desk.press("1", "Enter")
    desk.wait("Verdict on C5")
    desk.press("some words", "Enter")
    desk.wait("2 because some words")
    desk.child.sendintr()
    while desk.read():
        pass
    desk.child.close()
    assert desk.child.exitstatus == 130
    assert b"some words" in plainly(tmp_path / "desk", "r", "1", ".").stdout


# -- the story of two people, by commands and by lines ---------------------------------------------

MEETING = "最近 VideoPort 的负责人蒋璐转投 TikTok。去年抖音 CEO 张楠辞去抖音 CEO 的职务。训练模型花了 30 亿美元。我认为这个产品会成功。\n"
PACK = '[[entity]]\nname = "VideoPoet"\nkind = "product"\nheard = ["VideoPort"]\n'


def commands(folder, by, *acts):
    """What one person does by commands; what stands in quotes is one word."""
    for act in acts:
        with pytest.raises(SystemExit) as end:
            main(["--case", str(folder), "--by", by, *shlex.split(act)])
        assert end.value.code == 0, act


def attached(claim):
    return f'attach {claim} https://example.org/{claim} --quote "so it says" --stance supports'


def pasted(claim):
    """A link as it is: what it is stays, the quotation, the stance, no note, not fetched."""
    return (claim, f"e https://example.org/{claim}", "", "so it says", "supports", "", "link only")


STORY = (
    ("lead-1",
     ("members add lead-1 --role lead", "members add reviewer-1 --role reviewer", "members add reviewer-2 --role reviewer", "policy blind on",
      "assign C1 reviewer-1", 'ask C1 "Where does he say so?" --to reviewer-1', 'due C4 2026-12-31 --settled-by "what it sells"'),
     ("members", "add", "lead-1", "lead", "+", "reviewer-1", "reviewer", "add a member", "reviewer-2", "1", "5", "Enter", "on", ".",
      "C1", "assign", "reviewer-1", "", "", "C1", "ask", "Where does he say so?", "reviewer-1", "", "", "C4", "due", "2026-12-31", "what it sells")),
    ("reviewer-1", ('answer C1 "On his own page."',), ("C1", "answer", "On his own page.", "", "")),
    ("reviewer-1",
     ('reword C3 "训练模型花了 30 亿美元，会上这样说。"', attached("C1"), 'decide C1 supported --because "The employer says so."',
      attached("C2"), 'decide C2 supported --because "So it was announced."', attached("C3"), 'decide C3 misleading --because "Nobody names the sum."',
      "accept C4", "retype C4 opinion", "decide C4 not_checkable", 'note C4 "an opinion, said as one"'),
     ("C3", "reword", "训练模型花了 30 亿美元，会上这样说。", *pasted("C1"), "1", "The employer says so.", "",
      *pasted("C2"), "verdict", "supported", "So it was announced.", "", *pasted("C3"), "3", "Nobody names the sum.", "Enter",
      "C4", "accept", "C4", "retype", "opinion", "9", "C4", "comment", "an opinion, said as one", "q")),
    ("reviewer-2",
     ('decide C1 supported --because "I see the same."', 'decide C2 misleading --because "Of the group, not of the app."',
      'decide C3 misleading --because "No source for the sum."', "decide C4 not_checkable"),
     ("C1", "１", "I see the same.", "", "C2", "3", "Of the group, not of the app.", "", ":3", "3", "No source for the sum.", "", "C4", "confirm", "9")),
    ("lead-1",
     ('settle C2 mostly_supported --because "True of the group."',),
     ("C2", "settle", "2", "True of the group.", "Enter")),
    ("reviewer-1",
     ("read R1", 'decide C1 supported --because "The employer says so."'),
     ("C1", "readings", "1", "Space", ".", "1", "The employer says so.", "")),
    ("reviewer-2",
     ('decide C1 supported --because "I see the same."',),
     ("C1", "verdict", "Supported", "I see the same.", "")),
    ("lead-1", ("export --lang en",), ("export", "2", ".", "q")),
)  # fmt: skip


def lines_of(folder):
    """The ledger's lines without what no two runs share: kind, subject, who, and the body with times and ids named by place."""
    events = [
        json.loads(line) for line in (folder / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()
    ]
    places = {event["id"]: f"event {number}" for number, event in enumerate(events)}

    def told_as(event):
        body = json.dumps(event["body"], ensure_ascii=False, sort_keys=True)
        for name, place in places.items():
            body = body.replace(name, place)
        return event["kind"], event["subject"], event["by"], ALIKE.sub("·", body)

    return [told_as(event) for event in events]


ALIKE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\b[0-9a-f]{64}\b")
"""Moments, and digests of files that hold moments."""


def test_the_story_of_two_people_gives_the_same_ledger_by_commands_and_by_lines(tmp_path):
    start, one, two = (tmp_path / name / "desk" for name in ("start", "commands", "lines"))
    (tmp_path / "meeting.txt").write_text(MEETING, "utf-8")
    commands(start, "lead-1", f"init {start}")
    (start / "claims" / "packs").mkdir(exist_ok=True)
    (start / "claims" / "packs" / "names.toml").write_text(PACK, "utf-8")
    commands(start, "lead-1", f"ingest {tmp_path / 'meeting.txt'} --date 2024-02-26")
    shutil.copytree(start, one)
    shutil.copytree(start, two)
    for person, acts, lines in STORY:
        commands(one, person, *acts)
        said = plainly(two, person, *lines)
        assert (said.returncode, said.stderr[:27]) == (0, b"The receipt of this session")
        assert lines_of(one) == lines_of(two), said.stdout.decode()
    kinds = [line[0] for line in lines_of(two)]
    assert kinds[-5:] == [
        "verdict.settled", "reading.accepted", "verdict.recorded", "verdict.recorded", "summary.exported"
    ]  # fmt: skip
    for folder in (one, two):
        commands(folder, "lead-1", "audit")
