"""Bytes removed by order: gone from the folder, their digests in the ledger, never called good and never a fault."""

import json
import re
import shutil
import subprocess
import sys

import pytest

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.cli.shapes import claim_whole
from factcheck.cli.walk import claim_page
from factcheck.errors import NotFound, Refused, Usage
from factcheck.export import RENDERER, Scope, verify

PAGE = "<html><head><title>Team</title></head><body><p>Maria Lopez joined Globex as chief scientist.</p></body></html>"


@pytest.fixture
def case(tmp_path):
    made = Case.create(tmp_path / "desk", "lead-1")
    (tmp_path / "talk.txt").write_text("Maria Lopez joined Globex last week.\n", "utf-8")
    made.ingest(tmp_path / "talk.txt")
    (tmp_path / "team.html").write_text(PAGE, "utf-8")
    page = made.capture(tmp_path / "team.html", from_url="https://example.org/team")
    made.attach("C1", page, quote="joined Globex", stance="supports")
    made.decide("C1", "supported", because="so it says")
    made.confirm("C1", by="reviewer-1")
    yield made
    made.close()


def lying(case):
    return {path.name for path in (case.folder / "evidence").iterdir() if path.is_file()}


def evidence(report):
    return next(each for each in report.checks if each.name == "evidence")


def test_the_bytes_go_and_their_digests_stay(case):
    before, root = lying(case), case.head.root
    kept = case.look("K1")
    assert {path.rpartition("/")[2] for path in kept.files} <= before
    done = case.withhold("K1", because="a court says so")
    assert [(each.kind, each.subject) for each in done] == [("evidence.withheld", "K1")]
    assert lying(case) == before - {path.rpartition("/")[2] for path in kept.files}
    assert case.look("K1").sha256 == kept.sha256
    assert case.trail("K1")[0].body.sha256 == kept.sha256
    assert root != case.head.root


def test_the_audit_says_so_and_calls_it_neither_good_nor_a_fault(case):
    case.withhold("K1", because="a court says so")
    report = audit(case.folder)
    assert report.findings == ()
    assert evidence(report).status == "unverifiable"
    assert "withheld: evidence/" in evidence(report).note
    assert "by lead-1: a court says so" in evidence(report).note


def test_a_file_that_is_missing_without_an_order_is_a_fault(case):
    (case.folder / case.look("K1").path).unlink()
    assert "evidence" in {each.check for each in audit(case.folder).findings}


def test_bytes_that_come_back_are_said_to_be_here(case):
    data = (case.folder / case.look("K1").path).read_bytes()
    case.withhold("K1", because="a court says so")
    (case.folder / case.look("K1").path).write_bytes(data)
    assert "(its bytes are here)" in evidence(audit(case.folder)).note
    (case.folder / case.look("K1").path).write_bytes(data + b" ")
    assert "evidence" in {each.check for each in audit(case.folder).findings}


def test_an_export_says_it_of_the_evidence(case):
    case.withhold("K1", because="a court\nsays so")
    folder = case.export("markdown", "html", "bundle").folder
    assert "E1" in (folder / "report.md").read_text("utf-8")
    lines = [json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()]
    said = {each["code"]: each["refs"] for each in lines[0]["caveats"]}
    assert said["bytes_withheld"] == ["C1/E1: a court says so"]
    assert audit(case.folder).findings == ()
    assert audit(folder).findings == ()


def bundle(case, *claims):
    return case.export("bundle", scope=Scope(claims)).folder / "bundle"


@pytest.mark.parametrize("claims", [(), ("C1",)], ids=["whole", "subset"])
def test_a_stranger_who_checks_a_bundle_is_told_and_finds_nothing_wrong(case, claims):
    case.withhold("K1", because="a court says so")
    bag = bundle(case, *claims)
    assert not (bag / "data/texts/K1.txt").exists()
    run = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=bag, capture_output=True, text=True, check=False
    )
    assert (run.returncode, "removed by order" in run.stdout) == (0, True), run.stdout


