"""The same history gives the same bytes and the same root on a file and on a server, whatever happens in it: the first half."""

import pytest
from far_histories import ACTS, alike, told

from factcheck.events import BODIES

pytestmark = pytest.mark.server
HISTORIES, PARTS = 500, 4


@pytest.mark.parametrize("part", range(PARTS))
def test_five_hundred_histories_give_the_same_bytes_and_root(machines, part, record_property):
    record_property("reached", len(alike(machines, range(part, HISTORIES, PARTS)).reached))


def test_long_histories_come_to_every_kind_of_event_and_are_the_same(machines):
    here, there = machines
    for seed in (1, 2, 3, 4, 5, 6, 8, 17):
        assert told(here, seed, 70) == told(there, seed, 70), f"history {seed}"
    missing = BODIES.keys() - there.reached.keys() - {"case.created", "event.adopted", "ledger.moved"}
    assert set() == missing


def test_a_server_that_loses_a_line_is_noticed(machines, monkeypatch):
    """The comparison can fail."""
    import far_histories

    here, there = machines
    real = far_histories.rows
    monkeypatch.setattr(
        far_histories, "rows", lambda house: b"\n".join(real(house).split(b"\n")[:-2]) + b"\n"
    )
    with pytest.raises(AssertionError):
        assert told(here, 7, ACTS) == told(there, 7, ACTS)
