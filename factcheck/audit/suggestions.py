"""The files that extraction wrote: unchanged, numbered as the ledger says, about the source they name."""

from collections.abc import Iterator

from factcheck.audit.proposals import misshapen, proposals
from factcheck.audit.reader import Entry
from factcheck.audit.sheet import RESTORE, UNDESKED, Sheet
from factcheck.audit.trail import Moment, Trail, Watch, original
from factcheck.events import (
    Event,
    SuggestedClaim,
    SuggestedReading,
    SuggestedRegion,
    bodies,
    proposing,
)
from factcheck.model import Claim, Reading
from factcheck.state import State, Suggested, mention_value


class Suggestions(Watch):
    """Each suggestions file has the SHA-256, the lines and the numbers that its event names; proposals are checked anew."""

    def see(self, at: Moment) -> None:
        entry, event, state = at
        match event.body:
            case proposing.SourceProposed():
                self.sheet.checked += 1
                proposals(self.trail, self.sheet, entry, event, state)
            case bodies.SourceExtracted() as body:
                self.sheet.checked += 1
                where = f"{body.suggestions} ({entry.where})"
                if different := self.trail.disk.difference(body.suggestions, body.sha256):
                    self.sheet.found(where, f"{different}{_first_bad_line(self.trail, body)}", RESTORE)
                    return
                _lines(self.trail, self.sheet, entry, event, body)
                own = event.as_written is event
                for seen in _unlike(self.trail, event, body, state) if own else ():
                    self.sheet.found(where, seen, UNDESKED)

    def meet(self, at: Moment) -> None:
        if at.event.as_written is not at.event:
            self.see(at)


def _first_bad_line(trail: Trail, body: bodies.SourceExtracted) -> str:
    """Name the first line that is not as extraction writes it, if the change has made one so."""
    data = trail.disk.read(body.suggestions) or b""
    return next((f"; line {number} {fault}" for number, fault in misshapen(data)), "")


def _lines(trail: Trail, sheet: Sheet, entry: Entry, event: Event, body: bodies.SourceExtracted) -> None:
    where = f"{body.suggestions} ({entry.where})"
    for number, fault in misshapen(trail.disk.read(body.suggestions) or b""):
        sheet.found(f"{body.suggestions}:{number} ({entry.where})", f"the line {fault}", UNDESKED)
    found, said = trail.suggested(event), original(event)
    body = said.body if isinstance(said.body, bodies.SourceExtracted) else body
    claims = [line for line in found if isinstance(line, SuggestedClaim)]
    readings = [line for line in found if isinstance(line, SuggestedReading)]
    for seen in (
        _misnumbered("C", [line.claim for line in claims], body.first, body.count, body.kept),
        _misnumbered(
            "R", [line.reading for line in readings], body.first_reading, body.readings, body.kept_readings
        ),
    ):
        if seen:
            sheet.found(where, seen, "compare with a copy; new suggestions take new numbers, at the end")
    strangers = {name for name in map(_source, found) if name not in {"", said.subject}}
    if strangers:
        sheet.found(where, f"lines about {', '.join(sorted(strangers))}, not {event.subject}", RESTORE)
    text = trail.source_text(event.subject)
    for line in found:
        if (
            isinstance(line, SuggestedRegion)
            and text is not None
            and not 0 <= line.start <= line.end <= len(text)
        ):
            sheet.found(where, f"a region {line.start}..{line.end} outside of the source", RESTORE)


def _misnumbered(letter: str, names: list[str], first: int, count: int, kept: int | None) -> str:
    """Known numbers come first, each once and in order; then `count` new ones from `first` on."""
    numbers = [int(name[1:]) for name in names]
    old = [number for number in numbers if number < first]
    wanted = [*sorted(set(old)), *range(first, first + count)]
    if numbers == wanted and len(old) == (kept or 0):
        return ""
    shown = f"{names[0]}..{names[-1]}" if names else "none"
    return f"{len(names)} numbers {shown}, the event says {count} from {letter}{first} and {kept or 0} kept"


def _unlike(trail: Trail, event: Event, body: bodies.SourceExtracted, state: State) -> Iterator[str]:
    """Numbers that were given before are kept only by the same suggestion; what nobody makes any more is superseded."""
    found = trail.suggested(event)
    named: set[str] = set()
    for line in found:
        if isinstance(line, SuggestedClaim):
            named.add(line.claim)
            if int(line.claim[1:]) < body.first and not _same_claim(line, state):
                yield f"{line.claim} was given before, to another suggestion"
        elif isinstance(line, SuggestedReading):
            named.add(line.reading)
            if int(line.reading[1:]) < body.first_reading and not _same_reading(line, state):
                yield f"{line.reading} was given before, to another reading"
    gone = set(body.superseded or ())
    if both := sorted(gone & named):
        yield f"{', '.join(both)} both suggested and superseded"
    if left := sorted(_open(event.subject, state) - named - gone):
        yield f"{', '.join(left)} neither suggested again nor superseded"


def _same_claim(line: SuggestedClaim, state: State) -> bool:
    claim, base = state.value(line.claim), state.base(line.claim)
    if isinstance(claim, Claim) and not claim.untouched:
        return True
    same = isinstance(base, Claim) and base.type == line.type
    return same and isinstance(base, Claim) and base.mentions == (mention_value(line.mention),)


def _same_reading(line: SuggestedReading, state: State) -> bool:
    known = state.value(line.reading)
    return isinstance(known, Reading) and (line.source, line.heard, line.meant) == (
        known.source,
        known.heard,
        known.meant,
    )


def _open(source: str, state: State) -> set[str]:
    """What extraction suggests about a source, nobody has touched, and still stands."""
    found = [state.value(name) for name in state.said_in.get(source, ())]
    return {
        each.id
        for each in found
        if isinstance(each, Claim | Reading)
        and each.untouched
        and each.state in {"suggested", "proposed"}
        and not (isinstance(each, Claim) and each.proposed)
    }


def _source(line: Suggested) -> str:
    match line:
        case SuggestedClaim():
            return line.mention.source
        case SuggestedReading():
            return line.source
        case _:
            return ""
