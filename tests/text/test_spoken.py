"""Speech written down without punctuation: where clauses end, and what is no claim at all."""

from factcheck.text import extract


def quotes(text):
    return [claim.quote for claim in extract(text).claims]


def test_chinese_without_any_mark_is_cut_where_the_next_clause_opens():
    text = (
        "去年三月份我从临江地铁集团离职现在在大学做顾问五号线全长38.6公里一共设了27座车站"
        "但是去年亏了14亿左右所以我觉得票价应该上涨因为成本已经超过了收入"
    )
    found = quotes(text)
    assert "全长38.6公里" in " ".join(found)
    assert all(len(quote) < 40 for quote in found)
    assert any(quote.startswith("去年亏了14亿") for quote in found)


def test_english_without_any_mark_is_cut_at_a_conjunction_and_a_new_subject():
    text = (
        "so look there are four companies in the world that can make these castings and the biggest one had a fire back "
        "in march and that took out two of their seven furnaces so they will deliver nine hundred engines this year and "
        "i heard rebecca gains left the company to run another airline"
    )
    found = quotes(text)
    assert len(found) >= 3
    assert all(len(quote) < 200 for quote in found)


def test_a_sentence_with_its_marks_is_left_whole():
    text = "公司在去年年底以三十亿元收购了位于临江市东部新区的第二大半导体封装测试工厂及其全部设备。"
    assert [text[:-1]] == quotes(text)


def test_talk_that_says_nothing_of_the_world_is_no_claim():
    text = (
        "大家好，我是今天的主持人小周。那我们废话不多说。PPT好像翻不动，麻烦后台同事帮我看一下。"
        "公司去年营收增长了两成。好，时间差不多了，今天就到这里。"
    )
    assert quotes(text) == ["公司去年营收增长了两成"]


def test_a_clause_in_which_no_rule_no_name_and_no_figure_stands_is_talk():
    assert quotes("这个圈子其实很小，大家低头不见抬头见的。") == []
    assert quotes("这个圈子其实很小。王芳上周辞去院长职务。") == ["王芳上周辞去院长职务"]


def test_an_operator_s_phrases_are_no_claims():
    text = (
        "All participants are in a listen-only mode. If you would like to ask a question, please press star one. "
        "Revenue grew nine percent last quarter. You may now disconnect."
    )
    assert quotes(text) == ["Revenue grew nine percent last quarter"]
