"""The case itself: its name, the people of the desk, and what it demands of a verdict."""

from dataclasses import dataclass, field

from factcheck.model.kinds import Role
from factcheck.model.scale import Scale, shipped_scale


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the desk."""

    name: str
    role: Role
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody said of their own work: on how many claims, how many active seconds and keys, when they said so."""

    by: str
    claims: int
    seconds: int
    keys: int
    time: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What this desk demands of a verdict; every switch of it is an event."""

    second_signature: bool = True
    blind: bool = False
    evidence_for_rated: bool = True
    min_origins: int = 1
    signatures: bool = False
    captures: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class CaseInfo:
    """The case itself: its name, its people and its policy."""

    name: str = ""
    solo: bool = False
    example: bool = False
    origin: str = ""
    created: str = ""
    by: str = ""
    policy: Policy = field(default_factory=Policy)
    members: tuple[Member, ...] = ()
    scales: tuple[Scale, ...] = ()
    work: tuple[Work, ...] = ()
    version: int = 0

    @property
    def scale(self) -> Scale:
        """The ratings that verdicts are recorded in now: what was adopted last, else what ships with the program."""
        return self.scales[-1] if self.scales else shipped_scale()

    def scale_of(self, id: str, version: int) -> Scale | None:
        """A scale that was in force here; None for one that nobody has adopted."""
        known = (*self.scales, shipped_scale())
        return next((each for each in known if (each.id, each.version) == (id, version)), None)

    def member(self, name: str) -> Member | None:
        """The member of that name who is not revoked."""
        return next((each for each in self.members if each.name == name and not each.revoked), None)
