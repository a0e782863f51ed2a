"""A case that many work on: a server beside a raw INSERT into a plain table, its desks beside a file, a folder with eight people.

shared.py [--seconds N] [--rounds N] [--writers 1,8,32] [--lines 10000,50000] [--only writers,door,people,growth,clone]

A server is started for the run; FACTCHECK_TEST_DSN names another one, on which databases may be made.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import crowd
import growth

from factcheck.case import Case
from factcheck.events import Event, bodies, new_id, timestamp
from factcheck.ledger import START
from factcheck.ledger.postgres import PostgresLedger, Server, setup
from factcheck.model import Rating

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "server"))

import postgres

PARTS = ("writers", "door", "people", "growth", "clone")
ACTS = 60


class House:
    """A database that is set up, with a shelf for the files; every login in it is a lead's."""

    def __init__(self, running: postgres.Postgres, place: Path) -> None:
        self.running, self.keeper, self.place = running, running.database(), place
        server = Server(self.keeper)
        setup.set_up(server, str(place / "shelf"))
        server.close()

    def login(self, name: str) -> str:
        return self.running.login(self.keeper, name, "lead")


@contextmanager
def house() -> Iterator[House]:
    with postgres.running() as running, tempfile.TemporaryDirectory() as place:
        yield House(running, Path(place))


# -- writers ---------------------------------------------------------------------------------------


def begin(dsn: str, origin: str, name: str) -> None:
    """A case of one line on the server."""
    ledger, now = PostgresLedger(Server(dsn), origin), crowd.now()
    policy = bodies.PolicyBody(
        second_signature=False, blind=False, evidence_for_rated=False, min_origins=1, signatures=False
    )
    body = bodies.CaseCreated(name="shared", solo=True, origin=origin, policy=policy)
    created = Event(
        id=new_id(now), time=timestamp(now), by=name, kind="case.created", subject="case", version=1, body=body
    )  # fmt: skip
    with ledger.writing():
        ledger.append(created, START)
        ledger.commit()
    ledger.server.close()


def writers(place: House, numbers: list[int], seconds: float, rounds: int) -> None:
    """So many processes that add to one case, beside as many that add the same bytes to a plain table."""
    names = [f"writer-{number}" for number in range(max(numbers))]
    logins = {name: place.login(name) for name in names}
    for number in numbers:
        origin = f"factcheck/{number}-writers"
        begin(logins[names[0]], origin, names[0])
        tables = crowd.plain_tables(place.keeper, number)
        found = crowd.gathered(
            {name: logins[name] for name in names[:number]}, origin, tables, seconds, rounds
        )
        report(number, found, seconds)


def report(number: int, found: dict[str, list[list[float]]], seconds: float) -> None:
    """`found` has the seconds of every append, of every round, by the way it was done."""
    for way, runs in found.items():
        took = sorted(each for run in runs for each in run)
        rate = statistics.median(len(run) / seconds for run in runs)
        plain, locked = (_beside(found[other], runs) for other in ("plain", "locked"))
        print(
            f"{number:>3} writers, {crowd.WAYS[way]:38} {rate:6.0f} a second, median {statistics.median(took) * 1e3:6.2f} ms, "
            f"p99 {took[int(len(took) * 0.99)] * 1e3:7.2f} ms; so many times as fast: plain {plain:5.2f}, locked {locked:5.2f}"
        )


def _beside(others: list[list[float]], runs: list[list[float]]) -> float:
    """How many times as many of the others there were in the same round."""
    return statistics.median(len(other) / max(1, len(run)) for other, run in zip(others, runs, strict=True))


# -- through the door ------------------------------------------------------------------------------


def door(place: House) -> None:
    """The same acts at a desk on a file, and at one on a server with its own folder and copy."""
    dsn = place.login("reviewer-1")
    cases = {"file": growth.desk(place.place / "file"), "server": growth.desk(place.place / "served")}
    cases["server"].push(dsn)
    took: dict[tuple[str, str], list[float]] = {}
    for number in range(ACTS):
        claim = f"C{1 + number}"
        for where, case in cases.items():
            case.accept(claim)
            for act, seconds in (("note", crowd.timed(lambda c=case, k=claim: c.note(k, "再听一遍 minute 12"))),
                                 ("decide", crowd.timed(lambda c=case, k=claim: decide(c, k)))):  # fmt: skip
                took.setdefault((act, where), []).append(seconds)
    for act in ("note", "decide"):
        here, there = (statistics.median(took[act, where]) for where in cases)
        print(
            f"{act:6} on a file {here * 1e3:.1f} ms, on a server {there * 1e3:.1f} ms, {there / here:.2f} times as long"
        )
    idle = {
        where: statistics.median(crowd.timed(case.refresh) for _ in range(200))
        for where, case in cases.items()
    }
    print(f"nothing new: file {idle['file'] * 1e3:.2f} ms, server {idle['server'] * 1e3:.2f} ms")
    for case in cases.values():
        case.close()


def decide(case: Case, claim: str) -> None:
    case.decide(claim, Rating.NOT_CHECKABLE, because="Nobody can look that up. 无法核查。")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=4)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--writers", default="1,8,32")
    asked.add_argument("--lines", default="10000,50000")
    asked.add_argument("--only", default=",".join(PARTS))
    options = asked.parse_args()
    parts = options.only.split(",")
    with house() as place:
        if "writers" in parts:
            writers(
                place, [int(each) for each in options.writers.split(",")], options.seconds, options.rounds
            )
        if "door" in parts:
            door(place)
        if "people" in parts:
            crowd.people(place.place / "people")
        if "growth" in parts:
            growth.of_a_case(place)
        for lines in options.lines.split(",") if "clone" in parts else ():
            growth.clone(place, int(lines))


if __name__ == "__main__":
    main()
