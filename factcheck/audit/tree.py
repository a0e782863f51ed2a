"""The tree over the lines (RFC 6962): every root that anything names is recomputed."""

from collections.abc import Iterator
from typing import Any

from factcheck.audit.reader import CHECKPOINT, LEDGER
from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.trail import Trail
from factcheck.errors import BadData
from factcheck.events import Head, strict_json
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.signing.notes import read_note, verified


def tree(trail: Trail, sheet: Sheet) -> None:
    """The head a person saw when deciding, and the prefix an export names, are prefixes of this ledger."""
    sheet.checked = trail.head.size
    named = list(_named_heads(trail))
    known = trail.heads({size for _number, size, _root in named})
    wrong = []
    for number, size, root in named:
        if size >= number:
            sheet.found(
                f"{LEDGER}:{number}",
                f"it names a head of {size} lines, but stands in line {number} itself",
                RESTORE,
            )
        elif known[size].root != root:
            wrong.append((f"{LEDGER}:{number}", _another_past(size, root, known[size].root)))
    for where, seen in wrong[:1]:
        more = f"; {len(wrong) - 1} later heads differ too" if wrong[1:] else ""
        sheet.found(where, seen + more, RESTORE)


def _another_past(size: int, named: str, found: str) -> str:
    return (
        f"it names the root {named} of the first {size} lines, which have {found}: "
        "one of them was changed after it was written"
    )


def _named_heads(trail: Trail) -> Iterator[tuple[int, int, str]]:
    """Line number, size and root of every head that a line names."""
    for number, data in enumerate(trail.raw(), start=1):
        if b'"root"' not in data:  # nearly all lines; they need no parsing
            continue
        try:
            document = strict_json(data)
        except ValueError:
            continue
        for value in _objects(document, "tree", "body"):
            size, root = value.get("size"), value.get("root")
            if isinstance(size, int) and isinstance(root, str) and size >= 0:
                yield number, size, root


def _objects(document: Any, *keys: str) -> list[dict[str, Any]]:
    values = [document.get(key) for key in keys] if isinstance(document, dict) else []
    return [value for value in values if isinstance(value, dict)]


def checkpoint(trail: Trail, sheet: Sheet) -> None:
    """claims/checkpoint tells of the same past as the ledger; it may be behind, never beside or ahead."""
    look = trail.disk.look(CHECKPOINT)
    if look.fault == "the file is missing":
        sheet.could_not(f"{CHECKPOINT} is not here: a changed last line or a cut end would not be seen")
        return
    sheet.checked = 1
    try:
        _agrees(trail, sheet, signed_checkpoint(trail, sheet))
        if sheet.unverifiable:
            sheet.note(
                "factcheck signers desk, by a reviewer or lead, announces the desk one sits at, which signs it from then on"
            )
    except BadData as error:
        sheet.found(CHECKPOINT, look.fault or f"{error.what} {error.seen}", RESTORE)


def signed_checkpoint(trail: Trail, sheet: Sheet) -> Checkpoint:
    """The checkpoint, which must be written in the one way there is. BadData when it is not."""
    text = trail.disk.text(CHECKPOINT)
    if text is None:
        raise BadData("this is not UTF-8 text")
    found = Checkpoint.from_text(text, where=CHECKPOINT)
    try:
        note = read_note(text)
        by = verified(note, trail.desks)
    except ValueError as error:
        raise BadData(f"this is no note that a desk has signed: {error}.", seen=repr(text[:90])) from error
    if found.to_text() != note.text:
        raise BadData(
            "this is more or other than three lines with origin, size and root.", seen=repr(text[:90])
        )
    if len(by) < len(note.signatures):
        sheet.found(CHECKPOINT, "it bears a signature of a desk that nobody announced", RESTORE)
    elif not by and trail.desks:
        sheet.could_not(
            f"{CHECKPOINT} bears no signature of a desk that was announced here: "
            "no fault, but whoever can write here may have made it"
        )
    return found


def _agrees(trail: Trail, sheet: Sheet, found: Checkpoint) -> None:
    origin = trail.origin
    if origin and found.origin != origin:
        sheet.found(CHECKPOINT, f"origin {found.origin!r}, the ledger says {origin!r}", RESTORE)
    if found.head.size > trail.head.size:
        sheet.found(
            CHECKPOINT,
            f"it tells of {found.head.size} lines, {LEDGER} has {trail.head.size}: its end was cut off",
            RESTORE,
        )
        return
    head = trail.heads({found.head.size})[found.head.size]
    if head != found.head:
        sheet.found(CHECKPOINT, _beside(head, found.head), RESTORE)
    elif head.size < trail.head.size:
        sheet.note(f"{CHECKPOINT} is {trail.head.size - head.size} lines behind the ledger")


def _beside(head: Head, said: Head) -> str:
    return (
        f"it names the root {said.root} of the first {said.size} lines of {LEDGER}, which have {head.root}: "
        "one of them was changed"
    )
