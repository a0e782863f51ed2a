"""How long until the first claim stands on the screen, at 100 and 100,000 claims, beside importing textual alone."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect
from cases import case_of

ROUNDS = 5
ENVIRON = dict(os.environ) | {"FACTCHECK_BY": "reviewer-1", "FACTCHECK_LANG": "zh", "TERM": "xterm-256color"}


def open_and_quit(folder: Path) -> tuple[float, float]:
    """Seconds until a claim is painted, and seconds of CPU for the whole visit."""
    before = os.times()
    begin = time.perf_counter()
    child = pexpect.spawn(
        sys.executable,
        ["-m", "factcheck", "--case", str(folder), "review"],
        dimensions=(40, 120),
        env=ENVIRON,
        timeout=120,
    )
    child.expect("经理".encode())
    painted = time.perf_counter() - begin
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    after = os.times()
    return (
        painted,
        after.children_user + after.children_system - before.children_user - before.children_system,
    )


def import_textual() -> float:
    before = os.times()
    subprocess.run([sys.executable, "-c", "import textual.app, textual.widgets"], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    bare = statistics.median(import_textual() for _ in range(ROUNDS))
    print(f"importing textual alone: {bare:.2f} s CPU")
    first: float | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in (100, 100_000):
            place = Path(folder) / str(size)
            case_of(place, size).close()
            visits = [open_and_quit(place) for _ in range(ROUNDS)]
            painted, cpu = (statistics.median(column) for column in zip(*visits, strict=True))
            first = first or cpu
            print(
                f"{size:>7} claims: painted after {painted:.2f} s, {cpu:.2f} s CPU, "
                f"{cpu / bare:.1f}x importing textual, {cpu / first:.2f}x the smallest case"
            )


if __name__ == "__main__":
    main()
