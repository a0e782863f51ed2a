"""Somebody who rewrites the ledger and mends every hash: what is still found, and exactly what is not."""

import copy
import json
import shutil
from collections import defaultdict

import attacker
import pytest

from factcheck.audit import audit

# What people alone can vouch for. Changed in a ledger whose every hash was mended, these are seen by nobody who
# has only the case: it takes a signature, or a receipt kept elsewhere. docs/format.md says so to its readers.
PEOPLES_WORD = {
    "case.created": {"name", "example", "policy.evidence_for_rated", "policy.signatures"},
    "policy.changed": {"value"},
    "member.added": {"role"},
    "source.ingested": {"title"},
    "source.extracted": {"language", "rules", "packs.name", "packs.sha256"},
    "source.dated": {"date"},
    "claim.added": {"claim.type", "claim.checkable", "claim.priority"},
    "claim.dismissed": {"reason", "note"},
    "claim.retyped": {"type"},
    "claim.related": {"why"},
    "claim.reopened": {"because"},
    "claim.split": {"part.type", "part.checkable", "part.priority"},
    "capture.made": {"media_type", "title"},
    "evidence.attached": {
        "evidence.note",
        "evidence.stance",
        "evidence.time",
        "evidence.url (a bare link)",
        "evidence.quote (a bare link)",
    },
    "evidence.withdrawn": {"because"},
    "verdict.recorded": {"rating", "because"},
    "verdict.disputed": {"because"},
    "verdict.settled": {"rating", "because"},
    "note.added": {"text"},
}
# Who did it, when between its neighbours, under which command: signatures are for that.
ENVELOPE = {"by", "id", "time"}
# Told as unverifiable, not as ok: a format or a scale of somebody else.
UNVERIFIABLE = {("spec",), ("body", "scale"), ("body", "scale_version")}


@pytest.fixture
def record(unpublished, tmp_path):
    """A copy of the case, and its events as plain JSON."""
    folder = shutil.copytree(unpublished, tmp_path / "case")
    return folder, attacker.documents(folder)


def seen_by(folder, events):
    """The checks that find something in this history, all hashes mended."""
    attacker.rewrite(folder, events)
    report = audit(folder)
    assert report.ok is (not report.findings)
    return {finding.check for finding in report.findings}, report


def test_mending_the_hashes_of_an_unchanged_history_changes_nothing(record):
    folder, events = record
    before = (folder / "claims" / "ledger.jsonl").read_bytes()
    assert (set(), before) == (seen_by(folder, events)[0], (folder / "claims" / "ledger.jsonl").read_bytes())


def test_every_value_of_every_event_but_peoples_word_is_held_to_something_else(record):
    folder, events = record
    unseen = defaultdict(set)
    for number, event in enumerate(events):
        for place, value in attacker.leaves(event):
            if place in {("seq",), ("prev",), ("tree", "root")} or place[0] in ENVELOPE:
                continue
            changed = copy.deepcopy(events)
            attacker.put(changed[number], place, attacker.another(value))
            found, report = seen_by(folder, changed)
            if found:
                continue
            if place in UNVERIFIABLE:
                assert "unverifiable" in {check.status for check in report.checks}
            else:
                unseen[event["kind"]].add(_name(event, place))
    assert unseen == PEOPLES_WORD


def _name(event, place):
    name = ".".join(str(step) for step in place[1:] if not isinstance(step, int))
    bare = event["kind"] == "evidence.attached" and not event["body"]["evidence"]["capture"]
    return f"{name} (a bare link)" if bare and place[-1] in {"url", "quote"} else name


# -- whole lines -----------------------------------------------------------------------------------


def first(events, kind, **body):
    return next(
        n
        for n, event in enumerate(events)
        if event["kind"] == kind and all(event["body"].get(key) == value for key, value in body.items())
    )


def renumbered(events):
    """Count the versions anew, as an attacker would who takes lines out or puts some in."""
    versions = defaultdict(int)
    for event in events:
        for named in (event, *event.get("also", ())):
            versions[named["subject"]] += 1
            named["version"] = versions[named["subject"]]
        if "tree" in event:
            event["tree"]["size"] = events.index(event)
    return events


