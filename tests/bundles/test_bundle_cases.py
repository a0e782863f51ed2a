"""Bundles of cases that are not simple: merged and split claims, newer versions, documents that are no text, keys that were revoked."""

import json

import outsiders
import published
import pytest

from factcheck.audit import audit
from factcheck.case import Case
from factcheck.events import Event
from factcheck.export import Scope
from factcheck.export.chosen import relatives
from factcheck.signing.making import sign

needed = pytest.mark.skipif(
    bool(outsiders.MISSING), reason=f"an outsider's tools are not here: {', '.join(outsiders.MISSING)}"
)
PAGE = "<html><body><h1>会议</h1><p>蒋璐转投 TikTok，负责 AI 视频。</p><p>The model costs 3 billion dollars.</p></body></html>"


def lines(bag):
    return [json.loads(line) for line in (bag / "data/log/events.jsonl").read_bytes().splitlines()]


def checked(bag, tmp_path):
    """All that outsiders and the audit find wrong."""
    assert audit(bag).findings == ()
    assert outsiders.by_python(bag)[0] == 0
    if not outsiders.MISSING:
        assert [status for status, _ in outsiders.by_hand(bag, outsiders.tools(tmp_path / "tools"))] == [
            0
        ] * 8


def decided(case, *claims):
    for claim in claims:
        case.decide(claim, "not_enough_evidence")
        case.confirm(claim, by="reviewer-2")


def test_what_was_merged_in_comes_along_and_other_claims_do_not(case, tmp_path):
    first, second, third = (each.id for each in case.claims()[:3])
    case.merge(first, second)
    case.relate(first, third, "depends_on")
    decided(case, first, third)
    case.export("bundle", scope=Scope((first,)), to=tmp_path / "out")
    bag = tmp_path / "out/bundle"
    found = {(each["kind"], each["subject"]) for each in lines(bag)}
    assert ("claim.merged", first) in found
    assert ("claim.related", first) in found
    assert ("verdict.recorded", third) not in found
    checked(bag, tmp_path)


def test_relatives_are_followed_back_through_merges_and_splits(case):
    first, second, third = (each.id for each in case.claims()[:3])
    case.merge(second, third)
    case.merge(first, second)
    new = case.split(first, "another statement", mentions=[1])[0].body.new
    events = sorted(case.events(), key=lambda each: each.seq)
    assert isinstance(events[0], Event)
    assert relatives(events, [new]) == {new, first, second, third}
    assert relatives(events, [third]) == {third}


def test_the_text_of_a_document_is_beside_the_document(tmp_path):
    case = Case.create(tmp_path / "case", "reviewer-1", name="a page", solo=True)
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    case.ingest(tmp_path / "page.html")
    case.decide(case.claims()[0].id, "not_enough_evidence")
    case.export("bundle", to=tmp_path / "out")
    bag = tmp_path / "out/bundle"
    assert (bag / "data/sources/S1.html").read_text("utf-8") == PAGE
    assert "蒋璐转投 TikTok" in (bag / "data/texts/S1.txt").read_text("utf-8")
    assert "<p>" not in (bag / "data/texts/S1.txt").read_text("utf-8")
    checked(bag, tmp_path)
    case.close()


def test_a_newer_version_of_a_source(case, tmp_path):
    old = (tmp_path / "meeting.txt").read_text("utf-8")
    (tmp_path / "newer.txt").write_text("校订\n" + old, "utf-8")
    first = case.claims()[0].id
    case.accept(first)
    case.ingest(tmp_path / "newer.txt", replaces="S1")
    decided(case, first)
    for scope in (Scope(), Scope((first,))):
        case.export("bundle", scope=scope, to=tmp_path / ("part" if scope.claims else "all"))
    for name in ("all", "part"):
        bag = tmp_path / name / "bundle"
        assert {path.name for path in (bag / "data/texts").iterdir()} == {"S1.txt", "S2.txt"}
        (tmp_path / f"tools-{name}").mkdir()
        checked(bag, tmp_path / f"tools-{name}")


@needed
def test_what_a_key_signed_before_it_was_revoked_still_holds(tmp_path):
    named = dict(published.keys(tmp_path))
    case = Case.create(
        tmp_path / "case",
        "lead-1",
        name="keys",
        solo=True,
        sign=lambda message: sign(message, named[json.loads(message)["by"]]),
    )
    for name, file in named.items():
        case.add_signer(name, file.with_suffix(".pub").read_text("utf-8"), by="lead-1")
    (tmp_path / "meeting.txt").write_text(published.SAID, "utf-8")
    case.ingest(tmp_path / "meeting.txt", by="reviewer (二)")
    case.revoke_signer("reviewer (二)", by="lead-1")
    case.decide(case.claims()[0].id, "not_enough_evidence", by="lead-1")
    case.export("bundle", to=tmp_path / "out", by="lead-1")
    bag = tmp_path / "out/bundle"
    allowed = (bag / "data/log/allowed_signers").read_text("utf-8").splitlines()
    assert ["valid-before=" in each for each in allowed] == [False, True]
    checked(bag, tmp_path)
    case.close()


def test_a_case_without_any_decision_can_be_given_away_as_a_draft(case, tmp_path):
    case.export("bundle", draft=True, to=tmp_path / "out")
    checked(tmp_path / "out/bundle", tmp_path)
