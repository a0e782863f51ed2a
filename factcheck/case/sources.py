"""Taking a document in: its bytes are kept as received, its claims are suggested with the exact place."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case.desk import Desk, Draft, checked_title, safe_name
from factcheck.errors import BadData, NotFound, Refused, Usage
from factcheck.events import (
    Event,
    SuggestedClaim,
    SuggestedReading,
    SuggestedRegion,
    bodies,
    canonical,
)
from factcheck.events.suggestions import SuggestedCalculation, SuggestedRelation, SuggestedWhy
from factcheck.files import keep, read_plain
from factcheck.model import MUTUAL, Checkable, ClaimType, RelationKind, Source, is_date

if TYPE_CHECKING:
    from factcheck import text

LARGEST_FILE = 256 * 1024 * 1024
_RESERVED = re.compile(
    r"^(\.|torn-|readme|ledger\.jsonl|checkpoint|packs|allowed_signers|s\d+[.-])", re.IGNORECASE
)


class Ingesting(Desk):
    """document -> source -> suggestions."""

    def ingest(
        self,
        document: Path | str,
        *,
        title: str = "",
        date: str = "",
        packs: Sequence[Path] = (),
        by: str | None = None,
        id: str = "",
    ) -> Source:
        """Add a document as a source, with its suggestions.

        `date` is a day, a range "first..last", or "" for unknown. The case's own packs
        (claims/packs/*.toml) and the shipped ones repair names; `packs` adds more files.
        """
        from factcheck import text

        person = self._person(by)
        document = Path(document)
        data = read_document(document)
        words = text.decode(data, where=str(document))
        extraction = text.extract(words, packs=self.packs(packs))
        digest = hashlib.sha256(data).hexdigest()
        date = checked_date(date)
        named = checked_title(title) if title else Path(safe_name(document.name)).stem

        def build() -> list[Draft]:
            known = self._known(digest)
            if known:
                return [self._extracted(known.id, extraction)]
            source = f"S{self._index.next_number('S')}"
            path = self._file_away(document, data, source)
            ingested = bodies.SourceIngested(
                title=named, path=path, sha256=digest, characters=len(words), date=date
            )
            return [Draft("source.ingested", source, ingested), self._extracted(source, extraction)]

        events = self._commit(build, by=person, id=id)
        return self.source(events[0].subject)

    def packs(self, more: Sequence[Path] = ()) -> "tuple[text.Pack, ...]":
        """The case's own packs first, then `more`, then the shipped ones."""
        from factcheck import text

        own = sorted((self.folder / "claims" / "packs").glob("*.toml"))
        return (*text.load_packs([*own, *more]), *text.shipped_packs())

    def date(
        self, source: str, date: str, *, by: str | None = None, at: int | None = None
    ) -> tuple[Event, ...]:
        """Record when a source was said or written: a day or a range."""
        person = self._person(by)
        body = bodies.SourceDated(date=checked_date(date))
        return self._commit(
            lambda: [Draft("source.dated", self.source(source).id, body)], by=person, on=(source,), at=at
        )

    def _known(self, digest: str) -> Source | None:
        """The source with these bytes whose suggestions were lost in a crash. Refused when it has them."""
        found = next((source for source in self.sources() if source.sha256 == digest), None)
        if found and found.suggestions:
            raise Refused(
                f"this document is already here as {found.id}.",
                where=found.path,
                seen=f"the same SHA-256 {digest[:16]}…",
                remedy=f"factcheck list --source {found.id}",
            )
        return found

    def _file_away(self, document: Path, data: bytes, source: str) -> str:
        """Keep the bytes under claims/; a document that already lies there stays where it is."""
        claims = (self.folder / "claims").resolve()
        name, real = safe_name(document.name), document.resolve()
        if real.parent == claims and real.name == name and not _RESERVED.match(name):
            return f"claims/{name}"
        taken = {each.path for each in self.sources()}
        if f"claims/{name}" in taken or (claims / name).exists() or _RESERVED.match(name):
            name = f"{source}-{name}"
        keep(claims / name, data)
        return f"claims/{name}"

    def _extracted(self, source: str, extraction: "text.Extraction") -> Draft:
        from factcheck import text

        first, first_reading = self._index.next_number("C"), self._index.next_number("R")
        readings = _readings(source, extraction, first_reading)
        lines = [
            *(SuggestedRegion(start=r.start, end=r.end, role=r.role) for r in extraction.regions),
            *_claims(source, extraction, first),
            *readings,
        ]
        data = b"".join(canonical(line.model_dump(mode="json")) + b"\n" for line in lines)
        digest = hashlib.sha256(data).hexdigest()
        path = f"claims/{source}.suggestions-{digest}.jsonl"
        keep(self.folder / path, data)
        body = bodies.SourceExtracted(
            suggestions=path,
            sha256=digest,
            extractor=text.EXTRACTOR,
            rules=text.rules_version(),
            packs=tuple(bodies.PackBody(name=name, sha256=sha256) for name, sha256 in extraction.packs),
            language=extraction.language,
            first=first,
            count=len(extraction.claims),
            first_reading=first_reading,
            readings=len(readings),
        )
        return Draft("source.extracted", source, body, by=f"tool:{text.EXTRACTOR}")


def read_document(document: Path) -> bytes:
    """The bytes of a file that somebody names. NotFound or BadData in a sentence."""
    try:
        return read_plain(document, most=LARGEST_FILE)
    except FileNotFoundError as error:
        raise NotFound("there is no such file.", where=str(document), remedy="check the name") from error
    except OSError as error:
        remedy = "give a plain file, or the part of it that matters"
        raise BadData(
            "this file cannot be read.", where=str(document), seen=str(error.strerror), remedy=remedy
        ) from error


def checked_date(date: str) -> str:
    """Nothing, a day or a range of days; Usage for anything else."""
    if not is_date(date):
        remedy = "write 2024-02-26, or a range: 2024-02-25..2024-03-02"
        raise Usage("this is no date of the calendar.", seen=ascii(date[:60]), remedy=remedy)
    return date


def _claims(source: str, extraction: "text.Extraction", first: int) -> list[SuggestedClaim]:
    ids = {each.id: f"C{first + number}" for number, each in enumerate(extraction.claims)}
    relations: dict[str, list[SuggestedRelation]] = {}
    for each in extraction.relations:
        ends = ((each.a, each.b), (each.b, each.a))
        for here, there in ends if RelationKind(each.kind) in MUTUAL else ends[:1]:
            tie = SuggestedRelation(kind=RelationKind(each.kind), other=ids[there], why=each.why)
            relations.setdefault(here, []).append(tie)
    calculations: dict[str, list[SuggestedCalculation]] = {}
    for sum_ in extraction.calculations:
        fields = {name: getattr(sum_, name) for name in ("expression", "given", "result", "holds", "needs")}
        calculations.setdefault(sum_.claim, []).append(SuggestedCalculation.model_validate(fields))
    return [
        SuggestedClaim(
            claim=ids[each.id],
            statement=each.statement,
            type=ClaimType(each.type),
            checkable=Checkable(each.checkable),
            priority=each.priority,
            mention=bodies.MentionBody(source=source, start=each.start, end=each.end, quote=each.quote),
            group=f"{source}.{each.group}" if each.group else "",
            why=tuple(SuggestedWhy(rule=w.rule, start=w.start, end=w.end, weight=w.weight) for w in each.why),
            relations=tuple(relations.get(each.id, ())),
            calculations=tuple(calculations.get(each.id, ())),
        )
        for each in extraction.claims
    ]


def _readings(source: str, extraction: "text.Extraction", first: int) -> list[SuggestedReading]:
    """One reading for every pair heard -> meant, with all its places."""
    pairs: dict[tuple[str, str], list[text.ProposedReading]] = {}
    for each in extraction.readings:
        pairs.setdefault((each.heard, each.meant), []).append(each)
    return [
        SuggestedReading(
            reading=f"R{first + number}",
            source=source,
            heard=heard,
            meant=meant,
            places=tuple((each.start, each.end) for each in places),
            score=max(each.score for each in places),
            why=places[0].why,
        )
        for number, ((heard, meant), places) in enumerate(pairs.items())
    ]
