"""Clauses become candidates: what opens, goes on or only places a statement joins the clause that it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from factcheck.text.clauses import Sentence
from factcheck.text.parts import Part
from factcheck.text.spans import NOWHERE, Span

MOST = {"zh": 130, "en": 320}
"""Characters of the longest candidate."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that later clauses may inherit: what it is (person or thing), and whether another name stood beside it."""

    span: Span
    is_: str
    alone: bool


NOBODY = Subject(NOWHERE, "", alone=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of clauses that asserts one thing, with the subject it has or inherits."""

    span: Span
    parts: tuple[Part, ...]
    subject: Span
    inherits: Subject
    passage: int
    language: str

    @property
    def inherited(self) -> Span:
        return self.inherits.span


def candidates(text: str, batch: Sequence[Sentence], found: Sequence[Part]) -> Iterator[Candidate]:
    """The candidates of these sentences in order; questions, greetings and talk about the talk are none."""
    last, passage = NOBODY, -1
    for number, group in groupby(found, key=lambda part: part.sentence):
        sentence = batch[number]
        if sentence.passage != passage:
            last, passage = NOBODY, sentence.passage
        for members in _runs(text, tuple(group), sentence):
            first = next((part for part in members if part.subject), None)
            own = first.subject if first else NOWHERE
            opens = members[0].raw.start <= sentence.span.start
            inherits = NOBODY if own or not _may_inherit(text, members, sentence, opens=opens) else last
            yield Candidate(_span(members), tuple(members), own, inherits, passage, sentence.language)
            last = (
                _subject(text, first, members)
                if first
                else replace(inherits, alone=inherits.alone and not _rivals(text, inherits, members))
            )


_OF_PEOPLE = re.compile(
    "任命|聘|提拔|接替|接任|替换|解雇|开除|招募|挖|\\b(?:hir|appoint|nam|replac|fir|recruit|promot|succeed|poach)\\w{0,3}\\b",
    re.IGNORECASE,
)
"""Verbs with two people: a pronoun after them may mean either."""
_POINTS_BACK = re.compile("[他她它](?!们)|(?:he|she|it)\\b", re.IGNORECASE)


def _may_inherit(text: str, members: Sequence[Part], sentence: Sentence, *, opens: bool) -> bool:
    """Whether the subject was said before: no word stands in its place, or only a pronoun."""
    if _POINTS_BACK.match(text, members[0].span.start):
        return True
    return members[0].headless and not (opens and sentence.language == "en")


def _subject(text: str, first: Part, members: Sequence[Part]) -> Subject:
    """The subject of these clauses for those that follow; nobody where it is not certain."""
    if not first.subject_is:
        return NOBODY
    subject = Subject(first.subject, first.subject_is, alone=True)
    return replace(subject, alone=not _rivals(text, subject, members))


def _rivals(text: str, subject: Subject, members: Sequence[Part]) -> bool:
    """Whether these clauses name somebody or something else that a pronoun could mean as well."""
    person = subject.is_ == "person"
    names = [
        name
        for part in members
        for name in part.names
        if not subject.span.touches(Span(name.start, name.end))
    ]
    if any(name.kind in ("", "person" if person else name.kind) for name in names):
        return True
    span = _span(members)
    after = max(span.start, subject.span.end if subject.span.end <= span.end else span.start)
    return person and bool(_OF_PEOPLE.search(text, after, span.end))


def _span(members: Sequence[Part]) -> Span:
    return Span(members[0].span.start, members[-1].span.end)


def _runs(text: str, clauses: Sequence[Part], sentence: Sentence) -> Iterator[list[Part]]:
    if sentence.asks:
        return
    runs: list[list[Part]] = []
    waiting: list[Part] = []
    for i, part in enumerate(clauses):
        if part.dropped and not waiting:
            continue
        open_run = runs[-1] if runs and not waiting and runs[-1][-1] is clauses[i - 1] else []
        if _joins_previous(text, part, open_run, sentence.language):
            runs[-1].append(part)
        elif _waits(text, part, waiting, clauses[i + 1 :], sentence.language):
            waiting.append(part)
        else:
            runs.extend(_closed([*waiting, part], sentence.language))
            waiting = []
    if waiting:
        runs.extend(_closed(waiting, sentence.language))
    yield from (run for run in runs if _says_something(run))


_TURNS = re.compile("(?:up|down|compared|versus|from)\\b", re.IGNORECASE)
"""A phrase that opens so says a second thing about the subject of the first."""


def _joins_previous(text: str, part: Part, run: Sequence[Part], language: str) -> bool:
    """Whether a clause only goes on with the run of clauses before it."""
    if not run or part.span.end - run[0].span.start > MOST[language]:
        return False
    if part.opens == "continuation" or part.size < _SHORT[language]:
        return True
    if language == "en":
        return not part.predicate and not _TURNS.match(text, part.span.start)
    return not (part.predicate or part.adverbial or part.topic or part.firings)


_SHORT = {"zh": 7, "en": 14}


_RELATIVE = re.compile("(?:who|which|whose|where)\\b", re.IGNORECASE)


def _waits(text: str, part: Part, waiting: Sequence[Part], after: Sequence[Part], language: str) -> bool:
    """Whether a clause is only the opening of the next one."""
    if not after:
        return False
    if part.attributes or part.opens in ("condition", "pair") or _goes_on(part, waiting, after):
        return True
    if waiting and not waiting[-1].predicate and _RELATIVE.match(text, part.span.start):
        return True
    if part.opens == "concession":
        return not part.quantities and not _dated(part)
    if part.opens == "reason":
        return language == "en" or (part.topic and not part.quantities)
    return not part.strong and (part.adverbial or (not part.predicate and not part.topic))


def _goes_on(part: Part, waiting: Sequence[Part], after: Sequence[Part]) -> bool:
    """A second condition before the consequence comes: 只要 A，B，就 C."""
    if not any(one.opens == "condition" for one in waiting):
        return False
    return not part.resumes and (part.more or (len(after) == 1 and after[0].resumes))


def _dated(part: Part) -> bool:
    return any(firing.rule.name.endswith(".dated") for firing in part.firings)


def _closed(run: list[Part], language: str) -> Iterator[list[Part]]:
    """One candidate, or several where joining would make more than a reader can take in."""
    if run[-1].span.end - run[0].span.start <= MOST[language]:
        yield run
    else:
        yield from ([part] for part in run)


def _says_something(run: Sequence[Part]) -> bool:
    body = [part for part in run if not part.dropped]
    if run[-1].dropped and all(part.opens for part in body):
        return False
    if not any(part.strong for part in body) and all(
        part.topic or (part.adverbial and not part.firings) for part in body
    ):
        return False
    return any(part.predicate or part.quantities or part.firings for part in body) and any(
        part.worded for part in body
    )
