"""A whole folder taken in: its documents become sources one by one, then workers extract all that wait for it."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.case.desk import Draft
from factcheck.case.sources import Ingesting, receive, stages_here
from factcheck.case.touched import Touched
from factcheck.case.vouching import Vouching
from factcheck.errors import BadData, FactcheckError, NotFound, Refused, Usage
from factcheck.events import Event
from factcheck.files import read_document
from factcheck.labels import label
from factcheck.model import Source, checked_date

if TYPE_CHECKING:
    from factcheck import text
    from factcheck.case.crews import Crew

Progress = Callable[[str, int, int], None]
"""Told of every document: "ingest" or "extract", how many are done, how many there are."""
RECORD = frozenset({"claims", "evidence", "exports"})


@dataclass(frozen=True, slots=True)
class Known:
    """A document that the case held already, as this source."""

    file: str
    source: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A document that could not be taken in, or a source that could not be extracted, and why."""

    where: str
    error: FactcheckError

    def __str__(self) -> str:
        told = str(self.error)
        return told if self.where in told else f"{self.where}: {told}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came of a folder: ids of new sources, and of those that have suggestions now (`count` of them in all)."""

    ingested: tuple[str, ...]
    extracted: tuple[str, ...]
    skipped: tuple[Known, ...]
    failed: tuple[Failed, ...]
    count: int

    @property
    def exit(self) -> int:
        """The status of a command that ends with this: what all failures have in common, else 1."""
        ways = {each.error.exit for each in self.failed}
        return ways.pop() if len(ways) == 1 else int(bool(ways))

    def told(self, lang: str) -> str:
        """All of it in a sentence."""
        rest = {"known": len(self.skipped), "failed": len(self.failed)}
        if not (self.ingested or self.extracted):
            return label("cli.folder_nothing", lang, **rest)
        counts = {"new": len(self.ingested), "extracted": len(self.extracted), "suggestions": self.count}
        return label("cli.folder", lang, **counts, **rest)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to decide beside the documents: these packs, and the stages as they are installed here."""

    packs: "tuple[text.Pack, ...]"
    plugins: bool
    extractor: str
    rules: str

    def compare(self, found: "text.Extraction") -> None:
        """BadData for what other rules than those of this desk have found: its record would say what never ran here."""
        if (found.extractor, found.rules) != (self.extractor, self.rules):
            raise BadData(
                "a worker has other rules or plug-ins than this desk.",
                seen=f"{found.extractor}, rules {found.rules[:12]}; here {self.extractor}, {self.rules[:12]}",
                remedy="install the same factcheck and the same plug-ins where the workers run",
            )


class Gathering(Vouching, Ingesting):
    """folder -> sources -> suggestions; what is left when it ends early is the queue of the next time."""

    def ingest_folder(
        self,
        folder: Path | str,
        *,
        workers: int = 0,
        dask: str = "",
        date: str = "",
        packs: Sequence[Path] = (),
        without: Sequence[str] = (),
        plugins: bool = True,
        progress: Progress = lambda _stage, _done, _total: None,
        by: str | None = None,
    ) -> Gathered:
        """Take in every document of a folder and of those in it, and extract all sources that wait for it.

        `workers` is a number of processes (0: one for each core), `dask` the address of a scheduler to use instead.
        What is recorded is what `ingest` records document by document, first all sources in the order of their
        names, then all suggestions in the order of the sources. What cannot be read stops nothing: it is named in
        `failed`. Whenever this ends before its time, the same call goes on where it stopped. Acts that their
        author can sign are signed at the end, all at once.
        """
        from factcheck.case.crews import crew

        person, date = self._person(by), checked_date(date)
        stages = stages_here(plugins=plugins)
        asked = Asked(self._chosen("", packs, without), plugins, stages.extractor, stages.rules)
        found = list(self._documents(Path(folder)))
        hands = crew(workers, dask)
        try:
            with self._signed_together(person):
                taken = list(self._take_all(found, date, person, progress))
                done = list(self._extract_all(hands, asked, person, progress))
        finally:
            hands.close()
        sources = [self.source(each) for each in done if isinstance(each, str)]
        return Gathered(
            tuple(each for each in taken if isinstance(each, str)),
            tuple(each.id for each in sources),
            tuple(each for each in taken if isinstance(each, Known)),
            tuple(each for each in (*taken, *done) if isinstance(each, Failed)),
            sum(each.count for each in sources),
        )

    def _documents(self, folder: Path) -> Iterator[Path | Failed]:
        """The documents below a folder in the order of their names, and what is none; a case's own record is left out."""
        real = folder.resolve()
        if any(real.is_relative_to((self.folder / name).resolve()) for name in RECORD):
            raise Refused(
                "this folder is the record of the case.",
                where=str(folder),
                remedy="name the folder with the documents that came in",
            )
        if not folder.is_dir():
            raise NotFound("there is no such folder.", where=str(folder), remedy="check the name")
        yield from _below(folder)

    def _take_all(
        self, found: Sequence[Path | Failed], date: str, person: str, progress: Progress
    ) -> Iterator[str | Known | Failed]:
        for done, each in enumerate(found, 1):
            yield each if isinstance(each, Failed) else self._new_source(each, date, person)
            progress("ingest", done, len(found))

    def _new_source(self, document: Path, date: str, person: str) -> str | Known | Failed:
        """Make a source of a document that the case does not hold; the id of the source."""
        try:
            held = self._begun(hashlib.sha256(read_document(document)).hexdigest())
            received = None if held else receive(document, date=date)
        except FactcheckError as error:
            return Failed(str(document), error)
        if received is None:
            return Known(str(document), held.id if held else "")

        def build() -> list[Draft]:
            if self._begun(received.sha256):
                return []
            return [self._taken_in(f"S{self._index.next_number('S')}", received)]

        try:
            events = self._commit(build, by=person)
        except Usage as error:  # its name, or a word in it, cannot stand in the ledger
            return Failed(str(document), error)
        held = self._begun(received.sha256)
        return events[0].subject if events else Known(str(document), held.id if held else "")

    def _extract_all(
        self, hands: "Crew", asked: Asked, person: str, progress: Progress
    ) -> Iterator[str | Failed]:
        """Extract what waits and record it, in the order of the sources; the id of each that has suggestions now."""
        from factcheck.case.dealing import Dealing, Waiting
        from factcheck.text.chunks import Chunk

        left = self._unextracted()
        waiting = [each for each in left if not each.replaces]
        unread = [_half_done(each) for each in left if each.replaces]

        def queue() -> Iterator[Waiting]:
            for source in waiting:
                try:
                    yield Waiting(source.id, self._read_text(source))
                except BadData as error:
                    unread.append(Failed(source.id, error))

        def chunk(texts: tuple[str, ...]) -> Chunk:
            return Chunk(texts, asked.packs, self._decided(), asked.plugins)

        touched = self._touched_now()
        progress("extract", 0, len(waiting))
        for done, (source, found) in enumerate(Dealing(queue(), chunk, hands), 1):
            progress("extract", done, len(waiting))
            if isinstance(found, FactcheckError):
                yield Failed(source, found)
                continue
            asked.compare(found)
            touched = self._touched_since(touched)
            if self._record(source, found, touched, person):
                yield source
        yield from unread

    def _unextracted(self) -> list[Source]:
        """The sources without suggestions; checks of others suggest nothing, and an older version no more."""
        held = [each for each in self.sources() if not each.suggestions]
        return [each for each in held if not each.replaced_by and each.format != "checks"]

    def _record(
        self, source: str, extraction: "text.Extraction", touched: Touched, person: str
    ) -> tuple[Event, ...]:
        """Record the suggestions of a source, unless somebody else has done so meanwhile."""

        def build() -> list[Draft]:
            if self.source(source).suggestions:
                return []
            before = self._before(source, self._touched_since(touched))
            draft = self._extracted(source, extraction, before)
            return [draft] if draft else []

        return self._commit(build, by=person)

    def _touched_since(self, touched: Touched) -> Touched:
        """The same, read anew where a line since then has touched a claim or came from another desk."""
        for event in self._index.events(newest_first=True):
            line = event.as_written
            if line.seq <= touched.lines:
                break
            if line is not event or any(name.startswith("C") for name in event.touches):
                return self._touched_now()
        return replace(touched, lines=self.head.size)

    @contextmanager
    def _signed_together(self, person: str) -> Iterator[None]:
        """Record first and sign afterwards: a key that asks for a touch is touched once."""
        before, begun = self.defers_signing, len(self.deferred)
        self.defers_signing = True
        try:
            yield
        finally:
            self.defers_signing = before
        own = [each.id for each in self.deferred[begun:]]
        if before or not own:
            return
        try:
            self.sign(only=own, by=person)
            self.deferred = self.deferred[:begun]
        except FactcheckError as error:
            self.notices.append(f"{error} It is recorded unsigned; sign it later: factcheck sign")


