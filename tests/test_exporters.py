"""A format may be somebody else's: an entry point, a pure function, and a check that whoever writes one can run."""

import json
import tomllib

import pytest
from plugins.local_desk.local_desk import bulletin
from test_plugins import LOCAL_DESK, Desk

from factcheck.case import Case
from factcheck.export.html import html
from factcheck.export.jsonl import jsonl
from factcheck.export.markdown import markdown
from factcheck.testing import check_exporter, samples

MODULE = (LOCAL_DESK / "local_desk.py").read_text("utf-8")
PROJECT = tomllib.loads((LOCAL_DESK / "pyproject.toml").read_text("utf-8"))["project"]
ASKED = iter(range(10**6))


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    case = Case.open(made.case, by="lead-1")
    case.ingest(tmp_path / "talk.txt")
    case.set_policy("second_signature", "off")
    case.decide("C1", "not_checkable")
    case.close()
    return made


@pytest.mark.parametrize("write", [markdown, html, bulletin], ids=lambda write: write.__name__)
def test_our_own_formats_and_a_plug_in_keep_what_is_asked_of_an_exporter(write):
    check_exporter(write)


def test_data_says_it_in_its_own_way():
    check_exporter(jsonl, text=False)


def no_bytes(summary):
    return markdown(summary).decode()


def by_chance(summary):
    return markdown(summary) + str(next(ASKED)).encode()


def by_its_process(summary):
    import os

    return markdown(summary) + os.environ.get("TZ", "").encode()


def hides_a_draft(summary):
    from dataclasses import replace

    return markdown(replace(summary, draft=False))


def hides_a_claim(summary):
    return markdown(summary).replace(b"C120", b"")


def hides_a_verdict(summary):
    for entry in summary.claims:
        if entry.ruling:
            return markdown(summary).replace(entry.ruling.label.encode(), b"")
    return markdown(summary)


def hides_the_count(summary):
    return markdown(summary).replace(str(summary.tally.total).encode(), b"")


def lets_through(summary):
    return markdown(summary) + "".join(each.statement for each in summary.claims).encode()


FAULTS = {
    no_bytes: "returned str",
    by_chance: "other bytes the second time",
    by_its_process: "another process wrote other bytes",
    hides_a_draft: "does not say",
    hides_a_claim: "does not name C120",
    hides_a_verdict: "does not say that",
    hides_the_count: "does not say",
    lets_through: "stands in it as it is",
}


@pytest.mark.parametrize("write", FAULTS, ids=lambda write: write.__name__)
def test_an_exporter_with_this_fault_is_found(write):
    with pytest.raises(AssertionError, match=FAULTS[write]):
        check_exporter(write)


def test_the_samples_try_both_languages_drafts_emptiness_and_hostility():
    assert [name for name, _ in samples()] == [
        f"{kind} {lang}" for lang in ("zh", "en") for kind in ("final", "draft", "empty", "hostile")
    ]


def test_a_format_of_another_distribution_is_written_named_and_held_against_the_manifest(desk):
    desk.install(PROJECT, {"local_desk.py": MODULE})
    made = desk.run("export", "--format", "txt,markdown", "--by", "lead-1", "--case", str(desk.case))
    assert made.returncode == 0, made.stderr
    report = desk.case / "exports" / "X1" / "report.txt"
    assert "exported" in report.read_text("utf-8")
    event = json.loads((desk.case / "claims" / "ledger.jsonl").read_text("utf-8").splitlines()[-1])
    (maker,) = event["body"]["made_with"]
    assert maker.startswith("txt local-desk 1.2.0 (txt) sha256 ")
    case = Case.open(desk.case)  # here, where the plug-in is not installed
    assert case.audit().findings == ()
    assert "local-desk 1.2.0" in str(case.audit().checks)
    report.write_bytes(report.read_bytes() + b"!")
    assert {each.where for each in case.audit().findings} == {"exports/X1/report.txt"}
    case.close()


def test_a_format_that_nobody_has_is_refused_and_one_that_fails_is_named(desk):
    gone = desk.run("export", "--format", "txt", "--by", "lead-1", "--case", str(desk.case))
    assert (gone.returncode, "there is no format txt" in gone.stderr) == (2, True)
    for body, said in (("return 7", "it returned int, not bytes"), ("raise SystemExit(0)", "SystemExit")):
        desk.install(
            PROJECT,
            {"local_desk.py": f"def ranking(candidate):\n    pass\ndef bulletin(summary):\n    {body}\n"},
        )
        failed = desk.run("export", "--format", "txt", "--by", "lead-1", "--case", str(desk.case))
        assert failed.returncode == 3
        assert said in failed.stderr
        assert not (desk.case / "exports" / "X1").exists()
