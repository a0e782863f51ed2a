"""What each part of a page is for, and what therefore yields no claims."""

import textwrap

import pytest

from factcheck.text import extract
from tests.text.conftest import bundled, bundled_text, fixture


def roles(text, found):
    return [(region.role, text[region.start : region.end]) for region in found.regions]


def test_the_bundled_transcript_opens_with_a_summary_and_ends_in_advertisements():
    names = [role for role, _ in roles(bundled_text(), bundled())]
    assert names[:2] == ["heading", "summary"]
    assert names[-2:] == ["advertisement", "boilerplate"]
    assert ("heading", "会议实录") in roles(bundled_text(), bundled())


def test_no_claim_touches_an_advertisement_a_heading_or_page_furniture():
    for text, found in (
        (bundled_text(), bundled()),
        *(fixture(name) for name in ("hospital.zh.txt", "football.zh.txt", "earnings.en.txt")),
    ):
        quiet = [
            region for region in found.regions if region.role in ("advertisement", "boilerplate", "heading")
        ]
        assert quiet or "football" in text
        assert not [
            claim.quote
            for claim in found.claims
            for region in quiet
            if claim.start < region.end and region.start < claim.end
        ]


def test_a_speaker_s_advertisement_is_cut_out_of_what_he_says():
    text, found = fixture("football.zh.txt")
    assert ("advertisement", "本期节目由飞跃汽车赞助播出，现在扫码下单立享九折优惠。") in roles(text, found)
    assert any("1.5亿" in claim.quote for claim in found.claims)


def test_questions_greetings_and_talk_about_the_talk_are_no_claims():
    text = "各位下午好。下面我们来看一下第二个问题。为什么会这样呢？谢谢大家。What did you do? Thank you all for coming."
    assert extract(text).claims == ()


def test_wrapped_lines_are_one_sentence():
    text = "Last week Maria Lopez\njoined Globex as chief\nscientist. It is raining.\n"
    assert extract(text).claims[0].quote == "Last week Maria Lopez\njoined Globex as chief\nscientist"


def test_recogniser_output_without_punctuation_is_read_by_lines_and_pauses():
    text = "王芳上周辞去院长职务\n转投北京协和医院\n我们有两千名护士 新楼花了三亿元\n" * 3
    assert {"王芳上周辞去院长职务", "转投北京协和医院"} <= {claim.quote for claim in extract(text).claims}


def test_the_language_is_told():
    assert [
        extract(text).language
        for text in (
            "他去年辞职。",
            "He left in May.",
            "我们 shipped the new cluster last 周五 for customers",
        )
    ] == ["zh", "en", "mixed"]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Interview notes, Acme Robotics, 3 March 2024", "Beta Corp bought Gamma for 2 billion dollars in May 2023"),
        ("Interview notes, Acme Robotics, Berlin", "Beta Corp bought Gamma for 2 billion dollars in May 2023"),
        ("Interview notes, Acme Robotics Holdings, Berlin", "蒋璐去年转投 TikTok"),
        ("访谈记录，某某机器人股份有限公司，2024年3月3日", "贝塔公司去年以20亿美元收购了伽马公司"),
        ("某机器人公司2024年第一季度业绩说明会，2024年4月", "公司营收增长了12%"),
        ("会议纪要，某某机器人股份有限公司，北京市海淀区", "贝塔公司去年以20亿美元收购了伽马公司"),
    ],
)  # fmt: skip
def test_a_heading_is_not_read_into_the_paragraph_below_it(heading, said):
    stop = "." if said.isascii() else "。"
    assert [said] == [claim.quote for claim in extract(f"{heading}\n\n{said}{stop}").claims]


@pytest.mark.parametrize(
    "text",
    [
        "Acme said on Monday that the chief executive of\n\nGlobex left the company in May.",
        "We know that last week the chief scientist Maria Lopez\n\njoined Globex.",
    ],
)
def test_a_line_that_ends_inside_a_clause_goes_on_below_a_blank_line(text):
    assert any("\n\n" in claim.quote for claim in extract(text).claims)


def test_a_latin_full_stop_ends_a_sentence_before_chinese():
    text = "Sales rose 5% to $3 billion in Q3 2023. 该公司市值达到30亿美元。"
    expected = ["Sales rose 5% to $3 billion in Q3 2023", "该公司市值达到30亿美元"]
    assert expected == [claim.quote for claim in extract(text).claims]


def test_no_full_stop_stands_in_an_abbreviation_or_after_the_number_of_an_item():
    text = "目标包括1.收入增长40%。The board of Acme Inc. 去年任命了新的首席执行官。"
    expected = ["目标包括1.收入增长40%", "The board of Acme Inc. 去年任命了新的首席执行官"]
    assert expected == [claim.quote for claim in extract(text).claims]


ENGLISH = (
    "Good morning everyone and welcome. Last week Maria Lopez joined Globex as chief scientist. Sales rose 12% to $3 billion "
    "in 2023. Do you have any questions? Acme bought Initech for $2 billion in May, and Tom Reed resigned as its chief executive. "
    "We think that is good news. Thank you all for coming."
)
CHINESE = "各位下午好。最近 VideoPoet 的负责人蒋璐转投 TikTok。张楠辞去抖音 CEO 职务，由韩尚佑接任。公司去年营收增长了12%，达到30亿元。谢谢大家。"


def words(text):
    """The words of every claim without the blanks that depend on how lines were broken."""
    blank = "" if "。" in text else " "
    return [blank.join(claim.quote.split()).replace(" ", "") for claim in extract(text).claims]


@pytest.mark.parametrize("width", [20, 60, 79])
def test_english_in_one_paragraph_is_cut_as_if_it_had_lines(width):
    wrapped = textwrap.fill(ENGLISH, width)
    sentences = ENGLISH.replace(". ", ".\n\n").replace("? ", "?\n\n")
    assert words(ENGLISH) == words(wrapped) == words(sentences)
    assert {"MariaLopezjoinedGlobexaschiefscientist", "TomReedresignedasitschiefexecutive"} <= {
        each.removeprefix("Lastweek") for each in words(ENGLISH)
    }


@pytest.mark.parametrize("width", [7, 11, 16, 23])
def test_chinese_broken_inside_its_words_is_cut_as_if_it_were_not(width):
    broken = "\n".join(CHINESE[at : at + width] for at in range(0, len(CHINESE), width))
    assert words(CHINESE) == words(broken)
    assert "最近VideoPoet的负责人蒋璐转投TikTok" in words(CHINESE)


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_one_paragraph_is_speech_from_end_to_end(text):
    assert [("transcript", text)] == roles(text, extract(text))


def test_a_row_of_a_table_is_not_read_into_the_next():
    text = "Year | Sales\n2023 | sales rose to $3 billion\n2024 | sales fell to $2 billion\n"
    assert not [claim.quote for claim in extract(text).claims if "\n" in claim.quote]
