"""What a claim ever said, where it was ever said and what evidence it ever had: to that an act of any desk is bound."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from factcheck.events import Event, bodies, capturing, snapshots
from factcheck.model import Claim, Evidence, Mention
from factcheck.state import State, evidence_value, mention_value, worded

Suggestions = Mapping[str, Sequence[Claim]]
MOST = 5
"""Readings of one mention whose every outcome is tried; with more of them any wording is taken."""


class Past:
    """The past of claims in a state, whatever has become of them since; `suggested` is how extractions ever had them."""

    def __init__(self, state: State, suggested: Suggestions) -> None:
        self._state, self._suggested = state, suggested

    def statements(self, claim: str) -> set[str]:
        """Every wording that the claim had."""
        found = {each.statement for each in self._suggested.get(claim, ())}
        for event in self._state.history(claim):
            found |= {each.statement for each in _snapshots(event, claim)}
            if isinstance(event.body, bodies.ClaimReworded):
                found.add(event.body.statement)
        return found

    def mentions(self, claim: str) -> set[Mention]:
        """Every place that it had."""
        found = {place for each in self._suggested.get(claim, ()) for place in each.mentions}
        for event in self._state.history(claim):
            bodies_ = [place for each in _snapshots(event, claim) for place in each.mentions]
            match event.body:
                case bodies.MentionAdded(mention=mention):
                    bodies_.append(mention)
                case bodies.MentionMoved(moves=moves):
                    bodies_ += [each.now for each in moves]
                case bodies.ClaimMerged(mentions=mentions) if event.subject == claim:
                    bodies_ += mentions
            found |= set(map(mention_value, bodies_))
        return found

    def evidence(self, claim: str) -> dict[str, Evidence]:
        """Every piece of evidence that it had."""
        found: dict[str, Evidence] = {}
        for event in self._state.history(claim):
            match event.body:
                case bodies.EvidenceAttached(evidence=evidence):
                    found[evidence.id] = evidence_value(evidence, claim)
                case bodies.ClaimMerged(evidence=moved) if event.subject == claim:
                    found |= {each.id: evidence_value(each, claim) for each in moved}
        return found

    def strange(self, act: Event) -> Iterator[str]:
        """What an act says of a claim that this claim never was."""
        said, places, pieces = _said(act)
        known = self.statements(act.subject) | {each.statement for each in _snapshots(act, act.subject)}
        for words in said - known:
            yield f"{act.subject} never said {words!r}"
        owner = act.body.other if isinstance(act.body, bodies.ClaimMerged) else act.subject
        for place in places - self.mentions(owner) if places else ():
            yield f"{place.source}[{place.start}:{place.end}] was no mention of {owner}"
        if not self._as_seen(act):
            yield f"{act.subject} was never suggested like that"
        if missing := sorted(pieces - self.evidence(owner).keys()):
            yield f"{', '.join(missing)} was no evidence of {owner}"

    def _as_seen(self, act: Event) -> bool:
        """Whether the first act on a suggestion carries it as some extraction made it, with some readings decided."""
        now, body = self._state.value(act.subject), act.body
        if not isinstance(body, snapshots.ClaimAct) or body.claim is None or not isinstance(now, Claim):
            return True
        seen = body.claim
        return not now.untouched or any(
            (seen.type, seen.checkable, seen.priority) == (each.type, each.checkable, each.priority)
            and (seen.statement == each.statement or self._worded(each, seen.statement))
            for each in self._suggested.get(act.subject, ())
        )

    def _worded(self, claim: Claim, statement: str) -> bool:
        readings = [each for each in self._state.readings(claim.mentions[0].source) if claim.heard_in(each)]
        ways = product(("proposed", "accepted", "rejected"), repeat=len(readings))
        return len(readings) > MOST or any(
            worded(claim, [replace(r, state=state) for r, state in zip(readings, way, strict=True)]).statement
            == statement
            for way in ways
        )

    def relied_on(self, act: Event, body: bodies.VerdictRecorded) -> Iterator[str]:
        """What a verdict relies on was attached to its claim, and was captured in an earlier line of its desk."""
        known, written = self.evidence(act.subject), act.order[1]
        names = [each.evidence for each in body.evidence]
        if len(set(names)) < len(names):
            yield "it relies on one piece of evidence twice"
        for each in body.evidence:
            piece = known.get(each.evidence)
            if piece is None:
                yield f"the verdict relies on {each.evidence}, which {act.subject} did not have"
            elif bool(piece.capture) is not bool(each.capture) or each.capture >= written:
                yield f"the verdict names line {each.capture} as the capture of {each.evidence}"


def _snapshots(event: Event, claim: str) -> Iterator[snapshots.ClaimBody]:
    match event.body:
        case bodies.ClaimSplit(new=new, part=part) if new == claim:
            yield part
        case bodies.ClaimAdded(claim=seen):
            yield seen
        case snapshots.ClaimAct(claim=seen) if seen is not None and event.subject == claim:
            yield seen


def _said(act: Event) -> tuple[set[str], set[Mention], set[str]]:
    """The wording, the places and the evidence that an act says its claim has."""
    said: set[str] = set()
    places: list[snapshots.MentionBody] = []
    pieces: set[str] = set()
    if (
        isinstance(act.body, snapshots.ClaimAct)
        and act.body.claim
        and not isinstance(act.body, bodies.ClaimMerged)
    ):
        places += act.body.claim.mentions
    match act.body:
        case bodies.VerdictRecorded(statement=words) | bodies.ClaimReworded(was=words):
            said.add(words)
        case bodies.ClaimMerged() as body:
            places += body.mentions
            pieces |= {each.id for each in body.evidence}
        case bodies.ClaimSplit() as body:
            places += [*body.part.mentions, *body.keeps]
        case bodies.MentionRated(mention=mention):
            places.append(mention)
        case bodies.MentionMoved(moves=moves):
            places += [each.was for each in moves]
        case (
            capturing.EvidenceWithdrawn(evidence=name)
            | capturing.EvidenceGraded(evidence=name)
            | capturing.EvidenceReanchored(evidence=name)
        ):
            pieces.add(name)
        case capturing.OriginsJoined(evidence=names):
            pieces |= {*names}
    return said, set(map(mention_value, places)), pieces
