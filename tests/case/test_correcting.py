"""After publication: nothing that was published changes without a word, and every change is told on top of what comes later."""

import pytest

from factcheck.case import Case
from factcheck.errors import Conflict, NotFound, Refused, Usage
from factcheck.export import Scope, verify

TALK = "最近蒋璐转投 TikTok。\n张楠辞去抖音 CEO 职务。\n"


@pytest.fixture
def case(tmp_path):
    (tmp_path / "meeting.txt").write_text(TALK, "utf-8")
    case = Case.create(tmp_path / "case", "reviewer-1", name="call", lang="en")
    case.ingest(tmp_path / "meeting.txt")
    for claim in ("C1", "C2"):
        judge(case, claim, "not_enough_evidence")
    case.export()
    yield case
    assert case.audit().findings == ()
    case.close()


def judge(case, claim, rating, because=""):
    case.decide(claim, rating, because=because)
    case.confirm(claim, by="reviewer-2")


def anew(case, claim, rating):
    case.reopen(claim, because="new facts")
    judge(case, claim, rating)


def report(case):
    return case.preview("markdown", lang="en", draft=False)


def codes(case):
    return [(each.code, each.claim, each.person) for each in case.gates()]


def test_a_published_verdict_cannot_be_published_otherwise_without_a_correction(case):
    anew(case, "C1", "source_unclear")
    assert codes(case) == [("uncorrected", "C1", "X1")]
    with pytest.raises(Refused) as refused:
        case.export()
    assert refused.value.remedy == "factcheck correct C1 --kind verdict --because TEXT"
    case.correct("C1", kind="verdict", because="The recording is unclear.")
    assert codes(case) == []
    case.export()
    assert case.claim("C1").state == "published"


def test_another_rating_takes_a_correction_of_the_verdict_and_not_a_slip_of_the_pen(case):
    anew(case, "C1", "source_unclear")
    case.correct("C1", kind="typo", because="a slip")
    assert codes(case) == [("uncorrected", "C1", "X1")]


def test_the_same_rating_with_other_reasons_takes_any_correction(case):
    anew(case, "C1", "not_enough_evidence")
    assert codes(case) == [("uncorrected", "C1", "X1")]
    case.correct("C1", kind="update", because="Looked again.")
    assert codes(case) == []


def test_a_verdict_said_to_be_wrong_while_it_stands_goes_back_to_be_judged(case):
    case.correct("C1", kind="verdict", because="We misread the page.")
    claim = case.claim("C1")
    assert (claim.state, claim.verdict, claim.reopened) == ("accepted", None, "We misread the page.")
    judge(case, "C1", "source_unclear")
    text = report(case)
    assert "Verdict changed: X1 had said ? Not enough evidence, now ≈ Source unclear." in text
    case.export()


def test_a_withdrawn_claim_is_told_of_and_its_verdict_given_no_more(case):
    case.correct("C1", kind="void", because="It was not about him.")
    text = report(case)
    assert case.claim("C1").state == "voided"
    assert "Withdrawn. X1 had said ? Not enough evidence; that holds no more." in text
    assert "### C1" not in text
    assert "1 of 2 claims exported, 1 withheld." in text
    assert "1 withdrawn after publication" in text
    case.reopen("C1", because="It was, after all.")
    assert case.claim("C1").state == "accepted"


def test_the_note_stands_above_everything_that_was_found_and_in_the_article(case):
    case.correct("C2", kind="fact", because="It was in *February*.")
    assert case.claim("C2").state == "corrected"
    text = report(case)
    note = "A fact in our text was wrong; the verdict in X1 was ? Not enough evidence."
    assert text.count(note) == 2
    assert text.index("## Corrections") < text.index("## Verdicts")
    assert "It was in \\*February\\*." in text
    case.export()
    assert case.claim("C2").state == "published"
    assert note in report(case)


