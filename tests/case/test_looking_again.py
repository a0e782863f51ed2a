"""What became of a page since: alive, moved, changed, a notice, gone, unreachable; and no verdict falls by it."""

import pytest
from changing import changing_site

ARTICLE = "<h1>新闻</h1><p>字节跳动证实，蒋璐已经入职。他此前在另一家公司工作。</p><p>相关：今日天气</p>"


@pytest.fixture
def site():
    """A site whose pages a test may change."""
    with changing_site({"/news/1": (200, "", ARTICLE)}) as server:
        yield server


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


def test_a_link_written_otherwise_than_it_is_asked_is_unreachable_at_the_address_that_was_asked(case, site):
    case.attach("C1", f"HTTP://{site.pair}", stance="supports")
    site.shutdown()
    site.server_close()
    assert [(each.outcome, each.url) for each in case.recheck("E1", allow=[site.pair])] == [
        ("unreachable", f"http://{site.pair}")
    ]


def test_a_piece_that_is_withdrawn_while_its_page_is_asked_gets_no_look_and_the_others_do(judged, site):
    judged.attach("C2", "K1", quote="他此前在另一家公司工作", stance="context")
    told = judged.recheck(
        "E1", "E2", allow=[site.pair], progress=lambda *_: judged.withdraw("E2", because="no more")
    )
    assert [(each.evidence, each.capture, each.outcome) for each in told] == [("E1", "K2", "alive")]
    assert (judged.look("E1").checked.outcome, judged.look("E2").checked) == ("alive", None)
    assert judged.notices == [
        "E2 is no longer what it was when its page was asked for; what became of it is not recorded."
    ]


def test_a_piece_that_is_moved_to_other_words_while_its_page_is_asked_gets_no_look(judged, site):
    told = judged.recheck(
        "E1", allow=[site.pair], progress=lambda *_: judged.reanchor("E1", quote="他此前在另一家公司工作")
    )
    assert (told, judged.look("E1").checked, judged.look("K2").outcome) == ((), None, "ok")
