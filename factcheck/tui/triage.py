"""Triage on the screen: accept, dismiss, merge, split, reword, retype, add and mark."""

from factcheck.errors import Refused
from factcheck.model import MUTUAL, Claim, ClaimState, ClaimType, DismissReason, Mention
from factcheck.tui.desk import Desk
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.rows import Row, run, wrapped

SUGGESTED = frozenset({ClaimState.SUGGESTED})


def chosen_ids(desk: Desk) -> list[str]:
    """The marked claims, or the open one."""
    marked = [f"C{number}" for number in sorted(desk.queue.marked)]
    return marked or ([desk.claim.id] if desk.claim else [])


def at_of(desk: Desk, ids: list[str]) -> int | None:
    """The version that was looked at, for an act on the open claim alone."""
    claim = desk.claim
    return claim.version if claim and ids == [claim.id] else None


def unmark(desk: Desk) -> None:
    """Take all marks away."""
    desk.queue.marked.clear()
    desk.queue.refresh()


def accept(desk: Desk) -> None:
    """Space: take the suggestion on, and go to the next one; for marked ones it asks first."""
    ids = chosen_ids(desk)

    def submit(_answers: Answers) -> bool:
        done = desk.perform(lambda: desk.case.accept(*ids, at=at_of(desk, ids)))
        if done:
            unmark(desk)
            desk.advance(SUGGESTED)
        return done

    if desk.queue.marked:
        title = desk.say("tui.accept_marked", claims=named_ids(desk, ids))
        yes = Choice("sure", "", (("yes", desk.say("action.accept")),), 0)
        desk.ask(Question("accept", title, (yes,), submit, instant=True))
    elif desk.open_to("claim.accepted"):
        submit({})


def named_ids(desk: Desk, ids: list[str]) -> str:
    """The claims that an act is about; of marked ones their number comes first."""
    listed = " ".join(ids[:6]) + (" …" if len(ids) > 6 else "")
    return desk.count("tui.marked", len(ids), claims=listed) if desk.queue.marked else listed


def dismiss(desk: Desk) -> None:
    """Backspace, then a digit: put the suggestion aside with a reason."""
    ids = chosen_ids(desk)
    options = tuple((str(each), desk.say(f"reason.{each}")) for each in DismissReason)

    def submit(answers: Answers) -> bool:
        if not answers["reason"]:
            desk.remark(desk.say("tui.reason_first"), "warn")
            desk.lay_out()
            return False
        done = desk.perform(lambda: desk.case.dismiss(*ids, reason=answers["reason"], at=at_of(desk, ids)))
        if done:
            unmark(desk)
            desk.advance(SUGGESTED)
        return done

    if ids and (desk.queue.marked or desk.open_to("claim.dismissed")):
        title = desk.say("tui.why_dismiss", claims=named_ids(desk, ids))
        desk.ask(Question("dismiss", title, (Choice("reason", "", options, -1),), submit, instant=True))


def retype(desk: Desk) -> None:
    """t, then a digit: say what the claim is about."""
    claim = desk.claim
    if claim is None or not desk.open_to("claim.retyped"):
        return
    kinds = list(ClaimType)
    options = tuple((str(each), desk.say(f"type.{each}")) for each in kinds)

    def submit(answers: Answers) -> bool:
        return desk.perform(lambda: desk.case.retype(claim.id, answers["type"], at=claim.version))

    blank = Choice("type", "", options, kinds.index(claim.type))
    desk.ask(Question("retype", desk.say("tui.which_type", claim=claim.id), (blank,), submit, instant=True))


def reword(desk: Desk) -> None:
    """w: put the claim in other words."""
    claim = desk.claim
    if claim is None or not desk.open_to("claim.reworded"):
        return

    def submit(answers: Answers) -> bool:
        return desk.perform(lambda: desk.case.reword(claim.id, answers["statement"], at=claim.version))

    blank = Words("statement", "", claim.statement)
    title = desk.say("tui.other_words", claim=claim.id)
    desk.ask(Question("reword", title, (blank,), submit, draft=f"{claim.id}.reword", shown=desk.falls()))


def split(desk: Desk) -> None:
    """s: make a claim of its own out of a part of this one."""
    claim = desk.claim
    if claim is None or not desk.open_to("claim.split"):
        return
    blanks: tuple[Words, ...] = (Words("statement", desk.say("tui.new_statement"), claim.statement),)
    if len(claim.mentions) > 1:
        blanks = (*blanks, Words("mentions", desk.say("tui.its_mentions"), hint=desk.say("tui.all_mentions")))

    def submit(answers: Answers) -> bool:
        places = numbers(answers.get("mentions", ""))
        if answers["statement"].split() == claim.statement.split():
            desk.complain(Refused(desk.say("tui.no_part"), where=claim.id, remedy=desk.say("tui.write_part")))
            return False
        done = desk.perform(
            lambda: desk.case.split(claim.id, answers["statement"], mentions=places, at=claim.version)
        )
        if done:
            desk.reload()
        return done

    title = desk.say("tui.split", claim=claim.id)
    shown = (*desk.falls(), *_places(desk, claim))
    desk.ask(Question("split", title, blanks, submit, draft=f"{claim.id}.split", shown=shown))


