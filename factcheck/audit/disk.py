"""The files of a case, opened so that no name in the ledger can lead out of it."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from factcheck.files import read_plain

_BLOCK = 1 << 20
_FOLDERS = ("claims", "evidence", "exports")
LARGE = "evidence/large/"
AWAY = "the server cannot be asked for files that are not here"
MISSING = "the file is missing"


@dataclass(frozen=True, slots=True)
class Look:
    """What lies at a path: `fault` is "" for a readable file, else a sentence."""

    fault: str = ""
    sha256: str = ""
    size: int = 0


class Disk:
    """Reads the case in `folder` and nothing else; what was hashed once is not hashed again.

    `withheld` gives the files whose bytes the ledger says were removed by order; `elsewhere` is True while the server
    that may have what is not here cannot be asked.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.elsewhere = False
        self.withheld: Callable[[], frozenset[str]] = frozenset
        self._looks: dict[str, Look] = {}
        self._texts: dict[str, str | None] = {}

    def place(self, path: str) -> Path:
        """Where the file at this path of the case lies."""
        return self.folder / path

    def left_out(self, path: str) -> bool:
        """True for what may well not be here: git does not carry evidence/large, bytes are removed by order, a server is away."""
        chosen = self.elsewhere or path.startswith(LARGE) or path in self.withheld()
        return chosen and self.look(path).fault == MISSING

    def look(self, path: str) -> Look:
        """Hash the file at this path of the case."""
        if path not in self._looks:
            self._looks[path] = self._look(path)
        return self._looks[path]

    def difference(self, path: str, sha256: str) -> str:
        """What is wrong with a file that must have this SHA-256; "" when nothing is."""
        look = self.look(path)
        if look.fault or look.sha256 == sha256:
            return look.fault
        return f"SHA-256 {look.sha256}, the ledger says {sha256}"

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when it cannot be read (`look` says why)."""
        if self.look(path).fault:
            return None
        try:
            return read_plain(self.place(path))
        except OSError:
            return None

    def text(self, path: str) -> str | None:
        """The text of a file as the desk reads it: UTF-8; None when it cannot be read as such."""
        if path not in self._texts:
            self._texts[path] = _decoded(self.read(path))
        return self._texts[path]

    def names(self, folder: str) -> list[str]:
        """Every file below a folder of the case (symbolic links too), by its path in the case."""
        top = self.folder / folder
        found = [each for each in top.rglob("*") if each.is_symlink() or not each.is_dir()]
        return sorted(each.relative_to(self.folder).as_posix() for each in found)

    def _look(self, path: str) -> Look:
        return self._at(self.place(path)) if self._inside(path) else Look("the path leads out of the case")

    def _at(self, place: Path) -> Look:
        try:
            return self._hashed(place)
        except FileNotFoundError:
            return Look(MISSING)
        except (OSError, ValueError) as error:
            return Look(f"the file cannot be read ({getattr(error, 'strerror', None) or error})")

    def _inside(self, path: str) -> bool:
        parts = path.split("/")
        if parts[0] not in _FOLDERS or any(part in {"", ".", ".."} for part in parts) or "\0" in path:
            return False
        try:
            return self.place(path).resolve().is_relative_to(self.folder.resolve())
        except (OSError, RuntimeError):
            return False

    @staticmethod
    def _hashed(path: Path) -> Look:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return Look("it is no plain file")
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
        return Look("", digest.hexdigest(), size)


def _decoded(data: bytes | None) -> str | None:
    if data is None:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
