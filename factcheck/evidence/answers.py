"""What came of asking for a page: every connection, every answer as it was received, and the page at the end."""

from dataclasses import dataclass, field

from factcheck.model import Attempt, Clock, Hop, Robots, Tls


UNASKED = Robots("unknown")
UNSET = Clock("unknown")


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
    robots: Robots = UNASKED
    clock: Clock = UNSET
    lookalike: str = ""
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
