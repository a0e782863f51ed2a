"""Judging on the screen: verdict digits, confirm, dispute, settle, reopen, undo and redo."""

from factcheck.errors import FactcheckError
from factcheck.model import REMARKS, Claim
from factcheck.tui.desk import Desk
from factcheck.tui.footer import trouble
from factcheck.tui.question import Answers, Choice, Question, Words
from factcheck.tui.rows import Row, fitted, row_width, run, wrapped
from factcheck.tui.saying import rating_runs


def judge(desk: Desk, key: str) -> None:
    """1 to 9: a rating that says how true the claim is asks for its reason; any other is recorded at once.

    Without a key (Enter, the palette) the box asks for the rating first.
    """
    claim, rating = desk.claim, desk.case.scale.find(key)
    if claim is None or not desk.open_to("verdict.recorded"):
        return
    if rating is None or rating.rated:
        ask_because(desk, claim, key)
    elif desk.perform(lambda: desk.case.decide(claim.id, rating.rating, at=claim.version)):
        desk.drafts.drop(f"{claim.id}.verdict")
        desk.advance()


def ask_because(desk: Desk, claim: Claim, key: str) -> None:
    """The verdict box: the reason is filled in from the evidence, Enter accepts it."""

    def submit(answers: Answers) -> bool:
        rating, because = answers["rating"], answers["because"]
        if not _rated(desk, rating):
            return False
        done = desk.perform(lambda: desk.case.decide(claim.id, rating, because=because, at=claim.version))
        if done:
            desk.drafts.drop(f"{claim.id}.verdict")
            desk.advance()
        return done

    def about(answers: Answers) -> list[Row]:
        return _objections(desk, claim, answers)

    title = desk.say("tui.verdict_on", claim=claim.id)
    blanks = _verdict_blanks(desk, key, desk.case.because(claim.id))
    first = 1 if key else 0
    desk.ask(
        Question("verdict", title, blanks, submit, about=about, draft=f"{claim.id}.verdict", first=first)
    )


def _rated(desk: Desk, rating: str) -> bool:
    """True when a rating was chosen; else the desk says how."""
    if not rating:
        desk.remark(desk.say("tui.digit_first"), "warn")
        desk.lay_out()
    return bool(rating)


def _verdict_blanks(desk: Desk, key: str, because: str) -> tuple[Choice, Words]:
    ratings = desk.case.scale.ratings
    options = tuple((each.rating, f"{each.symbol} {each.label[desk.lang]}") for each in ratings)
    chosen = next((n for n, each in enumerate(ratings) if each.key == key), -1)
    return Choice("rating", "", options, chosen), Words("because", desk.say("tui.because"), because)


def _objections(desk: Desk, claim: Claim, answers: Answers) -> list[Row]:
    if not answers["rating"]:
        return []
    columns = max(desk.box.size.width - 2, 20)
    try:
        found = desk.case.objections(claim.id, answers["rating"], because=answers["because"])
    except FactcheckError as error:
        return trouble(error, columns, desk.lang, desk.key_map)
    rows: list[Row] = []
    strict = desk.case.info.policy.strict
    for each in found:
        ink, mark = ("dim", "  · ") if each.code in REMARKS and not strict else ("warn", "  ! ")
        rows += wrapped(desk.case.sentence(each), columns, ink, first=(run(mark, ink),), most=2)
    return rows


def rate(desk: Desk) -> None:
    """f: what was found about the mention that is shown, where a claim is said at several places."""
    claim = desk.claim
    if claim is None or not desk.open_to("mention.rated"):
        return
    if len(claim.mentions) < 2:
        desk.remark(desk.say("tui.one_mention", claim=claim.id), "warn")
        desk.lay_out()
        return
    number = desk.mention + 1

    def submit(answers: Answers) -> bool:
        rating, because = answers["rating"], answers["because"]
        if not _rated(desk, rating):
            return False
        return desk.perform(
            lambda: desk.case.rate(claim.id, rating, mention=number, because=because, at=claim.version)
        )

    title = desk.say("tui.rate", claim=claim.id, number=number, total=len(claim.mentions))
    blanks = _verdict_blanks(desk, "", "")
    draft = f"{claim.id}.mention{number}"
    desk.ask(Question("rate", title, blanks, submit, draft=draft, shown=desk.falls()))


