"""The audit: named checks that read a case's files again, trust nothing derived, and never raise over what they find."""

from collections.abc import Callable, Sequence
from pathlib import Path

from factcheck.audit.adoptions import adopted
from factcheck.audit.evidence import evidence
from factcheck.audit.exports import exports
from factcheck.audit.files import files, sources
from factcheck.audit.index import index
from factcheck.audit.lines import canonical, lines, order
from factcheck.audit.objections import objections
from factcheck.audit.quotations import quotations
from factcheck.audit.reader import LEDGER
from factcheck.audit.records import records
from factcheck.audit.sheet import CheckResult, Finding, Report, Sheet
from factcheck.audit.signing import signatures
from factcheck.audit.states import states
from factcheck.audit.suggestions import suggestions
from factcheck.audit.texts import texts
from factcheck.audit.trail import Trail
from factcheck.audit.tree import checkpoint, tree
from factcheck.errors import NotFound, Usage

__all__ = ["CHECKS", "QUICK", "Check", "CheckResult", "Finding", "Report", "audit"]

Check = Callable[[Trail, Sheet], None]

CHECKS: dict[str, Check] = {
    "lines": lines,
    "canonical": canonical,
    "order": order,
    "tree": tree,
    "checkpoint": checkpoint,
    "signatures": signatures,
    "states": states,
    "objections": objections,
    "adopted": adopted,
    "sources": sources,
    "quotations": quotations,
    "suggestions": suggestions,
    "evidence": evidence,
    "records": records,
    "texts": texts,
    "files": files,
    "index": index,
    "exports": exports,
}
QUICK: tuple[str, ...] = ("tree", "checkpoint")


def audit(
    folder: Path,
    *,
    checks: Sequence[str] = (),
    own: Path | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Report:
    """Check a case from its files alone; all checks unless some are named.

    `own` is the auditor's list of outlets, where there is one. `progress` is told each check's name and how many things it has checked: 0 when it begins, the total
    when it ends. NotFound when the folder holds no ledger; Usage for a check that is not known.
    """
    chosen = _chosen(checks)
    if not (folder / LEDGER).is_file():
        raise NotFound(
            f"there is no {LEDGER} here, so this is no case.",
            where=str(folder),
            remedy="name the folder of a case: factcheck audit FOLDER",
        )
    trail = Trail(folder, own)
    sheets = [_run(name, trail, progress or _silent) for name in chosen]
    findings = tuple(finding for sheet in sheets for finding in sheet.findings())
    return Report(not findings, trail.head, tuple(sheet.result() for sheet in sheets), findings)


def _chosen(names: Sequence[str]) -> list[str]:
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise Usage(f"there is no check {', '.join(unknown)}.", remedy=f"the checks are {', '.join(CHECKS)}")
    return [name for name in CHECKS if not names or name in names]


def _run(name: str, trail: Trail, progress: Callable[[str, int], None]) -> Sheet:
    sheet = Sheet(name)
    progress(name, 0)
    CHECKS[name](trail, sheet)
    progress(name, sheet.checked)
    return sheet


def _silent(_name: str, _checked: int) -> None:
    """Nobody watches."""
