"""How long an act takes until it is durable, beside a bare write + fsync of the same line."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from cases import case_of

ROUNDS = 100


def bare(path: Path, line: bytes) -> float:
    begin = time.perf_counter()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, line)
    os.fsync(descriptor)
    os.close(descriptor)
    return time.perf_counter() - begin


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in (100, 10_000):
            case = case_of(Path(folder) / str(size), size)
            acts, writes = [], []
            for number in range(1, ROUNDS + 1):
                begin = time.perf_counter()
                case.accept(f"C{number}")
                acts.append(time.perf_counter() - begin)
                line = (Path(folder) / str(size) / "claims" / "ledger.jsonl").read_bytes().splitlines()[
                    -1
                ] + b"\n"
                writes.append(bare(Path(folder) / "bare.jsonl", line))
            act, write = statistics.median(acts), statistics.median(writes)
            print(
                f"{size:>7} claims: act {act * 1e3:.2f} ms, bare write+fsync {write * 1e3:.2f} ms, ratio {act / write:.1f}"
            )
            case.close()


if __name__ == "__main__":
    main()
