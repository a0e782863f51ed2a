"""A case that is open: what it holds, and the one way an act gets into its ledger."""

import secrets
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from factcheck.case.private import Private, memory_file, recall, remember
from factcheck.case.recording import Draft, Recording
from factcheck.case.remembering import remember_server
from factcheck.errors import BadData, FactcheckError, NotFound, Refused, Usage
from factcheck.events import Event, bodies, capturing
from factcheck.events.keeping import kept_files
from factcheck.events.moving import LedgerMoved
from factcheck.files import cannot_write, case_folder, own_folder
from factcheck.labels import label
from factcheck.ledger import Address
from factcheck.ledger.file import FileLedger
from factcheck.model import Claim, name_fault, says_something
from factcheck.state import ALLOWED

__all__ = ["Desk", "Draft", "checked_name", "checked_title", "lay_out", "safe_name"]

IGNORED = ".factcheck/\nclaims/.lock\nevidence/large/\n"
ATTRIBUTES = "claims/** -text\nevidence/** -text\nexports/** -text\nclaims/ledger.jsonl -text -merge\n"


class Desk(Recording):
    """What every act of a case stands on."""

    @classmethod
    def open(cls, folder: Path | str, *, by: str = "", **how: Any) -> Self:
        """Open the case in this folder. NotFound when it is none."""
        folder = Path(folder)
        if not (folder / "claims" / "ledger.jsonl").is_file():
            raise NotFound(
                "this folder is not a case: it has no claims/ledger.jsonl.",
                where=str(folder),
                remedy="factcheck init, or name one with --case DIR",
            )
        case = cls(folder, by=by, **how)
        try:
            case._begin_to_read()
        except BaseException:
            case.close()
            raise
        return case

    @classmethod
    def find(cls, start: Path | str = ".", *, by: str = "", **how: Any) -> Self:
        """Open the case that holds `start`, as git finds its repository. NotFound when there is none."""
        return cls.open(case_folder(Path(start)), by=by, **how)

    @classmethod
    def create(
        cls,
        folder: Path | str,
        by: str,
        *,
        solo: bool = False,
        name: str = "",
        example: bool = False,
        origin: str = "",
        dsn: str = "",
        **how: Any,
    ) -> Self:
        """Make a new case in this folder, or, where a `dsn` is given, on that server with a desk for it in this folder.

        Refused when there is one already.
        """
        folder = Path(folder)
        ledger = folder / "claims" / "ledger.jsonl"
        checked_name(by)
        name = checked_title(name) if name else safe_name(folder.resolve().name)
        if ledger.exists() and ledger.stat().st_size:
            raise Refused(
                "this folder already holds a case.", where=str(folder), remedy="open it: factcheck review"
            )
        lay_out(folder)
        if not origin:
            origin = f"factcheck/{how.get('randomness', secrets.token_bytes)(8).hex()}"
        address = Address(dsn, checked_title(origin)) if dsn else None
        _forget_server(how.get("private"), folder)
        case = cls(folder, by=by, **how | {"server": address})
        policy = bodies.PolicyBody(
            second_signature=not solo, blind=False, evidence_for_rated=True, min_origins=1, signatures=False
        )
        body = bodies.CaseCreated(name=name, solo=solo, origin=origin, example=example, policy=policy)
        case._ledger.path.touch()
        case._forget_head()

        def build() -> list[Draft]:
            if case.head.size:
                raise Refused("somebody else has just made a case here.", where=str(folder))
            moved = [Draft("ledger.moved", "case", LedgerMoved(to="server"))] if dsn else []
            return [Draft("case.created", "case", body), *case._announced(by.strip(), origin), *moved]

        case._commit(build, by=by.strip())
        if case._private:
            remember_server(case._private, folder, address, by.strip())
        return case

    def _begin_to_read(self) -> None:
        """Take in what is new, and say what is not as it should be."""
        self._mend()
        self.refresh()
        self._compare_with_memory()
        if self.server is not None and not self.read_only:
            self._remove_withheld()
        if self.away:
            self.notices.append(self.away)
        if self.head.size == 0:
            raise BadData(
                "this case was never begun: its ledger is empty.",
                where=str(self._ledger.path),
                remedy="factcheck init, in this folder",
            )

    def close(self) -> None:
        """Let go of the index, and of the server."""
        self._index.close()
        self._ledger.close()

    def _announced(self, name: str, origin: str) -> list[Draft]:
        """The key of this desk, announced; a desk that cannot keep one goes on without."""
        if self._desk_key is None:
            return []
        try:
            return [Draft("desk.added", "case", self._desk_body(name, origin))]
        except (FactcheckError, OSError) as error:
            self.notices.append(f"{error} The checkpoints stay unsigned.")
            return []

    def _compare_with_memory(self) -> None:
        """Say at once when this is not the ledger that this desk has seen here; writing then refuses."""
        if why := self._not_continued():
            self.notices.append(str(why))
        elif self.head.size:
            self._remember_head()

    def _mend(self) -> None:
        """Put a torn tail right at once; on a full disk looking goes on without."""
        if self._ledger.is_torn() and not self.read_only:
            try:
                with self._ledger.writing():
                    self._mend_now()
            except OSError as error:
                self.notices.append(str(cannot_write(self._ledger.path, error)))

    def _person(self, by: str | None, act: str = "decide") -> str:
        person = checked_name(by or self.by)
        self._allow(person, act)
        return person

    def _legal(self, kind: str, claim: Claim) -> Claim:
        """The claim, if the act is open to it in its state; else Refused with the way there."""
        if claim.state not in ALLOWED[kind]:
            raise Refused(
                label(
                    "act.not_open", self.lang, claim=claim.id, state=label(f"state.{claim.state}", self.lang)
                ),
                where=claim.id,
                seen=kind,
                remedy=label(f"way.{claim.state}", self.lang, claim=claim.id),
            )
        return claim

    def _remove_withheld(self) -> None:
        """Take away what was withheld and no other capture keeps; what cannot be taken away is said."""
        gone = self._withheld()
        named = {path for each in self.captures() if each.withheld for path in each.files}
        for path in sorted(path for path in named - gone if path.startswith("evidence/")):
            self.notices.append(f"{path} stays: another capture keeps the same bytes. Withhold that one too.")
        for manifest in sorted((self.folder / "exports").glob("*/bundle/manifest-sha256.txt")):
            held = manifest.read_text("utf-8", "replace")
            if any(Path(path).name.partition(".")[0] in held for path in gone):
                self.notices.append(
                    f"{manifest.parent} holds it too: it was published; take it back where you can."
                )
        for path in sorted(gone):
            try:
                for above in (self.folder / path).parents[: path.count("/")]:
                    own_folder(above)
                (self.folder / path).unlink(missing_ok=True)
            except OSError as error:
                self.notices.append(str(cannot_write(self.folder / path, error)))

    def _tell_shelf(self, done: Sequence[Event]) -> None:
        """Say what the shelf of a server's case still holds of what these acts withhold: no desk deletes there.

        The shelf is that of all cases, so only who keeps it can tell whether another one needs the same bytes.
        """
        if isinstance(self._ledger, FileLedger):
            return
        for act in (event.act for event in done):
            if isinstance(act.body, capturing.EvidenceWithheld) and (places := self._shelved(act)):
                said = label("evidence.on_shelf", self.lang, capture=act.subject, places=", ".join(places))
                self.notices.append(said)

    def _shelved(self, withheld: Event) -> list[str]:
        """Where the shelf keeps what was withheld; the digests while it cannot be asked."""
        kept = dict(pair for event in self._index.history(withheld.subject) for pair in kept_files(event))
        gone = sorted({sha256 for path, sha256 in kept.items() if path in self._withheld()})
        try:
            shelf = self._ledger.shelf() if gone and not isinstance(self._ledger, FileLedger) else None
            return [shelf.where(each) for each in gone if shelf.has(each)] if shelf else []
        except FactcheckError:
            return gone

    def _memory(self, person: str) -> Private:
        if person not in self._memories:
            place = memory_file(self._private, self.info.origin, person) if self._private else None
            self._memories[person] = recall(place)
        return self._memories[person]

    def _remember(self, person: str, memory: Private) -> None:
        remember(memory_file(self._private, self.info.origin, person) if self._private else None, memory)

    @property
    def drafts_file(self) -> Path:
        """Where screens keep what this person wrote and has not recorded: private, or else beside the index."""
        place = self._private or self.folder / ".factcheck"
        return memory_file(place, self.info.origin, self.by, "drafts")

    @property
    def place_file(self) -> Path | None:
        """Where screens keep what this person was looking at; None where nothing private is kept, or nobody sits here."""
        if not self._private or not self.by:
            return None
        return memory_file(self._private, self.info.origin, self.by, "place")


