"""The report as a Word document: real headings, lists, tables and links, the same bytes whenever it is made."""

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from headline import ROOT, headline
from lxml import etree
from unfriendly import ADDRESS, HOSTILE, unfriendly

from factcheck.audit import audit
from factcheck.export import verify
from factcheck.export.docx import docx, maker
from factcheck.export.summary import Correction
from factcheck.labels import label
from factcheck.model import Foreword, Publisher, Template
from factcheck.visible import visible


def made(summary):
    return Document(io.BytesIO(docx(summary)))


def text(document):
    """All words of the body, links and tables included, in their order."""
    return "\n".join(
        "".join(each.text or "\n" for each in paragraph.iter(qn("w:t"), qn("w:br")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def headings(document, level):
    return [each.text for each in document.paragraphs if each.style.name == f"Heading {level}"]


def links(document):
    return {each.target_ref for each in document.part.rels.values() if each.is_external}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_says_what_the_report_says(lang):
    summary = headline().summary(lang=lang)
    said = text(made(summary))
    for entry in summary.claims:
        wanted = [entry.statement, entry.ruling.label, entry.ruling.definition, entry.ruling.because]
        wanted += [each.quote for each in entry.evidence] + [each.note for each in entry.evidence]
        wanted += [each.text for each in entry.notes] + [step.because for step in entry.steps]
        wanted += [each.expression for each in entry.calculations]
        wanted += [
            piece.text.strip()
            for each in entry.said
            for piece in each.pieces
            if piece.said and "\n" not in piece.text
        ]
        assert [words for words in wanted if words not in said] == []
    assert [each.id for each in summary.untriaged if each.quote not in said] == []
    assert summary.root in said
    assert label("export.not_proved_text", lang) in said


def test_claims_are_headings_below_the_heading_of_the_claims():
    summary = headline().summary(lang="en")
    document = made(summary)
    assert document.paragraphs[1].style.name == "Title"
    assert headings(document, 1)[-3:] == ["Claims", "Not triaged (2)", "What the verdicts mean"]
    assert headings(document, 2) == [f"{each.id} · {each.statement}" for each in summary.claims]
    assert {"What was said", "History", "Notes"} <= set(headings(document, 3))


def test_findings_are_numbered_and_each_list_begins_with_one():
    document = made(headline().summary(lang="en"))
    lists = [each for each in document.paragraphs if each.style.name == "List Number"]
    numbers = [each._p.pPr.numPr.numId.val for each in lists]
    assert [re.sub(" .*", "", each.text, flags=re.DOTALL) for each in lists] == [
        "C4",
        "C3",
        "[1]",
        "[1]",
        "[1]",
        "[1]",
    ]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 5
    numbering = document.part.numbering_part.element
    starts = [numbering.num_having_numId(each).lvlOverride_lst[0].startOverride.val for each in numbers]
    assert starts == [1] * 6


def test_counts_and_definitions_are_tables_with_a_head_that_is_repeated():
    counts, auditor, contents, definitions = made(headline().summary(lang="en")).tables
    assert [cell.text for cell in counts.rows[0].cells] == ["Claims", "Verdict", "What it means"]
    assert [row.cells[0].text for row in counts.rows[1:]] == ["1", "1", "1", "1"]
    assert auditor.rows[0].cells[0].text == "Exceptions"
    assert len(contents.rows) == 5
    assert len(definitions.rows) == 10
    assert counts.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_correction_stands_on_top_and_at_its_claim():
    noted = Correction(
        "C1", "甲。", "fact", "我们弄错了。", "lead-1", "2025-03-02T09:00:00.000Z", "X1", "✔ Supported", ""
    )
    summary = headline().summary(lang="en")
    first = replace(summary.claims[0], corrections=(noted,))
    document = made(replace(summary, corrections=(noted,), claims=(first, *summary.claims[1:])))
    assert headings(document, 1)[0] == "Corrections"
    found = [each.text for each in document.paragraphs if "A fact in our text was wrong" in each.text]
    assert found[0].startswith("2025-03-02 · ")
    assert found[1].startswith(
        "Correction 2025-03-02: A fact in our text was wrong; the verdict in X1 was ✔ Supported."
    )


def test_what_a_template_leaves_out_is_left_out_here_too():
    bare = replace(
        headline().summary(lang="en"), template=Template(leave_out=("history", "notes", "context"))
    )
    full = made(headline().summary(lang="en"))
    assert {"History", "Notes"} <= set(headings(full, 3))
    assert not {"History", "Notes"} & set(headings(made(bare), 3))
    assert len(text(made(bare))) < len(text(full))


def test_the_foreword_the_foot_and_who_publishes_stand_in_it():
    summary = replace(
        headline().summary(lang="en"),
        foreword=Foreword("One.\n\nTwo\nlines.", "lead-1", "2025-03-01T09:00:00.000Z"),
        publisher=Publisher("核查组", "https://example.org/", "", "write to us"),
        template=Template(foot={"en": "Below everything."}, title={"en": "Our own title"}),
    )
    said = text(made(summary))
    wanted = [
        "One.",
        "Two\nlines.",
        "lead-1, 2025-03-01",
        "Published by 核查组.",
        "Below everything.",
        "Our own title",
    ]
    assert [each for each in wanted if each not in said] == []
    assert "https://example.org/" in links(made(summary))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_a_draft_says_so_and_has_its_number(lang):
    desk = headline()
    desk.accept("C5")
    draft, final = (made(desk.summary(lang=lang, draft=each)) for each in (True, False))
    assert draft.sections[0].header.paragraphs[0].text == label("export.draft_banner", lang)
    assert all("DRAFT" in each for each in headings(draft, 1) + headings(draft, 2))
    assert "DRAFT" not in text(final)
    assert final.sections[0].header.is_linked_to_previous
    for document in (draft, final):
        fields = document.sections[0].footer._element.iter(qn("w:fldSimple"))
        assert [each.get(qn("w:instr")) for each in fields] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("Letter", (216, 279))])
def test_the_paper_is_the_template_s(paper, size):
    section = made(replace(headline().summary(), template=Template(paper=paper))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size


def test_what_it_says_of_itself_is_the_summary_s_and_no_clock_s():
    summary = replace(headline().summary(), publisher=Publisher(name="核查组"))
    about = made(summary).core_properties
    moment = datetime.fromisoformat(summary.time).replace(microsecond=0)
    assert [each.replace(tzinfo=UTC) for each in (about.created, about.modified)] == [moment, moment]
    assert (about.title, about.author, about.comments) == (summary.case, "核查组", "")
    assert summary.root in about.identifier


def test_every_style_names_a_font_for_chinese_and_no_theme():
    styles = made(headline().summary()).styles.element
    fonts = [*styles.iter(qn("w:rFonts"))]
    assert {each.get(qn("w:eastAsia")) for each in fonts} == {"Microsoft YaHei"}
    assert [each for each in fonts if any("Theme" in name for name in each.attrib)] == []


def test_hostile_words_are_words_and_lead_nowhere():
    document = made(unfriendly().summary(lang="en", draft=True))
    assert links(document) == {ADDRESS}
    said = text(document)
    for number, words in enumerate(HOSTILE, start=1):
        shown = visible(words).replace("\ufffe", "⟨U+FFFE⟩").replace("\uffff", "⟨U+FFFF⟩")
        assert headings(document, 2)[number - 1].endswith(f"C{number} · {shown}")
        assert shown in said


def test_every_part_is_well_formed_and_the_zip_bears_no_clock():
    with zipfile.ZipFile(io.BytesIO(docx(unfriendly().summary(draft=True)))) as packed:
        assert packed.namelist() == sorted(packed.namelist())
        assert packed.namelist()[0] == "[Content_Types].xml"
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {each.compress_type for each in packed.infolist()} == {zipfile.ZIP_STORED}
        for name in packed.namelist():
            etree.fromstring(packed.read(name))


def test_links_lead_to_claims_that_are_there():
    document = made(headline().summary())
    names = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    targets = {each.get(qn("w:anchor")) for each in document.element.body.iter(qn("w:hyperlink"))} - {None}
    assert targets
    assert targets <= names
    ids = [each.get(qn("w:id")) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))


def test_the_same_summary_gives_the_same_bytes_whatever_the_clock_locale_place_or_hash_seed(tmp_path):
    program = (
        "import hashlib; from headline import headline; from factcheck.export.docx import docx;"
        "print(hashlib.sha256(docx(headline().summary(draft=True))).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)]),
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": locale,
            },
            cwd=folder,
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone, locale, folder in [
            ("1", "UTC", "C", "/"),
            ("77", "Asia/Shanghai", "C.UTF-8", tmp_path),
        ]
    }
    assert len(seen) == 1


