"""Files that another desk wrote hold its numbers; they stay byte for byte, and are read with the numbers of this one."""

from collections.abc import Sequence

from factcheck.events import (
    Event,
    SuggestedAnswer,
    SuggestedClaim,
    SuggestedReading,
    SuggestedRegion,
)
from factcheck.events.adopting import EventAdopted, renamed

Suggested = SuggestedClaim | SuggestedReading | SuggestedRegion | SuggestedAnswer


def as_named_here(event: Event, lines: Sequence[Suggested]) -> Sequence[Suggested]:
    """The lines of the file that an event names, with the numbers of this desk."""
    brought = event.as_written.body
    if not isinstance(brought, EventAdopted) or not brought.map:
        return lines
    names = dict(brought.map)
    return [type(line).model_validate(renamed(line.model_dump(mode="json"), names)) for line in lines]
