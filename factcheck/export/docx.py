"""The report for people who go on writing in it: a Word document with real headings, lists, tables and links."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from typing import Any, Final

from factcheck.errors import Refused
from factcheck.export.pages import wording
from factcheck.export.prose import Heading, Paragraph, Run, Table
from factcheck.export.prose_claims import prose
from factcheck.export.summary import Summary
from factcheck.export.words import kicker, tag, tongue
from factcheck.export.zipped import zipped
from factcheck.visible import visible

_INSTALL: Final = "pip install 'factcheck-desk[docs]'"
_LATIN, _HAN, _MONO = "Arial", "Microsoft YaHei", "Courier New"
_INK, _SOFT, _LINK, _TINT = "1C1B19", "5D5A54", "1F4FA3", "F5F2EA"
_TONES: Final = {
    **dict.fromkeys(("v5", "v4"), "17633A"),
    **dict.fromkeys(("v3",), "7A5200"),
    **dict.fromkeys(("v2", "v1", "pending", "alarm"), "9C1F1F"),
    **dict.fromkeys(("v0",), "4B4A47"),
    "reading": _LINK,
}
_STYLES: Final = {
    "body": "Normal", "notice": "Intense Quote", "counts": "Normal", "number": "List Number", "small": "Normal",
    "quote": "Quote", "under": "List Continue",
}  # fmt: skip
_SIZES: Final = {"small": 9, "counts": 13}
_PAPERS: Final = {"A4": (210, 297), "Letter": (215.9, 279.4)}
_HEADINGS: Final = {"Title": 22, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10}
_NOT_XML = re.compile("[\ufffe\uffff]")
"""What XML 1.0 has no place for and `visible` lets pass."""


def docx(summary: Summary) -> bytes:
    """Write report.docx (ISO/IEC 29500). Refused without python-docx. What it says of itself is the summary's, no clock's.

    The same summary gives the same bytes with the same version of python-docx.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise Refused(
            "a Word document takes python-docx, which is not installed.", remedy=_INSTALL
        ) from error
    document = Document()
    _dress(document)
    _about(document, summary)
    _frame(document, summary)
    write = _Writer(document)
    for block in prose(summary):
        write.block(block)
    return _packed(document)


def maker() -> str:
    """What writes the document besides us."""
    return f"python-docx {version('python-docx')}"


