import gzip
import random
import tracemalloc

import pytest

from factcheck.evidence.body import WIRE_SLACK, read_body


def cut(data, size):
    return (data[i : i + size] for i in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_is_the_same_however_it_arrives(size):
    text = "蒋璐转投 TikTok。".encode() * 99

    assert read_body(cut(gzip.compress(text), size), "gzip", 10_000) == (text, "")
    assert read_body(cut(text, size), "", 10_000) == (text, "")


def test_members_follow_one_another_and_padding_is_passed_over():
    zipped = gzip.compress(b"one ") + gzip.compress(b"two")

    assert read_body([zipped + bytes(20)], "x-gzip", 100) == (b"one two", "")


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_codings_are_not_opened(coding):
    assert read_body([b"..."], coding, 100) == (b"", "an encoding that was not asked for")


def test_what_is_not_gzip_is_told():
    assert read_body([b"<html>"], "gzip", 100) == (b"", "broken gzip")


def test_a_bomb_takes_little_more_memory_than_the_limit():
    bomb = gzip.compress(bytes(300_000_000))
    tracemalloc.start()
    try:
        assert read_body(cut(bomb, 65_536), "gzip", 10_000_000) == (b"", "too large")
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_endless_empty_members_are_counted_on_the_wire():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 2000
            yield gzip.compress(b"") * 100

    assert read_body(endless(), "gzip", 1000) == (b"", "too large")
    assert taken < 2 * WIRE_SLACK


def test_data_that_cannot_be_shrunk_may_be_larger_on_the_wire_than_the_limit():
    noise = random.Random(7).randbytes(100_000)

    assert read_body([gzip.compress(noise)], "gzip", 100_000) == (noise, "")
