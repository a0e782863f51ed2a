"""A page of HTML as text: what a reader sees, a line for every block."""

import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAKER = "html/1"
DEEPEST = 2_000
"""Browsers stop at 512 levels; parsing takes the square of the depth, so that a megabyte of <div> would take minutes."""
MOST_ATTRIBUTES = 250
"""Of one tag; parsing takes the square of their number, so that a megabyte of them would take a minute."""
MOST_NAMES = 10_000
"""Of attributes in one page; the parser looks each new one up among all others, so that 200,000 of them would take many seconds."""

_UNSEEN = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea", "select"}
_AROUND = {"nav", "menu", "button", "dialog", "audio", "video", "canvas", "datalist"}
"""What stands around the text of a document, besides what nobody sees."""
_BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_CELLS = {"td", "th"}
_CLOSE = {"br", "li", "dd", "dt", "option", "tr"} | _CELLS
"""Blocks that begin a line and no paragraph."""
_NEVER_CLOSED = {
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source", "td",
    "tfoot", "th", "tbody", "thead", "tr", "track", "wbr",
}  # fmt: skip
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
"""An attribute as browsers take it (WHATWG HTML, section 13.2.5.32 and those behind it)."""
_WHOLE_TAG = re.compile(rf"<([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)")
_EACH = re.compile(rf"(?=[\s/]*+([^\s/>][^\s/>=]*+)){_ATTRIBUTE}")
_FEW = re.compile(rf"(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES}}}")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
# Possessive throughout: a page of a thousand comments must not make the pattern try every way to pair them.
_LOOKS_HTML = re.compile(
    r"\ufeff?\s*+(?>(?:<\?xml[^>]*+>|<!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_html(beginning: str) -> bool:
    """Whether a text that begins so is a page."""
    return bool(_LOOKS_HTML.match(beginning))


def tree(html: str) -> "LexborHTMLParser":
    """The page parsed; attributes beyond all measure are cut, deeper nesting than any browser reads is flattened first."""
    from selectolax.lexbor import LexborHTMLParser

    html = _trimmed(html)
    return LexborHTMLParser(_flat(html) if _depth(html) > DEEPEST else html)


def title(page: "LexborHTMLParser") -> str:
    """The title of a page, or its first heading."""
    named = page.css_first("title")
    if named is not None and named.text().strip():
        return str(named.text())
    heading = page.css_first("h1")
    return "" if heading is None else str(heading.text())


def page_words(page: "LexborHTMLParser") -> str:
    """All words of a page in reading order; a new line where a block begins or ends, one blank for white space."""
    lines = (" ".join(line.split()) for line in _lines(_pieces(page, _UNSEEN)))
    return "\n".join(line for line in lines if line)


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Lines one by one: of a page of nothing but tags the pieces take ten times what the words do."""
    line: list[str] = []
    for piece in pieces:
        if piece != "\n":
            line.append(piece)
        elif line:
            yield "".join(line)
            line.clear()
    yield "".join(line)


def document_text(html: str) -> str:
    """The text of a document: without what stands around it, an empty line between paragraphs, a table row by row."""
    pieces = _pieces(tree(html), _UNSEEN | _AROUND, apart=True)
    lines = (" ".join(line.split()).strip("|").strip() for line in "".join(pieces).split("\n"))
    text = re.sub("(?<![^\n])-\n+(?=[^-\n])", "- ", "\n".join(lines))
    return re.sub("\n{3,}", "\n\n", text).strip("\n") + "\n"


def _pieces(page: "LexborHTMLParser", unseen: set[str], *, apart: bool = False) -> Iterator[str]:
    """Words and breaks; `apart` tells paragraphs (an empty line), lines and cells from each other."""
    node: LexborNode | None = page.root
    while node is not None:
        tag = str(node.tag)
        if tag == "-text":
            yield re.sub(r"\s+", " ", str(node.text_content or ""))
        elif tag in _BLOCKS:
            yield _break(tag, apart=apart, begins=True)
        inside = None if tag in unseen or (apart and _is_hidden(node, tag)) else node.first_child
        node = inside or (yield from _behind(node, apart=apart))


def _is_hidden(node: "LexborNode", tag: str) -> bool:
    if tag.startswith("-"):
        return False
    told = node.attributes
    return "hidden" in told or bool(_NOT_SHOWN.search(told.get("style") or ""))


def _break(tag: str, *, apart: bool, begins: bool) -> str:
    if not apart:
        return "\n"
    if tag in _CELLS:
        return " | " if begins else ""
    if tag in _CLOSE:
        return ("\n- " if tag == "li" else "\n") if begins else ""
    return "\n\n"


def _behind(node: "LexborNode", *, apart: bool) -> "Generator[str, None, LexborNode | None]":
    here: LexborNode | None = node
    while here is not None and here.next is None:
        here = here.parent
        if here is not None and str(here.tag) in _BLOCKS:
            yield _break(str(here.tag), apart=apart, begins=False)
    return None if here is None else here.next


def _trimmed(html: str) -> str:
    """The page with so many attributes at each tag, and so many names of them in all.

    Of html and body, which gather the attributes of all their tags, the first's stay.
    """
    gathered: set[str] = set()
    names = {"hidden", "style"}

    def known(attribute: re.Match[str]) -> str:
        name = attribute[1].lower()
        if len(names) < MOST_NAMES:
            names.add(name)
        return attribute[0] if name in names else ""

    def trimmed(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        if name in gathered:
            return f"<{name}"
        gathered.update({name} & {"html", "body"})
        few = _FEW.match(tag[2]) if len(tag[2]) > 2 * MOST_ATTRIBUTES else None
        kept = few[0] if few else tag[2]
        return f"<{tag[1]}{_EACH.sub(known, kept) if long else kept}"

    long = len(html) > 10 * MOST_NAMES
    return _WHOLE_TAG.sub(trimmed, html)


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
