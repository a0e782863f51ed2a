"""One changed byte in any file, one changed value in the index: each is found, and named."""

import random
import shutil
import sqlite3

import pytest
from attacker import CHEAPEST, byte_changes, one_by_one

from factcheck.audit import audit

ROUNDS = 14


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix()
        for name in ("claims", "evidence", "exports")
        for path in (folder / name).rglob("*")
        if path.is_file() and "packs" not in path.parts and not path.name.startswith(".")
    )


def unnoticed(folder, rounds, seed):
    """Spoil each file again and again; give the changes that no finding names."""
    chance, missed = random.Random(seed), []
    for name in files(folder):
        path = folder / name
        data = path.read_bytes()
        order = CHEAPEST[::-1] if name.startswith("exports/") else CHEAPEST
        for _ in range(rounds):
            changed = byte_changes(data, chance)
            if changed == data:
                continue
            path.write_bytes(changed)
            found = one_by_one(folder, order)
            if not any(name in finding.where or name in finding.seen for finding in found):
                missed.append((name, changed))
        path.write_bytes(data)
    return missed


def test_a_changed_byte_in_any_file_is_found_and_the_file_named(folder):
    shutil.rmtree(folder / ".factcheck")
    assert {"claims", "evidence", "exports"} == {name.split("/")[0] for name in files(folder)}
    assert unnoticed(folder, ROUNDS, seed=1) == []
    assert audit(folder).ok


@pytest.mark.fuzz
def test_thousands_of_changed_bytes_are_found(folder):
    shutil.rmtree(folder / ".factcheck")
    assert unnoticed(folder, 900, seed=2) == []


def test_a_missing_file_is_found_and_named(folder):
    for name in set(files(folder)) - {"claims/ledger.jsonl", "claims/checkpoint"}:
        aside = folder / "aside"
        (folder / name).rename(aside)
        report = audit(folder)
        assert any(name in finding.where for finding in report.findings), name
        aside.rename(folder / name)
    assert audit(folder).ok


def test_a_changed_byte_in_the_ledger_names_its_line(folder):
    path = folder / "claims" / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if b'"kind":"verdict.recorded"' in line)
    lines[number] = lines[number].replace(b'"rating":"supported"', b'"rating":"refuted"')
    path.write_bytes(b"".join(lines))
    wheres = [finding.where for finding in audit(folder, checks=["order"]).findings]
    assert [f"claims/ledger.jsonl:{number + 2}"] == [where.split(" ")[0] for where in wheres]


def test_an_extra_file_in_an_export_is_a_finding(folder):
    (folder / "exports" / "X1" / "appendix.md").write_text("?", "utf-8")
    assert "exports/X1/appendix.md" in [
        finding.where for finding in audit(folder, checks=["exports"]).findings
    ]


def test_a_file_behind_a_link_that_leads_out_is_a_finding(folder, tmp_path):
    source = folder / "claims" / "meeting.txt"
    source.rename(tmp_path / "elsewhere.txt")
    source.symlink_to(tmp_path / "elsewhere.txt")
    report = audit(folder, checks=["sources", "files"])
    assert {"sources", "files"} == {finding.check for finding in report.findings}
    assert all("leads out of the case" in finding.seen for finding in report.findings)


# -- the index -------------------------------------------------------------------------------------

CHANGES = {
    "a statement that a screen shows": "UPDATE subject SET value = CAST(replace(value, '蒋璐转投', '蒋璐加入') AS BLOB)",
    "a rating that a screen shows": "UPDATE subject SET value = CAST(replace(value, 'misleading', 'supported') AS BLOB)",
    "a version": "UPDATE subject SET version = version + 1 WHERE letter = 'C' AND number = 1",
    "a suggestion as it was": "UPDATE subject SET base = CAST(replace(base, '蒋璐', '蒋路') AS BLOB) WHERE letter = 'C'",
    "a subject too many": "INSERT INTO subject (letter, number, version) VALUES ('C', 99, 1)",
    "a subject too few": "DELETE FROM subject WHERE letter = 'E' AND number = 1",
    "a state in the queue": "UPDATE claim SET state = 'confirmed' WHERE number = 2",
    "a rating in the queue": "UPDATE claim SET rating = 'refuted' WHERE number = 1",
    "a priority in the queue": "UPDATE claim SET priority = priority + 1 WHERE number = 3",
    "a judge in the queue": "UPDATE claim SET judge = 'reviewer-9' WHERE number = 1",
    "a claim too few in the queue": "DELETE FROM claim WHERE number = 4",
    "a count": "UPDATE tally SET many = many + 1 WHERE many > 0",
    "search words": "UPDATE claim_text SET words = 'nothing' WHERE rowid = 1",
    "search words too few": "DELETE FROM claim_text WHERE rowid = 2",
    "an event's line": "UPDATE event SET line = CAST(replace(line, 'reviewer-2', 'reviewer-3') AS BLOB)",
    "an event's person": "UPDATE event SET person = 'reviewer-9' WHERE seq = 5",
    "an event's id": "UPDATE event SET id = 'x' WHERE seq = 5",
    "a history too short": "DELETE FROM touch WHERE subject = 'C1' AND seq > 10",
    "a position": "UPDATE meta SET value = replace(value, '\"size\": ', '\"size\": 1') WHERE key = 'position'",
    "no position": "DELETE FROM meta WHERE key = 'position'",
    "a position that is nonsense": "UPDATE meta SET value = '7' WHERE key = 'position'",
    "the words beside the search index": "UPDATE claim_text_content SET c0 = 'other' WHERE id = 1",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_value_in_the_index_is_found(folder, change):
    connection = sqlite3.connect(folder / ".factcheck" / "index.sqlite")
    assert connection.execute(change).rowcount
    connection.commit()
    connection.close()
    before = (folder / ".factcheck" / "index.sqlite").read_bytes()
    report = audit(folder)
    assert {"index"} == {finding.check for finding in report.findings}
    assert before == (folder / ".factcheck" / "index.sqlite").read_bytes()


@pytest.mark.parametrize("junk", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 4000])
def test_an_index_that_is_none_is_a_finding_or_skipped_and_never_an_error(folder, junk):
    (folder / ".factcheck" / "index.sqlite").write_bytes(junk)
    check = audit(folder, checks=["index"]).checks[0]
    assert check.status != "ok"


def half_written(path, beside):
    """What a full disk leaves: pages of an act that was not ended, and the journal that would take them back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE event SET person = person || hex(line)")
    copies = [
        shutil.copy(each, beside / each.name) for each in (path, path.with_name(f"{path.name}-journal"))
    ]
    connection.execute("ROLLBACK")
    connection.close()
    for each in copies:
        shutil.copy(each, path.parent)


def test_an_index_that_cannot_be_opened_is_skipped_with_the_reason_and_left_as_it_is(folder, tmp_path):
    path = folder / ".factcheck" / "index.sqlite"
    half_written(path, tmp_path)
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    report = audit(folder)
    (check,) = [check for check in report.checks if check.name == "index"]
    assert (report.ok, check.status) == (True, "skipped")
    assert check.note.startswith("the index cannot be opened: ")
    assert before == {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_random_bytes_in_the_index_never_break_the_audit(folder):
    path = folder / ".factcheck" / "index.sqlite"
    data, chance = path.read_bytes(), random.Random(3)
    for _ in range(40):
        path.write_bytes(byte_changes(data, chance))
        audit(folder, checks=["index"])
