"""docs/format.md is what a stranger writes a checker from: it names every kind, field, check and limit."""

import random
import subprocess
from pathlib import Path

import pytest
import stranger
from attacker import byte_changes

from factcheck.audit import CHECKS, audit
from factcheck.events import BODIES, Event
from factcheck.events.bodies import (
    ClaimBody,
    EvidenceBody,
    MentionBody,
    PolicyBody,
    PremiseBody,
    ReadingBody,
    ReliedOn,
)
from factcheck.events.suggestions import SuggestedClaim, SuggestedReading, SuggestedRegion
from factcheck.ledger.checkpoint import read_checkpoint

TEXT = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")


def row(kind):
    """The row of a kind, with what it refers to."""
    found = next(
        each for each in TEXT.splitlines() if each.startswith("| ") and f"`{kind}`" in each.split("|")[1]
    )
    return found + row("verdict.recorded") if "as recorded" in found else found


@pytest.mark.parametrize("kind", BODIES)
def test_every_kind_and_every_field_of_its_body_is_described(kind):
    assert not [name for name in BODIES[kind].model_fields if f"`{name}`" not in row(kind)]


def test_every_field_of_the_parts_of_a_body_is_described():
    part = TEXT[TEXT.index("claim     =") : TEXT.index("| kind |")]
    for body in (ClaimBody, MentionBody, EvidenceBody, PremiseBody, ReadingBody, ReliedOn):
        assert not [name for name in body.model_fields if f'"{name}"' not in part]
    assert not [name for name in PolicyBody.model_fields if f"`{name}`" not in row("case.created")]


def test_every_key_of_a_line_is_described():
    assert not [name for name in Event.model_fields if f"| `{name}` |" not in TEXT]


def test_every_field_of_a_suggestion_is_described():
    part = TEXT[TEXT.index("## Suggestions") : TEXT.index("## Exports")]
    for record in (SuggestedClaim, SuggestedReading, SuggestedRegion):
        assert not [name for name in record.model_fields if f'"{name}"' not in part]


def test_every_check_is_named():
    assert not [name for name in CHECKS if f"`{name}`" not in TEXT[TEXT.index("## What our audit checks") :]]


def test_the_shown_command_finds_the_hash_that_the_next_line_names(whole):
    command = next(line for line in TEXT.splitlines() if line.startswith("n=50")).replace("n=50", "n=17")
    shown = subprocess.run(
        ["bash", "-c", command], cwd=whole, capture_output=True, text=True, check=True
    ).stdout
    lines = (whole / "claims" / "ledger.jsonl").read_bytes().splitlines()
    assert Event.from_line(lines[17], where="").prev == shown.split()[0]
    assert len(lines) == read_checkpoint(whole / "claims" / "checkpoint").head.size


def test_a_checker_written_from_the_document_agrees(whole):
    assert stranger.check(whole) == audit(whole, checks=["tree"]).head.size
    assert "factcheck" not in {name.split(".")[0] for name in vars(stranger)}


@pytest.mark.parametrize("seed", range(3))
def test_a_checker_written_from_the_document_finds_changed_bytes(folder, seed):
    chance = random.Random(seed)
    for name in ("claims/ledger.jsonl", "claims/checkpoint", "claims/meeting.txt", "exports/X1/report.md"):
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(byte_changes(data, chance))
        with pytest.raises((AssertionError, ValueError, KeyError, TypeError)):
            stranger.check(folder)
        (folder / name).write_bytes(data)
