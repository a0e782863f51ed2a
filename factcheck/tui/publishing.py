"""The export sheet: what keeps a summary back, what it would say, what is new in it, and what was written."""

from factcheck.case.publishing import Changed, Proof, Published
from factcheck.model import Claim, Objection, Verdict
from factcheck.state import DECIDED
from factcheck.tui.desk import Desk
from factcheck.tui.footer import keyed
from factcheck.tui.rows import Row, Run, fitted, heading, run, wrapped
from factcheck.tui.saying import rating_runs
from factcheck.tui.sheet import Block, Sheet

MOST_GATES = 40
MOST_PREVIEW = 400
MOST_CHANGES = 200
VIEWS = ("gates", "preview", "changes")


class ExportSheet(Sheet):
    """X: a draft at any time; a final summary when nothing keeps it back. It is rendered beside the screen."""

    title_key = "tui.title_export"
    screen_name = "export"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.proof: Proof | None = None
        self.view = 0
        self.done: list[Row] = []

    def on_mount(self) -> None:
        super().on_mount()
        self._render_anew()

    def _render_anew(self) -> None:
        lang = self.desk.lang
        self.learn(lambda case: case.proof(lang=lang), self._rendered)

    def _rendered(self, proof: Proof) -> None:
        self.proof = proof
        self.lay_out()

    def blocks(self, columns: int) -> list[Block]:
        """What was done, the choice, then one view: the gates, the preview, or what is new."""
        proof, say = self.proof, self.desk.say
        done = [Block(self.done)] if self.done else []
        if proof is None:
            return [*done, self.waiting("tui.rendering", columns)]
        keys, final = self.desk.key_words, "text" if not proof.gates else "dim"
        choice: list[Row] = [
            (run(f"{keys['key_export_draft']} ", "key"), run(say("tui.draft_words"))),
            (run(f"{keys['key_export_final']} ", "key"), run(say("tui.final_words"), final)),
        ]
        named = " │ ".join(say(f"tui.view_{each}") for each in VIEWS)
        views = heading(f"{say(f'tui.view_{VIEWS[self.view]}')}", columns, right=(run(named, "dim"),))
        rows = (self._gates, self._preview, self._changes)[self.view](proof, columns)
        return [*done, Block(choice), Block([views, *rows])]

    def _gates(self, proof: Proof, columns: int) -> list[Row]:
        if not proof.gates and not any(map(self.desk.counts.get, DECIDED)):
            return wrapped(self.desk.say("tui.no_summary"), columns, "dim", first=(run("○ ", "dim"),))
        rows: list[Row] = [(run(f"● {self.desk.say('tui.no_gates')}", "good"),)]
        if proof.gates:
            rows = [(run(self.desk.count("tui.gates", len(proof.gates)), "strong"),)]
        for each in proof.gates[:MOST_GATES]:
            rows += self._gate(each, columns, run("! ", "warn"))
        for each in proof.remarks[:MOST_GATES]:
            rows += self._gate(each, columns, run("· ", "dim"))
        return rows

    def _gate(self, gate: Objection, columns: int, mark: Run) -> list[Row]:
        case, desk = self.desk.case, self.desk
        words = f"{case.sentence(gate)}  → {keyed(case.way_out(gate), desk.lang, desk.key_map)}"
        return wrapped(words, columns, "text", first=(mark,), most=2)

    def _preview(self, proof: Proof, columns: int) -> list[Row]:
        lines = proof.text.splitlines()[:MOST_PREVIEW]
        return [each for line in lines for each in wrapped(line, columns, "text", first=(run("  "),))]

    def _changes(self, proof: Proof, columns: int) -> list[Row]:
        """What a reader of the last final export would find otherwise in this one."""
        say = self.desk.say
        if not proof.last:
            return wrapped(say("tui.no_last_export"), columns, "dim", first=(run("  "),))
        if not proof.changes:
            return wrapped(say("tui.same_as_last", export=proof.last), columns, "dim", first=(run("  "),))
        shown = proof.changes[:MOST_CHANGES]
        claims = {each.id: each for each in self.desk.case.page([int(each.claim[1:]) for each in shown])}
        head = (run(f"  {say('tui.since', export=proof.last, number=len(proof.changes))}", "strong"),)
        return [
            head,
            *(row for each in shown for row in self._changed(each, claims.get(each.claim), columns)),
        ]

    def _changed(self, changed: Changed, claim: Claim | None, columns: int) -> list[Row]:
        verdicts = {each.id: each for each in claim.verdicts} if claim else {}
        before, after = (self._said(verdicts.get(each)) for each in (changed.before, changed.after))
        glyph = "+" if not changed.before else "−" if not changed.after else "≠"
        head = (run(f"{glyph} ", "warn"), run(f"{changed.claim} ", "key"), *before, run(" → ", "dim"), *after)
        words = (run("    "), run(claim.statement if claim else "", "dim said"))
        return [fitted(head, columns), fitted(words, columns)]

    def _said(self, verdict: Verdict | None) -> Row:
        if verdict is None:
            return (run("–", "dim"),)
        return rating_runs(verdict.rating, self.desk.case.scale, self.desk.lang)

    def do(self, act: str, id: str) -> None:  # noqa: ARG002 (nothing is chosen here)
        """Write a draft or the final summary, turn to the next view, or end with what the desk asks about."""
        if act in {"foreword", "publisher", "template"}:
            self.dismiss(act)
            return
        if act == "view":
            self.view = (self.view + 1) % len(VIEWS)
            self.body.top = 0
            self.lay_out()
        else:
            self._write(draft=act == "draft")

    def _write(self, *, draft: bool) -> None:
        case, lang = self.desk.case, self.desk.lang
        made: list[Published] = []
        if self.desk.perform(lambda: made.append(case.export(draft=draft, lang=lang))):
            words = self.desk.say("tui.exported", export=made[0].export.id, folder=made[0].folder)
            receipt = [(run(f"  {line}", "dim"),) for line in made[0].receipt.splitlines()]
            fresh = run("● ", "good") if made[0].new else run("○ ", "dim")
            again = "" if made[0].new else f" {self.desk.say('tui.nothing_new')}"
            self.done = [*wrapped(words + again, self.size.width - 6, "strong", first=(fresh,)), *receipt]
            self._render_anew()
        self.lay_out()
