"""What stands beside the source: evidence, calculations, relations, verdicts and notes of the open claim."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from factcheck.case.reasoning import Reasons
from factcheck.labels import beyond, label, origins_line
from factcheck.model import (
    Calculation,
    CaseInfo,
    Claim,
    ClaimState,
    Evidence,
    Relation,
    Scale,
    Stance,
    Verdict,
)
from factcheck.tui.remarks import noted, objected
from factcheck.tui.rows import BLANK, Prose, Row, Run, fitted, heading, row, row_width, run, wrapped
from factcheck.tui.saying import RELATION_GLYPHS, STANCE_GLYPHS, rating_runs, state_runs

if TYPE_CHECKING:
    from factcheck.match.differing import Piece


@dataclass(frozen=True, slots=True)
class Beside:
    """The open claim with what its rows need: the claims it is tied to, why it was suggested, which evidence is chosen."""

    claim: Claim
    others: dict[str, Claim]
    info: CaseInfo
    lang: str
    reasons: Reasons | None = None
    chosen: int = -1
    times: tuple[str, ...] = ()
    pieces: tuple[Evidence, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    viewer: str = ""
    removed: frozenset[str] = frozenset()

    @property
    def scale(self) -> Scale:
        """The ratings that verdicts are recorded in now."""
        return self.info.scale

    def rows(self, columns: int) -> list[Row]:
        """Everything, from top to bottom."""
        parts = (
            self._evidence,
            self._verdicts,
            self._findings,
            self._asked,
            self._times,
            self._calculations,
            self._relations,
            self._notes,
            self._why,
        )
        return [each for part in parts for each in part(columns)]

    def brief(self, columns: int) -> list[Row]:
        """The same in a few rows, for a small terminal."""
        rows: list[Row] = []
        live = self._live()
        for evidence in live[-1:]:
            count = run(f" {self._say('tui.evidence')} {len(live)} ", "title")
            words = run(f" {evidence.quote or evidence.note or evidence.url}", "dim said")
            rows.append((count, *self._evidence_line(evidence), words))
        if not live:
            rows.append(
                (run(f" {self._say('tui.evidence')} 0 ", "title"), run(self._say("tui.no_evidence"), "dim"))
            )
        if self.claim.verdict:
            rows.append(
                (
                    run(" "),
                    *self._verdict_line(self.claim.verdict),
                    run(f" {self.claim.verdict.because}", "dim said"),
                )
            )
        rows += [
            (run(" ? ", "warn"), run(f"{each.by}: {each.text}")) for each in self.claim.open_questions[:1]
        ]
        rows += objected(self.info, self.claim, columns, self.lang)[:1]
        if self.claim.due and not self.claim.verdict:
            due = self._say("tui.due_on", day=self.claim.due, by=self.claim.settled_by)
            rows.append((run(" ◷ ", "calm"), run(due, "text")))
        ties = [run(f"{RELATION_GLYPHS[r.kind]} {r.other} ", "calm") for r in self.claim.relations[:4]]
        sums = [
            run(f"{self._say('tui.calculation')} {each.expression} {self._holds(each)} ", "warn")
            for each in self.claim.calculations[:1]
        ]
        if ties or sums:
            rows.append((run(" "), *ties, *sums))
        return [fitted(each, columns) for each in rows]

    def _say(self, key: str, **values: object) -> str:
        return label(key, self.lang, **{**self.keys, **values})

    def _live(self) -> tuple[Evidence, ...]:
        """The evidence that nobody has withdrawn, with what became of its pages."""
        return tuple(each for each in self.pieces or self.claim.evidence if not each.withdrawn)

    def _evidence(self, columns: int) -> list[Row]:
        live = self._live()
        sides = len([each for each in live if each.stance is not Stance.CONTEXT])
        behind = f" · {origins_line(sides, self.claim.origins, self.lang)}" if sides else ""
        title = f"{self._say('tui.evidence')} {len(live)}{behind}"
        rows = [heading(title, columns, active=self.chosen >= 0)]
        if not live:
            return [
                *rows,
                *wrapped(self._say("tui.no_evidence"), columns - 1, "dim", first=(run("  "),)),
                BLANK,
            ]
        for tie in (tie for each in self.claim.behind for tie in each.ties):
            words = self._say(f"same_origin.{tie.why}", **asdict(tie))
            rows += wrapped(words, columns - 1, "warn", first=(run("  ≈ ", "warn"),), most=2)
        for number, evidence in enumerate(live):
            rows += self._one_evidence(evidence, columns, chosen=number == self.chosen)
        return [*rows, BLANK]

    def _one_evidence(self, evidence: Evidence, columns: int, *, chosen: bool) -> list[Row]:
        mark = run("▸ " if chosen else "  ", "accent")
        rows = [fitted((mark, *self._evidence_line(evidence)), columns)]
        if evidence.url:
            rows.append(fitted(row(run("    "), run(evidence.url, "dim")), columns))
        if evidence.quote:
            quoted = Prose().add("「", "field").add(evidence.quote, "field said").add("」", "field")
            rows += wrapped(quoted, columns - 1, "field", indent=4, first=(run("    "),), most=5)
        if evidence.note:
            rows += wrapped(evidence.note, columns - 1, "text said", first=(run("    "),), most=3)
        return rows

    def _evidence_line(self, evidence: Evidence) -> Row:
        glyph, ink = STANCE_GLYPHS[evidence.stance]
        held = evidence.held(removed=evidence.capture in self.removed)
        said = run(self._say(f"evidence.{held}"), "good" if held == "captured" else "warn")
        first, then = run(evidence.origin[:40] if evidence.url else evidence.capture, "text"), said
        if held == "removed":  # a narrow pane must not cut off what is wrong
            first, then = then, first
        named = (
            run(f"{evidence.id} ", "key"),
            run(f"{glyph} {self._say(f'stance.{evidence.stance}')} ", ink),
        )
        return (*named, first, run(" · ", then.ink), then, *self._weight(evidence))

    def _weight(self, evidence: Evidence) -> Row:
        """Its grade, whether its words were typed, and what became of its page."""
        parts: list[Run] = (
            [run(f" · {self._say(f'grade.{evidence.grade}')}", "dim")] if evidence.grade else []
        )
        parts += [run(f" · {self._say('evidence.manual')}", "warn")] if evidence.manual else []
        if evidence.checked:
            told = self._say(f"recheck.{evidence.checked.outcome}")
            parts.append(
                run(f" · {told} {evidence.checked.time[5:10]}", "dim" if evidence.checked.well else "bad")
            )
        return tuple(parts)

    def _verdicts(self, columns: int) -> list[Row]:
        if self.claim.verdict is None and self.claim.state is ClaimState.JUDGED:
            heads = [heading(self._say("tui.verdict"), columns)]
            return [
                *heads,
                *wrapped(self._say("desk.veiled"), columns - 1, "active", first=(run("  "),), most=3),
                BLANK,
            ]
        if not self.claim.verdicts:
            return []
        rows = [heading(self._say("tui.verdict"), columns)]
        for verdict in self.claim.verdicts[-3:]:
            rows.append(fitted((run("  "), *self._verdict_line(verdict)), columns))
            if verdict.because:
                rows += wrapped(verdict.because, columns - 1, "text said", first=(run("    "),), most=6)
            for line in beyond(verdict, self.scale, self.lang):
                rows += wrapped(line, columns - 1, "dim", first=(run("    "),), most=2)
        return [*rows, *self._signature(columns), BLANK]

    def _verdict_line(self, verdict: Verdict) -> Row:
        past = self.claim.verdict is None or verdict.id != self.claim.verdict.id
        tail: tuple[Run, ...] = (run(f" · {self._say('tui.earlier')}", "dim"),) if past else ()
        return (
            *rating_runs(verdict.rating, self.scale, self.lang),
            run(f" · {self._name(verdict)} · {verdict.time[:10]}", "dim"),
            *tail,
        )

    @property
    def _impartial(self) -> bool:
        """True for somebody who is no party to the dispute: names stay hidden until it is settled."""
        return self.claim.state is ClaimState.DISPUTED and self.viewer not in self.claim.parties

    def _name(self, verdict: Verdict) -> str:
        """Whose verdict it is; of a dispute that a third person is to settle only which of the two."""
        claim = self.claim
        if not self._impartial:
            return verdict.by
        return self._say("tui.first_person" if verdict.id == claim.verdicts[0].id else "tui.second_person")

    def _asked(self, columns: int) -> list[Row]:
        """Whose the claim is, when it falls due, and what was asked about it."""
        claim = self.claim
        rows: list[Row] = []
        if claim.assigned:
            rows.append((run(f"  {self._say('tui.given_to', name=claim.assigned)}", "active"),))
        if claim.due:
            words = self._say("tui.due_on", day=claim.due, by=claim.settled_by)
            rows += wrapped(words, columns - 1, "text", first=(run("  ◷ ", "calm"),), most=3)
        for each in claim.questions:
            mark = run("  ? ", "warn") if each.open else run("  ✔ ", "good")
            who = " → ".join(filter(None, (each.by, each.to or each.whom)))
            rows += wrapped(f"{who}: {each.text}", columns - 1, "text", first=(mark,), most=4)
            if not each.open:
                rows += wrapped(each.answer, columns - 1, "dim", first=(run("    "),), most=4)
        return [heading(self._say("tui.shared"), columns), *rows, BLANK] if rows else []

    def _findings(self, columns: int) -> list[Row]:
        """What was found about single mentions, by the number that the head of the screen counts them with."""
        found = [
            (n, rated) for n, each in enumerate(self.claim.mentions, 1) if (rated := self.claim.finding(each))
        ]
        if not found:
            return []
        rows = [heading(self._say("tui.findings"), columns)]
        for number, each in found:
            place = self._say("tui.mention", number=number, total=len(self.claim.mentions))
            first = (run(f"  {place} ", "key"), *rating_runs(each.rating, self.scale, self.lang))
            rows.append(fitted((*first, run(f" · {each.by} · {each.time[:10]}", "dim")), columns))
            if each.because:
                rows += wrapped(each.because, columns - 1, "text said", first=(run("    "),), most=3)
        return [*rows, BLANK]

    def _signature(self, columns: int) -> list[Row]:
        claim = self.claim
        rows: list[Row] = []
        if claim.disputed_by:
            ink = "bad" if claim.state is ClaimState.DISPUTED else "dim"
            person = self._say("tui.second_person") if self._impartial else claim.disputed_by
            key = "tui.disputed_by" if claim.dispute else "tui.judged_otherwise"
            words = self._say(key, person=person, why=claim.dispute)
            rows += wrapped(words, columns - 1, ink, first=(run("  ≠ ", ink),))
        if claim.confirmed_by:
            words = self._say("tui.confirmed_by", person=claim.confirmed_by)
            rows += wrapped(words, columns - 1, "good", first=(run("  ● ", "good"),))
        return rows

    def _times(self, columns: int) -> list[Row]:
        """What 去年 and the like mean on the source's date; one line each."""
        if not self.times:
            return []
        rows = [heading(self._say("time.title"), columns)]
        for each in self.times:
            rows += wrapped(each, columns - 1, "text", indent=4, first=(run("  "),))
        return [*rows, BLANK]

    def _calculations(self, columns: int) -> list[Row]:
        if not self.claim.calculations:
            return []
        rows = [heading(self._say("tui.calculation"), columns)]
        for each in self.claim.calculations:
            rows += calculation_rows(each, columns, self.lang)
        return [*rows, BLANK]

    def _holds(self, calculation: Calculation) -> str:
        return self._say(f"holds.{calculation.holds}")

    def _relations(self, columns: int) -> list[Row]:
        if not self.claim.relations:
            return []
        rows = [heading(f"{self._say('tui.relations')} {len(self.claim.relations)}", columns)]
        for relation in self.claim.relations:
            rows += self._relation(relation, columns)
        return [*rows, BLANK]

    def _relation(self, relation: Relation, columns: int) -> list[Row]:
        other = self.others.get(relation.other)
        ink = "bad" if relation.kind == "contradicts" else "calm"
        proposed = "" if relation.by else f" {self._say('tui.proposed')}"
        kind = self._say(f"relation.{relation.kind}")
        first = (run(f"  {RELATION_GLYPHS[relation.kind]} {kind} ", ink), run(f"{relation.other} ", "key"))
        state = state_runs(other, self.lang) if other else ()
        rows = [fitted((*first, *state, run(proposed, "proposal")), columns)]
        return [*rows, *self._against(other, columns)] if other else rows

    def _against(self, other: Claim, columns: int) -> list[Row]:
        """The other claim's statement in at most two rows; what it says otherwise than the open one is marked."""
        from factcheck.match.differing import differing

        prose = marked(differing(self.claim.statement, other.statement)[1], "dim")
        rows = [(run("    "), *line.runs) for line in prose.lines(columns - 5)]
        return rows if len(rows) <= 2 else [rows[0], fitted((*rows[1], run("……", "dim")), columns - 1)]

    def _notes(self, columns: int) -> list[Row]:
        rows = [*objected(self.info, self.claim, columns, self.lang), *noted(self.claim, columns)]
        return [heading(self._say("tui.notes"), columns), *rows, BLANK] if rows else []

    def _why(self, columns: int) -> list[Row]:
        rows = reason_rows(self.reasons, columns, self.lang) if self.reasons else []
        return [heading(self._say("tui.why"), columns), *rows] if rows else []


