"""Who stands behind a page, in the four words that its event keeps: family, canonical address, dateline, sketch."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from factcheck.match.datelines import dateline
from factcheck.match.nearly import report, sketch
from factcheck.match.outlets import Outlets, family, shipped
from factcheck.model import Standing

MAKER = "origins/2"
"""Counted up whenever the same page would be told otherwise: by other rules, or by another shipped list of outlets."""


def maker(known: Outlets) -> str:
    """The version of the rules, and the mark of one's own list of outlets where there is one."""
    return f"{MAKER}+{known.mark}" if known.mark else MAKER


def standing(url: str, text: str = "", canonical: str = "", known: Outlets | None = None) -> Standing:
    """What can be said of a page; without its text (a bare link) its host alone."""
    known = known or shipped()
    told = report(text)
    return Standing(
        family=family(_host(url), known),
        canonical=_address(canonical) or _address(url),
        dateline=dateline(told, known),
        sketch=sketch(told),
        maker=maker(known),
    )


_TRACKING = re.compile(
    r"utm_\w+|spm|from|src|share\w*|fbclid|gclid|ref|cmpid|scene|isappinstalled", re.IGNORECASE
)


def _address(url: str) -> str:
    """An address without what does not tell pages apart; "" for a site's front page, as which many sites file everything."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port else "")
        asked = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{host}{path}{'?' if asked else ''}{urlencode(asked)}" if host and (path or asked) else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
