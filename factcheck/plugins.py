"""Plug-ins: functions of other people's distributions that stand in for one of ours, found by entry point and named.

Whoever installs a distribution with an entry point has chosen it; `--no-plugins` rules them all out. A plug-in is known by
its distribution, version and the SHA-256 of the files that run, so that a record of it says what really ran.
"""

import errno
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from factcheck.errors import BadData, FactcheckError

T = TypeVar("T")
_RULE_OUT = "correct or uninstall it, or run with --no-plugins"


@dataclass(frozen=True, slots=True)
class Plugin:
    """`call` stands in for our function of this name; `sha256` is over its Python files."""

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


def further(group: str, name: str) -> Plugin | None:
    """The plug-in of a group that has this name, which is its own to choose; None when none is installed.

    `BadData` for one that cannot be loaded, and for two of one name.
    """
    found = sorted(set(entry_points(group=group, name=name)), key=lambda each: each.value)
    if len(found) > 1:
        raise BadData(
            f"Two plug-ins stand in for '{name}'.",
            where=_of(found, name),
            remedy="uninstall one of them, or run with --no-plugins",
        )
    return _loaded(found[0]) if found else None


def called(plugin: Plugin, *given: Any, **named: Any) -> Any:
    """What the plug-in returns, a generator run to its end; `BadData` naming the plug-in when it raises."""

    def run() -> Any:
        result = plugin.call(*given, **named)
        return list(result) if isinstance(result, Iterator) else result

    return guarded(str(plugin), run, refusals=False)


def guarded(name: str, work: Callable[[], T], *, refusals: bool = True, done: str = "failed") -> T:
    """What the work returns; `BadData` naming the plug-in for all it raises but the user's interruption.

    Refusals of ours pass where the work is ours (`refusals`). A plug-in may also try to end the program (SystemExit).
    """
    try:
        return work()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if refusals and isinstance(error, FactcheckError):
            raise
        raise failed(name, _told(error), done) from None


def failed(name: str, seen: str, done: str = "failed") -> BadData:
    """The sentence for a plug-in that did not do its work."""
    return BadData(f"The plug-in {name} {done}.", seen=seen[:200], remedy=_RULE_OUT)


def _told(error: BaseException) -> str:
    """An exception in words; its class alone where it cannot say more."""
    try:
        return f"{type(error).__name__}: {error}"
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001  # its __str__ is the plug-in's too
        return type(error).__name__


def _loaded(entry: EntryPoint) -> Plugin:
    distribution = entry.dist
    assert distribution is not None
    where = f"{distribution.name} {distribution.version} ({entry.name})"
    call = guarded(where, entry.load, refusals=False, done="cannot be loaded")
    if not callable(call):
        raise BadData(f"The plug-in {where} is no function.", seen=entry.value, remedy=_RULE_OUT)
    try:
        digest = _digest(_files(entry, distribution))
    except OSError as error:
        raise BadData(
            f"The files of the plug-in {where} cannot be read, so no record could say what ran.",
            seen=f"{error.filename or entry.value}: {error.strerror or error}",
            remedy=_RULE_OUT,
        ) from error
    return Plugin(entry.name, distribution.name, distribution.version, digest, call)


def _files(entry: EntryPoint, distribution: Distribution) -> dict[str, Path]:
    """What runs, by its name below the place it is imported from: the module, or its whole package, and the
    distribution's other Python files. An editable install lists none of them, only how they are found.
    """
    found = {
        str(file): Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if file.suffix == ".py" and not file.name.startswith("__editable__")
    }
    module = _outermost(entry.module)
    file = Path(module.__file__ or "")
    if not hasattr(module, "__path__"):
        return found | {"/".join([*module.__name__.split(".")[:-1], file.name]): file}
    folder, above = file.parent, module.__name__.split(".")
    inside = sorted(folder.rglob("*.py"))
    return found | {"/".join([*above, *each.relative_to(folder).parts]): each for each in [file, *inside]}


def _outermost(name: str) -> ModuleType:
    """The outermost package of a module that is a file: a namespace has none. OSError when there is none at all."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        module = sys.modules.get(".".join(parts[:end]))
        if module is not None and getattr(module, "__file__", None):
            return module
    raise FileNotFoundError(errno.ENOENT, "no file of it is known", name)


def _digest(files: dict[str, Path]) -> str:
    """SHA-256 over the names and bytes of the files, in the order of their names."""
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _of(found: list[EntryPoint], name: str) -> str:
    return ", ".join(sorted(each.dist.name for each in found if each.name == name and each.dist))
