"""A claim as the summary shows it: its words, its verdict, what that rests on, and how it came about."""

from collections.abc import Callable, Sequence

from factcheck.export.cited import cited
from factcheck.export.history import history, rating_named
from factcheck.export.saying import said
from factcheck.export.scope import standing, withheld
from factcheck.export.summary import Entry, Ruling, Said, Step, Tie, Untriaged
from factcheck.model import Claim, Policy, Reading, Relation, Source, Verdict
from factcheck.state import State


def entry(
    claim: Claim, state: State, lang: str, texts: Callable[[Source], str], shown: frozenset[str]
) -> Entry:
    """Resolve one claim. `shown` are the claims that the summary has entries for."""
    policy = state.info().policy
    hidden = withheld(claim, policy)
    steps = () if hidden else history(state.history(claim.id), lang)
    ruling = None if hidden or claim.verdict is None else _ruling(claim, claim.verdict, steps, lang)
    relied = ruling.relied if ruling else ()
    return Entry(
        id=claim.id,
        statement=claim.statement,
        type=claim.type,
        checkable=claim.checkable,
        state=standing(claim),
        priority=claim.priority,
        said=_said(claim, state, texts),
        ruling=ruling,
        evidence=tuple(cited(n, each, state, relied) for n, each in enumerate(claim.evidence, start=1)),
        ties=tuple(_tie(each, state, policy, lang, shown) for each in claim.relations),
        calculations=claim.calculations,
        steps=steps,
        notes=claim.notes,
        disputed_by="" if hidden else claim.disputed_by,
        dispute="" if hidden else claim.dispute,
        reopened=claim.reopened,
        withheld=hidden,
    )


def untriaged(claim: Claim) -> Untriaged:
    """A suggestion that nobody has looked at, with the first place where it was said."""
    first = claim.mentions[0]
    return Untriaged(
        claim.id,
        claim.statement,
        claim.type,
        claim.priority,
        first.source,
        first.start,
        first.end,
        first.quote,
    )


def _said(claim: Claim, state: State, texts: Callable[[Source], str]) -> tuple[Said, ...]:
    readings: Sequence[Reading] = tuple(state.all(Reading))
    return tuple(
        said(mention, source, texts(source), readings)
        for mention in claim.mentions
        if isinstance(source := state.value(mention.source), Source)
    )


def _ruling(claim: Claim, verdict: Verdict, steps: Sequence[Step], lang: str) -> Ruling:
    symbol, label, definition, value = rating_named(verdict.rating, lang)
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
    )


def _confirmed_at(second: str, verdict: Verdict, steps: Sequence[Step]) -> str:
    signed = [step.time for step in steps if step.by == second and step.seq > verdict.seq and _signs(step)]
    return signed[0] if signed else ""


def _signs(step: Step) -> bool:
    return step.kind in {"verdict.confirmed", "verdict.recorded"}


def _tie(relation: Relation, state: State, policy: Policy, lang: str, shown: frozenset[str]) -> Tie:
    other = state.value(relation.other)
    if not isinstance(other, Claim):
        return Tie(relation.kind, relation.other, "", relation.why, relation.by, "")
    visible = other.verdict is not None and not withheld(other, policy)
    symbol, label, _, _ = rating_named(other.verdict.rating, lang) if visible and other.verdict else ("",) * 4
    return Tie(
        kind=relation.kind,
        other=other.id,
        statement=other.statement,
        why=relation.why,
        by=relation.by,
        state=standing(other),
        symbol=symbol,
        label=label,
        shown=other.id in shown,
    )
