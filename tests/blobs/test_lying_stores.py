"""An object store that lies, stalls or is gone comes to one clear sentence, and never to wrong bytes."""

import re
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from certified import certified

from factcheck.blobs.objects import ObjectBlobs
from factcheck.errors import BadData, NotFound, Refused, Unavailable

DATA = "张楠辞去抖音 CEO".encode()
NAME = sha256(DATA).hexdigest()
PLACE = f"s3://bucket/case/sha256/{NAME[:2]}/{NAME}"
PATH = f"/bucket/case/sha256/{NAME[:2]}/{NAME}"
PAGE = b"<html><title>502 Bad Gateway</title></html>"
KEYS = "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; they need s3:GetObject, s3:PutObject and s3:ListBucket"


@pytest.fixture
def blobs(store):
    return ObjectBlobs("bucket", "case")


@pytest.fixture
def hasty(store):
    """The same, asked by somebody who will not wait."""
    return ObjectBlobs("bucket", "case", wait=0.2)


def seen(data):
    return f"{len(data)} bytes with SHA-256 {sha256(data).hexdigest()}"


def said(error, act):
    """The sentence in which an act ends."""
    with pytest.raises(error) as raised:
        act()
    return str(raised.value)


def test_an_honest_store_is_believed_after_it_was_read(store, blobs):
    assert blobs.put(DATA) == NAME
    assert store.kept == {PATH: DATA}
    assert [method for method, _ in store.asked] == ["GET", "PUT", "GET"]
    assert blobs.get(NAME) == DATA


def test_a_store_that_takes_everything_and_keeps_nothing(store, blobs):
    store.lie(lambda desk: desk.say(200), "PUT")
    assert said(Unavailable, lambda: blobs.put(DATA)) == (
        f"{PLACE}: what was read back is not what was written; nothing was recorded."
        " Seen: nothing. Do: check the store, then repeat the command"
    )
    assert not blobs.has(NAME)


@pytest.mark.parametrize("kept", [b"", DATA[:-1], DATA + b"\n", b"x" * len(DATA), PAGE], ids=len)
def test_a_store_that_keeps_something_else(store, blobs, kept):
    def keep_other(desk):
        store.kept[desk.path] = kept
        desk.say(200)

    store.lie(keep_other, "PUT")
    assert said(Unavailable, lambda: blobs.put(DATA)) == (
        f"{PLACE}: what was read back is not what was written; nothing was recorded."
        f" Seen: {seen(kept)}. Do: check the store, then repeat the command"
    )


@pytest.mark.parametrize("given", [b"", DATA[:-1], DATA + b"\n", b"x" * len(DATA), PAGE], ids=len)
def test_a_store_that_gives_other_bytes_a_part_or_a_page_of_errors(store, blobs, given):
    blobs.put(DATA)
    store.lie(lambda desk: desk.say(200, given), "GET")
    assert said(BadData, lambda: blobs.get(NAME)) == (
        f"{PLACE}: these are not the bytes that belong here. Seen: {seen(given)}."
        " Do: move them away and put the right ones back from a copy: the name is their SHA-256"
    )


def test_packed_bytes_are_not_the_bytes(store, blobs):
    store.lie(lambda desk: desk.say(200, b"\x1f\x8b" + bytes(100), Content_Encoding="gzip"))
    assert "102 bytes with SHA-256" in said(BadData, lambda: blobs.get(NAME))


def test_bytes_that_break_off(store, blobs):
    def break_off(desk):
        desk.say(200, DATA[:5], Content_Length=str(len(DATA)))
        desk.close_connection = True

    store.lie(break_off)
    assert said(Unavailable, lambda: blobs.get(NAME)) == (
        f"{PLACE}: the object store does not answer as it should. Seen: {store.address}: an answer that broke off."
        " Do: check AWS_ENDPOINT_URL and the network, then repeat the command"
    )


def test_what_broke_off_is_taken_up_where_it_did(store, blobs):
    def stumble(desk):
        if begun := desk.headers.get("Range"):
            start = int(begun.removeprefix("bytes=").partition("-")[0])
            desk.say(206, DATA[start:], Content_Range=f"bytes {start}-{len(DATA) - 1}/{len(DATA)}")
        else:
            desk.say(200, DATA[:5], Content_Length=str(len(DATA)))
            desk.close_connection = True

    store.lie(stumble)
    assert blobs.get(NAME) == DATA


