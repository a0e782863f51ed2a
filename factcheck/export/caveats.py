"""What a reader must know first: everything in a summary that is weaker than it looks."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from factcheck.events import Event, bodies, clock_of
from factcheck.export.entries import Ground
from factcheck.export.saying import misplaced
from factcheck.export.summary import Caveat, Cited, Entry
from factcheck.labels import catalogue, label
from factcheck.model import Capture, Claim, Source, objections, same_person
from factcheck.state import effective

# In the order in which they are shown: what may be wrong, then what is open, then what is thin.
CODES = (
    "source_differs",
    "quote_missing",
    "reading_missing",
    "only_older",
    "capture_missing",
    "capture_differs",
    "objection",
    "undecided",
    "disputed",
    "unsigned_second",
    "withheld",
    "raised",
    "reopened",
    "settled_by_party",
    "own_evidence",
    "no_sources",
    "one_reviewer",
    "unsigned",
    "bare_link",
    "bytes_withheld",
    "capture_failed",
    "capture_exception",
    "unplaced",
    "typed_by_hand",
    "page_changed",
    "proposed_reading",
    "clock",
    "policy_switched",
)
Found = tuple[str, str]
_ROOM: Final = timedelta(minutes=5)
"""How far two clocks may be apart before a reader is told."""


_MILLISECOND: Final = timedelta(milliseconds=1)


def caveats(entries: Sequence[Entry], at: Ground) -> tuple[Caveat, ...]:
    """Gather the caveats of what is shown, the gravest first; places in the order of the summary."""
    found = [*_of_sources(entries, at), *_of_policy(at), *_raised(entries, at)]
    for each in entries:
        found += [*_of_words(each), *_of_state(each), *_of_verdict(each, at), *_of_trust(each)]
        found += [*_of_evidence(each, at), *_of_clocks(each, at)]
    refs: dict[str, list[str]] = {code: [] for code in CODES}
    for code, ref in found:
        refs[code].append(ref)
    return tuple(Caveat(code, tuple(dict.fromkeys(places))) for code, places in refs.items() if places)


def _of_sources(entries: Sequence[Entry], at: Ground) -> Iterator[Found]:
    shown = {said.source for each in entries for said in each.said}
    texts = {each.id: at.texts(each) for each in at.state.all(Source) if each.id in shown}
    for source in at.state.all(Source):
        if source.id in texts and len(texts[source.id]) != source.characters:
            yield "source_differs", source.id
    for reading in at.readings:
        if (
            reading.state == "accepted"
            and reading.source in texts
            and misplaced(reading, texts[reading.source])
        ):
            yield "reading_missing", reading.id


def _of_policy(at: Ground) -> Iterator[Found]:
    for event in effective(at.state.history("case")):
        if isinstance(event.body, bodies.PolicyChanged):
            yield "policy_switched", _switch(event, event.body, at.lang)


def _switch(event: Event, body: bodies.PolicyChanged, lang: str) -> str:
    was, now = (_value(each, lang) for each in (body.was, body.value))
    name = catalogue(lang).get(f"export_policy.{body.name}", body.name)
    return f"{name} {was} → {now} ({event.by}, {event.time[:10]})"


def _value(value: bool | int, lang: str) -> str:
    return label("export.on" if value else "export.off", lang) if isinstance(value, bool) else str(value)


def _raised(entries: Sequence[Entry], at: Ground) -> Iterator[Found]:
    """Objections to the case, and to whatever of it is shown here."""
    claims = {each.id: each.state for each in at.state.all(Claim)}
    shown = {each.id for each in entries}
    for each in at.state.info().objections:
        if each.subject not in claims or each.subject in shown:
            yield "raised", f"{each.subject} ({each.by}, {each.time[:10]}): {' '.join(each.text.split())}"


def _of_words(entry: Entry) -> Iterator[Found]:
    for said in entry.said:
        if not said.found:
            yield "quote_missing", f"{entry.id} {said.source} {said.start}–{said.end}"
        if said.replaced_by:
            yield "only_older", f"{entry.id} {said.source} → {said.replaced_by}"
        for reading in said.proposed:
            yield "proposed_reading", reading.reading


def _of_state(entry: Entry) -> Iterator[Found]:
    if entry.withheld:
        yield "withheld", entry.id
    elif entry.state in {"accepted", "disputed"}:
        yield {"accepted": "undecided", "disputed": "disputed"}[entry.state], entry.id


def _of_verdict(entry: Entry, at: Ground) -> Iterator[Found]:
    claim = at.state.value(entry.id)
    if entry.ruling is None or not isinstance(claim, Claim) or claim.verdict is None:
        return
    now = at.demands
    for each in objections(claim, claim.verdict, now.policy, now.scale, now.gaps(claim)):
        values = {"claim": each.claim, "person": each.person, "number": each.number}
        yield "objection", label(f"objection.{each.code}", at.lang, **values)
    if not entry.ruling.relied:
        yield "no_sources", entry.id
    if entry.ruling.settled:
        if entry.ruling.by in {
            step.by for step in entry.steps if step.seq < entry.ruling.seq and step.rating
        }:
            yield "settled_by_party", entry.id
    elif not entry.ruling.confirmed_by and entry.state != "disputed":
        yield ("unsigned_second" if at.policy.second_signature else "one_reviewer"), entry.id


def _of_trust(entry: Entry) -> Iterator[Found]:
    """Names that nobody's key vouches for; a claim that came back; a judge who brought all that the verdict rests on."""
    if entry.ruling is None:
        return
    if "signed" not in entry.trust or (entry.ruling.confirmed_by and "second_signed" not in entry.trust):
        yield "unsigned", entry.id
    if any(step.kind == "claim.reopened" for step in entry.steps):
        yield "reopened", entry.id
    brought = [each.by for each in entry.evidence if each.id in entry.ruling.relied]
    if brought and all(same_person(each, entry.ruling.by) for each in brought):
        yield "own_evidence", entry.id


