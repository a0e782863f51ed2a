"""A folder is taken in whole: what is recorded is what `ingest` records, and nothing is lost or doubled, whoever dies."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from signing.keymaking import keygen
from working import deadly, install

from factcheck.case import Case
from factcheck.case.crews import Pool
from factcheck.case.dealing import Dealing, Waiting
from factcheck.cli import main
from factcheck.errors import BadData, NotFound, Refused
from factcheck.signing.making import sign

ROOT = Path(__file__).parent.parent.parent
TALK = "第 {number} 场：去年华星公司的收入增长{number}%，负责人李明转投 Globex。In 2023 Acme hired {number} people.\n"


def documents(folder, numbers):
    """Short documents in folders of folders, each with claims of its own."""
    for number in numbers:
        path = folder / f"part-{number % 3}" / f"talk-{number:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TALK.format(number=number), "utf-8")
    return folder


def written(case):
    """What was recorded of sources, one after the other: everything but time, place in the ledger and ids."""
    events = [each for each in case.trail() if each.kind.startswith("source.")]
    told = [(each.subject, each.kind, each.version, each.by, each.body.model_dump_json()) for each in events]
    return sorted(told, key=lambda each: (int(each[0][1:]), each[2]))


def kept(case):
    """Every file of the case beside its ledger."""
    held = (case.folder / "claims").iterdir()
    return {each.name: each.read_bytes() for each in held if each.name.startswith(("S", "talk"))}


def extracted(folder):
    """The sources that the ledger of a case says are extracted, in its order."""
    lines = (folder / "claims" / "ledger.jsonl").read_bytes().splitlines()
    return [event["subject"] for event in map(json.loads, lines) if event["kind"] == "source.extracted"]


def run(*words):
    with pytest.raises(SystemExit) as ended:
        main([*map(str, words)])
    return ended.value.code or 0


def test_a_folder_gives_the_events_and_files_of_its_documents_taken_in_one_by_one(case, tmp_path):
    case.accept("C1")
    case.add("S1", "去年抖音 CEO 张楠")
    folder = documents(tmp_path / "in", range(12))
    alone = Case.create(tmp_path / "alone", "reviewer-1")
    alone.ingest(tmp_path / "meeting.txt", title="会议实录")
    alone.accept("C1")
    alone.add("S1", "去年抖音 CEO 张楠")
    for path in sorted(folder.rglob("*.txt")):
        alone.ingest(path)
    steps = []
    found = case.ingest_folder(folder, workers=1, progress=lambda *step: steps.append(step))
    assert (found.failed, found.skipped, found.exit) == ((), (), 0)
    assert found.ingested == found.extracted == tuple(f"S{number}" for number in range(2, 14))
    assert written(case) == written(alone)
    assert kept(case) == kept(alone)
    assert [each.statement for each in case.claims()] == [each.statement for each in alone.claims()]
    kinds = [each.kind for each in case.trail()][-24:]
    assert kinds == ["source.ingested"] * 12 + ["source.extracted"] * 12
    done = [("ingest", number) for number in range(1, 13)] + [("extract", number) for number in range(13)]
    assert steps == [(step, number, 12) for step, number in done]
    alone.close()


def test_what_is_no_document_is_named_and_stops_nothing(case, tmp_path, monkeypatch, capsys):
    folder = documents(tmp_path / "in", range(2))
    (tmp_path / "secret.txt").write_text("a file elsewhere", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "round").symlink_to(folder)
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "twice.txt").write_bytes((folder / "part-0" / "talk-00.txt").read_bytes())
    (folder / ".hidden.txt").write_text("隐藏", "utf-8")
    os.mkfifo(folder / "pipe.txt")
    odd = os.fsencode(folder) + b"/\x1b[31m\xff.txt"
    Path(os.fsdecode(odd)).write_text(TALK.format(number=77), "utf-8")
    (folder / "claims").mkdir()
    (folder / "claims" / "notes.txt").write_text(TALK.format(number=78), "utf-8")
    monkeypatch.setenv("FACTCHECK_BY", "reviewer-1")
    assert run("--case", case.folder, "ingest", folder, "--workers", 1, "--json") == 1
    said = capsys.readouterr()
    told = json.loads(said.out)
    names = [Path(each["where"]).name for each in told["failed"]]
    assert names == ["empty.txt", "link.txt", "picture.txt", "pipe.txt", "round"]
    assert [each["exit"] for each in told["failed"]] == [3, 1, 3, 1, 1]
    assert len(said.err.strip().splitlines()) == len(names)
    assert (told["ingested"], told["extracted"]) == (["S2", "S3", "S4", "S5"], ["S2", "S3", "S4", "S5"])
    assert [(Path(each["file"]).name, each["source"]) for each in told["skipped"]] == [("twice.txt", "S4")]
    case.refresh()
    assert "a file elsewhere" not in b"".join(kept(case).values()).decode("utf-8", "replace")
    # Once more: nothing is new, and what failed fails again.
    assert run("--case", case.folder, "ingest", folder, "--lang", "en") == 1
    assert capsys.readouterr().out == "nothing new: 5 documents known before, 5 failed\n"
    before = case.head
    case.refresh()
    assert case.head == before


def test_a_folder_that_is_none_or_is_the_record_itself_is_refused_and_options_that_do_not_fit(
    case, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("FACTCHECK_BY", "reviewer-1")
    with pytest.raises(NotFound):
        case.ingest_folder(tmp_path / "nowhere")
    with pytest.raises(Refused, match="record of the case"):
        case.ingest_folder(case.folder / "claims")
    assert run("--case", case.folder, "ingest", case.folder, "--lang", "zh") == 0
    assert capsys.readouterr().out == "没有新的：0 份早已收入，0 份失败\n"
    at = ("--case", case.folder, "ingest")
    assert run(*at, tmp_path / "meeting.txt", "--workers", 2) == 2
    assert run(*at, tmp_path, "--title", "all") == 2
    assert run(*at, tmp_path, "--workers", 2, "--dask", "tcp://127.0.0.1:1") == 2
    assert run(*at, tmp_path, "--dask", "nothing") == 2
    capsys.readouterr()


def test_a_worker_that_is_killed_loses_and_doubles_nothing(case, tmp_path, monkeypatch):
    install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "odd", raising=False)  # that of an earlier test
    folder = documents(tmp_path / "in", range(12))
    (folder / "part-1" / "talk-04a.txt").write_text("致命的一句：去年公司裁员300人。\n", "utf-8")
    found = case.ingest_folder(folder, workers=2)
    assert (tmp_path / "site" / "killed").exists()
    assert found.failed == ()
    assert extracted(case.folder) == [f"S{number}" for number in range(1, 15)]


def test_what_somebody_does_to_a_waiting_source_meanwhile_counts(case, tmp_path):
    folder = documents(tmp_path / "in", [0, 3, 6])
    other, added = Case.open(case.folder, by="reviewer-2"), []

    def meanwhile(step, done, _total):
        if (step, done) == ("extract", 1):  # S2 is about to be recorded
            said = case.text("S4").splitlines()[0]
            added.append(other.add("S4", said[said.index("In 2023") :].rstrip(".")))

    case.ingest_folder(folder, workers=1, progress=meanwhile)
    there = [each for each in case.claims("S4") if "Acme hired" in each.statement]
    assert [each.id for each in there] == [added[0].id]
    assert len({each.id for each in case.claims()}) == len(case.claims())
    other.close()


def test_a_folder_is_signed_for_once(tmp_path):
    key = keygen(tmp_path / "key")
    case = Case.create(tmp_path / "desk", "reviewer-1", sign=partial(sign, key=key))
    case.add_signer("reviewer-1", key.with_suffix(".pub").read_text("utf-8"))
    found = case.ingest_folder(documents(tmp_path / "in", range(3)), workers=1)
    last = case.trail()[-1]
    assert (last.kind, [each.subject for each in last.body.decisions]) == (
        "decisions.signed",
        ["S1", "S2", "S3"],
    )
    assert (case.unsigned(), case.deferred, found.failed) == ((), (), ())
    assert case.audit().findings == ()
    case.close()


def test_work_is_done_again_until_the_document_is_found_at_which_workers_die(tmp_path):
    texts = ["a", "b", f"once {tmp_path / 'one'}", "c", "deadly", "broken", *"defgh"]
    queue = (Waiting(f"S{number}", text) for number, text in enumerate(texts, 1))
    crew = Pool(2, deadly)
    found = list(Dealing(queue, tuple, crew, speed=20.0))
    crew.close()
    assert [name for name, _ in found] == [f"S{number}" for number in range(1, len(texts) + 1)]
    failed = {name: str(each) for name, each in found if isinstance(each, BadData)}
    assert failed.keys() == {"S5", "S6"}
    assert failed["S5"].startswith("S5 ended every worker")
    assert "RecursionError" in failed["S6"]
    assert [each for _, each in found if not isinstance(each, BadData)] == [*texts[:4], *texts[6:]]


def test_workers_that_cannot_begin_are_said_at_once(tmp_path):
    script = tmp_path / "script.py"
    words = "from factcheck.case.crews import Pool\ncrew = Pool(1, len)\ncrew.submit(()).exception()\ncrew.renew()\n"
    script.write_text(words, "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "no worker could be started" in done.stderr.splitlines()[-1]


HEARS = """
import signal, sys
from factcheck.cli import main
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main(sys.argv[1:])
"""
"""The program, which hears Ctrl+C also where whoever runs the tests ignores it, as a shell has its background do."""


@pytest.fixture
def stopped(tmp_path):
    """A case, and a way to take a folder in until a document of it is held, and to stop that with a signal."""
    install(tmp_path / "site")
    folder = documents(tmp_path / "in", range(6))
    (folder / "a-long-one.txt").write_text(TALK.format(number=50) * 80, "utf-8")
    (folder / "part-0" / "held.txt").write_text("等待：去年公司裁员300人。\n", "utf-8")
    Case.create(tmp_path / "desk", "reviewer-1").close()
    path = f"{ROOT}{os.pathsep}{tmp_path / 'site'}"
    environ = os.environ | {"PYTHONPATH": path, "FACTCHECK_BY": "reviewer-1", "PYTHONDONTWRITEBYTECODE": "1"}

    def stop(number):
        (tmp_path / "site" / "holding").unlink(missing_ok=True)
        command = [sys.executable, "-c", HEARS, "--case", str(tmp_path / "desk"), "ingest", str(folder)]
        begun = subprocess.Popen([*command, "--workers", "1"], env=environ, stderr=subprocess.PIPE, text=True)
        until(lambda: (tmp_path / "site" / "holding").exists() and extracted(tmp_path / "desk"))
        begun.send_signal(number)
        try:
            _, said = begun.communicate(timeout=60)
        finally:
            begun.kill()
        until(lambda: is_free(tmp_path / "site" / "lock"))
        return begun.returncode, said

    return stop


def until(true):
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_free(lock):
    """True once the worker that held the document is gone."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def test_the_same_command_goes_on_where_an_interruption_or_a_kill_ended_it(stopped, tmp_path, monkeypatch):
    code, said = stopped(signal.SIGINT)
    assert (code, said) == (130, "Stopped. What was recorded stays; the same command goes on from there.\n")
    assert extracted(tmp_path / "desk") == ["S1"]
    assert stopped(signal.SIGKILL)[0] == -signal.SIGKILL
    (tmp_path / "site" / "go").touch()
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "odd", raising=False)  # that of an earlier test
    case = Case.open(tmp_path / "desk", by="reviewer-1")
    found = case.ingest_folder(tmp_path / "in", workers=1)
    assert (len(found.ingested), len(found.skipped), found.failed) == (0, 8, ())
    assert extracted(tmp_path / "desk") == [f"S{number}" for number in range(1, 9)]
    assert case.audit().findings == ()
    case.close()
