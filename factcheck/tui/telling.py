"""What was just done, in a sentence that names it: the claim, the rating, what was undone."""

from collections.abc import Sequence

from factcheck.case import Case
from factcheck.events import Event, bodies
from factcheck.labels import label
from factcheck.model import Scale


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


def told_undone(case: Case, event: Event, lang: str) -> str:
    """What an undo or a redo took back or brought back, in a sentence."""
    body = event.body
    meant = (
        each
        for each in case.events(by=event.by)
        if isinstance(body, bodies.EventUndone) and each.id == body.id
    )
    return next((told((each,), case.scale, lang) for each in meant), event.subject)
