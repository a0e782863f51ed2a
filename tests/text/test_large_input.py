"""Documents that nobody should write come to an end, in memory that a desk has, and nothing of them is dropped."""

import json
import subprocess
import sys

import pytest

from tests.text.conftest import ROOT
from tests.text.hostile import UNITS, document, taken

SIZE = 20_000

# What fills five megabytes, or a hundred thousand lines, or one megabyte of brackets.
LARGEST = {
    "one line of Chinese": 1_700_000,
    "one line of English": 5_000_000,
    "Chinese without punctuation": 1_700_000,
    "English without punctuation": 5_000_000,
    "digits": 5_000_000,
    "emoji": 1_250_000,
    "right to left and back": 3_300_000,
    "the same line": 2_200_000,
    "one word": 1_700_000,
    "brackets that only open": 350_000,
    "brackets of all kinds": 500_000,
}


@pytest.mark.parametrize("name", UNITS)
def test_a_bad_document_is_read_to_its_end_and_nothing_of_it_is_lost(name):
    found = taken(name, SIZE)
    assert (found["characters"], found["lost"], found["wrong"]) == (SIZE, 0, 0)


def test_what_is_said_twice_as_often_is_found_twice_as_often():
    for name in ("the same line", "one line of English", "items"):
        once, twice = taken(name, SIZE)["claims"], taken(name, 2 * SIZE)["claims"]
        assert abs(twice - 2 * once) <= 0.03 * twice, name


def test_a_hostile_document_has_the_size_it_was_asked_for():
    assert {len(document(name, 1_001)) for name in UNITS} == {1_001}


@pytest.mark.fuzz
@pytest.mark.parametrize(("name", "size"), LARGEST.items())
def test_five_megabytes_take_less_than_a_gigabyte(name, size):
    done = subprocess.run(
        [sys.executable, "-m", "tests.text.hostile", name, str(size)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=1_800,
    )
    found = json.loads(done.stdout)
    assert (found["characters"], found["lost"], found["wrong"]) == (size, 0, 0)
    assert found["megabytes"] < 1_000
