"""Undo: one's own latest act, while nothing stands upon it; the fold then skips it."""

from factcheck.case.desk import Desk, Draft
from factcheck.errors import Refused
from factcheck.events import Event, bodies
from factcheck.model import Claim, Objection
from factcheck.state import can_be_undone, newest, right_of, seen_blind, stale_after


class Undoing(Desk):
    """Taking an act back and bringing it back; neither removes a line from the ledger."""

    def undo(self, subject: str = "", *, by: str | None = None, id: str = "") -> tuple[Event, ...]:
        """Take back one's own latest act (on a subject), as long as nothing was built upon it and it was not exported."""
        person = self._person(by, "note")

        def build() -> list[Draft]:
            event = self._latest_undoable(person, subject)
            if isinstance(event.body, bodies.MentionMoved):
                raise Refused(
                    f"a newer version is not taken back claim by claim: {event.subject} stands on its words now.",
                    where=event.subject,
                    seen=event.kind,
                    remedy=f"factcheck show {event.body.source} lists what moved; reword or judge the claim anew",
                )
            for name in event.touches:
                last = newest(self._index.history(name))
                if last is not None and last.id != event.id:
                    hidden = self.blind and self._tells(last, person)
                    raise Refused(
                        "somebody has since built upon it."
                        if hidden
                        else f"{last.by} has since built upon it: {last.kind} on {name}.",
                        where=name,
                        seen="" if hidden else last.time,
                        remedy=f"factcheck reopen {name} --because TEXT, or act anew",
                    )
            self._refuse_unseeing(event)
            self._refuse_stale(event, back=False)
            return [_counter_act("event.undone", event)]

        return self._commit(build, by=person, act="note", id=id)

    def redo(self, *, by: str | None = None, id: str = "") -> tuple[Event, ...]:
        """Bring back what one's latest undo took away, as long as nothing happened to it since."""
        person = self._person(by, "note")

        def build() -> list[Draft]:
            undone = self._latest_undo(person)
            event = self._index.event(undone.body.id) if isinstance(undone.body, bodies.EventUndone) else None
            if event is None or any(self._acted_since(subject, undone) for subject in event.touches):
                raise Refused("something has happened to it since the undo.", remedy="act anew")
            self._allow(person, right_of(event.kind))
            self._refuse_stale(event, back=True)
            return [_counter_act("event.redone", event)]

        return self._commit(build, by=person, act="note", id=id)

    def _refuse_unseeing(self, event: Event) -> None:
        """Who has judged blind has seen the first verdict afterwards: their own stands as it was given."""
        claim = self._index.value(event.subject)
        if isinstance(claim, Claim) and seen_blind(event, claim):
            raise Refused(
                f"a verdict that was given blind is not taken back: {event.by} has seen the other one since.",
                where=event.subject,
                remedy=f"factcheck reopen {event.subject} --because TEXT",
            )

    def _refuse_stale(self, event: Event, *, back: bool) -> None:
        """A verdict that comes back by this, or stays, must still stand on what it was given."""
        if isinstance(event.body, bodies.ReadingBody):
            judged = [
                each for each in self.decided_at(self.reading(event.subject)) if each not in event.touches
            ]
            if judged:
                raise Refused(
                    f"{', '.join(judged)} has been judged on it since.",
                    where=event.subject,
                    remedy=f"factcheck read {event.subject}, or reject it: the verdicts come back",
                )
        if back and self.blind and event.kind in {"verdict.confirmed", "verdict.disputed"}:
            self._refuse([Objection("blind_confirm", event.subject)])
        if back and self.info.policy.signatures and event.kind.startswith("verdict."):
            raise Refused(
                "where decisions are signed, one is not brought back: it is given anew.",
                where=event.subject,
                remedy=f"factcheck show {event.subject}, then decide",
            )
        for name in event.touches:
            if stale_after(self._index, name, event, self.scale, self.accepted_at, back=back):
                raise Refused(
                    f"the verdict that would come back on {name} stands on another scale or other readings.",
                    where=name,
                    remedy=f"factcheck reopen {name} --because TEXT, or decide anew",
                )

    def _acted_since(self, subject: str, undone: Event) -> bool:
        """True when anything but undoing and redoing has happened to the subject since."""
        later = [event for event in self._index.history(subject) if event.seq > undone.seq]
        return not all(isinstance(event.body, bodies.EventUndone) for event in later)

    def _latest_undoable(self, person: str, subject: str) -> Event:
        if subject:
            self.look(subject)
        undone: dict[str, bool] = {}
        for event in self._index.events(by=person, newest_first=True):
            if isinstance(event.body, bodies.EventUndone):
                undone.setdefault(event.body.id, event.kind == "event.undone")
            elif _is_open(event, subject) and not undone.get(event.id, False):
                return event
        where = f" on {subject}" if subject else ""
        raise Refused(
            f"{person} has no act{where} that could be undone.", remedy="factcheck trail shows what was done"
        )

    def _latest_undo(self, person: str) -> Event:
        redone: set[str] = set()
        for event in self._index.events(by=person, newest_first=True):
            if not isinstance(event.body, bodies.EventUndone):
                break
            if event.kind == "event.redone":
                redone.add(event.body.id)
            elif event.body.id in redone:
                redone.discard(event.body.id)
            else:
                return event
        raise Refused(
            f"{person} has undone nothing that could be redone.", remedy="redo follows an undo at once"
        )


def _is_open(event: Event, subject: str) -> bool:
    """True for an act on the subject (any, when none is named) that can be taken back, or says why it cannot."""
    fits = can_be_undone(event.kind) or event.kind == "mention.moved"
    return fits and (not subject or subject in event.touches)


def _counter_act(kind: str, event: Event) -> Draft:
    also = tuple(ref.subject for ref in event.also)
    return Draft(kind, event.subject, bodies.EventUndone(id=event.id), also=also)
