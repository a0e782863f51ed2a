"""A claim as it was seen, for the events that act on it: the first act on a suggestion always carries it."""

from pydantic import Field

from factcheck.events.parts import Body
from factcheck.model import Checkable, ClaimType


class MentionBody(Body):
    source: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class ClaimBody(Body):
    """A whole claim as it was seen, so that the extractor that suggested it need never run again."""

    statement: str = Field(min_length=1)
    type: ClaimType
    checkable: Checkable
    priority: int
    mentions: tuple[MentionBody, ...] = Field(min_length=1)


class ClaimAct(Body):
    """An act on a claim; `claim` is there when this is the first act on a suggestion."""

    claim: ClaimBody | None = None
