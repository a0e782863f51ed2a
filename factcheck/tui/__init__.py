"""The desk in a terminal: draw, ask, one call through the door; no rules."""

import gc
from collections.abc import Mapping

from factcheck.case import Case

__all__ = ["BROWSER", "run"]

BROWSER = "factcheck.tui.browser:BrowserDriver"
"""What TEXTUAL_DRIVER names in a reviewer that `factcheck serve` has started."""


def run(
    case: Case,
    *,
    lang: str = "",
    environ: Mapping[str, str],
    plain: bool = False,
    theme: str = "dark",
    colour: bool = True,
    ascii: bool = False,
) -> int:
    """Open the review screen on a case and stay until it is left; gives the exit status.

    The person is the case's; when it has none, the screen asks once and remembers the answer for `environ`.
    `plain`: the same desk by lines, on stdout and stdin. `ascii` writes the desk's own glyphs in ASCII; without
    `colour` no theme counts.
    """
    case.defers_signing = True
    if plain:
        from factcheck.tui.linear import converse

        status = converse(case, lang or case.lang, environ)
    else:
        from factcheck.tui.app import DeskApp
        from factcheck.tui.ink import wear

        wear(theme, colour=colour, ascii=ascii)
        app = DeskApp(case, lang or case.lang, environ)
        gc.freeze()  # all that is loaded by now stays: no key waits until it has been searched for garbage
        status = app.run() or app.return_code or 0
    case.keep_work()
    return status
