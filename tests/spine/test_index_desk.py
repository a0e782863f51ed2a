"""The index is the fold, whatever happened; and it can always be thrown away."""

import sqlite3
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spine_events import QUOTE, Maker, claim_body

from factcheck.case.carrying import evidence_body
from factcheck.errors import BadData
from factcheck.events import Event, bodies, capturing, snapshots
from factcheck.index import Index, Query
from factcheck.index.inspect import expected, read_only
from factcheck.ledger import START, Line
from factcheck.model import Claim, ClaimState, ClaimType, RelationKind
from factcheck.state import ALLOWED, State, apply


class Written:
    """A ledger in memory: the same lines, no file."""

    def __init__(self, events=()) -> None:
        self.lines: list[Line] = []
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        position = self.lines[-1].position if self.lines else START
        whole = event.model_copy(update={"seq": position.size + 1, "prev": position.last})
        data = whole.to_line()
        self.lines.append(Line(whole, data, position.after(data)))

    def read(self, after=START):
        yield from self.lines[after.size :]

    @property
    def events(self):
        return [line.event for line in self.lines]


def nothing(_event):
    return []


def folded(ledger: Written) -> State:
    state = State()
    for event in ledger.events:
        apply(state, event, nothing)
    return state


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index.sqlite"


def rows(path):
    with read_only(path) as inspected:
        assert inspected.faults() == []
        return {
            table: set(inspected.rows(table))
            for table in ("event", "touch", "subject", "claim", "claim_text", "tally")
        }


# -- the same as the fold --------------------------------------------------------------------------

steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "added",
                "accepted",
                "dismissed",
                "reworded",
                "attached",
                "verdict",
                "confirmed",
                "merged",
                "split",
                "related",
                "withdrawn",
                "reopened",
                "noted",
                "undone",
                "redone",
            ]
        ),
        st.integers(1, 4),
        st.integers(1, 4),
        st.sampled_from(["reviewer-1", "reviewer-2"]),
    ),
    max_size=25,
)


class History:
    """Whatever acts are legal among those asked for, as events of a ledger."""

    def __init__(self) -> None:
        self.make, self.state, self.ledger = Maker(), State(), Written()
        self.take(self.make.case())

    def take(self, event: Event) -> None:
        self.ledger.add(event)
        apply(self.state, self.ledger.events[-1], nothing)

    def step(self, what: str, one: int, two: int, by: str) -> None:
        claim, other = self.state.value(f"C{one}"), self.state.value(f"C{two}")
        event = getattr(self, f"_{what}")(claim, other, f"C{one}", by)
        if event is not None:
            self.take(event)

    def _may(self, kind, *claims):
        return all(isinstance(claim, Claim) and claim.state in ALLOWED[kind] for claim in claims)

    def _added(self, claim, _other, name, by):
        new = f"C{1 + max((c.number for c in self.state.all(Claim)), default=0)}"
        if self.state.version(new) == 0:
            return self.make.added(new, start=self.make.made, statement=f"{QUOTE} {self.make.made}")
        return None

    def _accepted(self, claim, _other, name, by):
        return (
            self.make("claim.accepted", name, snapshots.ClaimAct(), by=by)
            if self._may("claim.accepted", claim)
            else None
        )

    def _dismissed(self, claim, _other, name, by):
        if self._may("claim.dismissed", claim):
            return self.make("claim.dismissed", name, bodies.ClaimDismissed(reason="trivial"), by=by)
        return None

    def _reworded(self, claim, _other, name, by):
        if self._may("claim.reworded", claim):
            body = bodies.ClaimReworded(statement=f"又 {self.make.made}", was=claim.statement)
            return self.make("claim.reworded", name, body, by=by)
        return None

    def _attached(self, claim, _other, name, by):
        new = f"E{1 + sum(1 for key in self.state.versions if key[0] == 'E')}"
        return self.make.attached(name, new) if self._may("evidence.attached", claim) else None

    def _verdict(self, claim, _other, name, by):
        return self.make.verdict(name, by=by) if self._may("verdict.recorded", claim) else None

    def _confirmed(self, claim, _other, name, by):
        if self._may("verdict.confirmed", claim):
            return self.make(
                "verdict.confirmed", name, bodies.VerdictConfirmed(verdict=claim.verdict.id), by=by
            )
        return None

    def _merged(self, claim, other, name, by):
        if claim is other or not self._may("claim.merged", claim, other):
            return None
        evidence = tuple(map(evidence_body, other.live_evidence))
        mentions = tuple(
            snapshots.MentionBody(source=m.source, start=m.start, end=m.end, quote=m.quote)
            for m in other.mentions
        )
        body = bodies.ClaimMerged(other=other.id, mentions=mentions, evidence=evidence)
        return self.make("claim.merged", name, body, by=by, also=(other.id, *(e.id for e in evidence)))

    def _split(self, claim, _other, name, by):
        new = f"C{1 + sum(1 for key in self.state.versions if key[0] == 'C')}"
        if self._may("claim.split", claim) and self.state.version(new) == 0:
            keeps = tuple(
                snapshots.MentionBody(source=m.source, start=m.start, end=m.end, quote=m.quote)
                for m in claim.mentions
            )
            body = bodies.ClaimSplit(new=new, part=claim_body(start=self.make.made), keeps=keeps)
            return self.make("claim.split", name, body, by=by, also=(new,))
        return None

    def _related(self, claim, other, name, by):
        if claim is not other and self._may("claim.related", claim, other):
            body = bodies.ClaimRelated(other=other.id, relation=RelationKind.CONTRADICTS)
            return self.make("claim.related", name, body, by=by, also=(other.id,))
        return None

    def _withdrawn(self, claim, _other, name, by):
        if self._may("evidence.withdrawn", claim) and claim.live_evidence:
            gone = claim.live_evidence[0].id
            return self.make(
                "evidence.withdrawn", name, capturing.EvidenceWithdrawn(evidence=gone), by=by, also=(gone,)
            )
        return None

    def _reopened(self, claim, _other, name, by):
        if self._may("claim.reopened", claim):
            return self.make("claim.reopened", name, bodies.ClaimReopened(because="again"), by=by)
        return None

    def _noted(self, claim, _other, name, by):
        return self.make("note.added", name, bodies.NoteAdded(text="注"), by=by) if claim else None

    def _undone(self, claim, _other, name, by):
        acts = [e for e in self.state.history(name) if not isinstance(e.body, bodies.EventUndone)]
        return self.make.undone(acts[-1]) if acts and acts[-1].kind != "claim.added" else None

    def _redone(self, claim, _other, name, by):
        past = self.state.history(name)
        last = past[-1] if past else None
        if last is None or last.kind != "event.undone":
            return None
        return self.make.undone(self.state.by_id[last.body.id], kind="event.redone")


