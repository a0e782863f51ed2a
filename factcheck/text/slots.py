"""What a suggestion speaks of: who, which figures, which ranks, when, yes or no; the words in which it says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from factcheck.text.grammar import GRAMMAR
from factcheck.text.likeness import words
from factcheck.text.quantities import Quantity
from factcheck.text.ranking import Ranked
from factcheck.text.readings import Readings
from factcheck.text.spans import Span
from factcheck.text.view import View

RARE = Decimal(10_000)
"""A number from which it is hardly said twice by chance."""

OPPOSITES = (("all", "hardly"), ("everybody", "nobody"), ("hard", "easy"), ("opens", "closes"))
"""Poles of data/rules/grammar.toml that contradict each other."""

Figure = tuple[Decimal, Decimal, str]
"""From, to, unit."""

_NEGATED = re.compile("不|没|无|未|not\\b|n't\\b|never\\b|less|low", re.IGNORECASE)
_VAGUE = re.compile(
    "(?:几|若干|数)(个|张|家|次|名|人|台|条|种|天|年|倍|份|位|款)|\\b(?:a few|several|some|how many) (\\w+)",
    re.IGNORECASE,
)
_SAYS_NO = re.compile(
    "(?:不(?:再|会|是|能|可|要|算|在|存在|存|打算|符|同意|属|承)|没(?:有)?|未(?!来|必)|无(?!论|线|人机|锡|形)|谣)|\\b(?:not|no|never|none|nobody|isn't|wasn't|aren't|didn't|doesn't|don't|won't|hasn't|denied|denies|wrong|false)\\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    "前年|去年|今年|明年|后年|上半年|下半年|[一二三四]季度|\\d{1,2} ?月|(?:19|20)\\d\\d|\\b(?:last|this|next|previous) (?:year|quarter|month|week|summer|winter)\\b|\\b(?:january|february|march|april|june|july|august|september|october|november|december)\\b|\\b(?:first|second|third|fourth) (?:quarter|half)\\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Slots:
    """Names are in lower case, as probably meant and as `heard`; `rules` are (slot, what it is about); `poles` see OPPOSITES."""

    names: frozenset[str]
    heard: frozenset[str]
    subject: str
    figures: frozenset[Figure]
    ranks: frozenset[Decimal]
    rules: frozenset[tuple[str, str]]
    words: frozenset[str]
    poles: frozenset[str]
    times: frozenset[str]
    vague: frozenset[str]
    negated: bool
    text: str
    place: Span

    @property
    def rare(self) -> frozenset[Figure]:
        """The figures that are hardly said twice by chance."""
        return frozenset(one for one in self.figures if is_rare(one))


def slots(seen: View, one: Ranked, read: Readings) -> Slots:
    """The slots of one suggestion, its inherited subject among the names."""
    candidate = one.candidate
    body = [part for part in candidate.parts if not part.dropped]
    subject = candidate.subject or candidate.inherited
    named = read.repaired(seen.text, subject).lower() if subject else ""
    text = read.repaired(seen.text, candidate.span)
    said = [quantity for part in body for quantity in part.quantities]
    return Slots(
        names=_meant(seen, one, read),
        heard=_heard(seen, one),
        subject=named,
        figures=frozenset(_figure(one) for one in said if one.kind not in ("date", "rank")),
        ranks=frozenset(
            one.low for one in said if one.kind == "rank" and seen.text[one.end : one.end + 1] not in "方者"
        ),
        rules=frozenset(
            (firing.rule.slot, _about(seen.text, firing.start, firing.end, candidate.span))
            for part in body
            for firing in part.firings
            if firing.rule.slot
        ),
        words=words(f"{named if candidate.inherited else ''} {_without(seen, candidate.span, said, read)}"),
        poles=_poles(text, candidate.language),
        times=frozenset(match[0].lower() for match in _TIME.finditer(text)),
        vague=frozenset(match[1] or match[2] for match in _VAGUE.finditer(text)),
        negated=bool(_SAYS_NO.search(text)),
        text=re.sub("[\\W_]", "", text).lower(),
        place=candidate.span,
    )


def _meant(seen: View, one: Ranked, read: Readings) -> frozenset[str]:
    """The names as they were probably meant, those of misheard words included."""
    body = [part for part in one.candidate.parts if not part.dropped]
    named = [name for part in body for name in part.names if name.kind != "term"]
    repaired = (read.repaired(seen.text, Span(name.start, name.end)) for name in named)
    inside = (each.meant for each in read.within(one.candidate.span))
    return frozenset(name.lower() for name in (*repaired, *inside))


def _heard(seen: View, one: Ranked) -> frozenset[str]:
    """The names as they were heard, and the subject where it is none of them."""
    subject = one.candidate.subject
    named = {name.text.lower() for part in one.candidate.parts for name in part.names if name.kind != "term"}
    return frozenset(named or ({seen.text[subject.start : subject.end].lower()} if subject else ()))


def _without(seen: View, span: Span, said: Sequence[Quantity], read: Readings) -> str:
    """The words without the figures: these are compared as figures."""
    pieces, at = [], span.start
    for one in said:
        if at <= one.start and one.end <= span.end:
            pieces.append(read.repaired(seen.text, Span(at, one.start)))
            at = one.end
    return " ".join([*pieces, read.repaired(seen.text, Span(at, span.end))])


def is_rare(figure: Figure) -> bool:
    """A range, or a large number."""
    return figure[0] != figure[1] or figure[0] >= RARE


def is_telling(figure: Figure) -> bool:
    """Two digits that are no round number, or a number of a hundred and more: with a word beside it, not said twice by chance."""
    digits = figure[0].normalize().as_tuple().digits
    return is_rare(figure) or len(digits) > 1 or figure[0] >= 100


def _figure(quantity: Quantity) -> Figure:
    return quantity.low.normalize(), quantity.high.normalize(), quantity.unit


def _about(text: str, start: int, end: int, span: Span) -> str:
    """What the words of a rule are about: their first noun, and whether they say it is not so."""
    written = text[start:end]
    noun = re.match("(?:庞大|海量|大量|众多|广泛|巨大|丰富)的?", written)
    head = (
        written[noun.end() : noun.end() + 2]
        if noun
        else written[:2]
        if not written.isascii()
        else written.split()[0].lower()
    )
    return head + ("-" if _NEGATED.search(text, start, min(end, span.end)) else "")


def _poles(text: str, language: str) -> frozenset[str]:
    grammar = GRAMMAR[language]
    return frozenset(pole for pair in OPPOSITES for pole in pair if grammar[f"pole_{pole}"].search(text))


def all_slots(seen: View, found: Sequence[Ranked], read: Readings) -> list[Slots]:
    """The slots of each suggestion."""
    return [slots(seen, one, read) for one in found]