def test_a_line_taken_out_is_seen_by_its_version(record):
    folder, events = record
    for number in range(len(events) - 1):
        left = events[:number] + events[number + 1 :]
        found, _ = seen_by(folder, copy.deepcopy(left))
        later = any(e["subject"] == events[number]["subject"] for e in left[number:])
        assert found or not later, events[number]["kind"]


LOAD_BEARING = [
    "case.created",
    "source.ingested",
    "source.extracted",
    "capture.made",
    "claim.added",
    "claim.merged",
    "claim.split",
    "claim.reworded",
    "claim.related",
    "event.undone",
    "evidence.attached",
    "verdict.disputed",
]


@pytest.mark.parametrize("kind", LOAD_BEARING)
def test_a_line_that_others_stand_on_cannot_be_taken_out_even_renumbered(record, kind):
    folder, events = record
    del events[first(events, kind)]
    assert seen_by(folder, renumbered(events))[0] & {"states", "objections", "evidence", "quotations"}


def test_neighbours_on_one_subject_cannot_be_swapped(record):
    folder, events = record
    for number in range(1, len(events) - 1):
        one, two = events[number], events[number + 1]
        if one["subject"] != two["subject"]:
            continue
        swapped = [*events[:number], two, one, *events[number + 2 :]]
        assert "order" in seen_by(folder, copy.deepcopy(swapped))[0]


def test_a_line_cannot_be_doubled(record):
    folder, events = record
    for number in range(len(events)):
        doubled = [*events[: number + 1], copy.deepcopy(events[number]), *events[number + 1 :]]
        assert "order" in seen_by(folder, copy.deepcopy(doubled))[0]


def test_cutting_the_end_off_is_seen_unless_the_checkpoint_is_cut_too(record):
    folder, events = record
    ledger = folder / "claims" / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:-1]))
    shutil.rmtree(folder / ".factcheck")
    report = audit(folder)
    assert {"checkpoint"} == {finding.check for finding in report.findings}
    assert "its end was cut off" in report.findings[0].seen
    assert set() == seen_by(folder, events[:-1])[0]  # the one thing that only a receipt or another desk shows


def test_an_index_betrays_a_mended_ledger(record):
    folder, events = record
    kept = (folder / ".factcheck" / "index.sqlite").read_bytes()
    events[first(events, "note.added")]["body"]["text"] = "never said"
    attacker.rewrite(folder, events)
    (folder / ".factcheck" / "index.sqlite").write_bytes(kept)
    assert {"index"} == {finding.check for finding in audit(folder).findings}


def test_an_export_betrays_a_mended_ledger(folder):
    events = attacker.documents(folder)
    events[first(events, "verdict.recorded", rating="supported")]["body"]["because"] = "because I say so"
    assert "exports" in seen_by(folder, events)[0]


# -- forged acts -----------------------------------------------------------------------------------


def forge(events, kind, subject, body, *, by="lead-1", also=(), **more):
    """Append an act that the desk would refuse, in perfect form."""
    last = events[-1]
    event = {
        "spec": 1,
        "id": f"018dd3a0-0000-7000-8000-{len(events):012d}",
        "time": last["time"],
        "by": by,
        "kind": kind,
        "subject": subject,
        "version": 0,
        "body": body,
    }
    if also:
        event["also"] = [{"subject": name, "version": 0} for name in also]
    events.append(event | more)
    return renumbered(events)


def verdict(events, claim, **more):
    """A verdict on a claim as it stands in its latest verdict."""
    found = [e["body"] for e in events if e["subject"] == claim and e["kind"] == "verdict.recorded"]
    return {k: v for k, v in found[-1].items() if k != "claim"} | {"evidence": []} | more


def claim_in(events, kind, **body):
    return events[first(events, kind, **body)]["subject"]


def own_confirmation(events):
    claim = claim_in(events, "verdict.confirmed")
    events[:] = events[: first(events, "verdict.confirmed")]
    judged = [e for e in events if e["subject"] == claim and e["kind"] == "verdict.recorded"][-1]
    return forge(events, "verdict.confirmed", claim, {"verdict": judged["id"]}, by=judged["by"])


def confirmation_of_another_verdict(events):
    claim = claim_in(events, "verdict.confirmed")
    events[:] = events[: first(events, "verdict.confirmed")]
    return forge(events, "verdict.confirmed", claim, {"verdict": events[0]["id"]}, by="reviewer-2")


