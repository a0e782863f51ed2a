"""What became of a page since: alive, moved, changed, a notice, gone, unreachable; and no verdict falls by it."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

ARTICLE = "<h1>新闻</h1><p>字节跳动证实，蒋璐已经入职。他此前在另一家公司工作。</p><p>相关：今日天气</p>"


@pytest.fixture
def site():
    """A site on this machine whose pages a test may change."""

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

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.pages = {"/news/1": (200, "", ARTICLE)}
    server.pair = f"127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def judged(case, site):
    """A verdict that relies on a captured page."""
    page = case.capture(f"http://{site.pair}/news/1", allow=[site.pair])
    case.attach("C1", page, quote="蒋璐已经入职", stance="supports")
    case.decide("C1", "supported", because="the company says so")
    return case


@pytest.mark.parametrize(
    ("pages", "outcome", "found"),
    [
        ({"/news/1": (200, "", ARTICLE)}, "alive", "蒋璐已经入职"),
        ({"/news/1": (200, "", ARTICLE.replace("今日天气", "昨日比分"))}, "alive", "蒋璐已经入职"),
        ({"/news/1": (301, "/archive/1", ""), "/archive/1": (200, "", ARTICLE)}, "moved", "蒋璐已经入职"),
        ({"/news/1": (200, "", ARTICLE.replace("已经入职", "已经离职"))}, "changed", "蒋璐已经离职"),
        ({"/news/1": (200, "", ARTICLE.replace("证实", "否认"))}, "changed", "蒋璐已经入职"),
        ({"/news/1": (200, "", "<title>404</title><p>页面不存在</p>")}, "soft404", ""),
        ({"/news/1": (302, "/", ""), "/": (200, "", "<p>欢迎来到首页</p>")}, "soft404", ""),
        ({}, "gone", ""),
        ({"/news/1": (500, "", "oops")}, "unreachable", ""),
    ],
)
def test_what_became_of_a_page_is_told_and_no_verdict_falls(judged, site, pages, outcome, found):
    site.pages = pages
    told = judged.recheck(allow=[site.pair])
    assert [(each.evidence, each.outcome, each.found) for each in told] == [("E1", outcome, found)]
    assert judged.claim("C1").state == "judged"
    assert judged.look("E1").checked.outcome == outcome
    assert judged.recorded[-1].kind == "evidence.checked"


def test_a_site_that_no_longer_answers_is_unreachable_and_that_is_kept(judged, site):
    site.shutdown()
    site.server_close()
    assert [each.outcome for each in judged.recheck(allow=[site.pair])] == ["unreachable"]
    assert judged.look("K2").outcome == "connection refused"


def test_a_page_that_two_pieces_quote_is_asked_once(judged, site):
    judged.attach("C2", "K1", quote="他此前在另一家公司工作", stance="context")
    told = judged.recheck("E1", "E2", allow=[site.pair])
    assert [(each.evidence, each.capture) for each in told] == [("E1", "K2"), ("E2", "K2")]


def test_looking_again_blocks_no_undo_and_counts_no_version_of_the_claim_up(judged, site):
    version = judged.version("C1")
    judged.recheck(allow=[site.pair])
    assert judged.version("C1") == version
    judged.undo()
    assert judged.claim("C1").verdict is None


def test_without_a_verdict_only_all_is_looked_at(case, site):
    case.attach("C1", f"http://{site.pair}/news/1", stance="supports")
    with pytest.raises(Exception, match="nothing here has an address"):
        case.recheck(allow=[site.pair])
    assert [each.outcome for each in case.recheck(everything=True, allow=[site.pair])] == ["alive"]
