"""A page's bytes become characters: byte order mark, header, the page's own word, and only then what the bytes look like."""

import re
from collections.abc import Iterator

from factcheck.text.charsets import LABEL, codec, declared_by_page
from factcheck.text.decode import BYTE_ORDER_MARKS, Decoded, readings

_SURELY = 8
"""So many characters beyond ASCII that fit UTF-8 are UTF-8: of GBK text one in seven thousand millions would fit."""
_HALVES = re.compile("[\ud800-\udfff]")


def page_decoded(data: bytes, media_type: str, *, markup: bool) -> Decoded:
    """The characters of a page with the encoding and what told it; what fits no encoding becomes U+FFFD and is told.


    `media_type` is the header with its charset, or ""; `markup`: the page may name its own charset.
    """
    found = next((each for each in _ways(data, media_type, markup=markup) if each), None)
    found = found or _forced(data, media_type, markup=markup)
    text = found.text.removeprefix("\ufeff").replace("\0", "" if markup else "\ufffd")
    return Decoded(_HALVES.sub("\ufffd", text), found.encoding, found.decided)


def _ways(data: bytes, media_type: str, *, markup: bool) -> Iterator[Decoded | None]:
    own = declared_by_page(data) if markup else ""
    if not any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        yield from _said_by_header(data, header_codec(media_type))
        yield _utf_8_all_the_same(data, own, "the page")
    yield from readings(data, own)


def _said_by_header(data: bytes, named: str) -> Iterator[Decoded | None]:
    yield _utf_8_all_the_same(data, named, "the header")
    if named.startswith(("cp125", "iso8859")):
        yield _chinese_all_the_same(data, named)
    if named:
        yield _strict(data, named, "the header declares it")


def header_codec(media_type: str) -> str:
    """Python's codec for the charset in a Content-Type header, or ""."""
    label = re.search(LABEL, media_type, re.IGNORECASE)
    return codec(label[1]) if label else ""


def _utf_8_all_the_same(data: bytes, named: str, who: str) -> Decoded | None:
    """UTF-8 under another name: a template that moved to UTF-8 keeps its old label."""
    if named in {"", "utf-8"} or b"\x1b" in data:
        return None
    found = _strict(data, "utf-8", f"the bytes are UTF-8, though {who} says {named}")
    return found if found and _beyond_ascii(found.text) else None


def _chinese_all_the_same(data: bytes, named: str) -> Decoded | None:
    """Chinese under a Western label, which servers put on every page: read as common characters, many of them."""
    found = next((each for each in readings(data, "") if each), None)
    if found is None or found.encoding not in {"gb18030", "big5", "big5hkscs"}:
        return None
    decided = f"its characters are common ones, though the header says {named}"
    return Decoded(found.text, found.encoding, decided) if _beyond_ascii(found.text) else None


def _beyond_ascii(text: str) -> bool:
    return len(re.findall("[^\0-\x7f]", text[:65536])) >= _SURELY


def _forced(data: bytes, media_type: str, *, markup: bool) -> Decoded:
    """The declared encoding, or UTF-8, with U+FFFD for what does not fit; a mark goes before both."""
    marked = next((pair for pair in BYTE_ORDER_MARKS if data.startswith(pair[0])), None)
    named = marked[1] if marked else header_codec(media_type) or (declared_by_page(data) if markup else "")
    encoding = named or "utf-8"
    text = data[len(marked[0]) if marked else 0 :].decode(encoding, "replace")
    lost = text.count("\ufffd")
    told = "a byte order mark" if marked else "it is declared" if named else "nothing else is nearer"
    return Decoded(text, encoding, f"{told}; {lost} places do not fit")


def _strict(data: bytes, encoding: str, decided: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, decided)
    except (UnicodeDecodeError, LookupError):
        return None
