"""After publication: what is set right, in a note that every later export carries; and which verdicts have changed since."""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.case.carrying import one_of
from factcheck.case.desk import Desk, Draft
from factcheck.errors import BadData, Conflict, Refused, Usage
from factcheck.events import Event, bodies
from factcheck.ledger import START
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.model import Claim, Correction, CorrectionKind, Export, Verdict, is_blind, says_something
from factcheck.model.blind import WAITING
from factcheck.state.merging import folded


@dataclass(frozen=True, slots=True)
class Revised:
    """A claim whose verdict is another one now: what stood then and what stands now (None for no verdict).

    `noted` is false where no correction tells of it yet.
    """

    claim: Claim
    before: Verdict | None
    after: Verdict | None
    noted: bool


class Correcting(Desk):
    """published -> corrected | voided."""

    def correct(
        self,
        *claims: str,
        kind: CorrectionKind | str,
        because: str,
        by: str | None = None,
        at: int | None = None,
    ) -> tuple[Event, ...]:
        """Set right what a final export said of these claims, with a note that stands on top of every later one.

        `verdict` tells of a verdict that has been judged anew, or sends one that still stands back to be judged; `void`
        withdraws the claim; `fact`, `update` and `typo` are notes. Refused for a claim that was never published.
        """
        person, what = self._person(by, "export"), one_of(CorrectionKind, kind, "kind of correction")
        if not says_something(because):
            raise Usage("a correction says why.", remedy="--because TEXT")

        def build() -> list[Draft]:
            return [
                self._correction(self.claim(each), what, because.strip()) for each in dict.fromkeys(claims)
            ]

        return self._commit(build, by=person, act="export", on=claims, at=at)

    def _correction(self, claim: Claim, kind: CorrectionKind, because: str) -> Draft:
        found = self._legal("correction.issued", claim)
        export, was = found.published
        if not export:
            raise Refused(
                f"{found.id} was never published.", where=found.id, remedy="factcheck export publishes"
            )
        if any(
            (each.kind, each.because, each.export) == (kind, because, export) for each in found.corrections
        ):
            raise Refused("this correction stands already.", where=found.id, remedy="factcheck corrections")
        now = found.verdict.id if found.verdict else None
        body = bodies.CorrectionIssued(correction=kind, because=because, export=export, was=was, now=now)
        return Draft("correction.issued", found.id, body)

    def corrections(self) -> tuple[tuple[Claim, Correction], ...]:
        """Every correction with its claim, the newest first."""
        found = [(claim, each) for claim in self.claims() for each in claim.corrections]
        return tuple(sorted(found, key=lambda pair: pair[1].time, reverse=True))

    def revised(self, since: str = "") -> tuple[Revised, ...]:
        """The claims whose verdict is another one than in the export named (X1), than when a receipt (its three lines)
        was given, or than in the last final export that named each. Under blind review verdicts that wait are not told.
        """
        before = self._verdicts_then(since)
        return tuple(
            Revised(claim, claim.verdict_of(was) if was else None, claim.verdict, noted=claim.told)
            for claim in self.claims()
            if claim.id in before and (was := before[claim.id]) != (claim.verdict.id if claim.verdict else "")
            if not (is_blind(self.info.policy) and claim.state in WAITING)
        )

    def _verdicts_then(self, since: str) -> dict[str, str]:
        """Which verdict each claim had then: "" for none."""
        if not since:
            return {each.id: each.published[1] for each in self.claims() if each.published[0]}
        if "\n" not in since.strip():
            return dict(self._expect(since.strip(), Export, "X").claims)
        return dict(self._at(_receipt(since)))

    def _at(self, receipt: Checkpoint) -> Iterator[tuple[str, str]]:
        size, lines = receipt.head.size, list(self._ledger.read(START))
        if receipt.origin != self.info.origin:
            raise Refused(
                "this receipt is of another ledger.", seen=receipt.origin, remedy="factcheck audit --since"
            )
        if not 0 < size <= len(lines) or lines[size - 1].position.head != receipt.head:
            raise Conflict(
                "this ledger does not continue the one of the receipt.",
                seen=f"{size} lines, root {receipt.head.root[:16]}",
                remedy="factcheck audit --since RECEIPT says what is wrong",
            )
        state = folded([line.event for line in lines[:size]], self._suggestions)
        return ((each.id, each.verdict.id if each.verdict else "") for each in state.all(Claim))


def _receipt(text: str) -> Checkpoint:
    try:
        return Checkpoint.from_text(text, where="the receipt")
    except BadData as error:
        raise BadData(
            "this is no receipt.", seen=error.seen, remedy="three lines: origin, size, root"
        ) from error
