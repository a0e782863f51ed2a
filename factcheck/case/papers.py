"""A team's own choices in a TOML file, read into the body of the event that records them; a mistake is named by its line."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from factcheck.errors import BadData, NotFound
from factcheck.events import Body
from factcheck.files import read_plain

_LARGEST = 1 << 20
Shape = TypeVar("Shape", bound=Body)
Place = list[Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is said of such a file: that it is none, that it cannot be read, and how to correct it."""

    none: str
    unread: str
    correct: str


def read_paper(path: Path, paper: Paper, take: Callable[[dict[str, Any]], Shape], table: str = "") -> Shape:
    """What `take` makes of a TOML file. BadData with file and line, NotFound when there is none.

    `table` names the [[table]] whose number a place in a list counts.
    """
    try:
        text = read_plain(path, most=_LARGEST).decode("utf-8")
        found = tomllib.loads(text)
    except FileNotFoundError as error:
        raise NotFound("there is no such file.", where=str(path), remedy="name a TOML file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(paper.unread, where=str(path), seen=str(error)) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise _broken(path, paper, int(line[1]) if line else 1, str(error)) from error
    try:
        return take(found)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = [each for each in first["loc"] if each != f"{table}s"]
        said = first["msg"].removeprefix("Value error, ")
        words = f"{'.'.join(map(str, place[1:] if place and isinstance(place[0], int) else place))}: {said}"
        raise _broken(path, paper, _line(text, place, table), words.removeprefix(": ")) from error


def _line(text: str, place: Place, table: str) -> int:
    """The line of the table, or of the name, that a fault is in; the first for a fault of the whole."""
    lines = list(enumerate(text.splitlines(), start=1))
    if place and isinstance(place[0], int):
        starts = [n for n, line in lines if line.strip() == f"[[{table}]]"]
        return starts[place[0]] if place[0] < len(starts) else 1
    named = (n for n, line in lines if place and re.match(rf"\s*\[?{re.escape(str(place[0]))}\b", line))
    return next(named, 1)


def _broken(path: Path, paper: Paper, line: int, seen: str) -> BadData:
    return BadData(
        paper.none,
        where=f"{path}:{line}",
        seen=seen[:200],
        remedy=paper.correct,
    )