def confirmation_of_nothing(events):
    return forge(events, "verdict.confirmed", claim_in(events, "claim.dismissed"), {"verdict": "x"})


def settled_by_a_party(events):
    at = first(events, "verdict.settled")
    events[:] = events[: at + 1]
    events[at]["by"] = events[at - 1]["by"]
    return renumbered(events)


def verdict_without_evidence(events):
    at = first(events, "verdict.recorded", rating="supported")
    events[:] = events[: at + 1]
    events[at]["body"]["evidence"] = []
    return renumbered(events)


def verdict_without_reason(events):
    at = first(events, "verdict.recorded", rating="supported")
    events[:] = events[: at + 1]
    events[at]["body"]["because"] = "  "
    return renumbered(events)


def verdict_with_no_such_rating(events):
    at = first(events, "verdict.recorded", rating="not_enough_evidence")
    events[:] = events[: at + 1]
    events[at]["body"]["rating"] = "very_true"
    return renumbered(events)


def verdict_on_other_words(events):
    at = first(events, "verdict.recorded", rating="supported")
    events[:] = events[: at + 1]
    events[at]["body"]["statement"] += "!"
    return renumbered(events)


def verdict_on_evidence_captured_later(events):
    at = first(events, "verdict.recorded", rating="supported")
    events[:] = events[: at + 1]
    events[at]["body"]["evidence"][0]["capture"] += 1
    return renumbered(events)


def verdict_on_withdrawn_evidence(events):
    gone = events[first(events, "evidence.withdrawn")]
    at = first(events, "verdict.recorded", rating="not_enough_evidence")
    events[:] = events[: at + 1]
    events[at]["body"]["evidence"] = [{"evidence": gone["body"]["evidence"], "capture": 1}]
    return renumbered(events)


def verdict_by_an_auditor(events):
    forge(events, "member.added", "case", {"name": "auditor-2", "role": "auditor"})
    return forge(events, "note.added", "C1", {"text": "fine"}, by="auditor-2") and forge(
        events, "claim.reopened", "C1", {"because": "me too"}, by="auditor-2"
    )


def act_by_a_stranger(events):
    return forge(events, "claim.reopened", "C1", {"because": "hm"}, by="nobody-1")


def act_by_a_revoked_member(events):
    return forge(events, "note.added", "C1", {"text": "hm"}, by="auditor-1")


def policy_by_a_reviewer(events):
    return forge(
        events, "policy.changed", "case", {"name": "min_origins", "value": 1, "was": 2}, by="reviewer-1"
    )


def policy_that_was_not(events):
    return forge(events, "policy.changed", "case", {"name": "min_origins", "value": 3, "was": 1})


def policy_below_one(events):
    return forge(events, "policy.changed", "case", {"name": "blind", "value": 1, "was": False})


def decision_by_a_tool(events):
    return forge(events, "claim.reopened", "C1", {"because": "hm"}, by="tool:factcheck/9")


def another_beginning(events):
    return forge(events, "case.created", "case", events[0]["body"])


def act_on_a_dismissed_claim(events):
    claim = claim_in(events, "claim.dismissed")
    return forge(events, "claim.retyped", claim, {"type": "cost", "was": "event"})


def act_on_nothing(events):
    return forge(events, "claim.reopened", "C77", {"because": "hm"})


def a_second_subject_smuggled_in(events):
    return forge(events, "claim.reopened", "C1", {"because": "hm"}, also=("C2",))


def a_capture_on_a_claim(events):
    body = {"sha256": "", "path": "", "size": 0, "media_type": "", "via": "http", "url": "https://x.example"}
    return forge(events, "capture.made", "C1", body | {"outcome": "timeout", "status": 0})


def a_number_skipped(events):
    body = {"sha256": "", "path": "", "size": 0, "media_type": "", "via": "http", "url": "https://x.example"}
    return forge(events, "capture.made", "K9", body | {"outcome": "timeout", "status": 0})


def a_snapshot_that_was_not(events):
    at = first(events, "claim.accepted")
    events[:] = events[: at + 1]
    events[at]["body"]["claim"]["statement"] = "蒋璐留在 VideoPoet。"
    return renumbered(events)


