"""Checks line by line: the claims.jsonl of an export like ours, or the lines of a library of checks."""

from collections.abc import Sequence
from typing import Any

from factcheck.text.checks.entries import Found, Skipped, entry


def from_lines(rows: Sequence[object]) -> list[Found] | None:
    """An entry for each claim of an export, or for each line {"id", "text", "verdict", ...}; None for other lines."""
    first = rows[0]
    if isinstance(first, dict) and first.get("record") == "summary":
        return [found for n, row in enumerate(rows[1:], start=2) if (found := _claim(n, row, first))] or None
    if isinstance(first, dict) and {"text", "verdict"} <= first.keys():
        return [_plain(n, row) for n, row in enumerate(rows, start=1)]
    return None


def _claim(number: int, row: Any, summary: dict[str, Any]) -> Found | None:
    """A claim with its verdict; suggestions and whole texts are no checks."""
    if not isinstance(row, dict):
        return Skipped(number, "it is no object")
    if row.get("record") != "claim":
        return None
    ruling = row.get("ruling")
    if not isinstance(ruling, dict) or summary.get("draft"):
        return Skipped(number, "it has no final verdict")
    publisher = summary.get("publisher")
    known = publisher if isinstance(publisher, dict) else {}
    return entry(
        number,
        ref=f"{summary.get('origin')}#{row.get('id')}",
        text=row.get("statement"),
        label=ruling.get("label"),
        key=str(ruling.get("rating", "")) if ruling.get("scale") == "factcheck" else "",
        number=_value(ruling),
        date=ruling.get("time"),
        url=known.get("address", ""),
        publisher=known.get("name") or summary.get("case"),
    )


def _value(ruling: dict[str, Any]) -> tuple[float, float, float] | None:
    value = ruling.get("value")
    known = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5
    return (float(value), 1.0, 5.0) if known else None  # type: ignore[arg-type]  # mypy does not follow `known`


def _plain(number: int, row: Any) -> Found:
    if not isinstance(row, dict):
        return Skipped(number, "it is no object")
    return entry(
        number,
        ref=row.get("id"),
        text=row.get("text"),
        label=row.get("verdict"),
        date=row.get("date"),
        url=row.get("url"),
        publisher=row.get("source"),
    )
