"""The files beside the ledger: sources, suggestions, captures and exports, held to what the events say of them."""

import hashlib
import json

import attacker
import pytest

from factcheck.audit import audit
from factcheck.audit.disk import Disk
from factcheck.case import Case
from factcheck.events import canonical
from factcheck.export import RENDERER, UNCHANGED, Scope


def result(report, name):
    return next(each for each in report.checks if each.name == name)


def of(events, kind):
    return next(event for event in events if event["kind"] == kind)


def findings(folder, events, *checks):
    attacker.rewrite(folder, events)
    return [f"{each.where}: {each.seen}" for each in audit(folder, checks=checks).findings]


# -- paths -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "claims/../../x",
        "/etc/passwd",
        "claims//x",
        "claims/./x",
        "factcheck/x",
        "claims/\0",
        "",
        "claims",
    ],
)
def test_no_path_is_read_outside_of_the_case(folder, path):
    look = Disk(folder).look(path)
    assert look.fault
    assert Disk(folder).read(path) is None
    assert Disk(folder).text(path) is None


def test_a_link_in_a_circle_and_a_folder_are_faults(folder):
    (folder / "claims" / "round").symlink_to(folder / "claims" / "round")
    disk = Disk(folder)
    assert (
        "leads out" in disk.look("claims/round").fault or "cannot be read" in disk.look("claims/round").fault
    )
    assert "cannot be read" in disk.look("claims/packs").fault
    assert "claims/round" in disk.names("claims")


def test_text_that_is_not_utf_8_is_none(folder):
    (folder / "claims" / "gbk.txt").write_bytes("蒋璐".encode("gb18030"))
    assert Disk(folder).text("claims/gbk.txt") is None
    assert Disk(folder).read("claims/gbk.txt") == "蒋璐".encode("gb18030")


# -- sources ---------------------------------------------------------------------------------------


def test_a_source_counts_the_characters_the_event_says(folder):
    events = attacker.documents(folder)
    of(events, "source.ingested")["body"]["characters"] -= 1
    assert "characters, the ledger says" in findings(folder, events, "sources")[0]


def test_a_source_that_is_no_text_is_said(folder):
    events, data = attacker.documents(folder), "蒋璐".encode("gb18030")
    (folder / "claims" / "meeting.txt").write_bytes(data)
    of(events, "source.ingested")["body"]["sha256"] = hashlib.sha256(data).hexdigest()
    assert "not UTF-8 text" in findings(folder, events, "sources")[0]


def test_a_changed_source_is_blamed_alone(folder):
    path = folder / "claims" / "meeting.txt"
    path.write_bytes(path.read_bytes().replace(b"60", b"90"))
    report = audit(folder)
    assert {"sources"} == {finding.check for finding in report.findings}
    assert "the source cannot be read" in result(report, "quotations").note
    assert (
        "was not rendered again: claims/meeting.txt is not what the ledger says"
        in result(report, "exports").note
    )


# -- suggestions -----------------------------------------------------------------------------------


def with_suggestions(folder, change):
    """Change the suggestions file and make its event and its name fit."""
    events = attacker.documents(folder)
    body = of(events, "source.extracted")["body"]
    lines = [json.loads(line) for line in (folder / body["suggestions"]).read_bytes().splitlines()]
    data = change(lines)
    body["sha256"] = hashlib.sha256(data).hexdigest()
    (folder / body["suggestions"]).unlink()
    body["suggestions"] = f"claims/S1.suggestions-{body['sha256']}.jsonl"
    (folder / body["suggestions"]).write_bytes(data)
    return events


def written(lines):
    return b"".join(canonical(line) + b"\n" for line in lines)


def of_record(lines, record):
    return next(line for line in lines if line["record"] == record)


def another_number(lines):
    of_record(lines, "claim")["claim"] = "C77"
    return written(lines)


def one_too_few(lines):
    lines.remove(of_record(lines, "reading"))
    return written(lines)


def another_source(lines):
    of_record(lines, "reading")["source"] = "S2"
    return written(lines)


def a_region_outside(lines):
    of_record(lines, "region")["end"] = 10**6
    return written(lines)


def a_fraction(lines):
    return written(lines).replace(b'"priority":', b'"priority":0.5,"x":')


