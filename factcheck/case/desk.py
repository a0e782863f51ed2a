"""A case that is open: what it holds, and the one way an act gets into its ledger."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from factcheck.case.looking import Looking
from factcheck.errors import BadData, Conflict, NotFound, Refused
from factcheck.events import Body, Event, Ref, bodies, new_id, timestamp
from factcheck.labels import label
from factcheck.ledger.file import cannot_write
from factcheck.model import Claim, Objection, may
from factcheck.state import ALLOWED

IGNORED = ".factcheck/\nclaims/.lock\nevidence/large/\n"
ATTRIBUTES = "claims/** -text\nevidence/** -text\nexports/** -text\nclaims/ledger.jsonl -text -merge\n"

# Acts whose event names the head of the ledger that the person saw.
_WITNESSING = ("source.ingested", "capture.made", "verdict.", "member.", "policy.changed", "summary.exported")


@dataclass(frozen=True, slots=True)
class Draft:
    """An act before it is recorded: `also` are further subjects whose version it counts up."""

    kind: str
    subject: str
    body: Body
    also: tuple[str, ...] = ()
    by: str = ""


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
        if ledger.exists() and ledger.stat().st_size:
            raise Refused(
                "this folder already holds a case.", where=str(folder), remedy="open it: factcheck review"
            )
        lay_out(folder)
        case = cls(folder, by=by, **how)
        name = name or folder.resolve().name
        policy = bodies.PolicyBody(
            second_signature=not solo, blind=False, evidence_for_rated=True, min_origins=1, signatures=False
        )
        origin = origin or f"factcheck/{case._randomness(8).hex()}"
        body = bodies.CaseCreated(name=name, solo=solo, origin=origin, example=example, policy=policy)
        case._ledger.path.touch()
        case._commit(lambda: [Draft("case.created", "case", body)])
        return case

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _mend(self) -> None:
        if self._ledger.is_torn() and not self.read_only:
            with self._ledger.writing():
                sentence = self._ledger.mend()
            self.notices += [sentence] if sentence else []

    def _person(self, by: str | None, act: str = "decide") -> str:
        person = (by or self.by).strip()
        if not person:
            raise Refused("nobody is named who acts here.", remedy="add --by NAME, or set FACTCHECK_BY")
        reason = may(self.info, person, act)
        if reason:
            self._refuse([Objection(reason, "", person)])
        return person

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
        return label(f"remedy.{objection.code}", self.lang, claim=objection.claim, person=objection.person)

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
        by: str = "",
        on: str = "",
        at: int | None = None,
        id: str = "",
    ) -> tuple[Event, ...]:
        """Record what `build` asks for: under the lock, on the newest state, durable when this returns.

        `build` is called once everybody else's events are in; it applies the rules and may refuse.
        Conflict when the subject `on` is not at version `at` any more.
        """
        with self._writing():
            known = self._index.event(id) if id else None
            if known is not None:
                self.recorded = (known,)
                return self.recorded
            if at is not None:
                self._check_version(on, at)
            drafts = build()
            self.recorded = tuple(
                self._record(draft, by, id if n == 0 else "") for n, draft in enumerate(drafts)
            )
            self._seal()
        return self.recorded

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._index.path is None:
            raise Refused(
                "this case is open for reading only.",
                where=str(self.folder),
                remedy="copy the case to a folder that can be written",
            )
        with self._ledger.writing():
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
        if version != at:
            later = [
                event for event in self._index.history(subject) if dict(event.subjects).get(subject, 0) > at
            ]
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
        moment = self._clock()
        position = self._index.position
        versions = {subject: self._index.version(subject) + 1 for subject in (draft.subject, *draft.also)}
        event = Event(
            id=event_id or new_id(moment, self._randomness),
            time=max(timestamp(moment), self._last_time()),
            by=draft.by or by or self.by,
            kind=draft.kind,
            subject=draft.subject,
            version=versions[draft.subject],
            also=tuple(Ref(subject=subject, version=versions[subject]) for subject in draft.also),
            body=draft.body,
            tree=position.head if draft.kind.startswith(_WITNESSING) else None,
        )
        line = self._ledger.append(event, position)
        self.refresh()
        return line.event

    def _last_time(self) -> str:
        newest = next(self._index.events(newest_first=True), None)
        return newest.time if newest else ""


def case_folder(start: Path) -> Path:
    """The first folder from `start` upwards that holds claims/ledger.jsonl."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / "claims" / "ledger.jsonl").is_file():
            return folder
    raise NotFound(
        "no case here or above.", where=str(start), remedy="factcheck init, factcheck demo, or --case DIR"
    )


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
