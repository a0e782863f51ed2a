"""What acts on captures and evidence must agree with in the state they were recorded on."""

from collections.abc import Callable, Iterator
from typing import Any

from factcheck.audit.reader import is_moment
from factcheck.events import Event, bodies, capturing
from factcheck.evidence.gone import GONE, is_elsewhere
from factcheck.match.wording import same_words
from factcheck.model import Capture, Evidence, Standing, agreement, says_something
from factcheck.state import State

Rule = Callable[[Event, Any, State], Iterator[str]]


def _attached(event: Event, body: bodies.EvidenceAttached, _state: State) -> Iterator[str]:
    evidence = body.evidence
    if evidence.by != event.by:
        yield f"{evidence.id} says that {evidence.by!r} attached it, the event is by {event.by!r}"
    if not is_moment(evidence.time) or evidence.time > event.time:
        yield f"{evidence.id} has the time {evidence.time!r}, its event {event.time}"


def _withdrawn(event: Event, body: capturing.EvidenceWithdrawn, state: State) -> Iterator[str]:
    evidence = state.value(body.evidence)
    if not isinstance(evidence, Evidence) or evidence.claim != event.subject:
        yield f"{body.evidence} is no evidence of {event.subject}"
    elif evidence.withdrawn:
        yield f"{body.evidence} was withdrawn before"


def _graded(event: Event, body: capturing.EvidenceGraded, state: State) -> Iterator[str]:
    evidence = state.value(body.evidence)
    yield from _of_claim(event, body.evidence, state)
    if isinstance(evidence, Evidence) and body.was != evidence.grade:
        yield f"it says that the grade was {body.was!r}, it was {evidence.grade!r}"


def _of_claim(event: Event, evidence: str, state: State) -> Iterator[str]:
    found = state.value(evidence)
    if not isinstance(found, Evidence) or found.claim != event.subject or found.withdrawn:
        yield f"{evidence} is no evidence of {event.subject}"


def _origins(event: Event, body: capturing.OriginsJoined, state: State) -> Iterator[str]:
    for each in body.evidence:
        yield from _of_claim(event, each, state)
    if len({*body.evidence}) < len(body.evidence):
        yield "it names a piece of evidence twice"


def _checked(event: Event, body: capturing.EvidenceChecked, state: State) -> Iterator[str]:
    piece, capture = state.value(event.subject), state.value(body.capture)
    if not isinstance(piece, Evidence):
        yield f"there is no {event.subject}"
        return
    yield from _is_capture(body.capture, state)
    if piece.withdrawn:
        yield f"{piece.id} was withdrawn before"
    if isinstance(capture, Capture):
        yield from _of_this_look(event, capture, piece)
        made, heard = (capture.address, capture.status), capture.outcome == "ok"
    else:
        made, heard = (piece.url, 0), False
    if (body.url, body.status) != made or (body.found and not heard):
        yield f"it says {(body.url, body.status, body.found[:60])!r}, that was {made!r}"
    if heard is (body.outcome in {"gone", "unreachable"}):
        yield f"it says {body.outcome!r}, the page was {'had' if heard else 'not had'}"
    yield from _place_told(body, piece)
    yield from _words_told(body, piece)


def _of_this_look(event: Event, capture: Capture, piece: Evidence) -> Iterator[str]:
    """One act fetches the page of a piece and says what became of it. Names that look alike are asked in another form."""
    alike = capture.fetched is not None and capture.fetched.lookalike
    if capture.url != piece.url and not alike:
        yield f"it was {capture.url!r} that was asked, {piece.id} is of {piece.url!r}"
    if (capture.time, capture.by) != (event.time, event.by):
        yield f"{capture.id} was not captured by this look"


def _place_told(body: capturing.EvidenceChecked, piece: Evidence) -> Iterator[str]:
    if body.outcome in {"gone", "unreachable"} and (body.outcome == "gone") is not (body.status in GONE):
        yield f"it says {body.outcome!r}, the status is {body.status}"
    if body.outcome in {"alive", "moved"} and (body.outcome == "moved") is not is_elsewhere(
        piece.url, body.url
    ):
        yield f"it says {body.outcome!r} of {body.url!r}, {piece.id} is of {piece.url!r}"


