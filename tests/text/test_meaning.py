"""Quantities, types, ranks, groups and calculations, in both languages and in other trades."""

from decimal import Decimal

import pytest

from factcheck.text import extract, shipped_packs
from factcheck.text.quantities import quantities
from tests.text.conftest import fixture


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "kind", "compare"),
    [
        ("10至20秒", 10, 20, "秒", "duration", "="),
        ("5到7万亿美元", 5e12, 7e12, "USD", "money", "="),
        ("14倍以上", 14, 14, "倍", "ratio", ">="),
        ("不会超过30张", 30, 30, "张", "amount", "<="),
        ("第十一", 11, 11, "", "rank", "="),
        ("三百二十人", 320, 320, "人", "amount", "="),
        ("百分之二十", 20, 20, "%", "percent", "="),
        ("约3至5亿元", 3e8, 5e8, "CNY", "money", "~"),
        ("$3.4 billion", 3.4e9, 3.4e9, "USD", "money", "="),
        ("more than twelve hospitals", 12, 12, "hospital", "amount", ">"),
        ("14 times", 14, 14, "times", "ratio", "="),
        ("1,200 employees", 1200, 1200, "employee", "amount", "="),
        ("4th", 4, 4, "", "rank", "="),
        ("15%至20%", 15, 20, "%", "percent", "="),
        ("40%至7000万元", 40, 40, "%", "percent", "="),
        ("four hundred and twelve million", 4.12e8, 4.12e8, "", "amount", "="),
        ("thirty-one point four percent", 31.4, 31.4, "%", "percent", "="),
        ("one point six two to one point six five billion", 1.62e9, 1.65e9, "", "amount", "="),
        ("a million and a half", 1500000, 1500000, "", "amount", "="),
        ("一成八", 18, 18, "%", "percent", "="),
        ("5 块 2", 5.2, 5.2, "CNY", "money", "="),
        ("三万四", 34000, 34000, "", "amount", "="),
        ("十一二家", 11, 12, "家", "amount", "~"),
        ("两百多亿", 2e10, 2e10, "", "amount", ">"),
        ("零点五", 0.5, 0.5, "", "amount", "="),
        ("一比五百八", 0.001724, 0.001724, "", "ratio", "="),
        ("12.4 个亿", 1.24e9, 1.24e9, "", "amount", "="),
        ("蒋璐转投 TikTok 后拿了 $5-7 million", 5e6, 7e6, "USD", "money", "="),
    ],
)
def test_a_quantity_is_read_with_its_range_unit_and_comparison(text, low, high, unit, kind, compare):
    found = next(quantities(text, 0, len(text)))
    expected = (Decimal(str(low)), Decimal(str(high)), unit, kind, compare)
    assert expected == (found.low, found.high, found.unit, found.kind, found.compare)


@pytest.mark.parametrize("text", ["GPT-4", "一方面", "一些", "v2beta", "一直"])
def test_a_figure_in_a_name_or_a_word_is_none(text):
    assert list(quantities(text, 0, len(text))) == []


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        ("hospital.zh.txt", "周建华离开医院", "personnel_move"),
        ("hospital.zh.txt", "主任一职由孙丽萍接任", "role_change"),
        ("hospital.zh.txt", "排名第二", "ranking"),
        ("hospital.zh.txt", "每次检查的成本", "cost"),
        ("hospital.zh.txt", "新院区的地段非常好", "opinion"),
        ("football.zh.txt", "罗志强从海港队转会到蓝鲸队", "personnel_move"),
        ("football.zh.txt", "任命助理教练何鹏", "role_change"),
        ("football.zh.txt", "有望卫冕", "prediction"),
        ("earnings.en.txt", "joined us as chief scientist", "personnel_move"),
        ("earnings.en.txt", "who stepped down in August", "role_change"),
        ("earnings.en.txt", "Revenue for the quarter", "financial"),
        ("earnings.en.txt", "the largest in Europe", "ranking"),
        ("earnings.en.txt", "a great result", "opinion"),
    ],
)
def test_other_trades_get_the_right_types(name, words, kind):
    claim = next(claim for claim in fixture(name)[1].claims if words in claim.quote)
    assert kind == claim.type


