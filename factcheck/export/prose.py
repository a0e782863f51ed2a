"""The report as headings, paragraphs and tables: what a word processor is given, and nothing of how it looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from factcheck.export import words
from factcheck.export.pages import few, wording
from factcheck.export.summary import Document, Entry, Summary
from factcheck.export.words import Word

_MOST_UNTRUE: Final = 10
_MOST_UNSETTLED: Final = 20


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look. `lines`: its line breaks are kept. `link` is an address, `to` a place in the report.

    `tone` is v5 to v0 (the value of a rating), pending, alarm or "".
    """

    text: str
    bold: bool = False
    soft: bool = False
    mono: bool = False
    struck: bool = False
    marked: bool = False
    lines: bool = False
    link: str = ""
    to: str = ""
    tone: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 0 is the title of the whole. `name` is the place that links lead to, "" for none."""

    level: int
    runs: Runs
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: body, notice, counts, number (a finding), item, quote or small; `depth` of an item in its list."""

    runs: Runs
    style: str = "body"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under heads; `widths` in hundredths of the line."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Speaker:
    """The summary with the words of its language."""

    summary: Summary
    word: Word

    def heading(self, text: str, level: int = 1, name: str = "") -> Heading:
        """A heading, marked in a draft as every section of one is."""
        return Heading(level, (*self.mark(), Run(text)), name)

    def mark(self) -> Runs:
        """What a draft says at the head of each part."""
        return (Run(f"{self.word('draft')} · ", tone="alarm"),) if self.summary.draft else ()

    def named(self, key: str, *after: Run, bold: bool = True) -> Runs:
        """A label, a colon, and what it names."""
        return (Run(self.word(key), bold=bold), Run(self.word("colon")), *after)

    def verdict(self, entry: Entry) -> Runs:
        """The verdict as word and symbol, or what the claim waits for with what stands so far."""
        waiting, ruling = words.pending(entry, self.word), entry.ruling
        if ruling and not waiting:
            return (Run(f"{ruling.symbol} {ruling.label}", bold=True, tone=f"v{ruling.value}"),)
        told = Run(waiting, bold=True, tone="pending")
        if ruling is None:
            return (told,)
        far = f"{self.word('provisional')}{self.word('colon')}{ruling.symbol} {ruling.label}"
        return (told, Run(f" ({far})"))


def speaker(summary: Summary) -> Speaker:
    """Whoever words the report of this summary."""
    return Speaker(summary, wording(summary.lang))


def front(say: Speaker) -> Iterator[Block]:
    """Page one: what was found, what is open, who says so, and the auditor's box."""
    summary, word = say.summary, say.word
    as_of = word("as_of", time=words.moment(summary.time))
    yield Paragraph((*say.mark(), Run(f"{words.kicker(summary, word)} · {as_of}", soft=True)), "small")
    yield Heading(0, (Run(summary.case),))
    yield from (Paragraph((Run(text),), "notice") for text in notices(summary, word))
    yield Paragraph((Run(words.counts(summary, word), bold=True),), "counts")
    yield Paragraph((Run(words.breakdown(summary, word)),))
    yield from _corrections(say)
    for each in summary.coverage:
        yield Paragraph((Run(words.looked_at(each, word, selected=bool(summary.scope)), soft=True),), "small")
    yield from _foreword(say)
    yield from _verdicts(say)
    yield from _untrue(say)
    yield from _unsettled(say)
    yield from _sources(say)
    yield from _people(say)
    yield from _auditor(say)
    yield from _contents(say)


def notices(summary: Summary, word: Word) -> list[str]:
    """What must be known before anything else."""
    marks = {
        "draft_sentence": summary.draft,
        "example": summary.example,
        "solo": not summary.policy.second_signature,
        "blind": summary.policy.blind,
    }
    said = [word(key) for key, holds in marks.items() if holds]
    chosen = [word("selection", scope=", ".join(summary.scope))] if summary.scope else []
    return said + chosen


