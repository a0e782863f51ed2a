"""The lines of a subset: each is proved to stand at its number in the log that the checkpoint names."""

from collections.abc import Iterator

from factcheck.audit.bundled import AGAIN, Bundled
from factcheck.audit.reader import LEDGER
from factcheck.audit.sheet import Sheet
from factcheck.audit.tree import signed_checkpoint
from factcheck.errors import BadData
from factcheck.export.bundle import CHECKPOINT, contents, proof_file
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.merkle import leaf_hash, verify_inclusion
from factcheck.signing.proofs import Proof


def proofs(trail: Bundled, sheet: Sheet) -> None:
    """Each line has a proof (RFC 6962) that leads to the checkpoint's root; what was left out, nothing here can show."""
    try:
        checkpoint = signed_checkpoint(trail, sheet)
    except BadData as error:
        sheet.found(f"data/{CHECKPOINT}", f"{error.what} {error.seen}", AGAIN)
        return
    before = 0
    for entry, data in zip(trail.entries, trail.raw(), strict=True):
        sheet.checked += 1
        for seen in _wrong(trail, checkpoint, entry.number, data):
            sheet.found(entry.where, seen, AGAIN)
        if entry.number <= before:
            sheet.found(entry.where, f"it stands behind {LEDGER}:{before}", AGAIN)
        before = entry.number
    if (origin := trail.origin) != checkpoint.origin:
        sheet.found(f"data/{CHECKPOINT}", f"origin {checkpoint.origin!r}, the log says {origin!r}", AGAIN)
    if trail.summary:
        sheet.could_not(
            f"{contents(trail.summary)}: whether a later line about them was left out shows in the whole log only"
        )


def _wrong(trail: Bundled, checkpoint: Checkpoint, number: int, data: bytes) -> Iterator[str]:
    """What is wrong with the proof of one line."""
    name = proof_file(number)
    try:
        proof = Proof.from_text((trail.data(name) or b"").decode("utf-8"))
    except ValueError as error:
        yield f"data/{name} proves nothing: {error}"
        return
    if proof.checkpoint != trail.checkpoint:
        yield f"data/{name} is of another checkpoint than data/{CHECKPOINT}"
    head, root = checkpoint.head, bytes.fromhex(checkpoint.head.root)
    if proof.index != number - 1 or not verify_inclusion(
        leaf_hash(data), number - 1, head.size, list(proof.hashes), root
    ):
        yield f"data/{name} does not lead to the root of {CHECKPOINT}: the line is not in that log"


def same_checkpoint(trail: Bundled, sheet: Sheet) -> None:
    """A receipt of the very same size has the same root; of another size, a subset can say nothing."""
    if not trail.receipts:
        sheet.skip("no receipt was given")
    for each in trail.receipts:
        try:
            kept = Checkpoint.from_text(each.text, where=each.where)
            here = Checkpoint.from_text(trail.checkpoint, where=f"data/{CHECKPOINT}")
        except BadData as error:
            sheet.found(error.where, f"{error.what} {error.seen}", AGAIN)
            continue
        sheet.checked += 1
        if kept.origin != here.origin or (kept.head.size == here.head.size and kept.head != here.head):
            sheet.found(each.where, f"it tells of another log than data/{CHECKPOINT}", AGAIN)
        elif kept.head.size != here.head.size:
            sheet.could_not(
                f"{each.where} is of {kept.head.size} lines: only the whole log can show that it begins with them"
            )
