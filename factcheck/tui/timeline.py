"""The auditor's sheet: who did what and when, from what to what, whether the proof holds, and the case as of any moment."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from textual import events

from factcheck.audit import Report
from factcheck.events import Event
from factcheck.labels import label
from factcheck.tui.desk import Desk
from factcheck.tui.keys import folded
from factcheck.tui.rows import Row, Run, fitted, row_width, run, wrapped
from factcheck.tui.sheet import Block, Sheet
from factcheck.tui.telling import told

AROUND = 64
"""Events on either side of the chosen one that are laid out: a ledger may have a hundred thousand."""
BATCH = 256


class AuditSheet(Sheet):
    """a: the trail, the newest first, below what the audit found; the audit runs beside the screen."""

    title_key = "tui.title_audit"
    screen_name = "audit"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.report: Report | None = None
        self.trail: list[Event] = []
        self.place, self.whole = 0, False
        self.findings_shown = False
        self.read_on()

    def on_mount(self) -> None:
        super().on_mount()
        self.learn(lambda case: case.audit(), self._audited)

    def _audited(self, report: Report) -> None:
        self.report = report
        self.findings_shown = self.findings_shown or not report.ok
        self.lay_out()

    def read_on(self) -> None:
        """Take in more of the trail, towards its beginning."""
        before = self.trail[-1].seq if self.trail else None
        more = self.desk.case.events(before=before)
        fresh = [event for event, _ in zip(more, range(BATCH), strict=False)]
        self.trail += fresh
        self.whole = len(fresh) < BATCH

    def blocks(self, columns: int) -> list[Block]:
        """The proof state, then the checks with their findings, or the trail."""
        proof = Block(self._proof(columns))
        if self.failed:
            return [self.waiting("tui.auditing", columns)]
        if self.findings_shown:
            return [proof, Block(self._checks()), Block(self._findings(columns))]
        first = max(self.place - AROUND, 0)
        self.chosen = max(self.place - first, 0)
        near = self.trail[first : self.place + AROUND]
        return [proof, *(Block(self._event(each, columns), f"{each.seq}") for each in near)]

    def _proof(self, columns: int) -> list[Row]:
        """What the checks came to, and what the head of the ledger is: the number and root that a receipt names."""
        say, head = self.desk.say, self.desk.case.head
        if self.report is None:
            state = run(f"… {say('tui.auditing')}", "dim")
        elif self.report.ok:
            state = self._clean(self.report)
        else:
            state = run(f"≠ {self.desk.count('tui.audit_bad', len(self.report.findings))}", "bad")
        root = run(f"  #{head.size} {head.root[:16]}…", "dim")
        return [fitted((state, root), columns)]

    def _clean(self, report: Report) -> Run:
        """Nothing wrong was found, which says no more than how many checks could look."""
        ended = Counter(check.status for check in report.checks)
        if ended.total() == ended["ok"]:
            return run(f"● {self.desk.say('tui.audit_ok')}", "good")
        said = self.desk.say("tui.audit_clean", number=ended["ok"])
        for status, words in (("unverifiable", "tui.audit_unverifiable"), ("skipped", "tui.audit_skipped")):
            said += self.desk.say(words, number=ended[status]) if ended[status] else ""
        return run(f"? {said}", "warn") if ended["unverifiable"] else run(f"● {said}", "good")

    def _checks(self) -> list[Row]:
        inks = {"ok": ("●", "good"), "findings": ("≠", "bad"), "unverifiable": ("?", "warn")}
        rows: list[Row] = []
        for check in self.report.checks if self.report else ():
            glyph, ink = inks.get(check.status, ("·", "dim"))
            words = run(f"{glyph} {check.name:<14}{check.status:<13}", ink)
            rows.append((words, run(f"{check.checked:>8}  {check.note}", "dim")))
        return rows or [(run(self.desk.say("tui.auditing"), "dim"),)]

    def _findings(self, columns: int) -> list[Row]:
        rows: list[Row] = []
        for finding in self.report.findings[:200] if self.report else ():
            rows += wrapped(f"{finding.check} · {finding.where}", columns, "bad", first=(run("! ", "bad"),))
            rows += wrapped(f"{finding.seen}  → {finding.do}", columns, "text", first=(run("  "),))
        return rows

    def _event(self, event: Event, columns: int) -> list[Row]:
        """When, who, what; below it from what to what, where the act changed something."""
        who = run(f"{event.by}  ", "active" if not event.by.startswith("tool:") else "dim")
        head = (run(f"#{event.seq} ", "key"), run(f"{event.time[:10]} {event.time[11:19]}  ", "dim"), who)
        what = told((event,), self.desk.case.scale, self.desk.lang)
        rows = [fitted((*head, run(what)), columns)]
        before, after = change(event, self.desk.lang)
        if before or after:
            said = " said" if event.kind == "claim.reworded" or event.kind not in CHANGES else ""
            arrow = (run(f"{before} ", f"dim{said}"), run("→ ", "key")) if before else (run("→ ", "key"),)
            indent = row_width(head[:1])
            rows += wrapped(
                after,
                columns,
                f"field{said}",
                first=(run(" " * indent), *fitted(arrow, columns // 2)),
                most=2,
            )
        return rows

    def on_key(self, event: events.Key) -> None:
        """Keys that move go through the whole trail, of which more is read on the way."""
        page = max(self.body.size.height // 3, 1)
        steps = {"j": 1, "Down": 1, "k": -1, "Up": -1, "PgDn": page, "PgUp": -page}
        key = folded(event)
        if key not in {*steps, "Home", "End"} or self.findings_shown or self.app.screen is not self:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        while key == "End" and not self.whole:
            self.read_on()
        wanted = {"Home": 0, "End": len(self.trail) - 1}.get(key, self.place + steps.get(key, 0))
        if wanted >= len(self.trail) and not self.whole:
            self.read_on()
        self.place = max(0, min(len(self.trail) - 1, wanted))
        self.lay_out()

    def do(self, act: str, id: str) -> None:
        """Look at the case as it stood then, or turn to the checks and back."""
        if act == "past" and id:
            self.dismiss(id)
        elif act in {"witness", "object", "forget"}:
            self.dismiss(act)
        elif act == "view":
            self.findings_shown = not self.findings_shown
            self.body.top = 0
            self.lay_out()


CHANGES: dict[str, Callable[[Any, str], tuple[str, str]]] = {
    "policy.changed": lambda body, _: (f"{body.name} {body.was}", f"{body.value}"),
    "claim.reworded": lambda body, _: (body.was, body.statement),
    "claim.retyped": lambda body, lang: (label(f"type.{body.was}", lang), label(f"type.{body.type}", lang)),
    "reading.accepted": lambda body, _: (body.heard, body.meant),
    "reading.rejected": lambda body, _: (body.heard, body.meant),
    "source.dated": lambda body, _: ("", body.date),
    "member.added": lambda body, lang: ("", f"{body.name} · {label(f'role.{body.role}', lang)}"),
    "member.revoked": lambda body, _: (body.name, "–"),
    "claim.dismissed": lambda body, lang: ("", label(f"reason.{body.reason}", lang)),
    "claim.assigned": lambda body, _: ("", body.to or "–"),
    "claim.scheduled": lambda body, _: ("", body.due),
    "evidence.attached": lambda body, _: ("", body.evidence.url or body.evidence.capture),
}
"""What an act changed, from what to what, by the kind of its event and in a language."""


def change(event: Event, lang: str) -> tuple[str, str]:
    """From what to what, in the words of the event; else its reason; ("", "") where it says nothing of the kind."""
    if event.kind in CHANGES:
        return CHANGES[event.kind](event.body, lang)
    words = getattr(event.body, "because", "") or getattr(event.body, "text", "")
    return "", " ".join(words.split()) if isinstance(words, str) else ""
