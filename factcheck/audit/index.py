"""The index beside the fold: every value a screen shows is the one the ledger gives."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from factcheck.audit.reader import LEDGER
from factcheck.audit.sheet import Sheet
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.errors import BadData, Unavailable
from factcheck.index.inspect import Inspected, expected, read_only
from factcheck.state import State

INDEX = ".factcheck/index.sqlite"
_DO = f"delete {INDEX}: the desk makes it again from the ledger"
_SHOWN = {
    "event": "event {0}",
    "touch": "the history of {0} (event {1})",
    "subject": "{0}{1}",
    "claim": "C{0} in the queue",
    "claim_text": "the search words of C{0}",
    "tally": "the count of {0} {1} {2} {3} {4}",
}


class Index(Watch):
    """Compare events, values, versions, queue and search words with the ledger, as far as the index has read."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self._open = ExitStack()
        self._inspected: Inspected | None = None
        self._size, self._state = 0, State()
        with self._telling(), ExitStack() as opened:
            self._look(opened)
            self._open = opened.pop_all()

    def see(self, at: Moment) -> None:
        self._state = at.state
        if at.entry.number > self._size:
            self._compare()

    def end(self) -> None:
        self._compare()
        self._open.close()

    def _look(self, opened: ExitStack) -> None:
        path = self.trail.folder / INDEX
        if not path.is_file():
            self.sheet.skip("there is no index")
            return
        inspected = opened.enter_context(read_only(path))
        if _to_compare(self.trail, self.sheet, inspected):
            self._inspected, self._size = inspected, inspected.position.size

    def _compare(self) -> None:
        """Compare the rows, once, with the state that the index has read up to."""
        inspected, self._inspected = self._inspected, None
        if inspected is not None:
            with self._telling(), self._open:
                state = self.trail.state(self._size) if self.trail.has_adopted else self._state
                _rows(self.trail, self.sheet, inspected, state, self._size)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except Unavailable as error:
            self.sheet.skip(f"{error.what.rstrip('.')}: {error.seen}")
        except BadData as error:
            self.sheet.found(INDEX, f"{error.what} {error.where} {error.seen}".strip(), _DO)


def _to_compare(trail: Trail, sheet: Sheet, inspected: Inspected) -> bool:
    """True when the index is one of this version and has read the lines that are here."""
    if not inspected.current:
        sheet.skip(f"the index is of version {inspected.schema!r}; the desk will make it again")
        return False
    for fault in inspected.faults():
        sheet.found(INDEX, f"SQLite says: {fault}", _DO)
    position = inspected.position
    if position.size > trail.head.size and trail.grown:
        sheet.could_not("the ledger has grown while it was audited, and the index with it")
        return False
    if position.size > trail.head.size or trail.position(position.size) != position:
        sheet.found(
            INDEX,
            f"it has read {position.size} lines to the root {position.head.root}, "
            f"which are not the lines of {LEDGER} today",
            f"if the ledger is right, {_DO}",
        )
        return False
    if position.size < trail.head.size:
        sheet.note(f"the index is {trail.head.size - position.size} lines behind the ledger")
    return True


def _rows(trail: Trail, sheet: Sheet, inspected: Inspected, state: State, size: int) -> None:
    events = [act for entry, act in trail.acts() if entry.number <= size]
    for table, wanted in expected(state, events).items():
        found = set(inspected.rows(table))
        sheet.checked += len(wanted)
        for row in _in_order(found - wanted):
            kept = "value" if _names(table, row) in {_names(table, each) for each in wanted} else "row"
            sheet.found(
                f"{INDEX} ({table})", f"{_names(table, row)}: another {kept} than the ledger gives", _DO
            )
        there = {_names(table, row) for row in found}
        for row in _in_order(wanted - found):
            if _names(table, row) not in there:
                sheet.found(f"{INDEX} ({table})", f"{_names(table, row)} is missing", _DO)


def _names(table: str, row: tuple[Any, ...]) -> str:
    name = _SHOWN[table].format(*row)
    return "the case" if name == "case0" else name


def _in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=lambda row: tuple((type(each).__name__, str(each)) for each in row))
