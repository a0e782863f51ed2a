"""What the event carries that makes a scale the team's own: every rating with its words, so that no file is needed later."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from factcheck.events.parts import Body

Words = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^\S(.*\S)?$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=24, pattern=r"^\S(.*\S)?$")]


class LabelBody(Body):
    zh: Label
    en: Label


class DefinitionBody(Body):
    zh: Words
    en: Words


class ScaleRatingBody(Body):
    """One rating: `value` 5 (true) to 1 (false), 0 when it does not say how true the claim is."""

    rating: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    key: Annotated[str, StringConstraints(pattern=r"^[1-9]$")]
    value: int = Field(ge=0, le=5)
    symbol: Annotated[str, StringConstraints(min_length=1, max_length=2, pattern=r"^\S+$")]
    label: LabelBody
    definition: DefinitionBody


class ScaleAdopted(Body):
    """The scale that verdicts are recorded in from here on."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    version: int = Field(ge=1)
    ratings: tuple[ScaleRatingBody, ...] = Field(min_length=2, max_length=9)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name in ("rating", "key"):
            _once(name, [getattr(each, name) for each in self.ratings])
        for lang in ("zh", "en"):
            _once(f"{lang} label", [getattr(each.label, lang).lower() for each in self.ratings])
        if not any(each.value for each in self.ratings):
            raise ValueError("no rating has a value from 1 to 5, so nothing could be true or false")
        return self


def _once(what: str, words: list[str]) -> None:
    twice = next((word for word in words if words.count(word) > 1), None)
    if twice is not None:
        raise ValueError(f"two ratings have the {what} {twice!r}")
