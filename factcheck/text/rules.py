"""Rules that make a clause worth checking, or no claim at all: words and patterns in TOML, each with its examples."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from factcheck.errors import BadData
from factcheck.model import ClaimType
from factcheck.text.grammar import RULES
from factcheck.text.patterns import alternatives, pattern

EXTRACTOR = "extract/1"
"""Name and version of this extractor as the ledger writes it."""

LONGEST_RULE = 60
"""Characters of the longest name of a rule."""

HEAVIEST = 100_000
"""Thousandths of the largest weight."""

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
class Example:
    """Words on which a rule must fire, or must not; `line` is where they stand in its file."""

    words: str
    fires: bool
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires where one of its words or its pattern stands in a clause.

    `type` is its vote on the type of the claim, `weight` (thousandths) its say in the priority and in that vote;
    effect `drop` makes the clause no claim, `doubt` weakens what it says; `slot` names what the claim then speaks of.
    `file` and `line` say where it was written.
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
    words: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    file: str = ""
    line: int = 1

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words and patterns that fire it."""
        return pattern(self.written)

    @property
    def unless(self) -> re.Pattern[str] | None:
        """What keeps it from firing in the same clause, if anything does."""
        return pattern(self.except_for) if self.except_for else None

    @property
    def yes(self) -> tuple[str, ...]:
        """Words on which it must fire."""
        return tuple(one.words for one in self.examples if one.fires)

    @property
    def no(self) -> tuple[str, ...]:
        """Words on which it must not fire."""
        return tuple(one.words for one in self.examples if not one.fires)


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


