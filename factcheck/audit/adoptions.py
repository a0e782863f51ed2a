"""What was adopted from another desk: the original is whole and its own, its numbers are kept apart, and its act was lawful.

The other desk's state at that moment is not known here. So only what no order of lines can excuse is asked: who may act
at all, nobody confirms or settles their own, a verdict is on words that its claim had, on evidence that it had, under a
policy that was in force some time. `Event.act` of the line is meant wherever an act is spoken of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from types import UnionType
from typing import Any

from factcheck import model
from factcheck.audit.calculations import recomputed
from factcheck.audit.evidence import attached
from factcheck.audit.evidence_rules import EVIDENCE_RULES
from factcheck.audit.reader import is_moment, read_line
from factcheck.audit.remembering import Past
from factcheck.audit.rules import versions_before
from factcheck.audit.sheet import UNDESKED, Sheet
from factcheck.audit.signing import brought_faults
from factcheck.audit.states import TOOLS, right, wrong_also, wrong_subject, wrong_witness
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.audit.vouching_rules import VOUCHED, vouched_elsewhere
from factcheck.events import Body, Event, SuggestedClaim, bodies, people, proposing, scales, strict_json
from factcheck.events.adopting import EventAdopted, minted, named_in, numbers, renamed_event
from factcheck.labels import label
from factcheck.match.wording import same_words
from factcheck.model import (
    CaseInfo,
    Claim,
    ClaimState,
    Policy,
    Proposal,
    Reading,
    Source,
    is_date,
    may,
    name_fault,
    refusing,
    same_person,
    says_something,
    scale_fault,
)
from factcheck.state import State, Suggested, Suggestions, can_be_undone, scale_value, verdict_value
from factcheck.state.naming import as_named_here
from factcheck.state.subjects import suggested_value

Rule = Callable[[Event, Any, State], Iterator[str]]

_UNSURE = frozenset({"no_opinion", "too_few_origins"})
"""Objections that another desk's acts may have called up since: the type of a claim, and who stands behind its evidence."""


class Adoptions(Watch):
    """Each adopted line brings one whole act of another desk, with its numbers kept apart, and one that was lawful there."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self._law = Law(lambda act: self._infos.get(act.id, CaseInfo()), trail.suggested)
        self._infos: dict[str, CaseInfo] = {}

    def see(self, at: Moment) -> None:
        entry, event, state = at
        if isinstance(event.body, EventAdopted):
            self.sheet.checked += 1
            self._infos[event.id] = state.info()
            act = self.trail.act(entry)
            for seen in ill_brought(event, event.body, self.trail.suggested(act) if act else ()):
                self.sheet.found(entry.where, seen, UNDESKED)

    def end(self) -> None:
        if not self.sheet.checked:
            self.sheet.skip("nothing of another desk is here")

    def meet(self, at: Moment) -> None:
        for seen in self._law.against(at.event, at.state):
            self.sheet.found(at.entry.where, seen, UNDESKED)


def ill_brought(event: Event, body: EventAdopted, lines: Sequence[Suggested]) -> Iterator[str]:
    """What is wrong with a line that brings an act here, by itself: its original, and how its numbers are mapped."""
    found = read_line(body.line.encode())
    original = found.event
    if found.fault or found.form or original is None:
        yield f"the line that it brings: {found.fault or found.form or 'of a newer format'}"
        return
    if original.id != event.id:
        yield f"it brings the act {original.id} under another id"
    if original.kind in {"event.adopted", "case.created"}:
        yield f"{original.kind} cannot be adopted"
    if not is_moment(original.time) or original.time >= event.time:
        yield f"it brings an act of {original.time}, which is not before {event.time}"
    if not original.seq:
        yield "it brings a line that stood in no ledger"
    document, names = strict_json(body.line.encode()), dict(body.map)
    said = {*numbers(document), *(name for line in lines for name in named_in(line.model_dump(mode="json")))}
    if strange := sorted(names.keys() - said):
        yield f"it maps {', '.join(strange)}, which the line does not name"
    here = [names.get(name, name) for name in said]
    if twice := sorted({name for name in here if here.count(name) > 1}):
        yield f"two numbers become {', '.join(twice)}"
    wanted = renamed_event(document, names)
    subjects = [wanted["subject"], *(each["subject"] for each in wanted["also"])]
    if [name for name, _ in event.subjects] != subjects:
        yield f"it is about {event.subject}, the act that it brings is about {subjects[0]}"
    if event.tree is not None or event.sig:
        yield "a line that brings an act is neither signed nor does it name a head"


class Law:
    """Asks of the acts of all desks, shown in their order, which adopted one could not be lawful at any desk.

    `info` is the case as it was here when the act was adopted: who was a member then, or at the act's own time, may
    have acted. `suggestions` reads the file that an extraction names.
    """

    def __init__(self, info: Callable[[Event], CaseInfo], suggestions: Suggestions) -> None:
        self._info, self._suggestions = info, suggestions
        self._policies: list[Policy] = []
        self._suggested: defaultdict[str, list[Claim]] = defaultdict(list)

    def against(self, act: Event, state: State) -> tuple[str, ...]:
        """Why this act could not be lawful, with the state before it; of one's own desk nothing is asked here."""
        found: tuple[str, ...] = ()
        if state.info().policy not in self._policies:
            self._policies.append(state.info().policy)
        if act.as_written is not act:
            past = Past(state, self._suggested)
            spoken = _objections(act, state, past, _mildest(self._policies))
            found = (*_faults(act, state, self._info(act), past), *spoken)
        if act.kind in TOOLS:
            for line in as_named_here(act, self._suggestions(act)):
                if isinstance(line, SuggestedClaim):
                    self._suggested[line.claim].append(_claim(line))
        return found


