"""Web archives as a browser or a crawler saves them: WARC and WACZ are read record by record, never unpacked to a disk."""

import gzip
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from factcheck.errors import BadData

MOST_INFLATED = 512 * 1024 * 1024
MOST_RECORDS = 50_000
LARGEST_BODY = 32 * 1024 * 1024
_LARGEST_HEAD = 1024 * 1024
"""Bytes between two bodies: the headers of a record and of its answer."""
_MOST_PARTS = 5_000
_LARGEST_LIST = 8 * 1024 * 1024
_PIECE = 65_536
_WARC_NAME = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\\\0-\x1f]")
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LINK = 0o120000
_REMEDY = "save the page again as a web page, a PDF or a new archive, and capture that."


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of an archive, without its body: `part` and `place` say where it stands."""

    url: str
    date: str
    status: int
    media_type: str
    location: str
    part: int
    place: int


class Archive:
    """A WARC, or the WARCs in a WACZ. BadData when it is broken, larger than one may be, or plays tricks."""

    def __init__(self, data: bytes, *, packed: bool, where: str) -> None:
        self._where = where
        self._parts: list[Callable[[], IO[bytes]]] = [lambda: io.BytesIO(data)]
        self.pages: tuple[str, ...] = ()
        """The addresses that a WACZ names as its pages, in its order."""
        if packed:
            self._open_package(data)

    def answers(self) -> list[Answer]:
        """All answers in order; those before a tear, when the end of the archive is missing."""
        found: list[Answer] = []
        torn = _torn()
        for part in range(len(self._parts)):
            try:
                found.extend(answer for answer, _ in self._records(part))
            except torn as error:
                if not found:
                    raise self._bad("This web archive is broken.", _words(error)) from error
        return found

    def body(self, wanted: Answer) -> bytes:
        """The decoded body of an answer, after its digests were checked."""
        try:
            records = (record for answer, record in self._records(wanted.part) if answer == wanted)
            return self._read(next(records, None))
        except _torn() as error:
            raise self._bad("This web archive is broken.", _words(error)) from error

    def _read(self, record: Any) -> bytes:
        stream, coding = record.raw_stream, ""
        if record.http_headers:
            coding = (record.http_headers.get_header("content-encoding") or "").strip().lower()
            if (record.http_headers.get_header("transfer-encoding") or "").strip().lower() == "chunked":
                stream = _unchunked(stream)
        body = self._decoded(iter(lambda: stream.read(_PIECE), b""), coding)
        if record.digest_checker.passed is False:
            raise self._bad("The page in this archive is not what its digest says.", "other bytes")
        return body

    def _decoded(self, pieces: Iterator[bytes], coding: str) -> bytes:
        wire = self._bounded(pieces)
        if coding in {"", "identity"} or not wire:
            return wire
        bits = {"gzip": 31, "x-gzip": 31, "deflate": 15 if wire[0] & 15 == 8 else -15}.get(coding)
        if bits is None:
            raise self._bad("The page in this archive is packed in a way that is not read here.", coding[:20])
        if bits == 31 and not wire.startswith(b"\x1f\x8b"):
            return wire  # unpacked by the crawler, which left the header as it was
        return self._bounded(iter((zlib.decompressobj(bits).decompress(wire, LARGEST_BODY + 1),)))

    def _bounded(self, pieces: Iterator[bytes]) -> bytes:
        kept = bytearray()
        for piece in pieces:
            kept += piece
            if len(kept) > LARGEST_BODY:
                raise self._too_large(f"a page of more than {LARGEST_BODY} bytes")
        return bytes(kept)

    def _records(self, part: int) -> Iterator[tuple[Answer, Any]]:
        """Answers with their records; a record is read before the next one is asked for."""
        from warcio.archiveiterator import ArchiveIterator

        with self._parts[part]() as opened:
            counted = _Counted(_plain(opened), self._too_large)
            records = iter(ArchiveIterator(counted, check_digests=True))
            for place in range(MOST_RECORDS + 1):
                counted.head()
                if (record := next(records, None)) is None:
                    return
                counted.body()
                if answer := _answer(record, part, place):
                    yield answer, record
                for _ in iter(lambda: record.raw_stream.read(_PIECE), b""):  # noqa: B023 - read in this very turn
                    pass
        raise self._too_large(f"more than {MOST_RECORDS} records")

    def _open_package(self, data: bytes) -> None:
        try:
            package = zipfile.ZipFile(io.BytesIO(data))
            self._check(package)
            names = [name for name in package.namelist() if _WARC_NAME.fullmatch(name)]
            self._check_digests(package, names)
            self.pages = tuple(_pages(package))
        except _torn() as error:
            raise self._bad("This WACZ is broken.", _words(error)) from error
        if not names:
            raise self._bad("This WACZ holds no archive.", "no archive/*.warc.gz")
        self._parts = [lambda name=name: package.open(name) for name in names]  # type: ignore[misc]

    def _check(self, package: zipfile.ZipFile) -> None:
        """Refuse names that lead elsewhere, come twice or are links, and parts that are locked or packed strangely."""
        parts = package.infolist()
        names = [part.filename for part in parts]
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
            raise self._too_large(f"{len(parts)} files")
        if len({name.casefold() for name in names}) < len(names):
            raise self._bad("This WACZ plays tricks.", "two files of one name")
        for part in parts:
            if _OUTSIDE.search(part.filename) or part.external_attr >> 16 & 0o170000 == _LINK:
                raise self._bad("This WACZ plays tricks.", f"the name {part.filename[:80]!r}")
            if part.flag_bits & 1 or part.compress_type not in _PACKED:
                raise self._bad("This WACZ cannot be read.", "a file that is locked or packed strangely")

    def _check_digests(self, package: zipfile.ZipFile, names: list[str]) -> None:
        """The archives against the digests of datapackage.json, where it gives them in SHA-256."""
        listed = json.loads(_part(package, "datapackage.json"))
        for each in listed.get("resources", []):
            told, path = str(each.get("hash", "")), each.get("path")
            if path in names and told.startswith("sha256:") and told[7:] != _digest(package, path):
                raise self._bad("The archive in this WACZ is not what its digest says.", str(path)[:80])

    def _bad(self, what: str, seen: str) -> BadData:
        return BadData(what, where=self._where, seen=seen, remedy=_REMEDY)

    def _too_large(self, seen: str) -> BadData:
        return self._bad("This web archive holds more than is read of one.", seen)


class _Counted:
    """A stream that stops when headers or the whole grow beyond what an honest archive has."""

    def __init__(self, stream: io.BufferedIOBase, refusal: Callable[[str], BadData]) -> None:
        self._stream, self._refusal = stream, refusal
        self._read = 0
        self._most = MOST_INFLATED

    def head(self) -> None:
        """Headers come next."""
        self._most = min(self._read + _LARGEST_HEAD, MOST_INFLATED)

    def body(self) -> None:
        """A body comes next."""
        self._most = MOST_INFLATED

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read1(min(size, _PIECE) if size >= 0 else _PIECE)  # all there is before a tear
        self._read += len(piece)
        if self._read > self._most:
            raise self._refusal("headers without end" if self._most < MOST_INFLATED else "a bomb")
        return piece


def _plain(stream: IO[bytes]) -> io.BufferedIOBase:
    """The stream without its gzip, never more than a piece of it at a time."""
    begun = stream.read(2)
    stream.seek(0)
    return gzip.GzipFile(fileobj=stream) if begun == b"\x1f\x8b" else stream  # type: ignore[return-value]


def _answer(record: Any, part: int, place: int) -> Answer | None:
    told, answered = record.rec_headers.get_header, record.http_headers
    url = told("WARC-Target-URI") or ""
    if record.rec_type not in {"response", "resource"} or not url.startswith(("http://", "https://")):
        return None
    if record.rec_type == "resource":
        return Answer(url, told("WARC-Date") or "", 200, record.content_type or "", "", part, place)
    status = answered.get_statuscode() if answered else ""
    header = answered.get_header if answered else lambda name: ""
    kind, location = header("content-type") or "", header("location") or ""
    number = int(status) if status.isdigit() else 0
    return Answer(url, told("WARC-Date") or "", number, kind[:200], location, part, place)


def _unchunked(stream: Any) -> Any:
    from warcio.bufferedreaders import ChunkedDataReader

    return ChunkedDataReader(stream)


def _torn() -> tuple[type[Exception], ...]:
    """What the readers raise whose bytes are not as they were written."""
    from warcio.bufferedreaders import ChunkedDataException
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    ours = (ArchiveLoadFailed, StatusAndHeadersParserException, ChunkedDataException)
    broken = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, RecursionError)
    return (*ours, *broken, AttributeError, TypeError, NotImplementedError, RuntimeError)


def _words(error: Exception) -> str:
    return (str(error).strip("'\"").partition("\n")[0] or type(error).__name__)[:160]


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as opened:
        return opened.read(_LARGEST_LIST)


def _digest(package: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with package.open(name) as opened:
        for piece in iter(lambda: opened.read(_PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()


def _pages(package: zipfile.ZipFile) -> Iterator[str]:
    """The addresses in pages/pages.jsonl (WACZ 1.1.1, section 5.2.3); lines that are none are passed over."""
    lines = _part(package, "pages/pages.jsonl") if "pages/pages.jsonl" in package.NameToInfo else b""
    for line in lines.splitlines()[:MOST_RECORDS]:
        try:
            page = json.loads(line)
        except ValueError:
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            yield page["url"]