def _of_clocks(entry: Entry, at: Ground) -> Iterator[Found]:
    """An act whose id was made at another time than it bears, and a page whose server had another time."""
    for step in entry.steps:
        read = clock_of(step.id)
        if read is not None and abs(read - datetime.fromisoformat(step.time)) > _ROOM:
            yield "clock", f"{entry.id} {step.kind} ({step.time[:16]}Z, {read:%Y-%m-%dT%H:%M}Z)"
    for cited in entry.evidence:
        capture = at.state.value(cited.capture) if cited.capture and not cited.withdrawn else None
        trip = capture.fetched if isinstance(capture, Capture) else None
        if trip and trip.clock.offset_ms is not None and abs(trip.clock.offset_ms) > _ROOM / _MILLISECOND:
            yield "clock", f"{entry.id}/{cited.id} ({trip.clock.offset_ms // 1000} s)"


def _of_evidence(entry: Entry, at: Ground) -> Iterator[Found]:
    for cited in entry.evidence:
        if not cited.withdrawn:
            yield from ((code, f"{entry.id}/{cited.id}") for code in _weak(cited))
            capture = at.state.value(cited.capture) if cited.capture else None
            if isinstance(capture, Capture) and capture.withheld:
                yield "bytes_withheld", f"{entry.id}/{cited.id}: {' '.join(capture.withheld.split())}"


def _weak(cited: Cited) -> Iterator[str]:
    if not cited.capture:
        yield "bare_link"
    if cited.trouble and cited.trouble != "withheld":  # which is said with its reason
        yield f"capture_{cited.trouble}"
    if cited.exceptions:
        yield "capture_exception"
    if cited.captured and cited.quote and cited.start < 0:
        yield "typed_by_hand" if cited.manual else "unplaced"
    if cited.checked in {"changed", "soft404", "gone"}:
        yield "page_changed"
