"""The scale that verdicts are recorded in: what ships with the program, or what a team has made its own."""

from pathlib import Path
from typing import Any

from factcheck.case.desk import Desk, Draft
from factcheck.case.papers import Paper, read_paper
from factcheck.errors import Refused
from factcheck.events import Event, bodies, scales
from factcheck.index import Query
from factcheck.model import Scale, scale_fault, shipped_scale
from factcheck.state import DECIDED, scale_value

_PAPER = Paper(
    "this is no scale.", "this scale cannot be read.", "correct it; factcheck help scales shows the form"
)
REOPENED = "scale changed"
"""What a claim is told that comes back because its verdict was recorded on another scale."""


class Scaling(Desk):
    """Adopting a scale; what was judged on another one comes back."""

    def adopt_scale(
        self, file: Path | str | None, *, by: str | None = None, at: int | None = None
    ) -> tuple[Event, ...]:
        """Record verdicts on the scale of this TOML file from here on; None goes back to the shipped one.

        The whole scale goes into the ledger. Every claim judged on another scale is reopened, each by an
        event of its own. BadData with file and line for a scale that cannot be used; Refused for one that
        is in force already, and for other ratings under the name and version of a known scale.
        """
        person = self._person(by, "policy")
        body = read_scale(Path(file)) if file is not None else _body(shipped_scale())

        def build() -> list[Draft]:
            self._refuse_twin(scale_value(body))
            judged = self.claims(query=Query(states=tuple(DECIDED)))
            stale = [each for each in judged if each.verdict and not _on(body, each.verdict.scale_name)]
            back = bodies.ClaimReopened(because=REOPENED)
            return [
                Draft("scale.adopted", "case", body),
                *(Draft("claim.reopened", each.id, back) for each in stale),
            ]

        return self._commit(build, by=person, act="policy", on=("case",), at=at)

    def _refuse_twin(self, new: Scale) -> None:
        fault = scale_fault(new, (*self.info.scales, shipped_scale()))
        if new == self.scale:
            raise Refused(f"{new.name} is in force already.", where=new.id, remedy="factcheck scale")
        if fault:
            raise Refused(fault, where=new.id, remedy="raise its version, or give it an id of its own")


def _on(body: scales.ScaleAdopted, name: str) -> bool:
    return name == f"{body.id} {body.version}"


def _body(scale: Scale) -> scales.ScaleAdopted:
    return scales.ScaleAdopted.model_validate(
        {"id": scale.id, "version": scale.version, "ratings": [_fields(each) for each in scale.ratings]}
    )


def _fields(rating: Any) -> dict[str, Any]:
    return {name: getattr(rating, name) for name in scales.ScaleRatingBody.model_fields}


def read_scale(path: Path) -> scales.ScaleAdopted:
    """Read a scale from TOML: id, version, and a [[rating]] for each. BadData with file and line."""
    return read_paper(path, _PAPER, _taken, "rating")


def _taken(table: dict[str, Any]) -> scales.ScaleAdopted:
    if isinstance(ratings := table.pop("rating", []), list):
        table["ratings"] = ratings
    return scales.ScaleAdopted.model_validate(table)
