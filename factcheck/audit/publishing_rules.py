"""What the desk would have refused of what it says of itself: the same once more, or another look under a known name."""

from collections.abc import Iterator
from dataclasses import asdict

from factcheck.audit.evidence_rules import Rule
from factcheck.events import Event, bodies, moving, publishing
from factcheck.model import Claim, says_something
from factcheck.state import State, template_value


def _publisher(_event: Event, body: publishing.PublisherNamed, state: State) -> Iterator[str]:
    if body.model_dump() == asdict(state.info().publisher):
        yield "it says of the publisher what was said already"


def _foreword(_event: Event, body: publishing.ForewordWritten, state: State) -> Iterator[str]:
    if body.text == state.info().foreword.text:
        yield "it writes the foreword that stood already"
    if body.text != body.text.strip():
        yield "its foreword begins or ends with blanks"


def _template(_event: Event, body: publishing.TemplateAdopted, state: State) -> Iterator[str]:
    new, now = template_value(body), state.info().template
    if new == now:
        yield "this template was in force already"
    elif new.id and new.name == now.name:
        yield f"{new.name} looked otherwise before"


def _corrected(event: Event, body: bodies.CorrectionIssued, state: State) -> Iterator[str]:
    claim = state.value(event.subject)
    if not isinstance(claim, Claim):
        return
    if (body.export, body.was) != claim.published:
        yield f"it corrects {body.was!r} in {body.export}, published was {claim.published}"
    if body.now != (claim.verdict.id if claim.verdict else None):
        yield f"it says that {body.now!r} stands now, which does not"
    if not says_something(body.because):
        yield "a correction without a reason"
    if any(
        (c.kind, c.because, c.export) == (body.correction, body.because, body.export)
        for c in claim.corrections
    ):
        yield "this correction stood already"


def _moved(_event: Event, body: moving.LedgerMoved, state: State) -> Iterator[str]:
    home = state.info().home or "file"
    if body.to == home:
        yield f"the ledger lay there already ({home})"


PUBLISHING_RULES: dict[str, Rule] = {
    "correction.issued": _corrected,
    "publisher.named": _publisher,
    "foreword.written": _foreword,
    "template.adopted": _template,
    "ledger.moved": _moved,
}
