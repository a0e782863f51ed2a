"""A capture keeps its bytes and their text; a quotation stands in that text, word for word or as a person confirmed it."""

import pytest

from factcheck.errors import BadData, Refused
from factcheck.evidence.warc import resource

PAGE = (
    "<title>研究组</title><meta name=author content='A. Writer'><p>蒋璐 joined TikTok as research lead.</p>"
)
SILENT = (
    "<html><head><title>动态</title><script src=app.js></script></head><body><div id=app></div></body></html>"
)


@pytest.fixture
def saved(tmp_path):
    def save(text, name="page.html"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return save


def test_the_text_of_a_page_is_kept_beside_its_bytes(case, saved):
    kept = case.capture(saved(PAGE), from_url="https://example.org/team")
    assert (case.folder / kept.text.path).read_text("utf-8") == "蒋璐 joined TikTok as research lead."
    assert (kept.text.characters, kept.page.author, kept.title) == (34, "A. Writer", "研究组")
    assert kept.text.maker.startswith("html/2 ")


def test_a_text_in_utf_8_is_its_own_text(case, saved):
    kept = case.capture(saved("蒋璐转投 TikTok\n", "note.txt"))
    assert (kept.text.path, kept.text.sha256) == (kept.path, kept.sha256)


def test_words_that_do_not_stand_there_show_the_nearest_and_are_taken_when_a_person_says_so(case, saved):
    kept = case.capture(saved(PAGE))
    with pytest.raises(Refused) as refused:
        case.attach("C1", kept, quote="蒋璐 joined TikTok as a research lead", stance="supports")
    assert "蒋璐 joined TikTok as research lead" in refused.value.seen
    found = case.attach(
        "C1", kept, quote="蒋璐 joined TikTok as a research lead", nearest=True, stance="supports"
    )
    assert (found.quote, found.asked) == (
        "蒋璐 joined TikTok as research lead",
        "蒋璐 joined TikTok as a research lead",
    )
    assert found.text == kept.text.sha256


def test_a_page_of_scripts_takes_words_typed_by_hand_and_says_so(case, saved):
    kept = case.capture(saved(SILENT))
    assert kept.page.little
    with pytest.raises(Refused, match="no text to compare"):
        case.attach("C1", kept, quote="蒋璐已入职", stance="supports")
    found = case.attach("C1", kept, quote="蒋璐已入职", manual=True, stance="supports")
    assert (found.manual, found.start) == (True, -1)
    assert {each.name: each.note for each in case.audit().checks}["quotations"].startswith(
        "typed by hand: E1"
    )


def test_words_typed_by_hand_are_refused_where_the_page_has_text(case, saved):
    with pytest.raises(Refused, match="not on K1"):
        case.attach("C1", case.capture(saved(PAGE)), quote="他从未离职", manual=True, stance="refutes")


def test_a_picture_is_filed_as_a_screenshot(case, saved):
    kept = case.capture(saved(b"\x89PNG\r\n\x1a\n" + bytes(40), "seen.png"), from_url="https://example.org/")
    assert (kept.via, kept.text, kept.page.little) == ("screenshot", None, True)


def test_a_refused_quotation_of_a_file_leaves_no_bytes_behind(case, saved):
    before = sorted((case.folder / "evidence").iterdir())
    with pytest.raises(Refused, match=r"not on page\.html"):
        case.attach("C1", saved(PAGE), quote="张楠出任 CEO", stance="supports")
    assert sorted((case.folder / "evidence").iterdir()) == before


def test_the_same_words_in_a_later_capture_leave_a_verdict_standing_and_other_words_do_not(case, saved):
    found = case.attach(
        "C1", case.capture(saved(PAGE)), quote="joined TikTok as research lead", stance="supports"
    )
    case.decide("C1", "supported", because="so it says")
    later = case.capture(saved("<h1>News</h1>" + PAGE))
    case.reanchor(found.id, later.id)
    moved = case.look(found.id)
    assert (moved.capture, case.claim("C1").verdict is not None) == (later.id, True)
    case.reanchor(found.id, quote="joined TikTok")
    assert (case.claim("C1").verdict, case.claim("C1").reopened) == (None, "quotation changed")


def test_of_equal_words_on_a_changed_page_a_quotation_follows_its_own(case, saved):
    page = "<p>First the ferry was late.</p><p>Then the ferry was late again.</p>"
    kept = case.capture(saved(page.encode()))
    first = case.attach("C1", kept, quote="the ferry was late", stance="supports")
    second = case.attach("C1", kept, quote="Then the ferry was late", stance="supports")
    case.reanchor(second.id, quote="the ferry was late")
    later = case.capture(saved(("<p>the ferry was late: a report</p>" + page).encode()))

    for found in (first, second):
        case.reanchor(found.id, later.id)

    text = case.page_text(later)
    assert case.look(first.id).start == text.index("First") + 6
    assert case.look(second.id).start == text.index("Then") + 5


def test_who_stands_behind_evidence_can_be_said_and_taken_back(case):
    one = case.attach("C1", "https://example.org/a", stance="supports").id
    two = case.attach("C1", "https://example.net/b", stance="supports").id
    case.join(one, two, because="the second names the first as its source")
    case.part(one, two, because="it has a witness of its own")
    assert [each.act for each in case.claim("C1").origin_acts] == ["joined", "parted"]
    case.undo()
    assert [each.act for each in case.claim("C1").origin_acts] == ["joined"]


def test_equal_bytes_of_another_collector_agree_and_others_do_not(case, saved):
    kept = case.capture(saved(PAGE))
    case.corroborate(kept.id, collector="another desk", sha256=kept.sha256)
    case.corroborate(kept.id, collector="a third", sha256="0" * 64)
    case.corroborate(kept.id, url="https://archive.example.org/1")
    assert [each.agrees for each in case.look(kept.id).corroborated] == ["yes", "no", "unknown"]


def test_a_grade_stays_with_its_evidence_and_can_be_changed(case):
    found = case.attach("C1", "https://example.org/a", stance="supports", grade="repost").id
    case.grade(found, "primary", note="the court's own register")
    assert (case.look(found).grade, case.claim("C1").evidence[0].grade) == ("primary", "primary")
    with pytest.raises(Refused, match="graded primary already"):
        case.grade(found, "primary")


def test_a_page_is_taken_out_of_a_filed_web_archive_and_found_there_again(case, tmp_path):
    held = tmp_path / "saved.warc"
    held.write_bytes(
        resource(
            PAGE.encode(),
            url="https://example.org/team",
            media_type="text/html",
            time="2026-01-02T03:04:05.000Z",
            software="a browser",
        )
    )
    kept = case.capture(held)
    assert (kept.inside, kept.url, kept.title) == (
        "https://example.org/team",
        "https://example.org/team",
        "研究组",
    )
    assert case.attach("C1", kept, quote="joined TikTok", stance="supports").start == 3
    assert case.record(kept) == held.read_bytes()


def test_a_file_that_is_attached_twice_under_one_command_id_is_attached_once(case, saved):
    command = "018dd3a0-0000-7000-8000-000000000001"
    found = case.attach("C1", saved(PAGE), stance="supports", id=command)
    size = case.head.size
    assert case.attach("C1", saved(PAGE), stance="supports", id=command) == found
    assert (case.head.size, len(case.captures())) == (size, 1)


def test_evidence_of_a_dismissed_claim_is_not_graded(case, saved):
    found = case.attach("C1", case.capture(saved(PAGE)), stance="supports").id
    case.dismiss("C1", reason="trivial")
    with pytest.raises(Refused, match="dismissed"):
        case.grade(found, "primary")


def test_an_archive_without_the_named_page_is_refused_and_says_what_it_has(case, tmp_path):
    held = tmp_path / "saved.warc"
    held.write_bytes(
        resource(
            PAGE.encode(),
            url="https://example.org/team",
            media_type="text/html",
            time="2026-01-02T03:04:05.000Z",
            software="a browser",
        )
    )
    with pytest.raises(BadData, match=r"example\.org/team"):
        case.capture(held, from_url="https://example.org/other")


def test_a_single_file_page_says_where_it_was_saved_from(case, saved):
    comment = "<!--\n Page saved with SingleFile \n url: https://example.org/team \n saved date: Mon Feb 26 2024\n-->"
    kept = case.capture(saved(f"<html>{comment}<body><p>蒋璐 joined TikTok.</p></body></html>"))
    assert kept.url == "https://example.org/team"


def test_three_links_to_one_report_are_one_origin_until_a_person_says_otherwise(case, saved):
    report = "".join(
        f"<p>第 {n} 段：字节跳动周二表示，负责视频生成研究的蒋璐已经入职，他此前在另一家公司带领二十人的团队工作了三年。</p>"
        for n in ("一", "二", "三", "四", "五")
    )
    pieces = [
        case.attach(
            "C1",
            case.capture(saved(f"<title>{n}</title>{report}", f"{n}.html"), from_url=f"https://{n}.example/"),
            stance="supports",
        ).id
        for n in ("one", "two", "three")
    ]
    assert case.claim("C1").origins == 1
    assert {tie.why for each in case.claim("C1").behind for tie in each.ties} == {"text"}
    case.part(pieces[0], pieces[2], because="the third spoke to the company itself")
    assert case.claim("C1").origins == 2


def test_a_policy_of_two_origins_counts_origins_and_not_links(case):
    case.set_policy("min_origins", 2)
    case.attach("C1", "https://news.example.org/a", stance="supports")
    case.attach("C1", "https://www.example.org/b", stance="supports")
    with pytest.raises(Refused, match="origin"):
        case.decide("C1", "supported", because="two links")
    case.attach("C1", "https://example.net/c", stance="supports")
    case.decide("C1", "supported", because="two origins")


def test_a_link_leads_to_the_very_words_and_a_bare_link_has_none(case, saved):
    page = case.capture(saved(PAGE), from_url="https://example.org/team")
    quoted = case.attach("C1", page, quote="joined TikTok", stance="supports")
    assert case.link_to(quoted) == "https://example.org/team#:~:text=joined%20TikTok"
    assert case.link_to(case.attach("C1", "https://example.net/", quote="joined", stance="supports")) == ""


def test_whatever_a_page_says_of_itself_the_audit_stays_calm(case, saved):
    hostile = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202eTikTok\u2066\u200b"
    head = f"<title>{hostile}</title><meta name=author content='{hostile}'><meta name=copyright content='{hostile}'>"
    page = case.capture(saved(f"{head}<p>蒋璐{hostile}转投 TikTok。</p>"), from_url="https://example.org/")
    case.attach("C1", page, quote=f"蒋璐{hostile}转投", stance="supports")
    assert case.audit().findings == ()
