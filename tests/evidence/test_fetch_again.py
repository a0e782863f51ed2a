"""Trying again, being stopped, and what is told on the way."""

import socket
import struct
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from factcheck.errors import Cancelled
from factcheck.evidence.answers import Reply
from factcheck.evidence.fetch import fetch
from factcheck.evidence.retries import pause_before
from factcheck.evidence.watch import Watch

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"


class Script:
    """A server that gives one answer per connection, in order; None resets the connection."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.pair = f"127.0.0.1:{self.server.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run)

    def run(self):
        for answer in self.answers:
            connection, _ = self.server.accept()
            with connection:
                self.asked.append(connection.recv(10_000).split(b" ")[1].decode())
                if answer is None:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    connection.sendall(answer)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.thread.join()
        self.server.close()


def answer(status, extra=""):
    return f"HTTP/1.1 {status} No\r\n{extra}Content-Length: 4\r\n\r\nlate".encode()


def ask(script, **options):
    return fetch(f"http://{script.pair}/page", allow=[script.pair], robots=False, pauses=(0, 0), **options)


@pytest.mark.parametrize("first", [None, answer(429), answer(502), answer(503, "Retry-After: 0\r\n"), answer(504)])
def test_what_may_pass_is_asked_again_and_every_try_is_told(first):
    with Script([first, OK]) as script:
        page = ask(script)

    expected = f"http {first[9:12].decode()}" if first else "connection reset"
    assert (page.outcome, page.data) == ("ok", b"ok")
    assert [attempt.outcome for attempt in page.attempts] == [expected, "http 200"]
    assert {attempt.address for attempt in page.attempts} == {script.pair}
    assert len(page.exchanges) == (2 if first else 1)


def test_after_three_tries_it_is_an_outcome_that_keeps_the_last_answer():
    with Script([answer(503)] * 3) as script:
        page = ask(script)

    assert (page.outcome, page.status, page.data, len(page.attempts)) == ("http 503", 503, b"late", 3)


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500])
def test_what_will_not_pass_is_asked_once(status):
    with Script([answer(status)]) as script:
        page = ask(script)

    assert (page.outcome, len(page.attempts)) == (f"http {status}", 1)


def test_a_closed_door_is_knocked_at_three_times():
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        pair = f"127.0.0.1:{unheard.getsockname()[1]}"
        page = fetch(f"http://{pair}/", allow=[pair], pauses=(0, 0))

    assert [attempt.outcome for attempt in page.attempts] == ["connection refused"] * 3


@pytest.mark.parametrize(
    ("again", "wait"),
    [
        ("", 0.25),
        ("7", 7.0),
        ("0", 0.25),
        ("soon", 0.25),
        ("²", 0.25),
        (format_datetime(NOW + timedelta(seconds=9), usegmt=True), 9.0),
        (format_datetime(NOW - timedelta(days=9), usegmt=True), 0.25),
        ("30", None),
        ("99999999999999999999", None),
    ],
)
def test_a_server_that_says_when_to_come_again_is_obeyed_inside_the_deadline(again, wait):
    assert pause_before(Reply("http 503", 503, again=again), 0.25, 20.0, NOW) == wait


def test_there_is_no_next_try_without_time_for_an_answer():
    assert pause_before(Reply("connection refused"), 0.25, 0.6, NOW) is None
    assert pause_before(Reply("broken off"), 0.25, 20.0, NOW) is None
    assert pause_before(Reply("timeout", 200), 0.25, 20.0, NOW) is None


def test_progress_is_told_with_what_is_to_come():
    heard = []
    with Script([b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + bytes(300_000)]) as script:
        ask(script, watch=Watch(60, progress=lambda came, total: heard.append((came, total))))

    assert heard == sorted(heard)
    assert heard[-1] == (300_000, 300_000)


def test_of_an_unmeasured_body_no_end_is_told():
    heard = []
    with Script([b"HTTP/1.1 200 OK\r\n\r\nabc"]) as script:
        ask(script, watch=Watch(60, progress=lambda came, total: heard.append((came, total))))

    assert heard[-1] == (3, None)


@pytest.mark.parametrize("path", ["/drip", "/headers"])
def test_a_fetch_is_stopped_from_another_thread(web, path):
    watch = Watch(600)
    threading.Thread(target=lambda: (web_asked(web), watch.cancel())).start()

    with pytest.raises(Cancelled) as stopped:
        fetch(f"http://{web.pair}{path}", allow=[web.pair], watch=watch)

    assert (stopped.value.exit, "nothing was recorded" in stopped.value.what) == (130, True)
    assert web.hung_up.wait(30)


def web_asked(web):
    pause = threading.Event()
    while not web.seen:
        pause.wait(0.01)


def test_a_silent_name_server_can_be_stopped_too():
    watch, over = Watch(600), threading.Event()

    def silent(host, port):
        watch.cancel()
        over.wait(60)
        return []

    with pytest.raises(Cancelled):
        fetch("http://slow.example/", resolve=silent, watch=watch)
    over.set()


def test_a_pause_before_the_next_try_can_be_stopped():
    watch = Watch(600)
    with Script([answer(503, "Retry-After: 300\r\n")]) as script:
        threading.Thread(target=lambda: (script.thread.join(), watch.cancel())).start()
        with pytest.raises(Cancelled):
            ask(script, watch=watch)


def test_what_was_stopped_before_it_began_asks_nobody():
    watch = Watch(600)
    watch.cancel()

    with pytest.raises(Cancelled):
        fetch("http://example.org/", resolve=lambda *_: pytest.fail("looked up"), watch=watch)


def test_times_are_those_of_the_clock_that_was_given():
    moments = iter(NOW + timedelta(seconds=n) for n in range(99))
    with Script([b"HTTP/1.1 200 OK\r\nDate: Fri, 02 Jan 2026 03:04:00 GMT\r\nContent-Length: 0\r\n\r\n"]) as script:
        page = ask(script, now=lambda: next(moments))

    assert (page.started, page.attempts[0].time < page.ended) == ("2026-01-02T03:04:05.000Z", True)
    assert page.clock.offset_ms < 0
    assert page.clock.synchronized in {"yes", "no", "unknown"}
