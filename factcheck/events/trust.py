"""What the events carry by which a trail is vouched for: keys of people and desks, signatures, witnesses, objections."""

from typing import Annotated

from pydantic import Field, StringConstraints

from factcheck.events.parts import Body, Sha256

Subject = Annotated[str, StringConstraints(pattern=r"^(case|[CEKRSX][1-9][0-9]{0,8})$")]
Moment = Annotated[
    str, StringConstraints(pattern=r"^([0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{3}Z)?$")
]


class SignerAdded(Body):
    """The public key (OpenSSH, two fields) that a person signs with, and from when to when; "" is open."""

    name: str = Field(min_length=1, max_length=200)
    key: str = Field(min_length=1, max_length=4000)
    valid_after: Moment = ""
    valid_before: Moment = ""


class SignerRevoked(Body):
    """From this line on the key signs nothing more; what it signed before stays."""

    name: str = Field(min_length=1, max_length=200)
    key: str = Field(min_length=1, max_length=4000)


class DeskAdded(Body):
    """The verifier key (c2sp.org/signed-note) of a desk that signs checkpoints of this ledger."""

    name: str = Field(min_length=1, max_length=200)
    key: str = Field(min_length=1, max_length=600)


class Signed(Body):
    """An act that is signed afterwards: its event id, and what it was done to."""

    id: str
    subject: Subject


class DecisionsSigned(Body):
    """One's own acts that bore no signature when they were recorded; this event's `tree` covers them."""

    decisions: tuple[Signed, ...] = Field(min_length=1)

    def names(self) -> tuple[str, ...]:
        """The subjects whose acts are signed now."""
        return tuple(dict.fromkeys(each.subject for each in self.decisions))


class CheckpointWitnessed(Body):
    """Somebody has seen this checkpoint of the ledger, and keeps it elsewhere."""

    size: int = Field(ge=1)
    root: Sha256
    note: str = Field(max_length=2000)


class ObjectionRaised(Body):
    """What somebody who checks the trail objects to; it keeps nothing back, and every export says it."""

    text: str = Field(min_length=1)

    def names(self) -> tuple[str, ...]:
        """The case lists all objections."""
        return ("case",)
