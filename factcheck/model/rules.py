"""The rules of the desk: what speaks against a verdict, a second signature, an export, or a person acting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from factcheck.model.kinds import GONE_STATES, ClaimState, RelationKind, Role, Stance
from factcheck.model.origins import origins
from factcheck.model.scale import Scale
from factcheck.model.values import CaseInfo, Claim, Policy, Relation, Verdict
from factcheck.model.words import same_person, says_something


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that speaks against a verdict: a code (its sentence stands in the labels) and what to do."""

    code: str
    claim: str
    person: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A verdict that somebody is about to record."""

    rating: str
    because: str
    by: str
    evidence: tuple[str, ...]


def objections(
    claim: Claim, verdict: Proposal | Verdict, policy: Policy, scale: Scale
) -> tuple[Objection, ...]:
    """Say what speaks against this verdict on this claim; empty when nothing does.

    The one rule: shown live on the screen, enforced when deciding, checked again by the audit.
    """
    found: list[Objection] = []
    if claim.state in GONE_STATES:
        found.append(Objection("gone", claim.id))
    if not any(each.rating == verdict.rating for each in scale.ratings):
        return (*found, Objection("no_such_rating", claim.id))
    if scale[verdict.rating].rated:
        found += _against_rated(claim, verdict, policy)
    missing = set(verdict.evidence) - {each.id for each in claim.live_evidence}
    if missing:
        found.append(Objection("evidence_unknown", claim.id, person=", ".join(sorted(missing))))
    return tuple(found)


def _against_rated(claim: Claim, verdict: Proposal | Verdict, policy: Policy) -> Iterable[Objection]:
    relied = [each for each in claim.live_evidence if each.id in verdict.evidence]
    if policy.evidence_for_rated and not relied:
        yield Objection("no_evidence", claim.id)
    sides = [each for each in relied if each.stance is not Stance.CONTEXT]
    if relied and len(origins(sides or relied, claim.origin_acts)) < policy.min_origins:
        yield Objection("too_few_origins", claim.id, number=policy.min_origins)
    if not says_something(verdict.because):
        yield Objection("no_because", claim.id)


def against_confirming(claim: Claim, by: str, policy: Policy) -> tuple[Objection, ...]:
    """Say what speaks against `by` signing the claim's verdict as the second person."""
    if claim.verdict is None or claim.state not in {ClaimState.JUDGED, ClaimState.DISPUTED}:
        return (Objection("nothing_to_confirm", claim.id),)
    if same_person(claim.verdict.by, by):
        return (Objection("own_verdict", claim.id, person=by),)
    if claim.state is ClaimState.DISPUTED:
        return (Objection("disputed", claim.id, person=claim.disputed_by),)
    return (Objection("blind_confirm", claim.id),) if policy.blind else ()


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


def against_export(claim: Claim, policy: Policy) -> tuple[Objection, ...]:
    """Say what keeps an accepted claim out of a final export."""
    match claim.state:
        case ClaimState.ACCEPTED:
            return (Objection("undecided", claim.id),)
        case ClaimState.DISPUTED:
            return (Objection("disputed", claim.id, person=claim.disputed_by),)
        case ClaimState.JUDGED | ClaimState.PUBLISHED if policy.second_signature and not signed_twice(claim):
            return (Objection("second_signature_missing", claim.id),)
        case _:
            return ()


LEADS_ONLY = frozenset({"settle", "policy", "members", "export"})


def may(info: CaseInfo, person: str, act: str) -> str:
    """Say why `person` may not do `act` ("decide", "settle", "policy", "members", "export", "note"); "" when allowed.

    Without members everyone may do everything; with members policy, members, settling and final
    exports are the leads', auditors only add notes. Until there is a lead anybody may add members.
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
