"""Whatever happens at two desks of one case, in whatever order: the record is whole and the index is the fold of it."""

from collections import Counter

import pytest
from histories import Histories, begin, tour
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from spine.steps import STEPS

from factcheck import index
from factcheck.case import Case
from factcheck.errors import FactcheckError
from factcheck.events import BODIES
from factcheck.index import Index
from factcheck.state import apply

# Kinds that come about in no history, and why.
UNREACHED = {
    "case.created": "every history sets out from a case that was made",
    "ledger.moved": "a folder has no server: tests/server",
    "event.adopted": "two desks of one folder have nothing to adopt: tests/case/test_two_desks.py",
}
ANSWERS = ("done", "refused", "twice", "stale")
STEADY = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    return begin(tmp_path_factory.mktemp("start"))


@pytest.fixture
def machine(start):
    """Histories that count for themselves what they reach."""
    return type("Desks", (Histories,), {"start": start, "reached": Counter(), "outcomes": Counter()})


@pytest.fixture(scope="module")
def toured(start):
    """Long histories, each of which tries every act."""
    made = type("Tours", (Histories,), {"start": start, "reached": Counter(), "outcomes": Counter()})
    for seed in range(14):
        tour(made, seed)
    return made


def test_the_record_is_whole_and_the_index_is_the_fold_after_every_step_of_any_history(machine):
    run_state_machine_as_test(machine, settings=STEADY)
    assert min(machine.outcomes[each] for each in ANSWERS) >= 20


def test_long_histories_come_to_every_kind_of_event(toured, record_property):
    record_property("reached", dict(toured.reached))
    missing = set(BODIES) - set(toured.reached) - set(UNREACHED)
    assert not missing, (
        f"give these kinds a line in STEPS of tests/spine/steps.py, or name them here: {missing}"
    )
    assert set(UNREACHED) <= set(BODIES) - set(toured.reached)


def test_long_histories_do_every_act_and_hear_every_answer(toured):
    assert set(STEPS) - set(toured.outcomes) == set()
    assert min(toured.outcomes[each] for each in ANSWERS) >= 20


# -- the tests can fail: each fault below is noticed -----------------------------------------------


def a_fold_that_forgets(monkeypatch):
    """In the index a claim keeps its old type."""

    def forgetful(store, event, suggestions):
        before = store.value(event.subject)
        apply(store, event, suggestions)
        if event.kind == "claim.retyped":
            store.put(event.subject, before)

    monkeypatch.setattr(index, "apply", forgetful)


def an_index_that_does_not_write(monkeypatch):
    put = Index.put
    monkeypatch.setattr(
        Index, "put", lambda self, name, value: None if name[0] == "E" else put(self, name, value)
    )


def a_desk_that_knows_no_command_again(monkeypatch):
    monkeypatch.setattr(Index, "event", lambda _self, _id: None)


def a_desk_that_does_not_look_at_versions(monkeypatch):
    monkeypatch.setattr(Case, "_check_version", lambda _self, _subject, _at: None)


def a_desk_that_refuses_too_late(monkeypatch):
    record = Case._record_all

    def late(self, *asked):
        done = record(self, *asked)
        if done[0].kind == "claim.reworded":
            raise FactcheckError("too late")
        return done

    monkeypatch.setattr(Case, "_record_all", late)


def a_desk_that_opens_every_act_in_every_state(monkeypatch):
    """The record is whole and the index is the fold of it: only the audit can tell."""
    monkeypatch.setattr(Case, "_legal", lambda _self, _kind, claim: claim)


FAULTS = (
    a_fold_that_forgets,
    an_index_that_does_not_write,
    a_desk_that_knows_no_command_again,
    a_desk_that_does_not_look_at_versions,
    a_desk_that_refuses_too_late,
    a_desk_that_opens_every_act_in_every_state,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_desk_with_this_fault_is_noticed(machine, monkeypatch, fault):
    fault(monkeypatch)
    with pytest.raises((AssertionError, FactcheckError)):
        run_state_machine_as_test(
            machine, settings=settings(STEADY, max_examples=75, phases=[Phase.generate])
        )
