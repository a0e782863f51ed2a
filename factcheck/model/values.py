"""What the desk talks about: sources, claims with their mentions, evidence, verdicts, the case itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from factcheck.model.captured import (
    UNSAID,
    Checked,
    Corroboration,
    Derived,
    OriginAct,
    PageSays,
    Standing,
    Trip,
)
from factcheck.model.kinds import PROPOSED, Checkable, ClaimState, ClaimType, RelationKind, Role, Stance
from factcheck.model.origins import Origin, origins


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a source and its role: summary, transcript, heading, list, note, advertisement, boilerplate."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document as received. `path` is relative to the case; `date` is "", a day, or "first..last".

    `maker` read it; `derived` is the path of the text that came out, "" where the file itself is the text.
    """

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
    replaces: str = ""
    replaced_by: str = ""
    version: int = 0
    format: str = "text"
    encoding: str = "utf-8"
    decided: str = ""
    derived: str = ""
    derived_sha256: str = ""
    maker: str = ""


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
    """A piece of arithmetic that a claim implies, and what would have to be true for it to hold.

    `given` are name, decimal value and unit. `by` is who wired it by hand, "" for one that was suggested; then
    `origins` says of each given figure where it comes from: C6, S1[120:131], or in words.
    """

    expression: str
    given: tuple[tuple[str, str, str], ...]
    result: str
    holds: str
    needs: tuple[str, ...]
    by: str = ""
    origins: tuple[str, ...] = ()

    @property
    def premises(self) -> tuple[str, ...]:
        """What a calculation by hand stands on, each with where it comes from; none for a suggested one."""
        pairs = zip(self.given, self.origins, strict=False)
        return tuple(
            f"{f'{name} = {value} {unit}'.rstrip()}: {origin}" for (name, value, unit), origin in pairs
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """heard -> meant at some places of a source; state is proposed, accepted, rejected or superseded."""

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

    @property
    def untouched(self) -> bool:
        """True while nobody has decided about it."""
        return not self.by


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
    inside: str = ""
    fetched: Trip | None = None
    text: Derived | None = None
    page: PageSays = UNSAID
    standing: Standing | None = None
    corroborated: tuple[Corroboration, ...] = ()
    by: str = ""
    time: str = ""
    seq: int = 0
    version: int = 0

    @property
    def address(self) -> str:
        """Where it came from: where the redirects ended, else what was asked for."""
        return self.final_url or self.url


def agreement(kept: Capture, digest: str) -> Literal["yes", "no", "unknown"]:
    """Whether another copy with this SHA-256 has the same bytes; nothing can be said of bytes that nobody has."""
    if not digest or not kept.sha256:
        return "unknown"
    return "yes" if digest == kept.sha256 else "no"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A capture or a bare link, attached to a claim with a quotation, its place and a stance.

    `start`, `end` are code points of the text whose SHA-256 is `text` ("": the text that earlier desks made
    of the capture anew each time); -1 when the quotation could not be placed (a bare link, or `manual`).
    `capture` is "" for a bare link, which is shown as "not captured" everywhere. `checked` is what became
    of the page since; the copies that a claim carries do not know it.
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
    text: str = ""
    asked: str = ""
    manual: bool = False
    grade: str = ""
    standing: Standing | None = None
    checked: Checked | None = None
    withdrawn: bool = False
    version: int = 0

    @property
    def captured(self) -> bool:
        """True when the desk holds the bytes."""
        return bool(self.sha256)

    @property
    def origin(self) -> str:
        """Who stands behind it: the host of the address without www., else the content itself."""
        return _host(self.url).removeprefix("www.") or self.sha256 or self.id


def _host(url: str) -> str:
    """The host of an address in the one form that names have (IDNA), or "" when there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError:
        return ""


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
class Rated:
    """What somebody found about one mention, where a claim is said in several ways."""

    mention: Mention
    rating: str
    because: str
    by: str
    time: str


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
    apart: tuple[tuple[RelationKind, str], ...] = ()
    rated: tuple[Rated, ...] = ()
    origin_acts: tuple[OriginAct, ...] = ()
    version: int = 0

    @property
    def number(self) -> int:
        """The number in the id: 7 of C7."""
        return int(self.id[1:])

    @property
    def untouched(self) -> bool:
        """True while no act of a person counts on it."""
        return not self.people

    @property
    def proposed(self) -> bool:
        """True for what a proposer pointed at: an extraction neither makes it nor takes it away."""
        return any(each.rule == PROPOSED for each in self.why)

    def finding(self, mention: Mention) -> Rated | None:
        """What was found about one of its mentions, if anything was."""
        return next((each for each in self.rated if each.mention == mention), None)

    def holds(self, source: str, places: Sequence[tuple[int, int]]) -> bool:
        """True when one of its mentions holds one of these places of a source."""
        return any(
            each.source == source and any(each.start <= a and b <= each.end for a, b in places)
            for each in self.mentions
        )

    @property
    def live_evidence(self) -> tuple[Evidence, ...]:
        """Evidence that nobody has withdrawn."""
        return tuple(each for each in self.evidence if not each.withdrawn)

    @property
    def behind(self) -> tuple[Origin, ...]:
        """Who stands behind the evidence that takes a side, each origin with its pieces and what ties them."""
        sides = [each for each in self.live_evidence if each.stance is not Stance.CONTEXT]
        return origins(sides, self.origin_acts)

    @property
    def origins(self) -> int:
        """How many independent origins stand behind the evidence that takes a side."""
        return len(self.behind)


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
