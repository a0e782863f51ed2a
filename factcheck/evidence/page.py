"""What a page said to earlier desks, which made its text anew each time: quotations of their ledgers stand in it."""

import re

_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = ("text/plain", "text/markdown", "text/csv")
def page_text(data: bytes, media_type: str) -> str:
    """The text of a capture that names none, in code points; "" for what earlier desks could not read."""
    from factcheck.text.formats import html

    kind = _kind(media_type)
    if kind in _HTML:
        return html.page_words(html.tree(_decoded(data, media_type)))
    return _decoded(data, media_type) if kind in _PLAIN else ""


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


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
