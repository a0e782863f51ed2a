"""Signing at the desk: a decision waits for no key, a key is waited for beside it, and a session ends with its receipt."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial

import pytest
from conftest import make_desk
from driving import PATIENCE, Driver, See, acts, events
from terminal import ROOT

from factcheck.case import Case
from factcheck.signing.making import sign

WAITING = """#!/bin/sh
: >> {folder}/asked
while [ ! -e {folder}/touched ]; do /bin/sleep 0.02; done
exec {tool} "$@"
"""
"""ssh-keygen as it is with a security key: it signs when a finger has touched it."""


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


def key_pair(place, passphrase=""):
    tool = shutil.which("ssh-keygen")
    subprocess.run([tool, "-q", "-t", "ed25519", "-N", passphrase, "-f", place], check=True)
    return place


def public(key):
    return key.with_name(f"{key.name}.pub").read_text("utf-8")


@pytest.fixture
def world(tmp_path):
    """A case in which reviewer-1 has got a key after S1 was taken in, that key, and ssh-keygen, which waits for a finger."""
    key = key_pair(tmp_path / "key")
    tools = tmp_path / "tools"
    tools.mkdir()
    tool = tools / "ssh-keygen"
    tool.write_text(WAITING.format(folder=tmp_path, tool=shutil.which("ssh-keygen")), "utf-8")
    tool.chmod(0o755)
    case = make_desk(tmp_path / "desk", sign=partial(sign, key=key))
    case.add_signer("reviewer-1", public(key))
    case.close()
    return tmp_path


def environ(world, **more):
    return {"PATH": str(world / "tools"), "FACTCHECK_KEY": str(world / "key")} | more


def sat_down(world, bare=1, **more):
    desk = Driver(world / "desk", COLORTERM="", **environ(world, **more))
    desk.do(See("Verdict digits"), See(f"unsigned {bare} (N)"))
    return desk


def wait_until(desk, there):
    for _ in range(PATIENCE * 20):
        if there():
            return
        desk.terminal.read(0.05)
    raise AssertionError(desk.terminal.text())


def kinds(world, since):
    return [kind for kind, _, _ in acts(world / "desk", since)]


def named(world, since):
    """The decisions that were signed afterwards, by their claims."""
    later = [each for each in events(world / "desk")[since:] if each["kind"] == "decisions.signed"]
    return [sorted(each["subject"] for each in line["body"]["decisions"]) for line in later]


def audited(world):
    """What is unsigned; that the audit finds nothing is asked first."""
    case = Case.open(world / "desk", by="reviewer-1")
    assert case.audit().findings == ()
    bare = [each.subject for each in case.unsigned()]
    case.close()
    return bare


def test_a_decision_is_kept_and_the_next_one_taken_while_a_key_waits_for_a_finger(world):
    desk = sat_down(world)
    before = len(acts(world / "desk"))
    desk.do("9", See("C5 judged"))
    wait_until(desk, (world / "asked").exists)
    assert kinds(world, before) == ["verdict.recorded"]
    desk.to("C3")
    desk.do("9", See("C3 judged"))
    assert kinds(world, before) == ["verdict.recorded"] * 2
    (world / "touched").touch()
    desk.wait_for_lines(before + 4)
    assert sorted(claim for each in named(world, before) for claim in each) == ["C3", "C5"]
    desk.leave()
    assert kinds(world, before) == ["verdict.recorded"] * 2 + ["decisions.signed"] * 2
    assert audited(world) == ["S1"]


def test_decisions_in_a_row_take_one_signature(world):
    (world / "touched").touch()
    desk = sat_down(world)
    before = len(acts(world / "desk"))
    desk.do("9", "9", "9")
    desk.wait_for_lines(before + 4)
    assert kinds(world, before) == ["verdict.recorded"] * 3 + ["decisions.signed"]
    desk.leave()
    assert (len(acts(world / "desk")), audited(world)) == (before + 4, ["S1"])


def test_what_only_bears_ones_name_is_not_signed_unasked(world):
    (world / "touched").touch()
    desk = sat_down(world)
    other = Case.open(world / "desk", by="reviewer-1")
    other.decide("C4", "not_checkable")
    other.close()
    before = len(acts(world / "desk"))
    desk.do("9", See("C5 judged"))
    desk.leave()
    assert (named(world, before), audited(world)) == ([["C5"]], ["S1", "C4"])
    assert "2 acts of yours are unsigned: factcheck sign" in desk.terminal.written.decode()


def test_who_leaves_at_once_has_signed_and_is_given_the_receipt_to_keep(world):
    (world / "touched").touch()
    desk = sat_down(world)
    before = len(acts(world / "desk"))
    desk.do("9", See("C5 judged"))
    desk.leave()
    assert (kinds(world, before), named(world, before)) == (
        ["verdict.recorded", "decisions.signed"],
        [["C5"]],
    )
    said = desk.terminal.written.decode().replace("\r", "").splitlines()[-4:]
    assert said[0].endswith("nothing was changed or cut off:")
    receipt = world / "receipt"
    receipt.write_text("\n".join(said[1:]) + "\n", "utf-8")
    command = [sys.executable, "-m", "factcheck", "--case", world / "desk", "audit", "--since", receipt]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    assert said[2] == str(before + 2)


def test_who_leaves_while_the_key_waits_signs_once(world):
    desk = sat_down(world)
    before = len(acts(world / "desk"))
    desk.do("9", See("C5 judged"))
    wait_until(desk, (world / "asked").exists)
    desk.do("q")
    wait_until(desk, lambda: b"\x1b[?1049l" in desk.terminal.written)
    (world / "touched").touch()
    while desk.terminal.read():
        pass
    desk.terminal.child.close()
    assert desk.terminal.child.exitstatus == 0
    assert b"Traceback" not in desk.terminal.written
    assert (kinds(world, before), audited(world)) == (["verdict.recorded", "decisions.signed"], ["S1"])


def test_without_a_key_to_sign_with_the_number_of_unsigned_acts_is_shown_and_said(world):
    case = Case.open(world / "desk", by="reviewer-1")
    case.decide("C4", "not_checkable")
    case.close()
    desk = sat_down(world, 2, FACTCHECK_KEY="")
    desk.do("9", See("unsigned 3 (N)"))
    desk.do("N", See("reviewer-1 has no key to sign with here."))
    desk.leave()
    said = desk.terminal.written.decode()
    assert "3 acts of yours are unsigned: factcheck sign" in said
    assert audited(world) == ["S1", "C4", "C5"]


def test_what_cannot_be_signed_now_is_said_once_and_signed_later(world):
    locked = key_pair(world / "locked", "a passphrase")
    case = Case.open(world / "desk", by="reviewer-1", sign=partial(sign, key=world / "key"))
    case.add_signer("reviewer-1", public(locked))
    case.close()
    (world / "touched").touch()
    desk = sat_down(world, FACTCHECK_KEY=str(locked))
    desk.do("9", See("this key has a passphrase"), See("unsigned 2 (N)"))
    asked = (world / "asked").stat().st_mtime_ns
    desk.do("j", "k")
    desk.terminal.read(3)
    assert (world / "asked").stat().st_mtime_ns == asked
    desk.leave()
    assert "2 acts of yours are unsigned: factcheck sign" in desk.terminal.written.decode()
    assert audited(world) == ["S1", "C5"]
    again = sat_down(world, 2)
    again.do("N", See("2 acts signed"))
    again.leave()
    assert audited(world) == []


def test_a_key_is_revoked_beside_the_desk_and_the_sheet_comes_back(world):
    desk = sat_down(world)
    before = len(acts(world / "desk"))
    desk.do("M", See("Members and policy"), *["Down"] * 20, "Backspace", See("Revoke this key"), "1")
    desk.do(See("signing"), See("Verdict digits"), "j", See("▸  C2 "))
    assert kinds(world, before) == []
    (world / "touched").touch()
    desk.do(See("Members and policy"), See("revoked"))
    assert kinds(world, before) == ["signer.revoked"]
    desk.do("q", See("Verdict digits"))
    desk.leave()


def test_by_lines_nobody_waits_for_a_signature_until_they_leave(world):
    (world / "touched").touch()
    before = len(acts(world / "desk"))
    words = ["--case", world / "desk", "--by", "reviewer-1", "--lang", "en", "review", "--plain"]
    done = subprocess.run(
        [sys.executable, "-m", "factcheck", *words],
        cwd=ROOT,
        input="9\n9\nq\n",
        capture_output=True,
        text=True,
        env=os.environ | environ(world),
        check=False,
    )
    assert (done.returncode, kinds(world, before)) == (0, ["verdict.recorded"] * 2 + ["decisions.signed"])
    assert named(world, before) == [["C2", "C5"]]
    assert done.stderr.splitlines()[-3:-1] == [
        json.loads((world / "desk/claims/ledger.jsonl").read_text("utf-8").split("\n")[0])["body"]["origin"],
        str(before + 3),
    ]
    assert audited(world) == ["S1"]


def test_an_objection_stands_beside_its_claim(world):
    case = Case.open(world / "desk", by="auditor-1")
    case.attach("C5", "https://example.org/cost", stance="context", by="reviewer-1")
    case.raise_objection("C5", "who says so?")
    case.raise_objection("E1", "that page is a copy")
    case.raise_objection("C3", "of another claim")
    case.close()
    for columns, rows, seen in ((120, 40, ("C5", "E1")), (80, 24, ("C5",))):
        desk = Driver(world / "desk", columns=columns, rows=rows, COLORTERM="")
        words = {
            "C5": "objection auditor-1: who says so?",
            "E1": "objection E1 auditor-1: that page is a copy",
        }
        desk.do(*(See(words[each]) for each in seen))
        assert "of another claim" not in desk.terminal.text()
        desk.leave()
