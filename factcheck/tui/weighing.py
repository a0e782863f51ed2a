"""Evidence weighed on the screen: its grade, its origin, the place of its words, who else has the bytes."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import TYPE_CHECKING

from factcheck.model import Claim, Evidence, Grade
from factcheck.tui.attaching import allowed, beside
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.showing import chosen

if TYPE_CHECKING:
    from factcheck.case.rechecking import Rechecked

Asked = Callable[[Desk, Claim, Evidence], None]


def _about_chosen(ask: Asked) -> Callable[[Desk], None]:
    """An act on the chosen evidence; without any the desk says so."""

    @wraps(ask)
    def act(desk: Desk) -> None:
        found, claim = chosen(desk), desk.claim
        if found is not None and claim is not None:
            ask(desk, claim, found)
            return
        desk.remark(desk.say("tui.no_evidence_yet"), "warn")
        desk.lay_out()

    return act


@_about_chosen
def grade(desk: Desk, claim: Claim, found: Evidence) -> None:
    """T: how near the source is to what it tells."""

    def submit(answers: Answers) -> bool:
        worth, note = answers["grade"], answers["note"].strip()
        return desk.perform(lambda: desk.case.grade(found.id, worth, note=note, at=claim.version))

    options = tuple((str(each), desk.say(f"grade.{each}")) for each in Grade)
    now = list(Grade).index(Grade(found.grade)) if found.grade else 0
    blanks = (
        Choice("grade", "", options, now),
        Words("note", desk.say("tui.note"), hint=desk.say("tui.optional")),
    )
    desk.ask(Question("grade", desk.say("tui.grade", evidence=found.id), blanks, submit))


@_about_chosen
def origins(desk: Desk, claim: Claim, found: Evidence) -> None:
    """O: say that pieces of evidence come from one origin, or that they do not."""
    others = [each.id for each in claim.live_evidence if each.id != found.id]

    def submit(answers: Answers) -> bool:
        act = desk.case.join if answers["as"] == "join" else desk.case.part
        named = [found.id, *answers["others"].replace(",", " ").split()]
        return desk.perform(lambda: act(*named, because=answers["because"], at=claim.version))

    ways = (("join", desk.say("tui.one_origin")), ("part", desk.say("tui.own_origins")))
    blanks = (
        Choice("as", "", ways),
        Words("others", desk.say("tui.other_evidence"), " ".join(others)),
        Words("because", desk.say("tui.because")),
    )
    title = desk.say("tui.origins", evidence=found.id)
    desk.ask(Question("origins", title, blanks, submit, draft=f"{claim.id}.origins"))


@_about_chosen
def reanchor(desk: Desk, claim: Claim, found: Evidence) -> None:
    """A: place the quotation anew."""

    def submit(answers: Answers) -> bool:
        words = answers["quote"].strip()
        return desk.perform(
            lambda: desk.case.reanchor(
                found.id,
                answers["capture"].strip(),
                quote=words if words != found.quote else "",
                because=answers["because"],
                at=claim.version,
            )
        )

    blanks = (
        Words("capture", desk.say("tui.in_capture"), found.capture, whole=True),
        Words("quote", desk.say("tui.quote"), found.quote),
        Words("because", desk.say("tui.because"), hint=desk.say("tui.optional")),
    )
    relied = claim.verdict is not None and found.id in claim.verdict.evidence
    title = desk.say("tui.reanchor", evidence=found.id)
    desk.ask(Question("reanchor", title, blanks, submit, shown=desk.falls(relied)))


@_about_chosen
def corroborate(desk: Desk, _claim: Claim, found: Evidence) -> None:
    """B: who else has the bytes."""
    if not found.capture:
        desk.remark(desk.say("tui.not_captured_yet", evidence=found.id), "warn")
        desk.lay_out()
        return

    def submit(answers: Answers) -> bool:
        url, collector, note = (answers[name].strip() for name in ("url", "collector", "note"))
        return desk.perform(
            lambda: desk.case.corroborate(found.capture, url=url, collector=collector, note=note)
        )

    blanks = (
        Words("url", desk.say("tui.copy_at"), whole=True),
        Words("collector", desk.say("tui.collector"), hint=desk.say("tui.optional")),
        Words("note", desk.say("tui.note"), hint=desk.say("tui.optional")),
    )
    title = desk.say("tui.corroborate", capture=found.capture)
    desk.ask(Question("corroborate", title, blanks, submit))


@_about_chosen
def withhold(desk: Desk, _claim: Claim, found: Evidence) -> None:
    """h: remove the bytes by order."""
    if not found.capture:
        desk.remark(desk.say("tui.not_captured_yet", evidence=found.id), "warn")
        desk.lay_out()
        return

    def submit(answers: Answers) -> bool:
        known = len(desk.case.notices)
        done = desk.perform(lambda: desk.case.withhold(found.capture, because=answers["because"]))
        if done:
            desk.tell(desk.case.notices[known:])
        return done

    title = desk.say("tui.withhold", capture=found.capture)
    desk.ask(Question("withhold", title, (Words("because", desk.say("tui.by_order")),), submit))


@_about_chosen
def recheck(desk: Desk, _claim: Claim, found: Evidence) -> None:
    """K: look at the page again, beside the screen; the verdict stays as it is."""
    if not found.url:
        desk.remark(desk.say("tui.no_link"), "warn")
        desk.lay_out()
        return
    desk.remark(desk.say("tui.rechecking", url=found.url), "active")
    desk.lay_out()
    beside(desk, lambda case: case.recheck(found.id, allow=allowed(desk)), partial(_rechecked, desk))


def _rechecked(desk: Desk, told: "Sequence[Rechecked]") -> None:
    for each in told:
        outcome = desk.say(f"recheck.{each.outcome}")
        said = desk.say("tui.rechecked", evidence=each.evidence, outcome=outcome)
        desk.remark(said, "good" if each.well else "warn")
    desk.look_again()
    desk.lay_out()
