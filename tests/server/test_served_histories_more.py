"""The same history gives the same bytes and the same root on a file and on a server: the second half, for another worker."""

import pytest
from far_histories import alike

pytestmark = pytest.mark.server
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_five_hundred_more_histories_give_the_same_bytes_and_root(machines, part):
    alike(machines, range(500 + part, 1000, PARTS))