@pytest.mark.skipif(not shutil.which("jq"), reason="VERIFY.md needs jq")
def test_verify_md_passes_over_what_was_withheld_and_over_nothing_else(case):
    case.withhold("K1", because="a court says so")
    bag = bundle(case)
    seven = re.findall(r"```bash\n(.*?)```", (bag / "VERIFY.md").read_text("utf-8"), flags=re.DOTALL)[6]
    run = subprocess.run(["bash", "-c", seven], cwd=bag, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (
        0,
        "ok 0 quotations stand in the captured texts; 1 captures have no text to look in\n",
    )
    log = bag / "data/log/ledger.jsonl"
    kept = [line for line in log.read_bytes().splitlines(keepends=True) if b'"evidence.withheld"' not in line]
    log.write_bytes(b"".join(kept))
    assert subprocess.run(["bash", "-c", seven], cwd=bag, capture_output=True, check=False).returncode != 0


def test_a_bundle_that_was_published_before_is_named_and_no_fault(case):
    bag = bundle(case)
    assert (bag / "data/texts/K1.txt").exists()
    case.withhold("K1", because="a court says so")
    assert any(f"{bag} holds it too" in each for each in case.notices)
    report = audit(case.folder)
    assert report.findings == ()
    exports = next(each for each in report.checks if each.name == "exports")
    assert (exports.status, "removed by order since" in exports.note) == ("unverifiable", True)
    (bag / "data/texts/K1.txt").write_text("other words", "utf-8")
    assert "exports" in {each.check for each in audit(case.folder).findings}


def test_who_looks_for_the_text_is_told_why_it_is_gone(case):
    case.withhold("K1", because="a court says so")
    with pytest.raises(NotFound, match="a court says so"):
        case.page_text("K1")


def test_it_takes_a_reason_and_bytes_and_happens_once(case):
    with pytest.raises(Usage, match="order"):
        case.withhold("K1", because=" ")
    case.withhold("K1", because="a court says so")
    with pytest.raises(Refused, match="no bytes"):
        case.withhold("K1", because="again")
    with pytest.raises(Refused):
        case.undo("K1")


def test_only_leads_remove_bytes_where_there_are_members(case):
    for name, role in (("lead-1", "lead"), ("reviewer-1", "reviewer")):
        case.add_member(name, role)
    with pytest.raises(Refused):
        case.withhold("K1", because="I say so", by="reviewer-1")
    assert case.look("K1").withheld == ""


def test_bytes_that_another_capture_keeps_stay_until_that_is_withheld_too(case, tmp_path):
    second = case.capture(tmp_path / "team.html")
    path = case.folder / case.look("K1").path
    case.withhold("K1", because="a court says so")
    assert path.is_file()
    assert any("another capture keeps the same bytes" in each for each in case.notices)
    case.withhold(second.id, because="a court says so")
    assert not path.exists()


def test_a_link_in_the_place_of_the_folder_is_not_followed(case, tmp_path):
    (case.folder / "evidence").rename(tmp_path / "elsewhere")
    (case.folder / "evidence").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="link"):
        case.withhold("K1", because="a court says so")
    assert (tmp_path / "elsewhere" / case.look("K1").path.rpartition("/")[2]).is_file()


@pytest.mark.parametrize(
    ("lang", "kept", "gone"),
    [
        ("en", "[captured]", "[bytes removed]"),
        ("zh", "[已存证]", "[原件已删除]"),
    ],
)
def test_show_does_not_call_it_captured(case, lang, kept, gone):
    assert kept in claim_page(case, case.claim("C1"), lang)
    assert [
        (each["captured"], each["removed"]) for each in claim_whole(case, case.claim("C1"))["evidence"]
    ] == [(True, False)]
    case.withhold("K1", because="a court says so")
    said = claim_page(case, case.claim("C1"), lang)
    assert (kept in said, gone in said) == (False, True)
    assert [
        (each["captured"], each["removed"]) for each in claim_whole(case, case.claim("C1"))["evidence"]
    ] == [(False, True)]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "WITHHELD – the bytes of capture K1 were removed by order"), ("zh", "存证 K1 的原件已依令删除")],
)
@pytest.mark.parametrize("draft", [True, False], ids=["draft", "final"])
def test_the_line_of_the_evidence_says_it_in_every_export(case, lang, words, draft):
    case.withhold("K1", because="a court says so")
    folder = case.export("markdown", "html", "jsonl", "annotations", lang=lang, draft=draft).folder
    sha256 = case.look("K1").sha256
    for name in ("report.md", "report.html", "annotations.jsonld"):
        text = (folder / name).read_text("utf-8")
        assert (name, words in text, sha256 in text) == (name, True, True)
    first, claim, *_ = (
        json.loads(line) for line in (folder / "claims.jsonl").read_text("utf-8").splitlines()
    )
    assert [(each["captured"], each["trouble"]) for each in claim["evidence"]] == [(False, "withheld")]
    assert first["renderer"] == RENDERER
    assert verify(folder) == audit(case.folder).findings == ()


def test_an_export_from_before_is_what_it_was(case):
    folder = case.export("markdown", "jsonl").folder
    before = (folder / "report.md").read_bytes()
    case.withhold("K1", because="a court says so")
    exports = next(each for each in audit(case.folder, checks=["exports"]).checks)
    assert (exports.status, (folder / "report.md").read_bytes()) == ("ok", before)
