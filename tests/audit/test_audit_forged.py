"""Forty and more acts that the desk would refuse, each with every hash mended: each is named; legal ones are not."""

import attacker
import pytest
from attacker import seen_by
from forged_people import (
    a_dispute_with_oneself,
    a_hostile_name,
    a_ledger_without_a_beginning,
    a_member_revoked_twice,
    a_solo_desk_of_two,
    a_time_that_goes_back,
    a_time_that_never_was,
    a_verdict_on_fewer_mentions,
    act_by_a_revoked_member,
    act_by_a_stranger,
    an_old_event_replayed,
    another_beginning,
    confirmation_of_another_verdict,
    confirmation_of_nothing,
    decision_by_a_tool,
    own_confirmation,
    policy_below_one,
    policy_by_a_reviewer,
    policy_that_was_not,
    redo_of_what_stands,
    redone_by_another,
    settled_by_a_party,
    undo_below_later_acts,
    undo_of_anothers_act,
    undo_of_half,
    undo_of_the_beginning,
    verdict_by_an_auditor,
    verdict_on_evidence_captured_later,
    verdict_on_other_words,
    verdict_on_withdrawn_evidence,
    verdict_with_no_such_rating,
    verdict_without_evidence,
    verdict_without_reason,
)
from forged_record import (
    a_capture_on_a_claim,
    a_mention_twice,
    a_merge_of_other_evidence,
    a_merge_that_loses_evidence,
    a_merge_with_itself,
    a_number_skipped,
    a_number_used_twice,
    a_number_written_as_text,
    a_quotation_nobody_said,
    a_reading_accepted_twice,
    a_reading_at_no_place,
    a_reading_at_other_places,
    a_reading_for_another_reason,
    a_reading_nobody_proposed,
    a_reading_of_other_words,
    a_second_subject_smuggled_in,
    a_snapshot_of_other_mentions,
    a_snapshot_that_was_not,
    a_split_that_loses_a_mention,
    a_suggestion_not_carried,
    a_tie_that_was_not,
    a_tie_to_a_dismissed_claim,
    a_tie_to_itself,
    a_type_it_did_not_have,
    act_on_a_dismissed_claim,
    act_on_nothing,
    another_extractor,
    another_language,
    dated_backwards,
    dated_in_words,
    evidence_at_no_time,
    evidence_from_another_address,
    evidence_from_the_future,
    evidence_of_another_claim,
    evidence_of_somebody_else,
    evidence_withdrawn_twice,
    extracted_from_nothing,
    extracted_twice,
    words_it_did_not_have,
)
from forged_revisions import FORGED
from forging import first, forge

from factcheck.audit import audit

