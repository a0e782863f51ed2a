"""What a proposer pointed at: every answer is checked again, and nothing stands in the file that an answer does not hold."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.audit.reader import Entry
from factcheck.audit.sheet import RESTORE, UNDESKED, Sheet
from factcheck.audit.trail import Trail, original
from factcheck.errors import BadData
from factcheck.events import (
    Event,
    SuggestedAnswer,
    SuggestedClaim,
    is_canonical,
    proposing,
    read_suggestions,
    strict_json,
)
from factcheck.model import PROPOSED
from factcheck.state import State, Suggested
from factcheck.text.proposer import EXTRACTOR

if TYPE_CHECKING:
    from factcheck.text.proposer.pointing import Checked


def proposals(trail: Trail, sheet: Sheet, entry: Entry, event: Event, state: State) -> None:
    """The file of a `source.proposed` has the bytes, the answers, the numbers and the counts that the event names."""
    body = event.body
    assert isinstance(body, proposing.SourceProposed)
    where = f"{body.suggestions} ({entry.where})"
    if different := trail.disk.difference(body.suggestions, body.sha256):
        sheet.found(where, different, RESTORE)
        return
    for number, fault in misshapen(trail.disk.read(body.suggestions) or b""):
        sheet.found(f"{body.suggestions}:{number} ({entry.where})", f"the line {fault}", UNDESKED)
    found = trail.suggested(event)
    answers = [line for line in found if isinstance(line, SuggestedAnswer)]
    claims = [line for line in found if isinstance(line, SuggestedClaim)]
    said = original(event)
    assert isinstance(said.body, proposing.SourceProposed)
    taken = _taken(claims, state) if said is event else ()
    for seen in (*_named(found, answers, claims, said, said.body), *taken):
        sheet.found(where, seen, UNDESKED)
    text = trail.source_text(event.subject)
    if text is None:
        return
    if body.proposer != EXTRACTOR:
        sheet.could_not(f"{where} was checked by {body.proposer}, this is {EXTRACTOR}: not checked again")
        return
    for seen in _again(text, answers, claims, body):
        sheet.found(where, seen, UNDESKED)


def misshapen(data: bytes) -> Iterator[tuple[int, str]]:
    """Every line that is no suggestion or is not in canonical form, with what is wrong."""
    *lines, rest = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        try:
            if not list(read_suggestions(line, where="")) or not is_canonical(line, strict_json(line)):
                yield number, "is not in canonical form"
        except BadData as error:
            yield number, f"is not a suggestion: {error.seen}"
    if rest:
        yield len(lines) + 1, "has no newline at its end"


def _named(
    found: Sequence[Suggested],
    answers: list[SuggestedAnswer],
    claims: list[SuggestedClaim],
    event: Event,
    body: proposing.SourceProposed,
) -> Iterator[str]:
    """What the file and the event must say alike."""
    if len(answers) + len(claims) != len(found):
        yield "lines that are neither answers nor suggestions"
    if [(each.prompt, each.answer) for each in body.answers] != [(a.prompt, a.sha256) for a in answers]:
        yield "other questions and answers than the event names"
    if any((each.model, each.host) != (body.model, body.host) for each in answers):
        yield "answers of another model or host than the event names"
    if any(hashlib.sha256(a.answer.encode("utf-8", "replace")).hexdigest() != a.sha256 for a in answers):
        yield "an answer that has not the SHA-256 it is said to have"
    if [int(each.claim[1:]) for each in claims] != [*range(body.first, body.first + body.count)]:
        yield f"{len(claims)} suggestions, the event says {body.count} from C{body.first}"
    if any(each.mention.source != event.subject for each in claims):
        yield f"suggestions about another source than {event.subject}"


def _taken(claims: list[SuggestedClaim], state: State) -> Iterator[str]:
    for each in claims:
        if state.value(each.claim) is not None:
            yield f"{each.claim} was there before; a proposer only adds"


def _again(
    text: str, answers: list[SuggestedAnswer], claims: list[SuggestedClaim], body: proposing.SourceProposed
) -> Iterator[str]:
    """What comes out when every answer is checked again."""
    from factcheck.text.proposer.pointing import checked
    from factcheck.text.proposer.questions import messages, prompt_sha256

    if any(not _inside(text, each) for each in answers):
        yield "sentences outside of the source"
        return
    if any(prompt_sha256(messages(text, each.sentences)) != each.prompt for each in answers):
        yield "a question that is not the one these sentences give"
    done = [checked(text, each.sentences, each.answer) for each in answers]
    yield from _invented(done, claims, body)
    yield from _miscounted(done, body)


def _inside(text: str, answer: SuggestedAnswer) -> bool:
    return bool(answer.sentences) and all(0 <= a < b <= len(text) for a, b in answer.sentences)


def _invented(
    done: list["Checked"], claims: list[SuggestedClaim], body: proposing.SourceProposed
) -> Iterator[str]:
    """Suggestions that no answer holds, or that say something else than it does."""
    held = {(p.start, p.end, p.quote, p.type, p.statement): p for each in done for p in each.held}
    plain = 0
    for line in claims:
        place = line.mention
        pointed = held.get((place.start, place.end, place.quote, line.type, line.statement))
        if pointed is None:
            yield f"{line.claim} is not what an answer points at"
        elif line.priority or line.group or line.relations or line.calculations:
            yield f"{line.claim} says more than an answer can"
        elif [each.rule for each in line.why] != [PROPOSED]:
            yield f"{line.claim} does not say that a proposer pointed at it"
        plain += pointed is not None and pointed.plain
    if plain != body.plain:
        yield f"{plain} suggestions in the words of their quote, the event says {body.plain}"


def _miscounted(done: list["Checked"], body: proposing.SourceProposed) -> Iterator[str]:
    """Every item that was offered is suggested, or turned down for a reason."""
    said = Counter({each.reason: each.count for each in body.rejected})
    offered = sum(each.offered for each in done)
    if offered != body.offered or body.count + said.total() != offered:
        yield f"{offered} items were offered, the event says {body.offered}: {body.count} kept, {said.total()} turned down"
    counted = sum((each.rejected for each in done), Counter[str]())
    if counted != Counter({k: n for k, n in said.items() if k not in {"known", "repeated"}}):
        yield "items turned down for other reasons than the event says"
    unreadable = sum(not each.readable for each in done)
    if unreadable != body.unreadable:
        yield f"{unreadable} answers cannot be read, the event says {body.unreadable}"
