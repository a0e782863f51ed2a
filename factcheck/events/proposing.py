"""What a proposer suggested, in the ledger: what was asked of whom, what became of the answers, and nothing that is decided."""

from typing import Final, Literal, get_args

from pydantic import Field

from factcheck.events.parts import Body, Path, Sha256

Reason = Literal["form", "sentences", "type", "quote", "cut", "repeated", "known", "many"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
"""Why an item is turned down, in the order in which they are listed."""


class RejectedBody(Body):
    """How many items were turned down for one reason."""

    reason: Reason
    count: int = Field(ge=1)


class AnswerBody(Body):
    """A question and its answer, by the SHA-256 of each."""

    prompt: Sha256
    answer: Sha256


class SourceProposed(Body):
    """`count` new suggestions from number `first` on; `offered` is that and everything that was turned down."""

    suggestions: Path
    sha256: Sha256
    proposer: str
    asked: str = Field(min_length=1, max_length=200)
    model: str = Field(min_length=1, max_length=200)
    host: str = Field(min_length=1, max_length=300)
    replayed: bool
    answers: tuple[AnswerBody, ...] = Field(min_length=1)
    first: int = Field(ge=1)
    count: int = Field(ge=0)
    offered: int = Field(ge=0)
    rejected: tuple[RejectedBody, ...]
    plain: int = Field(ge=0)
    unreadable: int = Field(ge=0)
    unanswered: int = Field(ge=0)