def test_more_than_anybody_keeps_is_not_even_begun(store):
    store.lie(lambda desk: desk.say(200, b"x" * 1001))
    assert "Seen: 1001 bytes, at most 1000 are read." in said(
        BadData, lambda: ObjectBlobs("bucket", most=1000).get(NAME)
    )


def test_what_is_too_large_is_not_put(store):
    refused = said(Refused, lambda: ObjectBlobs("bucket", most=1000).put(bytes(1001)))
    assert refused == (
        "this is too large to be kept as one blob. Seen: 1001 bytes, at most 1000 are kept."
        " Do: give the part of it that matters"
    )
    assert store.asked == []


def test_bytes_without_an_end(store, blobs):
    def never_end(desk):
        desk.say(200, Transfer_Encoding="chunked", Content_Length=None)
        while True:
            desk.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")

    store.lie(never_end)
    assert "an answer without its length" in said(Unavailable, lambda: blobs.get(NAME))


def test_bytes_that_come_one_by_one(store):
    blobs = ObjectBlobs("bucket", "case", wait=0.5)
    over = threading.Event()

    def drip(desk):
        desk.say(200, Content_Length="100000")
        while not over.wait(0.01):
            desk.wfile.write(b"x")
            desk.wfile.flush()

    store.lie(drip)
    sentence = said(Unavailable, lambda: blobs.get(NAME))
    over.set()
    assert "the object store does not answer as it should" in sentence
    assert re.search(r"Seen: \d+ bytes in \d+ seconds", sentence)


@pytest.mark.parametrize("act", ["put", "get", "has"])
def test_a_store_that_says_nothing(store, hasty, act):
    over = threading.Event()
    store.lie(lambda _: over.wait(30))
    given = DATA if act == "put" else NAME
    assert f"Seen: {store.address}: no answer in time." in said(
        Unavailable, lambda: getattr(hasty, act)(given)
    )
    over.set()


@pytest.mark.parametrize("act", ["put", "get", "has"])
def test_a_store_that_is_not_there(keys, monkeypatch, act):
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{gone.getsockname()[1]}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    blobs = ObjectBlobs("bucket", "case")
    assert said(Unavailable, lambda: getattr(blobs, act)(DATA if act == "put" else NAME)) == (
        f"{PLACE}: the object store does not answer as it should. Seen: {address}: no connection."
        " Do: check AWS_ENDPOINT_URL and the network, then repeat the command"
    )


def test_something_that_is_no_object_store(store, blobs):
    store.lie(lambda desk: desk.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n"))
    assert "an answer that is not understood" in said(Unavailable, lambda: blobs.get(NAME))


def test_a_store_that_sends_one_in_circles(store, blobs):
    store.lie(lambda desk: desk.say(307, Location=desk.path))
    assert "an answer that leads elsewhere" in said(Unavailable, lambda: blobs.get(NAME))
    assert "307" in said(Unavailable, lambda: blobs._send(NAME, DATA))


@pytest.mark.parametrize("status", [204, 206, 304, 400, 409, 412, 416, 503])
def test_any_other_status_is_no_blob(store, blobs, status):
    store.lie(lambda desk: desk.say(status, b"" if status in {204, 304} else b"\x1b[31mread me", ETag=None))
    for act in (lambda: blobs.get(NAME), lambda: blobs.put(DATA)):
        sentence = said((BadData, Unavailable), act)
        assert "\x1b" not in sentence
        assert str(status) in sentence or "bytes with SHA-256" in sentence


@pytest.mark.parametrize(
    "headers",
    [{"Content_Length": "-1"}, {"Content_Length": "9" * 30}, {"Content_Length": "two"}, {"ETag": "\xff\xfe"},
     {"Last_Modified": "yesterday"}, {"Content_Type": "\xe9"}, {"Content_Range": "bytes 5-1/0"}, {"Retry_After": "9999"}],
    ids=lambda each: next(iter(each)),
)  # fmt: skip
def test_headers_that_make_no_sense(store, blobs, headers):
    store.lie(lambda desk: desk.say(200, b"other", **headers))
    for act in (lambda: blobs.get(NAME), lambda: blobs.put(DATA)):
        assert PLACE in said((BadData, Unavailable), act)


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (
            403,
            "AccessDenied",
            f"the object store does not let us in with these keys. Seen: 403 AccessDenied. Do: {KEYS}",
        ),
        (401, "X", f"the object store does not let us in with these keys. Seen: 401 X. Do: {KEYS}"),
        (404, "NoSuchBucket", "there is no such bucket. Do: make it, or check the address"),
    ],
)
def test_a_door_that_stays_shut(store, blobs, status, code, sentence):
    store.lie(lambda desk: desk.refuse(status, code))
    assert said(Unavailable, lambda: blobs.put(DATA)) == f"{PLACE}: {sentence}"
    assert said(Unavailable, lambda: blobs.get(NAME)) == f"{PLACE}: {sentence}"
    assert said(Unavailable, lambda: blobs.has(NAME)).startswith(f"{PLACE}: {sentence.split('.')[0]}")


