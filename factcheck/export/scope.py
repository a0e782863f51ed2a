"""Which claims an export is about, which of them are ready, and what keeps the others out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from factcheck.errors import NotFound, Usage
from factcheck.model import (
    REMARKS,
    Claim,
    ClaimState,
    ClaimType,
    Evidence,
    Gap,
    Objection,
    Policy,
    Scale,
    Source,
    against_export,
    objections,
    origins,
)
from factcheck.state import State

_S = ClaimState
TRIAGED = frozenset(
    {_S.ACCEPTED, _S.JUDGED, _S.CONFIRMED, _S.DISPUTED, _S.SETTLED, _S.PUBLISHED, _S.CORRECTED}
)
_PUT_ASIDE = frozenset({_S.DISMISSED, _S.MERGED})
_GONE = frozenset({"changed", "soft404", "gone"})
_FIELDS = ("claims", "source", "type", "rating")


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice of claims; what is empty does not restrict. The order in which claims were named is no matter."""

    claims: tuple[str, ...] = ()
    source: str = ""
    type: str = ""
    rating: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "claims", tuple(sorted(set(self.claims), key=_number)))

    def to_list(self) -> tuple[str, ...]:
        """As an event carries it: ("claims=C1,C2", "type=cost")."""
        named = (",".join(self.claims), self.source, self.type, self.rating)
        return tuple(f"{name}={value}" for name, value in zip(_FIELDS, named, strict=True) if value)

    @classmethod
    def from_list(cls, entries: Iterable[str]) -> "Scope":
        """Read what `to_list` wrote. Usage for a field that is not known or stands twice."""
        found: dict[str, str] = {}
        for entry in entries:
            name, _, value = entry.partition("=")
            if name not in _FIELDS or name in found:
                raise Usage("this is no scope.", seen=entry, remedy=f"use each of {', '.join(_FIELDS)} once")
            found[name] = value
        claims = tuple(each for each in found.pop("claims", "").split(",") if each)
        return cls(claims=claims, **found)

    def takes(self, claim: Claim, policy: Policy) -> bool:
        """True when the claim is in scope; a verdict that is withheld matches no rating."""
        rating = claim.verdict.rating if claim.verdict and not withheld(claim, policy) else ""
        return (
            (not self.claims or claim.id in self.claims)
            and (not self.source or any(each.source == self.source for each in claim.mentions))
            and (not self.type or claim.type == self.type)
            and (not self.rating or rating == self.rating)
        )


def _number(claim: str) -> tuple[int, str]:
    return (int(claim[1:]) if claim[1:].isdecimal() else 0, claim)


def in_scope(state: State, scope: Scope) -> tuple[Claim, ...]:
    """The claims in scope, in the order of their numbers. NotFound or Usage when the scope
    names something that is not there.
    """
    claims = {claim.id: claim for claim in state.all(Claim)}
    _check(scope, state, claims)
    policy = state.info().policy
    return tuple(claim for claim in claims.values() if scope.takes(claim, policy))