def _forget_server(private: Path | None, folder: Path) -> None:
    """A case that is new here does not lie where another one did that was in this folder before."""
    if private:
        try:
            remember_server(private, folder, None)
        except OSError as error:
            raise cannot_write(private, error) from error


def checked_name(by: str) -> str:
    """The name of who acts. Refused when nobody is named, Usage when nobody can be called that."""
    person = by.strip()
    if not person:
        raise Refused("nobody is named who acts here.", remedy="add --by NAME, or set FACTCHECK_BY")
    fault = name_fault(person)
    if fault:
        raise Usage("this cannot be the name of a person.", seen=fault, remedy="use a name that can be read")
    return person


def checked_title(text: str) -> str:
    """A name of a case or a source: one line that can be read."""
    if not says_something(text) or not text.isprintable() or len(text) > 200:
        raise Usage("this cannot be a name.", seen=ascii(text[:60]), remedy="use one line that can be read")
    return text


def safe_name(name: str) -> str:
    """A file name that any system holds: NFC, no controls or separators, at most 120 bytes."""
    composed = unicodedata.normalize("NFC", name)
    clean = "".join(each if each.isalnum() or each in " ._-()（）" else "_" for each in composed)
    stem, suffix = Path(clean).stem, Path(clean).suffix[:12]
    while len(f"{stem}{suffix}".encode()) > 120:
        stem = stem[:-1]
    return f"{stem}{suffix}".strip() or "document.txt"


def lay_out(folder: Path) -> None:
    """Make the three folders of a case, and tell git to leave their bytes alone."""
    try:
        for name in ("claims", "evidence", "exports"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", IGNORED), (".gitattributes", ATTRIBUTES)):
            if not (folder / name).exists():
                (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise cannot_write(folder, error) from error
