"""How a verdict came about: the acts on a claim that still count, in the order of the ledger."""

from collections.abc import Iterable

from factcheck.events import Body, Event, bodies, capturing, people
from factcheck.export.summary import Step
from factcheck.labels import label
from factcheck.model import CaseInfo, Scale
from factcheck.state import effective

STEPS = frozenset(
    {
        "claim.added",
        "claim.accepted",
        "claim.reworded",
        "claim.retyped",
        "claim.related",
        "claim.unrelated",
        "claim.merged",
        "claim.split",
        "claim.reopened",
        "claim.scheduled",
        "question.asked",
        "question.answered",
        "mention.added",
        "mention.moved",
        "calculation.recorded",
        "mention.rated",
        "evidence.withdrawn",
        "evidence.graded",
        "evidence.reanchored",
        "origins.joined",
        "origins.parted",
        "verdict.recorded",
        "verdict.confirmed",
        "verdict.disputed",
        "verdict.settled",
        "correction.issued",
    }
)


def rating_named(rating: str, scale: Scale | None, lang: str) -> tuple[str, str, str, int]:
    """Symbol, label, definition and value of a rating; a rating that is not on the scale speaks for itself."""
    known = scale.get(rating) if scale else None
    if known is None:
        return ("?", rating, "", 0)
    return (known.symbol, known.label[lang], known.definition[lang], known.value)


def history(events: Iterable[Event], info: CaseInfo, lang: str) -> tuple[Step, ...]:
    """The acts that still count, in order; what was undone is left to the ledger."""
    return tuple(_step(event, info, lang) for event in effective(events) if event.kind in STEPS)


def _step(event: Event, info: CaseInfo, lang: str) -> Step:
    body = event.body
    rating, symbol, name = "", "", ""
    if isinstance(body, bodies.VerdictRecorded | bodies.MentionRated):
        rating, scale = body.rating, info.scale_of(body.scale, body.scale_version)
        symbol, name, _, _ = rating_named(rating, scale, lang)
    return Step(
        event.seq, event.id, event.kind, event.by, event.time, rating, name, symbol, _because(body, lang)
    )


def _because(body: Body, lang: str) -> str:
    match body:
        case (
            bodies.VerdictRecorded()
            | bodies.VerdictDisputed()
            | bodies.ClaimReopened()
            | bodies.CorrectionIssued()
        ):
            return body.because
        case bodies.ClaimReworded():
            return f"{body.was} → {body.statement}"
        case bodies.ClaimRetyped():
            return f"{label(f'type.{body.was}', lang)} → {label(f'type.{body.type}', lang)}"
        case bodies.ClaimRelated() | bodies.ClaimUnrelated():
            return f"{label(f'relation.{body.relation}', lang)} {body.other}"
        case bodies.MentionMoved() | bodies.MentionRated():
            return _place(body, lang)
        case bodies.CalculationRecorded():
            return body.expression
        case bodies.ClaimMerged():
            return body.other
        case bodies.ClaimSplit():
            return body.new
    return _about_evidence(body, lang) or _about_work(body)


def _about_work(body: Body) -> str:
    match body:
        case people.ClaimScheduled():
            return f"{body.due} · {body.settled_by}"
        case people.QuestionAsked() | people.QuestionAnswered():
            return body.text
    return ""


def _about_evidence(body: Body, lang: str) -> str:
    match body:
        case capturing.EvidenceWithdrawn():
            return f"{body.evidence} {body.because}".strip()
        case capturing.EvidenceGraded():
            return " · ".join(filter(None, (body.evidence, _grade(body.grade, lang), body.note)))
        case capturing.EvidenceReanchored():
            return f"{body.evidence} {body.was.quote} → {body.now.quote}" if body.changed else body.evidence
        case capturing.OriginsJoined():
            return f"{', '.join(body.evidence)}: {body.because}"
    return ""


def _grade(grade: str, lang: str) -> str:
    return label(f"grade.{grade}", lang) if grade else ""


def _moved(move: bodies.MentionMove, lang: str) -> str:
    """Which version it came from; and both words, where they differ."""
    versions = f"{move.was.source} → {move.now.source}"
    words = f"{_flat(move.was.quote)} → {_flat(move.now.quote)}"
    return f"{versions}: {words}" if move.changed else f"{versions}, {label('export.same_words', lang)}"


def _flat(quote: str) -> str:
    return " ".join(quote.split())


def _place(body: bodies.MentionMoved | bodies.MentionRated, lang: str) -> str:
    """What was done about places: where they moved, or which one was found what."""
    if isinstance(body, bodies.MentionMoved):
        return "; ".join(_moved(each, lang) for each in body.moves)
    return f"「{_flat(body.mention.quote)}」 {body.because}".strip()
