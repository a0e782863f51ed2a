"""What the events carry by which a document becomes a verified summary, in the order of the workflow."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from factcheck.events.capturing import (
    EvidenceBody,
    ReliedOn,
)
from factcheck.events.parts import Body, ClaimId, ExportId, Path, ReadingId, Sha256, SourceId, SuggestedId
from factcheck.events.reading import Format, Maker, half_said
from factcheck.events.snapshots import ClaimAct, ClaimBody, MentionBody
from factcheck.model import ClaimType, CorrectionKind, DismissReason, PartRole, RelationKind, Role


class PolicyBody(Body):
    second_signature: bool
    blind: bool
    evidence_for_rated: bool
    min_origins: int = Field(ge=1)
    signatures: bool
    captures: Literal[True] | None = None
    strict: Literal[True] | None = None


class CaseCreated(Body):
    name: str
    solo: bool
    origin: str
    example: bool = False
    policy: PolicyBody


class PolicyChanged(Body):
    name: Literal[
        "second_signature", "blind", "evidence_for_rated", "min_origins", "signatures", "captures", "strict"
    ]
    value: bool | int
    was: bool | int


class MemberAdded(Body):
    name: str = Field(min_length=1, max_length=200)
    role: Role


class MemberRevoked(Body):
    name: str


class DerivedText(Body):
    """The UTF-8 text that was made of a source once; offsets of its mentions refer to it."""

    path: Path
    sha256: Sha256


class SourceIngested(Body):
    """How the document was read, and by which `maker`. Without `derived` the file itself is the text, in UTF-8."""

    title: str
    path: Path
    sha256: Sha256
    characters: int
    date: str = ""
    replaces: SourceId | None = None
    format: Format | None = None
    encoding: str | None = None
    decided: str | None = None
    maker: Maker | None = None
    derived: DerivedText | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        derived = self.derived is not None
        if wrong := half_said(self.format, self.encoding, self.decided, self.maker, derived=derived):
            raise ValueError(wrong)
        return self

    def names(self) -> tuple[str, ...]:
        """The source that this is a newer version of."""
        return (self.replaces,) if self.replaces else ()


class PackBody(Body):
    name: str
    sha256: Sha256


class SourceExtracted(Body):
    """`count` claims got new numbers from `first` on; `kept` lines of the file have numbers that were given before."""

    suggestions: Path
    sha256: Sha256
    extractor: str
    rules: str
    packs: tuple[PackBody, ...]
    language: str
    first: int
    count: int
    first_reading: int
    readings: int
    kept: int | None = Field(default=None, ge=1)
    kept_readings: int | None = Field(default=None, ge=1)
    superseded: tuple[SuggestedId, ...] | None = Field(default=None, min_length=1)

    def names(self) -> tuple[str, ...]:
        """Suggestions that nobody had touched and that this extraction no longer makes."""
        return self.superseded or ()


class SourceDated(Body):
    date: str


class ReadingBody(Body):
    """A reading with every place it applies to, as it was seen."""

    source: str
    heard: str
    meant: str
    places: tuple[tuple[int, int], ...]
    why: str = ""


class PriorBody(Body):
    """What somebody else had found (`model.Prior`)."""

    ref: str = Field(min_length=1)
    publisher: str
    url: str
    label: str
    rating: str
    date: str
    lost: tuple[str, ...] = ()


class ClaimAdded(Body):
    """`prior`: it was taken in from a check of somebody else's, which is no verdict here."""

    claim: ClaimBody
    prior: PriorBody | None = None


class ClaimDismissed(ClaimAct):
    reason: DismissReason
    note: str = ""


class ClaimReworded(ClaimAct):
    statement: str = Field(min_length=1)
    was: str


class ClaimRetyped(ClaimAct):
    type: ClaimType
    was: ClaimType


class ClaimMerged(ClaimAct):
    """`other` was merged into the subject, which got its mentions and its evidence."""

    other: ClaimId
    mentions: tuple[MentionBody, ...]
    evidence: tuple[EvidenceBody, ...] = ()


class ClaimSplit(ClaimAct):
    """`new` was split off the subject; `keeps` are the mentions that stayed."""

    new: ClaimId
    part: ClaimBody
    keeps: tuple[MentionBody, ...] = Field(min_length=1)


