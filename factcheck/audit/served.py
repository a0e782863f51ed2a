"""The server beside this desk's copy: line by line the same bytes, each behind the one before."""

from collections.abc import Callable, Iterable
from itertools import zip_longest

from factcheck.audit.sheet import Sheet
from factcheck.audit.trail import Trail
from factcheck.errors import FactcheckError
from factcheck.events import GENESIS, strict_json
from factcheck.merkle import leaf_hash

Row = tuple[int, bytes, str, str]
"""A line as a server gives it: its number, its bytes, the login that entered it, and when (RFC 3339, UTC)."""
Rows = Callable[[], Iterable[Row]]
_DO = "one of the two was changed: signatures and receipts tell which; who keeps the server restores it from a back-up or a desk's copy"


def server(trail: Trail, sheet: Sheet) -> None:
    """Compare what the server has with the copy; what came there since the audit began is looked at too."""
    if trail.rows is None:
        sheet.skip("the ledger of this case lies in its folder alone")
        return
    last = GENESIS
    try:
        for number, (row, ours) in enumerate(zip_longest(trail.rows(), trail.raw()), start=1):
            sheet.checked += 1
            where = f"server, line {number}"
            if row is None:
                sheet.found(where, "the server does not have this line of the copy", _DO)
                break
            seq, data, by, at = row
            entered = f"entered by {by} at {at}"
            if seq != number:
                sheet.found(where, f"the server has line {seq} in this place", _DO)
                break
            if ours is not None and data != ours:
                sheet.found(where, f"other bytes than this desk's copy has ({entered})", _DO)
            if _prev(data) != last:
                sheet.found(where, f"it does not follow from the line before ({entered})", _DO)
            last = leaf_hash(data).hex()
    except FactcheckError as error:
        sheet.could_not(str(error))


def _prev(data: bytes) -> object:
    try:
        return strict_json(data).get("prev")
    except (ValueError, AttributeError):
        return None