@settings(max_examples=120, deadline=None)
@given(steps, st.integers(0, 25))
def test_the_index_is_the_fold_after_any_history_in_one_go_or_two(tmp_path_factory, asked, cut):
    history = History()
    for step in asked:
        history.step(*step)
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    index = Index(path)
    whole, history.ledger.lines = history.ledger.lines, history.ledger.lines[:cut]
    index.catch_up(history.ledger, nothing)
    history.ledger.lines = whole
    position = index.catch_up(history.ledger, nothing)
    assert (whole[-1].position, len(whole)) == (position, position.size)
    for name in history.state.versions:
        assert history.state.value(name) == index.value(name)
        assert history.state.version(name) == index.version(name)
        assert history.state.history(name) == index.history(name)
    assert Counter(str(claim.state) for claim in history.state.all(Claim)) == index.counts("state")
    index.close()
    assert expected(history.state, history.ledger.events) == rows(path)


# -- thrown away -----------------------------------------------------------------------------------


@pytest.fixture
def ledger(make):
    return Written(
        [
            make.case(),
            make.added("C1"),
            make.added("C2", quote="张楠辞去抖音 CEO", start=20),
            make.added("C3", quote="Sora costs 14 times GPT-4", start=40),
            make.attached("C1", "E1"),
            make.verdict("C1", evidence=("E1",)),
        ]
    )


def caught_up(path, ledger):
    index = Index(path)
    index.catch_up(ledger, nothing)
    return index


def test_a_deleted_index_is_made_again(path, ledger):
    caught_up(path, ledger).close()
    before = rows(path)
    path.unlink()
    caught_up(path, ledger).close()
    assert before == rows(path)


@pytest.mark.parametrize(
    "junk", [b"", b"\x00" * 4096, b"not a database at all", b"SQLite format 3\x00" + b"x" * 5000]
)
def test_a_corrupted_index_is_made_again(path, ledger, junk):
    caught_up(path, ledger).close()
    before = rows(path)
    path.write_bytes(junk)
    caught_up(path, ledger).close()
    assert before == rows(path)


def test_an_index_of_another_version_is_made_again(path, ledger):
    caught_up(path, ledger).close()
    before = rows(path)
    other = sqlite3.connect(path)
    other.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    other.execute("DELETE FROM subject")
    other.commit()
    other.close()
    caught_up(path, ledger).close()
    assert before == rows(path)


def test_a_database_of_somebody_else_is_not_taken_for_an_index(path, ledger):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.commit()
    other.close()
    assert caught_up(path, ledger).position.size == 6