@pytest.fixture
def published(case):
    """A case with one export that holds a Word document and a bundle, and the folder of the export."""
    claim = case.claims()[0].id
    case.decide(claim, "not_enough_evidence")
    case.confirm(claim, by="reviewer-2")
    case.add_member("lead-1", "lead", by="lead-1")
    return case, case.export("docx", "bundle", by="lead-1").folder


def exports(report):
    return next(each for each in report.checks if each.name == "exports")


def test_the_event_names_the_library_and_only_where_one_has_a_hand_in_the_bytes(published):
    case, _ = published
    case.export("csv", by="lead-1")
    bodies = [each.body for each in case.trail("X1") + case.trail("X2")]
    assert [each.made_with for each in bodies] == [(f"docx {maker()}",), None]
    lines = (case.folder / "claims/ledger.jsonl").read_text("utf-8").splitlines()
    assert ["made_with" in line for line in lines if '"kind":"summary.exported"' in line] == [True, False]


def test_the_audit_holds_it_against_the_manifest_and_makes_everything_else_again(published):
    case, folder = published
    report = case.audit("exports")
    assert report.findings == ()
    assert exports(report).status == "unverifiable"
    assert exports(report).note == (
        f"exports/X1/report.docx was made with {maker()}: its bytes fit the manifest in the ledger, "
        "but were not made again"
    )
    path = folder / "report.docx"
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\0" + whole[101:])
    assert [each.where for each in verify(folder)] == ["report.docx"]
    assert [each.where for each in case.audit("exports").findings] == ["exports/X1/report.docx"]
    path.write_bytes(whole)


def test_a_report_beside_it_that_was_changed_is_still_found(published):
    case, folder = published
    path = folder / "report.docx"
    other = folder / "bundle/data/report.md"
    whole = other.read_bytes()
    other.write_bytes(whole + b"more\n")
    assert "exports/X1/bundle/data/report.md" in {each.where for each in case.audit("exports").findings}
    other.write_bytes(whole)
    assert path.is_file()


def test_the_audit_of_a_bundle_takes_it_as_the_bag_vouches_for_it_and_says_so(published):
    _, folder = published
    report = audit(folder / "bundle")
    assert report.findings == ()
    assert "data/report.docx was made with a library" in exports(report).note
    path = folder / "bundle/data/report.docx"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"\1")
    assert "data/report.docx" in {each.where for each in audit(folder / "bundle").findings}
    path.write_bytes(whole)


def test_nothing_new_is_not_published_twice(published):
    case, _ = published
    assert not case.export("docx", "bundle", by="lead-1").new
