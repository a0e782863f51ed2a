"""Word documents as an attacker writes them: each word is read once, within bounds, or refused in a sentence."""

import io
import zipfile

import pytest
from docx.oxml.ns import nsdecls

from factcheck.text import read
from factcheck.text.formats.docx import LARGEST_XML, MOST_PARTS
from tests.text.documents import archive, package, relations, said, table
from tests.text.test_formats import SAMPLES, refused

TOO_LARGE = "Unpacked, this docx is larger than one transcript can be."
BROKEN = "This docx cannot be read."


def text_of(data):
    return read(data, name="w.docx", where="w").text


def test_a_paragraph_in_a_table_in_a_table_is_read_once():
    inner = table(said("Sales rose"), said("by 12%"))
    assert (
        text_of(package(table(said("Year"), inner + said("in 2023"))))
        == "Year | Sales rose | by 12% in 2023\n"
    )


def test_tables_as_deep_as_xml_may_be_are_read_once():
    nested = said("Sales rose.")
    for _ in range(80):
        nested = table(nested, said("a"))
    assert text_of(package(nested)).count("Sales rose.") == 1


def test_tables_deeper_than_xml_may_be_are_refused():
    nested = said("Sales rose.")
    for _ in range(100):
        nested = table(nested)
    assert refused(package(nested)) == BROKEN


def test_rows_and_cells_in_content_controls_are_read():
    cell = f"<w:sdt><w:sdtContent><w:tc>{said('Sales')}</w:tc></w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}<w:tc>{said('2023')}</w:tc></w:tr></w:sdtContent></w:sdt>"
    assert text_of(package(f"<w:tbl>{row}</w:tbl>")) == "Sales | 2023\n"


def test_words_behind_a_comment_or_an_instruction_are_read():
    body = "<w:p><w:r><w:t>Revenue rose <!-- not --><?a b?>12 percent</w:t></w:r></w:p>"
    assert text_of(package(body)) == "Revenue rose 12 percent\n"


@pytest.mark.parametrize("body", ["", "<w:p/>", said(" "), table("<w:p/>")])
def test_a_docx_without_a_word_is_refused(body):
    assert refused(package(body)) == "The file has no text."


@pytest.mark.parametrize("main", ["word/document.xml", "word/doc.bin", "doc"])
def test_a_docx_that_unpacks_to_too_much_is_refused_whatever_its_parts_are_called(main):
    assert refused(package("<a/>" * (LARGEST_XML // 4), main=main)) == TOO_LARGE


def test_of_a_docx_only_what_is_read_is_unpacked():
    picture = b"\0" * (LARGEST_XML + 1)
    assert text_of(package(said("Sales rose."), picture=picture, styles="<a>" * 9)) == "Sales rose.\n"


def test_notes_count_with_the_body():
    note = "<a>" + " " * (LARGEST_XML - 99) + "</a>"
    assert refused(package(said("Sales rose."), ties=[("footnotes", "n.xml")], n=note)) == TOO_LARGE


def test_a_docx_of_a_million_parts_is_refused_before_they_are_listed():
    assert refused(archive(dict.fromkeys(map(str, range(MOST_PARTS + 1)), ""))) == TOO_LARGE


@pytest.mark.parametrize("main", ["word/document.xml", "word/doc.bin"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
def test_a_docx_with_entities_is_refused_whatever_its_parts_are_called(main, codec):
    xml = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(codec)
    data = archive(
        {"word/document.xml": "<a/>", "_rels/.rels": relations([("officeDocument", main)]), main: xml}
    )
    assert refused(data) == "Word never writes such a docx."


def test_a_note_with_entities_is_refused():
    data = package(said("a"), ties=[("endnotes", "n.xml")], n='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert refused(data) == "Word never writes such a docx."


def test_notes_are_read_once_however_many_relations_name_them_and_the_body_is_no_note():
    note = f"<w:footnotes {nsdecls('w')}><w:footnote>{said('Unaudited.')}</w:footnote></w:footnotes>"
    targets = ["n.xml", "./n.xml", "/word/n.xml", "../word/n.xml"] * 500 + ["document.xml"]
    ties = [(kind, target) for kind in ("footnotes", "endnotes") for target in targets]
    assert text_of(package(said("Sales rose."), ties=ties, n=note)) == "Sales rose.\n\nUnaudited.\n"


@pytest.mark.parametrize("ties", [[("footnotes", "gone.xml")], [("footnotes", "../../../etc/passwd")]])
def test_a_relation_to_a_part_that_is_not_there_is_refused(ties):
    assert refused(package(said("Sales rose."), ties=ties)) == BROKEN


@pytest.mark.parametrize("xml", [b"<w", b"<a>" * 100_000, b"", b"<a/>"])
def test_a_docx_without_a_body_is_refused(xml):
    ties = relations([("officeDocument", "word/document.xml")])
    assert refused(archive({"word/document.xml": xml, "_rels/.rels": ties})) == BROKEN
    assert refused(archive({"word/document.xml": xml})) == BROKEN
    assert refused(archive({"word/document.xml": xml, "_rels/.rels": relations([])})) == BROKEN


def test_a_torn_docx_is_refused():
    data = SAMPLES["talk.docx"]
    at = data.index(b"word/document.xml") + 60
    for broken in (data[:2000], data[:at] + bytes(40) + data[at + 40 :]):
        assert refused(broken) in {"This archive is broken.", BROKEN}


@pytest.mark.parametrize("packed", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("damage", [b"", bytes(20)])
def test_a_docx_packed_in_a_way_that_no_docx_is_ends_in_a_sentence(packed, damage):
    data = package(said("Sales rose.") * 50, packed=packed)
    at = data.index(b"<?xml") if b"<?xml" in data else data.index(b".rels") + 30
    assert refused(data[:at] + damage + data[at + len(damage) :]) in {"This archive is broken.", BROKEN}


def test_an_archive_that_says_less_than_it_holds_is_not_unpacked_beyond_what_it_says():
    data = package(said("Sales rose.") * 100_000)
    size = len(f"<w:document {nsdecls('w')}><w:body></w:body></w:document>") + 100_000 * len(
        said("Sales rose.")
    )
    assert refused(data.replace(size.to_bytes(4, "little"), (99).to_bytes(4, "little"))) == BROKEN


def test_a_main_part_that_an_office_numbers_is_read():
    data = package(said("Sales rose by 12 percent."))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            words = old.read(name).replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("word/document.xml", "word/document2.xml"), words)
    assert text_of(made.getvalue()) == "Sales rose by 12 percent.\n"
