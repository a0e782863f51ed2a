"""Somebody who rewrites the ledger and mends every hash: what is still found, and exactly what is not."""

import copy
import json
import shutil
from collections import defaultdict

import attacker
import pytest
from attacker import seen_by
from forging import first, renumbered

from factcheck.audit import audit

# What people alone can vouch for. Changed in a ledger whose every hash was mended, these are seen by nobody who
# has only the case: it takes a signature, or a receipt kept elsewhere. docs/format.md says so to its readers.
PEOPLES_WORD = {
    "case.created": {"name", "example", "policy.evidence_for_rated"},
    "policy.changed": {"value"},
    "member.added": {"role"},
    "source.ingested": {"title", "date"},
    "source.extracted": {"language", "rules", "packs.name", "packs.sha256"},
    "source.proposed": {"asked", "replayed", "unanswered"},
    "source.dated": {"date"},
    "claim.added": {"claim.type", "claim.checkable", "claim.priority"},
    "claim.dismissed": {"reason", "note"},
    "claim.retyped": {"type"},
    "claim.related": {"why"},
    "claim.reopened": {"because"},
    "claim.split": {"part.type", "part.checkable", "part.priority"},
    "mention.rated": {"rating", "because"},
    "evidence.attached": {
        "evidence.note",
        "evidence.stance",
        "evidence.quote (a bare link)",
    },
    "evidence.withdrawn": {"because"},
    "evidence.graded": {"note"},
    "evidence.reanchored": {"because"},
    "capture.corroborated": {"url", "collector", "note"},
    "origins.joined": {"because"},
    "origins.parted": {"because"},
    "claim.assigned": {"to"},
    "claim.scheduled": {"due", "settled_by"},
    "question.asked": {"text", "whom", "on"},
    "question.answered": {"text"},
    "work.reported": {"claims", "seconds", "keys"},
    "verdict.recorded": {
        "rating",
        "because",
        "as_of",
        "omitted",
        "would_change",
        "basis",
        "parts.because",
        "parts.rating",
    },
    "verdict.disputed": {"because"},
    "verdict.settled": {"rating", "because"},
    "note.added": {"text"},
    "foreword.written": {"text"},
    "publisher.named": {"name", "corrections"},
    "template.adopted": {"version", "title.zh", "title.en", "foot.zh", "foot.en"},
}


# Of some events of a kind only: whom a question was for, a scale that nobody judged on.
OF_SOME = {
    "question.asked": {"to"},
    "scale.adopted": {
        "version",
        *(f"ratings.{name}" for name in ("rating", "key", "value", "symbol")),
        *(f"ratings.{name}.{lang}" for name in ("label", "definition") for lang in ("zh", "en")),
    },
}


# Who did it, when between its neighbours, under which command: signatures are for that.
ENVELOPE = {"by", "id", "time"}


# Told as unverifiable, not as ok: a format, a scale or a reader of somebody else.
UNVERIFIABLE = {
    ("spec",),
    ("body", "maker"),
    ("body", "text", "maker"),
    ("body", "scale"),
    ("body", "scale_version"),
    ("body", "standing", "maker"),
    ("body", "evidence", "standing", "maker"),
}


def test_mending_the_hashes_of_an_unchanged_history_changes_nothing(record):
    folder, events = record
    before = (folder / "claims" / "ledger.jsonl").read_bytes()
    assert (set(), before) == (seen_by(folder, events)[0], (folder / "claims" / "ledger.jsonl").read_bytes())


def replaced(events, number):
    """The history with one event to spoil; the others are mended each time it is written."""
    return [*events[:number], copy.deepcopy(events[number]), *events[number + 1 :]]


def unseen_values(record, chosen):
    """Which values of these (number of the event, place) may be changed without any check finding it."""
    folder, events = record
    unseen = defaultdict(set)
    for number, place, value in chosen:
        changed = replaced(events, number)
        attacker.put(changed[number], place, attacker.another(value))
        if place in UNVERIFIABLE:
            found, report = seen_by(folder, changed)
            assert found or "unverifiable" in {check.status for check in report.checks}
        elif not attacker.noticed(folder, changed):
            unseen[events[number]["kind"]].add(_name(events[number], place))
    return unseen


def values(events):
    """Every value that is neither of the envelope nor made anew when hashes are mended."""
    for number, event in enumerate(events):
        for place, value in attacker.leaves(event):
            if place not in {("seq",), ("prev",), ("tree", "root")} and place[0] not in ENVELOPE:
                yield number, place, value


def test_every_value_of_every_kind_but_peoples_word_is_held_to_something_else(record):
    once = {
        (event["kind"], _name(event, place)): (number, place, value)
        for number, place, value in values(record[1])
        for event in [record[1][number]]
    }
    assert unseen_values(record, once.values()) == PEOPLES_WORD


@pytest.mark.mutation
def test_every_value_of_every_event_but_peoples_word_is_held_to_something_else(record):
    wanted = {
        kind: PEOPLES_WORD.get(kind, set()) | OF_SOME.get(kind, set()) for kind in PEOPLES_WORD | OF_SOME
    }
    assert unseen_values(record, values(record[1])) == wanted


def _name(event, place):
    name = ".".join(str(step) for step in place[1:] if not isinstance(step, int))
    bare = event["kind"] == "evidence.attached" and not event["body"]["evidence"]["capture"]
    return f"{name} (a bare link)" if bare and place[-1] == "quote" else name


def test_a_line_taken_out_is_seen_by_its_version(record):
    folder, events = record
    for number in range(len(events) - 1):
        left = events[:number] + events[number + 1 :]
        found, _ = seen_by(folder, left)
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
        assert "order" in seen_by(folder, swapped)[0]


def test_a_line_cannot_be_doubled(record):
    folder, events = record
    for number in range(len(events)):
        doubled = [*events[: number + 1], copy.deepcopy(events[number]), *events[number + 1 :]]
        assert "order" in seen_by(folder, doubled)[0]


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


def test_no_history_makes_the_audit_fail(record):
    """Bodies exchanged between kinds, subjects between letters: findings, never an exception."""
    folder, events = record
    bodies = {event["kind"]: event["body"] for event in events}
    for number in range(0, len(events), 3):
        for kind, body in list(bodies.items())[number % 4 :: 4]:
            changed = replaced(events, number)
            changed[number] |= {"kind": kind, "body": copy.deepcopy(body)}
            assert json.dumps(seen_by(folder, changed)[1].to_json())
