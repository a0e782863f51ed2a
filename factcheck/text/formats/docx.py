"""A Word document as text: paragraphs and tables in order, as a reader of the accepted changes sees them."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from factcheck.errors import BadData

FORM = "docx/1"
LARGEST_INSIDE = 256 * 1024 * 1024
LARGEST_XML = 48 * 1024 * 1024
MOST_PARTS = 10_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")} | {_FALLBACK}
"""Elements without words for the reader: deleted text, instructions of fields, properties, second versions of drawings."""
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
TORN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What an archive raises whose bytes are not as they were written."""
_WORD = "open it in Word or LibreOffice, save it as docx again, or give its text."


def maker() -> str:
    """What makes the text, with the version of the library: two makers may give two texts."""
    return f"{FORM} python-docx {version('python-docx')}"


def docx_text(data: bytes, *, where: str) -> str:
    """The words of the body, an empty line after each paragraph, then the footnotes. BadData when it cannot be read."""
    _check_archive(data, where)
    from docx import Document
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        blocks = [*_blocks(document.element.body), *_footnotes(document.part)]
    except (*TORN, LxmlError, KeyError, AttributeError, TypeError, IndexError) as error:
        raise _broken(where, str(error) or type(error).__name__) from error
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _check_archive(data: bytes, where: str) -> None:
    """Refuse, before anything is unpacked, an archive that would not fit, or XML that declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, where)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _declares(archive.read(part)):
                    seen = f"{part.filename} declares a document type"
                    raise BadData("Word never writes such a docx.", where=where, seen=seen, remedy=_WORD)
    except TORN as error:
        raise _broken(where, str(error) or type(error).__name__) from error


def _check_sizes(parts: list[zipfile.ZipInfo], where: str) -> None:
    whole = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if whole > LARGEST_INSIDE or xml > LARGEST_XML or len(parts) > MOST_PARTS:
        seen = f"{len(parts)} parts of {whole} bytes, {xml} of them XML; at most {LARGEST_XML} are read"
        raise BadData(
            "Unpacked, this docx is larger than one transcript can be.", where=where, seen=seen, remedy=_WORD
        )


def _declares(xml: bytes) -> bool:
    """A document type, in UTF-8 or UTF-16: the door to entities."""
    return b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or "<!DOCTYPE".encode("utf-16-le") in xml


def _broken(where: str, seen: str) -> BadData:
    return BadData("This docx cannot be read.", where=where, seen=seen[:160], remedy=_WORD)


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and table rows of a body, a cell, a text box or a note, in order."""
    for child in parent.iterchildren():
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield "\n".join(filter(None, map(_row, child.iter(f"{_W}tr"))))
        elif child.tag not in _GONE:
            yield from _blocks(child)


def _row(row: Any) -> str:
    if row.find(f"{_W}trPr/{_W}del") is not None:
        return ""
    cells = (" ".join(" ".join(_blocks(cell)).split()) for cell in row.iterchildren(f"{_W}tc"))
    return " | ".join(cell for cell in cells if cell)


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
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag not in _GONE and not (child.tag == f"{_W}r" and _is_hidden(child)):
            yield from _words(child, boxes)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _footnotes(part: Any) -> Iterator[str]:
    from docx.oxml import parse_xml

    for tie in part.rels.values():
        if not tie.is_external and tie.reltype.endswith(("/footnotes", "/endnotes")):
            for note in parse_xml(tie.target_part.blob).iterchildren():
                if note.get(f"{_W}type") is None:
                    yield from _blocks(note)
