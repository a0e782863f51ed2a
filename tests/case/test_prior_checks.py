"""What others have checked comes in as claims with their finding beside them, never as a verdict of this desk."""

import json
from pathlib import Path

import pytest
from scales import OURS

from factcheck.case import Case
from factcheck.case.importing import rated, shipped_labels
from factcheck.errors import BadData, Refused
from factcheck.model import shipped_scale
from factcheck.text.checks import read_checks

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "@id": "https://desk.example.org/1#review",
    "url": "https://desk.example.org/1",
    "claimReviewed": "蒋璐转投 TikTok。",
    "datePublished": "2024-02-27T10:00:00Z",
    "author": {"@type": "Organization", "name": "Other desk"},
    "reviewRating": {"@type": "Rating", "alternateName": "Mostly True", "ratingValue": 4, "bestRating": 5, "worstRating": 1},
}  # fmt: skip


def review(**changes):
    return REVIEW | changes


@pytest.fixture
def case(tmp_path):
    case = Case.create(tmp_path / "case", "reviewer-1", name="call", lang="en", solo=True)
    yield case
    assert case.audit().findings == ()
    case.close()


def paper(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def feed(folder, *reviews, name="feed.json"):
    return paper(folder, name, json.dumps(reviews, ensure_ascii=False))


def only(case, folder, **changes):
    return case.claim(case.import_checks(feed(folder, review(**changes))).claims[0])


def test_each_check_becomes_an_accepted_claim_said_at_its_place_in_the_file(case, tmp_path):
    file = feed(tmp_path, REVIEW, review(claimReviewed="Acme made 30 million.", **{"@id": "two"}))
    found = case.import_checks(file, title="Others")
    source = case.source(found.source)
    assert (source.format, source.title, (case.folder / source.path).read_bytes()) == (
        "checks",
        "Others",
        file.read_bytes(),
    )
    assert case.text(source) == "蒋璐转投 TikTok。\nAcme made 30 million.\n"
    for claim in map(case.claim, found.claims):
        (mention,) = claim.mentions
        assert case.text(source)[mention.start : mention.end] == mention.quote == claim.statement
        assert (claim.state, claim.verdict) == ("accepted", None)


def test_their_finding_stands_beside_the_claim_in_show_and_in_every_export(case, tmp_path):
    claim = only(case, tmp_path)
    (prior,) = claim.priors
    assert (prior.publisher, prior.label, prior.rating) == ("Other desk", "Mostly True", "mostly_supported")
    assert (prior.url, prior.date, prior.lost) == ("https://desk.example.org/1", "2024-02-27", ())
    case.decide(claim.id, "not_checkable")
    for name in ("markdown", "html"):
        text = case.preview(name, draft=False, lang="en")
        assert "Other desk (2024-02-27): Mostly True" in text
        assert "on our scale: ◕ Mostly supported" in text
        assert "This is their finding, not ours." in text


def test_the_same_checks_are_not_taken_in_twice(case, tmp_path):
    file = feed(tmp_path, REVIEW)
    case.import_checks(file)
    size = case.head.size
    again = case.import_checks(file)
    assert (again.claims, again.known, case.head.size) == ((), 1, size)
    more = case.import_checks(feed(tmp_path, REVIEW, review(**{"@id": "two"}), name="more.json"))
    assert (len(more.claims), more.known) == (1, 1)


@pytest.mark.parametrize(
    "wrapped",
    [
        REVIEW,
        [REVIEW],
        {"@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": REVIEW}]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "ItemList", "itemListElement": [{"item": REVIEW}]},
        {"@type": "NewsArticle", "mainEntity": review(**{"@type": ["Review", "ClaimReview"]})},
    ],
)
def test_claimreview_is_read_wherever_it_stands(wrapped):
    (check,) = read_checks(json.dumps(wrapped).encode(), where="feed").checks
    assert (check.text, check.label, check.ref) == (
        "蒋璐转投 TikTok。",
        "Mostly True",
        "https://desk.example.org/1#review",
    )


def test_a_page_and_an_answer_of_a_search_service_are_read():
    page = f'<html><script type="application/ld+json">{json.dumps(REVIEW)}</script><script>x</script>'
    assert [each.label for each in read_checks(page.encode(), where="page").checks] == ["Mostly True"]
    answer = {
        "claims": [
            {
                "text": "Acme made 30 million.",
                "claimReview": [
                    {
                        "publisher": {"site": "a.example.org"},
                        "url": "https://a.example.org/1",
                        "textualRating": "False",
                    },
                    {
                        "publisher": {"name": "B"},
                        "textualRating": "真的",
                        "reviewDate": "2024-02-27T00:00:00Z",
                    },
                ],
            },
            {"text": "nobody looked"},
            7,
        ]
    }
    read = read_checks(json.dumps(answer).encode(), where="answer")
    assert [(each.publisher, each.label, each.lost) for each in read.checks] == [
        ("a.example.org", "False", ("date_missing",)),
        ("B", "真的", ("url_missing",)),
    ]
    assert [each.line for each in read.skipped] == [2, 3]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_with_its_columns_in_any_order(separator):
    rows = [["url", "Verdict", "text", "id"], ["https://x.example.org", "False", '"30, then; 20\tx\ny"', "7"], ["", "", "", ""], ["", "True", "", "8"]]  # fmt: skip
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows)
    read = read_checks(text.encode("utf-8"), where="table")
    assert [(c.ref, c.text, c.label, c.url) for c in read.checks] == [
        ("7", "30, then; 20 x y", "False", "https://x.example.org")
    ]
    assert [(each.line, each.because) for each in read.skipped] == [(4, "it says no claim")]


