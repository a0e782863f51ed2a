"""What the desk talks about: claims, evidence, verdicts, and the one rule that says what speaks against a verdict."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from urllib.parse import urlsplit


class ClaimType(StrEnum):
    """What a claim is about; never how it was judged."""

    PERSONNEL_MOVE = "personnel_move"
    ROLE_CHANGE = "role_change"
    QUANTITY = "quantity"
    COST = "cost"
    RANKING = "ranking"
    PRODUCT = "product"
    TECHNICAL = "technical"
    MARKET = "market"
    FINANCIAL = "financial"
    EVENT = "event"
    CAUSAL = "causal"
    PREDICTION = "prediction"
    OPINION = "opinion"
    RECOMMENDATION = "recommendation"
    HEARSAY = "hearsay"


class Checkable(StrEnum):
    """Whether the world can answer the claim at all."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class ClaimState(StrEnum):
    """How far the review of a claim has come; never what it found."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    MERGED = "merged"
    SUPERSEDED = "superseded"
    JUDGED = "judged"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    SETTLED = "settled"
    PUBLISHED = "published"


OPEN_STATES = frozenset({ClaimState.SUGGESTED, ClaimState.ACCEPTED, ClaimState.JUDGED, ClaimState.DISPUTED})
GONE_STATES = frozenset({ClaimState.DISMISSED, ClaimState.MERGED, ClaimState.SUPERSEDED})


class DismissReason(StrEnum):
    """Why a suggestion is no claim; the digit of the key map is the place in this list."""

    NOT_A_CLAIM = "not_a_claim"
    DUPLICATE = "duplicate"
    TRIVIAL = "trivial"
    OPINION = "opinion"
    OUT_OF_SCOPE = "out_of_scope"
    GARBLED = "garbled"


class Stance(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class RelationKind(StrEnum):
    """How two claims hang together."""

    REPEATS = "repeats"
    CONTRADICTS = "contradicts"
    DERIVES_FROM = "derives_from"
    DEPENDS_ON = "depends_on"


# Ties that read the same from both ends; the others are held by the claim that derives or depends.
MUTUAL = frozenset({RelationKind.REPEATS, RelationKind.CONTRADICTS})


class Role(StrEnum):
    """What a member of the desk may do."""

    REVIEWER = "reviewer"
    LEAD = "lead"
    AUDITOR = "auditor"


class Rating(StrEnum):
    """The nine verdicts of the shipped scale, in the order of their keys."""

    SUPPORTED = "supported"
    MOSTLY_SUPPORTED = "mostly_supported"
    MISLEADING = "misleading"
    MOSTLY_REFUTED = "mostly_refuted"
    REFUTED = "refuted"
    CONFLICTING = "conflicting"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    SOURCE_UNCLEAR = "source_unclear"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class ScaleRating:
    """One rating of a scale: `value` is 5 (true) to 1 (false), 0 for unrated ones."""

    rating: str
    key: str
    value: int
    symbol: str
    label: dict[str, str]
    definition: dict[str, str]

    @property
    def rated(self) -> bool:
        """True when the rating says how true the claim is, not that nobody can tell."""
        return self.value > 0


@dataclass(frozen=True, slots=True)
class Scale:
    """A set of ratings with an id and a version."""

    id: str
    version: int
    ratings: tuple[ScaleRating, ...]

    def __getitem__(self, rating: str) -> ScaleRating:
        return next(each for each in self.ratings if each.rating == rating)

    def find(self, word: str) -> ScaleRating | None:
        """Look a rating up by its name, its key or a label in any language."""
        wanted = word.strip().lower().replace("-", "_").replace(" ", "_")
        for each in self.ratings:
            labels = {label.lower().replace(" ", "_") for label in each.label.values()}
            if wanted in {each.rating, each.key} | labels:
                return each
        return None


@cache
def shipped_scale() -> Scale:
    """Read the scale that ships with the program (factcheck/data/verdicts.toml)."""
    table = tomllib.loads(resources.files("factcheck").joinpath("data/verdicts.toml").read_text("utf-8"))
    ratings = tuple(
        ScaleRating(
            rating=row["rating"],
            key=row["key"],
            value=row["value"],
            symbol=row["symbol"],
            label=row["label"],
            definition=row["definition"],
        )
        for row in table["rating"]
    )
    return Scale(table["id"], table["version"], ratings)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a source and its role: summary, transcript, heading, list, note, advertisement, boilerplate."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document as received. `path` is relative to the case; `date` is "", a day, or "first..last"."""

    id: str
    title: str
    path: str
    sha256: str
    characters: int
    language: str = ""
    date: str = ""
    by: str = ""
    time: str = ""
    suggestions: str = ""
    extractor: str = ""
    first: int = 0
    count: int = 0
    regions: tuple[Region, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a claim is made: code points [start, end) of a source, and the exact words there."""

    source: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a suggestion's priority: the rule that fired, where, and its weight in thousandths."""

    rule: str
    start: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie from one claim to another; `by` is "" while it is only proposed."""

    kind: RelationKind
    other: str
    why: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A piece of arithmetic that a claim implies, and what would have to be true for it to hold."""

    expression: str
    given: tuple[tuple[str, str, str], ...]
    result: str
    holds: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """heard -> meant at some places of a source; state is proposed, accepted or rejected."""

    id: str
    source: str
    heard: str
    meant: str
    places: tuple[tuple[int, int], ...]
    score: int = 0
    why: str = ""
    state: str = "proposed"
    by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes that were fetched or filed, named by their SHA-256. `outcome` is ok, or how fetching failed."""

    id: str
    sha256: str
    path: str
    size: int
    media_type: str
    via: str
    url: str = ""
    final_url: str = ""
    status: int = 0
    title: str = ""
    outcome: str = "ok"
    exceptions: tuple[str, ...] = ()
    by: str = ""
    time: str = ""
    seq: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A capture or a bare link, attached to a claim with a quotation, its place and a stance.

    `start`, `end` are code points of the capture's text; -1 when the quotation could not be placed
    (a bare link). `capture` is "" for a bare link, which is shown as "not captured" everywhere.
    """

    id: str
    claim: str
    stance: Stance
    url: str = ""
    capture: str = ""
    sha256: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1
    note: str = ""
    by: str = ""
    time: str = ""
    withdrawn: bool = False
    version: int = 0

    @property
    def captured(self) -> bool:
        """True when the desk holds the bytes."""
        return bool(self.capture)

    @property
    def origin(self) -> str:
        """Who stands behind it: the host of the address without www., else the content itself."""
        host = urlsplit(self.url).hostname or ""
        return host.removeprefix("www.") or self.sha256 or self.id


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody found: a rating with its reason, on one version of a statement."""

    id: str
    rating: str
    because: str
    evidence: tuple[str, ...]
    by: str
    time: str
    seq: int
    statement: str
    scale: str = "factcheck"
    scale_version: int = 1
    kind: str = "recorded"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a claim."""

    by: str
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement in our wording, with the places where it was said and how its review stands."""

    id: str
    statement: str
    type: ClaimType
    checkable: Checkable
    priority: int
    mentions: tuple[Mention, ...]
    state: ClaimState = ClaimState.SUGGESTED
    group: str = ""
    why: tuple[Why, ...] = ()
    relations: tuple[Relation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    verdict: Verdict | None = None
    confirmed_by: str = ""
    disputed_by: str = ""
    dispute: str = ""
    reason: str = ""
    merged_into: str = ""
    reopened: str = ""
    exports: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    people: tuple[str, ...] = ()
    version: int = 0

    @property
    def number(self) -> int:
        """The number in the id: 7 of C7."""
        return int(self.id[1:])

    @property
    def live_evidence(self) -> tuple[Evidence, ...]:
        """Evidence that nobody has withdrawn."""
        return tuple(each for each in self.evidence if not each.withdrawn)

    @property
    def origins(self) -> int:
        """How many independent origins stand behind the evidence that takes a side (hosts, for now)."""
        return len({each.origin for each in self.live_evidence if each.stance is not Stance.CONTEXT})


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the desk."""

    name: str
    role: Role
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What this desk demands of a verdict; every switch of it is an event."""

    second_signature: bool = True
    blind: bool = False
    evidence_for_rated: bool = True
    min_origins: int = 1
    signatures: bool = False


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """The case itself: its name, its people and its policy."""

    name: str = ""
    solo: bool = False
    example: bool = False
    origin: str = ""
    created: str = ""
    by: str = ""
    policy: Policy = field(default_factory=Policy)
    members: tuple[Member, ...] = ()
    version: int = 0

    def member(self, name: str) -> Member | None:
        """The member of that name who is not revoked."""
        return next((each for each in self.members if each.name == name and not each.revoked), None)


@dataclass(frozen=True, slots=True)
class Export:
    """What was published: the claims named with the verdict each had, and the manifest's digest."""

    id: str
    formats: tuple[str, ...]
    draft: bool
    size: int
    root: str
    manifest: str
    renderer: str
    claims: tuple[tuple[str, str], ...]
    scope: tuple[str, ...] = ()
    lang: str = "zh"
    by: str = ""
    time: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Objection:
    """Something that speaks against a verdict: a code (its sentence stands in the labels) and what to do."""

    code: str
    claim: str
    person: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A verdict that somebody is about to record."""

    rating: str
    because: str
    by: str
    evidence: tuple[str, ...]


def objections(
    claim: Claim, verdict: Proposal | Verdict, policy: Policy, scale: Scale
) -> tuple[Objection, ...]:
    """Say what speaks against this verdict on this claim; empty when nothing does.

    The one rule: shown live on the screen, enforced when deciding, checked again by the audit.
    """
    found: list[Objection] = []
    if claim.state in GONE_STATES:
        found.append(Objection("gone", claim.id))
    if not any(each.rating == verdict.rating for each in scale.ratings):
        return (*found, Objection("no_such_rating", claim.id))
    if scale[verdict.rating].rated:
        found += _against_rated(claim, verdict, policy)
    missing = set(verdict.evidence) - {each.id for each in claim.live_evidence}
    if missing:
        found.append(Objection("evidence_unknown", claim.id, person=", ".join(sorted(missing))))
    return tuple(found)


def _against_rated(claim: Claim, verdict: Proposal | Verdict, policy: Policy) -> Iterable[Objection]:
    relied = [each for each in claim.live_evidence if each.id in verdict.evidence]
    if policy.evidence_for_rated and not relied:
        yield Objection("no_evidence", claim.id)
    sides = [each for each in relied if each.stance is not Stance.CONTEXT]
    if relied and len({each.origin for each in sides or relied}) < policy.min_origins:
        yield Objection("too_few_origins", claim.id, number=policy.min_origins)
    if not verdict.because.strip():
        yield Objection("no_because", claim.id)


def against_confirming(claim: Claim, by: str, policy: Policy) -> tuple[Objection, ...]:
    """Say what speaks against `by` signing the claim's verdict as the second person."""
    if claim.verdict is None or claim.state not in {ClaimState.JUDGED, ClaimState.DISPUTED}:
        return (Objection("nothing_to_confirm", claim.id),)
    if claim.verdict.by == by:
        return (Objection("own_verdict", claim.id, person=by),)
    if claim.state is ClaimState.DISPUTED:
        return (Objection("disputed", claim.id, person=claim.disputed_by),)
    return (Objection("blind_confirm", claim.id),) if policy.blind else ()


def signed_twice(claim: Claim) -> bool:
    """True when a second person stands behind the verdict: by confirming, or by settling a dispute."""
    return bool(claim.confirmed_by) or (claim.verdict is not None and claim.verdict.kind == "settled")


def against_export(claim: Claim, policy: Policy) -> tuple[Objection, ...]:
    """Say what keeps an accepted claim out of a final export."""
    match claim.state:
        case ClaimState.ACCEPTED:
            return (Objection("undecided", claim.id),)
        case ClaimState.DISPUTED:
            return (Objection("disputed", claim.id, person=claim.disputed_by),)
        case ClaimState.JUDGED | ClaimState.PUBLISHED if policy.second_signature and not signed_twice(claim):
            return (Objection("second_signature_missing", claim.id),)
        case _:
            return ()


LEADS_ONLY = frozenset({"settle", "policy", "members", "export"})


def may(info: CaseInfo, person: str, act: str) -> str:
    """Say why `person` may not do `act` ("decide", "settle", "policy", "members", "export", "note"); "" when allowed.

    Without members everyone may do everything; with members policy, members, settling and final
    exports are the leads', auditors only add notes. Until there is a lead anybody may add members.
    """
    active = [each for each in info.members if not each.revoked]
    if not active or (act == "members" and not any(each.role is Role.LEAD for each in active)):
        return ""
    member = info.member(person)
    if member is None:
        return "not_a_member"
    if member.role is Role.LEAD or act == "note":
        return ""
    if member.role is Role.AUDITOR:
        return "auditors_note"
    return "leads_only" if act in LEADS_ONLY else ""
