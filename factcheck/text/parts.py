"""Clauses with what is in them: rules that fired, names, quantities, a subject, and the part they play in their sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.text.clauses import Sentence, trimmed
from factcheck.text.grammar import GRAMMAR
from factcheck.text.names import KnownNames, Name, has_title, names
from factcheck.text.phrases import (
    certain_subject,
    chinese_subject,
    english_subject,
    has_verb,
    is_headless,
    is_topic,
)
from factcheck.text.quantities import Quantity, quantities
from factcheck.text.rules import Firing, Rule, firings
from factcheck.text.spans import Span
from factcheck.text.words import words

_OPENERS = ("condition", "concession", "reason", "pair")
_STRONG = frozenset(
    [
        "personnel_move",
        "role_change",
        "quantity",
        "cost",
        "ranking",
        "financial",
        "market",
        "event",
        "product",
        "causal",
        "hearsay",
    ]
)


@dataclass(frozen=True, slots=True)
class Part:
    """One clause. `span` is without the words that only say how the talk goes on; `raw` is with them.

    `worded`: it has a letter, and not figures alone. `subject_is` is person or thing where the subject may stand for the next clauses too, else empty.
    """

    raw: Span
    span: Span
    sentence: int
    opens: str
    resumes: bool
    more: bool
    predicate: bool
    adverbial: bool
    attributes: bool
    topic: bool
    subject: Span
    subject_is: str
    headless: bool
    worded: bool
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    firings: tuple[Firing, ...]

    @property
    def size(self) -> int:
        return self.span.end - self.span.start

    @property
    def strong(self) -> bool:
        """Whether it has what no heading and no lead-in has: something that happened, a figure, a rank."""
        return any(firing.rule.type in _STRONG and firing.rule.weight >= 500 for firing in self.firings)

    @property
    def dropped(self) -> bool:
        return any(firing.rule.effect == "drop" for firing in self.firings)


def parts(text: str, batch: Sequence[Sentence], rules: Sequence[Rule], known: KnownNames) -> list[Part]:
    """The clauses of these sentences in order; what is nothing but a discourse marker is left out."""
    cut = [piece for piece in _cut(text, batch) if piece.core]
    fired: dict[int, list[Firing]] = {}
    for language in sorted({piece.language for piece in cut}):
        spoken = [i for i, piece in enumerate(cut) if piece.language == language]
        speaking = [rule for rule in rules if rule.language in ("", language)]
        fired.update(zip(spoken, _fired(text, [cut[i].core for i in spoken], speaking), strict=True))
    return [_part(text, piece, fired[i], known) for i, piece in enumerate(cut)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause before anything is known of it: `core` is without its discourse markers."""

    sentence: int
    language: str
    raw: Span
    core: Span


def _cut(text: str, batch: Sequence[Sentence]) -> Iterator[_Piece]:
    for number, sentence in enumerate(batch):
        for clause in sentence.clauses:
            yield _Piece(number, sentence.language, clause, _core(text, clause, sentence.language))


def _core(text: str, clause: Span, language: str) -> Span:
    discourse = GRAMMAR[language]["discourse"]
    span = trimmed(text, clause)
    for _ in range(3):
        match = discourse.match(text, span.start, span.end)
        if not match or match.end() == match.start():
            break
        span = trimmed(text, Span(match.end(), span.end))
    return span


def _fired(text: str, cores: Sequence[Span], rules: Sequence[Rule]) -> list[list[Firing]]:
    """The rules over all clauses at once: each clause is a line of one text, so that ^ and $ mean its ends."""
    lines = [text[core.start : core.end] for core in cores]
    starts = [0]
    for one in lines:
        starts.append(starts[-1] + len(one) + 1)
    joined = "\n".join(lines)
    fired: list[list[Firing]] = [[] for _ in cores]
    for firing in firings(rules, joined, 0, len(joined)):
        line = bisect_right(starts, firing.start) - 1
        shift = cores[line].start - starts[line]
        fired[line].append(
            Firing(firing.rule, firing.start + shift, min(firing.end + shift, cores[line].end))
        )
    return fired


def _part(text: str, piece: _Piece, fires: Sequence[Firing], known: KnownNames) -> Part:
    core, raw, grammar = piece.core, piece.raw, GRAMMAR[piece.language]
    english = piece.language == "en"
    found = [] if english else words(text, core.start, core.end, known.wide)
    named = tuple(names(text, core, found, known, latin=english))
    counted = tuple(quantities(text, core.start, core.end))
    written, as_said = text[core.start : core.end], text[trimmed(text, raw).start : raw.end]
    marked = bool(grammar["predicate"].search(written))
    placed = bool(grammar["adverbial"].search(written))
    subject = english_subject(text, core) if english else chinese_subject(text, found)
    return Part(
        raw=raw,
        span=core,
        sentence=piece.sentence,
        opens=_opens(grammar, as_said, written),
        attributes=bool(grammar["attribution"].search(written)),
        resumes=bool(grammar["resume"].match(as_said)),
        more=bool(grammar["more"].match(as_said)),
        predicate=marked or (not english and (has_verb(text, found) or _attends(fires))),
        adverbial=placed and not (marked and (english or not _PLACED.match(written))),
        topic=not english and is_topic(text, found),
        subject=subject,
        subject_is=certain_subject(text, subject, found, named, english=english) if subject else "",
        worded=any(map(str.isalpha, written)),
        headless=is_headless(text, core, found, english=english),
        names=named,
        quantities=counted,
        firings=tuple(_holding(text, core, fires, named, counted)),
    )


def _opens(grammar: dict[str, re.Pattern[str]], as_said: str, written: str) -> str:
    """What the first words announce; only what stands there as it was said can continue the clause before."""
    if grammar["continuation"].match(as_said):
        return "continuation"
    return next((name for name in _OPENERS if grammar[name].match(written)), "")


def _holding(
    text: str, core: Span, fires: Sequence[Firing], named: Sequence[Name], counted: Sequence[Quantity]
) -> Iterator[Firing]:
    """The firings whose rule has what it needs beside its words; each rule once."""
    seen: set[str] = set()
    for firing in fires:
        rule = firing.rule
        if rule.name in seen:
            continue
        seen.add(rule.name)
        spared = rule.unless is not None and rule.unless.search(text, core.start, core.end)
        if not spared and all(_met(need, text, core, named, counted) for need in rule.needs):
            yield firing


def _met(need: str, text: str, core: Span, named: Sequence[Name], counted: Sequence[Quantity]) -> bool:
    if need == "person":
        return (
            bool(named)
            or has_title(text[core.start : core.end])
            or bool(_PERSON.match(text, core.start, core.end))
        )
    if need == "name":
        return bool(named)
    return any(quantity.kind not in ("bare", "date", "rank") or quantity.low > 9 for quantity in counted)


_PERSON = re.compile("[他她](?!们)|(?:he|she)\\b", re.IGNORECASE)
_PLACED = re.compile(
    "在|从|对|关于|针对|随着|根据|按照|依据|通过|经过|除|自|截|至于|与|跟|作为|基于|围绕|面对|.{1,60}(?:后|时|时候|表明|显示|发现|看到|指出|认为|称|表示|透露|报道|来看|来说|而言|看)$"
)


def _attends(fires: Sequence[Firing]) -> bool:
    """高度重视 and its like are verbs here, though a dictionary has them as nouns too."""
    return any(firing.rule.slot == "attention" for firing in fires)
