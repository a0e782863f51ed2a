"""What becomes of acts that no desk would have recorded one upon the other: two desks did, and people are asked."""

from dataclasses import replace

from factcheck.events import Event, bodies
from factcheck.model import Claim, ClaimState, Mention, Verdict, same_person
from factcheck.state.judging import verdict_value

_S = ClaimState
MET = "two desks"
"""Why a claim came back when no other reason tells it."""
_GONE = frozenset({_S.DISMISSED, _S.MERGED, _S.SUPERSEDED, _S.VOIDED})
_JUDGED = frozenset({_S.JUDGED, _S.CONFIRMED, _S.DISPUTED, _S.SETTLED, _S.PUBLISHED, _S.CORRECTED})
_WORK = (
    "claim.reworded", "claim.split", "mention.added", "mention.rated", "calculation.recorded", "evidence.attached",
    "evidence.reanchored", "claim.scheduled", "question.asked",
)  # fmt: skip
"""Acts that take a claim for one that is worked on: it comes back when another desk has put it aside."""


def returned(claim: Claim, why: str = MET) -> Claim:
    """The claim before everybody again, with the reason; what was found stays in its history."""
    return replace(
        claim,
        state=_S.ACCEPTED,
        verdict=None,
        confirmed_by="",
        disputed_by="",
        dispute="",
        reason="",
        merged_into="",
        reopened=why,
    )


def met(claim: Claim, event: Event, *, unseen: bool) -> Claim | None:
    """What comes of an act that does not fit the claim; None when it does, as every act does where nothing was adopted."""
    if unseen and (found := _unaware(claim, event)):
        return found
    match event.body:
        case bodies.VerdictSettled() as settled:
            return _settled(claim, event, settled)
        case bodies.VerdictRecorded() as recorded:
            return _recorded(claim, event, recorded)
        case bodies.VerdictConfirmed(verdict=name):
            return _signed(claim, event, name)
        case bodies.VerdictDisputed() as disputed:
            return _contradicted(claim, event, disputed)
        case bodies.ClaimDismissed() if claim.state in _JUDGED | _GONE:
            return returned(claim) if claim.state in _JUDGED else claim
        case bodies.ClaimReopened() if claim.state not in _JUDGED | {_S.DISMISSED, _S.VOIDED}:
            return claim
        case bodies.ClaimMerged() as merge:
            return _merged(claim, event, merge)
    if event.kind == "claim.accepted" and claim.state is not _S.SUGGESTED:
        return returned(claim) if claim.state in {_S.DISMISSED, _S.SUPERSEDED, _S.VOIDED} else claim
    return None


def _unaware(claim: Claim, event: Event) -> Claim | None:
    """What comes of an act whose author did not know what others had done to the claim, although it fits its state."""
    match event.body:
        case bodies.ClaimDismissed() if claim.state is _S.ACCEPTED:
            return returned(claim)
        case bodies.VerdictSettled():
            return None
        case bodies.VerdictRecorded() as body:
            heard = replace(claim, verdicts=(*claim.verdicts, verdict_value(event)))
            standing = claim.verdict
            own = standing is not None and same_person(standing.by, event.by)
            if claim.reopened or (own and standing is not None and standing.rating != body.rating):
                return returned(heard, claim.reopened or MET)
    return None


def worked_on(claim: Claim, event: Event) -> Claim:
    """The claim as the act finds it: one that another desk has put aside comes back for work upon it."""
    return returned(claim) if event.kind in _WORK and claim.state in _GONE else claim


def _recorded(claim: Claim, event: Event, body: bodies.VerdictRecorded) -> Claim | None:
    verdict = verdict_value(event)
    heard = replace(claim, verdicts=(*claim.verdicts, verdict))
    if claim.state in _GONE:
        return returned(heard)
    if not _stands(claim, body):
        return returned(heard)
    if claim.state in {_S.SUGGESTED, _S.ACCEPTED, _S.JUDGED}:
        return None
    return _weighed(heard, verdict.rating, verdict, event)


