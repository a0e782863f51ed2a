"""Acts wrapped as if another desk had done them, in perfect form."""

from copy import deepcopy

from forging import renumbered

from factcheck.events import canonical

LATER = "2024-02-27T09:00:00.000Z"


def wrapped(original, *, by="lead-1", map=(), **other):
    """The line that brings an act here, with its numbers as they are or by the map."""
    inner, names = deepcopy(original), dict(map)
    also = [
        {"subject": names.get(ref["subject"], ref["subject"]), "version": 0} for ref in inner.get("also", ())
    ]
    inner |= {"seq": inner.get("seq") or 9, "prev": "0" * 64}
    outer = {
        "spec": 1,
        "id": inner["id"],
        "time": LATER,
        "by": by,
        "kind": "event.adopted",
        "subject": names.get(inner["subject"], inner["subject"]),
        "version": 0,
        "body": {"line": canonical(inner).decode(), "map": [list(pair) for pair in map]},
    }
    return outer | ({"also": also} if also else {}) | other


def wrap_last(events, count=1, **more):
    """The newest acts of a history, as another desk's."""
    for at in range(len(events) - count, len(events)):
        events[at] |= {"seq": at + 1}
        events[at] = wrapped(events[at], **more)
    return renumbered(events)
