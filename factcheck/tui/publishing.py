"""The export sheet and the audit sheet: what keeps a summary back, what was written, and what the audit found."""

from typing import TYPE_CHECKING

from factcheck.errors import FactcheckError
from factcheck.model import Objection
from factcheck.tui.desk import Desk
from factcheck.tui.footer import keyed
from factcheck.tui.rows import Row, heading, run, wrapped
from factcheck.tui.sheet import Block, Sheet

if TYPE_CHECKING:
    from factcheck.audit import Report
    from factcheck.case.publishing import Published

MOST_GATES = 40
MOST_PREVIEW = 400


class ExportSheet(Sheet):
    """X: a draft at any time; a final summary when nothing keeps it back."""

    title_key = "tui.title_export"
    hints = (("1", "tui.draft"), ("2", "tui.final"), ("PgDn", "tui.preview"), ("Esc", "tui.back"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.gates = desk.case.gates()
        self.text = desk.case.preview("markdown", lang=desk.lang, draft=bool(self.gates))
        self.done: list[Row] = []

    def blocks(self, columns: int) -> list[Block]:
        """What was done, the choice, the gates, the preview."""
        say = self.desk.say
        choice: list[Row] = [
            (run("1 ", "key"), run(say("tui.draft_words"))),
            (run("2 ", "key"), run(say("tui.final_words"), "text" if not self.gates else "dim")),
        ]
        done = [Block(self.done)] if self.done else []
        preview = [heading(say("tui.preview"), columns), *self._preview(columns)]
        return [*done, Block(choice), Block(self._gates(columns)), Block(preview)]

    def _gates(self, columns: int) -> list[Row]:
        say = self.desk.say
        if not self.gates:
            return [(run(f"● {say('tui.no_gates')}", "good"),)]
        rows: list[Row] = [heading(self.desk.count("tui.gates", len(self.gates)), columns)]
        for each in self.gates[:MOST_GATES]:
            rows += self._gate(each, columns)
        return rows

    def _gate(self, gate: Objection, columns: int) -> list[Row]:
        case = self.desk.case
        first = (run("! ", "warn"),)
        return wrapped(
            f"{case.sentence(gate)}  → {keyed(case.way_out(gate), self.desk.lang)}",
            columns,
            "text",
            first=first,
            most=2,
        )

    def _preview(self, columns: int) -> list[Row]:
        lines = self.text.splitlines()[:MOST_PREVIEW]
        return [each for line in lines for each in wrapped(line, columns, "text", first=(run("  "),))]

    def press(self, key: str, id: str) -> None:  # noqa: ARG002 (nothing is chosen here)
        """1 writes a draft, 2 the final summary."""
        if key not in {"1", "2"}:
            return
        case, lang = self.desk.case, self.desk.lang
        made: list[Published] = []
        if self.desk.perform(lambda: made.append(case.export(draft=key == "1", lang=lang))):
            words = self.desk.say("tui.exported", export=made[0].export.id, folder=made[0].folder)
            receipt = [(run(f"  {line}", "dim"),) for line in made[0].receipt.splitlines()]
            fresh = run("● ", "good") if made[0].new else run("○ ", "dim")
            again = "" if made[0].new else f" {self.desk.say('tui.nothing_new')}"
            self.done = [*wrapped(words + again, self.size.width - 6, "strong", first=(fresh,)), *receipt]
            self.gates = case.gates()
        self.lay_out()


class AuditSheet(Sheet):
    """a: check everything again, from the files alone."""

    title_key = "tui.title_audit"
    hints = (("PgDn", "tui.more"), ("Esc", "tui.back"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: list[Row] = [(run(desk.say("tui.auditing"), "dim"),)]

    def on_mount(self) -> None:
        self.call_after_refresh(self._run)

    def _run(self) -> None:
        try:
            report = self.desk.case.audit()
        except (FactcheckError, OSError) as error:
            self.desk.complain(error)
            self.lay_out()
            return
        columns, say = self.size.width - 4, self.desk.say
        head = (
            run(f"● {say('tui.audit_ok')}", "good")
            if report.ok
            else run(f"≠ {self.desk.count('tui.audit_bad', len(report.findings))}", "bad")
        )
        self.rows = [(head,), *_checks(report), *_findings(report, columns)]
        self.lay_out()

    def blocks(self, columns: int) -> list[Block]:  # noqa: ARG002 (rows are cut by the sheet)
        """The sheet of the auditor."""
        return [Block(self.rows)]


def _checks(report: "Report") -> list[Row]:
    inks = {"ok": ("●", "good"), "findings": ("≠", "bad"), "unverifiable": ("?", "warn")}
    rows: list[Row] = []
    for check in report.checks:
        glyph, ink = inks.get(check.status, ("·", "dim"))
        words = run(f"  {glyph} {check.name:<14}{check.status:<13}", ink)
        rows.append((words, run(f"{check.checked:>8}  {check.note}", "dim")))
    return rows


def _findings(report: "Report", columns: int) -> list[Row]:
    rows: list[Row] = []
    for finding in report.findings[:200]:
        rows += wrapped(f"{finding.check} · {finding.where}", columns, "bad", first=(run("! ", "bad"),))
        rows += wrapped(f"{finding.seen}  → {finding.do}", columns, "text", first=(run("  "),))
    return rows
