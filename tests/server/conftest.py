"""A server for the tests under the mark `server`, and a database with logins for each of them."""

from pathlib import Path

import postgres
import pytest

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
def running(tmp_path_factory):
    with postgres.running(tmp_path_factory.mktemp("postgres") / "data") as found:
        yield found


@pytest.fixture
def house(running, tmp_path):
    return House(running, tmp_path / "shelf")
