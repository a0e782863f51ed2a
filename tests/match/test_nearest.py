"""What is found by pieces is held against reading the whole text, which is slow and sees everything."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from factcheck.match.anchor import anchor
from factcheck.match.folding import Folded, lower
from factcheck.match.nearest import nearest

PAGES = {
    "zh": "".join(
        chr(0x4E00 + random.Random(n).randrange(600)) + ("，" if n % 7 == 0 else "") for n in range(3000)
    ),
    "en": " ".join(
        "".join(random.Random(n).choices("etaoinshrdlu", k=2 + n * 7 % 8)) + (".\n" if n % 30 == 0 else "")
        for n in range(900)
    ).replace("\n ", "\n"),
}
PAGES["mixed"] = PAGES["zh"][:1500] + "\n" + PAGES["en"][:2500] + "\n" + PAGES["zh"][1500:]


def read_through(text, quote):
    """The likeness of the best place, found by comparing everything."""
    page, wanted = lower(Folded(text).text), lower(Folded(quote).text)
    return fuzz.partial_ratio_alignment(wanted, page).score


def slipped(words, seed, often):
    """Words with slips: put in, left out, replaced."""
    chance = random.Random(seed)
    return "".join(
        chance.choice(("", "错", c + "x", c.upper())) if chance.random() < often else c for c in words
    )


@pytest.mark.parametrize("lang", PAGES)
@settings(deadline=None, max_examples=120)
@given(st.integers(0, 2400), st.integers(20, 160), st.integers(), st.sampled_from([0.02, 0.06, 0.12]))
def test_no_place_is_more_like_the_quotation_than_the_one_that_is_found(lang, start, length, seed, often):
    text = PAGES[lang]
    quote = slipped(text[start : start + length], seed, often).strip()
    best = read_through(text, quote)

    found = nearest(text, quote, 75)

    if best >= 85:
        assert found[0].score >= best - 1
        assert abs(found[0].start - start) <= len(quote) // 2
    assert all(0 <= each.start < each.end <= len(text) for each in found)


@pytest.mark.parametrize(
    ("lang", "quote"), [("zh", "abcdefgh ijkl mnop"), ("en", "港口于1998年开放，此后扩建两次")]
)
def test_what_is_nowhere_is_nowhere(lang, quote):
    assert nearest(PAGES[lang], quote, 75) == []


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("spread", [" ", "\n", "\u200b"])
def test_a_heading_with_a_blank_between_all_its_letters_is_found(lang, spread):
    page = f"{PAGES[lang]}\n{spread.join('港口开放公告')}\n{PAGES[lang]}"

    assert anchor(page, "港口开放公告").score == 100


def test_letter_case_is_no_reason_not_to_find_a_place():
    page = PAGES["mixed"] + "\nTHE HARBOUR OPENED ITS THIRD PIER\n" + PAGES["mixed"]

    found = anchor(page, "The harbour opened its third pier")

    assert (found.exact, found.score) == ("THE HARBOUR OPENED ITS THIRD PIER", 99)
