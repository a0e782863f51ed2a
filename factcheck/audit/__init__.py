"""The audit: named checks that read a case's files again, trust nothing derived, and never raise over what they find."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from factcheck.audit.adoptions import Adoptions
from factcheck.audit.bags import Reports, bag
from factcheck.audit.bundled import Bundled, half, is_readable, nothing_here, opened
from factcheck.audit.evidence import Evidences
from factcheck.audit.exports import Exports
from factcheck.audit.files import files, sources
from factcheck.audit.index import Index
from factcheck.audit.lines import canonical, lines, order
from factcheck.audit.objections import Objections
from factcheck.audit.proofs import proofs, same_checkpoint
from factcheck.audit.quotations import Quotations
from factcheck.audit.reader import LEDGER
from factcheck.audit.receipts import Signers
from factcheck.audit.receipts import receipts as _receipts
from factcheck.audit.records import records
from factcheck.audit.sample import Sample, draw
from factcheck.audit.served import Rows, server
from factcheck.audit.sheet import About, CheckResult, Finding, Report, Sheet
from factcheck.audit.signing import Signatures
from factcheck.audit.states import States
from factcheck.audit.suggestions import Suggestions
from factcheck.audit.texts import texts
from factcheck.audit.trail import Receipt, Trail, Watch
from factcheck.audit.tree import checkpoint, tree
from factcheck.errors import Usage

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
    "adopted": Adoptions,
    "sources": sources,
    "quotations": Quotations,
    "suggestions": Suggestions,
    "evidence": Evidences,
    "records": records,
    "texts": texts,
    "files": files,
    "index": Index,
    "exports": Exports,
    "server": server,
}
QUICK: tuple[str, ...] = ("tree", "checkpoint", "receipts")

# A bundle has no index and no server, and its reports stand in the place of the exports.
WHOLE: dict[str, Callable[[Bundled, Sheet], Watch | None]] = {
    "bag": bag,
    **{name: check for name, check in CHECKS.items() if name not in {"index", "exports", "server"}},
    "exports": Reports,
}
SUBSET: dict[str, Callable[[Bundled, Sheet], Watch | None]] = {
    "bag": bag,
    "lines": lines,
    "canonical": canonical,
    "proofs": proofs,
    "receipts": same_checkpoint,
    "signers": Signers,
    "signatures": Signatures,
    "quotations": Quotations,
    "exports": Reports,
}
_T = TypeVar("_T", bound=Trail)


def audit(
    folder: Path,
    *,
    checks: Sequence[str] = (),
    own: Path | None = None,
    receipts: Sequence[Receipt] = (),
    signers: str = "",
    progress: Progress | None = None,
    rows: Rows | None = None,
    asked: bool = True,
) -> Report:
    """Check a case or a bundle (a folder, or a zip of one) from its files alone; all checks unless some are named.

    `own` is the auditor's list of outlets, where there is one; `receipts` and `signers` (the text of an allowed_signers
    file) are what the auditor has kept elsewhere. `progress` is told each check's name and how many things it has checked:
    0 when it begins, the total when it ends. `rows` gives the lines as the case's server has them, where it lies on one,
    and `asked` says whether that server could be asked for every file: where it could not, one that is not here may be there. NotFound when there is neither here; BadData for a zip that no bundle is;
    Usage for a check that is not known.
    """
    tell = progress or _silent
    if (folder / LEDGER).is_file():
        chosen = _chosen(checks, CHECKS)
        trail = Trail(folder, own, receipts=receipts, signers=signers, rows=rows)
        trail.disk.elsewhere = not asked
        return _report(trail, run(trail, chosen, tell))
    with opened(folder) as place:
        if not is_readable(place):
            return half(place)
        bundled = Bundled(place, own, receipts=receipts, signers=signers)
        known = WHOLE if bundled.whole else SUBSET
        quick = ("bag", "proofs", "receipts") if tuple(checks) == QUICK and not bundled.whole else checks
        return _report(bundled, run(bundled, _chosen(quick, known), tell, known))


def _report(trail: Trail, sheets: Sequence[Sheet]) -> Report:
    findings = tuple(finding for sheet in sheets for finding in sheet.findings())
    results = tuple(sheet.result() for sheet in sheets)
    return Report(not findings, trail.head, results, findings, trail.about)


def sample(folder: Path, number: int, seed: str = "") -> Sample:
    """Draw so many decided claims for a check by hand; the root of the ledger is the seed where none is given."""
    if (folder / LEDGER).is_file():
        return draw(Trail(folder), number, seed)
    with opened(folder) as place:
        if not is_readable(place):
            raise nothing_here(folder)
        return draw(Bundled(place), number, seed)


def _chosen(names: Sequence[str], known: Mapping[str, object]) -> list[str]:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Usage(f"there is no check {', '.join(unknown)}.", remedy=f"the checks are {', '.join(known)}")
    return [name for name in known if not names or name in names]


def _silent(_name: str, _checked: int) -> None:
    """Nobody watches."""


def run(
    trail: _T,
    names: Sequence[str],
    progress: Progress = _silent,
    known: Mapping[str, Callable[[_T, Sheet], Watch | None]] = CHECKS,
) -> list[Sheet]:
    """Run these checks; those that watch share one replay of the ledger."""
    sheets = [Sheet(name) for name in names]
    watches: list[Watch] = []
    for sheet in sheets:
        progress(sheet.check, 0)
        watch = known[sheet.check](trail, sheet)
        if watch is None:
            progress(sheet.check, sheet.checked)
        else:
            watches.append(watch)
    trail.replay(watches)
    for watch in watches:
        progress(watch.sheet.check, watch.sheet.checked)
    return sheets
