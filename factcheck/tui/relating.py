"""l: tie the open claim to another one."""

from factcheck.model import RelationKind
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.triage import claim_ids, named


def relate(desk: Desk) -> None:
    """Which claim, how they hang together, and why."""
    claim = desk.claim
    if claim is None or not desk.open_to("claim.related"):
        return
    kinds = tuple((str(each), desk.say(f"relation.{each}")) for each in RelationKind)
    blanks = (
        Words("other", desk.say("tui.other_claim"), hint="C…"),
        Choice("kind", desk.say("tui.relation"), kinds),
        Words("why", desk.say("tui.because"), hint=desk.say("tui.optional")),
    )

    def submit(answers: Answers) -> bool:
        other = (claim_ids(answers["other"]) or [""])[0]
        return desk.perform(
            lambda: desk.case.relate(
                claim.id, other, answers["kind"], why=answers["why"].strip(), at=claim.version
            )
        )

    title = desk.say("tui.relate", claim=claim.id)
    desk.ask(Question("relate", title, blanks, submit, about=lambda answers: named(desk, answers["other"])))
