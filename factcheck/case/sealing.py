"""What stands around the record after each act: the checkpoint, who signs here, and what this desk remembers of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from factcheck.case.looking import Looking
from factcheck.case.remembering import recall_head, remember_head, seen_file
from factcheck.case.shelving import files_of, packs_of
from factcheck.errors import BadData, FactcheckError, NotFound, Refused
from factcheck.events import Event, trust
from factcheck.files import cannot_write, read_plain, replace_file
from factcheck.ledger.file import FileLedger
from factcheck.merkle import leaf_hash

if TYPE_CHECKING:
    from factcheck.audit.served import Rows


class Sealing(Looking):
    """Renews what is derived from the ledger, and notices one that was cut or replaced."""

    def _share(self, event: Event) -> None:
        """Put the files that an event names where all desks of a server find them, before it is recorded.

        What another desk did there may name files that it did not have any more, by choice.
        """
        if self.server is None:
            return
        for path, _ in files_of(event.act, self._files.read):
            if event.act is event or (self.folder / path).exists():
                self._files.send(path)
        for name, sha256 in packs_of(event.act):
            self._files.send_pack(name, sha256)

    def _bring_all(self) -> int:
        """Bring every file here that the ledger names and that lies on the shelf alone; gives their number."""
        if self.server is None:
            return 0
        named = (each for event in self._index.events() for each in files_of(event, self._files.read))
        return sum(self._files.bring(path, sha256) for path, sha256 in named)

    def bring(self) -> bool:
        """Bring here what the server has besides, lines and files, to look at; what cannot be brought is said.

        False when nobody could be asked for some file: then it is unknown whether it is lost.
        """
        faults = [
            self._fault_of(each) for each in (self.refresh, self._bring_all)
        ]  # files come although a line was changed
        for said in dict.fromkeys(str(each) for each in faults if each):
            if said not in self.notices:
                self.notices.append(said)
        return faults[1] is None or isinstance(faults[1], BadData | NotFound)

    @staticmethod
    def _fault_of(act: Callable[[], object]) -> FactcheckError | None:
        try:
            act()
        except FactcheckError as error:
            return error
        return None

    @property
    def rows(self) -> "Rows | None":
        """The lines as the server of this case has them, for an audit; None for a case without one."""
        return None if isinstance(self._ledger, FileLedger) else self._ledger.far.raw

    def _lies_here(self) -> None:
        """Refused when the ledger has moved: what lies here shows how it was."""
        home = self.info.home
        if home == "server" and self.server is None:
            raise Refused(
                "the ledger of this case lies on a server; this file shows how it was.",
                where=str(self._ledger.path),
                remedy="factcheck ledger clone DSN makes a desk for it",
            )
        if home == "file" and self.server is not None:
            raise Refused(
                "the ledger of this case has moved to a file.",
                where=self.server.origin,
                remedy="go on where that is, or bring it back: factcheck ledger push",
            )

    def _seal(self) -> None:
        try:
            self._ledger.seal(self.info.origin, self._index.position, self._note)
            self._write_signers()
        except OSError as error:
            self.notices.append(str(cannot_write(self._ledger.checkpoint_path, error)))
        self._remember_head()

    def _write_signers(self) -> None:
        """claims/allowed_signers as the ledger has it now; what a crash left behind is put right."""
        if not self.info.signers:
            return
        path, data = self.folder / "claims" / "allowed_signers", self.allowed_signers().encode("utf-8")
        if not path.is_file() or read_plain(path) != data:
            replace_file(path, data)

    def allowed_signers(self) -> str:
        """Who signs here, in the format of OpenSSH's allowed_signers: for ssh-keygen -Y verify."""
        from factcheck.audit.signing import allowed_signers

        return allowed_signers(self.info)

    def _note(self, text: str) -> str:
        """The lines of a checkpoint, signed by this desk where it is announced in the case."""
        desks = [each.key for each in self.info.desks]
        if not desks or self._desk_key is None:
            return text
        from factcheck.signing.desk import read_seed
        from factcheck.signing.notes import note_key, sign_note

        seed, name = read_seed(self._desk_key), note_name(self.info.origin)
        return sign_note(text, seed, name) if seed and note_key(seed, name).vkey in desks else text

    def _desk_body(self, name: str, origin: str) -> trust.DeskAdded:
        """The key of this desk, made if need be, under the name that its notes bear."""
        from factcheck.signing.desk import desk_seed
        from factcheck.signing.notes import note_key

        if self._desk_key is None:
            raise Refused("this desk keeps no key.", remedy="run it where it can keep settings of yours")
        seed = desk_seed(self._desk_key, self._randomness)
        return trust.DeskAdded(name=name, key=note_key(seed, note_name(origin)).vkey)

    def _not_continued(self) -> Refused | None:
        """What to say when this ledger does not begin with what this desk has seen here; None when it does."""
        seen = recall_head(seen_file(self._private, self.folder)) if self._private else None
        if seen is None or self._index.position.size == 0:
            return None
        head, now = seen.checkpoint.head, self._index.position
        line = self._index.line(head.size)
        same = line is not None and leaf_hash(line).hex() == seen.last
        if seen.checkpoint.origin == self.info.origin and same:
            return None
        return Refused(
            "this ledger does not continue the one that this desk has seen here.",
            where=str(self._ledger.path),
            seen=f"{head.size} lines of {seen.checkpoint.origin} then, {now.size} lines of {self.info.origin} now",
            remedy="restore it from a copy or from git; if it was replaced on purpose: factcheck ledger forget",
        )

    def _forget_head(self) -> None:
        if self._private:
            seen_file(self._private, self.folder).unlink(missing_ok=True)

    def _remember_head(self) -> None:
        if self._private:
            remember_head(seen_file(self._private, self.folder), self.info.origin, self._index.position)


def note_name(origin: str) -> str:
    """The name of a desk's key: the ledger's origin, as C2SP checkpoints want it, where it can be one."""
    from factcheck.signing.notes import is_note_name

    return origin if is_note_name(origin) else "factcheck-desk"
