"""The key o: a page is opened only after its host was shown and somebody wanted it."""

import asyncio

import pytest
from looking import LINK, looking

from factcheck.tui.showing import host_of


def pressed(desk, monkeypatch, *keys, columns=120):
    """What is opened, copied and shown after these keys, on a machine with a graphical screen."""
    opened = []

    async def story():
        async with looking(desk, columns=columns, lang="en", environ={"DISPLAY": ":99"}) as eyes:
            monkeypatch.setattr(eyes.app, "open_url", opened.append)
            await eyes.press("o")
            asked = eyes.text()
            await eyes.press(*keys)
            assert eyes.widths() == {columns}
            return opened, eyes.app.clipboard, asked

    return asyncio.run(story())


@pytest.mark.parametrize(
    ("keys", "opened", "copied"),
    [((), [], ""), (("escape",), [], ""), (("enter",), [LINK], ""), (("1",), [LINK], ""), (("2",), [], LINK)],
)
def test_o_asks_before_it_opens_a_page(desk, monkeypatch, keys, opened, copied):
    desk.attach("C5", LINK, stance="context")
    was_opened, was_copied, asked = pressed(desk, monkeypatch, *keys)
    assert "Open a page of example.org?" in asked
    assert LINK in asked
    assert (was_opened, was_copied) == (opened, copied)


def test_a_long_address_is_shown_in_part_and_its_host_whole(desk, monkeypatch):
    desk.attach("C5", "https://example.org/" + "很长" * 300, stance="context")
    _, _, asked = pressed(desk, monkeypatch, columns=80)
    assert "Open a page of example.org?" in asked
    assert "1 open link" in asked


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/path", "example.org"),
        ("https://Example.ORG:8443/path?x@y", "example.org"),
        ("https://example.org@evil.example/", "evil.example"),
        ("https://evil.example\\@example.org/", "evil.example"),
        ("https://例子.中国/", "例子.中国 (xn--fsqu00a.xn--fiqs8s)"),
        ("https://раураl.com/", "раураl.com (xn--l-7sba6dbr.com)"),
        ("https://[::1]:80/", "::1"),
        ("https://[oops/", ""),
        ("https:///path", ""),
    ],
)
def test_the_host_is_the_one_that_a_browser_would_ask(url, host):
    assert host_of(url) == host
