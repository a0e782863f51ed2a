"""The case as plain text: one claim on a page, and the walk of the demo from source to export."""

from collections.abc import Sequence
from dataclasses import asdict

from factcheck.case import Case
from factcheck.case.revising import Revision
from factcheck.cli.shapes import readings_of, tied
from factcheck.index import Query
from factcheck.labels import beyond, label, origins_line, prior_line, told
from factcheck.match.differing import differing, only_here
from factcheck.model import Calculation, Claim, ClaimState, Evidence, Mention, Rated, Source, Stance
from factcheck.speech import uncued


def claim_row(claim: Claim, lang: str) -> str:
    """A claim on one line: id, state, verdict, statement."""
    verdict = claim.verdict.rating if claim.verdict else "-"
    return (
        f"{claim.id:<5} {label(f'state.{claim.state}', lang)}  {verdict}  {' '.join(claim.statement.split())}"
    )


def claim_page(case: Case, claim: Claim, lang: str, *, why: bool = False) -> str:
    """A claim with everything a reader asks: said where, read how, judged by whom, on which evidence."""
    from factcheck.text.resolved import time_line

    lines = [f"{claim.id}  {claim.statement}", _facts(claim, lang)]
    for place in claim.mentions:
        note = version_note(case.source(place.source), lang)
        lines.append(_mention(case, place) + note)
        lines += _finding(case, claim.finding(place), lang)
        lines += _differences(case.words(claim.mentions[0]), case.words(place), lang)
    lines += [
        f"  {each.id}  {each.heard} ⟦{each.meant}⟧  {label(f'reading.{each.state}', lang)}"
        for each in readings_of(case, claim)
    ]
    lines += [f"  {time_line(each, lang)}" for each in case.times(claim)]
    for tie, other in tied(case, claim):
        kind = label(f"relation.{tie.kind}", lang)
        lines.append(f"  {kind} {tie.other}{'' if tie.by else ' ?'}  {told(tie.why, lang)}".rstrip())
        lines += _differences(claim.statement, other.statement, lang)
    for other in case.alike(claim):
        lines.append(f"  {label('cli.alike', lang)} {other.id}")
        lines += _differences(claim.statement, other.statement, lang)
    for sum_ in claim.calculations:
        lines.append(
            f"  {_sum(sum_)}  ({label(f'holds.{sum_.holds}', lang)}){f'  {sum_.by}' if sum_.by else ''}"
        )
        lines += [f"    {each}" for each in dict.fromkeys((*sum_.premises, *sum_.needs))]
    lines += _origins(claim, lang)
    lines += [_evidence(case, each, lang) for each in case.pieces(claim)]
    lines += _verdict(case, claim, lang)
    lines += _shared(case, claim, lang)
    lines += _objected(case, claim, lang)
    lines += [f"  {prior_line(each, lang)}" for each in claim.priors]
    lines += [f"  {each.by}: {each.text}" for each in claim.notes]
    if why:
        lines += _reasons(case, claim, lang)
    return "\n".join(line for line in lines if line)


def _objected(case: Case, claim: Claim, lang: str) -> list[str]:
    said = label("tui.objection", lang)
    return [f"  ! {said} {each.subject} · {each.by}: {each.text}" for each in case.info.objected(claim)]


def _reasons(case: Case, claim: Claim, lang: str) -> list[str]:
    """The sum of a claim's priority, one addend a line."""
    found = case.reasons(claim)
    if not found.addends:
        return [f"  {label('tui.no_why', lang)}"]
    lines = [f"  {found.start / 1000:+.3f}  {label('tui.why_start', lang)}"]
    for each in found.addends:
        place = f"  [{each.start}:{each.end}]" if each.start >= 0 else ""
        lines.append(f"  {each.weight / 1000:+.3f}  {each.words}  {each.rule}{place}")
    lines.append(f"  = {found.total / 1000:.3f}  {label('tui.why_total', lang)}")
    lines += [f"  {each.weight / 1000:+.3f}  {each.words}  {each.rule}" for each in found.checkable]
    total = sum(each.weight for each in found.checkable) / 1000
    said = label(f"checkable.{claim.checkable}", lang)
    return [*lines, f"  = {total:.3f}  {said}"] if found.checkable else lines


