"""The rules of the desk: what speaks against a verdict, a second signature, an export, or a person acting."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from factcheck.model.blind import is_blind
from factcheck.model.casefile import CaseInfo, Policy
from factcheck.model.kinds import GONE_STATES, SAYINGS, ClaimState, CorrectionKind, RelationKind, Role, Stance
from factcheck.model.origins import origins
from factcheck.model.scale import Scale
from factcheck.model.values import Claim, Part, Relation, Verdict
from factcheck.model.words import is_date, same_person, says_something


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that speaks against a verdict: a code (its sentence stands in the labels) and what to do."""

    code: str
    claim: str
    person: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a claim leaves open, whoever judges it: a code (no_unit, undated) and the words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A verdict that somebody is about to record; its fields are those of Verdict."""

    rating: str
    because: str
    by: str
    evidence: tuple[str, ...]
    as_of: str = ""
    basis: str = ""
    parts: tuple[Part, ...] = ()


REMARKS = frozenset({"no_unit", "undated", "evidence_since"})
"""What is only said beside a verdict; it keeps one back where the policy is strict."""

_FALSE = 2
"""The highest value of a rating that says a claim is wrong."""


def refusing(found: Iterable[Objection], policy: Policy) -> tuple[Objection, ...]:
    """Those objections that keep a verdict from being recorded, or an export from being final."""
    return tuple(each for each in found if policy.strict or each.code not in REMARKS)


def objections(
    claim: Claim, verdict: Proposal | Verdict, policy: Policy, scale: Scale, gaps: Iterable[Gap] = ()
) -> tuple[Objection, ...]:
    """Say what speaks against this verdict on this claim; empty when nothing does.

    The one rule: shown live on the screen, enforced when deciding (as far as `refusing` says), asked of the
    standing verdict at an export, checked again by the audit. `gaps` are what the claim's words leave open.
    """
    found: list[Objection] = []
    if claim.state in GONE_STATES:
        found.append(Objection("gone", claim.id))
    rating = scale.get(verdict.rating)
    if rating is None:
        return (*found, Objection("no_such_rating", claim.id))
    if rating.rated:
        found += _against_rated(claim, verdict, policy, gaps)
    if rating.rated and rating.value <= _FALSE:
        found += _against_refuting(claim, verdict)
    found += _against_extras(claim, verdict, scale)
    missing = set(verdict.evidence) - {each.id for each in claim.live_evidence}
    if missing:
        found.append(Objection("evidence_unknown", claim.id, person=", ".join(sorted(missing))))
    if isinstance(verdict, Verdict):
        found += _against_standing(claim, verdict, policy, scale)
    return tuple(found)


def _against_rated(
    claim: Claim, verdict: Proposal | Verdict, policy: Policy, gaps: Iterable[Gap]
) -> Iterator[Objection]:
    relied = [each for each in claim.live_evidence if each.id in verdict.evidence]
    if policy.evidence_for_rated and not relied:
        yield Objection("no_evidence", claim.id)
    sides = [each for each in relied if each.stance is not Stance.CONTEXT]
    if relied and len(origins(sides or relied, claim.origin_acts)) < policy.min_origins:
        yield Objection("too_few_origins", claim.id, number=policy.min_origins)
    bare = [each.id for each in relied if not each.captured]
    if policy.captures and bare:
        yield Objection("not_captured", claim.id, person=", ".join(bare))
    if not says_something(verdict.because):
        yield Objection("no_because", claim.id)
    for gap in gaps:
        if gap.code != "undated" or not verdict.as_of:
            yield Objection(gap.code, claim.id, person=gap.words)


def _against_refuting(claim: Claim, verdict: Proposal | Verdict) -> Iterator[Objection]:
    """Who says that something is wrong quotes what says so; without any evidence, another objection speaks."""
    relied = [each for each in claim.live_evidence if each.id in verdict.evidence]
    if relied and not any(says_something(each.quote) for each in relied):
        yield Objection("no_quotation", claim.id)


def _against_extras(claim: Claim, verdict: Proposal | Verdict, scale: Scale) -> Iterator[Objection]:
    if verdict.as_of and not is_date(verdict.as_of):
        yield Objection("no_day", claim.id, person=verdict.as_of)
    if verdict.basis and claim.type not in SAYINGS:
        yield Objection("no_opinion", claim.id)
    for part in verdict.parts:
        known = scale.get(part.rating)
        if known is None:
            yield Objection("no_such_rating", claim.id)
        elif known.rated and not says_something(part.because or verdict.because):
            yield Objection("no_because", claim.id)
        if not says_something(part.words) or part.words not in claim.statement:
            yield Objection("no_part", claim.id, person=part.words)
    named = [(each.role, each.words) for each in verdict.parts]
    for role, words in dict.fromkeys(each for each in named if named.count(each) > 1):
        yield Objection("part_twice", claim.id, person=f"{role}:{words}")


def _against_standing(claim: Claim, verdict: Verdict, policy: Policy, scale: Scale) -> Iterator[Objection]:
    """What has become of a verdict since it was recorded."""
    if verdict.statement != claim.statement or verdict.scale_name != scale.name:
        yield Objection("stale", claim.id)
    later = [
        each.id
        for each in claim.live_evidence
        if each.time > verdict.time and each.id not in verdict.evidence and each.stance is not Stance.CONTEXT
    ]
    if later:
        yield Objection("evidence_since", claim.id, person=", ".join(later))
    if policy.signatures and not verdict.signed:
        yield Objection("signature_missing", claim.id, person=verdict.by)


def against_confirming(claim: Claim, by: str, policy: Policy) -> tuple[Objection, ...]:
    """Say what speaks against `by` signing the claim's verdict as the second person."""
    if claim.verdict is None or claim.state not in {ClaimState.JUDGED, ClaimState.DISPUTED}:
        return (Objection("nothing_to_confirm", claim.id),)
    if same_person(claim.verdict.by, by):
        return (Objection("own_verdict", claim.id, person=by),)
    if claim.state is ClaimState.DISPUTED:
        return (Objection("disputed", claim.id, person=claim.disputed_by),)
    return (Objection("blind_confirm", claim.id),) if is_blind(policy) else ()


