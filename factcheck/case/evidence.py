"""Evidence: a capture or a bare link is attached to a claim, with a quotation and a stance."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case.capturing import Capturing, Seen, is_url, read_file
from factcheck.case.carrying import as_seen, one_line, one_of, standing_body
from factcheck.case.desk import Draft
from factcheck.errors import Conflict, Refused, Usage
from factcheck.events import Event, bodies, capturing, timestamp
from factcheck.evidence.addresses import web_address
from factcheck.model import Capture, Evidence, Grade, Stance, against_touching, says_something
from factcheck.state import capture_value

if TYPE_CHECKING:
    from factcheck.match.anchor import Anchor


class Attaching(Capturing):
    """capture -> evidence."""

    def attach(
        self,
        claim: str,
        what: Capture | Path | str,
        *,
        quote: str = "",
        stance: Stance | str,
        note: str = "",
        grade: Grade | str = "",
        nearest: bool = False,
        manual: bool = False,
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> Evidence:
        """Attach evidence to a claim: a web address (a bare link), a file (filed first), or a capture.

        A quotation from a capture must stand there word for word; else Refused shows the nearest words, which
        `nearest` takes. `manual` marks words typed by hand from what has no text: a picture, a page of scripts.
        """
        person, side = self._person(by), one_of(Stance, stance, "stance")
        worth = one_of(Grade, grade, "grade") if grade else None
        self._legal("evidence.attached", self.claim(claim))
        file = None if isinstance(what, Capture) or _is_named(what) else read_file(Path(what))
        place: Anchor | None = None
        if quote:
            asked = _of_file(file) if file else self._of_capture(self._grounds(what))
            place = asked.place(quote, nearest=nearest, manual=manual)
        filed = self._filed(file) if file else None
        grounds = capture_value("", filed) if filed else self._grounds(what)

        def build() -> list[Draft]:
            found = self._legal("evidence.attached", self.claim(claim))
            new, kept = f"E{self._index.next_number('E')}", f"K{self._index.next_number('K')}"
            body = capturing.EvidenceBody(
                id=new,
                stance=side,
                url=grounds.address,
                capture=kept if filed else grounds.id,
                sha256=grounds.sha256,
                quote=place.exact if place else quote,
                prefix=place.prefix if place else "",
                suffix=place.suffix if place else "",
                start=place.start if place else -1,
                end=place.end if place else -1,
                note=note,
                by=person,
                time=timestamp(self._moment),
                text=grounds.text.sha256 if grounds.text else None,
                asked=quote if place and place.score < 100 else None,
                manual=True if manual and quote and not place else None,
                grade=worth,
                standing=standing_body(grounds.standing),
            )
            if _twin(found.live_evidence, body):
                raise Refused(
                    f"{claim} has this evidence already.", where=claim, remedy=f"factcheck show {claim}"
                )
            attached = bodies.EvidenceAttached(evidence=body, claim=as_seen(found))
            made = [Draft("capture.made", kept, filed, prepares=True)] if filed else []
            return [*made, Draft("evidence.attached", found.id, attached, also=(new,))]

        body = self._commit(build, by=person, on=(claim,), at=at, id=id)[-1].body
        if not isinstance(body, bodies.EvidenceAttached):
            raise Conflict("this command id belongs to another act.", where=id)
        evidence: Evidence = self.look(body.evidence.id)
        return evidence

    def _grounds(self, what: Capture | Path | str) -> Capture:
        """What evidence shall stand on: a capture that is here, or a bare link, which is a capture of nothing."""
        if isinstance(what, str) and is_url(what):
            return self._bare(web_address(what))
        found: Capture = what if isinstance(what, Capture) else self._expect(str(what), Capture, "K")
        return found

    def _bare(self, url: str) -> Capture:
        """A link that nobody has looked at."""
        from factcheck.match.outlets import outlets
        from factcheck.match.standing import standing

        told = standing(url, known=outlets(self._outlets))
        return Capture(id="", sha256="", path="", size=0, media_type="", via="", url=url, standing=told)

    def _of_capture(self, grounds: Capture) -> "Asked":
        text = self.page_text(grounds)
        return Asked(grounds.id, text, grounds.media_type, silent=grounds.page.little or not text)

    def withdraw(
        self, evidence: str, *, because: str = "", by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Take evidence back; a verdict that relies on it reopens."""
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._expect(evidence, Evidence, "E")
            if found.withdrawn:
                raise Refused(f"{evidence} was withdrawn before.", where=evidence)
            claim = self._legal("evidence.withdrawn", self.claim(found.claim))
            self._refuse(against_touching(claim, person, self.info.policy))
            body = capturing.EvidenceWithdrawn(evidence=found.id, because=because)
            return [Draft("evidence.withdrawn", found.claim, body, also=(found.id,))]

        return self._commit(build, by=person, on=(self._expect(evidence, Evidence, "E").claim,), at=at, id=id)


def _is_named(what: Path | str) -> bool:
    """True for an address and for the id of a capture; else it is a file."""
    return isinstance(what, str) and (is_url(what) or (what[:1] == "K" and what[1:].isdigit()))


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for a quotation; without a name it is a bare link. `silent`: it has next to no text."""

    name: str
    text: str
    media_type: str
    silent: bool

    def place(self, quote: str, *, nearest: bool, manual: bool) -> "Anchor | None":
        """Where the words stand; None on a bare link, and for words typed by hand. Refused when they do not."""
        from factcheck.match.anchor import anchor

        if not says_something(quote):
            raise Usage("the quotation is empty.", remedy="quote the words that matter")
        found = anchor(self.text, quote) if self.text else None
        if found and (found.score == 100 or nearest):
            return found
        if self.name and not (self.silent and manual):
            raise self._misquoted(found)
        return None

    def _misquoted(self, found: "Anchor | None") -> Refused:
        if self.silent:
            return Refused(
                f"{self.name} has no text to compare these words with.",
                where=self.name,
                seen=f"{self.media_type}, next to no text",
                remedy="save the page in a browser and capture that file, or say that they are typed by hand: --manual",
            )
        return Refused(
            f"these words are not on {self.name}.",
            where=self.name,
            seen=f"nearest: {one_line(found.exact)!r}" if found else "nothing like it",
            remedy="quote the words as they stand"
            + (", or take the nearest ones: --nearest" if found else ""),
        )


def _of_file(file: Seen) -> Asked:
    page = file.page
    return Asked(file.name, page.text, page.sniffed, silent=page.little or not page.text)


def _twin(live: Collection[Evidence], body: capturing.EvidenceBody) -> bool:
    same = (body.url, body.capture, body.quote, body.stance)
    return any((each.url, each.capture, each.quote, each.stance) == same for each in live)
