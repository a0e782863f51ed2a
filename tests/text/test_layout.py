"""What each part of a page is for, and what therefore yields no claims."""

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
