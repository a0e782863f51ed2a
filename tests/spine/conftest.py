"""A maker of events and a clock for the tests of the spine."""

import pytest
from spine_events import MOMENT, Maker


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def clock():
    return lambda: MOMENT
