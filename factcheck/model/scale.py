"""Verdict scales: the nine ratings that ship with the program, and those that a team makes its own."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


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
    """One rating of a scale: `value` is 5 (true) to 1 (false), 0 for unrated ones.

    `value` is also its ratingValue in a schema.org ClaimReview, of which 5 is the best and 1 the worst.
    """

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

    @property
    def name(self) -> str:
        """Which scale it is, and in which version: factcheck 1."""
        return f"{self.id} {self.version}"

    def get(self, rating: str) -> ScaleRating | None:
        """The rating of this very name."""
        return next((each for each in self.ratings if each.rating == rating), None)

    def review(self, rating: str, lang: str) -> dict[str, object]:
        """The Rating of a schema.org ClaimReview; one that does not say how true the claim is has only its name."""
        known = self[rating]
        words = {"@type": "Rating", "alternateName": known.label[lang]}
        return words | (
            {"ratingValue": known.value, "bestRating": 5, "worstRating": 1} if known.rated else {}
        )

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


def scale_fault(new: Scale, known: tuple[Scale, ...]) -> str:
    """Why this scale cannot follow the known ones: one name and version is one scale, versions go up; "" when it can."""
    same = [each for each in known if each.id == new.id]
    if new in same:
        return ""
    if any(each.version == new.version for each in same):
        return f"{new.name} has other ratings here."
    newest = max((each.version for each in same), default=0)
    if new.id == shipped_scale().id:
        return f"the id {new.id} belongs to the program."
    return f"{new.name} is older than {new.id} {newest}." if new.version < newest else ""
