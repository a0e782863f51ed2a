"""Sources on the screen: take a document in, say when it was said, ask a proposer what else could be checked."""

from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case import Case
from factcheck.case.bulk import Gathered
from factcheck.events import Event, proposing
from factcheck.model import Source
from factcheck.tui.attaching import beside
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words

if TYPE_CHECKING:
    from factcheck.case.importing import Imported
    from factcheck.case.proposing import Proposer


def ingest(desk: Desk) -> None:
    """I: add a document to the case, with its suggestions; reading it goes on beside the screen."""

    def submit(answers: Answers) -> bool:
        file = answers["file"].strip()
        if not file:
            desk.remark(desk.say("tui.file_first"), "warn")
            desk.lay_out()
            return False
        desk.remark(desk.say("tui.reading_in", file=file), "active")
        title, date = answers["title"].strip(), answers["date"].strip()
        path = Path(file).expanduser()
        said: list[str] = []

        def work(case: Case) -> "Source | Imported | Gathered":
            known = len(case.notices)
            found = taken_in(case)
            said.extend(case.notices[known:])
            return found

        def taken_in(case: Case) -> "Source | Imported | Gathered":
            if path.is_dir() and not title:
                return case.ingest_folder(path, date=date)
            if case.holds_checks(path):
                return case.import_checks(path, title=title)
            return case.ingest(path, title=title, date=date)

        beside(desk, work, lambda found: _taken_in(desk, found, said))
        return True

    blanks = (
        Words("file", desk.say("tui.file"), hint=desk.say("tui.file_hint")),
        Words("title", desk.say("tui.source_title"), hint=desk.say("tui.optional")),
        Words("date", desk.say("tui.source_date"), hint=desk.say("tui.date_hint")),
    )
    desk.ask(Question("ingest", desk.say("tui.ingest"), blanks, submit, draft="ingest"))


def _taken_in(desk: Desk, found: "Source | Imported | Gathered", said: list[str]) -> None:
    desk.case.refresh()
    desk.reload()
    desk.tell(said)
    if isinstance(found, Source):
        desk.remark(desk.say("tui.taken_in", source=found.id, number=found.count))
        return
    if isinstance(found, Gathered):
        desk.remark(found.told(desk.lang), "warn" if found.failed else "good")
        return
    counts = {"new": len(found.claims), "known": found.known, "skipped": len(found.skipped)}
    desk.remark(desk.say("cli.imported", source=found.source or "-", **counts))


def source_here(desk: Desk) -> str:
    """The source of the open mention; without a claim the newest; "" where there is none."""
    if desk.claim:
        return desk.claim.mentions[desk.mention].source
    return next((each.id for each in reversed(desk.case.sources())), "")


def date(desk: Desk) -> None:
    """L: when the source was said or written; times such as 去年 hang on it."""
    source = source_here(desk)
    if not source:
        return
    now = desk.case.source(source).date

    def submit(answers: Answers) -> bool:
        return desk.perform(lambda: desk.case.date(source, answers["date"].strip()))

    blank = Words("date", desk.say("tui.source_date"), now, hint=desk.say("tui.date_hint"))
    desk.ask(Question("date", desk.say("tui.date", source=source), (blank,), submit))


def propose(desk: Desk) -> None:
    """P: ask a language model what else could be checked; off unless its endpoint is set up."""
    from factcheck.case.proposing import configured

    source = source_here(desk)
    found: list[Proposer] = []
    if not source or not desk.perform(lambda: found.append(configured(desk.environ))):
        return
    proposer = found[0]

    def submit(_answers: Answers) -> bool:
        desk.remark(desk.say("tui.proposing", host=proposer.host), "active")

        def work(case: Case) -> tuple[Event, ...]:
            return case.propose(source, proposer)

        beside(desk, work, lambda events: _proposed(desk, source, events))
        return True

    yes = Choice("sure", "", (("yes", desk.say("action.propose")),), 0)
    title = desk.say("tui.propose", source=source, host=proposer.host)
    desk.ask(Question("propose", title, (yes,), submit, instant=True))


def _proposed(desk: Desk, source: str, events: tuple[Event, ...]) -> None:
    desk.case.refresh()
    desk.reload()
    body = events[0].body if events else None
    number = body.count if isinstance(body, proposing.SourceProposed) else 0
    desk.remark(desk.say("tui.proposed_now", source=source, number=number))
