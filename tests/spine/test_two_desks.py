"""Two laptops without a server: whatever is done at both, folders that were exchanged hold the same, and audits are silent."""

import pytest
from histories import begin
from two_desks import Pair


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    return begin(tmp_path_factory.mktemp("start"))


@pytest.mark.parametrize("seed", range(60))
def test_desks_that_exchange_folders_three_times_end_in_one_state(start, tmp_path, seed):
    pair = Pair(start, tmp_path, seed, ahead=(0.0, 90.0, 4000.0)[seed % 3])
    if seed % 2:
        pair.staff()
    for turn in range(3):
        pair.work(14)
        pair.exchange(first=(seed + turn) % 2)
        pair.check()
    size = [case.head.size for case in pair.desks]
    pair.exchange()
    assert size == [case.head.size for case in pair.desks]
    pair.close()