SAID = {
    a_tie_to_a_dismissed_claim: "which is dismissed",
    a_snapshot_of_other_mentions: "the mentions it carries",
    own_confirmation: "confirms their own verdict",
    confirmation_of_another_verdict: "it names the verdict",
    settled_by_a_party: "a party to",
    verdict_on_other_words: "the claim said",
    verdict_on_evidence_captured_later: "as the capture of",
    verdict_on_withdrawn_evidence: "did not have",
    verdict_by_an_auditor: "auditors_note",
    act_by_a_stranger: "not_a_member",
    act_by_a_revoked_member: "not_a_member",
    policy_by_a_reviewer: "leads_only",
    policy_that_was_not: "min_origins was 1, it was 2",
    policy_below_one: "blind cannot be 1",
    decision_by_a_tool: "tools suggest, people do everything else",
    another_beginning: "only in the first line",
    a_ledger_without_a_beginning: "a ledger begins with case.created",
    act_on_a_dismissed_claim: "which is dismissed",
    act_on_nothing: "there is no claim C77",
    a_second_subject_smuggled_in: "also names C2, the body nothing",
    a_capture_on_a_claim: "capture.made on C1, which is not what it acts on",
    a_number_skipped: "K9 is new, but K5 would be the next number",
    a_number_used_twice: "was there before",
    a_snapshot_that_was_not: "the statement it carries is",
    a_suggestion_not_carried: "does not carry it",
    words_it_did_not_have: "it says that the statement was",
    a_type_it_did_not_have: "it says that the type was",
    undo_of_anothers_act: "takes up an act of",
    undo_below_later_acts: "was the latest on",
    undo_of_half: "it names other subjects than",
    undo_of_the_beginning: "no act that can be undone",
    redo_of_what_stands: "not what was last undone",
    redone_by_another: "takes up an act of",
    a_merge_that_loses_evidence: "the mentions it takes over",
    a_merge_of_other_evidence: "the evidence it takes over",
    a_merge_with_itself: "merged into itself",
    a_split_that_loses_a_mention: "the mentions that stay and go",
    a_tie_that_was_not: "had no such tie",
    a_tie_to_itself: "tied to itself",
    a_mention_twice: "was a mention already",
    another_language: "none of zh, en, mixed",
    another_extractor: "the extractor was",
    extracted_twice: "was extracted before",
    extracted_from_nothing: "there is no S5",
    dated_in_words: "neither a day nor a range",
    dated_backwards: "neither a day nor a range",
    a_reading_at_other_places: "places that R1 was not proposed for",
    a_reading_at_no_place: "places that R1 was not proposed for",
    a_reading_for_another_reason: "was proposed because of",
    a_reading_of_other_words: "it is about",
    a_reading_accepted_twice: "was accepted already",
    a_reading_nobody_proposed: "there is no reading R77",
    a_member_revoked_twice: "is no member",
    evidence_of_somebody_else: "the event is by",
    evidence_from_the_future: "its event",
    evidence_at_no_time: "'noon'",
    evidence_withdrawn_twice: "was withdrawn before",
    evidence_of_another_claim: "is no evidence of C4",
    a_verdict_on_fewer_mentions: "on 0 mentions",
    a_dispute_with_oneself: "disputes their own verdict",
    a_solo_desk_of_two: "solo is True",
}


