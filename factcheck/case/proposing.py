"""Asking a proposer about a source: its answers are kept, checked, and become suggestions like any other."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from factcheck import config
from factcheck.case.covering import Covering
from factcheck.case.desk import Draft
from factcheck.case.suggesting import Near
from factcheck.errors import NotFound, Refused, Unavailable, Usage
from factcheck.events import (
    Event,
    SuggestedAnswer,
    SuggestedClaim,
    canonical,
    proposing,
    read_suggestions,
    snapshots,
)
from factcheck.events.suggestions import SuggestedWhy
from factcheck.files import read_document
from factcheck.model import PROPOSED, Checkable

if TYPE_CHECKING:
    from factcheck.text.proposer.pointing import Pointed

_UNSENT = frozenset({"advertisement", "boilerplate"})


class Proposer(Protocol):
    """Whoever answers a question, asked as chat messages."""

    model: str
    replayed: bool

    @property
    def host(self) -> str:
        """Where the answers come from, as host:port."""

    def ask(self, asked: Sequence[dict[str, str]]) -> str:
        """The answer, whatever it is. Unavailable when there is none."""


class Recorded:
    """Answers that were kept before, found again by their question; nothing is asked."""

    replayed = True

    def __init__(self, file: Path) -> None:
        lines = read_suggestions(read_document(file), where=str(file))
        self._answers = [line for line in lines if isinstance(line, SuggestedAnswer)]
        if not self._answers:
            raise NotFound(
                "no recorded answer is in this file.",
                where=str(file),
                remedy="name claims/S1.proposed-….jsonl",
            )
        self.model, self.host = self._answers[0].model, self._answers[0].host

    def ask(self, asked: Sequence[dict[str, str]]) -> str:
        from factcheck.text.proposer.questions import prompt_sha256

        prompt = prompt_sha256(asked)
        found = next((each.answer for each in self._answers if each.prompt == prompt), None)
        if found is None:
            raise Unavailable(
                "no answer to this question was recorded.",
                seen=prompt[:16],
                remedy="replay it on the same text and version",
            )
        return found


def configured(
    environ: Mapping[str, str], *, endpoint: str | None = None, model: str | None = None
) -> Proposer:
    """The proposer that a person has set up, or these. Usage when there is none: it is off by default."""
    given = {"proposer_endpoint": endpoint, "proposer_model": model}
    found = {
        name: config.resolve(name, flag=given.get(name), environ=environ).value for name in config.PROPOSER
    }
    if not (found["proposer_endpoint"] and found["proposer_model"]):
        raise Usage(
            "the proposer is off: it has no endpoint or no model.",
            remedy="set proposer_endpoint, proposer_model and proposer_allow in your own config file",
        )
    from factcheck.text.proposer.asking import Endpoint

    variable = found["proposer_key"]
    key = environ.get(variable, "").strip() if variable else ""
    if variable and not key:
        raise Usage(
            "the variable that should hold the key is not set.",
            seen=variable[:80],
            remedy="set it, or mend proposer_key",
        )
    allow = [each.strip() for each in found["proposer_allow"].split(",") if each.strip()]
    return Endpoint(found["proposer_endpoint"], found["proposer_model"], allow, key)


@dataclass(frozen=True, slots=True)
class _Sifted:
    """What was answered, what of it is new here, and what was turned down."""

    answers: tuple[SuggestedAnswer, ...]
    new: "tuple[Pointed, ...]"
    offered: int
    rejected: Counter[str]
    unreadable: int
    unanswered: int


class Proposing(Covering):
    """source -> questions -> answers -> suggestions, which stay suggestions."""

    def propose(
        self, source: str, proposer: Proposer, *, by: str | None = None, at: int | None = None, id: str = ""
    ) -> tuple[Event, ...]:
        """Ask a proposer what else could be checked in a source; nothing is decided, attached or accepted by it.

        Every quote of a suggestion is found in the sentences it names; what is suggested or decided there already
        is not suggested again. Unavailable when no question was answered; where only some were, the rest is counted.
        A replay that brings nothing new records nothing.
        """
        person = self._person(by)
        found = self.source(source)
        if found.replaced_by:
            raise Refused(
                f"{source} was replaced by {found.replaced_by}.",
                where=source,
                remedy=f"factcheck propose {found.replaced_by}",
            )
        answers, unanswered = self._answers(found.id, proposer)

        def build() -> list[Draft]:
            sifted = self._sifted(found.id, answers, unanswered)
            if proposer.replayed and not sifted.new:
                return []
            return [self._proposed(found.id, sifted, proposer, person)]

        return self._commit(build, by=person, on=(found.id,), at=at, id=id)

    def _answers(self, source: str, proposer: Proposer) -> tuple[tuple[SuggestedAnswer, ...], int]:
        """Every answer there was, and how many questions have none: the first that fails is the last that is asked."""
        from factcheck.text.proposer.questions import messages, prompt_sha256, questions

        covered = self.coverage(source)
        sent = [(each.start, each.end) for each in covered.sentences if each.kind not in _UNSENT]
        asked, answers = list(questions(covered.text, sent)), list[SuggestedAnswer]()
        for sentences in asked:
            question = messages(covered.text, sentences)
            try:
                words = proposer.ask(question)
            except Unavailable as error:
                if not answers:
                    raise
                self.notices.append(str(error))
                break
            answers.append(
                SuggestedAnswer(
                    model=proposer.model, host=proposer.host, prompt=prompt_sha256(question),
                    sha256=hashlib.sha256(words.encode("utf-8")).hexdigest(), sentences=sentences, answer=words,
                )
            )  # fmt: skip
        if not answers:
            raise Refused(
                "there is no sentence to ask about.", where=source, remedy=f"factcheck coverage {source}"
            )
        return tuple(answers), len(asked) - len(answers)

    def _sifted(self, source: str, answers: tuple[SuggestedAnswer, ...], unanswered: int) -> _Sifted:
        from factcheck.text.proposer.pointing import checked

        text, known = self.text(source), Near(self._index.places(source))
        new: dict[tuple[int, int], Pointed] = {}
        rejected, offered, unreadable = Counter[str](), 0, 0
        for answer in answers:
            one = checked(text, answer.sentences, answer.answer)
            rejected += one.rejected
            offered += one.offered
            unreadable += not one.readable
            for each in one.held:
                if known.same(each.start, each.end):
                    rejected["known"] += 1
                elif Near(list(new.values())).same(each.start, each.end):
                    rejected["repeated"] += 1
                else:
                    new[each.start, each.end] = each
        kept = tuple(new[place] for place in sorted(new))
        return _Sifted(answers, kept, offered, rejected, unreadable, unanswered)

    def _proposed(self, source: str, sifted: _Sifted, proposer: Proposer, person: str) -> Draft:
        """Keep the answers and the suggestions in one file, and the event that names it."""
        from factcheck.text.proposer import EXTRACTOR

        first = self._index.next_number("C")
        lines = [*sifted.answers, *_lines(source, sifted.new, first)]
        data = b"".join(canonical(line.model_dump(mode="json")) + b"\n" for line in lines)
        sha256 = hashlib.sha256(data).hexdigest()
        path = f"claims/{source}.proposed-{sha256}.jsonl"
        self._keep(self.folder / path, data)
        body = proposing.SourceProposed(
            suggestions=path,
            sha256=sha256,
            proposer=EXTRACTOR,
            asked=person,
            model=proposer.model,
            host=proposer.host,
            replayed=proposer.replayed,
            answers=tuple(
                proposing.AnswerBody(prompt=each.prompt, answer=each.sha256) for each in sifted.answers
            ),
            first=first,
            count=len(sifted.new),
            offered=sifted.offered,
            rejected=tuple(
                proposing.RejectedBody(reason=reason, count=number)
                for reason in proposing.REASONS
                if (number := sifted.rejected[reason])
            ),
            plain=sum(each.plain for each in sifted.new),
            unreadable=sifted.unreadable,
            unanswered=sifted.unanswered,
        )
        return Draft("source.proposed", source, body, by=f"tool:{EXTRACTOR}")


def _lines(source: str, new: "Sequence[Pointed]", first: int) -> Iterator[SuggestedClaim]:
    """The suggestions, numbered in the order of the text; nobody has weighed them, so their priority is nought."""
    from factcheck.text.checkable import can_be_checked, checkability

    for number, each in enumerate(new, first):
        yield SuggestedClaim(
            claim=f"C{number}",
            statement=each.statement,
            type=each.type,
            checkable=Checkable(can_be_checked(checkability(each.type, (), ()))),
            priority=0,
            mention=snapshots.MentionBody(source=source, start=each.start, end=each.end, quote=each.quote),
            why=(SuggestedWhy(rule=PROPOSED, start=each.start, end=each.end, weight=0),),
        )
