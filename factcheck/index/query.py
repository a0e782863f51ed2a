"""Which claims, in which order: a question of the desk, and the SQL that answers it."""

from dataclasses import dataclass

from factcheck.model import WAITING
from factcheck.tokens import match_expression

_STATES = ", ".join(f"'{each}'" for each in sorted(WAITING))
KEPT = f"state IN ({_STATES}) AND judge <> ?"
"""Claims whose verdict is kept from a person, as a condition."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which claims, in which order. Empty fields do not narrow; `order` is "text" or "priority".

    `waits_for` is a person: their own claims first, then those of nobody. `asked`: with an open question. `due_by` is
    a day: forecasts that are due by then, the earliest first. `veil` is a person from whom first verdicts are kept
    (None: from nobody): neither a rating nor a reason of theirs finds such a claim.
    """

    states: tuple[str, ...] = ()
    source: str = ""
    type: str = ""
    rating: str = ""
    group: str = ""
    text: str = ""
    not_by: str = ""
    order: str = "text"
    assigned: str = ""
    waits_for: str = ""
    asked: bool = False
    due_by: str = ""
    veil: str | None = None


def conditions(query: Query) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    for column, wanted in (
        ("source", query.source),
        ("type", query.type),
        ("rating", query.rating),
        ("grp", query.group),
        ("assigned", query.assigned),
    ):
        if wanted:
            parts.append(f"{column} = ?")
            values.append(wanted)
    if query.states:
        parts.append(f"state IN ({','.join('?' * len(query.states))})")
        values += query.states
    if query.not_by:
        parts.append("judge <> ?")
        values.append(query.not_by)
    if query.waits_for:
        parts.append("assigned IN ('', ?)")
        values.append(query.waits_for)
    if query.asked:
        parts.append("questions > 0")
    if query.due_by:
        parts.append("due <> '' AND due <= ?")
        values.append(query.due_by)
    if query.rating and query.veil is not None:
        parts.append(f"NOT ({KEPT})")
        values.append(query.veil)
    if query.text.strip():
        sql, more = _worded(query)
        parts.append(sql)
        values += more
    return ("WHERE " + " AND ".join(parts) if parts else ""), values


def _worded(query: Query) -> tuple[str, list[object]]:
    words = match_expression(query.text) or '""'
    every = "number IN (SELECT rowid FROM claim_text WHERE claim_text MATCH ?)"
    if query.veil is None:
        return every, [words]
    said = "number IN (SELECT rowid FROM claim_text WHERE words MATCH ?)"
    return f"({said} OR (state NOT IN ({_STATES}) AND {every}))", [words, words]


def ordered(query: Query) -> str:
    """The order of a query, as SQL."""
    order = "priority DESC, number" if query.order == "priority" else "number"
    if query.waits_for:
        return f"assigned = '', {order}"
    return f"due, {order}" if query.due_by else order
