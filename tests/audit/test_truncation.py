"""A cut end and a replaced history: unseen from the log alone, which is said first; seen by whoever kept anything of it."""

import base64
import random
import shutil
from itertools import combinations

import pytest
from attacker import documents, one_by_one, rewrite
from file_faults import receipts_of, replaced, truncated
from vouched import FIRST, SEED, demanding

from factcheck.audit import Receipt, audit
from factcheck.case import Case
from factcheck.errors import Refused

ENOUGH = 120
RECEIPTS = ("receipts",)


def kept(text):
    return [Receipt("kept.txt", text)]


def pairs(events):
    """How long the ledger is after the attack, and how long it was when the receipt was taken."""
    found = list(combinations(range(12, len(events) + 1), 2))
    random.Random(7).shuffle(found)
    return found[:ENOUGH]


def test_a_cut_end_is_unseen_without_a_receipt(scenes):
    """The control: were it seen, a receipt would be worth nothing."""
    scene = scenes["demanding"]
    for size in range(16, len(scene.events)):
        scene.spoil(truncated(size))
        assert audit(scene.folder).findings == (), size


def test_a_cut_end_is_seen_with_any_later_receipt(scenes):
    scene = scenes["demanding"]
    receipts, told = receipts_of(scene.events), pairs(scene.events)
    assert len(told) >= 100
    for size, then in told:
        found = scene.found(truncated(size), RECEIPTS, kept(receipts[then - 1]))
        assert found, (size, then)
        assert "its end was cut off" in found.seen


def test_a_cut_end_that_has_grown_again_is_seen(scenes):
    scene = scenes["demanding"]
    receipts, told = receipts_of(scene.events), pairs(scene.events)
    for size, then in told:

        def grown(now, _folder, size=size):
            notes = [dict(now[30], body={"text": f"{n}"}) for n in range(len(now))]
            return [*now[:size], *notes]

        found = scene.found(grown, RECEIPTS, kept(receipts[then - 1]))
        assert found, (size, then)
        assert "two pasts of one ledger" in found.seen


@pytest.mark.parametrize("name", ["demanding", "mixed"])
def test_a_replaced_history_is_seen_with_any_receipt_and_never_called_good(scenes, name):
    scene = scenes[name]
    for receipt in receipts_of(scene.events):
        scene.restore()
        replaced(scene.events, scene.folder)
        assert any(one_by_one(scene.folder, [RECEIPTS], receipts=kept(receipt)))
    status = {each.name: each.status for each in audit(scene.folder, checks=["signatures"]).checks}
    assert status["signatures"] != "ok"


def test_two_checkpoints_of_one_size_are_seen(scenes):
    """Of two receipts of one size one is of another past; so is a receipt beside the ledger of today."""
    scene = scenes["mixed"]
    scene.restore()
    number = 0
    for text in receipts_of(scene.events):
        origin, size, root = text.splitlines()
        for at in range(0, 32, 6):
            digest = bytearray(base64.b64decode(root))
            digest[at] ^= 1
            other = f"{origin}\n{size}\n{base64.b64encode(digest).decode('ascii')}\n"
            both = [*kept(text), Receipt("other.txt", other)]
            found = list(one_by_one(scene.folder, [RECEIPTS], receipts=both))
            assert [each.where for each in found] == ["other.txt"]
            assert "two pasts of one ledger" in found[0].seen
            number += 1
    assert number >= 100


@pytest.mark.parametrize(
    ("size", "text"),
    [
        ("-1", "this is not a checkpoint"),
        ("x", "this is not a checkpoint"),
        ("", "this is not a checkpoint"),
        ("9" * 5000, "this is not a checkpoint"),
        ("999", "its end was cut off"),
    ],
)
def test_a_receipt_that_is_none_is_a_finding_and_no_failure(scenes, size, text):
    scene = scenes["mixed"]
    scene.restore()
    origin, _, root = receipts_of(scene.events)[-1].splitlines()
    found = list(one_by_one(scene.folder, [RECEIPTS], receipts=kept(f"{origin}\n{size}\n{root}\n")))
    assert [text in each.seen for each in found] == [True]


def test_a_receipt_of_another_ledger_is_no_proof(scenes):
    scene = scenes["mixed"]
    scene.restore()
    receipt = receipts_of(scenes["demanding"].events)[-1]
    assert "this ledger is" in next(one_by_one(scene.folder, [RECEIPTS], receipts=kept(receipt))).seen


def test_a_desk_that_has_seen_the_head_refuses_what_does_not_continue_it(tmp_path):
    """The desk's own memory: cut, cut and grown again, replaced; the same desk on the same folder writes no more."""
    folder = demanding(tmp_path / "case", tmp_path / "papers")
    pristine = shutil.copytree(folder, tmp_path / "pristine")
    case = Case.open(folder, by=FIRST, private=tmp_path / "own")
    case.note("C1", "seen")
    case.close()
    events = documents(folder)
    notes = [
        dict(events[30], body={"text": f"{n}"}, id=f"018dd3a0-0000-7000-8000-{n:012d}") for n in range(9)
    ]
    for number, spoilt in enumerate(([*events[:-1]], [*events[:20]], [*events[:-1], *notes], events[:1])):
        rewrite(folder, [dict(each) for each in spoilt], SEED)
        case = Case.open(folder, by=FIRST, private=tmp_path / "own")
        with pytest.raises(Refused, match="does not continue the one that this desk has seen"):
            case.note("C1", f"more {number}")
        case.close()
    assert audit(pristine).findings == ()


def test_events_signed_for_another_ledger_do_not_fit_here(tmp_path, scenes):
    """The same people, the same keys, the same acts in the same order; only the origin is another."""
    other = documents(demanding(tmp_path / "other", tmp_path / "papers", origin="factcheck/other"))
    scene, number = scenes["demanding"], 0
    for at, event in enumerate(other):
        if "sig" not in event:
            continue
        for mended in (True, False):

            def replay(now, _folder, at=at, event=event, mended=mended):
                if mended:
                    event["tree"]["root"] = now[at]["tree"]["root"]
                return [*now[:at], event, *now[at + 1 :]]

            assert scene.found(replay, ["signatures", "tree"]), event["kind"]
            number += 1
    assert number >= 40
