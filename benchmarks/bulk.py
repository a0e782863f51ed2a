"""A folder of documents taken in: processes beside one document after the other, and a Dask cluster beside processes.

bulk.py [--documents N] [--rounds N]   so many documents of some 2,000 characters, each way so often, in turns
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from factcheck import text
from factcheck.case import Case
from factcheck.case.crews import Cluster, Crew, Pool
from factcheck.case.dealing import Dealing, Waiting
from factcheck.text.chunks import Chunk

TEXTS = Path(__file__).parent / "texts"
CHARACTERS = 2000


def documents(folder: Path, number: int) -> Path:
    """Pieces of the annotated texts, each unlike all others."""
    draw = random.Random(7)
    folder.mkdir()
    texts = [path.read_text("utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    for each in range(number):
        words = draw.choice(texts)
        start = draw.randrange(max(1, len(words) - CHARACTERS))
        piece = f"第 {each} 份\n\n{words[start : start + CHARACTERS]}\n"
        (folder / f"{each:05}.txt").write_text(piece, "utf-8")
    return folder


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler and two workers of one thread each, on this machine; the scheduler's address."""
    from distributed import Client

    file, dask = folder / "scheduler.json", str(Path(sys.executable).parent / "dask")
    how = ("--host", "127.0.0.1", "--scheduler-file", str(file), "--no-dashboard")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = [subprocess.Popen([dask, "scheduler", *how, "--port", "0"], **quiet)]
    try:
        while not (file.exists() and file.read_text("utf-8").endswith("}")):
            time.sleep(0.1)
        one = ("--nthreads", "1", "--nworkers", "1", "--local-directory", str(folder))
        begun += [subprocess.Popen([dask, "worker", *how, *one], **quiet) for _ in range(2)]
        address = json.loads(file.read_text("utf-8"))["address"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address
    finally:
        for each in reversed(begun):
            each.terminate()
            each.wait(30)


def taken_in(place: Path, act: Callable[[Case], object]) -> float:
    """Seconds that an act takes in a case of its own."""
    with tempfile.TemporaryDirectory(dir=place) as folder:
        case = Case.create(Path(folder) / "case", "lead-1")
        begin = time.perf_counter()
        act(case)
        seconds = time.perf_counter() - begin
        case.close()
    return seconds


def one_by_one(case: Case, folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        case.ingest(path)


def extracted(crew: Crew, queue: list[Waiting], packs: tuple[text.Pack, ...]) -> float:
    """Seconds that a crew takes for all documents, without anything recorded."""

    def chunk(texts: tuple[str, ...]) -> Chunk:
        return Chunk(texts, packs, text.KnownReadings(), plugins=False)

    begin = time.perf_counter()
    found = list(Dealing(iter(queue), chunk, crew))
    assert len(found) == len(queue)
    return time.perf_counter() - begin


def counted() -> None:
    """Work that waits for nothing."""
    sum(number * number for number in range(5_000_000))


def machine(rounds: int) -> float:
    """How many times as fast two bare processes are as one after the other: more than that nobody gets here now."""
    begin = get_context("spawn")
    ratios = []
    for _ in range(rounds):
        times = []
        for together in (1, 2):
            running = [begin.Process(target=counted) for _ in range(together)]
            start = time.perf_counter()
            for each in running:
                each.start()
            for each in running:
                each.join()
            times.append(time.perf_counter() - start)
        ratios.append(2 * times[0] / times[1])
    return statistics.median(ratios)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--documents", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=5)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = documents(place / "in", options.documents)
        with cluster(place) as address:
            ways: dict[str, Callable[[Case], object]] = {
                "one after the other": lambda case: one_by_one(case, folder),
                "1 process": lambda case: case.ingest_folder(folder, workers=1),
                "2 processes": lambda case: case.ingest_folder(folder, workers=2),
                "Dask, 2 workers": lambda case: case.ingest_folder(folder, dask=address),
            }
            took: dict[str, list[float]] = {each: [] for each in ways}
            for _ in range(options.rounds):
                for each, act in ways.items():
                    took[each].append(taken_in(place, act))
            print(f"two bare processes beside one: {machine(options.rounds):.2f} times as fast")
            report(took, options.documents)
            compare(folder, address, options.rounds)


def report(took: dict[str, list[float]], number: int) -> None:
    serial = statistics.median(took["one after the other"])
    for each, seconds in took.items():
        middle = statistics.median(seconds)
        print(
            f"{each:20} {middle:7.2f} s, {middle / number * 1e3:6.1f} ms a document, {serial / middle:.2f} times as fast"
        )
    dask = statistics.median(took["Dask, 2 workers"]) / statistics.median(took["2 processes"])
    print(f"Dask beside 2 processes, all of it: {dask:.2f}")


def compare(folder: Path, address: str, rounds: int) -> None:
    """The extraction alone, by workers that have begun: what the way to a worker and back costs."""
    queue = [Waiting(path.stem, path.read_text("utf-8")) for path in sorted(folder.iterdir())]
    packs, pool, there = text.shipped_packs(), Pool(2), Cluster(address)
    alone = text.extract  # what one process does, in this one
    try:
        begin = time.perf_counter()
        for each in queue:
            alone(each.text, packs=packs)
        serial = time.perf_counter() - begin
        extracted(pool, queue, packs), extracted(there, queue, packs)
        pairs = [(extracted(pool, queue, packs), extracted(there, queue, packs)) for _ in range(rounds)]
    finally:
        pool.close()
        there.close()
    processes = statistics.median(one for one, _ in pairs)
    dask = statistics.median(two / one for one, two in pairs)
    print(
        f"extraction alone: {serial / processes:.2f} times as fast by 2 processes; Dask beside them: {dask:.2f}"
    )


if __name__ == "__main__":
    main()
