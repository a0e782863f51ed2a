"""Signatures on events: this version makes none, so whatever stands there is reported, never trusted."""

from factcheck.audit.sheet import Sheet
from factcheck.audit.trail import Trail


def signatures(trail: Trail, sheet: Sheet) -> None:
    """Count what claims to be a signature; nothing here can be called ok."""
    signed = [entry.where for entry, event in trail.events() if event.sig]
    sheet.checked, sheet.skipped = len(signed), not signed
    if signed:
        sheet.could_not(
            f"{len(signed)} events carry a signature that this version cannot verify: {', '.join(signed[:5])}"
        )
