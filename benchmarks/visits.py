"""What is done in each program from its start to its end, and every value that is measured there."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from peers import TABLE
from terminals import PATIENCE, Seen, StuckError, Terminal

from factcheck.labels import label

FIRST_ROW = "届会议上"
"""Words of every statement: the first row stands when they come."""
ARROW, ENTER, CLEAR, RUN_QUERY = "\x1b[B", "\r", "\x15", "\x0a"
OPINION = "9"
VERDICTS = 5
TYPED = {"a common word": "TikTok", "a rare word": "4321号"}
"""A word of every claim, and one of very few."""
TYPING = 0.08
"""Seconds between two letters: 150 words a minute."""
WORDS = re.compile(rf"^▸ {re.escape(label('tui.words', 'en'))} (\S*)", re.MULTILINE)


class Figures:
    """Every value, by measure and program; milliseconds, seconds of CPU or wall time, or MB."""

    def __init__(self) -> None:
        self._values: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    def add(self, measure: str, program: str, value: float) -> None:
        self._values[measure, program].append(value)

    def p50(self, measure: str, program: str) -> float | None:
        """The median; None when nothing was measured."""
        values = self._values.get((measure, program))
        return median(values) if values else None

    def p95(self, measure: str, program: str) -> float | None:
        values = self._values.get((measure, program), [])
        return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else None

    def highest(self, measure: str, program: str) -> float | None:
        return max(self._values.get((measure, program), []), default=None)


@dataclass(frozen=True, slots=True)
class Visit:
    """One program: what starts it, the words of its first usable screen, those of a loaded one, what is done then."""

    program: str
    arguments: tuple[str, ...]
    ready: str
    loaded: str
    stay: Callable[["Visit", Terminal, Figures], None]
    presses: int
    down: str = "j"

    def warm(self, environ: Mapping[str, str]) -> None:
        """Open it uncounted: its files are in memory and its modules compiled from then on."""
        terminal = Terminal(self.arguments, environ)
        try:
            terminal.until_written(self.ready)
            terminal.until_quiet()
        finally:
            terminal.leave()

    def pay(self, environ: Mapping[str, str], figures: Figures) -> None:
        """Open it, measure, end it."""
        terminal = Terminal(self.arguments, environ)
        try:
            painted = terminal.until_written(self.ready)
            figures.add("cpu", self.program, terminal.cpu())
            figures.add("wall", self.program, painted - terminal.began)
            terminal.until_quiet(lambda text: self.loaded in text)
            figures.add("cpu at rest", self.program, terminal.cpu())
            self.stay(self, terminal, figures)
        finally:
            terminal.leave()


def at_desk(visit: Visit, terminal: Terminal, figures: Figures) -> None:
    """factcheck: verdicts, then moving, then the filter."""
    terminal.until_quiet(lambda text: bool(open_claim(text)))
    ledger = Path(visit.arguments[-2]) / "claims" / "ledger.jsonl"
    for _ in range(VERDICTS):
        _judge(visit.program, terminal, figures, ledger)
    for _ in range(visit.presses):
        before = open_claim(terminal.text())
        _move(visit.program, terminal, figures, visit.down, lambda text, before=before: _stands(text, before))
    _weigh(visit.program, terminal, figures)
    for name, word in TYPED.items():
        _filter(visit.program, terminal, figures, name, word)


def with_rows(visit: Visit, terminal: Terminal, figures: Figures) -> None:
    """visidata and the DataTable app: moving."""
    for _ in range(visit.presses):
        _move(visit.program, terminal, figures, visit.down, bool)
    _weigh(visit.program, terminal, figures)


def with_query(visit: Visit, terminal: Terminal, figures: Figures) -> None:
    """harlequin: the rows come by a query; then moving."""
    terminal.press(f"select * from {TABLE}")
    terminal.until_quiet()
    terminal.press(RUN_QUERY)
    terminal.until_written(FIRST_ROW)
    figures.add("cpu with rows", visit.program, terminal.cpu())
    terminal.until_quiet()
    with_rows(visit, terminal, figures)


def _weigh(program: str, terminal: Terminal, figures: Figures) -> None:
    figures.add("resident", program, terminal.resident())
    figures.add("proportional", program, terminal.proportional())


def _move(program: str, terminal: Terminal, figures: Figures, key: str, right: Callable[[str], bool]) -> None:
    """One row down: until the first byte comes back, and until the last one of a screen that is right."""
    pressed, known = terminal.press(key), len(terminal.chunks)
    if not terminal.take(PATIENCE):
        raise StuckError(f"{program} says nothing to a key:\n{terminal.text()}")
    seen = terminal.until_quiet(right)
    figures.add("first byte", program, 1000 * (terminal.chunks[known][0] - pressed))
    figures.add("all panes", program, 1000 * (seen[-1][0] - pressed))


def _judge(program: str, terminal: Terminal, figures: Figures, ledger: Path) -> None:
    """An opinion by one key: until its line is in the ledger, and until its sentence is on the screen."""
    said = f"{open_claim(terminal.text())} judged: Not checkable"
    size = ledger.stat().st_size
    pressed = terminal.press(OPINION)
    while ledger.stat().st_size == size and time.perf_counter() < pressed + PATIENCE:
        terminal.take(0.001)
    written = time.perf_counter()
    seen = terminal.until_quiet(lambda text: said in text)
    painted = _first(seen, lambda text: said in text)
    figures.add("written", program, 1000 * (written - pressed))
    figures.add("durable and painted", program, 1000 * (max(written, painted) - pressed))


def _filter(program: str, terminal: Terminal, figures: Figures, name: str, word: str) -> None:
    """Type a word into the filter: the longest wait of a letter for its echo, and of Enter for the list."""
    _open_filter(terminal)
    pressed, began = [], time.perf_counter()
    for number, letter in enumerate(word):
        terminal.take_until(began + number * TYPING)
        pressed.append(terminal.press(letter))
    seen = terminal.until_quiet(lambda text: _typed(text) == word)
    for number, moment in enumerate(pressed, start=1):
        echoed = _first(seen, lambda text, sofar=word[:number]: _typed(text).startswith(sofar))
        figures.add(f"echo, {name}", program, 1000 * (echoed - moment))
    entered = terminal.press(ENTER)
    seen = terminal.until_quiet(lambda text: _narrowed(text, word))
    listed = _first(seen, lambda text: _narrowed(text, word))
    figures.add(f"list, {name}", program, 1000 * (listed - entered))
    _open_filter(terminal)
    terminal.press(ENTER)
    terminal.until_quiet(lambda text: "“" not in text and not WORDS.search(text))


def _open_filter(terminal: Terminal) -> None:
    """The filter with nothing in it."""
    terminal.press("/")
    terminal.until_quiet(lambda text: bool(WORDS.search(text)))
    terminal.press(CLEAR)
    terminal.until_quiet(lambda text: bool(WORDS.search(text)) and not _typed(text))


# -- reading factcheck's screen -------------------------------------------------------------------------


def open_claim(text: str) -> str:
    """The id at the head of the middle pane; "" when no claim is open."""
    found = re.search(r"^[^│\n]*│ (C\d+) ", text, re.MULTILINE)
    return found[1] if found else ""


def _stands(text: str, before: str) -> bool:
    """Another claim than before is open: in the queue, in its statement, and marked in the source."""
    claim = open_claim(text)
    words = f"第{int(claim[1:]) - 1}届" if claim else ""
    pointed = re.search(r"^▸ +(C\d+) ", text, re.MULTILINE)
    return (
        claim not in {"", before}
        and pointed is not None
        and pointed[1] == claim
        and f"│ {words}" in text
        and f"│▌ {words}" in text
    )


def _typed(text: str) -> str:
    """What stands in the filter's words."""
    found = WORDS.search(text)
    return found[1] if found else ""


def _narrowed(text: str, word: str) -> bool:
    """The box is gone and the first line names the filter."""
    return not WORDS.search(text) and f"“{word}”" in text.partition("\n")[0]


def _first(seen: Seen, right: Callable[[str], bool]) -> float:
    """When the screen was right for the first time."""
    return next((moment for moment, text in seen if right(text)), float("nan"))
