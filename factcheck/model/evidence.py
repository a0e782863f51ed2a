"""What we looked at, and what it does for a claim: captures, and evidence attached to a claim."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from factcheck.model.captured import UNSAID, Checked, Corroboration, Derived, PageSays, Standing, Trip
from factcheck.model.kinds import Stance


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes that were fetched or filed, named by their SHA-256. `outcome` is ok, or how fetching failed.

    `withheld` is why its bytes were removed by order, "" where they were not.
    """

    id: str
    sha256: str
    path: str
    size: int
    media_type: str
    via: str
    url: str = ""
    final_url: str = ""
    status: int = 0
    title: str = ""
    outcome: str = "ok"
    exceptions: tuple[str, ...] = ()
    inside: str = ""
    fetched: Trip | None = None
    text: Derived | None = None
    page: PageSays = UNSAID
    standing: Standing | None = None
    corroborated: tuple[Corroboration, ...] = ()
    withheld: str = ""
    by: str = ""
    time: str = ""
    seq: int = 0
    version: int = 0

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that it keeps: the bytes, their text, and the record of how they came."""
        text, trip = self.text, self.fetched
        kept = (self.path, text.path if text else "", trip.warc.path if trip else "")
        return tuple(dict.fromkeys(filter(None, kept)))

    @property
    def address(self) -> str:
        """Where it came from: where the redirects ended, else what was asked for."""
        return self.final_url or self.url


def agreement(kept: Capture, digest: str) -> Literal["yes", "no", "unknown"]:
    """Whether another copy with this SHA-256 has the same bytes; nothing can be said of bytes that nobody has."""
    if not digest or not kept.sha256:
        return "unknown"
    return "yes" if digest == kept.sha256 else "no"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A capture or a bare link, attached to a claim with a quotation, its place and a stance.

    `start`, `end` are code points of the text whose SHA-256 is `text` ("": the text that earlier desks made
    of the capture anew each time); -1 when the quotation could not be placed (a bare link, or `manual`).
    `capture` is "" for a bare link, which is shown as "not captured" everywhere. `checked` is what became
    of the page since; the copies that a claim carries do not know it.
    """

    id: str
    claim: str
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
    by: str = ""
    time: str = ""
    text: str = ""
    asked: str = ""
    manual: bool = False
    grade: str = ""
    standing: Standing | None = None
    checked: Checked | None = None
    withdrawn: bool = False
    version: int = 0

    @property
    def captured(self) -> bool:
        """True when the desk took the bytes in; by order they may have been removed since."""
        return bool(self.sha256)

    def held(self, *, removed: bool) -> Literal["captured", "not_captured", "removed"]:
        """How the desk stands to its bytes; `removed` says that they were removed by order since."""
        if not self.captured:
            return "not_captured"
        return "removed" if removed else "captured"

    @property
    def origin(self) -> str:
        """Who stands behind it: the host of the address without www., else the content itself."""
        return _host(self.url).removeprefix("www.") or self.sha256 or self.id


def _host(url: str) -> str:
    """The host of an address in the one form that names have (IDNA), or "" when there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except ValueError:
        return ""
