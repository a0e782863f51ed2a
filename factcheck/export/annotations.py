"""The evidence as web annotations: which words of which page speak for or against which claim, for any tool that reads them."""

import json
import uuid
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from factcheck.export.pages import wording
from factcheck.export.summary import Cited, Entry, Summary
from factcheck.export.words import breakdown, counts, held, link, tag, tongue, trust
from factcheck.visible import escaped_json

_SPACE: Final = uuid.UUID("cdf0b238-1403-5246-bd6c-1832f297e15b")
_COUNTED_IN: Final = {"countedIn": {"@id": f"urn:uuid:{_SPACE}#countedIn", "@type": "@id"}}
_KEPT: Final = "%!#$&'()*+,/:;=?@[]~"


def annotations(summary: Summary) -> bytes:
    """Write annotations.jsonld: one collection of one page, an annotation for each piece of evidence that is attached.

    The W3C Recommendation Web Annotation Data Model (23 February 2017). Ids are name-based UUIDs (RFC 9562) of the
    case's origin, so that two exports of one case name the same thing alike; content is named by its hash (RFC 6920).
    """
    document = _collection(summary, [_annotation(summary, *pair) for pair in _attached(summary)])
    return (escaped_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n").encode("utf-8")


def _attached(summary: Summary) -> Iterator[tuple[Entry, Cited]]:
    for entry in summary.claims:
        yield from ((entry, cited) for cited in entry.evidence if not cited.withdrawn)


def _collection(summary: Summary, items: list[dict[str, Any]]) -> dict[str, Any]:
    at = (str(summary.size), summary.root, summary.lang, str(summary.draft), *summary.scope)
    name, first = _named(summary, "collection", *at), _named(summary, "page", *at)
    pages = {"type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items}
    return {
        "@context": ["http://www.w3.org/ns/anno.jsonld", _COUNTED_IN],
        "id": name,
        "type": "AnnotationCollection",
        **_said(summary),
        "generator": {"type": "Software", "name": summary.renderer},
        "generated": summary.time,
        "total": len(items),
        **({"first": {"id": first, **pages}, "last": first} if items else {}),
    }


def _said(summary: Summary) -> dict[str, str]:
    """The title, and what page one of every report says before its claims."""
    word = wording(summary.lang)
    title = f"{word('kicker_draft' if summary.draft else 'kicker')}{word('colon')}{summary.case}"
    marks = {
        "draft_sentence": summary.draft,
        "example": summary.example,
        "solo": not summary.policy.second_signature,
        "blind": summary.policy.blind,
    }
    sentences = [word(key) for key, holds in marks.items() if holds]
    sentences += filter(None, (said(summary, word) for said in (counts, breakdown, trust)))
    return {
        "label": f"{word('draft')} · {title}" if summary.draft else title,
        "as:summary": "\n".join(sentences),
    }


def _annotation(summary: Summary, entry: Entry, cited: Cited) -> dict[str, Any]:
    return {
        "id": _named(summary, entry.id, cited.id),
        "type": "Annotation",
        "label": cited.id,
        "motivation": "linking",
        "creator": {"type": "Person", "name": cited.by},
        "created": cited.time,
        "body": list(_bodies(summary, entry, cited)),
        "target": _target(summary, cited),
    }


def _bodies(summary: Summary, entry: Entry, cited: Cited) -> Iterator[dict[str, str]]:
    """The claim, how the words stand to it, the source's grade, the note, and what a reader must not overlook."""
    claim = {"id": _named(summary, entry.id), "label": entry.id}
    yield claim | _text("linking", entry.statement, tongue(entry.statement))
    yield _text("classifying", cited.stance)
    if cited.grade:
        yield _text("assessing", cited.grade)
    if cited.note:
        yield _text("commenting", cited.note, tongue(cited.note))
    word = wording(summary.lang)
    if not cited.captured:
        yield _text("tagging", held(cited, word), tag(summary.lang))
    if cited.manual:
        yield _text("tagging", word("evidence.manual"), tag(summary.lang))


def _text(purpose: str, value: str, language: str = "") -> dict[str, str]:
    told = {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}
    return told | {"language": language} if language else told


def _target(summary: Summary, cited: Cited) -> dict[str, Any]:
    target: dict[str, Any] = {"type": "SpecificResource", "source": _source(summary, cited)}
    if selectors := list(_selectors(cited)):
        target["selector"] = selectors
    if cited.captured:
        copies = dict.fromkeys(_hashed(each) for each in (cited.sha256, cited.text) if each)
        target["state"] = {"type": "TimeState", "sourceDate": cited.fetched, "cached": list(copies)}
    return target


def _source(summary: Summary, cited: Cited) -> str:
    """The address as a URI; content without one is named by its hash, and what is neither by its own number."""
    address = link(quote(cited.final_url or cited.url, safe=_KEPT))
    return address or (_hashed(cited.sha256) if cited.captured else _named(summary, cited.id))


def _selectors(cited: Cited) -> Iterator[dict[str, Any]]:
    """The words with what stands around them; their place only where the text that it counts in is named."""
    if not cited.quote:
        return
    around = {name: text for name in ("prefix", "suffix") if (text := getattr(cited, name))}
    yield {"type": "TextQuoteSelector", "exact": cited.quote, **around}
    if cited.start >= 0 and cited.text:
        place = {"start": cited.start, "end": cited.end, "countedIn": _hashed(cited.text)}
        yield {"type": "TextPositionSelector", **place}


def _hashed(sha256: str) -> str:
    return f"nih:sha-256;{sha256}"


def _named(summary: Summary, *names: str) -> str:
    return uuid.uuid5(_SPACE, json.dumps([summary.origin, *names])).urn