def unlawful(
    steps: Iterable[tuple[Event, State]], info: Callable[[Event], CaseInfo], suggestions: Suggestions
) -> Iterator[tuple[Event, str]]:
    """Every adopted act among these that could not be lawful, or whose signature is not good here, and why."""
    law = Law(info, suggestions)
    for act, state in steps:
        yield from ((act, seen) for seen in law.against(act, state))
        if act.as_written is not act:
            yield from ((act, seen) for seen in brought_faults(act, state, info(act)))


def _claim(line: SuggestedClaim) -> Claim:
    found = suggested_value(line)
    assert isinstance(found, Claim)
    return found


def _mildest(policies: Sequence[Policy]) -> Policy:
    """What every desk has demanded at any time: which switches the other one knew of is not known here."""
    return Policy(**{each.name: min(getattr(one, each.name) for one in policies) for each in fields(Policy)})


def _faults(act: Event, state: State, info: CaseInfo, past: Past) -> Iterator[str]:
    yield from wrong_subject(act, state)
    yield from wrong_witness(act, state)
    yield from _person(act, state, info)
    yield from _named(act, state)
    if not isinstance(act.body, bodies.EventUndone | bodies.ReadingBody):
        yield from wrong_also(act, state)
    yield from past.strange(act)
    if isinstance(act.body, bodies.VerdictRecorded):
        yield from past.relied_on(act, act.body)
    for kinds, rule in _RULES.items():
        if isinstance(act.body, kinds):
            yield from rule(act, act.body, state)


def _called(name: str) -> Iterator[str]:
    if fault := name_fault(name):
        yield f"nobody is called {name!r} ({fault})"


def _person(act: Event, state: State, info: CaseInfo) -> Iterator[str]:
    tool = act.kind in TOOLS
    if tool != act.by.startswith("tool:"):
        yield f"{act.kind} by {act.by!r}: tools suggest, people do everything else"
    elif not tool:
        yield from _called(act.by)
        need = _right(act, state)
        if (reason := may(state.info(), act.by, need)) and may(info, act.by, need):
            yield f"{act.by!r} may not do this ({reason})"


def _right(act: Event, state: State) -> str:
    """The right that it takes; whether the claim that somebody took was nobody's then is not known here."""
    if isinstance(act.body, people.ClaimAssigned):
        return "decide" if not act.body.to or same_person(act.body.to, act.by) else "assign"
    return right(act, state)


def _named(act: Event, state: State) -> Iterator[str]:
    """What an act names is there, and what it makes is not."""
    document = act.model_dump(mode="json", exclude_none=True)
    made = set(minted(document))
    known = {name for name in {*numbers(document)} if name in state.events or name in state.bases}
    if missing := sorted({*numbers(document)} - known - made):
        yield f"there is no {', '.join(missing)}"
    if again := sorted(made & known):
        yield f"{', '.join(again)} was there before; numbers are never used twice"


