"""What people have done to claims so far, as the numbering of a new extraction needs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from factcheck.case.suggesting import Before, Frame, Place, frame, group_number
from factcheck.model import Claim, ClaimState, Reading


@dataclass(frozen=True, slots=True)
class Touched:
    """The claims that people have touched, after so many lines of the ledger.

    `taken` and `framed` are numbers by source: by the place of each mention, and by the frame in which a claim was suggested.
    `groups` and `apart` are those of `Before`; `highest` is the highest number of a group.
    """

    lines: int
    taken: Mapping[str, Mapping[Place, str]]
    framed: Mapping[str, Mapping[Frame, str]]
    groups: Mapping[str, str]
    apart: frozenset[tuple[str, str, str]]
    highest: int

    @classmethod
    def of(cls, lines: int, claims: Sequence[Claim], bases: Sequence[Claim]) -> Self:
        """Read from the claims, and from what each was before anybody touched it."""
        taken: dict[str, dict[Place, str]] = {}
        framed: dict[str, dict[Frame, str]] = {}
        for claim in claims:
            for mention in claim.mentions:
                taken.setdefault(mention.source, {})[mention.start, mention.end] = claim.id
        for base in bases:
            framed.setdefault(base.mentions[0].source, {})[frame(base)] = base.id
        groups = {claim.id: claim.group for claim in claims}
        apart = frozenset((str(kind), claim.id, other) for claim in claims for kind, other in claim.apart)
        highest = max(map(group_number, groups.values()), default=0)
        return cls(lines, taken, framed, groups, apart, highest)

    def before(
        self,
        source: str,
        untouched: Sequence[Claim],
        readings: Sequence[Reading],
        *,
        first: int,
        first_reading: int,
    ) -> Before:
        """What the case knows of a source: this, and what is suggested there that nobody has touched."""
        open_ = [c.id for c in untouched if c.state is ClaimState.SUGGESTED and not c.proposed]
        open_ += [each.id for each in readings if each.state == "proposed"]
        own = [each for each in untouched if each.mentions[0].source == source]
        suggested = {claim.id: claim.group for claim in untouched}
        return Before(
            first=first,
            first_reading=first_reading,
            framed={frame(each): each.id for each in own} | dict(self.framed.get(source, {})),
            taken=self.taken.get(source, {}),
            groups=suggested | dict(self.groups) if suggested else self.groups,
            readings=tuple(readings),
            open=frozenset(open_),
            apart=self.apart,
            highest_group=max([self.highest, *map(group_number, suggested.values())]),
        )
