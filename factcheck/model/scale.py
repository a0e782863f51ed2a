"""Verdict scales: the nine ratings that ship with the program, read from TOML."""

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
    """One rating of a scale: `value` is 5 (true) to 1 (false), 0 for unrated ones."""

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
