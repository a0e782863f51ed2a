"""Which claims, in which order: a question of the desk, and the SQL that answers it."""

from dataclasses import dataclass, replace

from factcheck.model import WAITING
from factcheck.tokens import match_expression

_STATES = ", ".join(f"'{each}'" for each in sorted(WAITING))
_BY_PRIORITY = "priority DESC, number"
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
            parts.append(_is(column))
            values.append(wanted)
    if query.states:
        parts.append(f"{_state_of(query)} IN ({','.join('?' * len(query.states))})")
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


def _is(column: str) -> str:
    """A column is what is wanted; that it is not empty is said as well where the index holds no others."""
    return f"{column} = ? AND {column} <> ''" if column in {"assigned", "rating"} else f"{column} = ?"


def _state_of(query: Query) -> str:
    """Where the claims lie in order but for their state, those of other states are left out on the way: no sorting."""
    narrow = query.source or query.group or query.text or query.assigned or query.waits_for or query.asked
    through = len(query.states) > 1 and query.order == "priority" and not narrow and not query.due_by
    of_somebody = query.assigned and query.order == "text"
    return "+state" if through or of_somebody else "state"


def _worded(query: Query) -> tuple[str, list[object]]:
    words = match_expression(query.text) or '""'
    every = "number IN (SELECT rowid FROM claim_text WHERE claim_text MATCH ?)"
    if query.veil is None:
        return every, [words]
    said = "number IN (SELECT rowid FROM claim_text WHERE words MATCH ?)"
    return f"({said} OR (state NOT IN ({_STATES}) AND {every}))", [words, words]


def ordered(query: Query) -> str:
    """The order of a query, as SQL."""
    order = _BY_PRIORITY if query.order == "priority" else "+number" if query.asked else "number"
    if query.waits_for:
        return f"assigned = '', {order}"
    return f"due, {order}" if query.due_by else order


def _reversed(order: str) -> str:
    """The same order from its end."""
    return ", ".join(
        each.removesuffix(" DESC") if " DESC" in each else f"{each} DESC" for each in order.split(", ")
    )


def veiled_conditions(veil: str | None) -> tuple[str, list[object]]:
    """Claims whose verdict may be told to this person (None: to anybody), as a condition."""
    return ("1", []) if veil is None else (f"NOT ({KEPT})", [veil])


def is_counted(query: Query) -> bool:
    """True when nothing but what the tally counts by narrows the query."""
    return replace(query, states=(), type="", rating="", order="text", veil=None) == Query()


@dataclass(frozen=True, slots=True)
class Arm:
    """A part of a list that lies in its order in an index: claims of one state at most, of one person or nobody."""

    query: Query
    nobodys: bool = False

    def page(
        self, last: tuple[int, int] | None, size: int, *, back: bool = False
    ) -> tuple[str, list[object]]:
        """SQL for the first keys behind one (or before it, the nearest first): (-priority, number), or (0, number) by text."""
        order, number = ordered(self.query), "+number" if self.query.asked else "number"
        after, values = f"{number} {'<' if back else '>'} ?", [] if last is None else [last[1]]
        key = "0"
        if self.query.order == "priority":
            ahead = ">" if back else "<"
            after = f"priority {ahead}= ? AND (priority {ahead} ? OR {after})"
            key, values = "-priority", [] if last is None else [-last[0], -last[0], last[1]]
        where, bound = self._narrowed("" if last is None else after, values)
        order = _reversed(order) if back else order
        return f"SELECT {key}, number FROM claim {where} ORDER BY {order} LIMIT ?", [*bound, size]  # noqa: S608

    def before(self, priority: int, number: int) -> tuple[str, list[object]]:
        """SQL that counts what comes before a claim."""
        if self.query.order == "priority":
            ahead, values = "priority >= ? AND (priority > ? OR number < ?)", [priority, priority, number]
        else:
            ahead, values = ("number < ?" if self.query.states else "+number < ?"), [number]
        where, bound = self._narrowed(ahead, values)
        return f"SELECT count(*) FROM claim {where}", bound  # noqa: S608 (fixed text, values are bound)

    def _narrowed(self, more: str, values: list[int]) -> tuple[str, list[object]]:
        where, bound = conditions(self.query)
        parts = [where.removeprefix("WHERE ")] if where else []
        if self.nobodys:
            parts.append("assigned = ''")
        if more:
            parts.append(more)
            bound += values
        return ("WHERE " + " AND ".join(parts) if parts else ""), bound


@dataclass(frozen=True, slots=True)
class WordedArm(Arm):
    """Claims that hold words, in the order of the text: as the search comes upon them."""

    def page(
        self, last: tuple[int, int] | None, size: int, *, back: bool = False
    ) -> tuple[str, list[object]]:
        """SQL for the first keys behind one, (0, number); there is no way back."""
        assert not back
        where, bound = conditions(replace(self.query, text=""))
        parts = [where.removeprefix("WHERE ")] if where else []
        parts += ["claim_text MATCH ?"] if last is None else ["claim_text MATCH ?", "claim_text.rowid > ?"]
        bound += [match_expression(self.query.text) or '""', *([] if last is None else [last[1]])]
        sql = (
            "SELECT 0, claim_text.rowid FROM claim_text CROSS JOIN claim ON claim.number = claim_text.rowid "  # noqa: S608
            f"WHERE {' AND '.join(parts)} ORDER BY claim_text.rowid LIMIT ?"
        )
        return sql, [*bound, size]


def is_read_whole(query: Query) -> bool:
    """True for a list whose order lies in no index: words in another order than the text's, or under a veil; days."""
    worded = bool(query.text.strip())
    return bool(query.due_by) or (
        worded and (query.order != "text" or query.veil is not None or bool(query.waits_for))
    )


def arms(query: Query, *, nobodys: bool = False) -> list[Arm]:
    """The parts that come to the whole list when they are merged."""
    states: list[tuple[str, ...]] = [(each,) for each in dict.fromkeys(query.states)] or [()]
    return [Arm(replace(query, states=each, waits_for=""), nobodys) for each in states]


def turns(query: Query) -> list[list[Arm]]:
    """What comes after another: somebody's own claims, then those of nobody; else the list as it is."""
    person = query.waits_for
    if query.text.strip():
        return [[WordedArm(query)]]
    if not person:
        return [arms(query)]
    if query.assigned:
        return [arms(query)] if query.assigned == person else []
    return [arms(replace(query, assigned=person)), arms(query, nobodys=True)]
