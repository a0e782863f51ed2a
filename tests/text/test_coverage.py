"""Nothing is silently dropped: every sentence has one class, and the sentences hold every character one can see."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from factcheck.text import Region, extract, load_packs
from factcheck.text.coverage import CLASSES, Claimed, Covered, coverage, covered, inked, with_claims
from tests.text.conftest import bundled, bundled_packs, bundled_text
from tests.text.test_places import TEXTS


def classes(text, packs=()):
    """Every sentence of a text with its class."""
    found = extract(text, packs=packs)
    said = [Claimed(each.start, each.end, each.type) for each in found.claims]
    return [(text[c.start : c.end], c.kind) for c in coverage(text, said, found.regions, packs)]


def kind_of(text, packs=()):
    """The class of a text's only sentence."""
    ((_, kind),) = classes(text, packs)
    return kind


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_sentences_of_any_text_hold_every_character_one_can_see(text):
    found = extract(text)
    said = [Claimed(each.start, each.end, each.type) for each in found.claims]
    sentences = coverage(text, said, found.regions)
    assert all(0 <= each.start < each.end <= len(text) for each in sentences)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    assert sum(inked(text[each.start : each.end]) for each in sentences) == inked(text)
    assert {each.kind for each in sentences} <= set(CLASSES)
    assert {number for each in sentences for number in each.claims} == set(range(len(said)))


@pytest.mark.parametrize(
    "text",
    [
        "1234567890 " * 40,
        "🙂🙃" * 200,
        "שלום עולם Sora 去年 مرحبا。",
        "\ufeff\n\n \u3000",
        "—— ——",
        "\x00\x01 a",
    ],
)
def test_digits_emoji_and_right_to_left_text_are_covered_too(text):
    sentences = coverage(text, [])
    assert sum(inked(text[each.start : each.end]) for each in sentences) == inked(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("去年抖音 CEO 张楠辞去抖音 CEO 的职务。", "claim"),
        ("Last week Maria Lopez joined Globex as chief scientist.", "claim"),
        ("我认为这个产品非常优秀，值得信赖。", "opinion"),
        ("I believe this design is wonderful.", "opinion"),
        ("未来剪映将会成为最大的平台。", "forecast"),
        ("我们建议投资者关注 TikTok。", "recommendation"),
        ("这个产品是什么样的？", "question"),
        ("What does Globex sell?", "question"),
        ("谢谢大家参加今天的会议。", "filler"),
        ("下面我们来看第二个问题。", "filler"),
        ("Thank you all for coming.", "filler"),
        ("扫码加微信，免费领取资料。", "advertisement"),
        ("版权所有，未经许可不得转载。", "boilerplate"),
        ("【编者注：以上内容根据录音整理】", "note"),
    ],
)  # fmt: skip
def test_a_sentence_ends_in_the_class_a_reader_would_give_it(text, kind):
    assert kind_of(text) == kind


def test_a_heading_and_a_speakers_name_are_covered_with_their_lines():
    text = "会议纪要\n\n张三：张楠辞去抖音 CEO 的职务。\n李四：这个产品是什么样的？\n张三：谢谢大家参加会议。\n李四：好的。\n"
    found = classes(text)
    assert found[0] == ("会议纪要", "heading")
    assert found[1][0] == "张三：张楠辞去抖音 CEO 的职务。"
    assert [kind for _, kind in found[1:4]] == ["claim", "question", "filler"]


def test_what_nothing_is_found_in_says_so():
    assert kind_of("在 AI 视频的未来竞争中，其对意识形态的影响尤为重要。") == "unclassified"


def test_a_claim_that_a_person_finds_is_worth_more_than_what_the_sentence_looks_like():
    text = "扫码加微信，免费领取资料。"
    before = covered(text)
    assert [each.kind for each in before] == ["advertisement"]
    assert [each.kind for each in with_claims(before, [Claimed(0, 5, "product")])] == ["claim"]


def test_a_sentence_with_an_opinion_and_a_fact_is_a_claim():
    sentences = (Covered(0, 10, "unclassified"), Covered(12, 20, "filler"))
    said = [Claimed(6, 14, "opinion"), Claimed(0, 5, "quantity"), Claimed(13, 14, "prediction")]
    first, second = with_claims(sentences, said)
    assert (first.kind, first.claims) == ("claim", (0, 1))
    assert (second.kind, second.claims) == ("forecast", (0, 2))


def test_regions_of_the_extraction_are_believed():
    text = "张楠辞去抖音 CEO 的职务。"
    assert [each.kind for each in coverage(text, [], [Region(0, len(text), "heading")])] == ["heading"]


def test_a_rule_of_the_case_that_drops_clauses_makes_filler(tmp_path):
    pack = tmp_path / "house.toml"
    pack.write_text(
        '[[rule]]\nname = "house.cheer"\nlanguage = "zh"\neffect = "drop"\nwords = ["啦啦"]\n', "utf-8"
    )
    text = "啦啦啦啦啦。"
    assert (kind_of(text), kind_of(text, load_packs([pack]))) == ("unclassified", "filler")


def test_the_bundled_transcript_is_covered_and_little_of_it_has_no_class():
    text, found = bundled_text(), bundled()
    said = [Claimed(each.start, each.end, each.type) for each in found.claims]
    sentences = coverage(text, said, found.regions, bundled_packs())
    assert sum(inked(text[each.start : each.end]) for each in sentences) == inked(text)
    assert sum(each.kind == "unclassified" for each in sentences) * 20 < len(sentences)
    sold = [each for each in sentences if each.kind == "advertisement"]
    assert sold
    assert not any(each.claims for each in sold)
