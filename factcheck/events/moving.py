"""What the event says that moves a ledger: where it goes on from here."""

from typing import Literal

from factcheck.events.parts import Body


class LedgerMoved(Body):
    """The ledger goes on in another place: on a `server`, or in the `file` of a case's folder."""

    to: Literal["server", "file"]
