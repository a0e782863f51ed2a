"""Sharing the work on the screen: whose a claim is, what is asked about it, what was answered, when a forecast falls due."""

from collections.abc import Callable
from functools import wraps

from factcheck.model import Claim
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.rows import Row, run, wrapped
from factcheck.tui.triage import chosen_ids, named_ids, unmark

Asked = Callable[[Desk, Claim], None]


def _about_claim(ask: Asked) -> Callable[[Desk], None]:
    """An act on the open claim; nothing where none is open."""

    @wraps(ask)
    def act(desk: Desk) -> None:
        if desk.claim is not None:
            ask(desk, desk.claim)

    return act


@_about_claim
def assign(desk: Desk, claim: Claim) -> None:
    """b: who is to look at the open claim, the marked ones, a section of its source, or all that the list shows."""
    ids = chosen_ids(desk)
    source = claim.mentions[0].source

    def submit(answers: Answers) -> bool:
        done = desk.perform(lambda: desk.case.assign(*_meant(desk, ids, source, answers), to=answers["to"]))
        if done:
            unmark(desk)
            desk.reload()
        return done

    ways = (
        ("these", named_ids(desk, ids)),
        ("section", desk.say("tui.assign_section", source=source)),
        ("list", desk.count("tui.assign_list", len(desk.pages.numbers))),
    )
    blanks = (
        Words("to", desk.say("tui.assign_to"), hint=desk.say("tui.assign_hint", names=_names(desk))),
        Choice("which", desk.say("tui.assign_which"), ways),
        Words("section", desk.say("tui.section"), hint=desk.say("tui.section_hint")),
    )
    desk.ask(Question("assign", desk.say("tui.assign", claims=named_ids(desk, ids)), blanks, submit))


def _meant(desk: Desk, ids: list[str], source: str, answers: Answers) -> list[str]:
    """The claims that an assignment is about."""
    match answers["which"]:
        case "section":
            return [f"C{number}" for number in desk.case.in_section(source, answers["section"].strip())]
        case "list":
            return [f"C{number}" for number in desk.pages.numbers]
        case _:
            return ids


def _names(desk: Desk) -> str:
    """The members who may be named, a few of them."""
    members = [each.name for each in desk.case.info.members if not each.revoked]
    return ", ".join(members[:6]) or desk.case.by or "reviewer-2"


@_about_claim
def ask(desk: Desk, claim: Claim) -> None:
    """Q: ask something about the claim: anybody at the desk, a colleague, or somebody outside."""

    def submit(answers: Answers) -> bool:
        return desk.perform(
            lambda: desk.case.ask(
                claim.id,
                answers["text"],
                to=answers["to"].strip(),
                whom=answers["whom"].strip(),
                on=answers["on"].strip(),
                at=claim.version,
            )
        )

    blanks = (
        Words("text", desk.say("tui.question")),
        Words("to", desk.say("tui.ask_to"), hint=desk.say("tui.ask_to_hint")),
        Words("whom", desk.say("tui.ask_whom"), hint=desk.say("tui.ask_whom_hint")),
        Words("on", desk.say("tui.ask_on"), hint=desk.say("tui.ask_on_hint")),
    )
    title = desk.say("tui.ask", claim=claim.id)
    desk.ask(Question("ask", title, blanks, submit, draft=f"{claim.id}.ask"))


@_about_claim
def answer(desk: Desk, claim: Claim) -> None:
    """Y: answer an open question; the reply itself may be evidence of the claim."""
    waiting = [(number, each) for number, each in enumerate(claim.questions, 1) if each.open]
    if not waiting:
        desk.remark(desk.say("tui.no_question", claim=claim.id), "warn")
        desk.lay_out()
        return

    def submit(answers: Answers) -> bool:
        return desk.perform(
            lambda: desk.case.answer(
                claim.id,
                answers["text"],
                question=int(answers["question"]),
                evidence=answers["evidence"].replace(",", " ").split(),
                at=claim.version,
            )
        )

    which = tuple((str(number), each.text[:60]) for number, each in waiting)
    blanks = (
        Choice("question", "", which),
        Words("text", desk.say("tui.answer_text")),
        Words("evidence", desk.say("tui.reply"), hint=desk.say("tui.reply_hint")),
    )
    title = desk.say("tui.answer", claim=claim.id)
    first = 1 if len(waiting) == 1 else 0
    desk.ask(
        Question(
            "answer",
            title,
            blanks,
            submit,
            draft=f"{claim.id}.answer",
            first=first,
            about=lambda answers: _asked(desk, claim, answers),
        )
    )


def _asked(desk: Desk, claim: Claim, answers: Answers) -> list[Row]:
    """The whole question that is being answered."""
    question = claim.questions[int(answers["question"]) - 1]
    return wrapped(
        question.text, max(desk.box.size.width - 2, 20), "dim said", first=(run("  ? ", "warn"),), most=4
    )


@_about_claim
def due(desk: Desk, claim: Claim) -> None:
    """H: when a forecast can be judged, and by what."""

    def submit(answers: Answers) -> bool:
        day, settled = answers["day"].strip(), answers["settled_by"]
        return desk.perform(lambda: desk.case.schedule(claim.id, day, settled_by=settled, at=claim.version))

    blanks = (
        Words("day", desk.say("tui.due_day"), claim.due, hint="2026-12-31"),
        Words("settled_by", desk.say("tui.settled_by"), claim.settled_by),
    )
    desk.ask(Question("due", desk.say("tui.due", claim=claim.id), blanks, submit, draft=f"{claim.id}.due"))
