"""How many characters a second are extracted, cold (a new process) and warm, beside cutting words alone."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import rjieba

from factcheck import text

ROOT = Path(__file__).parent.parent
TRANSCRIPT = ROOT / "claims" / "jianying-ai.txt"
ROUNDS = 5


def main() -> None:
    words = TRANSCRIPT.read_text("utf-8")
    cold = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "factcheck", "extract", str(TRANSCRIPT), "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        cold.append(time.perf_counter() - begin)
    packs = (*text.load_packs(sorted((ROOT / "claims" / "packs").glob("*.toml"))), *text.shipped_packs())
    for factor in (1, 10):
        longer = words * factor
        warm, cut = [], []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            text.extract(longer, packs=packs)
            warm.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            rjieba.cut(longer)
            cut.append(time.perf_counter() - begin)
        seconds = statistics.median(warm)
        print(
            f"warm, {len(longer):>6} characters: {len(longer) / seconds:,.0f} characters/s, "
            f"{seconds / statistics.median(cut):.0f}x cutting words alone"
        )
    print(
        f"cold, {len(words):>6} characters: {len(words) / statistics.median(cold):,.0f} characters/s (a whole process)"
    )


if __name__ == "__main__":
    main()
