"""Who said what when: subtitles, time stamps and speakers' names, and quotations without them."""

import pytest

from factcheck.speech import Locator, locate, readable, speech, spoken, uncued
from factcheck.text import extract
from factcheck.text.coverage import Claimed, coverage

SRT = """1
00:12:31,000 --> 00:12:33,500
Dana: Last week Maria Lopez

2
00:12:33,600 --> 00:12:36,000
<i>joined</i> Globex as chief scientist.

3
00:12:50,000 --> 00:12:53,000
张总：蒋璐去年转

4
00:12:53,000 --> 00:12:55,000
投 TikTok。

5
00:13:00,000 --> 00:13:03,000
Dana: Sales rose 12% to $3 billion in 2023.
"""
VTT = """WEBVTT - 3 billion dollars
Kind: captions

NOTE Globex sold Initech
for 5 billion dollars.

STYLE
::cue { color: red }

intro
00:01.000 --> 00:03.500 align:start
<v 张总>蒋璐去年
转投 TikTok，

00:03.600 --> 00:06.000
<v 张总>张楠辞去<c.loud>抖音</c> CEO。</v>

00:09.000 --> 00:12.000
<v Dana Whitfield>Acme bought Globex for $2 billion in May 2023.
"""
STAMPED = "[00:00:05] Dana: Sales rose 12% in 2023.\n[00:00:09] 张总：蒋璐去年转投 TikTok。\n"


def said(text, form="srt"):
    """Each claim's words as a reader reads them, with the time and the speaker of its mention."""
    places = ((claim, locate(text, claim.start)) for claim in extract(text).claims)
    return [
        (" ".join(spoken(claim.quote, form).split()), place.time, place.speaker) for claim, place in places
    ]


def test_a_sentence_runs_over_cues_and_their_timing_lines():
    assert said(SRT) == [
        ("Last week Maria Lopez joined Globex as chief scientist", "00:12:31", "Dana"),
        ("蒋璐去年转 投 TikTok", "00:12:50", "张总"),
        ("Sales rose 12% to $3 billion in 2023", "00:13:00", "Dana"),
    ]
    assert [claim.statement for claim in extract(SRT).claims][:2] == [
        "Last week Maria Lopez joined Globex as chief scientist.",
        "蒋璐去年转投TikTok。",
    ]


def test_headers_notes_styles_and_names_of_cues_are_no_words():
    assert said(VTT) == [
        ("蒋璐去年 转投 TikTok", "00:00:01", "张总"),
        ("张楠辞去抖音 CEO", "00:00:03", "张总"),
        ("Acme bought Globex for $2 billion in May 2023", "00:00:09", "Dana Whitfield"),
    ]


def test_a_tag_inside_a_word_leaves_no_blank():
    text = "1\n00:00:01,000 --> 00:00:02,000\nAcme bought Glo<i>bex</i>, a bank, for $2 billion.\n"
    assert extract(text).claims[0].statement == "Acme bought Globex, a bank, for $2 billion."


def test_a_name_behind_a_time_stamp_is_a_speaker_s_even_once():
    assert said(STAMPED) == [
        ("Sales rose 12% in 2023", "00:00:05", "Dana"),
        ("蒋璐去年转投 TikTok", "00:00:09", "张总"),
    ]


def test_meeting_recorders_write_the_name_and_the_time_above_the_words():
    text = "发言人1 00:05\n蒋璐去年转投 TikTok。\n\n发言人2 01:02:03\n张楠辞去抖音 CEO 职务。\n"
    assert said(text) == [
        ("蒋璐去年转投 TikTok", "00:00:05", "发言人1"),
        ("张楠辞去抖音 CEO 职务", "01:02:03", "发言人2"),
    ]


def test_labels_without_times_name_the_speaker_of_the_lines_below():
    text = "张总：大家好。\n蒋璐去年转投 TikTok。\nDana Whitfield: Sales rose 12% in 2023.\n张总：谢谢。\nDana Whitfield: Thanks.\n"
    assert said(text) == [
        ("蒋璐去年转投 TikTok", "", "张总"),
        ("Sales rose 12% in 2023", "", "Dana Whitfield"),
    ]


@pytest.mark.parametrize("text", ["Sales rose 12% in 2023.", "At 12:30 the bank closed.\n3:15 pm is late.\n"])
def test_words_without_times_and_names_have_no_locator(text):
    assert Locator() == locate(text, 3)


