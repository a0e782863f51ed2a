"""What the events carry by which people share the work: who looks at what, what is asked of whom, what falls due when."""

from pydantic import Field

from factcheck.events.parts import Body, EvidenceId
from factcheck.events.snapshots import ClaimAct


class ClaimAssigned(Body):
    """Who is to look at the claim; an empty `to`: anyone. It says nothing of the claim, which stays untouched."""

    to: str = Field(max_length=200)


class ClaimScheduled(ClaimAct):
    """A forecast: the day or range of days by which it can be judged, and what would settle it."""

    due: str = Field(min_length=1)
    settled_by: str = Field(min_length=1, max_length=2000)


class QuestionAsked(ClaimAct):
    """A question about the claim: to a colleague (`to`), or to somebody outside (`whom`) who was asked `on` a day."""

    text: str = Field(min_length=1)
    to: str = Field(max_length=200)
    whom: str = Field(max_length=200)
    on: str


class QuestionAnswered(Body):
    """The answer to the question of this event id; `evidence` of the claim is the reply itself, where there is one."""

    question: str
    text: str = Field(min_length=1)
    evidence: tuple[EvidenceId, ...] | None = Field(default=None, min_length=1)


class WorkReported(Body):
    """What somebody says of their own work so far: on how many claims, how many active seconds and keys."""

    claims: int = Field(ge=1)
    seconds: int = Field(ge=0)
    keys: int = Field(ge=0)
