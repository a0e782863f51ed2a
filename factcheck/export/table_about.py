"""What must be known about the table of claims: its columns, and what it does not hold, as CSV on the Web."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from factcheck.export.pages import wording
from factcheck.export.summary import Summary
from factcheck.export.words import breakdown, counts, kicker, published, rules, tag, trust
from factcheck.visible import escaped_json

ABOUT: Final = "claims.csv-metadata.json"
_LIMITS: Final = ("left_out", "suggested", "not_final", "shown", "formulas", "lossless")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its datatype (XML Schema), whether it holds somebody's words, what separates several values."""

    name: str
    datatype: str
    words: bool = False
    separator: str = ""


def about(summary: Summary, file: str, columns: Sequence[Column]) -> bytes:
    """The metadata document (W3C, Metadata Vocabulary for Tabular Data), found by its name beside the table."""
    word = wording(summary.lang)
    title = f"{kicker(summary, word)}{word('colon')}{summary.case}"
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": tag(summary.lang)}],
        "url": file,
        "dc:title": f"{word('draft')} · {title}" if summary.draft else title,
        "dc:description": _sentences(summary),
        "dc:created": summary.time,
        "dc:creator": summary.renderer,
        "dc:identifier": f"{summary.origin} {summary.size} {summary.root}",
        "rdfs:comment": [word(f"export_table.{name}") for name in _LIMITS],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": [_column(each, summary.lang) for each in columns],
            "primaryKey": "id",
        },
    }
    return (escaped_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n").encode("utf-8")


def _sentences(summary: Summary) -> str:
    """What page one of every report says before its claims."""
    word = wording(summary.lang)
    marks = {
        "draft_sentence": summary.draft,
        "example": summary.example,
        "solo": not summary.policy.second_signature,
        "blind": summary.policy.blind,
    }
    said = [word(key) for key, holds in marks.items() if holds]
    if summary.scope:
        said.append(word("selection", scope=", ".join(summary.scope)))
    told = (each(summary, word) for each in (counts, breakdown, rules, trust, published))
    return "\n".join([*said, *filter(None, told)])


def _column(column: Column, lang: str) -> dict[str, Any]:
    word = wording(lang)
    described: dict[str, Any] = {
        "name": column.name,
        "titles": list(dict.fromkeys([column.name, word(f"column.{column.name}")])),
        "dc:description": word(f"column_about.{column.name}"),
        "datatype": column.datatype,
    }
    if column.name == "id":
        described["required"] = True
    return described | ({"separator": column.separator} if column.separator else {})
