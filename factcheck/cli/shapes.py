"""The JSON of the commands: what a claim, a source, an event look like to a program."""

from dataclasses import asdict
from typing import Any

from factcheck.case import Case
from factcheck.case.revising import Move, Revision
from factcheck.cli.trails import trail_lines
from factcheck.match.differing import differing, only_here
from factcheck.model import (
    Calculation,
    Claim,
    Evidence,
    Mention,
    Objection,
    Question,
    Reading,
    Relation,
    Verdict,
)


def claim_line(claim: Claim) -> dict[str, Any]:
    """A claim as `list` gives it."""
    return {
        "id": claim.id,
        "statement": claim.statement,
        "type": str(claim.type),
        "state": str(claim.state),
        "verdict": claim.verdict.rating if claim.verdict else None,
        "priority": thousandths(claim.priority),
        "mentions": [mention(each) for each in claim.mentions],
    }


def thousandths(value: int) -> float:
    """Decimals exist only here: the ledger keeps whole thousandths."""
    return round(value / 1000, 3)


def mention(mention: Mention) -> dict[str, Any]:
    """One place where a claim is made; offsets are code points, half open."""
    return {"source": mention.source, "start": mention.start, "end": mention.end, "quote": mention.quote}


def located(case: Case, mention: Mention) -> dict[str, Any]:
    """When and by whom it was said, and on which page, as far as the source tells."""
    place = case.place(mention)
    return {"time": place.time or None, "speaker": place.speaker or None, "page": place.page or None}


def _place(case: Case, claim: Claim, place: Mention) -> dict[str, Any]:
    """A mention as `show` gives it: in which version it stands, and what was found about it alone."""
    source, found = case.source(place.source), claim.finding(place)
    said = None
    if found:
        said = {"rating": found.rating, "because": found.because, "by": found.by, "time": found.time}
    return (
        mention(place)
        | located(case, place)
        | {
            "replaces": source.replaces or None,
            "replaced_by": source.replaced_by or None,
            "finding": said,
        }
    )


def claim_whole(case: Case, claim: Claim) -> dict[str, Any]:
    """A claim as `show` gives it: with all that hangs on it."""
    return claim_line(claim) | {
        "mentions": [_place(case, claim, each) for each in claim.mentions],
        "version": claim.version,
        "checkable": str(claim.checkable),
        "group": claim.group or None,
        "why": [
            {"rule": each.rule, "start": each.start, "end": each.end, "weight": thousandths(each.weight)}
            for each in claim.why
        ],
        "reason": claim.reason or None,
        "merged_into": claim.merged_into or None,
        "reopened": claim.reopened or None,
        "parts": parts(claim.verdict),
        "assigned": claim.assigned or None,
        "held_by": case.held().get(claim.id),
        "due": claim.due or None,
        "settled_by": claim.settled_by or None,
        "questions": [question(each) for each in claim.questions],
        "priors": [asdict(each) for each in claim.priors],
        "corrections": [asdict(each) for each in claim.corrections],
        "evidence": [evidence(each, case) for each in case.pieces(claim)],
        "origins": claim.origins,
        "behind": [
            {"evidence": list(each.members), "ties": [asdict(tie) for tie in each.ties]}
            for each in claim.behind
        ],
        "readings": [reading(each) for each in readings_of(case, claim)],
        "times": [
            {"source": each.source, "words": each.words} | each.time.to_json() for each in case.times(claim)
        ],
        "relations": [
            {"kind": str(tie.kind), "other": tie.other, "why": tie.why, "by": tie.by or None}
            | differences(claim.statement, other.statement)
            for tie, other in tied(case, claim)
        ],
        "alike": [
            {"claim": other.id} | differences(claim.statement, other.statement) for other in case.alike(claim)
        ],
        "rejected": [{"kind": str(kind), "other": other} for kind, other in claim.apart],
        "calculations": [calculation(each) for each in claim.calculations],
        "objections": [objection(case, each) for each in case.against(claim)],
        "judged_by": claim.verdict.by if claim.verdict else None,
        "confirmed_by": claim.confirmed_by or None,
        "disputed_by": claim.disputed_by or None,
        "dispute": claim.dispute or None,
        "verdicts": [verdict(each) for each in claim.verdicts],
        "notes": [{"by": each.by, "time": each.time, "text": each.text} for each in claim.notes],
        "objected": [asdict(each) for each in case.info.objected(claim)],
        "exports": list(claim.exports),
        "events": trail_lines(case, claim.id),
    }


def revision(found: Revision) -> dict[str, Any]:
    """What became of a source's mentions in its newer version; `to` is null where the words are gone."""
    return {
        "source": found.source,
        "replaces": found.replaces,
        "moved": [_move(each) for each in found.moved],
        "changed": [_move(each) for each in found.changed],
        "lost": [_move(each) for each in found.lost],
        "reopened": list(found.reopened),
        "superseded": list(found.superseded),
        "left": list(found.left),
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "claim": move.claim,
        "from": mention(move.was),
        "to": mention(move.now) if move.now else None,
    }


