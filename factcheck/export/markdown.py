"""The summary in Markdown: whatever a document says is text in it, never markup."""

import io
import re
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from factcheck.export.pages import chunks, environment, page
from factcheck.export.summary import Summary
from factcheck.export.words import link
from factcheck.visible import visible

# CommonMark 0.31 and GitHub's extensions: emphasis, code, links, HTML, entities, tables, strikethrough, math,
# mentions; what only acts at the start of a line; and what turns bare addresses into links.
_ACTIVE = re.compile(r"[\\`*_\[\]<>|~$&#@]")
_STARTS = re.compile(r"^(\s*)([-+=])|^(\s*[0-9]+)([.)])")
_GAP = re.compile(r"\n{3,}")
_ADDRESS = re.compile(r"(?<=[A-Za-z0-9]):(?=[^\d\s])|(?<=[A-Za-z0-9_-])\.(?=[A-Za-z])")


def markdown(summary: Summary) -> bytes:
    """Write report.md."""
    return written_in_markdown("report.md", summary)


def written_in_markdown(name: str, summary: Summary, **more: Any) -> bytes:
    """A document made of a template; `more` is what else it is told."""
    found, breaks = io.BytesIO(), ""
    for piece in chunks(_environment().get_template(name), page(summary) | more):
        text = breaks + piece if found.tell() else piece.lstrip()
        words = text.rstrip("\n")
        breaks = text[len(words) :]
        found.write(_GAP.sub("\n\n", words).encode("utf-8"))
    found.write(b"\n")
    return found.getvalue()


def plain(text: str) -> str:
    """One line of Markdown that shows exactly this text, with controls made visible."""
    shown = _ACTIVE.sub(r"\\\g<0>", visible(text))
    return _STARTS.sub(r"\1\3\\\2\4", _ADDRESS.sub(r"\\\g<0>", shown))


@cache
def _environment() -> Environment:
    found = environment(_gate)
    found.filters |= {"lines": _lines, "autolink": _autolink, "paragraphs": _paragraphs}
    return found


def _gate(value: Any) -> Any:
    return Markup(plain(value)) if isinstance(value, str) and not isinstance(value, Markup) else value  # noqa: S704


def _paragraphs(text: str) -> Markup:
    """Lines as paragraphs of their own."""
    return Markup("\n\n").join(_lines(line, "") for line in text.split("\n") if line.strip())


def _autolink(url: str) -> Markup:
    return Markup(f"<{url}>") if link(url) else Markup(plain(url))  # noqa: S704 - both are safe Markdown


def _lines(text: str, prefix: str = "  ") -> Markup:
    """Several lines with hard breaks, each begun with `prefix` so that it stays in its list or quotation."""
    lines = [plain(line.strip()) for line in visible(text, lines=True).split("\n") if line.strip()]
    return Markup(f"\\\n{prefix}".join(lines))  # noqa: S704 - every line went through `plain`
