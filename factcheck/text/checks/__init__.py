"""Checks that others made, read from their files: ClaimReview in its forms, tables, and the lines of an export like ours."""

import json
from dataclasses import dataclass

from factcheck.errors import BadData
from factcheck.text.checks.claimreviews import from_json, from_page
from factcheck.text.checks.entries import Check, Found, Skipped
from factcheck.text.checks.lines import from_lines
from factcheck.text.checks.tables import from_table
from factcheck.text.decode import decoded

MAKER = "checks/1"
LARGEST = 32 * 1024 * 1024
"""Bytes of the largest file of checks."""
_FORMS = "ClaimReview (JSON-LD, a feed, a page), a CSV with a column text or claim, or the claims.jsonl of an export"

__all__ = ["MAKER", "Check", "Checks", "Skipped", "read_checks"]


@dataclass(frozen=True, slots=True)
class Checks:
    """What a file holds: `text` has the claim of each check on a line of its own, in their order; `skipped` were none."""

    text: str
    checks: tuple[Check, ...]
    skipped: tuple[Skipped, ...]
    encoding: str
    decided: str


def read_checks(data: bytes, *, where: str) -> Checks:
    """The checks in these bytes. BadData in a sentence when they are no such file, or none in it can be read."""
    found = decoded(data, where=where, most=LARGEST)
    text = found.text.removeprefix("\ufeff")
    read = _read(text, where)
    if read is None:
        raise BadData(
            "this file holds no checks.", where=where, seen=_beginning(text), remedy=f"give {_FORMS}"
        )
    checks = tuple(each for each in read if isinstance(each, Check))
    skipped = tuple(each for each in read if isinstance(each, Skipped))
    if not checks:
        seen = skipped[0].because if skipped else "no entry"
        raise BadData("no check in this file can be read.", where=where, seen=seen, remedy=f"give {_FORMS}")
    lines = "".join(f"{each.text}\n" for each in checks)
    return Checks(lines, checks, skipped, found.encoding, found.decided)


def _read(text: str, where: str) -> list[Found] | None:
    """The entries in whichever form this is; None for none that we know."""
    beginning = text.lstrip()[:1]
    if beginning == "<":
        return from_page(text)
    if beginning not in {"{", "["}:
        return from_table(text)
    rows = _json_lines(text)
    if rows is not None:
        return from_lines(rows)
    try:
        return from_json(json.loads(text))
    except RecursionError:
        raise BadData("this JSON is nested without end.", where=where, remedy="give a plain feed") from None
    except ValueError as error:
        raise BadData(
            "this JSON is broken.", where=where, seen=str(error)[:120], remedy="get the file again"
        ) from None


def _json_lines(text: str) -> list[object] | None:
    """Each line as JSON where the first line is a whole object and there is more than one; else None."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return None
    try:
        first = json.loads(lines[0])
    except (ValueError, RecursionError):
        return None
    return [first, *map(_line, lines[1:])] if isinstance(first, dict) else None


def _line(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _beginning(text: str) -> str:
    return ascii(text[:60])
