"""A case that is open: what it holds, and the one way an act gets into its ledger."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError

from factcheck.case.lengths import check_length
from factcheck.case.looking import Looking
from factcheck.case.private import Private, memory_file, recall, remember
from factcheck.errors import BadData, Conflict, NotFound, Refused, Usage
from factcheck.events import Body, Event, Ref, bodies, new_id, timestamp
from factcheck.files import cannot_write, case_folder
from factcheck.labels import label
from factcheck.model import Claim, Objection, is_blind, may, name_fault, says_something
from factcheck.state import ALLOWED

IGNORED = ".factcheck/\nclaims/.lock\nevidence/large/\n"
ATTRIBUTES = "claims/** -text\nevidence/** -text\nexports/** -text\nclaims/ledger.jsonl -text -merge\n"


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


class Desk(Looking):
    """What every act of a case stands on."""

    @classmethod
    def open(cls, folder: Path | str, *, by: str = "", **how: Any) -> Self:
        """Open the case in this folder. NotFound when it is none."""
        folder = Path(folder)
        if not (folder / "claims" / "ledger.jsonl").is_file():
            raise NotFound(
                "this folder is not a case: it has no claims/ledger.jsonl.",
                where=str(folder),
                remedy="factcheck init, or name one with --case DIR",
            )
        case = cls(folder, by=by, **how)
        case._mend()
        case.refresh()
        if case.head.size == 0:
            raise BadData(
                "this case was never begun: its ledger is empty.",
                where=str(folder / "claims" / "ledger.jsonl"),
                remedy="factcheck init, in this folder",
            )
        return case

    @classmethod
    def find(cls, start: Path | str = ".", *, by: str = "", **how: Any) -> Self:
        """Open the case that holds `start`, as git finds its repository. NotFound when there is none."""
        return cls.open(case_folder(Path(start)), by=by, **how)

    @classmethod
    def create(
        cls,
        folder: Path | str,
        by: str,
        *,
        solo: bool = False,
        name: str = "",
        example: bool = False,
        origin: str = "",
        **how: Any,
    ) -> Self:
        """Make a new case in this folder. Refused when there is one already."""
        folder = Path(folder)
        ledger = folder / "claims" / "ledger.jsonl"
        checked_name(by)
        name = checked_title(name) if name else safe_name(folder.resolve().name)
        if ledger.exists() and ledger.stat().st_size:
            raise Refused(
                "this folder already holds a case.", where=str(folder), remedy="open it: factcheck review"
            )
        lay_out(folder)
        case = cls(folder, by=by, **how)
        policy = bodies.PolicyBody(
            second_signature=not solo, blind=False, evidence_for_rated=True, min_origins=1, signatures=False
        )
        origin = checked_title(origin) if origin else f"factcheck/{case._randomness(8).hex()}"
        body = bodies.CaseCreated(name=name, solo=solo, origin=origin, example=example, policy=policy)
        case._ledger.path.touch()

        def build() -> list[Draft]:
            if case.head.size:
                raise Refused("somebody else has just made a case here.", where=str(folder))
            return [Draft("case.created", "case", body)]

        case._commit(build, by=by.strip())
        return case

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _mend(self) -> None:
        """Put a torn tail right at once; on a full disk looking goes on without."""
        if self._ledger.is_torn() and not self.read_only:
            try:
                with self._ledger.writing():
                    self._mend_now()
            except OSError as error:
                self.notices.append(str(cannot_write(self._ledger.path, error)))

    def _mend_now(self) -> None:
        if self._ledger.is_torn():
            self.notices.append(self._ledger.mend())

    def _person(self, by: str | None, act: str = "decide") -> str:
        person = checked_name(by or self.by)
        self._allow(person, act)
        return person

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

    def _legal(self, kind: str, claim: Claim) -> Claim:
        """The claim, if the act is open to it in its state; else Refused with the way there."""
        if claim.state not in ALLOWED[kind]:
            raise Refused(
                label(
                    "act.not_open", self.lang, claim=claim.id, state=label(f"state.{claim.state}", self.lang)
                ),
                where=claim.id,
                seen=kind,
                remedy=label(f"way.{claim.state}", self.lang, claim=claim.id),
            )
        return claim

    def _commit(
        self,
        build: Callable[[], Sequence[Draft]],
        *,
        by: str,
        act: str = "decide",
        on: Sequence[str] = (),
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Record what `build` asks for: under the lock, on the newest state, durable when this returns.

        `build` is called once everybody else's events are in; it applies the rules and may refuse.
        Conflict when a subject of `on` is not at version `at` any more. An act whose `id` is known is not
        recorded again: its line is returned.
        """
        with self._writing():
            known = self._index.event(id) if id else None
            if known is not None:
                self.recorded = (self._own(known, by),)
                return self.recorded
            self._allow(by, act)
            for subject in on if at is not None else ():
                self._check_version(subject, at or 0)
            self._moment = max(self._clock(), self._last_moment())
            self._acting = True
            try:
                self.recorded = self._record_all(build, by, id)
            finally:
                self._acting = False
            self._seal()
        return self.recorded

    def _record_all(self, build: Callable[[], Sequence[Draft]], by: str, id: str) -> tuple[Event, ...]:
        try:
            drafts = build()
            for draft in drafts:
                check_length(draft.subject, draft.body)
            asked = next((draft for draft in drafts if not draft.prepares), None)
            return tuple(self._record(draft, by, id if draft is asked else "") for draft in drafts)
        except (ValidationError, UnicodeEncodeError) as error:
            seen = (
                error.errors()[0]["msg"] if isinstance(error, ValidationError) else "bytes that are no text"
            )
            raise Usage("this cannot be recorded.", seen=seen, remedy="write it differently") from error

    def _own(self, event: Event, by: str) -> Event:
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
            yield

    def _seal(self) -> None:
        try:
            self._ledger.seal(self.info.origin, self._index.position)
        except OSError as error:
            self.notices.append(str(cannot_write(self._ledger.checkpoint_path, error)))

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

    def _record(self, draft: Draft, by: str, event_id: str) -> Event:
        position = self._index.position
        versions = {subject: self._index.version(subject) + 1 for subject in (draft.subject, *draft.also)}
        event = Event(
            id=event_id or new_id(self._moment, self._randomness),
            time=timestamp(self._moment),
            by=draft.by or by or self.by,
            kind=draft.kind,
            subject=draft.subject,
            version=versions[draft.subject],
            also=tuple(Ref(subject=subject, version=versions[subject]) for subject in draft.also),
            body=draft.body,
            tree=position.head if draft.kind.startswith(bodies.WITNESSING) else None,
        )
        line = self._ledger.append(event, position)
        self.refresh()
        return line.event

    def _memory(self, person: str) -> Private:
        if person not in self._memories:
            place = memory_file(self._private, self.info.origin, person) if self._private else None
            self._memories[person] = recall(place)
        return self._memories[person]

    def _remember(self, person: str, memory: Private) -> None:
        remember(memory_file(self._private, self.info.origin, person) if self._private else None, memory)

    @property
    def drafts_file(self) -> Path:
        """Where screens keep what this person wrote and has not recorded: private, or else beside the index."""
        place = self._private or self.folder / ".factcheck"
        return memory_file(place, self.info.origin, self.by, "drafts")

    @property
    def place_file(self) -> Path | None:
        """Where screens keep what this person was looking at; None where nothing private is kept, or nobody sits here."""
        if not self._private or not self.by:
            return None
        return memory_file(self._private, self.info.origin, self.by, "place")

    def _last_moment(self) -> datetime:
        """Time never goes back: the moment of the newest line, or the beginning of time."""
        newest = next(self._index.events(newest_first=True), None)
        return datetime.fromisoformat(newest.as_written.time) if newest else datetime.fromtimestamp(0, UTC)


