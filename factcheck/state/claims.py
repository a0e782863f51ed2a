"""What each act does to a claim."""

from collections.abc import Callable
from dataclasses import replace

from factcheck.events import Event, bodies, capturing, people, snapshots
from factcheck.model import (
    MUTUAL,
    Calculation,
    Claim,
    ClaimState,
    Correction,
    CorrectionKind,
    Mention,
    Note,
    OriginAct,
    Prior,
    Question,
    Rated,
    Relation,
)
from factcheck.state import judging, meeting
from factcheck.state.evidence import evidence_effect, evidence_value
from factcheck.state.legal import ALIVE, DECIDED

_S = ClaimState
# Acts about the work and not about the claim: a suggestion stays one that nobody has touched.
_BESIDE = frozenset({"claim.assigned", "decisions.signed", "objection.raised"})


def mention_value(body: snapshots.MentionBody) -> Mention:
    """The mention that a body describes."""
    return Mention(body.source, body.start, body.end, body.quote)


def claim_effect(subject: str, claim: Claim | None, event: Event, *, unseen: bool = False) -> Claim | None:
    """What one event does to one of the claims it touches; `unseen`: others had acted on it unknown to its author."""
    claim = _as_seen(claim, subject, event)
    if claim is None:
        return None
    changed = meeting.met(claim, event, unseen=unseen)
    if changed is None:
        changed = _CLAIM_EFFECTS.get(event.kind, _unchanged)(meeting.worked_on(claim, event), event)
    if event.kind in _BESIDE or event.by in changed.people:
        return changed
    return replace(changed, people=(*changed.people, event.by))


def _as_seen(claim: Claim | None, subject: str, event: Event) -> Claim | None:
    """Make the claim, or hold it as the person saw it, from what the event carries."""
    body = event.body
    if isinstance(body, bodies.ClaimSplit) and subject == body.new:
        return _from_body(subject, body.part, _S.ACCEPTED)
    if isinstance(body, bodies.ClaimAdded):
        found = _from_body(subject, body.claim, _S.ACCEPTED)
        return replace(found, priors=(Prior(**body.prior.model_dump()),)) if body.prior else found
    if isinstance(body, snapshots.ClaimAct) and body.claim and subject == event.subject:
        seen = _from_body(subject, body.claim, _S.SUGGESTED)
        if claim is None:
            return seen
        if not claim.untouched:
            return claim
        return replace(
            claim,
            statement=seen.statement,
            type=seen.type,
            checkable=seen.checkable,
            priority=seen.priority,
            mentions=seen.mentions,
        )
    return claim


def _from_body(subject: str, body: snapshots.ClaimBody, state: ClaimState) -> Claim:
    mentions = tuple(mention_value(each) for each in body.mentions)
    return Claim(subject, body.statement, body.type, body.checkable, body.priority, mentions, state)


def _unchanged(claim: Claim, _event: Event) -> Claim:
    return claim


def _accepted(claim: Claim, _event: Event) -> Claim:
    return replace(claim, state=_S.ACCEPTED, reopened="")


def _dismissed(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, bodies.ClaimDismissed)
    return replace(claim, state=_S.DISMISSED, reason=event.body.reason)


def _reworded(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, bodies.ClaimReworded)
    twice = claim.statement not in {body.was, body.statement}
    worded = replace(claim, statement=body.statement, reopened=meeting.MET if twice else claim.reopened)
    return _reopen(worded, "reworded")


def _retyped(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, bodies.ClaimRetyped)
    return replace(claim, type=event.body.type)


def _merged(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, bodies.ClaimMerged)
    if claim.id == body.other:
        gone = replace(judging.alone(claim), state=_S.MERGED, merged_into=event.subject, verdict=None)
        return replace(gone, evidence=())
    held = {each.id for each in claim.evidence}
    evidence = tuple(evidence_value(each, claim.id) for each in body.evidence if each.id not in held)
    if claim.state not in ALIVE:
        claim = meeting.returned(claim)
    mentions = sorted(
        {*claim.mentions, *map(mention_value, body.mentions)}, key=lambda m: (m.source, m.start, m.end)
    )
    return _reopen(replace(claim, mentions=tuple(mentions), evidence=(*claim.evidence, *evidence)), "merged")


def _split(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, bodies.ClaimSplit)
    if claim.id == body.new:
        return claim
    keeps = _kept(claim, body)
    rated = tuple(each for each in claim.rated if each.mention in keeps)
    return _reopen(replace(claim, mentions=keeps, rated=rated), "split")


