"""What the screen costs: start, memory, keys, verdicts and filter, beside visidata, harlequin and a stock DataTable."""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cases import case_of
from peers import TABLE, Peers, cache_folder, write_rows
from terminals import StuckError
from visits import ARROW, FIRST_ROW, TYPED, Figures, Visit, at_desk, with_query, with_rows

SIZES = (100, 10_000, 100_000, 1_000_000)
PEER_ROWS = 100_000
PER_SOURCE = 10_000
"""Many: a source of a book's length, so that what grows with a source is seen as well."""
REMADE = 10_000
"""Cases up to this size are made anew in each run: the verdicts of many runs would use them up."""
STEADY = 1.5
"""Times the smallest case that still counts as independent of the number of claims."""
UNFELT = 100.0
"""Milliseconds that nobody feels as waiting between a key and its echo."""
TABLE_APP = str(Path(__file__).with_name("table_app.py"))


# -- the programs -------------------------------------------------------------------------------------


def ours(size: int) -> str:
    return f"factcheck {size}"


def desk(folder: Path, size: int, presses: int) -> Visit:
    arguments = (sys.executable, "-m", "factcheck", "--case", str(folder), "review")
    return Visit(ours(size), arguments, FIRST_ROW, f"/{size} ", at_desk, presses)


def others(peers: Peers, rows: Path, count: int, presses: int) -> list[Visit]:
    """The peers that could be installed, and the control."""
    python = str(peers.python)
    found = [
        Visit("DataTable", (sys.executable, TABLE_APP, str(rows)), FIRST_ROW, "", with_rows, presses, ARROW)
    ]
    if peers.versions["visidata"]:
        arguments = (python, "-m", "visidata", "--motd-url=", str(rows))
        found.append(Visit("visidata", arguments, FIRST_ROW, f"{count} rows", with_rows, presses))
    if peers.versions["harlequin"]:
        database = str(peers.database(rows))
        arguments = (python, "-m", "harlequin", "--no-write-history", "--read-only", database)
        found.append(Visit("harlequin", arguments, TABLE, "", with_query, presses, ARROW))
    return found


