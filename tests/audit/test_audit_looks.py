"""A later look belongs to the piece of evidence whose page and words were looked for: moved to another one it is found."""

import attacker
import pytest
from changing import changing_site
from forging import renumbered

from factcheck.audit import audit
from factcheck.case import Case

JOINED, WORKED = "蒋璐已经入职", "他此前在另一家公司工作"
ARTICLE = f"<h1>新闻</h1><p>字节跳动证实，{JOINED}。</p><p>{WORKED}，据说很久。</p><p>相关：今日天气</p>"
OTHER = f"<h1>人物</h1><p>有人写道：{JOINED}。</p>"
LEFT = ARTICLE.replace("已经入职", "已经离职")
PIECES = {"E1": JOINED, "E2": WORKED, "E3": JOINED, "E4": "", "E5": "", "E6": JOINED}


@pytest.fixture
def site():
    with changing_site({"/news": (200, "", ARTICLE), "/other": (200, "", OTHER)}) as server:
        yield server


@pytest.fixture
def case(tmp_path, site):
    """E1 and E2 quote one page, E3 another one; E4 is the first page without words, E5 a file, E6 is withdrawn."""
    case = Case.create(tmp_path / "case", "reviewer-1")
    for name, words in (("meeting.txt", "最近蒋璐转投 TikTok。"), ("filed.txt", JOINED)):
        (tmp_path / name).write_text(words, "utf-8")
    case.ingest(tmp_path / "meeting.txt")
    news, other = (
        case.capture(f"http://{site.pair}/{page}", allow=[site.pair]) for page in ("news", "other")
    )
    case.attach("C1", news, quote=JOINED, stance="supports")
    case.attach("C1", news, quote=WORKED, stance="context")
    case.attach("C1", other, quote=JOINED, stance="supports")
    case.attach("C1", news, stance="context")
    case.attach("C1", tmp_path / "filed.txt", stance="context")
    case.attach("C1", news, quote=JOINED, stance="context")
    case.withdraw("E6", because="twice")
    yield case
    case.close()


def looked(case, site, piece, page, times=1):
    """Look at a piece again after its page became this; the case, closed, with its events."""
    site.pages["/news"] = page
    for _ in range(times):
        case.recheck(piece, allow=[site.pair])
    case.close()
    assert audit(case.folder).findings == ()
    return attacker.documents(case.folder)


def found(case, events):
    return " ".join(each.seen for each in attacker.seen_by(case.folder, renumbered(events))[1].findings)


ALIVE, CHANGED, GONE = (200, "", ARTICLE), (200, "", LEFT), (410, "", "gone")


@pytest.mark.parametrize(
    ("page", "to", "seen"),
    [
        (ALIVE, "E2", f"says 'alive' of {JOINED!r}, E2 quotes {WORKED!r}"),
        (ALIVE, "E3", "/news' that was asked, E3 is of 'http"),
        (ALIVE, "E4", f"says 'alive' of {JOINED!r}, E4 quotes nothing"),
        (ALIVE, "E5", "/news' that was asked, E5 is of ''"),
        (ALIVE, "E6", "E6 was withdrawn before"),
        (CHANGED, "E2", f"it says 'changed', yet {WORKED!r} stands in K4"),
        (CHANGED, "E3", "/news' that was asked, E3 is of 'http"),
        (CHANGED, "E4", "says 'changed' of '蒋璐已经离职', E4 quotes nothing"),
        (GONE, "E3", "/news' that was asked, E3 is of 'http"),
        (GONE, "E5", "/news' that was asked, E5 is of ''"),
    ],
)
def test_a_look_moved_to_another_piece_of_the_claim_is_found(case, site, page, to, seen):
    events = looked(case, site, "E1", page)
    events[-1]["subject"] = to
    assert seen in found(case, events)


@pytest.mark.parametrize(
    ("page", "body", "seen"),
    [
        (ALIVE, {"outcome": "moved"}, "it says 'moved' of"),
        (
            ALIVE,
            {"outcome": "changed", "found": "今日天气"},
            f"'changed', yet {JOINED!r} stands in K4",
        ),
        (ALIVE, {"outcome": "soft404", "found": ""}, f"'soft404', yet {JOINED!r} stands in K4"),
        (ALIVE, {"found": ""}, f"says 'alive' of '', E1 quotes {JOINED!r}"),
        (CHANGED, {"outcome": "alive"}, f"says 'alive' of '蒋璐已经离职', E1 quotes {JOINED!r}"),
        (CHANGED, {"outcome": "soft404"}, "says 'soft404' of '蒋璐已经离职'"),
        (GONE, {"outcome": "unreachable"}, "it says 'unreachable', the status is 410"),
        ((500, "", "oops"), {"outcome": "gone"}, "it says 'gone', the status is 500"),
        ((302, "/other", ""), {"outcome": "alive"}, "it says 'alive' of"),
    ],
)
def test_a_look_that_tells_another_thing_of_the_page_is_found(case, site, page, body, seen):
    events = looked(case, site, "E1", page)
    events[-1]["body"] |= body
    assert seen in found(case, events)


def test_a_look_that_names_the_capture_of_an_earlier_one_is_found(case, site):
    events = looked(case, site, "E1", ALIVE, times=2)
    events[-1]["body"]["capture"] = "K4"
    assert "K4 was not captured by this look" in found(case, events)