def reason_rows(reasons: Reasons, columns: int, lang: str) -> list[Row]:
    """The sum of a priority: what every statement has, what each rule adds for which words, and the total."""
    if not reasons.addends:
        return []
    base = run(label("tui.why_start", lang), "dim")
    rows: list[Row] = [(run(f"  {reasons.start / 1000:+.2f}  ", "title"), base)]
    for each in reasons.addends:
        weight = run(f"  {each.weight / 1000:+.2f}  ", "title" if each.weight > 0 else "bad")
        rows.append((weight, *_fired(each.words), run(each.rule, "dim")))
    rows.append(
        (run(f"  = {reasons.total / 1000:.2f}  ", "strong"), run(label("tui.why_total", lang), "strong"))
    )
    for each in reasons.checkable:
        weight = run(f"  {each.weight / 1000:+.2f}  ", "title" if each.weight > 0 else "bad")
        rows.append((weight, *_fired(each.words), run(each.rule, "dim")))
    if reasons.checkable:
        total = sum(each.weight for each in reasons.checkable)
        rows.append(
            (run(f"  = {total / 1000:.2f}  ", "strong"), run(label("tui.why_checkable", lang), "strong"))
        )
    return [fitted(each, columns) for each in rows]


def _fired(words: str) -> Row:
    """The words a rule fired on, before the rule's name."""
    return (run(words, "claim said"), run("  ")) if words else ()


