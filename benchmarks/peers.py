"""The programs that screens.py is measured beside, in an environment of their own, and the same rows for each of them."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from factcheck.case import Case
from factcheck.index import Query

PEERS = ("visidata", "harlequin")
TABLE = "claims_of_the_case"
HEADER = ("claim", "state", "worth", "statement")
_STORE = "import duckdb, sys; duckdb.connect(sys.argv[2]).execute({sql!r}, [sys.argv[1]])"


class Peers:
    """Where the peers are installed, in which versions; one that could not be had has none."""

    def __init__(self, folder: Path) -> None:
        self.python = folder / "bin" / "python"
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
        self.versions = {name: self._installed(name) for name in PEERS}

    def _installed(self, name: str) -> str:
        """The newest release that pip can get, else the one that is there; "" without any."""
        if not self.python.exists():
            return ""
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "install", "--quiet", "--upgrade", name], check=False, stderr=subprocess.DEVNULL
        )
        shown = subprocess.run([*pip, "show", name], check=False, capture_output=True, text=True)
        lines = dict(line.split(": ", 1) for line in shown.stdout.splitlines() if ": " in line)
        return lines.get("Version", "")

    @property
    def missing(self) -> list[str]:
        return [name for name, version in self.versions.items() if not version]

    def database(self, rows: Path) -> Path:
        """The rows of a CSV file as the DuckDB file that harlequin opens."""
        path = rows.with_suffix(".duckdb")
        path.unlink(missing_ok=True)
        sql = f"CREATE TABLE {TABLE} AS SELECT * FROM read_csv(?, header = true)"
        script = _STORE.format(sql=sql)
        subprocess.run([str(self.python), "-c", script, str(rows), str(path)], check=True)
        return path


def cache_folder() -> Path:
    """Where the peers stay from one run to the next."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "factcheck-benchmarks" / "peers"


def write_rows(folder: Path, path: Path) -> None:
    """The claims of a case as CSV, in the order in which its queue shows them."""
    case = Case.open(folder, by="reviewer-1")
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        table.writerows(_rows(case))
    case.close()


def _rows(case: Case) -> Iterator[tuple[object, ...]]:
    numbers = case.numbers(Query(order="priority"))
    for at in range(0, len(numbers), 1000):
        for claim in case.page(numbers[at : at + 1000]):
            yield claim.id, str(claim.state), claim.priority, claim.statement
