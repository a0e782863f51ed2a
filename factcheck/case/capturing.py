"""Capturing: bytes are fetched or filed, kept under their SHA-256 with their text, and only then recorded."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.case.carrying import one_line, standing_body
from factcheck.case.desk import Desk, Draft, safe_name
from factcheck.errors import NotFound, Refused
from factcheck.events import capturing
from factcheck.evidence.addresses import web_address
from factcheck.evidence.store import EvidenceStore
from factcheck.evidence.watch import Watch
from factcheck.files import read_document
from factcheck.model import Capture, Evidence

if TYPE_CHECKING:
    from factcheck.match.anchor import Anchor

if TYPE_CHECKING:
    from factcheck.evidence.answers import Fetched
    from factcheck.evidence.derive import Page


class Capturing(Desk):
    """page or file -> capture."""

    @property
    def store(self) -> EvidenceStore:
        """Where captured bytes lie."""
        return EvidenceStore(self.folder, self._files.bring)

    def capture(
        self,
        what: Path | str,
        *,
        from_url: str = "",
        allow: Collection[str] = (),
        watch: Watch | None = None,
        by: str | None = None,
        id: str = "",
    ) -> Capture:
        """Fetch a page, or file a document that was saved from `from_url`; the bytes are named by their SHA-256.

        `allow` names non-public addresses (host:port) that may be fetched all the same; a use is recorded.
        A page that cannot be had is recorded too, with its outcome. `watch` gives it up, from any thread, and
        hears how much has come.
        """
        person = self._person(by)
        if is_url(what):
            body = self._fetched(str(what), allow, watch)
        else:
            body = self._filed(read_file(Path(what), from_url), from_url)

        def build() -> list[Draft]:
            return [Draft("capture.made", f"K{self._index.next_number('K')}", body)]

        capture: Capture = self.look(self._commit(build, by=person, id=id)[0].subject)
        return capture

    def _fetched(self, url: str, allow: Collection[str], watch: Watch | None = None) -> capturing.CaptureMade:
        from factcheck.evidence.derive import derive
        from factcheck.evidence.fetch import fetch

        came = fetch(url, allow=allow, watch=watch)
        page = derive(came.data, came.declared, came.final_url, address=came.final_url)
        return self._kept(
            Seen(came.data, page),
            via="http",
            url=came.url,
            final_url=came.final_url,
            status=came.status,
            outcome=came.outcome,
            exceptions=came.exceptions,
            fetched=self._recorded_trip(came),
        )

    def _recorded_trip(self, came: "Fetched") -> capturing.FetchedBody:
        """Put the record of a trip on the shelf, and say what is in it."""
        from factcheck.evidence.warc import record

        maker = software()
        data = record(came, software=maker)
        digest, path = self.store.put(data, WARC)
        said: dict[str, Any] = {name: getattr(came, name) for name in _OF_A_TRIP}
        return capturing.FetchedBody(
            warc=capturing.KeptBody(path=path, sha256=digest, size=len(data)),
            tls=capturing.TlsBody(**asdict(came.tls)) if came.tls else None,
            redirects=tuple(capturing.HopBody(**asdict(each)) for each in came.hops),
            attempts=tuple(capturing.AttemptBody(**asdict(each)) for each in came.attempts),
            robots=capturing.RobotsBody(**asdict(came.robots)),
            clock=capturing.ClockBody(**asdict(came.clock)),
            lookalike=came.lookalike or None,
            software=maker,
            **said,
        )

    def _filed(self, found: "Seen", from_url: str = "") -> capturing.CaptureMade:
        """Put a file on the shelf; `found` is what was read of it."""
        via = "screenshot" if found.page.sniffed.startswith("image/") else "file"
        url = web_address(from_url) if from_url else found.inside or found.page.saved_from
        return self._kept(found, via=via, url=url, inside=found.inside or None)

    def _kept(self, found: "Seen", **how: Any) -> capturing.CaptureMade:
        """Put bytes and text on the shelf, and say what they are."""
        from factcheck.match.outlets import outlets
        from factcheck.match.standing import standing

        data, page = found.data, found.page
        digest, path = self.store.put(data, page.sniffed) if data else ("", "")
        return capturing.CaptureMade(
            sha256=digest,
            path=path,
            size=len(data),
            media_type=page.sniffed if data else "",
            title=one_line(page.title) or found.name,
            text=self._kept_text(page, digest, path),
            standing=standing_body(
                standing(
                    how.get("final_url") or how.get("url") or "",
                    page.text,
                    page.canonical,
                    outlets(self._outlets),
                )
            ),
            page=capturing.PageBody(
                author=page.author,
                published=page.published,
                canonical=page.canonical,
                rights=page.rights,
                little=page.little,
            )
            if data
            else None,
            **how,
        )

    def _kept_text(self, page: "Page", digest: str, path: str) -> capturing.TextBody | None:
        """The text beside the bytes; a UTF-8 text is its own."""
        if not page.text:
            return None
        data = page.text.encode("utf-8")
        if sha256(data).hexdigest() != digest:
            digest, path = self.store.put(data, "text/plain")
        return capturing.TextBody(
            path=path,
            sha256=digest,
            characters=len(page.text),
            maker=page.maker,
            encoding=page.encoding,
            decided=page.decided,
        )

    def page_text(self, capture: Capture | str) -> str:
        """The text of a capture, the coordinates of its quotations; "" for what has no text."""
        from factcheck.evidence.page import page_text

        found = self.look(capture) if isinstance(capture, str) else capture
        _refuse_withheld(found)
        if found.text:
            return self.store.read(found.text.path, found.text.sha256).decode("utf-8")
        return page_text(self.store.read(found.path, found.sha256), found.media_type) if found.path else ""

    def record(self, capture: Capture | str) -> bytes:
        """A capture as WARC/1.1 for any replay tool: the record of its trip; of a filed document, one made of it.

        BadData when nothing was kept.
        """
        from factcheck.evidence.warc import resource

        found = self.look(capture) if isinstance(capture, str) else capture
        _refuse_withheld(found)
        if found.fetched:
            return self.store.read(found.fetched.warc.path, found.fetched.warc.sha256)
        data = self.store.read(found.path, found.sha256)
        if found.media_type in {WARC, "application/warc"}:
            return data
        facts = {"title": found.title, "collector": found.by, "sha256": found.sha256}
        return resource(
            data,
            url=found.url,
            media_type=found.media_type,
            time=found.time,
            software=software(),
            facts=facts,
        )

    def link_to(self, evidence: Evidence) -> str:
        """A link that opens the page at the quotation, for a browser; "" without a captured quotation of a web page."""
        from factcheck.match.anchor import place
        from factcheck.match.fragment import fragment

        if not evidence.url or not evidence.capture or evidence.start < 0:
            return ""
        text = self.page_text(evidence.capture)
        return fragment(evidence.url, place(text, evidence.start, evidence.end, 100), text)

    def nearest_sentences(self, capture: Capture | str, claim: str) -> "list[Anchor]":
        """The sentences of a captured page that come nearest to a claim, the best first."""
        from factcheck.match.sentences import rank_sentences
        from factcheck.text.script import simplified

        return rank_sentences(self.page_text(capture), self.claim(claim).statement, plain=simplified)

    def nearest_words(self, capture: Capture | str, words: str) -> "Anchor | None":
        """Where these words, or the words most like them, stand in a capture; None when nothing is like them."""
        from factcheck.match.anchor import anchor

        return anchor(self.page_text(capture), words)


WARC = "application/warc+gzip"
_OF_A_TRIP = ("started", "ended", "address", "wire", "decoded", "declared", "sniffed", "truncated")


def _refuse_withheld(capture: Capture) -> None:
    if capture.withheld:
        raise NotFound(f"{capture.id} was withheld: {capture.withheld}", where=capture.path)


def software() -> str:
    """What captures here, with the version of the library that asks."""
    return f"factcheck/{version('factcheck-desk')} httpx/{version('httpx')}"


@dataclass(frozen=True, slots=True)
class Seen:
    """Bytes, and what they say; `inside` is the address of the record in a web archive that says it."""

    data: bytes
    page: "Page"
    name: str = ""
    inside: str = ""


def read_file(path: Path, from_url: str = "") -> Seen:
    """What a file says, before it is kept."""
    from factcheck.evidence.reading import read_filed

    data = read_document(path)
    if not data:
        raise Refused("this file is empty; it shows nothing.", where=str(path), remedy="save the page again")
    page, inside = read_filed(data, path.name, address=web_address(from_url) if from_url else "")
    return Seen(data, page, safe_name(path.name), inside)


def is_url(what: Path | str) -> bool:
    """True for what is meant as an http or https address."""
    return isinstance(what, str) and what.strip().lower().startswith(("http://", "https://"))
