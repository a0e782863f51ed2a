"""The report: silent when all is well, exact when it is not, and honest about what it could not check."""

import hashlib
import json
import shutil

import pytest
from vouched import SEED

from factcheck.audit import CHECKS, QUICK, audit
from factcheck.audit.sheet import REPEATS, Sheet
from factcheck.errors import NotFound, Usage
from factcheck.events import BODIES
from factcheck.ledger.checkpoint import read_checkpoint

NAMES = [
    "lines", "canonical", "order", "tree", "checkpoint", "receipts", "signers", "signatures", "states", "objections", "adopted", "sources",
    "quotations", "suggestions", "evidence", "records", "texts", "files", "index", "exports", "server",
]  # fmt: skip


def digests(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def result(report, name):
    return next(each for each in report.checks if each.name == name)


def test_a_case_that_is_well_gives_no_finding(whole):
    report = audit(whole)
    assert report.findings == ()
    assert report.ok
    ended = dict.fromkeys(NAMES, "ok") | {
        "receipts": "skipped",
        "signatures": "unverifiable",
        "adopted": "skipped",
        "evidence": "unverifiable",
        "texts": "unverifiable",
        "server": "skipped",
    }
    assert list(ended.items()) == [(each.name, each.status) for each in report.checks]
    assert all(each.checked for each in report.checks if each.status == "ok")
    assert not any(each.note for each in report.checks if each.status == "ok")


def test_a_case_that_nobody_signs_says_nothing_of_signatures(unpublished):
    report = audit(unpublished)
    assert (report.findings, result(report, "signatures").status) == ((), "skipped")
    assert result(report, "signers").status == "skipped"


def test_the_case_of_these_tests_knows_every_kind_of_event(whole):
    kinds = {json.loads(line)["kind"] for line in (whole / "claims/ledger.jsonl").read_bytes().splitlines()}
    # what is adopted: test_adopted.py; what moves to a server and back: tests/server
    assert BODIES.keys() - {"event.adopted", "ledger.moved"} == kinds


def test_the_head_is_that_of_the_ledger(whole):
    assert read_checkpoint(whole / "claims/checkpoint").head == audit(whole, checks=["lines"]).head


def test_an_audit_writes_nothing(folder):
    before = digests(folder)
    audit(folder)
    assert before == digests(folder)
    shutil.rmtree(folder / ".factcheck")
    report = audit(folder)
    assert not (folder / ".factcheck").exists()
    assert (result(report, "index").status, result(report, "index").note) == ("skipped", "there is no index")
    assert report.ok


def test_checks_can_be_named_and_run_in_their_own_order(whole):
    assert [each.name for each in audit(whole, checks=["index", "tree"]).checks] == ["tree", "index"]
    assert list(QUICK) == [each.name for each in audit(whole, checks=QUICK).checks]
    assert list(CHECKS) == NAMES


def test_an_unknown_check_is_usage(whole):
    with pytest.raises(Usage, match="no check tress") as caught:
        audit(whole, checks=["tree", "tress"])
    assert "tree" in caught.value.remedy


def test_a_folder_that_is_no_case(tmp_path):
    with pytest.raises(NotFound, match="no bundle"):
        audit(tmp_path)


def test_the_json_is_that_of_the_contract(folder):
    with (folder / "claims" / "ledger.jsonl").open("ab") as file:
        file.write(b"\n")
    found = audit(folder, checks=["lines"]).to_json()
    assert {"ok", "head", "checks", "findings"} == found.keys()
    assert {"size", "root"} == found["head"].keys()
    assert [{"name": "lines", "status": "findings", "checked": found["head"]["size"]}] == found["checks"]
    assert {"check", "where", "seen", "do"} == found["findings"][0].keys()
    assert (found["ok"], found["findings"][0]["check"]) == (False, "lines")
    json.dumps(found)


def test_progress_is_told(whole):
    told = []
    audit(whole, checks=["lines", "tree"], progress=lambda name, checked: told.append((name, checked)))
    size = audit(whole, checks=["tree"]).head.size
    assert [("lines", 0), ("lines", size), ("tree", 0), ("tree", size)] == told


def test_repeats_are_counted_not_listed():
    sheet = Sheet("lines")
    for number in range(REPEATS + 7):
        sheet.found(f"claims/ledger.jsonl:{number}", "a blank line", "restore")
    findings = sheet.findings()
    assert len(findings) == REPEATS + 1
    assert findings[-1].seen == "and 7 more of this check"


def test_text_out_of_files_is_made_safe_to_show():
    sheet = Sheet("states")
    sheet.found("a\x1b]52;c;eA==\x07", "\u202e\x9b31m", "restore")
    shown = sheet.findings()[0]
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown.where + shown.seen)