@pytest.mark.parametrize("name", ["hospital.zh.txt", "football.zh.txt", "earnings.en.txt"])
def test_what_happened_stands_before_what_somebody_feels(name):
    claims = fixture(name)[1].claims
    facts = [claim.priority for claim in claims if claim.type in ("personnel_move", "role_change", "ranking")]
    views = [claim.priority for claim in claims if claim.type == "opinion"]
    assert min(facts) > max(views)


def test_an_english_multiple_names_the_baseline_that_nobody_states():
    found = extract("The new plant costs 3 billion dollars, 14 times more than the old plant.")
    assert [work.expression for work in found.calculations] == ["3e9 USD = 3e9; 3e9 ÷ 14 = 2.14e8"]
    assert found.calculations[0].needs[0].startswith("the old plant = 2.14e8 USD")


@pytest.mark.parametrize(
    ("text", "result", "holds"),
    [
        ("Revenue was $412 million, up 18% from $349 million a year ago.", "18.052", "yes"),
        ("Sales were $412 million, up 30% from $349 million a year ago.", "18.052", "no"),
        ("We shipped 12,600 units, which is 15 percent of the 84,000 units sold.", "15", "yes"),
        ("去年的预算是24亿元，今年削减到21亿元，减少了12.5%。", "-12.5", "yes"),
        ("84.0亿元里它占了12.6亿元，占比16.4%。", "15", "no"),
    ],
)
def test_growth_and_shares_are_recomputed(text, result, holds):
    assert [(result, holds)] == [(work.result, work.holds) for work in extract(text).calculations]


def test_a_calculation_rests_on_the_claims_its_figures_come_from():
    _, found = fixture("earnings.en.txt")
    work = next(work for work in found.calculations if "÷ 14" in work.expression)
    rests = [one.b for one in found.relations if one.kind == "depends_on" and one.a == work.claim]
    quotes = [claim.quote for claim in found.claims if claim.id in rests]
    assert quotes == ["Training the new model takes 40 runs", "each run costs about 3 million dollars"]


def test_stepping_down_and_being_appointed_to_the_same_post_contradict_each_other():
    found = extract(
        "Ann Wu resigned as chief executive in May. Everyone knows it. Ann Wu was appointed chief executive in May.",
        packs=shipped_packs(),
    )
    assert [one.kind for one in found.relations if one.kind == "contradicts"] == ["contradicts"]


def test_a_statement_names_the_subject_it_inherits():
    found = extract("王芳上周辞去院长职务，转投北京协和医院。")
    assert "王芳转投北京协和医院。" in [claim.statement for claim in found.claims]


def statements(text):
    return [claim.statement for claim in extract(text, packs=shipped_packs()).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("字节跳动去年推出剪映，收购了三家公司。", "字节跳动收购了三家公司。"),
        ("小米公司的创始人雷军去年辞职。他加入了华为。", "他（小米公司的创始人雷军）加入了华为。"),
        ("王芳上周辞去院长职务。她下个月加入 TikTok。", "她（王芳）下个月加入TikTok。"),
        ("Our warehouse opened in March. It cost 30 million dollars.", "It (Our warehouse) cost 30 million dollars."),
    ],
)  # fmt: skip
def test_a_name_or_a_clear_noun_phrase_is_inherited(text, expected):
    assert statements(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("团队全力投入剪映项目，反映出对AI的重视。", "反映出对AI的重视。"),
        ("有力采用了变换模型，替代了扩散算法。", "替代了扩散算法。"),
        ("重新定义了视频行业。他加入了华为。", "他加入了华为。"),
        ("与许多互联网公司相比投入更多。它去年花了30亿美元。", "它去年花了30亿美元。"),
        ("记录显示公司去年亏损。它推出了三款产品。", "它推出了三款产品。"),
        ("李明任命王芳为院长，随后辞职。他去年也曾获奖。", "他去年也曾获奖。"),
        ("主任周建华接替孙丽萍担任院长。他去年获奖。", "他去年获奖。"),
        ("剪映的优势非常明显。他加入了 TikTok。", "他加入了TikTok。"),
        ("Globex hired Tom Reed in May. He earned 3 million dollars.", "He earned 3 million dollars."),
        (
            "Our warehouse opened. Driven by strong demand, revenue rose 12 percent.",
            "revenue rose 12 percent.",
        ),
    ],
)
def test_no_subject_stands_where_none_is_certain(text, expected):
    assert statements(text)[-1] == expected
