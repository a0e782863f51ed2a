"""Evidence on the screen: attach a link, a file or a page; withdraw, open, copy, comment."""

import os
import re
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
    if claim is None or not desk.open_to("evidence.attached"):
        return
    links = links_in(pasted)
    link, words = (links[0], "") if links else ("", pasted.strip())
    latest = desk.drafts.latest(f"{claim.id}.evidence")
    draft = _draft_of(claim, link or words[:60]) if link or words else latest or _draft_of(claim)

    def submit(answers: Answers) -> bool:
        if answers["how"] == "fetch":
            _fetch(desk, claim, answers)
            return False
        return attach(desk, claim, answers)

    def taken(text: str) -> bool:
        """Another link pasted over the one that is there begins anew, with what was written for that one kept."""
        box, found = desk.box, links_in(text)
        there = box.answers["what"]
        fresh = bool(found and there) and found[0] != there and box.blanks[box.active].id == "what"
        if fresh:
            evidence(desk, text)
        return fresh

    stances = tuple((str(each), desk.say(f"stance.{each}")) for each in Stance)
    ways = (("link", desk.say("tui.link_only")), ("fetch", desk.say("tui.fetch_now")))
    blanks = (
        Words("what", desk.say("tui.what"), hint=desk.say("tui.what_hint"), whole=True),
        Words("quote", desk.say("tui.quote"), hint=desk.say("tui.optional")),
        Choice("stance", desk.say("tui.stance"), stances),
        Words("note", desk.say("tui.note"), hint=desk.say("tui.optional")),
        Choice("how", desk.say("tui.how"), ways),
    )
    title = desk.say("tui.evidence_for", claim=claim.id)
    desk.ask(Question("evidence", title, blanks, submit, draft=draft, pasted=taken))
    new = {"what": link} if link else {"quote": " ".join(words.split())} if words else {}
    desk.box.fill({name: text for name, text in new.items() if not desk.box.answers[name]})
    _say_of_paste(desk, links, latest if pasted and latest != draft else "")


def _draft_of(claim: Claim, pasted: str = "") -> str:
    """The name of the draft: what is pasted has its own, so that no words go to another page."""
    return f"{claim.id}.evidence {pasted}".strip()


def _say_of_paste(desk: Desk, links: list[str], kept: str) -> None:
    """Say which of several links was taken, and that words for another link are kept."""
    if len(links) > 1:
        desk.remark(desk.say("tui.first_link", number=len(links)), "warn")
    elif kept and len(desk.drafts[kept]) > 1:
        desk.remark(desk.say("tui.draft_kept", link=kept.partition(" ")[2] or "e"), "active")
    else:
        return
    desk.lay_out()


_BARE = re.compile(r"(?i)(?:www\.\S+\.\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*)")


def link_of(word: str) -> str:
    """The web address that a word is, with https:// where the scheme was left out; "" when it is none."""
    if word.startswith(("http://", "https://")):
        return word
    return f"https://{word}" if _BARE.fullmatch(word) and not Path(word).exists() else ""


def links_in(text: str) -> list[str]:
    """The web addresses of a text that holds nothing else."""
    found = [link_of(word) for word in text.split()]
    return found if all(found) else []


def attach(desk: Desk, claim: Claim, answers: Answers) -> bool:
    """Attach what the box says."""
    written = answers["what"].strip()
    what = link_of(written) or written
    named = what if link_of(what) or (what[:1] == "K" and what[1:].isdigit()) else Path(what).expanduser()

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
    return desk.perform(act)


def _fetch(desk: Desk, claim: Claim, answers: Answers) -> None:
    """Fetch the page beside the screen; the box stays, and gets the capture and its nearest sentence."""
    folder, by, lang = desk.case.folder, desk.case.by, desk.lang
    question = desk.box.question
    what = answers["what"].strip()
    named = resolve("allow_addresses", environ=desk.environ).value
    allow = [each.strip() for each in named.split(",") if each.strip()]
    desk.remark(desk.say("tui.fetching"), "active")
    desk.lay_out()

    def work() -> None:
        case = Case.open(folder, by=by, lang=lang)  # the index belongs to one thread
        try:
            capture = case.capture(link_of(what) or what, allow=allow)
            near = case.nearest_sentences(capture, claim.id)
            desk.app.call_from_thread(_fetched, desk, question, capture, near[0].exact if near else "")
        except (FactcheckError, OSError) as error:
            desk.app.call_from_thread(desk.complain, error)
        finally:
            case.close()

    desk.run_worker(work, thread=True, exclusive=True)


def _fetched(desk: Desk, question: Question | None, capture: Capture, sentence: str) -> None:
    desk.case.refresh()
    said = desk.say("tui.fetched", capture=capture.id, outcome=capture.outcome)
    desk.remark(said, "good" if capture.outcome == "ok" else "warn")
    if desk.box.question is question:
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
