"""Evidence from a paste: the page is fetched beside the screen, its best sentence offered, and Enter attaches it."""

import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.worker import get_current_worker

from factcheck.case import Case
from factcheck.config import resolve
from factcheck.errors import FactcheckError
from factcheck.evidence.watch import Watch
from factcheck.model import LONGEST_TEXT, Capture, Claim, Evidence, Stance, too_long
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.rows import Row, run, wrapped

if TYPE_CHECKING:
    from factcheck.match.anchor import Anchor

T = TypeVar("T")
DEADLINE = 30.0
"""Seconds until a page that does not come is given up."""
OFFERED = 4
"""Sentences of a page that are offered, the best first."""


def evidence(desk: Desk, pasted: str = "") -> None:
    """e, or a paste: what was looked at, the words that count, and which side it takes."""
    claim = desk.claim
    if claim is None or not desk.open_to("evidence.attached"):
        return
    seen = len(pasted)
    pasted = pasted if seen <= LONGEST_TEXT else ""
    links = links_in(pasted)
    link, words = (links[0], "") if links else ("", pasted.strip())
    latest = desk.drafts.latest(f"{claim.id}.evidence")
    draft = _draft_of(claim, link or words[:60]) if link or words else latest or _draft_of(claim)

    def submit(answers: Answers) -> bool:
        if desk.fetching is not None:
            return False
        if answers["how"] == "fetch" and link_of(answers["what"].strip()):
            _fetch(desk, claim, answers, draft)
            return False
        return attach(desk, claim, answers)

    def taken(text: str) -> bool:
        """Another link pasted over the one that is there begins anew, with what was written for that one kept."""
        box, found = desk.box, links_in(text) if len(text) <= LONGEST_TEXT else []
        there = box.answers["what"]
        fresh = bool(found and there) and found[0] != there and box.blanks[box.active].id == "what"
        if fresh:
            evidence(desk, text)
        return fresh

    ways = (("fetch", desk.say("tui.fetch_now")), ("link", desk.say("tui.link_only")))
    blanks = (
        Words("what", desk.say("tui.what"), hint=desk.say("tui.what_hint"), whole=True),
        Words("quote", desk.say("tui.quote"), hint=desk.say("tui.optional")),
        _stances(desk),
        Words("note", desk.say("tui.note"), hint=desk.say("tui.optional")),
        Choice("how", desk.say("tui.how"), ways),
    )
    title = desk.say("tui.evidence_for", claim=claim.id)
    desk.ask(Question("evidence", title, blanks, submit, draft=draft, pasted=taken))
    new = {"what": link} if link else {"quote": " ".join(words.split())} if words else {}
    desk.box.fill({name: text for name, text in new.items() if not desk.box.answers[name]})
    _say_of_paste(desk, links, latest if pasted and latest != draft else "")
    if seen > LONGEST_TEXT:
        desk.complain(too_long(desk.say("tui.quote"), seen, claim.id))


def _stances(desk: Desk, chosen: str = "") -> Choice:
    options = tuple((str(each), desk.say(f"stance.{each}")) for each in Stance)
    return Choice(
        "stance", desk.say("tui.stance"), options, list(Stance).index(Stance(chosen)) if chosen else 0
    )


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
    return f"https://{word}" if _BARE.fullmatch(word) and not os.path.exists(word) else ""  # noqa: PTH110 (a Path raises where it is too long)


def links_in(text: str) -> list[str]:
    """The web addresses of a text that holds nothing else."""
    found = [link_of(word) for word in text.split()]
    return found if all(found) else []


def attach(desk: Desk, claim: Claim, answers: Answers) -> bool:
    """Attach what the box says."""
    written = answers["what"].strip()
    what = link_of(written) or written
    named = what if link_of(what) or (what[:1] == "K" and what[1:].isdigit()) else Path(what).expanduser()
    if not what:
        desk.remark(desk.say("tui.what_hint"), "warn")
        desk.lay_out()
        return False
    return desk.perform(lambda: _attach(desk, claim, named, answers))


def _attach(
    desk: Desk, claim: Claim, what: Path | str, answers: Answers, *, manual: bool = False
) -> Evidence:
    return desk.case.attach(
        claim.id,
        what,
        quote=answers["quote"].strip(),
        stance=answers["stance"],
        note=answers["note"].strip(),
        manual=manual,
        at=claim.version,
    )


# -- a page, fetched beside the screen -------------------------------------------------------------


def allowed(desk: Desk) -> list[str]:
    """The non-public addresses that somebody allowed by name."""
    named = resolve("allow_addresses", environ=desk.environ).value
    return [each.strip() for each in named.split(",") if each.strip()]


def beside(
    desk: Desk,
    work: Callable[[Case], T],
    then: Callable[[T], None],
    *,
    group: str = "default",
    calm: float = 0.0,
    otherwise: Callable[[Exception], None] | None = None,
) -> None:
    """Do something slow on a case of its own (the index belongs to one thread), and go on with what came of it.

    Of one `group` only what was asked for last is still wanted: what is overtaken within `calm` seconds never begins.
    What went wrong goes to `otherwise`; the desk itself complains where there is nobody else to tell.
    """

    def run_() -> None:
        case: Case | None = None
        if calm:
            time.sleep(calm)
            if get_current_worker().is_cancelled:
                return
        try:
            case = desk.case.another()
            case.refresh()
            found = work(case)
            desk.app.call_from_thread(then, found)
        except (FactcheckError, OSError) as error:
            desk.app.call_from_thread(otherwise or desk.complain, error)
        finally:
            if case is not None:
                case.close()

    desk.run_worker(run_, thread=True, exclusive=True, group=group)


