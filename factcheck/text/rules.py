"""Rules that make a clause worth checking, or no claim at all: words and patterns in TOML, each with its examples."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from factcheck.errors import BadData
from factcheck.model import ClaimType
from factcheck.text.grammar import RULES

EXTRACTOR = "extract/1"
"""Name and version of this extractor as the ledger writes it."""

MOST_REPEATS = 200
"""The most that the repetitions of a pattern, those inside each other multiplied, may run over."""

EFFECTS = ("", "drop", "doubt")
NEEDS = ("name", "quantity", "person", "number")
_KEYS = {
    "name",
    "language",
    "type",
    "weight",
    "effect",
    "words",
    "pattern",
    "needs",
    "unless",
    "checkable",
    "slot",
    "examples",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires where one of its words or its pattern stands in a clause.

    `type` is its vote on the type of the claim, `weight` (thousandths) its say in the priority and in that vote;
    effect `drop` makes the clause no claim, `doubt` weakens what it says; `slot` names what the claim then speaks of.
    """

    name: str
    written: str
    language: str = ""
    type: str = ""
    weight: int = 0
    effect: str = ""
    needs: tuple[str, ...] = ()
    except_for: str = ""
    checkable: str = ""
    slot: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words and patterns that fire it, compiled when first asked for: a document of one language needs half of them."""
        return _compiled(self.written)

    @property
    def unless(self) -> re.Pattern[str] | None:
        """What keeps it from firing in the same clause, if anything does."""
        return _compiled(self.except_for) if self.except_for else None


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule and the place of the words that made it fire."""

    rule: Rule
    start: int
    end: int


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules of data/rules, in the order of their files."""
    return tuple(rule for name in _rule_files() for rule in _parsed(name))


@cache
def rules_version() -> str:
    """SHA-256 over the extractor's name and all shipped rule files: equal versions suggest equal claims."""
    files = sorted(item.name for item in RULES.iterdir() if item.name.endswith(".toml"))
    digest = hashlib.sha256(EXTRACTOR.encode())
    for name in files:
        digest.update(b"\0" + name.encode() + b"\0" + RULES.joinpath(name).read_bytes())
    return digest.hexdigest()


def firings(rules: Sequence[Rule], text: str, start: int, end: int) -> Iterator[Firing]:
    """Every place in text[start:end] where a rule's words stand; what a rule needs beside them is asked later."""
    for rule in rules:
        for match in rule.pattern.finditer(text, start, end):
            yield Firing(rule, match.start(), match.end())


def read_rules(
    entries: Sequence[dict[str, Any]], text: str, where: str, language: str = "", *, ours: bool = False
) -> tuple[Rule, ...]:
    """The rules of one file; raises `BadData` with file and line."""
    lines = [number for number, words in enumerate(text.splitlines(), 1) if _OPENS.match(words)]
    lines += [1] * (len(entries) - len(lines))
    return tuple(
        _rule({"language": language, **entry}, f"{where}:{line}", ours=ours)
        for entry, line in zip(entries, lines, strict=False)
    )


_OPENS = re.compile(r"\s*\[\[\s*rule\s*\]\]")


def _rule_files() -> list[str]:
    return sorted(
        item.name for item in RULES.iterdir() if item.name.endswith(".toml") and item.name != "grammar.toml"
    )


def _parsed(name: str) -> tuple[Rule, ...]:
    text = RULES.joinpath(name).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return read_rules(table["rule"], text, name, table.get("language", ""), ours=True)


def _rule(entry: dict[str, Any], where: str, *, ours: bool) -> Rule:
    """`ours` are shipped rules: the tests check their patterns, so that a start need not."""
    _check(entry, where)
    examples = entry.get("examples", {})
    unless = entry.get("unless", [])
    return Rule(
        name=entry["name"],
        written=_alternatives(entry.get("pattern", []), where, entry.get("words", []), ours=ours),
        language=entry["language"],
        type=entry.get("type", ""),
        weight=entry.get("weight", 0),
        effect=entry.get("effect", ""),
        needs=tuple(entry.get("needs", [])),
        except_for=_alternatives(unless, where, ours=ours) if unless else "",
        checkable=entry.get("checkable", ""),
        slot=entry.get("slot", ""),
        yes=tuple(examples.get("yes", [])),
        no=tuple(examples.get("no", [])),
    )


