"""Evidence: fetch or file the bytes, attach them or a bare link to a claim with a quotation and a stance."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from factcheck.case.carrying import as_seen, one_line, one_of
from factcheck.case.desk import Desk, Draft, safe_name
from factcheck.case.sources import read_document
from factcheck.errors import Conflict, Refused, Usage
from factcheck.events import Event, bodies, capturing, timestamp
from factcheck.evidence.addresses import web_address
from factcheck.evidence.page import media_type_of, page_text, page_title
from factcheck.evidence.store import EvidenceStore
from factcheck.match.anchor import Anchor, anchor, rank_sentences
from factcheck.model import Capture, Evidence, Stance, says_something


class Attaching(Desk):
    """claim -> evidence."""

    @property
    def store(self) -> EvidenceStore:
        """Where captured bytes lie."""
        return EvidenceStore(self.folder)

    def capture(
        self,
        what: Path | str,
        *,
        from_url: str = "",
        allow: Collection[str] = (),
        by: str | None = None,
        id: str = "",
    ) -> Capture:
        """Fetch a page, or file a document that was saved from `from_url`; the bytes are named by their SHA-256.

        `allow` names non-public addresses (host:port) that may be fetched all the same; a use is recorded.
        A page that cannot be had is recorded too, with its outcome.
        """
        person = self._person(by)
        if is_url(what):
            body = self._fetched(str(what), allow)
        else:
            body = self._filed(Path(what), from_url, read_document(Path(what)))

        def build() -> list[Draft]:
            return [Draft("capture.made", f"K{self._index.next_number('K')}", body)]

        capture: Capture = self.look(self._commit(build, by=person, id=id)[0].subject)
        return capture

    def _fetched(self, url: str, allow: Collection[str]) -> capturing.CaptureMade:
        from factcheck.evidence.fetch import fetch

        page = fetch(url, allow=allow)
        digest, path = self.store.put(page.data, page.media_type) if page.data else ("", "")
        return capturing.CaptureMade(
            sha256=digest,
            path=path,
            size=len(page.data),
            media_type=page.media_type,
            via="http",
            url=page.url,
            final_url=page.final_url,
            status=page.status,
            title=page_title(page.data, page.media_type),
            outcome=page.outcome,
            exceptions=page.exceptions,
        )

    def _filed(self, path: Path, from_url: str, data: bytes) -> capturing.CaptureMade:
        if from_url:
            from_url = web_address(from_url)
        media_type = media_type_of(path, data)
        digest, place = self.store.put(data, media_type)
        return capturing.CaptureMade(
            sha256=digest,
            path=place,
            size=len(data),
            media_type=media_type,
            via="file",
            url=from_url,
            title=page_title(data, media_type) or safe_name(path.name),
        )

    def page_text(self, capture: Capture | str) -> str:
        """The text of a capture, the coordinates of its quotations; "" for what has no text."""
        found = self.look(capture) if isinstance(capture, str) else capture
        return page_text(self.store.read(found.path, found.sha256), found.media_type) if found.path else ""

    def nearest_sentences(self, capture: Capture | str, claim: str) -> list[Anchor]:
        """The sentences of a captured page that come nearest to a claim, the best first."""
        return rank_sentences(self.page_text(capture), self.claim(claim).statement)

    def attach(
        self,
        claim: str,
        what: Capture | Path | str,
        *,
        quote: str = "",
        stance: Stance | str,
        note: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> Evidence:
        """Attach evidence to a claim: a web address (a bare link), a file (filed first), or a capture.

        A quotation from a capture must stand there word for word; else Refused shows the nearest words.
        """
        person, side = self._person(by), one_of(Stance, stance, "stance")
        self._legal("evidence.attached", self.claim(claim))
        grounds = self._grounds(what)
        place = _place(grounds, quote) if quote else None
        filed = self._filed(grounds.file, "", grounds.data) if grounds.file else None

        def build() -> list[Draft]:
            found = self._legal("evidence.attached", self.claim(claim))
            new, kept = f"E{self._index.next_number('E')}", f"K{self._index.next_number('K')}"
            body = capturing.EvidenceBody(
                id=new,
                stance=side,
                url=grounds.url,
                capture=kept if filed else grounds.capture,
                sha256=filed.sha256 if filed else grounds.sha256,
                quote=place.exact if place else quote,
                prefix=place.prefix if place else "",
                suffix=place.suffix if place else "",
                start=place.start if place else -1,
                end=place.end if place else -1,
                note=note,
                by=person,
                time=timestamp(self._moment),
            )
            if _twin(found.live_evidence, body):
                raise Refused(
                    f"{claim} has this evidence already.", where=claim, remedy=f"factcheck show {claim}"
                )
            attached = bodies.EvidenceAttached(evidence=body, claim=as_seen(found))
            made = [Draft("capture.made", kept, filed)] if filed else []
            return [*made, Draft("evidence.attached", found.id, attached, also=(new,))]

        body = self._commit(build, by=person, on=(claim,), at=at, id=id)[-1].body
        if not isinstance(body, bodies.EvidenceAttached):
            raise Conflict("this command id belongs to another act.", where=id)
        evidence: Evidence = self.look(body.evidence.id)
        return evidence

    def _grounds(self, what: Capture | Path | str) -> "Grounds":
        """What evidence shall stand on: a bare link, a capture that is here, or a file to be filed."""
        if isinstance(what, str) and is_url(what):
            return Grounds(what, url=web_address(what))
        if isinstance(what, str) and what[:1] == "K" and what[1:].isdigit():
            what = self._expect(what, Capture, "K")
        if isinstance(what, Capture):
            url = what.final_url or what.url
            data = self.store.read(what.path, what.sha256) if what.path else b""
            return Grounds(what.id, url, what.id, what.sha256, what.media_type, data)
        file = Path(what)
        data = read_document(file)
        return Grounds(file.name, media_type=media_type_of(file, data), data=data, file=file)

    def withdraw(
        self, evidence: str, *, because: str = "", by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Take evidence back; a verdict that relies on it reopens."""
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._expect(evidence, Evidence, "E")
            if found.withdrawn:
                raise Refused(f"{evidence} was withdrawn before.", where=evidence)
            self._legal("evidence.withdrawn", self.claim(found.claim))
            body = capturing.EvidenceWithdrawn(evidence=found.id, because=because)
            return [Draft("evidence.withdrawn", found.claim, body, also=(found.id,))]

        return self._commit(build, by=person, on=(self._expect(evidence, Evidence, "E").claim,), at=at, id=id)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a piece of evidence stands on before it is attached; `file` is there when it is still to be filed."""

    name: str
    url: str = ""
    capture: str = ""
    sha256: str = ""
    media_type: str = ""
    data: bytes = b""
    file: Path | None = None


def _place(grounds: Grounds, quote: str) -> Anchor | None:
    """Where the words stand; None on a bare link or a kind of file that has no text. Refused when they do not."""
    if not says_something(quote):
        raise Usage("the quotation is empty.", remedy="quote the words that matter")
    text = page_text(grounds.data, grounds.media_type)
    found = anchor(text, quote) if text else None
    readable = grounds.media_type.startswith(("text/", "application/xhtml"))
    if (found and found.score == 100) or (not text and not readable):
        return found
    seen = f"nearest: {one_line(found.exact)!r}" if found else "nothing like it"
    remedy = "quote the words as they stand"
    raise Refused(f"these words are not on {grounds.name}.", where=grounds.name, seen=seen, remedy=remedy)


def is_url(what: Path | str) -> bool:
    """True for what is meant as an http or https address."""
    return isinstance(what, str) and what.strip().lower().startswith(("http://", "https://"))


def _twin(live: Collection[Evidence], body: capturing.EvidenceBody) -> bool:
    same = (body.url, body.capture, body.quote, body.stance)
    return any((each.url, each.capture, each.quote, each.stance) == same for each in live)