class _Writer:
    """Sets blocks at the end of a document."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.places = 0
        self.list = self.lists = 0
        self.targets: dict[str, str] = {}
        self.styles = {each.name: each.style_id for each in document.styles}
        self.end = document.element.body.sectPr

    def added(self, style: str) -> Any:
        """A paragraph at the end. python-docx looks for that end, and for the style, longer with each that is there."""
        from docx.text.paragraph import Paragraph as Added

        made = _element("w:p")
        self.end.addprevious(made)
        made.style = self.styles[style]
        return Added(made, self.document._body)

    def block(self, block: Heading | Paragraph | Table) -> None:
        if not (isinstance(block, Paragraph) and block.style == "number"):
            self.list = 0
        match block:
            case Heading():
                self.heading(block)
            case Paragraph():
                self.paragraph(block)
            case Table():
                self.table(block)

    def heading(self, heading: Heading) -> None:
        name = f"Heading {heading.level}" if heading.level else "Title"
        made = self.added(name)
        if heading.name:
            made._p.append(self.place("bookmarkStart", name=heading.name))
        self.runs(made, heading.runs, size=0)
        if heading.name:
            made._p.append(self.place("bookmarkEnd"))
            self.places += 1

    def place(self, kind: str, /, **named: str) -> Any:
        """One end of a bookmark, which links lead to."""
        return _element(f"w:{kind}", id=str(self.places), **named)

    def paragraph(self, paragraph: Paragraph) -> None:
        from docx.shared import Mm

        deep = " 2" if paragraph.depth else ""
        style = f"List Bullet{deep}" if paragraph.style == "item" else _STYLES[paragraph.style]
        made = self.added(style)
        if paragraph.style == "number":
            self.number(made)
        if paragraph.depth and paragraph.style == "quote":
            made.paragraph_format.left_indent = Mm(12)
        self.runs(made, paragraph.runs, size=_SIZES.get(paragraph.style, 0))

    def number(self, paragraph: Any) -> None:
        """The next number of a list; a list that begins here begins with 1."""
        if not self.list:
            self.list = self.begun()
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self.list

    def begun(self) -> int:
        """A list of its own, counted as the style does. Asking python-docx for one takes longer with each that is there."""
        numbering = self.document.part.numbering_part.element
        kind = self.document.styles["List Number"].element.pPr.numPr.numId.val
        self.lists = self.lists or max(each.numId for each in numbering.num_lst)
        self.lists += 1
        made = _element("w:num", numId=str(self.lists))
        made.append(_element("w:abstractNumId", val=str(numbering.num_having_numId(kind).abstractNumId.val)))
        first = _element("w:lvlOverride", ilvl="0")
        first.append(_element("w:startOverride", val="1"))
        made.append(first)
        numbering.append(made)
        return self.lists

    def table(self, table: Table) -> None:
        rows = [*([tuple((Run(head, bold=True, soft=True),) for head in table.heads)] if table.heads else [])]
        made = self.document.add_table(rows=0, cols=len(table.widths))
        made.autofit = False
        made._tbl.tblPr.find(_qualified("w:tblLayout")).addprevious(_borders())
        width = self.width()
        for column, share in zip(made.columns, table.widths, strict=True):
            column.width = int(width * share / 100)
        for number, row in enumerate([*rows, *table.rows]):
            cells = made.add_row()
            _keep_row(cells, head=bool(table.heads) and not number)
            for cell, runs, share in zip(cells.cells, row, table.widths, strict=True):
                cell.width = int(width * share / 100)
                self.runs(cell.paragraphs[0], runs, size=9)
                if not table.heads:
                    cell._tc.get_or_add_tcPr().append(
                        _element("w:shd", val="clear", color="auto", fill=_TINT)
                    )
        self.added("Normal").paragraph_format.space_after = 0

    def width(self) -> int:
        """The width of a line, in the units of the format (914400 an inch)."""
        section = self.document.sections[0]
        return int(section.page_width - section.left_margin - section.right_margin)

    def runs(self, paragraph: Any, runs: Iterable[Run], *, size: int) -> None:
        for run in runs:
            if not run.text:
                continue
            if run.link or run.to:
                self.link(paragraph, run, size)
            else:
                _dressed(paragraph.add_run(_shown(run)), run, size)

    def target(self, url: str) -> str:
        """The name under which the document keeps an address; asking python-docx for one takes longer with each."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        if url not in self.targets:
            self.targets[url] = f"link{len(self.targets) + 1}"
            kept = self.document.part.rels
            kept.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, url, self.targets[url], is_external=True)
        return self.targets[url]

    def link(self, paragraph: Any, run: Run, size: int) -> None:
        """A link to an address, or to a place in this document."""
        from docx.oxml.ns import qn

        around = _element("w:hyperlink", **({} if run.link else {"anchor": run.to}))
        if run.link:
            around.set(qn("r:id"), self.target(run.link))
        made = paragraph.add_run(_shown(run))
        _dressed(made, run, size, ink=_LINK)
        made.font.underline = True
        around.append(made._r)
        paragraph._p.append(around)


def _shown(run: Run) -> str:
    """The text with whatever would act, or could not be written, made visible."""
    return _NOT_XML.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", visible(run.text, lines=run.lines))


def _dressed(made: Any, run: Run, size: int, ink: str = "") -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt, RGBColor

    made.bold, made.font.strike = run.bold or None, run.struck or None
    if colour := ink or _TONES.get(run.tone, _SOFT if run.soft else ""):
        made.font.color.rgb = RGBColor.from_string(colour)
    if run.marked:
        made.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if size or run.mono:
        made.font.size = Pt(8 if run.mono else size)
    if run.mono:
        _fonts(made._r.get_or_add_rPr(), _MONO)
    tongue_of = _tag(tongue(run.text))
    made._r.get_or_add_rPr().append(_element("w:lang", val=tongue_of, eastAsia="zh-CN"))


def _tag(language: str) -> str:
    return {"zh-Hans": "zh-CN", "en": "en-US"}.get(language, language)


