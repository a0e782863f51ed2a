"""The annotated transcript shows the source whole: take our insertions away and every character is there again."""

import re
from dataclasses import replace

import pytest
from headline import Desk, headline
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from factcheck.errors import NotFound
from factcheck.export import FORMATS, Scope, parse_jsonl, read_summary
from factcheck.export.annotated import numbered, runs, source_text
from factcheck.export.jsonl import jsonl
from factcheck.export.passages import Marked, Reread, Stretch, WholeText

HOSTILE = (
    "</div><script>alert(1)</script><!-- & &amp; \" '\r\nB\x00\x1b[31m\u202eevil\u2066\u2028\u2029\ufeff"
    "\U000e0041\x85\x0c\x0b\ud7ff\uffff\U0001f469\u200d\U0001f467 e\u0301 é\t\t\n\n  <b> ⟦x⟧ ▸◂ [^C1] ~~\u00a0\u3000\x7f"
)


def page(summary):
    return FORMATS["transcript"].write(summary)["transcript.html"].decode("utf-8")


def full(desk, **more):
    """The summary with the sources in it."""
    return desk.summary(in_full=True, **more)


def whole(text, marks=(), readings=(), stretches=()):
    return WholeText(
        "S1",
        text,
        tuple(Stretch(*each) for each in stretches),
        tuple(sorted((Marked(*each) for each in marks), key=lambda m: (m.start, -m.end))),
        tuple(Reread(f"R{n}", a, b, "meant", state, "", "") for n, (a, b, state) in enumerate(readings, 1)),
    )


@pytest.fixture(scope="module")
def base():
    return full(headline())


def with_text(base, text):
    return replace(base, texts=(text,))


def test_the_source_is_on_the_page_code_point_for_code_point(base):
    assert source_text(page(base), "S1") == base.texts[0].text


