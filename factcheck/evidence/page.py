"""What a page says: its bytes become the one text that quotations are placed in."""

import re
from pathlib import PurePath

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
_BY_SUFFIX = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
    ".xml": "text/xml",
}
_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = ("text/plain", "text/markdown", "text/csv")
def media_type_of(path: PurePath, data: bytes) -> str:
    """What a file is: its first bytes decide for binary formats, then its suffix, then what it looks like."""
    found = next((name for magic, name in _MAGIC if data.startswith(magic)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = "image/webp"
    if found:
        return found
    if not _is_text(data):
        return "application/octet-stream"
    from factcheck.text.formats.html import looks_html

    by_suffix = _BY_SUFFIX.get(path.suffix.lower(), "")
    looks = "text/html" if looks_html(data[:4096].decode("latin-1")) else "text/plain"
    return by_suffix or looks


def _is_text(data: bytes) -> bool:
    from factcheck.text.decode import BYTE_ORDER_MARKS

    return any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS) or b"\0" not in data[:65536]


def page_text(data: bytes, media_type: str) -> str:
    """The text that quotations are placed in, in code points; "" for what we cannot read as text yet."""
    from factcheck.text.formats import html

    kind = _kind(media_type)
    if kind in _HTML:
        return html.page_words(html.tree(_decoded(data, media_type)))
    return _decoded(data, media_type) if kind in _PLAIN else ""


def page_title(data: bytes, media_type: str) -> str:
    """The title of a page, or the first line of a text; at most 200 characters, "" when there is none."""
    from factcheck.text.formats import html

    kind = _kind(media_type)
    if kind in _HTML:
        return _short(html.title(html.tree(_decoded(data, media_type))))
    if kind in _PLAIN:
        lines = (line.strip().lstrip("#").strip() for line in _decoded(data, media_type)[:4000].splitlines())
        return _short(next((line for line in lines if line), ""))
    return ""


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _short(text: str) -> str:
    return " ".join(text.split())[:200]


def _decoded(data: bytes, media_type: str) -> str:
    """Byte order mark, the header's charset, the page's own, UTF-8, and only then a guess."""
    from factcheck.text.charsets import guessed
    from factcheck.text.decode import BYTE_ORDER_MARKS

    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    declared = [codec for codec in _declared(data, media_type) if codec]
    for codec in (*declared, "utf-8"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode(declared[0] if declared else guessed(data) or "utf-8", "replace")


def _declared(data: bytes, media_type: str) -> tuple[str, str]:
    from factcheck.text.charsets import LABEL, codec, declared_by_page

    header = re.search(LABEL, media_type, re.IGNORECASE)
    own = declared_by_page(data) if _kind(media_type) in _HTML else ""
    return (codec(header[1]) if header else "", own)
