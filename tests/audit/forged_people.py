"""Forged acts of people: verdicts, signatures, roles, policies, undo and time."""

import copy

from forging import claim_in, first, forge, renumbered


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


def a_time_that_goes_back(events):
    events[-1]["time"] = events[0]["time"]
    return events


def a_time_that_never_was(events):
    events[-1]["time"] = "2024-02-30T09:00:00.000Z"
    return events


def an_old_event_replayed(events):
    return [*events, copy.deepcopy(events[first(events, "note.added")])]


def a_hostile_name(events):
    at = first(events, "member.added", name="reviewer-2")
    events[at]["body"]["name"] = "reviewer-2\u202e"
    return events


def a_member_revoked_twice(events):
    return forge(events, "member.revoked", "case", {"name": "auditor-1"})


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


def a_ledger_without_a_beginning(events):
    return renumbered(events[1:])


def redone_by_another(events):
    at = first(events, "event.redone")
    events[:] = events[: at + 1]
    events[at]["by"] = "reviewer-2"
    return renumbered(events)
