"""Whether a page is gone: as the server says, or though it calls well what is really a notice (a soft 404); or elsewhere."""

import tomllib
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

GONE = frozenset({404, 410, 451})
"""Statuses by which a server says that a page is not there any more (RFC 9110, RFC 7725)."""

_NOTICE = 1_500
"""Characters of the longest page that is taken for a notice: a report may speak of a page that was not found."""


def is_soft_404(text: str, title: str, asked: str, final: str) -> bool:
    """True when a short page says that there is none here, or when we were sent from a page to the front page."""
    said = f"{title}\n{text}".lower()
    notice = len(text) <= _NOTICE and any(phrase in said for phrase in _phrases())
    return notice or _is_sent_home(asked, final)


def _is_sent_home(asked: str, final: str) -> bool:
    before, after = urlsplit(asked), urlsplit(final)
    deep = len(before.path.strip("/")) > 0 or bool(before.query)
    return deep and not after.path.strip("/") and not after.query


def is_elsewhere(asked: str, final: str) -> bool:
    """True when a page was found under another address, beyond what makes no difference: www., a slash at the end."""
    return _place(asked) != _place(final)


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return ((parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query)


@cache
def _phrases() -> tuple[str, ...]:
    table = tomllib.loads(resources.files("factcheck").joinpath("data/pages.toml").read_text("utf-8"))
    return tuple(table["gone"]["phrases"])