def _places(desk: Desk, claim: Claim) -> list[Row]:
    if len(claim.mentions) < 2:
        return []
    rows: list[Row] = []
    for number, mention in enumerate(claim.mentions[:6], 1):
        rows += wrapped(
            desk.case.words(mention), desk.size.width // 2, "dim", first=(run(f"  {number} ", "key"),), most=1
        )
    return rows


def numbers(text: str) -> list[int]:
    """The whole numbers in what somebody wrote: "2, 3" gives 2 and 3."""
    parts = "".join(each if each.isdecimal() else " " for each in text).split()
    return [int(each) for each in parts if len(each) < 9]


def claim_ids(text: str) -> list[str]:
    """The claims somebody named: "C9, 12" gives C9 and C12."""
    return [f"C{number}" for number in numbers(text)]


def merge(desk: Desk, other: str = "") -> None:
    """m: other claims say the same; the marked ones, or those of the proposed group that can still go."""
    claim = desk.claim
    if claim is None or not desk.open_to("claim.merged"):
        return
    marked = [f"C{number}" for number in sorted(desk.queue.marked) if number != claim.number]
    proposed = [other] if other else marked or _twins(desk, claim)
    counted = ((run(f"  {named_ids(desk, marked)}", "mark"),),) if marked and not other else ()

    def submit(answers: Answers) -> bool:
        done = desk.perform(
            lambda: desk.case.merge(claim.id, *claim_ids(answers["others"]), at=claim.version)
        )
        if done:
            unmark(desk)
        return done

    blank = Words("others", desk.say("tui.merge_others"), " ".join(proposed), hint="C… C…")
    desk.ask(
        Question(
            "merge",
            desk.say("tui.merge", claim=claim.id),
            (blank,),
            submit,
            shown=(*desk.falls(), *counted),
            about=lambda a: named(desk, a["others"]),
        )
    )


def _twins(desk: Desk, claim: Claim) -> list[str]:
    """The proposed group's claims that have no verdict to lose and that nobody says follow from this one."""
    follows = {each.other for each in claim.relations if each.kind not in MUTUAL}
    group = desk.case.same_group(claim)
    return [each.id for each in group if each.verdict is None and each.id not in follows]


def named(desk: Desk, text: str) -> list[Row]:
    """The statements of the claims that somebody names, to be read before answering."""
    rows: list[Row] = []
    for claim in desk.case.page([int(each[1:]) for each in claim_ids(text)[:5]]):
        first = (run(f"  {claim.id} ", "key"),)
        rows += wrapped(claim.statement, max(desk.box.size.width - 2, 20), "dim said", first=first, most=2)
    return rows


def mark(desk: Desk) -> None:
    """x: choose several claims, for accept, dismiss and merge."""
    if desk.claim is None:
        return
    desk.queue.marked ^= {desk.claim.number}
    desk.go(desk.queue.cursor + 1)


def add(desk: Desk) -> None:
    """v: select words in the source and make a claim of them."""
    if desk.claim is None or not desk.source.text:
        return
    desk.pane = "source"
    desk.source.begin()
    desk.remark(desk.say("tui.select_begin"), "active")
    desk.lay_out()


def add_selected(desk: Desk) -> None:
    """Enter in the selection: first its beginning, then the claim."""
    source, claim = desk.source, desk.claim
    if source.fixed < 0:
        source.fix()
        desk.remark(desk.say("tui.select_end"), "active")
        desk.lay_out()
        return
    if claim is None:
        return
    start, end = source.selection
    document = claim.mentions[desk.mention].source
    ask_to_add(desk, Mention(document, start, end, source.text[start:end]))


def ask_to_add(desk: Desk, where: Mention) -> None:
    """Make a claim of these words of a source, or another mention of the open claim."""
    claim = desk.claim

    def submit(answers: Answers) -> bool:
        return _add(desk, claim, where, answers)

    options = [("new", desk.say("tui.as_claim"))]
    if claim is not None:
        options.append(("mention", desk.say("tui.as_mention", claim=claim.id)))
    blanks = (
        Words("statement", desk.say("tui.new_statement"), desk.case.words(where)),
        Choice("type", desk.say("tui.type"), tuple((str(t), desk.say(f"type.{t}")) for t in ClaimType), 9),
        Choice("as", desk.say("tui.as"), tuple(options)),
    )
    desk.ask(Question("add", desk.say("tui.add"), blanks, submit, left=desk.source.end))


def _add(desk: Desk, claim: Claim | None, where: Mention, answers: Answers) -> bool:
    case = desk.case

    def act() -> None:
        if answers["as"] == "mention" and claim:
            case.mention(claim.id, where.source, where.quote, start=where.start, at=claim.version)
        else:
            words = answers["statement"]
            case.add(where.source, start=where.start, end=where.end, statement=words, type=answers["type"])

    done = desk.perform(act)
    if done:
        desk.source.end()
        added = (event.subject for event in case.recorded if event.kind == "claim.added")
        desk.reload(int(next(added, claim.id if claim else "C0")[1:]))
    return done
