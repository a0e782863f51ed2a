"""The summary of a prefix of the ledger: what is shown of it, and what is only counted, decided in one place."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from factcheck.errors import Usage
from factcheck.events import SIGNABLE, Event, Head, trust
from factcheck.export.caveats import caveats
from factcheck.export.corrected import corrections
from factcheck.export.entries import entry, ground, untriaged
from factcheck.export.history import rating_named
from factcheck.export.scope import TRIAGED, Scope, demands, in_scope, withheld
from factcheck.export.summary import RENDERER, Correction, Count, Document, Entry, Person, Summary, Tally
from factcheck.export.whole import covered, whole
from factcheck.labels import LANGUAGES
from factcheck.model import SAYINGS, CaseInfo, Claim, ClaimState, Scale, Source
from factcheck.state import State

_ACTS = {"verdict.recorded": "recorded", "verdict.disputed": "disputed", "verdict.settled": "settled"}
_BESIDE = {"summary.exported", "decisions.signed", "checkpoint.witnessed", "objection.raised"}
_SECOND = ("confirmed", "disputed", "settled")


def summarise(
    state: State,
    head: Head,
    time: str,
    *,
    scope: Scope,
    lang: str,
    draft: bool,
    texts: Callable[[Source], str],
    in_full: bool = False,
) -> Summary:
    """Resolve everything a reader is shown.

    `state` is the fold of the prefix that `head` names, `time` the time of its last event, `texts` gives a source's decoded
    text; `in_full` puts the sources themselves into the summary. A final summary has the claims that are ready; a draft
    also the open ones.
    NotFound when the scope names a claim that is not there; Usage for a language without labels.
    """
    if lang not in LANGUAGES:
        raise Usage(f"there are no labels in {lang!r}.", remedy=f"use one of {', '.join(LANGUAGES)}")
    info = state.info()
    chosen = in_scope(state, scope)
    triaged = [claim for claim in chosen if claim.state in TRIAGED]
    now = demands(state, texts)
    included = [claim for claim in triaged if now.ready(claim)]
    shown = triaged if draft else included
    at = ground(state, lang, texts, (claim.id for claim in shown))
    entries = tuple(entry(claim, at) for claim in shown)
    ready = {claim.id for claim in included}
    unsettled = tuple((c.id, c.state, c.statement) for c in triaged if c.id not in ready)
    noted = corrections(chosen, at)
    entries = _in_order(
        _with_notes(entries, noted, {claim: state for claim, state, _ in unsettled}), info.template.order
    )
    decided = [each for each in entries if each.id in ready]
    decisions = [event for event in state.by_id.values() if _is_decision(event)]
    later = _signed_later(state)
    documents = tuple(_sources(state, chosen, scope))
    everything = tuple(state.all(Claim))
    judged = frozenset(each.id for each in everything if now.ready(each) and not withheld(each, info.policy))
    found = Summary(
        renderer=RENDERER,
        lang=lang,
        draft=draft,
        scope=scope.to_list(),
        size=head.size,
        root=head.root,
        time=time,
        case=info.name,
        example=info.example,
        origin=info.origin,
        policy=info.policy,
        members=tuple((each.name, each.role) for each in info.members if not each.revoked),
        people=_people(decided, info),
        sources=tuple(map(_document, documents)),
        tally=_tally(everything, chosen, included),
        ratings=_ratings(decided, info.scale, lang),
        scale=info.scale.name,
        dismissed=tuple(Counter(c.reason for c in chosen if c.state is ClaimState.DISMISSED).items()),
        untrue=_untrue(decided),
        unsettled=unsettled,
        decisions=len(decisions),
        signed=sum(1 for event in decisions if event.sig or event.id in later),
        witnessed=tuple(
            (each.by, each.time, each.size) for each in info.witnesses if each.signed and each.ours
        ),
        caveats=caveats(entries, at),
        claims=entries,
        untriaged=tuple(untriaged(claim, at) for claim in chosen if claim.state is ClaimState.SUGGESTED),
        publisher=info.publisher,
        foreword=info.foreword,
        template=info.template,
        corrections=noted,
        coverage=tuple(covered(each, texts(each), everything, judged) for each in documents),
        texts=tuple(whole(each, texts(each), chosen, at.readings, at.shown) for each in documents)
        if in_full
        else (),
    )
    return replace(found, renderer=found.rendered_by)


def _with_notes(
    entries: Iterable[Entry], noted: Sequence[Correction], waiting: Mapping[str, str]
) -> tuple[Entry, ...]:
    """Each claim with what was set right in it, and the state it waits in while its verdict is not final."""
    of: dict[str, tuple[Correction, ...]] = {}
    for each in noted:
        of[each.claim] = (*of.get(each.claim, ()), each)
    return tuple(
        replace(each, corrections=of.get(each.id, ()), waits=waiting.get(each.id, "")) for each in entries
    )


def _in_order(entries: tuple[Entry, ...], order: str) -> tuple[Entry, ...]:
    """As the desk's template wants it: by number, the worst verdict first, or the weightiest claim first."""
    if order == "verdict":
        return tuple(sorted(entries, key=lambda each: each.ruling.value or 9 if each.ruling else 10))
    return tuple(sorted(entries, key=lambda each: -each.priority)) if order == "priority" else entries


