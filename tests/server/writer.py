"""A process that writes notes to a case on a server until it is killed; each id is printed once it is acknowledged.

python writer.py DSN ORIGIN NAME
"""

import sys
import time

from factcheck.errors import Unavailable
from factcheck.events import Event, bodies, new_id, timestamp
from factcheck.ledger import START
from factcheck.ledger.postgres import PostgresLedger, Server


def write(dsn: str, origin: str, name: str) -> None:
    from datetime import UTC, datetime

    ledger, position, number = PostgresLedger(Server(dsn), origin), START, 0
    while True:
        number += 1
        now = datetime.now(UTC)
        try:
            with ledger.writing():
                for line in ledger.read(position):
                    position = line.position
                note = Event(
                    id=new_id(now), time=timestamp(now), by=name, kind="note.added", subject="C1",
                    version=position.size, body=bodies.NoteAdded(text=f"{name} {number}"),
                )  # fmt: skip
                ledger.append(note, position)
                ledger.commit()
        except Unavailable:
            position = START  # what is behind it may have gone with the server; it is read again
            time.sleep(0.05)
            continue
        sys.stdout.write(f"{note.id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    write(*sys.argv[1:])
