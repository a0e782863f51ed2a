"""The summary as one HTML page that needs nothing else: no script, no network, no other file."""

import base64
import hashlib
import io
import re
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from factcheck.export.annotated import exact
from factcheck.export.pages import chunks, environment, page, template
from factcheck.export.summary import Summary
from factcheck.model import Template
from factcheck.visible import visible


def html(summary: Summary) -> bytes:
    """Write report.html. Document text is made visible, then escaped; only the template holds markup."""
    return written("report.html", summary)


def written(name: str, summary: Summary, *sheets: str, **more: Any) -> bytes:
    """A page made of a template, with the report's style sheet and further ones; `more` is what else it is told."""
    look = style(summary.template, "report.css", *sheets)
    found = io.BytesIO()
    for piece in chunks(_environment().get_template(name), page(summary) | look | more):
        found.write(piece.encode("utf-8"))
    return found.getvalue()


@cache
def _environment() -> Environment:
    found = environment(_gate)
    found.filters |= {"lines": _lines, "exact": exact}
    return found


def _gate(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str) -> Markup:
    """Text of several lines; the style sheet keeps its line breaks."""
    return escape(visible(text, lines=True))


def style(look: Template, *sheets: str) -> dict[str, Any]:
    """The style sheets as one, in a team's colour and on its paper, and its digest: the page's policy allows this alone."""
    accent = look.accent if _COLOUR.fullmatch(look.accent) else ""  # lines from elsewhere may say anything
    paper = "Letter" if look.paper == "Letter" else "A4"
    css, digest = _sheet(accent, paper, sheets)
    return {"css": Markup(css), "css_digest": digest}  # noqa: S704 - our own files, no document text in them


_COLOUR = re.compile(r"#[0-9a-f]{6}")


@cache
def _sheet(accent: str, paper: str, sheets: tuple[str, ...]) -> tuple[str, str]:
    own = f":root {{ --link: {accent}; --accent: {accent}; }}\n" if accent else ""
    css = "\n" + "".join(map(template, sheets)).replace("size: A4", f"size: {paper}") + own
    return css, base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
