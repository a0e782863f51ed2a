"""Looking at a case: what it holds, what waits, what was said and what was done. Nothing here writes."""

import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.case.opening import Opening
from factcheck.errors import BadData, NotFound, Refused, Usage
from factcheck.events import Event, Head
from factcheck.events.bodies import EventUndone
from factcheck.index import Query
from factcheck.labels import label
from factcheck.model import (
    GONE_STATES,
    WAITING,
    Capture,
    CaseInfo,
    Claim,
    Evidence,
    Export,
    Mention,
    Reading,
    Relation,
    Scale,
    Source,
    grouped,
    is_blind,
    open_ties,
    tells,
    veiled,
)
from factcheck.speech import Locator, locate, spoken
from factcheck.state import DECIDED

if TYPE_CHECKING:
    from factcheck.text.resolved import Told

T = TypeVar("T")
_ID = re.compile(r"[SCRKEX][1-9][0-9]{0,8}")


class Looking(Opening):
    """What a case holds, asked in every way that screens and commands need.

    Under blind review everything here is shown as `by` may see it: while a claim waits for a second person, nobody
    but its author is told what the first one found.
    """

    _fetched_to = 0
    """Sources, by number, whose text `fetch_text` has seen to."""

    @property
    def head(self) -> Head:
        """How long the ledger is, and its root."""
        return self._index.position.head

    @property
    def info(self) -> CaseInfo:
        """The case itself: name, policy, members."""
        return self._index.info()

    @property
    def scale(self) -> Scale:
        """The ratings that verdicts are recorded in now."""
        return self.info.scale

    def version(self, subject: str) -> int:
        """How often the subject was acted upon; pass it as `at` to act on what you saw."""
        return self._index.version(subject)

    def look(self, subject: str) -> Any:
        """Whatever has this id: a claim, source, reading, capture, evidence or export. NotFound when nothing has."""
        value = self._index.value(subject) if _ID.fullmatch(subject) else None
        if value is None:
            raise NotFound(
                f"there is no {subject!r} here.",
                where=self.info.name,
                remedy="factcheck list shows the claims; ids look like C7, S1, E3, R1, K1, X1",
            )
        return self._seen([value])[0] if isinstance(value, Claim) else value

    @property
    def blind(self) -> bool:
        """True when a second person judges without seeing the first verdict."""
        return is_blind((self._present or self._index).info().policy)

    @property
    def _veil(self) -> str | None:
        """From whom first verdicts are kept; None: from nobody. The rules of an act need all there is."""
        return self.by if self.blind and not self._acting else None

    def _seen(self, claims: list[Claim]) -> list[Claim]:
        veil = self._veil
        return claims if veil is None else [veiled(c, veil) if self._waits(c) else c for c in claims]

    def _waits(self, claim: Claim) -> bool:
        """True for a claim that two people have not judged today, whatever moment is looked at."""
        today = self._present.value(claim.id) if self._present else claim
        return isinstance(today, Claim) and today.state in WAITING

    def _tellable(self, events: Iterable[Event]) -> Iterator[Event]:
        """Events without those that tell what blind review keeps back."""
        veil = self._veil
        return (each for each in events if veil is None or not self._tells(each, veil))

    def _tells(self, event: Event, viewer: str) -> bool:
        """True for what others found of a claim that waits, and for taking that back."""
        if event.subject[0] != "C":
            return False
        meant = self._index.event(event.body.id) if isinstance(event.body, EventUndone) else event
        if meant is None or not tells(meant.kind, meant.by, viewer):
            return False
        claim = self._index.value(event.subject)
        return isinstance(claim, Claim) and self._waits(claim)

    def claim(self, claim: str) -> Claim:
        """The claim of this id."""
        return self._expect(claim, Claim, "C")

    def source(self, source: str) -> Source:
        """The source of this id."""
        return self._expect(source, Source, "S")

    def reading(self, reading: str) -> Reading:
        """The reading of this id."""
        return self._expect(reading, Reading, "R")

    def _expect(self, subject: str, kind: type[T], letter: str) -> T:
        value = self.look(subject)
        if not isinstance(value, kind):
            raise Usage(f"{subject} is not what this needs.", remedy=f"give an id that begins with {letter}")
        return value

    def sources(self) -> list[Source]:
        """Every source, in the order of arrival."""
        return self._index.all("S")

    def readings(self, source: str = "", *, start: int = 0, end: int = sys.maxsize) -> list[Reading]:
        """Readings that have a place within [start, end) of a source, or all; not those that a newer extraction left out."""
        found: list[Reading] = self._index.readings(source) if source else self._index.all("R")
        return [
            each
            for each in found
            if each.state != "superseded"
            if not source or any(a < end and b > start for a, b in each.places)
        ]

    def accepted_at(self, claim: Claim) -> tuple[str, ...]:
        """The accepted readings of words in the claim's mentions."""
        there = [each for name in {each.source for each in claim.mentions} for each in self.readings(name)]
        found = [each for each in there if each.state == "accepted" and claim.heard_in(each)]
        return tuple(each.id for each in sorted(found, key=lambda each: int(each.id[1:])))

    def decided_at(self, reading: Reading) -> list[str]:
        """The decided claims with a mention that holds a place of the reading: their verdicts stand on it."""
        held = self._index.places(reading.source)
        there = {int(place.claim[1:]) for place in held if place.state in DECIDED}
        return [claim.id for claim in self.page(sorted(there)) if claim.heard_in(reading)]

    def captures(self) -> list[Capture]:
        """Every capture, in order."""
        return self._index.all("K")

    def evidence(self) -> list[Evidence]:
        """Every piece of evidence, in order."""
        return self._index.all("E")

    def pieces(self, claim: Claim) -> tuple[Evidence, ...]:
        """The evidence of a claim, withdrawn pieces too, each with what became of its page since."""
        return tuple(self.look(each.id) for each in claim.evidence)

    def removed(self, pieces: Iterable[Evidence]) -> frozenset[str]:
        """The captures that these pieces cite and whose bytes were removed by order."""
        cited = {each.capture for each in pieces if each.capture}
        return frozenset(each for each in cited if self.look(each).withheld)

    def exports(self) -> list[Export]:
        """Every export, in order."""
        return self._index.all("X")

    def numbers(self, query: Query | None = None) -> list[int]:
        """The numbers of the claims that a query asks for, in its order: cheap, also for a million."""
        return self.found(query or Query()).tolist()

    def found(self, query: Query, unless: Callable[[], bool] | None = None) -> "array[int]":
        """The same in four bytes a number; once `unless` says True the search is given up, and nothing is found."""
        asked = replace(query, veil=self._veil)
        found = self._index.found(asked, unless)
        if self._present is None or asked.veil is None or not (asked.rating or asked.text):
            return found
        return array("I", (each.number for each in self._index.claims(found) if not self._waits(each)))

    def page(self, numbers: Sequence[int]) -> list[Claim]:
        """The claims of these numbers."""
        return self._seen(self._index.claims(numbers))

    def claims(self, source: Source | str = "", query: Query | None = None) -> list[Claim]:
        """Claims in the order of the text (or as the query says), of one source or all."""
        name = source.id if isinstance(source, Source) else source
        return self.page(self.numbers(query or Query(source=name)))

    def ties(self, claim: Claim) -> tuple[Relation, ...]:
        """The ties of a claim that still say something, proposals about gone claims left out."""
        others = {each.id: each.state for each in self.page([int(tie.other[1:]) for tie in claim.relations])}
        return open_ties(claim, others.get)

    def alike(self, claim: Claim) -> list[Claim]:
        """The claims of the same proposed group that still stand and that no tie names yet; at most twenty."""
        named = {each.other for each in self.ties(claim)}
        return [each for each in self.same_group(claim) if each.id not in named]

    def same_group(self, claim: Claim) -> list[Claim]:
        """The claims that extraction says say the same, that still stand and that nobody took out; at most 20."""
        found = self.page(self.numbers(Query(group=claim.group))[:21]) if claim.group else []
        return [each for each in found if grouped(claim, each) and each.state not in GONE_STATES]

    def search(self, text: str) -> list[Claim]:
        """Claims whose statement, words, evidence or reasons hold `text`; two Chinese characters are enough."""
        return self.claims(query=Query(text=text)) if text.strip() else []

    def counts(self) -> dict[str, int]:
        """How many claims are in each state."""
        return self._index.counts("state")

    def trail(self, subject: str = "") -> list[Event]:
        """Every event that touched a subject (or the whole case), in order."""
        if not subject:
            return list(self._tellable(self._index.events()))
        if subject != "case":
            self.look(subject)
        return list(self._tellable(self._index.history(subject)))

    def kept_back(self, subject: str = "") -> int:
        """How many events blind review keeps back from this trail."""
        every = self._index.history(subject) if subject else self._index.events()
        return sum(1 for _ in every) - len(self.trail(subject)) if self._veil is not None else 0

    def events(self, *, before: int | None = None, by: str = "") -> Iterator[Event]:
        """Events, the newest first."""
        return self._tellable(self._index.events(by=by, newest_first=True, before=before))

    def times(self, claim: Claim) -> list["Told"]:
        """The times in the words of a claim, resolved on its sources' dates; computed anew, never stored."""
        from factcheck.text.resolved import told_times

        found: list[Told] = []
        for name in dict.fromkeys(each.source for each in claim.mentions):
            places = [(each.start, each.end) for each in claim.mentions if each.source == name]
            found += told_times(name, self.text(name), places, self.source(name).date)
        return found

    def text(self, source: Source | str) -> str:
        """The whole text of a source, decoded; offsets of mentions are code points of it."""
        name = source.id if isinstance(source, Source) else source
        if name not in self._texts:
            self._texts[name] = self._read_text(self.source(name))
        return self._texts[name]

    def place(self, mention: Mention) -> Locator:
        """When and by whom a mention was said, and on which page, where its source tells; nothing where it is gone."""
        try:
            text = self.text(mention.source)
        except BadData:
            return Locator()
        return locate(text, mention.start)

    def where_said(self, mention: Mention) -> str:
        """The same in the reader's words: 00:12:31 Dana Whitfield; "" when the source does not tell."""
        found = self.place(mention)
        page = label("place.page", self.lang, number=found.page) if found.page else ""
        return " ".join(filter(None, (found.time, found.speaker, page)))

    def words(self, mention: Mention) -> str:
        """What was said at a mention, on one line, without what stands around the words in the source."""
        return " ".join(spoken(mention.quote, self.source(mention.source).format).split())

    def fetch_text(self) -> bool:
        """See that the text of one more source is in the folder; False when all are. Unavailable while that cannot be known.

        What else is wrong with a file is said where it is looked at.
        """
        if self._fetched_to + 1 >= self._index.next_number("S"):
            return False
        source = self._index.value(f"S{self._fetched_to + 1}")
        if isinstance(source, Source):
            with suppress(NotFound, BadData, Refused, OSError):
                self._files.bring(*_text_file(source))
        self._fetched_to += 1
        return True

    def _read_text(self, source: Source) -> str:
        path = self.folder / _text_file(source)[0]
        try:
            return self._files.read(*_text_file(source)).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadData(
                f"source {source.id} cannot be read.",
                where=str(path),
                seen=str(error),
                remedy="restore the file from a copy or from git",
            ) from error


def _text_file(source: Source) -> tuple[str, str]:
    """Path and SHA-256 of the text that was read."""
    return source.derived or source.path, source.derived_sha256 or source.sha256