@pytest.mark.parametrize(
    "text", [HOSTILE, HOSTILE * 200, "字" * 10_000, "\r\n" * 50, "\n\n x", " ", "a\rb\n\r"]
)
def test_so_is_a_hostile_one_and_nothing_of_it_acts(base, text):
    marks = [("C1", 0, len(text), "shown"), ("C2", len(text) // 2, len(text), "untriaged")]
    made = page(with_text(base, whole(text, marks, [(0, 1, "accepted")], [(0, len(text), "advertisement")])))
    assert source_text(made, "S1") == text
    assert LexborHTMLParser(made).css("script") == []
    assert [letter for letter in made if not letter.isprintable() and letter not in "\n\t\u00a0\u3000"] == []


SPOTS = st.tuples(st.integers(0, 60), st.integers(1, 25))
TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\r\n\t\x00\u202e<>&ab甲。"), max_size=80)


@settings(max_examples=60, deadline=None)
@given(
    TEXTS,
    st.lists(
        st.tuples(st.sampled_from(["C1", "C2", "C9"]), SPOTS, st.sampled_from(["shown", "open", "untriaged"]))
    ),
    st.lists(st.tuples(SPOTS, st.sampled_from(["accepted", "proposed"]))),
    st.lists(st.integers(0, 80), max_size=4, unique=True),
)
def test_whatever_is_marked_in_whatever_text_the_runs_are_the_text(base, text, marks, readings, cuts):
    inside = [(c, a, min(a + n, len(text)), s) for c, (a, n), s in marks if a < len(text)]
    heard = [(a, min(a + n, len(text)), s) for (a, n), s in readings if a < len(text)]
    ends = [0, *sorted(each for each in cuts if 0 < each < len(text)), len(text)]
    roles = [
        (a, b, role)
        for a, b, role in zip(ends, ends[1:], ("summary", "note", "list", "x", "y"), strict=False)
    ]
    made = whole(text, inside, sorted(heard), roles)
    found = list(runs(made))
    assert "".join(each.text for each in found) == text
    opened = [place for each in found for place in each.opens]
    closed = [place for each in found for place in each.closes]
    assert sorted(map(str, opened)) == sorted(map(str, closed)) == sorted(map(str, numbered(made.marks)))
    assert sum(len(each.readings) for each in found) == len(heard)
    assert source_text(page(with_text(base, made)), "S1") == text


def test_a_page_without_that_source_says_so(base):
    with pytest.raises(NotFound):
        source_text(page(base), "S9")


def test_every_mention_bears_its_verdict_and_leads_to_a_footnote_that_leads_back(base):
    tree = LexborHTMLParser(page(base))
    refs = [each.attributes["href"] for each in tree.css("#S1 .at a")]
    assert set(refs) == {"#note-C1", "#note-C2", "#note-C3", "#note-C4"}
    for ref in refs:
        note = tree.css_first(ref)
        assert note is not None
        backs = [a.attributes["href"] for a in note.css("a") if a.attributes["href"].startswith("#S1-")]
        assert backs
        assert all(tree.css_first(back) is not None for back in backs)
    assert "◕ 基本属实" in tree.css_first("#S1").text() or "✔ 属实" in tree.css_first("#S1").text()


def test_the_raw_words_stay_and_the_reading_stands_behind_them(base):
    shown = LexborHTMLParser(page(base)).css_first("#S1").text()
    assert "蒋璐⟦蒋路⟧" in shown
    assert "CEE⟦CEO?⟧" in shown
    text = FORMATS["transcript"].write(base)["transcript.md"].decode("utf-8")
    assert "蒋璐⟦蒋路⟧" in text


def test_what_nobody_looked_at_is_marked_otherwise_in_words_and_look(base):
    tree = LexborHTMLParser(page(base))
    assert {each.attributes["class"] for each in tree.css("#S1 mark")} == {"is-shown", "is-untriaged"}
    assert [each.text() for each in tree.css("#S1 .at.v0")].count("○") == 2
    assert "无人看过" in tree.css_first("dl.legend").text()


def test_differences_between_mentions_are_shown():
    desk = Desk("甲公司有三十人。后来说甲公司有五十人。")
    desk.suggest(("甲公司有三十人", "甲公司有 30 人。", "quantity", {}))
    desk.accept("C1")
    desk.act("mention.added", "C1", mention=desk.mention("甲公司有五十人"))
    desk.decide("C1", "not_checkable")
    desk.confirm("C1")
    tree = LexborHTMLParser(page(full(desk)))
    assert [each.text() for each in tree.css("#note-C1 b.differs")] == ["五十"]
    assert len(tree.css("#S1 .at a")) == 2


def test_an_advertisement_is_greyed_and_named():
    desk = Desk("甲公司有三十人。\n买一送一。")
    desk.suggest(("甲公司有三十人", "甲公司有 30 人。", "quantity", {}), regions=((9, 14, "advertisement"),))
    shown = LexborHTMLParser(page(full(desk, lang="en"))).css_first("#S1 .advertisement")
    assert shown.text() == "advertisement买一送一。"


def test_a_draft_says_so_on_top_and_at_every_heading_and_blind_review_shows_no_verdict():
    desk = headline(blind=True)
    desk.act("claim.reopened", "C1", because="again")
    desk.decide("C1", "misleading", "SENTINEL", ["E1"])
    for name, data in FORMATS["transcript"].write(full(desk, draft=True, lang="en")).items():
        text = data.decode("utf-8")
        assert "SENTINEL" not in text, name
        assert text.count("DRAFT") >= 4, name


def test_without_its_text_no_transcript_gives_a_source_away(base):
    made = page(replace(base, texts=()))
    assert "本次选取中没有材料" in made
    assert 'class="source"' not in made


def test_markdown_has_a_footnote_for_each_reference(base):
    text = FORMATS["transcript"].write(base)["transcript.md"].decode("utf-8")
    refs = set(re.findall(r"◂\[\^(C\d+)\]", text))
    assert refs == set(re.findall(r"(?m)^\[\^(C\d+)\]:", text)) == {"C1", "C2", "C3", "C4"}


def test_the_lines_hold_the_texts_and_give_the_same_transcript_again(base):
    lines = jsonl(base)
    assert [row["source"] for row in parse_jsonl(lines) if row["record"] == "text"] == ["S1"]
    assert page(read_summary(lines)) == page(base)


def test_a_selection_marks_its_own_claims_alone():
    tree = LexborHTMLParser(page(full(headline(), scope=Scope(claims=("C1",)))))
    assert {each.attributes["href"] for each in tree.css("#S1 .at a")} == {"#note-C1"}
    assert tree.css("#S1 mark.is-untriaged") == []
