"""The index beside the fold: every value a screen shows is the one the ledger gives."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from factcheck.audit.reader import LEDGER
from factcheck.audit.sheet import Sheet
from factcheck.audit.trail import Trail
from factcheck.errors import BadData, Unavailable
from factcheck.index.inspect import Inspected, expected, read_only

INDEX = ".factcheck/index.sqlite"
_DO = f"delete {INDEX}: the desk makes it again from the ledger"
_SHOWN = {
    "event": "event {0}",
    "touch": "the history of {0} (event {1})",
    "subject": "{0}{1}",
    "claim": "C{0} in the queue",
    "claim_text": "the search words of C{0}",
}


def index(trail: Trail, sheet: Sheet) -> None:
    """Compare events, values, versions, queue and search words with the ledger, as far as the index has read."""
    path = trail.folder / INDEX
    if not path.is_file():
        sheet.skip("there is no index")
        return
    try:
        _compare(trail, sheet, path)
    except Unavailable as error:
        sheet.skip(f"{error.what.rstrip('.')}: {error.seen}")
    except BadData as error:
        sheet.found(INDEX, f"{error.what} {error.where} {error.seen}".strip(), _DO)


def _compare(trail: Trail, sheet: Sheet, path: Path) -> None:
    with read_only(path) as inspected:
        if not inspected.current:
            sheet.skip(f"the index is of version {inspected.schema!r}; the desk will make it again")
            return
        for fault in inspected.faults():
            sheet.found(INDEX, f"SQLite says: {fault}", _DO)
        position = inspected.position
        if position.size > trail.head.size and trail.grown:
            sheet.could_not("the ledger has grown while it was audited, and the index with it")
            return
        if position.size > trail.head.size or trail.position(position.size) != position:
            sheet.found(
                INDEX,
                f"it has read {position.size} lines to the root {position.head.root}, "
                f"which are not the lines of {LEDGER} today",
                f"if the ledger is right, {_DO}",
            )
            return
        if position.size < trail.head.size:
            sheet.note(f"the index is {trail.head.size - position.size} lines behind the ledger")
        _rows(trail, sheet, inspected, position.size)


def _rows(trail: Trail, sheet: Sheet, inspected: Inspected, size: int) -> None:
    events = [act for entry, act in trail.acts() if entry.number <= size]
    for table, wanted in expected(trail.state(size), events).items():
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
