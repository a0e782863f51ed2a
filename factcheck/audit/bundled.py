"""A bundle under audit: a bag that is read as the case it was made of, so that the same checks run on both."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from factcheck.audit.disk import LARGE, MISSING, Disk, Look
from factcheck.audit.reader import CHECKPOINT, LEDGER, Entry
from factcheck.audit.receipts import ALLOWED
from factcheck.audit.sheet import Report, Sheet
from factcheck.audit.trail import Receipt, Trail
from factcheck.errors import BadData, NotFound
from factcheck.events import Head
from factcheck.export import Summary, parse_jsonl, read_summary, unzipped
from factcheck.export.bag import DECLARATION, bag_problems, read_info
from factcheck.export.bundle import EVENTS, FOLDER
from factcheck.export.bundle import LEDGER as LOG
from factcheck.export.chosen import relatives
from factcheck.export.layout import Placed, placed
from factcheck.files import read_plain
from factcheck.ledger.checkpoint import Checkpoint

LINES: Final = "claims.jsonl"
AGAIN: Final = "get the bundle again from where it was published"


class BagDisk(Disk):
    """The files of the case that lie in a bag, by the paths they had in the case; all else is not here."""

    def __init__(self, bag: Path, log: str, *, evidence: bool) -> None:
        super().__init__(bag)
        self.evidence = evidence
        self._names = {LEDGER: log, CHECKPOINT: "log/checkpoint"}

    def know(self, files: Iterable[Placed]) -> None:
        """Take in where the files lie that the events name."""
        for each in files:
            self._names.setdefault(each.path, each.name)

    def place(self, path: str) -> Path:
        return self.folder / "data" / self._names.get(path, f"elsewhere/{path}")

    def left_out(self, path: str) -> bool:
        """A bundle has its own list of keys, no other exports, and captured pages only when that was asked for."""
        if path in self._names and not path.startswith(LARGE) and path not in self.withheld():
            return False
        gone = (
            path == ALLOWED
            or path.startswith("exports/")
            or (path.startswith("evidence/") and not self.evidence)
        )
        return gone or super().left_out(path)

    def names(self, folder: str) -> list[str]:
        here = (path for path in self._names if path.startswith(f"{folder}/"))
        return sorted(path for path in here if self.place(path).is_file())

    def lying(self, name: str) -> Look:
        """Hash the file of this name below data/."""
        path = self.folder / "data" / name
        return Look("a link") if path.is_symlink() else self._at(path)

    def _look(self, path: str) -> Look:
        """Of a path that the events do not give a place in the bag, nothing is looked at."""
        return super()._look(path) if path in self._names else Look(MISSING)


class Bundled(Trail):
    """The trail of a bundle. `outer` is the folder of the export that the bag lies in, where there is one."""

    def __init__(
        self, bag: Path, own: Path | None = None, *, receipts: Sequence[Receipt] = (), signers: str = ""
    ) -> None:
        self.bag = bag
        self.whole = (bag / "data" / LOG).is_file()
        self.evidence = read_info(bag).get("Factcheck-Evidence") == "included"
        self.bag_disk = BagDisk(bag, LOG if self.whole else EVENTS, evidence=self.evidence)
        self.complete = self.whole
        super().__init__(bag, own, receipts=receipts, signers=signers, disk=self.bag_disk)
        self.bag_disk.know(self.files)

    @property
    def outer(self) -> Path | None:
        """The folder of the export around it."""
        around = self.bag.parent
        return around if self.bag.name == FOLDER and (around / LINES).is_file() else None

    @cached_property
    def head(self) -> Head:
        """The head of the log; of a subset, what its checkpoint says."""
        if self.whole:
            return super().head
        try:
            return Checkpoint.from_text(self.checkpoint, where=CHECKPOINT).head
        except BadData:
            return Head(size=0, root=hashlib.sha256().hexdigest())

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every line, parsed; lines of a subset have the numbers they had in the whole log."""
        found = super().entries
        return found if self.whole else tuple(replace(e, number=e.event.seq) if e.event else e for e in found)

    @cached_property
    def files(self) -> tuple[Placed, ...]:
        """The files that belong into this bundle, by the events in it."""
        events = [event for _, event in self.events()]
        claims = None if self.whole else relatives(events, self.claims)
        return tuple(placed(events, evidence=self.evidence, claims=claims))

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that claims.jsonl is about, whichever version wrote it."""
        try:
            rows = parse_jsonl(self.data(LINES) or b"")
        except BadData:
            return ()
        return tuple(str(row.get("id")) for row in rows if row.get("record") == "claim")

    @cached_property
    def summary(self) -> Summary | None:
        """What claims.jsonl says; None when it cannot be read as this version writes it."""
        data = self.data(LINES)
        try:
            return None if data is None else read_summary(data)
        except BadData:
            return None

    @property
    def checkpoint(self) -> str:
        """The checkpoint of the bundle, with what signatures there are; empty when it is no text."""
        return self.disk.text(CHECKPOINT) or ""

    @cached_property
    def bag_names(self) -> frozenset[str]:
        """Every plain file of the bag."""
        found = (path for path in self.bag.rglob("*") if path.is_file() and not path.is_symlink())
        return frozenset(path.relative_to(self.bag).as_posix() for path in found)

    def data(self, name: str) -> bytes | None:
        """A file below data/; None when it is not here."""
        path = self.bag / "data" / name
        try:
            return None if path.is_symlink() else read_plain(path)
        except OSError:
            return None


def is_bag(folder: Path) -> bool:
    """True for a folder that says it is a bag, or that looks like half of one."""
    return (folder / DECLARATION).is_file() or (folder / "data" / "log").is_dir()


def find_bag(folder: Path) -> Path | None:
    """The bag in this folder: the folder itself, the bundle of an export, or the one folder that a zip holds."""
    inside = [each for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []
    places = [folder, folder / FOLDER, *(inside if len(inside) == 1 else [])]
    return next((each for each in places if is_bag(each)), None)


@contextmanager
def opened(place: Path) -> Iterator[Path]:
    """The bag that is meant: in a folder, or in a zip, which is unpacked into a folder of its own meanwhile.

    NotFound when there is none; BadData for a zip that no bundle is.
    """
    with TemporaryDirectory(prefix="factcheck-") as folder:
        unpacked = place
        if place.is_file():
            unpacked = Path(folder)
            unzipped(place, unpacked)
        bag = find_bag(unpacked)
        if bag is None:
            raise nothing_here(place)
        yield bag


def nothing_here(place: Path) -> NotFound:
    """What to say of a place that is neither a case nor a bundle."""
    return NotFound(
        f"there is no {LEDGER} here, and no bundle.",
        where=str(place),
        remedy="name the folder of a case or of a bundle, or a bundle's .zip: factcheck audit FOLDER",
    )


def is_readable(bag: Path) -> bool:
    """True when there is a log in the bag, which all checks begin with."""
    return any((bag / "data" / name).is_file() for name in (LOG, EVENTS))


def half(bag: Path) -> Report:
    """What can be said of a bag without a log."""
    sheet = Sheet("bag")
    for problem in bag_problems(bag):
        sheet.found(problem.where, problem.seen, problem.do)
    sheet.found("data/log", f"neither {LOG} nor {EVENTS} is here: half a bundle", AGAIN)
    return Report(
        ok=False,
        head=Head(size=0, root=hashlib.sha256().hexdigest()),
        checks=(sheet.result(),),
        findings=sheet.findings(),
    )
