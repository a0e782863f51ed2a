import gzip
import random
import tracemalloc
import zlib

import pytest

from factcheck.evidence import body
from factcheck.evidence.body import WIRE_SLACK


def read_body(chunks, coding, limit):
    """What is kept, and what was wrong."""
    found = body.read_body(chunks, coding, limit)
    return found.data, found.trouble


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


@pytest.mark.parametrize("coding", ["br", "gzip, br", "zstd"])
def test_other_codings_are_named_and_kept_as_they_came(coding):
    found = body.read_body([b"..."], coding, 100)

    assert (found.data, found.wire) == (b"", b"...")
    assert found.trouble == f"an encoding that was not asked for ({coding.split()[-1]})"


def test_the_name_of_an_encoding_cannot_act_on_a_terminal():
    assert read_body([b"..."], "\x1b[31m", 100) == (b"", "an encoding that was not asked for")


def bare(data):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


@pytest.mark.parametrize("size", [1, 100_000])
@pytest.mark.parametrize(
    ("coding", "wrap"),
    [
        ("deflate", zlib.compress),
        ("deflate", bare),
        ("gzip, gzip", lambda data: gzip.compress(gzip.compress(data))),
        ("deflate, identity, gzip", lambda data: gzip.compress(bare(data))),
        ("gzip, deflate, gzip", lambda data: gzip.compress(zlib.compress(gzip.compress(data)))),
    ],
)
def test_what_was_packed_several_times_is_unpacked_as_often(coding, wrap, size):
    text = "蒋璐转投 TikTok。".encode() * 99

    assert read_body(cut(wrap(text), size), coding, 10_000) == (text, "")


def test_more_than_three_packings_are_not_opened():
    assert read_body([b"..."], "gzip, gzip, gzip, gzip", 100) == (b"", "too many encodings")


def test_half_a_deflated_body_is_broken_off_and_kept():
    found = body.read_body([zlib.compress(b"half of it" * 999)[:-9]], "deflate", 10_000)

    assert (found.trouble, found.truncated, found.data[:4]) == ("broken off", "disconnect", b"half")
    assert read_body([b"x"], "deflate", 100) == (b"", "broken off")
    assert read_body([b"<html>"], "deflate", 100) == (b"", "broken deflate")


def test_what_is_not_gzip_is_told():
    assert read_body([b"<html>"], "gzip", 100) == (b"", "broken gzip")


def test_a_bomb_takes_little_more_memory_than_the_limit():
    bomb = gzip.compress(bytes(300_000_000))
    tracemalloc.start()
    try:
        data, trouble = read_body(cut(bomb, 65_536), "gzip", 10_000_000)
        assert (len(data), trouble) == (10_000_000, "too large")
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


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_what_is_late_is_kept_as_far_as_it_came(coding):
    chunks = cut(zlib.compress(b"") if coding == "br" else gzip.compress(bytes(9)) if coding else b"abcdef", 2)

    def late(came):
        if came > 2:
            raise TimeoutError

    found = body.read_body(chunks, coding, 100, late)
    assert (len(found.wire), found.truncated) == (4, "time")
    assert found.trouble in {"timeout", "an encoding that was not asked for (br)"}
