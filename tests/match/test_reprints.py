"""One origin is told from several on pages in Chinese and English: reprints, rewrites, datelines, one press release quoted by many."""

import pytest
from reprints import SITES, Page, pairs, quality

from factcheck.match.nearly import FEWEST, report, sketch
from factcheck.model.origins import NEAR, resemblance, tied

DEV, HELD = ("zh-dev", "en-dev"), ("zh-held", "en-held")


def likeness(one, two):
    return resemblance(sketch(report(one)), sketch(report(two)))


@pytest.mark.parametrize("sets", [DEV, HELD, DEV + HELD])
def test_pages_of_one_origin_are_told_from_pages_of_several(sets):
    named = [pair for pair in pairs(*sets) if pair.origin is not None]

    precision, recall = quality([(tied(pair.one, pair.two) is not None, pair.origin) for pair in named])

    assert precision >= (0.95 if sets == DEV + HELD else 0.9)
    assert recall >= 0.9


@pytest.mark.parametrize("sets", [DEV, HELD])
def test_near_texts_are_told_by_their_sketches_alone(sets):
    named = [pair for pair in pairs(*sets) if pair.near is not None]

    precision, recall = quality(
        [(likeness(pair.one.text, pair.two.text) >= NEAR, pair.near) for pair in named]
    )

    assert precision >= 0.95
    assert recall >= 0.9


def test_quoting_one_press_release_or_naming_one_agency_makes_no_origin():
    hard = [pair for pair in pairs() if pair.kind in {"press release", "names the agency"}]

    assert len(hard) >= 35
    assert [(pair.one.id, pair.two.id) for pair in hard if tied(pair.one, pair.two)] == []


def test_the_control_finds_what_a_looser_rule_would_tie():
    hard = [pair for pair in pairs() if pair.kind == "press release"]

    assert sum(likeness(pair.one.text, pair.two.text) >= 0.1 for pair in hard) >= 5


@pytest.mark.parametrize("site", SITES)
def test_what_a_site_puts_around_its_articles_is_no_report(site):
    around = SITES[site]["top"] + SITES[site]["end"]

    assert report(around).lines == ()
    assert sketch(report(around)) == ""


def test_the_texts_of_one_site_share_nothing_but_what_they_report():
    page = {pair.one.id: pair.one.text for pair in pairs("en-dev")}

    assert likeness(page["ferry"], page["cranes"]) == 0.0


def test_a_sketch_is_the_same_however_a_text_is_written():
    text = next(pair.one.text for pair in pairs("en-dev"))

    wide = text.translate({code: code + 0xFEE0 for code in range(ord("A"), ord("z") + 1)})

    assert likeness(text, text.upper()) == 1.0
    assert likeness(text, wide) == 1.0


def test_too_little_text_has_no_sketch_and_is_near_nothing():
    short = "The bridge between Orlin and Nordan was opened by the mayor on a rainy Tuesday morning."

    assert sketch(report(short)) == ""
    assert likeness(short, short) == 0.0
    assert len(sketch(report("\n".join(f"{short} It had {n} arches." for n in range(40))))) == 64 * 8
    assert FEWEST < 64


def test_a_bare_link_and_a_page_that_names_it_as_its_canonical_address_have_one_origin():
    bare = Page("bare", "http://www.harbourpost.example/news/ferry/?utm_source=mail", "")
    page = Page("copy", "https://lakesherald.example/a", "", "https://harbourpost.example/news/ferry#top")

    assert tied(bare, page).why == "canonical"


def test_a_front_page_is_nobodys_canonical_address():
    one = Page("one", "https://orlin.example/a", "", "https://portal.example/")
    two = Page("two", "https://nordan.example/b", "", "https://portal.example/")

    assert tied(one, two) is None