def marked(pieces: "Sequence[Piece]", ink: str = "text") -> Prose:
    """A wording with what differs in another ink."""
    prose = Prose()
    for each in pieces:
        prose.add(each.text, "said differs" if each.differs else f"said {ink}")
    return prose


def calculation_rows(calculation: Calculation, columns: int, lang: str) -> list[Row]:
    """A calculation: the sum, whether it holds, what was given and what would have to be true."""
    ink = {"yes": "good", "no": "bad"}.get(calculation.holds, "warn")
    open_ = calculation.result and "=" not in calculation.expression
    sum_ = f"{calculation.expression} = {calculation.result}" if open_ else calculation.expression
    if calculation.by:
        sum_ = f"{calculation.expression} ⇒ {calculation.result}"
    rows = wrapped(sum_, columns - 1, "field", first=(run("  "),), indent=4)
    by = f" · {calculation.by}" if calculation.by else ""
    held = f"{label(f'holds.{calculation.holds}', lang)}{by}"
    rows += wrapped(held, columns - 1, ink, first=(run("  ⇒ ", ink),))
    given = calculation.premises
    for each in (*given, *(need for need in calculation.needs if need not in given)):
        rows += wrapped(each, columns - 1, "text", first=(run("  · ", "dim"),))
    return rows


