"""Another folder of the same case: read, never written, never followed through a link, and believed in nothing."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from factcheck.errors import BadData, Refused
from factcheck.events import canonical, strict_json
from factcheck.events.capturing import EvidenceWithheld
from factcheck.files import read_plain
from factcheck.ledger import Line
from factcheck.ledger.file import FileLedger
from factcheck.ledger.files import CaseFiles, pack_path
from factcheck.ledger.suggestions import SuggestionFiles

LARGE = "evidence/large/"
_WHOLE = "open it there once (factcheck status) or copy it again; nothing was adopted"


class AnotherDesk:
    """The case in `folder` as somebody else left it. Refused or BadData, in a sentence, for what cannot be trusted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser().absolute()
        self.suggestions = SuggestionFiles(CaseFiles(self.folder))
        self._withheld: set[str] = set()

    def lines(self) -> list[Line]:
        """Every line of its ledger, each in its one form."""
        for name in ("claims/ledger.jsonl", "claims/checkpoint"):
            if (self.folder / name).is_symlink() or name.endswith("l"):
                self._plain(name)
        ledger = FileLedger(self.folder, clock=lambda: datetime.now(UTC))
        if ledger.is_torn():
            raise BadData(
                "the last line of the other desk is not whole.", where=str(ledger.path), remedy=_WHOLE
            )
        lines = list(ledger.read())
        acts = (line.event.act.body for line in lines)
        self._withheld = {path for body in acts if isinstance(body, EvidenceWithheld) for path in body.files}
        if ledger.newer_from:
            raise Refused(
                "a newer version of factcheck has written there.",
                where=f"{ledger.path}:{ledger.newer_from}",
                remedy="pip install --upgrade factcheck-desk",
            )
        for line in lines:
            if canonical(strict_json(line.data)) != line.data:
                where = f"{ledger.path}:{line.event.seq}"
                raise BadData("this line is not in its one form.", where=where, remedy=_WHOLE)
        return lines

    def missing(self, path: str) -> bool:
        """True for a capture that is not there by choice: git does not carry large ones, and some are removed by order."""
        chosen = path.startswith(LARGE) or path in self._withheld
        return chosen and not (self.folder / path).exists()

    def read(self, path: str, sha256: str) -> bytes:
        """The bytes of a file, which must be those that the ledger names."""
        self._plain(path)
        try:
            data = read_plain(self.folder / path)
        except OSError as error:
            raise self._unread(path, error.strerror or str(error)) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BadData(
                "this file is not what the ledger says.",
                where=str(self.folder / path),
                seen=f"SHA-256 {hashlib.sha256(data).hexdigest()[:16]}…, not {sha256[:16]}…",
                remedy=_WHOLE,
            )
        return data

    def pack(self, name: str, sha256: str) -> bytes | None:
        """The bytes of a name pack that somebody extracted with there; None where it is not what lies there now."""
        try:
            self._plain(pack_path(name))
        except (BadData, Refused):
            return None
        return CaseFiles(self.folder).pack(name, sha256)

    def _plain(self, path: str) -> None:
        """Nothing on the way to a file is a link, and the file is one."""
        parts = path.split("/")
        try:
            for length in range(1, len(parts)):
                folder = self.folder.joinpath(*parts[:length])
                if not S_ISDIR(folder.lstat().st_mode):
                    raise self._unread(path, f"{'/'.join(parts[:length])} is no folder")
            if not S_ISREG((self.folder / path).lstat().st_mode):
                raise self._unread(path, "no plain file")
        except OSError as error:
            raise self._unread(path, error.strerror or str(error)) from error

    def _unread(self, path: str, seen: str) -> BadData:
        return BadData(
            "a file of the other desk cannot be read.",
            where=str(self.folder / path),
            seen=seen,
            remedy=_WHOLE,
        )


def fork(ours: Sequence[Line], theirs: Sequence[Line]) -> int:
    """How many lines from the first on are equal, byte for byte. Refused when not even the first is: another case."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    size = next((n for n, (one, two) in pairs if one.data != two.data), min(len(ours), len(theirs)))
    if not size:
        raise Refused(
            "that is another case: its ledger begins otherwise.",
            where=str(theirs[0].event.body.model_dump().get("origin", "")) if theirs else "",
            remedy="name a folder of this case",
        )
    return size
