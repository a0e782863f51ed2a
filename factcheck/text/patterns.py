"""Regular expressions that other people write: refused before they can run for ever, compiled so that they cannot mislead.

The matcher of Python backtracks: it tries every way in which a pattern can read a text until one fits. `work` counts
these ways from above for one starting place, on the worst text there is, so that a pattern costs a known number of steps
for each character and a long document costs in proportion to its length. What cannot be counted is refused.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from re import _casefix as casefix  # type: ignore[attr-defined]
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from factcheck.errors import BadData

MOST_WORK = 10_000
"""Steps that a pattern may need for one starting place on the worst text there is."""

MOST_REPEATS = 200
"""The most that one repetition may run over."""

LONGEST_PATTERN = 2_000
"""Characters of the longest pattern; a longer one is a list, and a list has `words`."""

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_ENOUGH = 10**9
_SEEN_AT_ONCE = 8
"""So many alternatives that begin otherwise cost one step together."""
_LOCAL = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE
_FLAGS = re.IGNORECASE | re.MULTILINE

Begins = frozenset[str]
"""The characters with which a piece can begin: those that the pattern names, and kinds of all others."""

_KINDS = frozenset({"letter", "digit", "blank", "mark"})
_CATEGORIES: dict[Any, frozenset[str]] = {
    sre.CATEGORY_DIGIT: frozenset({"digit"}),
    sre.CATEGORY_NOT_DIGIT: _KINDS - {"digit"},
    sre.CATEGORY_SPACE: frozenset({"blank"}),
    sre.CATEGORY_NOT_SPACE: _KINDS - {"blank"},
    sre.CATEGORY_WORD: frozenset({"letter", "digit"}),
    sre.CATEGORY_NOT_WORD: frozenset({"blank", "mark"}),
}


@dataclass(frozen=True, slots=True)
class _Cost:
    """`ways` in which a piece can be read at one place, and the `work` of trying them all."""

    ways: int
    work: int


@cache
def pattern(written: str) -> re.Pattern[str]:
    """A pattern made by `alternatives`, compiled when it is first needed: a document of one language needs half of them."""
    return re.compile(written, _FLAGS)


def compiled(
    patterns: Sequence[str], where: str, words: Sequence[str] = (), *, counted: bool = True
) -> re.Pattern[str]:
    """`alternatives`, compiled at once."""
    return pattern(alternatives(patterns, where, words, counted=counted))


def alternatives(
    patterns: Sequence[str], where: str, words: Sequence[str] = (), *, counted: bool = True
) -> str:
    """One pattern that fires where one of these words or patterns stands; `BadData` with `where` for what may not be."""
    for one in patterns if counted else ():
        _check(one, where)
    return "|".join([*map(literal, words), *(f"(?:{one})" for one in patterns)])


def literal(word: str) -> str:
    """A pattern for a word as it is written, which ends where a word of its script ends."""
    plain = re.escape(word).replace("\\ ", " ")
    left = "\\b" if word[0].isascii() and word[0].isalnum() else ""
    right = "\\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return f"{left}{plain}{right}"


def work(pattern: str) -> int:
    """Steps from above for one starting place; raises ValueError with a reason for what cannot be counted."""
    tree = parser.parse(pattern)
    if tree.state.flags & ~re.UNICODE:
        raise ValueError("A pattern cannot switch flags.")
    steps = _Counting(tree).sequence(tree, frozenset()).work
    # What begins with ^ is tried once a clause, and a clause has to be long to need many steps.
    return steps // 10 if tree and tree[0] == (sre.AT, sre.AT_BEGINNING) else steps


def _check(one: str, where: str) -> None:
    if len(one) > LONGEST_PATTERN:
        raise _broken(where, "The pattern is too long.", f"{len(one)} characters", "write a list of words")
    try:
        steps = _work_of_own(one)
    except re.error as error:
        raise _broken(
            where, "The pattern is no regular expression.", f"{one}: {error}", "correct it, or use words"
        ) from None
    except FutureWarning as warning:
        raise _broken(
            where,
            "The pattern can be read in two ways.",
            f"{one}: {warning}",
            "write \\[ for the character [",
        ) from None
    except (RecursionError, OverflowError):
        raise _broken(where, "The pattern is nested or repeated too far.", one[:60], "use words") from None
    except ValueError as reason:
        raise _broken(
            where,
            str(reason),
            one,
            "write {0,20} instead of * and +, and (?:...) for a group",
        ) from None
    if steps > MOST_WORK:
        raise _broken(
            where,
            "The pattern may run for ever: there are too many ways to read one text.",
            one,
            "repeat less, or let what follows a repetition begin with a character that it cannot take",
        )


def _work_of_own(one: str) -> int:
    """The work of a pattern that is whole by itself: it must not lean on flags or on groups of its neighbours."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        steps = work(one)
        found = re.compile(one, _FLAGS)
    if found.groupindex:
        raise ValueError("The groups of a pattern have no names.")
    return steps


