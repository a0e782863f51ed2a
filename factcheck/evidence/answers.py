"""What came of asking for a page: every connection, every answer as it was received, and the page at the end."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tls:
    """Protocol, cipher and certificate (SHA-256 of its DER form) of a connection; `until` is RFC 3339 or ""."""

    version: str
    cipher: str
    certificate: str
    subject: str = ""
    issuer: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect: who sent us on, with which status, and where to, as the server wrote it."""

    url: str
    status: int
    location: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One connection that was tried; `address` is empty when it came to none."""

    time: str
    url: str
    address: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Robots:
    """What the host's robots.txt says of the address, and the line that says so."""

    answer: str = "unknown"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Whether this machine's clock was set from outside, and milliseconds the page's server was ahead of it."""

    synchronized: str = "unknown"
    offset_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as they went over the wire, without the framing of chunks.

    `request` and `head` end with the empty line; `body` is still content-coded; `chunked` says that
    Transfer-Encoding no longer holds for it; `truncated` is a word of WARC-Truncated.
    """

    url: str
    time: str
    address: str
    status: int
    request: bytes = field(repr=False)
    head: bytes = field(repr=False)
    body: bytes = field(repr=False)
    chunked: bool = False
    truncated: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one request: its outcome, and as much of an answer as there was."""

    outcome: str
    status: int = 0
    location: str = ""
    declared: str = ""
    data: bytes = field(default=b"", repr=False)
    wire: int = 0
    truncated: str = ""
    again: str = ""
    date: str = ""
    tls: Tls | None = None
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of asking for an address.

    `outcome` is "ok", "http 404", "timeout", "too large", "connection refused", "no such host", "broken off",
    "tls ...", "redirect to ..." or another short sentence; `data` is what came of the body, decoded, and
    `truncated` says why it is not all of it: "length", "time", "disconnect" or "". `redirects` are the addresses
    we were sent on to, in order, and `hops` who sent us. `exceptions` are the allowed HOST:PORT pairs that were
    really used. `lookalike` says why a host may be taken for another; such an address is kept in its xn-- form.
    `wire` and `decoded` count the bytes of the body; `exchanges` holds every answer, robots.txt in the end.
    """

    url: str
    final_url: str
    status: int
    media_type: str
    data: bytes = field(repr=False)
    outcome: str
    exceptions: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    started: str = ""
    ended: str = ""
    address: str = ""
    tls: Tls | None = None
    hops: tuple[Hop, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    wire: int = 0
    decoded: int = 0
    declared: str = ""
    sniffed: str = ""
    truncated: str = ""
    robots: Robots = Robots()
    clock: Clock = Clock()
    lookalike: str = ""
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
