"""Moving a case between a folder and a server: the same lines, the same root, and one place where it goes on."""

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from factcheck.case.desk import Draft, lay_out
from factcheck.case.naming import Naming
from factcheck.case.remembering import recall_server, remember_server
from factcheck.case.shelving import files_of, packs_of
from factcheck.errors import BadData, FactcheckError, NotFound, Refused, Unavailable
from factcheck.events import Event
from factcheck.events.moving import LedgerMoved
from factcheck.files import cannot_write
from factcheck.ledger import START, Address, Line
from factcheck.ledger.file import FileLedger
from factcheck.ledger.following import rewritten

if TYPE_CHECKING:
    from factcheck.ledger.postgres import Server


class Moving(Naming):
    """file -> server -> file."""

    @classmethod
    def clone(cls, folder: Path | str, server: Address, *, by: str = "", **how: Any) -> Self:
        """Make a desk in this folder for a case that lies on a server. Refused when another case is in it.

        `server.origin` names the case; "" means the only one that is there. Who sits at it is the login of the DSN,
        and nobody else: the server takes no act of another name. Unavailable when not everything can come: the desk
        stays, and the same call, or any later look, goes on.
        """
        from factcheck.ledger.postgres import Server, only_case

        folder = Path(folder)
        ledger = folder / "claims" / "ledger.jsonl"
        begun = ledger.exists() and ledger.stat().st_size > 0
        known = recall_server(how["private"], folder) if begun and how.get("private") else None
        if begun and (known is None or server not in {known, Address(known.dsn, "")}):
            raise Refused(
                "this folder already holds a case.", where=str(folder), remedy="name an empty folder"
            )
        far = Server(server.dsn)
        address = Address(server.dsn, only_case(far, known.origin if known else server.origin))
        person = _own_login(far, by.strip())
        far.close()
        if not begun:
            lay_out(folder)
            _forget_copy(folder)
            ledger.touch()
        _remembered(how.get("private"), folder, address, person)
        try:
            case = cls.open(folder, by=person, **how | {"server": address})
        except BaseException:
            if not ledger.stat().st_size:
                _remembered(how.get("private"), folder, None)
            raise
        case._begin()  # noqa: SLF001 (its own class)
        return case

    def _begin(self) -> None:
        """The first checkpoint of a copy. BadData where the server has more lines than are any, Unavailable where not all came."""
        away = None if isinstance(self._ledger, FileLedger) else self._ledger.away
        if isinstance(away, BadData | NotFound):
            self.close()
            raise away
        if away is None:
            self._bring_packs()
        self._seal()
        if away is not None:
            size = self.head.size
            self.close()
            raise _incomplete(away, self.folder, size)

    def push(self, dsn: str, *, by: str | None = None) -> tuple[Event, ...]:
        """Move the ledger of this folder to a server; from then on the file only follows.

        On the desk of a case that lies there already: give back to a restored server the lines that it has lost.
        """
        from factcheck.ledger.postgres import PostgresLedger, Server

        person = self._person(by, "policy")
        far = PostgresLedger(Server(dsn), self.info.origin)
        address = Address(dsn, self.info.origin)
        near = self._file
        with near.writing():
            self._index.catch_up(near, self._suggestions)
            lines = list(near.read(START))
            self._shelve(lines, far)
            with far.writing():
                there = [(seq, data) for seq, data, _, _ in far.raw()]
                if not self.info.home:
                    _refuse_twin(lines, [data for _, data in there], far.name, self.folder)
                held = _common(lines, there, far.name)
                moved = () if self.info.home == "server" else (self._moved(person, lines[-1]),)
                missing = [line.data for line in (*lines, *moved)][held:]
                if missing:
                    far.bring(missing)
                if moved:
                    near.extend([moved[0].data], lines[-1].position)
                far.commit()
        _remembered(self._private, self.folder, address, person)
        self._lies(address)
        self.refresh()
        self._seal()
        return tuple(line.event for line in moved)

    def pull(self, *, by: str | None = None) -> tuple[Event, ...]:
        """Move the ledger from the server to the file of this folder; the server takes no more lines of the case."""
        if self.server is None:
            raise Refused("the ledger of this case lies here already.", where=str(self.folder))
        person = self._person(by, "policy")
        self.refresh()
        self._bring_all()
        self._bring_packs()
        body = LedgerMoved(to="file")
        events = self._commit(lambda: [Draft("ledger.moved", "case", body)], by=person, act="policy")
        _remembered(self._private, self.folder, None)
        self._lies(None)
        return events

    def _moved(self, person: str, last: Line) -> Line:
        """The line that says that the ledger goes on elsewhere, behind the last one."""
        self._read = self._clock()
        self._moment = max(self._read, self._last_moment())
        draft = Draft("ledger.moved", "case", LedgerMoved(to="server"))
        event = self._event(draft, self._numbered([draft], 0), person, "", last.position.head)
        whole = event.model_copy(update={"seq": last.position.size + 1, "prev": last.position.last})
        data = whole.to_line()
        return Line(whole, data, last.position.after(data))

    def _shelve(self, lines: list[Line], far: Any) -> None:
        """Put every file that the ledger names on the shelf of the server; what is not here by choice is left out."""
        from factcheck.ledger.postgres import setup

        named = [each for line in lines for each in files_of(line.event.act, self._files.read)]
        if not named:
            return
        shelf = setup.shelf_of(far.server)
        for path, _ in named:
            if (self.folder / path).is_file():
                shelf.put(self._files.read(path, ""))
        for name, sha256 in dict.fromkeys(each for line in lines for each in packs_of(line.event.act)):
            if (pack := self._files.pack(name, sha256)) is not None:
                shelf.put(pack)


