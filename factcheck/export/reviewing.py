"""Check ClaimReviews, ours or anybody's: one named rule after the other, each a sentence about what is wrong.

The rules are those of schema.org (ClaimReview, Claim, Rating) and of Google's documentation of fact-check markup: claimReviewed,
reviewRating with alternateName, url, one review on a page; numbers only together with the scale they are on.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser

from factcheck.export.manifest import Problem
from factcheck.export.words import link
from factcheck.model import is_date, is_day

INCOMPLETE: Final = {
    "url_missing": "factcheck publisher --address URL, and export again",
    "author_url_missing": "factcheck publisher --url URL, and export again",
}
"""What a review lacks that nobody has told us, and how to: it is said, and is no mistake."""
_AGAIN: Final = "make the export again: factcheck export"
Review = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that a review breaks: its name, which review (by its claim), and what was seen."""

    rule: str
    review: str
    seen: str


def review_faults(document: Any) -> tuple[Fault, ...]:
    """Every rule that the reviews of a document break: a review, a list of them, or a feed. Never raises."""
    reviews = list(_reviews(document))
    if not reviews:
        return (Fault("no_review", "", "there is no ClaimReview in it"),)
    found = [
        Fault(name, _name(each), seen)
        for each in reviews
        for name, rule in RULES.items()
        for seen in rule(each)
    ]
    return (*found, *_pages(reviews))