def test_catching_up_fails_whole_or_not_at_all(path, ledger, make):
    index = caught_up(path, ledger)
    before = index.position
    twice = make.note().model_copy(update={"id": ledger.events[1].id})
    ledger.add(make.note("first"))
    ledger.add(twice)
    with pytest.raises(BadData, match="something twice"):
        index.catch_up(ledger, nothing)
    assert before == index.position
    assert [event for event in index.events() if event.kind == "note.added"] == []


def test_the_words_of_what_failed_are_not_searched(path, ledger, make):
    index, good = caught_up(path, ledger), list(ledger.lines)
    ledger.add(make.verdict("C2"))
    ledger.add(make.note().model_copy(update={"id": ledger.events[1].id}))
    with pytest.raises(BadData):
        index.catch_up(ledger, nothing)
    ledger.lines = good
    ledger.add(make.added("C4", quote="4"))
    index.catch_up(ledger, nothing)
    assert index.numbers(Query(text="own page")) == [1]


def test_an_index_in_memory_answers_the_same(path, ledger):
    on_disk, in_memory = caught_up(path, ledger), caught_up(None, ledger)
    assert on_disk.claims([1, 2, 3]) == in_memory.claims([1, 2, 3])


# -- questions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("蒋璐", [1]),
        ("转投", [1]),
        ("蒋", [1]),
        ("璐", [1]),
        ("投", [1]),
        ("辞去抖音", [2]),
        ("抖音 ceo", [2]),
        ("tik", [1]),
        ("TIKTOK 蒋", [1]),
        ("蒋 tiktok", [1]),
        ("gpt", [3]),
        ("GPT-4", [3]),
        ("ＧＰＴ", [3]),
        ("C2", [2]),
        ("own page", [1]),
        ("蒋楠", []),
        ('"', []),
        ("* OR NEAR(", []),
        ("%", []),
    ],
)
def test_search_finds_words_in_both_languages(path, ledger, text, found):
    assert found == caught_up(path, ledger).numbers(Query(text=text))


def test_blank_search_text_does_not_narrow(path, ledger):
    assert caught_up(path, ledger).numbers(Query(text="  ")) == [1, 2, 3]


def test_queries_narrow_by_state_type_rating_and_judge(path, ledger):
    index = caught_up(path, ledger)
    assert index.numbers(Query(states=(ClaimState.JUDGED,))) == [1]
    assert index.numbers(Query(states=(ClaimState.JUDGED,), not_by="reviewer-1")) == []
    assert index.numbers(Query(rating="supported")) == [1]
    assert index.numbers(Query(type=ClaimType.PERSONNEL_MOVE, source="S1", order="priority")) == [1, 2, 3]
    assert index.numbers(Query(source="S2")) == []
    assert index.counts("state") == {"accepted": 2, "judged": 1}
    with pytest.raises(ValueError):
        index.counts("value; DROP TABLE event")


def test_numbers_are_never_used_twice_even_after_an_undo(path, ledger, make):
    attached = make.attached("C1", "E2")
    ledger.add(attached)
    ledger.add(make.undone(attached))
    index = caught_up(path, ledger)
    assert (index.value("E2"), index.next_number("E"), index.version("E2")) == (None, 3, 2)
    assert (index.next_number("C"), index.next_number("X")) == (4, 1)


def test_events_in_both_directions_and_by_person(path, ledger):
    index = caught_up(path, ledger)
    assert [event.seq for event in index.events()] == [1, 2, 3, 4, 5, 6]
    assert [event.seq for event in index.events(newest_first=True, before=5)] == [4, 3, 2, 1]
    assert list(index.events(by="reviewer-9")) == []
    assert ledger.events[2] == index.event(ledger.events[2].id)
    assert index.event("nothing") is None


# -- looking without touching ----------------------------------------------------------------------


def test_inspecting_changes_no_byte_and_leaves_no_file(path, ledger):
    caught_up(path, ledger).close()
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    rows(path)
    assert before == {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_inspecting_works_while_the_desk_is_open(path, ledger):
    index = caught_up(path, ledger)
    assert len(rows(path)["event"]) == 6
    index.close()


@pytest.mark.parametrize("junk", [b"not a database at all", b"SQLite format 3\x00" + b"x" * 5000])
def test_what_is_no_index_is_said(path, junk):
    path.write_bytes(junk)
    with pytest.raises(BadData), read_only(path) as inspected:
        list(inspected.rows("event"))


def test_a_position_that_is_nonsense_is_said(path, ledger):
    caught_up(path, ledger).close()
    other = sqlite3.connect(path)
    other.execute("UPDATE meta SET value = '[1]' WHERE key = 'position'")
    other.commit()
    other.close()
    with read_only(path) as inspected, pytest.raises(BadData, match="position"):
        _ = inspected.position
