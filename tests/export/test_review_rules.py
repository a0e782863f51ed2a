"""Each rule about a ClaimReview finds what it is for, and nothing in a review that keeps it."""

import copy
import json

import pytest

from factcheck.export.reviewing import RULES, page_faults, review_faults

GOOD = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example.org/reviews/C1.html",
    "claimReviewed": "Acme made 30 million.",
    "datePublished": "2025-03-01",
    "author": {"@type": "Organization", "name": "Desk", "url": "https://desk.example.org"},
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "Refuted",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    },
    "itemReviewed": {"@type": "Claim", "appearance": [{"@type": "Quotation", "text": "30 million"}]},
}


def broken(path, value=None):
    """The good review with one value changed, or taken away."""
    made = copy.deepcopy(GOOD)
    *way, last = path.split(".")
    at = made
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return made


BREAKS = {
    "claim_missing": [broken("claimReviewed"), broken("claimReviewed", " "), broken("claimReviewed", 7)],
    "rating_missing": [broken("reviewRating.@type"), broken("reviewRating.@type", "AggregateRating")],
    "label_missing": [broken("reviewRating.alternateName"), broken("reviewRating.alternateName", "4.5")],
    "scale_incomplete": [broken("reviewRating.bestRating"), broken("reviewRating.ratingValue")],
    "number_wrong": [
        broken("reviewRating.ratingValue", 6),
        broken("reviewRating.ratingValue", "1"),
        broken("reviewRating.ratingValue", -1),
        broken("reviewRating.bestRating", 1),
        broken("reviewRating.ratingValue", True),
    ],
    "url_missing": [broken("url")],
    "url_wrong": [broken("url", "javascript:alert(1)"), broken("url", 7), broken("url", "reviews/C1.html")],
    "author_missing": [broken("author.name"), broken("author", "Desk"), broken("author.@type", "Thing")],
    "author_url_missing": [broken("author.url")],
    "date_wrong": [
        broken("datePublished"),
        broken("datePublished", "March"),
        broken("datePublished", "2025-02-30"),
    ],
    "item_missing": [broken("itemReviewed.@type", "Thing")],
    "appearance_missing": [broken("itemReviewed.appearance"), broken("itemReviewed.appearance", [])],
    "appearance_empty": [broken("itemReviewed.appearance", [{"@type": "CreativeWork", "name": "a talk"}])],
    "source_date_wrong": [
        broken("itemReviewed.appearance.0.isPartOf", {"datePublished": "2024-02-25..2024-03-02"}),
        broken("itemReviewed.appearance.0.isPartOf", {"datePublished": "last year"}),
    ],
}


def test_every_rule_has_a_break():
    assert set(BREAKS) == set(RULES)


def test_a_good_review_breaks_none():
    assert review_faults(GOOD) == ()
    assert review_faults({"@context": "https://schema.org", "@graph": [GOOD]}) == ()


@pytest.mark.parametrize("rule", RULES)
def test_a_review_that_breaks_it_is_found_by_this_rule_alone(rule):
    for review in BREAKS[rule]:
        assert {fault.rule for fault in review_faults(review)} == {rule}, review


def test_unrated_verdicts_need_no_number():
    rating = {"@type": "Rating", "alternateName": "Not enough evidence"}
    assert review_faults(broken("reviewRating", rating)) == ()


def test_two_reviews_on_one_page_are_found_whatever_stands_behind_the_hash():
    other = broken("url", GOOD["url"] + "#C2")
    assert [fault.rule for fault in review_faults([GOOD, other])] == ["one_on_a_page"]
    page = f'<script type="application/ld+json">{json.dumps(GOOD)}</script>'
    assert page_faults(page) == ()
    assert [fault.rule for fault in page_faults(page * 2)] == ["one_on_a_page"]
    assert [fault.rule for fault in page_faults("<p>none</p>")] == ["one_on_a_page"]


@pytest.mark.parametrize("document", [None, 7, "x", [], {}, {"@type": "Review"}, [[[[[[[[GOOD]]]]]]]]])
def test_what_holds_no_review_is_said_so(document):
    assert [fault.rule for fault in review_faults(document)] == ["no_review"]


def test_what_cannot_be_read_is_said_so():
    assert [f.rule for f in page_faults('<script type="application/ld+json">{</script>')] == ["no_json"]