def not_canonical(lines):
    return b"".join(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n" for line in lines)


def no_end(lines):
    return written(lines)[:-1]


def a_word_nobody_said(lines):
    of_record(lines, "reading")["heard"] = "VideoPorn"
    return written(lines)


WRONG = {
    another_number: ("suggestions", "the event says"),
    one_too_few: ("suggestions", "the event says"),
    another_source: ("suggestions", "lines about S2, not S1"),
    a_region_outside: ("suggestions", "a region"),
    a_fraction: ("suggestions", "not a suggestion"),
    not_canonical: ("suggestions", "canonical"),
    no_end: ("suggestions", "newline"),
    a_word_nobody_said: ("quotations", "not 'VideoPorn'"),
}


@pytest.mark.parametrize(("change", "named"), WRONG.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_suggestions_that_fit_their_hash_are_held_to_their_event_and_source(folder, change, named):
    check, seen = named
    events = with_suggestions(folder, change)
    assert any(seen in finding for finding in findings(folder, events, check))


def test_a_suggestions_file_is_named_by_its_source_and_hash(folder):
    events = attacker.documents(folder)
    body = of(events, "source.extracted")["body"]
    (folder / body["suggestions"]).rename(folder / "claims" / "mine.jsonl")
    body["suggestions"] = "claims/mine.jsonl"
    assert any("not named by its source and SHA-256" in each for each in findings(folder, events, "states"))


def test_a_changed_suggestion_names_its_line(folder):
    body = of(attacker.documents(folder), "source.extracted")["body"]
    path = folder / body["suggestions"]
    path.write_bytes(path.read_bytes().replace(b'"record":"reading"', b'"record":"raeding"', 1))
    found = audit(folder, checks=["suggestions"]).findings
    assert body["suggestions"] in found[0].where
    assert "line " in found[0].seen


# -- captures --------------------------------------------------------------------------------------


def test_a_large_capture_that_is_not_here_is_unverifiable_and_a_changed_one_a_finding(folder):
    events = attacker.documents(folder)
    body = of(events, "capture.made")["body"]
    small = folder / body["path"]
    body["path"] = body["path"].replace("evidence/", "evidence/large/")
    (folder / "evidence" / "large").mkdir()
    small.rename(folder / body["path"])
    assert findings(folder, events, "evidence", "files") == []
    data = (folder / body["path"]).read_bytes()
    (folder / body["path"]).write_bytes(data + b" ")
    assert [body["path"] in each for each in findings(folder, events, "evidence")] == [True]
    (folder / body["path"]).unlink()
    report = audit(folder, checks=["evidence", "texts", "files", "quotations"])
    assert report.ok
    assert {check.name: check.status for check in report.checks} == {
        "evidence": "unverifiable",
        "texts": "unverifiable",
        "files": "unverifiable",
        "quotations": "ok",
    }
    assert body["path"] in result(report, "evidence").note


def capture(folder, **values):
    """Change the first capture, and whatever names it."""
    events = attacker.documents(folder)
    of(events, "capture.made")["body"].update(values)
    return findings(folder, events, "evidence")


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"size": 3}, "the ledger says 3"),
        ({"sha256": "0" * 64}, "not named by its SHA-256"),
        ({"path": "evidence/" + "0" * 64 + ".html"}, "not named by its SHA-256"),
        ({"status": 200}, "a filed document with the status 200"),
        ({"outcome": "http 404"}, "the outcome 'http 404'"),
        ({"via": "http", "url": ""}, "fetched from ''"),
        ({"via": "http", "status": 404}, "with the status 404"),
        ({"path": "", "sha256": "", "size": 5}, "kept nowhere"),
        ({"path": "", "sha256": "", "size": 0}, "without its bytes"),
    ],
)
def test_a_capture_is_what_its_event_says(folder, values, seen):
    assert any(seen in finding for finding in capture(folder, **values))


def test_a_page_that_could_not_be_had_is_evidence_too(folder):
    events = attacker.documents(folder)
    kept = of(events, "capture.made")["body"]
    body = {name: value for name, value in kept.items() if name not in {"text", "page", "standing"}}
    body |= {"path": "", "sha256": "", "size": 0, "media_type": ""}
    body |= {
        "via": "http",
        "url": "https://example.org/gone",
        "status": 404,
        "outcome": "http 404",
        "title": "",
    }
    last = events[-1]
    made = {
        "spec": 1,
        "id": "018dd3a0-0000-7000-8000-00000000ffff",
        "time": last["time"],
        "by": "lead-1",
        "kind": "capture.made",
        "subject": "K6",
    }
    events.append(made | {"version": 1, "body": body, "tree": seen(events)})
    assert findings(folder, events) == []


def seen(events):
    """The head that a person sees now; its root is filled in when the lines are chained."""
    return {"size": len(events), "root": "0" * 64}


def test_two_captures_of_the_same_bytes_share_a_file(folder):
    events = attacker.documents(folder)
    body = of(events, "capture.made")["body"]
    made = {
        "spec": 1,
        "id": "018dd3a0-0000-7000-8000-00000000ffff",
        "time": events[-1]["time"],
        "by": "lead-1",
        "kind": "capture.made",
    }
    events.append(made | {"subject": "K6", "version": 1, "body": body, "tree": seen(events)})
    assert findings(folder, events) == []


