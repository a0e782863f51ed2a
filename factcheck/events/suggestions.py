"""What extraction suggested: one content-addressed file of lines, each a claim, a reading or a region."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from factcheck.errors import BadData
from factcheck.events.form import strict_json
from factcheck.events.parts import ClaimId, Sha256
from factcheck.events.snapshots import MentionBody
from factcheck.model import Checkable, ClaimType, RelationKind


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class SuggestedWhy(_Line):
    rule: str
    start: int
    end: int
    weight: int


class SuggestedRelation(_Line):
    kind: RelationKind
    other: ClaimId
    why: str = ""


class SuggestedCalculation(_Line):
    expression: str
    given: tuple[tuple[str, str, str], ...]
    result: str
    holds: Literal["yes", "no", "conditional", "unknown"]
    needs: tuple[str, ...]


class SuggestedClaim(_Line):
    """One suggested mention with the number the case gave it; weights are in thousandths."""

    record: Literal["claim"] = "claim"
    claim: ClaimId
    statement: str
    type: ClaimType
    checkable: Checkable
    priority: int
    mention: MentionBody
    group: str = ""
    why: tuple[SuggestedWhy, ...] = ()
    relations: tuple[SuggestedRelation, ...] = ()
    calculations: tuple[SuggestedCalculation, ...] = ()


class SuggestedReading(_Line):
    """heard -> meant, with every place it is proposed for."""

    record: Literal["reading"] = "reading"
    reading: str
    source: str
    heard: str
    meant: str
    places: tuple[tuple[int, int], ...]
    score: int
    why: str


class SuggestedRegion(_Line):
    """A stretch of the source and its role."""

    record: Literal["region"] = "region"
    start: int
    end: int
    role: str


class SuggestedAnswer(_Line):
    """A proposer's answer as it came, and the sentences of the source that it was asked about."""

    record: Literal["answer"] = "answer"
    model: str
    host: str
    prompt: Sha256
    sha256: Sha256
    sentences: tuple[tuple[int, int], ...]
    answer: str


Suggested = SuggestedClaim | SuggestedReading | SuggestedRegion | SuggestedAnswer
_LINE: TypeAdapter[Suggested] = TypeAdapter(
    Annotated[Suggested, Field(discriminator="record")], config=ConfigDict(defer_build=True)
)


def read_suggestions(data: bytes, *, where: str) -> Iterator[Suggested]:
    """Read a suggestions file line by line. Raises BadData naming the line."""
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            yield _LINE.validate_python(strict_json(line))
        except (ValueError, ValidationError) as error:
            raise BadData(
                "this line is not a suggestion.",
                where=f"{where}:{number}",
                seen=str(error).splitlines()[0][:160],
                remedy="restore the file from a copy; suggestions are never edited by hand",
            ) from error
