"""One line behind another: whether it follows, wherever the record is kept; and the sentences for one that does not."""

from factcheck.errors import BadData
from factcheck.events import SPEC, Event, strict_json
from factcheck.ledger import Line, Position

RESTORE = "run factcheck audit, and restore the file from a copy or from git"


def following(data: bytes, position: Position, record: str, remedy: str = RESTORE) -> Line | None:
    """The line behind `position` in the `record` (its name for sentences); None for one of a newer version.

    BadData when it is no event, when its number is another one, or when it does not name the hash of the last line.
    """
    where = f"{record}:{position.size + 1}"
    if is_newer(data):
        return None
    event = Event.from_line(data, where=where)
    if event.seq != position.size + 1:
        seen = f"seq {event.seq} where {position.size + 1} belongs"
        raise rewritten(record, position.size + 1, seen, remedy)
    if event.prev != position.last:
        raise rewritten(record, position.size, f"line {event.seq} does not follow from it", remedy)
    return Line(event, data, position.after(data))


def is_newer(data: bytes) -> bool:
    """True for a line of a version that this program does not know."""
    if b'"spec":1,' in data:  # canonical lines of today need no second parsing
        return False
    try:
        spec = strict_json(data)["spec"]
    except (ValueError, KeyError, TypeError):
        return False
    return isinstance(spec, int) and spec > SPEC


def rewritten(record: str, line: int, seen: str, remedy: str = RESTORE) -> BadData:
    """The sentence for a line that is not what it was, or not what the next one says."""
    return BadData(f"line {line} was changed.", where=record, seen=seen, remedy=remedy)


def shortened(record: str, expected: int, seen: str, remedy: str = RESTORE) -> BadData:
    """The sentence for a record that has fewer lines than it had."""
    return BadData(
        f"the ledger was shortened: {expected} lines were here.", where=record, seen=seen, remedy=remedy
    )
