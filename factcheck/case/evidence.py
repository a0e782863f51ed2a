"""Evidence: fetch or file the bytes, attach them or a bare link to a claim with a quotation and a stance."""

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from factcheck.case.carrying import as_seen, one_line, one_of
from factcheck.case.desk import Desk, Draft
from factcheck.case.sources import read_document
from factcheck.errors import Refused, Usage
from factcheck.events import Event, bodies, timestamp
from factcheck.evidence.page import media_type_of, page_text, page_title
from factcheck.evidence.store import EvidenceStore
from factcheck.match.anchor import Anchor, anchor, rank_sentences
from factcheck.model import Capture, Evidence, Stance


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
        body = self._fetched(str(what), allow) if is_url(what) else self._filed(Path(what), from_url)

        def build() -> list[Draft]:
            return [Draft("capture.made", f"K{self._index.next_number('K')}", body)]

        capture: Capture = self.look(self._commit(build, by=person, id=id)[0].subject)
        return capture

    def _fetched(self, url: str, allow: Collection[str]) -> bodies.CaptureMade:
        from factcheck.evidence.fetch import fetch

        page = fetch(url, allow=allow)
        digest, path = self.store.put(page.data, page.media_type) if page.data else ("", "")
        return bodies.CaptureMade(
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

    def _filed(self, path: Path, from_url: str) -> bodies.CaptureMade:
        data = read_document(path)
        if from_url and not is_url(from_url):
            raise Usage("this is not a web address.", seen=repr(from_url), remedy="--from https://...")
        media_type = media_type_of(path, data)
        digest, place = self.store.put(data, media_type)
        return bodies.CaptureMade(
            sha256=digest,
            path=place,
            size=len(data),
            media_type=media_type,
            via="file",
            url=from_url,
            title=page_title(data, media_type) or path.name,
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
        capture, url = self._capture_of(what, person)
        place = self._place(capture, quote) if capture and quote else None
        filed = self.recorded if isinstance(what, Path) or (capture and not isinstance(what, Capture)) else ()

        def build() -> list[Draft]:
            found = self._legal("evidence.attached", self.claim(claim))
            new = f"E{self._index.next_number('E')}"
            body = bodies.EvidenceBody(
                id=new,
                stance=side,
                url=url,
                capture=capture.id if capture else "",
                sha256=capture.sha256 if capture else "",
                quote=place.exact if place else quote,
                prefix=place.prefix if place else "",
                suffix=place.suffix if place else "",
                start=place.start if place else -1,
                end=place.end if place else -1,
                note=note,
                by=person,
                time=timestamp(self._clock()),
            )
            if _twin(found.live_evidence, body):
                raise Refused(
                    f"{claim} has this evidence already.", where=claim, remedy=f"factcheck show {claim}"
                )
            attached = bodies.EvidenceAttached(evidence=body, claim=as_seen(found))
            return [Draft("evidence.attached", found.id, attached, also=(new,))]

        attached = self._commit(build, by=person, on=claim, at=at, id=id)
        self.recorded = (*filed, *attached)
        body = attached[0].body
        assert isinstance(body, bodies.EvidenceAttached)
        evidence: Evidence = self.look(body.evidence.id)
        return evidence

    def _capture_of(self, what: Capture | Path | str, person: str) -> tuple[Capture | None, str]:
        """The capture behind what was named (filing a file), and the address to show."""
        self.recorded = ()
        if isinstance(what, str) and is_url(what):
            return None, what.strip()
        if isinstance(what, str) and what[:1] == "K" and what[1:].isdigit():
            what = self._expect(what, Capture, "K")
        capture = what if isinstance(what, Capture) else self.capture(what, by=person)
        return capture, capture.final_url or capture.url

    def _place(self, capture: Capture, quote: str) -> Anchor | None:
        text = self.page_text(capture)
        found = anchor(text, quote) if text else None
        if not text or (found and found.score == 100):
            return found
        seen = f"nearest: {one_line(found.exact)!r}" if found else "nothing like it"
        raise Refused(
            f"these words are not on {capture.id}.",
            where=capture.id,
            seen=seen,
            remedy="quote the words as they stand",
        )

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
            body = bodies.EvidenceWithdrawn(evidence=found.id, because=because)
            return [Draft("evidence.withdrawn", found.claim, body, also=(found.id,))]

        return self._commit(build, by=person, on=self._expect(evidence, Evidence, "E").claim, at=at, id=id)


def is_url(what: Path | str) -> bool:
    """True for an http or https address."""
    parts = urlsplit(str(what).strip()) if isinstance(what, str) else None
    return parts is not None and parts.scheme.lower() in {"http", "https"} and bool(parts.netloc)


def _twin(live: Collection[Evidence], body: bodies.EvidenceBody) -> bool:
    same = (body.url, body.capture, body.quote, body.stance)
    return any((each.url, each.capture, each.quote, each.stance) == same for each in live)
