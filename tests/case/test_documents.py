"""A document of any format in a case: its bytes stay, its text is kept beside it, and the audit reads both."""

import hashlib
import json
import re
import shutil

import pytest

from factcheck.case import Case
from factcheck.cli import main
from factcheck.errors import BadData
from factcheck.tui.passage import Spot, lay_out
from tests.audit import attacker
from tests.text.documents import pdf
from tests.text.test_formats import MOVED, SAMPLES, SOLD
from tests.text.test_speech import SRT

DERIVED = ["talk.html", "talk.docx", "talk.pdf", "talk.json"]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "desk"


def ingest(folder, data, name):
    """A case with this document; `folder` is made for it."""
    case = Case.create(folder, "reviewer-1")
    document = folder.parent / name
    document.write_bytes(data)
    return case, case.ingest(document)


def is_ingested(event):
    return event["kind"] == "source.ingested"


def first_ingested(folder):
    return next(filter(is_ingested, attacker.documents(folder)))["body"]


def rewrite(folder, change):
    """What somebody who writes past the desk can do: change the event, and every hash that can be changed with it."""
    events = attacker.documents(folder)
    change(next(filter(is_ingested, events))["body"])
    attacker.rewrite(folder, events)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_stays_as_received_and_its_claims_stand_in_the_text_that_was_read(folder, name):
    case, source = ingest(folder, SAMPLES[name], name)
    assert SAMPLES[name] == (folder / source.path).read_bytes()
    assert [claim.mentions[0].quote for claim in case.claims(source)] == [MOVED, SOLD]
    text = case.text(source)
    assert all(text[m.start : m.end] == m.quote for claim in case.claims() for m in claim.mentions)
    assert len(text) == source.characters
    report = case.audit()
    assert report.findings == ()
    assert {"ok"} >= {check.status for check in report.checks} - {"skipped"}


@pytest.mark.parametrize("name", DERIVED)
def test_the_text_that_was_read_is_named_by_its_hash_and_never_read_twice(folder, name):
    case, source = ingest(folder, SAMPLES[name], name)
    derived = folder / source.derived
    assert re.fullmatch(r"claims/S1\.text-[0-9a-f]{64}\.txt", source.derived)
    assert derived.read_bytes().decode("utf-8") == case.text(source)
    assert {"path": source.derived, "sha256": source.derived_sha256} == first_ingested(folder)["derived"]
    assert "extra" not in " ".join(check.note for check in case.audit().checks)


def test_a_text_in_utf_8_is_its_own_text(folder):
    _, source = ingest(folder, SAMPLES["talk.srt"], "talk.srt")
    assert (source.format, source.encoding, source.maker, source.derived) == ("srt", "utf-8", "text/1", "")
    assert "derived" not in first_ingested(folder)


@pytest.mark.parametrize("name", DERIVED)
def test_a_text_that_was_changed_afterwards_is_found(folder, name):
    case, source = ingest(folder, SAMPLES[name], name)
    path = folder / source.derived
    path.write_bytes(path.read_bytes().replace(b"TikTok", b"TokTik"))
    assert {"sources", "files"} & {finding.check for finding in case.audit().findings}
    path.unlink()
    assert {"sources", "files"} <= {finding.check for finding in case.audit().findings}


@pytest.mark.parametrize("name", DERIVED)
def test_a_text_that_was_changed_with_all_its_hashes_is_found_by_reading_the_file_again(folder, name):
    case, source = ingest(folder, SAMPLES[name], name)
    forged = (folder / source.derived).read_bytes().replace(b"$2 billion", b"$3 billion")
    digest = hashlib.sha256(forged).hexdigest()
    path = f"claims/S1.text-{digest}.txt"
    (folder / source.derived).rename(folder / path)
    (folder / path).write_bytes(forged)
    rewrite(folder, lambda body: body.update(derived={"path": path, "sha256": digest}))
    found = [finding for finding in case.audit().findings if finding.check == "sources"]
    assert [finding.seen.split("reads ")[1] for finding in found] == ["another text in it"]


def test_the_text_of_another_maker_is_left_unverified_in_a_sentence(folder):
    case, _ = ingest(folder, SAMPLES["talk.docx"], "talk.docx")
    rewrite(folder, lambda body: body.update(maker="docx/1 python-docx 0.1"))
    (check,) = [check for check in case.audit().checks if check.name == "sources"]
    assert check.status == "unverifiable"
    assert "was read by docx/1 python-docx 0.1, this desk has docx/2" in check.note


def test_lines_of_earlier_desks_say_nothing_of_formats_and_still_read(folder):
    case, _ = ingest(folder, SAMPLES["talk.txt"], "talk.txt")
    case.close()

    def earlier(body):
        for name in ("format", "encoding", "decided", "maker"):
            del body[name]

    rewrite(folder, earlier)
    shutil.rmtree(folder / ".factcheck")
    case = Case.open(folder, by="reviewer-1")
    assert "format" not in first_ingested(folder)
    assert (case.source("S1").format, case.source("S1").encoding) == ("text", "utf-8")
    assert [claim.mentions[0].quote for claim in case.claims()] == [MOVED, SOLD]
    assert case.audit().findings == ()
    event = attacker.documents(folder)[1]
    assert event == json.loads(case.trail("S1")[0].to_line())


@pytest.fixture
def shown(folder, capsys):
    """What a command prints, at once in this process."""

    def command(*arguments):
        with pytest.raises(SystemExit) as end:
            main(["--case", str(folder), "--by", "reviewer-1", *arguments])
        assert not end.value.code
        return capsys.readouterr().out

    return command


