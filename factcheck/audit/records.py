"""The record of every fetched page says what the ledger says: the facts of the trip, and the bytes that came."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from factcheck.audit.sheet import RESTORE, UNDESKED, Sheet
from factcheck.audit.trail import Trail
from factcheck.events import capturing

_LARGEST = 256 * 1024 * 1024
"""Bytes of a record that are read: no capture makes a larger one."""
_SAME = ("started", "ended", "address", "wire", "decoded", "declared", "sniffed", "truncated")
_OF_CAPTURE = ("url", "final_url", "status", "outcome")


def records(trail: Trail, sheet: Sheet) -> None:
    """Each WARC file is read by another program's reader (warcio), with its digests, and compared with the event."""
    bare: list[str] = []
    for entry, event in trail.acts():
        body = event.body
        if isinstance(body, capturing.CaptureMade) and body.via == "http" and body.fetched is None:
            bare.append(f"{event.subject} ({entry.where})")
        if isinstance(body, capturing.CaptureMade) and body.fetched is not None:
            sheet.checked += 1
            where = f"{body.fetched.warc.path} ({entry.where})"
            if trail.disk.left_out(body.fetched.warc.path):
                sheet.could_not(f"{body.fetched.warc.path} is not here")
            elif data := trail.disk.read(body.fetched.warc.path):
                for seen in _different(data, body, body.fetched):
                    sheet.found(where, seen, UNDESKED)
            else:
                sheet.found(where, "the record cannot be read", RESTORE)
    if bare:
        sheet.could_not(f"{', '.join(bare[:5])}: fetched, and no record says how")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one response record says: who answered whom, when and what."""

    url: str
    address: str
    time: str
    status: int
    coding: str
    wire: bytes


def _different(data: bytes, body: capturing.CaptureMade, said: capturing.FetchedBody) -> Iterator[str]:
    from warcio.exceptions import ArchiveLoadFailed

    try:
        facts, faults, answers = _read(data)
    except (ArchiveLoadFailed, ValueError, OSError, EOFError) as error:
        yield f"no reader of web archives takes it ({type(error).__name__}: {error})"[:300]
        return
    yield from faults
    wanted = _facts(body, said)
    for name, value in wanted.items():
        if facts.get(name) != value:
            yield f"the record says {name} = {facts.get(name)!r}, the ledger {value!r}"[:400]
    yield from _answered(answers, body, said)


def _answered(
    answers: list[_Answer], body: capturing.CaptureMade, said: capturing.FetchedBody
) -> Iterator[str]:
    """What the answers themselves say that is not what the ledger says of them."""
    asked = {each.url for each in said.attempts}
    for each in answers:
        if each.url not in asked and urlsplit(each.url).path != "/robots.txt":
            yield f"it holds an answer of {each.url[:200]!r}, which the ledger did not ask"
    last = next((each for each in reversed(answers) if each.url == body.final_url), None)
    if last is None:
        if body.status or body.path:
            yield f"it holds no answer of {body.final_url[:200]!r}"
        return
    if last.status != body.status:
        yield f"the answer has the status {last.status}, the ledger {body.status}"
    if last.address != said.address.rpartition(":")[0].strip("[]"):
        yield f"the answer came from {last.address}, the ledger says {said.address}"
    if not said.started <= last.time <= said.ended:
        yield f"the answer came at {last.time}, not between {said.started} and {said.ended}"
    if body.final_url.startswith("https:") is (said.tls is None):
        yield "an https address without a certificate, or the other way round"
    if body.path and not said.truncated and (wrong := _other_bytes(last, body)):
        yield wrong


def _other_bytes(last: _Answer, body: capturing.CaptureMade) -> str:
    from factcheck.evidence.body import read_body

    found = hashlib.sha256(read_body([last.wire], last.coding, _LARGEST).data).hexdigest()
    return "" if found == body.sha256 else f"the answer holds bytes of SHA-256 {found}, not {body.sha256}"


def _facts(body: capturing.CaptureMade, said: capturing.FetchedBody) -> dict[str, Any]:
    """What the ledger says of a trip, in the words of the record."""
    whole = said.model_dump(mode="json")
    facts = {name: whole[name] for name in _SAME} | {name: getattr(body, name) for name in _OF_CAPTURE}
    return facts | {
        "hops": whole["redirects"],
        "attempts": whole["attempts"],
        "tls": whole["tls"],
        "robots": whole["robots"],
        "clock": whole["clock"],
        "lookalike": said.lookalike or "",
        "exceptions": list(body.exceptions),
        "sha256": body.sha256,
        "software": said.software,
    }


def _read(data: bytes) -> tuple[dict[str, Any], list[str], list[_Answer]]:
    """The facts of the metadata record, what is wrong with digests on the way, and every answer."""
    from warcio.archiveiterator import ArchiveIterator

    facts: dict[str, Any] = {}
    faults: list[str] = []
    answers: list[_Answer] = []
    left = _LARGEST
    for record in ArchiveIterator(io.BytesIO(data), check_digests=True):
        content = record.raw_stream.read(left)
        left -= len(content)
        if record.digest_checker is not None and record.digest_checker.passed is False:
            faults += [f"{record.rec_type}: {problem}" for problem in record.digest_checker.problems]
        if record.rec_type == "warcinfo":
            facts["software"] = _software(content)
        elif record.rec_type == "metadata":
            facts |= json.loads(content)
        elif record.rec_type == "response" and record.http_headers is not None:
            answers.append(_answer(record, content))
    return facts, faults, answers


def _answer(record: Any, content: bytes) -> _Answer:
    said, http = record.rec_headers.get_header, record.http_headers
    return _Answer(
        url=said("WARC-Target-URI") or "",
        address=said("WARC-IP-Address") or "",
        time=said("WARC-Date") or "",
        status=int(http.get_statuscode() or 0),
        coding=http.get_header("Content-Encoding") or "",
        wire=content,
    )


def _software(content: bytes) -> str:
    lines = content.decode("utf-8", "replace").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("software: ")), "")