def _is_decision(event: Event) -> bool:
    """True for what a person could sign and a reader of this summary relies on: neither publishing nor vouching."""
    return event.kind.startswith(SIGNABLE) and event.kind not in _BESIDE


def _signed_later(state: State) -> frozenset[str]:
    """The acts that their authors have signed afterwards."""
    signed = (each.body for each in state.history("case") if isinstance(each.body, trust.DecisionsSigned))
    return frozenset(each.id for body in signed for each in body.decisions)


def _tally(everything: Sequence[Claim], chosen: Sequence[Claim], included: Sequence[Claim]) -> Tally:
    inside = Counter(claim.state for claim in chosen)
    names = {claim.id for claim in chosen}
    outside = Counter(claim.state for claim in everything if claim.id not in names)
    gone = inside[ClaimState.MERGED] + inside[ClaimState.SUPERSEDED]
    out = outside.total() - outside[ClaimState.MERGED] - outside[ClaimState.SUPERSEDED]
    return Tally(
        total=inside.total() - gone + out,
        included=len(included),
        open=sum(inside[each] for each in TRIAGED) - len(included),
        untriaged=inside[ClaimState.SUGGESTED],
        dismissed=inside[ClaimState.DISMISSED],
        voided=inside[ClaimState.VOIDED],
        outside=out,
        outside_open=sum(
            outside[each] for each in (ClaimState.ACCEPTED, ClaimState.JUDGED, ClaimState.DISPUTED)
        ),
        outside_untriaged=outside[ClaimState.SUGGESTED],
        merged=inside[ClaimState.MERGED] + outside[ClaimState.MERGED],
        superseded=inside[ClaimState.SUPERSEDED] + outside[ClaimState.SUPERSEDED],
    )


def _sources(state: State, chosen: Sequence[Claim], scope: Scope) -> Iterable[Source]:
    """Every source of the case; of a selection, those in which its claims were said."""
    said = {mention.source for claim in chosen for mention in claim.mentions}
    return (each for each in state.all(Source) if scope == Scope() or each.id in said)


def _document(source: Source) -> Document:
    return Document(
        id=source.id,
        title=source.title,
        path=source.path,
        sha256=source.sha256,
        characters=source.characters,
        language=source.language,
        date=source.date,
        by=source.by,
        time=source.time,
        replaces=source.replaces,
        replaced_by=source.replaced_by,
    )


def _people(entries: Iterable[Entry], info: CaseInfo) -> tuple[Person, ...]:
    """Everybody who decided something about a claim shown here, and on how many claims."""
    acts = {
        (step.by, _ACTS[step.kind], each.id) for each in entries for step in each.steps if step.kind in _ACTS
    }
    for each in entries:
        if each.ruling and (second := each.ruling.confirmed_by):
            acts.discard((second, "recorded", each.id))
            acts.add((second, "confirmed", each.id))
    counts = Counter((name, act) for name, act, _ in acts)
    return tuple(
        Person(name, _role(info, name), **{act: counts[name, act] for act in ("recorded", *_SECOND)})
        for name in sorted({name for name, _ in counts})
    )


def _role(info: CaseInfo, name: str) -> str:
    member = info.member(name)
    return member.role if member else ""


def _ratings(entries: Sequence[Entry], scale: Scale, lang: str) -> tuple[Count, ...]:
    """How many claims got each rating; what somebody thinks or advises is counted neither true nor false."""
    counts = Counter(
        each.ruling.rating
        for each in entries
        if each.ruling and not (each.ruling.value and each.type in SAYINGS)
    )
    names = [each.rating for each in scale.ratings]
    names += sorted(counts.keys() - set(names))
    return tuple(Count(name, *rating_named(name, scale, lang), number=counts[name]) for name in names)


def _untrue(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Claims that are not true as said, the worst first."""
    facts = [each for each in entries if each.type not in SAYINGS]
    wrong = [(each.ruling.value, i, each.id) for i, each in enumerate(facts) if each.ruling]
    return tuple(claim for value, _, claim in sorted(wrong) if 1 <= value <= 3)
