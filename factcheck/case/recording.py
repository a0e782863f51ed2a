"""How an act gets into the ledger: signed outside the lock, checked and written under it, durable when it returns."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from factcheck.case.lengths import check_length
from factcheck.case.sealing import Sealing
from factcheck.errors import Conflict, FactcheckError, Refused, Unavailable, Unsure, Usage
from factcheck.events import SIGNABLE, Body, Event, Head, Ref, new_id, timestamp, trust
from factcheck.files import keep
from factcheck.labels import label
from factcheck.ledger import Line, Position
from factcheck.model import Objection, is_blind, may

_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0, None)
"""Seconds before an act is tried again whose answer was lost, or that was signed for a claim as it no longer is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An act before it is recorded: `also` are further subjects whose version it counts up.

    `prepares`: the act that was asked for comes behind it, and that one has the command id.
    """

    kind: str
    subject: str
    body: Body
    also: tuple[str, ...] = ()
    by: str = ""
    prepares: bool = False


class Recording(Sealing):
    """The one way in."""

    _sent_id = ""
    """The command that was sent and not answered yet."""

    def _allow(self, person: str, act: str) -> None:
        reason = may(self.info, person, act)
        self._refuse([Objection(reason, "", person)] if reason else [])

    def _refuse(self, found: Sequence[Objection]) -> None:
        """Raise Refused with the first objection's way out, if there is any objection."""
        if found:
            words = [self.sentence(each) for each in found]
            raise Refused(" ".join(words), where=found[0].claim, remedy=self.way_out(found[0]))

    def sentence(self, objection: Objection) -> str:
        """An objection in the reader's language."""
        return label(
            f"objection.{objection.code}",
            self.lang,
            claim=objection.claim,
            person=objection.person,
            number=objection.number,
        )

    def way_out(self, objection: Objection) -> str:
        """What can be done about an objection, in the reader's language."""
        blind = objection.code == "second_signature_missing" and is_blind(self.info.policy)
        code = "blind_confirm" if blind else objection.code
        return label(f"remedy.{code}", self.lang, claim=objection.claim, person=objection.person)

    def _commit(
        self,
        build: Callable[[], Sequence[Draft]],
        *,
        by: str,
        act: str = "decide",
        on: Sequence[str] = (),
        at: int | None = None,
        id: str = "",
        vouched: bool = False,
    ) -> tuple[Event, ...]:
        """Record what `build` asks for: under the lock, on the newest state, durable when this returns.

        `build` is called once everybody else's events are in; it applies the rules and may refuse. Who has a key
        signs before that, outside the lock, what `build` asks for then; it is called again under the lock, and
        when it asks for something else by now, that is signed anew. Conflict when a subject of `on` is not at
        version `at` any more. An act whose `id` is known is not recorded again: its line is returned. What must be
        `vouched` for is never recorded unsigned.
        """
        command = id
        for pause in _PAUSES:
            try:
                recorded = self._try(build, by=by, act=act, on=on, at=at, id=command, vouched=vouched)
                if recorded is not None:
                    return recorded
            except Unsure:
                command = id or self._sent_id
                if pause is None:
                    raise
                time.sleep(pause)
            except Unavailable:
                if not self._sent_id or pause is None:  # nothing was sent: nobody needs to wait
                    raise
                time.sleep(pause)
        raise Unavailable(
            "others write faster than this can be signed.",
            where=str(self.folder),
            remedy="try again in a moment",
        )

    def _try(
        self,
        build: Callable[[], Sequence[Draft]],
        *,
        by: str,
        act: str,
        on: Sequence[str],
        at: int | None,
        id: str,
        vouched: bool,
    ) -> tuple[Event, ...] | None:
        """Record it once; None when what was signed beforehand is no longer what it comes to."""
        ready = self._signed_beforehand(build, by, act, id, vouched=vouched)
        with self._writing():
            known = self._index.event(id) if id else None
            if known is not None:
                self.recorded = (self._own(known, by),)
                return self.recorded
            self._refuse_what_arrived(id)
            self._allow(by, act)
            for subject in on if at is not None else ():
                self._check_version(subject, at or 0)
            drafts = self._asked(build)
            if not self._still(drafts, ready):
                return None
            self.recorded = self._record_all(drafts, by, id, ready)
            self.deferred += tuple(each for each in self.recorded if self._defers(each))
            self._seal()
            return self.recorded

    def arrived(self) -> Event | None:
        """What was sent before the connection broke, if it turns out to be recorded; then nothing waits any more."""
        sent = self._index.event(self._sent_id) if self._sent_id else None
        if sent is not None:
            self._sent_id = ""
        return sent

    @property
    def unsure(self) -> bool:
        """True while nobody can say whether what was sent last is recorded."""
        return bool(self._sent_id)

    def _refuse_what_arrived(self, id: str) -> None:
        """An act that was sent and not answered is never done a second time unawares."""
        if self._sent_id != id and (sent := self.arrived()):
            raise Conflict(
                "what was sent before the connection broke is recorded; nothing was sent again.",
                where=sent.subject,
                seen=f"{sent.kind} at {sent.time}",
                remedy="look again; repeat it if you mean it twice",
            )
        if self._sent_id != id:
            self._sent_id = ""

    def _asked(self, build: Callable[[], Sequence[Draft]]) -> Sequence[Draft]:
        """What the act comes to now; the moment it happens at is set first."""
        self._read = self._clock()
        self._moment = max(self._read, self._last_moment())
        self._acting = True
        try:
            drafts = build()
            for draft in drafts:
                check_length(draft.subject, draft.body)
        except (ValidationError, UnicodeEncodeError) as error:
            raise _unrecordable(error) from error
        finally:
            self._acting = False
        return drafts

    def _signed_beforehand(
        self, build: Callable[[], Sequence[Draft]], by: str, act: str, id: str, *, vouched: bool
    ) -> dict[int, Event]:
        """The events of those drafts that this person can sign, signed, by their place; {} where nothing is."""
        if self._sign is None or (self.defers_signing and not vouched) or not self._writable:
            return {}
        self.refresh()
        if (id and self._index.event(id)) or may(self.info, by, act):
            return {}
        self._rehearsing = True
        try:
            drafts = self._asked(build)
        finally:
            self._rehearsing = False
        asked = next((draft for draft in drafts if not draft.prepares), None)
        ready = {
            n: self._event(draft, self._numbered(drafts, n), by, id if draft is asked else "", self.head)
            for n, draft in enumerate(drafts)
            if self._can_sign(draft, draft.by or by)
        }
        try:
            return {n: self._with_signature(each) for n, each in ready.items()}
        except FactcheckError as error:
            if vouched:
                raise
            self.notices.append(f"{error} It is recorded unsigned; sign it later: factcheck sign")
            return {}

    @property
    def can_sign(self) -> bool:
        """True for a person who has a key here, and the means to sign with it."""
        return self._sign is not None and bool(self.info.keys_of(self.by))

    def _defers(self, event: Event) -> bool:
        """True for an act that its author could have signed at once, and signs later."""
        signs = self.defers_signing and self._sign is not None and bool(self.info.keys_of(event.by))
        return signs and wants_signature(event)

    def _can_sign(self, draft: Draft, by: str) -> bool:
        """True for what a person can sign who has a key here, or adds the first one of their own by this."""
        new = (
            isinstance(draft.body, trust.SignerAdded)
            and draft.body.name == by
            and self.info.may_bring_key(by)
        )
        return draft.kind.startswith(SIGNABLE) and (new or bool(self.info.keys_of(by)))

    def _with_signature(self, event: Event) -> Event:
        from factcheck.signing.sshsig import Signature

        assert self._sign is not None
        signed = event.model_copy(update={"sig": self._sign(event.signed_bytes())})
        key = Signature.from_text(signed.sig).key
        own = [each.key for each in self.info.keys_of(event.by) if each.counts_at(event.time)]
        if isinstance(event.body, trust.SignerAdded) and self.info.may_bring_key(event.body.name):
            own.append(event.body.key)
        if key.to_line() not in own:
            raise Refused(
                f"the key that was used is none of {event.by}'s in this case.",
                seen=key.fingerprint,
                remedy="factcheck signers lists them; FACTCHECK_KEY names the one to use",
            )
        return signed

    def _still(self, drafts: Sequence[Draft], ready: dict[int, Event]) -> bool:
        """True when what was signed is what the act comes to now."""
        for number, event in ready.items():
            now = drafts[number] if number < len(drafts) else None
            if now is None or (now.kind, now.subject, now.body) != (event.kind, event.subject, event.body):
                return False
            if event.subjects != self._numbered(drafts, number):
                return False
        return True

    def _numbered(self, drafts: Sequence[Draft], number: int) -> tuple[tuple[str, int], ...]:
        """The subjects of one of these drafts, each with the version it will get."""
        before = Counter(each for draft in drafts[:number] for each in (draft.subject, *draft.also))
        names = (drafts[number].subject, *drafts[number].also)
        return tuple((each, self._index.version(each) + before[each] + 1) for each in names)

    def _event(
        self, draft: Draft, subjects: Sequence[tuple[str, int]], by: str, id: str, head: Head
    ) -> Event:
        (subject, version), *also = subjects
        try:
            return Event(
                id=id or new_id(self._read, self._randomness),
                time=timestamp(self._moment),
                by=draft.by or by or self.by,
                kind=draft.kind,
                subject=subject,
                version=version,
                also=tuple(Ref(subject=name, version=number) for name, number in also),
                body=draft.body,
                tree=head if draft.kind.startswith(SIGNABLE) else None,
            )
        except ValidationError as error:
            raise _unrecordable(error) from error

    def _record_all(
        self, drafts: Sequence[Draft], by: str, id: str, ready: dict[int, Event]
    ) -> tuple[Event, ...]:
        asked = next((draft for draft in drafts if not draft.prepares), None)
        recorded: list[Event] = []
        position, sent = self._index.position, ""
        for number, draft in enumerate(drafts):
            subjects = self._numbered(drafts, number)
            command = id if draft is asked else ""
            event = ready.get(number) or self._event(draft, subjects, by, command, position.head)
            sent = event.id if draft is asked or not sent else sent
            line = self._append(event, position)
            position = line.position
            recorded.append(line.event)
        try:
            self._ledger.commit()
        except Unsure:
            self._sent_id = sent
            raise
        self._sent_id = ""
        self.refresh()
        return tuple(recorded)

    def _append(self, event: Event, after: Position) -> Line:
        try:
            self._share(event)
            return self._ledger.append(event, after)
        except UnicodeEncodeError as error:
            raise _unrecordable(error) from error

    @staticmethod
    def _own(event: Event, by: str) -> Event:
        """The event, if this person asked for it; a tool's event names who had it asked, or nobody."""
        tool = event.by.startswith("tool:")
        if by != (getattr(event.body, "asked", by) if tool else event.by):
            raise Conflict(
                "this command id belongs to another act.", where=event.id, seen=f"{event.kind} by {event.by}"
            )
        return event

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._writable:
            raise Refused(
                "this case is open for reading only.",
                where=str(self.folder),
                remedy="copy the case to a folder that can be written",
            )
        with self._ledger.writing():
            self._mend_now()
            self.refresh()
            self._lies_here()
            if why := self._not_continued():
                raise why
            yield

    def _check_version(self, subject: str, at: int) -> None:
        if subject != "case":
            self.look(subject)
        version = self._index.version(subject)
        if at > version:
            raise Conflict(
                f"{subject} is at version {version}; there is no version {at} yet.",
                where=subject,
                remedy=f"look again: factcheck show {subject}",
            )
        if version != at:
            history = self._tellable(self._index.history(subject))
            later = [event for event in history if dict(event.subjects).get(subject, 0) > at]
            seen = (
                "; ".join(f"{event.by}: {event.kind} at {event.time}" for event in later)
                or f"version {version}"
            )
            raise Conflict(
                f"{subject} has changed since version {at}; it is at version {version}.",
                where=subject,
                seen=seen,
                remedy=f"look again (factcheck show {subject}) and repeat with --at {version}",
            )

    def _keep(self, path: Path, data: bytes) -> None:
        """Keep a new file of the case; while an act is only gone through, to be signed, nothing is written."""
        if not self._rehearsing:
            keep(path, data)

    def _mend_now(self) -> None:
        if self._ledger.is_torn():
            self.notices.append(self._ledger.mend())

    def _last_moment(self) -> datetime:
        """Time never goes back: the latest moment of any line, or the beginning of time.

        A line may be older than the one before it only where it was signed before its author saw that one.
        """
        latest = datetime.fromtimestamp(0, UTC)
        for act in self._index.events(newest_first=True):
            event = act.as_written
            latest = max(latest, datetime.fromisoformat(event.time))
            if not event.sig or (event.tree and event.tree.size == event.seq - 1):
                break
        return latest


def wants_signature(event: Event) -> bool:
    """True for an act that could bear a signature and bears none."""
    return event.kind.startswith(SIGNABLE) and not event.sig


def _unrecordable(error: ValidationError | UnicodeEncodeError) -> Usage:
    seen = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "bytes that are no text"
    return Usage("this cannot be recorded.", seen=seen, remedy="write it differently")
