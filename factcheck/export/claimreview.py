"""The verdicts as schema.org ClaimReviews: a feed of all of them, and a page of its own for each review."""

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from markupsafe import Markup

from factcheck.export.annotations import named
from factcheck.export.html import written
from factcheck.export.pages import wording
from factcheck.export.passages import Said
from factcheck.export.summary import Cited, Correction, Entry, Ruling, Summary
from factcheck.export.words import link, tag, tongue
from factcheck.model import SAYINGS
from factcheck.visible import escaped_json

FEED: Final = "claimreview.jsonld"
MISSING: Final = "draft: url missing"
"""What stands in `creativeWorkStatus` of a review whose page has no known address; none is made up."""
BEST: Final = 5
WORST: Final = 1


def claimreview(summary: Summary) -> dict[str, bytes]:
    """Write claimreview.jsonld and reviews/C7.html for every claim with a final verdict (of a draft, every verdict shown).

    ClaimReview, Claim, Rating and DataFeed of schema.org; one review on one page, with its URL below the address that the
    publisher gave, as Google's documentation of fact-check markup asks.
    """
    reviews = {each.id: review(summary, each) for each in reviewed(summary)}
    pages = {
        page_name(entry.id): written(
            "review.html", summary, entry=entry, embedded=_embedded(reviews[entry.id])
        )
        for entry in reviewed(summary)
    }
    return {FEED: _document(_feed(summary, list(reviews.values()))), **pages}


def reviewed(summary: Summary) -> list[Entry]:
    """The claims that have a verdict to publish."""
    waiting = {claim for claim, _, _ in summary.unsettled}
    return [each for each in summary.claims if each.ruling and (summary.draft or each.id not in waiting)]


def page_name(claim: str) -> str:
    """Where the page of a review lies in an export."""
    return f"reviews/{claim}.html"


def review(summary: Summary, entry: Entry) -> dict[str, Any]:
    """One ClaimReview. Whatever is not known is left out, and said where a reader would miss it."""
    ruling, word = entry.ruling, wording(summary.lang)
    assert ruling is not None
    address = _address(summary, entry.id)
    status = [word("draft")] if summary.draft else []
    status += [] if address else [MISSING]
    notes = _losses(entry, ruling, summary.lang)
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": address or named(summary, "review", entry.id),
        **({"url": address} if address else {}),
        **({"creativeWorkStatus": "; ".join(status)} if status else {}),
        "inLanguage": tag(summary.lang),
        "claimReviewed": entry.statement,
        "author": _author(summary),
        "datePublished": summary.time[:10],
        **_modified(entry),
        "reviewRating": _rating(entry, ruling),
        **({"reviewBody": ruling.because} if ruling.because else {}),
        **({"temporalCoverage": ruling.as_of.replace("..", "/")} if ruling.as_of else {}),
        **({"abstract": " ".join(notes)} if notes else {}),
        "itemReviewed": _claim(summary, entry),
        **_citations(entry),
    }


def _address(summary: Summary, claim: str) -> str:
    """The URL of a review's page; "" when nobody has said where the export will stand."""
    base = summary.publisher.address
    return (
        link(urljoin(base if base.endswith("/") else f"{base.rsplit('/', 1)[0]}/", page_name(claim)))
        if base
        else ""
    )


def _author(summary: Summary) -> dict[str, str]:
    """Who publishes. Where nobody has said so, the case is named as what it is: a work, by nobody known."""
    publisher = summary.publisher
    found = {"@type": "Organization", "name": publisher.name or wording(summary.lang)("published_by_none")}
    return found | ({"url": publisher.url} if link(publisher.url) else {})


def _rating(entry: Entry, ruling: Ruling) -> dict[str, Any]:
    """The label always; a number only where the verdict says how true the claim is, never for an opinion or advice."""
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": ruling.label}
    if ruling.definition:
        rating["description"] = ruling.definition
    if ruling.value and entry.type not in SAYINGS:
        rating |= {"ratingValue": ruling.value, "bestRating": BEST, "worstRating": WORST}
    return rating