def _check(entry: dict[str, Any], where: str) -> None:
    for key in entry.keys() - _KEYS:
        raise _broken(where, f"A rule has no '{key}'.", key, f"use {', '.join(sorted(_KEYS))}")
    if not isinstance(entry.get("name"), str):
        raise _broken(where, "A rule needs a name.", repr(entry.get("name")), 'write name = "..."')
    if not entry.get("words") and not entry.get("pattern"):
        raise _broken(
            where, "A rule needs words or a pattern.", entry["name"], 'write words = ["...", "..."]'
        )
    _check_values(entry, where)


def _check_values(entry: dict[str, Any], where: str) -> None:
    for key in ("words", "pattern", "needs", "unless"):
        if not isinstance(entry.get(key, []), list) or not all(
            isinstance(item, str) and item for item in entry.get(key, [])
        ):
            raise _broken(
                where, f"'{key}' must be a list of strings.", repr(entry[key]), f'write {key} = ["..."]'
            )
    for key, allowed in (
        ("language", ("", "zh", "en")),
        ("type", ("", *ClaimType)),
        ("effect", EFFECTS),
        ("checkable", ("", "yes", "partly", "no")),
    ):
        if entry.get(key, "") not in allowed:
            raise _broken(
                where, f"The {key} is not known.", repr(entry[key]), f"use one of {', '.join(allowed[1:])}"
            )
    if not isinstance(entry.get("weight", 0), int) or not set(entry.get("needs", [])) <= set(NEEDS):
        raise _broken(
            where,
            "'weight' must be an integer (thousandths) and 'needs' known.",
            repr(entry),
            f"needs: {', '.join(NEEDS)}",
        )


def _literal(word: str) -> str:
    plain = re.escape(word).replace("\\ ", " ")
    left = "\\b" if word[0].isascii() and word[0].isalnum() else ""
    right = "\\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return f"{left}{plain}{right}"


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE | re.MULTILINE)


def _alternatives(patterns: Sequence[str], where: str, words: Sequence[str] = (), *, ours: bool) -> str:
    for one in () if ours else patterns:
        try:
            tree = parser.parse(one)
        except re.error as error:
            raise _broken(
                where, "The pattern is no regular expression.", f"{one}: {error}", "correct it, or use words"
            ) from None
        if _unbounded(tree):
            raise _broken(
                where, "The pattern may run for ever.", one, "write {0,20} instead of * and +"
            ) from None
    return "|".join([*map(_literal, words), *(f"(?:{one})" if "|" in one else one for one in patterns)])


def _unbounded(tree: Any) -> bool:
    """Whether a repetition has no bound, or repetitions stand in each other: both can take quadratic time or worse."""
    return any(_repeats(item, around=1) for item in tree)


def _repeats(item: Any, *, around: int) -> bool:
    kind, value = item
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        _, high, body = value
        return (
            high is sre.MAXREPEAT
            or int(high) * around > MOST_REPEATS
            or any(_repeats(sub, around=int(high) * around) for sub in body)
        )
    return any(_repeats(sub, around=around) for body in _bodies(kind, value) for sub in body)


def _bodies(kind: Any, value: Any) -> Iterator[Any]:
    if kind is sre.SUBPATTERN:
        yield value[3]
    elif kind is sre.BRANCH:
        yield from value[1]
    elif kind in (sre.ASSERT, sre.ASSERT_NOT):
        yield value[1]
    elif kind is sre.ATOMIC_GROUP:
        yield value


def _broken(where: str, what: str, seen: str, remedy: str) -> BadData:
    return BadData(what, where=where, seen=seen, remedy=f"{remedy}.")
