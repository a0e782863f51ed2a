"""The ledger as a file: what was acknowledged is there, once and whole; what somebody did to the file is said."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.errors import BadData, Refused, Unavailable
from factcheck.events import Head, strict_json
from factcheck.ledger import START, Position
from factcheck.ledger import file as ledger_file
from factcheck.ledger.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from factcheck.ledger.file import FileLedger
from factcheck.merkle import leaf_hash, root


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "ledger.jsonl").touch()
    return tmp_path


@pytest.fixture
def ledger(folder, clock):
    return FileLedger(folder, clock=clock, patience=0.2)


@pytest.fixture
def written(ledger, make):
    """A ledger of three lines, and the position behind them."""
    return record(ledger, [make.case(), make.added("C1"), make.note()])


def record(ledger, events, position=START) -> Position:
    with ledger.writing():
        for event in events:
            position = ledger.append(event, position).position
    return position


def lines(ledger):
    return ledger.path.read_bytes().split(b"\n")[:-1]


def test_what_is_appended_is_read(ledger, make):
    events = [make.case(), make.added("C1"), make.note("一\n二")]
    end = record(ledger, events)
    assert [event.id for event in events] == [line.event.id for line in ledger.read()]
    assert [line.event.seq for line in ledger.read()] == [1, 2, 3]
    assert end == list(ledger.read())[-1].position
    assert list(ledger.read(end)) == []
    assert ledger.path.stat().st_size == end.offset


def test_each_line_names_the_hash_of_the_line_before(ledger, written):
    found = lines(ledger)
    assert ["0" * 64, leaf_hash(found[0]).hex(), leaf_hash(found[1]).hex()] == [
        strict_json(x)["prev"] for x in found
    ]
    assert Head(size=3, root=root(list(map(leaf_hash, found))).hex()) == written.head


def test_reading_goes_on_where_it_stopped(ledger, written, make):
    middle = next(iter(ledger.read())).position
    assert [line.event.seq for line in ledger.read(middle)] == [2, 3]
    record(ledger, [make.note("later")], written)
    assert [line.event.seq for line in ledger.read(written)] == [4]


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from factcheck.events import Event, bodies, new_id, timestamp
from factcheck.ledger import START
from factcheck.ledger.file import FileLedger
folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ledger, position = FileLedger(folder, clock=lambda: datetime.now(UTC), patience=60), START
for n in range(count):
    with ledger.writing():
        for line in ledger.read(position):
            position = line.position
        now = datetime.now(UTC)
        body = bodies.NoteAdded(text=f"{name} {n}")
        event = Event(id=new_id(now), time=timestamp(now), by=name, kind="note.added", subject="C1", version=1, body=body)
        position = ledger.append(event, position).position
        ledger.seal("factcheck/test", position)
"""


def test_processes_take_turns_and_lose_nothing(folder, ledger):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, folder, f"writer-{n}", "25"], env=os.environ | python_path()
        )
        for n in range(4)
    ]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    found = list(ledger.read())
    assert list(range(1, 101)) == [line.event.seq for line in found]
    assert {f"writer-{n} {i}" for n in range(4) for i in range(25)} == {
        line.event.body.text for line in found
    }
    assert found[-1].position.head == read_checkpoint(ledger.checkpoint_path).head


def python_path():
    return {"PYTHONPATH": str(Path(ledger_file.__file__).parents[2])}


def test_a_writer_waits_and_then_says_so(folder, ledger, clock):
    other = FileLedger(folder, clock=clock, patience=0.1)
    with ledger.writing(), pytest.raises(Unavailable, match="another process is writing"), other.writing():
        pass


# -- torn tails ------------------------------------------------------------------------------------


def test_a_whole_last_line_gets_the_newline_it_lacks(ledger, written):
    data = ledger.path.read_bytes()
    ledger.path.write_bytes(data[:-1])
    assert ledger.is_torn()
    with ledger.writing():
        assert "lacked its newline" in ledger.mend()
    assert data == ledger.path.read_bytes()
    assert not ledger.is_torn()


def test_a_torn_last_line_is_put_aside_and_said(ledger, written):
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole + b'{"body":{"te')
    assert [line.event.seq for line in ledger.read()] == [1, 2, 3]
    with ledger.writing():
        sentence = ledger.mend()
    assert whole == ledger.path.read_bytes()
    aside = ledger.path.with_name("torn-20240226T093000000000")
    assert aside.read_bytes() == b'{"body":{"te'
    assert aside.name in sentence


@pytest.mark.parametrize("tail", [b"{}", b"\x00" * 512, b" ", b'{"spec":1}'])
def test_a_tail_that_is_no_event_never_gets_a_newline(ledger, written, tail):
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole + tail)
    with ledger.writing():
        ledger.mend()
    assert whole == ledger.path.read_bytes()


