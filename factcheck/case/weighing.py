"""Weighing evidence: how near a source is, who stands behind it, where its words stand now, who else has the bytes."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from factcheck.case.carrying import one_line, one_of, standing_body
from factcheck.case.desk import Draft
from factcheck.case.evidence import Attaching
from factcheck.errors import Refused, Usage
from factcheck.events import Event, capturing
from factcheck.evidence.addresses import web_address
from factcheck.model import Capture, Evidence, Grade, against_touching, agreement, says_something

if TYPE_CHECKING:
    from factcheck.match.anchor import Anchor

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Weighing(Attaching):
    """evidence -> what it is worth."""

    def grade(
        self,
        evidence: str,
        grade: Grade | str,
        *,
        note: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Say how near a source is to what it tells: primary, official, reporting, secondary, repost or anonymous."""
        person, worth = self._person(by), one_of(Grade, grade, "grade")

        def build() -> list[Draft]:
            found = self._live(evidence)
            if found.grade == worth and not note:
                raise Refused(f"{evidence} is graded {worth} already.", where=evidence)
            was: Grade | Literal[""] = Grade(found.grade) if found.grade else ""
            body = capturing.EvidenceGraded(evidence=found.id, grade=worth, was=was, note=note.strip())
            claim = self._legal("evidence.graded", self.claim(found.claim))
            return [Draft("evidence.graded", claim.id, body, also=(found.id,))]

        return self._commit(build, by=person, on=(self._live(evidence).claim,), at=at, id=id)

    def join(
        self,
        *evidence: str,
        because: str,
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Say that pieces of evidence of one claim come from one origin, and why."""
        return self._origins("origins.joined", evidence, because, by=by, at=at, id=id)

    def part(
        self,
        *evidence: str,
        because: str,
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Say that pieces of evidence of one claim come from origins of their own, and why."""
        return self._origins("origins.parted", evidence, because, by=by, at=at, id=id)

    def _origins(
        self, kind: str, evidence: Sequence[str], because: str, *, by: str | None, at: int | None, id: str
    ) -> tuple[Event, ...]:
        person, named = self._person(by), tuple(dict.fromkeys(evidence))
        if len(named) < 2:
            raise Usage("an origin is told of two pieces of evidence or more.", remedy="name them: E3 E5")
        if not says_something(because):
            raise Usage("an origin needs a reason.", remedy="add --because TEXT")

        def build() -> list[Draft]:
            claims = {self._live(each).claim for each in named}
            if len(claims) > 1:
                raise Refused(
                    f"{', '.join(named)} belong to different claims.",
                    where=", ".join(sorted(claims)),
                    remedy="origins are counted claim by claim; merge the claims, or say it of each",
                )
            body = capturing.OriginsJoined(evidence=named, because=because.strip())
            claim = self._legal(kind, self.claim(claims.pop()))
            return [Draft(kind, claim.id, body)]

        return self._commit(build, by=person, on=(self._live(named[0]).claim,), at=at, id=id)

    def reanchor(
        self,
        evidence: str,
        capture: str = "",
        *,
        quote: str = "",
        nearest: bool = False,
        because: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Place a quotation anew, in the same or in another capture; other words send a judged claim back.

        Refused shows the nearest words when these do not stand there; `nearest` takes them.
        """
        person = self._person(by)

        def build() -> list[Draft]:
            found = self._live(evidence)
            kept = self._expect(capture or found.capture, Capture, "K") if capture or found.capture else None
            if kept is None or not found.quote:
                raise Refused(
                    f"{evidence} has no quotation from a capture.",
                    where=evidence,
                    remedy=f"factcheck capture URL, then factcheck attach {found.claim} K3 --quote TEXT",
                )
            place = _place_now(self.page_text(kept), found, quote)
            if place is None or (place.score < 100 and not nearest):
                raise Refused(
                    f"these words are not on {kept.id}, or not where they stood.",
                    where=kept.id,
                    seen=f"nearest: {one_line(place.exact)!r}" if place else "nothing like it",
                    remedy="quote the words as they stand (--quote), or take the nearest ones (--nearest)",
                )
            self._refuse(against_touching(self.claim(found.claim), person, self.info.policy))
            return [self._reanchored(found, kept, place, because)]

        return self._commit(build, by=person, on=(self._live(evidence).claim,), at=at, id=id)

    def _reanchored(self, found: Evidence, kept: Capture, place: "Anchor", because: str) -> Draft:
        from factcheck.match.wording import same_words

        was, now = self._stood(found), _stands(kept, place)
        if was == now:
            raise Refused(f"{found.id} stands there already.", where=found.id)
        body = capturing.EvidenceReanchored(
            evidence=found.id,
            was=was,
            now=now,
            changed=not same_words(was.quote, now.quote),
            because=because.strip(),
        )
        claim = self._legal("evidence.reanchored", self.claim(found.claim))
        return Draft("evidence.reanchored", claim.id, body, also=(found.id,))

    def _stood(self, found: Evidence) -> capturing.PlaceBody:
        return capturing.PlaceBody(
            capture=found.capture,
            sha256=found.sha256,
            url=found.url,
            text=found.text or None,
            quote=found.quote,
            prefix=found.prefix,
            suffix=found.suffix,
            start=found.start,
            end=found.end,
            standing=standing_body(found.standing),
        )

    def withhold(
        self, capture: str, *, because: str, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Remove the bytes of a capture by order, of a court or for somebody's privacy; their digests stay.

        The act is durable before anything is removed. A file that another capture keeps too stays for that one.
        """
        person = self._person(by, "policy")
        if not says_something(because):
            raise Usage("bytes are removed by somebody's order.", where=capture, remedy="add --because TEXT")

        def build() -> list[Draft]:
            kept = self._expect(capture, Capture, "K")
            if kept.withheld or not kept.files:
                raise Refused(
                    f"{capture} keeps no bytes that could be removed.",
                    where=capture,
                    remedy=f"factcheck show {capture}",
                )
            body = capturing.EvidenceWithheld(because=because.strip(), files=kept.files)
            return [Draft("evidence.withheld", kept.id, body)]

        done = self._commit(build, by=person, act="policy", on=(capture,), at=at, id=id)
        self._remove_withheld()
        self._tell_shelf(done)
        return done

    def corroborate(
        self,
        capture: str,
        *,
        url: str = "",
        collector: str = "",
        other: str = "",
        sha256: str = "",
        note: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Record a second opinion on a capture's bytes: a web archive's copy (`url`), or another collector's.

        `other` names a capture of that copy, `sha256` what the other has; equal bytes agree, others do not.
        """
        person = self._person(by)
        address = web_address(url) if url else ""
        if sha256 and not _SHA256.fullmatch(sha256.lower()):
            raise Usage("a SHA-256 is 64 hexadecimal digits.", seen=repr(sha256[:80]))
        if not (address or other or sha256):
            raise Usage(
                "nothing is named that corroborates.", remedy="add --url URL, --capture K9 or --sha256 HEX"
            )

        def build() -> list[Draft]:
            kept = self._expect(capture, Capture, "K")
            second = self._expect(other, Capture, "K") if other else None
            digest = sha256.lower() or (second.sha256 if second else "")
            if second == kept or (address and address in {kept.url, kept.final_url}):
                raise Refused(
                    f"{capture} cannot vouch for itself.",
                    where=capture,
                    remedy="name a copy that somebody else keeps: --url of a web archive, or --capture of another page",
                )
            if not (address or second or collector.strip()):
                raise Usage(
                    "nobody is named who has these bytes.", remedy="add --url URL or --collector NAME"
                )
            body = capturing.CaptureCorroborated(
                url=address or (second.address if second else ""),
                collector=collector.strip(),
                capture=second.id if second else "",
                sha256=digest,
                agrees=agreement(kept, digest),
                note=note.strip(),
            )
            return [Draft("capture.corroborated", kept.id, body)]

        return self._commit(build, by=person, on=(capture,), at=at, id=id)

    def _live(self, evidence: str) -> Evidence:
        found: Evidence = self._expect(evidence, Evidence, "E")
        if found.withdrawn:
            raise Refused(f"{evidence} was withdrawn.", where=evidence)
        return found


def _place_now(text: str, found: Evidence, quote: str) -> "Anchor | None":
    """Where words that are typed stand now, or those of the evidence; what stood around these tells equal places apart."""
    from factcheck.match.anchor import anchor
    from factcheck.match.reanchor import reanchor

    if quote:
        return anchor(text, quote, prefix=found.prefix, suffix=found.suffix, near=found.start)
    return reanchor(text, found.quote, prefix=found.prefix, suffix=found.suffix, start=found.start)


def _stands(kept: Capture, place: "Anchor") -> capturing.PlaceBody:
    return capturing.PlaceBody(
        capture=kept.id,
        sha256=kept.sha256,
        url=kept.address,
        text=kept.text.sha256 if kept.text else None,
        quote=place.exact,
        prefix=place.prefix,
        suffix=place.suffix,
        start=place.start,
        end=place.end,
        standing=standing_body(kept.standing),
    )
