"""How a document was read: the same maker reads the same text in it, and says the same of it."""

from itertools import accumulate
from pathlib import PurePosixPath

from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.trail import Trail
from factcheck.errors import BadData
from factcheck.events import bodies


def read_again(trail: Trail, sheet: Sheet, body: bodies.SourceIngested, line: str) -> None:
    """Compare what the ledger says of the reading with another one; that of another maker is left unverified.

    Lines of earlier desks name no maker: their sources are UTF-8 text and nothing was derived.
    """
    if body.maker is None or body.format is None:
        return
    from factcheck.text import maker

    here = maker(body.format)
    if here != body.maker:
        sheet.could_not(f"{body.path} {line} was read by {body.maker}, this desk has {here}")
    elif seen := _different(trail, body):
        sheet.found(f"{body.path} {line}", f"{here} reads {seen}", RESTORE)


def priors_again(trail: Trail, sheet: Sheet, source: str, body: bodies.SourceIngested) -> None:
    """What claims say that others had found stands in the file that they were taken in from."""
    from factcheck.text.checks import MAKER, read_checks

    if body.format != "checks" or body.maker != MAKER:
        return
    try:
        read = read_checks(trail.disk.read(body.path) or b"", where=body.path)
    except BadData:
        return  # the reading itself is a finding already
    starts = accumulate((len(each.text) + 1 for each in read.checks), initial=0)
    there = {(start, start + len(each.text)): each for start, each in zip(starts, read.checks, strict=False)}
    for entry, act in trail.acts():
        match act.body:
            case bodies.ClaimAdded(claim=claim, prior=prior) if prior and claim.mentions[0].source == source:
                sheet.checked += 1
                found = there.get((claim.mentions[0].start, claim.mentions[0].end))
                said = (prior.ref, prior.publisher, prior.url, prior.label, prior.date)
                if found is None or said != (found.ref, found.publisher, found.url, found.label, found.date):
                    sheet.found(entry.where, f"{body.path} says another thing of {act.subject}", RESTORE)


def _different(trail: Trail, body: bodies.SourceIngested) -> str:
    """What is read there now and is not what the ledger says; "" when all is the same."""
    from factcheck.text.formats import read_as

    data, name = trail.disk.read(body.path) or b"", PurePosixPath(body.path).name
    try:
        found = read_as(body.format or "", data, name=name, where=body.path)
    except BadData as error:
        return f"nothing in it ({error.what})"
    said = {"format": body.format, "encoding": body.encoding, "decided": body.decided}
    here = {"format": found.format, "encoding": found.encoding, "decided": found.decided}
    wrong = [f"{name} {here[name]!r}, not {said[name]!r}" for name in said if said[name] != here[name]]
    kept = trail.disk.text((body.derived or body).path)
    if found.derived != (body.derived is not None) or found.text != kept:
        wrong.append("another text in it")
    return "; ".join(wrong)
