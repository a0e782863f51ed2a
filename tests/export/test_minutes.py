"""The corrected summary: every point of the source's own, each with what was found or a word that nothing was."""

from dataclasses import replace

import pytest
from headline import ROOT, Desk, headline
from selectolax.lexbor import LexborHTMLParser

from factcheck.case import Case
from factcheck.export import FORMATS, Scope
from factcheck.export.minutes import points

MEETING = """1. Money:
- Acme made 30 million in 2023.
- Costs fell by half,

which nobody expected
- Acme has 400 people
2. Plans:
(1) Beta will be bought. (2) is no point.
All in all a good year.

Minutes
We made 13 million in 2023, not more. Costs fell a little.
"""


def full(desk, **more):
    return desk.summary(in_full=True, **more)


def files(summary):
    return {name: data.decode("utf-8") for name, data in FORMATS["summary"].write(summary).items()}


@pytest.fixture
def desk():
    desk = Desk(MEETING, title="Call")
    end, minutes = MEETING.index("Minutes"), MEETING.index("We made")
    two = MEETING.index("2. Plans")
    desk.suggest(
        ("Acme made 30 million in 2023", "Acme made 30 million in 2023.", "financial", {}),
        ("Costs fell by half", "Acme's costs fell by half.", "financial", {}),
        ("Acme has 400 people", "Acme has 400 people.", "quantity", {}),
        ("We made 13 million in 2023", "Acme made 13 million in 2023.", "financial", {}),
        regions=(
            (0, 9, "heading"),
            (10, two, "summary"),
            (two, two + 9, "heading"),
            (two + 10, end, "summary"),
            (end, minutes, "heading"),
            (minutes, len(MEETING), "transcript"),
        ),
    )
    desk.accept("C1", "C2", "C4")
    desk.act("claim.related", "C1", also=("C4",), relation="contradicts", other="C4", why="the minutes")
    for number, (claim, rating) in enumerate((("C1", "refuted"), ("C4", "supported")), start=1):
        desk.attach(claim, number, url="https://example.org/report", quote="13 million", stance="context")
        desk.decide(claim, rating, f"The report says 13 million ({claim}).", [f"E{number}"])
        desk.confirm(claim)
    return desk


def test_every_point_appears_in_order_and_a_broken_line_goes_on(desk):
    found = points(full(desk))
    assert [MEETING[each.start : each.end] for each in found] == [
        "- Acme made 30 million in 2023.",
        "- Costs fell by half,\n\nwhich nobody expected",
        "- Acme has 400 people",
        "(1) Beta will be bought. (2) is no point.",
        "All in all a good year.",
    ]
    assert [each.heading for each in found] == ["1. Money:"] * 3 + ["2. Plans:"] * 2


def test_no_point_is_without_a_word_on_whether_it_was_checked(desk):
    assert [each.said for each in points(full(desk))] == [
        "found",
        "waiting",
        "untriaged",
        "nothing",
        "nothing",
    ]
    tree = LexborHTMLParser(files(full(desk, lang="en"))["summary.html"])
    assert [each.css_first("li").text().strip() != "" for each in tree.css(".bullet")] == [True] * 5


def test_words_that_are_wrong_are_struck_and_ours_stand_beneath_with_what_the_talk_says(desk):
    made = files(full(desk, lang="en"))
    first = LexborHTMLParser(made["summary.html"]).css_first(".bullet")
    assert first.css_first("del").text() == "Acme made 30 million in 2023"
    assert [each.text() for each in first.css(".badge")] == ["✘ Refuted", "✔ Supported"]
    assert "The report says 13 million (C1)." in first.text()
    assert "contradicts C4" in " ".join(first.text().split())
    assert "~~Acme made 30 million in 2023~~[^C1]" in made["summary.md"]
    assert "- **✘ Refuted** C1 · Acme made 30 million in 2023" in made["summary.md"]


def test_a_proposed_tie_tells_nothing(desk):
    desk.act("claim.unrelated", "C1", also=("C4",), relation="contradicts", other="C4")
    assert [each.entry.id for each in points(full(desk))[0].findings] == ["C1"]


def test_the_point_of_the_bundled_case_about_jiang_lu_shows_raw_words_reading_verdict_and_footnote(tmp_path):
    case = Case.open(ROOT)
    text = case.preview("summary", draft=False, lang="zh")
    case.close()
    tree = LexborHTMLParser(text)
    (point,) = [each for each in tree.css(".bullet") if "蒋璐" in each.css_first(".words").text()]
    assert "蒋璐⟦蒋路⟧加入 TikTok" in point.css_first(".words").text()
    assert point.css_first(".words .at a").attributes["href"] == "#note-C37"
    assert point.css_first("li .badge").text() == "◕ 基本属实"
    assert "转投 TikTok" in tree.css_first("#note-C37").text()
    assert len(tree.css(".bullet")) == 16


def test_a_source_without_a_summary_says_so():
    desk = Desk("甲公司有三十人。")
    desk.suggest(("甲公司有三十人", "甲公司有 30 人。", "quantity", {}))
    assert "这份材料没有自己的摘要" in files(full(desk))["summary.html"]


def test_it_says_that_it_bears_no_witness_besides_the_talk_and_a_draft_says_that_it_is_one(desk):
    for text in files(full(desk, lang="en", draft=True)).values():
        assert "bears no witness besides it" in text
        assert text.count("DRAFT") >= 3


def test_a_verdict_that_is_not_final_is_not_told():
    desk = headline()
    desk.act("claim.reopened", "C1", because="again")
    desk.decide("C1", "refuted", "SENTINEL", ["E1"])
    summary = full(desk)
    assert all(each.entry.id != "C1" for point in points(summary) for each in point.findings)
    assert "SENTINEL" not in files(replace(summary, lang="en"))["summary.html"]
    assert points(full(desk, scope=Scope(claims=("C2",)))) is not None


def test_a_point_about_which_a_selection_says_nothing_is_not_said_to_claim_nothing():
    text = files(full(headline(), lang="en", scope=Scope(claims=("C2",))))["summary.html"]
    assert ("No claim of this selection is in this point." in text, "no claim of this point" in text) == (
        True,
        False,
    )