def _corrections(say: Speaker) -> Iterator[Block]:
    """What was set right after it had been published, before anything else is told."""
    word = say.word
    if say.summary.corrections:
        yield say.heading(word("corrections"))
    shown = {each.id for each in say.summary.claims}
    for each in say.summary.corrections:
        named = Run(each.claim, to=each.claim if each.claim in shown else "")
        what = Run(words.corrected(each, word), bold=True)
        because = Run(f"{word('colon')}{each.because} ({each.by})", lines=True)
        yield Paragraph(
            (Run(f"{each.time[:10]} · "), named, Run(f" {each.statement} – "), what, because), "item"
        )


def _foreword(say: Speaker) -> Iterator[Block]:
    said = say.summary.foreword
    if said.text:
        yield say.heading(say.word("foreword"))
        yield from (Paragraph((Run(each, lines=True),)) for each in said.text.split("\n\n"))
        by = say.word("foreword_by", by=said.by, time=words.moment(said.time))
        yield Paragraph((Run(by, soft=True),), "small")


def _verdicts(say: Speaker) -> Iterator[Block]:
    yield say.heading(say.word("verdicts"))
    rows = tuple(
        (
            (Run(str(each.number), bold=True),),
            (Run(f"{each.symbol} {each.label}", bold=True, tone=f"v{each.value}"),),
            (Run(each.definition),),
        )
        for each in say.summary.ratings
        if each.number
    )
    heads = (say.word("how_many"), say.word("verdict"), say.word("definition"))
    yield Table(heads, rows, (12, 25, 63)) if rows else Paragraph((Run(say.word("verdicts_none")),))


def _untrue(say: Speaker) -> Iterator[Block]:
    summary, word = say.summary, say.word
    yield say.heading(word("untrue"))
    for claim in summary.untrue[:_MOST_UNTRUE]:
        entry = summary.entry(claim)
        because = entry.ruling.because if entry.ruling else ""
        reason = (Run(f"{word('colon')}{because}", lines=True),) if because else ()
        named = (Run(claim, to=claim), Run(f" {entry.statement} – ", bold=True))
        yield Paragraph((*named, *say.verdict(entry), *reason), "number")
    yield from _rest(say, len(summary.untrue), _MOST_UNTRUE, "untrue")


def _unsettled(say: Speaker) -> Iterator[Block]:
    summary, word = say.summary, say.word
    yield say.heading(word("unsettled"))
    shown = {each.id for each in summary.claims}
    for claim, state, statement in summary.unsettled[:_MOST_UNSETTLED]:
        waiting = Run(words.waits(state, word), bold=True)
        at = Run(claim, to=claim if claim in shown else "")
        yield Paragraph((at, Run(f" {statement} – "), waiting), "item")
    yield from _rest(say, len(summary.unsettled), _MOST_UNSETTLED, "unsettled")


def _rest(say: Speaker, number: int, most: int, key: str) -> Iterator[Block]:
    """How many more there are, or that there is none."""
    if number > most:
        yield Paragraph((Run(say.word(f"{key}_more", number=number - most)),))
    elif not number:
        yield Paragraph((Run(say.word(f"{key}_none")),))


def _sources(say: Speaker) -> Iterator[Block]:
    yield say.heading(say.word("sources"))
    for source in say.summary.sources:
        line = say.word("source_line", title=source.title, id=source.id, characters=source.characters)
        yield Paragraph((Run(line, bold=True), *_versions(say, source)), "item")
        received = say.word("source_received", time=words.moment(source.time), by=source.by)
        yield Paragraph((Run(f"SHA-256 {source.sha256}", mono=True),), "item", 1)
        yield Paragraph((Run(words.dated(source, say.word), soft=True),), "item", 1)
        yield Paragraph((Run(f"{source.path}{say.word('semicolon')}{received}", soft=True),), "item", 1)


