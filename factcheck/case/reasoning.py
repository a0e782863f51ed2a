"""Why a claim was suggested: the sum of its priority, with the words that each rule fired on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from factcheck.case.sources import Ingesting
from factcheck.model import Claim, Mention


@dataclass(frozen=True, slots=True)
class Reason:
    """One addend, in thousandths: the rule, and the words of the source that it fired on (code points, half open)."""

    weight: int
    rule: str
    words: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Reasons:
    """The addends of a priority, the weightiest first; `start` is what a statement has before any rule speaks.

    start + the addends = total, always; all in thousandths. `place` is the mention that they are about, if it is
    still where extraction saw it.
    """

    start: int
    addends: tuple[Reason, ...]
    total: int
    place: Mention | None
    checkable: tuple[Reason, ...] = ()
    """The addends of whether it can be checked; none where a rule of its own or older rules say so."""


class Reasoning(Ingesting):
    """Looking at a suggestion as extraction saw it."""

    def reasons(self, claim: Claim) -> Reasons:
        """The visible sum of a claim's priority; without addends for a claim that a person made."""
        place = self._seen_at(claim)
        text = self.text(place.source) if place else ""
        addends = [
            Reason(
                each.weight, each.rule, " ".join(text[each.start : each.end].split()), each.start, each.end
            )
            if place
            else Reason(each.weight, each.rule)
            for each in sorted(claim.why, key=lambda each: (-abs(each.weight), each.start))
        ]
        start = claim.priority - sum(each.weight for each in claim.why)
        return Reasons(start, tuple(addends), claim.priority, place, self._checkable(claim, addends))

    def _checkable(self, claim: Claim, addends: Sequence[Reason]) -> tuple[Reason, ...]:
        if not addends:
            return ()
        from factcheck.text.checkable import can_be_checked, checkability

        fired = sorted((each.start, each.rule, each.end) for each in addends)
        why = checkability(claim.type, [(rule, start, end) for start, rule, end in fired], self._doubting)
        said = {(each.rule, each.start): each.words for each in addends}
        made = tuple(Reason(w.weight, w.rule, said.get((w.rule, w.start), ""), w.start, w.end) for w in why)
        return made if can_be_checked(why) == claim.checkable else ()

    @cached_property
    def _doubting(self) -> frozenset[str]:
        """The names of the rules that doubt what they fire on."""
        from factcheck.text.rules import counting_rules

        own = [rule for pack in self.packs() for rule in pack.rules]
        return frozenset(rule.name for rule in counting_rules(own) if rule.effect == "doubt")

    def _seen_at(self, claim: Claim) -> Mention | None:
        """The mention that the rules fired in; None once it was moved to another version of its source."""
        if not claim.why or any(event.kind == "mention.moved" for event in self.trail(claim.id)):
            return None
        holding = (
            each
            for each in claim.mentions
            if all(each.start < why.end and why.start < each.end for why in claim.why)
        )
        return next(holding, None)