def test_an_earlier_export_stays_as_it_was_and_can_still_be_verified(case):
    before = {path.name: path.read_bytes() for path in (case.folder / "exports" / "X1").iterdir()}
    case.correct("C1", kind="update", because="Looked again.")
    case.export()
    assert {path.name: path.read_bytes() for path in (case.folder / "exports" / "X1").iterdir()} == before
    assert verify(case.folder / "exports" / "X1") == ()
    report = case.folder / "exports" / "X1" / "report.md"
    kept = report.read_bytes()
    report.write_bytes(kept.replace(b"call", b"cell", 1))
    assert "exports/X1/report.md" in {each.where for each in case.audit().findings}
    report.write_bytes(kept)


def test_verdicts_that_changed_since_a_receipt_an_export_or_their_publication_are_listed(case):
    receipt = case.receipt()
    anew(case, "C1", "source_unclear")
    for since in ("", "X1", receipt):
        (found,) = case.revised(since)
        assert (found.claim.id, found.noted) == ("C1", False)
        assert (found.before.rating, found.after.rating) == ("not_enough_evidence", "source_unclear")
    case.correct("C1", kind="verdict", because="unclear")
    assert [each.noted for each in case.revised()] == [True]
    assert [(claim.id, str(each.kind)) for claim, each in case.corrections()] == [("C1", "verdict")]


def test_a_published_claim_does_not_vanish_without_a_word(case):
    case.reopen("C1", because="not ours")
    case.dismiss("C1", reason="out_of_scope")
    case.reopen("C2", because="the same")
    other = case.add("S1", "抖音 CEO").id
    case.merge(other, "C2")
    judge(case, other, "not_checkable")
    assert codes(case) == [("unpublished", "C1", "X1"), ("unpublished", "C2", "X1")]
    case.correct("C1", "C2", kind="void", because="It was not ours to judge.")
    assert [case.claim(each).state for each in ("C1", "C2")] == ["dismissed", "merged"]
    assert codes(case) == []
    assert report(case).count("It was not ours to judge.") == 2


def test_a_receipt_of_another_ledger_or_of_another_history_is_refused(case):
    origin, size, root = case.receipt().splitlines()
    with pytest.raises(Refused):
        case.revised(f"elsewhere\n{size}\n{root}\n")
    for other in (f"{int(size) + 1}\n{root}", f"{int(size) - 1}\n{root}", f"0\n{root}"):
        with pytest.raises(Conflict):
            case.revised(f"{origin}\n{other}\n")
    with pytest.raises(NotFound):
        case.revised("X9")


def test_what_was_never_published_cannot_be_corrected_nor_the_same_be_said_twice(case, tmp_path):
    other = case.add("S1", "抖音 CEO").id
    with pytest.raises(Refused):
        case.correct(other, kind="fact", because="hm")
    case.dismiss(other, reason="duplicate")
    case.correct("C1", kind="fact", because="hm")
    with pytest.raises(Refused):
        case.correct("C1", kind="fact", because="hm")
    for kind, because in (("colour", "hm"), ("fact", "  ")):
        with pytest.raises(Usage):
            case.correct("C2", kind=kind, because=because)


def test_a_correction_can_be_taken_back_until_it_is_published(case):
    case.correct("C1", kind="void", because="hm")
    case.undo("C1")
    assert (case.claim("C1").state, case.claim("C1").corrections) == ("published", ())
    case.correct("C1", kind="fact", because="hm")
    case.export()
    with pytest.raises(Refused):
        case.undo("C1")


def test_with_members_corrections_are_the_leads(case):
    case.add_member("lead-1", "lead")
    case.add_member("reviewer-1", "reviewer", by="lead-1")
    with pytest.raises(Refused):
        case.correct("C1", kind="fact", because="hm")
    case.correct("C1", kind="fact", because="hm", by="lead-1")


def test_a_correction_does_not_stand_in_for_the_second_person(case):
    case.reopen("C1", because="new facts")
    case.decide("C1", "source_unclear")
    case.correct("C1", kind="verdict", because="unclear")
    assert [code for code, *_ in codes(case)] == ["second_signature_missing"]


def test_a_selection_asks_only_for_its_own_claims(case):
    anew(case, "C1", "source_unclear")
    assert case.gates(Scope(claims=("C2",))) == ()
