"""Settings and where each came from: what was typed, else the environment, else the case, else the person's own file."""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.errors import BadData, Refused, Usage
from factcheck.files import read_plain

LANGUAGES = ("zh", "en")
THEMES = ("dark", "light", "contrast", "colourblind", "terminal")
_SWITCH = {
    "1": "on",
    "on": "on",
    "true": "on",
    "yes": "on",
    "0": "off",
    "off": "off",
    "false": "off",
    "no": "off",
}
PROPOSER = ("proposer_endpoint", "proposer_model", "proposer_allow", "proposer_key")
"""Whom a proposer may be asked from; `proposer_key` is the name of the variable that holds the key, never the key."""
SETTINGS = ("by", "key", "lang", "theme", "ascii", "allow_addresses", *PROPOSER)
PERSONAL = frozenset({"by", "key", "theme", "ascii", "allow_addresses", *PROPOSER})
"""Who somebody is, what their eyes need, what may be asked over the network: never taken from a case, which may come from anybody."""

_FLAGS = {
    "allow_addresses": "--allow-address",
    "proposer_endpoint": "--endpoint",
    "proposer_model": "--model",
}
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and its origin: a flag, a variable of the environment, a file, or "default"."""

    name: str
    value: str
    origin: str


def resolve(
    name: str,
    *,
    flag: str | None = None,
    case: Path | None = None,
    environ: Mapping[str, str],
    default: str = "",
) -> Setting:
    """The value that counts: flag, then FACTCHECK_<NAME>, then the case's file, then the person's. `case` is a folder.

    An empty variable counts as none; what is `PERSONAL` is not looked for in a case. BadData for a broken file.
    """
    if flag is not None:
        return Setting(name, flag, _FLAGS.get(name, f"--{name.replace('_', '-')}"))
    variable = f"FACTCHECK_{name.upper()}"
    if environ.get(variable):
        return Setting(name, environ[variable], variable)
    for file in _files(name, case, environ):
        value = _value(name, file)
        if value:
            return Setting(name, value, str(file))
    return Setting(name, default, "default")


def _files(name: str, case: Path | None, environ: Mapping[str, str]) -> Iterator[Path]:
    if case is not None and name not in PERSONAL:
        yield case / ".factcheck" / "config.toml"
    yield user_config_file(environ)


def language(flag: str | None, *, case: Path | None, environ: Mapping[str, str]) -> Setting:
    """The language to speak, zh or en: a setting, else the locale's, else en. Usage when a setting names another."""
    found = resolve("lang", flag=flag, case=case, environ=environ)
    if found.origin == "default":
        return _of_locale(environ)
    if found.value not in LANGUAGES:
        raise Usage(
            "the language is zh or en.",
            where=found.origin,
            seen=repr(found.value),
            remedy="--lang zh or --lang en",
        )
    return found


def theme(flag: str | None, *, environ: Mapping[str, str]) -> Setting:
    """The colours of the screen, dark when nobody says otherwise. Usage when a setting names no theme."""
    found = resolve("theme", flag=flag, environ=environ, default=THEMES[0])
    if found.value not in THEMES:
        raise Usage(
            f"the themes are {', '.join(THEMES[:-1])} and {THEMES[-1]}.",
            where=found.origin,
            seen=repr(found.value),
            remedy="--theme NAME",
        )
    return found


def only_ascii(flag: str | None, *, environ: Mapping[str, str]) -> Setting:
    """Whether the screen's own glyphs are ASCII: on or off. Usage when a setting says neither."""
    found = resolve("ascii", flag=flag, environ=environ, default="off")
    value = _SWITCH.get(found.value.lower())
    if value is None:
        raise Usage("ascii is on or off.", where=found.origin, seen=repr(found.value), remedy='ascii = "on"')
    return Setting("ascii", value, found.origin)


def colour(environ: Mapping[str, str]) -> bool:
    """False when the person wants no colour anywhere (https://no-color.org: the variable is set and not empty)."""
    return not environ.get("NO_COLOR")


def _of_locale(environ: Mapping[str, str]) -> Setting:
    """POSIX: the first of these that is set decides (XBD 8.2)."""
    variable = next((each for each in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(each)), "")
    spoken = environ.get(variable, "")[:2].lower()
    return Setting("lang", spoken, variable) if spoken in LANGUAGES else Setting("lang", "en", "default")


