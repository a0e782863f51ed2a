"""What concerns our town is worth checking first: raises every claim that names one of its places."""

from dataclasses import replace

from factcheck.text.candidates import Candidate
from factcheck.text.ranking import Ranked, Weight, ranked

PLACES = ("Rivertown", "河口镇", "Mill Road", "磨坊路")
RAISED = 4_000


def ranking(candidate: Candidate) -> Ranked:
    """The shipped ranking, with our own reason on top of it."""
    found = ranked(candidate)
    names = (name for part in candidate.parts for name in part.names)
    place = next((name for name in names if name.text in PLACES), None)
    if place is None:
        return found
    why = (*found.why, Weight("local_desk.our_town", place.start, place.end, RAISED))
    return replace(found, why=why, priority=found.priority + RAISED)
