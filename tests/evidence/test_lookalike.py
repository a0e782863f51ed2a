"""Names that look like others are kept in the form that cannot be mistaken."""

import pytest

from factcheck.errors import Usage
from factcheck.evidence.fetch import fetch
from factcheck.evidence.lookalike import lookalike


def nobody(host, port):
    return ()


@pytest.mark.parametrize(
    ("host", "asked", "why"),
    [
        ("pаypal.com", "xn--pypal-4ve.com", "mixes Cyrillic and Latin letters"),
        ("аррӏе.com", "xn--80ak6aa92e.com", "letters that look Latin and are not"),
        ("οпе.example", "xn--0xa0v3a.example", "mixes Cyrillic and Greek letters"),
        ("中国。cn", "xn--fiqs8s.cn", "written otherwise than it is asked"),
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com", "letters that look Latin and are not"),
    ],
)
def test_a_name_that_may_be_taken_for_another_is_kept_as_it_is_asked(host, asked, why):
    page = fetch(f"http://{host}/page", resolve=nobody)

    assert (page.lookalike, page.url, page.final_url) == (why, f"http://{asked}/page", f"http://{asked}/page")


@pytest.mark.parametrize("host", ["ｅｘａｍｐｌｅ.org", "ex\u00adample.org", "exa\u200bmple.org", "ⓔxample.org"])
def test_a_name_in_letters_that_no_name_server_knows_is_not_asked(host):
    with pytest.raises(Usage):
        fetch(f"http://{host}/", resolve=nobody)


@pytest.mark.parametrize(
    "host",
    ["example.org", "EXAMPLE.org", "中国.cn", "抖音tiktok.cn", "日本語ひらカナ.jp", "한국.kr", "пример.рф", "münchen.de",
     "xn--fiqs8s.cn", "8.8.8.8", "a-b_c.example", "xn--.example", "παράδειγμα.gr"],
)  # fmt: skip
def test_an_honest_name_is_kept_as_it_was_typed(host):
    assert lookalike(host.lower(), idna(host)) == ""


def idna(host):
    import httpx

    try:
        return httpx.URL(f"http://{host}/").raw_host.decode()
    except httpx.InvalidURL:
        return host


def test_a_chinese_name_stays_readable_where_it_was_typed():
    page = fetch("http://中国.cn/页", resolve=nobody)

    assert (page.url, page.lookalike) == ("http://中国.cn/页", "")
    assert page.final_url.startswith("http://xn--fiqs8s.cn/")


def test_a_redirect_to_a_look_alike_is_told_too(web, monkeypatch):
    pages = web.RequestHandlerClass.do_GET.__globals__["PAGES"]
    monkeypatch.setitem(pages, "/like", (302, {"Location": f"http://xn--80ak6aa92e.com:{web.server_port}/page"}, b""))
    pairs = [f"{host}:{web.server_port}" for host in ("desk.example", "xn--80ak6aa92e.com")]
    page = fetch(f"http://{pairs[0]}/like", allow=pairs, resolve=lambda *_: ["127.0.0.1"])

    assert (page.outcome, page.lookalike) == ("ok", "letters that look Latin and are not")
