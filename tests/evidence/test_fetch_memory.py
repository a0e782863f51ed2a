"""Bodies that want to become large: each is asked for in a process of its own, whose memory the system counts."""

import gzip
import subprocess
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from factcheck.errors import Usage
from factcheck.evidence.fetch import ON_THE_WAY, fetch

MEGABYTE = 1 << 20
LIMIT, MOST_GROWTH = 8 * MEGABYTE, 64 * MEGABYTE
ZEROS = bytes(MEGABYTE)
# Linux hands the peak of a parent on to its children in ru_maxrss; VmHWM is the process's own.
PEAK = """
import re, resource, sys
from pathlib import Path
def peak():
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
"""
# A loopback page first, so that what is loaded once does not count; then the bomb, and the growth in bytes.
ASK = """
from factcheck.evidence.fetch import fetch
from factcheck.evidence.warc import record
pair, path, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
fetch(f"http://{pair}/calm", allow=[pair])
before = peak()
page = fetch(f"http://{pair}{path}", allow=[pair], limit=limit, deadline=float(sys.argv[4]), robots=False)
record(page, software="factcheck/1")
print(peak() - before, len(page.data), page.outcome, sep="|")
"""
INFLATE = """
import httpx
with httpx.Client(trust_env=False) as client:
    client.get(f"http://{sys.argv[1]}/calm")
    before = peak()
    size = len(client.get(f"http://{sys.argv[1]}/gzip").content)
print(peak() - before, size, "ok", sep="|")
"""


def packed(pack, megabytes):
    """So many megabytes of nothing, packed a piece at a time."""
    return b"".join([*(pack.compress(ZEROS) for _ in range(megabytes)), pack.flush()])


GZIP = packed(zlib.compressobj(9, zlib.DEFLATED, 31), 200)
BODIES = {
    "/gzip": ("gzip", GZIP),
    "/deflate": ("deflate", packed(zlib.compressobj(9), 200)),
    "/bare": ("deflate", packed(zlib.compressobj(9, zlib.DEFLATED, -15), 200)),
    "/stacked": ("gzip, gzip", gzip.compress(GZIP)),
    "/three": ("deflate, gzip, gzip", gzip.compress(gzip.compress(packed(zlib.compressobj(9), 200)))),
    "/members": ("gzip", gzip.compress(b"") * 100_000),
    "/brotli": ("br", ZEROS * 40),
    "/many": ("gzip, gzip, gzip, gzip", GZIP),
    "/plain": ("identity", ZEROS * 40),
    "/calm": ("identity", b"calm"),
    "/round": ("identity", ZEROS * 4),
    "/later": ("identity", ZEROS * 4),
}


class Bombs(BaseHTTPRequestHandler):
    """Sends a body of BODIES, one without an end, one that says it is short, one that drips, a head without an end."""

    def do_GET(self):
        """The bytes, as far as somebody takes them."""
        coding, body = BODIES.get(self.path, ("identity", b""))
        status = {"/round": "302 On\r\nLocation: /round", "/later": "503 Later"}.get(self.path, "200 OK")
        start = f"HTTP/1.1 {status}\r\nContent-Encoding: {coding}\r\n".encode()
        try:
            match self.path:
                case "/endless":
                    self.on_and_on(start + b"\r\n", ZEROS)
                case "/chunks":
                    chunk = b"%x\r\n%s\r\n" % (MEGABYTE, ZEROS)
                    self.on_and_on(start + b"Transfer-Encoding: chunked\r\n\r\n", chunk)
                case "/heads":
                    self.on_and_on(start, b"X: " + b"x" * 1000 + b"\r\n")
                case "/broad":
                    self.wfile.write(start + b"X: " + b"x" * 33_000 + b"\r\nContent-Length: 1\r\n\r\nx")
                case "/head":
                    self.on_and_on(start + b"X-Endless: ", b"x" * MEGABYTE)
                case "/drip":
                    self.on_and_on(start + b"\r\n", b"x")
                case _:
                    self.wfile.write(start + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        except OSError:
            return

    def on_and_on(self, start, piece):
        self.wfile.write(start)
        while not self.server.over.is_set():
            self.wfile.write(piece)
            if self.path == "/drip":
                self.server.over.wait(0.02)

    def log_message(self, *arguments):
        """Nothing."""


class Quiet(ThreadingHTTPServer):
    """Says nothing about those who hang up."""

    def handle_error(self, request, client_address):
        """Nothing."""


@pytest.fixture(scope="module")
def bombs():
    server = Quiet(("127.0.0.1", 0), Bombs)
    server.over = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def grown(program, *arguments):
    """Growth in bytes, bytes of the page, outcome."""
    asked = [sys.executable, "-c", PEAK + program, *map(str, arguments)]
    growth, size, outcome = subprocess.check_output(asked, text=True, timeout=300).strip().split("|")
    return int(growth), int(size), outcome


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/gzip", "too large"),
        ("/deflate", "too large"),
        ("/bare", "too large"),
        ("/stacked", "too large"),
        ("/three", "too large"),
        ("/members", "ok"),
        ("/plain", "too large"),
        ("/endless", "too large"),
        ("/chunks", "too large"),
        ("/brotli", "an encoding that was not asked for (br)"),
        ("/many", "too many encodings"),
        ("/broad", "headers too large"),
        ("/heads", "broken off"),
        ("/head", "broken off"),
    ],
)
def test_no_body_grows_beyond_what_we_are_ready_to_keep(bombs, path, outcome):
    growth, size, came = grown(ASK, bombs, path, LIMIT, 120)

    assert (came, size <= LIMIT, growth < MOST_GROWTH) == (outcome, True, True), growth


@pytest.mark.parametrize(
    ("path", "outcome", "answers"), [("/round", "too many redirects", 11), ("/later", "http 503", 3)]
)
def test_of_answers_on_the_way_only_a_beginning_is_kept(bombs, path, outcome, answers):
    page = fetch(f"http://{bombs}{path}", allow=[bombs], robots=False, pauses=(0, 0), deadline=120)

    assert (page.outcome, page.truncated) == (outcome, "length")
    assert [len(each.body) for each in page.exchanges] == [ON_THE_WAY] * answers


def test_a_head_that_archives_cannot_read_is_an_outcome_and_not_recorded(bombs):
    page = fetch(f"http://{bombs}/broad", allow=[bombs], robots=False)

    assert (page.outcome, page.status, page.exchanges) == ("headers too large", 200, ())


@pytest.mark.parametrize("path", ["a" * 8000, "蒋" * 900])
def test_an_address_that_archives_cannot_read_is_not_asked(bombs, path):
    with pytest.raises(Usage, match="more than 8000 characters"):
        fetch(f"http://{bombs}/{path}", allow=[bombs])


def test_a_body_that_drips_ends_with_the_deadline(bombs):
    assert grown(ASK, bombs, "/drip", LIMIT, 0.5)[2] == "timeout"


def test_a_page_of_the_usual_limit_is_kept_whole(bombs):
    assert grown(ASK, bombs, "/plain", 64 * MEGABYTE, 120)[1:] == (40 * MEGABYTE, "ok")


def test_plain_httpx_grows_by_what_the_bomb_says(bombs):
    """The control: the measure finds what it looks for."""
    growth, size, _ = grown(INFLATE, bombs)

    assert (size, growth > MOST_GROWTH) == (200 * MEGABYTE, True)
