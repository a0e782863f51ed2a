"""The audit: named checks that read a case's files again, trust nothing derived, and never raise over what they find."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from factcheck.audit.bags import bag, reports
from factcheck.audit.bundled import Bundled, half, is_readable, opened
from factcheck.audit.evidence import evidence
from factcheck.audit.exports import exports
from factcheck.audit.files import files, sources
from factcheck.audit.index import index
from factcheck.audit.lines import canonical, lines, order
from factcheck.audit.objections import objections
from factcheck.audit.proofs import proofs
from factcheck.audit.quotations import quotations
from factcheck.audit.reader import LEDGER
from factcheck.audit.records import records
from factcheck.audit.sheet import CheckResult, Finding, Progress, Report, Sheet
from factcheck.audit.signing import signatures
from factcheck.audit.states import states
from factcheck.audit.suggestions import suggestions
from factcheck.audit.texts import texts
from factcheck.audit.trail import Trail
from factcheck.audit.tree import checkpoint, tree
from factcheck.errors import Usage

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

# A bundle has no index, and its reports stand in the place of the exports.
WHOLE: dict[str, Callable[[Bundled, Sheet], None]] = {
    "bag": bag,
    **{name: check for name, check in CHECKS.items() if name not in {"index", "exports"}},
    "exports": reports,
}
SUBSET: dict[str, Callable[[Bundled, Sheet], None]] = {
    "bag": bag,
    "lines": lines,
    "canonical": canonical,
    "proofs": proofs,
    "signatures": signatures,
    "quotations": quotations,
    "exports": reports,
}


def audit(
    folder: Path,
    *,
    checks: Sequence[str] = (),
    own: Path | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Report:
    """Check a case or a bundle (a folder, or a zip of one) from its files alone; all checks unless some are named.

    `own` is the auditor's list of outlets, where there is one. `progress` is told each check's name and how many things it has
    checked: 0 when it begins, the total when it ends. NotFound when there is neither here; BadData for a zip that no bundle is;
    Usage for a check that is not known.
    """
    if not (folder / LEDGER).is_file():
        with opened(folder) as place:
            return _bundle(place, checks, own, progress or _silent)
    return _report(Trail(folder, own), CHECKS, _chosen(checks, CHECKS), progress or _silent)


def _bundle(place: Path, checks: Sequence[str], own: Path | None, progress: Progress) -> Report:
    if not is_readable(place):
        return half(place)
    trail = Bundled(place, own)
    known = WHOLE if trail.whole else SUBSET
    quick = ("bag", "proofs") if tuple(checks) == QUICK and not trail.whole else checks
    return _report(trail, known, _chosen(quick, known), progress)


T = TypeVar("T", bound=Trail)


def _report(
    trail: T, known: Mapping[str, Callable[[T, Sheet], None]], chosen: Sequence[str], progress: Progress
) -> Report:
    sheets = []
    for name in chosen:
        sheet = Sheet(name)
        progress(name, 0)
        known[name](trail, sheet)
        progress(name, sheet.checked)
        sheets.append(sheet)
    findings = tuple(finding for sheet in sheets for finding in sheet.findings())
    return Report(not findings, trail.head, tuple(sheet.result() for sheet in sheets), findings)


def _chosen(names: Sequence[str], known: Mapping[str, object]) -> list[str]:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Usage(f"there is no check {', '.join(unknown)}.", remedy=f"the checks are {', '.join(known)}")
    return [name for name in known if not names or name in names]


def _silent(_name: str, _checked: int) -> None:
    """Nobody watches."""
