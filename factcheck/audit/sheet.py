"""What an audit writes down: findings with a place, what was seen and what to do, and what it could not check."""

from dataclasses import dataclass, field
from typing import Any, Final

from factcheck.events import Head
from factcheck.visible import visible

RESTORE: Final = "restore the file from a copy or from git"
UNDESKED: Final = (
    "the desk refuses this, so the line was written past it; compare with a copy, ask who wrote it"
)
REPEATS: Final = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which check found it, where, what was seen there, what to do."""

    check: str
    where: str
    seen: str
    do: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended: ok, findings, unverifiable or skipped; `note` says what was not checked and why."""

    name: str
    status: str
    checked: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Which case it is: its name and origin, and the time of its newest event."""

    name: str = ""
    origin: str = ""
    newest: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole sheet. `ok` is True when nothing was found; what was not checked stands in the notes."""

    ok: bool
    head: Head
    checks: tuple[CheckResult, ...]
    findings: tuple[Finding, ...]
    about: About = About()

    def to_json(self) -> dict[str, Any]:
        """The object that `factcheck audit --json` prints."""
        return {
            "ok": self.ok,
            "head": {"size": self.head.size, "root": self.head.root},
            "checks": [{"name": c.name, "status": c.status, "checked": c.checked} for c in self.checks],
            "findings": [
                {"check": each.check, "where": each.where, "seen": each.seen, "do": each.do}
                for each in self.findings
            ],
        }


@dataclass(slots=True)
class Sheet:
    """Where one check writes; repeats of one check beyond `REPEATS` are counted, not listed."""

    check: str
    checked: int = 0
    notes: list[str] = field(default_factory=list)
    unverifiable: bool = False
    skipped: bool = False
    listed: list[Finding] = field(default_factory=list)
    more: int = 0

    def found(self, where: str, seen: str, do: str) -> None:
        """Write a finding down. Text out of files is made safe to show."""
        if len(self.listed) >= REPEATS:
            self.more += 1
            return
        self.listed.append(Finding(self.check, visible(where)[:300], visible(seen)[:500], do))

    def add(self, later: "Sheet") -> None:
        """Write down what another sheet of this check holds, behind what stands here."""
        for finding in later.listed:
            self.found(finding.where, finding.seen, finding.do)
        self.more += later.more
        self.unverifiable |= later.unverifiable
        self.notes += later.notes

    def could_not(self, why: str) -> None:
        """Say what could not be verified, and why; it is never reported as ok."""
        self.unverifiable = True
        if visible(why) not in self.notes:
            self.notes.append(visible(why))

    def skip(self, why: str) -> None:
        """Say why there was nothing to check."""
        self.skipped = True
        self.notes.append(visible(why))

    def note(self, what: str) -> None:
        """Something an auditor should know that is no fault."""
        self.notes.append(visible(what))

    def findings(self) -> tuple[Finding, ...]:
        """Everything found, with one last line that counts what was left out."""
        if not self.more:
            return tuple(self.listed)
        rest = Finding(
            self.check,
            self.listed[-1].where,
            f"and {self.more} more of this check",
            "put these right first, then run factcheck audit again",
        )
        return (*self.listed, rest)

    def result(self) -> CheckResult:
        """How the check ended."""
        status = (
            "findings"
            if self.listed
            else "unverifiable"
            if self.unverifiable
            else "skipped"
            if self.skipped
            else "ok"
        )
        return CheckResult(self.check, status, self.checked, "; ".join(self.notes))