def a_suggestion_not_carried(events):
    at = first(events, "claim.accepted")
    events[:] = events[: at + 1]
    del events[at]["body"]["claim"]
    return renumbered(events)


def words_it_did_not_have(events):
    at = first(events, "claim.reworded")
    events[:] = events[: at + 1]
    events[at]["body"]["was"] = "something worse"
    return renumbered(events)


def undo_of_anothers_act(events):
    at = first(events, "note.added")
    note = events[at]
    events[:] = events[: at + 1]
    return forge(events, "event.undone", note["subject"], {"id": note["id"]}, by="reviewer-1")


def undo_below_later_acts(events):
    act = events[first(events, "claim.reworded")]
    return forge(events, "event.undone", act["subject"], {"id": act["id"]}, by=act["by"])


def undo_of_half(events):
    at = first(events, "claim.merged")
    act = events[at]
    events[:] = events[: at + 1]
    return forge(events, "event.undone", act["subject"], {"id": act["id"]}, by=act["by"])


def undo_of_the_beginning(events):
    return forge(events, "event.undone", "case", {"id": events[0]["id"]}, by=events[0]["by"])


def redo_of_what_stands(events):
    act = events[first(events, "claim.reworded")]
    return forge(events, "event.redone", act["subject"], {"id": act["id"]}, by=act["by"])


def a_merge_that_loses_evidence(events):
    at = first(events, "claim.merged")
    events[:] = events[: at + 1]
    events[at]["body"]["mentions"] = []
    return renumbered(events)


def a_split_that_loses_a_mention(events):
    at = first(events, "claim.split")
    events[:] = events[: at + 1]
    events[at]["body"]["keeps"][0]["start"] += 1
    return renumbered(events)


def a_time_that_goes_back(events):
    events[-1]["time"] = events[0]["time"]
    return events


def a_time_that_never_was(events):
    events[-1]["time"] = "2024-02-30T09:00:00.000Z"
    return events


def an_old_event_replayed(events):
    return [*events, copy.deepcopy(events[first(events, "note.added")])]


def a_quotation_nobody_said(events):
    at = first(events, "claim.added")
    events[:] = events[: at + 1]
    events[at]["body"]["claim"]["mentions"][0]["quote"] = "公司估值 900 亿美元"
    return renumbered(events)


def evidence_from_another_address(events):
    at = first(events, "evidence.attached")
    events[:] = events[: at + 1]
    events[at]["body"]["evidence"]["url"] = "https://www.reuters.com/"
    return renumbered(events)


def a_hostile_name(events):
    at = first(events, "member.added", name="reviewer-2")
    events[at]["body"]["name"] = "reviewer-2\u202e"
    return events


def a_number_written_as_text(events):
    events[first(events, "source.ingested")]["body"]["characters"] = str(
        events[first(events, "source.ingested")]["body"]["characters"]
    )
    return events


def another_language(events):
    events[first(events, "source.extracted")]["body"]["language"] = "tlh"
    return events


def another_extractor(events):
    events[first(events, "source.extracted")]["body"]["extractor"] += "9"
    return events


def extracted_twice(events):
    again = copy.deepcopy(events[first(events, "source.extracted")])
    again["body"] |= {"first": 14, "first_reading": 4}
    return forge(events, "source.extracted", "S1", again["body"], by=again["by"])


def extracted_from_nothing(events):
    again = copy.deepcopy(events[first(events, "source.extracted")])
    return forge(events, "source.extracted", "S5", again["body"], by=again["by"])


def dated_in_words(events):
    return forge(events, "source.dated", "S1", {"date": "last week"})


def dated_backwards(events):
    return forge(events, "source.dated", "S1", {"date": "2024-02-26..2024-02-25"})


def a_reading_at_other_places(events):
    events[first(events, "reading.accepted")]["body"]["places"].append([0, 9])
    return events


def a_reading_at_no_place(events):
    events[first(events, "reading.accepted")]["body"]["places"] = []
    return events


def a_reading_for_another_reason(events):
    events[first(events, "reading.accepted")]["body"]["why"] = "I heard it"
    return events


def a_reading_of_other_words(events):
    events[first(events, "reading.accepted")]["body"]["meant"] = "Gemini"
    return events


