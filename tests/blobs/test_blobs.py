"""Blobs are the same in a folder and in a bucket: put once, named by content, never other bytes."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.blobs import open_blobs
from factcheck.errors import BadData, NotFound

MIXED = "蒋璐转投 TikTok\r\n\0".encode()
NAME = sha256(MIXED).hexdigest()
ODD_NAMES = [
    "", "ab", "../" + NAME[3:], NAME.upper(), NAME + "\n", NAME + "0", NAME[:63], f"{NAME[:62]}/a", "sha256:" + NAME,
    "٣" * 64, "g" * 64, "\0" * 64, f"/{NAME}", "\ud800" * 64,
]  # fmt: skip


def test_what_was_put_is_had_by_everybody_under_its_sha256(place, blobs):
    assert not blobs.has(NAME)
    assert blobs.put(MIXED) == NAME
    other = open_blobs(place.url)
    assert other.has(NAME)
    assert other.get(NAME) == MIXED
    assert place.names() == [f"sha256/{NAME[:2]}/{NAME}"]


def test_a_blob_may_be_empty_or_have_any_bytes(blobs):
    for data in (b"", b"\0", bytes(range(256)) * 5000, b"<Error><Code>NoSuchKey</Code></Error>"):
        assert blobs.get(blobs.put(data)) == data


def test_content_that_is_there_is_left_alone(place, blobs):
    blobs.put(MIXED)
    before = place.versions(f"sha256/{NAME[:2]}/{NAME}")
    assert blobs.put(MIXED) == NAME
    assert place.versions(f"sha256/{NAME[:2]}/{NAME}") == before


def test_what_was_never_put_is_not_found(blobs):
    with pytest.raises(NotFound) as absent:
        blobs.get(NAME)
    assert absent.value.where == blobs.where(NAME)
    assert not blobs.has(NAME)


@pytest.mark.parametrize("data", [b"", MIXED[:-1], MIXED + b" ", MIXED[:-1] + b"1"], ids=len)
def test_bytes_that_somebody_exchanged_are_named_and_never_given(place, blobs, data):
    blobs.put(MIXED)
    place.overwrite(blobs, NAME, data)
    for act in (lambda: blobs.get(NAME), lambda: blobs.put(MIXED)):
        with pytest.raises(BadData) as changed:
            act()
        assert changed.value.where == blobs.where(NAME)
        assert changed.value.seen == f"{len(data)} bytes with SHA-256 {sha256(data).hexdigest()}"
        assert "the name is their SHA-256" in changed.value.remedy


@pytest.mark.parametrize("name", ODD_NAMES, ids=range(len(ODD_NAMES)))
def test_nothing_but_a_sha256_in_lowercase_is_ever_a_name(place, blobs, name):
    for act in (blobs.get, blobs.has, blobs.where):
        with pytest.raises(BadData, match="this is not the name of a blob"):
            act(name)


def test_sixteen_who_put_the_same_at_once_leave_one_blob(place):
    gate = Barrier(16)

    def race(_):
        blobs = open_blobs(place.url)
        gate.wait(timeout=30)
        return blobs.put(MIXED * 4000), blobs.get(sha256(MIXED * 4000).hexdigest()) == MIXED * 4000

    with ThreadPoolExecutor(16) as racers:
        results = set(racers.map(race, range(16)))
    name = sha256(MIXED * 4000).hexdigest()
    assert results == {(name, True)}
    assert place.names() == [f"sha256/{name[:2]}/{name}"]
    assert len(place.versions(f"sha256/{name[:2]}/{name}")) == 1


def test_the_place_of_a_blob_is_said_as_a_person_would_look_for_it(place, blobs):
    assert blobs.where(NAME) == f"{place.url}/sha256/{NAME[:2]}/{NAME}"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=2000))
def test_any_bytes_come_back_as_they_were(blobs, data):
    assert blobs.get(blobs.put(data)) == data
