"""The words and numbers that differ between two wordings, in Chinese, English and both."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.match.differing import differing, only_here

PAIRS = [
    ("张楠辞去抖音 CEO 的职务", "张楠出任抖音CEO的职务", ("辞去",), ("出任",)),
    ("需要 5 到 7 万亿美元", "需要 5 到 8 万亿美元", ("7 万亿",), ("8 万亿",)),
    ("需要 30 亿参数", "需要 30 万参数", ("30 亿",), ("30 万",)),
    ("三百二十亿美元", "320 亿美元", (), ()),
    ("三十亿参数", "30 亿参数", (), ()),
    ("一个二十人的团队", "一个 ２０ 人的团队", (), ()),
    ("第十个", "第十一个", ("十",), ("十一",)),
    ("OBI 预计投入 5-7 trillion 美元", "OpenAI 预计投入 5-7 trillion 美元", ("OBI",), ("OpenAI",)),
    ("蒋璐转投 TikTok。", "蒋璐加入 TikTok", ("转投",), ("加入",)),
    ("甲大乙", "丙大丁", ("甲大乙",), ("丙大丁",)),
    ("Revenue rose 7.2% to $18.5 million", "Revenue fell 7.4% to $18.5 billion.",
     ("rose 7.2%", "18.5 million"), ("fell 7.4%", "18.5 billion")),
    ("1,200 people left", "1200 people left", (), ()),
    ("It weighs 100 kg", "It weighs 10 kg", ("100",), ("10",)),
    ("We don't sell", "we DO sell!", ("don't",), ("DO",)),
    ("Maria Lopez joined Globex", "Maria  Lopez joined Acme", ("Globex",), ("Acme",)),
    ("蒋璐转投 TikTok", "蒋璐转投\nTikTok", (), ()),
    ("", "新的", (), ("新的",)),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "here", "there"), PAIRS)
def test_what_differs_is_named_on_both_sides(one, two, here, there):
    left, right = differing(one, two)
    assert (only_here(left), only_here(right)) == (here, there)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_the_pieces_give_both_wordings_again(one, two):
    left, right = differing(one, two)
    assert "".join(each.text for each in left) == one
    assert "".join(each.text for each in right) == two


@given(st.text(alphabet="辞去出任 CEO30亿万.%’'-,", max_size=40))
@settings(max_examples=200, deadline=None)
def test_a_wording_does_not_differ_from_itself(words):
    assert [only_here(side) for side in differing(words, words)] == [(), ()]


def test_endless_wordings_are_compared_as_a_whole():
    one, two = "字" * 5000, "字" * 5000 + "尾"
    assert [len(side) for side in differing(one, two)] == [1, 1]
    assert [only_here(side) for side in differing(one, one)] == [(), ()]