def _check(scope: Scope, state: State, claims: Mapping[str, Claim]) -> None:
    """A scope with a slip of the pen would be empty, and an empty export passes every gate: refuse it."""
    missing = [each for each in scope.claims if each not in claims]
    if missing:
        raise NotFound(f"there is no claim {', '.join(missing)}.", remedy="factcheck list shows the claims")
    if scope.source and not isinstance(state.value(scope.source), Source):
        raise NotFound(f"there is no source {scope.source}.", remedy="factcheck list shows the sources")
    ratings = [each.rating for each in state.info().scale.ratings]
    for name, value, known in (("type", scope.type, [*ClaimType]), ("rating", scope.rating, ratings)):
        if value and value not in known:
            raise Usage(f"there is no {name} {value!r}.", remedy=f"use one of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Demands:
    """What the desk demands of a verdict now; `gaps` says what the words of a claim leave open."""

    policy: Policy
    scale: Scale
    gaps: Callable[[Claim], Iterable[Gap]]

    def against(self, claim: Claim) -> tuple[Objection, ...]:
        """What keeps the claim out of a final export."""
        return against_export(claim, self.policy, self.scale, self.gaps(claim) if self.policy.strict else ())

    def ready(self, claim: Claim) -> bool:
        """True when the claim's verdict may stand in a final summary."""
        return claim.state in TRIAGED and claim.verdict is not None and not self.against(claim)


def demands(state: State, texts: Callable[[Source], str]) -> Demands:
    """What the desk demands at this moment of the ledger; `texts` gives a source's decoded text."""

    def source(name: str) -> Source | None:
        found = state.value(name)
        return found if isinstance(found, Source) else None

    def text_of(name: str) -> str | None:
        return texts(found) if (found := source(name)) else None

    def date_of(name: str) -> str:
        return found.date if (found := source(name)) else ""

    from factcheck.text.gaps import gaps

    info = state.info()
    return Demands(info.policy, info.scale, lambda claim: gaps(claim, text_of, date_of))


def gates(state: State, scope: Scope, texts: Callable[[Source], str]) -> tuple[Objection, ...]:
    """Say what keeps this scope from a final export; suggestions that nobody touched never do."""
    now = demands(state, texts)
    chosen = in_scope(state, scope)
    triaged = [claim for claim in chosen if claim.state in TRIAGED]
    silent = [claim for claim in chosen if claim.state in _PUT_ASIDE and not claim.told]
    return (
        *(objection for claim in triaged for objection in now.against(claim)),
        *(Objection("unpublished", claim.id, person=claim.published[0]) for claim in silent),
    )


def remarks(state: State, scope: Scope, texts: Callable[[Source], str]) -> tuple[Objection, ...]:
    """What is weak in the claims that are ready, and keeps nothing back: the policy does not demand otherwise."""
    now, keys = demands(state, texts), bool(state.info().signers)
    ready = [claim for claim in in_scope(state, scope) if now.ready(claim)]
    return tuple(remark for claim in ready for remark in _weak(claim, state, now, keys=keys))


def _weak(claim: Claim, state: State, now: Demands, *, keys: bool) -> Iterator[Objection]:
    verdict = claim.verdict
    if verdict is None:
        return
    found = objections(claim, verdict, now.policy, now.scale, now.gaps(claim))
    yield from (each for each in found if each.code in REMARKS)
    relied = [each for each in claim.live_evidence if each.id in verdict.evidence]
    bare = [each.id for each in relied if not each.captured]
    gone = [each.id for each in relied if _is_gone(state.value(each.id))]
    alone = len(relied) > 0 and len(origins(relied, claim.origin_acts)) == 1
    for code, holds, person in (
        ("bare_evidence", bool(bare), ", ".join(bare)),
        ("dead_evidence", bool(gone), ", ".join(gone)),
        ("one_origin", alone, ""),
        ("signature_missing", keys and not verdict.signed, verdict.by),
    ):
        if holds:
            yield Objection(code, claim.id, person=person)


def _is_gone(piece: object) -> bool:
    """True for evidence whose page was looked at again and says something else, or nothing, now."""
    return isinstance(piece, Evidence) and piece.checked is not None and piece.checked.outcome in _GONE


def standing(claim: Claim) -> ClaimState:
    """How far the review had come, leaving out that it was published: exporting changes no export."""
    if claim.state not in {_S.PUBLISHED, _S.CORRECTED} or claim.verdict is None:
        return claim.state
    if claim.verdict.kind == "settled":
        return _S.SETTLED
    return _S.CONFIRMED if claim.confirmed_by else _S.JUDGED


def withheld(claim: Claim, policy: Policy) -> bool:
    """True when review is blind and a second person has still to judge: no verdict is shown, drafts included."""
    waiting = claim.state in {_S.ACCEPTED, _S.JUDGED}
    return policy.blind and policy.second_signature and waiting
