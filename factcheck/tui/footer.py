"""The lines at the rim: where one is, which keys help now, and how the work goes."""

import re
from collections.abc import Sequence
from typing import Protocol

from factcheck.actions import ACTIONS, Keys, action
from factcheck.case import Case
from factcheck.errors import Conflict, FactcheckError, Unavailable
from factcheck.index import Query
from factcheck.labels import label, reworded
from factcheck.model import GONE_STATES, OPEN_STATES, Claim, ClaimState
from factcheck.tui.box import Box
from factcheck.tui.keys import short
from factcheck.tui.pace import Pace
from factcheck.tui.queue import Pages, Queue
from factcheck.tui.rows import Row, row_width, run, spread, wrapped

MOST_HINTS = 6


class Here(Protocol):
    """What the rim needs to know of the desk."""

    case: Case
    lang: str
    key_map: Keys
    as_of: str
    pages: Pages
    query_now: Query
    claim: Claim | None
    pane: str
    said: tuple[Row, ...]
    pace: Pace
    counts: dict[str, int]
    unsigned: frozenset[str]

    @property
    def queue(self) -> Queue: ...
    @property
    def narrow(self) -> bool: ...


LEAST = (40, 10)
"""Columns and rows of the smallest window that a claim, its source and the keys can be read in."""


def top(here: Here, columns: int, rows: int) -> list[Row]:
    """The first line; in a window that is too small, that it is."""
    if columns >= LEAST[0] and rows >= LEAST[1]:
        return [strip(here, columns)]
    return wrapped(label("tui.too_small", here.lang), max(columns - 1, 2), "warn")


def strip(here: Here, columns: int) -> Row:
    """The first line: the case, the place in the queue, the filter, the person."""
    total = len(here.pages.numbers)
    place = f"{here.queue.cursor + 1 if total else 0}/{total}"
    left = (
        run(f" {here.case.info.name} ", "strong"),
        run(place, "key"),
        run(f"  {filter_words(here)}", "dim"),
    )
    person = here.case.by or label("tui.nobody", here.lang)
    if here.as_of:
        return spread(left, (run(f"{here.as_of} ", "warn"),), columns)
    marked = here.queue.marked
    chosen = (run(f"■ {len(marked)}  ", "mark"),) if marked else ()
    other = here.queue.held.get(here.claim.number, "") if here.claim else ""
    chosen = (run(f"● {other}  ", "active"), *chosen) if other else chosen
    return spread(left, (*chosen, run(f"{person} ", "active" if here.case.by else "warn")), columns)


def filter_words(here: Here) -> str:
    """How the list is narrowed and ordered, in words."""
    query, lang = here.query_now, here.lang
    parts = [label(f"tui.order_{query.order}", lang)]
    if query.states:
        known = {states: name for name, states in STATE_FILTERS}
        name = known.get(query.states)
        parts.append(label(f"tui.only_{name}", lang) if name else "/".join(query.states))
    if query.text:
        parts.append(f"“{query.text}”")
    return " · ".join(parts)


STATE_FILTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ()),
    ("open", tuple(sorted(OPEN_STATES))),
    ("suggested", ("suggested",)),
    ("accepted", ("accepted",)),
    ("judged", ("judged",)),
    ("disputed", ("disputed",)),
    ("done", ("confirmed", "published", "settled", "corrected")),
    ("gone", tuple(sorted(GONE_STATES))),
)


def empty_key(here: Here) -> str:
    """The label that says why no claim is open, and the way to one."""
    if here.as_of:
        return "tui.past_empty"
    narrowed = here.query_now.text or here.query_now.states
    if here.case.lacks and not narrowed:
        return "tui.not_here_yet"
    return "tui.nothing_found" if narrowed else "tui.no_claims" if here.case.sources() else "tui.empty"


def hints(here: Here, columns: int) -> Row:
    """The keys that help now, six at most on a small terminal."""
    wanted = _wanted(here)
    if here.narrow:
        wanted = [*wanted[: MOST_HINTS - 1], "help"]
    back = (run("Esc ", "key"), run(f"{label('tui.back', here.lang)}   ", "dim")) if here.as_of else ()
    parts: Row = (run(" "), *back)
    for each in dict.fromkeys(wanted):
        key, words = short(here.key_map.of(each)), action(each).label(here.lang)
        part = (run(f"{key} ", "key"), run(f"{words}   ", "dim"))
        if row_width(parts) + row_width(part) <= columns:
            parts = (*parts, *part)
    return parts


def _wanted(here: Here) -> list[str]:
    claim = here.claim
    if claim is None:
        return ["filter", "palette", "person", "quit", "help"]
    more = ["relations", "readings", "next", "filter", "export", "palette", "help"]
    if here.as_of:  # which takes no act
        return ["relations", "readings", "why", "next", "filter", "zoom", "help"]
    match claim.state:
        case ClaimState.SUGGESTED:
            first = ["accept", "dismiss", "decide", "evidence", "undo"]
        case ClaimState.ACCEPTED:
            first = ["evidence", "decide", "later", "reword", "undo"]
        case ClaimState.JUDGED if claim.verdict and claim.verdict.by != here.case.by:
            first = ["confirm", "dispute", "decide", "evidence", "undo"]
        case ClaimState.DISPUTED:
            first = ["settle", "reopen", "evidence", "next", "undo"]
        case ClaimState.JUDGED:
            first = ["next", "decide", "reopen", "person", "undo"]
        case _:
            first = ["next", "reopen", "comment", "undo", "filter"]
    return [*first, *more]