# -- what could not be checked ---------------------------------------------------------------------


def test_no_checkpoint_is_unverifiable_not_ok(folder):
    (folder / "claims" / "checkpoint").unlink()
    report = audit(folder)
    assert report.ok
    assert result(report, "checkpoint").status == "unverifiable"
    assert "claims/checkpoint is not here" in result(report, "checkpoint").note


def test_a_checkpoint_behind_the_ledger_is_noted(folder):
    (folder / "claims" / "checkpoint").write_text(_earlier_checkpoint(folder, 3), "utf-8")
    report = audit(folder, checks=["checkpoint"])
    assert (result(report, "checkpoint").status, report.ok) == ("ok", True)
    assert f"{report.head.size - 3} lines behind" in result(report, "checkpoint").note


def _earlier_checkpoint(folder, size):
    from factcheck.events import Head
    from factcheck.ledger.checkpoint import Checkpoint
    from factcheck.merkle import leaf_hash, root
    from factcheck.signing.notes import sign_note

    lines = (folder / "claims/ledger.jsonl").read_bytes().split(b"\n")[:size]
    head = Head(size=size, root=root(list(map(leaf_hash, lines))).hex())
    return sign_note(Checkpoint("factcheck/test", head).to_text(), SEED, "factcheck/test")


def test_files_that_nobody_names_are_noted_without_a_finding(folder):
    (folder / "claims" / "draft.txt").write_text("?", "utf-8")
    (folder / "evidence" / "stray.bin").write_bytes(b"?")
    (folder / "exports" / "X9").mkdir()
    (folder / "exports" / "X9" / "report.md").write_text("?", "utf-8")
    for passed_over in (
        "claims/.lock",
        "claims/torn-20240226",
        "claims/README.md",
        "claims/packs/x.toml",
        ".hidden",
    ):
        (folder / passed_over).write_text("?", "utf-8")
    report = audit(folder)
    assert report.findings == ()
    extra = [note.split()[1] for note in result(report, "files").note.split("; ")]
    assert extra == ["claims/draft.txt", "evidence/stray.bin", "exports/X9/report.md"]


def test_a_line_of_a_newer_format_is_unverifiable(folder):
    with (folder / "claims" / "ledger.jsonl").open("ab") as file:
        file.write(b'{"kind":"claim.weighed","seq":99,"spec":2}\n')
    report = audit(folder, checks=["lines", "canonical"])
    assert report.ok
    assert result(report, "lines").status == "unverifiable"
    assert "of a newer format" in result(report, "lines").note


def test_an_index_that_is_behind_is_compared_as_far_as_it_has_read(folder, whole):
    ledger = folder / "claims" / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:20]))
    (folder / "claims" / "checkpoint").unlink()
    shutil.rmtree(folder / ".factcheck")
    from factcheck.case import Case

    Case.open(folder).close()
    ledger.write_bytes(b"".join(lines))
    report = audit(folder, checks=["index"])
    assert report.findings == ()
    assert "lines behind the ledger" in result(report, "index").note


def test_an_index_of_another_version_is_skipped(folder):
    import sqlite3

    connection = sqlite3.connect(folder / ".factcheck" / "index.sqlite")
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    assert result(audit(folder, checks=["index"]), "index").status == "skipped"


# -- while the desk is at work ---------------------------------------------------------------------


def test_what_is_written_during_an_audit_is_no_finding(folder):
    from factcheck.case import Case

    case = Case.open(folder, by="reviewer-1")

    def write(name, checked):
        if checked:
            case.note("C1", f"written after {name}")

    report = audit(folder, progress=write)
    case.close()
    assert report.findings == ()
    assert "has grown while it was audited" in result(report, "index").note
    assert audit(folder).ok
