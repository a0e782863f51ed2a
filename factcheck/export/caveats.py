"""What a reader must know first: everything in a summary that is weaker than it looks."""

from collections.abc import Callable, Iterator, Sequence

from factcheck.events import Event, bodies
from factcheck.export.saying import misplaced
from factcheck.export.summary import Caveat, Cited, Entry
from factcheck.model import Claim, Reading, Source, objections, shipped_scale
from factcheck.state import State, effective

# In the order in which they are shown: what may be wrong, then what is open, then what is thin.
CODES = (
    "source_differs",
    "quote_missing",
    "reading_missing",
    "capture_missing",
    "capture_differs",
    "objection",
    "undecided",
    "disputed",
    "unsigned_second",
    "withheld",
    "settled_by_party",
    "no_sources",
    "one_reviewer",
    "bare_link",
    "capture_failed",
    "capture_exception",
    "unplaced",
    "proposed_reading",
    "policy_switched",
)
Found = tuple[str, str]


def caveats(state: State, entries: Sequence[Entry], texts: Callable[[Source], str]) -> tuple[Caveat, ...]:
    """Gather the caveats of what is shown, the gravest first; places in the order of the summary."""
    found = [*_of_sources(state, entries, texts), *_of_policy(state)]
    for each in entries:
        found += [*_of_words(each), *_of_state(each), *_of_verdict(each, state), *_of_evidence(each)]
    refs: dict[str, list[str]] = {code: [] for code in CODES}
    for code, ref in found:
        refs[code].append(ref)
    return tuple(Caveat(code, tuple(dict.fromkeys(places))) for code, places in refs.items() if places)


def _of_sources(state: State, entries: Sequence[Entry], texts: Callable[[Source], str]) -> Iterator[Found]:
    shown = {said.source for each in entries for said in each.said}
    sources = {each.id: each for each in state.all(Source) if each.id in shown}
    for source in sources.values():
        if len(texts(source)) != source.characters:
            yield "source_differs", source.id
    for reading in state.all(Reading):
        source = sources.get(reading.source)
        if source and reading.state == "accepted" and misplaced(reading, texts(source)):
            yield "reading_missing", reading.id


def _of_policy(state: State) -> Iterator[Found]:
    for event in effective(state.history("case")):
        if isinstance(event.body, bodies.PolicyChanged):
            yield "policy_switched", _switch(event, event.body)


def _switch(event: Event, body: bodies.PolicyChanged) -> str:
    was, now = (_value(each) for each in (body.was, body.value))
    return f"{body.name} {was} → {now} ({event.by}, {event.time[:10]})"


def _value(value: bool | int) -> str:
    return ("off", "on")[value] if isinstance(value, bool) else str(value)


def _of_words(entry: Entry) -> Iterator[Found]:
    for said in entry.said:
        if not said.found:
            yield "quote_missing", f"{entry.id} {said.source} {said.start}–{said.end}"
        for reading in said.proposed:
            yield "proposed_reading", reading.reading


def _of_state(entry: Entry) -> Iterator[Found]:
    if entry.withheld:
        yield "withheld", entry.id
    elif entry.state in {"accepted", "disputed"}:
        yield {"accepted": "undecided", "disputed": "disputed"}[entry.state], entry.id


def _of_verdict(entry: Entry, state: State) -> Iterator[Found]:
    claim, policy = state.value(entry.id), state.info().policy
    if entry.ruling is None or not isinstance(claim, Claim) or claim.verdict is None:
        return
    for each in objections(claim, claim.verdict, policy, shipped_scale()):
        yield "objection", f"{entry.id} {each.code}"
    if not entry.ruling.relied:
        yield "no_sources", entry.id
    if entry.ruling.settled:
        if entry.ruling.by in {
            step.by for step in entry.steps if step.seq < entry.ruling.seq and step.rating
        }:
            yield "settled_by_party", entry.id
    elif not entry.ruling.confirmed_by and entry.state != "disputed":
        yield ("unsigned_second" if policy.second_signature else "one_reviewer"), entry.id


def _of_evidence(entry: Entry) -> Iterator[Found]:
    for cited in entry.evidence:
        if not cited.withdrawn:
            yield from ((code, f"{entry.id}/{cited.id}") for code in _weak(cited))


def _weak(cited: Cited) -> Iterator[str]:
    if not cited.capture:
        yield "bare_link"
    if cited.trouble:
        yield f"capture_{cited.trouble}"
    if cited.exceptions:
        yield "capture_exception"
    if cited.captured and cited.quote and cited.start < 0:
        yield "unplaced"
