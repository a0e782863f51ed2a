"""What the desk knows of bytes it looked at: how they came, what they say of themselves, and who checked them again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the evidence folder, named by its SHA-256; `size` in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Tls:
    """The connection's protocol and the server's certificate (SHA-256 of its DER form)."""

    version: str
    cipher: str
    certificate: str
    subject: str = ""
    issuer: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect: who sent us on, with which status, and where to."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One connection that was tried, and what came of it."""

    time: str
    url: str
    address: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Robots:
    """What the host's robots.txt says of the address: allowed, disallowed, none or unknown, and by which line."""

    answer: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Whether this machine's clock was set by a time server, and how far the page's server was ahead (ms)."""

    synchronized: str
    offset_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """How a page came over the web; `wire` and `decoded` are bytes of the body."""

    warc: Kept
    started: str
    ended: str
    address: str
    tls: Tls | None
    redirects: tuple[Hop, ...]
    attempts: tuple[Attempt, ...]
    wire: int
    decoded: int
    declared: str
    sniffed: str
    truncated: str
    robots: Robots
    clock: Clock
    software: str
    lookalike: str | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """The text that was made of a capture once; quotations are placed in it by code points."""

    path: str
    sha256: str
    characters: int
    maker: str
    encoding: str = ""
    decided: str = ""


@dataclass(frozen=True, slots=True)
class PageSays:
    """What a page says of itself, as it says it; `little` when it has next to no text."""

    author: str = ""
    published: str = ""
    canonical: str = ""
    rights: str = ""
    little: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What tells who stands behind a page: outlet family, canonical address, dateline, a sketch of its text.

    `maker` is the version of the rules and lists that told it.
    """

    family: str = ""
    canonical: str = ""
    dateline: str = ""
    sketch: str = ""
    maker: str = ""


UNSAID = PageSays()


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A second opinion on the bytes: a web archive's copy, or what another collector has."""

    url: str
    collector: str
    capture: str
    sha256: str
    agrees: str
    note: str
    by: str
    time: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a page since: alive, moved, changed, soft404, gone or unreachable; `found` stands there now."""

    outcome: str
    url: str
    status: int
    capture: str
    found: str
    by: str
    time: str

    @property
    def well(self) -> bool:
        """True when the page still says it, wherever it lies now."""
        return self.outcome in {"alive", "moved"}


@dataclass(frozen=True, slots=True)
class OriginAct:
    """A person's word on pieces of evidence: one origin ("joined"), or not ("parted")."""

    act: str
    evidence: tuple[str, ...]
    because: str
    by: str
