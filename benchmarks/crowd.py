"""Many processes at once: writers on one server, people in one folder; what they took comes back by the act."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import growth
import psycopg

from factcheck.case import Case
from factcheck.errors import Conflict
from factcheck.events import Event, bodies, new_id, timestamp
from factcheck.ledger import START
from factcheck.ledger.postgres import PostgresLedger, Server

WAYS = {
    "plain": "INSERT; COMMIT into a plain table",
    "locked": "the same under the lock of one order",
    "ledger": "the ledger",
}
NOTE = "再听一遍 minute 12: the speaker says “last year”, not this one"
PEOPLE, PACE, MINUTES = 8, 2.0, 0.75
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))"


def now() -> datetime:
    return datetime.now(UTC)


def timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def note(name: str, number: int) -> Event:
    """A note as the `number`th act on its subject."""
    moment = now()
    return Event(
        id=new_id(moment), time=timestamp(moment), by=name, kind="note.added", subject="C1", version=number,
        body=bodies.NoteAdded(text=NOTE),
    )  # fmt: skip


# -- writers ---------------------------------------------------------------------------------------


class Writer:
    """One login with one line to the server for each way."""

    def __init__(self, dsn: str, name: str, origin: str, table: str) -> None:
        self.ledger, self.name, self.position = PostgresLedger(Server(dsn), origin), name, START
        self.connection, self.origin = psycopg.connect(dsn), origin
        self.insert = f"INSERT INTO {table} (line) VALUES (%s)"
        self.data = note(name, 10_000).model_copy(update={"seq": 10_000, "prev": "0" * 64}).to_line()

    def catch_up(self) -> None:
        for line in self.ledger.read(self.position):
            self.position = line.position

    def write(self, way: str) -> None:
        if way == "ledger":
            self._append()
            return
        if way == "locked":
            self.connection.execute(_LOCK, (self.origin,))
        self.connection.execute(self.insert, (self.data,))
        self.connection.commit()

    def _append(self) -> None:
        """Every line behind the first one is a note on one subject, so the position counts the versions."""
        with self.ledger.writing():
            self.catch_up()
            line = self.ledger.append(note(self.name, self.position.size), self.position)
            self.ledger.commit()
        self.position = line.position


def _writes(writer: tuple[str, str], how: tuple[str, str, float, int], gate: Any, told: Any) -> None:
    (name, dsn), (origin, table, seconds, rounds) = writer, how
    me = Writer(dsn, name, origin, table)
    for turn in range(rounds):
        for way in WAYS:
            me.catch_up()
            gate.wait()
            told.put((turn, way, _for(seconds, lambda way=way: me.write(way))))


def _for(seconds: float, act: Callable[[], object]) -> list[float]:
    took, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        took.append(timed(act))
    return took


def plain_tables(keeper: str, number: int) -> str:
    """A table for the bare rows, that everybody may add to."""
    name = f"plain_{number}"
    with psycopg.connect(keeper) as connection:
        connection.execute(f"CREATE TABLE {name} (id bigserial PRIMARY KEY, line bytea NOT NULL)")
        connection.execute(f"GRANT INSERT ON {name} TO PUBLIC")
        connection.execute(f"GRANT USAGE ON SEQUENCE {name}_id_seq TO PUBLIC")
    return name


def gathered(
    logins: dict[str, str], origin: str, table: str, seconds: float, rounds: int
) -> dict[str, list[list[float]]]:
    """The seconds of every append by any of them, by the way and the round."""
    many = get_context("fork")
    gate, told, how = many.Barrier(len(logins)), many.Queue(), (origin, table, seconds, rounds)
    found = {way: [[] for _ in range(rounds)] for way in WAYS}
    processes = [many.Process(target=_writes, args=(each, how, gate, told)) for each in logins.items()]
    for each in processes:
        each.start()
    for _ in range(len(logins) * len(WAYS) * rounds):
        turn, way, took = told.get(timeout=120)
        found[way][turn] += took
    for each in processes:
        each.join()
    return found


# -- people ----------------------------------------------------------------------------------------


def people(folder: Path) -> None:
    """Eight people at one folder, each deciding a claim every other second; some take the same one."""
    growth.desk(folder, claims=300).close()
    many = get_context("fork")
    gate, told = many.Barrier(PEOPLE), many.Queue()
    processes = [many.Process(target=_works, args=(folder, n, gate, told)) for n in range(PEOPLE)]
    for each in processes:
        each.start()
    answers = [told.get(timeout=300) for _ in processes]
    for each in processes:
        each.join()
    acts, waits = (sorted(each for answer in answers for each in answer[part]) for part in (0, 1))
    conflicts = sum(answer[2] for answer in answers)
    print(
        f"{PEOPLE} people in one folder, an act each every {PACE:g} s: {len(acts)} acts, "
        f"p50 {statistics.median(acts) * 1e3:.1f} ms, p99 {acts[int(len(acts) * 0.99)] * 1e3:.1f} ms; "
        f"{conflicts} conflicts; waits for the lock p50 {statistics.median(waits) * 1e3:.2f} ms, "
        f"p99 {waits[int(len(waits) * 0.99)] * 1e3:.1f} ms, longest {waits[-1] * 1e3:.1f} ms"
    )


def _works(folder: Path, number: int, gate: Any, told: Any) -> None:
    chance, case = random.Random(number), Case.open(folder, by=f"reviewer-{number + 1}")
    acts, waits, conflicts = [], _watched(case), 0
    gate.wait()
    end = time.monotonic() + MINUTES * 60
    while time.monotonic() < end:
        claim = f"C{chance.randrange(1, 301)}"
        version = case._index.version(claim)
        time.sleep(chance.uniform(0.5, 1.5) * PACE)
        begin = time.perf_counter()
        try:
            case.note(claim, NOTE, at=version)
        except Conflict:
            conflicts += 1
        acts.append(time.perf_counter() - begin)
    case.close()
    told.put((acts, waits, conflicts))


def _watched(case: Case) -> list[float]:
    """How long this desk waits for the lock each time, from now on."""
    waits: list[float] = []
    lock = case._file._lock
    acquire = lock.acquire

    def wait(*values: object, **more: object) -> object:
        begin = time.perf_counter()
        try:
            return acquire(*values, **more)
        finally:
            waits.append(time.perf_counter() - begin)

    lock.acquire = wait
    return waits
