"""The sentence that tells is proposed among the first; what page and claim share is met in either language."""

import pytest
from quality import pages, rank, shares

from factcheck.match.clues import clues
from factcheck.match.figures import figures, written
from factcheck.match.passages import passages
from factcheck.match.sentences import rank_sentences
from factcheck.text.script import simplified

PAGES = pages()


def ranked(page, text=""):
    return rank(page, rank_sentences(text or page.text, page.claim, plain=simplified))


@pytest.mark.parametrize(("held", "least"), [(False, 0.85), (True, 0.75)])
def test_the_sentence_that_tells_is_mostly_the_first_and_nearly_always_among_three(held, least):
    first, third = shares([ranked(page) for page in PAGES if page.held is held])

    assert first >= least
    assert third >= 0.95


@pytest.mark.parametrize("name", ["zh", "en", "mixed"])
def test_it_is_found_on_a_long_page_of_other_stories(name):
    own = [page for page in PAGES if page.set == name]
    ranks = []
    for page in own[::2]:
        others = "\n".join(other.text for other in own if other is not page)
        long = page.text + "\n" + f"{others}\n" * (70_000 // len(others) + 1)
        ranks.append(ranked(page, long))

    assert shares(ranks)[1] >= 0.8


def test_no_sentence_of_another_story_passes_for_the_right_one():
    strange = [ranked(page, PAGES[number - 7].text) for number, page in enumerate(PAGES)]

    assert shares(strange)[1] < 0.2


def test_a_claim_that_stands_in_two_sentences_is_proposed_with_both():
    text = "Weather\nThe ferry Swallow has a new captain.\nIt sails to Benura on Mondays. Rain is expected."

    found = rank_sentences(
        "The pier was built in 1950.\n" * 9 + text, "The captain of Swallow sails to Benura"
    )

    assert found[0].exact == "The ferry Swallow has a new captain.\nIt sails to Benura on Mondays."


def test_a_heading_a_question_and_a_row_of_a_table_make_no_pair_with_their_neighbour():
    text = "Orlin ferry\nWho owns the ferry?\nferry | 12\nThe Orlin ferry was sold to Nordan. It rained.\n"

    found = rank_sentences(text + "A pier was built.\n" * 9, "Who owns the Orlin ferry 12")

    assert [each.exact for each in found if "\n" in each.exact] == []


def test_a_name_of_several_words_weighs_no_more_than_what_is_said_of_it():
    text = "Port Ellery Town Hall was painted.\nPort Ellery Town Hall is old.\nIn May the clerks got 640 chairs.\n"

    found = rank_sentences(text + "It rained again.\n" * 9, "Port Ellery Town Hall ordered 640 chairs")

    assert found[0].exact == "In May the clerks got 640 chairs."


def test_traditional_characters_meet_simplified_ones_and_keep_their_own_words():
    text = "首頁。雲上科技在2023年虧損了5億元。聯繫我們。"

    assert (
        rank_sentences(text, "云上科技2023年亏损5亿元", plain=simplified)[0].exact
        == "雲上科技在2023年虧損了5億元。"
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("30亿 30 亿 三十亿 3 billion 3.0bn 3,000 million 3,000,000,000", ["3000000000"] * 7),
        ("3.2万辆 32,000 cars 32 000", ["32000"] * 3),
        ("两成 20% 20 percent ２０％ 20 per cent", ["20%"] * 5),
        ("一百万 1 million $1m", ["1000000"] * 3),
        ("12座 十二座 twelve", ["12"] * 3),
        ("2019年10月20日", ["2019", "m10", "20"]),
        ("2 月 14 日", ["m2", "14"]),
        ("20 October 2019", ["20", "m10", "2019"]),
        ("you may go", []),
        ("", []),
    ],
)
def test_figures_are_their_values_however_they_are_written(text, values):
    found = list(figures(text))

    assert [each.value for each in found] == values
    assert all(0 <= each.start < each.end <= len(text) for each in found)


def test_a_value_is_looked_for_as_it_is_mostly_written():
    assert {"30亿", "3 billion", "3bn", "3,000,000,000"} <= set(written("3000000000"))
    assert written("m10") == ("10月", "oct")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("公司盈利。他说：“很好。”然后离开！", ["公司盈利。", "他说：“很好。”", "然后离开！"]),
        (
            "Dr. Oduya paid $3.5 million. He left at 5 p.m. on Monday.",
            ["Dr. Oduya paid $3.5 million.", "He left at 5 p.m. on Monday."],
        ),
        ("Released v1.5 today. 蒋璐离职。", ["Released v1.5 today.", "蒋璐离职。"]),
        (
            "Heading\nThe operator blamed a failure of\nthe steering gear.\n",
            ["Heading", "The operator blamed a failure of\nthe steering gear."],
        ),
        (
            "港口公司在周二晚间发表的声明中表示，公司将在\n下月裁员四百人。",
            ["港口公司在周二晚间发表的声明中表示，公司将在\n下月裁员四百人。"],
        ),
        ("1. Ten cities\n(2) He left. 3) Rain", ["1. Ten cities", "(2) He left.", "3) Rain"]),
        ("一、上午设大课间\n二、课间十五分钟", ["一、上午设大课间", "二、课间十五分钟"]),
        ("Revenue | 18\nProfit | 6", ["Revenue | 18", "Profit | 6"]),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_where_its_sentences_end(text, sentences):
    assert [text[start:end] for start, end in passages(text)] == sentences


def test_a_claim_names_what_can_be_met_in_the_other_language():
    forms = {form for clue in clues("蒋璐计划裁员30亿") for form in clue.forms}

    assert {"jiang lu", "lu jiang", "lay off", "3 billion"} <= forms


@pytest.mark.parametrize("claim", ["", " ", "，。", "的", "?!"])
def test_a_claim_that_says_nothing_ranks_nothing(claim):
    assert rank_sentences("公司盈利。He left.", claim) == []
