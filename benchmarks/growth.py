"""What a case on a server takes: bytes for each event there and at a desk, and the time of a clone."""

import shutil
import statistics
import time
from pathlib import Path
from typing import Any

import psycopg
from cases import case_of

from factcheck.case import Case
from factcheck.events import Event, bodies, new_id, timestamp
from factcheck.ledger import Address
from factcheck.model import Rating

CLAIMS = 250
PAGE = "<p>经理转投 TikTok。The manager joined TikTok last year.</p>"
SIZES = (
    "SELECT pg_table_size('factcheck.event'), pg_indexes_size('factcheck.event'), "
    "pg_total_relation_size('factcheck.touch'), "
    "(SELECT count(*) FROM factcheck.event), (SELECT sum(length(line)) FROM factcheck.event)"
)


def desk(folder: Path, claims: int = 100) -> Case:
    """A case of so many suggested claims in a file."""
    return case_of(folder, claims)


def of_a_case(place: Any) -> None:
    """Claims from suggestion to a confirmed verdict, each with its own page as evidence: what all of it takes."""
    case = desk(place.place / "grown", CLAIMS)
    for number in range(1, CLAIMS + 1):
        _worked(case, f"C{number}", place.place / f"{number}.html")
    lines = case.head.size
    before = _sizes(place.keeper)
    dsn = place.login("reviewer-1")
    case.push(dsn)
    table, index, touch, events, line = (
        after - was for was, after in zip(before, _sizes(place.keeper), strict=True)
    )
    here = {
        "copy": (case.folder / "claims" / "ledger.jsonl").stat().st_size,
        "index": sum(each.stat().st_size for each in (case.folder / ".factcheck").glob("index.sqlite*")),
    }
    print(
        f"{CLAIMS} claims to the end, {events} events ({lines / CLAIMS:.1f} a claim): a line has {line / events:.0f} bytes; on the server "
        f"an event takes {(table + index + touch) / events:.0f} (rows {table / events:.0f}, their indexes {index / events:.0f}, "
        f"versions {touch / events:.0f}), 1,000 claims {(table + index + touch) / CLAIMS / 1e3:.2f} MB; at a desk 1,000 claims "
        + ", ".join(f"{name} {size / CLAIMS / 1e3:.2f} MB" for name, size in here.items())
    )
    case.close()


def _worked(case: Case, claim: str, page: Path) -> None:
    """A claim from suggestion to the second signature."""
    page.write_text(f"{PAGE}<p>{claim}</p>", "utf-8")
    case.accept(claim)
    kept = case.capture(page, from_url=f"http://127.0.0.1:9/{claim}")
    case.attach(claim, kept, stance="supports")
    case.decide(claim, Rating.SUPPORTED, because="The page of the employer says so. 雇主网页如此写明。")
    case.confirm(claim, by="reviewer-2")


def _sizes(keeper: str) -> tuple[int, ...]:
    with psycopg.connect(keeper, autocommit=True) as connection:
        connection.execute("VACUUM factcheck.event, factcheck.touch")
        row = connection.execute(SIZES).fetchone()
    assert row is not None
    return tuple(int(each or 0) for each in row)


def clone(place: Any, lines: int) -> None:
    """A new desk for a case of so many lines, and a look at it when nothing is new."""
    claims = lines // 5
    case, dsn = desk(place.place / f"long-{lines}", claims), place.login("reviewer-1")
    _noted(case, lines - case.head.size - 1, claims)
    begin = time.perf_counter()
    case.push(dsn)
    pushed, origin = time.perf_counter() - begin, case.info.origin
    case.close()
    begin = time.perf_counter()
    new = Case.clone(place.place / f"clone-{lines}", Address(dsn, origin), by="reviewer-1")
    took = time.perf_counter() - begin
    size, bare = new.head.size, _bare(dsn, origin)
    idle = []
    for _ in range(200):
        begin = time.perf_counter()
        new.refresh()
        idle.append(time.perf_counter() - begin)
    new.close()
    shutil.rmtree(new.folder)
    print(
        f"{size} lines: push {pushed:.1f} s ({size / pushed:.0f} lines a second), clone {took:.1f} s "
        f"({size / took:.0f} a second), {took / bare:.0f} times as long as a bare SELECT of the bytes; "
        f"nothing new {statistics.median(idle) * 1e3:.2f} ms"
    )


def _bare(dsn: str, origin: str) -> float:
    begin = time.perf_counter()
    with psycopg.connect(dsn) as connection:
        connection.execute(
            "SELECT line FROM factcheck.event WHERE case_id = %s ORDER BY seq", (origin,)
        ).fetchall()
    return time.perf_counter() - begin


def _noted(case: Case, number: int, claims: int) -> None:
    """So many notes, on all claims in turn, written at once."""
    ledger, position = case._file, case._index.position
    versions: dict[str, int] = {}
    lines, start = [], position
    with ledger.writing():
        for n in range(number):
            claim = f"C{1 + n % claims}"
            versions[claim] = versions.get(claim, case._index.version(claim)) + 1
            moment = case._clock()
            event = Event(
                id=new_id(moment), time=timestamp(moment), by="reviewer-1", kind="note.added", subject=claim,
                version=versions[claim], seq=position.size + 1, prev=position.last,
                body=bodies.NoteAdded(text=f"再听一遍 minute {n}: the speaker says “last year”"),
            )  # fmt: skip
            lines.append(event.to_line())
            position = position.after(lines[-1])
        ledger.extend(lines, start)
    case.refresh()