def user_config_file(environ: Mapping[str, str]) -> Path:
    """The person's own settings (XDG Base Directory Specification)."""
    return _xdg("XDG_CONFIG_HOME", ".config", environ) / "config.toml"


def outlets_file(environ: Mapping[str, str]) -> Path:
    """What a person knows of agencies and publishers besides the shipped list."""
    return user_config_file(environ).with_name("outlets.toml")


def desk_key_file(environ: Mapping[str, str]) -> Path:
    """The key with which this desk signs checkpoints; never in a case."""
    return user_config_file(environ).with_name("desk.key")


def state_folder(environ: Mapping[str, str]) -> Path:
    """Where the program keeps what is worth little: its log, where the reader stopped."""
    return _xdg("XDG_STATE_HOME", ".local/state", environ)


def _xdg(variable: str, usual: str, environ: Mapping[str, str]) -> Path:
    given = Path(environ.get(variable, ""))
    if given.is_absolute():  # the specification: relative ones are invalid and not heeded
        return given / "factcheck"
    home = environ.get("HOME")
    return (Path(home) if home else Path.home()) / usual / "factcheck"


def show(*, flags: Mapping[str, str], case: Path | None, environ: Mapping[str, str]) -> list[Setting]:
    """Every setting with its origin, in a fixed order."""
    found = {name: resolve(name, flag=flags.get(name), case=case, environ=environ) for name in SETTINGS}
    found["lang"] = language(flags.get("lang"), case=case, environ=environ)
    found["theme"] = theme(flags.get("theme"), environ=environ)
    found["ascii"] = only_ascii(flags.get("ascii"), environ=environ)
    return list(found.values())


def _value(name: str, file: Path) -> str:
    value = table(file).get(name, "")
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    if isinstance(value, str):
        return value
    if name == "ascii" and isinstance(value, bool):
        return "on" if value else "off"
    raise BadData(
        f"the setting {name} must be a text.",
        where=str(file),
        seen=f"{name} = {value!r}"[:120],
        remedy=f'write it as {name} = "..."',
    )


def table(file: Path) -> dict[str, Any]:
    """What a TOML file of a person holds; {} when there is none. BadData with file and line when it is broken."""
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise BadData(
            "this is not TOML.",
            where=f"{file}:{line[1] if line else _text(file).count(chr(10)) + 1}",
            seen=str(error),
            remedy='mend the line; a setting looks like this: lang = "zh"',
        ) from error


def lines(file: Path) -> list[str]:
    """The lines of such a file; [] when there is none."""
    return _text(file).splitlines()


def _text(file: Path) -> str:
    """What is in the file; "" when there is none."""
    try:
        return read_plain(file)[:_LARGEST].decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _unreadable(f"{file}:{line}", "bytes that are not UTF-8") from error
    except OSError as error:
        raise _unreadable(str(file), str(error.strerror)) from error


def _unreadable(where: str, seen: str) -> BadData:
    return BadData(
        "the settings cannot be read.", where=where, seen=seen, remedy="mend the file or move it away"
    )


def remember(name: str, value: str, *, environ: Mapping[str, str]) -> Path:
    """Write a setting into the person's own file, in one step, and keep everything else in it; gives the file."""
    file = user_config_file(environ)
    before = table(file)
    text = _with(_text(file), name, f"{name} = {_quoted(value)}\n")
    if _parsed(text) != before | {name: value}:
        raise BadData(
            f"the setting {name} cannot be put into this file without touching something else.",
            where=str(file),
            remedy=f"write the line yourself: {name} = {_quoted(value)}",
        )
    _replace(file, text)
    return file


def _with(text: str, name: str, line: str) -> str:
    """The text with the setting's line renewed, or put in front where no table has begun."""
    table = re.search(r"(?m)^[ \t]*\[", text)
    head, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    there = re.search(rf"""(?m)^[ \t]*["']?{re.escape(name)}["']?[ \t]*=.*(?:\n|\Z)""", head)
    if there:
        return head[: there.start()] + line + head[there.end() :] + rest
    gap = "\n" if head and not head.endswith("\n") else ""
    return head + gap + line + rest


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _quoted(value: str) -> str:
    """A basic string of TOML, which escapes like JSON except for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(file: Path, text: str) -> None:
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with fresh.open("wb") as handle:
            handle.write(text.encode("utf-8"))
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(file.resolve())
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise Refused(
            "the setting could not be kept.",
            where=str(file),
            seen=str(error.strerror),
            remedy="give it with each command, or in the environment",
        ) from error
