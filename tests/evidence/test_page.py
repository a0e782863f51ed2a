from pathlib import Path

import pytest

from factcheck.evidence.page import page_text

SENTENCE = "蒋璐转投 TikTok，担任研究主管。这是一句普通的中文，讲的是公司的人员变动。"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\xef\xbb\xbf" + SENTENCE.encode(), "text/html; charset=gbk"),
        (b"\xff\xfe" + SENTENCE.encode("utf-16-le"), "text/html"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "text/plain"),
        (SENTENCE.encode("gbk"), "text/html; charset=gb2312"),
        (SENTENCE.encode("gbk"), "text/html; Charset='GBK'"),
        (b"<meta charset=gb2312>" + SENTENCE.encode("gbk"), "text/html"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=gbk">' + SENTENCE.encode("gbk"),
            "text/html",
        ),
        (b'<?xml version="1.0" encoding="GBK"?>' + SENTENCE.encode("gbk"), "application/xhtml+xml"),
        (b"<meta charset=gb2312>" + SENTENCE.encode("gbk"), "text/html; charset=utf-8"),
        (b"<meta charset=utf-16>" + SENTENCE.encode(), "text/html"),
        (SENTENCE.encode(), "text/html"),
        (SENTENCE.encode(), "text/plain; charset=no-such-thing"),
        (SENTENCE.encode(), "text/html; charset=zip"),
        (SENTENCE.encode("gbk"), "text/html"),
        (SENTENCE.encode("gb18030"), "text/plain"),
    ],
)
def test_chinese_is_read_whatever_says_how_it_is_written(data, media_type):
    assert page_text(data, media_type) == SENTENCE


def test_a_charset_that_nearly_fits_still_gives_the_rest():
    assert (
        page_text("蒋璐".encode("gbk") + b"\xff" + "转投".encode("gbk"), "text/plain; charset=gb2312")
        == "蒋璐\ufffd转投"
    )


def test_a_label_of_the_header_goes_before_that_of_the_page():
    assert page_text("<meta charset=utf-8>蒋璐".encode("gbk"), "text/html; charset=gbk") == "蒋璐"


def test_letters_of_old_western_pages_are_read_as_browsers_read_them():
    assert page_text(b"\x93quoted\x94", "text/html; charset=iso-8859-1") == "“quoted”"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>蒋<b>璐</b>转投\n   TikTok</p>", "蒋璐转投 TikTok"),
        ("<p>one</p><p>two</p>three<br>four", "one\ntwo\nthree\nfour"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", "a\nb\nc\nd"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("a<script>let x</script>b<style>p{}</style>c<!-- d --><template>e</template>", "abc"),
        ("<title>t</title><body>&lt;b&gt; &amp; &nbsp; x</body>", "<b> & x"),
        ("<div>same</div><div>same</div>", "same\nsame"),
        ("", ""),
    ],
)
def test_the_text_of_a_page_is_its_words_in_order_with_a_line_for_each_block(html, text):
    assert page_text(html.encode(), "text/html") == text


def test_plain_text_stays_as_it_is():
    text = "# 标题\r\n\r\n  两个  空格\t<b>"

    assert page_text(text.encode(), "text/markdown") == page_text(text.encode(), "text/plain") == text


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "application/octet-stream", ""])
def test_other_types_had_no_text(media_type):
    assert page_text(b"%PDF words", media_type) == ""


def test_a_page_nested_without_end_keeps_its_words():
    deep = "<div>" * 200_000 + "蒋<i>璐</i><p>转投" + "</div>" * 200_000 + "end<script>no</script>"

    assert page_text(deep.encode(), "text/html") == "蒋璐\n转投\nend"


def test_many_paragraphs_that_are_never_closed_are_not_taken_for_depth():
    assert page_text(b"<p><img>a<b>b</b>" * 3000, "text/html").count("\n") == 2999
