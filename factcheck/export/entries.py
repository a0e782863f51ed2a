"""A claim as the summary shows it: its words, its verdict, what that rests on, and how it came about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.export.cited import cited
from factcheck.export.history import history, rating_named
from factcheck.export.passages import MentionFinding, Said
from factcheck.export.saying import said
from factcheck.export.scope import Demands, demands, standing, withheld
from factcheck.export.summary import Entry, PartFinding, Ruling, Step, Tie, Untriaged
from factcheck.model import (
    GONE_STATES,
    Claim,
    ClaimState,
    Part,
    Policy,
    Rated,
    Reading,
    Relation,
    RelationKind,
    Source,
    Stance,
    Verdict,
    open_ties,
)
from factcheck.speech import spoken
from factcheck.state import State

BOTH_WAYS = frozenset({RelationKind.REPEATS, RelationKind.CONTRADICTS})


@dataclass(frozen=True, slots=True)
class Ground:
    """What claims are resolved against. `backward`: proposed relations, by the claim they point to."""

    state: State
    demands: Demands
    lang: str
    texts: Callable[[Source], str]
    shown: frozenset[str]
    readings: tuple[Reading, ...]
    backward: Mapping[str, tuple[Relation, ...]]

    @property
    def policy(self) -> Policy:
        """What a verdict needs here."""
        return self.demands.policy

    def state_of(self, claim: str) -> ClaimState | None:
        """How far the review of a claim has come; None when there is none of that id."""
        found = self.state.value(claim)
        return found.state if isinstance(found, Claim) else None

    def named(self, found: Verdict | Rated) -> tuple[str, str, str, int]:
        """Symbol, label, definition and value of a rating, on the scale that it was recorded on."""
        scale = self.state.info().scale_of(found.scale, found.scale_version)
        return rating_named(found.rating, scale, self.lang)


def ground(state: State, lang: str, texts: Callable[[Source], str], shown: Iterable[str]) -> Ground:
    """Gather once what every entry needs. `shown` are the claims that the summary has entries for."""
    backward: dict[str, tuple[Relation, ...]] = {}
    for claim in state.all(Claim):
        for each in claim.relations:
            if each.kind in BOTH_WAYS and claim.state not in GONE_STATES:
                tie = Relation(each.kind, claim.id, each.why, each.by)
                backward[each.other] = (*backward.get(each.other, ()), tie)
    readings = tuple(state.all(Reading))
    return Ground(state, demands(state, texts), lang, texts, frozenset(shown), readings, backward)


def entry(claim: Claim, at: Ground) -> Entry:
    """Resolve one claim; what blind review withholds is left out of every field."""
    hidden = withheld(claim, at.policy)
    steps = () if hidden else history(at.state.history(claim.id), at.state.info(), at.lang)
    ruling = None if hidden or claim.verdict is None else _ruling(claim, claim.verdict, steps, at)
    relied = ruling.relied if ruling else ()
    return Entry(
        id=claim.id,
        statement=claim.statement,
        type=claim.type,
        checkable=claim.checkable,
        state=standing(claim),
        priority=claim.priority,
        said=_said(claim, at, hidden=hidden),
        ruling=ruling,
        evidence=tuple(cited(n, each, at.state, relied) for n, each in enumerate(claim.evidence, start=1)),
        ties=tuple(_tie(each, at) for each in _relations(claim, at)),
        calculations=claim.calculations,
        steps=steps,
        notes=claim.notes,
        disputed_by="" if hidden else claim.disputed_by,
        dispute="" if hidden else claim.dispute,
        reopened=claim.reopened,
        withheld=hidden,
        links=len([each for each in claim.live_evidence if each.stance is not Stance.CONTEXT]),
        origins=claim.origins,
        shared=tuple(tie for each in claim.behind for tie in each.ties),
        due=claim.due,
        settled_by=claim.settled_by,
        questions=claim.questions,
        priors=claim.priors,
        trust=() if hidden else _trust(claim, at),
    )


def _trust(claim: Claim, at: Ground) -> tuple[str, ...]:
    """What stands behind the names on a verdict: signatures, and a checkpoint that somebody keeps elsewhere."""
    if claim.verdict is None:
        return ()
    seen = max((each.size for each in at.state.info().witnesses if each.signed and each.ours), default=0)
    holds = {
        "signed": claim.verdict.signed,
        "second_signed": claim.second_signed and claim.verdict.kind != "settled",
        "witnessed": claim.verdict.seq <= seen,
    }
    return tuple(name for name, held in holds.items() if held)


def untriaged(claim: Claim, at: Ground) -> Untriaged:
    """A suggestion that nobody has looked at: the raw words, for no reading of them was accepted."""
    first = claim.mentions[0]
    source = at.state.value(first.source)
    form = source.format if isinstance(source, Source) else ""
    return Untriaged(
        claim.id,
        claim.statement,
        claim.type,
        claim.priority,
        first.source,
        first.start,
        first.end,
        " ".join(spoken(first.quote, form).split()),
    )


def _said(claim: Claim, at: Ground, *, hidden: bool) -> tuple[Said, ...]:
    return tuple(
        replace(
            said(mention, source, at.texts(source), at.readings),
            replaces=source.replaces,
            replaced_by=source.replaced_by,
            finding=None if hidden else _finding(claim.finding(mention), at),
        )
        for mention in claim.mentions
        if isinstance(source := at.state.value(mention.source), Source)
    )


def _finding(rated: Rated | None, at: Ground) -> MentionFinding | None:
    if rated is None:
        return None
    symbol, label = at.named(rated)[:2]
    return MentionFinding(rated.rating, symbol, label, rated.because, rated.by, rated.time)


def _ruling(claim: Claim, verdict: Verdict, steps: Sequence[Step], at: Ground) -> Ruling:
    symbol, label, definition, value = at.named(verdict)
    settled = verdict.kind == "settled"
    second = "" if settled else claim.confirmed_by
    return Ruling(
        id=verdict.id,
        rating=verdict.rating,
        symbol=symbol,
        label=label,
        definition=definition,
        value=value,
        because=verdict.because,
        relied=verdict.evidence,
        by=verdict.by,
        time=verdict.time,
        seq=verdict.seq,
        settled=settled,
        confirmed_by=second,
        confirmed_at=_confirmed_at(second, verdict, steps),
        scale=verdict.scale,
        scale_version=verdict.scale_version,
        as_of=verdict.as_of,
        omitted=verdict.omitted,
        would_change=verdict.would_change,
        basis=verdict.basis,
        parts=tuple(_part(part, verdict, at) for part in verdict.parts),
    )


def _part(part: Part, verdict: Verdict, at: Ground) -> PartFinding:
    scale = at.state.info().scale_of(verdict.scale, verdict.scale_version)
    symbol, label = rating_named(part.rating, scale, at.lang)[:2]
    return PartFinding(part.role, part.words, part.rating, symbol, label, part.because)


def _confirmed_at(second: str, verdict: Verdict, steps: Sequence[Step]) -> str:
    signed = [step.time for step in steps if step.by == second and step.seq > verdict.seq and _signs(step)]
    return signed[0] if signed else ""


def _signs(step: Step) -> bool:
    return step.kind in {"verdict.confirmed", "verdict.recorded"}


def _relations(claim: Claim, at: Ground) -> tuple[Relation, ...]:
    tied = {each.other for each in claim.relations if each.by}
    known = {(each.kind, each.other) for each in claim.relations}
    more = [each for each in at.backward.get(claim.id, ()) if (each.kind, each.other) not in known]
    return (*open_ties(claim, at.state_of), *(each for each in more if each.by or each.other not in tied))


def _tie(relation: Relation, at: Ground) -> Tie:
    other = at.state.value(relation.other)
    if not isinstance(other, Claim):
        return Tie(relation.kind, relation.other, "", relation.why, relation.by, "")
    verdict = None if withheld(other, at.policy) else other.verdict
    symbol, label = at.named(verdict)[:2] if verdict else ("", "")
    return Tie(
        kind=relation.kind,
        other=other.id,
        statement=other.statement,
        why=relation.why,
        by=relation.by,
        state=standing(other),
        symbol=symbol,
        label=label,
        final=at.demands.ready(other),
        shown=other.id in at.shown,
    )
