"""Looking over rules and packs before they are used: examples that fail, names that clash, entries that can do nothing."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import rjieba

from factcheck.text.clauses import language, sentences
from factcheck.text.names import KnownNames, known_names
from factcheck.text.packs import Entity, Pack
from factcheck.text.parts import parts
from factcheck.text.patterns import alternatives
from factcheck.text.rules import Rule, shipped_rules
from factcheck.text.sounds import syllables
from factcheck.text.spans import Span
from factcheck.text.view import Passage, view


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that somebody should look at; `clash`: two entries cannot both be meant, or one does nothing at all."""

    check: str
    where: str
    seen: str
    do: str
    clash: bool = True


def rule_flaws(rules: Sequence[Rule], packs: Sequence[Pack] = ()) -> Iterator[Flaw]:
    """Every example on which its rule does not do what it promises; names of the packs are known names."""
    known = known_names(packs)
    for rule in rules:
        for example in rule.examples:
            if fires(rule, example.words, known) != example.fires:
                yield Flaw(
                    "example",
                    f"{rule.file}:{example.line}",
                    f"{rule.name} {'does not fire' if example.fires else 'fires'} on: {example.words}",
                    "change the words of the rule"
                    if example.fires
                    else "add what must not stand there to 'unless'",
                )


def fires(rule: Rule, words: str, known: KnownNames) -> bool:
    """Whether the rule counts in a document that consists of these words, read as every document is."""
    lines = _lines(words)
    seen = view(words, [Passage("transcript", lines)]) if lines else None
    batch = list(sentences(seen)) if seen else []
    return any(part.firings for part in parts(seen.text, batch, [rule], known)) if seen else False


def as_read(words: str) -> str:
    """These words as the stages read them: one line, no blanks beside Chinese characters."""
    lines = _lines(words)
    return view(words, [Passage("transcript", lines)]).text.strip() if lines else ""


def pack_flaws(packs: Sequence[Pack], behind: Sequence[Pack] = ()) -> list[Flaw]:
    """The flaws of these packs, among themselves and with those that come `behind` them, by file and line."""
    everything = (*packs, *behind)
    found = (
        flaw
        for pack in packs
        for flaw in (*_name_flaws(pack, everything), *_own_rule_flaws(pack, everything))
    )
    return list(dict.fromkeys(found))


def _lines(words: str) -> tuple[Span, ...]:
    at, found = 0, []
    for line in words.splitlines(keepends=True):
        if line.strip():
            found.append(Span(at, at + len(line.rstrip())))
        at += len(line)
    return tuple(found)


def _place(pack: Pack, entity: Entity) -> str:
    return f"{pack.file}:{entity.line}"


def _owners(packs: Sequence[Pack], forms: str) -> dict[str, list[tuple[Pack, Entity]]]:
    """Who has a name, or a heard form: `forms` is names or heard."""
    owners: dict[str, list[tuple[Pack, Entity]]] = {}
    for pack in packs:
        for entity in pack.entities:
            for word in (entity.name, *entity.aliases) if forms == "names" else entity.heard:
                owners.setdefault(word.casefold(), []).append((pack, entity))
    return owners


def _name_flaws(pack: Pack, packs: Sequence[Pack]) -> Iterator[Flaw]:
    names, heard = _owners(packs, "names"), _owners(packs, "heard")
    for entity in pack.entities:
        yield from _heard_flaws(pack, entity, names, heard)
        yield from _again(pack, entity, names)
        if _deaf(entity):
            yield Flaw(
                "too short for sound",
                _place(pack, entity),
                entity.name,
                "list under 'heard' what the recogniser writes, or give it 'context'",
                clash=False,
            )


def _heard_flaws(
    pack: Pack,
    entity: Entity,
    names: dict[str, list[tuple[Pack, Entity]]],
    heard: dict[str, list[tuple[Pack, Entity]]],
) -> Iterator[Flaw]:
    guarded = bool(entity.context or entity.not_context)
    where = _place(pack, entity)
    for word in entity.heard:
        for other_pack, other in names.get(word.casefold(), ()):
            same = other.name == entity.name
            if same and word not in (other.name, *other.aliases):
                continue  # the same letters in another case: a correction like any other
            yield Flaw(
                "heard is a name",
                where,
                f"{entity.name} is heard as {word}, "
                + ("its own name" if same else f"the name at {_place(other_pack, other)}"),
                "take it out of 'heard'" if same else "give it 'context', so that the name itself stays",
                clash=same or not guarded,
            )
        for other_pack, other in heard[word.casefold()]:
            if other.name != entity.name and not (guarded and (other.context or other.not_context)):
                yield Flaw(
                    "heard for two names",
                    where,
                    f"{word} is heard for {entity.name}, and for {other.name} at {_place(other_pack, other)}",
                    "keep one, or give both 'context'",
                    clash=other_pack.file == pack.file,
                )
        if as_read(word) != word:
            yield Flaw(
                "never stands so",
                where,
                f"{entity.name} is heard as {word!r}",
                f"write it as documents are read: {as_read(word)!r}",
            )
        if not guarded and _is_common(word):
            yield Flaw(
                "common word",
                where,
                f"{entity.name} is heard as {word}",
                "give it 'context': words that stand near it then",
                clash=False,
            )


