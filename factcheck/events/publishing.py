"""What the events carry that a desk says of itself where it publishes: its name, the lead's foreword, its template."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from factcheck.events.form import has_controls
from factcheck.events.parts import Body


def _seen(text: str) -> str:
    if has_controls(text):
        raise ValueError("it holds a character that cannot be seen")
    return text


Line = Annotated[str, StringConstraints(max_length=400, pattern=r"^(\S(.*\S)?)?$"), AfterValidator(_seen)]
Address = Annotated[str, StringConstraints(max_length=400, pattern=r"^(https?://[\x21-\x7e]+)?$")]


class PublisherNamed(Body):
    """Who answers for the exports from here on; "" for what is not said."""

    name: Line
    url: Address
    address: Address
    corrections: Line


class ForewordWritten(Body):
    """What stands before everything else in the exports from here on; "" takes it away."""

    text: str


class WordsBody(Body):
    zh: Line
    en: Line


class TemplateAdopted(Body):
    """How the reports look from here on: every choice itself, so that no file is needed later. Without an id, the shipped look."""

    id: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9_-]{0,39})?$")]
    version: int = Field(ge=0)
    title: WordsBody = WordsBody(zh="", en="")
    foot: WordsBody = WordsBody(zh="", en="")
    order: Literal["number", "verdict", "priority"] = "number"
    leave_out: tuple[Literal["context", "calculations", "ties", "history", "questions", "notes"], ...] = ()
    accent: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-f]{6})?$")] = ""
    paper: Literal["A4", "Letter"] = "A4"

    @model_validator(mode="after")
    def _named(self) -> Self:
        if bool(self.id) != bool(self.version):
            raise ValueError("a template has an id and a version")
        return self