def page_faults(page: str) -> tuple[Fault, ...]:
    """The same for a page, which bears exactly one review."""
    blocks = [each.text() for each in LexborHTMLParser(page).css('script[type="application/ld+json"]')]
    try:
        reviews = [review for block in blocks for review in _reviews(json.loads(block))]
    except (ValueError, RecursionError) as error:
        return (Fault("no_json", "", str(error)[:120]),)
    if len(reviews) != 1:
        return (Fault("one_on_a_page", "", f"{len(reviews)} reviews on one page"),)
    return review_faults(reviews[0])


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the reviews of an export break, and what they only lack; `lacks` says each rule of these once."""

    broken: tuple[Problem, ...]
    missing: tuple[Problem, ...]
    lacks: tuple[str, ...]


def in_folder(folder: Path, feed: str) -> Reviewed:
    """Hold the reviews of an export against the rules: the feed, then every page."""
    places = [folder / feed, *sorted((folder / "reviews").glob("*.html"))]
    found = [
        (path.relative_to(folder).as_posix(), fault)
        for path in places
        if path.is_file()
        for fault in _of_file(path)
    ]
    lacking = [each for each in found if each[1].rule in INCOMPLETE]
    rules = dict.fromkeys(fault.rule for _, fault in lacking)
    return Reviewed(
        tuple(_problem(*each) for each in found if each[1].rule not in INCOMPLETE),
        tuple(_problem(*each) for each in lacking),
        tuple(_once(rule, [each for each in lacking if each[1].rule == rule]) for rule in rules),
    )


def _problem(where: str, fault: Fault) -> Problem:
    return Problem(where, f"{fault.rule}: {_told(fault)}", INCOMPLETE.get(fault.rule, _AGAIN))


def _once(rule: str, found: list[tuple[str, Fault]]) -> str:
    where, fault = found[0]
    times = f"{len(found)} times, first in" if len(found) > 1 else "in"
    return f"{rule}: {times} {where}: {_told(fault)}. Do: {INCOMPLETE[rule]}"


def _told(fault: Fault) -> str:
    return f"{fault.review} {fault.seen}".strip()


def _of_file(path: Path) -> tuple[Fault, ...]:
    try:
        text = path.read_text("utf-8")
        return page_faults(text) if path.suffix == ".html" else review_faults(json.loads(text))
    except (OSError, ValueError, RecursionError) as error:
        return (Fault("no_json", "", str(error)[:120]),)


def _reviews(document: Any, depth: int = 0) -> Iterator[Review]:
    """The reviews in a document: itself, the members of a list or a graph, the items of a feed."""
    if depth > 6:
        return
    if isinstance(document, list):
        for each in document:
            yield from _reviews(each, depth + 1)
    elif isinstance(document, dict):
        if "ClaimReview" in _list(document.get("@type")):
            yield document
        else:
            for name in ("@graph", "dataFeedElement", "item", "itemListElement"):
                yield from _reviews(document.get(name, ()), depth + 1)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _name(review: Review) -> str:
    said = review.get("claimReviewed")
    return said[:60] if isinstance(said, str) else str(review.get("@id", ""))[:60]


def _rating_of(review: Review) -> Mapping[str, Any]:
    found = review.get("reviewRating")
    return found if isinstance(found, dict) else {}


def _item_of(review: Review) -> Mapping[str, Any]:
    found = review.get("itemReviewed")
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _claim(review: Review) -> Iterator[str]:
    if not _words(review.get("claimReviewed")):
        yield "claimReviewed says nothing"


def _rating(review: Review) -> Iterator[str]:
    if _rating_of(review).get("@type") != "Rating":
        yield "reviewRating is no Rating"


def _label(review: Review) -> Iterator[str]:
    label = _rating_of(review).get("alternateName")
    if not _words(label) or str(label).strip().replace(".", "").isdecimal():
        yield "the rating has no alternateName in words"


def _whole_scale(review: Review) -> Iterator[str]:
    rating = _rating_of(review)
    given = [name for name in ("ratingValue", "bestRating", "worstRating") if name in rating]
    if given and len(given) < 3:
        yield f"{', '.join(given)} without the rest of the scale"


def _numbers(review: Review) -> Iterator[str]:
    rating = _rating_of(review)
    given = [rating[name] for name in ("worstRating", "ratingValue", "bestRating") if name in rating]
    if not all(map(_number, given)):
        yield f"{given!r} are no numbers"
    elif len(given) == 3 and not given[0] <= given[1] <= given[2] > given[0]:
        yield f"{given[1]} is not between {given[0]} and {given[2]}"


def _url(review: Review) -> Iterator[str]:
    if "url" not in review:
        yield "no url: nobody has said where the page will stand"


def _address(review: Review) -> Iterator[str]:
    if "url" in review and not (isinstance(review["url"], str) and link(review["url"])):
        yield f"url is no http address: {str(review['url'])[:80]!r}"


def _author(review: Review) -> Iterator[str]:
    author = review.get("author")
    if not isinstance(author, dict) or author.get("@type") not in {"Organization", "Person"}:
        yield "the author is neither an Organization nor a Person"
    elif not _words(author.get("name")):
        yield "the author has no name"


def _author_url(review: Review) -> Iterator[str]:
    author = review.get("author")
    if isinstance(author, dict) and "url" not in author:
        yield "the author has no url"


def _published(review: Review) -> Iterator[str]:
    day = review.get("datePublished")
    if not (isinstance(day, str) and is_day(day[:10])):
        yield f"datePublished is no day: {str(day)[:40]!r}"


def _item(review: Review) -> Iterator[str]:
    if _item_of(review).get("@type") != "Claim":
        yield "itemReviewed is no Claim"


def _appearance(review: Review) -> Iterator[str]:
    if not _list(_item_of(review).get("appearance")):
        yield "the claim has no appearance"


def _appearances(review: Review) -> Iterator[str]:
    for each in _list(_item_of(review).get("appearance")):
        if not isinstance(each, dict) or not (_words(each.get("text")) or link(str(each.get("url", "")))):
            yield "an appearance has neither its words nor an address"


def _dates(review: Review) -> Iterator[str]:
    for each in _list(_item_of(review).get("appearance")):
        part = each.get("isPartOf") if isinstance(each, dict) else None
        day = part.get("datePublished") if isinstance(part, dict) else None
        if day is not None and not (isinstance(day, str) and is_date(day) and ".." not in day):
            yield f"a source is dated {str(day)[:40]!r}, which is no day"


def _pages(reviews: list[Review]) -> Iterator[Fault]:
    """Two reviews on one page: what stands behind # is the same page."""
    seen: set[str] = set()
    for each in reviews:
        page = urldefrag(each["url"]).url if isinstance(each.get("url"), str) else ""
        if page and page in seen:
            yield Fault("one_on_a_page", _name(each), f"another review is on {page}")
        seen.add(page)


RULES: Final[dict[str, Callable[[Review], Iterator[str]]]] = {
    "claim_missing": _claim,
    "rating_missing": _rating,
    "label_missing": _label,
    "scale_incomplete": _whole_scale,
    "number_wrong": _numbers,
    "url_missing": _url,
    "url_wrong": _address,
    "author_missing": _author,
    "author_url_missing": _author_url,
    "date_wrong": _published,
    "item_missing": _item,
    "appearance_missing": _appearance,
    "appearance_empty": _appearances,
    "source_date_wrong": _dates,
}
"""Every rule about one review by its name; `one_on_a_page`, `no_review` and `no_json` are about documents."""
