"""The claims of a report as headings and paragraphs: verdict, reason, what was said, what it rests on, how it came about."""

from collections.abc import Iterable, Iterator

from factcheck.export import words
from factcheck.export.passages import Said
from factcheck.export.prose import (
    Block,
    Heading,
    Paragraph,
    Run,
    Runs,
    Speaker,
    back,
    front,
    joined,
    speaker,
    struck,
)
from factcheck.export.summary import Cited, Entry, Ruling, Summary, Tie
from factcheck.labels import catalogue, told
from factcheck.model import Calculation, Question


def prose(summary: Summary) -> Iterator[Block]:
    """The whole report in its order: page one, the claims, what nobody looked at, the definitions."""
    say = speaker(summary)
    yield from front(say)
    yield say.heading(say.word("claims"))
    for entry in summary.claims:
        yield from claim(entry, say)
    yield from back(say)


def claim(entry: Entry, say: Speaker) -> Iterator[Block]:
    """One claim with everything that report.md says of it."""
    word = say.word
    yield say.heading(f"{entry.id} · {entry.statement}", 2, entry.id)
    for each in entry.corrections:
        dated = Run(f"{word('correction')} {each.time[:10]}{word('colon')}", bold=True)
        told_of = f"{words.corrected(each, word)} {each.because}"
        yield Paragraph((dated, Run(told_of, lines=True)), "notice")
    kinds = (f"type.{entry.type}", f"checkable.{entry.checkable}", f"state.{entry.state}")
    yield Paragraph((Run(" · ".join(map(word, kinds)), soft=True),), "small")
    definition = f" – {entry.ruling.definition}" if entry.ruling and entry.ruling.definition else ""
    yield Paragraph((*say.verdict(entry), Run(definition, soft=True)))
    if entry.ruling:
        yield from _ruling(entry, entry.ruling, say)
    yield from _standing(entry, say)
    yield Heading(3, (Run(word("said")),))
    for said in entry.said:
        yield from _said(said, say)
    yield from _evidence(entry, say)
    sums = (block for each in entry.calculations for block in _calculation(each, say))
    yield from _listed("calculations", sums, say)
    yield from _listed("ties", (_tie(each, say) for each in entry.ties), say)
    yield from _listed("history", _history(entry, say), say)
    asked = (block for each in entry.questions for block in _question(each, say))
    yield from _listed("questions", asked, say)
    yield from _listed("notes", _notes(entry, say), say)


def _listed(key: str, blocks: Iterable[Block], say: Speaker) -> Iterator[Block]:
    """A part of a claim, unless there is nothing in it or the team's template leaves it out."""
    found = [] if key in say.summary.template.leave_out else [*blocks]
    if found:
        yield Heading(3, (Run(say.word(key)),))
        yield from found


def _ruling(entry: Entry, ruling: Ruling, say: Speaker) -> Iterator[Block]:
    word = say.word
    yield Heading(3, (Run(word("findings")),))
    found = words.findings(entry, word)
    yield from (Paragraph((Run(each, lines=True),), "number") for each in found)
    if not found:
        yield Paragraph((Run(word("findings_none")),))
    rating = Run(f"{ruling.symbol} {ruling.label}", bold=True, tone=f"v{ruling.value}")
    because = Run(f" – {ruling.because or word('because_none')}", lines=True)
    relies = Run(f" ({words.relies(entry, word)})", soft=True)
    yield Paragraph((*say.named("therefore", rating, because), relies))
    names = f"{words.signed(entry, word)} · {word('level')}{word('colon')}{words.vouched(entry, word)}"
    yield Paragraph((Run(names, soft=True),), "small")
    if ruling.as_of:
        yield Paragraph((Run(word("true_of", days=ruling.as_of)),))
    if ruling.omitted:
        yield Paragraph(say.named("omitted", Run(ruling.omitted, lines=True)))
    if ruling.basis:
        yield Paragraph((Run(word(f"basis_{ruling.basis}")),))
    turns = words.changes(entry, word)
    yield Paragraph(say.named("changes", Run("" if turns else word("changes_none"))))
    yield from (Paragraph((Run(each, lines=True),), "item") for each in turns)


