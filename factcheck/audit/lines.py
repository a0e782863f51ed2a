"""The lines themselves: are they events, in canonical form, in one unbroken order."""

from factcheck.audit.reader import LEDGER, Entry, is_moment
from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.trail import Trail
from factcheck.events import GENESIS, SPEC, Event


def lines(trail: Trail, sheet: Sheet) -> None:
    """Each line is one JSON object of a known kind, ended by a newline, without a doubtful byte."""
    converted = [entry for entry in trail.entries if entry.converted]
    if converted:
        sheet.found(
            converted[0].where,
            f"{len(converted)} of {len(trail.entries)} lines end in CRLF; a checkout has converted the ledger",
            "git config core.autocrlf false, then check the file out again",
        )
    for entry in trail.entries:
        sheet.checked += 1
        if entry.fault:
            sheet.found(entry.where, entry.fault, f"{RESTORE}; the ledger is never edited by hand")
    newer = [entry.number for entry in trail.entries if entry.newer]
    older = [entry for entry in trail.entries if newer and entry.event and entry.number > newer[0]]
    if older:
        sheet.found(
            older[0].where,
            f"a line of format {SPEC} behind {LEDGER}:{newer[0]}, which is of a newer one",
            f"{RESTORE}; no version writes behind lines it cannot read",
        )
    if newer:
        sheet.could_not(
            f"{len(newer)} lines from {LEDGER}:{newer[0]} on are of a newer format than {SPEC}: "
            "audit with a newer factcheck"
        )


def canonical(trail: Trail, sheet: Sheet) -> None:
    """Each line has the one form that RFC 8785 gives it, so that a hash means what it says."""
    for entry in trail.entries:
        if entry.event is None and not entry.form and not entry.newer:
            continue  # no JSON, which `lines` says
        sheet.checked += 1
        if entry.form:
            sheet.found(entry.where, entry.form, RESTORE)


def order(trail: Trail, sheet: Sheet) -> None:
    """The numbers seq count 1..n, prev chains the lines, versions count 1..n, ids are unique, time never goes back."""
    last, seq, time = GENESIS, 0, ""
    times: list[str] = [""]
    ids: dict[str, int] = {}
    versions: dict[str, int] = {}
    for entry in trail.entries:
        sheet.checked += 1
        event = entry.event
        if event is not None:
            _follows(sheet, entry, event, last, seq)
            _time(sheet, entry, event, _seen_by_then(event, times, time))
            _id(sheet, entry, event, ids)
            _versions(sheet, entry, event, versions)
            time = max(time, event.time)
        times.append(time)
        seq = event.seq if event is not None else seq + 1
        last = entry.leaf


def _follows(sheet: Sheet, entry: Entry, event: Event, last: str, seq: int) -> None:
    if event.seq != seq + 1:
        sheet.found(
            entry.where,
            f"seq {event.seq} where {seq + 1} belongs: a line was taken out, put in or moved",
            RESTORE,
        )
    if event.prev != last:
        before = f"{LEDGER}:{entry.number - 1}" if entry.number > 1 else "the beginning"
        sheet.found(
            entry.where,
            f"prev {event.prev[:16]}… does not name the line before ({last[:16]}…): {before} was changed, "
            "or this line belongs elsewhere",
            RESTORE,
        )


def _seen_by_then(event: Event, times: list[str], latest: str) -> str:
    """The latest time that its author knew of: signed outside the lock, it may stand behind lines it did not see."""
    if not event.sig or event.tree is None:
        return latest
    return times[min(event.tree.size, len(times) - 1)]


def _time(sheet: Sheet, entry: Entry, event: Event, before: str) -> None:
    if not is_moment(event.time):
        sheet.found(entry.where, f"time {event.time} is no moment of the calendar", RESTORE)
    elif event.time < before:
        sheet.found(
            entry.where, f"time {event.time} is before {before}, the time of an earlier line", RESTORE
        )


def _id(sheet: Sheet, entry: Entry, event: Event, ids: dict[str, int]) -> None:
    first = ids.setdefault(event.id, entry.number)
    if first != entry.number or not event.id:
        sheet.found(
            entry.where, f"id {event.id!r} is that of {LEDGER}:{first} too: one act, two lines", RESTORE
        )


def _versions(sheet: Sheet, entry: Entry, event: Event, versions: dict[str, int]) -> None:
    for subject, version in event.subjects:
        if version != versions.get(subject, 0) + 1:
            sheet.found(
                entry.where,
                f"version {version} of {subject} where {versions.get(subject, 0) + 1} belongs",
                RESTORE,
            )
        versions[subject] = version
