"""The text of every capture is what its maker makes of the bytes, and the page says of itself what the ledger says it does."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.trail import Trail
from factcheck.errors import BadData
from factcheck.events import bodies, capturing
from factcheck.match.standing import standing

if TYPE_CHECKING:
    from factcheck.evidence.derive import Page


def texts(trail: Trail, sheet: Sheet) -> None:
    """Captured bytes are read again by the same maker with the same result; another maker's are left unverified."""
    others: set[str] = set()
    for entry, event in trail.acts():
        match event.body:
            case capturing.CaptureMade() as body if body.path and (
                body.page is not None or body.text or body.standing
            ):
                others |= _strange(trail, body.standing)
                _read_again(trail, sheet, body, f"{event.subject} ({entry.where})")
            case bodies.EvidenceAttached(evidence=piece) if not piece.capture:
                sheet.checked += 1
                others |= _strange(trail, piece.standing)
                for seen in standing_again(trail, piece.id, piece.standing, piece.url):
                    sheet.found(entry.where, seen, RESTORE)
    if others:
        here = " and ".join(trail.outlets)
        sheet.could_not(f"origins were told by {', '.join(sorted(others))}, this desk has {here}")


def _strange(trail: Trail, said: capturing.StandingBody | None) -> set[str]:
    return {said.maker} - trail.outlets.keys() if said else set()


def _read_again(trail: Trail, sheet: Sheet, body: capturing.CaptureMade, where: str) -> None:
    sheet.checked += 1
    if trail.disk.left_out(body.path):
        sheet.could_not(f"{body.path} is not here")
        return
    data = trail.disk.read(body.path)
    if data is None:
        return  # the check `files` says so
    found = _read(data, body)
    if found is None:
        sheet.found(where, "no page of this address can be read in it", RESTORE)
        return
    if body.text is None and found.text:
        sheet.could_not(f"{where} had no text for an earlier reader; {found.maker} finds some")
    elif body.text and found.maker != body.text.maker:
        sheet.could_not(f"{where} was read by {body.text.maker}, this desk has {found.maker or 'no reader'}")
    elif wrong := "; ".join(
        filter(None, (_different(trail, body, found), _standing_different(trail, body, found.text)))
    ):
        sheet.found(where, f"{found.maker or 'reading it'} gives {wrong}", RESTORE)


def _read(data: bytes, body: capturing.CaptureMade) -> "Page | None":
    """The page as it is read today; None when a saved file no longer has it."""
    from factcheck.evidence.derive import derive
    from factcheck.evidence.reading import read_filed

    if body.fetched:
        return derive(data, body.fetched.declared, body.final_url, address=body.final_url)
    try:
        found, inside = read_filed(data, body.path, address=body.url)
    except BadData:
        return None
    return found if inside == (body.inside or "") else None


def _standing_different(trail: Trail, body: capturing.CaptureMade, text: str) -> str:
    canonical = body.page.canonical if body.page else ""
    url = body.final_url or body.url
    return "; ".join(standing_again(trail, "standing", body.standing, url, text=text, canonical=canonical))


def standing_again(
    trail: Trail,
    where: str,
    said: capturing.StandingBody | None,
    url: str,
    *,
    text: str = "",
    canonical: str = "",
) -> Iterator[str]:
    """What is known of who stands behind a page now and is not what the ledger says, by the same maker and list."""
    if said is not None and said.maker in trail.outlets:
        here = asdict(standing(url, text, canonical, trail.outlets[said.maker]))
        yield from (
            f"{where}: {name} is {here[name]!r}, not {value!r}"
            for name, value in dict(said).items()
            if here[name] != value
        )


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
