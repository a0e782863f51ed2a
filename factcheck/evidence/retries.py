"""When it is worth asking once more, and how long to wait before."""

from datetime import datetime
from email.utils import parsedate_to_datetime

from factcheck.evidence.answers import Reply

_NO_ANSWER = frozenset({"connection refused", "connection reset", "timeout", "unreachable"})
LATER = frozenset({429, 502, 503, 504})
_SPARE = 0.5
"""Seconds that must be left of the deadline after a pause, so that there is time for an answer."""


def pause_before(reply: Reply, pause: float, left: float, now: datetime) -> float | None:
    """Seconds to wait before the next try, None when there shall be none.

    A server's own Retry-After (RFC 9110, section 10.2.3) is kept to, and only inside the deadline.
    """
    if not (reply.status in LATER or (not reply.status and reply.outcome in _NO_ANSWER)):
        return None
    wanted = max(pause, _asked_for(reply.again, now))
    return wanted if wanted + _SPARE <= left else None


def _asked_for(again: str, now: datetime) -> float:
    if again.isascii() and again.isdigit():
        return float(again[:9])
    try:
        return max((parsedate_to_datetime(again) - now).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0
