"""Evidence on the screen: attach a link, a file or a page; withdraw, open, copy, comment."""

import os
import sys
from pathlib import Path

from factcheck.case import Case
from factcheck.config import resolve
from factcheck.errors import FactcheckError
from factcheck.model import Capture, Claim, Evidence, Stance
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.visible import visible


def evidence(desk: Desk, pasted: str = "") -> None:
    """e, or a paste: what was looked at, the words that count, and which side it takes."""
    claim = desk.claim
    if claim is None:
        return
    words = pasted.strip()
    link = words if _is_link(words) else ""

    def submit(answers: Answers) -> bool:
        if answers["how"] == "fetch":
            _fetch(desk, claim, answers)
            return False
        return attach(desk, claim, answers)

    stances = tuple((str(each), desk.say(f"stance.{each}")) for each in Stance)
    ways = (("link", desk.say("tui.link_only")), ("fetch", desk.say("tui.fetch_now")))
    blanks = (
        Words("what", desk.say("tui.what"), link, hint=desk.say("tui.what_hint"), whole=True),
        Words("quote", desk.say("tui.quote"), "" if link else words, hint=desk.say("tui.optional")),
        Choice("stance", desk.say("tui.stance"), stances),
        Words("note", desk.say("tui.note"), hint=desk.say("tui.optional")),
        Choice("how", desk.say("tui.how"), ways),
    )
    title = desk.say("tui.evidence_for", claim=claim.id)
    question = Question("evidence", title, blanks, submit, draft=f"{claim.id}.evidence")
    desk.ask(question)
    if link:
        desk.box.fill({"what": link})


def _is_link(words: str) -> bool:
    return words.startswith(("http://", "https://")) and len(words.split()) == 1


def attach(desk: Desk, claim: Claim, answers: Answers) -> bool:
    """Attach what the box says."""
    what = answers["what"].strip()
    named = what if _is_link(what) or (what[:1] == "K" and what[1:].isdigit()) else Path(what).expanduser()

    def act() -> Evidence:
        return desk.case.attach(
            claim.id,
            named,
            quote=answers["quote"].strip(),
            stance=answers["stance"],
            note=answers["note"].strip(),
            at=claim.version,
        )

    if not what:
        desk.remark(desk.say("tui.what_hint"), "warn")
        desk.lay_out()
        return False
    done = desk.perform(act)
    if done:
        desk.drafts.drop(f"{claim.id}.evidence")
    return done


def _fetch(desk: Desk, claim: Claim, answers: Answers) -> None:
    """Fetch the page beside the screen; the box stays, and gets the capture and its nearest sentence."""
    folder, by, lang = desk.case.folder, desk.case.by, desk.lang
    named = resolve("allow_addresses", environ=desk.environ).value
    allow = [each.strip() for each in named.split(",") if each.strip()]
    desk.remark(desk.say("tui.fetching"), "active")
    desk.lay_out()

    def work() -> None:
        case = Case.open(folder, by=by, lang=lang)  # the index belongs to one thread
        try:
            capture = case.capture(answers["what"].strip(), allow=allow)
            near = case.nearest_sentences(capture, claim.id)
            desk.app.call_from_thread(_fetched, desk, capture, near[0].exact if near else "")
        except (FactcheckError, OSError) as error:
            desk.app.call_from_thread(desk.complain, error)
        finally:
            case.close()

    desk.run_worker(work, thread=True, exclusive=True)


def _fetched(desk: Desk, capture: Capture, sentence: str) -> None:
    desk.case.refresh()
    said = desk.say("tui.fetched", capture=capture.id, outcome=capture.outcome)
    desk.remark(said, "good" if capture.outcome == "ok" else "warn")
    kept = desk.box.answers.get("quote", "")
    desk.box.fill({"what": capture.id, "quote": kept or sentence, "how": "link"})
    desk.lay_out()


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
    desk.ask(Question("withdraw", desk.say("tui.withdraw", evidence=found.id), (blank,), submit))


def open_link(desk: Desk) -> None:
    """o: open the evidence in a browser; where there is none its address goes to the clipboard."""
    found = chosen(desk)
    target = found.url if found else ""
    if not _is_link(target):
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
