"""Where the files of a case lie in a bundle: under names made of ids and hashes, each with the SHA-256 its event gives."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from factcheck.events import Event, bodies, capturing, proposing

_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,8}){1,2}$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the case: its path there, its name below the bag's data/, and what it must hash to."""

    path: str
    name: str
    sha256: str


def placed(
    events: Iterable[Event], *, evidence: bool, claims: Collection[str] | None = None
) -> Iterator[Placed]:
    """Every file that belongs into a bundle of these events: all of them, or those that some `claims` stand on.

    Texts are those in which offsets count: of every source, and of every capture that is quoted. `evidence` adds the
    captured bytes and their records. Only a whole bundle has what extraction wrote, without which nothing is folded.
    """
    events = tuple(events)
    quoted = {place.capture for event in events for place in quoted_places(event)}
    said = None if claims is None else {name for each in events for name in _sources(each, claims)}
    for event in events:
        match event.body:
            case bodies.SourceIngested() as body if said is None or event.subject in said:
                yield from _source(event.subject, body)
            case capturing.CaptureMade() as body:
                yield from _capture(event.subject, body, text=evidence or event.subject in quoted)
                yield from _kept(body) if evidence else ()
            case bodies.SourceExtracted(suggestions=path, sha256=sha256) if said is None:
                yield Placed(path, f"log/{event.subject}.suggestions-{sha256}.jsonl", sha256)
            case proposing.SourceProposed(suggestions=path, sha256=sha256) if said is None:
                yield Placed(path, f"log/{event.subject}.proposed-{sha256}.jsonl", sha256)


def _sources(event: Event, claims: Collection[str]) -> Iterator[str]:
    """The sources in which an act on one of the claims says that something was said."""
    if event.subject in claims:
        yield from _named(event.body.model_dump(mode="json"))


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (name for key, name in value.items() if key == "source" and isinstance(name, str))
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _named(each)


def quoted_places(event: Event) -> Iterator[capturing.EvidenceBody | capturing.PlaceBody]:
    """The places in captured text that an event quotes; what was typed by hand has none."""
    match event.body:
        case bodies.EvidenceAttached(evidence=piece) if piece.quote and piece.capture and not piece.manual:
            yield piece
        case capturing.EvidenceReanchored(now=place):
            yield place


def _source(subject: str, body: bodies.SourceIngested) -> Iterator[Placed]:
    yield Placed(body.path, f"sources/{subject}{_suffix(body.path)}", body.sha256)
    text = body.derived or body
    yield Placed(text.path, f"texts/{subject}.txt", text.sha256)


def _capture(subject: str, body: capturing.CaptureMade, *, text: bool) -> Iterator[Placed]:
    if text and body.text:
        yield Placed(body.text.path, f"texts/{subject}.txt", body.text.sha256)


def _kept(body: capturing.CaptureMade) -> Iterator[Placed]:
    """The bytes and the record of how they came, by their hashes: two captures of the same bytes are one file."""
    if body.path:
        yield Placed(body.path, f"evidence/{body.sha256}{_suffix(body.path)}", body.sha256)
    if body.fetched:
        record = body.fetched.warc
        yield Placed(record.path, f"evidence/{record.sha256}{_suffix(record.path)}", record.sha256)


def _suffix(path: str) -> str:
    found = _SUFFIX.search(path.rsplit("/", 1)[-1])
    return found[0].lower() if found else ""
