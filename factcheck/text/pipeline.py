"""The stages in order: layout, view, sentences, parts, candidates, ranking, readings, groups, relations, calculations."""

from collections.abc import Iterator, Sequence
from functools import partial

from factcheck.text.calculations import calculations
from factcheck.text.candidates import candidates
from factcheck.text.clauses import batches, sentences
from factcheck.text.contradictions import contradictions
from factcheck.text.decode import LARGEST, too_large
from factcheck.text.extraction import Extraction, KnownReadings, Reason, Region, Suggestion
from factcheck.text.groups import groups
from factcheck.text.layout import QUIET, Layout, document_language, layout, passages, regions
from factcheck.text.likeness import alike
from factcheck.text.names import known_names
from factcheck.text.packs import Pack
from factcheck.text.parts import parts
from factcheck.text.ranking import Ranked, ranked, tells_something
from factcheck.text.readings import Readings, propose
from factcheck.text.relations import relations
from factcheck.text.rules import shipped_rules
from factcheck.text.slots import all_slots
from factcheck.text.spans import Span
from factcheck.text.statements import statement
from factcheck.text.view import View, view


def extract(text: str, *, packs: Sequence[Pack] = (), known: KnownReadings = KnownReadings()) -> Extraction:  # noqa: B008  # frozen
    """All that this document suggests, by the shipped rules and these packs alone (`shipped_packs()` are not implied).

    Pure and deterministic. Offsets are code points of `text`, half open, and `text[start:end] == quote` for every claim.
    """
    if len(text) > LARGEST:
        raise too_large(len(text), "characters", where="text")
    laid = layout(text)
    seen = view(text, passages(laid), blank_is_pause=laid.unpunctuated)
    found = list(_ranked(seen, packs))
    read = propose(text, seen, packs, known)
    held = all_slots(seen, found, read)
    pairs = list(alike([one.words for one in held]))
    grouped = groups(seen, held, pairs)
    claims = tuple(map(partial(_suggestion, text, seen, read), found, enumerate(grouped, 1)))
    worked = calculations(seen, found, claims, read)
    return Extraction(
        language=document_language(text),
        characters=len(text),
        packs=tuple((pack.name, pack.sha256) for pack in packs),
        regions=_regions(laid),
        claims=claims,
        readings=read.proposed,
        relations=relations(seen, found, claims, contradictions(found, held, pairs, grouped), worked),
        calculations=tuple(one.calculation for one in worked),
    )


def _ranked(seen: View, packs: Sequence[Pack]) -> Iterator[Ranked]:
    rules = (*shipped_rules(), *(rule for pack in packs for rule in pack.rules))
    names = known_names(packs)
    for batch in batches(sentences(seen)):
        loud = tuple(sentence for sentence in batch if seen.roles[sentence.passage] not in QUIET)
        weighed = map(ranked, candidates(seen.text, loud, parts(seen.text, loud, rules, names)))
        yield from filter(tells_something, weighed)


def _suggestion(text: str, seen: View, read: Readings, one: Ranked, place: tuple[int, str]) -> Suggestion:
    """`place` is the number of the suggestion and its group."""
    span = seen.source(one.candidate.span)
    why = (Reason(weight.rule, *_source(seen, weight.start, weight.end), weight.weight) for weight in one.why)
    return Suggestion(
        id=f"m{place[0]}",
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        type=one.type,
        checkable=one.checkable,
        priority=one.priority,
        group=place[1],
        statement=statement(seen, one.candidate, read),
        why=tuple(why),
    )


def _source(seen: View, start: int, end: int) -> tuple[int, int]:
    place = seen.source(Span(start, max(end, start + 1)))
    return place.start, place.end


def _regions(laid: Layout) -> tuple[Region, ...]:
    return tuple(Region(span.start, span.end, role) for span, role in regions(laid))