def readings_of(case: Case, claim: Claim) -> list[Reading]:
    """Readings that have a place inside one of the claim's mentions."""
    found: dict[str, Reading] = {}
    for place in claim.mentions:
        found |= {each.id: each for each in case.readings(place.source, start=place.start, end=place.end)}
    return list(found.values())


def tied(case: Case, claim: Claim) -> list[tuple[Relation, Claim]]:
    """The ties of a claim that still say something, each with the claim at its other end."""
    ties = case.ties(claim)
    others = {each.id: each for each in case.page([int(tie.other[1:]) for tie in ties])}
    return [(tie, others[tie.other]) for tie in ties if tie.other in others]


def reading(reading: Reading) -> dict[str, Any]:
    """A reading with every place it applies to."""
    return {
        "id": reading.id,
        "source": reading.source,
        "heard": reading.heard,
        "meant": reading.meant,
        "state": reading.state,
        "score": thousandths(reading.score),
        "why": reading.why,
        "places": [{"start": start, "end": end} for start, end in reading.places],
        "version": reading.version,
    }


def evidence(evidence: Evidence, case: Case) -> dict[str, Any]:
    """A piece of evidence; `captured` says whether the desk holds the bytes, `removed` that they were removed by order."""
    held = evidence.held(removed=bool(case.removed((evidence,))))
    return {
        "id": evidence.id,
        "claim": evidence.claim,
        "stance": str(evidence.stance),
        "url": evidence.url or None,
        "captured": held == "captured",
        "removed": held == "removed",
        "capture": evidence.capture or None,
        "sha256": evidence.sha256 or None,
        "quote": evidence.quote,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
        "start": evidence.start if evidence.start >= 0 else None,
        "end": evidence.end if evidence.end >= 0 else None,
        "text": evidence.text or None,
        "asked": evidence.asked or None,
        "manual": evidence.manual,
        "grade": evidence.grade or None,
        "standing": _standing(evidence),
        "checked": asdict(evidence.checked) if evidence.checked else None,
        "note": evidence.note,
        "by": evidence.by,
        "time": evidence.time,
        "withdrawn": evidence.withdrawn,
    }


def _standing(evidence: Evidence) -> dict[str, Any]:
    """Who stands behind a page; the sketch of its text is left to the ledger."""
    known = asdict(evidence.standing) if evidence.standing else {}
    return {name: known.get(name) or None for name in ("family", "canonical", "dateline")}


def verdict(verdict: Verdict) -> dict[str, Any]:
    """A verdict with what it stood on."""
    return {
        "id": verdict.id,
        "rating": verdict.rating,
        "because": verdict.because,
        "evidence": list(verdict.evidence),
        "by": verdict.by,
        "time": verdict.time,
        "statement": verdict.statement,
        "scale": verdict.scale,
        "scale_version": verdict.scale_version,
        "kind": verdict.kind,
        "as_of": verdict.as_of or None,
        "omitted": verdict.omitted or None,
        "would_change": verdict.would_change or None,
        "basis": verdict.basis or None,
        "parts": parts(verdict),
        "readings": list(verdict.readings),
        "blind": verdict.blind,
    }


def parts(verdict: Verdict | None) -> list[dict[str, Any]]:
    """The findings on parts of a claim that its verdict names."""
    return [asdict(each) for each in verdict.parts] if verdict else []


def question(question: Question) -> dict[str, Any]:
    """What was asked, of whom and when, and the answer with the evidence that it came as."""
    return {
        "id": question.id,
        "text": question.text,
        "by": question.by,
        "time": question.time,
        "to": question.to or None,
        "whom": question.whom or None,
        "on": question.on or None,
        "answer": question.answer or None,
        "answered_by": question.answered_by or None,
        "answered": question.answered or None,
        "evidence": list(question.reply),
    }


def calculation(calculation: Calculation) -> dict[str, Any]:
    """A piece of arithmetic, with what would have to be true."""
    origins = calculation.origins
    return {
        "expression": calculation.expression,
        "given": [
            {"name": name, "value": value, "unit": unit} | ({"from": origins[n]} if origins else {})
            for n, (name, value, unit) in enumerate(calculation.given)
        ],
        "by": calculation.by or None,
        "result": calculation.result,
        "holds": calculation.holds,
        "needs": list(calculation.needs),
    }


def differences(one: str, two: str) -> dict[str, list[str]]:
    """The words and numbers that only one of two wordings has."""
    here, there = map(only_here, differing(one, two))
    return {"only_here": list(here), "only_there": list(there)}


def objection(case: Case, objection: Objection) -> dict[str, Any]:
    """What speaks against something, with the way out."""
    return {
        "code": objection.code,
        "claim": objection.claim or None,
        "sentence": case.sentence(objection),
        "remedy": case.way_out(objection),
    }
