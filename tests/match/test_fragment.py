from urllib.parse import unquote

import pytest

from factcheck.match.anchor import anchor
from factcheck.match.fragment import fragment

PAGE = (
    "Harbour news\nThe harbour opened in 1998. It has three piers, two cranes & a well-known light.\n"
    "港口于1998年开放。它有三座码头。\nIn May the harbour opened in 1998 was closed.\n港口于1998年开放的说法有误。"
)
URL = "https://news.example/harbour"


def linked(words, *, url=URL, **hints):
    return fragment(url, anchor(PAGE, words, **hints), PAGE)


def test_words_that_stand_once_are_linked_as_they_are():
    assert linked("three piers") == f"{URL}#:~:text=three%20piers"
    assert unquote(linked("它有三座码头")) == f"{URL}#:~:text=它有三座码头"


def test_the_marks_of_the_directive_itself_are_encoded():
    assert linked("piers, two cranes & a well-known light") == (
        f"{URL}#:~:text=piers%2C%20two%20cranes%20%26%20a%20well%2Dknown%20light"
    )


def test_a_second_place_is_told_from_the_first_by_what_stands_around_it():
    assert linked("harbour opened in 1998", prefix="In May the ") == (
        f"{URL}#:~:text=May%20the-,harbour%20opened%20in%201998,-was%20closed"
    )
    assert (
        unquote(linked("港口于1998年开放", suffix="的说法"))
        == f"{URL}#:~:text=closed.-,港口于1998年开放,-的说法有误。"
    )


def test_a_fragment_of_the_page_stays_and_an_older_directive_goes():
    assert linked("three piers", url=f"{URL}#news") == f"{URL}#news:~:text=three%20piers"
    assert linked("three piers", url=f"{URL}#news:~:text=old") == f"{URL}#news:~:text=three%20piers"


def test_words_over_several_lines_are_named_by_their_first_and_last():
    found = linked("a well-known light.\n港口于1998年开放。它有三座码头。")

    assert (
        unquote(found.replace("%2D", "-"))
        == f"{URL}#:~:text=a well-known light.,港口于1998年开放。它有三座码头。"
    )


def test_a_long_quotation_is_named_by_its_first_and_last_words():
    text = "Before. " + " ".join(f"word{n}" for n in range(60)) + " After."
    found = fragment(URL, anchor(text, text[8:-7]), text)

    assert (
        found
        == f"{URL}#:~:text=word0%20word1%20word2%20word3%20word4%20word5%20word6,word54%20word55%20word56%20word57%20word58%20word59"
    )


@pytest.mark.parametrize("words", ["iers, two cran", "piers, two cranes"])
def test_no_word_is_cut_in_two(words):
    assert linked(words) == f"{URL}#:~:text=piers%2C%20two%20cranes"


def test_what_nothing_tells_apart_gets_no_directive():
    text = "again and again\n" * 50

    assert fragment(URL, anchor(text, "again and again", near=320), text) == URL
