import json

import pytest

from factcheck.evidence.dates import as_iso, visible
from factcheck.evidence.derive import derive

WHEN = "2024-02-07T10:30:00+08:00"


def said(html, address="https://example.org/news/1"):
    return derive(f"<!doctype html>{html}".encode(), "text/html", address=address)


def item(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    ("html", "author", "published"),
    [
        (
            item({"@type": "NewsArticle", "datePublished": WHEN, "author": {"name": "张三"}}),
            "张三",
            WHEN,
        ),
        (
            item({"@graph": [{"@type": "WebSite"}, {"datePublished": "2024-02-07", "author": [{"name": "A"}, "B"]}]}),
            "A, B",
            "2024-02-07",
        ),
        (item("{") + '<meta name=author content=" 李\n四 ">', "李 四", ""),
        (f'<meta property="article:published_time" content="{WHEN}"><meta name=author content=张三>', "张三", WHEN),
        ('<meta name="PubDate" content="20240207"><meta property="article:author" content="https://x">', "", "2024-02-07"),
        ('<meta itemprop=datePublished content="2024/2/7 9:05"><a rel=author>Jane Roe</a>', "Jane Roe", "2024-02-07T09:05"),
        (f"<time datetime={WHEN}>yesterday</time>", "", WHEN),
        ("<time datetime=2024-02-07></time><time datetime=2024-02-08></time>", "", ""),
        (
            "<time datetime=2024-02-07></time><time itemprop=datePublished datetime=2024-02-08></time>",
            "",
            "2024-02-08",
        ),
        ("<h1>标题</h1><p>2024年2月7日 10:30 来源：新华社", "", "2024-02-07T10:30"),
        ("<h1>Title</h1><p>Published Feb 7, 2024<p>On Jan 1, 2023 it was said", "", "2024-02-07"),
        ("<h1>Title</h1><p>On Jan 1, 2023 it was said", "", ""),
        ("<meta name=date content=soon>", "", ""),
    ],
)  # fmt: skip
def test_author_and_date_are_those_that_the_page_gives(html, author, published):
    page = said(html)

    assert (page.author, page.published) == (author, published)


@pytest.mark.parametrize(
    ("said_date", "iso"),
    [
        (WHEN, WHEN),
        ("2024-02-07T02:30:00Z", "2024-02-07T02:30:00+00:00"),
        ("2024-02-07T02:30:00.123+0800", "2024-02-07T02:30:00+08:00"),
        ("2024-02-07", "2024-02-07"),
        ("2024.02.07", "2024-02-07"),
        ("二〇二四年 2024 年 2 月 7 日", "2024-02-07"),
        ("Wed, 07 Feb 2024 02:30:00 GMT", "2024-02-07T02:30:00+00:00"),
        ("February 7th, 2024 at 9:05 PM", "2024-02-07T21:05"),
        ("7 Sept. 2024", "2024-09-07"),
        ("12:00 AM", ""),
        ("Feb 7, 2024, 12:00 AM", "2024-02-07T00:00"),
        ("2024-02-30", ""),
        ("2024-13-01", ""),
        ("2024-02-07 25:00", ""),
        ("Martin 7, 2024", ""),
        ("192.2024.1.1", ""),
        ("", ""),
    ],
)
def test_a_date_is_written_as_iso_writes_it(said_date, iso):
    assert as_iso(said_date) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("标题\n发布时间：2024-02-07 10:30\n正文说到2023年1月1日。", "2024-02-07T10:30"),
        ("标题\n更新时间：2024-02-07\n发布于2024年2月6日\n正文", "2024-02-06"),
        ("Title\n7 February 2024\nOn another day", "2024-02-07"),
        ("标题\n2024-02-07\n2024-02-08\n", ""),
        ("标题\n更新时间：2024-02-07 ，正文", ""),
        ("蒋璐在2024年2月7日转投 TikTok。", ""),
        ("标题\n" + "正文" * 600 + "\n2024-02-07\n", ""),
    ],
)
def test_a_visible_date_counts_only_when_it_is_clear(text, iso):
    assert visible(text) == iso


@pytest.mark.parametrize(
    ("html", "canonical"),
    [
        ("<link rel=canonical href=/news/2?a=b#part>", "https://example.org/news/2?a=b"),
        ("<link rel='Canonical' href=//example.net/a>", "https://example.net/a"),
        ("<base href=https://example.net/x/><link rel=canonical href=y>", "https://example.net/x/y"),
        ("<meta property=og:url content=https://example.org/a>", "https://example.org/a"),
        (
            "<link rel=canonical href=javascript:1><meta property=og:url content=https://example.org/a>",
            "https://example.org/a",
        ),
        ("<link rel=canonical href=https://me:secret@example.org/>", ""),
        ("<link rel=canonical href='http://[::1'>", ""),
        ("<link rel=canonical href=''>", ""),
    ],
)
def test_the_canonical_address_is_whole_and_may_be_kept(html, canonical):
    assert said(html).canonical == canonical


def test_a_relative_canonical_address_of_a_page_from_nowhere_is_none():
    assert said("<link rel=canonical href=/a>", address="").canonical == ""


@pytest.mark.parametrize(
    ("html", "rights"),
    [
        ("<a rel=license href=https://creativecommons.org/licenses/by/4.0/>CC</a>", "license https://creativecommons.org/licenses/by/4.0/"),
        ("<p>正文<footer>© 2024 某某网 版权所有</footer>", "© 2024 某某网 版权所有"),
        ("<meta name=copyright content='Example Ltd'><p>© other", "Example Ltd"),
        ("<meta name=robots content='index, NOARCHIVE'><meta name=tdm-reservation content=1>", "robots: noarchive; tdm-reservation: 1"),
        ("<p>nothing of the kind", ""),
    ],
)  # fmt: skip
def test_rights_are_one_short_line(html, rights):
    assert said(html).rights == rights


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>\n 首页 -  TikTok </title><h1>no</h1>", "首页 - TikTok"),
        ("<title></title><meta property=og:title content=标题><h1>no</h1>", "标题"),
        ("<h1>标题</h1>", "标题"),
        ("<svg><title>icon</title></svg><p>x", "icon"),
        ("<p>x", ""),
    ],
)
def test_the_title_is_that_of_the_page_then_that_for_sharing_then_a_heading(html, title):
    assert said(html).title == title


def test_what_a_page_says_of_itself_is_bounded():
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    many = item([{"a": [1] * 100}] * 5_000) + '<meta name=author content="' + "x" * 9_999 + '">'

    assert said(deep + many).author == "x" * 200