def world(folder: Path) -> dict[str, str]:
    """The environment of every program: folders of its own, no settings of whoever runs this."""
    apart = ("FACTCHECK_", "XDG_", "PYTHON", "COLUMNS", "LINES", "NO_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(apart)}
    own = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_CACHE_HOME": str(folder)}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return kept | own | terminal | {"FACTCHECK_BY": "reviewer-1", "FACTCHECK_LANG": "en"}


def make_cases(folder: Path, sizes: list[int], per_source: int) -> None:
    for size in sizes:
        place, began = folder / str(size), time.perf_counter()
        if size > REMADE and (place / "claims" / "ledger.jsonl").exists():
            print(f"{size:,} claims: made before", flush=True)
            continue
        case_of(place, size, per_source=per_source).close()
        print(f"{size:,} claims: made in {time.perf_counter() - began:.0f} s", flush=True)


# -- the table ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One number of a comparison: a measure of a program, and what it is called."""

    program: str
    measure: str
    name: str = ""
    pick: Callable[[Figures, str, str], float | None] = Figures.p50

    def value(self, figures: Figures) -> float | None:
        return self.pick(figures, self.measure, self.program)


@dataclass(frozen=True, slots=True)
class Line:
    """Ours beside another, and the goal: at most so many times the other, or at most so much."""

    title: str
    ours: Side
    other: Side | None = None
    unit: str = "s"
    times: float | None = None
    most: float | None = None

    def cells(self, figures: Figures) -> tuple[str, ...]:
        mine = self.ours.value(figures)
        theirs = self.other.value(figures) if self.other else None
        ratio = mine / theirs if mine is not None and theirs else None
        return (
            self.title,
            self._amount(mine),
            f"{self.other.name} {self._amount(theirs)}" if self.other else "",
            "" if ratio is None else f"{ratio:.2f}",
            self._goal(),
            self._met(mine, ratio),
        )

    def _amount(self, value: float | None) -> str:
        digits = 2 if self.unit == "s" else 0 if self.unit == "MB" else 1
        return "not measured" if value is None else f"{value:.{digits}f} {self.unit}"

    def _goal(self) -> str:
        if self.times is not None:
            return f"<= {self.times:.2f}x"
        return "" if self.most is None else f"<= {self.most:g} {self.unit}"

    def _met(self, mine: float | None, ratio: float | None) -> str:
        value, limit = (ratio, self.times) if self.times is not None else (mine, self.most)
        if limit is None:
            return ""
        return "not measured" if value is None else "met" if value <= limit else "missed"


def lines(sizes: list[int], rows: int) -> Iterator[Line]:
    """The table: start, memory, moving, verdicts, filter."""
    yield from _start(sizes, rows)
    for size in sizes:
        yield from _memory(size, rows)
    for size in sizes:
        yield from _moving(size)
    for size in sizes:
        yield from _verdict(size, sizes[0])
    yield from _typing(sizes[-1])


def _start(sizes: list[int], rows: int) -> Iterator[Line]:
    here, title = ours(rows), f"start, CPU, {rows:,}"
    yield Line(title, Side(here, "cpu"), Side("visidata", "cpu", "visidata"), times=1.3)
    yield Line(title, Side(here, "cpu"), Side("harlequin", "cpu", "harlequin, no rows yet"), times=0.5)
    yield Line(title, Side(here, "cpu"), Side("harlequin", "cpu with rows", "harlequin, with rows"))
    yield Line(title, Side(here, "cpu"), Side("DataTable", "cpu", "DataTable"))
    rest = f"start, CPU until at rest, {rows:,}"
    yield Line(rest, Side(here, "cpu at rest"), Side("visidata", "cpu at rest", "visidata"))
    for name in ("visidata", "harlequin", "DataTable"):
        yield Line(f"start, wall, {rows:,}", Side(here, "wall"), Side(name, "wall", name))
    for size in sizes[1:]:
        small = Side(ours(sizes[0]), "cpu", f"at {sizes[0]:,}:")
        last = size == sizes[-1]
        yield Line(f"start, CPU, {size:,}", Side(ours(size), "cpu"), small, times=STEADY if last else None)


def _memory(size: int, rows: int) -> Iterator[Line]:
    goals = {100_000: 60.0, 1_000_000: 75.0}
    title, here = f"memory (RSS), {size:,}", Side(ours(size), "resident")
    if size != rows:
        yield Line(title, here, unit="MB", most=goals.get(size))
    else:
        for name in ("visidata", "harlequin", "DataTable"):
            yield Line(title, here, Side(name, "resident", name), unit="MB", most=goals.get(size))
    yield Line(f"memory (PSS), {size:,}", Side(ours(size), "proportional"), unit="MB")


def _moving(size: int) -> Iterator[Line]:
    here = ours(size)
    table, title = Side("DataTable", "first byte", "DataTable"), f"j, first byte, p50, {size:,}"
    yield Line(title, Side(here, "first byte"), table, unit="ms", times=1 / 3)
    yield Line(title, Side(here, "first byte"), Side("visidata", "first byte", "visidata"), unit="ms")
    yield Line(
        f"j, first byte, p95, {size:,}",
        Side(here, "first byte", pick=Figures.p95),
        Side("DataTable", "first byte", "DataTable", Figures.p95),
        unit="ms",
    )
    panes, last = Side("DataTable", "all panes", "DataTable, its one"), f"j, all panes, p50, {size:,}"
    yield Line(last, Side(here, "all panes"), panes, unit="ms", most=60)
    yield Line(f"j, all panes, p95, {size:,}", Side(here, "all panes", pick=Figures.p95), unit="ms")


def _verdict(size: int, smallest: int) -> Iterator[Line]:
    here, small = ours(size), f"at {smallest:,}:"
    for measure in ("written", "durable and painted"):
        grows = Side(ours(smallest), measure, small)
        goal = STEADY if size != smallest else None
        yield Line(f"verdict, {measure}, {size:,}", Side(here, measure), grows, unit="ms", times=goal)


def _typing(size: int) -> Iterator[Line]:
    here = ours(size)
    for name in TYPED:
        title, echo = f"filter, {name}", f"echo, {name}"
        slowest = Side(here, echo, pick=Figures.highest)
        yield Line(f"{title}, a letter's echo, p50, {size:,}", Side(here, echo), unit="ms")
        yield Line(f"{title}, the slowest echo, {size:,}", slowest, unit="ms", most=UNFELT)
        yield Line(f"{title}, Enter to the list, {size:,}", Side(here, f"list, {name}"), unit="ms")


def show(found: list[Line], figures: Figures) -> None:
    head = ("measure", "factcheck", "beside", "ratio", "goal", "")
    table = [head, *(line.cells(figures) for line in found)]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


# -- the run ------------------------------------------------------------------------------------------


def measure(visits: list[Visit], rounds: int, environ: dict[str, str], figures: Figures) -> list[str]:
    """Every program once a round, in another order each time; the complaints about those that failed."""
    failed: dict[str, str] = {}
    for number in range(rounds + 1):
        for visit in random.sample(visits, len(visits)):
            if visit.program in failed:
                continue
            try:
                visit.pay(environ, figures) if number else visit.warm(environ)
            except StuckError as error:
                failed[visit.program] = str(error)
        print(f"round {number} of {rounds}" if number else "warmed up", flush=True)
    return [f"{program} could not be measured: {why}" for program, why in failed.items()]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of claims, with commas")
    parser.add_argument("--rounds", type=int, default=5, choices=range(1, 13), metavar="1-12")
    parser.add_argument("--presses", type=int, default=20, choices=range(1, 41), metavar="1-40")
    parser.add_argument("--per-source", type=int, default=PER_SOURCE, help="claims in each source")
    parser.add_argument("--cases", help="keep the cases in this folder for the next run")
    parser.add_argument("--peers", default=str(cache_folder()), help="the environment of the peers")
    return parser.parse_args()


def main() -> None:
    wanted = arguments()
    sizes = sorted({int(size) for size in wanted.sizes.split(",")})
    rows = max([size for size in sizes if size <= PEER_ROWS], default=sizes[0])
    figures = Figures()
    with tempfile.TemporaryDirectory() as folder:
        peers = Peers(Path(wanted.peers))
        cases = Path(wanted.cases or folder)
        make_cases(cases, sizes, wanted.per_source)
        exported = Path(folder) / f"{TABLE}.csv"
        write_rows(cases / str(rows), exported)
        visits = [desk(cases / str(size), size, wanted.presses) for size in sizes]
        visits += others(peers, exported, rows, wanted.presses)
        complaints = measure(visits, wanted.rounds, world(Path(folder)), figures)
    versions = ", ".join(f"{name} {version or 'missing'}" for name, version in peers.versions.items())
    print(
        f"{versions}; {wanted.per_source:,} claims a source; {wanted.rounds} rounds, each {wanted.presses} keys\n"
    )
    show(list(lines(sizes, rows)), figures)
    complaints += [f"{name} is missing: pip install {name} into {wanted.peers}" for name in peers.missing]
    sys.exit("\n".join(complaints) if complaints else 0)


if __name__ == "__main__":
    main()
