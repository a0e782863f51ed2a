"""Name packs: which names a document may speak of, how they are misheard, and a team's own rules, as TOML."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from factcheck.errors import BadData
from factcheck.files import read_plain
from factcheck.text.rules import Rule, openings, read_rules
from factcheck.text.script import simplified

LONGEST_NAME = 20
"""Characters of the longest name, alias or heard form: a pack holds names, not sentences."""

LARGEST_PACK = 16 * 1024 * 1024
"""Bytes of the largest pack."""

_KEY = r"(?:[\w-]++|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+')"
_DEEP = re.compile(rf"(?<![\w-])(?:{_KEY}[ \t]*+\.[ \t]*+){{32}}")
"""A key of more parts than any pack needs; reading one takes the square of their number."""

_LISTS = ("aliases", "heard", "say", "context", "not_context")
_KEYS = {"name", "kind", *_LISTS}
_KINDS = ("", "person", "organisation", "place", "product", "term")


@dataclass(frozen=True, slots=True)
class Entity:
    """A name; `heard` are wrong forms a recogniser writes, `say` how it sounds where letters mislead.

    A heard form that is also a right word elsewhere gets `context` (one of these near it) or `not_context` (none near it).
    """

    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    not_context: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class Pack:
    """The entities and rules of one file, with the SHA-256 of its bytes."""

    name: str
    sha256: str
    entities: tuple[Entity, ...]
    rules: tuple[Rule, ...]
    file: str = ""


def load_packs(paths: Iterable[Path]) -> tuple[Pack, ...]:
    """The packs of these files in this order; raises `BadData` with file and line for what a pack must not be."""
    return tuple(_load(path) for path in paths)


def shipped_packs() -> tuple[Pack, ...]:
    """The packs that come with the program: names and terms known everywhere, nobody's case in particular."""
    return tuple(_parse(item.read_bytes(), item.name) for item in _shipped())


@cache
def shipped_names() -> tuple[str, ...]:
    """The names of those, in the order in which they come behind all others."""
    return tuple(item.name.removesuffix(".toml") for item in _shipped())