def _standing(entry: Entry, say: Speaker) -> Iterator[Block]:
    """When it can be judged, who disputes it, why it came back."""
    word = say.word
    if entry.due and not entry.ruling:
        due = Run(word("due", days=entry.due), bold=True)
        yield Paragraph((due, Run(word("colon")), Run(entry.settled_by, lines=True)))
    if entry.state == "disputed" and entry.disputed_by:
        yield Paragraph((Run(word("disputed_by", by=entry.disputed_by, because=entry.dispute)),), "notice")
    if entry.reopened:
        yield Paragraph((Run(word("reopened", because=entry.reopened)),), "notice")


def _said(said: Said, say: Speaker) -> Iterator[Block]:
    word = say.word
    shown = "context" not in say.summary.template.leave_out
    yield Paragraph(_context(said, around=shown), "quote")
    yield Paragraph(_place(said, say), "small")
    if said.finding:
        found = said.finding
        line = word("mention_finding", symbol=found.symbol, label=found.label, by=found.by)
        reason = (Run(f"{word('colon')}{found.because}", lines=True),) if found.because else ()
        yield Paragraph((Run(line, bold=True), *reason), "item")
    for each in words.readings(said):
        fields = {"reading": each.reading, "heard": each.heard, "meant": each.meant}
        why = f" ({told(each.why, say.summary.lang)})" if each.why else ""
        yield Paragraph((Run(f"{word('reading_line', by=each.by, **fields)}{why}", soft=True),), "item")
    for each in said.proposed:
        fields = {"reading": each.reading, "heard": each.heard, "meant": each.meant}
        yield Paragraph((Run(word("reading_proposed", **fields), soft=True),), "item")


def _context(said: Said, *, around: bool) -> Runs:
    """The raw words, in their context if that is shown, the mention marked, accepted readings behind the words they read."""
    if not said.pieces:
        return (Run(words.flowing(said.quote), marked=True),)
    runs = [Run("…")] if said.cut_before and around else []
    for piece in (each for each in said.pieces if each.said or around):
        runs.append(Run(words.flowing(piece.text), marked=piece.said))
        runs += [Run(f"⟦{each.meant}⟧", tone="reading") for each in piece.readings]
    return tuple([*runs, Run("…")] if said.cut_after and around else runs)


def _place(said: Said, say: Speaker) -> Runs:
    word = say.word
    region = catalogue(say.summary.lang).get(f"region.{said.role}", said.role)
    page = word("place.page", number=said.where.page) if said.where.page else ""
    at = word("said_at", source=said.source, start=said.start, end=said.end)
    plain = [at, region, said.where.time, said.where.speaker, page]
    parts: list[Runs] = [(Run(each, soft=True),) for each in plain if each]
    if said.replaced_by:
        parts.append((Run(word("only_older", source=said.replaced_by), bold=True, tone="alarm"),))
    elif said.replaces:
        parts.append((Run(word("newer", source=said.replaces), soft=True),))
    if not said.found:
        parts.append((Run(word("not_found"), bold=True, tone="alarm"),))
    return joined(parts)


def _evidence(entry: Entry, say: Speaker) -> Iterator[Block]:
    behind = f" · {words.behind(entry, say.summary.lang)}" if entry.links else ""
    yield Heading(3, (Run(f"{say.word('evidence')}{behind}"),))
    for each in entry.evidence:
        yield from _cited(each, say)
    if not entry.evidence:
        yield Paragraph((Run(say.word("evidence_none")),))