def test_a_store_that_shows_a_certificate_of_nobody(store, monkeypatch, tmp_path):
    context, authority = certified(tmp_path)
    store.encrypt(context)
    monkeypatch.setenv("AWS_ENDPOINT_URL", store.address)
    assert said(Unavailable, lambda: ObjectBlobs("bucket", "case").put(DATA)) == (
        f"{PLACE}: the object store shows a certificate that is not trusted. Seen: {store.address}: UnknownIssuer."
        " Do: check AWS_ENDPOINT_URL; SSL_CERT_FILE names the certificate of an authority of your own"
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert ObjectBlobs("bucket", "case").put(DATA) == NAME


def test_a_store_that_lists_nothing_has_what_it_has(store, blobs):
    blobs.put(DATA)
    assert blobs.has(NAME)
    assert all("?" not in path for _, path in store.asked)  # nothing is ever asked of a list


def test_a_store_that_has_what_it_will_not_give(store, blobs):
    store.lie(lambda desk: desk.say(200, b"", Content_Length="25"), "HEAD")
    assert blobs.has(NAME)
    assert PLACE in said(NotFound, lambda: blobs.get(NAME))


def test_a_store_that_is_busy_for_a_moment_is_asked_again(store, blobs):
    answers = iter([503, 500])

    def stumble(desk):
        status = next(answers, 0)
        return desk.say(status) if status else desk.honest()

    store.lie(stumble)
    assert blobs.put(DATA) == NAME
    assert blobs.get(NAME) == DATA


def test_whoever_is_told_of_a_conflict_waits_for_the_other(store, blobs):
    answers = iter([409, 409])

    def conflict(desk):
        status = next(answers, 0)
        return desk.say(status) if status else desk.honest()

    store.lie(conflict, "PUT")
    assert blobs.put(DATA) == NAME
    assert [method for method, _ in store.asked].count("PUT") == 3


def test_a_conflict_with_nobody_ends(store, blobs):
    store.lie(lambda desk: desk.say(409), "PUT")
    assert "Seen: nothing." in said(Unavailable, lambda: blobs.put(DATA))


def test_of_sixteen_only_one_is_taken(store):
    with ThreadPoolExecutor(16) as racers:
        names = set(racers.map(lambda _: ObjectBlobs("bucket", "case").put(DATA), range(16)))
    assert names == {NAME}
    assert store.kept == {PATH: DATA}
    assert store.taken == 1


@pytest.mark.server
def test_a_large_blob_over_a_slow_line_gets_the_time_it_needs(store):
    blobs = ObjectBlobs("bucket", "case", wait=2)
    large = bytes(300_001)

    def slow(desk):
        time.sleep(2.5)
        desk.honest()

    store.lie(slow, "PUT")
    assert blobs.get(blobs.put(large)) == large


FORKING = """
import os
import signal
from factcheck.blobs.objects import ObjectBlobs

blobs = ObjectBlobs("bucket", "case")
name = blobs.put(b"put by the parent")
child = os.fork()
if not child:
    signal.alarm(20)
    try:
        blobs.get(name)
    except RuntimeError:
        os._exit(7)
    os._exit(1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_forked_process_is_told_before_it_hangs(store):
    asked = [sys.executable, "-W", "ignore", "-c", FORKING]
    assert subprocess.run(asked, capture_output=True, timeout=60, check=True).stdout.split() == [b"7"]
