"""What went over the wire as a file that any archive reads: WARC/1.1 (ISO 28500), a gzip member for each record."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
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
_NOT_IN_FACTS = {"data", "exchanges"}
Fields = tuple[tuple[str, str], ...]


def record(fetched: Fetched, *, software: str) -> bytes:
    """A capture over HTTP: warcinfo, each request with its response, and a metadata record with the facts.

    The same capture gives the same bytes: times and ids follow from what is recorded.
    """
    about, head = _warcinfo(fetched.started, software)
    pieces, last = [head], about
    for exchange in fetched.exchanges:
        last, pair = _exchange(exchange, about)
        pieces.append(pair)
    facts = {key: value for key, value in asdict(fetched).items() if key not in _NOT_IN_FACTS}
    facts["sha256"] = sha256(fetched.data).hexdigest() if fetched.data else ""
    pieces.append(_metadata(facts, fetched.final_url, fetched.ended, about, last))
    return b"".join(pieces)


def resource(
    data: bytes, *, url: str, media_type: str, time: str, software: str, facts: dict[str, Any] | None = None
) -> bytes:
    """A document that was filed; `url` is where a person says it is from, else it is named by its SHA-256."""
    target = url or f"urn:sha256:{sha256(data).hexdigest()}"
    about, head = _warcinfo(time, software)
    fields = (("WARC-Target-URI", target), ("WARC-Warcinfo-ID", about))
    name, body = _record("resource", time, media_type or "application/octet-stream", fields, data)
    return head + body + _metadata({"url": url, **(facts or {})}, target, time, about, name)


def _warcinfo(time: str, software: str) -> tuple[str, bytes]:
    said = f"software: {software}\r\nformat: {_FORMAT}\r\nconformsTo: {_CONFORMS}\r\n".encode()
    return _record("warcinfo", time, "application/warc-fields", (), said)


def _exchange(exchange: Exchange, about: str) -> tuple[str, bytes]:
    head = _CHUNKED.sub(b"X-Archive-Orig-Transfer-Encoding:", exchange.head) if exchange.chunked else exchange.head
    common = (
        ("WARC-Target-URI", exchange.url),
        ("WARC-Warcinfo-ID", about),
        ("WARC-IP-Address", exchange.address.rpartition(":")[0].strip("[]")),
    )
    cut = (("WARC-Truncated", exchange.truncated),) if exchange.truncated else ()
    name, response = _record(
        "response",
        exchange.time,
        "application/http;msgtype=response",
        (*common, *cut, ("WARC-Payload-Digest", _digest(exchange.body))),
        head,
        exchange.body,
    )
    asked = (*common, ("WARC-Concurrent-To", name), ("WARC-Payload-Digest", _digest(b"")))
    _, request = _record("request", exchange.time, "application/http;msgtype=request", asked, exchange.request)
    return name, request + response


def _metadata(facts: dict[str, Any], url: str, time: str, about: str, of: str) -> bytes:
    said = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()
    fields = (("WARC-Target-URI", url), ("WARC-Warcinfo-ID", about), ("WARC-Refers-To", of))
    return _record("metadata", time, "application/json", fields, said)[1]


def _record(kind: str, time: str, media_type: str, fields: Fields, *block: bytes) -> tuple[str, bytes]:
    """The id of a record, which follows from its content, and its bytes."""
    named = (
        ("WARC-Type", kind),
        ("WARC-Date", time),
        *fields,
        ("WARC-Block-Digest", _digest(*block)),
        ("Content-Type", media_type),
        ("Content-Length", str(sum(map(len, block)))),
    )
    name = f"<urn:uuid:{UUID(bytes=sha256(_lines(named)).digest()[:16], version=5)}>"
    return name, _member(b"WARC/1.1\r\n" + _lines((("WARC-Record-ID", name), *named)), *block, b"\r\n\r\n")


def _lines(fields: Iterable[tuple[str, str]]) -> bytes:
    lines = (f"{key}: {' '.join(value.split())}\r\n" for key, value in fields)
    return "".join((*lines, "\r\n")).encode("utf-8", "backslashreplace")


def _digest(*pieces: bytes) -> str:
    found = sha256()
    for piece in pieces:
        found.update(piece)
    return f"sha256:{found.hexdigest()}"


def _member(*pieces: bytes) -> bytes:
    """A gzip member whose own header is under a checksum, as RFC 1952 provides."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    check, size, found = 0, 0, [_HEADER, (zlib.crc32(_HEADER) & 0xFFFF).to_bytes(2, "little")]
    for piece in pieces:
        found.append(squeeze.compress(piece))
        check, size = zlib.crc32(piece, check), size + len(piece)
    found += [squeeze.flush(), check.to_bytes(4, "little"), (size & 0xFFFFFFFF).to_bytes(4, "little")]
    return b"".join(found)
