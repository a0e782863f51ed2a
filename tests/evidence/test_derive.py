import io

import httpx
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from factcheck.evidence.derive import derive
from factcheck.evidence.page import page_text
from tests.text.documents import package, pdf, said, stream, word, written

SENTENCE = "蒋璐转投 TikTok，担任研究主管。这是一句普通的中文，讲的是公司的人员变动。"
TRADITIONAL = "蔣璐轉投 TikTok，擔任研究主管。這是一句普通的中文，講的是公司的人員變動。"


def page_of(words, head=""):
    return f"<!doctype html><html><head>{head}<title>首頁</title></head><body><p>{words}</p></body></html>"


@pytest.mark.parametrize(
    ("words", "encoding", "head", "told"),
    [
        (SENTENCE, "gbk", "", ("gb18030", "its characters are common ones")),
        (SENTENCE + "€", "gb18030", "<meta charset=gbk>", ("gb18030", "the page declares it")),
        (SENTENCE + "🙂", "gb18030", "", ("gb18030", "its characters are common ones")),
        (TRADITIONAL, "big5", "", ("big5", "its characters are common ones")),
        (TRADITIONAL + "嘅", "big5hkscs", "<meta charset=big5>", ("big5hkscs", "the page declares it")),
    ],
)
def test_chinese_pages_without_a_charset_in_their_header_are_read_right_where_httpx_is_not(
    words, encoding, head, told
):
    data = page_of(words, head).replace("首頁", "首").encode(encoding)
    page = derive(data, "text/html")

    assert (page.text, (page.encoding, page.decided)) == (words, told)
    assert words not in httpx.Response(200, content=data, headers={"Content-Type": "text/html"}).text


@pytest.mark.parametrize(
    ("data", "declared", "told"),
    [
        (b"\xef\xbb\xbf" + page_of(SENTENCE).encode(), "text/html; charset=gbk", "a byte order mark"),
        (b"\xff\xfe" + page_of(SENTENCE).encode("utf-16-le"), "text/html", "a byte order mark"),
        (page_of(SENTENCE).encode("gbk"), "text/html; charset=GB2312", "the header declares it"),
        (
            page_of(SENTENCE, "<meta charset=gbk>").encode("gbk"),
            "text/html; charset=utf-8",
            "the page declares it",
        ),
        (page_of(SENTENCE).encode(), "image/png", "the bytes are UTF-8 and nothing else"),
        (
            page_of(SENTENCE).encode(),
            "text/html; charset=gbk",
            "the bytes are UTF-8, though the header says gb18030",
        ),
        (
            page_of(SENTENCE, "<meta charset=gb2312>").encode(),
            "text/html",
            "the bytes are UTF-8, though the page says gb18030",
        ),
        (
            page_of(SENTENCE).encode("gbk"),
            "text/html; charset=ISO-8859-1",
            "its characters are common ones, though the header says cp1252",
        ),
        (page_of(SENTENCE).encode("utf-16-le"), "text/html", "every other byte is that of a common character"),
    ],
)
def test_how_the_charset_was_decided_is_told(data, declared, told):
    page = derive(data, declared)

    assert (page.text, page.decided) == (SENTENCE, told)


def test_western_pages_are_not_taken_for_chinese():
    data = "<p>“Müller’s café” — naïve façade, São Paulo, Ångström, déjà vu, über alles".encode("cp1252")
    page = derive(data, "text/html; charset=iso-8859-1")

    assert page.text == "“Müller’s café” — naïve façade, São Paulo, Ångström, déjà vu, über alles"


def test_bytes_that_fit_no_encoding_are_told():
    page = derive(b"<p>" + SENTENCE.encode("gbk") + b"\xff", "text/html; charset=gbk")

    assert (page.text, page.encoding, page.decided) == (
        SENTENCE + "\ufffd",
        "gb18030",
        "it is declared; 1 places do not fit",
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>床前明月光，<br>疑是地上霜。<br/>举头望明月", "床前明月光，\n疑是地上霜。\n举头望明月"),
        ("<table><caption>表</caption><tr><th>a<td>b<tr><td>c</table>d", "表\na\nb\nc\nd"),
        ("<p><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", "漢(hàn)字"),
        ("a<script>let x</script>b<style>p{}</style>c<!-- d --><template>e</template>", "abc"),
        ("<x-y><template shadowrootmode=open><p>影子<slot></slot></template>光</x-y>", "影子\n光"),
        ("<x-y><template class='a' shadowrootmode='open'>外<b><i>里</i></b></template></x-y>", "外里"),
        ("<p>a<![CDATA[b]]><!-->c<!-- > d -->e", "ace"),
        ("<p hidden>藏</p><p style='visibility: hidden; opacity: 0'>也在</p>", "藏\n也在"),
        ("<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><p>x&b;", "]>\nx&b;"),
        ("<p>a\0b&#0;c&#xD800;d&#x110000;", "ab\ufffdc\ufffdd\ufffd"),
        ("<body>x<noscript>y</noscript>", "x"),
        ("<body><script>1</script><noscript><p>without scripts</p></noscript>", "without scripts"),
        ("<frameset><frame src=a><noframes>no frames</noframes></frameset>", "no frames"),
        ("<div>same</div><div>same</div>", "same\nsame"),
    ],
)
def test_all_words_of_a_hard_page_are_there_in_reading_order(html, text):
    assert derive(html.encode(), "text/html").text == text


