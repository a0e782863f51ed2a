"""The summary without loss: one line of canonical JSON for the whole, one per claim, suggestion and whole source."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from factcheck.errors import BadData
from factcheck.events import canonical, is_canonical, strict_json
from factcheck.export.summary import Summary

SPEC = 1
_SUMMARY: TypeAdapter[Summary] = TypeAdapter(Summary)
_RECORDS = {"claims": "claim", "untriaged": "suggestion", "texts": "text"}


def jsonl(summary: Summary) -> bytes:
    """Write the lines: "summary" first, then each "claim", then each "suggestion" that nobody triaged, then each whole "text"."""
    document = _SUMMARY.dump_python(summary, mode="json")
    rows = [(record, document.pop(field)) for field, record in _RECORDS.items()]
    lines = [{"record": "summary", "spec": SPEC, **document}]
    lines += [{"record": record, **row} for record, found in rows for row in found]
    return to_jsonl(lines)


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
    lists: dict[str, list[Any]] = {record: [] for record in _RECORDS.values()}
    for number, row in enumerate(rows, start=2):
        if (record := row.pop("record", "")) not in lists:
            raise _bad(number, f"record {record!r}")
        lists[record].append(row)
    try:
        found = _SUMMARY.validate_python(first | {f: lists[record] for f, record in _RECORDS.items()})
    except ValidationError as error:
        raise _bad(1, str(error.errors(include_url=False)[0]["loc"])) from error
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
