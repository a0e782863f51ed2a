"""The JSON-LD of an export uses schema.org as it is: each property on its class, each value of a kind it may have."""

import json
from dataclasses import replace

import pytest
from headline import headline
from vocabulary import TABLE, faults

from factcheck.export import FORMATS
from factcheck.model import Publisher


def feed(summary):
    return json.loads(FORMATS["claimreview"].write(summary)["claimreview.jsonld"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("draft", [False, True])
def test_every_property_belongs_to_its_class_and_holds_what_it_may(lang, draft):
    summary = headline().summary(lang=lang, draft=draft)
    assert faults(feed(summary)) == []
    desk = Publisher("Desk", "https://desk.example.org", "https://desk.example.org/a/", "Write.")
    assert faults(feed(replace(summary, publisher=desk))) == []


def test_the_check_finds_a_property_that_is_not_there_one_elsewhere_and_a_value_of_another_kind():
    found = faults(
        {
            "@type": "ClaimReview",
            "verdict": "no",
            "appearance": {"@type": "CreativeWork"},
            "datePublished": "last year",
            "reviewRating": {"@type": "Rating", "ratingValue": {"@type": "Thing"}},
            "itemReviewed": {"@type": "Clam"},
        }
    )
    assert found == [
        "ClaimReview has no verdict",
        "ClaimReview has no appearance",
        "ClaimReview.datePublished holds 'last year'",
        "Rating.ratingValue holds {'@type': 'Thing'}",
        "no class Thing",
        "ClaimReview.itemReviewed holds {'@type': 'Clam'}",
        "no class Clam",
    ]


def test_the_extract_holds_nothing_that_is_not_used():
    used = set()

    def walk(value):
        if isinstance(value, dict):
            used.update(name for name in value if not name.startswith("@"))
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    desk = headline()
    desk.act("evidence.attached", "C1", also=("E90",), evidence={"id": "E90", "stance": "context", "by": "r", "time": "2025-03-01T09:00:00.000Z", "url": "https://example.org/x"})  # fmt: skip
    summary = desk.summary(draft=True, lang="en")
    note = summary.claims[0]
    said = replace(note.said[0], where=replace(note.said[0].where, speaker="Anna"))
    dated = replace(summary.sources[0], date="2024-02-26")
    from factcheck.export.summary import Correction

    mended = Correction("C1", "x", "fact", "so", "lead-1", "2025-03-01T09:00:00.000Z", "X1", "", "")
    entry = replace(note, said=(said,), corrections=(mended,))
    walk(feed(replace(summary, claims=(entry, *summary.claims[1:]), sources=(dated,), publisher=Publisher("D", "https://d.example.org", "https://d.example.org/", ""))))  # fmt: skip
    walk(feed(replace(summary, sources=(replace(dated, date="2024-02-25..2024-02-26"),))))
    assert set(TABLE["properties"]) - used <= {"abstract", "temporalCoverage"}
