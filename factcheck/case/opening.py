"""Opening a case: where its record lies, the index that has read it, and what is injected."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from factcheck.case.private import Private
from factcheck.case.remembering import recall_server
from factcheck.errors import Unavailable
from factcheck.events import Event
from factcheck.index import Index
from factcheck.ledger import Address, Position
from factcheck.ledger.file import FileLedger
from factcheck.ledger.files import CaseFiles
from factcheck.ledger.suggestions import SuggestionFiles

if TYPE_CHECKING:
    from factcheck.ledger.shared import SharedLedger


def now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


class Opening:
    """A case that is open.

    `clock`, `randomness`, the person's list of `outlets`, the folder for what is `private` to a person (None: it is
    forgotten), what makes a person's signature over bytes (`sign`), the file of this desk's key (`desk_key`) and the
    `server` that the ledger lies on (None: the one this desk remembers, or no server) are injected; nothing reaches
    for them. With `looks_out` reading never waits for that server: a thread asks it (`Lookout`).
    """

    def __init__(
        self,
        folder: Path,
        *,
        by: str = "",
        lang: str = "en",
        clock: Callable[[], datetime] = now,
        randomness: Callable[[int], bytes] = secrets.token_bytes,
        outlets: Path | None = None,
        private: Path | None = None,
        sign: Callable[[bytes], str] | None = None,
        desk_key: Path | None = None,
        server: Address | None = None,
        looks_out: bool = False,
    ) -> None:
        self._given: dict[str, Any] = {"clock": clock, "randomness": randomness, "outlets": outlets}
        self._given |= {"private": private, "sign": sign, "desk_key": desk_key, "server": server}
        self._given |= {"looks_out": looks_out}
        self._sign, self._desk_key = sign, desk_key
        self.defers_signing = self._rehearsing = False
        self.folder, self.by, self.lang, self._outlets = folder, by, lang, outlets
        self._private, self._acting = private, False
        self._memories: dict[str, Private] = {}
        self._present: Index | None = None
        self._gone: tuple[int, frozenset[str]] | None = None
        self.notices: list[str] = []
        self.recorded: tuple[Event, ...] = ()
        self.deferred: tuple[Event, ...] = ()
        self._clock, self._randomness = clock, randomness
        self._lies(server or (recall_server(private, folder) if private else None))
        self._texts: dict[str, str] = {}
        self._classes: dict[tuple[str, str], Any] = {}
        self._copied_to: Position | None = None
        self._moment = self._read = datetime.fromtimestamp(0, UTC)
        path = self._index_path()
        self._writable = path is not None
        self._index = Index(path)

    def _lies(self, server: Address | None) -> None:
        """Where the ledger lies, and where the files that it names are."""
        self._file, self.server = FileLedger(self.folder, clock=self._clock), server
        self._ledger: FileLedger | SharedLedger = self._file
        self._files = CaseFiles(self.folder)
        if server is not None:
            from factcheck.ledger.shared import SharedLedger as Shared

            self._ledger = shared = Shared(server, self._file, asks=not self._given["looks_out"])
            self._files = CaseFiles(self.folder, shared.shelf, self._withheld)
        self._suggestions = SuggestionFiles(self._files)

    def _withheld(self) -> frozenset[str]:
        """The files that were withheld and that no other capture keeps; never what was said, whatever a line says."""
        index = self._present or self._index
        if self._gone is None or self._gone[0] != index.position.size:
            captures = index.all("K")
            named = {path for each in captures if each.withheld for path in each.files}
            kept = {path for each in captures if not each.withheld for path in each.files}
            gone = frozenset(path for path in named - kept if path.startswith("evidence/"))
            self._gone = index.position.size, gone
        return self._gone[1]

    def _index_path(self) -> Path | None:
        place = self.folder / ".factcheck"
        try:
            place.mkdir(exist_ok=True)
            probe = place / f".{secrets.token_hex(8)}"  # of its own: others open the case at the same time
            probe.touch()
            probe.unlink()
        except OSError:
            self.notices.append(f"{self.folder} cannot be written; it is open for reading only.")
            return None
        return place / "index.sqlite"

    @property
    def read_only(self) -> bool:
        """True when the folder cannot be written, or a newer version has written there."""
        return not self._writable or bool(self._ledger.newer_from)

    def watch(self, seconds: float) -> bool:
        """Wait until somebody has recorded something that was not read yet, at most so long, and read it."""
        return self._ledger.watch(self._index.position, seconds) and self.refresh()

    @property
    def away(self) -> str:
        """Why the server of this case could not be asked the last time; "" when it could, or there is none."""
        return "" if isinstance(self._ledger, FileLedger) else str(self._ledger.away or "")

    @property
    def lacks(self) -> Literal["", "server", "lines"]:
        """What this desk goes without now: its server, or lines that cannot be taken in (for a file is away, above all)."""
        if isinstance(self._ledger, FileLedger) or not self._ledger.away:
            return ""
        return "server" if self._ledger.is_cut_off else "lines"

    def fetch_lines(self) -> Position:
        """Copy what the server has besides, for whoever reads the copy alone; gives the end of it."""
        for line in self._ledger.read(self._copied_to or self._index.position):
            self._copied_to = line.position
        return self._copied_to or self._index.position

    def refresh(self) -> bool:
        """Take in what others have recorded meanwhile; True when something was new. The past stays as it was."""
        if self._present is not None:
            return False
        before = self._index.position
        try:
            return self._index.catch_up(self._ledger, self._suggestions) != before
        except Unavailable as error:
            if self._index.path is None:
                raise
            self.notices.append(f"{error} Until then it lives in memory.")
            self._index = Index(None)
            return self._index.catch_up(self._ledger, self._suggestions) != before

    @property
    def alone(self) -> bool:
        """True for one whose index lives in memory, as that of the past does: no other thread can ask it."""
        return self._index.path is None

    def another(self, **otherwise: Any) -> Self:
        """The same case opened once more, `otherwise` perhaps: an index belongs to one thread."""
        return type(self)(self.folder, by=self.by, lang=self.lang, **self._given | otherwise)

    def scout(self) -> Self:
        """The same case as one that asks the server, in the thread that calls this; what it finds out is believed here."""
        found = self.another(looks_out=False)
        mine, its = self._ledger, found._ledger  # noqa: SLF001 (its own class)
        if not isinstance(mine, FileLedger) and not isinstance(its, FileLedger):
            mine.follow(its)
        return found
