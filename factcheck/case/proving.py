"""What is proven of an act: whose signature it bears, and between which heads of the ledger it was recorded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from factcheck.case.desk import Desk
from factcheck.errors import NotFound
from factcheck.events import Event, trust
from factcheck.ledger.checkpoint import Checkpoint
from factcheck.model import CaseInfo


@dataclass(frozen=True, slots=True)
class Proven:
    """What the ledger proves of one event by itself.

    `signature`: good, bad, unchecked, later (signed afterwards) or none, with `why` (the key, or what is wrong).
    It was recorded behind the head of `after` lines, which its author names or its `prev` holds, and before the head of
    `before` lines, over which `by` gave a good signature: 0 where nobody has, so that only a receipt could show it.
    """

    signature: str
    why: str
    after: int
    before: int = 0
    by: str = ""


class Proving(Desk):
    """Signatures and intervals, for whoever reads a trail."""

    def proven(self, events: Iterable[Event]) -> dict[int, Proven]:
        """What is proven of these events, by their line."""
        from factcheck.audit.signing import Standing, standing_of
        from factcheck.audit.trail import original

        shown = sorted(events, key=lambda each: each.seq)
        info_at = self._info_at()
        heads = self._good_heads(shown, info_at) if shown else []
        later = {
            s.id: head
            for head in heads
            if isinstance(head.body, trust.DecisionsSigned)
            for s in head.body.decisions
        }
        found: dict[int, Proven] = {}
        for each in shown:
            adopted = each.as_written is not each
            known = each.time if adopted else self._time_before(each)
            standing, why = standing_of(original(each), info_at(each), known)
            signer = later.get(each.id) if standing is Standing.NONE else None
            state = "later" if signer else str(standing)
            said = f"#{signer.seq}" if signer else "" if standing is Standing.NONE else why
            signed_here = each.tree and standing is Standing.GOOD and not adopted
            after = each.tree.size if each.tree and signed_here else each.seq - 1
            cover = next((head for head in heads if head.tree and head.tree.size >= each.seq), None)
            size = cover.tree.size if cover and cover.tree else 0
            found[each.seq] = Proven(state, said, after, size, cover.by if cover else "")
        return found

    def _good_heads(self, shown: list[Event], info_at: Callable[[Event], CaseInfo]) -> list[Event]:
        """Signed events behind the first of these whose signature is good, up to the first that covers the last."""
        from factcheck.audit.signing import Standing, standing_of

        waiting = {each.id for each in shown if not each.sig}
        found: list[Event] = []
        for event in self._index.signed(shown[0].seq):
            if standing_of(event, info_at(event), self._time_before(event))[0] is not Standing.GOOD:
                continue
            found.append(event)
            if isinstance(event.body, trust.DecisionsSigned):
                waiting -= {each.id for each in event.body.decisions}
            if not waiting and event.tree and event.tree.size >= shown[-1].seq:
                break
        return found

    def _time_before(self, event: Event) -> str:
        line = self._index.line(event.seq - 1)
        return Event.from_line(line, where="").time if line else ""

    def _info_at(self) -> Callable[[Event], CaseInfo]:
        """The case before an act: folded once from the few that change it; before an adopted one, as all desks have it."""
        from factcheck.state import State, apply

        state, steps = State(), list[tuple[Event, CaseInfo]]()
        for event in self._index.history("case"):
            apply(state, event, lambda _: [])
            steps.append((event, state.info()))

        def info_at(act: Event) -> CaseInfo:
            adopted = act.as_written is not act
            behind = (
                info
                for step, info in reversed(steps)
                if (step.order < act.order if adopted else step.seq < act.seq)
            )
            return next(behind, CaseInfo())

        return info_at

    def line_proof(self, line: int) -> str:
        """That a line stands in the ledger as it is now, as a file that stands alone (c2sp.org/tlog-proof@v1)."""
        from factcheck.audit.trail import Trail
        from factcheck.merkle import Tree, leaf_hash
        from factcheck.signing.proofs import Proof

        head = self.head
        if not 0 < line <= head.size:
            raise NotFound(
                f"there is no line {line}.", where=self.info.name, remedy="factcheck trail numbers them"
            )
        tree = Tree()
        for data, _ in zip(Trail(self.folder).raw(), range(head.size), strict=False):
            tree.append(leaf_hash(data))
        hashes = tuple(tree.inclusion_proof(line - 1, head.size))
        return Proof(line - 1, hashes, self._note(Checkpoint(self.info.origin, head).to_text())).to_text()