def _kept(claim: Claim, body: bodies.ClaimSplit) -> tuple[Mention, ...]:
    """The mentions that stay; what another desk added or took away meanwhile is not brought back, nor the last one taken."""
    stay, gone = tuple(map(mention_value, body.keeps)), set(map(mention_value, body.part.mentions))
    if {*stay} | gone == {*claim.mentions}:
        return stay
    return tuple(each for each in claim.mentions if each in stay or each not in gone) or claim.mentions


def _related(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, bodies.ClaimRelated)
    if claim.id != event.subject and body.relation not in MUTUAL:
        return claim
    other = body.other if claim.id == event.subject else event.subject
    kept = tuple(each for each in claim.relations if (each.kind, each.other) != (body.relation, other))
    apart = tuple(each for each in claim.apart if each != (body.relation, other))
    return replace(claim, relations=(*kept, Relation(body.relation, other, body.why, event.by)), apart=apart)


def _unrelated(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, bodies.ClaimUnrelated)
    if claim.id != event.subject and body.relation not in MUTUAL:
        return claim
    other = body.other if claim.id == event.subject else event.subject
    kept = tuple(each for each in claim.relations if (each.kind, each.other) != (body.relation, other))
    apart = dict.fromkeys([*claim.apart, (body.relation, other)])
    return replace(claim, relations=kept, apart=tuple(apart))


def _reopened(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, bodies.ClaimReopened)
    if claim.state is _S.DISMISSED:
        return replace(claim, state=_S.SUGGESTED, reason="")
    if claim.state is _S.VOIDED:
        return replace(claim, state=_S.ACCEPTED, reopened=event.body.because or "reopened")
    return _reopen(claim, event.body.because or "reopened")


def _reopen(claim: Claim, why: str) -> Claim:
    """A verdict stands on what it was given; what changes under it sends the claim back with the reason."""
    if claim.state not in DECIDED:
        return claim
    return replace(
        judging.alone(claim), state=_S.ACCEPTED, verdict=None, disputed_by="", dispute="", reopened=why
    )


def _misheard(claim: Claim, _event: Event) -> Claim:
    """A verdict was given on the words as they were read."""
    return _reopen(claim, "reading changed")


def _mention_added(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, bodies.MentionAdded)
    mentions = tuple(dict.fromkeys([*claim.mentions, mention_value(event.body.mention)]))
    return _reopen(replace(claim, mentions=mentions), "mention added")


def _mention_moved(claim: Claim, event: Event) -> Claim:
    """The same words somewhere else change nothing; other words send the claim back."""
    body = event.body
    assert isinstance(body, bodies.MentionMoved)
    now = {mention_value(each.was): mention_value(each.now) for each in body.moves}
    mentions = tuple(dict.fromkeys(now.get(each, each) for each in claim.mentions))
    changed = {mention_value(each.was) for each in body.moves if each.changed}
    rated = tuple(
        replace(each, mention=now.get(each.mention, each.mention))
        for each in claim.rated
        if each.mention not in changed
    )
    moved = replace(claim, mentions=mentions, rated=rated)
    return _reopen(moved, "words changed") if any(each.changed for each in body.moves) else moved


def _calculated(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, bodies.CalculationRecorded)
    given = tuple((each.name, each.value, each.unit) for each in body.premises)
    origins = tuple(map(_origin, body.premises))
    made = Calculation(body.expression, given, body.result, body.holds, body.needs, event.by, origins)
    return replace(claim, calculations=(*claim.calculations, made))


def _origin(premise: bodies.PremiseBody) -> str:
    if premise.mention is not None:
        return f"{premise.mention.source}[{premise.mention.start}:{premise.mention.end}]"
    return premise.claim or premise.words


def _mention_rated(claim: Claim, event: Event) -> Claim:
    """The newest finding on a place stands; whoever judged the whole did not know it."""
    body = event.body
    assert isinstance(body, bodies.MentionRated)
    place = mention_value(body.mention)
    if place not in claim.mentions:
        return _reopen(claim, meeting.MET)
    others = tuple(each for each in claim.rated if each.mention != place)
    found = Rated(place, body.rating, body.because, event.by, event.time, body.scale, body.scale_version)
    return _reopen(replace(claim, rated=(*others, found)), "mention rated")


def _attached(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, bodies.EvidenceAttached)
    return replace(claim, evidence=(*claim.evidence, evidence_value(event.body.evidence, claim.id)))


def _withdrawn(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, capturing.EvidenceWithdrawn)
    changed = _with_evidence(claim, event)
    return _reopen(changed, "evidence withdrawn") if _relies(claim, body.evidence) else changed


