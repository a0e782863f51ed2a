"""The captured pages that an export rests on, as one web archive that any replay tool opens (WACZ 1.1.1)."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from factcheck.events import capturing
from factcheck.evidence.warc import resource
from factcheck.export.archive_index import Indexed, cdxj, indexed
from factcheck.export.bundle import Material
from factcheck.export.pages import wording
from factcheck.export.summary import Summary
from factcheck.export.words import counts
from factcheck.export.zipped import zipped

FILE: Final = "captures.wacz"
VERSION: Final = "1.1.1"
_PACKAGE: Final = "datapackage.json"
_WARCS: Final = {"application/warc": ".warc", "application/warc+gzip": ".warc.gz"}


@dataclass(frozen=True, slots=True)
class Made:
    """A capture as its event tells it."""

    id: str
    time: str
    by: str
    body: capturing.CaptureMade


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture in the archive: the name of its WARC, the WARC, and its records by their places."""

    made: Made
    name: str
    data: bytes
    records: tuple[Indexed, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A capture that is not in the archive, and why: withheld, not here, other bytes, nothing kept, or not readable."""

    capture: str
    path: str
    sha256: str
    because: str


def archive(summary: Summary, material: Material) -> bytes:
    """Write captures.wacz: a stored zip of WARC/1.1 files, an index of their records and a list of pages.

    It holds every capture that the live evidence of the claims shown names. What was filed as a file gets a record made
    of its bytes and its event. The same summary, lines and files give the same bytes.
    """
    found = [_kept(each, material) for each in _wanted(summary, material)]
    kept = [each for each in found if isinstance(each, Kept)]
    missing = [each for each in found if isinstance(each, Missing)]
    files = {f"archive/{each.name}": each.data for each in kept}
    files["indexes/index.cdxj"] = cdxj((each.name, each.records) for each in kept)
    files["pages/pages.jsonl"] = _pages(kept)
    package = _package(summary, files, missing)
    digest = _lines({"path": _PACKAGE, "hash": _hash(package)})
    return zipped({**files, _PACKAGE: package, "datapackage-digest.json": digest})


def left_out(data: bytes) -> tuple[Missing, ...]:
    """The captures that an archive of ours says it does not hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        said = json.loads(packed.read(_PACKAGE)).get("missing", ())
    return tuple(Missing(**each) for each in said)


def _wanted(summary: Summary, material: Material) -> Iterator[Made]:
    """The captures under the live evidence, in the order of the ledger."""
    cited = {each.capture for entry in summary.claims for each in entry.evidence if not each.withdrawn}
    for event in (line.event for line in material.lines):
        if event.subject in cited and isinstance(event.body, capturing.CaptureMade):
            yield Made(event.subject, event.time, event.by, event.body)


def _kept(made: Made, material: Material) -> Kept | Missing:
    body = made.body
    path, sha256 = _file(body)
    if not path:
        return Missing(made.id, "", "", body.outcome if body.outcome != "ok" else "nothing kept")
    data = material.read(path)
    if data is None:
        return Missing(made.id, path, sha256, "withheld" if path in _removed(material) else "not here")
    if hashlib.sha256(data).hexdigest() != sha256:
        return Missing(made.id, path, sha256, "other bytes")
    record = data if body.fetched or body.media_type in _WARCS else _recorded(made, data)
    records = indexed(record)
    if not records:
        return Missing(made.id, path, sha256, "not readable")
    suffix = ".warc.gz" if record[:2] == b"\x1f\x8b" else ".warc"
    return Kept(made, f"{made.id}{suffix}", record, records)


def _file(body: capturing.CaptureMade) -> tuple[str, str]:
    """The record of the trip where there is one, else the bytes that were filed."""
    return (body.fetched.warc.path, body.fetched.warc.sha256) if body.fetched else (body.path, body.sha256)


def _removed(material: Material) -> frozenset[str]:
    bodies = (line.event.body for line in material.lines)
    return frozenset(
        path for body in bodies if isinstance(body, capturing.EvidenceWithheld) for path in body.files
    )


def _recorded(made: Made, data: bytes) -> bytes:
    """A document that was filed as a file, as WARC: its date is the event's, its ids follow from its bytes."""
    facts = {"title": made.body.title, "collector": made.by, "sha256": made.body.sha256}
    return resource(
        data,
        url=made.body.url,
        media_type=made.body.media_type,
        time=made.time,
        software="factcheck",
        facts=facts,
    )


def _pages(kept: Iterable[Kept]) -> bytes:
    """The list of pages: the last answer for each capture's final address."""
    lines: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Captures"}]
    for each in kept:
        final = each.made.body.final_url or each.made.body.url
        named = [record for record in each.records if record.url == final] or each.records[:1]
        page = {"id": each.made.id, "url": named[-1].url, "ts": named[-1].date, "title": each.made.body.title}
        lines.append({key: value for key, value in page.items() if value})
    return b"".join(map(_line, lines))


def _package(summary: Summary, files: Mapping[str, bytes], missing: Iterable[Missing]) -> bytes:
    word = wording(summary.lang)
    draft = [word("draft_banner"), word("draft_sentence")] if summary.draft else []
    return _lines(
        {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": f"{word('draft')} · {summary.case}" if summary.draft else summary.case,
            "description": "\n".join([*draft, word("archive_of"), counts(summary, word)]),
            "created": summary.time,
            "software": summary.renderer,
            "ledger": {"origin": summary.origin, "size": summary.size, "root": summary.root},
            "resources": [
                {
                    "name": name.rpartition("/")[2].lower(),
                    "path": name,
                    "hash": _hash(files[name]),
                    "bytes": len(files[name]),
                }
                for name in sorted(files)
            ],
            "missing": [
                {"capture": each.capture, "path": each.path, "sha256": each.sha256, "because": each.because}
                for each in missing
            ],
        }
    )


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _line(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False) + "\n").encode("utf-8")


def _lines(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
