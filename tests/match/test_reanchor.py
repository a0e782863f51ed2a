import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.match.anchor import Anchor, anchor, places
from factcheck.match.reanchor import reanchor

OLD = (
    "Orlin Harbour Works\nThe company said revenue rose to 30 million crowns in 2024. Its rival Vesta lost money.\n"
    "奥林港务公司表示，2024年收入增至3000万克朗。其对手维斯塔亏损。\nThe company said revenue rose to 30 million crowns in 2023."
)


def asked(words, text=OLD, **hints):
    found = anchor(text, words, **hints)
    return {"exact": found.exact, "prefix": found.prefix, "suffix": found.suffix, "start": found.start}


@pytest.mark.parametrize(
    ("hints", "start"),
    [({}, 2), ({"prefix": "甲二"}, 8), ({"suffix": "丙"}, 13), ({"near": 11}, 13), ({"near": 6}, 8)],
)
def test_of_equal_words_the_one_is_meant_that_the_hints_name(hints, start):
    text = "一。港口开放甲二港口开放乙港口开放丙"

    assert anchor(text, "港口开放", **hints).start == start


@pytest.mark.parametrize("filler", ["", "Nothing else happened that day. " * 40, "那天没有别的事。" * 90])
def test_hints_choose_among_equal_places_of_misquoted_words_too(filler):
    text = f"First, the ferry was late at noon. {filler}Then the ferry was late at noon, again."

    found = anchor(text, "the ferry was lates at noon", prefix="Then ", suffix=", again")

    assert (found.exact, found.start) == ("the ferry was late at noon", text.index("Then") + 5)
    assert found.score < 100


def test_every_place_of_the_words_is_told_white_space_aside():
    text = "港口开放。x港口\n开放。y港口开放"

    for words in ("港口开放", "港口 开放"):
        found = [(each.start, each.exact) for each in places(text, words)]
        assert found == [(0, "港口开放"), (6, "港口\n开放"), (13, "港口开放")]
    assert places(text, "港口关闭") == []
    assert places("", "港口") == places(text, " ") == []
    assert len(places("港" * 300, "港", most=7)) == 7


def test_words_that_moved_are_found_at_their_new_place():
    new = "A new heading\n" + OLD

    found = reanchor(new, **asked("lost money"))

    assert (found.start, found.score) == (OLD.index("lost money") + 14, 100)


def test_the_words_are_followed_and_not_their_double():
    first = asked("revenue rose to 30 million crowns in 202", near=0)
    second = asked("revenue rose to 30 million crowns in 202", near=len(OLD))
    new = OLD.replace("Orlin Harbour Works\n", "")

    assert [reanchor(new, **each).start for each in (first, second)] == [17, new.rindex("revenue")]


def test_changed_words_are_found_between_what_stood_around_them_and_never_called_the_same():
    new = OLD.replace("3000万克朗", "5亿马克")

    found = reanchor(new, **asked("3000万克朗"))

    assert found.exact == "5亿马克"
    assert 0 < found.score < 100


def test_changed_words_in_changed_surroundings_are_found_by_likeness():
    new = "Harbour, revised.\nIn the report: Its rival Vesta Ltd lost some money, we hear.\n"

    found = reanchor(new, **asked("Its rival Vesta lost money"))

    assert found.exact == "Its rival Vesta Ltd lost some money"
    assert 85 <= found.score < 100


def test_words_that_are_gone_are_not_found():
    assert (
        reanchor("Nothing of the kind stands here any more.", **asked("Its rival Vesta lost money")) is None
    )
    assert reanchor("", **asked("lost money")) is None
    assert reanchor(OLD, "") is None


def test_short_words_in_other_surroundings_are_no_place():
    assert reanchor("She is 30 years old.", **asked("30")) is None
    assert reanchor("She is 30 years old.", "30").exact == "30"


def test_letter_case_alone_makes_other_words():
    assert reanchor(OLD.replace("Vesta", "VESTA"), **asked("rival Vesta lost")).score == 99


PARTS = st.text(st.sampled_from("港口开放甲乙。 aB1\n\u200b"), max_size=40)


@settings(deadline=None)
@given(PARTS, PARTS, PARTS, PARTS)
def test_edits_elsewhere_never_move_a_quotation_to_other_words(head, tail, new_head, new_tail):
    words = "The ferry 渡轮 left at 9:40"
    old, new = f"{head}{words}{tail}", f"{new_head}{words}{new_tail}"
    where = asked(words, old)

    assert reanchor(new, **where) == anchor(new, words)
    assert reanchor(new, **where).exact == words


@settings(deadline=None)
@given(PARTS, PARTS, PARTS, PARTS, PARTS)
def test_a_place_is_always_words_of_the_text_and_100_means_the_same_ones(text, exact, prefix, suffix, more):
    found = reanchor(text + more, exact, prefix=prefix, suffix=suffix, start=len(text))

    if found is not None:
        assert (text + more)[found.start : found.end] == found.exact != ""
        assert isinstance(found, Anchor)
        letters = [part.replace("\u200b", "").split() for part in (found.exact, exact)]
        assert (found.score == 100) <= ("".join(letters[0]) == "".join(letters[1]))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 400), max_size=6), st.integers(0, 380), st.integers(20, 60))
def test_a_long_text_edited_anywhere_else_keeps_its_quotation(cuts, start, length):
    text = "".join(chr(0x4E00 + n * 7 % 4000) + ("，" if n % 9 == 0 else "") for n in range(400))
    words = text[start : start + length]
    new = text
    for cut in cuts:
        if not start - 1 <= cut <= start + len(words):
            new = new[:cut] + "改" + new[cut:] if cut > start else new
    where = asked(words, text)

    assert reanchor(new, **where).exact == words.strip()
