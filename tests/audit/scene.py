"""A case that is spoiled again and again: every file comes back before the next attack."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from attacker import documents, one_by_one, rewrite
from faults import Change
from vouched import SEED

from factcheck.audit import Receipt
from factcheck.audit.sheet import Finding


class Scene:
    """A copy of a case, and what each of its files was."""

    def __init__(self, made: Path, folder: Path) -> None:
        self.folder = shutil.copytree(made, folder, ignore=shutil.ignore_patterns(".lock"))
        self.kept = {
            path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
        self._events = json.dumps(documents(folder))

    @property
    def events(self) -> list[dict]:
        """The history, to be changed at will."""
        return json.loads(self._events)

    def restore(self) -> None:
        """Put everything back."""
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_symlink() or (path.is_file() and path.relative_to(self.folder) not in self.kept):
                path.unlink()
        for name, data in self.kept.items():
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def spoil(self, change: Change) -> None:
        """Attack the case as it was; every hash is mended afterwards, and the desk's key signs the checkpoint."""
        self.restore()
        events = change(self.events, self.folder)
        if events is not None:
            rewrite(self.folder, events, SEED)

    def found(
        self, change: Change, checks: Sequence[str], receipts: Sequence[Receipt] = ()
    ) -> Finding | None:
        """The first that one of these checks finds after an attack."""
        self.spoil(change)
        groups = [[name] for name in checks]
        return next(one_by_one(self.folder, groups, receipts=receipts), None)
