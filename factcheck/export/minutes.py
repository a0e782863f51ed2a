"""The corrected meeting summary: every point of a source's own summary, with what was found about what it claims."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from factcheck.export.annotated import Place, Run, runs
from factcheck.export.html import written
from factcheck.export.markdown import plain, written_in_markdown
from factcheck.export.passages import Stretch, WholeText
from factcheck.export.summary import Entry, Summary
from factcheck.export.transcript import footnotes
from factcheck.model import MUTUAL

_POINT: Final = re.compile(
    r"[ \t\u3000]*(?:[-*•·●▪◦–—]|\(?[0-9]{1,3}[.)、．）]|[（(]?[一二三四五六七八九十]{1,3}[、.）)])[ \t\u3000]*"
)
_ENDS: Final = re.compile(r"[。．.!?！？；;…:：][\"”’」』）)]*\s*$")
_STRUCK: Final = (1, 2)
"""Values of ratings that say a claim is wrong: its words are struck."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about a claim that a point makes; `by` is repeats or contradicts where another claim tells it."""

    number: int
    entry: Entry
    tie: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the summary, code points [start, end) of its source, under the heading before it.

    `findings` are those of final verdicts; `waiting` counts its claims without one, `untriaged` what nobody has looked at.
    """

    source: str
    heading: str
    start: int
    end: int
    runs: tuple[Run, ...]
    findings: tuple[Finding, ...]
    waiting: int
    untriaged: int

    @property
    def said(self) -> str:
        """Whether it was checked: found, waiting, untriaged, or nothing (no claim was found in it)."""
        if self.findings:
            return "found"
        return "waiting" if self.waiting else "untriaged" if self.untriaged else "nothing"


def minutes(summary: Summary) -> dict[str, bytes]:
    """Write summary.html and summary.md."""
    told = _told(summary)
    return {
        "summary.html": written("summary.html", summary, "transcript.css", **told),
        "summary.md": written_in_markdown(
            "summary.md", summary, words=_words(summary, told["points"]), **told
        ),
    }


def _words(summary: Summary, found: Iterable[Point]) -> dict[tuple[str, int], Markup]:
    """Each point in Markdown, by where it begins."""
    struck = {each.id for each in summary.claims if each.ruling and each.ruling.value in _STRUCK}
    return {(each.source, each.start): _in_markdown(each, struck) for each in found}


def points(summary: Summary) -> tuple[Point, ...]:
    """Every point of every source's own summary, in order: nothing of it is left out."""
    known = {each.claim: each for each in footnotes(summary)}
    final = {
        claim: Finding(note.number, note.entry)
        for claim, note in known.items()
        if note.entry and note.entry.ruling and not note.entry.waits
    }
    return tuple(
        _point(whole, heading, start, end, final)
        for whole in summary.texts
        for heading, stretch in _summaries(whole)
        for start, end in _split(whole.text, stretch.start, stretch.end)
    )


def _told(summary: Summary) -> dict[str, Any]:
    found = points(summary)
    return {
        "points": found,
        "struck": _STRUCK,
        "final": {each.entry.id: each.entry for point in found for each in point.findings},
        "titles": {each.id: each.title for each in summary.sources},
    }


def _summaries(whole: WholeText) -> Iterator[tuple[str, Stretch]]:
    """The stretches of the summary, each with the heading that stands right before it."""
    heading = ""
    for each in whole.stretches:
        if each.role == "summary":
            yield heading, each
        heading = " ".join(whole.text[each.start : each.end].split()) if each.role == "heading" else ""


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Points of a stretch, without the blanks around them: one a line.

    A line that begins none goes on the one before, while that has not ended like a sentence.
    """
    found: list[tuple[int, int]] = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        words = line.strip()
        first = at + len(line) - len(line.lstrip())
        if (
            words
            and found
            and not _POINT.match(words)
            and not _ENDS.search(text[found[-1][0] : found[-1][1]])
        ):
            found[-1] = (found[-1][0], first + len(words))
        elif words:
            found.append((first, first + len(words)))
        at += len(line)
    return found


def _point(whole: WholeText, heading: str, start: int, end: int, final: dict[str, Finding]) -> Point:
    pieces = tuple(runs(whole, start, end))
    places = list(dict.fromkeys(place for run in pieces for place in run.places))
    claims = list(dict.fromkeys(place.mark.claim for place in places))
    found = [final[claim] for claim in claims if claim in final]
    found += _told_elsewhere(found, final)
    standing = {place.mark.claim: place.mark.stands for place in places}
    return Point(
        source=whole.source,
        heading=heading,
        start=start,
        end=end,
        runs=pieces,
        findings=tuple(found),
        waiting=sum(1 for claim in claims if claim not in final and standing[claim] != "untriaged"),
        untriaged=sum(1 for claim in claims if standing[claim] == "untriaged"),
    )


def _told_elsewhere(found: list[Finding], final: dict[str, Finding]) -> Iterator[Finding]:
    """What a person has tied to these claims as the same, or as its contrary."""
    here = {each.entry.id for each in found}
    for each in tuple(found):
        for tie in each.entry.ties:
            if tie.by and tie.kind in MUTUAL and tie.other in final and tie.other not in here:
                here.add(tie.other)
                yield Finding(final[tie.other].number, final[tie.other].entry, tie.kind)


def _in_markdown(point: Point, struck: set[str]) -> Markup:
    """The words of a point on one line; those of claims that are wrong are struck."""
    return Markup("".join(_run(each, struck) for each in point.runs).replace("\n", " "))  # noqa: S704 - `_run` is safe


def _run(run: Run, struck: set[str]) -> str:
    words = plain(run.text)
    wrong = any(each.mark.claim in struck for each in run.places)
    meant = "".join(f"⟦{plain(each.meant)}⟧" for each in run.readings if each.state == "accepted")
    refs = "".join(f"[^{each.mark.claim}]" for each in run.closes if _has_note(each))
    return f"{f'~~{words}~~' if wrong and words.strip() else words}{meant}{refs}"


def _has_note(place: Place) -> bool:
    return place.mark.stands == "shown"
