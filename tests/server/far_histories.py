"""Histories at three desks, each with a folder of its own: on one file, and on a server."""

import random
import shutil

import psycopg
from audit import desk
from bundled import example_keys
from spine.histories import Histories, Record
from spine.steps import PEOPLE, Call

from factcheck.blobs import open_blobs
from factcheck.case import Case
from factcheck.ledger import Address
from factcheck.ledger.files import CaseFiles
from factcheck.ledger.suggestions import SuggestionFiles

ORIGIN, ACTS = "factcheck/test", 6
ANSWERS = ("done", "refused", "twice", "stale")


class AtThreeDesks(Histories):
    """Each person sits at a desk of their own: who acts decides which desk it is. On a file all desks share the folder."""

    def __init__(self) -> None:
        super().__init__()
        for each in self.desks:
            each.close()
        self.opened = 0
        self.by_person = {person: self.sit(person) for person in PEOPLE}
        self.desks = list(self.by_person.values())

    def sit(self, person: str) -> Case:
        self.opened += 1
        case = Case.open(
            self.home(person),
            by=person,
            clock=desk.ticking(),
            randomness=desk.fixed(f"desk {self.opened}"),
            sign=example_keys.sign,
            desk_key=self.desk_key,
            server=self.lies(person),
        )
        for each in PEOPLE:
            case.worked("C1", 5, by=each)
        return case

    def home(self, _person: str):
        return self.folder

    def lies(self, _person: str) -> Address | None:
        return None

    def done(self, call: Call, by: str, seat, **more):
        """At the desk of whoever does it, as it stands: a screen looks every other second, a command when it begins."""
        self.by_person[by].refresh()
        return super().done(call, by, PEOPLE.index(by), **more)

    def prepare(self, before, seat):
        if before == "index deleted":
            for person in PEOPLE:
                shutil.rmtree(self.home(person) / ".factcheck", ignore_errors=True)
        if before == "opened again":
            person = PEOPLE[seat]
            self.desks[seat].close()
            self.desks[seat] = self.by_person[person] = self.sit(person)

    def teardown(self):
        for case in self.desks:
            case.close()
        shutil.rmtree(self.place)


class ServerRecord(Record):
    """What the server has, read by the rules of the format alone."""

    def __init__(self, folder, house) -> None:
        self.house = house
        super().__init__(folder)

    def read(self) -> bytes:
        return rows(self.house)


class OnAServer(AtThreeDesks):
    """The same, where the ledger lies on a server, each person with their own login and folder."""

    house = None

    def __init__(self) -> None:
        self.push()
        super().__init__()
        self.record = ServerRecord(self.folder, self.house)
        self.record.suggestions = SuggestionFiles(
            CaseFiles(self.folder, lambda: open_blobs(str(self.house.shelf)))
        )

    def push(self) -> None:
        """The beginning of the history is on the server, and nothing else of the case."""
        lines = (self.start / "case" / "claims" / "ledger.jsonl").read_bytes().splitlines()
        with psycopg.connect(self.house.keeper) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute("DELETE FROM factcheck.touch")
            connection.execute("DELETE FROM factcheck.event")
            connection.execute("SET LOCAL session_replication_role = origin")
            connection.execute("SELECT factcheck.bring(%s, %s)", (ORIGIN, lines))

    def home(self, person: str):
        folder = self.place / person
        if not folder.exists():
            shutil.copytree(self.place / "case", folder)
        return folder

    def lies(self, person: str) -> Address:
        return Address(self.house.dsn[person], ORIGIN)


def rows(house) -> bytes:
    """All lines that the server has of the case."""
    with psycopg.connect(house.keeper) as connection:
        found = connection.execute(
            "SELECT line FROM factcheck.event WHERE case_id = %s ORDER BY seq", (ORIGIN,)
        )
        return b"".join(bytes(row[0]) + b"\n" for row in found.fetchall())


def told(machine: type[AtThreeDesks], seed: int, acts: int) -> tuple[bytes, str]:
    """A history of so many acts, chosen by the seed: the ledger that comes of it, and its root."""
    chance, history = random.Random(seed), machine()
    try:
        history.a_history_begins(staffed=seed % 4 == 0, dice=chance.getrandbits(64))
        for _ in range(acts):
            history.the_next_act_is_tried(dice=chance.getrandbits(64))
        history.nothing_is_lost_or_doubled()
        history.the_index_is_the_fold()
        return history.record.read(), history.record.roots[-1].hex()
    finally:
        history.teardown()


def alike(machines: tuple[type[AtThreeDesks], type[OnAServer]], seeds: range) -> type[OnAServer]:
    """Fails at the first history that is not the same on both; every kind of answer was heard."""
    here, there = machines
    for seed in seeds:
        assert told(here, seed, ACTS) == told(there, seed, ACTS), f"history {seed}"
    assert min(there.outcomes[each] for each in ANSWERS) >= 10
    return there
