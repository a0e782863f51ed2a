"""Told times stand at their place whatever breaks the line, depend on the document's date alone, and never fail."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.days import LUNAR_NEW_YEARS
from factcheck.text.resolved import time_line, told_times
from factcheck.text.times import document_date, times


def read(text, date="2024-06-12"):
    return [
        (text[one.start : one.end], one.unresolved or str(one.interval))
        for one in times(text, 0, len(text), document_date(date))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("蒋璐去年9月转投 TikTok", [("去年9月", "2023-09-01..2023-09-30")]),
        ("张楠在去\n年 9 月辞职", [("去\n年 9 月", "2023-09-01..2023-09-30")]),
        ("The news broke last\nweek.", [("last\nweek", "2024-06-03..2024-06-09")]),
        ("2025年底前完成", [("2025年底前", "2024-06-12..2025-12-31")]),
        ("it ships by Friday", [("by Friday", "2024-06-12..2024-06-14")]),
        ("两三年前没人信", [("两三年前", "vague: 两三年前")]),
        ("2023年2月30日签的", [("2023年2月30日", "out of range")]),
        ("两周后见，培训两周", [("两周后", "2024-06-24..2024-06-30")]),
        ("昨天发布，today it is live", [("昨天", "2024-06-11"), ("today", "2024-06-12")]),
    ],
)
def test_a_time_is_read_where_it_stands(text, expected):
    assert expected == read(text)


def test_without_a_date_only_what_names_its_year_is_resolved():
    text = "去年和2023年3月，since 2015"
    assert read(text, "") == [
        ("去年", "no date given"),
        ("2023年3月", "2023-03-01..2023-03-31"),
        ("since 2015", "2015-01-01.."),
    ]


def test_the_line_says_both_years_or_why_there_are_none():
    told = told_times("S1", "去年", [(0, 2)], "2024-06-12")
    assert time_line(told[0], "en") == "去年: 2023-01-01..2023-12-31 (lunar year: 2023-01-22..2024-02-09)"
    undated = told_times("S1", "去年", [(0, 2)], "")
    assert time_line(undated[0], "en") == "去年: unresolved: no date given"
    assert time_line(undated[0], "zh") == "去年：未定，原文没有给出日期"


def test_every_lunar_new_year_lies_between_the_same_two_days():
    days = [(day.month, day.day) for day in LUNAR_NEW_YEARS.values()]
    assert len(days) == 101
    assert min(days) >= (1, 21)
    assert max(days) <= (2, 20)


def test_two_lunar_new_years_lie_twelve_or_thirteen_moons_apart():
    days = list(LUNAR_NEW_YEARS.values())
    apart = {(after - before).days for before, after in pairwise(days)}
    assert apart <= {353, 354, 355, 383, 384, 385}


@pytest.mark.parametrize("date", ["2024-02", "yesterday", "2024-02-30"])
def test_what_is_no_day_is_refused(date):
    with pytest.raises(ValueError, match=r"."):
        document_date(date)


_PIECES = [
    "去",
    "年",
    "上",
    "周",
    "前",
    "月",
    "底",
    "2023",
    "9",
    "last ",
    "by ",
    "March ",
    "since ",
    "the ",
    "\n",
    " ",
    "三",
    "个",
    "Q4",
    "以来",
    "😀",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_whatever_is_said_the_places_are_in_order_and_inside(text):
    ends = 0
    for one in times(text, 0, len(text), document_date("2024-02-05..2024-02-15")):
        assert ends <= one.start < one.end <= len(text)
        assert bool(one.unresolved) != bool(one.interval)
        ends = one.end


@given(st.text(max_size=40))
def test_any_text_can_be_read(text):
    assert len(list(times(text, 0, len(text)))) <= len(text)


@pytest.mark.parametrize(
    ("text", "low"),
    [("新工厂将在7月投产", "2024-07-01"), ("三季度出货目标是三万台", "2024-07-01"), ("The plant will open in July", "2024-07-01"), ("7月投产的工厂", "2023-07-01")],
)  # fmt: skip
def test_what_is_still_to_come_is_the_next_of_its_name(text, low):
    (found,) = times(text, 0, len(text), document_date("2024-05-20"))
    assert found.interval.low == low
