"""What was kept elsewhere: this ledger continues every receipt, and who signs here are those that the auditor knows."""

from factcheck.audit.reader import LEDGER
from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.signing import allowed_signers
from factcheck.audit.trail import Moment, Receipt, Trail, Watch
from factcheck.errors import BadData
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.state import State

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


class Signers(Watch):
    """claims/allowed_signers is what the ledger says, and what the auditor's own copy says, where one is given.

    Whose keys these are no file of the case can show: that is what the copy is for.
    """

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self.state = State()

    def see(self, at: Moment) -> None:
        """The state goes on to the end."""
        self.state = at.state

    def end(self) -> None:
        """Compare what the ledger says at its end."""
        state = self.trail.state() if self.trail.has_adopted else self.state
        now = allowed_signers(state.info())
        self.sheet.checked = len(now.splitlines())
        self._against_file(now)
        if self.trail.signers:
            self._against_copy(now)
        elif not now:
            self.sheet.skip("nobody signs here")

    def _against_file(self, now: str) -> None:
        if self.trail.disk.left_out(ALLOWED):
            return
        fault, text = self.trail.disk.look(ALLOWED).fault, self.trail.disk.text(ALLOWED)
        missing = fault == "the file is missing"
        if (now or not missing) and text != now:
            seen = fault or "it is not what the keys in the ledger make of it"
            self.sheet.found(ALLOWED, seen, "factcheck signers allowed prints it as it must be")

    def _against_copy(self, now: str) -> None:
        own, here = ({*text.splitlines()} for text in (self.trail.signers, now))
        for line in sorted(own ^ here):
            side = "only in the ledger" if line in here else "only in your copy"
            self.sheet.found(ALLOWED, f"{side}: {line}", _ASK)
