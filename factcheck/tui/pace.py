"""How the work goes: what one person has judged today, and how long a verdict usually takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from factcheck.events import Event, bodies

PAUSE = 600
"""Seconds after which somebody was away, not thinking."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Pace:
    """Claims judged today (UTC) by verdicts that stand, and the median number of seconds between two of them (0: not known yet)."""

    today: int = 0
    seconds: int = 0


def pace(newest_first: Iterable[Event], today: str) -> Pace:
    """Work it out from a person's own events, the newest first; it reads no further back than `today` (2024-03-01)."""
    moments: list[datetime] = []
    judged: set[str] = set()
    undone: dict[str, bool] = {}
    for number, event in enumerate(newest_first):
        if event.as_written.time[:10] != today or number > MOST:
            break
        if event.time[:10] != today:
            continue
        if isinstance(event.body, bodies.EventUndone):
            undone.setdefault(event.body.id, event.kind == "event.undone")
        elif event.kind.startswith("verdict.") and not undone.get(event.id):
            judged.add(event.subject)
            moments.append(datetime.fromisoformat(event.time))
    gaps = [(late - early).total_seconds() for late, early in pairwise(moments)]
    counted = [gap for gap in gaps if gap <= PAUSE]
    return Pace(len(judged), round(median(counted)) if len(counted) >= 3 else 0)
