"""What was once found by attacking the desk, and must not come back."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.errors import BadData, Conflict, NotFound, Refused, Usage

LINK = "https://example.org/statement"
ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["C01", "C１", "c1", "C0", "C", "C1 ", "C1234567890"])
def test_an_id_has_one_spelling(case, name):
    with pytest.raises(NotFound):
        case.accept(name)


@pytest.mark.parametrize(
    "act",
    [
        lambda case: case.accept("C1", "C1"),
        lambda case: case.dismiss("C1", "C1", reason="trivial"),
        lambda case: case.merge("C1", "C2", "C2"),
        lambda case: case.merge("C1", "C1"),
        lambda case: case.relate("C1", "C1", "repeats"),
    ],
)
def test_nothing_is_named_twice_in_one_act(case, act):
    size = case.head.size
    with pytest.raises((Usage, Refused)):
        act(case)
    assert case.head.size == size


def test_two_people_who_make_a_case_at_once_make_one(tmp_path):
    folder = tmp_path / "race"
    made, refused = [], []

    def make(name):
        try:
            made.append(Case.create(folder, name))
        except Refused:
            refused.append(name)

    threads = [threading.Thread(target=make, args=(f"person-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(refused) == 3
    assert audit(folder).findings == ()


def test_a_source_whose_suggestions_were_lost_in_a_crash_gets_them(case, tmp_path, monkeypatch):
    document = tmp_path / "second.txt"
    document.write_text("去年李雷辞去抖音 CEO 的职务。", "utf-8")
    real = case._ledger.append

    def die(event, after):
        if event.kind == "source.extracted":
            raise KeyboardInterrupt
        return real(event, after)

    monkeypatch.setattr(case._ledger, "append", die)
    with pytest.raises(KeyboardInterrupt):
        case.ingest(document)
    monkeypatch.undo()
    case.refresh()
    assert case.source("S2").suggestions == ""
    assert case.ingest(document).id == "S2"
    assert case.claims("S2")
    with pytest.raises(Refused, match="already here"):
        case.ingest(document)


def test_a_tail_that_a_neighbour_left_torn_is_put_aside_and_the_act_is_recorded(case):
    with (case.folder / "claims" / "ledger.jsonl").open("ab") as file:
        file.write(b'{"body":{"cl')
    case.note("C1", "still writing")
    assert case.claim("C1").notes[-1].text == "still writing"
    assert [path.read_bytes() for path in (case.folder / "claims").glob("torn-*")] == [b'{"body":{"cl']


@pytest.mark.parametrize(
    "date", ["2024-13-45", "2024-02-30", "2024-02-02..2024-02-01", "yesterday", "2024-2-1"]
)
def test_a_day_that_does_not_exist_is_no_date(case, date):
    with pytest.raises(Usage, match="calendar"):
        case.date("S1", date)


def test_a_refused_quotation_leaves_no_event_behind(case, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("The employer says: joined as research lead in 2023.\n")
    size = case.head.size
    with pytest.raises(Refused, match="are not on page"):
        case.attach("C1", page, quote="not there", stance="supports")
    with pytest.raises(Conflict):
        case.attach("C1", page, quote="research lead", stance="supports", at=7)
    assert case.head.size == size
    evidence = case.attach("C1", page, quote="research lead", stance="supports")
    assert (evidence.captured, evidence.capture) == (True, "K1")


@pytest.mark.parametrize("content", [b"<html><body></body></html>", b"<script>words</script>"])
def test_words_are_not_quoted_from_a_page_without_words(case, tmp_path, content):
    page = tmp_path / "empty.html"
    page.write_bytes(content)
    with pytest.raises(Refused):
        case.attach("C1", page, quote="words that never were", stance="supports")


@pytest.mark.parametrize(
    "name", ["tool:a/1", "TOOL:x", "r\u200b1", "r\u202e1", "r\ufe0f1", "r\u3164", "x" * 101, "a\tb", "\udcff"]
)
def test_nobody_is_called_that(case, name):
    size = case.head.size
    with pytest.raises((Usage, Refused)):
        case.accept("C1", by=name)
    with pytest.raises((Usage, Refused)):
        case.add_member(name, "lead")
    assert case.head.size == size


@pytest.mark.parametrize("other", ["Jose\u0301", "JOSÉ", " José ", "ｊosé"])
def test_one_person_does_not_become_two_by_spelling(case, other):
    case.decide("C1", "9", by="José")
    with pytest.raises(Refused, match="somebody else"):
        case.confirm("C1", by=other)
    case.decide("C1", "7", by=other)
    assert case.claim("C1").state == "judged"


def test_the_last_lead_cannot_leave_a_desk_with_members(case):
    case.add_member("lead-1", "lead", by="lead-1")
    case.add_member("reviewer-1", "reviewer", by="lead-1")
    with pytest.raises(Refused, match="last lead"):
        case.revoke_member("lead-1", by="lead-1")
    with pytest.raises(Refused, match="last lead"):
        case.add_member("lead-1", "reviewer", by="lead-1")
    with pytest.raises(Refused, match="reads like"):
        case.add_member("Lead-1", "lead", by="lead-1")


@pytest.mark.parametrize(
    "url",
    [
        "https://user:secret@example.org/",
        "https://exa\u202emple.org/",
        "https://[::1",
        "https://",
        "http://a b/",
    ],
)
def test_an_address_that_should_not_be_kept_is_refused_and_its_secret_not_repeated(case, url):
    with pytest.raises(Usage) as refusal:
        case.attach("C1", url, stance="supports")
    assert "secret" not in str(refusal.value)


def test_one_host_is_one_origin_however_it_is_written(case):
    for url in (
        "https://a.example/1",
        "https://a.example./2",
        "https://www.a.example/3",
        "https://A.EXAMPLE/4",
    ):
        case.attach("C1", url, stance="supports")
    assert case.claim("C1").origins == 1


@pytest.mark.parametrize("text", ["\u200b", " \u3164 ", "\ufeff", ""])
def test_what_cannot_be_seen_is_no_reason_no_note_and_no_statement(case, text):
    case.attach("C1", LINK, stance="supports")
    with pytest.raises(Refused):
        case.decide("C1", "supported", because=text)
    with pytest.raises(Usage):
        case.note("C1", text)
    with pytest.raises((Usage, Refused)):
        case.reword("C1", text)


def test_a_command_id_of_somebody_else_is_a_conflict(case):
    command = "01890000-0000-7000-8000-000000000001"
    case.decide("C1", "9", id=command)
    with pytest.raises(Conflict, match="another act"):
        case.decide("C2", "9", id=command, by="reviewer-2")


def test_an_export_is_never_written_over_the_desks_own_files(case, tmp_path):
    (tmp_path / "afile").write_text("x")
    for place in (case.folder / "exports" / "X1", case.folder / "claims", "", tmp_path / "afile"):
        with pytest.raises(Refused):
            case.export(draft=True, to=place)
    assert case.exports() == []


def test_what_a_crash_left_under_the_next_number_is_put_aside(case):
    left = case.folder / "exports" / "X1"
    left.mkdir()
    (left / "claims.csv").write_text("old")
    case.export(draft=True)
    assert not (left / "claims.csv").exists()
    assert case.audit().findings == ()


@pytest.mark.parametrize(
    "name", ["a\u202eb.txt", ".hidden", "README.md", "S1.suggestions-x.jsonl", "x" * 250, "ledger.jsonl"]
)
def test_a_document_of_any_name_is_kept_under_one_that_any_system_holds(case, tmp_path, name):
    document = tmp_path / name[:200]
    document.write_text("去年李雷辞去抖音 CEO 的职务。", "utf-8")
    source = case.ingest(document)
    assert (case.folder / source.path).read_bytes() == document.read_bytes()


def test_a_link_is_read_but_never_written_through(case, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (case.folder / "claims" / "linked.txt").symlink_to(victim)
    document = tmp_path / "linked.txt"
    document.write_text("去年李雷辞去抖音 CEO 的职务。", "utf-8")
    case.ingest(document)
    assert victim.read_text() == "precious"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_no_document(case, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for act in (case.ingest, case.capture):
        with pytest.raises(BadData, match="cannot be read"):
            act(tmp_path / "pipe")


def test_a_full_disk_after_the_line_was_written_loses_nothing_and_doubles_nothing(case, monkeypatch):
    from factcheck.errors import Unavailable

    real = case._index.catch_up
    calls = []

    def full(ledger, suggestions):
        if calls:
            raise Unavailable("the index could not be renewed; the ledger is whole and safe.")
        return real(ledger, suggestions)

    monkeypatch.setattr(case._index, "catch_up", full)
    monkeypatch.setattr(
        case._ledger, "append", lambda *a, real=case._ledger.append: (calls.append(1), real(*a))[1]
    )
    case.note("C1", "only once")
    assert [note.text for note in case.claim("C1").notes] == ["only once"]
    assert any("memory" in notice for notice in case.notices)


def test_time_that_goes_back_is_held(tmp_path):
    from datetime import UTC, datetime, timedelta

    now = [datetime(2024, 2, 26, tzinfo=UTC)]

    def backwards():
        now[0] -= timedelta(hours=1)
        return now[0]

    desk = Case.create(tmp_path / "back", "lead-1", clock=backwards)
    (tmp_path / "a.txt").write_text("去年李雷辞去抖音 CEO 的职务。", "utf-8")
    desk.ingest(tmp_path / "a.txt")
    desk.attach("C1", LINK, stance="supports")
    desk.decide("C1", "1", because="x")
    times = [event.time for event in desk.trail()]
    assert times == sorted(times)
    assert desk.audit().findings == ()
    desk.close()


def test_an_emptied_ledger_is_a_finding(case, tmp_path):
    (tmp_path / "empty" / "claims").mkdir(parents=True)
    (tmp_path / "empty" / "claims" / "ledger.jsonl").touch()
    assert not audit(tmp_path / "empty").ok
    with pytest.raises(BadData, match="never begun"):
        Case.open(tmp_path / "empty")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_an_output_that_cannot_be_written_is_one_sentence(case):
    command = [sys.executable, "-m", "factcheck", "--case", str(case.folder), "list", "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_many_who_open_a_case_for_the_first_time_at_once_all_write(case):
    shutil.rmtree(case.folder / ".factcheck")
    code = (
        "import sys; from factcheck.case import Case\n"
        "case = Case.open(sys.argv[1], by=sys.argv[2]); case.note('C1', sys.argv[2])\n"
        "assert case.notices == [], case.notices\n"
    )
    people = [f"person-{n}" for n in range(8)]
    command = [sys.executable, "-c", code, str(case.folder)]
    running = [subprocess.Popen([*command, name], stderr=subprocess.PIPE, cwd=ROOT) for name in people]
    assert [(each.communicate()[1], each.returncode) for each in running] == [(b"", 0)] * len(people)
    fresh = Case.open(case.folder)
    assert sorted(note.text for note in fresh.claim("C1").notes) == people
    fresh.close()
