"""The files of a case: those the ledger names are here, byte for byte; those nobody names are pointed out."""

import re

from factcheck.audit.disk import AWAY
from factcheck.audit.reader import CHECKPOINT, LEDGER
from factcheck.audit.receipts import ALLOWED
from factcheck.audit.rereading import priors_again, read_again
from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.trail import Trail
from factcheck.events import bodies
from factcheck.events.keeping import kept_files

_PASSED_OVER = re.compile(r"^claims/packs/|(^|/)(\.|torn-)|(^|/)README[^/]*$")
_EXPORT = re.compile(r"^exports/(X[1-9][0-9]*)/")


def sources(trail: Trail, sheet: Sheet) -> None:
    """Every source lies where the ledger says, with the SHA-256 and the characters it says; so does a text made of it."""
    for entry, event in trail.acts():
        if not isinstance(event.body, bodies.SourceIngested):
            continue
        sheet.checked += 1
        _source(trail, sheet, event.body, f"({event.subject}, {LEDGER}:{entry.number})")
        priors_again(trail, sheet, event.subject, event.body)


def _source(trail: Trail, sheet: Sheet, body: bodies.SourceIngested, line: str) -> None:
    text = body.derived or body
    for path, sha256 in dict.fromkeys([(body.path, body.sha256), (text.path, text.sha256)]):
        if trail.disk.elsewhere and trail.disk.left_out(path):
            sheet.could_not(AWAY)
            return
        different = trail.disk.difference(path, sha256)
        if different:
            sheet.found(f"{path} {line}", different, RESTORE)
            return
    words = trail.disk.text(text.path)
    if words is None or len(words) != body.characters:
        seen = "not UTF-8 text" if words is None else f"{len(words)} characters"
        sheet.found(f"{text.path} {line}", f"{seen}, the ledger says {body.characters} characters", RESTORE)
    read_again(trail, sheet, body, line)


def files(trail: Trail, sheet: Sheet) -> None:
    """Every file that an event names is here; a file that no event names is extra, which is no fault."""
    named, exports = _named(trail), _exports(trail)
    here = [name for folder in ("claims", "evidence", "exports") for name in trail.disk.names(folder)]
    for path, where in named.items():
        sheet.checked += 1
        fault = trail.disk.look(path).fault
        if path in trail.withheld and trail.disk.left_out(path):
            continue  # the check of evidence says by whose order
        if trail.disk.left_out(path):
            sheet.could_not(AWAY if trail.disk.elsewhere else f"{path} is not here ({where})")
        elif fault:
            sheet.found(path, f"{fault}; {where} names it", RESTORE)
    known = {LEDGER, CHECKPOINT, ALLOWED, *named}
    extra = [name for name in here if name not in known and not _in_export(name, exports)]
    for name in extra:
        if not _PASSED_OVER.search(name):
            sheet.note(f"extra: {name} is named by no event")


def _in_export(name: str, exports: set[str]) -> bool:
    """True for a file of an export that an event names; the check `exports` compares it with the manifest."""
    match = _EXPORT.match(name)
    return match is not None and match[1] in exports


def _exports(trail: Trail) -> set[str]:
    return {event.subject for _, event in trail.acts() if isinstance(event.body, bodies.SummaryExported)}


def _named(trail: Trail) -> dict[str, str]:
    """Every path that an event names, with the line that names it."""
    found: dict[str, str] = {}
    for entry, event in trail.acts():
        found |= {path: entry.where for path, _sha256 in kept_files(event)}
    return found