def _differences(one: str, two: str, lang: str) -> list[str]:
    """A line with the words and numbers that only one of two wordings has; none when they say the same."""
    here, there = map(only_here, differing(one, two))
    if not (here or there):
        return []
    return [f"    {label('cli.differs', lang, here=' · '.join(here) or '–', there=' · '.join(there) or '–')}"]


def _finding(case: Case, found: Rated | None, lang: str) -> list[str]:
    """What was found about one mention alone."""
    if found is None:
        return []
    known = case.scale.find(found.rating)
    name = f"{known.symbol} {known.label[lang]}" if known else found.rating
    return [f"    {name}  {found.by}  {found.because}".rstrip()]


def _at(mention: Mention) -> str:
    return f"{mention.source} [{mention.start}:{mention.end}]"


def _flat(words: str) -> str:
    return " ".join(words.split())


def version_note(source: Source, lang: str) -> str:
    """Which version a mention stands in, where there are several."""
    if source.replaced_by:
        return f"  ({label('cli.only_older', lang, source=source.replaced_by)})"
    return f"  ({label('cli.newer', lang, source=source.replaces)})" if source.replaces else ""


def revised(found: Revision, lang: str) -> list[str]:
    """What became of every mention in the newer version: those whose words changed or are gone with all their words."""
    counts = {"moved": len(found.moved), "changed": len(found.changed), "lost": len(found.lost)}
    lines = [label("cli.revised", lang, source=found.source, replaces=found.replaces, **counts)]
    for move in (*found.changed, *found.lost, *found.moved):
        name = "lost" if move.now is None else "changed" if move.changed else "moved"
        back = f"  ({label('cli.reopened', lang)})" if move.changed and move.claim in found.reopened else ""
        lines.append(
            f"  {label(f'cli.mention_{name}', lang)}  {move.claim}  {_at(move.was)}  {_flat(uncued(move.was.quote))}"
        )
        if move.now:
            lines.append(f"      → {_at(move.now)}  {_flat(uncued(move.now.quote))}{back}")
    if found.superseded:
        lines.append(label("cli.superseded", lang, number=len(found.superseded)))
    if found.left:
        lines.append(label("cli.left", lang, source=found.replaces, claims=" ".join(found.left[:30])))
    return lines


def _sum(calculation: Calculation) -> str:
    """A calculation as one line; what was suggested holds its result already."""
    return f"{calculation.expression}  ⇒  {calculation.result}" if calculation.by else calculation.expression


def calculation_lines(result: str, holds: str, needs: Sequence[str], lang: str) -> list[str]:
    """What a calculation came to, in lines."""
    return [f"  {result}  ({label(f'holds.{holds}', lang)})", *(f"    {need}" for need in needs)]


def _mention(case: Case, mention: Mention) -> str:
    """Where it was said, by whom if the source tells, and the words without what stands around them."""
    return "  " + "  ".join(filter(None, (_at(mention), case.where_said(mention), case.words(mention))))


def _facts(claim: Claim, lang: str) -> str:
    facts = [
        label(f"state.{claim.state}", lang),
        label(f"type.{claim.type}", lang),
        label(f"checkable.{claim.checkable}", lang),
        f"{claim.priority / 1000:.3f}",
        f"v{claim.version}",
    ]
    return "  " + " · ".join(facts)


def _origins(claim: Claim, lang: str) -> list[str]:
    """3 links, 1 origin; nothing while there is no evidence that takes a side."""
    links = len([each for each in claim.live_evidence if each.stance is not Stance.CONTEXT])
    if not links:
        return []
    ties = [
        label(f"same_origin.{tie.why}", lang, **asdict(tie)) for each in claim.behind for tie in each.ties
    ]
    return [f"  {origins_line(links, claim.origins, lang)}", *(f"    {each}" for each in ties)]


