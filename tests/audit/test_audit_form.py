"""Lines and files of the wrong form: named with their place, once per cause, and never an exception."""

import pytest

from factcheck.audit import audit


def test_a_line_that_cannot_be_read_is_noted_where_findings_may_follow_from_it(record):
    folder, _ = record
    path = folder / "claims" / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[6] = b"{}\n"
    path.write_bytes(b"".join(lines))
    assert "1 lines could not be read" in audit(folder, checks=["states"]).checks[0].note


def broken(folder, change):
    path = folder / "claims" / "ledger.jsonl"
    path.write_bytes(change(path.read_bytes()))
    return audit(folder, checks=["lines", "canonical"])


FORMS = {
    "CRLF": (lambda data: data.replace(b"\n", b"\r\n"), "lines", "CRLF"),
    "a blank line": (lambda data: data.replace(b"\n", b"\n\n", 1), "lines", "a blank line"),
    "no newline at the end": (lambda data: data[:-1], "lines", "no newline"),
    "a byte order mark": (lambda data: b"\xef\xbb\xbf" + data, "lines", "BOM"),
    "not UTF-8": (lambda data: data.replace("蒋".encode(), b"\xff", 1), "lines", "utf-8"),
    "a duplicate key": (
        lambda data: data.replace(b'"spec":1', b'"spec":1,"spec":1', 1),
        "lines",
        "duplicate key",
    ),
    "a fraction": (lambda data: data.replace(b'"version":1', b'"version":1.0', 1), "lines", "a fraction"),
    "an unknown kind": (
        lambda data: data.replace(b"claim.accepted", b"claim.expected", 1),
        "lines",
        "not known",
    ),
    "an unknown key": (lambda data: data.replace(b'"spec":1', b'"spec":1,"zeal":1', 1), "lines", "zeal"),
    "a blank": (lambda data: data.replace(b'"spec":1', b'"spec": 1', 1), "canonical", "canonical form"),
    "keys in another order": (
        lambda data: data.replace(b'"spec":1,"subject":"case"', b'"subject":"case","spec":1', 1),
        "canonical",
        "canonical form",
    ),
    "an escape": (lambda data: data.replace("蒋".encode(), rb"\u848b", 1), "canonical", "canonical form"),
    "nothing at all": (lambda data: b"\n" * 3, "lines", "a blank line"),
    "zeros": (lambda data: b"\x00" * 4096, "lines", "not JSON"),
    "a list": (lambda data: b"[1,2]\n", "lines", "not an event"),
    "endless nesting": (lambda data: b"[" * 100_000 + b"\n", "lines", "nested"),
}


@pytest.mark.parametrize(("change", "check", "seen"), FORMS.values(), ids=FORMS.keys())
def test_a_line_of_the_wrong_form_is_named(folder, change, check, seen):
    findings = [finding for finding in broken(folder, change).findings if finding.check == check]
    assert findings
    assert findings[0].where.startswith("claims/ledger.jsonl:")
    assert seen in findings[0].seen


def test_one_cause_does_not_bury_the_sheet(folder):
    path = folder / "claims" / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    report = audit(folder)
    assert [(f.check, f.where.split(" ")[0]) for f in report.findings] == [("lines", "claims/ledger.jsonl:1")]


def test_a_line_behind_a_newer_one_is_a_finding(folder):
    path = folder / "claims" / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines.insert(5, b'{"kind":"claim.weighed","seq":6,"spec":2}\n')
    path.write_bytes(b"".join(lines))
    assert "of a newer one" in audit(folder, checks=["lines"]).findings[0].seen


def test_files_of_the_wrong_sort_are_findings(folder):
    for name in ("claims/checkpoint", "claims/meeting.txt", "exports/X1/report.md"):
        (folder / name).unlink()
        (folder / name).mkdir()
    report = audit(folder)
    assert {"checkpoint", "sources", "exports"} <= {finding.check for finding in report.findings}
