"""Three figures of a sentence that ought to fit together are worked out; what is about something else is left alone."""

import pytest

from factcheck.text import extract


def worked(text):
    return [(one.expression, one.holds) for one in extract(text).calculations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年卖了181万辆，比前年的157万辆增长了15%。", ("(1.81e6 辆 − 1.57e6 辆) ÷ 1.57e6 辆 = 15.287 %", "yes")),
        ("去年卖了181万辆，比前年的157万辆增长了18%。", ("(1.81e6 辆 − 1.57e6 辆) ÷ 1.57e6 辆 = 15.287 %", "no")),
        ("公司有1200人，六成是工程师，也就是720人。", ("1200 人 × (60 % ÷ 100) = 720", "yes")),
        ("公司有1200人，六成是工程师，也就是800人。", ("1200 人 × (60 % ÷ 100) = 720", "no")),
        ("销量从1500台增加到3100台，翻了一番。", ("3100 台 ÷ 1500 台 = 2.067", "yes")),
        ("今年盈利1110万元，比去年的902万元多了208万元。", ("1.11e7 CNY − 9.02e6 CNY = 2.08e6", "yes")),
        ("一年12个月，每个月卖3万台，全年卖了36万台。", ("12 月 × 30000 台 = 360000", "yes")),
        ("They delivered 800 engines instead of 950 engines, a miss of 150 engines.", ("950 engine − 800 engine = 150", "yes")),
    ],
)  # fmt: skip
def test_a_result_that_is_said_is_worked_out(text, expected):
    assert expected in worked(text)


@pytest.mark.parametrize(
    "text",
    [
        "学校有143个班，图书馆有71个座位，老师少了400个。",
        "如果公司有1200人，六成是工程师，也就是720人。",
        "公司有1200人。六成是工程师。另外招了720人。",
    ],
)
def test_figures_of_different_things_are_left_alone(text):
    assert worked(text) == []
