"""Answers without an end, and as large as they may be: what is kept of them, and what that takes."""

import gzip
import random
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from factcheck.errors import Usage
from factcheck.evidence.fetch import LARGEST_HEAD, ON_THE_WAY, fetch

MEGABYTE = 1 << 20
MOST_GROWTH = 64 * MEGABYTE
# A small page first, so that what is loaded once does not count. Linux hands the peak of a parent on to its
# children in ru_maxrss; VmHWM is the process's own.
ASK = """
import re, resource, sys
from pathlib import Path
from factcheck.evidence.fetch import fetch
from factcheck.evidence.warc import record
def peak():
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
def ask(path):
    page = fetch(f"http://{sys.argv[1]}{path}", allow=[sys.argv[1]], deadline=300, pauses=(0, 0))
    record(page, software="factcheck/1")
    return page.outcome
ask("/calm")
before, outcome = peak(), ask(sys.argv[2])
print(peak() - before, outcome, sep="|")
"""
NOISE = gzip.compress(random.Random(9).randbytes(19_900_000), 1)
"""As large as a page may be, and it cannot be packed any smaller."""


class Endless(BaseHTTPRequestHandler):
    """Answers that go on until somebody hangs up, and a few that are only large."""

    def do_GET(self):
        """By its path, one of them."""
        start, zeros = b"HTTP/1.1 200 OK\r\nConnection: close\r\n", bytes(MEGABYTE)
        try:
            match self.path:
                case "/body":
                    self.on_and_on(start + b"\r\n", zeros)
                case "/chunks":
                    self.on_and_on(start + b"Transfer-Encoding: chunked\r\n\r\n", b"100000\r\n%s\r\n" % zeros)
                case "/headers":
                    self.on_and_on(start, b"X: " + b"x" * 1000 + b"\r\n")
                case "/header":
                    self.on_and_on(start + b"X-Endless: ", b"x" * MEGABYTE)
                case "/head":
                    self.wfile.write(start + b"X: " + b"x" * LARGEST_HEAD + b"\r\n\r\nx")
                case "/round":
                    self.on_and_on(b"HTTP/1.1 302 On\r\nLocation: /round\r\n\r\n", zeros)
                case "/later":
                    self.on_and_on(b"HTTP/1.1 503 Later\r\n\r\n", zeros)
                case "/noise":
                    self.wfile.write(start + b"Content-Encoding: gzip\r\n\r\n" + NOISE)
                case _:
                    self.wfile.write(start + b"\r\ncalm")
        except OSError:
            return

    def on_and_on(self, start, piece):
        self.wfile.write(start)
        while not self.server.over.is_set():
            self.wfile.write(piece)

    def log_message(self, *arguments):
        """Nothing."""


class Quiet(ThreadingHTTPServer):
    """Says nothing about those who hang up."""

    def handle_error(self, request, client_address):
        """Nothing."""


@pytest.fixture(scope="module")
def endless():
    server = Quiet(("127.0.0.1", 0), Endless)
    server.over = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/body", "too large"),
        ("/chunks", "too large"),
        ("/headers", "broken off"),
        ("/header", "broken off"),
        ("/round", "too many redirects"),
        ("/later", "http 503"),
        ("/noise", "ok"),
    ],
)
def test_no_answer_takes_64_megabytes(endless, path, outcome):
    asked = [sys.executable, "-c", ASK, endless, path]
    growth, came = subprocess.check_output(asked, text=True, timeout=400).strip().split("|")

    assert (came, int(growth) < MOST_GROWTH) == (outcome, True), growth


@pytest.mark.parametrize(
    ("path", "outcome", "answers"), [("/round", "too many redirects", 11), ("/later", "http 503", 3)]
)
def test_of_answers_on_the_way_only_a_beginning_is_kept(endless, path, outcome, answers):
    page = fetch(f"http://{endless}{path}", allow=[endless], robots=False, pauses=(0, 0), deadline=300)

    assert (page.outcome, page.truncated) == (outcome, "length")
    assert [len(each.body) for each in page.exchanges] == [ON_THE_WAY] * answers


def test_a_head_that_archives_cannot_read_is_an_outcome_and_not_recorded(endless):
    page = fetch(f"http://{endless}/head", allow=[endless], robots=False, deadline=300)

    assert (page.outcome, page.status, page.exchanges) == ("headers too large", 200, ())


@pytest.mark.parametrize("path", ["a" * 8000, "蒋" * 900])
def test_an_address_that_archives_cannot_read_is_not_asked(endless, path):
    with pytest.raises(Usage, match="more than 8000 characters"):
        fetch(f"http://{endless}/{path}", allow=[endless])