def _shipped() -> list[Traversable]:
    folder = resources.files("factcheck").joinpath("data", "packs")
    return sorted(
        (item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name
    )


def settled(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs without heard forms to which an earlier pack gives another meaning, or which are right names there."""
    meant: dict[str, set[str]] = {}
    kept = []
    for pack in map(_plain, packs):
        entities = tuple(_undisputed(entity, meant) for entity in pack.entities)
        kept.append(replace(pack, entities=entities))
        for entity in pack.entities:
            for word in (entity.name, *entity.aliases, *entity.heard):
                meant.setdefault(word.casefold(), set()).add(entity.name)
    return tuple(kept)


def _plain(pack: Pack) -> Pack:
    """The pack with its forms in simplified characters, as documents are read; names stay as they are to be written."""
    return replace(pack, entities=tuple(map(_plain_entity, pack.entities)))


def _plain_entity(entity: Entity) -> Entity:
    lists = {key: tuple(map(simplified, getattr(entity, key))) for key in _LISTS}
    name = simplified(entity.name)
    if name == entity.name and all(lists[key] == getattr(entity, key) for key in _LISTS):
        return entity
    return replace(
        entity,
        aliases=tuple(dict.fromkeys((*lists["aliases"], name))),
        heard=lists["heard"],
        say=lists["say"],
        context=lists["context"],
        not_context=lists["not_context"],
    )


def _undisputed(entity: Entity, meant: dict[str, set[str]]) -> Entity:
    heard = tuple(
        word for word in entity.heard if entity.name in meant.get(word.casefold(), {entity.name})
    )  # fmt: skip
    return entity if heard == entity.heard else replace(entity, heard=heard)


def read_pack(data: bytes, where: str) -> Pack:
    """The pack that these bytes are; `BadData` for what a pack must not be."""
    if len(data) > LARGEST_PACK:
        raise BadData(
            "The pack is too large.",
            where=where,
            seen=f"{len(data)} bytes, at most {LARGEST_PACK}",
            remedy="split it into several packs.",
        )
    return _parse(data, where)


def _load(path: Path) -> Pack:
    try:
        data = read_plain(path, most=LARGEST_PACK)
    except OSError as error:
        raise BadData(
            "The pack cannot be read.",
            where=str(path),
            seen=error.strerror or str(error),
            remedy="give the path of a .toml file.",
        ) from None
    return _parse(data, str(path))


def _parse(data: bytes, where: str) -> Pack:
    text = _text(data, where)
    table = _table(text, where)
    for key in table:
        if key not in ("entity", "rule"):
            raise _broken(
                where,
                _line_of(text, key),
                f"A pack has no '{key[:40]}'.",
                key[:40],
                "use [[entity]] and [[rule]] only.",
            )
    entries = _entries(table, "entity", text, where)
    lines = openings(text, "entity")
    lines += [1] * (len(entries) - len(lines))
    entities = tuple(_entity(entry, where, line) for entry, line in zip(entries, lines, strict=False))
    rules = read_rules(_entries(table, "rule", text, where), text, where)
    return Pack(Path(where).stem, hashlib.sha256(data).hexdigest(), entities, rules, where)


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _broken(
            where, line, "A pack must be UTF-8.", f"byte 0x{data[error.start]:02x}", "save it as UTF-8."
        ) from None


def _table(text: str, where: str) -> dict[str, Any]:
    if deep := _DEEP.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise _broken(
            where,
            line,
            "A key of so many parts is no key of a pack.",
            deep[0][:30],
            "write [[entity]] or [[rule]].",
        )
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is no TOMLDecodeError
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise _broken(
            where,
            line,
            "This is not TOML.",
            str(error)[:200],
            "correct the line; strings stand in quotation marks.",
        ) from None


def _entries(table: dict[str, Any], key: str, text: str, where: str) -> list[dict[str, Any]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _broken(
            where,
            _line_of(text, key),
            f"'{key}' must be a list of tables.",
            type(entries).__name__,
            f"write [[{key}]] in double brackets.",
        )
    return entries


def _entity(entry: dict[str, Any], where: str, line: int) -> Entity:
    for key in entry.keys() - _KEYS:
        raise _broken(
            where, line, f"An entity has no '{key[:40]}'.", key[:40], f"use {', '.join(sorted(_KEYS))}."
        )
    name = _names(entry.get("name"), "name", where, line)[0]
    lists = {key: _names(entry[key], key, where, line) for key in _LISTS if key in entry}
    kind = entry.get("kind", "")
    if kind not in _KINDS:
        raise _broken(
            where,
            line,
            "The kind of a name is not known.",
            repr(kind),
            f"use one of {', '.join(_KINDS[1:])}, or none.",
        )
    return Entity(name=name, kind=kind, line=line, **lists)


def _names(value: object, key: str, where: str, line: int) -> tuple[str, ...]:
    names = value if isinstance(value, list) and key != "name" else [value]
    whole = key == "name" or isinstance(value, list)
    for name in names:
        if not whole or not isinstance(name, str) or not name.strip() or not name.isprintable():
            raise _broken(
                where,
                line,
                f"'{key}' must be {'a name' if key == 'name' else 'a list of names'}.",
                repr(name),
                'write for example name = "Ada".',
            )
        if len(name) > LONGEST_NAME:
            raise _broken(
                where,
                line,
                f"A name has at most {LONGEST_NAME} characters.",
                f"{len(name)} in {name[:30]!r}",
                "a pack holds names, not sentences.",
            )
    return tuple(str(name).strip() for name in names)


def _line_of(text: str, key: str) -> int:
    return next(
        (
            line
            for line, words in enumerate(text.split("\n"), 1)
            if re.match(rf"\s*\[*\s*\"?{re.escape(key)}\b", words)
        ),
        1,
    )


def _broken(where: str, line: int, what: str, seen: str, remedy: str) -> BadData:
    return BadData(what, where=f"{where}:{line}", seen=seen, remedy=remedy)