def checked_name(by: str) -> str:
    """The name of who acts. Refused when nobody is named, Usage when nobody can be called that."""
    person = by.strip()
    if not person:
        raise Refused("nobody is named who acts here.", remedy="add --by NAME, or set FACTCHECK_BY")
    fault = name_fault(person)
    if fault:
        raise Usage("this cannot be the name of a person.", seen=fault, remedy="use a name that can be read")
    return person


def checked_title(text: str) -> str:
    """A name of a case or a source: one line that can be read."""
    if not says_something(text) or not text.isprintable() or len(text) > 200:
        raise Usage("this cannot be a name.", seen=ascii(text[:60]), remedy="use one line that can be read")
    return text


def safe_name(name: str) -> str:
    """A file name that any system holds: NFC, no controls or separators, at most 120 bytes."""
    composed = unicodedata.normalize("NFC", name)
    clean = "".join(each if each.isalnum() or each in " ._-()（）" else "_" for each in composed)
    stem, suffix = Path(clean).stem, Path(clean).suffix[:12]
    while len(f"{stem}{suffix}".encode()) > 120:
        stem = stem[:-1]
    return f"{stem}{suffix}".strip() or "document.txt"


def lay_out(folder: Path) -> None:
    """Make the three folders of a case, and tell git to leave their bytes alone."""
    try:
        for name in ("claims", "evidence", "exports"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", IGNORED), (".gitattributes", ATTRIBUTES)):
            if not (folder / name).exists():
                (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise cannot_write(folder, error) from error
