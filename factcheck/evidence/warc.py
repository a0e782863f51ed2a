"""What went over the wire as a file that any archive reads: WARC/1.1 (ISO 28500), a gzip member for each record."""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from re import IGNORECASE, MULTILINE
from re import compile as pattern
from typing import Any
from uuid import UUID

from factcheck.evidence.answers import Exchange, Fetched

# RFC 1952: deflate, a checksum over this header too (FHCRC), no time, no name, system unknown; so every byte is covered.
_HEADER = b"\x1f\x8b\x08\x02\0\0\0\0\0\xff"
_CHUNKED = pattern(rb"^transfer-encoding:", IGNORECASE | MULTILINE)
_FORMAT = "WARC File Format 1.1"
_CONFORMS = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_PIECE = 65_536
_NOT_IN_FACTS = {"data", "exchanges"}
Fields = tuple[tuple[str, str], ...]


def record(fetched: Fetched, *, software: str) -> bytes:
    """A capture over HTTP: warcinfo, each request with its response, and a metadata record with the facts.

    The same capture gives the same bytes: times and ids follow from what is recorded.
    """
    file = BytesIO()
    about = last = _warcinfo(file, fetched.started, software)
    for exchange in fetched.exchanges:
        last = _exchange(file, exchange, about)
    facts = {key: value for key, value in asdict(fetched).items() if key not in _NOT_IN_FACTS}
    facts["sha256"] = sha256(fetched.data).hexdigest() if fetched.data else ""
    _metadata(file, facts, fetched.final_url, fetched.ended, (about, last))
    return file.getvalue()


def resource(
    data: bytes, *, url: str, media_type: str, time: str, software: str, facts: dict[str, Any] | None = None
) -> bytes:
    """A document that was filed; `url` is where a person says it is from, else it is named by its SHA-256."""
    target = url or f"urn:sha256:{sha256(data).hexdigest()}"
    file = BytesIO()
    about = _warcinfo(file, time, software)
    fields = (("WARC-Target-URI", target), ("WARC-Warcinfo-ID", about))
    name = _record(file, "resource", time, media_type or "application/octet-stream", fields, data)
    _metadata(file, {"url": url, **(facts or {})}, target, time, (about, name))
    return file.getvalue()


def _warcinfo(file: BytesIO, time: str, software: str) -> str:
    said = f"software: {software}\r\nformat: {_FORMAT}\r\nconformsTo: {_CONFORMS}\r\n".encode()
    return _record(file, "warcinfo", time, "application/warc-fields", (), said)


def _exchange(file: BytesIO, exchange: Exchange, about: str) -> str:
    """Write a request and its response; the id of the response, whose digests make it."""
    head = (
        _CHUNKED.sub(b"X-Archive-Orig-Transfer-Encoding:", exchange.head)
        if exchange.chunked
        else exchange.head
    )
    common = (
        ("WARC-Target-URI", exchange.url),
        ("WARC-Warcinfo-ID", about),
        ("WARC-IP-Address", exchange.address.rpartition(":")[0].strip("[]")),
    )
    cut = (("WARC-Truncated", exchange.truncated),) if exchange.truncated else ()
    fields = (*common, *cut, ("WARC-Payload-Digest", _digest(exchange.body)))
    kind = "application/http;msgtype={}"
    answer = _named("response", exchange.time, kind.format("response"), fields, (head, exchange.body))
    asked = (*common, ("WARC-Concurrent-To", answer[0][1]), ("WARC-Payload-Digest", _digest(b"")))
    _record(file, "request", exchange.time, kind.format("request"), asked, exchange.request)
    _member(file, answer, head, exchange.body)
    return answer[0][1]


def _metadata(file: BytesIO, facts: dict[str, Any], url: str, time: str, ids: tuple[str, str]) -> None:
    said = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()
    fields = (("WARC-Target-URI", url), ("WARC-Warcinfo-ID", ids[0]), ("WARC-Refers-To", ids[1]))
    _record(file, "metadata", time, "application/json", fields, said)


def _record(file: BytesIO, kind: str, time: str, media_type: str, fields: Fields, block: bytes) -> str:
    """Write a record; its id."""
    named = _named(kind, time, media_type, fields, (block,))
    _member(file, named, block)
    return named[0][1]


def _named(kind: str, time: str, media_type: str, fields: Fields, block: tuple[bytes, ...]) -> Fields:
    """All fields of a record, its id first, which follows from the others."""
    others = (
        ("WARC-Type", kind),
        ("WARC-Date", time),
        *fields,
        ("WARC-Block-Digest", _digest(*block)),
        ("Content-Type", media_type),
        ("Content-Length", str(sum(map(len, block)))),
    )
    name = UUID(bytes=sha256(_lines(others)).digest()[:16], version=5)
    return (("WARC-Record-ID", f"<urn:uuid:{name}>"), *others)


def _lines(fields: Iterable[tuple[str, str]]) -> bytes:
    lines = (f"{key}: {' '.join(value.split())}\r\n" for key, value in fields)
    return "".join((*lines, "\r\n")).encode("utf-8", "backslashreplace")


def _digest(*pieces: bytes) -> str:
    found = sha256()
    for piece in pieces:
        found.update(piece)
    return f"sha256:{found.hexdigest()}"


def _member(file: BytesIO, fields: Fields, *block: bytes) -> None:
    """Write a gzip member whose own header is under a checksum, as RFC 1952 provides; a piece at a time."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    check = size = 0
    file.write(_HEADER + (zlib.crc32(_HEADER) & 0xFFFF).to_bytes(2, "little"))
    for piece in _pieces(b"WARC/1.1\r\n" + _lines(fields), *block, b"\r\n\r\n"):
        file.write(squeeze.compress(piece))
        check, size = zlib.crc32(piece, check), size + len(piece)
    file.write(squeeze.flush() + check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little"))


def _pieces(*parts: bytes) -> Iterator[bytes]:
    for part in parts:
        yield from (part[start : start + _PIECE] for start in range(0, len(part), _PIECE))
