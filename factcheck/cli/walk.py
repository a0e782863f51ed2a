"""The case as plain text: one claim on a page, and the walk of the demo from source to export."""

from factcheck.case import Case
from factcheck.cli.shapes import readings_of, tied
from factcheck.index import Query
from factcheck.labels import label
from factcheck.match.differing import differing, only_here
from factcheck.model import Claim, ClaimState, Evidence


def claim_row(claim: Claim, lang: str) -> str:
    """A claim on one line: id, state, verdict, statement."""
    verdict = claim.verdict.rating if claim.verdict else "-"
    return (
        f"{claim.id:<5} {label(f'state.{claim.state}', lang)}  {verdict}  {' '.join(claim.statement.split())}"
    )


def claim_page(case: Case, claim: Claim, lang: str, *, why: bool = False) -> str:
    """A claim with everything a reader asks: said where, read how, judged by whom, on which evidence."""
    lines = [f"{claim.id}  {claim.statement}", _facts(claim, lang)]
    for place in claim.mentions:
        said = " ".join(place.quote.split())
        lines.append(f"  {place.source} [{place.start}:{place.end}]  {said}")
        lines += _differences(" ".join(claim.mentions[0].quote.split()), said, lang)
    lines += [
        f"  {each.id}  {each.heard} ⟦{each.meant}⟧  {label(f'reading.{each.state}', lang)}"
        for each in readings_of(case, claim)
    ]
    for tie, other in tied(case, claim):
        kind = label(f"relation.{tie.kind}", lang)
        lines.append(f"  {kind} {tie.other}{'' if tie.by else ' ?'}  {tie.why}".rstrip())
        lines += _differences(claim.statement, other.statement, lang)
    for other in case.alike(claim):
        lines.append(f"  {label('cli.alike', lang)} {other.id}")
        lines += _differences(claim.statement, other.statement, lang)
    for sum_ in claim.calculations:
        lines.append(f"  {sum_.expression}  ({label(f'holds.{sum_.holds}', lang)})")
        lines += [f"    {need}" for need in sum_.needs]
    lines += [_evidence(each, lang) for each in claim.evidence]
    lines += _verdict(case, claim, lang)
    lines += [f"  {each.by}: {each.text}" for each in claim.notes]
    if why:
        lines += [
            f"  {each.weight / 1000:+.3f}  {each.rule}  [{each.start}:{each.end}]" for each in claim.why
        ]
    return "\n".join(line for line in lines if line)


def _differences(one: str, two: str, lang: str) -> list[str]:
    """A line with the words and numbers that only one of two wordings has; none when they say the same."""
    here, there = map(only_here, differing(one, two))
    if not (here or there):
        return []
    return [f"    {label('cli.differs', lang, here=' · '.join(here) or '–', there=' · '.join(there) or '–')}"]


def _facts(claim: Claim, lang: str) -> str:
    facts = [
        label(f"state.{claim.state}", lang),
        label(f"type.{claim.type}", lang),
        label(f"checkable.{claim.checkable}", lang),
        f"{claim.priority / 1000:.3f}",
        f"v{claim.version}",
    ]
    return "  " + " · ".join(facts)


def _evidence(evidence: Evidence, lang: str) -> str:
    held = label("evidence.captured" if evidence.captured else "evidence.not_captured", lang)
    parts = [
        f"  {evidence.id}",
        label(f"stance.{evidence.stance}", lang),
        f"[{held}]",
        evidence.url or evidence.capture,
        f"“{evidence.quote}”" if evidence.quote else "",
        evidence.note,
        f"({label('cli.withdrawn', lang)})" if evidence.withdrawn else "",
    ]
    return "  ".join(part for part in parts if part)


def _verdict(case: Case, claim: Claim, lang: str) -> list[str]:
    verdict = claim.verdict
    if verdict is None:
        return [f"  {label('cli.reopened', lang)}: {claim.reopened}"] if claim.reopened else []
    rating = case.scale.find(verdict.rating)
    name = f"{rating.symbol} {rating.label[lang]}" if rating else verdict.rating
    lines = [f"  {name}  {verdict.by}  {verdict.time}", f"  {verdict.because}" if verdict.because else ""]
    if claim.confirmed_by:
        lines.append(f"  {label('cli.confirmed_by', lang)} {claim.confirmed_by}")
    if claim.dispute:
        lines.append(f"  {label('cli.disputed_by', lang)} {claim.disputed_by}: {claim.dispute}")
    return lines


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