def _losses(entry: Entry, ruling: Ruling, lang: str) -> list[str]:
    """What a ClaimReview cannot carry of this verdict, in words."""
    word = wording(lang)
    losses = {
        "review_unrated": not ruling.value,
        "review_saying": bool(ruling.value) and entry.type in SAYINGS,
        "review_scale": ruling.scale != "factcheck",
        "review_parts": bool(ruling.parts),
        "review_findings": any(each.finding for each in entry.said),
        "review_omitted": bool(ruling.omitted),
    }
    scale = f"{ruling.scale} {ruling.scale_version}"
    return [word(key, scale=scale) for key, lost in losses.items() if lost]


def _claim(summary: Summary, entry: Entry) -> dict[str, Any]:
    speakers = list(dict.fromkeys(each.where.speaker for each in entry.said if each.where.speaker))
    authors = [{"@type": "Person", "name": each} for each in speakers]
    return {
        "@type": "Claim",
        "@id": named(summary, entry.id),
        "name": entry.statement,
        "inLanguage": tongue(entry.statement),
        **({"author": authors[0] if len(authors) == 1 else authors} if authors else {}),
        "appearance": [_appearance(summary, each) for each in entry.said],
    }


def _appearance(summary: Summary, said: Said) -> dict[str, Any]:
    """One mention: the words where they stand in a source, which its hash names."""
    source = next(each for each in summary.sources if each.id == said.source)
    place = wording(summary.lang)("said_at", source=source.title, start=said.start, end=said.end)
    found: dict[str, Any] = {
        "@type": "Quotation",
        "text": said.quote,
        "inLanguage": tongue(said.quote),
        "name": place,
        "isPartOf": {
            "@type": "CreativeWork",
            "@id": named(summary, source.id),
            "name": source.title,
            "identifier": {"@type": "PropertyValue", "propertyID": "SHA-256", "value": source.sha256},
            **({"datePublished": source.date} if source.date and ".." not in source.date else {}),
            **({"temporalCoverage": source.date.replace("..", "/")} if ".." in source.date else {}),
        },
    }
    if said.where.speaker:
        found["creator"] = {"@type": "Person", "name": said.where.speaker}
    return found


def _citations(entry: Entry) -> dict[str, Any]:
    cited = [_citation(each) for each in entry.evidence if not each.withdrawn]
    return {"citation": cited} if cited else {}


def _citation(cited: Cited) -> dict[str, Any]:
    address = link(cited.final_url or cited.url)
    return {
        "@type": "CreativeWork",
        "name": cited.title or cited.url or cited.id,
        **({"url": address} if address else {}),
        **({"text": cited.quote} if cited.quote else {}),
        **(
            {"identifier": {"@type": "PropertyValue", "propertyID": "SHA-256", "value": cited.sha256}}
            if cited.captured
            else {}
        ),
    }


def _modified(entry: Entry) -> dict[str, Any]:
    """What was set right after publication; the newest first."""
    if not entry.corrections:
        return {}
    return {
        "dateModified": entry.corrections[0].time[:10],
        "correction": [_correction(each) for each in entry.corrections],
    }


def _correction(correction: Correction) -> dict[str, str]:
    return {
        "@type": "CorrectionComment",
        "text": correction.because,
        "datePublished": correction.time[:10],
    }


def _feed(summary: Summary, reviews: list[dict[str, Any]]) -> dict[str, Any]:
    word = wording(summary.lang)
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "@id": named(summary, "reviews", str(summary.size), summary.root, summary.lang, *summary.scope),
        "name": summary.case,
        "description": word("review_feed", shown=len(reviews), total=summary.tally.total),
        "dateModified": summary.time,
        "inLanguage": tag(summary.lang),
        "publisher": _author(summary),
        **({"creativeWorkStatus": word("draft")} if summary.draft else {}),
        "dataFeedElement": list(_elements(reviews)),
    }


def _elements(reviews: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in reviews:
        item = {name: value for name, value in each.items() if name != "@context"}
        yield {"@type": "DataFeedItem", "dateCreated": each["datePublished"], "item": item}


def _document(value: Any) -> bytes:
    return (escaped_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n").encode("utf-8")


def _embedded(value: Any) -> Markup:
    r"""JSON that may stand in a script element: what could end it, or begin a comment in it, is written as \uXXXX."""
    text = escaped_json(json.dumps(value, ensure_ascii=False, indent=1))
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - nothing in it is markup any more