def trouble(error: Exception, columns: int, lang: str, keys: Keys) -> list[Row]:
    """An error as people read it: what is the matter, what was seen, and the way out by its keys."""
    if not isinstance(error, FactcheckError):
        return wrapped(str(error), columns - 1, "bad", first=(run(" ! ", "bad"),), most=3)
    rows = wrapped(reworded(error.what, lang), columns - 1, "bad", first=(run(" ! ", "bad"),), most=3)
    if error.where and not _ID.fullmatch(error.where):  # what is open is in sight
        rows += wrapped(error.where, columns - 1, "dim", first=(run("   "),), most=2)
    if error.seen:
        rows += wrapped(error.seen, columns - 1, "text", first=(run("   "),), most=3)
    if error.remedy:
        newest = isinstance(error, Conflict)
        remedy = (
            label("tui.newest_shown", lang) if newest else keyed(reworded(error.remedy, lang), lang, keys)
        )
        rows += wrapped(remedy, columns - 1, "text", first=(run(" → ", "key"),), most=2)
    return rows


def told(notices: Sequence[str], columns: int) -> list[Row]:
    """What the case has to say of an act that was done."""
    rows = [wrapped(each, columns - 1, "warn", first=(run(" ! ", "warn"),), most=8) for each in notices]
    return [row for each in rows for row in each]


def unsaved(error: Exception, box: Box, lang: str) -> list[Row]:
    """What to say besides of an act that could not be recorded now: what was written is still in its box."""
    if not box.question or not isinstance(error, Unavailable | Conflict):
        return []
    key = "tui.not_saved_yet" if isinstance(error, Unavailable) else "tui.open_anew"
    return [(run(f" {label(key, lang)}", "key"),)]


_ID = re.compile(r"case|[CEKRSX][0-9]+")
_COMMAND = re.compile(r"factcheck ([a-z]+)((?: [^\s,;:，；：。()（）]+)*)")
_REASON = re.compile(r"(?:add|加上) --because \S+")
_BY = {each.command: each for each in ACTIONS if each.verb and each.screen == "review"}
_ON = {
    ClaimState.SUGGESTED: "accept",
    ClaimState.ACCEPTED: "decide",
    ClaimState.DISPUTED: "settle",
    ClaimState.MERGED: "jump",
    ClaimState.SUPERSEDED: "undo",
}


def keyed(remedy: str, lang: str, keys: Keys) -> str:
    """A remedy with the keys of the desk in place of the commands that have one."""

    def key_of(found: re.Match[str]) -> str:
        known = _BY.get(found[1])
        return named_key(known.id, lang, keys) if known else found[0]

    return _REASON.sub(label("tui.write_reason", lang), _COMMAND.sub(key_of, remedy))


def named_key(id: str, lang: str, keys: Keys) -> str:
    """A key and what it does: "R reopen"."""
    return f"{short(keys.of(id))} {action(id).label(lang)}"


def way_on(claim: Claim, kind: str, lang: str, keys: Keys) -> str:
    """The key that leads on from the state of a claim that an act of this kind is not open to."""
    way = _ON.get(claim.state, "reopen")
    if kind == "verdict.settled" and claim.state is ClaimState.JUDGED:
        way = "dispute"
    elif kind in {"verdict.settled", "verdict.disputed"} and way == "accept":
        way = "decide"
    words = named_key(way, lang, keys)
    return f"{words} {claim.merged_into}" if claim.merged_into else words


def _kept(case: Case) -> str:
    """What the last words of the screen say of the record: that it is saved, or why nothing can be."""
    if case.lacks:
        return "tui.server_away" if case.lacks == "server" else "tui.lines_away"
    return "tui.read_only" if case.read_only else "tui.saved"


def progress(here: Here, columns: int) -> Row:
    """The last line: what was just done, how much is done and left, and that it is saved; the counts give way."""
    counts = here.counts
    left = sum(counts.get(state, 0) for state in OPEN_STATES)
    done = sum(
        counts.get(state, 0)
        for state in ("confirmed", "settled", "published", "corrected", "voided", "dismissed")
    )
    parts = [label("tui.done", here.lang, number=done), label("tui.left", here.lang, number=left)]
    if here.pace.today:
        parts.append(label("tui.today", here.lang, number=here.pace.today))
    if here.pace.seconds:
        parts.append(label("tui.median", here.lang, seconds=here.pace.seconds))
    if here.unsigned:
        sign = short(here.key_map.of("sign"))
        parts.append(label("tui.unsigned", here.lang, number=len(here.unsigned), sign=sign))
    parts.append(label(_kept(here.case), here.lang, number=here.case.head.size))
    said = here.said[0] if here.said else ()
    while len(parts) > 1 and row_width(said) + row_width((run(" · ".join(parts)),)) + 2 > columns:
        parts.pop(0)
    return spread(said, (run(" · ".join(parts) + " ", "dim"),), columns)