def _below(folder: Path) -> Iterator[Path | Failed]:
    """Every plain file in a folder and in those below it, by name; links and what else is no file are named."""
    left = _inside(folder)
    while left:
        entry = left.pop()
        path = Path(entry.path)
        if entry.is_symlink():
            yield Failed(
                str(path),
                _no_document(path, "this is a link; only what lies in the folder itself is taken in."),
            )
        elif entry.is_dir():
            try:
                left += _inside(path)
            except OSError as error:
                seen = error.strerror or str(error)
                yield Failed(str(path), _no_document(path, "this folder cannot be read.", seen))
        elif entry.is_file():
            yield path
        else:
            yield Failed(str(path), _no_document(path, "this is no file."))


def _inside(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, the first name last; without dot files and, in a case, without its record."""
    held = RECORD if (folder / "claims" / "ledger.jsonl").is_file() else frozenset()
    with os.scandir(folder) as found:
        kept = [each for each in found if not each.name.startswith(".") and each.name not in held]
    return sorted(kept, key=lambda each: each.name, reverse=True)


def _half_done(source: Source) -> Failed:
    """A newer version moves the claims of the older one: that is done with the document in hand."""
    what = f"{source.id} was not taken in to its end as the newer version of {source.replaces}."
    remedy = f"factcheck ingest FILE --replaces {source.replaces}"
    return Failed(source.id, Refused(what, where=source.id, remedy=remedy))


def _no_document(path: Path, what: str, seen: str = "") -> Refused:
    return Refused(what, where=str(path), seen=seen, remedy="put plain files there")
