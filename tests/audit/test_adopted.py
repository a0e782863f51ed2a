"""Wrapping an act as another desk's makes nothing legal: what no order of lines can excuse is found, and so is a false wrapping."""

import json

import attacker
import pytest
from attacker import seen_by
from forged_people import (
    a_dispute_with_oneself,
    act_by_a_revoked_member,
    act_by_a_stranger,
    another_beginning,
    confirmation_of_another_verdict,
    decision_by_a_tool,
    own_confirmation,
    policy_below_one,
    policy_by_a_reviewer,
    redone_by_another,
    settled_by_a_party,
    undo_of_anothers_act,
    undo_of_half,
    undo_of_the_beginning,
    verdict_by_an_auditor,
    verdict_on_other_words,
    verdict_with_no_such_rating,
    verdict_without_evidence,
    verdict_without_reason,
)
from forged_record import (
    a_capture_on_a_claim,
    a_merge_with_itself,
    a_number_used_twice,
    a_reading_nobody_proposed,
    a_second_subject_smuggled_in,
    a_split_that_loses_a_mention,
    a_tie_to_itself,
    act_on_nothing,
    dated_backwards,
    dated_in_words,
    evidence_of_another_claim,
    words_it_did_not_have,
)
from forging import first, forge, renumbered
from wrapping import wrap_last, wrapped

SAID = {
    own_confirmation: "their own verdict",
    a_dispute_with_oneself: "their own verdict",
    confirmation_of_another_verdict: "which is no verdict on",
    settled_by_a_party: "a party to",
    verdict_without_evidence: "evidence",
    verdict_without_reason: "reason",
    verdict_with_no_such_rating: "no rating that was in force",
    verdict_on_other_words: "never said",
    verdict_by_an_auditor: "auditors_note",
    act_by_a_stranger: "not_a_member",
    act_by_a_revoked_member: "not_a_member",
    policy_by_a_reviewer: "leads_only",
    policy_below_one: "blind cannot be 1",
    decision_by_a_tool: "tools suggest",
    another_beginning: "cannot be adopted",
    undo_of_anothers_act: "takes up an act of",
    undo_of_half: "it names other subjects than",
    undo_of_the_beginning: "no act that can be undone",
    redone_by_another: "takes up an act of",
    words_it_did_not_have: "never said",
    a_split_that_loses_a_mention: "was no mention of",
    a_merge_with_itself: "tied to itself",
    a_tie_to_itself: "tied to itself",
    a_capture_on_a_claim: "which is not what it acts on",
    a_second_subject_smuggled_in: "also names C2",
    a_number_used_twice: "was there before",
    a_reading_nobody_proposed: "there is no R77",
    act_on_nothing: "there is no C77",
    evidence_of_another_claim: "was no evidence of",
    dated_in_words: "neither a day",
    dated_backwards: "neither a day",
}


def found(folder, events):
    checks, report = seen_by(folder, events)
    assert "adopted" in checks, report.findings
    return " ".join(each.seen for each in report.findings if each.check == "adopted")


@pytest.mark.parametrize("forgery", SAID, ids=lambda each: each.__name__)
def test_an_illegal_act_is_found_also_when_it_is_wrapped(record, forgery):
    folder, events = record
    forgery(events)
    assert SAID[forgery] in found(folder, wrap_last(events))


def note(events, **more):
    return forge(events, "note.added", "C1", {"text": "seen"}, by="reviewer-1", **more)


def test_a_lawful_act_of_another_desk_is_not_found(record):
    folder, events = record
    note(events)
    checks, report = seen_by(folder, wrap_last(events))
    assert checks == set()
    assert next(each for each in report.checks if each.name == "adopted").checked == 1


def test_a_signature_cannot_be_moved_to_another_claim_by_the_map(record):
    folder, events = record
    at = first(events, "verdict.confirmed")
    act = events[at]
    events[:] = events[:at]
    other = next(
        e["subject"] for e in events if e["kind"] == "claim.accepted" and e["subject"] != act["subject"]
    )
    events.append(wrapped(act, map=[(act["subject"], other)]))
    assert "is no verdict on" in found(folder, renumbered(events))


def test_a_verdict_cannot_be_moved_to_another_claim_by_the_map(record):
    folder, events = record
    act = events[first(events, "verdict.recorded", rating="not_enough_evidence")]
    events.remove(act)
    other = next(
        e["subject"] for e in events if e["kind"] == "claim.accepted" and e["subject"] != act["subject"]
    )
    events.append(wrapped(act, map=[(act["subject"], other)]))
    assert f"{other} never said" in found(folder, renumbered(events))


def another_id(outer):
    outer["id"] = outer["id"][:-4] + "beef"


def not_later(outer):
    outer["time"] = json.loads(outer["body"]["line"])["time"]


def not_canonical(outer):
    outer["body"]["line"] = json.dumps(json.loads(outer["body"]["line"]))


def no_event(outer):
    outer["body"]["line"] = '{"spec":1}'


def of_a_newer_format(outer):
    outer["body"]["line"] = outer["body"]["line"].replace('"spec":1', '"spec":2')


def another_subject(outer):
    outer["subject"] = "C2"


def a_strange_number(outer):
    outer["body"]["map"] = [["C7", "C9"]]


def of_no_ledger(outer):
    line = json.loads(outer["body"]["line"])
    outer["body"]["line"] = json.dumps(line | {"seq": 0}, sort_keys=True, separators=(",", ":"))


FALSE = {
    another_id: "under another id",
    not_canonical: "differs from the canonical form",
    no_event: "not an event",
    of_a_newer_format: "of a newer format",
    another_subject: "the act that it brings is about C1",
    a_strange_number: "which the line does not name",
    of_no_ledger: "stood in no ledger",
}


@pytest.mark.parametrize("change", FALSE, ids=lambda each: each.__name__)
def test_a_false_wrapping_is_found(record, change):
    folder, events = record
    change(wrap_last(note(events))[-1])
    assert FALSE[change] in found(folder, renumbered(events))


def test_an_adoption_is_later_than_the_act(record):
    folder, events = record
    not_later(wrap_last(note(events))[-1])
    assert "which is not before" in found(folder, renumbered(events))


def test_an_act_is_not_wrapped_twice_over(record):
    folder, events = record
    wrap_last(note(events))
    events[-1]["time"] = "2024-02-26T23:00:00.000Z"
    assert "cannot be adopted" in found(folder, wrap_last(events))


def test_an_act_is_not_adopted_twice(record):
    folder, events = record
    wrap_last(note(events))
    events.append(json.loads(json.dumps(events[-1])))
    checks, report = seen_by(folder, renumbered(events))
    assert "order" in checks
    assert any("one act, two lines" in each.seen for each in report.findings)


@pytest.mark.parametrize(
    ("number", "said"), [("C99", "would be the next number"), ("C2", "was there before")]
)
def test_what_another_desk_made_gets_the_next_number(record, number, said):
    folder, events = record
    act = events[first(events, "claim.added")]
    events.remove(act)
    events.append(wrapped(act, map=[(act["subject"], number)]))
    _checks, report = seen_by(folder, renumbered(events))
    assert any(said in each.seen for each in report.findings)


def test_every_changed_byte_of_an_adopted_line_is_found(record):
    folder, events = record
    attacker.rewrite(folder, wrap_last(note(events)))
    ledger = folder / attacker.LEDGER
    data = ledger.read_bytes()
    start = data.rindex(b"\n", 0, -1) + 1
    for at in range(start, len(data), 7):
        ledger.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert not attacker.audit(folder, checks=["lines", "canonical", "order", "tree", "checkpoint"]).ok