def test_ordinary_pages_read_as_they_always_did():
    html = page_of(f"{SENTENCE}<ul><li>一<li>二</ul><b>a</b> b<br>c<noscript>d</noscript>").encode()

    assert derive(html, "text/html").text == page_text(html, "text/html")


def test_the_text_can_always_be_written_as_utf_8():
    for data in (b"a\0b \xed\xa0\x80", "\ud800".encode("utf-16-le", "surrogatepass"), b'{"a":"\\ud800"}'):
        for declared in ("text/html", "text/plain", "application/json"):
            text = derive(data, declared).text
            assert "\0" not in text
            assert text.encode("utf-8").decode("utf-8") == text


@pytest.mark.parametrize(
    ("data", "declared", "text", "maker"),
    [
        (b'{"a": "\\u848b\\u7490 \\ud83d\\ude00"}', "application/json", '{"a": "蒋璐 😀"}', "json/1"),
        (b'{"a": "\\\\u848b \\n \\u0022"}', "text/html", '{"a": "\\\\u848b \\n \\u0022"}', "text/1"),
        ("名,岗位\r\n蒋璐,主管".encode("gbk"), "text/csv; charset=gbk", "名,岗位\r\n蒋璐,主管", "text/1"),
        (
            b"WEBVTT\n\n00:01.000 --> 00:02.000\nwords",
            "text/vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nwords",
            "text/1",
        ),
        (
            "<?xml version='1.0' encoding='gbk'?><a>蒋璐</a>".encode("gbk"),
            "application/xml",
            "<?xml version='1.0' encoding='gbk'?><a>蒋璐</a>",
            "text/1",
        ),
        ("# 标题\r\n\r\n  两个  空格\t<b>".encode(), "text/markdown", "# 标题\r\n\r\n  两个  空格\t<b>", "text/1"),
    ],
)
def test_what_is_text_already_stays_as_it_is(data, declared, text, maker):
    page = derive(data, declared)

    assert (page.text, page.maker) == (text, maker)


def test_entities_of_xml_are_never_expanded():
    bomb = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><a>&b;</a>"

    assert derive(bomb, "text/xml").text == bomb.decode()


def test_a_pdf_called_a_web_page_is_read_as_a_pdf():
    page = derive(pdf([["蒋璐转投 TikTok"], ["page two"]]), "text/html; charset=gbk")

    assert (page.declared, page.sniffed) == ("text/html; charset=gbk", "application/pdf")
    assert page.text == "蒋璐转投 TikTok\n\fpage two\n"
    assert page.maker.startswith("pdf/1 pypdf ")


def scripted_pdf():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([["words on paper"]]))))
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('run');")}
    action = DictionaryObject({NameObject(name): value for name, value in script.items()})
    writer.root_object[NameObject("/OpenAction")] = action
    writer.add_attachment("run.exe", b"MZ")
    writer.add_metadata({"/Title": "报告 2023", "/Author": "张三", "/CreationDate": "D:20240207103000+08'00'"})
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def test_the_pdf_of_these_tests_has_a_script_and_an_attachment():
    reader = PdfReader(io.BytesIO(scripted_pdf()))

    assert (reader.root_object["/OpenAction"]["/JS"], list(reader.attachments)) == (
        "app.alert('run');",
        ["run.exe"],
    )


def test_a_pdf_with_scripts_and_attachments_gives_its_words_and_nothing_else():
    page = derive(scripted_pdf(), "application/pdf")

    assert (page.text, page.note) == ("words on paper\n", "")
    assert (page.title, page.author, page.published) == ("报告 2023", "张三", "2024-02-07T10:30:00+08:00")


def test_a_pdf_and_a_page_in_one_file_give_the_words_of_the_pdf():
    both = pdf([["words on paper"]]) + b"<!doctype html><p>words on the screen</p>"

    assert derive(both, "text/html").text == "words on paper\n"


def locked_pdf():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([["secret"]]))))
    writer.encrypt("hunter2", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (pdf([[], []]), "This PDF has only pictures of pages (a scan)."),
        (locked_pdf(), "This PDF is encrypted. (it asks for a password)"),
        (b"%PDF-1.7 torn", "This PDF cannot be read. (PdfStreamError: Stream has ended unexpectedly)"),
        (written([stream(b"x")]), "This PDF cannot be read."),
    ],
)
def test_a_pdf_without_words_says_why(data, note):
    page = derive(data, "application/pdf")

    assert (page.text, page.maker, page.little) == ("", "", True)
    assert page.note.startswith(note)


