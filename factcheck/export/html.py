"""The summary as one HTML page that needs nothing else: no script, no network, no other file."""

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from factcheck.export.pages import environment, page, template
from factcheck.export.summary import Summary
from factcheck.visible import visible


def html(summary: Summary) -> bytes:
    """Write report.html. Document text is made visible, then escaped; only the template holds markup."""
    text = (
        _environment()
        .get_template("report.html")
        .render(page(summary) | _style(summary.template.accent, summary.template.paper))
    )
    return text.encode("utf-8")


@cache
def _environment() -> Environment:
    found = environment(_gate)
    found.filters["lines"] = _lines
    return found


def _gate(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str) -> Markup:
    """Text of several lines; the style sheet keeps its line breaks."""
    return escape(visible(text, lines=True))


@cache
def _style(accent: str, paper: str) -> dict[str, Any]:
    """The style sheet, in a team's colour and on its paper, and its digest: the page's policy allows this one alone."""
    own = f":root {{ --link: {accent}; --accent: {accent}; }}\n" if accent else ""
    css = "\n" + template("report.css").replace("size: A4", f"size: {paper}") + own
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return {"css": Markup(css), "css_digest": digest}  # noqa: S704 - our own file, no document text in it
