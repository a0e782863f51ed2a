"""Where a person left the desk: kept for them alone, so that they come back to the claim, the list and the sheet they were at."""

from contextlib import suppress
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from factcheck.files import read_plain
from factcheck.index import Query
from factcheck.tui.desk import Desk

LONGEST = 65536
"""Bytes of such a file; a longer one is none of ours."""


class Place(BaseModel):
    """A claim by its number (0: none), how the list was narrowed and ordered, the pane with the focus, zoom, and the sheet on top."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    claim: int = 0
    text: str = ""
    states: tuple[str, ...] = ()
    order: Literal["priority", "text"] = "priority"
    pane: Literal["queue", "source", "side"] = "queue"
    zoom: bool = False
    sheet: str = ""

    @property
    def query(self) -> Query:
        """The list that was looked at."""
        return Query(text=self.text, states=self.states, order=self.order)


def where(desk: Desk, sheet: str) -> Place:
    """Where somebody is now, under this sheet."""
    query, number = desk.query_now, desk.claim.number if desk.claim else 0
    return Place.model_construct(
        claim=number, text=query.text, states=query.states, order=query.order,
        pane=desk.pane, zoom=desk.has_class("-zoom"), sheet=sheet,
    )  # fmt: skip


def recalled(file: Path | None) -> Place:
    """Read it; what is missing or broken is the beginning, for nothing depends on it."""
    with suppress(OSError, ValueError):
        if file:
            return Place.model_validate_json(read_plain(file, most=LONGEST))
    return Place()


def kept(file: Path | None, place: Place) -> None:
    """Write it in one step; a disk that is full loses a convenience."""
    with suppress(OSError, ValueError):
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_text(place.model_dump_json(), "utf-8")
            fresh.replace(file)
