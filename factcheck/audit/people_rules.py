"""What acts of sharing the work must agree with: who a claim was given to, what was asked, what falls due."""

from collections.abc import Iterator

from factcheck.audit.evidence_rules import Rule
from factcheck.events import Event, people
from factcheck.model import Claim, ClaimType, is_date, is_day, may, name_fault, says_something
from factcheck.state import State


def _assigned(event: Event, body: people.ClaimAssigned, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if isinstance(claim, Claim) and claim.assigned == body.to:
        yield f"{claim.id} was {body.to or 'nobody'!r}'s already"
    if body.to and (fault := name_fault(body.to) or may(state.info(), body.to, "decide")):
        yield f"it goes to {body.to!r}, who may not judge ({fault})"


def _scheduled(event: Event, body: people.ClaimScheduled, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if not is_date(body.due):
        yield f"{body.due!r} is neither a day nor a range of days"
    if not says_something(body.settled_by):
        yield "it does not say what would settle the forecast"
    if isinstance(claim, Claim) and claim.type is not ClaimType.PREDICTION:
        yield f"{claim.id} is no forecast, but: {claim.type}"


def _asked(_event: Event, body: people.QuestionAsked, state: State) -> Iterator[str]:
    if not says_something(body.text):
        yield "the question is empty"
    if body.to and (body.whom or body.on):
        yield "it goes to a colleague and to somebody outside"
    if body.whom and not says_something(body.whom):
        yield "it names nobody outside"
    if bool(body.whom) is not is_day(body.on):
        yield "somebody outside is asked on a day"
    if body.to and (fault := name_fault(body.to) or may(state.info(), body.to, "decide")):
        yield f"it goes to {body.to!r}, who may not judge ({fault})"


def _answered(event: Event, body: people.QuestionAnswered, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if not isinstance(claim, Claim):
        return
    if body.question not in {each.id for each in claim.open_questions}:
        yield f"{claim.id} has no open question {body.question!r}"
    if not says_something(body.text):
        yield "the answer is empty"
    if missing := sorted({*(body.evidence or ())} - {each.id for each in claim.live_evidence}):
        yield f"the reply {', '.join(missing)} is no evidence of {claim.id}"


PEOPLE_RULES: dict[str, Rule] = {
    "claim.assigned": _assigned,
    "claim.scheduled": _scheduled,
    "question.asked": _asked,
    "question.answered": _answered,
}
