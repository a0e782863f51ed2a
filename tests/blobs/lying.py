"""An object store on the loopback that keeps what it is given, until a test tells it how to lie."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Store(ThreadingHTTPServer):
    """Objects by path, what was asked, and the lies: by method, a function that takes over the answer."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Desk)
        self.scheme = "http"
        self.kept, self.asked, self.lies, self.taken, self.one = {}, [], {}, 0, threading.Lock()

    @property
    def address(self):
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def encrypt(self, context):
        """Speak TLS from now on."""
        self.scheme = (
            "https"  # nobody who stops halfway through a handshake keeps the others from being heard
        )
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def lie(self, answer, *methods):
        """Let `answer(desk)` speak for the store; to every method when none is named."""
        self.lies = dict.fromkeys(methods or ("GET", "HEAD", "PUT"), answer)

    def handle_error(self, request, client_address):
        """A client that hangs up on a liar is no error."""


class Desk(BaseHTTPRequestHandler):
    """Answers as S3 does: 404 and 403 with a code in XML, a PUT only where nothing lies."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one piece

    def log_message(self, *words):
        pass

    def say(self, status, body=b"", **headers):
        """An answer with the headers of an honest one, others, or without those that are None."""
        self.send_response(status)
        for name, value in ({"ETag": '"e"', "Content_Length": str(len(body))} | headers).items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
            self.wfile.flush()

    def refuse(self, status, code):
        self.say(status, f"<Error><Code>{code}</Code></Error>".encode())

    def answer(self):
        self.given = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.command, self.path))
        self.server.lies.get(self.command, Desk.honest)(self)

    do_GET = do_HEAD = do_PUT = answer  # noqa: N815 (the names that http.server looks for)

    def honest(self):
        kept = self.server.kept
        if self.command == "PUT":
            self.put(kept)
        elif self.path in kept:
            self.say(200, kept[self.path])
        else:
            self.refuse(404, "NoSuchKey")

    def put(self, kept):
        with self.server.one:
            first = self.path not in kept
            if first:
                kept[self.path] = self.given
                self.server.taken += 1
        if first:
            self.say(200)
        else:
            self.refuse(412, "PreconditionFailed")


@contextmanager
def running():
    with Store() as store:
        thread = threading.Thread(target=store.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield store
        finally:
            store.shutdown()
            thread.join()
