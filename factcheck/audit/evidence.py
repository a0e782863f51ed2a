"""What was looked at: every capture is here byte for byte, and every verdict relies on what had been captured before."""

import re
from collections.abc import Iterator

from factcheck.audit.evidence_rules import stands
from factcheck.audit.reader import Entry
from factcheck.audit.sheet import RESTORE, UNDESKED, Sheet
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.events import Event, bodies, capturing
from factcheck.model import Capture, Claim, Evidence
from factcheck.state import State

_PATH = re.compile(r"evidence/(?:large/)?([0-9a-f]{64})(?:\.[a-z0-9]{1,8}){0,2}")


class Evidences(Watch):
    """Captures have their SHA-256 and size; evidence and verdicts name captures that were made before them."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self._absent: list[str] = []
        self._withheld: dict[str, str] = {}

    def see(self, at: Moment) -> None:
        entry, event, state = at
        match event.body:
            case capturing.EvidenceWithheld() as body:
                self._remove(event, body)
            case capturing.CaptureMade(path=path) if self.trail.disk.left_out(path):
                self._absent.append(path)
            case capturing.CaptureMade() as body:
                _capture(self.trail, self.sheet, entry, event.subject, body)
                _kept(self.trail, self.sheet, entry, body)
                self._write(entry, _fetched(body))
            case bodies.EvidenceAttached() as body:
                self._write(entry, attached(body.evidence, state))
            case bodies.VerdictRecorded() as body:
                self._write(entry, _relied_on(event, body, state))

    def meet(self, at: Moment) -> None:
        brought = capturing.CaptureMade | capturing.EvidenceWithheld
        if at.event.as_written is not at.event and isinstance(at.event.body, brought):
            self.see(at)

    def end(self) -> None:
        for path, said in self._withheld.items():
            self.sheet.could_not(f"withheld: {path}, {said}")
        absent = [path for path in self._absent if path not in self._withheld]
        if absent:
            self.sheet.could_not(f"{len(absent)} captures are not here ({', '.join(absent[:5])})")

    def _remove(self, event: Event, body: capturing.EvidenceWithheld) -> None:
        """What was removed by order is never called good; nor is it a fault, while its digest stays."""
        here = " (its bytes are here)"
        for path in body.files:
            there = "" if self.trail.disk.look(path).fault else here
            self._withheld[path] = f"{event.subject}, by {event.by}: {body.because}{there}"

    def _write(self, entry: Entry, found: Iterator[str]) -> None:
        self.sheet.checked += 1
        for seen in found:
            self.sheet.found(entry.where, seen, UNDESKED)


def _capture(trail: Trail, sheet: Sheet, entry: Entry, subject: str, body: capturing.CaptureMade) -> None:
    where = f"{body.path or subject} ({entry.where})"
    name = _PATH.fullmatch(body.path)
    if not body.path:
        if body.sha256 or body.size:
            sheet.found(where, f"a capture of {body.size} bytes that are kept nowhere", UNDESKED)
    elif name is None or name[1] != body.sha256:
        sheet.found(where, f"the file is not named by its SHA-256 {body.sha256[:64]!r}", UNDESKED)
    elif different := trail.disk.difference(body.path, body.sha256):
        sheet.found(where, different, RESTORE)
    elif (size := trail.disk.look(body.path).size) != body.size:
        sheet.found(where, f"{size} bytes, the ledger says {body.size}", RESTORE)


def _kept(trail: Trail, sheet: Sheet, entry: Entry, body: capturing.CaptureMade) -> None:
    """The text and the record of a capture are named by their SHA-256, and are here."""
    kept = [(body.text.path, body.text.sha256, -1)] if body.text else []
    if body.fetched:
        warc = body.fetched.warc
        kept.append((warc.path, warc.sha256, warc.size))
    for path, sha256, size in kept:
        name, where = _PATH.fullmatch(path), f"{path} ({entry.where})"
        if name is None or name[1] != sha256:
            sheet.found(where, f"the file is not named by its SHA-256 {sha256!r}", UNDESKED)
        elif trail.disk.left_out(path):
            sheet.could_not(f"{path} is not here")
        elif different := trail.disk.difference(path, sha256):
            sheet.found(where, different, RESTORE)
        elif size not in {-1, trail.disk.look(path).size}:
            sheet.found(where, f"{trail.disk.look(path).size} bytes, the ledger says {size}", RESTORE)


def _fetched(body: capturing.CaptureMade) -> Iterator[str]:
    """What is filed has no answer of a server, what is fetched has an address; what was not had has no bytes."""
    if body.via == "file" and (body.status or body.final_url or body.outcome != "ok"):
        yield f"a filed document with the status {body.status} and the outcome {body.outcome!r}"
    if body.via == "http" and (not body.url or (body.outcome == "ok" and not 200 <= body.status < 300)):
        yield f"fetched from {body.url!r} with the status {body.status}, yet the outcome {body.outcome!r}"
    if body.outcome == "ok" and not body.path and body.via == "file":
        yield "a filed document without its bytes"
    if not body.path and body.text:
        yield "nothing was had, yet it has a text"
    if body.text and body.standing is None:
        yield "a text, and not who stands behind it"
    if body.path and body.page is None and (body.text or body.standing or body.fetched):
        yield "a text, a standing or a trip, and not what the page says of itself"


def attached(body: capturing.EvidenceBody, state: State) -> Iterator[str]:
    """What is wrong with a piece of evidence beside the capture that it names."""
    if not body.quote and (body.start, body.end, body.prefix, body.suffix) != (-1, -1, "", ""):
        yield f"{body.id} quotes nothing, yet has a place"
    if not body.capture:
        if (body.sha256, body.start, body.end, body.prefix, body.suffix) != ("", -1, -1, "", ""):
            yield f"{body.id} is a bare link, yet has a digest or a place in captured text"
        return
    capture = state.value(body.capture)
    if not isinstance(capture, Capture):
        yield f"{body.id} names {body.capture}, which had not been captured"
        return
    yield from (f"{body.id}: {seen}" for seen in stands(body, capture))
    if body.manual and (not body.quote or (capture.text and not capture.page.little)):
        yield f"{body.id} is marked as typed by hand, yet {capture.id} has text"
    if body.asked is not None and body.start < 0:
        yield f"{body.id} was looked for, yet has no place"


def _relied_on(event: Event, body: bodies.VerdictRecorded, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    live = {each.id for each in claim.live_evidence} if isinstance(claim, Claim) else set()
    for relied in body.evidence:
        found = state.value(relied.evidence)
        if not isinstance(found, Evidence) or found.id not in live:
            yield f"the verdict relies on {relied.evidence}, which {event.subject} did not have"
            continue
        capture = state.value(found.capture) if found.capture else None
        seq = capture.seq if isinstance(capture, Capture) else 0
        if relied.capture != seq:
            yield f"the verdict names line {relied.capture} as the capture of {found.id}, it is line {seq}"
