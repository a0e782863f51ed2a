"""What was just done, in a sentence that names it: the claim, the rating, what was undone."""

from collections.abc import Callable, Sequence

from factcheck.case import Case
from factcheck.events import Event, bodies
from factcheck.labels import label
from factcheck.model import Claim, Scale
from factcheck.tui.rows import Row, run, wrapped


def told(done: Sequence[Event], scale: Scale, lang: str) -> str:
    """The sentence for the events of one act."""
    subjects = " ".join(dict.fromkeys(each.subject for each in done if each.kind == done[-1].kind))
    body = done[-1].body
    rating = body.rating if isinstance(body, bodies.VerdictRecorded | bodies.MentionRated) else ""
    known = scale.find(rating)
    others = " ".join(each.body.other for each in done if isinstance(each.body, bodies.ClaimMerged))
    key = f"act.{done[-1].kind.replace('.', '_')}"
    words = label(key, lang, subject=subjects, rating=known.label[lang] if known else rating, others=others)
    back = " ".join(
        ref.subject for each in done if isinstance(each.body, bodies.ReadingBody) for ref in each.also
    )
    return label("tui.claims_back", lang, done=words, claims=back) if back else words


def told_of(
    case: Case, done: Sequence[Event], before: Claim | None, lang: str, say: Callable[..., str]
) -> str:
    """What was just done, to the claim as it was `before` perhaps; that a verdict fell by it is said as well."""
    if done[0].kind in {"event.undone", "event.redone"}:
        key = "tui.undone" if done[0].kind == "event.undone" else "tui.redone"
        return say(key, act=told_undone(case, done[0], lang))
    words = told(done, case.scale, lang)
    now = case.page([before.number]) if before else []
    fell = before and before.verdict and now and not now[0].verdict and done[0].kind != "claim.reopened"
    return say("tui.verdict_fell", done=words) if fell else words


def told_undone(case: Case, event: Event, lang: str) -> str:
    """What an undo or a redo took back or brought back, in a sentence."""
    body = event.body
    meant = (
        each
        for each in case.events(by=event.by)
        if isinstance(body, bodies.EventUndone) and each.id == body.id
    )
    return next((told((each,), case.scale, lang) for each in meant), event.subject)


def meanwhile(case: Case, seen: Claim, columns: int, lang: str) -> list[Row]:
    """What others have done to a claim since it was looked at, each with its reason; what one wrote oneself stays in the box."""
    rows: list[Row] = []
    for event in case.trail(seen.id):
        if any(subject == seen.id and version > seen.version for subject, version in event.subjects):
            act = told((event,), case.scale, lang)
            why = getattr(event.body, "because", "")
            words = label("tui.meanwhile", lang, person=event.by, act=f"{act}  {why}".rstrip())
            rows += wrapped(words, columns - 1, "active", first=(run(" ≠ ", "bad"),), most=3)
    return rows