def a_reading_accepted_twice(events):
    at = first(events, "reading.accepted")
    return forge(events, "reading.accepted", events[at]["subject"], events[at]["body"])


def a_reading_nobody_proposed(events):
    return forge(events, "reading.accepted", "R4", events[first(events, "reading.accepted")]["body"])


def a_member_revoked_twice(events):
    return forge(events, "member.revoked", "case", {"name": "auditor-1"})


def a_type_it_did_not_have(events):
    events[first(events, "claim.retyped")]["body"]["was"] = "hearsay"
    return events


def a_tie_that_was_not(events):
    at = first(events, "claim.unrelated")
    return forge(events, "claim.unrelated", events[at]["subject"], events[at]["body"], also=("C2",))


def a_tie_to_itself(events):
    return forge(
        events, "claim.related", "C1", {"other": "C1", "relation": "repeats", "why": ""}, also=("C1",)
    )


def a_merge_with_itself(events):
    return forge(events, "claim.merged", "C1", {"other": "C1", "mentions": [], "evidence": []}, also=("C1",))


def a_merge_of_other_evidence(events):
    evidence = copy.deepcopy(events[first(events, "evidence.attached")]["body"]["evidence"])
    at = first(events, "claim.merged")
    events[at]["body"]["evidence"] = [evidence | {"id": "E1"}]
    events[at]["also"].append({"subject": "E1", "version": 0})
    return renumbered(events)


def a_mention_twice(events):
    at = first(events, "mention.added")
    return forge(events, "mention.added", events[at]["subject"], events[at]["body"])


def evidence_of_somebody_else(events):
    events[first(events, "evidence.attached")]["body"]["evidence"]["by"] = "reviewer-2"
    return events


def evidence_from_the_future(events):
    events[first(events, "evidence.attached")]["body"]["evidence"]["time"] = "2034-02-26T09:00:00.000Z"
    return events


def evidence_at_no_time(events):
    events[first(events, "evidence.attached")]["body"]["evidence"]["time"] = "noon"
    return events


def evidence_withdrawn_twice(events):
    at = first(events, "evidence.withdrawn")
    also = tuple(ref["subject"] for ref in events[at]["also"])
    return forge(events, "evidence.withdrawn", events[at]["subject"], events[at]["body"], also=also)


def evidence_of_another_claim(events):
    return forge(events, "evidence.withdrawn", "C4", {"evidence": "E1", "because": ""}, also=("E1",))


def a_verdict_on_fewer_mentions(events):
    events[first(events, "verdict.recorded")]["body"]["mentions"] = 0
    return events


def a_dispute_with_oneself(events):
    at = first(events, "verdict.disputed")
    events[:] = events[: at + 1]
    events[at]["by"] = events[at - 1]["by"]
    return renumbered(events)


def a_solo_desk_of_two(events):
    events[0]["body"]["solo"] = True
    return events


def a_number_used_twice(events):
    at = first(events, "claim.added")
    return forge(events, "claim.added", events[at]["subject"], events[at]["body"])


def a_ledger_without_a_beginning(events):
    return renumbered(events[1:])


def redone_by_another(events):
    at = first(events, "event.redone")
    events[:] = events[: at + 1]
    events[at]["by"] = "reviewer-2"
    return renumbered(events)


