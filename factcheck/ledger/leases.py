"""Who has what open: a lease ends by itself, by the clock of whoever keeps it, and keeps nobody from anything."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Lease:
    """That `holder` has `subject` open. The `fence` is a higher number each time that the subject changes hands."""

    subject: str
    holder: str
    fence: int


class Leases(Protocol):
    """The leases of one case."""

    def take(self, subject: str, person: str, seconds: int) -> Lease | None:
        """Say that somebody looks at a subject now, and at no other; gives whose lease it is: who came first stays named.

        None where no lease can be written.
        """

    def keep(self, lease: Lease, seconds: int) -> bool:
        """Make one's lease longer; False, and nothing is written, when it has ended or is another one by now."""

    def end(self, person: str) -> None:
        """Say that somebody looks at nothing any more."""

    def held(self) -> dict[str, str]:
        """Who has which subject open now."""
