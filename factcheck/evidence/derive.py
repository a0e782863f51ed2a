"""What bytes say, whatever they are and whatever they are called: the text for quotations, and what stands about it."""

import json
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.metadata import version

from factcheck.errors import BadData
from factcheck.evidence.about import about, short, whole
from factcheck.evidence.charset import page_decoded
from factcheck.evidence.dates import as_iso, visible
from factcheck.evidence.sniff import DOCX, HTML, PDF, bare, is_written, sniffed

_HEAD = 2_000_000
"""Characters of a page that are searched for what it says of itself; its text is read to the end."""
_TEMPLATE = re.compile(r"<(/?)template\b(?=([^>]{0,400}))", re.IGNORECASE)
_IN_SHADOW = re.compile(r"\bshadowrootmode\b", re.IGNORECASE)
_SCRIPTED = re.compile(r"<(?:script|noscript|iframe|frame|canvas|object|embed)\b", re.IGNORECASE)
_WORDS_WITHOUT_SCRIPTS = re.compile(r"<(/?)noscript\b", re.IGNORECASE)
_INLINE_BYTES = re.compile(r"\bdata:[\w.+-]{1,60}/[^\"'()<>\s]{1000,}+")
_ESCAPES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([0-9a-fA-F]{4})(?:\\u([dD][c-fC-F][0-9a-fA-F]{2}))?")
_SAVED = re.compile(
    r"<!--\s*Page saved with SingleFile\s[^>]*?\burl:\s*(?P<url>\S{1,4000})\s(?:[^>]*?\bsaved date:\s*(?P<date>[^\r\n>]{1,100}))?"
    r"|<!--\s*saved from url=\(\d{4,6}\)(?P<mark>\S{1,4000})\s*-->",
    re.IGNORECASE,
)
_FEW, _SHORT = 120, 1_000
"""Letters (a Chinese character counts as two): of a page that scripts would fill, and of a notice in the place of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, and what it says of itself; "" for what it does not say.

    `declared` is the sender's media type, `sniffed` that of the bytes; `text` counts code points, has no NUL and no lone
    surrogate, and can be written as UTF-8. `maker` names the method and library that made it, `decided` what told
    the `encoding`. `published` is an ISO date or time, `canonical` a whole web address, `rights` one line.
    `little`: next to no text, so that a quotation is typed by hand; `note` says in a sentence why a document gave none.
    `saved_from` and `saved` are what a browser noted when it saved the page as one file: a proposal, not a fact.
    """

    declared: str
    sniffed: str
    text: str = ""
    maker: str = ""
    encoding: str = ""
    decided: str = ""
    title: str = ""
    author: str = ""
    published: str = ""
    canonical: str = ""
    rights: str = ""
    little: bool = False
    note: str = ""
    saved_from: str = ""
    saved: str = ""


def derive(data: bytes, declared: str = "", name: str = "", *, address: str = "") -> Page:
    """The page in these bytes: `declared` is the Content-Type header, `name` a file name or path, `address` its base.

    Never raises for what the bytes are: a broken, protected or unreadable document has no text, and a note.
    """
    page = Page(declared, sniffed(data, declared, name))
    if page.sniffed in HTML:
        return _web(page, data, address)
    if page.sniffed == PDF:
        return _pdf(page, data, name or "the PDF")
    if page.sniffed == DOCX:
        return _docx(page, data, name or "the docx")
    return _written(page, data) if is_written(page.sniffed) else replace(page, little=True)


def _header(page: Page) -> str:
    """The header with its charset, when it speaks of text at all."""
    kind = bare(page.declared)
    return page.declared if is_written(kind) or kind in HTML else ""


def _web(page: Page, data: bytes, address: str) -> Page:
    from factcheck.text.formats import html

    found = page_decoded(data, _header(page), markup=True)
    saved = _SAVED.search(found.text[:8_192])
    seen = _lit(_INLINE_BYTES.sub("data:,", found.text))
    text = _page_text(seen)
    origin = whole(saved["url"] or saved["mark"], "") if saved else ""
    said = about(html.tree(seen[:_HEAD]), text, address or origin)
    return replace(
        page,
        text=text,
        maker=f"html/2 selectolax {version('selectolax')}",
        encoding=found.encoding,
        decided=found.decided,
        title=said.title,
        author=said.author,
        published=said.published,
        canonical=said.canonical,
        rights=said.rights,
        little=_is_little(text, scripted=bool(_SCRIPTED.search(seen))),
        saved_from=origin,
        saved=short(saved["date"] or "") if saved else "",
    )