def test_a_claim_says_when_and_by_whom_it_was_said_on_every_desk(folder, shown):
    case, _ = ingest(folder, SRT.encode(), "talk.srt")
    case.accept("C1")
    mention = json.loads(shown("show", "C1", "--json"))["mentions"][0]
    assert (mention["time"], mention["speaker"], mention["page"]) == ("00:12:31", "Dana", None)
    assert "-->" in mention["quote"]
    page = shown("show", "C1", "--lang", "en")
    assert "00:12:31 Dana  Last week Maria Lopez joined Globex as chief scientist" in page
    assert "-->" not in page


def test_subtitles_that_were_timed_anew_keep_their_verdicts(folder, shown, tmp_path):
    case, _ = ingest(folder, SRT.encode(), "talk.srt")
    case.decide("C1", "not_checkable")
    later = tmp_path / "later.srt"
    later.write_text(SRT.replace("00:12:", "00:14:"), "utf-8")
    printed = shown("ingest", str(later), "--replaces", "S1", "--lang", "en")
    assert "-->" not in printed
    case.refresh()
    assert case.claim("C1").verdict is not None
    assert case.claim("C1").mentions[0].source == "S2"
    assert case.place(case.claim("C1").mentions[0]).time == "00:14:31"
    assert case.audit().findings == ()


def test_an_export_says_when_and_by_whom_it_was_said_and_shows_no_timing_lines(folder, shown, tmp_path):
    ingest(folder, SRT.encode(), "talk.srt")[0].accept("C1")
    shown("export", "--draft", "--format", "markdown", "--lang", "en", "--to", str(tmp_path / "out"))
    report = next((tmp_path / "out").rglob("report.md")).read_text("utf-8")
    assert "00:12:31 · Dana" in report
    assert "joined Globex" in report
    assert "-->" not in report


def test_the_screen_shows_the_words_of_cues_and_not_their_times():
    start = SRT.index("Last week")
    rows = lay_out(SRT, Spot(start, SRT.index(" as chief")), (), 60).rows
    text = "\n".join("".join(piece.text for piece in row) for row in rows)
    assert "Last week Maria Lopez" in text
    assert "-->" not in text


def test_a_claim_of_a_pdf_names_its_page(folder, shown):
    ingest(folder, pdf([["Thank you all."], [f"{MOVED}。"]]), "talk.pdf")
    assert json.loads(shown("show", "C1", "--json"))["mentions"][0]["page"] == 2
    assert "第 2 页" in shown("show", "C1", "--lang", "zh")


def replaced(folder, source):
    """The text made of the first source, other words in it, under its new hash."""
    forged = (folder / source.derived).read_bytes().replace(b"$2 billion", b"$3 billion")
    digest = hashlib.sha256(forged).hexdigest()
    path = f"claims/S1.text-{digest}.txt"
    (folder / path).write_bytes(forged)
    return {"path": path, "sha256": digest}


def lines_found(case):
    return [finding.seen for finding in case.audit().findings if finding.check == "lines"]


@pytest.mark.parametrize("left_out", ["format", "encoding", "decided", "maker"])
def test_a_line_that_says_half_of_how_its_text_was_made_is_a_finding_and_is_refused(folder, left_out):
    case, source = ingest(folder, SAMPLES["talk.docx"], "talk.docx")
    made = replaced(folder, source)

    def half(body):
        body["derived"] = made
        del body[left_out]

    rewrite(folder, half)
    assert any("are there together" in seen for seen in lines_found(case))
    case.close()
    shutil.rmtree(folder / ".factcheck")
    with pytest.raises(BadData):
        Case.open(folder, by="reviewer-1").claims()


def test_a_derived_text_that_nobody_made_is_a_finding(folder):
    case, source = ingest(folder, SAMPLES["talk.docx"], "talk.docx")
    made = replaced(folder, source)

    def alone(body):
        body["derived"] = made
        for name in ("format", "encoding", "decided", "maker"):
            del body[name]

    rewrite(folder, alone)
    assert any("are there together" in seen for seen in lines_found(case))


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("talk.html", "docx/1 python-docx 1.2.0"),
        ("talk.html", "evil"),
        ("talk.docx", "text/1"),
        ("talk.txt", "html/1"),
        ("talk.txt", "text/1 " + "x" * 5_000),
    ],
)
def test_a_maker_that_does_not_read_the_format_is_a_finding(folder, name, maker):
    case, _ = ingest(folder, SAMPLES[name], name)
    rewrite(folder, lambda body: body.update(maker=maker))
    report = case.audit()
    assert any(finding.check == "lines" for finding in report.findings)
    assert all(len(check.note) < 600 for check in report.checks)


def test_a_format_that_does_not_exist_is_a_finding(folder):
    case, _ = ingest(folder, SAMPLES["talk.txt"], "talk.txt")
    rewrite(folder, lambda body: body.update(format="scroll"))
    assert lines_found(case)


def test_a_derived_text_lies_where_the_format_says_and_nowhere_else(folder):
    case, source = ingest(folder, SAMPLES["talk.docx"], "talk.docx")
    (folder / source.derived).rename(folder / "claims" / "elsewhere.txt")
    rewrite(folder, lambda body: body["derived"].update(path="claims/elsewhere.txt"))
    seen = [finding.seen for finding in case.audit().findings if finding.check == "states"]
    assert any("not at claims/S1.text-" in each for each in seen)
