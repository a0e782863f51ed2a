"""Candidates for contradictions, with names and figures that nobody tuned for."""

import pytest

from factcheck.text import extract


def against(text):
    found = extract(text)
    quotes = {claim.id: claim.quote for claim in found.claims}
    return [(quotes[one.a], quotes[one.b]) for one in found.relations if one.kind == "contradicts"]


FILLER = "\n\n我们接着谈预算。会议在三月举行，学校招收了三十名学生。\n\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("去年市立医院院长周晓岚辞去院长职务", "这家医院的优势是周晓岚出任院长"),
        ("瑞德公司为了建厂筹集了3到4万亿日元", "考虑到南美推出的3到4万亿日元"),
        ("最大的挑战是把旧档案扫描成图片的技术难题", "对大医院来说扫描的难度其实没有那么大"),
        ("几乎所有爱去公园的人都在使用这款应用", "可能还有更多人未真正了解这款产品"),
        ("一次扫描可能由48张图片组成", "我们可以推断每次扫描的图片数量大约是几张"),
        ("单药的客观缓解率为62%", "单药的客观缓解率是52%"),
        ("单药的客观缓解率是62%", "单药的客观缓解率是52%"),
        ("截至上周一共入组了214例患者", "现在是241例患者"),
        ("禾满记位居中式快餐第二", "中式快餐这个赛道里禾满记排第三"),
    ],
)
def test_what_speaks_against_each_other_is_a_candidate(first, second):
    assert (first, second) in against(f"{first}。{FILLER}{second}。")


def test_the_two_dates_of_a_growth_do_not_contradict_each_other():
    assert against("轨道集团前年亏了11亿元。轨道集团去年亏了14亿元。") == []


def test_what_is_said_twice_is_no_contradiction():
    assert against("公司去年营收增长了12%。我们接着谈预算。公司去年营收增长了12%。") == []


def test_english_figures_of_one_thing_that_differ_are_a_candidate():
    text = "The scanner data shows the category down 2 percent. We opened 12 stores. The category is down closer to 3 percent."
    assert len(against(text)) == 1
