"""What bytes are, whatever their sender calls them: magic numbers first, then markup, then the declared kind of text."""

import io
import json
import re
import zipfile
import zlib
from pathlib import PurePath

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WARC = "application/warc"
WARC_GZIPPED = "application/warc+gzip"
WACZ = "application/wacz"
MHTML = "multipart/related"
HTML = ("text/html", "application/xhtml+xml")

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"WARC/1.", WARC),
    (b"WARC/0.", WARC),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"OggS\0", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
_IN_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/avi"}
_INSIDE_ZIP = (
    (re.compile(r"word/document\d{0,2}\.xml"), DOCX),
    (re.compile(r"xl/workbook\.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (
        re.compile(r"ppt/presentation\.xml"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (re.compile(r"datapackage\.json"), WACZ),
)
_MOST_PARTS = 10_000
_LARGEST_JSON = 4_000_000
"""Bytes; beyond that its first and last sign must do, since parsing takes ten times the memory."""
_PDF_STARTS = re.compile(rb"[\x00-\x20\xef\xbb\xbf\xfe\xff]{0,1024}%PDF-")
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text has (WHATWG MIME Sniffing, section 3)."""
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[\s>]",
    re.IGNORECASE,
)
"""What a page begins with (WHATWG MIME Sniffing, section 7.1)."""
_MAIL = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n)*+){0,20}?Content-Type:\s*multipart/related\b", re.IGNORECASE
)
"""A page with all its pictures, as browsers save it (RFC 2557)."""
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s", re.IGNORECASE)
_SAID = ("text/", "application/xml", "application/json", "application/javascript", "application/x-subrip")
_SHOWN_AS_THEY_ARE = {"text/plain", "text/markdown", "text/csv", "text/vtt", "application/x-subrip"}
"""Browsers show these as they stand, tags and all (WHATWG MIME Sniffing, section 7)."""
_BY_SUFFIX = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".csv": "text/csv",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
    ".xml": "text/xml",
}


def bare(media_type: str) -> str:
    """A media type without its parameters, in small letters."""
    return media_type.partition(";")[0].strip().lower()


def is_written(media_type: str) -> bool:
    """True for the kinds that are text as they stand: plain, CSV, Markdown, subtitles, JSON, XML."""
    return media_type.startswith(_SAID) or media_type.endswith(("+xml", "+json"))


def sniffed(data: bytes, declared: str = "", name: str = "") -> str:
    """The media type of bytes; `declared` and the suffix of `name` only tell kinds of text from each other."""
    if _PDF_STARTS.match(data):
        return PDF
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if found:
        return found
    if data[:4] == b"RIFF" and data[8:12] in _IN_RIFF:
        return _IN_RIFF[data[8:12]]
    if data[4:8] == b"ftyp":
        return "video/mp4"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if data.startswith(b"\x1f\x8b"):
        return _gzipped(data)
    if _MAIL.match(data[:16_384]):
        return MHTML
    return _text(data, bare(declared), PurePath(name).suffix.lower())


def _archive(data: bytes) -> str:
    if data.count(b"PK\x01\x02") > _MOST_PARTS:
        return "application/zip"
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "application/zip"
    found = (kind for part, kind in _INSIDE_ZIP if any(part.fullmatch(name) for name in names))
    return next(found, "application/zip")


def _gzipped(data: bytes) -> str:
    try:
        beginning = zlib.decompressobj(wbits=31).decompress(data, 7)
    except zlib.error:
        beginning = b""
    return WARC_GZIPPED if beginning.startswith(b"WARC/") else "application/gzip"


def _text(data: bytes, declared: str, suffix: str) -> str:
    """Among kinds of text the sender is believed, but for a page that is none and for what says nothing."""
    if not (markup := _markup(data)) and not _has_text(data):
        return "application/octet-stream"
    if is_written(declared) and declared not in HTML and not (markup and declared not in _SHOWN_AS_THEY_ARE):
        return declared
    if not declared and suffix in _BY_SUFFIX and not (markup and suffix in {".json", ".xml"}):
        return _BY_SUFFIX[suffix]
    if markup:
        return "application/xhtml+xml" if _XML.match(data) or declared == HTML[1] else HTML[0]
    if _is_json(data):
        return "application/json"
    if declared in HTML:
        return declared
    return "text/xml" if _XML.match(data) else "text/plain"


def _markup(data: bytes) -> bool:
    from factcheck.text.formats.html import looks_html

    return bool(_MARKUP.match(data)) or looks_html(_beginning(data))


def _beginning(data: bytes) -> str:
    from factcheck.text.decode import BYTE_ORDER_MARKS

    marked = next(((mark, codec) for mark, codec in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if marked:
        return data[len(marked[0]) : 8192].decode(marked[1], "replace")
    return data[:4096].decode("latin-1")


def _has_text(data: bytes) -> bool:
    """Text has no binary bytes at its start, unless they are half of UTF-16's characters; a stray one is forgiven."""
    from factcheck.text.decode import BYTE_ORDER_MARKS, readings

    if any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return True
    sample = data[:65536]
    strange = len(_BINARY.findall(sample))
    if strange * 50 <= len(sample):
        return True
    even = sample[: len(sample) // 2 * 2]
    found = next((each for each in readings(even, "") if each), None) if b"\0" in even else None
    return found is not None and found.encoding.startswith("utf-16")


def _is_json(data: bytes) -> bool:
    bare_data = data.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")
    if (bare_data[:1], bare_data[-1:]) not in {(b"{", b"}"), (b"[", b"]")}:
        return False
    if len(bare_data) > _LARGEST_JSON:
        return True
    try:
        json.loads(bare_data)
    except (ValueError, RecursionError):
        return False
    return True