def _words_told(body: capturing.EvidenceChecked, piece: Evidence) -> Iterator[str]:
    """What still stands is what the piece quotes; what changed was quoted; what is not there has no words."""
    quote = "" if piece.manual else piece.quote
    same = same_words(quote, body.found) if quote and body.found else quote == body.found
    fits = {"alive": same, "moved": same, "changed": bool(quote)}.get(body.outcome, not body.found)
    if not fits:
        quoted = repr(quote[:60]) if quote else "nothing"
        yield f"it says {body.outcome!r} of {body.found[:60]!r}, {piece.id} quotes {quoted}"


def _corroborated(event: Event, body: capturing.CaptureCorroborated, state: State) -> Iterator[str]:
    yield from _is_capture(event.subject, state)
    yield from _is_capture(body.capture, state)
    kept, other = state.value(event.subject), state.value(body.capture)
    if body.capture == event.subject:
        yield f"{event.subject} vouches for itself"
    if not (body.url or body.capture or body.collector):
        yield "nobody is named who has these bytes"
    if isinstance(other, Capture) and not body.sha256.startswith(other.sha256):
        yield f"it says that {other.id} has SHA-256 {body.sha256 or 'nothing'}, it has {other.sha256}"
    if isinstance(kept, Capture) and body.agrees != agreement(kept, body.sha256):
        yield f"it says of equal bytes {body.agrees!r}, its digests say {agreement(kept, body.sha256)!r}"


def _withheld(event: Event, body: capturing.EvidenceWithheld, state: State) -> Iterator[str]:
    yield from _is_capture(event.subject, state)
    capture = state.value(event.subject)
    if not says_something(body.because):
        yield "it does not say by whose order"
    if isinstance(capture, Capture) and capture.withheld:
        yield f"{capture.id} was withheld before"
    if isinstance(capture, Capture) and body.files != capture.files:
        yield f"it withholds {', '.join(body.files)}; {capture.id} keeps {', '.join(capture.files) or 'nothing'}"


def _is_capture(name: str, state: State) -> Iterator[str]:
    if name and not isinstance(state.value(name), Capture):
        yield f"there is no capture {name}"


def _reanchored(event: Event, body: capturing.EvidenceReanchored, state: State) -> Iterator[str]:
    yield from _of_claim(event, body.evidence, state)
    evidence, capture = state.value(body.evidence), state.value(body.now.capture)
    if isinstance(evidence, Evidence) and _of(body.was) != _of(evidence):
        yield f"the place it moves from is not that of {body.evidence}"
    if not isinstance(capture, Capture):
        yield f"there is no capture {body.now.capture}"
    else:
        yield from stands(body.now, capture)
    if body.changed is same_words(body.was.quote, body.now.quote):
        yield f"{body.was.quote[:60]!r} -> {body.now.quote[:60]!r}: the words are {'the same' if body.changed else 'others'}"


def _of(place: capturing.PlaceBody | Evidence) -> tuple[object, ...]:
    spot = (place.capture, place.sha256, place.url, place.quote, place.prefix, place.suffix)
    return (*spot, place.start, place.end, place.text or "", _standing(place.standing))


def _standing(said: capturing.StandingBody | Standing | None) -> Standing | None:
    return Standing(**dict(said)) if isinstance(said, capturing.StandingBody) else said


def stands(place: capturing.PlaceBody | capturing.EvidenceBody, capture: Capture) -> Iterator[str]:
    """What a place must have of the capture that it stands in."""
    text = capture.text.sha256 if capture.text else ""
    wanted = (capture.sha256, capture.address, text, capture.standing)
    seen = (place.sha256, place.url, place.text or "", _standing(place.standing))
    for name, is_, was in zip(("SHA-256", "address", "text", "standing"), seen, wanted, strict=True):
        if is_ != was:
            yield f"its {name} is {is_!r}, that of {capture.id} is {was!r}"


EVIDENCE_RULES: dict[str, Rule] = {
    "capture.corroborated": _corroborated,
    "evidence.withheld": _withheld,
    "evidence.attached": _attached,
    "evidence.withdrawn": _withdrawn,
    "evidence.graded": _graded,
    "evidence.reanchored": _reanchored,
    "evidence.checked": _checked,
    "origins.joined": _origins,
    "origins.parted": _origins,
}