# -- exports ---------------------------------------------------------------------------------------


def exported(folder, **values):
    events = attacker.documents(folder)
    of(events, "summary.exported")["body"].update(values)
    return events


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"size": 10**6}, "is line"),
        ({"size": 0}, "is line"),
        ({"size": 20}, "was there before it"),
        ({"manifest": "0" * 64}, "the ledger says"),
        ({"lang": "zh"}, "rendered again"),
        ({"lang": "fr"}, "cannot be rendered"),
        ({"formats": ["papyrus"]}, "cannot be rendered"),
        ({"scope": ["claims=C99"]}, "cannot be rendered"),
        ({"scope": ["colour=red"]}, "cannot be rendered"),
        ({"claims": []}, "other claims or verdicts"),
    ],
)
def test_an_export_is_what_its_event_says(folder, values, seen):
    assert any(seen in finding for finding in findings(folder, exported(folder, **values), "exports"))


def test_an_export_of_an_export_is_said(folder):
    events = attacker.documents(folder)
    size = next(n for n, event in enumerate(events, start=1) if event["kind"] == "summary.exported")
    second = [event for event in events if event["kind"] == "summary.exported"][1]
    second["body"]["size"] = size
    assert any("itself about publishing" in finding for finding in findings(folder, events, "exports"))


def test_an_export_of_another_renderer_is_unverifiable_and_still_held_to_its_manifest(folder):
    events = attacker.documents(folder)
    events[-1]["body"]["renderer"] = "factcheck-export/0"
    attacker.rewrite(folder, events)
    report = audit(folder, checks=["exports"])
    assert (report.ok, report.checks[0].status) == (True, "unverifiable")
    assert "was written by factcheck-export/0" in report.checks[0].note
    path = folder / "exports" / events[-1]["subject"] / "claims.jsonl"
    path.write_bytes(path.read_bytes() + b"!")
    assert path.relative_to(folder).as_posix() in [
        finding.where for finding in audit(folder, checks=["exports"]).findings
    ]


def test_an_export_with_a_mended_manifest_is_still_found(folder):
    report = folder / "exports" / "X1" / "report.md"
    report.write_bytes(report.read_bytes().replace(b"\n", b"\n\n", 1))
    manifest = folder / "exports" / "X1" / "manifest-sha256.txt"
    names = sorted(path.name for path in manifest.parent.iterdir() if path != manifest)
    data = "".join(f"{hashlib.sha256((manifest.parent / n).read_bytes()).hexdigest()}  {n}\n" for n in names)
    manifest.write_text(data, "utf-8")
    events = exported(folder, manifest=hashlib.sha256(data.encode()).hexdigest())
    assert any("exports/X1/report.md: line" in finding for finding in findings(folder, events, "exports"))


def test_a_missing_export_is_one_finding_with_the_way_out(folder):
    for path in (folder / "exports" / "X2").iterdir():
        path.unlink()
    (folder / "exports" / "X2").rmdir()
    found = audit(folder, checks=["exports"]).findings
    assert [finding.where for finding in found] == ["exports/X2"]
    assert "factcheck export" in found[0].do


def test_an_unreadable_line_below_an_export_is_blamed_on_the_line(folder):
    path = folder / "claims" / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[6] = b"{}\n"
    path.write_bytes(b"".join(lines))
    report = audit(folder, checks=["lines", "exports"])
    assert {"lines"} == {finding.check for finding in report.findings if finding.where.startswith("claims/")}
    assert "claims/ledger.jsonl:7 cannot be read" in result(report, "exports").note


def test_a_selection_that_an_earlier_renderer_wrote_is_unverifiable_and_the_whole_is_rendered_again(tmp_path):
    case = Case.create(tmp_path / "desk", "lead-1")
    (tmp_path / "talk.txt").write_text("蒋璐上周转投 TikTok。张楠辞去抖音 CEO。\n", "utf-8")
    case.ingest(tmp_path / "talk.txt")
    case.decide("C1", "not_checkable")
    case.confirm("C1", by="reviewer-1")
    case.export("markdown")
    case.export("markdown", "bundle", scope=Scope(claims=("C1",)))
    case.close()
    folder = tmp_path / "desk"
    assert result(audit(folder, checks=["exports"]), "exports").status == "ok"
    events = attacker.documents(folder)
    assert [each["body"]["renderer"] for each in events[-2:]] == [UNCHANGED, RENDERER]
    events[-1]["body"]["renderer"] = UNCHANGED
    attacker.rewrite(folder, events)
    exports = result(report := audit(folder, checks=["exports"]), "exports")
    assert (report.findings, exports.status) == ((), "unverifiable")
    assert (f"exports/X2 was written by {UNCHANGED}" in exports.note, "exports/X1" in exports.note) == (
        True,
        False,
    )
