"""Page one: what the lead says, what was withheld, how much was looked at, what is weak, and what would change a verdict."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from headline import Desk, headline

from factcheck.events import Head, clock_of, new_id
from factcheck.export import RENDERER, UNCHANGED, Scope, gates, remarks, render, summarise
from factcheck.export.pages import wording
from factcheck.export.passages import Covered
from factcheck.export.words import changes, findings, looked_at, vouched
from factcheck.model import Template

TEXT = "甲公司有三十人。\n广告：买一送一。\n乙说会涨。丙没有说。"


def report(summary, format="markdown"):
    return next(
        data for name, data in render(summary, [format]).items() if name.startswith("report")
    ).decode()


def refs(summary, code):
    return next((each.refs for each in summary.caveats if each.code == code), ())


@pytest.fixture
def desk():
    desk = Desk(TEXT)
    desk.suggest(
        ("甲公司有三十人", "甲公司有 30 人。", "quantity", {}),
        ("乙说会涨", "会涨。", "prediction", {}),
        regions=((0, 9, "transcript"), (9, 18, "advertisement"), (18, len(TEXT), "transcript")),
    )
    desk.accept("C1")
    desk.capture(1, "https://example.org/staff", "三十人")
    desk.attach("C1", 1, capture="K1", quote="三十人", url="https://example.org/staff")
    desk.decide("C1", "supported", "年报如此。", ["E1"])
    desk.confirm("C1")
    return desk


def test_every_character_that_a_reader_can_see_is_counted_once(desk):
    found = desk.summary().coverage
    seen = sum(not letter.isspace() for letter in TEXT)
    assert found == (Covered("S1", silent=6 + 1, aside=8, untriaged=4, open=0, judged=7),)
    assert sum((found[0].silent, found[0].aside, found[0].untriaged, found[0].open, found[0].judged)) == seen


@pytest.mark.parametrize(
    ("part", "said"),
    [(0, "0 %"), (1, "< 1 %"), (500, "50 %"), (999, "> 99 %"), (1000, "100 %")],
)
def test_little_is_not_called_nothing_and_nearly_all_not_everything(part, said):
    covered = Covered("S1", silent=1000 - part, aside=0, untriaged=0, open=0, judged=part)
    assert f"{said} lie in claims" in looked_at(covered, wording("en"))


def test_the_foreword_stands_before_the_findings_in_the_name_of_the_lead(desk):
    desk.act("foreword.written", "case", by="lead-1", text="我们看了什么。\n*Not* what we think.")
    text = report(desk.summary(lang="en"))
    assert "我们看了什么。\n\n\\*Not\\* what we think.\n\nlead-1, 2025-03-01" in text
    assert text.index("我们看了什么") < text.index("## Verdicts")


def test_who_publishes_and_how_mistakes_are_set_right_is_said_or_said_to_be_missing(desk):
    assert "Nobody has said who publishes this. No corrections policy is stated." in report(
        desk.summary(lang="en")
    )
    desk.act(
        "publisher.named",
        "case",
        name="Our desk",
        url="https://desk.example.org",
        address="",
        corrections="Write to us.",
    )
    assert "Published by Our desk. Mistakes are set right: Write to us." in report(desk.summary(lang="en"))


def test_a_finding_is_what_the_verdict_relies_on_and_what_holds_of_each_part(desk):
    assert findings(desk.summary(lang="en").entry("C1"), wording("en")) == ["[1] supports: “三十人”"]


def test_the_verdict_stands_behind_a_therefore_with_its_reason(desk):
    text = report(desk.summary(lang="en"))
    assert "1. \\[1\\] supports: “三十人”\n\n**Therefore: ✔ Supported** – 年报如此。" in text


def test_what_would_change_a_verdict_is_said_by_its_author_or_said_to_be_missing(desk):
    assert "Nobody has said what would change it." in report(desk.summary(lang="en"))
    desk.act("claim.reopened", "C1", because="again")
    desk.decide("C1", "supported", "He says so.", ["E1"], would_change="A page that says otherwise.")
    desk.confirm("C1")
    assert changes(desk.summary().entry("C1"), wording("en")) == ["A page that says otherwise."]


def test_what_a_calculation_needs_would_change_the_verdict_that_hangs_on_it():
    found = changes(headline().summary().entry("C3"), wording("en"))
    assert found[0] == "whether it is so: GPT-4 每次推理约 1.29e10 个参数，而无人给出这个数"


def test_who_judged_on_evidence_of_their_own_is_an_exception(desk):
    assert refs(desk.summary(), "own_evidence") == ("C1",)
    other = Desk(TEXT)
    other.suggest(("甲公司有三十人", "甲公司有 30 人。", "quantity", {}))
    other.accept("C1")
    other.attach("C1", 1, url="https://example.org/staff", quote="三十人", by="reviewer-3")
    other.decide("C1", "supported", "年报如此。", ["E1"])
    other.confirm("C1")
    assert refs(other.summary(), "own_evidence") == ()


def test_a_name_without_a_signature_is_an_exception_and_stands_beside_the_verdict(desk):
    summary = desk.summary(lang="en")
    assert refs(summary, "unsigned") == ("C1",)
    assert vouched(summary.entry("C1"), wording("en")) == "unsigned: typed in"
    signed = replace(summary.entry("C1"), trust=("signed", "second_signed", "witnessed"))
    assert vouched(signed, wording("en")) == (
        "signed by whoever judged and by the second person, a checkpoint of it is kept elsewhere"
    )


def test_a_claim_that_was_taken_up_again_is_an_exception(desk):
    assert refs(desk.summary(), "reopened") == ()
    desk.act("claim.reopened", "C1", because="new facts")
    desk.decide("C1", "supported", "年报仍如此。", ["E1"])
    desk.confirm("C1")
    assert refs(desk.summary(), "reopened") == ("C1",)


def test_an_act_whose_clock_said_something_else_is_an_exception():
    read = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
    assert clock_of(new_id(read)) == read
    assert clock_of("not-an-id") is None
    assert refs(headline().summary(), "clock") != ()  # all ids of this desk were made in one moment


def test_many_places_of_an_exception_are_counted_and_the_lines_have_them_all(desk):
    summary = desk.summary(lang="en")
    many = tuple(f"C{n}" for n in range(1, 31))
    thirty = replace(summary, caveats=(replace(summary.caveats[0], refs=many),))
    assert "C19, C20 and 10 more (claims.jsonl lists them)" in report(thirty, "html")


def test_a_template_orders_and_leaves_out_but_never_what_was_not_checked():
    desk = headline()
    plain = desk.summary(lang="en")
    look = Template(
        "weekly", 1, {"zh": "", "en": "Weekly check"}, {"zh": "", "en": "Write to us."}, "verdict",
        ("context", "calculations", "ties", "history", "questions", "notes"), "#7a1f1f", "Letter",
    )  # fmt: skip
    made = replace(plain, template=look)
    html, text = report(made, "html"), report(made)
    assert "--link: #7a1f1f" in html
    assert "size: Letter" in html
    for page in (html, text):
        assert "Weekly check" in page
        assert "Write to us." in page
        assert "History" not in page
        for kept in ("exported", "Withheld", "Exceptions", "What this does not prove", "What would change"):
            assert kept in page


def test_the_worst_verdict_stands_first_where_a_template_wants_it():
    desk = headline()
    desk.act("template.adopted", "case", by="lead-1", id="worst", version=1, order="verdict")
    values = [each.ruling.value or 9 for each in desk.summary().claims]
    assert values == sorted(values)
    assert [each.id for each in headline().summary().claims] == ["C1", "C2", "C3", "C4"]


def test_the_sources_are_in_a_summary_only_where_a_format_shows_them(desk):
    assert desk.summary().texts == ()
    head = Head(size=1, root="0" * 64)
    full = summarise(
        desk.state,
        head,
        "2025-03-01T09:00:00.000Z",
        scope=Scope(),
        lang="zh",
        draft=False,
        texts=lambda _: TEXT,
        in_full=True,
    )
    assert full.texts[0].text == TEXT
    assert [(each.claim, each.stands) for each in full.texts[0].marks] == [
        ("C1", "shown"),
        ("C2", "untriaged"),
    ]


def codes(found):
    return [(each.code, each.person) for each in found]


def test_what_is_weak_and_keeps_nothing_back_is_said_beside_the_gates(desk):
    texts = lambda _: TEXT  # noqa: E731
    assert codes(gates(desk.state, Scope(), texts)) == []
    assert codes(remarks(desk.state, Scope(), texts)) == [("one_origin", "")]
    desk.act("claim.reopened", "C1", because="again")
    desk.attach("C1", 2, url="https://example.net/report", quote="三十人")
    desk.decide("C1", "supported", "年报如此。", ["E1", "E2"])
    desk.confirm("C1")
    assert codes(remarks(desk.state, Scope(), texts)) == [("bare_evidence", "E2")]


def test_what_the_policy_demands_is_no_remark_but_keeps_back():
    desk = Desk(TEXT, captures=True)
    desk.suggest(("甲公司有三十人", "甲公司有 30 人。", "quantity", {}))
    desk.accept("C1")
    desk.attach("C1", 1, url="https://example.org/staff", quote="三十人")
    desk.decide("C1", "supported", "年报如此。", ["E1"])
    desk.confirm("C1")
    assert codes(gates(desk.state, Scope(), lambda _: TEXT)) == [("not_captured", "E1")]
    assert remarks(desk.state, Scope(), lambda _: TEXT) == ()


@pytest.mark.parametrize(
    ("lang", "begins", "outside"),
    [
        ("en", "S1 as a whole", "in suggestions that nobody has triaged"),
        ("zh", "S1 全文", "属于无人初筛的建议"),
    ],
)
def test_what_lies_outside_of_a_selection_is_not_called_silent(desk, lang, begins, outside):
    chosen = desk.summary(lang=lang, scope=Scope(claims=("C1",)))
    assert desk.summary().coverage == chosen.coverage
    assert any(begins in line and outside in line for line in report(chosen).splitlines())
    assert begins not in report(desk.summary(lang=lang))
    other = desk.summary(lang=lang, scope=Scope(claims=("C2",)))
    assert (other.coverage[0].judged, other.coverage[0].untriaged) == (7, 4)


def test_only_what_is_written_otherwise_than_before_bears_the_newer_name(desk):
    whole, chosen = desk.summary(), desk.summary(scope=Scope(claims=("C1",)))
    assert (whole.renderer, chosen.renderer) == (UNCHANGED, RENDERER)
    assert (whole.rendered_by, chosen.rendered_by) == (whole.renderer, chosen.renderer)
