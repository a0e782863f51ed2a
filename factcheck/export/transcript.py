"""The annotated transcript: a source in full, with what was found at every place where something is claimed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from factcheck.export.annotated import Place, Run, numbered, runs
from factcheck.export.html import written
from factcheck.export.markdown import plain, written_in_markdown
from factcheck.export.pages import wording
from factcheck.export.passages import Reread, WholeText
from factcheck.export.summary import Entry, Summary
from factcheck.export.words import Word
from factcheck.match.differing import Piece, differing

NAMED: Final = frozenset({"advertisement", "boilerplate", "note", "summary"})
"""Roles that are said in words where such a stretch begins."""
_LONE_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stretched:
    """Neighbouring runs of one role."""

    role: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """One mention of a claim as its footnote tells it: in which source, the how many-th there, and what differs."""

    source: str
    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """What is told of a claim below the sources: its number there, its entry if it is shown, else how it stands."""

    number: int
    claim: str
    statement: str
    entry: Entry | None
    state: str
    mentions: tuple[Other, ...]


def transcript(summary: Summary) -> dict[str, bytes]:
    """Write transcript.html and transcript.md. `annotated.source_text` has the source from the page again."""
    return {"transcript.html": _html(summary), "transcript.md": _markdown(summary)}


def _html(summary: Summary) -> bytes:
    return written("transcript.html", summary, "transcript.css", **_told(summary))


def _markdown(summary: Summary) -> bytes:
    told, word = _told(summary), wording(summary.lang)
    notes = {each.claim for each in footnotes(summary)}
    texts = {each.source: marked(each, notes, word) for each in summary.texts}
    return written_in_markdown("transcript.md", summary, marked=texts, **told)


def _told(summary: Summary) -> dict[str, Any]:
    notes = footnotes(summary)
    return {
        "footnotes": notes,
        "number": {each.claim: each.number for each in notes},
        "stretched": stretched,
        "named_roles": NAMED,
        "titles": {each.id: each.title for each in summary.sources},
    }


def footnotes(summary: Summary) -> tuple[Footnote, ...]:
    """One for each claim that is shown or open, in the order in which they are first said; suggestions have none."""
    shown = {each.id: each for each in summary.claims}
    waiting = {claim: (state, statement) for claim, state, statement in summary.unsettled}
    said: dict[str, list[tuple[str, Place, str]]] = {}
    for whole in summary.texts:
        for each in numbered(whole.marks):
            if each.mark.stands != "untriaged":
                quote = whole.text[each.mark.start : each.mark.end]
                said.setdefault(each.mark.claim, []).append((whole.source, each, quote))
    return tuple(
        _footnote(number, claim, shown.get(claim), waiting.get(claim, ("", "")), places)
        for number, (claim, places) in enumerate(said.items(), start=1)
    )


def _footnote(
    number: int,
    claim: str,
    entry: Entry | None,
    waiting: tuple[str, str],
    places: Sequence[tuple[str, Place, str]],
) -> Footnote:
    first = places[0][2]
    mentions = tuple(
        Other(source, place.number, (Piece(quote, differs=False),) if n == 0 else differing(first, quote)[1])
        for n, (source, place, quote) in enumerate(places)
    )
    statement = entry.statement if entry else waiting[1]
    return Footnote(number, claim, statement, entry, waiting[0], mentions)


def stretched(whole: WholeText, start: int = 0, end: int | None = None) -> list[Stretched]:
    """The runs of a source, or of a part of it, with neighbours of one role together."""
    found: list[tuple[str, list[Run]]] = []
    starts = {each.start for each in whole.stretches}
    for run in runs(whole, start, end):
        if not found or found[-1][0] != run.role or run.start in starts:
            found.append((run.role, []))
        found[-1][1].append(run)
    return [Stretched(role, tuple(held)) for role, held in found]


def marked(whole: WholeText, shown: Collection[str], word: Word) -> Markup:
    """A source in Markdown: its lines as they are, with marks, readings and footnote references among their words."""
    text = "".join(_stretch(each, shown, word) for each in stretched(whole))
    return Markup(_LONE_BREAK.sub("\\\\\n", _INDENT.sub("", text)))  # noqa: S704 - `_run` has made its words safe


def _stretch(stretch: Stretched, shown: Collection[str], word: Word) -> str:
    named = f"*〔{word(f'region.{stretch.role}')}〕* " if stretch.role in NAMED else ""
    return named + "".join(_run(each, shown) for each in stretch.runs)


def _run(run: Run, shown: Collection[str]) -> str:
    """Thick marks around claims that are shown or open, thin ones around what nobody has triaged."""
    opened = "".join("▸" if each.mark.claim in shown else "▹" for each in run.opens)
    closed = "".join(f"◂[^{each.mark.claim}]" if each.mark.claim in shown else "◃" for each in run.closes)
    words = "\n".join(plain(line) for line in run.text.replace("\r\n", "\n").split("\n"))
    return opened + words + "".join(map(_meant, run.readings)) + closed


def _meant(reading: Reread) -> str:
    return f"⟦{plain(reading.meant)}{'' if reading.state == 'accepted' else '?'}⟧"