def _settled(claim: Claim, event: Event, body: bodies.VerdictSettled) -> Claim | None:
    verdict = verdict_value(event)
    heard = replace(claim, verdicts=(*claim.verdicts, verdict))
    if claim.state not in _JUDGED or not _stands(claim, body):
        return returned(heard)
    if claim.state is not _S.DISPUTED:
        return _weighed(heard, verdict.rating, verdict, event)
    names = claim.verdict is not None and claim.verdict.id == body.verdict
    return None if names and not _unheard(claim, verdict) else heard


def _unheard(claim: Claim, settling: Verdict) -> bool:
    """True when somebody has judged otherwise whom the one who settles cannot have known."""
    ids = [each.id for each in claim.verdicts]
    first = ids.index(claim.verdict.id) if claim.verdict and claim.verdict.id in ids else 0
    paired = {second for _, second in claim.pairs}
    others = [
        each
        for each in claim.verdicts[first + 1 :]
        if each.id not in paired and not (claim.verdict and same_person(each.by, claim.verdict.by))
    ]
    return any(each.rating != settling.rating for each in others)


def _signed(claim: Claim, event: Event, name: str) -> Claim | None:
    """Who confirms another verdict than the one that stands agrees with it, or contradicts it, by the rating."""
    if claim.state not in _JUDGED:
        return _unsaid(claim)
    standing = claim.verdict
    if standing and standing.id == name:
        return None if claim.state is _S.JUDGED else claim
    named = next((each for each in claim.verdicts if each.id == name), None)
    if named is None or standing is None or same_person(standing.by, event.by):
        return claim
    if claim.state is _S.JUDGED and named.rating == standing.rating:
        return replace(claim, state=_S.CONFIRMED, confirmed_by=event.by)
    return _weighed(claim, named.rating, named, event)


def _contradicted(claim: Claim, event: Event, body: bodies.VerdictDisputed) -> Claim | None:
    if claim.state not in _JUDGED:
        return _unsaid(claim)
    if claim.state is _S.JUDGED and claim.verdict and claim.verdict.id == body.verdict:
        return None
    return claim if claim.state is _S.DISPUTED else _disputed(claim, event.by, body.because)


def _weighed(claim: Claim, rating: str, said: Verdict, event: Event) -> Claim:
    """One more voice on a claim that two people have judged: the same rating changes nothing, another disputes."""
    same = claim.verdict is not None and claim.verdict.rating == rating
    return claim if same or claim.state is _S.DISPUTED else _disputed(claim, event.by, said.because)


def _disputed(claim: Claim, by: str, because: str) -> Claim:
    return replace(claim, state=_S.DISPUTED, disputed_by=by, dispute=because or MET)


def _unsaid(claim: Claim) -> Claim:
    """A signature on a verdict that stands no more: the claim says that somebody gave it."""
    return claim if claim.state in _GONE or claim.reopened else replace(claim, reopened=MET)


def _stands(claim: Claim, body: bodies.VerdictRecorded) -> bool:
    """Whether the claim is as whoever judged it saw it: its words, its places, the evidence they relied on."""
    seen = (body.statement, body.mentions) == (claim.statement, len(claim.mentions))
    return seen and {each.evidence for each in body.evidence} <= {each.id for each in claim.live_evidence}


def _merged(claim: Claim, event: Event, body: bodies.ClaimMerged) -> Claim | None:
    if claim.id != body.other:
        return None
    if claim.state is _S.MERGED:
        return claim if claim.merged_into == event.subject else returned(claim)
    moved = {each.id for each in body.evidence}
    left = tuple(each for each in claim.live_evidence if each.id not in moved)
    places = {Mention(each.source, each.start, each.end, each.quote) for each in body.mentions}
    if claim.verdict or claim.rated or left or {*claim.mentions} - places:
        return returned(replace(claim, evidence=left))
    return None
