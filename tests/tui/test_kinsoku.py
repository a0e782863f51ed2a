"""Lines end where a printer would end them."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.tui.kinsoku import CLOSING, OPENING, breaks, clipped, width
from factcheck.tui.passage import Spot, lay_out
from factcheck.tui.rows import plain, row_width, wrapped

HAN = st.text(
    st.sampled_from("的一是在了有和人这中大为上个国我以要他时来用们生到作地"), min_size=1, max_size=8
)
LATIN = st.sampled_from(
    ["AI", "TikTok", "OpenAI", "CapCut", "Sora", "GPT-4", "30", "14.5%", "Transformer", "a", "investment"]
)
CLOSER = st.sampled_from(["，", "。", "、", "；", "”", "）", "》", ", ", ". ", "%", "……", "！？", "。”"])
OPENER = st.sampled_from(["（", "“", "《", "(", "【"])
TEXT = st.lists(
    st.one_of(HAN, LATIN, CLOSER, OPENER.flatmap(lambda o: HAN.map(lambda h: o + h)), st.just(" ")),
    max_size=60,
).map("".join)
SOURCE = "最近 GoogleVideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发，有力地证明了他的加盟对 TikTok 未来技术发展的重要性。"


def lines_of(text, columns):
    return [text[start:end] for start, end in breaks(text, columns)]


@given(TEXT, st.integers(12, 80))
def test_no_line_is_wider_than_the_column(text, columns):
    assert [line for line in lines_of(text, columns) if width(line) > columns] == []


@given(TEXT, st.integers(12, 80))
def test_only_blanks_get_lost_at_the_ends_of_lines(text, columns):
    spans = breaks(text, columns)
    gaps = [text[end:start] for (_, end), (start, _) in zip(spans, [*spans[1:], (len(text), 0)], strict=True)]
    assert [gap for gap in gaps if gap.strip(" ")] == []
    assert [a for a, _ in spans] == sorted(a for a, _ in spans)


def cuttable(text):
    """Text whose marks never pile up higher than half a line, as in any real document."""
    return not re.search("[" + re.escape("".join(CLOSING | OPENING)) + " ]{4,}", text)


@given(TEXT.filter(cuttable), st.integers(24, 80))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text, columns):
    lines = lines_of(text, columns)
    assert [line for line in lines[1:] if line[0] in CLOSING] == []
    assert [line for line in lines[:-1] if line.rstrip()[-1:] in OPENING] == []


@given(TEXT.filter(lambda text: not re.search("[!-~]{20,}", text)), st.integers(24, 80))
def test_latin_words_stay_whole(text, columns):
    spans = breaks(text, columns)
    cuts = [start for (_, end), (start, _) in itertools.pairwise(spans) if end == start]
    assert [
        text[cut - 3 : cut + 3]
        for cut in cuts
        if text[cut - 1].isascii() and text[cut - 1].isalnum() and text[cut].isascii() and text[cut].isalnum()
    ] == []


@pytest.mark.parametrize("columns", [40, 50, 76])
def test_lines_of_a_real_passage_are_nine_tenths_full(columns):
    text = SOURCE * 30
    full = [width(line) / columns for line in lines_of(text, columns)[:-1]]
    assert sum(full) / len(full) >= 0.90


@given(st.text(max_size=200), st.integers(2, 40))
def test_any_text_at_all_is_cut_without_losing_a_character(text, columns):
    kept = "".join(lines_of(text, columns))
    assert kept.replace(" ", "") == text.replace(" ", "")


def test_a_word_longer_than_the_line_is_cut_near_the_end_of_the_line():
    assert lines_of("链接 https://example.org/a/very/long/path", 20) == [
        "链接 https://exampl",
        "e.org/a/very/long/",
        "path",
    ]


@given(st.text(max_size=60), st.integers(1, 30))
def test_clipping_never_exceeds_the_room_nor_cuts_a_wide_character(text, columns):
    assert width(clipped(text, columns)) <= max(columns, min(width(text), columns))


@given(st.text(max_size=120), st.integers(10, 60))
def test_wrapped_rows_keep_to_the_column_whatever_they_hold(text, columns):
    assert [row for row in wrapped(text, columns) if row_width(row) > columns] == []


def test_the_span_is_marked_by_a_bar_and_by_its_ink_and_by_nothing_else():
    start = SOURCE.index("蒋璐")
    passage = lay_out(SOURCE, Spot(start, start + 11), (), 30)
    bars = [runs for runs in passage.rows if runs and runs[0].text == "▌ "]
    inked = "".join(run.text for runs in passage.rows for run in runs if "claim" in run.ink)
    assert inked.replace(" ", "") == SOURCE[start : start + 11].replace(" ", "")
    assert passage.rows[passage.anchor] == bars[0]


def test_a_long_paragraph_without_an_end_is_laid_out_around_the_span_only():
    passage = lay_out(SOURCE * 2000, Spot(90_000, 90_020), (), 76)
    assert len(passage.rows) < 250
    assert "▌" in plain(passage.rows)
