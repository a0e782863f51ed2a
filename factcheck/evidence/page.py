"""What a page says: its bytes become the one text that quotations are placed in."""

import codecs
import re
from pathlib import PurePath

from charset_normalizer import from_bytes
from selectolax.lexbor import LexborHTMLParser, LexborNode

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
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a label means to a browser (WHATWG Encoding, section 4.2), in the names of Python's codecs.
_MEANS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_CODECS = {
    "utf-8", "gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949", "koi8-r", "koi8-u",
    *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in range(2, 17)), "cp874", "cp866", "tis-620",
}  # fmt: skip
_GUESSES = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1252", "cp1251", "utf_16_le", "utf_16_be"]
_LABEL = r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
_META = re.compile(rb"<meta[^>]{0,400}?" + _LABEL.encode(), re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
# Possessive throughout: a page of a thousand comments must not make the pattern try every way to pair them.
_LOOKS_HTML = re.compile(
    rb"\s*+(?>(?:<\?xml[^>]*+>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea", "select"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_NEVER_CLOSED = {
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source", "td",
    "tfoot", "th", "tbody", "thead", "tr", "track", "wbr",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
DEEPEST = 2_000
"""Browsers stop at 512 levels; parsing takes the square of the depth, so that a megabyte of <div> would take minutes."""


def media_type_of(path: PurePath, data: bytes) -> str:
    """What a file is: its first bytes decide for binary formats, then its suffix, then what it looks like."""
    found = next((name for magic, name in _MAGIC if data.startswith(magic)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = "image/webp"
    if found:
        return found
    if not _is_text(data):
        return "application/octet-stream"
    by_suffix = _BY_SUFFIX.get(path.suffix.lower(), "")
    looks = "text/html" if _LOOKS_HTML.match(data[:4096]) else "text/plain"
    return by_suffix or looks


def _is_text(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS) or b"\0" not in data[:65536]


def page_text(data: bytes, media_type: str) -> str:
    """The text that quotations are placed in, in code points; "" for what we cannot read as text yet."""
    kind = _kind(media_type)
    if kind in _HTML:
        return _html_text(_tree(data, media_type))
    return _decoded(data, media_type) if kind in _PLAIN else ""


def page_title(data: bytes, media_type: str) -> str:
    """The title of a page, or the first line of a text; at most 200 characters, "" when there is none."""
    kind = _kind(media_type)
    if kind in _HTML:
        return _short(_html_title(_tree(data, media_type)))
    if kind in _PLAIN:
        lines = (line.strip().lstrip("#").strip() for line in _decoded(data, media_type)[:4000].splitlines())
        return _short(next((line for line in lines if line), ""))
    return ""


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _short(text: str) -> str:
    return " ".join(text.split())[:200]


def _tree(data: bytes, media_type: str) -> LexborHTMLParser:
    html = _decoded(data, media_type)
    return LexborHTMLParser(_flat(html) if _depth(html) > DEEPEST else html)


def _depth(html: str) -> int:
    """How deep tags nest, at most; elements that need no end tag are not counted."""
    depth = deepest = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _NEVER_CLOSED:
            depth = max(depth - 1, 0) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _flat(html: str) -> str:
    """The page with tags that open nothing in the place of those that nest; its words and lines stay the same."""
    return _TAG.sub(_level, html)


def _level(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _UNSEEN or name in {"html", "body", "title", "meta"}:
        return tag[0]
    return "<br" if name in _BLOCKS else "<wbr"


def _html_title(tree: LexborHTMLParser) -> str:
    title = tree.css_first("title")
    if title is not None and title.text().strip():
        return str(title.text())
    heading = tree.css_first("h1")
    return "" if heading is None else str(heading.text())


def _decoded(data: bytes, media_type: str) -> str:
    """Byte order mark, the header's charset, the page's own, UTF-8, and only then a guess."""
    for mark, codec in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    declared = [codec for codec in _declared(data, media_type) if codec]
    for codec in (*declared, "utf-8"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode(declared[0] if declared else _guessed(data), "replace")


def _declared(data: bytes, media_type: str) -> tuple[str, ...]:
    header = re.search(_LABEL, media_type, re.IGNORECASE)
    own = (_META.search(data[:4096]) or _XML.match(data[:4096])) if _kind(media_type) in _HTML else None
    return (_codec(header[1]) if header else "", _codec(own[1].decode("ascii", "replace")) if own else "")


def _codec(label: str) -> str:
    """Python's codec for a label of the web; "" for unknown ones and for codecs that are no charset."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    name = _MEANS.get(name, name)
    return name if name in _CODECS else ""


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:65536], cp_isolation=_GUESSES).best()
    return "utf-8" if best is None else _MEANS.get(best.encoding, best.encoding)


def _html_text(tree: LexborHTMLParser) -> str:
    """The words of a page in reading order; a new line where a block begins or ends, one blank for white space."""
    pieces: list[str] = []
    node: LexborNode | None = tree.root
    while node is not None:
        tag = str(node.tag)
        if tag == "-text":
            pieces.append(re.sub(r"\s+", " ", str(node.text_content or "")))
        elif tag in _BLOCKS:
            pieces.append("\n")
        node = _inside(node, tag) or _behind(node, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _inside(node: LexborNode, tag: str) -> LexborNode | None:
    return None if tag in _UNSEEN else node.first_child


def _behind(node: LexborNode, pieces: list[str]) -> LexborNode | None:
    here: LexborNode | None = node
    while here is not None and here.next is None:
        here = here.parent
        if here is not None and str(here.tag) in _BLOCKS:
            pieces.append("\n")
    return None if here is None else here.next