SAID = {
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
    decision_by_a_tool: "tools extract, people do everything else",
    another_beginning: "only in the first line",
    a_ledger_without_a_beginning: "a ledger begins with case.created",
    act_on_a_dismissed_claim: "which is dismissed",
    act_on_nothing: "there is no claim C77",
    a_second_subject_smuggled_in: "also names C2, the body nothing",
    a_capture_on_a_claim: "capture.made on C1, which is not what it acts on",
    a_number_skipped: "K9 is new, but K3 would be the next number",
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
    a_reading_nobody_proposed: "there is no reading R4",
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


@pytest.mark.parametrize(("forged", "said"), SAID.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_forged_act_is_named_in_words(record, forged, said):
    folder, events = record
    attacker.rewrite(folder, forged(events))
    seen = [finding.seen for finding in audit(folder, checks=["states", "evidence"]).findings]
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


LEGAL = [
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


def test_a_line_that_cannot_be_read_is_noted_where_findings_may_follow_from_it(record):
    folder, _ = record
    path = folder / "claims" / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[6] = b"{}\n"
    path.write_bytes(b"".join(lines))
    assert "1 lines could not be read" in audit(folder, checks=["states"]).checks[0].note


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


# -- the form --------------------------------------------------------------------------------------


def broken(folder, change):
    path = folder / "claims" / "ledger.jsonl"
    path.write_bytes(change(path.read_bytes()))
    return audit(folder, checks=["lines", "canonical"])


FORMS = {
    "CRLF": (lambda data: data.replace(b"\n", b"\r\n"), "lines", "CRLF"),
    "a blank line": (lambda data: data.replace(b"\n", b"\n\n", 1), "lines", "a blank line"),
    "no newline at the end": (lambda data: data[:-1], "lines", "no newline"),
    "a byte order mark": (lambda data: b"\xef\xbb\xbf" + data, "lines", "BOM"),
    "not UTF-8": (lambda data: data.replace("蒋".encode(), b"\xff", 1), "lines", "utf-8"),
    "a duplicate key": (
        lambda data: data.replace(b'"spec":1', b'"spec":1,"spec":1', 1),
        "lines",
        "duplicate key",
    ),
    "a fraction": (lambda data: data.replace(b'"version":1', b'"version":1.0', 1), "lines", "a fraction"),
    "an unknown kind": (
        lambda data: data.replace(b"claim.accepted", b"claim.expected", 1),
        "lines",
        "not known",
    ),
    "an unknown key": (lambda data: data.replace(b'"spec":1', b'"spec":1,"zeal":1', 1), "lines", "zeal"),
    "a blank": (lambda data: data.replace(b'"spec":1', b'"spec": 1', 1), "canonical", "canonical form"),
    "keys in another order": (
        lambda data: data.replace(b'"spec":1,"subject":"case"', b'"subject":"case","spec":1', 1),
        "canonical",
        "canonical form",
    ),
    "an escape": (lambda data: data.replace("蒋".encode(), rb"\u848b", 1), "canonical", "canonical form"),
    "nothing at all": (lambda data: b"\n" * 3, "lines", "a blank line"),
    "zeros": (lambda data: b"\x00" * 4096, "lines", "not JSON"),
    "a list": (lambda data: b"[1,2]\n", "lines", "not an event"),
    "endless nesting": (lambda data: b"[" * 100_000 + b"\n", "lines", "nested"),
}


@pytest.mark.parametrize(("change", "check", "seen"), FORMS.values(), ids=FORMS.keys())
def test_a_line_of_the_wrong_form_is_named(folder, change, check, seen):
    findings = [finding for finding in broken(folder, change).findings if finding.check == check]
    assert findings
    assert findings[0].where.startswith("claims/ledger.jsonl:")
    assert seen in findings[0].seen


def test_one_cause_does_not_bury_the_sheet(folder):
    path = folder / "claims" / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    report = audit(folder)
    assert [(f.check, f.where.split(" ")[0]) for f in report.findings] == [("lines", "claims/ledger.jsonl:1")]


def test_a_line_behind_a_newer_one_is_a_finding(folder):
    path = folder / "claims" / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines.insert(5, b'{"kind":"claim.weighed","seq":6,"spec":2}\n')
    path.write_bytes(b"".join(lines))
    assert "of a newer one" in audit(folder, checks=["lines"]).findings[0].seen


# -- whatever it is given --------------------------------------------------------------------------


def test_no_history_makes_the_audit_fail(record):
    """Bodies exchanged between kinds, subjects between letters: findings, never an exception."""
    folder, events = record
    bodies = {event["kind"]: event["body"] for event in events}
    for number in range(0, len(events), 3):
        for kind, body in list(bodies.items())[number % 4 :: 4]:
            changed = copy.deepcopy(events)
            changed[number] |= {"kind": kind, "body": copy.deepcopy(body)}
            assert json.dumps(seen_by(folder, changed)[1].to_json())


def test_files_of_the_wrong_sort_are_findings(folder):
    for name in ("claims/checkpoint", "claims/meeting.txt", "exports/X1/report.md"):
        (folder / name).unlink()
        (folder / name).mkdir()
    report = audit(folder)
    assert {"checkpoint", "sources", "exports"} <= {finding.check for finding in report.findings}