def test_a_page_is_a_locator_too():
    assert [locate("one\n\ftwo\n\fthree\n", offset).page for offset in (0, 6, 11)] == [1, 2, 3]


def test_the_page_of_each_of_many_places_is_counted_once():
    text = ("Sales rose by 12%.\n" * 400 + "\f") * 1000
    assert [locate(text, offset).page for offset in range(0, len(text), 760)] == [
        offset // 7601 + 1 for offset in range(0, len(text), 760)
    ]


def test_what_rolls_through_two_cues_is_said_once():
    text = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\nAcme bought Globex\n\n"
        "00:03.000 --> 00:05.000\nAcme bought Globex\nfor $2 billion in May 2023.\n"
    )
    assert [claim.statement for claim in extract(text).claims] == [
        "Acme bought Globex for $2 billion in May 2023."
    ]


def test_a_pause_between_cues_ends_a_paragraph_and_an_empty_line_does_not():
    lines = [line for line in speech(SRT).lines if not line.silent]
    assert [line.lonely for line in lines] == [True, False, True, False, True]
    assert [line.opens for line in lines] == [True, False, True, False, True]


def test_the_words_between_two_offsets_are_read_without_timing_lines():
    start, end = SRT.index("Maria"), SRT.index(" as chief")
    assert readable(SRT, start, end) == "Maria Lopez\njoined Globex"
    assert SRT[start : start + 5] == readable(SRT, start, start + 5)
    cut = SRT.index(":33,500")  # inside a timing line
    assert readable(SRT, cut, SRT.index(" Maria")) == "\nLast week"


@pytest.mark.parametrize("words", ["12:30 开会", "He said: 3:0.", "a\nb", "第一行\n\n第二行", "x < y > z"])
def test_a_quotation_of_words_alone_is_left_alone(words):
    assert words == spoken(words, "text")


@pytest.mark.parametrize("text", [SRT, VTT, STAMPED])
def test_every_character_that_is_no_word_is_outside_of_every_claim_s_ends(text):
    for claim in extract(text).claims:
        assert spoken(claim.quote, "vtt")[0] == claim.quote[0]
        assert spoken(claim.quote, "vtt")[-1] == claim.quote[-1]
        assert "-->" not in claim.statement


@pytest.mark.parametrize(
    "unit",
    ["00:00:01,000 --> 00:00:02,000\n", "<v a>", "1\n", "[00:01] A: b\n", "a 00:01\n", "WEBVTT\n\nNOTE\n"],
)
def test_a_long_document_of_nothing_but_furniture_is_read_to_its_end(unit):
    assert len(unit) * 5_000 == extract(unit * 5_000).characters


def test_a_clock_in_the_words_of_a_cue_is_no_time_stamp():
    text = SRT.replace("Sales rose", "12:30 sales rose")
    assert locate(text, text.index("12:30")).time == "00:13:00"
    assert any("12:30 sales rose" in claim.statement for claim in extract(text).claims)


def test_only_a_quotation_with_timing_lines_is_read_as_one_of_cues():
    start, end = SRT.index("Last"), SRT.index(" as chief")
    assert uncued(SRT[start:end]) == "Last week Maria Lopez\njoined Globex"
    for words in ("at noon\n12:30 lunch", "<i>said</i>\nso"):
        assert uncued(words) == words


def test_tags_in_a_document_that_is_no_subtitles_were_said():
    text = "Acme bought <i>Globex</i> for $2 billion in May 2023.\n"
    (claim,) = extract(text).claims
    assert claim.statement == "Acme bought <i>Globex</i> for $2 billion in May 2023."
    assert spoken(claim.quote, "text") == claim.quote
    assert readable(text, 0, len(text)) == text


@pytest.mark.parametrize("text", [SRT, VTT])
def test_times_of_cues_are_furniture_in_the_coverage_and_not_something_unread(text):
    found = coverage(text, [Claimed(claim.start, claim.end, claim.type) for claim in extract(text).claims])
    unread = [text[each.start : each.end] for each in found if each.kind == "unclassified"]
    assert not [words for words in unread if "-->" in words]
    assert sum(len("".join(text[each.start : each.end].split())) for each in found) == len(
        "".join(text.split())
    )
