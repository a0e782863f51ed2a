"""The files that a ledger names: read where they lie, and on a server's case brought from the shelf that all its desks share."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from factcheck.blobs import Blobs
from factcheck.errors import Refused, Unavailable
from factcheck.files import keep, own_folder, read_plain

_FOLDERS = ("claims", "evidence", "exports")
_OWN = re.compile(r"claims/(\.|torn-|ledger\.jsonl|checkpoint|packs|allowed_signers)", re.IGNORECASE)


def nowhere() -> Blobs | None:
    """The shelf of a case that lies in a folder alone: there is none."""
    return None


class CaseFiles:
    """The files of the case in `folder`. `shelf` gives where those lie that others have put there, if anywhere."""

    def __init__(self, folder: Path, shelf: Callable[[], Blobs | None] = nowhere) -> None:
        self.folder, self._shelf = folder, shelf

    def read(self, path: str, sha256: str) -> bytes:
        """The bytes at a path of the case. OSError when it is not here, nor on the shelf."""
        self.bring(path, sha256)
        return read_plain(self.folder / path)

    def bring(self, path: str, sha256: str) -> bool:
        """Fetch a file that is not here from the shelf; True when it was. Its bytes are what the ledger says, or BadData.

        Unavailable while the shelf, or the server that says where it is, cannot be reached: the file is not lost by that.
        """
        _check_name(path)
        target = self.folder / path
        if target.is_symlink() or target.exists():
            return False
        with _not_here_yet(path):
            shelf = self._shelf()
        if shelf is None:
            return False
        for above in reversed(target.parents[: path.count("/")]):
            own_folder(above)
        with _not_here_yet(path):
            data = shelf.get(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        keep(target, data)
        return True

    def send(self, path: str) -> None:
        """Put a file on the shelf, before the line that names it is recorded."""
        shelf = self._shelf()
        if shelf is not None:
            shelf.put(read_plain(self.folder / path))


@contextmanager
def _not_here_yet(path: str) -> Iterator[None]:
    """Who looks at a file wants to know of the file, and whether it is lost; the reason comes behind it."""
    try:
        yield
    except Unavailable as error:
        raise Unavailable(
            "this file was not brought to this desk yet; it comes when the place that holds it can be reached.",
            where=path,
            seen=f"{error.where}: {error.what.rstrip('.')}",
            remedy=error.remedy,
        ) from error


def _check_name(path: str) -> None:
    """Refused for a path that leads out of the case, or to what a desk writes for itself."""
    parts = path.split("/")
    if parts[0] not in _FOLDERS or any(each in {"", ".", ".."} for each in parts) or "\0" in path:
        raise Refused(
            "the ledger names a file outside of the case.",
            where=repr(path),
            remedy="run factcheck audit; the event that says so did not come from this program",
        )
    if _OWN.match(path):
        raise Refused(
            "the ledger names a file that only this desk writes.",
            where=repr(path),
            remedy="run factcheck audit; the event that says so did not come from this program",
        )
