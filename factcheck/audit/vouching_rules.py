"""What acts that vouch for the trail must agree with: keys that are keys, and nothing said twice."""

from collections.abc import Iterator
from typing import Any

from factcheck.audit.evidence_rules import Rule
from factcheck.audit.reader import is_moment
from factcheck.events import Event, trust
from factcheck.model import name_fault, same_person, says_something
from factcheck.signing.keys import PublicKey
from factcheck.signing.notes import NoteKey
from factcheck.state import State


def signer_faults(body: trust.SignerAdded) -> Iterator[str]:
    """What is wrong with a key and its times by themselves."""
    if fault := name_fault(body.name):
        yield f"nobody is called {body.name!r} ({fault})"
    if body.valid_before and body.valid_before <= body.valid_after:
        yield "the key is valid at no moment"
    if not all(is_moment(each) for each in (body.valid_after, body.valid_before) if each):
        yield "the key is valid from or to no moment of the calendar"
    try:
        written = PublicKey.from_line(body.key).to_line() == body.key
    except ValueError as error:
        yield f"it names no public key ({error})"
        return
    if not written:
        yield "the key is not written in its two fields"


def _signer_added(_event: Event, body: trust.SignerAdded, state: State) -> Iterator[str]:
    yield from signer_faults(body)
    known = state.info().signers
    if any(each.key == body.key for each in known):
        yield "this key was somebody's here already"
    twins = [each.name for each in known if each.name != body.name and same_person(each.name, body.name)]
    if twins:
        yield f"{body.name!r} reads like {twins[0]!r}, who has a key here"


def _signer_revoked(_event: Event, body: trust.SignerRevoked, state: State) -> Iterator[str]:
    if body.key not in {each.key for each in state.info().keys_of(body.name)}:
        yield f"{body.name!r} had no such key"


def desk_faults(body: trust.DeskAdded) -> Iterator[str]:
    """What is wrong with the key of a desk by itself."""
    if fault := name_fault(body.name):
        yield f"no desk is called {body.name!r} ({fault})"
    try:
        NoteKey.from_vkey(body.key)
    except ValueError as error:
        yield f"it names no key of a desk ({error})"


def _desk_added(_event: Event, body: trust.DeskAdded, state: State) -> Iterator[str]:
    yield from desk_faults(body)
    if any(each.key == body.key for each in state.info().desks):
        yield "this desk was announced already"


def _decisions_signed(_event: Event, body: trust.DecisionsSigned, state: State) -> Iterator[str]:
    earlier = {
        each.id
        for event in state.history("case")
        if isinstance(event.body, trust.DecisionsSigned)
        for each in event.body.decisions
    }
    named = [each.id for each in body.decisions]
    if len({*named}) < len(named) or earlier & {*named}:
        yield "it signs an act that was signed already"


def _witnessed(event: Event, body: trust.CheckpointWitnessed, _state: State) -> Iterator[str]:
    if event.tree and body.size > event.tree.size:
        yield f"it witnesses {body.size} lines, and saw {event.tree.size}"


def objection_faults(body: trust.ObjectionRaised) -> Iterator[str]:
    """An objection says what it objects to."""
    if not says_something(body.text):
        yield "the objection is empty"


def _objected(event: Event, body: trust.ObjectionRaised, state: State) -> Iterator[str]:
    if event.subject != "case" and state.value(event.subject) is None:
        yield f"there is no {event.subject}"
    yield from objection_faults(body)


VOUCHED = trust.SignerAdded | trust.DeskAdded | trust.ObjectionRaised


def vouched_elsewhere(_event: Event, body: Any, _state: State) -> Iterator[str]:
    """What is asked of such an act of another desk; both may have been told of one key."""
    match body:
        case trust.SignerAdded():
            yield from signer_faults(body)
        case trust.DeskAdded():
            yield from desk_faults(body)
        case trust.ObjectionRaised():
            yield from objection_faults(body)


VOUCHING_RULES: dict[str, Rule] = {
    "signer.added": _signer_added,
    "signer.revoked": _signer_revoked,
    "desk.added": _desk_added,
    "decisions.signed": _decisions_signed,
    "checkpoint.witnessed": _witnessed,
    "objection.raised": _objected,
}