def _fetch(desk: Desk, claim: Claim, answers: Answers, draft: str) -> None:
    """Fetch the page; the box stays until it has come, and Esc gives it up."""
    what = answers["what"].strip()

    def came(size: int, total: int | None) -> None:
        desk.app.call_from_thread(_coming, desk, size, total)

    stop(desk)
    desk.fetching = Watch(DEADLINE, progress=_now_and_then(came))
    watch = desk.fetching
    desk.remark(desk.say("tui.fetching"), "active")
    desk.lay_out()

    def work(case: Case) -> "tuple[Capture, list[Anchor]]":
        capture = case.capture(link_of(what) or what, allow=allowed(desk), watch=watch)
        return capture, case.nearest_sentences(capture, claim.id)[:OFFERED]

    beside(desk, work, partial(_fetched, desk, claim, desk.box.question, draft))


def _now_and_then(tell: Callable[[int, int | None], None]) -> Callable[[int, int | None], None]:
    """Say how far it is each time as much again has come: the screen is not painted for every packet."""
    told = 64_000

    def progress(size: int, total: int | None) -> None:
        nonlocal told
        if size >= told:
            told = size * 2
            tell(size, total)

    return progress


def _coming(desk: Desk, size: int, total: int | None) -> None:
    whole = f" / {total / 1e6:.1f}" if total else ""
    desk.remark(desk.say("tui.fetched_so_far", size=f"{size / 1e6:.1f}{whole} MB"), "active")
    desk.lay_out()


def stop(desk: Desk) -> None:
    """Give up a page that is still coming."""
    if desk.fetching is not None:
        desk.fetching.cancel()
        desk.fetching = None


def _fetched(
    desk: Desk, claim: Claim, question: Question | None, draft: str, found: "tuple[Capture, list[Anchor]]"
) -> None:
    capture, near = found
    desk.fetching = None
    desk.case.refresh()
    key = "tui.fetched" if capture.path else "tui.not_had"
    said = desk.say(key, capture=capture.id, outcome=capture.outcome)
    desk.remark(said, "good" if capture.outcome == "ok" else "warn")
    if desk.box.question is question:
        if capture.path:
            _ask_for_words(desk, claim, Offer(capture, near), desk.box.answers, draft)
        else:
            desk.box.fill({"how": "link"})
    desk.lay_out()


@dataclass(frozen=True, slots=True)
class Offer:
    """A capture and the sentences of it that come nearest to the claim, the best first."""

    capture: Capture
    near: "Sequence[Anchor]"

    def words(self, answers: Answers) -> str:
        """What is quoted: words that were written, else the sentence that is chosen."""
        chosen = answers.get("sentence", "")
        return answers["quote"].strip() or (self.near[int(chosen) - 1].exact if chosen.isdigit() else "")


def _ask_for_words(desk: Desk, claim: Claim, offer: Offer, before: Answers, draft: str) -> None:
    """Enter takes the best sentence; a digit another one; words that are written go before both."""
    capture, silent = offer.capture, offer.capture.page.little

    def submit(answers: Answers) -> bool:
        said = {**answers, "quote": offer.words(answers)}
        manual = silent and bool(said["quote"])
        done = desk.perform(lambda: _attach(desk, claim, capture.id, said, manual=manual))
        if done:
            desk.drafts.drop(draft)
        return done

    none = (("none", desk.say("tui.no_sentence")),)
    options = tuple((str(n), "") for n in range(1, len(offer.near) + 1)) + none
    choice = (Choice("sentence", desk.say("tui.which_sentence"), options),) if offer.near else ()
    blanks = (
        *choice,
        Words("quote", desk.say("tui.quote"), before.get("quote", ""), hint=desk.say("tui.instead_words")),
        _stances(desk, before.get("stance", "")),
        Words("note", desk.say("tui.note"), before.get("note", ""), hint=desk.say("tui.optional")),
    )
    title = desk.say("tui.quote_of", capture=capture.id, title=capture.title[:60] or capture.address[:60])
    if silent:
        desk.remark(desk.say("tui.little_text", capture=capture.id), "warn")
    desk.ask(
        Question(
            "words",
            title,
            blanks,
            submit,
            about=partial(_sentences, desk, offer),
            draft=f"{claim.id}.words {capture.id}",
        )
    )


def _sentences(desk: Desk, offer: Offer, answers: Answers) -> list[Row]:
    """The sentences that are offered; the one that Enter takes is marked."""
    columns = max(desk.box.size.width - 2, 20)
    rows: list[Row] = []
    for number, each in enumerate(offer.near, start=1):
        taken = answers.get("sentence") == str(number) and not answers["quote"].strip()
        first = (run(f" {'▸' if taken else ' '}", "accent"), run(f"{number} ", "key"))
        rows += wrapped(
            " ".join(each.exact.split()), columns, "field said" if taken else "dim said", first=first, most=3
        )
    return rows
