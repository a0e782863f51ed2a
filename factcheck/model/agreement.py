"""How far two people who did not see each other's verdicts agree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that two people rated differently: the first rating and the second."""

    claim: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Blind pairs of ratings: how many, how many equal, and kappa (None: it cannot be told)."""

    pairs: int
    agreed: int
    kappa: Fraction | None
    disagreements: tuple[Disagreement, ...] = ()


def kappa(pairs: Sequence[tuple[str, str]]) -> Fraction | None:
    """Cohen's kappa of pairs of ratings: (observed - expected) / (1 - expected) agreement, exactly.

    Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960).
    The two raters are the first and the second person of each pair. None without pairs, and where chance alone
    would make both agree always.
    """
    if not pairs:
        return None
    total = len(pairs)
    firsts, seconds = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    observed = Fraction(sum(one == two for one, two in pairs), total)
    expected = Fraction(sum(firsts[each] * seconds[each] for each in firsts), total * total)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def agreement(rated: Sequence[tuple[str, str, str]]) -> Agreement:
    """Count pairs: (claim, first rating, second rating)."""
    found = kappa([(one, two) for _, one, two in rated])
    apart = tuple(Disagreement(*each) for each in rated if each[1] != each[2])
    return Agreement(len(rated), len(rated) - len(apart), found, apart)
