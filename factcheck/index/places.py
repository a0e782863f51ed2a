"""Every place where something is claimed, read in one go: what coverage needs of a hundred thousand claims."""

import sqlite3
from dataclasses import dataclass

from factcheck.model import ClaimState, ClaimType

_PLACES = """
SELECT claim.number, json_extract(mention.value, '$.start'), json_extract(mention.value, '$.end'), claim.type, claim.state
FROM (SELECT number, CAST(value AS TEXT) AS words FROM subject WHERE letter = 'C' AND value IS NOT NULL) AS held
JOIN claim USING (number), json_each(held.words, '$.mentions') AS mention
WHERE claim.state <> 'merged' AND json_extract(mention.value, '$.source') = ?
ORDER BY claim.number
"""


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a claim: where it stands (code points, half open), and how far the claim's review has come."""

    claim: str
    start: int
    end: int
    type: ClaimType
    state: ClaimState


def places(connection: sqlite3.Connection, source: str) -> list[Place]:
    """Every mention in a source; those of a claim that was merged are mentions of the one it was merged into."""
    return [
        Place(f"C{number}", start, end, ClaimType(kind), ClaimState(state))
        for number, start, end, kind, state in connection.execute(_PLACES, (source,))
    ]
