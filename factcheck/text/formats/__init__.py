"""What a document says, whatever its format: its bytes decide what it is, its name only where they leave it open."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from factcheck.errors import BadData
from factcheck.text import checks
from factcheck.text.charsets import declared_by_page
from factcheck.text.decode import Decoded, check_size, check_words, checked, decoded, too_large
from factcheck.text.formats import docx, html, pdf, whisper

LARGEST_CONTAINER = 64 * 1024 * 1024
"""Bytes of the largest docx or PDF: most of it is pictures and fonts."""
LARGEST_JSON = 32 * 1024 * 1024
"""Bytes of the largest transcript in JSON: most of it is the times of words."""

_PDF = re.compile(rb"[\x00-\x20\xef\xbb\xbf\xfe\xff]{0,1024}%PDF-")
"""At its start but for blanks and marks: readers look further, but a text may speak of %PDF-1.4."""
_BY_ITSELF = Decoded("", "", "the format names it itself")
_MARKDOWN = {".md", ".markdown"}
_PAGES = {".html", ".htm", ".xhtml"}
_SUBTITLES = {".srt", ".vtt"}
_TIMING = re.compile(r"^\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->", re.MULTILINE)
_ELEMENT = re.compile(r"<(?:p|div|h[1-6]|br|ul|ol|table|article|section)\b[^>]{0,400}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """The text that offsets refer to, and how it came about.

    `format`: text, markdown, srt, vtt, html, docx, pdf or whisper; `encoding` is "" for docx and PDF.
    Not `derived`: the text is the file's bytes decoded as UTF-8, and nothing else.
    """

    text: str
    format: str
    encoding: str
    decided: str
    maker: str
    derived: bool


def read(data: bytes, *, name: str, where: str) -> Document:
    """The document in these bytes; `name` is its file name. BadData in a sentence when it cannot be had."""
    check_words(data, where=where)
    if len(data) > LARGEST_CONTAINER:
        raise too_large(len(data), "bytes", where=where)
    if _PDF.match(data):
        return _derived(pdf.pdf_text(data, where=where), "pdf", _BY_ITSELF, where)
    if data.startswith(b"PK\x03\x04"):
        return _unpacked(data, where)
    suffix = PurePath(name).suffix.lower()
    if _is_json(data) and (spoken := _whisper(data, suffix, where)):
        return spoken
    check_size(len(data), where=where)
    return _written(data, suffix, where)


def read_as(form: str, data: bytes, *, name: str, where: str) -> Document:
    """The document in these bytes, taken for what it was taken for once: checks of others are never found unasked."""
    if form != "checks":
        return read(data, name=name, where=where)
    found = checks.read_checks(data, where=where)
    return Document(found.text, form, found.encoding, found.decided, checks.MAKER, derived=True)


def maker(form: str) -> str:
    """What reads this format today; where a library does it, with its version: two makers may give two texts."""
    match form:
        case "docx":
            return docx.maker()
        case "pdf":
            return pdf.maker()
        case "html":
            return html.MAKER
        case "whisper":
            return whisper.MAKER
        case "checks":
            return checks.MAKER
        case _:
            return "text/1"


def _unpacked(data: bytes, where: str) -> Document:
    docx.check_parts(data, where=where)
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except docx.TORN as error:
        raise BadData(
            "This archive is broken.",
            where=where,
            seen=str(error)[:160],
            remedy="give the whole file; it may be cut off.",
        ) from error
    if any(re.fullmatch(r"word/document\d{0,2}\.xml", name) for name in names):
        return _derived(docx.docx_text(data, where=where), "docx", _BY_ITSELF, where)
    kinds = {"xl/workbook.xml": "a spreadsheet (xlsx)", "ppt/presentation.xml": "slides (pptx)"}
    seen = next((kind for part, kind in kinds.items() if part in names), "a ZIP archive")
    remedy = "unpack it, or save it as docx, PDF, a web page or text."
    raise BadData("This is no document that can be read.", where=where, seen=seen, remedy=remedy)


def _is_json(data: bytes) -> bool:
    beginning = data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    return beginning in (b"{", b"[") and not data.startswith(b"{\\rtf")


def _whisper(data: bytes, suffix: str, where: str) -> Document | None:
    """A transcript in JSON; None for a text that only begins like JSON ("[00:00:01] ...")."""
    found = decoded(data, where=where, most=LARGEST_JSON)
    certain = suffix == ".json"
    document = whisper.read_json(found.text.lstrip("\ufeff"), where=where, certain=certain)
    pieces = whisper.transcript(document)
    if pieces is not None:
        text = whisper.whisper_text(pieces, where=where)
        return _derived(text, "whisper", found, where)
    if certain or isinstance(document, dict):
        raise whisper.refuse_json(document, where=where)
    return None


def _written(data: bytes, suffix: str, where: str) -> Document:
    page = suffix in _PAGES or html.looks_html(data[:4096].decode("latin-1").removeprefix("\xef\xbb\xbf"))
    found = decoded(data, where=where, declared=declared_by_page(data) if page else "")
    form = _form(found.text, suffix)
    if form == "html":
        text = html.document_text(found.text.removeprefix("\ufeff"))
        return _derived(text, form, found, where)
    if found.encoding == "utf-8":
        return Document(found.text, form, found.encoding, found.decided, maker(form), derived=False)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    return _derived(text, form, found, where)


def _form(text: str, suffix: str) -> str:
    beginning = text[:4096]
    if beginning.lstrip("\ufeff").startswith("WEBVTT"):
        return "vtt"
    if html.looks_html(beginning) or (suffix in _PAGES and _ELEMENT.search(text)):
        return "html"
    if _TIMING.search(beginning):
        return "vtt" if suffix == ".vtt" else "srt"
    return "markdown" if suffix in _MARKDOWN else "text"


def _derived(text: str, form: str, found: Decoded, where: str) -> Document:
    clean = text.encode("utf-8", "replace")  # a lone surrogate cannot be written
    check_size(len(clean), where=where)
    check_words(clean, where=where)
    words = checked(clean.decode("utf-8"), where=where, lines=False)
    return Document(words, form, found.encoding, found.decided, maker(form), derived=True)
