"""The report as a PDF: the same page, numbered, tagged, the same bytes whenever it is made, and never a box for a letter."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from headline import ROOT, headline
from pypdf import PdfReader
from unfriendly import ADDRESS, unfriendly

from factcheck.audit import audit
from factcheck.errors import Refused
from factcheck.export import pdf, verify
from factcheck.export.pdf import _demand_fonts, _refused
from factcheck.labels import label
from factcheck.model import Publisher, Template


@pytest.fixture(scope="module", autouse=True)
def drawn():
    """The plain report as it was set, or the sentence that says what is missing on this machine."""
    try:
        return pdf.pdf(headline().summary())
    except Refused as refusal:
        pytest.skip(str(refusal))


@pytest.fixture
def report(drawn):
    return PdfReader(io.BytesIO(drawn))


def made(summary):
    return PdfReader(io.BytesIO(pdf.pdf(summary)))


def words(page):
    """The text of a page without blanks, which a PDF does not keep between Chinese lines."""
    return "".join(page.extract_text().split())


def titles(outline):
    for each in outline:
        yield from titles(each) if isinstance(each, list) else [each.title]


def test_it_says_what_the_page_says(report):
    summary = headline().summary()
    text = "".join(map(words, report.pages))
    for entry in summary.claims:
        assert "".join(entry.statement.split()) in text
        assert entry.ruling.label in text
        assert "".join(entry.ruling.because.split()) in text
    assert summary.root in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_a_draft_says_so_and_no_page_of_a_final_report(lang):
    desk = headline()
    desk.accept("C5")
    draft, final = (made(desk.summary(lang=lang, draft=each)) for each in (True, False))
    assert len(draft.pages) > 3
    banner = "".join(label("export.draft_banner", lang).split())
    assert [banner in words(page) for page in draft.pages] == [True] * len(draft.pages)
    assert [page for page in final.pages if "DRAFT" in words(page)] == []


def test_every_page_has_its_number(report):
    pages = report.pages
    assert all(words(page).endswith(f"{n}/{len(pages)}") for n, page in enumerate(pages, start=1))


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_the_paper_is_the_template_s(paper, size):
    box = made(replace(headline().summary(), template=Template(paper=paper))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_it_is_tagged_has_a_language_a_title_bookmarks_and_the_summary_s_own_date():
    summary = replace(headline().summary(lang="en"), publisher=Publisher(name="核查组"))
    found = made(summary)
    root = found.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en")
    assert found.metadata.title.startswith(summary.case)
    assert found.metadata.author == "核查组"
    assert found.metadata.creation_date.isoformat() == f"{summary.time[:19]}+00:00"
    outline = list(titles(found.outline))
    assert [each.statement for each in summary.claims if each.statement not in outline] == []
    assert "Because" not in outline
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_same_summary_gives_the_same_bytes_whatever_the_clock_locale_place_or_hash_seed(tmp_path):
    program = (
        "import hashlib; from headline import headline; from factcheck.export.pdf import pdf;"
        "print(hashlib.sha256(pdf(headline().summary(lang='en'))).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                **{name: os.environ[name] for name in ("PATH", "HOME")},
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


def test_hostile_words_are_words_and_lead_nowhere():
    found = made(unfriendly().summary(draft=True))
    links = {
        note.get_object()["/A"]["/URI"]
        for page in found.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert links == {ADDRESS}
    assert "<script>alert(1)</script>" in "".join(map(words, found.pages))
    assert not {"/Names", "/OpenAction", "/AcroForm"} & {
        key for key in found.trailer["/Root"] if "JavaScript" in str(found.trailer["/Root"][key])
    }


@pytest.mark.parametrize("url", ["https://example.org/", "file:///etc/passwd", "data:text/css,a"])
def test_nothing_is_fetched_from_the_network_or_from_the_disk(url):
    with pytest.raises(ValueError, match="nothing is fetched"):
        _refused(url)


def test_a_character_that_no_font_has_is_written_as_its_number():
    desk = headline()
    desk.act("note.added", "C1", text="nobody ever drew \u0378.")
    text = "".join(map(words, made(desk.summary(lang="en")).pages))
    assert "nobodyeverdrew⟨U+0378⟩." in text


def test_a_report_whose_script_has_no_font_is_refused_with_the_way_out():
    with pytest.raises(Refused) as refused:
        _demand_fonts("<p>剪映 AI 化</p>", {"剪", "映"})
    assert (refused.value.what, refused.value.seen) == (
        "no font here has 2 of the 3 letters of this report beyond ASCII.",
        "剪映",
    )
    assert "fonts-noto-cjk" in refused.value.remedy


@pytest.mark.parametrize(("name", "gone"), [("pdf", "weasyprint"), ("docx", "docx")])
def test_without_the_library_one_sentence_says_how_to_get_it(name, gone, monkeypatch):
    from factcheck.export import FORMATS

    monkeypatch.setitem(sys.modules, gone, None)
    with pytest.raises(Refused) as refused:
        FORMATS[name].write(headline().summary())
    assert refused.value.remedy == "pip install 'factcheck-desk[docs]'"


@pytest.fixture
def published(case):
    """A case with one export that holds a PDF and a bundle, and the folder of the export."""
    claim = case.claims()[0].id
    case.decide(claim, "not_enough_evidence")
    case.confirm(claim, by="reviewer-2")
    case.add_member("lead-1", "lead", by="lead-1")
    return case, case.export("pdf", "bundle", by="lead-1").folder


def test_the_audit_holds_it_against_the_manifest_and_says_that_it_was_not_made_again(published):
    case, _ = published
    assert case.exports()[-1].made_with == (f"pdf {pdf.maker()}",)
    check = next(each for each in case.audit("exports").checks if each.name == "exports")
    assert check.status == "unverifiable"
    assert check.note == (
        f"exports/X1/report.pdf was made with {pdf.maker()}: its bytes fit the manifest in the ledger, "
        "but were not made again"
    )


def test_the_audit_of_a_bundle_says_so_too_and_finds_nothing(published):
    _, folder = published
    report = audit(folder / "bundle")
    assert report.findings == ()
    check = next(each for each in report.checks if each.name == "exports")
    assert "data/report.pdf" in check.note


def test_one_changed_byte_of_it_is_found(published):
    case, folder = published
    path = folder / "report.pdf"
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + b"\0" + whole[-8:])
    assert [each.where for each in verify(folder)] == ["report.pdf"]
    assert [each.where for each in case.audit("exports").findings] == ["exports/X1/report.pdf"]
    path.write_bytes(whole)


def test_nothing_new_is_not_published_twice(published):
    case, _ = published
    assert not case.export("pdf", "bundle", by="lead-1").new
