"""The one rule of the desk, applied again: what spoke against each verdict, confirmation and export when it was made."""

from collections.abc import Iterable

from factcheck import model
from factcheck.audit.reader import Entry
from factcheck.audit.sheet import UNDESKED, Sheet
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.errors import FactcheckError
from factcheck.events import Event, bodies, capturing
from factcheck.export.scope import Demands, Scope, demands, gates
from factcheck.labels import label
from factcheck.model import (
    Claim,
    Objection,
    Proposal,
    against_confirming,
    against_touching,
    refusing,
)
from factcheck.state import State, verdict_value


class Objections(Watch):
    """`model.objections` for each verdict, under the policy of its moment; likewise confirmations and exports."""

    def see(self, at: Moment) -> None:
        _judge(self.trail, self.sheet, *at)


def _judge(trail: Trail, sheet: Sheet, entry: Entry, event: Event, state: State) -> None:
    match event.body:
        case bodies.VerdictRecorded():
            found = _against_verdict(event, state, demands(state, trail.text_of))
        case bodies.VerdictConfirmed():
            found = _against_confirming(event, state)
        case capturing.EvidenceWithdrawn() | capturing.EvidenceReanchored():
            found = _against_touching(event, state)
        case bodies.SummaryExported(draft=False) as body:
            found = _against_export(trail, body, state)
        case _:
            return
    sheet.checked += 1
    for each in found:
        sheet.found(entry.where, _sentence(each), UNDESKED)


def _sentence(objection: Objection) -> str:
    return label(
        f"objection.{objection.code}",
        "en",
        claim=objection.claim,
        person=objection.person,
        number=objection.number,
    )


def _against_verdict(event: Event, state: State, now: Demands) -> Iterable[Objection]:
    claim = state.value(event.subject)
    if not isinstance(claim, Claim):
        return ()
    found = verdict_value(event)
    proposal = Proposal(
        found.rating, found.because, event.by, found.evidence, found.as_of, found.basis, found.parts
    )
    gaps = now.gaps(claim) if now.policy.strict else ()
    return refusing(model.objections(claim, proposal, now.policy, now.scale, gaps), now.policy)


def _against_confirming(event: Event, state: State) -> Iterable[Objection]:
    claim = state.value(event.subject)
    return against_confirming(claim, event.by, state.info().policy) if isinstance(claim, Claim) else ()


def _against_touching(event: Event, state: State) -> Iterable[Objection]:
    claim = state.value(event.subject)
    return against_touching(claim, event.by, state.info().policy) if isinstance(claim, Claim) else ()


def _against_export(trail: Trail, body: bodies.SummaryExported, state: State) -> Iterable[Objection]:
    """What kept the scope from a final export, the claims that it leaves out among it."""
    try:
        return gates(state, Scope.from_list(body.scope), trail.text_of)
    except FactcheckError:
        return ()  # a scope that names what is not there: the check of exports says so
