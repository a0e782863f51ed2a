"""Histories of a case: two desks open on one folder, any act at any moment, and what must hold after each."""

import inspect
import os
import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import ClassVar

from audit import desk
from bundled import example_keys
from hypothesis import currently_in_test_context, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from spine.steps import NOWHERE, PEOPLE, STEPS, TALK, Call, Choice, Impossible

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.errors import Conflict, FactcheckError
from factcheck.events import GENESIS, Event, new_id
from factcheck.index.inspect import Inspected, expected
from factcheck.ledger.files import CaseFiles
from factcheck.ledger.suggestions import SuggestionFiles
from factcheck.merkle import CompactRange, leaf_hash
from factcheck.state import State, apply

TABLES = ("event", "touch", "subject", "claim", "claim_text", "tally")
STAFF = (("lead-1", "lead"), ("reviewer-1", "reviewer"), ("reviewer-2", "reviewer"), ("guest-1", "auditor"))
dice = st.integers(0, 2**64 - 1)
BEFORE = ("nothing",) * 8 + ("opened again", "index deleted")
MANNERS = ("once", "once", "once", "twice", "stale")


def begin(folder: Path) -> Path:
    """A small case with one source, from which every history sets out."""
    (folder / "papers").mkdir()
    (folder / "papers" / "talk.txt").write_text(TALK, "utf-8")
    how = {"clock": desk.ticking(), "randomness": desk.fixed("beginning")}
    case = Case.create(folder / "case", PEOPLE[0], name="call", origin="factcheck/test", **how)
    packs = case.folder / "claims" / "packs"
    packs.mkdir()
    (packs / "names.toml").write_text(desk.PACK, "utf-8")
    case.ingest(folder / "papers" / "talk.txt", title="会议实录")
    _work_on(case, folder / "papers")
    case.close()
    return folder


def _work_on(case: Case, papers: Path) -> None:
    """Some claims are on their way already, so that a short history can come to any act."""
    (papers / "team.html").write_text(desk.PAGE, "utf-8")
    page = case.capture(papers / "team.html", from_url=f"{NOWHERE}/team")
    case.attach("C1", page, quote="research lead", stance="supports")
    case.attach("C1", f"{NOWHERE}/news", stance="supports")
    case.mention("C1", "S1", "Maria Lopez")
    case.relate("C1", "C2", "depends_on")
    case.accept("C1", "C2", "C3", "C5")
    for claim in ("C2", "C3", "C5", "C6"):
        case.decide(claim, "not_enough_evidence")
    case.dispute("C3", because="which page?", by=PEOPLE[1])
    case.confirm("C5", by=PEOPLE[1])
    case.retype("C4", "prediction")
    case.ask("C4", "by when?")


def takes(method: str, name: str) -> bool:
    """Whether a method of the door can be told this."""
    return name in inspect.signature(getattr(Case, method)).parameters