def _incomplete(away: FactcheckError, folder: Path, size: int) -> Unavailable:
    """What to say of a desk whose first lines came and the others not: what they stand on is away."""
    reason = away.__cause__ if isinstance(away.__cause__, FactcheckError) else away
    return Unavailable(
        "the desk is made, but not everything of the case has come.",
        where=str(folder),
        seen=f"{size} lines; {reason.what.rstrip('.')} ({reason.where})",
        remedy="repeat the command when that is there again; any later look brings the rest as well",
    )


def _own_login(far: "Server", by: str) -> str:
    """The login, which is who acts at a desk of this server. Refused where another name is given."""
    login = far.login
    if by and by != login:
        raise Refused(
            f"you log in as {login!r}, so at this desk you cannot be {by!r}.",
            where=far.place,
            remedy="name the one you log in with, or nobody; or name another login in the DSN",
        )
    return login


def _refuse_twin(lines: list[Line], there: list[bytes], where: str, folder: Path) -> None:
    """Refused where another copy of a case that never left its folder, as every demo is one, lies on the server already."""
    if there[:1] != [lines[0].data]:
        return
    alike = sum(1 for _ in takewhile(lambda pair: pair[0].data == pair[1], zip(lines, there, strict=False)))
    if alike == len(there):
        return
    raise Refused(
        "another copy of this case is on the server already.",
        where=where,
        seen=f"{len(there)} lines there and {len(lines)} here, the first {alike} the same",
        remedy=f"factcheck ledger clone DSN makes a desk for it; there factcheck ledger adopt {folder} takes in what was done here",
    )


def _common(lines: list[Line], there: list[tuple[int, bytes]], where: str) -> int:
    """How many lines the server has of ours; BadData where it has another one, or more than are here."""
    for line, (seq, data) in zip(lines, there, strict=False):
        if line.data != data:
            raise rewritten(where, seq, "another line than this desk has")
    if len(there) > len(lines):
        raise rewritten(where, len(lines) + 1, "a line that this desk does not have")
    return len(there)


def _forget_copy(folder: Path) -> None:
    """Take away what a copy that is gone has left behind; all of it comes again from the server. Drafts stay."""
    left = [*(folder / ".factcheck").glob("index.sqlite*"), folder / "claims" / "checkpoint"]
    try:
        for each in left:
            each.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def _remembered(private: Path | None, folder: Path, address: Address | None, by: str = "") -> None:
    if private is None:
        return
    try:
        remember_server(private, folder, address, by)
    except OSError as error:
        raise cannot_write(private, error) from error