def test_a_whole_event_that_is_not_canonical_is_put_aside(ledger, written):
    whole = ledger.path.read_bytes()
    last = whole.rstrip(b"\n").rpartition(b"\n")[2]
    ledger.path.write_bytes(whole + last.replace(b'"seq":3', b'"seq": 3'))
    with ledger.writing():
        assert "was moved to" in ledger.mend()
    assert whole == ledger.path.read_bytes()


def test_mending_what_is_whole_does_nothing(ledger, written):
    before = ledger.path.read_bytes()
    assert not ledger.is_torn()
    with ledger.writing():
        assert ledger.mend() == ""
    assert before == ledger.path.read_bytes()


def test_an_empty_ledger_is_not_torn(ledger):
    assert not ledger.is_torn()
    assert list(ledger.read()) == []


@pytest.mark.parametrize("cut", [0, 1, 150, 333, 400, 401, 402, 700, 1000, 1399])
def test_cut_anywhere_the_whole_lines_are_read_and_mending_keeps_them(ledger, written, cut):
    data = ledger.path.read_bytes()
    kept = data[: min(cut, len(data))]
    ledger.path.write_bytes(kept)
    assert kept.count(b"\n") == len(list(ledger.read()))
    with ledger.writing():
        ledger.mend()
    after = ledger.path.read_bytes()
    assert data.startswith(after)
    assert after.count(b"\n") >= kept.count(b"\n")
    assert not ledger.is_torn()


# -- what somebody did to the file -----------------------------------------------------------------


def test_a_ledger_that_is_gone(ledger, written):
    ledger.path.unlink()
    with pytest.raises(BadData, match="the ledger is gone"):
        list(ledger.read())


def test_a_shortened_ledger_is_noticed_by_who_read_it(ledger, written):
    data = ledger.path.read_bytes()
    ledger.path.write_bytes(data[: data.rindex(b"\n", 0, -1) + 1])
    with pytest.raises(BadData, match="shortened: 3 lines were here"):
        list(ledger.read(written))


def test_a_shortened_ledger_is_noticed_by_the_checkpoint(ledger, written):
    ledger.seal("factcheck/test", written)
    data = ledger.path.read_bytes()
    ledger.path.write_bytes(data[: data.rindex(b"\n", 0, -1) + 1])
    with pytest.raises(BadData, match="shortened: 3 lines were here"):
        list(ledger.read())


def test_a_rewritten_last_line_is_noticed_by_who_read_it(ledger, written):
    ledger.path.write_bytes(ledger.path.read_bytes().replace(b"note", b"nota"))
    with pytest.raises(BadData, match="line 3 was changed"):
        list(ledger.read(written))


def test_a_rewritten_last_line_is_noticed_by_the_checkpoint(ledger, written):
    ledger.seal("factcheck/test", written)
    ledger.path.write_bytes(ledger.path.read_bytes().replace(b"\xe4\xb8\x80 note", b"\xe4\xb8\x80 nota"))
    with pytest.raises(BadData, match="line 3 was changed"):
        list(ledger.read())


def test_a_rewritten_line_is_noticed_by_the_next_one(ledger, written):
    ledger.path.write_bytes(ledger.path.read_bytes().replace(b'"priority":700', b'"priority":701'))
    with pytest.raises(BadData, match="line 2 was changed"):
        list(ledger.read())


def test_a_line_taken_out_is_noticed(ledger, written):
    one, _, three = lines(ledger)
    ledger.path.write_bytes(one + b"\n" + three + b"\n")
    with pytest.raises(BadData, match="line 2 was changed") as caught:
        list(ledger.read())
    assert caught.value.seen == "seq 3 where 2 belongs"


def test_crlf_is_named_with_the_way_out(ledger, written):
    ledger.path.write_bytes(ledger.path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(BadData, match="CRLF") as caught:
        list(ledger.read())
    assert "core.autocrlf" in caught.value.remedy


def test_a_ledger_of_a_newer_version_is_read_up_to_there_and_never_written(ledger, written, make):
    with ledger.path.open("ab") as file:
        file.write(b'{"kind":"claim.weighed","seq":4,"spec":2}\n')
    assert [line.event.seq for line in ledger.read()] == [1, 2, 3]
    assert ledger.newer_from == 4
    with pytest.raises(Refused, match="newer version"):
        record(ledger, [make.note()], written)


def test_a_file_that_grew_behind_our_back_is_not_written_to(ledger, written, make):
    with ledger.path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(BadData, match="changed while it was locked"):
        record(ledger, [make.note()], written)


# -- writing that fails ----------------------------------------------------------------------------


def full(written_bytes):
    """os.write on a disk that has room for so many bytes more."""
    left = [written_bytes]
    real = os.write

    def write(descriptor, data):
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = real(descriptor, bytes(data)[: left[0]])
        left[0] -= count
        return count

    return write


@pytest.mark.parametrize("room", [0, 1, 40, 200])
def test_a_full_disk_leaves_no_half_line(ledger, written, make, monkeypatch, room):
    before = ledger.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(ledger_file.os, "write", full(room))
        with pytest.raises(Unavailable, match="the disk is full") as caught:
            record(ledger, [make.note()], written)
    assert before == ledger.path.read_bytes()
    assert "free some space" in caught.value.remedy
    record(ledger, [make.note("again")], written)
    assert len(list(ledger.read())) == 4


def test_a_short_write_is_finished(ledger, written, make, monkeypatch):
    real = os.write
    with monkeypatch.context() as patch:
        patch.setattr(ledger_file.os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:7]))
        record(ledger, [make.note()], written)
    assert len(list(ledger.read())) == 4


