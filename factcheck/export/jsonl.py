"""The summary without loss: one line of canonical JSON for the whole, one per claim, suggestion and whole source."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from factcheck.errors import BadData
from factcheck.events import canonical, is_canonical, strict_json
from factcheck.export.passages import WholeText
from factcheck.export.summary import Entry, Summary, Untriaged
from factcheck.labels import LANGUAGES

SPEC = 1
_SUMMARY: TypeAdapter[Summary] = TypeAdapter(Summary)
_RECORDS: dict[str, tuple[str, TypeAdapter[Any]]] = {
    "claims": ("claim", TypeAdapter(Entry)),
    "untriaged": ("suggestion", TypeAdapter(Untriaged)),
    "texts": ("text", TypeAdapter(WholeText)),
}


def jsonl(summary: Summary) -> bytes:
    """Write the lines: "summary" first, then each "claim", then each "suggestion" that nobody triaged, then each whole "text"."""
    found = io.BytesIO()
    for line in _lines(summary):
        found.write(canonical(line) + b"\n")
    return found.getvalue()


def _lines(summary: Summary) -> Iterator[dict[str, Any]]:
    """One line after the other, so that only one of them is made at a time."""
    whole = _SUMMARY.dump_python(replace(summary, claims=(), untriaged=(), texts=()), mode="json")
    yield {"record": "summary", "spec": SPEC} | {n: value for n, value in whole.items() if n not in _RECORDS}
    for field, (record, adapter) in _RECORDS.items():
        for each in getattr(summary, field):
            yield {"record": record, **adapter.dump_python(each, mode="json")}


def to_jsonl(values: list[dict[str, Any]]) -> bytes:
    """Values as lines, the exact inverse of `parse_jsonl`."""
    return b"".join(canonical(value) + b"\n" for value in values)


def parse_jsonl(data: bytes) -> list[dict[str, Any]]:
    """Read the lines of a claims.jsonl. BadData, naming the line, for anything but canonical JSON objects."""
    lines = data.split(b"\n")
    if lines.pop():
        raise _bad(len(lines) + 1, "the last line has no end")
    return [_value(number, line) for number, line in enumerate(lines, start=1)]


def read_summary(data: bytes) -> Summary:
    """The summary that a claims.jsonl was written from, so that every other format can be made again."""
    first, *rows = parse_jsonl(data) or [{}]
    if (first.pop("record", ""), first.pop("spec", 0)) != ("summary", SPEC):
        raise _bad(1, f"no summary of spec {SPEC}")
    lists: dict[str, list[Any]] = {record: [] for record, _ in _RECORDS.values()}
    for number, row in enumerate(rows, start=2):
        if (record := row.pop("record", "")) not in lists:
            raise _bad(number, f"record {record!r}")
        lists[record].append(row)
    try:
        found = _SUMMARY.validate_python(first | {f: lists[record] for f, (record, _) in _RECORDS.items()})
    except ValidationError as error:
        raise _bad(1, str(error.errors(include_url=False)[0]["loc"])) from error
    if found.lang not in LANGUAGES:
        raise _bad(1, f"the language {found.lang!r}")
    if jsonl(found) != data:
        raise _bad(1, "lines that this version would write differently")
    return found


def _value(number: int, line: bytes) -> dict[str, Any]:
    try:
        value = strict_json(line)
    except ValueError as error:
        raise _bad(number, str(error)[:120]) from error
    if not isinstance(value, dict) or not is_canonical(line, value):
        raise _bad(number, "not an object in canonical form")
    return value


def _bad(number: int, seen: str) -> BadData:
    return BadData(
        "this line is not of an export.",
        where=f"claims.jsonl:{number}",
        seen=seen,
        remedy="make the export again; exports are never edited by hand",
    )
