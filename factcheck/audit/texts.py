"""The text of every capture is what its maker makes of the bytes, and the page says of itself what the ledger says it does."""

from typing import Any

from factcheck.audit.files import absent_by_choice
from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.trail import Trail
from factcheck.events import capturing


def texts(trail: Trail, sheet: Sheet) -> None:
    """Captured bytes are read again by the same maker with the same result; another maker's are left unverified."""
    for entry, event in trail.events():
        body = event.body
        if isinstance(body, capturing.CaptureMade) and body.path and body.page is not None:
            _read_again(trail, sheet, body, f"{event.subject} ({entry.where})")


def _read_again(trail: Trail, sheet: Sheet, body: capturing.CaptureMade, where: str) -> None:
    from factcheck.evidence.derive import derive

    sheet.checked += 1
    if absent_by_choice(trail.disk, body.path):
        sheet.could_not(f"{body.path} is not here")
        return
    data = trail.disk.read(body.path)
    if data is None:
        return  # the check `files` says so
    declared = body.fetched.declared if body.fetched else ""
    found = derive(data, declared, body.path, address=body.final_url or body.url)
    if body.text is None and found.text:
        sheet.could_not(f"{where} had no text for an earlier reader; {found.maker} finds some")
    elif body.text and found.maker != body.text.maker:
        sheet.could_not(f"{where} was read by {body.text.maker}, this desk has {found.maker or 'no reader'}")
    elif wrong := _different(trail, body, found):
        sheet.found(where, f"{found.maker or 'reading it'} gives {wrong}", RESTORE)


def _different(trail: Trail, body: capturing.CaptureMade, found: Any) -> str:
    """What the bytes say that is not what the ledger says; "" when all is the same."""
    says = dict(body.page or {}) | {"media_type": body.media_type}
    here = {name: getattr(found, name, None) for name in says} | {"media_type": found.sniffed}
    title = " ".join(found.title.split())
    if title:
        says, here = says | {"title": body.title}, here | {"title": title}
    if body.text:
        says |= {"encoding": body.text.encoding, "decided": body.text.decided}
        says |= {"characters": body.text.characters}
        here |= {"encoding": found.encoding, "decided": found.decided, "characters": len(found.text)}
    wrong = [f"{name} {here[name]!r}, not {says[name]!r}" for name in says if says[name] != here[name]]
    if body.text and found.text != trail.disk.text(body.text.path):
        wrong.append("another text")
    return "; ".join(wrong)[:400]
