"""What is kept of a page: how it came, what it says of itself, and what a piece of it does for a claim."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from factcheck.events.parts import Body, EvidenceId, Path, Sha256
from factcheck.model import Grade, Stance

Moment = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\.[0-9]{3}Z$")
]
Captured = Annotated[str, StringConstraints(pattern=r"^K[1-9][0-9]{0,8}$")]
Sketch = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{8}){0,64}$")]


class KeptBody(Body):
    """A file of the evidence folder, named by its SHA-256; `size` in bytes."""

    path: Path
    sha256: Sha256
    size: int = Field(ge=0)


class TlsBody(Body):
    """The connection's protocol and the server's certificate; `certificate` is the SHA-256 of its DER form."""

    version: str
    cipher: str
    certificate: Sha256 | Literal[""]
    subject: str = ""
    issuer: str = ""
    until: str = ""


class HopBody(Body):
    """A redirect: who sent us on, with which status, and where to."""

    url: str
    status: int
    location: str


class AttemptBody(Body):
    """One connection that was tried, and what came of it."""

    time: Moment
    url: str
    address: str
    outcome: str


class RobotsBody(Body):
    """What the host's robots.txt (RFC 9309) says of this address, and the line that says so."""

    answer: Literal["allowed", "disallowed", "none", "unknown"]
    rule: str = ""


class ClockBody(Body):
    """Whether this machine's clock was set by a time server, and how far the page's server was ahead of it."""

    synchronized: Literal["yes", "no", "unknown"]
    offset_ms: int | None = None


class FetchedBody(Body):
    """How a page came: its record, the connection, every try, and what the server said of it.

    `wire` and `decoded` are bytes of the body before and after decoding; `truncated` is a word of
    WARC-Truncated (ISO 28500) or ""; `lookalike` says why the host may be taken for another.
    """

    warc: KeptBody
    started: Moment
    ended: Moment
    address: str = ""
    tls: TlsBody | None = None
    redirects: tuple[HopBody, ...] = ()
    attempts: tuple[AttemptBody, ...] = ()
    wire: int = Field(default=0, ge=0)
    decoded: int = Field(default=0, ge=0)
    declared: str = ""
    sniffed: str = ""
    truncated: Literal["", "length", "time", "disconnect"] = ""
    lookalike: str | None = None
    robots: RobotsBody
    clock: ClockBody
    software: str


class TextBody(Body):
    """The UTF-8 text that was made of a capture once; places of quotations are code points of it."""

    path: Path
    sha256: Sha256
    characters: int = Field(ge=0)
    maker: str = Field(min_length=1, max_length=120)
    encoding: str = ""
    decided: str = ""


class PageBody(Body):
    """What a page says of itself, as it says it; `little` when it has next to no text."""

    author: str = ""
    published: str = ""
    canonical: str = ""
    rights: str = ""
    little: bool = False


class StandingBody(Body):
    """What tells who stands behind a page: outlet family, canonical address, dateline, and a sketch of its text."""

    family: str = ""
    canonical: str = ""
    dateline: str = ""
    sketch: Sketch = ""
    maker: str


class CaptureMade(Body):
    """Bytes that were fetched or filed; digest and path are empty when nothing could be had.

    Lines of earlier desks say nothing of how a page came, of its text, or of who stands behind it.
    """

    sha256: Sha256 | Literal[""]
    path: Path | Literal[""]
    size: int
    media_type: str
    via: Literal["http", "file", "screenshot"]
    url: str = ""
    final_url: str = ""
    status: int = 0
    title: str = ""
    outcome: str = "ok"
    exceptions: tuple[str, ...] = ()
    inside: str | None = None
    fetched: FetchedBody | None = None
    text: TextBody | None = None
    page: PageBody | None = None
    standing: StandingBody | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that it keeps: the bytes, their text, and the record of how they came."""
        kept = (
            self.path,
            self.text.path if self.text else "",
            self.fetched.warc.path if self.fetched else "",
        )
        return tuple(filter(None, kept))


class EvidenceWithheld(Body):
    """Bytes removed by order: of a court, or for somebody's privacy. What they were stays as their digests."""

    because: str = Field(min_length=1)
    files: tuple[Path, ...] = Field(min_length=1)


class CaptureCorroborated(Body):
    """A second opinion on the bytes: a web archive's copy, or what another collector has."""

    url: str = ""
    collector: str = ""
    capture: Captured | Literal[""] = ""
    sha256: Sha256 | Literal[""] = ""
    agrees: Literal["yes", "no", "unknown"] = "unknown"
    note: str = ""


class EvidenceBody(Body):
    """Evidence as it was attached. `text` names the text it is quoted from; `asked` is what was looked for there
    when a person took the nearest words instead; `manual` marks words typed from what has no text.
    """

    id: EvidenceId
    stance: Stance
    url: str = ""
    capture: str = ""
    sha256: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1
    note: str = ""
    by: str
    time: str
    text: Sha256 | None = None
    asked: str | None = None
    manual: Literal[True] | None = None
    grade: Grade | None = None
    standing: StandingBody | None = None


class EvidenceWithdrawn(Body):
    evidence: EvidenceId
    because: str = ""


class EvidenceGraded(Body):
    """How near a source is to what it tells; "" for no grade."""

    evidence: EvidenceId
    grade: Grade | Literal[""]
    was: Grade | Literal[""]
    note: str = ""


class PlaceBody(Body):
    """Where a quotation stands: in which text of which capture, between which words."""

    capture: Captured
    sha256: Sha256
    url: str = ""
    text: Sha256 | None = None
    quote: str = Field(min_length=1)
    prefix: str
    suffix: str
    start: int = Field(ge=-1)
    end: int = Field(ge=-1)
    standing: StandingBody | None = None


class EvidenceReanchored(Body):
    """A quotation found again, in another capture or another text; `changed` when the words are others."""

    evidence: EvidenceId
    was: PlaceBody
    now: PlaceBody
    changed: bool
    because: str = ""


class EvidenceChecked(Body):
    """What became of a page since: never a changed verdict. `found` are the words that stand there now."""

    outcome: Literal["alive", "moved", "changed", "soft404", "gone", "unreachable"]
    url: str
    status: int = 0
    capture: Captured | Literal[""] = ""
    found: str = ""


class OriginsJoined(Body):
    """A person says that these pieces of evidence come from one origin, or, parted, that they do not."""

    evidence: tuple[EvidenceId, ...] = Field(min_length=2)
    because: str = Field(min_length=1)


class ReliedOn(Body):
    """Evidence a verdict relies on, and the seq of its capture (0: a bare link)."""

    evidence: EvidenceId
    capture: int = 0
