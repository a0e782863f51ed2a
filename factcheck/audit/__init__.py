"""The audit: named checks that read a case's files again, trust nothing derived, and never raise over what they find."""

from collections.abc import Callable, Sequence
from pathlib import Path

from factcheck.audit.evidence import Evidences
from factcheck.audit.exports import Exports
from factcheck.audit.files import files, sources
from factcheck.audit.index import Index
from factcheck.audit.lines import canonical, lines, order
from factcheck.audit.objections import Objections
from factcheck.audit.quotations import Quotations
from factcheck.audit.reader import LEDGER
from factcheck.audit.receipts import Signers
from factcheck.audit.receipts import receipts as _receipts
from factcheck.audit.records import records
from factcheck.audit.sample import Sample, draw
from factcheck.audit.sheet import About, CheckResult, Finding, Report, Sheet
from factcheck.audit.signing import Signatures
from factcheck.audit.states import States
from factcheck.audit.suggestions import Suggestions
from factcheck.audit.texts import texts
from factcheck.audit.trail import Receipt, Trail, Watch
from factcheck.audit.tree import checkpoint, tree
from factcheck.errors import NotFound, Usage

__all__ = [
    "CHECKS",
    "QUICK",
    "About",
    "Check",
    "CheckResult",
    "Finding",
    "Receipt",
    "Report",
    "Sample",
    "audit",
    "sample",
]

Progress = Callable[[str, int], None]
Check = Callable[[Trail, Sheet], Watch | None]
"""A check is done when it was called; one that needs the state at every moment gives its `Watch`."""

CHECKS: dict[str, Check] = {
    "lines": lines,
    "canonical": canonical,
    "order": order,
    "tree": tree,
    "checkpoint": checkpoint,
    "receipts": _receipts,
    "signers": Signers,
    "signatures": Signatures,
    "states": States,
    "objections": Objections,
    "sources": sources,
    "quotations": Quotations,
    "suggestions": Suggestions,
    "evidence": Evidences,
    "records": records,
    "texts": texts,
    "files": files,
    "index": Index,
    "exports": Exports,
}
QUICK: tuple[str, ...] = ("tree", "checkpoint", "receipts")


def audit(
    folder: Path,
    *,
    checks: Sequence[str] = (),
    own: Path | None = None,
    receipts: Sequence[Receipt] = (),
    signers: str = "",
    progress: Progress | None = None,
) -> Report:
    """Check a case from its files alone; all checks unless some are named.

    `own` is the auditor's list of outlets, where there is one; `receipts` and `signers` (the text of an
    allowed_signers file) are what the auditor has kept elsewhere. `progress` is told each check's name and how many
    things it has checked: 0 when it begins, the total when it ends. NotFound when the folder holds no ledger; Usage for a check that is not known.
    """
    chosen = _chosen(checks)
    trail = _trail(folder, own, receipts, signers)
    sheets = run(trail, chosen, progress or _silent)
    findings = tuple(finding for sheet in sheets for finding in sheet.findings())
    results = tuple(sheet.result() for sheet in sheets)
    return Report(not findings, trail.head, results, findings, trail.about)


def sample(folder: Path, number: int, seed: str = "") -> Sample:
    """Draw so many decided claims for a check by hand; the root of the ledger is the seed where none is given."""
    return draw(_trail(folder), number, seed)


def _trail(
    folder: Path, own: Path | None = None, receipts: Sequence[Receipt] = (), signers: str = ""
) -> Trail:
    if not (folder / LEDGER).is_file():
        raise NotFound(
            f"there is no {LEDGER} here, so this is no case.",
            where=str(folder),
            remedy="name the folder of a case: factcheck audit FOLDER",
        )
    return Trail(folder, own, receipts=receipts, signers=signers)


def _chosen(names: Sequence[str]) -> list[str]:
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise Usage(f"there is no check {', '.join(unknown)}.", remedy=f"the checks are {', '.join(CHECKS)}")
    return [name for name in CHECKS if not names or name in names]


def _silent(_name: str, _checked: int) -> None:
    """Nobody watches."""


def run(trail: Trail, names: Sequence[str], progress: Progress = _silent) -> list[Sheet]:
    """Run these checks; those that watch share one replay of the ledger."""
    sheets = [Sheet(name) for name in names]
    watches: list[Watch] = []
    for sheet in sheets:
        progress(sheet.check, 0)
        watch = CHECKS[sheet.check](trail, sheet)
        if watch is None:
            progress(sheet.check, sheet.checked)
        else:
            watches.append(watch)
    trail.replay(watches)
    for watch in watches:
        progress(watch.sheet.check, watch.sheet.checked)
    return sheets
