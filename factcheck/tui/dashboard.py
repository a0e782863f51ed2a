"""The dashboard: how the case stands, drawn in cells: verdicts, types, states, pace, agreement, and what keeps an export back."""

from collections.abc import Iterable, Mapping

from factcheck.case.measuring import Overview
from factcheck.model import ClaimState, ClaimType
from factcheck.tui.desk import Desk
from factcheck.tui.footer import keyed
from factcheck.tui.rows import BLANK, Row, fitted, heading, row_width, run, wrapped
from factcheck.tui.saying import STATE_GLYPHS, rating_runs
from factcheck.tui.sheet import Block, Sheet

EIGHTHS = " ▁▂▃▄▅▆▇█"
MOST_GATES = 6


class DashboardSheet(Sheet):
    """d: what a lead wants to know at once. Enter on a blocker opens its claim."""

    title_key = "tui.title_dashboard"
    screen_name = "dashboard"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.counted: Overview | None = None

    def on_mount(self) -> None:
        super().on_mount()
        self._count_anew()

    def _count_anew(self) -> None:
        self.learn(lambda case: case.overview(), self._counted)

    def _counted(self, overview: Overview) -> None:
        self.counted = overview
        self.lay_out_again()

    @property
    def overview(self) -> Overview:
        """What was counted; blocks are laid out after that."""
        assert self.counted is not None
        return self.counted

    def blocks(self, columns: int) -> list[Block]:
        """Two columns where they fit: how far the review is beside what was found; then pace, agreement, blockers."""
        if self.counted is None:
            return [self.waiting("tui.counting", columns)]
        half = (columns - 3) // 2 if columns >= 90 else columns
        left = [*self._states(half), BLANK, *self._types(half)]
        right = [*self._verdicts(half), BLANK, *self._pace(half), BLANK, *self._agreement(half)]
        body = _beside(left, right, half) if half < columns else [*left, BLANK, *right]
        return [Block(self._ready(columns)), *self._gates(columns), Block(body)]

    def _ready(self, columns: int) -> list[Row]:
        """One line: may a final export be written, and how much is done."""
        found, say = self.overview, self.desk.say
        total = sum(found.states.values())
        done = sum(found.states.get(each, 0) for each in DONE)
        ready = (
            run(f"● {say('tui.ready')}", "good") if not found.gates else run(f"! {self._blocked()}", "warn")
        )
        if not found.gates and not found.verdicts:
            ready = run(f"○ {say('tui.nothing_judged')}", "dim")
        head = (ready, run(f"  {say('tui.done_of', done=done, total=total)}", "dim"))
        return [fitted(head, columns), _meter(done, total, columns)] if total else [head]

    def _blocked(self) -> str:
        return self.desk.count("tui.gates", len(self.overview.gates))

    def _gates(self, columns: int) -> list[Block]:
        case, desk = self.desk.case, self.desk
        found = self.overview.gates
        blocks = []
        for each in found[:MOST_GATES]:
            words = f"{case.sentence(each)}  → {keyed(case.way_out(each), desk.lang, desk.key_map)}"
            blocks.append(Block(wrapped(words, columns, first=(run("! ", "warn"),), most=2), each.claim))
        rest = len(found) - MOST_GATES
        more = [Block([(run(desk.say("tui.and_more", number=rest), "dim"),)])] if rest > 0 else []
        return [*blocks, *more]

    def _states(self, columns: int) -> list[Row]:
        say = self.desk.say
        named = [
            ((run(f"{STATE_GLYPHS[each][0]} {say(f'state.{each}')}", STATE_GLYPHS[each][1]),), each)
            for each in ClaimState
        ]
        return [heading(say("tui.by_state"), columns), *_bars(named, self.overview.states, columns)]

    def _types(self, columns: int) -> list[Row]:
        say, types = self.desk.say, self.overview.types
        ranked = sorted(ClaimType, key=lambda each: -types.get(each, 0))
        named = [((run(say(f"type.{each}")),), each) for each in ranked]
        return [heading(say("tui.by_type"), columns), *_bars(named, types, columns)]

    def _verdicts(self, columns: int) -> list[Row]:
        say, scale, lang = self.desk.say, self.desk.case.scale, self.desk.lang
        named = [(rating_runs(each.rating, scale, lang), each.rating) for each in scale.ratings]
        rows = _bars(named, self.overview.verdicts, columns)
        nothing = wrapped(say("tui.no_verdicts"), columns, "dim", first=(run("  "),))
        return [heading(say("tui.by_verdict"), columns), *(rows or nothing)]

    def _pace(self, columns: int) -> list[Row]:
        """Verdicts a day, the last days as a row of bars, then who gave them."""
        say, days = self.desk.say, self.overview.days
        most = max((number for _, number in days), default=0)
        bars = "".join(EIGHTHS[-(-8 * number // most)] if most else EIGHTHS[0] for _, number in days)
        total = sum(number for _, number in days)
        head = heading(say("tui.pace", days=len(days)), columns)
        if not total:
            return [head, (run(f"  {say('tui.no_pace')}", "dim"),)]
        span = (run(f"  {days[0][0][5:]} ", "dim"), run(bars, "accent"), run(f" {days[-1][0][5:]}", "dim"))
        told = run(f"  {say('tui.pace_total', number=total, most=most)}", "dim")
        people = [
            fitted((run(f"  {name} ", "text"), run(f"{number}", "key")), columns)
            for name, number in list(self.overview.people.items())[:6]
        ]
        return [head, fitted((*span, told), columns), *people]

    def _agreement(self, columns: int) -> list[Row]:
        say, found = self.desk.say, self.overview.agreement
        rows = [heading(say("tui.agreement"), columns)]
        if not found.pairs:
            why = "tui.no_pairs_blind" if self.desk.case.info.policy.blind else "tui.no_pairs"
            return [*rows, *wrapped(say(why), columns, "dim", first=(run("  "),))]
        kappa = "–" if found.kappa is None else f"{float(found.kappa):.2f}"
        words = say("tui.kappa", kappa=kappa, agreed=found.agreed, pairs=found.pairs)
        rows += wrapped(words, columns, first=(run("  "),))
        scale, lang = self.desk.case.scale, self.desk.lang
        for each in found.disagreements[:4]:
            one, two = (rating_runs(rating, scale, lang) for rating in (each.first, each.second))
            rows.append(fitted((run(f"  {each.claim} ", "key"), *one, run(" ≠ ", "bad"), *two), columns))
        return rows

    def do(self, act: str, id: str) -> None:
        """Open the claim that keeps the export back, or tell the desk one's own totals."""
        if act == "open" and id.startswith("C"):
            self.dismiss(id)
        elif act == "report":
            self.desk.perform(self.desk.case.report_work)
            self.lay_out()


DONE = (
    ClaimState.CONFIRMED,
    ClaimState.SETTLED,
    ClaimState.PUBLISHED,
    ClaimState.CORRECTED,
    ClaimState.VOIDED,
    ClaimState.DISMISSED,
)


def _bars(named: Iterable[tuple[Row, str]], counts: Mapping[str, int], columns: int) -> list[Row]:
    """A bar for each thing that there is any of: its name, the bar, the number."""
    there = [(name, counts[key]) for name, key in named if counts.get(key)]
    if not there:
        return []
    most = max(number for _, number in there)
    wide = max(row_width(name) for name, _ in there)
    digits = len(str(most))
    room = max(columns - wide - digits - 5, 1)
    rows: list[Row] = []
    for name, number in there:
        gap = run(" " * (wide - row_width(name) + 1))
        count = run(f" {number:>{digits}}", "key")
        rows.append((run("  "), *name, gap, run("█" * max(round(room * number / most), 1), "accent"), count))
    return rows


def _meter(done: int, total: int, columns: int) -> Row:
    """How much of the whole is done."""
    room = max(columns - 2, 1)
    full = round(room * done / total)
    return (run("█" * full, "good"), run("░" * (room - full), "rule"))


def _beside(left: list[Row], right: list[Row], half: int) -> list[Row]:
    """Two stacks of rows beside each other."""
    rows = []
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else BLANK
        two = right[number] if number < len(right) else BLANK
        gap = run(" " * (half - row_width(one)))
        rows.append((*one, gap, run(" │ ", "rule"), *two))
    return rows
