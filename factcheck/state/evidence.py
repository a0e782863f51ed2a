"""What each act does to captures and to evidence, wherever a piece of it is kept."""

from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from factcheck.events import Body, Event, capturing
from factcheck.model import Capture, Checked, Corroboration, Derived, Evidence, PageSays, Standing, Trip

_KINDS: dict[str, Any] = {"fetched": Trip, "text": Derived, "page": PageSays, "standing": Standing}


def capture_value(subject: str, body: capturing.CaptureMade, event: Event | None = None) -> Capture:
    """The capture that a body describes; without its event it is about to be made."""
    said: dict[str, Any] = {name: each for name, each in dict(body).items() if each is not None}
    said |= {name: _value(name, said[name]) for name in _KINDS if name in said}
    if event:
        said |= {"by": event.by, "time": event.time, "seq": event.seq}
    return Capture(id=subject, **said)


def capture_effect(capture: Capture, event: Event) -> Capture:
    """What a later act does to a capture."""
    body = event.body
    if isinstance(body, capturing.EvidenceWithheld):
        return replace(capture, withheld=body.because)
    if not isinstance(body, capturing.CaptureCorroborated):
        return capture
    found = Corroboration(**dict(body), by=event.by, time=event.time)
    return replace(capture, corroborated=(*capture.corroborated, found))


def evidence_value(body: capturing.EvidenceBody, claim: str) -> Evidence:
    """The evidence that a body describes, attached to `claim`."""
    said = {name: each for name, each in dict(body).items() if each is not None}
    if body.standing is not None:
        said["standing"] = _value("standing", body.standing)
    return Evidence(claim=claim, **said)


def evidence_effect(evidence: Evidence, event: Event) -> Evidence:
    """What a later act does to a piece of evidence; the same for the piece and for the copy in its claim."""
    match event.body:
        case capturing.EvidenceWithdrawn(evidence=evidence.id):
            return replace(evidence, withdrawn=True)
        case capturing.EvidenceGraded(evidence=evidence.id) as body:
            return replace(evidence, grade=body.grade, note=body.note or evidence.note)
        case capturing.EvidenceReanchored(evidence=evidence.id) as body:
            return _moved(evidence, body.now)
        case capturing.EvidenceChecked() as body if event.subject == evidence.id:
            return replace(evidence, checked=Checked(**dict(body), by=event.by, time=event.time))
    return evidence


def _moved(evidence: Evidence, place: capturing.PlaceBody) -> Evidence:
    said: dict[str, Any] = dict(place) | {"text": place.text or "", "asked": "", "manual": False}
    said["standing"] = _value("standing", place.standing) if place.standing else None
    return replace(evidence, **said)


def _value(name: str, body: Body) -> Any:
    return _reader(name).validate_python(body.model_dump())


@cache
def _reader(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[name])
