"""Checks in a table: a header names the columns, in any order; commas, semicolons or tabs between them."""

import csv
import io
from typing import Final

from factcheck.text.checks.entries import Found, entry

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "claim", "statement", "claimreviewed", "主张", "说法"),
    "verdict": ("verdict_label", "label", "rating", "verdict", "判定", "结论"),
    "key": ("verdict",),
    "id": ("id", "ref", "@id"),
    "date": ("date", "reviewdate", "datepublished", "judged_at", "日期"),
    "url": ("url", "link", "网址"),
    "source": ("source", "publisher", "author", "来源"),
}
_LARGEST_CELL = 1 << 20


def from_table(text: str) -> list[Found] | None:
    """An entry for each row below the header; None where no header names a claim and a verdict."""
    csv.field_size_limit(_LARGEST_CELL)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return None
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    places = {field: _place(names, words) for field, words in _COLUMNS.items()}
    if places["text"] < 0 or places["verdict"] < 0:
        return None
    ours = "neutralised" in names
    return [
        _entry(n, _plain(row, names) if ours else row, places, ours=ours)
        for n, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]


def _place(names: list[str], words: tuple[str, ...]) -> int:
    return next((names.index(word) for word in words if word in names), -1)


def _entry(number: int, row: list[str], places: dict[str, int], *, ours: bool) -> Found:
    cells = {field: row[at] if 0 <= at < len(row) else "" for field, at in places.items()}
    key = cells["key"].strip() if ours else ""
    label = cells["verdict"] or key
    return entry(
        number,
        ref=cells["id"],
        text=cells["text"],
        label=label,
        key=key,
        date=cells["date"],
        url=cells["url"],
        publisher=cells["source"],
    )


def _plain(row: list[str], names: list[str]) -> list[str]:
    """A row of our own table without the apostrophes that keep spreadsheets from taking words for formulas."""
    changed = row[names.index("neutralised")].split() if len(row) > names.index("neutralised") else []
    return [
        cell.removeprefix("'") if n < len(names) and names[n] in changed else cell
        for n, cell in enumerate(row)
    ]
