import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from headline import ROOT, Desk, headline
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from factcheck.errors import Usage
from factcheck.export import FORMATS, render
from factcheck.export.markdown import plain
from factcheck.export.words import link
from factcheck.visible import visible

ALL = ["markdown", "html", "jsonl"]
HOSTILE = (
    "<script>alert(1)</script> 蒋璐转投 TikTok",
    "<img src=x onerror=alert(1)> &lt;b&gt; &#60;i&#62;",
    "[点我](javascript:alert(1)) ![图](https://evil.example/x.png) [a]: https://evil.example",
    "https://evil.example/a www.evil.example evil.example mail@evil.example <https://evil.example>",
    "a | b | c `code` ```fence``` **粗** __粗__ _斜_ ~~删~~ $x^2$ \\",
    "# 标题\n\n> 引用\n- 项\n1. 项\n---\n===\n    代码\n<!-- 注释 -->",
    "\x1b[31m红\x1b]8;;https://evil.example\x07链\x1b\\ \u202e倒\u2066 \u200b\ufeff \U000e0041 \u2028\u2029 \x00\x7f\x85",
    "{{ 7*7 }} {% raw %} ${x} %s {0} {claim}",
    '" \' onmouseover=alert(1) x="',
    "</style></title></blockquote><base href=https://evil.example>",
)
LINKS = {"https://example.org/ok?a=1&b=2"}


def hostile():
    """A case in which everything that a document or a person can write is hostile."""
    desk = Desk("甲。".join(HOSTILE), title=HOSTILE[2], solo=True)
    desk.suggest(
        *((text, text, "cost", {"calculations": [calculation(text)]}) for text in HOSTILE),
        readings=[(text, text[::-1], text) for text in HOSTILE[:3]],
    )
    for number, text in enumerate(HOSTILE, start=1):
        claim = f"C{number}"
        if number <= 3:
            desk.accept_reading(f"R{number}")
        if number == 10:
            continue
        desk.attach(claim, number * 2, url="https://example.org/ok?a=1&b=2", quote=text, note=text)
        desk.attach(claim, number * 2 + 1, url=f"javascript:alert({number})//{text}", quote=text)
        desk.decide(claim, "refuted", text, [f"E{number * 2}"])
        desk.act("note.added", claim, text=text)
    return desk


def calculation(text):
    return {"expression": text, "given": [(text, "1", text)], "result": text, "holds": "no", "needs": [text]}


@pytest.fixture(scope="module", params=["zh", "en"])
def files(request):
    return render(hostile().summary(lang=request.param, draft=True), ALL)


def markdown_tokens(text):
    parser = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"])
    parser.linkify.set({"fuzzy_link": True, "fuzzy_email": True})
    for token in parser.parse(text):
        yield token
        yield from token.children or ()


def test_no_document_text_becomes_markup_in_markdown(files):
    tokens = list(markdown_tokens(files["report.md"].decode("utf-8")))
    assert {"html_block", "html_inline", "image", "s_open", "em_open", "code_inline", "fence"} & {
        token.type for token in tokens
    } == set()
    assert {token.attrs["href"] for token in tokens if token.type == "link_open"} == LINKS


def test_no_document_text_becomes_markup_in_html(files):
    page = HTMLParser(files["report.html"])
    tags = {node.tag for node in page.root.traverse()}
    assert {"script", "img", "base", "iframe", "object", "form", "link", "svg", "i"} & tags == set()
    assert not [
        a for node in page.root.traverse() for a in node.attributes if a.startswith("on") or a == "src"
    ]
    hrefs = {node.attributes["href"] for node in page.css("a")}
    assert {href for href in hrefs if not href.startswith("#")} == LINKS
    assert visible(HOSTILE[0]) in page.css_first("#C1 h3").text()


def test_what_a_hostile_document_said_can_still_be_read(files):
    page = HTMLParser(files["report.html"])
    for number, text in enumerate(HOSTILE[:9], start=1):
        worded = text[::-1] if 1 < number <= 3 else text  # the accepted readings, where the place is certain
        assert visible(worded) in page.css_first(f"#C{number} h3").text()


@pytest.mark.parametrize("name", ["report.md", "report.html"])
def test_no_byte_of_a_report_acts_on_a_terminal(files, name):
    text = files[name].decode("utf-8")
    assert visible(text, lines=True) == text


def test_the_page_allows_no_script_and_no_network(files):
    policy = HTMLParser(files["report.html"]).css_first("meta[http-equiv]").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert b"url(" not in files["report.html"].split(b"</style>")[0]


def test_the_policy_of_the_page_names_its_own_style_sheet(files):
    import base64
    import hashlib

    text = files["report.html"].decode("utf-8")
    style = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text


