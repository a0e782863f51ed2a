"""G: extract the open claim's source again, with today's rules and packs and with the readings people have decided."""

from factcheck.events import bodies
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question


def extract(desk: Desk) -> None:
    """Ask first, for the newest version of the source: other suggestions may come and untouched ones go; what a person has touched stays."""
    claim = desk.claim
    sources = desk.case.sources()
    if not sources:
        return
    newer = {each.id: each.replaced_by for each in sources}
    source = claim.mentions[0].source if claim else sources[-1].id
    while newer.get(source):
        source = newer[source]

    def submit(_answers: Answers) -> bool:
        known = len(desk.case.notices)
        done = desk.perform(lambda: desk.case.reextract(source))
        if done:
            desk.reload()
            desk.remark(_told(desk, source))
            desk.tell(desk.case.notices[known:])
        return done

    yes = Choice("sure", "", (("yes", desk.say("action.extract")),), 0)
    desk.ask(Question("extract", desk.say("tui.extract_again", source=source), (yes,), submit, instant=True))


def _told(desk: Desk, source: str) -> str:
    done = desk.case.recorded
    if not done or not isinstance(body := done[0].body, bodies.SourceExtracted):
        return desk.say("tui.extracted_same", source=source)
    gone = sum(name.startswith("C") for name in body.superseded or ())
    return desk.say("tui.extracted_again", source=source, new=body.count, kept=body.kept or 0, gone=gone)