def _reanchored(claim: Claim, event: Event) -> Claim:
    """The same words in another text change nothing; other words send the claim back."""
    body = event.body
    assert isinstance(body, capturing.EvidenceReanchored)
    changed = _with_evidence(claim, event)
    return (
        _reopen(changed, "quotation changed") if body.changed and _relies(claim, body.evidence) else changed
    )


def _with_evidence(claim: Claim, event: Event) -> Claim:
    return replace(claim, evidence=tuple(evidence_effect(each, event) for each in claim.evidence))


def _relies(claim: Claim, evidence: str) -> bool:
    return claim.verdict is not None and evidence in claim.verdict.evidence


def _origins(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, capturing.OriginsJoined)
    act = OriginAct(event.kind.removeprefix("origins."), body.evidence, body.because, event.by)
    return replace(claim, origin_acts=(*claim.origin_acts, act))


def _assigned(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, people.ClaimAssigned)
    return replace(claim, assigned=event.body.to)


def _scheduled(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, people.ClaimScheduled)
    return replace(claim, due=event.body.due, settled_by=event.body.settled_by)


def _asked(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, people.QuestionAsked)
    asked = Question(event.id, body.text, event.by, event.time, body.to, body.whom, body.on)
    return replace(claim, questions=(*claim.questions, asked))


def _answered(claim: Claim, event: Event) -> Claim:
    body = event.body
    assert isinstance(body, people.QuestionAnswered)
    said = {"answer": body.text, "answered_by": event.by, "answered": event.time}
    questions = (
        replace(each, **said, reply=body.evidence or ()) if each.id == body.question else each
        for each in claim.questions
    )
    return replace(claim, questions=tuple(questions))


def _noted(claim: Claim, event: Event) -> Claim:
    assert isinstance(event.body, bodies.NoteAdded)
    return replace(claim, notes=(*claim.notes, Note(event.by, event.time, event.body.text)))


def _published(claim: Claim, event: Event) -> Claim:
    if claim.state not in DECIDED - {_S.DISPUTED}:
        return claim
    body = event.body
    assert isinstance(body, bodies.SummaryExported)
    named = {each.verdict for each in body.claims if each.claim == claim.id} - {""}
    if named and claim.verdict and claim.verdict.id not in named:
        return claim
    verdict = claim.verdict.id if claim.verdict else ""
    exports, published = (*claim.exports, event.subject), (event.subject, verdict)
    return replace(claim, state=_S.PUBLISHED, exports=exports, published=published)


def _corrected(claim: Claim, event: Event) -> Claim:
    """A note for readers; what is void goes, and a verdict that is said to be wrong while it stands is judged again."""
    body = event.body
    assert isinstance(body, bodies.CorrectionIssued)
    kind = body.correction
    note = Correction(
        event.id, kind, body.because, event.by, event.time, body.export, body.was, body.now or ""
    )
    noted = replace(claim, corrections=(*claim.corrections, note))
    if claim.state not in ALIVE:
        return noted
    if kind is CorrectionKind.VOID:
        return replace(_reopen(noted, body.because), state=_S.VOIDED)
    if kind is CorrectionKind.VERDICT and claim.verdict and claim.verdict.id == body.was:
        return _reopen(noted, body.because)
    return replace(noted, state=_S.CORRECTED) if claim.state is _S.PUBLISHED else noted


_CLAIM_EFFECTS: dict[str, Callable[[Claim, Event], Claim]] = {
    "claim.accepted": _accepted,
    "claim.dismissed": _dismissed,
    "claim.reworded": _reworded,
    "claim.retyped": _retyped,
    "claim.merged": _merged,
    "claim.split": _split,
    "claim.related": _related,
    "claim.unrelated": _unrelated,
    "claim.reopened": _reopened,
    "reading.accepted": _misheard,
    "reading.rejected": _misheard,
    "mention.added": _mention_added,
    "mention.moved": _mention_moved,
    "calculation.recorded": _calculated,
    "mention.rated": _mention_rated,
    "evidence.attached": _attached,
    "evidence.withdrawn": _withdrawn,
    "evidence.graded": _with_evidence,
    "evidence.reanchored": _reanchored,
    "origins.joined": _origins,
    "origins.parted": _origins,
    "claim.assigned": _assigned,
    "claim.scheduled": _scheduled,
    "question.asked": _asked,
    "question.answered": _answered,
    "verdict.recorded": judging.recorded,
    "verdict.confirmed": judging.confirmed,
    "verdict.disputed": judging.disputed,
    "verdict.settled": judging.settled,
    "note.added": _noted,
    "decisions.signed": judging.signed,
    "summary.exported": _published,
    "correction.issued": _corrected,
}
