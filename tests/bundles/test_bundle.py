"""What a bundle holds: everything its reports follow from, nothing of what was withheld, and the same bytes every time."""

import json
import subprocess
import sys
import zipfile

import pytest

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.cli import main
from factcheck.export import unzipped, verify


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def info(bag):
    return dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text("utf-8").splitlines())


@pytest.fixture
def case(publication):
    """The published case, for looking."""
    made = Case.open(publication / "case", by="lead-1")
    yield made
    made.close()


def test_a_whole_bundle_holds_reports_sources_texts_and_the_log_up_to_what_it_describes(publication):
    bag = publication / "whole/bundle"
    log = [name for name in names(bag) if ".suggestions-" in name]
    reviews = {name for name in names(bag) if name.startswith("data/reviews/")}
    assert names(bag) - {*log} - reviews == {
        "VERIFY.md", "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "verify.py",
        "data/annotations.jsonld", "data/claimreview.jsonld", "data/claims.csv", "data/claims.csv-metadata.json", "data/claims.jsonl", "data/report.html", "data/report.md", "data/summary.html", "data/summary.md", "data/transcript.html", "data/transcript.md", "data/log/allowed_signers",
        "data/log/checkpoint", "data/log/ledger.jsonl", "data/log/policy.json", "data/sources/S1.txt", "data/sources/S2.txt",
        "data/texts/K1.txt", "data/texts/S1.txt", "data/texts/S2.txt",
    }  # fmt: skip
    assert len(log) == 2
    assert all(name.startswith("data/reviews/C") for name in reviews)
    assert reviews
    ledger = (publication / "case/claims/ledger.jsonl").read_bytes()
    assert ledger.startswith((bag / "data/log/ledger.jsonl").read_bytes())
    assert (bag / "data/sources/S1.txt").read_bytes() == (publication / "meeting.txt").read_bytes()


def test_it_says_what_it_is_without_asking_a_clock(publication):
    said = info(publication / "whole/bundle")
    assert (
        said.pop("Bagging-Date")
        == json.loads((publication / "whole/bundle/data/log/ledger.jsonl").read_bytes().splitlines()[-1])[
            "time"
        ][:10]
    )
    payload = [name for name in names(publication / "whole/bundle") if name.startswith("data/")]
    assert said.pop("Payload-Oxum").endswith(f".{len(payload)}")
    assert said["External-Description"] == "*a* case `of` tests"
    assert said["Factcheck-Contents"] == "whole, 7 claims"
    assert said["Factcheck-Evidence"] == "not included"


def test_a_subset_says_how_much_is_withheld_and_holds_nothing_of_it(publication):
    bag = publication / "subset/bundle"
    words = "1 of 7 claims, 6 withheld"
    assert info(bag)["Factcheck-Contents"] == words
    assert words in (bag / "VERIFY.md").read_text("utf-8")
    everything = b"".join((bag / name).read_bytes() for name in names(bag))
    assert b"900 dollars" not in everything
    assert b"phone" not in everything
    assert {name for name in names(bag) if "texts/" in name} == {"data/texts/K1.txt", "data/texts/S1.txt"}


def test_a_subset_has_a_proof_for_each_of_its_lines(publication):
    bag = publication / "subset/bundle"
    lines = [json.loads(line) for line in (bag / "data/log/events.jsonl").read_bytes().splitlines()]
    proofs = {name.split("/")[-1] for name in names(bag) if "/proofs/" in name}
    assert proofs == {f"{line['seq']}.tlog-proof" for line in lines}
    assert {line["subject"] for line in lines} == {"case", "S1", "K1", "C1"}


def test_the_lines_of_a_subset_are_the_bytes_of_the_ledger(publication):
    ledger = (publication / "case/claims/ledger.jsonl").read_bytes().splitlines()
    taken = (publication / "subset/bundle/data/log/events.jsonl").read_bytes().splitlines()
    assert [line for line in taken if line not in ledger] == []


def test_captured_pages_go_in_only_when_that_is_asked_for(publication, tmp_path, case):
    unzipped(publication / "evidence.zip", tmp_path)
    page = (publication / "page.txt").read_bytes()
    kept = [path for path in (tmp_path / "bundle/data/evidence").iterdir() if path.read_bytes() == page]
    assert len(kept) == 1
    assert info(tmp_path / "bundle")["Factcheck-Evidence"] == "included"
    assert not (publication / "whole/bundle/data/evidence").exists()
    assert [each.formats for each in case.exports()] == [("bundle",), ("bundle-with-evidence",), ("bundle",)]


