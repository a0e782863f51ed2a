"""Acts of people that the door refuses and somebody wrote past it: each is named."""

import attacker
import pytest
from forging import first, forge

from factcheck import export
from factcheck.audit import audit
from factcheck.case import Case

NOBODY = "\u200b"


def taken(events, kind):
    return events[first(events, kind)]


FORGED = {
    "the last lead is revoked": lambda e: forge(e, "member.revoked", "case", {"name": "lead-1"}),
    "the last lead is made a reviewer": lambda e: forge(
        e, "member.added", "case", {"name": "lead-1", "role": "reviewer"}
    ),
    "a role that is there": lambda e: forge(
        e, "member.added", "case", {"name": "reviewer-1", "role": "reviewer"}
    ),
    "a promise nobody keeps": lambda e: forge(
        e, "policy.changed", "case", {"name": "signatures", "value": True, "was": False}
    ),
    "a switch that changes nothing": lambda e: forge(
        e, "policy.changed", "case", {"name": "min_origins", "value": 2, "was": 2}
    ),
    "more origins than a desk may ask for": lambda e: forge(
        e, "policy.changed", "case", {"name": "min_origins", "value": 10000, "was": 2}
    ),
    "an empty note": lambda e: forge(e, "note.added", "C1", {"text": NOBODY}),
    "a claim given to nobody": lambda e: forge(e, "claim.assigned", "C1", {"to": "stranger"}),
    "a claim given to whom it belongs": lambda e: forge(e, "claim.assigned", "C1", {"to": ""}),
    "somebody else's claim taken": lambda e: forge(
        e, "claim.assigned", "C1", {"to": "reviewer-2"}, by="reviewer-1"
    ),
    "a question to nobody": lambda e: forge(
        e, "question.asked", "C1", {"text": "why?", "to": "stranger", "whom": "", "on": ""}
    ),
    "a question to two": lambda e: forge(
        e, "question.asked", "C1", {"text": "why?", "to": "reviewer-1", "whom": "them", "on": "2024-02-01"}
    ),
    "a question on no day": lambda e: forge(
        e, "question.asked", "C1", {"text": "why?", "to": "", "whom": "them", "on": ""}
    ),
    "an answer to nothing": lambda e: forge(
        e, "question.answered", "C1", {"question": taken(e, "question.asked")["id"], "text": "so"}
    ),
    "a due date of what is no forecast": lambda e: forge(
        e, "claim.scheduled", "C1", {"due": "2030-01-01", "settled_by": "time"}
    ),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_what_the_door_refuses_is_found_in_the_ledger(record, forged):
    folder, events = record
    forged(events)
    attacker.rewrite(folder, events)
    found = audit(folder, checks=["states"]).findings
    assert [each.where for each in found if f"ledger.jsonl:{len(events)} " in each.where] != []


def test_a_final_export_that_leaves_out_what_keeps_it_back_is_found(tmp_path, monkeypatch):
    case = Case.create(tmp_path / "case", "reviewer-1")
    paper = tmp_path / "talk.txt"
    paper.write_text("Maria Lopez joined Globex last week. The model costs 3 billion dollars.\n", "utf-8")
    case.ingest(paper)
    case.decide("C1", "not_checkable")
    case.confirm("C1", by="reviewer-2")
    case.accept("C2")
    monkeypatch.setattr(export, "gates", lambda *_: ())
    case.export()
    found = audit(case.folder, checks=["objections"]).findings
    assert [each.seen for each in found] == ["C2 has no verdict yet."]
    case.close()
