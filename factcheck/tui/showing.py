"""Evidence on the screen: withdraw, open, copy, comment."""

import os
import sys

from factcheck.model import Evidence
from factcheck.tui.attaching import link_of
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Question, Words
from factcheck.visible import visible


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
    """o: open the chosen link, else the first one, in a browser; where there is none it goes to the clipboard."""
    found, live = chosen(desk), desk.claim.live_evidence if desk.claim else ()
    here = (found,) if found and desk.evidence >= 0 else ()
    target = next((each.url for each in (*here, *live) if link_of(each.url)), "")
    if not target:
        desk.remark(desk.say("tui.no_link"), "warn")
    elif sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        desk.app.open_url(target)
        desk.remark(desk.say("tui.opened", url=target))
    else:
        desk.app.copy_to_clipboard(visible(target))
        desk.remark(desk.say("tui.copied", what=target))
    desk.lay_out()


def copy(desk: Desk) -> None:
    """y: the statement, or the chosen evidence, to the clipboard (OSC 52)."""
    claim = desk.claim
    if claim is None:
        return
    found = chosen(desk) if desk.pane == "side" else None
    words = "\n".join(filter(None, (found.quote, found.url))) if found else f"{claim.id} {claim.statement}"
    desk.app.copy_to_clipboard(visible(words, lines=True))
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
