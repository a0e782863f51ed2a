"""Asking and waiting: questions to colleagues and to people outside, their answers, and forecasts with a due date."""

from collections.abc import Sequence

from factcheck.case.carrying import as_seen
from factcheck.case.desk import Desk, Draft, checked_name
from factcheck.errors import NotFound, Refused, Usage
from factcheck.events import Event, people, timestamp
from factcheck.model import Claim, ClaimType, Question, is_date, is_day, says_something


class Asking(Desk):
    """claim -> question -> answer; forecast -> due date."""

    def ask(
        self,
        claim: str,
        text: str,
        *,
        to: str = "",
        whom: str = "",
        on: str = "",
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Ask something about a claim: anybody at the desk, a colleague (`to`), or somebody outside (`whom`).

        `on` is the day on which somebody outside was asked; today unless it is given.
        """
        person = self._person(by)
        name = checked_name(to) if to.strip() else ""
        if not says_something(text):
            raise Usage("the question is empty.", where=claim, remedy="write what you want to know")
        if name and whom.strip():
            raise Usage("a question goes to one person.", where=claim, remedy="ask twice: --to and --whom")
        if on and (not is_day(on) or not whom.strip()):
            raise Usage(
                "that is not the day somebody outside was asked.", seen=on, remedy="--whom X --on 2024-03-01"
            )

        def build() -> list[Draft]:
            found = self._legal("question.asked", self.claim(claim))
            if name:
                self._allow(name, "decide")
            day = (on or timestamp(self._moment)[:10]) if whom.strip() else ""
            body = people.QuestionAsked(
                text=text.strip(), to=name, whom=whom.strip()[:200], on=day, claim=as_seen(found)
            )
            return [Draft("question.asked", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def answer(
        self,
        claim: str,
        text: str,
        *,
        question: int = 0,
        evidence: Sequence[str] = (),
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Answer a question of a claim (counted from 1; 0: the only open one).

        `evidence` of the claim is the reply itself: attach the letter first. The answer is exported with its question.
        """
        person = self._person(by)
        if not says_something(text):
            raise Usage("the answer is empty.", where=claim, remedy="write what was answered")

        def build() -> list[Draft]:
            found = self._legal("question.answered", self.claim(claim))
            asked = _asked(found, question)
            missing = set(evidence) - {each.id for each in found.live_evidence}
            if missing:
                raise NotFound(
                    f"{claim} has no evidence {', '.join(sorted(missing))}.",
                    where=claim,
                    remedy=f"factcheck attach {claim} FILE --stance context",
                )
            reply = tuple(dict.fromkeys(evidence)) or None
            body = people.QuestionAnswered(question=asked.id, text=text.strip(), evidence=reply)
            return [Draft("question.answered", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)

    def schedule(
        self,
        claim: str,
        due: str,
        *,
        settled_by: str,
        by: str | None = None,
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Say when a forecast can be judged (a day, or first..last) and what would settle it."""
        person = self._person(by)
        if not due or not is_date(due):
            raise Usage("this is neither a day nor a range of days.", seen=due, remedy="2026-12-31, or D..D")
        if not says_something(settled_by):
            raise Usage("say what would settle it.", where=claim, remedy="add --settled-by TEXT")

        def build() -> list[Draft]:
            found = self._legal("claim.scheduled", self.claim(claim))
            if found.type is not ClaimType.PREDICTION:
                raise Refused(
                    f"{claim} is no forecast, but: {found.type}.",
                    where=claim,
                    remedy=f"factcheck retype {claim} prediction",
                )
            body = people.ClaimScheduled(due=due, settled_by=settled_by.strip(), claim=as_seen(found))
            return [Draft("claim.scheduled", found.id, body)]

        return self._commit(build, by=person, on=(claim,), at=at, id=id)


def _asked(claim: Claim, number: int) -> Question:
    """The open question of this number, or the only open one."""
    still = claim.open_questions
    if not still:
        raise Refused(
            f"{claim.id} has no open question.", where=claim.id, remedy=f"factcheck show {claim.id}"
        )
    if number == 0 and len(still) > 1:
        raise Usage(f"{claim.id} has {len(still)} open questions.", where=claim.id, remedy="add --question N")
    if number == 0:
        return still[0]
    if not 0 < number <= len(claim.questions):
        raise Usage(
            f"{claim.id} has {len(claim.questions)} questions.",
            where=claim.id,
            seen=str(number),
            remedy="give the number of one of them",
        )
    found = claim.questions[number - 1]
    if not found.open:
        raise Refused(
            f"question {number} of {claim.id} was answered.", where=claim.id, seen=found.answered_by
        )
    return found
