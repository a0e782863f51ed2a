"""What was kept elsewhere: this ledger continues every receipt, and who signs here are those that the auditor knows."""

from factcheck.audit.reader import LEDGER
from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.signing import allowed_signers
from factcheck.audit.trail import Receipt, Trail
from factcheck.errors import BadData
from factcheck.ledger.checkpoint import Checkpoint

ALLOWED = "claims/allowed_signers"
_ASK = "compare with whoever keeps the copy; nobody here can say which of the two is right"


def receipts(trail: Trail, sheet: Sheet) -> None:
    """The ledger of today begins with what each receipt says of it: nothing was cut off, replaced or rewritten."""
    if not trail.receipts:
        sheet.skip(
            "no receipt was given: a cut end, or a ledger that was replaced as a whole, would not be seen"
        )
        return
    kept: list[tuple[Receipt, Checkpoint]] = []
    for each in trail.receipts:
        try:
            kept.append((each, Checkpoint.from_text(each.text, where=each.where)))
        except BadData as error:
            sheet.found(each.where, f"{error.what} {error.seen}", "give the three lines as they were printed")
    heads = trail.heads({receipt.head.size for _, receipt in kept})
    for each, receipt in kept:
        sheet.checked += 1
        if receipt.origin != trail.origin:
            sheet.found(each.where, f"it is of {receipt.origin!r}; this ledger is {trail.origin!r}", _ASK)
        elif receipt.head.size not in heads:
            seen = (
                f"it tells of {receipt.head.size} lines, {LEDGER} has {trail.head.size}: its end was cut off"
            )
            sheet.found(each.where, seen, RESTORE)
        elif (found := heads[receipt.head.size]) != receipt.head:
            seen = (
                f"it names the root {receipt.head.root} of the first {receipt.head.size} lines, which have {found.root}: "
                "two pasts of one ledger"
            )
            sheet.found(each.where, seen, _ASK)


def signers(trail: Trail, sheet: Sheet) -> None:
    """claims/allowed_signers is what the ledger says, and what the auditor's own copy says."""
    now = allowed_signers(trail.state().info())
    text = trail.disk.text(ALLOWED)
    sheet.checked = len(now.splitlines())
    if text is not None and text != now:
        sheet.found(
            ALLOWED, "it is not what the keys in the ledger make of it", "factcheck signers allowed prints it"
        )
    elif text is None and now:
        sheet.note(f"{ALLOWED} is not here; the keys stand in the ledger too")
    if not trail.signers:
        if now:
            sheet.could_not(
                "whose keys these are: compare with a copy of your own (factcheck audit --signers FILE)"
            )
        else:
            sheet.skip("nobody signs here")
        return
    own, here = ({*text.splitlines()} for text in (trail.signers, now))
    for line in sorted(own ^ here):
        side = "only in the ledger" if line in here else "only in your copy"
        sheet.found(ALLOWED, f"{side}: {line}", _ASK)
