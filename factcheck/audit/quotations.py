"""Every quotation is at its place: mentions and readings in their sources, evidence in the captured text."""

from collections.abc import Iterable, Iterator

from factcheck.audit.reader import Entry
from factcheck.audit.sheet import RESTORE, Sheet
from factcheck.audit.trail import Moment, Trail, Watch
from factcheck.events import Event, SuggestedClaim, SuggestedReading, bodies, capturing, proposing, snapshots
from factcheck.evidence.page import page_text
from factcheck.match.folding import ink
from factcheck.match.reanchor import SHORT
from factcheck.match.wording import same_words
from factcheck.model import Capture, Evidence
from factcheck.state import State
from factcheck.state.naming import as_named_here

Place = capturing.EvidenceBody | capturing.PlaceBody
_DO = f"{RESTORE}; a quotation is never typed, it is cut out of its source"


class Quotations(Watch):
    """text[start:end] is the quotation, for every mention, every place of a reading, every piece of evidence."""

    def __init__(self, trail: Trail, sheet: Sheet) -> None:
        super().__init__(trail, sheet)
        self._unread: set[str] = set()
        self._typed: list[str] = []
        _said(trail, sheet)

    def see(self, at: Moment) -> None:
        entry, event, state = at
        if isinstance(event.body, bodies.EvidenceAttached) and event.body.evidence.manual:
            self._typed.append(event.body.evidence.id)
        _looked_for(self.trail, self.sheet, entry, event, state)
        for name, place in _quoted(event):
            self.sheet.checked += 1
            capture = state.value(place.capture)
            text = _text(self.trail, capture) if isinstance(capture, Capture) else None
            if text is None:
                self._unread.add(place.capture)
            elif seen := _misquoted(place, text):
                self.sheet.found(f"{entry.where} {name}", seen, _DO)

    def meet(self, at: Moment) -> None:
        if at.event.as_written is not at.event:
            self.see(at)

    def end(self) -> None:
        if self._unread:
            self.sheet.could_not(
                f"quotations from {', '.join(sorted(self._unread))}: no text could be read there"
            )
        if self._typed:
            self.sheet.could_not(f"typed by hand: {', '.join(self._typed)}")


def _said(trail: Trail, sheet: Sheet) -> None:
    seen: set[tuple[str, int, int, str]] = set()
    unread: set[str] = set()
    for entry, event in trail.acts():
        for place in _places(trail, event):
            if place in seen:
                continue
            seen.add(place)
            sheet.checked += 1
            _place(trail, sheet, entry, place, unread)
    if unread:
        sheet.could_not(f"quotations from {', '.join(sorted(unread))}: the source cannot be read")


def _place(
    trail: Trail, sheet: Sheet, entry: Entry, place: tuple[str, int, int, str], unread: set[str]
) -> None:
    source, start, end, quote = place
    if source not in trail.sources:
        sheet.found(entry.where, f"it quotes {source!r}, which is no source of this case", _DO)
        return
    text = trail.source_text(source)
    if text is None:
        unread.add(source)
    elif not 0 <= start < end <= len(text) or text[start:end] != quote:
        sheet.found(
            entry.where,
            f"{source}[{start}:{end}] is {text[max(start, 0) : max(end, 0)][:60]!r}, not {quote[:60]!r}",
            _DO,
        )


def _places(trail: Trail, event: Event) -> Iterator[tuple[str, int, int, str]]:
    """Source, start, end and words of everything that an event (or its suggestions) says was said."""
    for mention in _mentions(trail, event):
        yield mention.source, mention.start, mention.end, mention.quote
    for reading in _readings(trail, event):
        for start, end in reading.places:
            yield reading.source, start, end, reading.heard


