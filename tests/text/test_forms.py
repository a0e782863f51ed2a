"""The collected forms: what they hold was written down before the parsers were, and 98 of 100 are read exactly so."""

import pytest
from forms import judged, tables

_MOST_WRONG = 0.02


@pytest.mark.parametrize(("name", "least"), [("quantities", 300), ("non_quantities", 60)])
def test_there_are_enough_forms(name, least):
    assert len(judged(name)) >= least


@pytest.mark.parametrize("name", tables())
def test_of_a_hundred_forms_ninety_eight_are_read_right(name):
    results = judged(name)
    wrong = [f"{one.text}: wanted {one.wanted}, seen {one.seen}" for one in results if one.seen != one.wanted]
    assert len(wrong) <= _MOST_WRONG * len(results), "\n".join(wrong)
