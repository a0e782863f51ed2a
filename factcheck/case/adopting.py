"""Two laptops without a server: what somebody else did in another folder of the case is taken in, line for line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from factcheck.case.naming import Naming
from factcheck.case.renumbering import Brought, Renumbering
from factcheck.case.shelving import packs_of
from factcheck.errors import BadData, Refused
from factcheck.events import Event, Ref, timestamp
from factcheck.events.keeping import MANIFEST, kept_files
from factcheck.files import keep, own_folder, read_plain
from factcheck.ledger import START
from factcheck.ledger.another import AnotherDesk, fork
from factcheck.model import Claim, ClaimState
from factcheck.state import State, Suggested
from factcheck.state.merging import UNFOLDABLE, stepwise


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was taken in: the lines written here, the numbers there that are others here, the claims that ask for people."""

    events: tuple[Event, ...]
    map: tuple[tuple[str, str], ...]
    waiting: tuple[str, ...]


class Adopting(Naming):
    """Taking in what another desk did since the two went apart."""

    def adopt(self, other: Path | str, *, by: str | None = None) -> Adopted:
        """Take in every act of another folder of this case that is not here yet; the folder is only read.

        Acts keep author, time and signature; what both desks numbered alike gets the next number here. Refused or
        BadData when anything there is not as it must be: then nothing is written.
        """
        desk = AnotherDesk(Path(other))
        person = self._person(by)
        with suppress(OSError):
            if desk.folder.samefile(self.folder):
                raise Refused("this is the case itself.", where=str(other), remedy="name the other folder")
        theirs = desk.lines()
        with self._writing():
            self._allow(person, "decide")
            ours = list(self._ledger.read(START))
            merger = Renumbering(ours, theirs, fork(ours, theirs), desk)
            plans = list(merger.brought())
            self._read = self._clock()
            self._moment = self._behind([plan.here for plan in plans])
            self._lawful([line.event.act for line in ours], plans, desk)
            self._bring(plans, desk)
            events = self._take_in(plans, person)
            self.recorded = events
        return Adopted(events, merger.renumbered, self._asking([plan.here for plan in plans]))

    def _behind(self, acts: Sequence[Event]) -> datetime:
        """A moment behind all that was done at either desk, so that what comes next stands upon all of it."""
        try:
            last = [datetime.fromisoformat(act.time) + timedelta(milliseconds=1) for act in acts]
            return max([self._read, self._last_moment(), *last])
        except (ValueError, OverflowError) as error:
            raise BadData("a time of the other desk is no moment.", seen=str(error)) from error

    def _lawful(self, ours: Sequence[Event], plans: Sequence[Brought], desk: AnotherDesk) -> None:
        """Nothing comes in that the audit would find. Refused with the first thing that it says."""
        from factcheck.audit.adoptions import unlawful

        there = {plan.here.id: plan.there for plan in plans}

        def suggestions(event: Event) -> Sequence[Suggested]:
            return desk.suggestions(there[event.id]) if event.id in there else self._suggestions(event)

        here, fault = self.info, None
        steps = stepwise([*ours, *(plan.here for plan in plans)], suggestions, State())
        try:
            fault = next(
                (each for each in unlawful(steps, lambda _: here, suggestions) if each[0].id in there), None
            )
        except UNFOLDABLE as error:
            raise BadData("the acts of the other desk do not fit together.", seen=str(error)) from error
        if fault:
            act, seen = fault
            raise Refused(
                f"the other desk has an act that cannot be: {act.kind} by {act.by}.",
                where=f"{desk.folder}/claims/ledger.jsonl:{there[act.id].as_written.seq}",
                seen=seen,
                remedy="put it right there, or make its author a member here; nothing was adopted",
            )

    def _bring(self, plans: Sequence[Brought], desk: AnotherDesk) -> None:
        """Copy every file that the acts name: first all are looked at, then all are kept, none over other bytes."""
        wanted = [each for plan in plans for each in _files(plan, desk)]
        for there, here, sha256 in wanted:
            data, target = desk.read(there, sha256), self.folder / here
            if target.is_symlink() or (target.exists() and read_plain(target) != data):
                raise Refused("another file lies there.", where=str(target), remedy="rename it and repeat")
        for there, here, sha256 in wanted:
            own_folder(self.folder / here.partition("/")[0])
            (self.folder / here).parent.mkdir(parents=True, exist_ok=True)
            keep(self.folder / here, desk.read(there, sha256))
        for name, sha256 in dict(each for plan in plans for each in packs_of(plan.there)).items():
            self._take_pack(name, desk.pack(name, sha256))

    def _take_in(self, plans: Sequence[Brought], person: str) -> tuple[Event, ...]:
        position = self._index.position
        versions: Counter[str] = Counter()
        written: list[Event] = []
        for plan in plans:
            names = [name for name, _ in plan.here.subjects]
            for name in names:
                versions[name] = (versions[name] or self._index.version(name)) + 1
            subject, *also = [Ref(subject=name, version=versions[name]) for name in names]
            brought = plan.here.as_written.model_copy(
                update={
                    "time": timestamp(self._moment),
                    "by": person,
                    "version": subject.version,
                    "also": tuple(also),
                }
            )
            self._share(brought)
            line = self._ledger.append(brought, position)
            position = line.position
            written.append(line.event)
        if written:
            self._ledger.commit()
            self.refresh()
            self._seal()
            self._remove_withheld()
            self._tell_shelf(written)
        return tuple(written)

    def _asking(self, acts: Sequence[Event]) -> tuple[str, ...]:
        """The claims of these acts that people must look at again: disputed, or back for review."""
        names = dict.fromkeys(name for act in acts for name in act.touches if name[0] == "C")
        claims = [each for name in names if isinstance(each := self._index.value(name), Claim)]
        return tuple(
            each.id
            for each in claims
            if each.state is ClaimState.DISPUTED or (each.state is ClaimState.ACCEPTED and each.reopened)
        )


def _files(plan: Brought, desk: AnotherDesk) -> Iterator[tuple[str, str, str]]:
    """Every file that an act brings along: its path there, its path here, its SHA-256."""
    from factcheck.export import listed

    pairs = zip(kept_files(plan.there), kept_files(plan.here), strict=True)
    for (there, sha256), (here, _) in pairs:
        if desk.missing(there):
            continue
        yield there, here, sha256
        if plan.here.kind == "summary.exported":
            named = listed(desk.read(there, sha256))
            if named is None:
                raise BadData("this is no manifest of an export.", where=str(desk.folder / there))
            for name, digest in named.items():
                yield there.replace(MANIFEST, name), here.replace(MANIFEST, name), digest
