"""Evidence on the screen: withdraw, open, copy, comment."""

import sys
from urllib.parse import urlsplit

from factcheck.model import Evidence
from factcheck.tui.attaching import link_of
from factcheck.tui.clipboard import put
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.rows import row, wrapped


def chosen(desk: Desk) -> Evidence | None:
    """The evidence that is chosen in its pane, else the latest."""
    live = desk.claim.live_evidence if desk.claim else ()
    return live[min(desk.evidence, len(live) - 1)] if live else None


def withdraw(desk: Desk) -> None:
    """E: take evidence back; a verdict that relies on it reopens."""
    found, claim = chosen(desk), desk.claim
    if found is None or claim is None:
        desk.remark(desk.say("tui.no_evidence_yet"), "warn")
        desk.lay_out()
        return

    def submit(answers: Answers) -> bool:
        return desk.perform(
            lambda: desk.case.withdraw(found.id, because=answers["because"], at=claim.version)
        )

    blank = Words("because", desk.say("tui.because"), hint=desk.say("tui.optional"))
    title = desk.say("tui.withdraw", evidence=found.id)
    relied = claim.verdict is not None and found.id in claim.verdict.evidence
    desk.ask(Question("withdraw", title, (blank,), submit, shown=desk.falls(relied)))


def open_link(desk: Desk) -> None:
    """o: the chosen link, else the first one: open it if its host is the right one; without a browser, copy it."""
    found, live = chosen(desk), desk.claim.live_evidence if desk.claim else ()
    here = (found,) if found and desk.evidence >= 0 else ()
    target = next((each.url for each in (*here, *live) if link_of(each.url)), "")
    if not target:
        desk.remark(desk.say("tui.no_link"), "warn")
    elif _has_browser(desk) and (host := host_of(target)):
        _ask_to_open(desk, target, host)
        return
    else:
        _copy_link(desk, target)
    desk.lay_out()


def _has_browser(desk: Desk) -> bool:
    """True where a link can be looked at: in the browser that shows the desk itself, else on a graphical screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY")
    return desk.app.is_web or sys.platform == "darwin" or any(desk.environ.get(name) for name in names)


def host_of(url: str) -> str:
    """The host as a browser takes it out of an address, with its form for the name server where that is another; or ""."""
    try:
        host = urlsplit(url.replace("\\", "/")).hostname or ""
        asked = host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    return host if host == asked else f"{host} ({asked})"


def _ask_to_open(desk: Desk, target: str, host: str) -> None:
    """Where the desk is shown in a browser, that browser opens the link; nothing is opened where the desk runs."""

    def submit(answers: Answers) -> bool:
        if answers["how"] == "copy":
            _copy_link(desk, target)
        else:
            desk.app.open_url(target)
            desk.remark(desk.say("tui.opened", url=target))
        return True

    ways = (("open", desk.say("action.open")), ("copy", desk.say("action.copy")))
    shown = tuple(wrapped(target, max(desk.size.width - 1, 20), "dim", first=row("  "), most=3))
    blanks = (Choice("how", "", ways),)
    desk.ask(Question("open", desk.say("tui.open_at", host=host), blanks, submit, instant=True, shown=shown))


def _copy_link(desk: Desk, target: str) -> None:
    put(desk.app, target, desk.environ)
    desk.remark(desk.say("tui.copied", what=target))


def copy(desk: Desk) -> None:
    """y: the statement, or the chosen evidence, to the clipboard."""
    claim = desk.claim
    if claim is None:
        return
    found = chosen(desk) if desk.pane == "side" else None
    words = "\n".join(filter(None, (found.quote, found.url))) if found else f"{claim.id} {claim.statement}"
    put(desk.app, words, desk.environ)
    desk.remark(desk.say("tui.copied", what=found.id if found else claim.id))
    desk.lay_out()


def comment(desk: Desk) -> None:
    """c: leave a remark on the claim."""
    claim = desk.claim
    if claim is None:
        return

    def submit(answers: Answers) -> bool:
        return desk.perform(lambda: desk.case.note(claim.id, answers["text"]))

    title = desk.say("tui.comment", claim=claim.id)
    desk.ask(Question("comment", title, (Words("text", ""),), submit, draft=f"{claim.id}.comment"))