def test_publishing_again_gives_the_same_bytes_and_no_event(publication, tmp_path):
    """In a copy: nobody may change what was published."""
    import shutil

    folder = tmp_path / "case"
    shutil.copytree(publication / "case", folder, ignore=shutil.ignore_patterns(".lock"))
    case = Case.open(folder, by="lead-1", desk_key=publication / "desk.key")
    size = case.head.size
    for place in ("one", "two"):
        assert not case.export("bundle", to=tmp_path / place).new
        case.export("bundle-with-evidence", to=tmp_path / f"{place}.zip")
    assert case.head.size == size
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert (tmp_path / "one.zip").read_bytes() == (publication / "evidence.zip").read_bytes()
    assert names(tmp_path / "one") == names(publication / "whole")
    for name in names(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (publication / "whole" / name).read_bytes()
    case.close()


def test_the_zip_has_fixed_dates_one_order_and_is_stored(publication):
    with zipfile.ZipFile(publication / "evidence.zip") as archive:
        entries = archive.infolist()
    assert [each.filename for each in entries] == sorted(each.filename for each in entries)
    assert {(each.date_time, each.compress_type) for each in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
    }


@pytest.mark.parametrize("kind", ["whole", "subset"])
def test_the_reference_implementation_of_bagit_takes_it(publication, kind):
    command = [sys.executable, "-m", "bagit", "--validate", str(publication / kind / "bundle")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_the_reference_implementation_of_bagit_finds_a_changed_byte(publication, tmp_path):
    import published

    bag = published.copied(publication / "whole/bundle", tmp_path)
    (bag / "data/report.md").write_text("otherwise", "utf-8")
    command = [sys.executable, "-m", "bagit", "--validate", str(bag)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_export_verify_follows_the_manifest_into_the_bundle(publication, tmp_path):
    import shutil

    assert verify(publication / "whole") == ()
    copy = shutil.copytree(publication / "whole", tmp_path / "copy")
    (copy / "bundle/data/texts/S1.txt").write_text("otherwise", "utf-8")
    (copy / "bundle/data/more.txt").write_text("more", "utf-8")
    assert [each.where for each in verify(copy)] == ["bundle/data/more.txt", "bundle/data/texts/S1.txt"]


def test_export_verify_leads_whoever_has_a_bundle_to_the_audit(publication, tmp_path, capsys):
    from factcheck.cli import main

    whole = publication / "whole" / "bundle"
    for place, words in ((publication / "evidence.zip", "this is a file"), (whole, "this is a bundle")):
        with pytest.raises(SystemExit) as end:
            main(["export", "verify", str(place)])
        said = capsys.readouterr()
        assert (end.value.code, said.out) == (2, "")
        assert words in said.err
        assert f"factcheck audit {place} checks" in said.err


def test_the_audit_of_the_case_makes_the_bundle_again(publication, tmp_path):
    import hashlib
    import shutil

    folder = shutil.copytree(publication / "case", tmp_path / "case", ignore=shutil.ignore_patterns(".lock"))
    assert audit(folder, checks=["exports"]).findings == ()
    guide = folder / "exports/X1/bundle/VERIFY.md"
    guide.write_text(guide.read_text("utf-8") + "trust us\n", "utf-8")
    manifest = folder / "exports/X1/manifest-sha256.txt"
    lines = [line.split("  ") for line in manifest.read_text("utf-8").splitlines()]
    digest = hashlib.sha256(guide.read_bytes()).hexdigest()
    lines = [f"{digest if name == 'bundle/VERIFY.md' else old}  {name}\n" for old, name in lines]
    manifest.write_text("".join(lines), "utf-8")
    found = [each.where for each in audit(folder, checks=["exports"]).findings]
    assert "exports/X1/bundle/VERIFY.md" in found


def test_evidence_is_asked_for_with_a_bundle_only(publication, capsys):
    command = [
        "--case",
        str(publication / "case"),
        "export",
        "--with-evidence",
        "--by",
        "lead-1",
        "--lang",
        "en",
    ]
    with pytest.raises(SystemExit) as ended:
        main(command)
    assert ended.value.code == 2
    assert "only a bundle holds evidence" in capsys.readouterr().err