def test_a_failed_fsync_is_not_acknowledged(ledger, written, make, monkeypatch):
    def fail(descriptor):
        raise OSError(errno.EIO, "input/output error")

    before = ledger.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(ledger_file.os, "fsync", fail)
        with pytest.raises(Unavailable, match="nothing was recorded"):
            record(ledger, [make.note()], written)
    assert before == ledger.path.read_bytes()


def test_a_line_that_cannot_be_cut_off_is_a_torn_tail_and_no_traceback(ledger, written, make, monkeypatch):
    def fail(descriptor, length):
        raise OSError(errno.EIO, "input/output error")

    before = ledger.path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(ledger_file.os, "write", full(40))
        patch.setattr(ledger_file.os, "ftruncate", fail)
        with pytest.raises(Unavailable, match="the disk is full"):
            record(ledger, [make.note()], written)
    with ledger.writing():
        ledger.mend()
    assert before == ledger.path.read_bytes()


def test_a_read_only_place_says_what_to_do(ledger, written, make, monkeypatch):
    def fail(*_args, **_named):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with ledger.writing(), monkeypatch.context() as patch:
        patch.setattr(ledger_file.os, "open", fail)
        with pytest.raises(Refused, match="cannot be written") as caught:
            ledger.append(make.note(), written)
    assert "copy the case" in caught.value.remedy


def test_a_lock_that_cannot_be_made_is_said(folder, clock):
    lock = folder / "claims" / ".lock"
    lock.mkdir()
    with pytest.raises((Refused, Unavailable)), FileLedger(folder, clock=clock, patience=0.1).writing():
        pass


def test_a_lock_that_was_deleted_writes_nothing(ledger, written, make):
    before = ledger.path.read_bytes()
    with ledger.writing():
        (ledger.path.parent / ".lock").unlink()
        with pytest.raises(Unavailable, match="the lock was taken away"):
            ledger.append(make.note(), written)
    assert before == ledger.path.read_bytes()


def test_a_lock_that_was_made_anew_writes_nothing(folder, ledger, written, make, clock):
    with ledger.writing():
        (folder / "claims" / ".lock").unlink()
        other = FileLedger(folder, clock=clock)
        end = record(other, [make.note("the other")], written)
        with pytest.raises(Unavailable, match="the lock was taken away"):
            ledger.append(make.note(), written)
    assert end == list(ledger.read())[-1].position


# -- the checkpoint --------------------------------------------------------------------------------


def test_a_checkpoint_is_three_lines(ledger, written):
    ledger.seal("factcheck/test", written)
    origin, size, digest, rest = ledger.checkpoint_path.read_text("utf-8").split("\n")
    assert (origin, size, rest) == ("factcheck/test", "3", "")
    assert written.head == Checkpoint.from_text(f"{origin}\n{size}\n{digest}\n", where="").head


def test_a_checkpoint_behind_the_ledger_is_fine(ledger, written, make):
    ledger.seal("factcheck/test", written)
    record(ledger, [make.note()], written)
    assert len(list(ledger.read())) == 4


@pytest.mark.parametrize(
    "text", ["", "a\n", "a\n1\n", "a\nx\n\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", "\n1\n" + "A" * 43 + "=\n"]
)
def test_what_is_no_checkpoint_is_said(tmp_path, text):
    path = tmp_path / "checkpoint"
    path.write_text(text, "utf-8")
    with pytest.raises(BadData, match="not a checkpoint"):
        read_checkpoint(path)


def test_no_checkpoint_is_none_and_other_bytes_are_bad(tmp_path):
    path = tmp_path / "checkpoint"
    assert read_checkpoint(path) is None
    path.write_bytes(b"\xff")
    with pytest.raises(BadData):
        read_checkpoint(path)


def test_a_checkpoint_is_renewed_in_one_step(tmp_path):
    path = tmp_path / "checkpoint"
    for size in (1, 2):
        checkpoint = Checkpoint("factcheck/test", Head(size=size, root="ab" * 32))
        write_checkpoint(path, checkpoint)
        assert checkpoint == read_checkpoint(path)
    assert [each.name for each in tmp_path.iterdir()] == ["checkpoint"]