class _Counting:
    """Counts one pattern, over the characters that it names and four kinds of characters that it does not name."""

    def __init__(self, tree: Sequence[Any]) -> None:
        self.named = frozenset(_folded(code) for code in _codes(tree))
        self.all = self.named | _KINDS

    def sequence(self, items: Sequence[Any], after: Begins) -> _Cost:
        """Items one behind the other; `after` is what can follow the last of them."""
        ways = steps = 1
        for item, behind in zip(items, self._behind(items, after), strict=True):
            cost = self._item(item, behind)
            steps = min(_ENOUGH, steps + ways * cost.work)
            ways = min(_ENOUGH, ways * cost.ways)
        return _Cost(ways, steps)

    def _behind(self, items: Sequence[Any], after: Begins) -> list[Begins]:
        """For each item, what the rest of the sequence can begin with."""
        behind: list[Begins] = []
        for item in reversed(items):
            behind.append(after)
            begins, empty = self._first(item)
            after = begins | after if empty else begins
        return behind[::-1]

    def _item(self, item: Any, behind: Begins) -> _Cost:
        kind, value = item
        if kind in _REPEATS:
            return self._repeat(kind, value, behind)
        if kind is sre.BRANCH:
            return self._branch(value[1], behind)
        if kind is sre.SUBPATTERN:
            return self.sequence(value[3], behind)
        if kind in (sre.ASSERT, sre.ASSERT_NOT):
            return _Cost(1, self.sequence(value[1], frozenset()).work)
        if kind is sre.ATOMIC_GROUP:
            return _Cost(1, self.sequence(value, frozenset()).work)
        return _Cost(1, 1)

    def _repeat(self, kind: Any, value: tuple[int, int, Any], behind: Begins) -> _Cost:
        low, high, body = value
        begins, empty = self._of(body)
        one = self.sequence(body, begins | behind)
        ways = steps = 0
        reached = 1
        for times in range(high + 1):
            ways = min(_ENOUGH, ways + reached * (times >= low))
            steps = min(_ENOUGH, steps + reached * one.work)
            reached = min(_ENOUGH, reached * one.ways)
        # Where what follows cannot begin as the repetition does, one length at most lets the rest go on.
        only = one.ways == 1 and not empty and not begins & behind
        return _Cost(1 if only or kind is sre.POSSESSIVE_REPEAT else ways, steps)

    def _branch(self, choices: Sequence[Any], behind: Begins) -> _Cost:
        """Alternatives that begin differently exclude each other: what counts is the worst beginning."""
        costs = [(self.sequence(each, behind), *self._of(each)) for each in choices]
        fits = [[cost for cost, begins, empty in costs if empty or one in begins] for one in self.all]
        ways = max(sum(cost.ways for cost in together) for together in fits)
        steps = max(sum(cost.work for cost in together) for together in fits)
        return _Cost(min(_ENOUGH, max(1, ways)), min(_ENOUGH, steps + len(costs) // _SEEN_AT_ONCE))

    def _of(self, items: Sequence[Any]) -> tuple[Begins, bool]:
        """What a sequence can begin with, and whether it can be empty."""
        begins: Begins = frozenset()
        for item in items:
            one, empty = self._first(item)
            begins |= one
            if not empty:
                return begins, False
        return begins, True

    def _first(self, item: Any) -> tuple[Begins, bool]:
        kind, value = item
        if kind in _REPEATS:
            begins, empty = self._of(value[2])
            return begins, empty or value[0] == 0
        if kind is sre.BRANCH:
            told = [self._of(each) for each in value[1]]
            return frozenset().union(*(begins for begins, _ in told)), any(empty for _, empty in told)
        if kind is sre.SUBPATTERN:
            return self._of(value[3])
        if kind is sre.ATOMIC_GROUP:
            return self._of(value)
        if kind is sre.AT:
            return frozenset(), True
        # A look ahead or back is tried wherever it is reached: as if anything could begin there.
        return (self.all, False) if kind in (sre.ASSERT, sre.ASSERT_NOT) else (self._one(kind, value), False)

    def _one(self, kind: Any, value: Any) -> Begins:
        """The characters that an item of one character takes."""
        if kind is sre.LITERAL:
            return frozenset({_folded(value)})
        if kind is sre.NOT_LITERAL:
            return self.all - {_folded(value)}
        if kind is not sre.IN:
            return self.all
        if value[0][0] is sre.NEGATE:
            return self.all - self._set(value[1:], surely=True)
        return self._set(value, surely=False)

    def _set(self, members: Sequence[tuple[Any, Any]], *, surely: bool) -> Begins:
        found: set[str] = set()
        for kind, value in members:
            if kind is sre.LITERAL:
                found.add(_folded(value))
            elif kind is sre.CATEGORY:
                found |= _CATEGORIES[value]
                found |= {char for char in self.named if _kind(char) in _CATEGORIES[value]}
            else:
                found |= {char for char in self.named if _within(char, *value)}
                found |= frozenset() if surely else _kinds(*value)
        return frozenset(found)


def _codes(tree: Iterable[Any]) -> Iterator[int]:
    """The characters that a pattern names; ValueError for what no count covers."""
    for kind, value in tree:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            yield value
        elif kind is sre.IN:
            yield from _codes(value)
        elif kind is sre.RANGE:
            yield from value
        elif kind in (sre.GROUPREF, sre.GROUPREF_EXISTS):
            raise ValueError("A pattern cannot refer back to a group.")
        elif kind in _REPEATS and (value[1] is sre.MAXREPEAT or value[1] > MOST_REPEATS):
            raise ValueError(
                f"The pattern may run for ever: it repeats something more than {MOST_REPEATS} times."
            )
        elif kind is sre.SUBPATTERN and (value[1] & ~_LOCAL or value[2]):
            raise ValueError("A pattern cannot switch flags.")
        for body in _bodies(kind, value):
            yield from _codes(body)


def _bodies(kind: Any, value: Any) -> Sequence[Any]:
    if kind is sre.BRANCH:
        return tuple(value[1])
    if kind in _REPEATS:
        return (value[2],)
    if kind is sre.SUBPATTERN:
        return (value[3],)
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return (value[1],)
    return (value,) if kind is sre.ATOMIC_GROUP else ()


def _folded(code: int) -> str:
    """One character for all that the matcher takes for the same without case."""
    low = ord(chr(code).lower()[0])
    return chr(min(low, *casefix._EXTRA_CASES.get(low, (low,))))  # noqa: SLF001  # the matcher's own table


def _within(char: str, low: int, high: int) -> bool:
    """Whether a range takes this folded character, in one of its cases."""
    code = ord(char)
    cases = (code, *map(ord, char.upper() + char.lower()), *casefix._EXTRA_CASES.get(code, ()))  # noqa: SLF001
    return any(low <= case <= high for case in cases)


def _kind(char: str) -> str:
    if char.isdecimal():
        return "digit"
    if char.isalnum() or char == "_":
        return "letter"
    return "blank" if char.isspace() else "mark"


def _kinds(low: int, high: int) -> frozenset[str]:
    """The kinds of characters in a range; all of them when it is wide and not of Chinese characters only."""
    if 0x4E00 <= low <= high <= 0x9FFF:
        return frozenset({"letter"})
    return frozenset(map(_kind, map(chr, range(low, high + 1)))) if high - low < 200 else _KINDS


def _broken(where: str, what: str, seen: str, remedy: str) -> BadData:
    return BadData(what, where=where, seen=seen, remedy=remedy)