@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.text("\\`*_[]()<>#+-.!|~$&@:=1wa/ \n", max_size=40)
)
def test_escaped_text_is_shown_as_it_is(text):
    parser = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"])
    tokens = parser.parse(plain(text))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    shown = "".join(child.content for token in tokens for child in token.children or ())
    assert visible(text).split() == shown.split()
    assert {child.type for token in tokens for child in token.children or ()} <= {"text"}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "https://", "http:///x", "https://a b", "https://a/<x>", "//a.example",
     "https://bank.example@evil.example/", "https://a/\u202ex", 'https://a/"x', "HTTPS//a", "file:///etc/passwd", "https://[x"],
)  # fmt: skip
def test_only_a_plain_web_address_becomes_a_link(url):
    assert link(url) == ""


def test_draft_stands_on_every_page_and_above_every_section():
    for lang in ("zh", "en"):
        desk = headline()
        desk.accept("C5")
        files = render(desk.summary(lang=lang, draft=True), ALL)
        text = files["report.md"].decode("utf-8")
        assert "DRAFT" in text.splitlines()[0]
        assert [line for line in text.splitlines() if re.match("#+ ", line) and "DRAFT" not in line] == []
        page = HTMLParser(files["report.html"])
        assert "DRAFT" in page.css_first("body > .sheet > .banner").text()
        assert [node.text() for node in page.css("h2, .kicker, .tags") if "DRAFT" not in node.text()] == []
        assert "DRAFT" in page.css_first("title").text()


def test_the_banner_of_a_draft_repeats_on_every_printed_page():
    css = (ROOT / "factcheck/data/templates/report.css").read_text("utf-8")
    printed = css.split("@media print")[1]
    assert re.search(r"\.draft \.banner \{ display: table-header-group;[^}]*break-inside: avoid", printed)


def test_a_final_summary_does_not_say_draft():
    files = render(headline().summary(lang="en"), ALL)
    assert "DRAFT" not in files["report.md"].decode("utf-8")
    assert "DRAFT" not in HTMLParser(files["report.html"]).body.text()


def test_every_verdict_is_a_word_and_a_symbol():
    page = HTMLParser(render(headline().summary(lang="en"), ALL)["report.html"])
    assert [node.text() for node in page.css(".ruling .badge")] == [
        "✔ Supported",
        "◕ Mostly supported",
        "◑ Misleading",
        "✘ Refuted",
    ]


def test_every_inner_link_of_the_page_leads_somewhere():
    desk = headline()
    desk.accept("C5")
    page = HTMLParser(render(desk.summary(draft=True), ALL)["report.html"])
    targets = {f"#{node.attributes['id']}" for node in page.css("[id]")}
    assert {h for a in page.css("a") if (h := a.attributes["href"]).startswith("#")} <= targets


def test_the_page_names_its_language_and_that_of_foreign_words():
    page = HTMLParser(render(headline().summary(lang="en"), ALL)["report.html"])
    assert page.css_first("html").attributes["lang"] == "en"
    assert page.css_first("h3 span").attributes["lang"] == "zh-Hans"


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(Usage) as refusal:
        render(headline().summary(), ["markdown", "odt"])
    assert (
        refusal.value.remedy
        == "use one of markdown, html, jsonl, transcript, summary, claimreview, annotations, csv, pdf, docx, wacz, bundle, bundle-with-evidence"
    )


def test_a_final_export_always_holds_its_lines_and_a_manifest():
    assert list(render(headline().summary(), ["markdown"])) == [
        "claims.jsonl",
        "manifest-sha256.txt",
        "report.md",
    ]
    assert list(render(headline().summary(draft=True), ["markdown"])) == ["manifest-sha256.txt", "report.md"]


def test_the_order_of_the_formats_does_not_matter():
    summary = headline().summary()
    assert render(summary, ALL) == render(summary, [*reversed(ALL), "html"])


def test_the_same_prefix_gives_the_same_bytes_whatever_the_clock_locale_place_or_hash_seed(tmp_path):
    program = (
        "import hashlib; from headline import headline; from factcheck.export import render;"
        "[print(k, hashlib.sha256(v).hexdigest()) for l in ('zh', 'en') for d in (True, False) "
        "for k, v in render(headline().summary(lang=l, draft=d), ['markdown', 'html', 'jsonl']).items()]"
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                "PYTHONPATH": path,
                "PYTHONHASHSEED": seed,
                "TZ": zone,
                "LC_ALL": locale,
                "PATH": os.environ["PATH"],
            },
            cwd=folder,
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone, locale, folder in [
            ("1", "UTC", "C", "/"),
            ("77", "Asia/Shanghai", "C.UTF-8", tmp_path),
        ]
    }
    assert len(seen) == 1
    assert len(seen.pop().splitlines()) == 16


def test_every_format_is_a_pure_function_of_the_summary():
    summary = headline().summary()
    for each in (each for each in FORMATS.values() if each.made_by is None):
        assert each.write(summary) == each.write(summary)


def test_the_page_shows_accepted_readings_after_the_raw_words():
    page = HTMLParser(render(headline().summary(), ALL)["report.html"])
    assert "GoogleVideoPort⟦VideoPoet⟧ 的负责人蒋璐⟦蒋路⟧转投 TikTok" in page.css_first("#C1 .saying").text()
