"""Evidence on the screen: withdraw, open, copy, comment."""

import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from factcheck.model import Evidence
from factcheck.tui.attaching import link_of
from factcheck.tui.clipboard import put
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.rows import run, wrapped


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
    """o: ask, with the host in sight, then open the chosen link in a browser; where there is none it is copied."""
    found, live = chosen(desk), desk.claim.live_evidence if desk.claim else ()
    here = (found,) if found and desk.evidence >= 0 else ()
    target = next((each.url for each in (*here, *live) if link_of(each.url)), "")
    if not target:
        desk.remark(desk.say("tui.no_link"), "warn")
        desk.lay_out()
        return

    def submit(answers: Answers) -> bool:
        if answers["how"] == "browser":
            desk.app.open_url(target)
            desk.remark(desk.say("tui.opened", url=target))
        else:
            put(desk.app, target, desk.environ)
            desk.remark(desk.say("tui.copied", what=target))
        desk.lay_out()
        return True

    ways = [("browser", desk.say("tui.in_browser"))] if _has_browser(desk.environ) else []
    ways.append(("copy", desk.say("tui.copy_link")))
    title = desk.say("tui.open_link", host=urlsplit(target).hostname or target[:60])
    shown = tuple(wrapped(target, max(desk.size.width - 4, 20), "dim", first=(run("  "),), most=3))
    desk.ask(Question("open", title, (Choice("how", "", tuple(ways), 0),), submit, instant=True, shown=shown))


def _has_browser(environ: Mapping[str, str]) -> bool:
    return sys.platform == "darwin" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


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