def _evidence(case: Case, evidence: Evidence, lang: str) -> str:
    outcome = case.look(evidence.capture).outcome if evidence.capture else "ok"
    held = label(f"evidence.{evidence.held(removed=bool(case.removed((evidence,))))}", lang)
    parts = [
        f"  {evidence.id}",
        label(f"stance.{evidence.stance}", lang),
        f"[{held}]" if outcome == "ok" else f"[{held}: {outcome}]",
        label(f"grade.{evidence.grade}", lang) if evidence.grade else "",
        evidence.url or evidence.capture,
        f"“{evidence.quote}”" if evidence.quote else "",
        f"({label('evidence.manual', lang)})" if evidence.manual else "",
        evidence.note,
        f"[{label(f'recheck.{evidence.checked.outcome}', lang)} {evidence.checked.time[:10]}]"
        if evidence.checked
        else "",
        f"({label('cli.withdrawn', lang)})" if evidence.withdrawn else "",
    ]
    return "  ".join(part for part in parts if part)


def _verdict(case: Case, claim: Claim, lang: str) -> list[str]:
    verdict = claim.verdict
    if verdict is None and claim.state is ClaimState.JUDGED:
        return [f"  {label('desk.veiled', lang)}"]
    if verdict is None:
        return [f"  {label('cli.reopened', lang)}: {claim.reopened}"] if claim.reopened else []
    rating = case.scale.find(verdict.rating)
    name = f"{rating.symbol} {rating.label[lang]}" if rating else verdict.rating
    lines = [f"  {name}  {verdict.by}  {verdict.time}", f"  {verdict.because}" if verdict.because else ""]
    lines += [f"    {each}" for each in beyond(verdict, case.scale, lang)]
    if claim.confirmed_by:
        lines.append(f"  {label('cli.confirmed_by', lang)} {claim.confirmed_by}")
    if claim.dispute:
        lines.append(f"  {label('cli.disputed_by', lang)} {claim.disputed_by}: {claim.dispute}")
    return lines


def _shared(case: Case, claim: Claim, lang: str) -> list[str]:
    """Whose it is, who has it open, when it falls due, and what was asked."""
    lines = [label("cli.assigned", lang, name=claim.assigned)] if claim.assigned else []
    holder = case.held().get(claim.id, case.by)
    lines += [label("cli.held", lang, name=holder)] if holder != case.by else []
    lines += [label("cli.due", lang, days=claim.due, by=claim.settled_by)] if claim.due else []
    for number, each in enumerate(claim.questions, start=1):
        whom = f" → {each.to or f'{each.whom} {each.on}'}" if each.to or each.whom else ""
        lines.append(f"?{number} {each.by}{whom}: {each.text}")
        reply = f" ({', '.join(each.reply)})" if each.reply else ""
        said = f"{each.answered_by}: {each.answer}{reply}" if each.answer else label("cli.unanswered", lang)
        lines.append(f"   {said}")
    return [f"  {each}" for each in lines]


def walk(case: Case, lang: str) -> str:
    """The demo without a terminal: what was said, how it was read and judged, what was published, what the audit says."""
    head = case.head
    lines = [label("cli.walk_title", lang, name=case.info.name), ""]
    lines += [
        label("cli.walk_source", lang, id=source.id, title=source.title, characters=source.characters)
        for source in case.sources()
    ]
    counts = ", ".join(
        f"{label(f'state.{s}', lang)} {n}" for s, n in case.status()["counts_by_state"].items()
    )
    lines += [counts, ""]
    published = case.numbers(Query(states=(ClaimState.PUBLISHED,), order="priority"))
    for claim in case.page(published):
        lines += [claim_page(case, claim, lang), ""]
    exports = case.exports()
    lines += [label("cli.walk_export", lang, id=each.id, count=len(each.claims)) for each in exports]
    report = case.audit()
    lines.append(label("cli.walk_audit", lang, ok=len(report.findings), size=head.size, root=head.root))
    lines.append(label("cli.walk_next", lang, folder=case.folder))
    return "\n".join(lines)