class ClaimRelated(ClaimAct):
    """The subject is tied to `other`."""

    other: ClaimId
    relation: RelationKind
    why: str = ""


class ClaimUnrelated(ClaimAct):
    other: ClaimId
    relation: RelationKind


class ClaimReopened(Body):
    because: str


class MentionAdded(ClaimAct):
    mention: MentionBody


class MentionMove(Body):
    """Where words of an older version stand in the newer one; `changed` when they are not the same words."""

    was: MentionBody
    now: MentionBody
    changed: bool


class MentionMoved(Body):
    """Mentions of a claim, taken over from the sources that `source` replaces."""

    source: SourceId
    moves: tuple[MentionMove, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({each.was for each in self.moves}) < len(self.moves):
            raise ValueError("a mention is moved twice")
        return self


class PremiseBody(Body):
    """A named figure of a calculation, and where it comes from: a claim, a mention, or what somebody assumes in words."""

    name: str = Field(min_length=1, max_length=40)
    value: Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,101}(\.[0-9]{1,101})?$")]
    unit: str = Field(max_length=80)
    claim: ClaimId | Literal[""] = ""
    mention: MentionBody | None = None
    words: str = Field(default="", max_length=500)


class CalculationRecorded(ClaimAct):
    """Arithmetic that a person wired by hand; result, holds and needs follow from expression and premises."""

    expression: str = Field(min_length=1, max_length=300)
    premises: tuple[PremiseBody, ...] = Field(max_length=12)
    result: str
    holds: Literal["yes", "no", "conditional", "unknown"]
    needs: tuple[str, ...]


class MentionRated(ClaimAct):
    """What somebody found about one of several mentions of a claim."""

    mention: MentionBody
    rating: str
    because: str
    scale: str
    scale_version: int = Field(ge=1)


class EvidenceAttached(ClaimAct):
    evidence: EvidenceBody


class PartBody(Body):
    """What was found about a part of the claim; `words` stand in the statement."""

    role: PartRole
    words: str = Field(min_length=1)
    rating: str
    because: str = ""


class VerdictRecorded(ClaimAct):
    """`readings` are those accepted at the mentions; `blind`: no other verdict on the claim was shown."""

    rating: str
    because: str
    evidence: tuple[ReliedOn, ...]
    statement: str
    mentions: int
    scale: str
    scale_version: int = Field(ge=1)
    readings: tuple[ReadingId, ...] | None = Field(default=None, min_length=1)
    parts: tuple[PartBody, ...] | None = Field(default=None, min_length=1)
    as_of: str | None = Field(default=None, min_length=1)
    omitted: str | None = Field(default=None, min_length=1)
    would_change: str | None = Field(default=None, min_length=1)
    basis: Literal["stated", "not_stated"] | None = None
    blind: Literal[True] | None = None


class VerdictConfirmed(Body):
    verdict: str


class VerdictDisputed(Body):
    verdict: str
    because: str = Field(min_length=1)


class VerdictSettled(VerdictRecorded):
    verdict: str


class NoteAdded(ClaimAct):
    text: str = Field(min_length=1)


class EventUndone(Body):
    id: str


class ExportedClaim(Body):
    claim: ClaimId
    verdict: str = ""


class CorrectionIssued(Body):
    """What is set right in a claim that `export` had named with the verdict `was`; `now` is the one that stands."""

    correction: CorrectionKind
    because: str = Field(min_length=1)
    export: ExportId
    was: str
    now: str | None = Field(default=None, min_length=1)


class SummaryExported(Body):
    """`size` and `root` name the prefix of the ledger that the export describes.

    `made_with`: format, library and version, for files that another version of that library writes otherwise.
    """

    formats: tuple[str, ...]
    draft: bool
    size: int
    root: Sha256
    manifest: Sha256
    renderer: str
    lang: str
    scope: tuple[str, ...] = ()
    claims: tuple[ExportedClaim, ...]
    made_with: tuple[str, ...] | None = None

    def names(self) -> tuple[str, ...]:
        """A final export marks the claims it names as published."""
        return () if self.draft else tuple(each.claim for each in self.claims)
