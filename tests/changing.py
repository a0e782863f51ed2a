"""A site on this machine whose pages a test may change, move and take down."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        status, location, body = self.server.pages.get(self.path, (404, "", "nothing"))
        data = body.encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        """Nothing."""


@contextmanager
def changing_site(pages):
    """Serve `pages` (path: status, location, body); the server's `pages` may be exchanged, `pair` is its HOST:PORT."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.pages = pages
    server.pair = f"127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
