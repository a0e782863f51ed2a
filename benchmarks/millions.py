"""What a desk of millions of claims costs: opening it, the next claim, counts, lists and keys, beside reading one row."""

import argparse
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from loads import COMMON, PEOPLE, RARE, load_of
from screens import world
from terminals import Seen, Terminal
from visits import open_claim

from factcheck.case import Case
from factcheck.index import Query

SIZES = (1_000, 100_000)
WHO = PEOPLE[0]
HELD = 20
"""Claims at the head of the queue that others have open."""
PUT_OFF = 10
PAGE = 20
MOVES = {"j, the next claim": "j", "n, the next that waits": "n"}
JUDGED = "9, a verdict and the next"
UNJUDGED = re.compile(r"│ C\d+ \S+ (suggested|accepted)")
OPENED, NEXT = 1000.0, 50.0
"""Milliseconds: the goals for opening and for the next claim."""


Spent = tuple[float, float]
"""Milliseconds on the clock, and of the processor: other programs hold up the first alone."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians of a measure, its goal in milliseconds on the clock, and the most memory that its process held, in MB."""

    name: str
    spent: Spent
    goal: float | None = None
    peak: float | None = None

    def cells(self, bare: float) -> tuple[str, ...]:
        wall, cpu = self.spent
        goal = "" if self.goal is None else f"< {self.goal:,.0f} ms"
        met = "" if self.goal is None else "met" if wall < self.goal else "missed"
        peak = "" if self.peak is None else f"{self.peak:,.0f} MB"
        return self.name, f"{wall:,.2f} ms", f"{cpu:,.2f} ms", f"{wall / bare:,.1f}", peak, goal, met


def medians(spent: Iterable[Spent]) -> Spent:
    walls, cpus = zip(*spent, strict=True)
    return median(walls), median(cpus)


def timed(act: Callable[[], object], rounds: int) -> Spent:
    return medians(_spent(act) for _ in range(rounds))


def _spent(act: Callable[[], object]) -> Spent:
    began, before = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - before)


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# -- the door -----------------------------------------------------------------------------------------


def bare(folder: Path, number: int) -> None:
    """Open the file of the index and read one row by its key."""
    with closing(sqlite3.connect(folder / ".factcheck" / "index.sqlite")) as database:
        asked = "SELECT value FROM subject WHERE letter = 'C' AND number = ?"
        assert database.execute(asked, (number,)).fetchone()


def at_the_door(folder: Path, private: Path, rounds: int) -> Iterator[Figure]:
    """One process that asks the case itself."""

    def opened() -> Case:
        return Case.open(folder, by=WHO, private=private)

    yield Figure("Case.open", timed(lambda: opened().close(), rounds), OPENED, peak())
    case = opened()
    _busy(case)
    yield Figure("next_claim", timed(case.next_claim, rounds), NEXT, peak())
    yield Figure("next_claim after a verdict", medians(_after_verdict(case, rounds)), NEXT, peak())
    yield Figure("next_question", timed(case.next_question, rounds), NEXT, peak())
    yield Figure("counts by state", timed(case.counts, rounds), NEXT, peak())
    yield Figure("status and opinions", timed(lambda: (case.status(), case.opinions()), rounds), None, peak())
    rare, common = Query(text=RARE), Query(text=COMMON)
    yield Figure("search, a rare pair", timed(lambda: case.numbers(rare), rounds), None, peak())
    yield Figure("search, a common pair", timed(lambda: case.numbers(common), min(rounds, 3)), None, peak())
    case.close()


def _busy(case: Case) -> None:
    """Others have the head of the queue open, and this person has put some of it off."""
    off = case.put_off()
    for who in PEOPLE[1 : HELD + 1]:
        claim = case.next_claim()
        assert claim
        case.hold(claim.id, by=who)
    while len(off) < PUT_OFF:
        claim = case.next_claim()
        assert claim
        case.later(claim.id)
        off = case.put_off()


def _after_verdict(case: Case, rounds: int) -> Iterator[Spent]:
    for _ in range(rounds):
        claim = case.next_claim()
        assert claim
        case.decide(claim.id, "not_checkable")
        yield _spent(case.next_claim)


# -- commands -----------------------------------------------------------------------------------------


def commands(folder: Path, environ: Mapping[str, str], rounds: int) -> Iterator[Figure]:
    """Each command in a process of its own, from its start to its end."""
    page = ("--limit", str(PAGE))
    for name, words in (
        ("factcheck --version", ("--version",)),
        ("factcheck next", ("next",)),
        ("factcheck status", ("status",)),
        ("factcheck list, a page", ("list", *page)),
        ("factcheck list, a page by priority", ("list", "--order", "priority", *page)),
        ("factcheck list, a page of one state", ("list", "--state", "accepted", *page)),
        ("factcheck list, a page of a common pair", ("list", "--text", COMMON, *page)),
        ("factcheck search, a rare pair", ("search", RARE)),
    ):
        arguments = [sys.executable, "-m", "factcheck", "--case", str(folder), *words]
        spent = [_run(arguments, environ) for _ in range(min(rounds, 5))]
        yield Figure(name, medians(each for each, _ in spent), None, max(most for _, most in spent))


