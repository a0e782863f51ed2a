"""A case on a server into which lines are entered past the desk, as SQL."""

from itertools import count

import psycopg
from spine.spine_events import Maker

from factcheck.events import canonical, strict_json
from factcheck.ledger import START
from factcheck.ledger.postgres import PostgresLedger, Server

ORIGIN = "factcheck/test"
NUMBERS = count(500)


def fresh():
    """A maker whose events have ids of their own."""
    make = Maker()
    make.made = next(NUMBERS)
    return make


class Place:
    def __init__(self, house, make, position):
        self.house, self.make, self.position = house, make, position

    def made(self, kind, subject, body, by, **more):
        return self.make(kind, subject, body, by=by, **more)

    def line(self, event, **said):
        """The event as the next line; `said` changes it past what an event can be."""
        whole = event.model_copy(update={"seq": self.position.size + 1, "prev": self.position.last})
        return canonical(strict_json(whole.to_line()) | said)

    def enter(self, person, line, case=ORIGIN):
        """Insert a line past the desk, as SQL; the refusal's code, or "" when it is in."""
        with psycopg.connect(self.house.dsn[person], autocommit=True) as connection:
            try:
                connection.execute(
                    "INSERT INTO factcheck.event (case_id, line) VALUES (%s, %s)", (case, line)
                )
            except psycopg.Error as error:
                return error.sqlstate
        return ""

    def lines(self):
        with psycopg.connect(self.house.keeper) as connection:
            sql_ = "SELECT line FROM factcheck.event WHERE case_id = %s ORDER BY seq"
            return [bytes(row[0]) for row in connection.execute(sql_, (ORIGIN,)).fetchall()]


def begun(house):
    """A case of some lines, and what gives an open ledger for a person."""
    make = Maker()
    keeper = PostgresLedger(Server(house.dsn["lead-1"]), ORIGIN)
    case = make.case().model_copy(update={"by": "lead-1"})
    events = [case, *(each.model_copy(update={"by": "lead-1"}) for each in (make.added("C1"), make.note()))]
    position = START
    with keeper.writing():
        for event in events:
            position = keeper.append(event, position).position
        keeper.commit()
    return Place(house, make, position)
