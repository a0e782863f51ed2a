"""What each act does to everything that is not a claim: the case, sources, readings, captures, evidence, exports."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from factcheck.events import (
    Event,
    SuggestedClaim,
    SuggestedReading,
    bodies,
    capturing,
    moving,
    people,
    publishing,
    scales,
    trust,
)
from factcheck.model import (
    Calculation,
    Capture,
    CaseInfo,
    Claim,
    Evidence,
    Export,
    Foreword,
    KnownDesk,
    Member,
    Policy,
    Publisher,
    Raised,
    Reading,
    Relation,
    Scale,
    ScaleRating,
    Signer,
    Source,
    Template,
    Why,
    Witness,
    Work,
)
from factcheck.state.claims import claim_effect, mention_value
from factcheck.state.evidence import capture_effect, capture_value, evidence_effect, evidence_value

Value = CaseInfo | Source | Claim | Reading | Capture | Evidence | Export


def effect(subject: str, value: Value | None, event: Event, *, unseen: bool = False) -> Value | None:
    """What one event does to one of the subjects it touches; `unseen`: others had acted on it unknown to its author."""
    letter = subject[:1] if subject != "case" else "case"
    if letter == "C":
        return claim_effect(subject, value if isinstance(value, Claim) else None, event, unseen=unseen)
    return _EFFECTS[letter](subject, value, event)


def suggested_value(line: SuggestedClaim | SuggestedReading) -> Claim | Reading:
    """The suggested subject as it is before anybody touched it."""
    if isinstance(line, SuggestedReading):
        return Reading(line.reading, line.source, line.heard, line.meant, line.places, line.score, line.why)
    return Claim(
        id=line.claim,
        statement=line.statement,
        type=line.type,
        checkable=line.checkable,
        priority=line.priority,
        mentions=(mention_value(line.mention),),
        group=line.group,
        why=tuple(Why(each.rule, each.start, each.end, each.weight) for each in line.why),
        relations=tuple(Relation(each.kind, each.other, each.why) for each in line.relations),
        calculations=tuple(
            Calculation(each.expression, each.given, each.result, each.holds, each.needs)
            for each in line.calculations
        ),
    )


def _case(_subject: str, value: Value | None, event: Event) -> Value | None:
    body = event.body
    info = value if isinstance(value, CaseInfo) else CaseInfo()
    match body:
        case bodies.CaseCreated():
            policy = Policy(**body.policy.model_dump(exclude_none=True))
            return CaseInfo(body.name, body.solo, body.example, body.origin, event.time, event.by, policy)
        case bodies.PolicyChanged():
            return replace(info, policy=_switched(info.policy, body.name, body.value))
        case bodies.MemberAdded():
            others = tuple(each for each in info.members if each.name != body.name)
            return replace(info, members=(*others, Member(body.name, body.role)))
        case bodies.MemberRevoked():
            members = tuple(replace(m, revoked=True) if m.name == body.name else m for m in info.members)
            return replace(info, members=members)
        case people.WorkReported():
            others_work = tuple(each for each in info.work if each.by != event.by)
            told = Work(event.by, body.claims, body.seconds, body.keys, event.time)
            return replace(info, work=(*others_work, told))
        case scales.ScaleAdopted():
            return replace(info, scales=(*info.scales, scale_value(body)))
        case publishing.PublisherNamed():
            return replace(info, publisher=Publisher(**body.model_dump()))
        case publishing.ForewordWritten():
            words = Foreword(body.text, event.by, event.time) if body.text else Foreword()
            return replace(info, foreword=words)
        case publishing.TemplateAdopted():
            return replace(info, template=template_value(body))
    return _vouched_for(info, event) if isinstance(value, CaseInfo) else value


def _vouched_for(info: CaseInfo, event: Event) -> CaseInfo:
    body = event.body
    match body:
        case trust.SignerAdded(name=name) | trust.SignerRevoked(name=name) if (
            info.had_key(name) and not event.sig
        ):
            return info  # two desks gave somebody a first key: the earlier one counts, the other would have to be signed
        case trust.SignerAdded():
            return replace(info, signers=(*info.signers, Signer(**body.model_dump())))
        case trust.SignerRevoked():
            gone = [(each.name, each.key) == (body.name, body.key) for each in info.signers]
            signers = (replace(s, revoked=True) if g else s for s, g in zip(info.signers, gone, strict=True))
            return replace(info, signers=tuple(signers))
        case trust.DeskAdded():
            return replace(info, desks=(*info.desks, KnownDesk(body.name, body.key)))
        case trust.CheckpointWitnessed():
            ours = event.as_written is event
            seen = Witness(event.by, event.time, event.seq, body.size, bool(event.sig), ours)
            return replace(info, witnesses=(*info.witnesses, seen))
        case moving.LedgerMoved():
            return replace(info, home=body.to)
        case trust.ObjectionRaised():
            raised = Raised(event.by, event.time, event.subject, body.text)
            return replace(info, objections=(*info.objections, raised))
    return info


def scale_value(body: scales.ScaleAdopted) -> Scale:
    """The scale that a body describes."""
    return Scale(body.id, body.version, tuple(ScaleRating(**each.model_dump()) for each in body.ratings))


def template_value(body: publishing.TemplateAdopted) -> Template:
    """The template that a body describes."""
    return Template(**body.model_dump())


def _switched(policy: Policy, name: str, value: bool | int) -> Policy:
    changed: Any = {name: value if name == "min_origins" else bool(value)}
    return replace(policy, **changed)


def _source(subject: str, value: Value | None, event: Event) -> Value | None:
    body = event.body
    if isinstance(body, bodies.SourceIngested) and subject != event.subject:
        return replace(value, replaced_by=event.subject) if isinstance(value, Source) else value
    if isinstance(body, bodies.SourceIngested):
        return _ingested(subject, body, event)
    if isinstance(body, bodies.SourceDated) and isinstance(value, Source):
        return replace(value, date=body.date)
    return value


def _ingested(subject: str, body: bodies.SourceIngested, event: Event) -> Source:
    """A new source; lines of earlier desks say nothing of formats, and their sources are UTF-8 text."""
    made = body.derived
    return Source(
        id=subject,
        title=body.title,
        path=body.path,
        sha256=body.sha256,
        characters=body.characters,
        date=body.date,
        by=event.by,
        time=event.time,
        replaces=body.replaces or "",
        format=body.format or "text",
        encoding=body.encoding or ("utf-8" if body.format is None else ""),
        decided=body.decided or "",
        maker=body.maker or "",
        derived=made.path if made else "",
        derived_sha256=made.sha256 if made else "",
    )


def _reading(subject: str, value: Value | None, event: Event) -> Value | None:
    body = event.body
    if not isinstance(body, bodies.ReadingBody):
        return value
    state = event.kind.removeprefix("reading.")
    old = value if isinstance(value, Reading) else Reading(subject, body.source, body.heard, body.meant, ())
    return replace(old, places=body.places, why=body.why, state=state, by=event.by)


def _capture(subject: str, value: Value | None, event: Event) -> Value | None:
    if isinstance(event.body, capturing.CaptureMade):
        return capture_value(subject, event.body, event)
    return capture_effect(value, event) if isinstance(value, Capture) else value


def _evidence(_subject: str, value: Value | None, event: Event) -> Value | None:
    match event.body:
        case bodies.EvidenceAttached() as body:
            return evidence_value(body.evidence, event.subject)
        case bodies.ClaimMerged() if isinstance(value, Evidence):
            return replace(value, claim=event.subject)
    return evidence_effect(value, event) if isinstance(value, Evidence) else value


def _export(subject: str, value: Value | None, event: Event) -> Value | None:
    body = event.body
    if not isinstance(body, bodies.SummaryExported):
        return value
    claims = tuple((each.claim, each.verdict) for each in body.claims)
    fields = dict(body) | {"claims": claims, "made_with": body.made_with or ()}
    return Export(id=subject, by=event.by, time=event.time, **fields)


_EFFECTS: dict[str, Callable[[str, Value | None, Event], Value | None]] = {
    "case": _case,
    "S": _source,
    "R": _reading,
    "K": _capture,
    "E": _evidence,
    "X": _export,
}
