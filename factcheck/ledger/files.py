"""The files that a ledger names: read where they lie, and on a server's case brought from the shelf that all its desks share."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256 as digest_of
from pathlib import Path

from factcheck.blobs import Blobs
from factcheck.errors import Refused, Unavailable
from factcheck.files import cannot_write, keep, own_folder, read_plain

_FOLDERS = ("claims", "evidence", "exports")
PACKS = "claims/packs"
_OWN = re.compile(r"claims/(\.|torn-|ledger\.jsonl|checkpoint|packs|allowed_signers)", re.IGNORECASE)
LONGEST_PACK_NAME = 200
_NO_PACK = re.compile(
    r'^$|[/\\:*?"<>|]|^[. ~-]|[. ]$|^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)|^(?:torn-|readme)',
    re.IGNORECASE,
)
"""Parts of folders, hidden files, what reads like an option, and what other systems keep for themselves."""


def nowhere() -> Blobs | None:
    """The shelf of a case that lies in a folder alone: there is none."""
    return None


class CaseFiles:
    """The files of the case in `folder`. `shelf` gives where those lie that others have put there, if anywhere.

    What is `withheld` does not come back from there.
    """

    def __init__(
        self,
        folder: Path,
        shelf: Callable[[], Blobs | None] = nowhere,
        withheld: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self.folder, self._shelf, self._withheld = folder, shelf, withheld
        self._packs_sent: set[str] = set()

    def read(self, path: str, sha256: str) -> bytes:
        """The bytes at a path of the case. OSError when it is not here, nor on the shelf."""
        self.bring(path, sha256)
        return read_plain(self.folder / path)

    def bring(self, path: str, sha256: str) -> bool:
        """Fetch a file that is not here from the shelf; True when it was. Its bytes are what the ledger says, or BadData.

        Unavailable while the shelf, or the server that says where it is, cannot be reached: the file is not lost by that.
        """
        _check_name(path)
        return self._bring(path, sha256)

    def bring_pack(self, name: str, sha256: str, check: Callable[[bytes], object]) -> bool:
        """Fetch a pack that is not here from the shelf; True when it was. `check` raises for bytes that are no pack."""
        return self._bring(pack_path(name), sha256, check)

    def _bring(self, path: str, sha256: str, check: Callable[[bytes], object] = len) -> bool:
        target = self.folder / path
        if target.is_symlink() or target.exists():
            return False
        if path.startswith("evidence/") and path in self._withheld():
            return False
        with _not_here_yet(path):
            shelf = self._shelf()
        if shelf is None:
            return False
        with _not_here_yet(path):
            data = shelf.get(sha256)
        self._place(path, data, check)
        return True

    def keep_pack(self, name: str, data: bytes, check: Callable[[bytes], object]) -> None:
        """Put a pack where those of the case lie; Refused where another file has its name."""
        self._place(pack_path(name), data, check)

    def _place(self, path: str, data: bytes, check: Callable[[bytes], object]) -> None:
        target = self.folder / path
        for above in reversed(target.parents[: path.count("/")]):
            own_folder(above)
        check(data)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(target.parent, error) from error
        keep(target, data)

    def send(self, path: str) -> None:
        """Put a file on the shelf, before the line that names it is recorded."""
        shelf = self._shelf()
        if shelf is not None:
            shelf.put(read_plain(self.folder / path))

    def send_pack(self, name: str, sha256: str) -> None:
        """Put a pack on the shelf, before the line that names it is recorded; one that lies elsewhere stays there."""
        shelf = None if sha256 in self._packs_sent else self._shelf()
        data = self.pack(name, sha256)
        if shelf is not None and data is not None:
            self._packs_sent.add(shelf.put(data))

    def pack(self, name: str, sha256: str) -> bytes | None:
        """The bytes of a pack of the case; None when it is not here, or is another one by now."""
        try:
            data = read_plain(self.folder / pack_path(name))
        except (OSError, Refused):
            return None
        return data if digest_of(data).hexdigest() == sha256 else None


def pack_path(name: str) -> str:
    """Where the pack of this name lies in a case. Refused for a name that no system takes, or that leads elsewhere."""
    if not name.isprintable() or _NO_PACK.search(name) or len(name.encode()) > LONGEST_PACK_NAME:
        raise Refused(
            "no file of a pack can have this name.",
            where=repr(name[:80]),
            remedy="whoever has that pack gives its file another name and runs factcheck ingest --again",
        )
    return f"{PACKS}/{name}.toml"


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
