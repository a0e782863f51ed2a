"""A right figure is never called false: what is computed is certain from the words, and everything else stays silent."""

import re
from decimal import Decimal

import pytest

from factcheck.text import extract


def told(text):
    return [(work.result, work.holds) for work in extract(text).calculations]


@pytest.mark.parametrize(
    ("text", "result", "holds"),
    [
        ("Revenue rose by 40 percent to 70 million euros in 2023, after 50 million in 2022.", "40", "yes"),
        ("Revenue rose by 60 percent to 70 million euros in 2023, after 50 million in 2022.", "40", "no"),
        ("Sales were 70 million euros, against 50 million euros a year ago, a rise of 40 percent.", "40", "yes"),
        ("The price fell from 100 euros to 80 euros, down 20 percent.", "-20", "yes"),
        ("The price fell by 20 percent from 100 euros to 80 euros.", "-20", "yes"),
        ("The fee is 100 euros, 20 percent lower than the 125 euros of last year.", "-20", "yes"),
        ("The fee is 100 euros, 30 percent lower than the 125 euros of last year.", "-20", "no"),
        ("Revenue rose from 50 to 70 million euros, up 40 percent.", "40", "yes"),
        ("Output fell 40 percent to 70 tons, after 50 tons in the year before.", "40", "no"),
        ("Users more than doubled from 2 million to 5 million, up 150 percent.", "150", "yes"),
        ("The budget grew from 50 million euros to 70 million euros, more than 35 percent.", "40", "yes"),
        ("Spending went from $2 billion to $3 billion, a 50 percent increase.", "50", "yes"),
        ("The city spent 70 million euros last year, 40 percent more than the 50 million euros of 2022.", "40", "yes"),
        ("Sales were 62.5 million euros in 2022, 70 million in 2023, up 12 percent from 2022.", "12", "yes"),
        ("Globex sold 12 of 80 plants, or 15 percent.", "15", "yes"),
        ("Globex sold 12 of 80 plants, or 20 percent.", "15", "no"),
        ("We bought 3 cars at 50,000 euros each, 160,000 euros in total.", "150000", "no"),
        ("Rent rose from 1,000 euros in 2019 to 1,300 euros in 2023, an increase of 30 percent.", "30", "yes"),
        ("The company cut 300 of its 1,200 jobs, or 25 percent.", "25", "yes"),
        ("公司营收7000万元，去年5000万元，增长40%。", "40", "yes"),
        ("公司营收7000万元，去年5000万元，增长60%。", "40", "no"),
        ("由7000万元下降到5000万元，下降28.6%。", "-28.571", "yes"),
        ("比去年的5000万元增长40%，达到7000万元。", "40", "yes"),
        ("同比增长40%至7000万元，上年同期5000万元。", "40", "yes"),
        ("2022年营收5000万元，2023年营收7000万元，增长50%。", "40", "no"),
        ("去年7000万元，前年5000万元，增长40%。", "40", "yes"),
        ("价格由100元涨到150元，涨幅超过40%。", "50", "yes"),
        ("价格由100元跌到80元，跌了两成。", "-20", "yes"),
        ("床位由80张增加到100张，增长30%。", "25", "no"),
        ("TikTok 用户从5亿增长到7亿，增长40%。", "40", "yes"),
        ("公司营收84亿元，其中海外12.6亿元，占15%。", "15", "yes"),
        ("公司营收84亿元，其中海外12.6亿元，占20%。", "15", "no"),
        ("营收由1.2亿元增长到1.3亿元，增长12%。", "8.333", "unknown"),
    ],
)  # fmt: skip
def test_a_percentage_is_recomputed_where_words_tell_the_base(text, result, holds):
    assert [(result, holds)] == told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sales were 70 million euros in Germany, against 50 million euros in France, a rise of 12 percent.",
        "Sales were 70 million euros, against 50 million euros expected, up 12 percent.",
        "Sales rose 40 percent to 70 million dollars, after 50 million euros in 2022.",
        "Profit rose 12 percent as sales rose from 50 million to 70 million euros.",
        "Revenue was 70 million euros, up from 50 million euros, with profit up 12 percent.",
        "Sales rose 12 percent from a year ago to 70 million euros, after 50 million in the second quarter.",
        "Shares rose 5 percent to 70 euros, up from 50 euros in January.",
        "Sales were 50 million euros in 2021, 62.5 million in 2022, 70 million in 2023, up 40 percent from 2021.",
        "Revenue grew from 50 million to 70 million euros over three years, 12 percent a year.",
        "Margin rose from 10 percent to 15 percent, up 5 percentage points.",
        "Costs fell by 20 million euros to 80 million euros, down 20 percent.",
        "Debt fell 20 percent to 80 million euros after 50 million in 2022 repayments.",
        "Revenue did not rise 12 percent to 70 million from 50 million euros.",
        "They own 20 percent of the 50 million shares, worth 10 million euros.",
        "12 of the 80 nurses left (25 percent of those on night duty).",
        "We have 20 cars, which is 40 percent of the 70 million.",
        "We met 3 times and spent 5 million dollars.",
        "The car costs 30,000 euros, 3 times less than the old one.",
        "Sales are 3 times the 20 million euros of last year, or 60 million.",
        "Revenue fell 5 percent to 95 million dollars, below costs of 100 million dollars.",
        "Profit rose 50 percent to 30 million euros on revenue of 20 million euros.",
        "去年营收5000万元，今年利润7000万元，增幅为20%。",
        "公司营收7000万元，去年同行5000万元，增长12%。",
        "今年1月营收7000万元，去年12月5000万元，增长12%。",
        "六月营收7000万元，五月5000万元，同比增长12%。",
        "营收从5000万美元增长到7000万元，增长12%。",
        "营收7000万元，利润5000万元，增长12%。",
        "增加2000万元，达到7000万元，增长40%。",
        "公司营收7000万元，比去年少5000万元，下降41.7%。",
        "去年收入7000万元，利润增长12%，前年为5000万元。",
        "产量由100吨下降至80吨，下降了20个百分点。",
        "80名护士中有12名离职，占夜班的25%。",
        "平均工资由5000元提高到7000元，年均增长12%。",
        "营收7000万元，目标1亿元，完成75%。",
        "每人每天100元，5人共1500元。",
    ],
)
def test_nothing_is_computed_where_the_figures_may_belong_to_different_things(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The price fell from 100 euros to 80 euros, down 20 percent.",
        "Sales fell from 1,012,345 euros to 1,000,345 euros, down 1.2 percent.",
        "由7000万元下降到5000万元，下降28.6%。",
    ],
)
def test_a_printed_equation_is_true_of_the_figures_it_prints(text):
    (work,) = extract(text).calculations
    left, right = work.expression.replace("−", "-").removesuffix(" %").split(" = ")
    after, before, base = map(Decimal, re.findall(r"\d[\d.]*(?:e\d+)?", left))
    assert before == base
    assert round((after - before) / base * 100, 3) == Decimal(right)