def later(desk: Desk) -> None:
    """0: put the claim off and go on; it comes back when all else is done."""
    claim = desk.claim
    if claim and desk.perform(lambda: desk.case.later(claim.id)):
        desk.advance()


def confirm(desk: Desk) -> None:
    """C: sign somebody else's verdict."""
    claim = desk.claim
    if claim and desk.perform(lambda: desk.case.confirm(claim.id, at=claim.version)):
        desk.advance()


def dispute(desk: Desk) -> None:
    """D: say why somebody else's verdict should not stand."""
    claim = desk.claim
    if claim is None or not desk.open_to("verdict.disputed"):
        return

    def submit(answers: Answers) -> bool:
        done = desk.perform(lambda: desk.case.dispute(claim.id, because=answers["because"], at=claim.version))
        if done:
            desk.advance()
        return done

    blank = Words("because", desk.say("tui.because"))
    title = desk.say("tui.dispute", claim=claim.id)
    desk.ask(Question("dispute", title, (blank,), submit, draft=f"{claim.id}.dispute"))


def settle(desk: Desk) -> None:
    """S: end a dispute, as a third person."""
    claim = desk.claim
    if claim is None or not desk.open_to("verdict.settled"):
        return

    def submit(answers: Answers) -> bool:
        rating, because = answers["rating"], answers["because"]
        if not _rated(desk, rating):
            return False
        done = desk.perform(lambda: desk.case.settle(claim.id, rating, because=because, at=claim.version))
        if done:
            desk.advance()
        return done

    title = desk.say("tui.settle", claim=claim.id)
    blanks = _verdict_blanks(desk, "", "")
    sides = tuple(both_sides(desk, claim, max(desk.size.width - 2, 20)))
    desk.ask(Question("settle", title, blanks, submit, draft=f"{claim.id}.settle", shown=sides))


def both_sides(desk: Desk, claim: Claim, columns: int) -> list[Row]:
    """The two sides of a dispute beside each other, with the words that differ marked; no names until it is settled."""
    from factcheck.tui.relations import beside_each_other

    one, *others = claim.verdicts[-2:]
    scale, lang = desk.case.scale, desk.lang
    two = others[0].because if others else claim.dispute
    left = (*rating_runs(one.rating, scale, lang), run(f" · {desk.say('tui.first_person')}", "dim"))
    right = (
        rating_runs(others[0].rating, scale, lang)
        if others
        else (run(f"≠ {desk.say('state.disputed')}", "bad"),)
    )
    right = (*right, run(f" · {desk.say('tui.second_person')}", "dim"))
    half = (columns - 5) // 2
    gap = run(" " * max(half - row_width(left), 0))
    head = (run("  "), *left, gap, run(" │ ", "rule"), *right)
    return [fitted(head, columns), *beside_each_other(one.because, two, columns)]


def reopen(desk: Desk) -> None:
    """R: take a claim up again."""
    claim = desk.claim
    if claim is None or not desk.open_to("claim.reopened"):
        return

    def submit(answers: Answers) -> bool:
        return desk.perform(lambda: desk.case.reopen(claim.id, because=answers["because"], at=claim.version))

    blank = Words("because", desk.say("tui.because"), hint=desk.say("tui.optional"))
    title = desk.say("tui.reopen", claim=claim.id)
    desk.ask(Question("reopen", title, (blank,), submit, draft=f"{claim.id}.reopen"))


def undo(desk: Desk) -> None:
    """u: take one's own latest act back, and return to its claim."""
    if desk.perform(desk.case.undo):
        return_to_it(desk)


def redo(desk: Desk) -> None:
    """U: bring back what undo took away."""
    if desk.perform(desk.case.redo):
        return_to_it(desk)


def return_to_it(desk: Desk) -> None:
    """Open the claim that the counter-act touched; a claim that it made or unmade changes the list."""
    event = desk.case.recorded[0]
    numbers = [int(subject[1:]) for subject in event.touches if subject[0] == "C"]
    standing = [claim.number for claim in desk.case.page(numbers)]
    if len(numbers) > 1 or standing != numbers or any(desk.pages.place_of(n) < 0 for n in numbers):
        desk.reload(numbers[0] if numbers else 0, desk.queue.cursor)
    if standing:
        desk.go_to(numbers[0] if numbers[0] in standing else standing[0])
