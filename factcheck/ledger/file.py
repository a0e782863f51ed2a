"""The ledger as a file: one event a line, written under a lock, durable before anybody says "saved"."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import BadData, FactcheckError, Refused, Unavailable
from factcheck.events import Event, canonical, strict_json
from factcheck.files import cannot_write, read_plain, sync_folder
from factcheck.ledger import START, Line, Position
from factcheck.ledger.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from factcheck.ledger.following import RESTORE, following, rewritten, shortened
from factcheck.merkle import leaf_hash

if TYPE_CHECKING:
    from filelock import FileLock


_LOOKS = 0.2
"""Seconds between two looks at a file that is watched."""


class FileLedger:
    """`claims/ledger.jsonl` of the case in `folder`. `clock` names torn tails that are put aside."""

    def __init__(self, folder: Path, *, clock: Callable[[], datetime], patience: float = 10.0) -> None:
        self.path = folder / "claims" / "ledger.jsonl"
        self.checkpoint_path = folder / "claims" / "checkpoint"
        self.newer_from = 0
        self._clock, self.patience = clock, patience
        self._lock_path = folder / "claims" / ".lock"

    def read(self, after: Position = START) -> Iterator[Line]:
        """Every whole line behind `after`. A torn tail is left out; `mend` puts it right.

        Raises BadData when the file is shorter than it was, when the last line known has changed, when
        a line does not follow from the one before, or when the checkpoint tells of another past.
        """
        with self._readable(), self.path.open("rb") as file:
            self._check_known(file.fileno(), after)
            file.seek(after.offset)
            yield from self._lines(file, after)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """What the system says of a file that is not there or cannot be read, as BadData."""
        try:
            yield
        except FileNotFoundError as error:
            raise BadData("the ledger is gone.", where=str(self.path), remedy=RESTORE) from error
        except OSError as error:
            seen = error.strerror or str(error)
            raise BadData(
                "the ledger cannot be read.", where=str(self.path), seen=seen, remedy=RESTORE
            ) from error

    def _lines(self, file: Iterator[bytes], position: Position) -> Iterator[Line]:
        checkpoint = read_checkpoint(self.checkpoint_path) if position is START else None
        for raw in file:
            if not raw.endswith(b"\n"):
                break
            line = self._line(raw[:-1], position)
            if line is None:
                return
            position = line.position
            if checkpoint and checkpoint.head.size == position.size and checkpoint.head != position.head:
                raise rewritten(str(self.path), position.size, "a root that the checkpoint does not know")
            yield line
        if checkpoint and checkpoint.head.size > position.size:
            raise shortened(str(self.path), checkpoint.head.size, f"{position.size} lines")

    def _line(self, data: bytes, position: Position) -> Line | None:
        where = f"{self.path}:{position.size + 1}"
        if data.endswith(b"\r"):
            raise BadData(
                "the lines end in CRLF; a checkout has converted the ledger.",
                where=where,
                seen="\\r before the line's end",
                remedy="git config core.autocrlf false, then check the file out again",
            )
        line = following(data, position, str(self.path))
        if line is None:
            self.newer_from = position.size + 1
        return line

    def _check_known(self, descriptor: int, known: Position) -> None:
        size = os.fstat(descriptor).st_size
        if size < known.offset:
            raise shortened(str(self.path), known.size, f"{size} bytes, {known.offset} were read before")
        if known.size:
            length = known.offset - known.last_offset
            last = os.pread(descriptor, length, known.last_offset)
            if leaf_hash(last[:-1]).hex() != known.last:
                raise rewritten(str(self.path), known.size, "other bytes than were read before")

    @cached_property
    def _lock(self) -> "FileLock":
        from filelock import FileLock

        return FileLock(self._lock_path, timeout=self.patience, fallback_to_soft=False)

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock, for which one waits `patience` seconds. Unavailable after the patience is over; Refused when the folder cannot be written.

        BadData where there is no ledger: a lock would make its folder anew, in the way of who puts the old one back.
        """
        from filelock import Timeout

        with self._readable():
            self.path.stat()
        try:
            self._lock.acquire(timeout=patience)
        except Timeout as error:
            raise Unavailable(
                "another process is writing to this case.",
                where=str(self._lock_path),
                remedy="try again in a moment",
            ) from error
        except OSError as error:
            raise cannot_write(self._lock_path, error) from error
        try:
            self._check_lock()
            yield
        finally:
            self._lock.release()

    def _check_lock(self) -> None:
        """A lock file that was deleted and made anew would let two writers in."""
        descriptor = self._lock._context.lock_file_fd  # noqa: SLF001 (filelock shows it nowhere else)
        try:
            same = descriptor is not None and os.path.samestat(os.fstat(descriptor), self._lock_path.stat())
        except FileNotFoundError:
            same = False
        if not same:
            raise Unavailable("the lock was taken away.", where=str(self._lock_path), remedy="try again")
        if self.newer_from:
            raise Refused(
                "a newer version of factcheck has written here; this one only reads.",
                where=f"{self.path}:{self.newer_from}",
                remedy="pip install --upgrade factcheck-desk",
            )

    def append(self, event: Event, after: Position) -> Line:
        """Write one event behind `after` and make it durable; a failed write is cut off again at once."""
        whole = event.model_copy(update={"seq": after.size + 1, "prev": after.last})
        data = whole.to_line()
        self.extend([data], after)
        return Line(whole, data, after.after(data))

    def extend(self, lines: Sequence[bytes], after: Position) -> None:
        """Write lines, as they are, behind `after`: all of them durably, or none. Inside `writing`."""
        self._check_lock()
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        try:
            if os.fstat(descriptor).st_size != after.offset:
                raise rewritten(str(self.path), after.size, "the file changed while it was locked")
            self._write(descriptor, b"".join(line + b"\n" for line in lines), after.offset)
        finally:
            os.close(descriptor)
        if after.size == 0:
            sync_folder(self.path.parent)

    def commit(self) -> None:
        """Nothing is left to do: each line was durable when `append` returned."""

    def _write(self, descriptor: int, data: bytes, offset: int) -> None:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        except OSError as error:
            with suppress(OSError):  # what cannot be cut off now is a torn tail, which `mend` puts right
                os.ftruncate(descriptor, offset)
            raise cannot_write(self.path, error) from error

    def close(self) -> None:
        """Nothing is held open."""

    def watch(self, after: Position, seconds: float) -> bool:
        """Wait until there is something behind `after`, at most so long."""
        until = time.monotonic() + seconds
        with self._readable():
            while self.path.stat().st_size <= after.offset:
                if time.monotonic() >= until:
                    return False
                time.sleep(min(_LOOKS, seconds))
        return True

    def seal(self, origin: str, position: Position, sign: Callable[[str], str] = str) -> None:
        """Renew the checkpoint so that a changed last line shows too; `sign` makes a signed note of it."""
        write_checkpoint(self.checkpoint_path, Checkpoint(origin, position.head), sign)

    def mend(self) -> str:
        """Put a torn tail right after a crash; returns one sentence, "" when nothing was torn.

        A whole canonical line that lacks only its newline gets it; anything else moves to
        `claims/torn-<time>`. Call it inside `writing`.
        """
        data = read_plain(self.path)
        cut = data.rfind(b"\n") + 1
        tail = data[cut:]
        if not tail:
            return ""
        if _whole(tail):
            with self.path.open("ab") as file:
                file.write(b"\n")
                file.flush()
                os.fsync(file.fileno())
            return f"The last line of {self.path} lacked its newline; it has one now. Nothing was lost."
        aside = self.path.with_name(f"torn-{self._clock():%Y%m%dT%H%M%S%f}")
        aside.write_bytes(tail)
        with self.path.open("r+b") as file:
            file.truncate(cut)
            os.fsync(file.fileno())
        return f"An unfinished last line of {self.path} ({len(tail)} bytes) was moved to {aside.name}."

    def is_torn(self) -> bool:
        """True when the file does not end in a newline."""
        with self._readable(), self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            return size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"


def _whole(tail: bytes) -> bool:
    try:
        Event.from_line(tail, where="")
        return canonical(strict_json(tail)) == tail
    except (FactcheckError, ValueError):
        return False
