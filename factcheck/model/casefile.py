"""The case itself: its name, the people of the desk, and what it demands of a verdict."""

from dataclasses import dataclass, field

from factcheck.model.kinds import Role
from factcheck.model.publishing import Foreword, Publisher, Template
from factcheck.model.scale import Scale, shipped_scale
from factcheck.model.values import Claim


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
class Signer:
    """A person's public key (OpenSSH, two fields) and from when to when it counts ("" is open)."""

    name: str
    key: str
    valid_after: str = ""
    valid_before: str = ""
    revoked: bool = False

    def counts_at(self, time: str) -> bool:
        """True for a moment (RFC 3339 in UTC) at which it was valid; whether it was revoked before is not asked."""
        return self.valid_after <= time and not (self.valid_before and time >= self.valid_before)


@dataclass(frozen=True, slots=True)
class KnownDesk:
    """A desk that signs checkpoints: what it is called, and its verifier key."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Witness:
    """Who has seen which head of the ledger, and said so in which line; a head of another desk's ledger is not `ours`."""

    by: str
    time: str
    seq: int
    size: int
    signed: bool
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Raised:
    """What somebody who checks the trail objects to."""

    by: str
    time: str
    subject: str
    text: str


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
    signers: tuple[Signer, ...] = ()
    desks: tuple[KnownDesk, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    objections: tuple[Raised, ...] = ()
    publisher: Publisher = Publisher()  # noqa: RUF009  # frozen
    foreword: Foreword = Foreword()  # noqa: RUF009  # frozen
    template: Template = field(default_factory=Template)
    home: str = ""
    version: int = 0

    @property
    def scale(self) -> Scale:
        """The ratings that verdicts are recorded in now: what was adopted last, else what ships with the program."""
        return self.scales[-1] if self.scales else shipped_scale()

    def scale_of(self, id: str, version: int) -> Scale | None:
        """A scale that was in force here; None for one that nobody has adopted."""
        known = (*self.scales, shipped_scale())
        return next((each for each in known if (each.id, each.version) == (id, version)), None)

    def keys_of(self, name: str) -> tuple[Signer, ...]:
        """The keys of a person that were not revoked."""
        return tuple(each for each in self.signers if each.name == name and not each.revoked)

    def had_key(self, name: str) -> bool:
        """True for a person who has, or had, a key here."""
        return any(each.name == name for each in self.signers)

    def may_bring_key(self, name: str) -> bool:
        """True for whose first key may vouch for itself: nobody's where signatures are demanded; there, keys come from keys."""
        return not (self.policy.signatures or self.had_key(name))

    def objected(self, claim: Claim) -> tuple[Raised, ...]:
        """What was objected to in a claim or in its evidence."""
        about = {claim.id, *(each.id for each in claim.evidence)}
        return tuple(each for each in self.objections if each.subject in about)

    def member(self, name: str) -> Member | None:
        """The member of that name who is not revoked."""
        return next((each for each in self.members if each.name == name and not each.revoked), None)
