"""The stages in order: layout, view, sentences, parts, candidates, ranking, readings, groups, calculations, relations."""

from collections.abc import Iterator, Sequence

from factcheck.errors import BadData
from factcheck.text.clauses import batches
from factcheck.text.decode import LARGEST, too_large
from factcheck.text.extraction import Extraction, KnownReadings, Reason, Region, Suggestion
from factcheck.text.layout import QUIET, Layout, document_language, passages, regions
from factcheck.text.likeness import alike
from factcheck.text.names import known_names
from factcheck.text.packs import Pack, settled
from factcheck.text.polarity import doubted
from factcheck.text.ranking import Ranked, tells_something
from factcheck.text.rules import counting_rules
from factcheck.text.slots import all_slots
from factcheck.text.spans import Span
from factcheck.text.stages import SHIPPED, Stages, blamed
from factcheck.text.standing import Standing
from factcheck.text.view import View


def extract(
    text: str,
    *,
    packs: Sequence[Pack] = (),
    known: KnownReadings = KnownReadings(),  # noqa: B008  # frozen
    stages: Stages = SHIPPED,
) -> Extraction:
    """All that this document suggests, by the shipped rules and these packs alone (`shipped_packs()` are not implied).

    Pure and deterministic. Offsets are code points of `text`, half open, and `text[start:end] == quote` for every claim.
    An earlier pack wins over a later one, every pack over the shipped rules. `stages` may hold plug-ins
    (`installed_stages()`); none are implied.
    """
    if len(text) > LARGEST:
        raise too_large(len(text), "characters", where="text")
    return blamed(stages.plugins, lambda: _extracted(text, packs, known, stages))


def _extracted(text: str, packs: Sequence[Pack], known: KnownReadings, stages: Stages) -> Extraction:
    laid = stages.layout(text)
    seen = stages.view(text, passages(laid), blank_is_pause=laid.unpunctuated)
    standing, packs = Standing(seen.text), settled(packs)
    found = list(_ranked(seen, standing.named(packs), stages))
    read = stages.readings(text, seen, standing.concerning(packs), known)
    found = [doubted(seen, one, read) for one in found]
    held = all_slots(seen, found, read)
    pairs = list(alike([one.words for one in held], [one.text for one in held]))
    grouped = stages.groups(seen, held, pairs)
    claims = tuple(
        _suggestion(
            text,
            seen,
            one,
            id=f"m{number}",
            group=group,
            statement=stages.statements(seen, one.candidate, read),
        )
        for number, (one, group) in enumerate(zip(found, grouped, strict=True), 1)
    )
    _check_places(claims, len(text), stages)
    worked = stages.calculations(seen, found, claims, read)
    return Extraction(
        language=laid.language or document_language(text),
        characters=len(text),
        extractor=stages.extractor,
        rules=stages.rules,
        plugins=tuple((each.name, each.distribution, each.version, each.sha256) for each in stages.plugins),
        packs=tuple((pack.name, pack.sha256) for pack in packs),
        regions=_regions(laid),
        claims=claims,
        readings=read.proposed,
        relations=tuple(
            stages.relations(seen, found, claims, stages.contradictions(found, held, pairs, grouped), worked)
        ),
        calculations=tuple(one.calculation for one in worked),
    )


def _ranked(seen: View, packs: Sequence[Pack], stages: Stages) -> Iterator[Ranked]:
    rules = counting_rules([rule for pack in packs for rule in pack.rules])
    names = known_names(packs)
    for batch in batches(iter(stages.sentences(seen))):
        loud = tuple(sentence for sentence in batch if seen.roles[sentence.passage] not in QUIET)
        cut = stages.parts(seen.text, loud, rules, names)
        weighed = map(stages.ranking, stages.candidates(seen.text, loud, cut))
        yield from filter(tells_something, weighed)


def _suggestion(text: str, seen: View, one: Ranked, *, id: str, group: str, statement: str) -> Suggestion:
    span = seen.source(one.candidate.span)
    why = (Reason(weight.rule, *_source(seen, weight.start, weight.end), weight.weight) for weight in one.why)
    return Suggestion(
        id=id,
        start=span.start,
        end=span.end,
        quote=text[span.start : span.end],
        type=one.type,
        checkable=one.checkable,
        priority=one.priority,
        group=group,
        statement=statement,
        why=tuple(why),
    )


def _check_places(claims: Sequence[Suggestion], length: int, stages: Stages) -> None:
    """A place outside the document would be no place: only a plug-in can have made it."""
    for claim in claims:
        if not 0 <= claim.start < claim.end <= length:
            raise BadData(
                "A claim has no place in the document.",
                where=f"{claim.start}:{claim.end}",
                seen=", ".join(map(str, stages.plugins)),
                remedy="factcheck extract --no-plugins",
            )


def _source(seen: View, start: int, end: int) -> tuple[int, int]:
    place = seen.source(Span(start, max(end, start + 1)))
    return place.start, place.end


def _regions(laid: Layout) -> tuple[Region, ...]:
    return tuple(Region(span.start, span.end, role) for span, role in regions(laid))