@pytest.mark.parametrize(
    ("forged", "said"), (SAID | FORGED).items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_a_forged_act_is_named_in_words(record, forged, said):
    folder, events = record
    attacker.rewrite(folder, forged(events))
    seen = [finding.seen for finding in audit(folder, checks=["lines", "states", "evidence"]).findings]
    assert any(said in each for each in seen), seen


def legal_policy(events):
    return forge(events, "policy.changed", "case", {"name": "min_origins", "value": 1, "was": 2})


def legal_switch(events):
    return forge(events, "policy.changed", "case", {"name": "second_signature", "value": False, "was": True})


def legal_day(events):
    return forge(events, "source.dated", "S1", {"date": "2024-02-25..2024-02-25"})


def legal_note_by_an_auditor(events):
    forge(events, "member.added", "case", {"name": "auditor-2", "role": "auditor"})
    return forge(events, "note.added", "C1", {"text": "seen"}, by="auditor-2")


def legal_narrower_reading(events):
    at = first(events, "reading.rejected")
    return forge(events, "reading.accepted", events[at]["subject"], events[at]["body"])


def legal_return_of_a_member(events):
    return forge(events, "member.added", "case", {"name": "auditor-1", "role": "auditor"})


def legal_policy_of_a_desk_without_members(events):
    events[:] = events[: first(events, "member.added")]
    return forge(
        events, "policy.changed", "case", {"name": "min_origins", "value": 2, "was": 1}, by="anybody"
    )


def legal_undo_of_a_date(events):
    at = first(events, "source.dated")
    act = events[at]
    events[:] = events[: at + 1]  # a newer version of the source was built upon it later
    return forge(events, "event.undone", "S1", {"id": act["id"]}, by=act["by"])


def legal_undo_by_an_auditor(events):
    legal_note_by_an_auditor(events)
    return forge(events, "event.undone", "C1", {"id": events[-1]["id"]}, by="auditor-2")


def legal_evidence_at_the_moment_of_its_event(events):
    act = events[first(events, "evidence.attached")]
    act["body"]["evidence"]["time"] = act["time"]
    return events


LEGAL = [
    legal_undo_of_a_date,
    legal_undo_by_an_auditor,
    legal_evidence_at_the_moment_of_its_event,
    legal_policy,
    legal_switch,
    legal_day,
    legal_note_by_an_auditor,
    legal_narrower_reading,
    legal_return_of_a_member,
    legal_policy_of_a_desk_without_members,
]


@pytest.mark.parametrize("act", LEGAL, ids=lambda value: value.__name__)
def test_a_legal_act_is_no_finding(record, act):
    folder, events = record
    assert seen_by(folder, act(events))[1].findings == ()


FORGED = {
    own_confirmation: {"states", "objections"},
    confirmation_of_another_verdict: {"states"},
    confirmation_of_nothing: {"states", "objections"},
    settled_by_a_party: {"states"},
    verdict_without_evidence: {"objections"},
    verdict_without_reason: {"objections"},
    verdict_with_no_such_rating: {"objections"},
    verdict_on_other_words: {"states"},
    verdict_on_evidence_captured_later: {"evidence"},
    verdict_on_withdrawn_evidence: {"evidence", "objections"},
    verdict_by_an_auditor: {"states"},
    act_by_a_stranger: {"states"},
    act_by_a_revoked_member: {"states"},
    policy_by_a_reviewer: {"states"},
    policy_that_was_not: {"states"},
    policy_below_one: {"states"},
    decision_by_a_tool: {"states"},
    another_beginning: {"states"},
    act_on_a_dismissed_claim: {"states"},
    act_on_nothing: {"states"},
    a_second_subject_smuggled_in: {"states"},
    a_capture_on_a_claim: {"states"},
    a_number_skipped: {"states"},
    a_snapshot_that_was_not: {"states"},
    a_suggestion_not_carried: {"states"},
    words_it_did_not_have: {"states"},
    undo_of_anothers_act: {"states"},
    undo_below_later_acts: {"states"},
    undo_of_half: {"states"},
    undo_of_the_beginning: {"states"},
    redo_of_what_stands: {"states"},
    a_merge_that_loses_evidence: {"states"},
    a_split_that_loses_a_mention: {"states", "quotations"},
    a_time_that_goes_back: {"order"},
    a_time_that_never_was: {"order"},
    an_old_event_replayed: {"order"},
    a_quotation_nobody_said: {"quotations"},
    evidence_from_another_address: {"evidence"},
    a_hostile_name: {"lines"},
    a_number_written_as_text: {"lines"},
}


@pytest.mark.parametrize(
    ("forged", "checks"), FORGED.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_a_forged_act_is_named_by_its_check(record, forged, checks):
    folder, events = record
    found, report = seen_by(folder, forged(events))
    assert checks <= found, report.findings
    last = [finding for finding in report.findings if finding.check in checks]
    assert all("claims/ledger.jsonl:" in finding.where for finding in last)
    assert all(finding.seen and finding.do for finding in report.findings)


def test_final_exports_are_the_leads_and_drafts_are_everybodys(folder):
    events = attacker.documents(folder)
    for event in events:
        if event["kind"] == "summary.exported":
            event["by"] = "reviewer-1"
    attacker.rewrite(folder, events)
    finals = [event["subject"] for event in events if event["body"].get("draft") is False]
    found = audit(folder, checks=["states"]).findings
    assert [f"(summary.exported {subject})" for subject in finals] == [
        f.where.partition(" ")[2] for f in found
    ]
    assert all("leads_only" in finding.seen for finding in found)


def test_nobody_but_a_tool_extracts(record):
    folder, events = record
    events[first(events, "source.extracted")]["by"] = "reviewer-1"
    attacker.rewrite(folder, events)
    seen = [finding.seen for finding in audit(folder, checks=["states"]).findings]
    assert any("tools suggest" in each for each in seen)