def _lit(html: str) -> str:
    """The page with its declared shadow trees, which browsers show, in the open (WHATWG HTML, 4.12.3)."""
    open_ones: list[bool] = []

    def lit(tag: re.Match[str]) -> str:
        if not tag[1]:
            open_ones.append(bool(_IN_SHADOW.search(tag[2])))
            return "<div" if open_ones[-1] else tag[0]
        return "</div" if open_ones and open_ones.pop() else tag[0]

    return _TEMPLATE.sub(lit, html) if _IN_SHADOW.search(html) else html


def _page_text(seen: str) -> str:
    """All words in reading order; of a page that is empty without scripts, those for readers without scripts."""
    from factcheck.text.formats import html

    text = html.page_words(html.tree(seen))
    if not _has_letters(text) and _WORDS_WITHOUT_SCRIPTS.search(seen):
        text = html.page_words(html.tree(_WORDS_WITHOUT_SCRIPTS.sub(r"<\1div", seen)))
    return text


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_little(text: str, *, scripted: bool) -> bool:
    """No letter at all; a few where scripts or frames would bring the rest; or a notice that stands in the page's place."""
    weight = sum(1 + ("\u2e80" <= each <= "\U0003ffff") for each in text[:_SHORT] if each.isalnum())
    if weight == 0 and not _has_letters(text):
        return True
    if weight < _FEW and scripted:
        return True
    return weight < _SHORT and len(text) < _SHORT and any(each in text.lower() for each in _notices())


@cache
def _notices() -> tuple[str, ...]:
    table = tomllib.loads(resources.files("factcheck").joinpath("data/pages.toml").read_text("utf-8"))
    return tuple(table["instead"]["phrases"])


def _pdf(page: Page, data: bytes, where: str) -> Page:
    from factcheck.text.formats import pdf

    try:
        found = pdf.printed(data, where=where)
    except BadData as error:
        return replace(page, little=True, note=_said(error))
    text = found.text if found.has_letters else ""
    return replace(
        page,
        text=text,
        maker=pdf.maker() if text else "",
        title=short(found.title),
        author=short(found.author),
        published=as_iso(found.created),
        little=not text,
        note="" if text else "This PDF has only pictures of pages (a scan).",
    )


def _docx(page: Page, data: bytes, where: str) -> Page:
    from factcheck.text.formats import docx

    try:
        docx.check_parts(data, where=where)
        text = docx.docx_text(data, where=where).encode("utf-8", "replace").decode("utf-8")
    except BadData as error:
        return replace(page, little=True, note=_said(error))
    said = docx.docx_about(data)
    return replace(
        page,
        text=text,
        maker=docx.maker(),
        title=short(said.get("title", "")),
        author=short(said.get("author", "")),
        published=as_iso(said.get("created", "")),
        little=not _has_letters(text),
    )


def _said(error: BadData) -> str:
    return f"{error.what} ({error.seen})" if error.seen else error.what


def _written(page: Page, data: bytes) -> Page:
    """Text as it stands; of JSON, the characters that its escapes mean."""
    found = page_decoded(data, _header(page), markup=page.sniffed.endswith("xml"))
    is_json = page.sniffed.endswith("json")
    text = _ESCAPES.sub(_character, found.text) if is_json else found.text
    prose = page.sniffed in {"text/plain", "text/markdown"}
    return replace(
        page,
        text=text,
        maker="text/1" if text == found.text else "json/1",
        encoding=found.encoding,
        decided=found.decided,
        title=_first_line(text) if prose else "",
        published=visible(text) if prose else "",
        little=not _has_letters(text),
    )


def _character(escape: re.Match[str]) -> str:
    """A character beyond ASCII in the place of its escape; the others, and halves of pairs, stay as they are written."""
    try:
        meant = json.loads(f'"{escape[0][len(escape[1]):]}"')
        meant.encode("utf-8")
    except ValueError:
        return escape[0]
    return escape[1] + meant if meant > "\x9f" and meant.isprintable() else escape[0]


def _first_line(text: str) -> str:
    lines = (line.strip().lstrip("#").strip() for line in text[:4_000].splitlines())
    return short(next((line for line in lines if line), ""))
