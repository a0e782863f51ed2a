"""A Word document as text: paragraphs and tables in order, as a reader of the accepted changes sees them."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from factcheck.errors import BadData

FORM = "docx/2"
LARGEST_XML = 16 * 1024 * 1024
"""Bytes of XML that are read; of nothing but tiny elements with a letter between them they take 850 MiB of memory."""
MOST_PARTS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TIE = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
}
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")} | {_FALLBACK}
"""Elements without words for the reader: deleted text, instructions of fields, properties, second versions of drawings."""
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The ways to pack a part that the format has (ECMA-376, part 2, annex B)."""
TORN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What an archive raises whose bytes are not as they were written."""
_WORD = "open it in Word or LibreOffice, save it as docx again, or give its text."


def maker() -> str:
    """What makes the text, with the version of the library: two makers may give two texts."""
    return f"{FORM} lxml {version('lxml')}"


def docx_text(data: bytes, *, where: str) -> str:
    """The words of the body, an empty line after each paragraph, then the footnotes. BadData when it cannot be read."""
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            blocks = [block for block in _document(archive, where) if block.strip()]
    except (*TORN, LxmlError, LookupError) as error:
        seen = str(error).strip("'\"") or type(error).__name__  # a KeyError quotes what it says
        raise _broken(where, seen) from error
    return "\n\n".join(blocks) + "\n"


def docx_about(data: bytes) -> dict[str, str]:
    """The title, author and time of creation that the package gives (ECMA-376, part 2, 11); {} when it gives none."""
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            (part,) = list(_tied(archive, "", ("/core-properties",), ""))[:1] or [""]
            _check_size(archive, [part], "")
            said = {child.tag: child.text or "" for child in _parsed(archive, part, "").iterchildren("{*}*")}
    except (*TORN, LxmlError, LookupError, BadData):
        return {}
    return {name: said.get(tag, "") for name, tag in _CORE.items()}


def check_parts(data: bytes, *, where: str) -> None:
    """Refuse an archive of so many parts that their list alone would fill the memory."""
    parts = data.count(b"PK\x01\x02")
    if parts > MOST_PARTS:
        raise _too_large(f"{parts} parts, at most {MOST_PARTS} are read", where)


def _document(archive: zipfile.ZipFile, where: str) -> Iterator[str]:
    """The blocks of the main part and of its notes; nothing else of the package is unpacked."""
    (main,) = list(_tied(archive, "", ("/officeDocument",), where))[:1] or [""]
    notes = dict.fromkeys(_tied(archive, main, ("/footnotes", "/endnotes"), where))
    _check_size(archive, [main, *notes], where)
    body = _parsed(archive, main, where).find(f"{_W}body")
    if body is None:
        raise LookupError(f"{main} has no body")
    yield from _blocks(body)
    for name in notes:
        for note in [] if name == main else _parsed(archive, name, where).iterchildren():
            if note.get(f"{_W}type") is None:
                yield from _blocks(note)


def _tied(archive: zipfile.ZipFile, part: str, kinds: tuple[str, ...], where: str) -> Iterator[str]:
    """The names of the parts that a part (the package: "") has relations of these kinds to (ECMA-376, part 2, 9.3)."""
    folder, name = posixpath.split(part)
    ties = posixpath.join(folder, "_rels", f"{name}.rels")
    if part and ties not in archive.NameToInfo:
        return
    _check_size(archive, [ties], where)
    for tie in _parsed(archive, ties, where).iterchildren(_TIE):
        if tie.get("Type", "").endswith(kinds) and tie.get("TargetMode") != "External":
            yield posixpath.normpath(posixpath.join("/", folder, tie.get("Target", ""))).lstrip("/")


def _check_size(archive: zipfile.ZipFile, names: list[str], where: str) -> None:
    """Refuse before anything is unpacked; what is unpacked is never more than the archive says here."""
    size = sum(archive.getinfo(name).file_size for name in names)
    if size > LARGEST_XML:
        raise _too_large(f"{size} bytes of XML, at most {LARGEST_XML} are read", where)


def _parsed(archive: zipfile.ZipFile, name: str, where: str) -> Any:
    from lxml import etree

    part = archive.getinfo(name)
    if part.compress_type not in _PACKED:
        raise zipfile.BadZipFile(f"{name} is packed in a way that no docx is")
    with archive.open(part) as opened:
        xml = opened.read(LARGEST_XML + 1)  # with a number, or zipfile would unpack all there is
    if _declares(xml):
        seen = f"{name} declares a document type"
        raise BadData("Word never writes such a docx.", where=where, seen=seen, remedy=_WORD)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(xml, parser)


def _declares(xml: bytes) -> bool:
    """A document type, in any encoding with or without bytes of zero between: the door to entities."""
    bare = xml.replace(b"\0", b"") if b"\0" in xml[:64] else xml
    return b"<!DOCTYPE" in bare or b"<!ENTITY" in bare


def _too_large(seen: str, where: str) -> BadData:
    return BadData(
        "Unpacked, this docx is larger than one transcript can be.", where=where, seen=seen, remedy=_WORD
    )


def _broken(where: str, seen: str) -> BadData:
    return BadData("This docx cannot be read.", where=where, seen=seen[:160], remedy=_WORD)


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and table rows of a body, a cell, a text box or a note, in order."""
    for child in parent.iterchildren():
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield "\n".join(filter(None, map(_row, _nearest(child, f"{_W}tr"))))
        elif child.tag not in _GONE:
            yield from _blocks(child)


def _nearest(parent: Any, tag: str) -> Iterator[Any]:
    """The elements of this tag below one, however they are wrapped (content controls, tracked changes); none within another."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE:
            yield from _nearest(child, tag)


def _row(row: Any) -> str:
    if row.find(f"{_W}trPr/{_W}del") is not None:
        return ""
    return " | ".join(filter(None, map(_cell, _nearest(row, f"{_W}tc"))))


def _cell(cell: Any) -> str:
    """The words of a cell in one line; its blocks are tidy, so that a table in a table in a table is not split each time."""
    return re.sub("\n+", " ", " ".join(filter(None, _blocks(cell))))


def _paragraph(paragraph: Any) -> Iterator[str]:
    """The words of a paragraph, then those of the text boxes that hang on it."""
    boxes: list[Any] = []
    words = "".join(_words(paragraph, boxes))
    text = "\n".join(" ".join(line.split()) for line in words.split("\n")).strip()
    yield f"- {text}" if text and _is_item(paragraph) else text
    for box in boxes:
        yield from _blocks(box)


def _is_item(paragraph: Any) -> bool:
    """True of an item of a list, numbered or not; the numbers themselves are counted by Word and stand nowhere."""
    about = paragraph.find(f"{_W}pPr")
    style = about.find(f"{_W}pStyle") if about is not None else None
    listed = style is not None and style.get(f"{_W}val", "").startswith("List")
    return listed or (about is not None and about.find(f"{_W}numPr") is not None)


def _words(parent: Any, boxes: list[Any]) -> Iterator[str]:
    for child in parent.iterchildren():
        if child.tag == f"{_W}t":
            yield "".join(child.itertext())
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag not in _GONE and not (child.tag == f"{_W}r" and _is_hidden(child)):
            yield from _words(child, boxes)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in {"0", "false", "off"}
