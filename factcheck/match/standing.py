"""Who stands behind a page, in the four words that its event keeps: family, canonical address, dateline, sketch."""

from urllib.parse import urlsplit

from factcheck.match.nearly import body, sketch
from factcheck.match.outlets import dateline, family
from factcheck.model import Standing

MAKER = "origins/1"
"""Counted up whenever the same page would be told otherwise: by other rules, or by another list of outlets."""


def standing(url: str, text: str = "", canonical: str = "") -> Standing:
    """What can be said of a page; without its text (a bare link) its host alone."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return Standing(
        family=family(host),
        canonical=canonical,
        dateline=dateline("\n".join(body(text))),
        sketch=sketch(text),
        maker=MAKER,
    )