def _dress(document: Any) -> None:
    """Fonts for both scripts in every style, quiet headings, and no theme that would bring others."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    for properties in [*document.styles.element.iter(qn("w:rPr"))]:
        if properties.find(qn("w:rFonts")) is not None:
            _fonts(properties, _LATIN)
        for language in properties.findall(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
    document.styles["Normal"].font.size = Pt(10)
    _fonts(document.styles["Normal"].element.get_or_add_rPr(), _LATIN)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for name, size in _HEADINGS.items():
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(_INK)
        style.paragraph_format.keep_with_next = True
    for name in ("Quote", "Intense Quote"):
        style = document.styles[name]
        style.font.italic = style.font.bold = False
        style.font.color.rgb = RGBColor.from_string(_INK)
        style.paragraph_format.left_indent = Mm(6)
    for border in [*document.styles["Title"].element.iter(qn("w:pBdr"))]:
        border.getparent().remove(border)
    _lighten(document)


def _lighten(document: Any) -> None:
    """Take away what python-docx's model document brings and nobody here uses: its table styles, and all styles once more."""
    from docx.enum.style import WD_STYLE_TYPE

    for style in [
        each
        for each in document.styles
        if each.type == WD_STYLE_TYPE.TABLE and each.style_id != "TableNormal"
    ]:
        style.delete()
    parts = document.part.rels
    for key in [key for key, each in parts.items() if each.reltype.endswith("/stylesWithEffects")]:
        del parts[key]


def _fonts(properties: Any, latin: str) -> None:
    """Name the fonts outright: those of a theme would count before them."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", _HAN)):
        fonts.set(_qualified(f"w:{name}"), font)


def _about(document: Any, summary: Summary) -> None:
    """What the file says of itself, and no picture of somebody else's page."""
    word = wording(summary.lang)
    moment = datetime.fromisoformat(summary.time).replace(tzinfo=None, microsecond=0)
    about = document.core_properties
    about.title = visible(f"{word('draft')} · {summary.case}" if summary.draft else summary.case)[:255]
    about.subject = visible(kicker(summary, word))[:255]
    about.author = visible(summary.publisher.name)[:255]
    about.last_modified_by = about.comments = about.keywords = ""
    about.category = summary.renderer
    about.identifier = visible(f"{summary.origin} {summary.size} {summary.root}")[:255]
    about.language, about.revision = tag(summary.lang), 1
    about.created = about.modified = moment
    pictures = [
        key for key, each in document.part.package.rels.items() if each.reltype.endswith("/thumbnail")
    ]
    for key in pictures:
        del document.part.package.rels[key]


def _frame(document: Any, summary: Summary) -> None:
    """Paper and margins; DRAFT above every page of a draft, the page's number below each."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    width, height = _PAPERS.get(summary.template.paper, _PAPERS["A4"])
    section = document.sections[0]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    if summary.draft:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        banner = Run(wording(summary.lang)("draft_banner"), bold=True, tone="alarm")
        _dressed(head.add_run(banner.text), banner, 10)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    case = Run(f"{summary.case} · ", soft=True)
    _dressed(foot.add_run(_shown(case)), case, 8)
    _field(foot, "PAGE")
    _dressed(foot.add_run(" / "), Run(" / ", soft=True), 8)
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that the word processor counts."""
    around = _element("w:fldSimple", instr=name)
    made = paragraph.add_run("1")
    _dressed(made, Run("1", soft=True), 8)
    around.append(made._r)
    paragraph._p.append(around)


def _keep_row(row: Any, *, head: bool) -> None:
    """A row stays on one page; the head stands on each page that the table goes on to."""
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    if head:
        properties.append(_element("w:tblHeader"))


def _borders() -> Any:
    around = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        around.append(_element(f"w:{side}", val="single", sz="4", space="0", color="CFCBC2"))
    return around


def _element(name: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(_qualified(f"w:{key}"), value)
    return made


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def _packed(document: Any) -> bytes:
    """The parts in a zip of our own: sorted, stored and dated 1980, since the usual one bears the clock's time."""
    whole = io.BytesIO()
    document.save(whole)
    with zipfile.ZipFile(whole) as packed:
        return zipped({name: packed.read(name) for name in packed.namelist()})
