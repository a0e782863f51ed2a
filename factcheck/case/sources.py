"""Taking a document in: its bytes are kept as received, its claims are suggested with the exact place."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case.desk import Desk, Draft, checked_title, safe_name
from factcheck.case.suggesting import Before, frame, group_number, suggested
from factcheck.errors import BadData, NotFound, Refused, Usage
from factcheck.events import Event, bodies
from factcheck.files import keep, read_plain
from factcheck.model import Claim, ClaimState, Source, is_date
from factcheck.state import squeezed

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
        plugins: bool = True,
        by: str | None = None,
        id: str = "",
    ) -> Source:
        """Add a document as a source, with its suggestions.

        `date` is a day, a range "first..last", or "" for unknown. The case's own packs
        (claims/packs/*.toml) and the shipped ones repair names; `packs` adds more files.
        Installed plug-ins stand in for their stages, unless `plugins` is False.
        """
        from factcheck import text

        person = self._person(by)
        document = Path(document)
        data = read_document(document)
        words = text.decode(data, where=str(document))
        extraction = text.extract(
            words, packs=self.packs(packs), known=self._decided(), stages=_stages(plugins=plugins)
        )
        digest = hashlib.sha256(data).hexdigest()
        date = checked_date(date)
        named = checked_title(title) if title else Path(safe_name(document.name)).stem

        def build() -> list[Draft]:
            known = self._known(digest)
            if known:
                return _drafts(self._extracted(known.id, extraction, self._before(known.id)))
            source = f"S{self._index.next_number('S')}"
            path = self._file_away(document, data, source)
            ingested = bodies.SourceIngested(
                title=named, path=path, sha256=digest, characters=len(words), date=date
            )
            extracted = self._extracted(source, extraction, self._before(source))
            return _drafts(Draft("source.ingested", source, ingested), extracted)

        events = self._commit(build, by=person, id=id)
        return self.source(events[0].subject)

    def reextract(
        self,
        source: str,
        *,
        packs: Sequence[Path] = (),
        plugins: bool = True,
        by: str | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Extract a source anew with today's rules, packs and decided readings; nothing when that changes nothing.

        Claims keep their number where place and frame agree, new ones get numbers at the end, vanished ones
        that nobody has touched are superseded, and what a person has touched stays as it is.
        """
        from factcheck import text

        person = self._person(by)
        found = self.source(source)
        extraction = text.extract(
            self.text(found),
            packs=self.packs(packs),
            known=self._decided(found.id),
            stages=_stages(plugins=plugins),
        )
        return self._commit(
            lambda: _drafts(self._extracted(found.id, extraction, self._before(found.id))),
            by=person,
            on=(found.id,),
            id=id,
        )

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

    def _extracted(self, source: str, extraction: "text.Extraction", before: Before) -> Draft | None:
        """Keep the suggestions beside the source, and the event that names them; None when nothing is new."""
        found = suggested(source, extraction, before)
        path = f"claims/{source}.suggestions-{found.sha256}.jsonl"
        known = self._index.value(source)
        if isinstance(known, Source) and known.suggestions == path:
            return None
        keep(self.folder / path, found.data)
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

    def _before(self, source: str) -> Before:
        """What the case knows of a source that is extracted (again)."""
        touched = [claim for claim in self.page(self._index.acted_upon()) if not claim.untouched]
        untouched = [claim for claim in self.claims(source) if claim.untouched]
        bases = [base for c in touched if isinstance(base := self._index.base(c.id), Claim)]
        readings = tuple(self._index.readings(source))
        open_ = [c.id for c in untouched if c.state is ClaimState.SUGGESTED]
        open_ += [each.id for each in readings if each.state == "proposed"]
        groups = {claim.id: claim.group for claim in (*untouched, *touched)}
        return Before(
            first=self._index.next_number("C"),
            first_reading=self._index.next_number("R"),
            framed={
                frame(each): each.id for each in (*untouched, *bases) if each.mentions[0].source == source
            },
            taken={(m.start, m.end): c.id for c in touched for m in c.mentions if m.source == source},
            groups=groups,
            readings=readings,
            open=frozenset(open_),
            apart={(str(kind), claim.id, other) for claim in touched for kind, other in claim.apart},
            highest_group=max(map(group_number, groups.values()), default=0),
        )

    def _decided(self, source: str = "") -> "text.KnownReadings":
        """What people decided about misheard words: all of this source, and what was accepted in the others.

        A rejection holds where it was made: somewhere else nobody has looked at those words yet.
        """
        from factcheck import text

        readings = self._index.all("R")
        own = {(each.heard, each.meant): each.state for each in readings if each.source == source}
        mine = [pair for pair, state in own.items() if state == "accepted"]
        others = [(r.heard, r.meant) for r in readings if r.state == "accepted" and r.source != source]
        accepted = [*mine, *(pair for pair in others if own.get(pair) != "rejected")]
        rejected = [pair for pair, state in own.items() if state == "rejected" and pair not in accepted]
        return text.KnownReadings(tuple(_forms(accepted)), tuple(_forms(rejected)))


def _stages(*, plugins: bool) -> "text.Stages":
    from factcheck import text

    return text.installed_stages() if plugins else text.SHIPPED


def _drafts(*drafts: Draft | None) -> list[Draft]:
    return [each for each in drafts if each is not None]


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


def _forms(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each pair once, as the words stand in the source and as they read when its lines are joined."""
    return iter(
        dict.fromkeys(form for heard, meant in pairs for form in ((heard, meant), (squeezed(heard), meant)))
    )
