"""The report for printers and file rooms: the same page as report.html, set as a tagged PDF."""

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib.metadata import version
from typing import Any, Final, NoReturn

from factcheck.errors import Refused
from factcheck.export.html import html
from factcheck.export.pages import template, wording
from factcheck.export.summary import Summary

_INSTALL: Final = "pip install 'factcheck-desk[docs]'"
_FONTS: Final = "install a font that has them (Debian: apt-get install fonts-noto-cjk), or export html"


def pdf(summary: Summary) -> bytes:
    """Write report.pdf (PDF/UA-1). Refused without WeasyPrint, and without fonts for the letters of the report.

    The date in it is the summary's and its identifier follows from the page, so that one machine gives the same bytes
    whenever it is asked. A few characters that no font here has are written as ⟨U+1F600⟩, never as a box.
    """
    weasyprint = _weasyprint()
    page = html(summary).decode("utf-8")
    data, missing = _set(weasyprint, page, summary)
    if not missing:
        return data
    _demand_fonts(page, missing)
    named = page.translate({ord(each): f"⟨U+{ord(each):04X}⟩" for each in missing})
    return _set(weasyprint, named, summary)[0]


def maker() -> str:
    """What sets the pages besides us."""
    return f"weasyprint {version('weasyprint')}"


def _weasyprint() -> Any:
    try:
        with redirect_stdout(io.StringIO()):  # where Pango is missing it prints so, and stdout is data
            import weasyprint
    except ImportError as error:
        raise Refused("a PDF is set by WeasyPrint, which is not installed.", remedy=_INSTALL) from error
    except OSError as error:
        raise Refused(
            "WeasyPrint is installed, but the system library Pango, which it draws with, is not here.",
            remedy="Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango",
        ) from error
    return weasyprint


def _set(weasyprint: Any, page: str, summary: Summary) -> tuple[bytes, set[str]]:
    """The pages, and the characters that no font here has."""
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheet = weasyprint.CSS(string=_style(summary), font_config=fonts, url_fetcher=_refused)
    with _undrawn() as missing:
        document = weasyprint.HTML(string=page, url_fetcher=_refused).render(
            stylesheets=[sheet], font_config=fonts
        )
        about = document.metadata
        about.created = about.modified = f"{summary.time[:19]}Z"
        about.generator = summary.renderer
        about.authors = [summary.publisher.name] if summary.publisher.name else []
        identifier = hashlib.sha256(page.encode("utf-8")).digest()[:16].hex().encode("ascii")
        data = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return data, missing


def _style(summary: Summary) -> str:
    """What paper needs besides report.css: its size, and DRAFT on every page."""
    size = {"Letter": "letter"}.get(summary.template.paper, "A4")
    draft = wording(summary.lang)("draft_banner") if summary.draft else ""
    return template("pdf.css").replace("PAPER", size).replace("BANNER", draft)


def _refused(url: str, *_: Any, **__: Any) -> NoReturn:
    """The page names nothing to fetch; whatever tries gets nothing, neither from the network nor from a disk."""
    raise ValueError(f"nothing is fetched for a report: {url}")


@contextmanager
def _undrawn() -> Iterator[set[str]]:
    """The characters that no font has, as WeasyPrint's log names them meanwhile."""
    found: set[str] = set()
    log, listener = logging.getLogger("weasyprint"), _Listener(found)
    log.addHandler(listener)
    try:
        yield found
    finally:
        log.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self, found: set[str]) -> None:
        super().__init__(logging.WARNING)
        self.found = found

    def emit(self, record: logging.LogRecord) -> None:
        """WeasyPrint logs the character and its code for each that is set as .notdef."""
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.found.add(str(record.args[0]))


def _demand_fonts(page: str, missing: set[str]) -> None:
    """Refuse a report of which nobody could read the words, for want of a font for their script."""
    letters = {each for each in page if each.isalpha() and not each.isascii()}
    gone = letters & missing
    if len(gone) * 10 > len(letters):
        seen = "".join(sorted(gone)[:8])
        raise Refused(
            f"no font here has {len(gone)} of the {len(letters)} letters of this report beyond ASCII.",
            seen=seen,
            remedy=_FONTS,
        )
