"""Every place where something is claimed, read in one go: what coverage needs of a hundred thousand claims."""

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.model import ClaimState, ClaimType

PLACES = """
SELECT claim.number, json_extract(mention.value, '$.start'), json_extract(mention.value, '$.end'), claim.type, claim.state
FROM (SELECT number FROM claim WHERE source = ?1 UNION SELECT number FROM claim WHERE spread > 0) AS near
CROSS JOIN claim USING (number)
CROSS JOIN subject ON subject.letter = 'C' AND subject.number = claim.number,
json_each(CAST(subject.value AS TEXT), '$.mentions') AS mention
WHERE claim.state NOT IN ('merged', 'superseded') AND json_extract(mention.value, '$.source') = ?1
ORDER BY claim.number
"""
"""Only claims of the source itself are opened, and the few that were said in several."""


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a claim: where it stands (code points, half open), and how far the claim's review has come."""

    claim: str
    start: int
    end: int
    type: ClaimType
    state: ClaimState


def places(rows: Iterable[tuple[int, int, int, str, str]]) -> list[Place]:
    """The mentions that `PLACES` finds in a source; those of a merged claim are mentions of the one it went into."""
    return [
        Place(f"C{number}", start, end, ClaimType(kind), ClaimState(state))
        for number, start, end, kind, state in rows
    ]
