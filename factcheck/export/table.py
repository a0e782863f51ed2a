"""The claims as a table for spreadsheets, one row a claim, that says itself what a table cannot hold."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Final

from factcheck.export.pages import wording
from factcheck.export.summary import Cited, Correction, Entry, Summary, Untriaged
from factcheck.export.table_about import ABOUT, Column, about
from factcheck.export.words import Word, corrected, pending, waits
from factcheck.visible import visible

FILE: Final = "claims.csv"
TEXT, WHOLE, MOMENT, YES = "string", "integer", "dateTime", "boolean"
COLUMNS: Final = (
    Column("id", TEXT),
    Column("draft", TEXT, words=True),
    Column("statement", TEXT, words=True),
    Column("type", TEXT),
    Column("state", TEXT),
    Column("final", YES),
    Column("verdict", TEXT, words=True),
    Column("verdict_label", TEXT, words=True),
    Column("verdict_symbol", TEXT, words=True),
    Column("verdict_value", WHOLE),
    Column("pending", TEXT, words=True),
    Column("provisional", TEXT, words=True),
    Column("because", TEXT, words=True),
    Column("as_of", TEXT, words=True),
    Column("judged_by", TEXT, words=True),
    Column("judged_at", MOMENT),
    Column("settled", YES),
    Column("confirmed_by", TEXT, words=True),
    Column("trust", TEXT, separator=" "),
    Column("said_in", TEXT),
    Column("said_from", WHOLE),
    Column("said_to", WHOLE),
    Column("said", TEXT, words=True),
    Column("mentions", WHOLE),
    Column("relied", TEXT, separator=" "),
    Column("relied_urls", TEXT, words=True, separator=" "),
    Column("evidence", WHOLE),
    Column("captured", WHOLE),
    Column("links", WHOLE),
    Column("origins", WHOLE),
    Column("parts", WHOLE),
    Column("calculations", WHOLE),
    Column("relations", WHOLE),
    Column("steps", WHOLE),
    Column("questions", WHOLE),
    Column("notes", WHOLE),
    Column("priors", WHOLE),
    Column("corrections", WHOLE),
    Column("neutralised", TEXT, separator=" "),
)
# What a spreadsheet takes for a formula at the head of a cell (OWASP, CSV Injection), full-width forms included; a cell
# also begins after a line break, and after a semicolon where that is what separates cells on somebody's machine.
_ACTIVE = re.compile(r"""((?:^|[;\n])[\s"'`’]*)(?=[=+\-@＝＋－＠])""")
_DISARMED = re.compile(r"""((?:^|[;\n])[\s"'`’]*)'(?=[=+\-@＝＋－＠])""")
_BLANK = re.compile(r"\s")
Value = str | int | bool
Row = dict[str, Value]


def table(summary: Summary) -> dict[str, bytes]:
    """Write claims.csv (RFC 4180; UTF-8 with a mark, without which spreadsheets take Chinese for something else), and what is
    to be known about it as CSV on the Web (W3C Recommendation of 17 December 2015).

    A suggestion that nobody looked at has a row, too: its state says so.
    """
    whole = io.StringIO(newline="")
    writer = csv.writer(whole, lineterminator="\r\n")
    writer.writerow([each.name for each in COLUMNS])
    writer.writerows(_cells(row) for row in rows(summary))
    return {FILE: whole.getvalue().encode("utf-8-sig"), ABOUT: about(summary, FILE, COLUMNS)}


def rows(summary: Summary) -> Iterator[Row]:
    """The values by column: claims shown, claims that are open and not shown, suggestions, what was withdrawn."""
    word = wording(summary.lang)
    draft = word("draft_banner") if summary.draft else ""
    shown = {each.id for each in summary.claims}
    found: list[Row] = [_claim(each, word) for each in summary.claims]
    found += [
        {"id": claim, "statement": statement, "state": state, "final": False, "pending": waits(state, word)}
        for claim, state, statement in summary.unsettled
        if claim not in shown
    ]
    found += map(_suggested, summary.untriaged)
    gone = {each.claim: each for each in summary.corrections if each.kind == "void"}
    found += [_voided(each, word) for claim, each in gone.items() if claim not in shown]
    for each in found:
        each["draft"] = draft
    yield from found


def neutralised(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would take for the head of a formula."""
    return _ACTIVE.sub(r"\1'", text)


def restored(text: str) -> str:
    """The text as it was before it was neutralised; only for cells that their row names as such."""
    return _DISARMED.sub(r"\1", text)


def _cells(row: Row) -> list[str]:
    """One line: text made visible and harmless, and last of all the names of the cells that this changed."""
    plain = {each.name: _written(row.get(each.name, "")) for each in COLUMNS}
    safe = {each.name: neutralised(plain[each.name]) for each in COLUMNS if each.words}
    changed = " ".join(name for name, text in safe.items() if text != plain[name])
    return [*(plain | safe | {"neutralised": changed}).values()]


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return visible(str(value), lines=True)


def _claim(entry: Entry, word: Word) -> Row:
    waiting = pending(entry, word)
    first = entry.said[0] if entry.said else None
    row: Row = {
        "id": entry.id,
        "statement": entry.statement,
        "type": entry.type,
        "state": entry.state,
        "final": not waiting,
        "pending": waiting,
        "trust": " ".join(entry.trust),
        **_verdict(entry, final=not waiting),
        **_counts(entry),
        **_sources([each for each in entry.evidence if each.relied]),
    }
    return row | (_said(first.source, first.start, first.end, first.quote) if first else {})


def _verdict(entry: Entry, *, final: bool) -> Row:
    """What stands; a verdict that is not final has no cell that somebody could count among those that are."""
    ruling = entry.ruling
    if ruling is None:
        return {}
    named: Row = {
        "verdict": ruling.rating,
        "verdict_label": ruling.label,
        "verdict_symbol": ruling.symbol,
        "verdict_value": ruling.value or "",
    }
    row: Row = {
        "because": ruling.because,
        "as_of": ruling.as_of,
        "judged_by": ruling.by,
        "judged_at": ruling.time,
        "settled": ruling.settled,
        "confirmed_by": ruling.confirmed_by,
    }
    return row | (named if final else {"provisional": ruling.label})


def _counts(entry: Entry) -> Row:
    """How much there is of what the table leaves out."""
    live = [each for each in entry.evidence if not each.withdrawn]
    return {
        "mentions": len(entry.said),
        "evidence": len(live),
        "captured": sum(each.captured for each in live),
        "links": entry.links,
        "origins": entry.origins,
        "parts": len(entry.ruling.parts) if entry.ruling else 0,
        "calculations": len(entry.calculations),
        "relations": len(entry.ties),
        "steps": len(entry.steps),
        "questions": len(entry.questions),
        "notes": len(entry.notes),
        "priors": len(entry.priors),
        "corrections": len(entry.corrections),
    }


def _sources(relied: Iterable[Cited]) -> Row:
    relied = tuple(relied)
    urls = (_BLANK.sub("%20", each.final_url or each.url) for each in relied)
    return {
        "relied": " ".join(each.id for each in relied),
        "relied_urls": " ".join(filter(None, urls)),
    }


def _suggested(each: Untriaged) -> Row:
    row: Row = {
        "id": each.id,
        "statement": each.statement,
        "type": each.type,
        "state": "suggested",
        "final": False,
        "mentions": 1,
    }
    return row | _said(each.source, each.start, each.end, each.quote)


def _voided(each: Correction, word: Word) -> Row:
    """A claim that was withdrawn after it had been published."""
    return {
        "id": each.claim,
        "statement": each.statement,
        "state": "voided",
        "final": False,
        "pending": corrected(each, word),
        "because": each.because,
    }


def _said(source: str, start: int, end: int, quote: str) -> Row:
    return {"said_in": source, "said_from": start, "said_to": end, "said": quote}
