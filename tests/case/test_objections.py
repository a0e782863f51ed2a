"""What speaks against a verdict: one list for the screen, the command, the export and the audit."""

import pytest

from factcheck.case.verdicts import More
from factcheck.errors import Refused
from factcheck.model import Part, PartRole

LINK = "https://example.org/statement"


@pytest.fixture
def backed(case):
    """C1 with a quoted link that supports it."""
    case.attach("C1", LINK, stance="supports", quote="joined as research lead")
    return case


def codes(case, claim="C1", rating="supported", because="So it says.", **more):
    return [each.code for each in case.objections(claim, rating, because=because, more=More(**more))]


def cost(case):
    return next(each.id for each in case.claims() if "billion" in each.statement)


def test_a_verdict_that_refutes_quotes_what_says_so(case):
    case.attach("C1", LINK, stance="refutes")
    assert codes(case, rating="refuted") == ["no_quotation"]
    assert "no_quotation" not in codes(case, rating="misleading")
    with pytest.raises(Refused, match="without a quotation"):
        case.decide("C1", "mostly_refuted", because="No.")
    case.attach("C1", f"{LINK}/2", stance="refutes", quote="never worked here")
    case.decide("C1", "refuted", because="No.")


def test_a_time_on_an_unknown_date_is_remarked_until_somebody_knows_the_day(case):
    two = next(each.id for each in case.claims() if "张楠" in each.statement)
    case.attach(two, LINK, stance="supports", quote="stepped down")
    assert codes(case, two) == ["undated"]
    assert codes(case, two, as_of="2024-02-07") == []
    case.date("S1", "2024-02-26")
    assert codes(case, two) == []


def test_a_figure_without_a_unit_is_remarked_until_the_wording_has_one(case):
    claim = cost(case)
    case.retype(claim, "quantity")
    case.reword(claim, "The model has 30.")
    case.attach(claim, LINK, stance="supports", quote="thirty")
    assert codes(case, claim) == ["no_unit"]
    case.reword(claim, "The model has 30 layers.")
    assert codes(case, claim) == []


def test_remarks_are_only_said_and_keep_a_verdict_back_where_the_desk_is_strict(case):
    two = next(each.id for each in case.claims() if "张楠" in each.statement)
    case.attach(two, LINK, stance="supports", quote="stepped down")
    case.decide(two, "supported", because="So it says.")
    assert "undated" in [each.code for each in case.against(case.claim(two))]
    case.confirm(two, by="reviewer-2")
    assert case.gates() == ()
    case.set_policy("strict", "on")
    assert [each.code for each in case.gates()] == ["undated"]
    case.reopen(two)
    with pytest.raises(Refused, match="which day"):
        case.decide(two, "supported", because="So it says.")
    case.decide(two, "supported", because="So it says.", more=More(as_of="2024-02-01..2024-02-07"))


def test_where_policy_wants_captures_a_bare_link_is_not_enough(backed, tmp_path):
    backed.set_policy("captures", "on")
    with pytest.raises(Refused, match="E1, which was not captured"):
        backed.decide("C1", "supported", because="So it says.")
    page = tmp_path / "page.txt"
    page.write_text("He joined as research lead.\n", "utf-8")
    held = backed.attach("C1", page, quote="joined as research lead", stance="supports")
    backed.decide("C1", "supported", because="So it says.", evidence=[held.id])


def test_what_was_enough_when_it_was_recorded_is_asked_again_at_an_export(backed):
    backed.decide("C1", "supported", because="So it says.")
    backed.confirm("C1", by="reviewer-2")
    assert backed.gates() == ()
    backed.set_policy("min_origins", 2)
    assert [(each.code, each.number) for each in backed.gates()] == [("too_few_origins", 2)]
    with pytest.raises(Refused, match="2 origins"):
        backed.export()
    backed.attach("C1", "https://example.net/other", stance="supports", quote="he joined")
    assert [each.code for each in backed.gates()] == ["too_few_origins"]
    backed.reopen("C1")
    backed.decide("C1", "supported", because="Both say so.")
    backed.confirm("C1", by="reviewer-2")
    assert backed.export().new


def test_under_blind_review_a_gate_tells_nothing_of_a_verdict_that_waits(backed):
    backed.decide("C1", "supported", because="So it says.")
    backed.set_policy("min_origins", 2)
    assert [each.code for each in backed.gates()] == ["second_signature_missing", "too_few_origins"]
    assert backed.way_out(backed.gates()[0]).startswith("factcheck confirm C1")
    backed.set_policy("blind", "on")
    assert [each.code for each in backed.gates()] == ["second_signature_missing"]
    assert backed.way_out(backed.gates()[0]).startswith("factcheck decide C1")


def test_evidence_that_came_after_the_verdict_is_remarked(backed):
    backed.decide("C1", "supported", because="So it says.")
    backed.attach("C1", f"{LINK}/denial", stance="refutes", quote="never joined")
    said = [(each.code, each.person) for each in backed.against(backed.claim("C1"))]
    assert ("evidence_since", "E2") in said


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"parts": (Part(PartRole.PERSON, "Nobody", "supported"),)}, "no_part"),
        ({"parts": (Part(PartRole.PERSON, "蒋璐", "maybe"),)}, "no_such_rating"),
        ({"parts": (Part(PartRole.PERSON, "蒋璐", "supported"),) * 2}, "part_twice"),
        ({"as_of": "last year"}, "no_day"),
        ({"as_of": "2024-03-01..2024-02-01"}, "no_day"),
        ({"basis": "stated"}, "no_opinion"),
    ],
)
def test_what_a_verdict_says_beyond_its_rating_is_held_to_the_claim(backed, more, code):
    assert code in codes(backed, **more)
    before = backed.head.size
    with pytest.raises(Refused):
        backed.decide("C1", "supported", because="So it says.", more=More(**more))
    assert backed.head.size == before


def test_parts_of_a_claim_have_findings_of_their_own(backed):
    parts = (
        Part(PartRole.PERSON, "蒋璐", "1"),
        Part(PartRole.DESTINATION, "TikTok", "misleading", "its parent company"),
    )
    backed.decide("C1", "mostly_supported", because="So it says.", more=More(parts, omitted="the team"))
    verdict = backed.claim("C1").verdict
    assert [(each.words, each.rating) for each in verdict.parts] == [
        ("蒋璐", "supported"),
        ("TikTok", "misleading"),
    ]
    assert verdict.omitted == "the team"
    backed.confirm("C1", by="reviewer-2")
    report = (backed.export(lang="en").folder / "report.md").read_text("utf-8")
    assert "destination “TikTok”: ◑ Misleading: its parent company" in report
    assert "What it leaves out: the team" in report


def test_opinions_note_their_basis_and_are_counted_neither_true_nor_false(backed):
    backed.retype("C1", "opinion")
    backed.decide("C1", "supported", because="So it says.", more=More(basis="stated"))
    backed.decide("C2", "not_checkable")
    assert backed.status()["counts_by_verdict"] == {"not_checkable": 1}
    assert backed.opinions() == {"stated": 1, "not_stated": 0, "not_said": 0}
    backed.confirm("C1", by="reviewer-2")
    backed.confirm("C2", by="reviewer-2")
    report = (backed.export(lang="en").folder / "report.md").read_text("utf-8")
    assert "It says what it rests on." in report
    assert "- ✔ Supported: 1" not in report
