"""In which states of its claim each act is legal."""

from factcheck.model import ClaimState

_S = ClaimState
ALIVE = frozenset(_S) - {_S.DISMISSED, _S.MERGED, _S.SUPERSEDED, _S.VOIDED}
DECIDED = frozenset({_S.JUDGED, _S.CONFIRMED, _S.DISPUTED, _S.SETTLED, _S.PUBLISHED, _S.CORRECTED})

# In which states of its claim each act is legal. The door refuses by it, the audit checks by it.
ALLOWED: dict[str, frozenset[ClaimState]] = {
    "claim.accepted": frozenset({_S.SUGGESTED}),
    "claim.dismissed": frozenset({_S.SUGGESTED, _S.ACCEPTED}),
    "claim.reworded": ALIVE,
    "claim.retyped": ALIVE,
    "claim.merged": ALIVE,
    "claim.split": ALIVE,
    "claim.related": ALIVE,
    "claim.unrelated": ALIVE,
    "claim.reopened": DECIDED | {_S.DISMISSED, _S.VOIDED},
    "mention.added": ALIVE,
    "mention.moved": frozenset(_S) - {_S.SUPERSEDED},
    "calculation.recorded": ALIVE,
    "mention.rated": ALIVE,
    "evidence.attached": ALIVE,
    "evidence.withdrawn": ALIVE,
    "evidence.graded": ALIVE,
    "evidence.reanchored": ALIVE,
    "origins.joined": ALIVE,
    "origins.parted": ALIVE,
    "verdict.recorded": frozenset({_S.SUGGESTED, _S.ACCEPTED, _S.JUDGED}),
    "verdict.confirmed": frozenset({_S.JUDGED}),
    "verdict.disputed": frozenset({_S.JUDGED}),
    "verdict.settled": frozenset({_S.DISPUTED}),
    "claim.assigned": ALIVE,
    "claim.scheduled": ALIVE,
    "question.asked": ALIVE,
    "question.answered": ALIVE,
    "note.added": frozenset(_S),
    "correction.issued": frozenset(_S) - {_S.SUGGESTED, _S.SUPERSEDED, _S.VOIDED},
}