def counting_rules(own: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that count: one of one's own stands in for a shipped one of its name, the first of a name wins."""
    found = {rule.name: rule for rule in reversed(own)}
    shipped = tuple(found.pop(rule.name, rule) for rule in shipped_rules())
    return (*shipped, *(rule for rule in own if found.pop(rule.name, None)))


@cache
def rule_words() -> tuple[str, ...]:
    """The words of all shipped rules: they are right, whatever a dictionary lacks."""
    return tuple(word for rule in shipped_rules() for word in rule.words)


@cache
def rules_version(plugins: tuple[tuple[str, str], ...] = ()) -> str:
    """SHA-256 over the extractor's name and all shipped rule files: equal versions suggest equal claims.

    `plugins` are the stages that somebody else's code stands in for, each with the SHA-256 of that code.
    """
    files = sorted(item.name for item in RULES.iterdir() if item.name.endswith(".toml"))
    digest = hashlib.sha256(EXTRACTOR.encode())
    for name in files:
        digest.update(b"\0" + name.encode() + b"\0" + RULES.joinpath(name).read_bytes())
    for stage, sha256 in plugins:
        digest.update(f"\0plugin {stage}\0{sha256}".encode())
    return digest.hexdigest()


def firings(rules: Sequence[Rule], text: str, start: int, end: int) -> Iterator[Firing]:
    """Every place in text[start:end] where a rule's words stand; what a rule needs beside them is asked later."""
    for rule in rules:
        for match in rule.pattern.finditer(text, start, end):
            yield Firing(rule, match.start(), match.end())


def read_rules(
    entries: Sequence[dict[str, Any]], text: str, where: str, language: str = "", *, counted: bool = True
) -> tuple[Rule, ...]:
    """The rules of one file; raises `BadData` with file and line.

    Without `counted` the cost of the patterns is not worked out: for rules whose tests have done it.
    """
    written = text.split("\n")
    lines = openings(text, "rule")
    lines += [1] * (len(entries) - len(lines))
    ends = [*(line - 1 for line in lines[1:]), len(written)]
    return tuple(
        _rule({"language": language, **entry}, where, line, written[line - 1 : end], counted=counted)
        for entry, line, end in zip(entries, lines, ends, strict=False)
    )


def openings(text: str, key: str) -> list[int]:
    """The lines on which the entries [[key]] of a TOML file open, from 1."""
    opens = re.compile(rf"\s*\[\[\s*[\"']?{key}[\"']?\s*\]\]")
    return [number for number, line in enumerate(text.split("\n"), 1) if opens.match(line)]


_EXAMPLES = re.compile(r"\s*(?:\[\s*rule\s*\.\s*examples|examples\b)")


def _examples(entry: dict[str, Any], line: int, written: Sequence[str]) -> Iterator[Example]:
    """The examples of a rule with their lines; `written` are the lines of the rule, of which `line` is the first."""
    start = next((i for i, words in enumerate(written) if _EXAMPLES.match(words)), 0)
    for key in ("yes", "no"):
        for words in entry.get("examples", {}).get(key, []):
            found = (i for i in range(start, len(written)) if words in written[i])
            start = next(found, start)
            yield Example(words, key == "yes", line + start)


def _rule_files() -> list[str]:
    return sorted(
        item.name for item in RULES.iterdir() if item.name.endswith(".toml") and item.name != "grammar.toml"
    )


def _parsed(name: str) -> tuple[Rule, ...]:
    text = RULES.joinpath(name).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return read_rules(table["rule"], text, name, table.get("language", ""), counted=False)


def _rule(entry: dict[str, Any], file: str, line: int, written: Sequence[str], *, counted: bool) -> Rule:
    where = f"{file}:{line}"
    _check(entry, where)
    unless = entry.get("unless", [])
    made = partial(alternatives, counted=counted)
    return Rule(
        name=entry["name"].strip(),
        written=made(entry.get("pattern", []), where, entry.get("words", [])),
        language=entry["language"],
        type=entry.get("type", ""),
        weight=entry.get("weight", 0),
        effect=entry.get("effect", ""),
        needs=tuple(entry.get("needs", [])),
        except_for=made(unless, where) if unless else "",
        checkable=entry.get("checkable", ""),
        slot=entry.get("slot", ""),
        words=tuple(entry.get("words", [])),
        examples=tuple(_examples(entry, line, written)),
        file=file,
        line=line,
    )


def _check(entry: dict[str, Any], where: str) -> None:
    for key in entry.keys() - _KEYS:
        raise _broken(where, f"A rule has no '{key}'.", key, f"use {', '.join(sorted(_KEYS))}")
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip() or not name.isprintable() or len(name) > LONGEST_RULE:
        raise _broken(
            where,
            f"A rule needs a name of 1 to {LONGEST_RULE} characters.",
            repr(name)[:60],
            'write name = "..."',
        )
    if not entry.get("words") and not entry.get("pattern"):
        raise _broken(
            where, "A rule needs words or a pattern.", entry["name"], 'write words = ["...", "..."]'
        )
    _check_values(entry, where)


def _check_values(entry: dict[str, Any], where: str) -> None:
    for key in ("words", "pattern", "needs", "unless"):
        _check_list(entry.get(key, []), key, where)
    examples = entry.get("examples", {})
    if not isinstance(examples, dict) or examples.keys() - {"yes", "no"}:
        raise _broken(
            where, "Examples have two lists, yes and no.", repr(examples)[:60], 'write examples.yes = ["..."]'
        )
    for key, words in examples.items():
        _check_list(words, f"examples.{key}", where)
    if not isinstance(entry.get("slot", ""), str):
        raise _broken(where, "'slot' must be a word.", repr(entry["slot"]), 'write slot = "..."')
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
    weight = entry.get("weight", 0)
    whole = isinstance(weight, int) and not isinstance(weight, bool) and abs(weight) <= HEAVIEST
    if not whole or not set(entry.get("needs", [])) <= set(NEEDS):
        raise _broken(
            where,
            f"'weight' must be an integer (thousandths, at most {HEAVIEST}) and 'needs' known.",
            f"weight {weight!r}, needs {entry.get('needs', [])!r}",
            f"needs: {', '.join(NEEDS)}",
        )


def _check_list(value: object, key: str, where: str) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _broken(
            where, f"'{key}' must be a list of strings.", repr(value)[:60], f'write {key} = ["..."]'
        )


def _broken(where: str, what: str, seen: str, remedy: str) -> BadData:
    return BadData(what, where=where, seen=seen, remedy=remedy)
