"""What the desk talks about: sources, claims with their mentions, evidence, verdicts, the case itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.model.captured import (
    OriginAct,
)
from factcheck.model.evidence import Evidence
from factcheck.model.kinds import (
    PROPOSED,
    Checkable,
    ClaimState,
    ClaimType,
    CorrectionKind,
    PartRole,
    RelationKind,
    Stance,
)
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
class Part:
    """A part of a compound claim with a finding of its own: `words` stand in the statement."""

    role: PartRole
    words: str
    rating: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody found: a rating with its reason, on one version of a statement.

    `as_of` is the day or range of days ("first..last") that it is true of, `omitted` what the claim leaves out,
    `would_change` what would make whoever judged think again,
    `basis` whether an opinion says what it rests on: stated, not_stated, "" for not said. `readings` were accepted
    at its mentions. `blind`: whoever recorded it was shown no other verdict on the claim.
    """

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
    as_of: str = ""
    omitted: str = ""
    would_change: str = ""
    basis: str = ""
    parts: tuple[Part, ...] = ()
    readings: tuple[str, ...] = ()
    blind: bool = False
    signed: bool = False

    @property
    def scale_name(self) -> str:
        """The scale that it was recorded on, with its version."""
        return f"{self.scale} {self.scale_version}"


@dataclass(frozen=True, slots=True)
class Rated:
    """What somebody found about one mention, where a claim is said in several ways."""

    mention: Mention
    rating: str
    because: str
    by: str
    time: str
    scale: str = "factcheck"
    scale_version: int = 1


@dataclass(frozen=True, slots=True)
class Correction:
    """What was set right after an export had named the claim: `was` is the verdict there, `now` what stood afterwards ("")."""

    id: str
    kind: CorrectionKind
    because: str
    by: str
    time: str
    export: str
    was: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Prior:
    """What somebody else had found about the claim, taken in from a file of theirs: no verdict of this desk.

    `rating` is theirs on our scale, "" where it has no place there; `lost` says what the mapping could not keep.
    """

    ref: str
    publisher: str
    url: str
    label: str
    rating: str
    date: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a claim."""

    by: str
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked about a claim, and the answer ("" in `answer`: open).

    `to` is a colleague, `whom` somebody outside, who was asked `on` a day; `id` is the event's. `reply` is the
    evidence that the answer came as.
    """

    id: str
    text: str
    by: str
    time: str
    to: str = ""
    whom: str = ""
    on: str = ""
    answer: str = ""
    answered_by: str = ""
    answered: str = ""
    reply: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """True while nobody has answered."""
        return not self.answer


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement in our wording, with the places where it was said and how its review stands.

    `second` is the event by which `confirmed_by` stands behind the verdict, `pairs` are the events of a first verdict
    and of the second person's own. `assigned` is who is to look at it,
    "" for anyone. `published` names the last final export and the verdict (an event) it gave. A forecast is `due` on a day or range of days, and `settled_by` what will then be looked at.
    """

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
    second: str = ""
    second_signed: bool = False
    disputed_by: str = ""
    dispute: str = ""
    reason: str = ""
    merged_into: str = ""
    reopened: str = ""
    exports: tuple[str, ...] = ()
    published: tuple[str, str] = ("", "")
    corrections: tuple[Correction, ...] = ()
    notes: tuple[Note, ...] = ()
    priors: tuple[Prior, ...] = ()
    people: tuple[str, ...] = ()
    apart: tuple[tuple[RelationKind, str], ...] = ()
    rated: tuple[Rated, ...] = ()
    origin_acts: tuple[OriginAct, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    assigned: str = ""
    questions: tuple[Question, ...] = ()
    due: str = ""
    settled_by: str = ""
    version: int = 0

    @property
    def number(self) -> int:
        """The number in the id: 7 of C7."""
        return int(self.id[1:])

    @property
    def parties(self) -> frozenset[str]:
        """Who has judged it or disputed a verdict on it: none of them settles it."""
        return frozenset({each.by for each in self.verdicts} | {self.disputed_by}) - {""}

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
    def open_questions(self) -> tuple[Question, ...]:
        """Those that nobody has answered."""
        return tuple(each for each in self.questions if each.open)

    def heard_in(self, reading: Reading) -> bool:
        """True when one of its mentions holds words that the reading is about."""
        return self.holds(reading.source, reading.places)

    @property
    def live_evidence(self) -> tuple[Evidence, ...]:
        """Evidence that nobody has withdrawn."""
        return tuple(each for each in self.evidence if not each.withdrawn)

    @property
    def told(self) -> bool:
        """True when no export has named it, or a correction was issued since the last that did."""
        return not self.published[0] or any(each.export == self.published[0] for each in self.corrections)

    def verdict_of(self, id: str) -> Verdict | None:
        """One of its verdicts by the event that recorded it."""
        return next((each for each in self.verdicts if each.id == id), None)

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
    made_with: tuple[str, ...] = ()
    by: str = ""
    time: str = ""
    version: int = 0