class Record:
    """The ledger as it is read after each step, by the rules of the format alone, and the fold of it.

    `rows` are those an index must have that has read all of it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.state, self.events = folder, State(), []
        self.lines, self.roots, self.last = [], [], GENESIS
        self.rows, self.suggestions = {table: set() for table in TABLES}, SuggestionFiles(CaseFiles(folder))
        self.take()

    def read(self) -> bytes:
        return (self.folder / "claims" / "ledger.jsonl").read_bytes()

    def take(self) -> list[Event]:
        """Read what is new; what was there before is still there, byte for byte and root for root."""
        data = self.read()
        assert data.endswith(b"\n")
        lines, tree, roots = data[:-1].split(b"\n"), CompactRange(), []
        for line in lines:
            tree.append(leaf_hash(line))
            roots.append(tree.root())
        known = len(self.lines)
        assert (lines[:known], roots[:known]) == (self.lines, self.roots)
        self.lines, self.roots = lines, roots
        new = [self._event(line, seq) for seq, line in enumerate(lines[known:], start=known + 1)]
        if new:
            self._add_rows(new)
        return new

    def _event(self, line: bytes, seq: int) -> Event:
        event = Event.from_line(line, where=f"line {seq}")
        assert (event.seq, event.prev) == (seq, self.last)
        self.last = leaf_hash(line).hex()
        for subject, version in event.subjects:
            assert version == self.state.version(subject) + 1
        assert event.id not in self.state.by_id
        self.events.append(event)
        apply(self.state, event, self.suggestions)
        return event

    def _add_rows(self, new: list[Event]) -> None:
        wanted = expected(self.state, new)
        earlier = {table: self.rows[table] for table in ("event", "touch")}
        self.rows = wanted | {table: rows | wanted[table] for table, rows in earlier.items()}


class Histories(RuleBasedStateMachine):
    """`start` is what `begin` made; `reached` counts the kinds of event that came about over all histories."""

    start: Path
    reached: ClassVar[Counter[str]] = Counter()
    outcomes: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="history-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
        self.folder = self.place / "case"
        shutil.copytree(self.start, self.place, dirs_exist_ok=True)
        self.desk_key = example_keys.desk_file(self.place)
        self.record, self.acknowledged, self.opened = Record(self.folder), Counter(), 0
        self.desks, self.told, self.agenda = [self.open(), self.open()], [], sorted(STEPS)

    def open(self) -> Case:
        self.opened += 1
        by, chance = PEOPLE[self.opened % 2], desk.fixed(f"desk {self.opened}")
        case = Case.open(
            self.folder,
            by=by,
            clock=desk.ticking(),
            randomness=chance,
            sign=example_keys.sign,
            desk_key=self.desk_key,
        )
        for person in PEOPLE:
            case.worked("C1", 5, by=person)
        return case

    # -- what may happen ---------------------------------------------------------------------------

    @initialize(staffed=st.booleans(), dice=dice)
    def a_history_begins(self, staffed, dice):
        """With or without members; every act gets its turn, for hypothesis likes repetitions."""
        random.Random(dice).shuffle(self.agenda)
        for name, role in STAFF if staffed else ():
            self.done(Call("add_member", (name, role)), "lead-1", 0)

    @rule(dice=dice)
    def the_next_act_is_tried(self, dice):
        chance = random.Random(dice)
        name = self.agenda.pop() if self.agenda else chance.choice(sorted(STEPS))
        self.happens(name, chance)

    def happens(self, name, chance):
        before, manner = chance.choice(BEFORE), chance.choice(MANNERS)
        by, seat = chance.choice(PEOPLE), chance.randrange(2)
        choice = Choice(self.record.state, self.place / "papers", tuple(chance.choices(range(24), k=3)))
        self.told += [
            f"{before} before; {name} by {by} at desk {seat}, {manner}, by the numbers {choice.numbers}"
        ]
        self.prepare(before, seat)
        try:
            call = STEPS[name](choice)
        except Impossible:
            self.outcomes["impossible"] += 1
            return
        size = len(self.record.events)
        getattr(self, manner)(call, call.by or by, seat)
        if call.then:
            self.once(Call(call.then), call.by or by, 1 - seat)
        self.outcomes.update([name] if len(self.record.events) > size else [])

    def prepare(self, before, seat):
        if before == "index deleted":
            shutil.rmtree(self.folder / ".factcheck", ignore_errors=True)
        if before == "opened again":
            self.desks[seat].close()
            self.desks[seat] = self.open()

    # -- how an act is done ------------------------------------------------------------------------

    def done(self, call, by, seat, **more) -> FactcheckError | None:
        """Do it at one desk. What is refused leaves no event; what is acknowledged is in the ledger, and nothing else."""
        here = self.desks[seat]
        here.recorded, refusal = (), None
        try:
            getattr(here, call.method)(*call.args, **call.said, by=by, **more)
        except FactcheckError as error:
            refusal = error
        new = self.record.take()
        assert not (refusal and new), f"{call.method} was refused ({refusal}) and left an event"
        assert {each.id for each in new} <= {each.id for each in here.recorded}
        self.acknowledged.update(each.id for each in here.recorded)
        self.reached.update(each.kind for each in new)
        self.outcomes["refused" if refusal else "done"] += 1
        return refusal

    def once(self, call, by, seat):
        self.done(call, by, seat)

    def twice(self, call, by, seat):
        """The same command comes again, at the other desk: it is known there, and nothing is written."""
        if not takes(call.method, "id"):
            return
        command = new_id(self.desks[seat]._clock(), self.desks[seat]._randomness)
        size = len(self.record.events)
        if self.done(call, by, seat, id=command) or len(self.record.events) == size:
            return
        size = len(self.record.events)
        again = self.done(call, by, 1 - seat, id=command)
        assert again is None, f"{call.method} came twice under one id and was refused: {again}"
        assert size == len(self.record.events)
        other = PEOPLE[(PEOPLE.index(by) + 1) % 3]
        stranger = self.done(call, other, seat, id=command)
        assert stranger or self.record.state.by_id[command].kind == "source.extracted"
        assert size == len(self.record.events)
        self.outcomes["twice"] += 1

    def stale(self, call, by, seat):
        """Whoever looked at an older version is told so; whoever looked at this one may act."""
        version = self.record.state.version(call.on) if call.on else 0
        if not version or not takes(call.method, "at"):
            return
        old = self.done(call, by, seat, at=version - 1)
        assert old is not None, f"{call.method} took version {version - 1} of {call.on} for {version}"
        if self.done(call, by, seat, at=version) is None:
            assert isinstance(old, Conflict)
            self.outcomes["stale"] += 1

    # -- what holds after every step ---------------------------------------------------------------

    @invariant()
    def nothing_is_lost_or_doubled(self):
        written = Counter(each.id for each in self.record.events)
        assert max(written.values()) == 1
        assert self.acknowledged.keys() <= written.keys()

    @invariant()
    def the_index_is_the_fold(self):
        for case in self.desks:
            case.refresh()
            inspected = Inspected(case._index._database)
            assert inspected.position.size == len(self.record.events)
            for table in TABLES:
                assert self.record.rows[table] == set(inspected.rows(table))

    def teardown(self):
        """The history is over: an audit has nothing to say. What happened in it is told when it failed."""
        for case in self.desks:
            case.close()
        findings = audit(self.folder).findings
        shutil.rmtree(self.place)
        if currently_in_test_context():
            note("\n".join(self.told))
        assert findings == (), self.told


def tour(machine: type[Histories], seed: int) -> None:
    """A history in which every act is tried."""
    chance, history = random.Random(seed), machine()
    try:
        history.a_history_begins(staffed=bool(seed % 2), dice=chance.getrandbits(64))
        while history.agenda:
            history.the_next_act_is_tried(dice=chance.getrandbits(64))
            history.nothing_is_lost_or_doubled()
            history.the_index_is_the_fold()
    finally:
        history.teardown()
