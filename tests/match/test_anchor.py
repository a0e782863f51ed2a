import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.match.anchor import Anchor, anchor
from factcheck.match.sentences import rank_sentences

PAGE = "首页\n蒋璐转投 TikTok，担任研究主管。\nShe joined TikTok as research lead in 2024.\n另一条：蒋璐转投 TikTok 的消息未获证实。"


def test_a_quotation_is_found_where_it_first_stands_with_what_stands_around_it():
    assert anchor(PAGE, "蒋璐转投 TikTok", context=3) == Anchor(
        3, 14, "蒋璐转投 TikTok", "首页\n", "，担任", 100
    )


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("蒋璐 转投TikTok", "蒋璐转投 TikTok"),
        ("蒋璐转投TikTok，\n  担任 研究主管", "蒋璐转投 TikTok，担任研究主管"),
        ("joined   TikTok\nas", "joined TikTok as"),
        ("in 2024. 另一条", "in 2024.\n另一条"),
        ("担任\u200b研究\u00ad主管", "担任研究主管"),
    ],
)
def test_white_space_is_no_difference_and_the_words_are_those_of_the_page(quote, exact):
    found = anchor(PAGE, quote)

    assert (found.exact, found.score) == (exact, 100)
    assert PAGE[found.start : found.end] == exact


def test_white_space_between_words_of_an_alphabet_is_a_difference():
    assert anchor("to get her", "together", cutoff=100) is None


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("姜璐转投 TikTok，担任研究主管", "蒋璐转投 TikTok，担任研究主管"),
        ("she joined Tiktok as reserch lead", "She joined TikTok as research lead"),
        ("joined TikTok as a research lea", "joined TikTok as research lead"),
        ("蒋璐转投 TikTok, 担任研究主管", "蒋璐转投 TikTok，担任研究主管"),
    ],
)
def test_a_quotation_with_a_slip_is_proposed_and_never_called_exact(quote, exact):
    found = anchor(PAGE, quote)

    assert found.exact == exact
    assert 75 <= found.score < 100


@pytest.mark.parametrize(
    "quote",
    ["", " \n", "nothing of the kind is here", "公司今年的收入", PAGE + " and much more besides" * 20],
)
def test_what_is_not_there_is_not_found(quote):
    assert anchor(PAGE, quote) is None


def test_a_page_inside_a_longer_quotation_is_not_the_quotation():
    assert anchor("蒋璐", "蒋璐转投 TikTok，担任研究主管") is None
    assert anchor("蒋璐转投 TikTok", "蒋璐转投 TikTok了").score < 100


def test_the_cutoff_is_the_callers():
    assert anchor(PAGE, "姜璐转投 TikTok", cutoff=99) is None
    assert anchor(PAGE, "姜璐转投 TikTok", cutoff=80).exact == "蒋璐转投 TikTok"


def test_nothing_is_found_in_an_empty_page():
    assert anchor("", "蒋璐") is None
    assert anchor(" \n", "蒋璐") is None


MIXED = st.text(st.sampled_from("蒋璐转投，。 aBİß1\n\u3000\u200b\xa0"), max_size=60)


@settings(deadline=None)
@given(MIXED, MIXED)
def test_the_words_of_an_anchor_are_always_the_page_between_its_offsets(text, quote):
    found = anchor(text, quote, cutoff=1)

    if found is not None:
        assert text[found.start : found.end] == found.exact != ""
        assert text[: found.start].endswith(found.prefix)
        assert text[found.end :].startswith(found.suffix)
        assert 0 < found.score <= 100


@settings(deadline=None)
@given(MIXED, st.data())
def test_any_part_of_a_page_is_found_in_it_exactly(text, data):
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))].strip()

    if quote:
        assert anchor(text, quote).exact == quote


@settings(deadline=None)
@given(MIXED, MIXED)
def test_white_space_alone_never_makes_a_quotation_inexact(left, right):
    quote = f"{left}蒋{right}"

    assert anchor(quote, quote.replace("蒋", " 蒋\n")).score == 100


SENTENCES = "今天天气不错。TikTok 在 2024 年的收入为 30 亿美元！该公司位于北京。The company released v1.5 of it. Revenue rose to $3bn in 2024; 蒋璐离职？"


def test_sentences_nearest_to_a_claim_come_first():
    assert rank_sentences(SENTENCES, "TikTok 收入 30 亿")[0].exact == "TikTok 在 2024 年的收入为 30 亿美元！"
    assert (
        rank_sentences(SENTENCES, "revenue was $3bn")[0].exact == "Revenue rose to $3bn in 2024; 蒋璐离职？"
    )


def test_a_sentence_is_cut_neither_in_a_number_nor_in_a_version():
    assert rank_sentences(SENTENCES, "released v1.5")[0].exact == "The company released v1.5 of it."


def test_a_sentence_keeps_its_place_in_the_page():
    for each in rank_sentences(SENTENCES, "2024 公司 company"):
        assert SENTENCES[each.start : each.end] == each.exact
        assert SENTENCES[: each.start].endswith(each.prefix)


def test_a_rare_word_counts_more_than_a_common_one():
    text = "公司很好。公司很大。公司在北京。蒋璐走了。公司很新。"

    assert rank_sentences(text, "蒋璐 公司", most=1)[0].exact == "蒋璐走了。"


def test_sentences_that_share_no_word_with_the_claim_are_not_named():
    assert rank_sentences(SENTENCES, "量子计算") == []
    assert rank_sentences("", "蒋璐") == rank_sentences(SENTENCES, "") == []


def test_no_more_sentences_than_asked_for_come_back_best_first():
    text = "".join(f"蒋璐第{n}次来了。" for n in range(9)) + "蒋璐转投 TikTok。"
    scores = [each.score for each in rank_sentences(text, "蒋璐转投 TikTok。", most=3)]

    assert len(scores) == 3
    assert scores[0] == 100
    assert scores == sorted(scores, reverse=True)


def test_a_sentence_that_the_page_repeats_is_named_once():
    found = rank_sentences("蒋璐来了。" * 9 + "蒋璐转投 TikTok。", "蒋璐转投 TikTok。")

    assert [each.exact for each in found] == ["蒋璐转投 TikTok。", "蒋璐来了。"]
