"""A server for the tests under the mark `server`, and a database with logins for each of them."""

from collections import Counter
from pathlib import Path

import entering
import offices as places
import postgres
import pytest
from far_histories import AtThreeDesks, OnAServer
from spine.histories import begin
from spine.steps import PEOPLE as AUTHORS

from factcheck.ledger.postgres import Server, setup

PEOPLE = {
    "lead-1": "lead",
    "reviewer-1": "reviewer",
    "reviewer-2": "reviewer",
    "auditor-1": "auditor",
}


class House:
    """A database that is set up: `keeper` is the DSN of who keeps it, `dsn` the ones of people, by their name."""

    def __init__(self, running: postgres.Postgres, shelf: Path) -> None:
        self.running, self.shelf = running, shelf
        self.keeper = running.database()
        server = Server(self.keeper)
        setup.set_up(server, str(shelf))
        server.close()
        self.dsn = {name: running.login(self.keeper, name, role) for name, role in PEOPLE.items()}


@pytest.fixture(scope="session")
def running():
    with postgres.running() as found:
        yield found


@pytest.fixture
def house(running, tmp_path):
    return House(running, tmp_path / "shelf")


@pytest.fixture
def offices(house, tmp_path):
    """Somebody at each of four machines, in one case."""
    return places.with_a_case(tmp_path, house.dsn)


@pytest.fixture
def place(house):
    """A case of some lines, into which anything may be entered."""
    return entering.begun(house)


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    return begin(tmp_path_factory.mktemp("start"))


@pytest.fixture
def machines(start, house):
    """Histories on a file and on a server; everybody may log in as a lead, for in a case without members everybody is one."""
    for person in AUTHORS:
        house.dsn[person] = house.running.login(house.keeper, person, "lead")
    counts = {"start": start, "reached": Counter(), "outcomes": Counter()}
    served = counts | {"reached": Counter(), "outcomes": Counter(), "house": house}
    return type("File", (AtThreeDesks,), counts), type("Served", (OnAServer,), served)
