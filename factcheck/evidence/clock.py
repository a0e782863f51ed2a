"""Whether this machine's clock can be relied on, as far as the machine itself knows."""

import ctypes
from datetime import datetime
from email.utils import parsedate_to_datetime

from factcheck.model import Clock

_ROOM = 512
"""Bytes that hold struct timex on every system; all zero, so that the call only reads (`modes` comes first)."""
_UNSET = 5
"""TIME_ERROR of ntp_adjtime(2): nobody sets this clock."""


def clock(server: str, answered: str) -> Clock:
    """The clock's state, and how far the server's Date header was ahead of it when its answer began."""
    return Clock(synchronized=_synchronized(), offset_ms=_offset(server, answered))


def _synchronized() -> str:
    try:
        state = ctypes.CDLL(None).ntp_adjtime(ctypes.create_string_buffer(_ROOM))
    except (OSError, AttributeError):
        return "unknown"
    return "unknown" if not 0 <= state <= _UNSET else ("no" if state == _UNSET else "yes")


def _offset(server: str, answered: str) -> int | None:
    try:
        ahead = parsedate_to_datetime(server) - datetime.fromisoformat(answered)
        return round(ahead.total_seconds() * 1000)
    except (ValueError, TypeError, OverflowError):
        return None
