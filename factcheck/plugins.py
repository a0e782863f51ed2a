"""Plug-ins: functions of other people's distributions that stand in for one of ours, found by entry point and named.

Whoever installs a distribution with an entry point has chosen it; `--no-plugins` rules them all out. A plug-in is known by
its distribution, version and the SHA-256 of its Python files, so that a record of it says what really ran.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from typing import Any

from factcheck.errors import BadData

_RULE_OUT = "correct or uninstall it, or run with --no-plugins"


@dataclass(frozen=True, slots=True)
class Plugin:
    """`call` stands in for our function of this name; `sha256` is over the Python files of the distribution."""

    name: str
    distribution: str
    version: str
    sha256: str
    call: Callable[..., Any]

    def __str__(self) -> str:
        return f"{self.distribution} {self.version} ({self.name})"


def installed(group: str, names: tuple[str, ...]) -> tuple[Plugin, ...]:
    """The plug-ins of a group in the order of their names; `BadData` for one that cannot be loaded, or that has no place.

    `names` are the places there are. Two plug-ins for one place are refused: neither is known to be the one that is meant.
    """
    found = sorted(set(entry_points(group=group)), key=lambda each: (each.name, each.value))
    for name, times in Counter(each.name for each in found).items():
        if name not in names:
            raise BadData(
                f"A plug-in stands in for '{name}', which is none of: {', '.join(names)}.",
                where=_of(found, name),
                remedy=_RULE_OUT,
            )
        if times > 1:
            raise BadData(
                f"Two plug-ins stand in for '{name}'.",
                where=_of(found, name),
                remedy="uninstall one of them, or run with --no-plugins",
            )
    return tuple(map(_loaded, found))


def called(plugin: Plugin, *given: Any, **named: Any) -> Any:
    """What the plug-in returns, a generator run to its end; `BadData` naming the plug-in when it raises."""
    try:
        result = plugin.call(*given, **named)
        return list(result) if isinstance(result, Iterator) else result
    except Exception as error:
        raise failed(plugin, f"{type(error).__name__}: {error}") from error


def failed(plugin: Plugin, seen: str) -> BadData:
    """The sentence for a plug-in that did not do its work."""
    return BadData(f"The plug-in {plugin} failed.", seen=seen[:200], remedy=_RULE_OUT)


def _loaded(entry: EntryPoint) -> Plugin:
    distribution = entry.dist
    assert distribution is not None
    where = f"{distribution.name} {distribution.version} ({entry.name})"
    try:
        call = entry.load()
    except Exception as error:
        raise BadData(
            f"The plug-in {where} cannot be loaded.",
            seen=f"{type(error).__name__}: {error}"[:200],
            remedy=_RULE_OUT,
        ) from error
    if not callable(call):
        raise BadData(f"The plug-in {where} is no function.", seen=entry.value, remedy=_RULE_OUT)
    return Plugin(entry.name, distribution.name, distribution.version, _digest(distribution), call)


def _digest(distribution: Distribution) -> str:
    """SHA-256 over the names and bytes of the Python files, in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(distribution.files or (), key=str):
        path = Path(str(distribution.locate_file(file)))
        if file.suffix == ".py" and path.is_file():
            digest.update(f"{file}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _of(found: list[EntryPoint], name: str) -> str:
    return ", ".join(sorted(each.dist.name for each in found if each.name == name and each.dist))
