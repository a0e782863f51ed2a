"""The record of every fetched page says what the ledger says: the facts of the trip, and the bytes that came."""

import io
import json
from collections.abc import Iterator
from typing import Any

from factcheck.audit.files import absent_by_choice
from factcheck.audit.sheet import RESTORE, UNDESKED, Sheet
from factcheck.audit.trail import Trail
from factcheck.events import capturing

_LARGEST = 256 * 1024 * 1024
"""Bytes of a record that are read: no capture makes a larger one."""
_SAME = ("started", "ended", "address", "wire", "decoded", "declared", "sniffed", "truncated")
_OF_CAPTURE = ("url", "final_url", "status", "outcome")


def records(trail: Trail, sheet: Sheet) -> None:
    """Each WARC file is read by another program's reader (warcio), with its digests, and compared with the event."""
    for entry, event in trail.events():
        body = event.body
        if isinstance(body, capturing.CaptureMade) and body.fetched is not None:
            sheet.checked += 1
            where = f"{body.fetched.warc.path} ({entry.where})"
            if absent_by_choice(trail.disk, body.fetched.warc.path):
                sheet.could_not(f"{body.fetched.warc.path} is not here")
            elif data := trail.disk.read(body.fetched.warc.path):
                for seen in _different(data, body, body.fetched):
                    sheet.found(where, seen, UNDESKED)
            else:
                sheet.found(where, "the record cannot be read", RESTORE)


def _different(data: bytes, body: capturing.CaptureMade, said: capturing.FetchedBody) -> Iterator[str]:
    from warcio.exceptions import ArchiveLoadFailed

    try:
        facts, faults = _read(data)
    except (ArchiveLoadFailed, ValueError, OSError, EOFError) as error:
        yield f"no reader of web archives takes it ({type(error).__name__}: {error})"[:300]
        return
    yield from faults
    wanted = _facts(body, said)
    for name, value in wanted.items():
        if facts.get(name) != value:
            yield f"the record says {name} = {facts.get(name)!r}, the ledger {value!r}"[:400]


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


def _read(data: bytes) -> tuple[dict[str, Any], list[str]]:
    """The facts of the metadata record, and what is wrong with digests on the way."""
    from warcio.archiveiterator import ArchiveIterator

    facts: dict[str, Any] = {}
    faults: list[str] = []
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
    return facts, faults


def _software(content: bytes) -> str:
    lines = content.decode("utf-8", "replace").splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("software: ")), "")
