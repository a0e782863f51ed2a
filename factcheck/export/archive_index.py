"""The index of a web archive: which record lies where, under keys in which replay tools look addresses up."""

import hashlib
import io
import ipaddress
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote_to_bytes, urlsplit

_ANSWERS: Final = ("response", "resource", "revisit")
_WWW = re.compile(r"^www\d*\.")
_PORTS: Final = {"http": 80, "https": 443}
_KEPT: Final = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"


@dataclass(frozen=True, slots=True)
class Indexed:
    """A record that answers an address: `offset` and `length` in bytes of the file it lies in; `date` as RFC 3339."""

    url: str
    date: str
    media_type: str
    status: str
    digest: str
    offset: int
    length: int


def indexed(data: bytes) -> tuple[Indexed, ...]:
    """The records of a WARC that answer an address; none when it cannot be read record by record."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(io.BytesIO(data))
    try:
        with redirect_stderr(io.StringIO()):  # warcio would write what a broken file says to the terminal
            return tuple(_indexed(records))
    except (ArchiveLoadFailed, ValueError, EOFError):
        return ()


def cdxj(files: Iterable[tuple[str, Iterable[Indexed]]]) -> bytes:
    """The lines of index.cdxj, sorted: key, time of 14 digits, and what is known as JSON."""
    lines = sorted(_line(name, each) for name, records in files for each in records)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def surt(url: str) -> str:
    """The key of an address (Sort-friendly URI Reordering Transform): org,example)/path?a=1&b=2; of a URN, itself.

    As the Internet Archive's: no scheme, no `www.`, no user, no fragment, lower case, the query's parts sorted.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if not parts.hostname:
        return url
    query = "&".join(sorted(_escaped(parts.query).lower().split("&"))) if parts.query else ""
    path = _escaped(re.sub("/{2,}", "/", parts.path)).lower().rstrip("/") or "/"
    beside = f":{port}" if port and port != _PORTS.get(parts.scheme.lower()) else ""
    return f"{_reversed(parts.hostname)}{beside}){path}" + (f"?{query}" if query else "")


def _reversed(host: str) -> str:
    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        name = _WWW.sub("", host.lower().rstrip("."))
        return ",".join(reversed(_ascii(name).split(".")))
    return host


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(name)


def _escaped(text: str) -> str:
    """One way of escaping, whichever the address was written in."""
    return quote(unquote_to_bytes(text), safe=_KEPT)


def _indexed(records: Any) -> Iterator[Indexed]:
    for record in records:
        if record.rec_type not in _ANSWERS:
            continue
        head, about = record.http_headers, record.rec_headers
        kind = (head.get_header("Content-Type") if head else about.get_header("Content-Type")) or ""
        status = head.get_statuscode() if head else ""
        named = about.get_header("WARC-Payload-Digest")
        digest = named or f"sha256:{_sha256(record.content_stream())}"
        yield Indexed(
            url=about.get_header("WARC-Target-URI") or "",
            date=about.get_header("WARC-Date") or "",
            media_type="revisit" if record.rec_type == "revisit" else kind.partition(";")[0].strip(),
            status=status if status.isdigit() else "",
            digest=digest,
            offset=records.get_record_offset(),
            length=records.get_record_length(),
        )


def _sha256(stream: Any) -> str:
    found = hashlib.sha256()
    while piece := stream.read(65_536):
        found.update(piece)
    return found.hexdigest()


def _line(file: str, record: Indexed) -> str:
    known = {
        "url": record.url,
        "mime": record.media_type,
        "status": record.status,
        "digest": record.digest,
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": file,
    }
    said = json.dumps({key: value for key, value in known.items() if value}, ensure_ascii=False)
    key = "".join(surt(record.url).split()) or "-"
    return f"{key} {re.sub('[^0-9]', '', record.date)[:14]} {said}"