def _undone(act: Event, body: bodies.EventUndone, state: State) -> Iterator[str]:
    meant = state.by_id.get(body.id)
    if meant is None or not can_be_undone(meant.kind):
        yield f"it names {body.id!r}, which is no act that can be undone"
        return
    if meant.by != act.by:
        yield f"{act.by!r} takes up an act of {meant.by!r}"
    if sorted(name for name, _ in meant.subjects) != sorted(name for name, _ in act.subjects):
        yield f"it names other subjects than {meant.kind} {meant.subject} did"


def _verdict(act: Event, name: str, state: State) -> Event | None:
    found = state.by_id.get(name)
    ours = found is not None and isinstance(found.body, bodies.VerdictRecorded)
    return found if found is not None and ours and found.subject == act.subject else None


def _another_person(
    act: Event, body: bodies.VerdictConfirmed | bodies.VerdictDisputed, state: State
) -> Iterator[str]:
    verdict = _verdict(act, body.verdict, state)
    if verdict is None:
        yield f"it names {body.verdict!r}, which is no verdict on {act.subject}"
    elif same_person(verdict.by, act.by):
        yield f"{act.by!r} signs or disputes their own verdict"
    if isinstance(body, bodies.VerdictDisputed) and not says_something(body.because):
        yield "a dispute without a reason"


def _judged(act: Event, body: bodies.VerdictRecorded, state: State) -> Iterator[str]:
    yield from _on_scale(act, body, state)
    said = (body.omitted, body.would_change)
    if any(each is not None and not says_something(each) for each in said):
        yield "what it says to be omitted, or to change it, is empty"
    if isinstance(body, bodies.VerdictSettled):
        yield from _settling(act, body, state)


def _settling(act: Event, body: bodies.VerdictSettled, state: State) -> Iterator[str]:
    verdict = _verdict(act, body.verdict, state)
    if verdict is None:
        yield f"it names {body.verdict!r}, which is no verdict on {act.subject}"
        return
    if not says_something(body.because):
        yield "a settlement without a reason"
    voices = [each for each in state.history(act.subject) if each.order >= verdict.order]
    parties = [each.by for each in voices if each.kind in {"verdict.recorded", "verdict.disputed"}]
    if any(same_person(act.by, party) for party in (verdict.by, *parties)):
        yield f"{act.by!r} settles a dispute they are a party to"


def _on_scale(_act: Event, body: bodies.VerdictRecorded | bodies.MentionRated, state: State) -> Iterator[str]:
    scale = state.info().scale_of(body.scale, body.scale_version)
    if scale is None or scale.get(body.rating) is None:
        yield f"{body.rating!r} on the scale {body.scale} {body.scale_version} is no rating that was in force here"


def _scale(_act: Event, body: scales.ScaleAdopted, state: State) -> Iterator[str]:
    new, known = scale_value(body), (*state.info().scales, model.shipped_scale())
    if new not in known and (fault := scale_fault(new, known)):
        yield fault.rstrip(".")


def _published(_act: Event, body: bodies.SummaryExported, state: State) -> Iterator[str]:
    for each in body.claims:
        found = state.by_id.get(each.verdict)
        if each.verdict and (
            found is None or found.subject != each.claim or not isinstance(found.body, bodies.VerdictRecorded)
        ):
            yield f"it publishes {each.claim} with {each.verdict!r}, which is no verdict on it"


def _read(act: Event, body: bodies.ReadingBody, state: State) -> Iterator[str]:
    known = state.value(act.subject)
    if not isinstance(known, Reading):
        return
    if (body.source, body.heard, body.meant) != (known.source, known.heard, known.meant):
        yield f"it is about {body.heard!r} -> {body.meant!r}, {known.id} is {known.heard!r} -> {known.meant!r}"
    if not body.places or not {*body.places} <= {*known.places}:
        yield f"it names places that {known.id} was not proposed for"


def _attached(act: Event, body: bodies.EvidenceAttached, state: State) -> Iterator[str]:
    yield from attached(body.evidence, state)
    yield from EVIDENCE_RULES[act.kind](act, body, state)


def _dated(act: Event, body: bodies.SourceIngested | bodies.SourceDated, state: State) -> Iterator[str]:
    if not is_date(body.date):
        yield f"{body.date!r} is neither a day nor a range of days"
    if not isinstance(body, bodies.SourceIngested):
        return
    known, made = state.value(body.replaces or ""), body.derived
    if isinstance(known, Source) and known.sha256 == body.sha256:
        yield f"it is {known.id}, byte for byte"
    if made and made.path != f"claims/{act.subject}.text-{made.sha256}.txt":
        yield f"the text made of it lies at {made.path}, not at claims/{act.subject}.text-<sha256>.txt"


