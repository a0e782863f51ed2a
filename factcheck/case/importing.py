"""Taking in what others have checked: each becomes a claim here, with what they found beside it, never as our verdict."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.case.desk import Draft, checked_title, safe_name
from factcheck.case.papers import Paper, read_paper
from factcheck.case.sources import Ingesting
from factcheck.errors import BadData
from factcheck.events import Body, Event, bodies, snapshots
from factcheck.files import read_document
from factcheck.model import Checkable, ClaimType, Scale, shipped_scale

if TYPE_CHECKING:
    from factcheck.text.checks import Check, Checks, Skipped

_PAPER = Paper(
    "this is no map of labels.",
    "this map of labels cannot be read.",
    'write [supported] and words = ["true", ...] for each rating of the shipped scale',
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: its source ("" when all was known), the new claims, how many were known, and what was no check."""

    source: str
    claims: tuple[str, ...]
    known: int
    skipped: "tuple[Skipped, ...]"
    events: tuple[Event, ...]


class Words(Body):
    words: tuple[str, ...]


class Importing(Ingesting):
    """other people's checks -> source -> claims with a prior."""

    def import_checks(
        self,
        file: Path | str,
        *,
        title: str = "",
        map: Path | str | None = None,
        by: str | None = None,
        id: str = "",
    ) -> Imported:
        """Take in a file of checks as a source, byte for byte, with an accepted claim for each check that is new here.

        `map` adds words of others to the shipped ones (factcheck/data/ratings.toml). BadData when the file holds none.
        """
        from factcheck.text.checks import MAKER, read_checks

        person, path = self._person(by), Path(file)
        data = read_document(path)
        read = read_checks(data, where=str(file))
        labels = shipped_labels() | (read_labels(Path(map)) if map else {})
        digest = hashlib.sha256(data).hexdigest()
        named = checked_title(title) if title else Path(safe_name(path.name)).stem
        made: list[int] = []

        def build() -> list[Draft]:
            here = {(each.publisher, each.ref) for claim in self.claims() for each in claim.priors}
            fresh = _fresh(read, here)
            made[:] = [len(read.checks) - len(fresh)]
            if not fresh:
                return []
            begun = self._begun(digest)
            source = begun.id if begun else f"S{self._index.next_number('S')}"
            first = self._index.next_number("C")
            ingested = [] if begun else [Draft("source.ingested", source, taken_in(source))]
            return ingested + [
                Draft("claim.added", f"C{n}", _added(source, start, check, self.scale, labels))
                for n, (start, check) in enumerate(fresh, first)
            ]

        def taken_in(source: str) -> bodies.SourceIngested:
            text = read.text.encode("utf-8")
            derived = hashlib.sha256(text).hexdigest()
            lies = f"claims/{source}.text-{derived}.txt"
            self._keep(self.folder / lies, text)
            return bodies.SourceIngested(
                title=named,
                path=self._file_away(path, data, source),
                sha256=digest,
                characters=len(read.text),
                date="",
                format="checks",
                encoding=read.encoding,
                decided=read.decided,
                maker=MAKER,
                derived=bodies.DerivedText(path=lies, sha256=derived),
            )

        events = self._commit(build, by=person, id=id)
        claims = tuple(each.subject for each in events if each.kind == "claim.added")
        source = self.claim(claims[0]).mentions[0].source if claims else ""
        return Imported(source, claims, made[0] if made else 0, read.skipped, events)

    def holds_checks(self, file: Path | str) -> bool:
        """True for a file that `import_checks` would read: no document of a talk, but checks of others."""
        from factcheck.text.checks import read_checks

        try:
            read_checks(read_document(Path(file)), where=str(file))
        except BadData:
            return False
        return True


def _fresh(read: "Checks", here: set[tuple[str, str]]) -> "list[tuple[int, Check]]":
    """The checks that are not here yet, each once, with the place of their line in the text."""
    found, known, at = [], set(here), 0
    for each in read.checks:
        if (each.publisher, each.ref) not in known:
            known.add((each.publisher, each.ref))
            found.append((at, each))
        at += len(each.text) + 1
    return found


def _added(
    source: str, start: int, check: "Check", scale: Scale, labels: Mapping[str, str]
) -> bodies.ClaimAdded:
    rating, lost = rated(check, scale, labels)
    mention = snapshots.MentionBody(source=source, start=start, end=start + len(check.text), quote=check.text)
    claim = snapshots.ClaimBody(
        statement=check.text, type=ClaimType.EVENT, checkable=Checkable.YES, priority=0, mentions=(mention,)
    )
    prior = bodies.PriorBody(
        ref=check.ref,
        publisher=check.publisher,
        url=check.url,
        label=check.label,
        rating=rating,
        date=check.date,
        lost=(*check.lost, *lost),
    )
    return bodies.ClaimAdded(claim=claim, prior=prior)


def rated(check: "Check", scale: Scale, labels: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The rating of this scale that a check comes nearest to, "" for none, and what is lost by that (codes)."""
    shipped, lost = shipped_scale(), []
    rating = check.key if shipped.get(check.key) else labels.get(_folded(check.label), "")
    if not rating and check.number:
        value, worst, best = check.number
        rating = next(
            each.rating
            for each in shipped.ratings
            if each.value == round(1 + 4 * (value - worst) / (best - worst))
        )
        if (worst, best) != (1, 5) or value != round(value):
            lost.append("number_scaled")
    if not rating:
        return "", ("label_unknown",)
    if scale == shipped:
        return rating, tuple(lost)
    known = shipped.get(rating)
    own = [each.rating for each in scale.ratings if known and each.value == known.value and each.value]
    return (own[0], (*lost, "own_scale")) if own else ("", (*lost, "no_place"))


def shipped_labels() -> dict[str, str]:
    """What others call a verdict, folded, and the rating of the shipped scale for it."""
    text = resources.files("factcheck").joinpath("data/ratings.toml").read_text("utf-8")
    return _labels(tomllib.loads(text))


def read_labels(path: Path) -> dict[str, str]:
    """A team's own map, in the form of factcheck/data/ratings.toml. BadData with file and line."""
    known = {each.rating for each in shipped_scale().ratings}
    found: dict[str, str] = {}

    def taken(table: dict[str, Any]) -> Words:
        for row in table.values():
            Words.model_validate(row if isinstance(row, dict) else {})
        found.update(_labels(table))
        return Words(words=tuple(found))

    read_paper(path, _PAPER, taken)
    strange = sorted(set(found.values()) - known)
    if strange:
        raise BadData(
            "a map of labels leads to ratings of the shipped scale.",
            where=str(path),
            seen=", ".join(strange),
            remedy=f"use {', '.join(sorted(known))}",
        )
    return found


def _labels(table: Mapping[str, Any]) -> dict[str, str]:
    return {_folded(word): rating for rating, row in table.items() for word in row["words"]}


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split()).strip(" .!。！\"“”'")
