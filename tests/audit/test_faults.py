"""Every fault of the trail, a hundred times and more, by somebody who has the desk's key and mends every hash: all are found."""

import random
from functools import partial

import pytest
from rows import FAULTS
from scene import Scene

from factcheck.audit import audit

ENOUGH = 110


def unnoticed(fault, scenes, most):
    """How many of these mutations were made, which ones no check of the row found, and what the others said."""
    chosen = list(fault.mutations(scenes.histories))
    random.Random(fault.words).shuffle(chosen)
    missed, said = [], set()
    for name, change in chosen[:most]:
        found = scenes[name].found(change, fault.checks)
        said.add(found.seen) if found else missed.append((name, partial(change)))
    return len(chosen[:most]), missed, said


@pytest.mark.parametrize("name", FAULTS)
def test_a_hundred_ways_to_commit_a_fault_are_all_found(name, scenes):
    number, missed, said = unnoticed(FAULTS[name], scenes, ENOUGH)
    assert missed == []
    assert number >= 100
    assert any(FAULTS[name].words in each for each in said), sorted(said)[:9]


@pytest.mark.mutation
@pytest.mark.parametrize("name", FAULTS)
def test_every_way_that_is_known_is_found(name, scenes):
    assert unnoticed(FAULTS[name], scenes, None)[1] == []


@pytest.mark.parametrize("name", ["demanding", "mixed"])
def test_what_nobody_has_spoiled_has_no_fault(scenes, name):
    scene: Scene = scenes[name]
    scene.spoil(lambda now, _folder: now)
    assert audit(scene.folder).findings == ()
    scene.restore()
    assert audit(scene.folder).findings == ()