def _suggested(
    act: Event, body: bodies.SourceExtracted | proposing.SourceProposed, _state: State
) -> Iterator[str]:
    extracted = isinstance(body, bodies.SourceExtracted)
    maker = body.extractor if isinstance(body, bodies.SourceExtracted) else body.proposer
    if act.by != f"tool:{maker}":
        yield f"it is by {act.by!r}, it was made by {maker!r}"
    if (
        body.suggestions
        != f"claims/{act.subject}.{'suggestions' if extracted else 'proposed'}-{body.sha256}.jsonl"
    ):
        yield f"its file {body.suggestions} is not named by its source and SHA-256"
    if isinstance(body, bodies.SourceExtracted) and body.language not in {"zh", "en", "mixed"}:
        yield f"{body.language!r} is none of zh, en, mixed"


def _moved(_act: Event, body: bodies.MentionMoved, state: State) -> Iterator[str]:
    older = set(versions_before(body.source, state))
    for each in body.moves:
        if each.was.source not in older or each.now.source != body.source:
            yield f"{each.now.source} is no newer version of {each.was.source}"
        if each.changed is same_words(each.was.quote, each.now.quote):
            yield f"{each.was.quote[:60]!r} -> {each.now.quote[:60]!r}: the words are {'the same' if each.changed else 'others'}"


def _policy(_act: Event, body: bodies.PolicyChanged, _state: State) -> Iterator[str]:
    if isinstance(body.value, bool) is (body.name == "min_origins"):
        yield f"{body.name} cannot be {body.value!r}"


def _tied(act: Event, body: bodies.ClaimMerged | bodies.ClaimRelated, _state: State) -> Iterator[str]:
    if body.other == act.subject:
        yield "a claim cannot be tied to itself"


def _names(_act: Event, body: Any, _state: State) -> Iterator[str]:
    """Whoever becomes a member, had a proposer asked, gets a claim or a question, is called something."""
    for field in ("name", "asked", "to"):
        if name := getattr(body, field, ""):
            yield from _called(name)


def _calculated(_act: Event, body: bodies.CalculationRecorded, _state: State) -> Iterator[str]:
    yield from recomputed(body)


def _objections(act: Event, state: State, past: Past, policy: Policy) -> Iterator[str]:
    """The one rule of the desk, on the claim as its author may have seen it."""
    claim = state.value(act.subject)
    if not isinstance(act.body, bodies.VerdictRecorded) or not isinstance(claim, Claim):
        return
    found, scale = verdict_value(act), state.info().scale_of(act.body.scale, act.body.scale_version)
    if scale is None:
        return
    seen = replace(
        claim,
        state=ClaimState.ACCEPTED,
        statement=found.statement,
        evidence=tuple(past.evidence(act.subject).values()),
    )
    proposal = Proposal(
        found.rating, found.because, found.by, found.evidence, found.as_of, found.basis, found.parts
    )
    for each in refusing(model.objections(seen, proposal, policy, scale), policy):
        if each.code not in _UNSURE:
            yield label(
                f"objection.{each.code}", "en", claim=each.claim, person=each.person, number=each.number
            )


_RULES: dict[type[Body] | UnionType, Rule] = {
    bodies.EventUndone: _undone,
    bodies.VerdictConfirmed | bodies.VerdictDisputed: _another_person,
    bodies.VerdictRecorded: _judged,
    bodies.MentionRated: _on_scale,
    bodies.MentionMoved: _moved,
    bodies.SourceIngested | bodies.SourceDated: _dated,
    bodies.SourceExtracted | proposing.SourceProposed: _suggested,
    bodies.EvidenceAttached: _attached,
    bodies.SummaryExported: _published,
    bodies.ReadingBody: _read,
    bodies.CalculationRecorded: _calculated,
    scales.ScaleAdopted: _scale,
    bodies.PolicyChanged: _policy,
    bodies.ClaimMerged | bodies.ClaimRelated: _tied,
    VOUCHED: vouched_elsewhere,
    bodies.MemberAdded | proposing.SourceProposed | people.ClaimAssigned | people.QuestionAsked: _names,
}
