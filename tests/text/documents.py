"""Documents for the tests, made here from their parts: a docx with tracked changes, a PDF with and without text."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end end"""


def word(build):
    """The bytes of a docx that `build` filled."""
    document = docx.Document()
    build(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def archive(parts, packed=zipfile.ZIP_DEFLATED):
    """The bytes of an archive of these parts by name."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", packed) as written_to:
        for name, content in parts.items():
            written_to.writestr(name, content)
    return kept.getvalue()


def package(body, *, main="word/document.xml", ties=(), packed=zipfile.ZIP_DEFLATED, **parts):
    """The bytes of a docx written by hand: the XML inside its body, its other parts, its (kind, target) relations."""
    folder, _, name = main.rpartition("/")
    return archive(
        {
            "word/document.xml": "<decoy/>",
            "_rels/.rels": relations([("officeDocument", main)]),
            f"{folder}/_rels/{name}.rels": relations(ties),
            **{f"word/{part}.xml": content for part, content in parts.items()},
            main: f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>",
        },
        packed,
    )


def relations(ties):
    """A part that names relations: pairs of kind and target."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    each = "".join(
        f'<Relationship Id="r" Type="http://a/{kind}" Target="{target}"/>' for kind, target in ties
    )
    return f'<Relationships xmlns="{space}">{each}</Relationships>'


def said(words):
    """A paragraph of a docx."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def table(*cells):
    """A table of one row in a docx."""
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{each}</w:tc>' for each in cells)}</w:tr></w:tbl>"


def tracked(paragraph, tag, text):
    """Add a tracked change to a paragraph: tag is ins or del."""
    inner = "delText" if tag == "del" else "t"
    xml = f'<w:{tag} {nsdecls("w")} w:id="9" w:author="a"><w:r><w:{inner}>{text}</w:{inner}></w:r></w:{tag}>'
    paragraph._p.append(parse_xml(xml))


def pdf(pages):
    """The bytes of a PDF: a list of pages, each a list of lines; any character of the basic plane."""
    objects = [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [2 0 R] /ToUnicode 3 0 R >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
            b" /Supplement 0 >> /DW 500 >>"
        ),
        stream(_CMAP.encode()),
    ]
    tree = len(objects) + 2 * len(pages) + 1
    kids = []
    for lines in pages:
        shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
        objects.append(stream(f"BT /F1 12 Tf 72 760 Td 14 TL {shown} ET".encode()))
        objects.append(
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 1 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects.append(f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode())
    objects.append(f"<< /Type /Catalog /Pages {tree} 0 R >>".encode())
    return written(objects)


def stream(data):
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data)


def written(objects):
    """Objects as a file, the last one the catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    tail = b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(objects), len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, table, tail)