def _mentions(trail: Trail, event: Event) -> Iterable[snapshots.MentionBody]:
    body = event.body
    found: list[snapshots.MentionBody] = []
    if isinstance(body, snapshots.ClaimAct | bodies.ClaimAdded) and body.claim:
        found += body.claim.mentions
    match body:
        case bodies.ClaimMerged():
            found += body.mentions
        case bodies.ClaimSplit():
            found += [*body.part.mentions, *body.keeps]
        case bodies.MentionAdded() | bodies.MentionRated():
            found.append(body.mention)
        case bodies.MentionMoved():
            found += [place for each in body.moves for place in (each.was, each.now)]
        case bodies.CalculationRecorded():
            found += [each.mention for each in body.premises if each.mention]
        case bodies.SourceExtracted() | proposing.SourceProposed():
            lines = as_named_here(event, trail.suggested(event))
            found += [line.mention for line in lines if isinstance(line, SuggestedClaim)]
    return found


def _readings(trail: Trail, event: Event) -> Iterable[bodies.ReadingBody | SuggestedReading]:
    if isinstance(event.body, bodies.ReadingBody):
        return [event.body]
    lines = as_named_here(event, trail.suggested(event))
    return [line for line in lines if isinstance(line, SuggestedReading)]


def _looked_for(trail: Trail, sheet: Sheet, entry: Entry, event: Event, state: State) -> None:
    """The words that a later look found are in what it captured, and those that it missed are not."""
    body = event.body
    if not isinstance(body, capturing.EvidenceChecked):
        return
    capture = state.value(body.capture)
    text = _text(trail, capture) if isinstance(capture, Capture) else None
    if text is None:
        return
    sheet.checked += 1
    where = f"{entry.where} {event.subject}"
    if body.found not in text:
        sheet.found(where, f"{body.found[:60]!r} is not in {body.capture}", _DO)
    elif event.as_written is event and (quote := _missed(body, state.value(event.subject), text)):
        sheet.found(where, f"it says {body.outcome!r}, yet {quote[:60]!r} stands in {body.capture}", _DO)


def _missed(body: capturing.EvidenceChecked, piece: object, text: str) -> str:
    """A quotation that a look called changed or gone, though it stands there between the same words, or is too long to stand
    there by chance; "" for none.
    """
    if not isinstance(piece, Evidence) or not piece.quote or piece.manual:
        return ""
    if body.outcome not in {"changed", "soft404"} or same_words(body.found, piece.quote):
        return ""
    stands = f"{piece.prefix}{piece.quote}{piece.suffix}" in text
    return piece.quote if stands or (len(ink(piece.quote)) >= SHORT and piece.quote in text) else ""


def _quoted(event: Event) -> Iterator[tuple[str, Place]]:
    """Which evidence an event quotes from captured text, and the place."""
    match event.body:
        case bodies.EvidenceAttached(evidence=evidence) if (
            evidence.quote and evidence.capture and not evidence.manual
        ):
            yield evidence.id, evidence
        case capturing.EvidenceReanchored() as body:
            yield body.evidence, body.now


def _misquoted(evidence: Place, text: str) -> str:
    """What is wrong with a quotation from captured text: not there, or not between the words it says."""
    start, end = evidence.start, evidence.end
    if not 0 <= start < end <= len(text) or text[start:end] != evidence.quote:
        there = text[max(start, 0) : max(end, 0)][:60]
        return f"{evidence.capture}[{start}:{end}] is {there!r}, not {evidence.quote[:60]!r}"
    if not text[:start].endswith(evidence.prefix) or not text[end:].startswith(evidence.suffix):
        return f"{evidence.capture}[{start}:{end}] does not stand between {evidence.prefix!r} and {evidence.suffix!r}"
    return ""


def _text(trail: Trail, capture: Capture) -> str | None:
    if capture.text:
        made = capture.text
        return None if trail.disk.difference(made.path, made.sha256) else trail.disk.text(made.path)
    if not capture.path or trail.disk.difference(capture.path, capture.sha256):
        return None
    data = trail.disk.read(capture.path)
    if data is None:
        return None
    text = page_text(data, capture.media_type)
    return text if text or capture.media_type.startswith(("text/", "application/xhtml")) else None
