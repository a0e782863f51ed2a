"""The bundled case is made with the product, the same bytes every time, and passes its own audit."""

import hashlib
import importlib.util
import shutil
from pathlib import Path

import pytest

from factcheck.audit import audit

ROOT = Path(__file__).parent.parent


def files(folder):
    """Every file of a case that its ledger answers for, with the SHA-256 of its bytes."""
    found = [
        p for name in ("claims", "evidence", "exports") for p in (folder / name).rglob("*") if p.is_file()
    ]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if path.name != ".lock"
    }


@pytest.fixture
def make():
    spec = importlib.util.spec_from_file_location("make_case", ROOT / "tests" / "bundled" / "make_case.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make


def test_it_is_made_again_byte_for_byte(make, tmp_path):
    (tmp_path / "claims").mkdir()
    shutil.copy(ROOT / "claims" / "jianying-ai.txt", tmp_path / "claims")
    shutil.copytree(ROOT / "claims" / "packs", tmp_path / "claims" / "packs")
    make(tmp_path).close()
    assert files(tmp_path) == files(ROOT)


def test_its_audit_finds_nothing(example):
    report = audit(example)
    assert report.findings == ()
    assert [check.name for check in report.checks if check.status == "findings"] == []


def test_its_transcript_is_the_one_that_was_received():
    digest = hashlib.sha256((ROOT / "claims" / "jianying-ai.txt").read_bytes()).hexdigest()
    assert digest == "f2d8ffc0fa0d88394187629afbbc583fef28854ac4eaf7b68b7422a2dee12bbb"


def test_it_says_that_it_is_an_example():
    for name in ("claims", "evidence", "exports"):
        assert "example" in (ROOT / name / "README.md").read_text("utf-8")
    assert "示例" in (ROOT / "exports" / "X1" / "report.md").read_text("utf-8")


@pytest.mark.parametrize(
    "path", ["claims/ledger.jsonl", "claims/S1.suggestions", "evidence/", "exports/X1/report.md"]
)
def test_one_changed_byte_is_named(example, path):
    target = next(
        p for p in sorted(example.rglob("*")) if p.is_file() and path in str(p) and "README" not in p.name
    )
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(bytes(data))
    report = audit(example)
    assert not report.ok
    assert any(target.name in finding.where or "ledger" in finding.where for finding in report.findings)


def test_one_changed_value_of_the_index_is_named(example):
    import sqlite3

    from factcheck.case import Case

    Case.open(example).close()
    connection = sqlite3.connect(example / ".factcheck" / "index.sqlite")
    connection.execute("UPDATE claim SET rating = 'supported' WHERE rating = 'refuted'")
    connection.commit()
    connection.close()
    assert {finding.check for finding in audit(example).findings} == {"index"}
