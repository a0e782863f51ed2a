"""A document compared with itself: names and words that it writes in two ways, without any pack."""

import pytest

from factcheck.text import extract


def readings(text):
    return [(one.heard, one.meant) for one in extract(text).readings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("温亦恒去年出任董事长。温亦恒是工程师。今年温一恒辞职了。", ("温一恒", "温亦恒")),
        ("这个连接子是自研的，连接子很稳定。瓶颈在连接字和毒素。", ("连接字", "连接子")),
        ("一线的试应症明年可以申报。", ("试应症", "适应症")),
        ("下面可以做工艺研证。", ("研证", "验证")),
        ("他们在杭州开店，杭州很大，杭洲也有店。", ("杭洲", "杭州")),
        ("我们和 Hartwig 签约。后来 Hart wig 付了款。", ("Hart wig", "Hartwig")),
        ("Lumetra 去年量产。流迈特拉的工艺很好。", ("流迈特拉", "Lumetra")),
    ],
)  # fmt: skip
def test_a_chinese_text_proposes_its_better_attested_spelling(text, expected):
    assert expected in readings(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana Whitfield: We grew.\n\nDana Whitfield: Thanks.\n\nIn May Dana Wheat field left.", ("Wheat field", "Whitfield")),
        ("We paid Oakhollow in May. The Oak Hollow deal closed.", ("Oak Hollow", "Oakhollow")),
        ("The Sinclair loan was repaid. Sinclair agreed. The Sink lair facility grew.", ("Sink lair", "Sinclair")),
        ("Mr Mehrotra spoke. Then Mehrotra left. Later Merotra came.", ("Merotra", "Mehrotra")),
    ],
)  # fmt: skip
def test_an_english_text_proposes_its_better_attested_spelling(text, expected):
    assert expected in readings(text)


@pytest.mark.parametrize(
    "text",
    [
        "他在北京，她在上海，它在广州。他们在，她们再来。",
        "受益者很多，收益者也多。",
        "公司的权利和公司的权力不同。",
        "Germany grew and the German economy shrank. Mark met Marc.",
        "Tulsa is open. In Tulsa is a plant. All of Tulsa is happy.",
        "特斯拉 Tesla 去年卖了两百万辆。特斯拉今年也一样。",
    ],
)
def test_words_that_are_right_on_their_own_are_left_alone(text):
    assert readings(text) == []


def test_the_rarer_way_to_write_a_name_is_not_taken_for_right_because_it_came_first():
    assert ("王小鸣", "王小明") in readings("王小鸣去年辞职。王小明是经理。王小明说，王小明不知道。")


def test_two_forms_that_are_both_frequent_are_left_to_a_pack():
    text = "Solo 很好。" * 6 + "Sora 很好。" * 5
    assert readings(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他们要筹集5到7万亿美元。推出5到7万亿的计划影响很大。", ("5到7万亿", "5到7万亿美元")),
        ("They raised 18.5 million dollars. The 18.5 million, he said, is spent.", ("18.5 million", "18.5 million dollars")),
    ],
)  # fmt: skip
def test_a_figure_without_the_unit_that_it_has_elsewhere_lacks_a_word(text, expected):
    assert expected in readings(text)


def test_no_unit_is_proposed_where_two_compete():
    assert readings("他们要筹集5亿美元。学校有5亿元。推出5亿的计划影响很大。") == []