def _run(arguments: list[str], environ: Mapping[str, str]) -> tuple[Spent, float]:
    """What it took from its start to its end, and the most memory it held, in MB."""
    began = time.perf_counter()
    child = subprocess.Popen(arguments, env=environ, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {child.returncode}")
    wall = time.perf_counter() - began
    return (1000 * wall, 1000 * (used.ru_utime + used.ru_stime)), used.ru_maxrss / 1024


# -- the screen ---------------------------------------------------------------------------------------


def on_screen(folder: Path, environ: Mapping[str, str], rounds: int) -> Iterator[Figure]:
    """The screen, from its start to its first claim, and from a key to the next claim in all panes."""
    arguments = (sys.executable, "-m", "factcheck", "--case", str(folder), "review")
    started: list[Spent] = []
    keyed: dict[str, list[Spent]] = {name: [] for name in (*MOVES, JUDGED)}
    held: list[float] = []
    for _ in range(min(rounds, 3)):
        terminal = Terminal(arguments, environ)
        try:
            seen = terminal.until_quiet(lambda text: bool(open_claim(text)))
            started.append((1000 * (_first(seen, "") - terminal.began), 1000 * terminal.cpu()))
            for name, key in MOVES.items():
                keyed[name] += [_pressed(terminal, key) for _ in range(rounds)]
            keyed[JUDGED] += [_judged(terminal) for _ in range(rounds)]
            held.append(_most_held(terminal.child.pid))
        finally:
            terminal.leave()
    yield Figure("screen, start to the first claim", medians(started), OPENED, max(held))
    for name, spent in keyed.items():
        yield Figure(f"screen, {name}", medians(spent), None, max(held))


def _pressed(terminal: Terminal, key: str) -> Spent:
    """What it took until another claim stood open; of the processor, until nothing more came."""
    before, cpu = open_claim(terminal.text()), terminal.cpu()
    pressed = terminal.press(key)
    seen = terminal.until_quiet(lambda text: open_claim(text) not in {"", before})
    return 1000 * (_first(seen, before) - pressed), 1000 * (terminal.cpu() - cpu)


def _judged(terminal: Terminal) -> Spent:
    """The same for an opinion by one key, on a claim that nobody has judged."""
    while not UNJUDGED.search(terminal.text()):
        _pressed(terminal, "n")
    return _pressed(terminal, "9")


def _first(seen: Seen, before: str) -> float:
    """When a claim stood open for the first time that was not open before."""
    return next(moment for moment, text in seen if open_claim(text) not in {"", before})


def _most_held(process: int) -> float:
    """MB of memory that a process held at its peak (VmHWM in proc_pid_status(5))."""
    words = Path(f"/proc/{process}/status").read_text("ascii").split()
    return int(words[words.index("VmHWM:") + 1]) / 1024


# -- the run ------------------------------------------------------------------------------------------


def show(size: int, floor: Spent, figures: list[Figure]) -> None:
    head = (f"{size:,} claims", "clock", "processor", "times a row", "peak", "goal", "")
    table = [head, Figure("open SQLite, read a row", floor).cells(floor[0])]
    table += [each.cells(floor[0]) for each in figures]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(flush=True)


def make(folder: Path, size: int) -> None:
    """In a process of its own, whose memory is not counted."""
    began = time.perf_counter()
    child = get_context("spawn").Process(target=load_of, args=(folder, size))
    child.start()
    child.join()
    if child.exitcode:
        sys.exit(f"the case of {size:,} claims could not be made")
    disk = (folder / ".factcheck" / "index.sqlite").stat().st_size / 2**30
    print(f"{size:,} claims: made in {time.perf_counter() - began:.0f} s, index of {disk:.2f} GB", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of claims, with commas")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--cases", help="keep the cases in this folder for the next run")
    return parser.parse_args()


def main() -> None:
    wanted = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        environ = world(Path(temporary)) | {"FACTCHECK_BY": WHO}
        for size in sorted(int(each) for each in wanted.sizes.split(",")):
            folder = Path(wanted.cases or temporary) / str(size)
            if not (folder / ".factcheck" / "index.sqlite").exists():
                make(folder, size)
            floor = timed(lambda: bare(folder, size // 2), 4 * wanted.rounds)  # noqa: B023 (asked here and now)
            figures = [*at_the_door(folder, Path(temporary) / f"private-{size}", wanted.rounds)]
            figures += commands(folder, environ, wanted.rounds)
            figures += on_screen(folder, environ, wanted.rounds)
            show(size, floor, figures)


if __name__ == "__main__":
    main()