def test_a_docx_has_its_words_and_what_it_says_of_itself():
    def build(document):
        document.add_paragraph(SENTENCE)
        document.core_properties.title, document.core_properties.author = "纪要", "张三"

    page = derive(word(build), "application/octet-stream")

    assert (page.text, page.title, page.author, page.little) == (f"{SENTENCE}\n", "纪要", "张三", False)
    assert (page.published, page.maker[:12]) == ("2013-12-23T23:15:00+00:00", "docx/2 lxml ")


def test_a_docx_without_properties_has_its_words():
    assert derive(package(said("words")), "").text == "words\n"


def test_a_broken_docx_says_why():
    page = derive(word(lambda document: None).replace(b"<w:body", b"<w:tail")[:-9] + b"PK\x05\x06", "")

    assert (page.text, page.little) == ("", True)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"GIF89a/*<p>words*/", bytes(range(256))])
def test_pictures_and_other_bytes_have_no_words(data):
    page = derive(data, "text/html")

    assert (page.text, page.maker, page.encoding, page.little) == ("", "", "", True)


WECHAT = """<!DOCTYPE html><html><head><title></title><meta property="og:title" content="蒋璐转投 TikTok">
<meta name="author" content="某某观察"></head><body><div id="js_content" style="visibility: hidden; opacity: 0;">
<p><span>{words}</span></p></div><script>var ct = "1707273000";</script></body></html>"""


def test_the_words_of_a_wechat_article_are_there_although_its_style_hides_them():
    page = derive(WECHAT.format(words=SENTENCE * 2).encode(), "text/html; charset=utf-8")

    assert (page.text, page.title, page.author) == (SENTENCE * 2, "蒋璐转投 TikTok", "某某观察")
    assert not page.little


@pytest.mark.parametrize(
    ("html", "little"),
    [
        ("<div class=weui-msg><h2>请在微信客户端打开链接</h2><p>为了您的帐号安全" + "，" * 40, True),
        ("<h1>环境异常</h1><p>当前环境异常，完成验证后即可继续访问。<a>去验证</a>", True),
        ("<div id=root></div><script src=app.js></script>", True),
        ("<div id=root>Loading…</div><script src=app.js></script>", True),
        ("<noscript>You need to enable JavaScript to run this app.</noscript><script></script>", True),
        ("<h1>Before you continue</h1><p>We use cookies." + " We value your privacy." * 5, True),
        ("<p>Just a moment...</p>", True),
        ("<iframe src=a></iframe>Welcome", True),
        ("<img src=a>", True),
        ("", True),
        (f"<p>{SENTENCE}</p>", False),
        (f"<p>{SENTENCE * 2}</p><script></script>", False),
        ("<p>蒋璐转投 TikTok</p>", False),
        (f"<p>{SENTENCE * 40}</p><footer>Please enable JavaScript to leave a comment.</footer>", False),
    ],
)
def test_a_page_with_next_to_no_text_says_so(html, little):
    assert derive(html.encode(), "text/html").little is little


SINGLE_FILE = """<!DOCTYPE html> <html lang=zh><!--
 Page saved with SingleFile
 url: https://example.org/news/1?a=b
 saved date: Wed Feb 07 2024 10:30:00 GMT+0800 (中国标准时间)
--><meta charset=utf-8><title>首页</title><link rel=canonical href="/news/1">
<style>p{{background:url(data:image/png;base64,{bytes})}}</style><img src="data:image/png;base64,{bytes}">
<p>蒋璐转投 TikTok"""


def test_a_page_saved_as_one_file_names_the_address_it_was_saved_from():
    page = derive(SINGLE_FILE.format(bytes="QUJD" * 200_000).encode(), "", "saved.html")

    assert (page.text, page.saved_from) == ("蒋璐转投 TikTok", "https://example.org/news/1?a=b")
    assert page.saved == "Wed Feb 07 2024 10:30:00 GMT+0800 (中国标准时间)"
    assert page.canonical == "https://example.org/news/1"


def test_a_page_saved_by_a_browser_names_the_address_it_was_saved_from():
    page = derive(b"<!-- saved from url=(0024)https://example.org/page -->\n<html><p>x", "", "a.htm")

    assert page.saved_from == "https://example.org/page"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://me:secret@example.org/"])
def test_an_address_that_may_not_be_kept_is_not_proposed(url):
    page = derive(f"<html><!--\n Page saved with SingleFile \n url: {url} \n--><p>x".encode(), "text/html")

    assert (page.text, page.saved_from) == ("x", "")


def test_twenty_megabytes_are_read_to_their_end():
    unit = "<p class=a>蒋璐转投 <b>TikTok</b>，担任研究主管。" + "Revenue grew. " * 60 + "</p>\n"
    page = derive((unit * (20_000_000 // len(unit.encode())) + "<p>the end").encode(), "text/html")

    assert (page.text[-7:], page.text.count("蒋璐"), page.little) == ("the end", 22_075, False)