def _again(pack: Pack, entity: Entity, names: dict[str, list[tuple[Pack, Entity]]]) -> Iterator[Flaw]:
    """The same name a second time, with nothing that tells the two apart."""
    for other_pack, other in names[entity.name.casefold()]:
        if other.name != entity.name or other is entity:
            continue
        if other_pack is pack and other.line < entity.line and _guards(other) == _guards(entity):
            yield Flaw(
                "name twice",
                _place(pack, entity),
                f"{entity.name}, first at {_place(other_pack, other)}",
                "make one entry of the two",
            )


def _guards(entity: Entity) -> tuple[tuple[str, ...], ...]:
    return entity.context, entity.not_context


def _deaf(entity: Entity) -> bool:
    """Whether the name is too short to be found by its sound, and nothing else helps it."""
    if entity.heard or entity.context:
        return False
    name = entity.name
    return len(name) < 2 or (
        name.isascii() and (name.isupper() or max(map(syllables, (name, *entity.say))) < 2)
    )


def _is_common(word: str) -> bool:
    return word.casefold() in _common() or (not word.isascii() and bool(rjieba.has_word(word)))


def _own_rule_flaws(pack: Pack, packs: Sequence[Pack]) -> Iterator[Flaw]:
    known = known_names(packs)
    shipped = {rule.name: rule for rule in shipped_rules()}
    first: dict[str, Rule] = {}
    for each in packs:
        for rule in each.rules:
            first.setdefault(rule.name, rule)
    for rule in pack.rules:
        where = f"{rule.file}:{rule.line}"
        before = first[rule.name]
        if before is not rule:
            yield Flaw(
                "rule twice",
                where,
                f"{rule.name}, first at {before.file}:{before.line}",
                "give it a name of its own: only the first counts",
            )
        elif rule.name in shipped:
            yield Flaw(
                "instead of ours",
                where,
                f"{rule.name} stands in for the shipped rule",
                "nothing, if that is meant",
                clash=False,
            )
        if not (rule.type or rule.weight or rule.effect or rule.checkable or rule.slot):
            yield Flaw("without effect", where, rule.name, "give it a weight, a type or an effect")
        if not (rule.yes and rule.no):
            yield Flaw("no examples", where, rule.name, "add examples.yes and examples.no", clash=False)
        yield from _unreachable(rule, where, known)


def _unreachable(rule: Rule, where: str, known: KnownNames) -> Iterator[Flaw]:
    """Words that no clause can hold, as a clause ends at its punctuation; or no example that fires."""
    for word in rule.words:
        if not _reachable(rule, word):
            yield Flaw(
                "never fires",
                where,
                f"{rule.name}: {word}",
                "write it as it stands inside one clause: no comma, no full stop, no blank between Chinese characters",
            )
    if not rule.words and rule.yes and not any(fires(rule, words, known) for words in rule.yes):
        yield Flaw(
            "never fires",
            where,
            f"{rule.name}: none of its examples.yes",
            "correct the pattern, its language, or what it needs",
        )


def _reachable(rule: Rule, word: str) -> bool:
    """Whether some clause can hold this word of a rule: alone, or between two others."""
    only = replace(rule, needs=(), except_for="", written=alternatives([], rule.file, [word]))
    none = known_names(())
    blank = " " if language(word) == "en" else ""
    around = ("甲", "乙") if rule.language == "zh" or language(word) == "zh" else ("one", "two")
    return any(fires(only, words, none) for words in (word, f"{around[0]}{blank}{word}{blank}{around[1]}"))


@cache
def _common() -> frozenset[str]:
    table = tomllib.loads(resources.files("factcheck").joinpath("data", "common.toml").read_text("utf-8"))
    return frozenset(table["en"].split())
