"""What people wrote beside a claim: their notes, and what somebody objects to."""

from factcheck.labels import label
from factcheck.model import CaseInfo, Claim
from factcheck.tui.rows import Prose, Row, run, wrapped


def noted(claim: Claim, columns: int) -> list[Row]:
    """The notes, the oldest first."""
    rows: list[Row] = []
    for note in claim.notes:
        rows += wrapped(f"{note.by}: {note.text}", columns - 1, "text said", first=(run("  "),))
    return rows


def objected(info: CaseInfo, claim: Claim, columns: int, lang: str) -> list[Row]:
    """The objections to a claim; those to its evidence name it."""
    rows: list[Row] = []
    for each in info.objected(claim):
        about = "" if each.subject == claim.id else f" {each.subject}"
        words = Prose().add(f"{label('tui.objection', lang)}{about} ", "warn")
        words.add(f"{each.by}: {each.text}", "text said")
        rows += wrapped(words, columns - 1, first=(run("  ! ", "bad"),))
    return rows
