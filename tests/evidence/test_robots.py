"""What robots.txt says is written down; it does not stop a person."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.evidence.answers import UNASKED
from factcheck.model import Robots
from factcheck.evidence.fetch import fetch
from factcheck.evidence.robots import robots

GROUPS = b"""# everybody
User-agent: somebot
User-agent: other
Disallow: /

User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow:
Disallow: /%E8%92%8B
"""


@pytest.mark.parametrize(
    ("path", "answer", "rule"),
    [
        ("/", "allowed", ""),
        ("/private/x", "disallowed", "Disallow: /private"),
        ("/private/open/x", "allowed", "Allow: /private/open"),
        ("/a/b.pdf", "disallowed", "Disallow: /*.pdf$"),
        ("/a/b.pdf?page=1", "allowed", ""),
        ("/蒋璐", "disallowed", "Disallow: /%E8%92%8B"),
        ("/%e8%92%8b", "disallowed", "Disallow: /%E8%92%8B"),
    ],
)
def test_the_longest_rule_that_fits_is_told(path, answer, rule):
    assert robots(200, "ok", GROUPS, path) == Robots(answer, rule)


def test_a_group_of_our_own_stands_before_that_of_everybody():
    text = b"User-agent: *\nDisallow: /\n\nUser-agent: FactCheck/1.0\nAllow: /\nDisallow: /x\n"

    assert robots(200, "ok", text, "/page") == Robots("allowed", "Allow: /")
    assert robots(200, "ok", text, "/xy") == Robots("disallowed", "Disallow: /x")
    assert robots(200, "ok", b"User-agent: *\nDisallow: /\n\nUser-agent: factcheck\n", "/") == Robots("allowed")


def test_allowing_wins_a_tie_and_a_rule_without_a_group_says_nothing():
    assert robots(200, "ok", b"User-agent: *\nDisallow: /a\nAllow: /a", "/a").answer == "allowed"
    assert robots(200, "ok", b"Disallow: /", "/a") == Robots("allowed")


@pytest.mark.parametrize(
    ("status", "outcome", "answer"),
    [(404, "http 404", "none"), (403, "http 403", "none"), (500, "http 500", "unknown"), (0, "timeout", "unknown")],
)
def test_a_missing_file_forbids_nothing_and_a_failing_server_says_nothing(status, outcome, answer):
    assert robots(status, outcome, b"", "/") == Robots(answer)


@given(st.text(st.sampled_from("/ab*$"), max_size=12), st.text(st.sampled_from("/ab"), max_size=8))
def test_patterns_mean_what_they_mean_as_regular_expressions(pattern, path):
    import re

    said = robots(200, "ok", f"User-agent: *\nDisallow: /{pattern}".encode(), f"/{path}")
    body = "".join(".*" if each == "*" else re.escape(each) for each in f"/{pattern}".removesuffix("$"))
    fits = re.match(body + ("$" if pattern.endswith("$") else ""), f"/{path}") is not None

    assert said.answer == ("disallowed" if fits else "allowed")


def test_a_pattern_of_many_stars_takes_no_time():
    text = b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"$"

    assert robots(200, "ok", text, "/" + "a" * 4999 + "b") == Robots("allowed")


@given(st.binary(max_size=200))
def test_junk_is_read_without_stumbling(junk):
    assert robots(200, "ok", b"User-agent: *\n" + junk, "/").answer in {"allowed", "disallowed"}


def test_the_page_is_fetched_first_and_kept_whatever_the_host_says(web, monkeypatch):
    monkeypatch.setitem(pages(web), "/robots.txt", (200, {}, b"User-agent: *\nDisallow: /page\n"))
    page = fetch(f"http://{web.pair}/page", allow=[web.pair])

    assert (page.outcome, page.robots) == ("ok", Robots("disallowed", "Disallow: /page"))
    assert [path for path, _ in web.seen] == ["/page", "/robots.txt"]
    assert [each.url for each in page.exchanges] == [
        f"http://{web.pair}/page",
        f"http://{web.pair}/robots.txt",
    ]


def pages(web):
    return web.RequestHandlerClass.do_GET.__globals__["PAGES"]


def test_robots_that_lead_inside_are_not_followed(web, monkeypatch):
    monkeypatch.setitem(pages(web), "/robots.txt", (302, {"Location": "http://10.0.0.1/robots.txt"}, b""))
    page = fetch(f"http://{web.pair}/page", allow=[web.pair])

    assert (page.outcome, page.robots) == ("ok", Robots("unknown"))


def test_nobody_is_asked_about_a_page_that_did_not_come(web):
    fetch(f"http://{web.pair}/nowhere", allow=[web.pair], robots=False)
    fetch(f"http://{web.pair}/half", allow=[web.pair])

    assert [path for path, _ in web.seen] == ["/nowhere", "/half"]


def test_a_name_that_leads_inside_when_robots_are_asked_for_is_not_followed(web, monkeypatch):
    """Rebinding between a page and its robots.txt; the public address is answered by the server of the test."""
    connect, reached = socket.socket.connect, []

    def diverted(connection, address):
        reached.append(address[0])
        return connect(connection, web.server_address)

    monkeypatch.setattr(socket.socket, "connect", diverted)
    answers = iter([["8.8.8.8"], ["10.0.0.1"]])
    page = fetch("http://desk.example/page", resolve=lambda *_: next(answers))

    assert (page.outcome, page.robots, reached) == ("ok", UNASKED, ["8.8.8.8"])