def legend(scale: Scale, columns: int, lang: str) -> list[Row]:
    """The digits of the verdicts: with definitions where there is room, else in columns."""
    title = heading(label("tui.verdict_digits", lang), columns)
    if columns >= 60:
        return [title, *(_defined(each.rating, scale, lang) for each in scale.ratings)]
    return [title, *digits(scale, columns, lang)]


def digits(scale: Scale, columns: int, lang: str) -> list[Row]:
    """The digits with their words alone, in as few rows as they need."""
    entries: list[Row] = [
        (run(f"{each.key} ", "key"), *rating_runs(each.rating, scale, lang)) for each in scale.ratings
    ]
    entries.append((run("0 ", "key"), run(label("action.later", lang), "dim")))
    return _columns(entries, columns)


def _defined(rating: str, scale: Scale, lang: str) -> Row:
    known = scale[rating]
    words = run(f"  {known.definition[lang]}", "dim")
    return (run(f"  {known.key} ", "key"), *rating_runs(rating, scale, lang), words)


def _columns(entries: Sequence[Row], columns: int) -> list[Row]:
    """Entries in columns, each as wide as its widest entry, read from top to bottom."""
    for down in range(1, len(entries) + 1):
        stacks = [entries[n : n + down] for n in range(0, len(entries), down)]
        widths = [max(map(row_width, stack)) + 2 for stack in stacks]
        if sum(widths) + 1 <= columns or down == len(entries):
            break
    return [
        (
            run(" "),
            *(part for stack, size in zip(stacks, widths, strict=True) for part in _cell(stack, n, size)),
        )
        for n in range(down)
    ]


def _cell(stack: Sequence[Row], number: int, size: int) -> Row:
    entry = stack[number] if number < len(stack) else BLANK
    return (*entry, run(" " * (size - row_width(entry))))