def _versions(say: Speaker, source: Document) -> Runs:
    if source.replaced_by:
        return (Run(f" · {say.word('source_older', source=source.replaced_by)}"),)
    return (Run(f" · {say.word('source_newer', source=source.replaces)}"),) if source.replaces else ()


def _people(say: Speaker) -> Iterator[Block]:
    yield say.heading(say.word("people"))
    for each in say.summary.people:
        role = f" ({say.word(f'role.{each.role}')})" if each.role else ""
        did = f"{role}{say.word('colon')}{words.did(each, say.word)}"
        yield Paragraph((Run(each.name, bold=True), Run(did)), "item")
    if not say.summary.people:
        yield Paragraph((Run(say.word("people_none")),))


def _auditor(say: Speaker) -> Iterator[Block]:
    """The auditor's box, as a table of two columns."""
    summary, word = say.summary, say.word
    yield say.heading(word("auditor"))
    caveats = [
        f"{word(f'export_caveat.{each.code}')}{word('colon')}{few(each.refs, word)}"
        for each in summary.caveats
    ]
    ledger = word("ledger_line", size=summary.size, root=summary.root)
    said = (
        ("exceptions", Run("\n".join(caveats) or word("exceptions_none"), lines=True)),
        ("trust", Run(words.trust(summary, word))),
        ("origin", Run(summary.origin, mono=True)),
        ("ledger", Run(ledger, mono=True)),
        ("policy", Run(words.rules(summary, word))),
        ("not_proved", Run(f"{word('not_proved_text')} {word('check')}")),
    )
    yield Table((), tuple(((Run(word(key), bold=True),), (run,)) for key, run in said), (22, 78))
    home = summary.publisher.url
    at = (Run(" "), Run(home, link=words.link(home))) if home else ()
    yield Paragraph((Run(words.published(summary, word)), *at))


def _contents(say: Speaker) -> Iterator[Block]:
    yield say.heading(say.word("contents"))
    rows = tuple(
        (
            (Run(entry.id, to=entry.id),),
            (Run(entry.statement),),
            say.verdict(entry),
            (Run(words.vouched(entry, say.word), soft=True),),
        )
        for entry in say.summary.claims
    )
    heads = ("column.id", "claim", "verdict", "level")
    yield Table(tuple(map(say.word, heads)), rows, (12, 44, 22, 22))


def back(say: Speaker) -> Iterator[Block]:
    """What nobody has looked at, what the verdicts mean, and what the report was written from."""
    summary, word = say.summary, say.word
    if summary.untriaged:
        yield say.heading(f"{word('untriaged')} ({len(summary.untriaged)})")
        yield Paragraph((Run(word("untriaged_note"), soft=True),))
        for each in summary.untriaged:
            place = Run(f" ({each.source}, {each.start}–{each.end})", soft=True)
            yield Paragraph((Run(f"{each.id} ", bold=True), Run(each.quote), place), "item")
    yield say.heading(word("definitions"))
    rows = tuple(
        ((Run(f"{each.symbol} {each.label}", bold=True, tone=f"v{each.value}"),), (Run(each.definition),))
        for each in summary.ratings
    )
    yield Table((word("verdict"), word("definition")), rows, (28, 72))
    yield Paragraph((Run(word("reading_note"), soft=True),), "small")
    if own := summary.template.foot.get(summary.lang, ""):
        yield Paragraph((Run(own),))
    footer = word("footer", renderer=summary.renderer, size=summary.size, root=summary.root)
    yield Paragraph((Run(footer, soft=True),), "small")


def joined(parts: Iterable[Runs], between: str = " · ") -> Runs:
    """Several stretches of text with a sign between them."""
    found: list[Run] = []
    for part in (each for each in parts if each):
        found += [Run(between), *part] if found else part
    return tuple(found)


def struck(runs: Runs) -> Runs:
    """The same text struck out."""
    return tuple(replace(each, struck=True) for each in runs)
