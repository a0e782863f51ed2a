"""Two desks of one case that never meet but by their folders: random work at both, and what each holds, numbers aside."""

import random
import re
import shutil
from collections import Counter
from dataclasses import asdict, is_dataclass
from datetime import timedelta
from enum import Enum
from itertools import count
from pathlib import Path

from audit import desk
from histories import STAFF
from spine.steps import PEOPLE, STEPS, Choice, Impossible

from factcheck.audit import audit
from factcheck.audit.trail import Trail
from factcheck.case import Case
from factcheck.errors import FactcheckError
from factcheck.events import Event
from factcheck.events.adopting import minted
from factcheck.index.inspect import Inspected, expected
from factcheck.state import State
from factcheck.state.merging import folded

NUMBER = re.compile(r"(?<![A-Za-z0-9])[CEKRSX][1-9][0-9]{0,8}(?![0-9A-Za-z])")
TABLES = ("event", "touch", "subject", "claim", "claim_text", "tally")
# Where a line lies in the ledger of one desk, how often it was counted there, blocks of its numbers, whose head was seen.
OWN = {"seq", "first", "size", "root", "ours"}
# Who is sent away at one desk while they work at the other is refused there, and so are two first keys of one person:
# tests of their own.
WORK = sorted(STEPS.keys() - {"member", "revoke", "add a signer", "revoke a signer"})


class Pair:
    """Two copies of the case in `start`; a shared clock that stands still now and then, and one desk's goes ahead."""

    def __init__(self, start: Path, place: Path, seed: int, *, ahead: float = 0.0) -> None:
        self.chance, self.place, self.outcomes = random.Random(seed), place, Counter()
        self.seed, self.opened, ticks = seed, count(), desk.ticking()
        later, self._now = ticks() + timedelta(days=1), None

        def clock(more: float):
            def now():
                if self._now is None or self.chance.random() < 0.8:
                    self._now = later + (ticks() - later)
                return self._now + timedelta(days=1, seconds=more)

            return now

        self.clocks = (clock(0.0), clock(ahead))
        self.folders = (place / "one", place / "two")
        for folder in self.folders:
            shutil.copytree(start / "case", folder)
        shutil.copytree(start / "papers", place / "papers")
        self.desks = [self.open(0), self.open(1)]
        self._acts: tuple[list[Event], list[Event]] = ([], [])
        self._trails = [Trail(folder) for folder in self.folders]  # for the suggestions, which never change

    def staff(self) -> None:
        """Everybody becomes a member, at both desks."""
        for name, role in STAFF:
            self.desks[0].add_member(name, role, by="lead-1")
        self.exchange()

    def open(self, seat: int) -> Case:
        chance = desk.fixed(f"pair {self.seed} desk {seat} {next(self.opened)}")
        return Case.open(self.folders[seat], by=PEOPLE[seat], clock=self.clocks[seat], randomness=chance)

    def work(self, acts: int) -> None:
        """Any acts, at either desk."""
        for _ in range(acts):
            self.act(self.chance.randrange(2), self.chance.choice(WORK))

    def act(self, seat: int, name: str) -> None:
        numbers = tuple(self.chance.choices(range(24), k=3))
        choice = Choice(self.state(seat), self.place / "papers", numbers)
        by = self.chance.choice(PEOPLE)
        try:
            call = STEPS[name](choice)
            getattr(self.desks[seat], call.method)(*call.args, **call.said, by=call.by or by)
        except Impossible:
            return
        except FactcheckError:
            self.outcomes["refused"] += 1
            return
        self.outcomes[name] += 1

    def state(self, seat: int) -> State:
        """How things stand at a desk; of its ledger only the new lines are parsed."""
        lines = (self.folders[seat] / "claims" / "ledger.jsonl").read_bytes().splitlines()
        known = self._acts[seat]
        known += [Event.from_line(line, where="").act for line in lines[len(known) :]]
        return folded(known, self._trails[seat].suggested)

    def exchange(self, first: int = 0) -> None:
        """Each takes in what the other has; the second one gets its own acts back and knows them."""
        for seat in (first, 1 - first):
            done = self.desks[seat].adopt(self.folders[1 - seat], by=PEOPLE[seat])
            self.outcomes["adopted"] += len(done.events)

    def check(self) -> None:
        """Both audits have nothing to say, each index is the fold, and both desks hold the same."""
        for seat, folder in enumerate(self.folders):
            findings = audit(folder).findings
            assert findings == (), (self.seed, seat, findings)
            assert faults(self.desks[seat]) == [], (self.seed, seat)
        one, two = map(held, self.folders)
        assert one.keys() == two.keys(), self.seed
        different = {name: (one[name], two[name]) for name in one if one[name] != two[name]}
        assert different == {}, (self.seed, different)

    def close(self) -> None:
        for case in self.desks:
            case.close()


def faults(case: Case) -> list[str]:
    """Tables of the index that are not the fold of the ledger."""
    trail = Trail(case.folder)
    rows = expected(trail.state(), [act for _, act in trail.acts()])
    inspected = Inspected(case._index._database)
    return [table for table in TABLES if rows[table] != set(inspected.rows(table))]


def held(folder: Path) -> dict[str, object]:
    """Everything that a desk holds, each number replaced by the act that gave it out."""
    trail = Trail(folder)
    names = {"case": "case"}
    for _, act in trail.acts():
        document = act.model_dump(mode="json", exclude_none=True)
        names |= {name: f"{act.id}#{place}" for place, name in enumerate(minted(document))}
    state = trail.state()
    return {names[name]: plain(value, names) for name, value in state.subjects.items()}


def plain(value, names, key=""):
    if is_dataclass(value):
        value = asdict(value)
    if isinstance(value, dict):
        return {each: plain(inner, names, each) for each, inner in value.items() if each not in OWN}
    if isinstance(value, list | tuple):
        found = [plain(each, names, key) for each in value]
        return sorted(found, key=repr) if key in {"mentions", "readings", "moved", "claims"} else found
    if isinstance(value, Enum):
        return str(value)
    if key == "path":  # a document that both took in has its number in its name at one of them
        value = re.sub(r"^claims/S[0-9]+-", "claims/", value)
    if isinstance(value, str) and key not in {"statement", "quote", "text", "heard", "meant"}:
        return NUMBER.sub(lambda found: names.get(found[0], found[0]), value)
    return value
