"""Whether the world can answer a claim: a sum of what its type allows and what its words take back."""

from collections.abc import Container, Iterable
from typing import NamedTuple

_ANSWERABLE = {"prediction": 650, "opinion": -1000, "recommendation": -1000, "causal": 650, "hearsay": 650}
_PLAIN, _DOUBTED, _YES, _PARTLY = 1000, -600, 700, 0
"""What any other type starts with, what a word of doubt takes away, and the sums from which a claim can be checked."""


class Addend(NamedTuple):
    """A reason, where it was seen (-1 where nowhere), and its thousandths."""

    rule: str
    start: int
    end: int
    weight: int


def checkability(
    kind: str, fired: Iterable[tuple[str, int, int]], doubting: Container[str]
) -> tuple[Addend, ...]:
    """The sum for a claim of this type on which these rules fired (name, start, end): its type, and the first that doubts it."""
    doubt = next((one for one in fired if one[0] in doubting), None)
    kinds = Addend(f"type {kind}", -1, -1, _ANSWERABLE.get(kind, _PLAIN))
    return (kinds, Addend(*doubt, _DOUBTED)) if doubt else (kinds,)


def can_be_checked(addends: Iterable[Addend]) -> str:
    """Yes, partly or no, by what they come to."""
    total = sum(each.weight for each in addends)
    return "yes" if total >= _YES else "partly" if total >= _PARTLY else "no"
