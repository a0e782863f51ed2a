"""What concerns our town is worth checking first, and a notice board has a format of its own."""

from dataclasses import replace

from factcheck.export import Summary
from factcheck.export.pages import wording
from factcheck.export.words import breakdown, counts, pending
from factcheck.text.candidates import Candidate
from factcheck.text.ranking import Ranked, Weight, ranked
from factcheck.visible import visible

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


def bulletin(summary: Summary) -> bytes:
    """The verdicts as a plain text for the notice board: one paragraph a claim."""
    word = wording(summary.lang)
    lines = [word("draft_banner")] if summary.draft else []
    lines += [visible(summary.case), counts(summary, word), breakdown(summary, word), ""]
    for entry in summary.claims:
        found = pending(entry, word) or (entry.ruling.label if entry.ruling else "")
        because = f"{word('colon')}{visible(entry.ruling.because)}" if entry.ruling else ""
        lines += [f"{entry.id} {visible(entry.statement)}", f"{found}{because}", ""]
    return "\n".join(lines).encode("utf-8")
