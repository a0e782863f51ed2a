"""ClaimReview as the web has it: alone, in lists, graphs and feeds, in pages, and in answers of fact-check search services."""

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from factcheck.text.checks.entries import Found, Skipped, entry, words

_INSIDE = ("@graph", "dataFeedElement", "item", "itemListElement", "mainEntity", "subjectOf")
_DEEPEST = 12


def from_json(document: Any) -> list[Found] | None:
    """The reviews of a JSON-LD document or of an answer {"claims": [...]}; None where there is neither."""
    answers = document.get("claims") if isinstance(document, dict) else None
    if isinstance(answers, list):
        return [found for n, each in enumerate(answers, start=1) for found in _answer(n, each)]
    reviews = list(_reviews(document))
    return [_entry(n, each) for n, each in enumerate(reviews, start=1)] or None


def from_page(text: str) -> list[Found] | None:
    """The reviews in the JSON-LD of an HTML page; None where there is none."""
    found: list[Any] = []
    for block in LexborHTMLParser(text).css('script[type="application/ld+json"]'):
        try:
            found += _reviews(json.loads(block.text()))
        except (ValueError, RecursionError):
            continue
    return [_entry(n, each) for n, each in enumerate(found, start=1)] or None


def _reviews(document: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(document, list):
        for each in document:
            yield from _reviews(each, depth + 1)
    elif isinstance(document, dict):
        if "ClaimReview" in _list(document.get("@type")):
            yield document
        else:
            for name in _INSIDE:
                yield from _reviews(document.get(name), depth + 1)


def _entry(number: int, review: dict[str, Any]) -> Found:
    ratings = [each for each in _list(review.get("reviewRating")) if isinstance(each, dict)]
    rating: dict[str, Any] = ratings[0] if ratings else {}
    item = next((each for each in _list(review.get("itemReviewed")) if isinstance(each, dict)), {})
    figure = _number(rating)
    return entry(
        number,
        ref=review.get("@id", ""),
        text=_first(review.get("claimReviewed")) or _first(item.get("name")),
        label=_first(rating.get("alternateName")) or ("" if figure else _first(rating.get("ratingValue"))),
        number=figure,
        date=_first(review.get("datePublished")),
        url=_first(review.get("url")),
        publisher=_name(review.get("author")) or _name(review.get("publisher")),
        lost=("several_ratings",) if len(ratings) > 1 else (),
    )


def _answer(number: int, claim: Any) -> Iterator[Found]:
    """A claim of a search service with the reviews of several publishers."""
    if not isinstance(claim, dict):
        yield Skipped(number, "it is no claim")
        return
    reviews = [each for each in _list(claim.get("claimReview")) if isinstance(each, dict)]
    for review in reviews:
        publisher = review.get("publisher")
        known = publisher if isinstance(publisher, dict) else {}
        yield entry(
            number,
            text=claim.get("text"),
            label=review.get("textualRating"),
            date=review.get("reviewDate"),
            url=review.get("url"),
            publisher=known.get("name") or known.get("site"),
        )
    if not reviews:
        yield Skipped(number, "nobody has reviewed it")


def _number(rating: dict[str, Any]) -> tuple[float, float, float] | None:
    """Value, worst and best; 1 and 5 where the scale is not given, as schema.org has it."""
    value, best = _figure(rating.get("ratingValue")), _figure(rating.get("bestRating", 5))
    worst = _figure(rating.get("worstRating", 1))
    if value is None or best is None or worst is None or not worst < best or not worst <= value <= best:
        return None
    return value, worst, best


def _figure(value: Any) -> float | None:
    try:
        number = (
            float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
        )
    except (ValueError, OverflowError):
        return None
    return number if number is not None and abs(number) < 1e9 else None


def _name(value: Any) -> str:
    found = next(iter(_list(value)), "")
    return words(found.get("name", "")) if isinstance(found, dict) else words(found)


def _first(value: Any) -> Any:
    """A value, or the first of a list of them; a value object of JSON-LD is its @value."""
    found = next(iter(_list(value)), "")
    return found.get("@value", "") if isinstance(found, dict) else found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
