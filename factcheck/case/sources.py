"""Taking a document in: its bytes are kept as received, its claims are suggested with the exact place."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case.deriving import keep_text
from factcheck.case.desk import Draft, checked_title, safe_name
from factcheck.case.naming import Naming
from factcheck.case.revising import Revising
from factcheck.case.suggesting import Before, suggested
from factcheck.case.touched import Touched
from factcheck.errors import Refused
from factcheck.events import Event, bodies
from factcheck.files import read_document
from factcheck.model import Claim, Reading, Source, checked_date
from factcheck.state import squeezed

if TYPE_CHECKING:
    from factcheck import text

_RESERVED = re.compile(
    r"^(\.|torn-|readme|ledger\.jsonl|checkpoint|packs|allowed_signers|s\d+[.-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Received:
    """A document that somebody handed in, and what was read of it; `date` is "" where nobody said it."""

    document: Path
    data: bytes
    sha256: str
    read: "text.Document"
    title: str
    date: str


def receive(document: Path, *, title: str = "", date: str = "") -> Received:
    """Read a document; without a title it is called by its file's name. NotFound or BadData where it cannot be read."""
    from factcheck import text

    data = read_document(document)
    read = text.read(data, name=document.name, where=str(document))
    named = checked_title(title) if title else Path(safe_name(document.name)).stem
    return Received(document, data, hashlib.sha256(data).hexdigest(), read, named, checked_date(date))