def _cited(cited: Cited, say: Speaker) -> Iterator[Block]:
    word = say.word
    tone = "v5" if cited.captured else "alarm"
    parts: list[Runs] = [
        (Run(f"[{cited.number}] {cited.id}", bold=True),),
        (Run(word(f"stance.{cited.stance}"), bold=True),),
        (Run(words.held(cited, word), bold=True, tone=tone),),
    ]
    parts += [(Run(word("withdrawn"), bold=True),)] if cited.withdrawn else []
    parts += [(Run(word("relied")),)] if cited.relied else []
    yield Paragraph((*joined(parts), Run(words.about(cited, word))), "item")
    if cited.quote:
        quote = (Run(cited.quote, lines=True),)
        yield Paragraph(struck(quote) if cited.withdrawn else quote, "quote", 1)
    if cited.note:
        yield Paragraph(say.named("note", Run(cited.note, lines=True), bold=False), "under", 1)
    url = cited.url or cited.final_url
    if cited.title or url:
        yield Paragraph(joined([(Run(cited.title),) if cited.title else (), _address(url)], " "), "under", 1)
    if cited.captured:
        kept = (Run(f"{cited.capture} · ", soft=True), Run(f"SHA-256 {cited.sha256}", mono=True, soft=True))
        yield Paragraph((*kept, Run(f" · {words.fetched(cited, word)}", soft=True)), "under", 1)
    by = word("attached_by", by=cited.by, time=words.moment(cited.time))
    yield Paragraph((Run(by, soft=True),), "under", 1)


def _address(url: str) -> Runs:
    return (Run(url, link=words.link(url)),) if url else ()


def _calculation(found: Calculation, say: Speaker) -> Iterator[Block]:
    word = say.word
    by = (Run(f" ({word('calculated_by', by=found.by)})"),) if found.by else ()
    holds = (Run(" – "), Run(word(f"holds.{found.holds}"), bold=True))
    yield Paragraph((Run(found.expression, mono=True), *holds, *by))
    if found.given:
        given = Run(word("semicolon").join(words.numbered(found)))
        yield Paragraph(say.named("given", given, bold=False), "item")
    if found.result and (found.by or "=" not in found.expression):
        yield Paragraph(say.named("result", Run(found.result, mono=True), bold=False), "item")
    for need in found.needs:
        yield Paragraph(say.named("needs", Run(need), bold=False), "item")


def _tie(tie: Tie, say: Speaker) -> Block:
    word = say.word
    runs = [
        Run(f"{word(f'relation.{tie.kind}')} ", bold=True),
        Run(tie.other, to=tie.other if tie.shown else ""),
    ]
    runs.append(Run(f" · {tie.statement}"))
    if tie.label:
        so_far = "" if tie.final else f" ({word('tie_open')})"
        runs.append(Run(f" – {tie.symbol} {tie.label}{so_far}"))
    if not tie.by:
        runs.append(Run(f" ({word('tie_proposed')})"))
    if tie.why:
        runs.append(Run(f"{word('colon')}{told(tie.why, say.summary.lang)}"))
    return Paragraph(tuple(runs), "item")


def _history(entry: Entry, say: Speaker) -> Iterator[Block]:
    word = say.word
    for step in entry.steps:
        act = word(f"export_step.{step.kind.replace('.', '_')}")
        rated = f" {step.symbol} {step.label}" if step.label else ""
        reason = f"{word('colon')}{step.because}" if step.because else ""
        line = f"{words.moment(step.time)} · {step.by} · {act}{rated}{reason}"
        yield Paragraph((Run(line, soft=True, lines=True),), "item")


def _question(question: Question, say: Speaker) -> Iterator[Block]:
    word = say.word
    to = f" → {question.whom}, {question.on}" if question.whom else f" → {question.to}" if question.to else ""
    asked = f"{question.by}, {words.moment(question.time)}{to}{word('colon')}"
    yield Paragraph((Run(asked, soft=True), Run(question.text, lines=True)), "item")
    if not question.answer:
        yield Paragraph((Run(word("unanswered"), bold=True),), "item", 1)
        return
    answered = f"{question.answered_by}, {words.moment(question.answered)}{word('colon')}"
    reply = f" ({word('comma').join(question.reply)})" if question.reply else ""
    yield Paragraph((Run(answered, soft=True), Run(f"{question.answer}{reply}", lines=True)), "item", 1)


def _notes(entry: Entry, say: Speaker) -> Iterator[Block]:
    for note in entry.notes:
        by = f"{note.by}, {words.moment(note.time)}{say.word('colon')}"
        yield Paragraph((Run(by, soft=True), Run(note.text, lines=True)), "item")
