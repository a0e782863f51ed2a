"""ClaimReview says what the verdict says, invents nothing, and cannot act on the page that bears it."""

import json
from dataclasses import replace

import pytest
from headline import Desk, headline
from selectolax.lexbor import LexborHTMLParser

from factcheck.export import FORMATS
from factcheck.export.claimreview import FEED, MISSING
from factcheck.export.reviewing import page_faults, review_faults
from factcheck.model import Publisher

HOSTILE = '</script><script>alert(1)</script><!-- \u202e\x00\u2028 & "甲" '
DESK = Publisher("我们的核查台", "https://desk.example.org/", "https://desk.example.org/sora/report.html", "")


def files(summary):
    return FORMATS["claimreview"].write(summary)


def reviews(summary):
    document = json.loads(files(summary)[FEED])
    return {each["item"]["claimReviewed"]: each["item"] for each in document["dataFeedElement"]}


def of(summary, claim):
    return reviews(summary)[summary.entry(claim).statement]


@pytest.fixture
def summary():
    return replace(headline().summary(lang="en"), publisher=DESK)


def test_every_final_verdict_is_a_review_without_faults_and_has_a_page_of_its_own(summary):
    made = files(summary)
    assert sorted(made) == [FEED, *(f"reviews/C{n}.html" for n in range(1, 5))]
    assert review_faults(json.loads(made.pop(FEED))) == ()
    assert [page_faults(page.decode()) for page in made.values()] == [()] * 4


def test_each_review_has_its_address_below_the_one_the_publisher_gave(summary):
    assert of(summary, "C1")["url"] == "https://desk.example.org/sora/reviews/C1.html"
    below = replace(summary, publisher=replace(DESK, address="https://desk.example.org/sora/"))
    assert of(below, "C1")["url"] == "https://desk.example.org/sora/reviews/C1.html"


def test_no_address_is_made_up():
    summary = headline().summary(lang="en")
    for each in reviews(summary).values():
        assert "url" not in each
        assert each["creativeWorkStatus"] == MISSING == "draft: url missing"
        assert {fault.rule for fault in review_faults(each)} == {"url_missing", "author_url_missing"}
        assert "url" not in each["author"]


def test_a_number_stands_only_where_the_verdict_says_how_true_the_claim_is(summary):
    ratings = {claim: of(summary, claim)["reviewRating"] for claim in ("C1", "C2", "C3", "C4")}
    for claim, rating in ratings.items():
        ruling = summary.entry(claim).ruling
        assert rating["alternateName"] == ruling.label
        numbers = {name: rating.get(name) for name in ("ratingValue", "bestRating", "worstRating")}
        wanted = (ruling.value, 5, 1) if ruling.value else (None, None, None)
        assert tuple(numbers.values()) == wanted


@pytest.mark.parametrize("rating", ["conflicting", "not_enough_evidence", "source_unclear", "not_checkable"])
def test_no_number_is_made_up_for_an_unrated_verdict(rating):
    desk = Desk("甲公司有三十人。")
    desk.suggest(("甲公司有三十人", "甲公司有 30 人。", "quantity", {}))
    desk.accept("C1")
    desk.decide("C1", rating)
    desk.confirm("C1")
    review = of(desk.summary(lang="en"), "C1")
    assert set(review["reviewRating"]) == {"@type", "alternateName", "description"}
    assert "bears no number" in review["abstract"]


def test_an_opinion_bears_no_number_even_when_it_was_judged():
    desk = Desk("我认为会涨。")
    desk.suggest(("我认为会涨", "会涨。", "opinion", {}))
    desk.accept("C1")
    desk.attach("C1", 1, url="https://example.org", quote="涨")
    desk.decide("C1", "misleading", "片面。", ["E1"])
    desk.confirm("C1")
    assert "ratingValue" not in of(desk.summary(lang="en"), "C1")["reviewRating"]


def test_each_mention_is_an_appearance_with_its_words_and_the_hash_of_its_source(summary):
    entry, review = summary.entry("C1"), of(summary, "C1")
    said = review["itemReviewed"]["appearance"]
    assert [each["text"] for each in said] == [each.quote for each in entry.said]
    assert {each["isPartOf"]["identifier"]["value"] for each in said} == {summary.sources[0].sha256}
    assert {each["@type"] for each in said} == {"Quotation"}


def test_a_source_of_an_unknown_day_is_not_dated_and_a_range_stays_one(summary):
    part = of(summary, "C1")["itemReviewed"]["appearance"][0]["isPartOf"]
    assert "datePublished" not in part
    ranged = replace(summary, sources=(replace(summary.sources[0], date="2024-02-25..2024-03-02"),))
    part = of(ranged, "C1")["itemReviewed"]["appearance"][0]["isPartOf"]
    assert (part["temporalCoverage"], "datePublished" in part) == ("2024-02-25/2024-03-02", False)


def test_a_verdict_that_is_not_final_has_no_review_and_a_draft_says_on_each_that_it_is_one():
    desk = headline()
    desk.act("claim.reopened", "C1", because="again")
    desk.decide("C1", "refuted", "so", ["E1"])
    assert len(reviews(desk.summary())) == 3
    draft = desk.summary(draft=True, lang="en")
    assert len(reviews(draft)) == 4
    assert {each["creativeWorkStatus"] for each in reviews(draft).values()} == {f"DRAFT; {MISSING}"}
    for name, data in files(draft).items():
        assert b"DRAFT" in data, name


def test_a_correction_is_told_with_its_day():
    desk = headline()
    desk.act("summary.exported", "X1", renderer="r", lang="zh", formats=("markdown",), draft=False, size=1,
             root="0" * 64, manifest="0" * 64, claims=[{"claim": "C1", "verdict": desk.state.value("C1").verdict.id}])  # fmt: skip
    was = desk.state.value("C1").verdict.id
    desk.act("correction.issued", "C1", by="lead-1", correction="fact", because="It was in May.", export="X1", was=was, now=was)  # fmt: skip
    review = of(desk.summary(lang="en"), "C1")
    assert review["correction"] == [
        {"@type": "CorrectionComment", "text": "It was in May.", "datePublished": "2025-03-01"}
    ]
    assert review["dateModified"] == "2025-03-01"


def test_hostile_words_stay_words_on_the_page_and_in_the_data(summary):
    entry = replace(summary.claims[0], statement=HOSTILE)
    made = files(replace(summary, claims=(entry,), case=HOSTILE))
    tree = LexborHTMLParser(made["reviews/C1.html"].decode())
    (script,) = tree.css("script")
    assert script.attributes["type"] == "application/ld+json"
    assert json.loads(script.text())["claimReviewed"] == HOSTILE
    assert json.loads(made[FEED])["dataFeedElement"][0]["item"]["claimReviewed"] == HOSTILE
    for data in made.values():
        assert [c for c in data.decode() if not c.isprintable() and c not in "\n\u3000\xa0"] == []


def test_an_address_that_is_none_is_given_to_nobody(summary):
    wrong = replace(summary, publisher=Publisher("x", "javascript:alert(1)", "javascript:alert(1)//", ""))
    assert b"javascript" not in files(wrong)[FEED]


def test_a_scale_of_ones_own_is_named_and_its_loss_told(summary):
    ruling = replace(summary.claims[0].ruling, scale="ours", scale_version=3)
    review = of(replace(summary, claims=(replace(summary.claims[0], ruling=ruling),)), "C1")
    assert "the scale ours 3" in review["abstract"]
