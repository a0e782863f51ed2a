"""A server on the loopback interface that answers what a test tells it to."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PAGES = {
    "/page": (
        200,
        {"Content-Type": "text/html; charset=gb2312"},
        "<title>首页</title>蒋璐转投 TikTok".encode("gbk"),
    ),
    "/zipped": (
        200,
        {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
        gzip.compress("蒋璐转投 TikTok".encode()),
    ),
    "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(30_000_000))),
    "/half": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"half of it" * 999)[:-20]),
    "/brotli": (200, {"Content-Encoding": "br"}, b"\x0b\x02\x80abc\x03"),
    "/long": (200, {"Content-Type": "text/plain"}, b"x" * 5000),
    "/gone": (404, {"Content-Type": "text/html"}, b"<h1>gone</h1>"),
    "/nameless": (200, {}, b"%PDF-1.7 ..."),
    "/on": (302, {"Location": "/on-again"}, b""),
    "/on-again": (301, {"Location": "page"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/inside": (302, {"Location": "http://127.0.0.1:8080/secret"}, b""),
    "/shell": (302, {"Location": "http://example.org:22/"}, b""),
    "/mail": (302, {"Location": "http://example.org:25/"}, b""),
    "/gopher": (302, {"Location": "gopher://example.org/1"}, b""),
    "/number": (302, {"Location": "http://2130706433/"}, b""),
    "/garbled": (302, {"Location": "http://[::1/"}, b""),
    "/metadata": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/secret": (302, {"Location": "http://somebody:hunter2@127.0.0.1/"}, b""),
    "/nowhere": (302, {}, b""),
}


class Answers(BaseHTTPRequestHandler):
    """Answers from PAGES, /drip a byte at a time and /headers with a header that never ends."""

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        if self.path in {"/drip", "/headers"}:
            self.drip(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if self.path == "/drip" else b"X-Endless: "))
            return
        status, headers, body = PAGES[self.path]
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, start):
        self.wfile.write(start)
        try:
            while not self.server.over.is_set():
                self.wfile.write(b"x")
                time.sleep(0.01)
        except OSError:
            self.server.hung_up.set()

    def log_message(self, *arguments):
        """Nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that joins its threads and does not write about clients that hang up."""

    daemon_threads = False

    def handle_error(self, request, client_address):
        """Nothing."""


@pytest.fixture
def web():
    server = Quiet(("127.0.0.1", 0), Answers)
    server.seen, server.over, server.hung_up = [], threading.Event(), threading.Event()
    server.pair = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()