@pytest.mark.parametrize("format", ["jsonl", "csv", "claimreview"])
def test_what_a_desk_exports_another_takes_in(case, tmp_path, format):
    paper(tmp_path, "meeting.txt", "=甲公司去年收入增长 30%。\n最近蒋璐转投 TikTok。\n")
    other = Case.create(tmp_path / "other", "reviewer-1", name="other desk", solo=True, lang="en")
    other.ingest(tmp_path / "meeting.txt")
    other.reword("C1", "=甲公司收入增长 30%。")
    other.attach("C1", "https://example.org", stance="supports", quote="增长")
    other.decide("C1", "mostly_supported", because="年报如此。")
    other.export(format, to=tmp_path / "out")
    other.close()
    name = {"jsonl": "claims.jsonl", "csv": "claims.csv", "claimreview": "claimreview.jsonld"}[format]
    claims = [case.claim(each) for each in case.import_checks(tmp_path / "out" / name).claims]
    assert [(c.statement, c.priors[0].rating, c.priors[0].label) for c in claims] == [
        ("=甲公司收入增长 30%。", "mostly_supported", "Mostly supported")
    ]


def check(label="", number=None, key=""):
    from factcheck.text.checks.entries import entry

    return entry(1, text="x", label=label, number=number, key=key)


@pytest.mark.parametrize(
    ("label", "number", "rating", "lost"),
    [
        ("PANTS ON FIRE!", None, "refuted", ()),
        ("Half-True", None, "misleading", ()),
        ("谣言", None, "refuted", ()),
        ("Not quite", (4, 1, 5), "mostly_supported", ()),
        ("Not quite", (0, 0, 10), "refuted", ("number_scaled",)),
        ("Not quite", (10, 0, 10), "supported", ("number_scaled",)),
        ("Four Pinocchios", None, "", ("label_unknown",)),
    ],
)
def test_their_words_come_first_then_their_numbers_and_what_is_unknown_stays_open(
    label, number, rating, lost
):
    assert rated(check(label, number), shipped_scale(), shipped_labels()) == (rating, lost)


def test_every_rating_of_the_shipped_scale_has_words_and_every_word_leads_to_one():
    assert set(shipped_labels().values()) == {each.rating for each in shipped_scale().ratings}


def test_a_scale_of_ones_own_takes_equal_values_and_says_so(case, tmp_path):
    case.adopt_scale(paper(tmp_path, "ours.toml", OURS))
    assert only(case, tmp_path, reviewRating={"alternateName": "True"}).priors[0].rating == "yes"
    claim = only(case, tmp_path, reviewRating={"alternateName": "Half true"}, **{"@id": "two"})
    assert (claim.priors[0].rating, claim.priors[0].lost) == ("", ("no_place",))


def test_a_map_of_ones_own_adds_words_and_a_wrong_one_is_named(case, tmp_path):
    own = paper(tmp_path, "map.toml", '[refuted]\nwords = ["Four Pinocchios"]\n')
    file = feed(tmp_path, review(reviewRating={"alternateName": "four pinocchios"}))
    assert case.claim(case.import_checks(file, map=own).claims[0]).priors[0].rating == "refuted"
    for text in ('[nonsense]\nwords = ["x"]\n', "[refuted]\nwords = 7\n", "refuted = 7\n", "["):
        with pytest.raises(BadData):
            case.import_checks(file, map=paper(tmp_path, "bad.toml", text))


def test_what_is_no_address_and_no_day_is_dropped_and_said(case, tmp_path):
    (prior,) = only(case, tmp_path, url="javascript:alert(1)", datePublished="last year", author=None).priors
    assert (prior.url, prior.date, prior.publisher) == ("", "", "")
    assert prior.lost == ("url_missing", "date_missing", "publisher_missing")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"[" * 100_000,
        b'{"@type": "ClaimReview"}',
        b'{"@type": "ClaimReview", "claimReviewed": "x"}',
        b"{broken",
        b"a talk about nothing\n",
        b"name,age\nx,7\n",
        b"\x00\x01\x02",
        b"<html><p>a page</p>",
        b'{"segments": [{"start": 0, "end": 1, "text": "hm"}]}',
        b'{"record": "summary"}\n{"record": "claim"}\n',
    ],
)  # fmt: skip
def test_a_file_without_checks_is_refused_in_a_sentence_and_nothing_is_recorded(case, tmp_path, data):
    size, file = case.head.size, paper(tmp_path, "x.json", data)
    with pytest.raises(BadData):
        case.import_checks(file)
    assert not case.holds_checks(file)
    assert case.head.size == size


def test_hostile_words_are_taken_in_as_words(case, tmp_path):
    claim = only(
        case, tmp_path, claimReviewed="\x1b[2J<b>\u202e=1+1\u2028</b>", author={"name": "\x9bme\u200b"}
    )
    assert claim.statement == "[2J<b> =1+1 </b>"
    assert claim.priors[0].publisher == "me"


def test_a_long_claim_is_cut_and_said_to_be(case, tmp_path):
    claim = only(case, tmp_path, claimReviewed="长" * 30_000)
    assert (len(claim.statement), claim.priors[0].lost) == (10_000, ("text_cut",))


def test_nothing_is_suggested_from_other_peoples_statements(case, tmp_path):
    found = case.import_checks(feed(tmp_path, REVIEW))
    with pytest.raises(Refused):
        case.reextract(found.source)
    assert [each.state for each in case.claims()] == ["accepted"]


def test_many_come_in_at_once(case, tmp_path):
    rows = "".join(f"{n},claim number {n},False\n" for n in range(500))
    found = case.import_checks(paper(Path(tmp_path), "many.csv", "id,text,verdict\n" + rows))
    assert (len(found.claims), case.claim(found.claims[-1]).statement) == (500, "claim number 499")