class Ingesting(Naming, Revising):
    """document -> source -> suggestions."""

    def ingest(
        self,
        document: Path | str,
        *,
        title: str = "",
        date: str = "",
        packs: Sequence[Path] = (),
        without: Sequence[str] = (),
        plugins: bool = True,
        replaces: str = "",
        by: str | None = None,
        id: str = "",
    ) -> Source:
        """Add a document as a source, with its suggestions.

        `replaces` names the source that this is a newer version of: mentions of claims that people have touched
        follow their words, and a verdict on words that are others now falls; `revision` says what became of each.
        `date` is a day, a range "first..last", or "" for unknown. The case's own packs
        (claims/packs/*.toml) and the shipped ones repair names; `packs` adds more files, `without` leaves out
        those of these names.
        Installed plug-ins stand in for their stages, unless `plugins` is False.
        """
        from factcheck import text
        from factcheck.match.alignment import Alignment

        person = self._person(by)
        document = Path(document)
        received = receive(document, title=title, date=date)
        digest, read = received.sha256, received.read
        begun = self._begun(digest)
        replaces = replaces or (begun.replaces if begun else "")
        versions = self._versions(replaces, digest)
        extraction = text.extract(
            read.text,
            packs=self._chosen(replaces, packs, without),
            known=self._decided(*(each.id for each in versions)),
            stages=stages_here(plugins=plugins),
        )
        aligned = {each.id: Alignment(self.text(each), read.text) for each in versions}
        if versions and not received.date:
            received = replace(received, date=versions[0].date)

        def build() -> list[Draft]:
            self._versions(replaces, digest)
            begun = self._unlike(self._known(digest), replaces)
            source = begun.id if begun else f"S{self._index.next_number('S')}"
            ingested = None if begun else self._taken_in(source, received, replaces)
            following = self._follow(source, aligned)
            before = following.before(self._before(source), extraction)
            return _drafts(ingested, *following.drafts(), self._extracted(source, extraction, before))

        events = self._commit(build, by=person, id=id)
        return self.source(events[-1].subject)

    def reextract(
        self,
        source: str,
        *,
        packs: Sequence[Path] = (),
        without: Sequence[str] = (),
        plugins: bool = True,
        by: str | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Extract a source anew with today's rules, packs and decided readings; nothing when that changes nothing.

        Refused while a pack is missing that it was extracted with before, unless `without` names that pack. Claims keep their number where place and frame agree, new ones get numbers at the end, vanished ones
        that nobody has touched are superseded, and what a person has touched stays as it is.
        """
        from factcheck import text

        person = self._person(by)
        found = self.source(source)
        if found.format == "checks":
            raise Refused(
                f"{source} holds checks of others; nothing is suggested from it.",
                where=source,
                remedy="factcheck import takes a newer file in",
            )
        if found.replaced_by:
            raise Refused(
                f"{source} was replaced by {found.replaced_by}.",
                where=source,
                remedy=f"factcheck ingest --again {found.replaced_by}",
            )
        chosen = self._chosen(found.id, packs, without)
        extraction = text.extract(
            self.text(found),
            packs=chosen,
            known=self._decided(found.id, *(each.id for each in self.older(found.id))),
            stages=stages_here(plugins=plugins),
        )

        def build() -> list[Draft]:
            self._refuse_lost(found.id, chosen, without)
            return _drafts(self._extracted(found.id, extraction, self._before(found.id)))

        return self._commit(build, by=person, on=(found.id,), id=id)

    def date(
        self, source: str, date: str, *, by: str | None = None, at: int | None = None
    ) -> tuple[Event, ...]:
        """Record when a source was said or written: a day or a range."""
        person = self._person(by)
        body = bodies.SourceDated(date=checked_date(date))
        return self._commit(
            lambda: [Draft("source.dated", self.source(source).id, body)], by=person, on=(source,), at=at
        )

    def _begun(self, digest: str) -> Source | None:
        return self._index.source_with("sha256", digest)

    def _unlike(self, begun: Source | None, replaces: str) -> Source | None:
        """What a crash left half done is ended as it was begun."""
        if begun and begun.replaces != replaces:
            raise Refused(
                f"this document was taken in as {begun.id}, which does not replace {replaces}.",
                where=begun.id,
                remedy="ingest it again without --replaces",
            )
        return begun

    def _known(self, digest: str) -> Source | None:
        """The source with these bytes whose suggestions were lost in a crash. Refused when it has them."""
        found = self._begun(digest)
        if found and found.suggestions:
            raise Refused(
                f"this document is already here as {found.id}.",
                where=found.path,
                seen=f"the same SHA-256 {digest[:16]}…",
                remedy=f"factcheck list --source {found.id}",
            )
        return found

    def _taken_in(self, source: str, received: Received, replaces: str = "") -> Draft:
        """Keep a document and the text that was read of it, and the event that says so."""
        body = bodies.SourceIngested(
            title=received.title,
            path=self._file_away(received.document, received.data, source),
            sha256=received.sha256,
            characters=len(received.read.text),
            date=received.date,
            replaces=replaces or None,
            format=received.read.format,
            encoding=received.read.encoding,
            decided=received.read.decided,
            maker=received.read.maker,
            derived=keep_text(self._keep, self.folder, source, received.read),
        )
        return Draft("source.ingested", source, body)

    def _file_away(self, document: Path, data: bytes, source: str) -> str:
        """Keep the bytes under claims/; a document that already lies there stays where it is."""
        claims = (self.folder / "claims").resolve()
        name, real = safe_name(document.name), document.resolve()
        if real.parent == claims and real.name == name and not _RESERVED.match(name):
            return f"claims/{name}"
        taken = self._index.source_with("path", f"claims/{name}")
        if taken or (claims / name).exists() or _RESERVED.match(name):
            name = f"{source}-{name}"
        self._keep(claims / name, data)
        return f"claims/{name}"

    def _extracted(self, source: str, extraction: "text.Extraction", before: Before) -> Draft | None:
        """Keep the suggestions beside the source, and the event that names them; None when nothing is new."""
        found = suggested(source, extraction, before)
        path = f"claims/{source}.suggestions-{found.sha256}.jsonl"
        known = self._index.value(source)
        if isinstance(known, Source) and known.suggestions == path:
            return None
        self._keep(self.folder / path, found.data)
        body = bodies.SourceExtracted(
            suggestions=path,
            sha256=found.sha256,
            extractor=extraction.extractor,
            rules=extraction.rules,
            packs=tuple(bodies.PackBody(name=name, sha256=sha256) for name, sha256 in extraction.packs),
            language=extraction.language,
            first=before.first,
            count=found.new,
            first_reading=before.first_reading,
            readings=found.new_readings,
            kept=found.kept or None,
            kept_readings=found.kept_readings or None,
            superseded=found.gone or None,
        )
        return Draft("source.extracted", source, body, by=f"tool:{extraction.extractor}")

    def _before(self, source: str, touched: Touched | None = None) -> Before:
        """What the case knows of a source that is extracted (again); `touched`: what is known of other claims already."""
        return (touched or self._touched_now()).before(
            source,
            [claim for claim in self.claims(source) if claim.untouched],
            self._index.readings(source),
            first=self._index.next_number("C"),
            first_reading=self._index.next_number("R"),
        )

    def _touched_now(self) -> Touched:
        touched = self._touched()
        bases = [base for c in touched if isinstance(base := self._index.base(c.id), Claim)]
        return Touched.of(self.head.size, touched, bases)

    def _decided(self, *versions: str) -> "text.KnownReadings":
        """What people decided about misheard words: all of these versions, and what was accepted in other sources.

        A rejection holds where it was made: somewhere else nobody has looked at those words yet.
        """
        from factcheck import text

        acted_upon = map(self._index.value, (f"R{number}" for number in self._index.acted_upon("R")))
        readings = [each for each in acted_upon if isinstance(each, Reading)]
        own = [each for each in readings if each.source in versions]
        mine = [(each.heard, each.meant) for each in own if each.state == "accepted"]
        rejected = [
            (r.heard, r.meant) for r in own if r.state == "rejected" and (r.heard, r.meant) not in mine
        ]
        others = [(r.heard, r.meant) for r in readings if r.state == "accepted" and r.source not in versions]
        accepted = [*mine, *(pair for pair in others if pair not in rejected)]
        return text.KnownReadings(tuple(_forms(accepted)), tuple(_forms(rejected)))


def stages_here(*, plugins: bool) -> "text.Stages":
    """What runs on this desk: with the plug-ins that are installed, or without any."""
    from factcheck import text

    return text.installed_stages() if plugins else text.SHIPPED


def _drafts(*drafts: Draft | None) -> list[Draft]:
    return [each for each in drafts if each is not None]


def _forms(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each pair once, as the words stand in the source and as they read when its lines are joined."""
    return iter(
        dict.fromkeys(form for heard, meant in pairs for form in ((heard, meant), (squeezed(heard), meant)))
    )