def against_touching(claim: Claim, by: str, policy: Policy) -> tuple[Objection, ...]:
    """Say what speaks against `by` taking evidence away from under a verdict that they must not know."""
    hidden = claim.verdict is not None and not same_person(claim.verdict.by, by)
    waits = is_blind(policy) and claim.state is ClaimState.JUDGED and hidden
    return (Objection("blind_evidence", claim.id),) if waits else ()


def open_ties(claim: Claim, state_of: Callable[[str], ClaimState | None]) -> tuple[Relation, ...]:
    """The ties of a claim that still say something.

    A proposal falls away when a person has tied the same two claims, or when the other one is gone.
    """
    tied = {each.other for each in claim.relations if each.by}
    return tuple(
        each
        for each in claim.relations
        if each.by or (each.other not in tied and state_of(each.other) not in GONE_STATES)
    )


def grouped(one: Claim, two: Claim) -> bool:
    """True when extraction proposed that both say the same, and nobody has turned that down."""
    return (
        one.group == two.group != ""
        and one.id != two.id
        and (RelationKind.REPEATS, two.id) not in one.apart
        and not any(
            (tie.kind, tie.other) == (RelationKind.REPEATS, two.id) and tie.by for tie in one.relations
        )
    )


def signed_twice(claim: Claim) -> bool:
    """True when a second person stands behind the verdict: by confirming, or by settling a dispute."""
    return bool(claim.confirmed_by) or (claim.verdict is not None and claim.verdict.kind == "settled")


def against_export(
    claim: Claim, policy: Policy, scale: Scale, gaps: Iterable[Gap] = ()
) -> tuple[Objection, ...]:
    """Say what keeps an accepted claim out of a final export.

    The verdict that stands is asked again: what was enough when it was recorded may be too little by now.
    """
    match claim.state:
        case ClaimState.ACCEPTED:
            return (Objection("undecided", claim.id),)
        case ClaimState.DISPUTED:
            return (Objection("disputed", claim.id, person=claim.disputed_by),)
    if claim.verdict is None:
        return ()
    found = refusing(objections(claim, claim.verdict, policy, scale, gaps), policy)
    found = (*found, *_against_silence(claim))
    if policy.signatures and claim.confirmed_by and not claim.second_signed:
        found = (*found, Objection("signature_missing", claim.id, person=claim.confirmed_by))
    alone = claim.state in _ALONE and not signed_twice(claim)
    if not (policy.second_signature and alone):
        return found
    missing = Objection("second_signature_missing", claim.id)
    return (missing,) if is_blind(policy) else (missing, *found)


def _against_silence(claim: Claim) -> Iterator[Objection]:
    """A verdict that was published is never changed without a word; a changed rating takes a correction of the verdict."""
    export, was = claim.published
    if not was or claim.verdict is None or claim.verdict.id == was:
        return
    before = claim.verdict_of(was)
    same = before is not None and before.rating == claim.verdict.rating
    notes = [each.kind for each in claim.corrections if each.export == export]
    if not (notes if same else CorrectionKind.VERDICT in notes):
        yield Objection("uncorrected", claim.id, person=export)


_ALONE = frozenset({ClaimState.JUDGED, ClaimState.PUBLISHED, ClaimState.CORRECTED})
LEADS_ONLY = frozenset({"settle", "policy", "members", "export", "assign"})


def assigning(claim: Claim, to: str, person: str) -> str:
    """Which right it takes to give the claim to somebody: one may take it, and give one's own back."""
    own = same_person(to, person) and not claim.assigned
    return "decide" if own or (not to and same_person(claim.assigned, person)) else "assign"


def signers_right(name: str, person: str) -> str:
    """Which right it takes to say which key somebody has: one's own is anybody's to say, others' the leads'."""
    return "note" if same_person(name, person) else "members"


def may(info: CaseInfo, person: str, act: str) -> str:
    """Say why `person` may not do `act` ("decide", "settle", "policy", "members", "export", "assign", "note"); "" when allowed.

    Without members everyone may do everything; with members policy, members, settling, final exports and
    other people's assignments are the leads', auditors only object and witness, and add notes (which no
    auditor's login may on a server: `docs/scaling.md`). Until there is a lead anybody may add members.
    """
    active = [each for each in info.members if not each.revoked]
    if not active or (act == "members" and not any(each.role is Role.LEAD for each in active)):
        return ""
    member = info.member(person)
    if member is None:
        return "not_a_member"
    if member.role is Role.LEAD or act == "note":
        return ""
    if member.role is Role.AUDITOR:
        return "auditors_note"
    return "leads_only" if act in LEADS_ONLY else ""
