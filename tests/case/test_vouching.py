"""What a person signs is what they saw, outside the lock, by one process; nothing is lost where it cannot be signed."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from signing.keymaking import keygen

from factcheck.case import Case
from factcheck.case.desk import Draft
from factcheck.errors import Conflict, NotFound, Refused
from factcheck.events import trust
from factcheck.export import Scope
from factcheck.signing.making import sign
from factcheck.signing.notes import NoteKey, read_note, verified

TEXT = """会议实录

最近 VideoPort 的负责人蒋璐转投 TikTok，负责 AI 视频技术的开发。去年抖音 CEO 张楠辞去抖音 CEO 的职务。OpenAI 上周发布了 Sora。

Last week Maria Lopez, who led the vision team at Acme, joined Globex as chief scientist. The model costs 3 billion dollars to train.
"""
WHY = "Nobody could know."
ONE = Scope(claims=("C1",))


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    return {name: keygen(folder / name) for name in ("reviewer-1", "reviewer-2", "new", "unknown")}


@pytest.fixture
def desk(tmp_path, keys):
    """Opens the case as a person who signs with their key; each of them is closed, and the case is audited, at the end."""
    folder, opened = tmp_path / "case", []
    how = {"desk_key": tmp_path / "desk.key", "private": tmp_path / "private"}

    def open_(by="reviewer-1", **other):
        chosen = how | {"sign": partial(sign, key=keys[by])} | other
        opened.append(Case.open(folder, by=by, **chosen))
        return opened[-1]

    made = Case.create(folder, "reviewer-1", name="signed", **how)
    paper = tmp_path / "meeting.txt"
    paper.write_text(TEXT, "utf-8")
    made.ingest(paper)
    made.accept("C1", "C2", "C3")
    made.close()
    for name in ("reviewer-1", "reviewer-2"):
        open_(name).add_signer(name, public(keys[name]))
    yield open_
    for each in opened:
        each.close()


def public(key):
    return key.with_name(f"{key.name}.pub").read_text("utf-8")


def decide(case, claim="C1", because=WHY, **more):
    return case.decide(claim, "not_checkable", because=because, **more)[-1]


def state(case, event):
    return case.proven([event])[event.seq].signature


def findings(case, *checks):
    return [each.seen for each in case.audit(*checks).findings]


class Meanwhile:
    """Signs with a key, and before that, once or each time, lets something happen."""

    def __init__(self, key, act, times=1):
        self.key, self.act, self.times, self.made = key, act, times, 0

    def __call__(self, message):
        self.made += 1
        if self.made <= self.times:
            self.act()
        return sign(message, self.key)


def test_a_decision_is_signed_over_the_head_that_was_seen(desk):
    case = desk()
    before = case.head
    event = decide(case)
    assert (before, before.size + 1) == (event.tree, event.seq)
    assert state(case, event) == "good"
    assert case.notices == []
    assert findings(case) == []


def test_what_nobody_signs_bears_no_signature(desk):
    case = desk()
    event = case.note("C1", "a note")[-1]
    assert (event.sig, event.tree) == ("", None)


def test_when_others_change_the_claim_meanwhile_it_is_signed_anew(desk, keys):
    other = desk("reviewer-2")
    signing = Meanwhile(keys["reviewer-1"], lambda: other.note("C1", "wait"))
    case = desk(sign=signing)
    event = decide(case)
    assert signing.made == 2
    assert (event.tree.size, state(case, event)) == (event.seq - 1, "good")
    assert [("note.added", event.version - 1), ("verdict.recorded", event.version)] == [
        (each.kind, each.version) for each in case.trail("C1")[-2:]
    ]
    assert findings(case) == []


def test_when_others_work_elsewhere_it_keeps_the_head_that_was_seen(desk, keys):
    other = desk("reviewer-2")
    signing = Meanwhile(keys["reviewer-1"], lambda: other.note("C2", "elsewhere"))
    case = desk(sign=signing)
    event = decide(case)
    assert signing.made == 1
    assert (event.tree.size, state(case, event)) == (event.seq - 2, "good")
    assert findings(case) == []


def test_a_version_that_was_looked_at_is_still_asked_for_after_signing(desk, keys):
    other = desk("reviewer-2")
    case = desk(sign=Meanwhile(keys["reviewer-1"], lambda: other.note("C1", "wait")))
    with pytest.raises(Conflict, match="C1 has changed"):
        decide(case, at=case.claim("C1").version)
    assert findings(case) == []


@pytest.mark.parametrize("whose", ["reviewer-2", "unknown"])
def test_with_a_key_that_is_not_ones_own_it_is_recorded_unsigned_and_said(desk, keys, whose):
    case = desk(sign=partial(sign, key=keys[whose]))
    event = decide(case)
    assert event.sig == ""
    assert "none of reviewer-1's" in case.notices[-1]
    assert "factcheck sign" in case.notices[-1]
    assert findings(case) == []


def test_when_signing_fails_nothing_is_lost_and_it_is_signed_later(desk, keys, tmp_path):
    case = desk(sign=partial(sign, key=tmp_path / "missing"))
    event = decide(case)
    assert (event.sig, state(case, event)) == ("", "none")
    assert "no such key" in case.notices[-1]
    later = desk()
    assert event.id in {each.id for each in later.unsigned()}
    signed = later.sign(only=[event.id])[-1]
    assert (signed.kind, state(later, signed), state(later, event)) == ("decisions.signed", "good", "later")
    assert later.sign(only=[event.id]) == ()
    assert event.id not in {each.id for each in later.unsigned()}
    assert findings(later) == []


def test_an_act_that_was_signed_later_can_be_taken_back(desk, tmp_path):
    event = decide(desk(sign=None))
    case = desk()
    case.sign(only=[event.id])
    case.undo("C1")
    assert case.claim("C1").verdict is None
    assert findings(case) == []


def test_an_act_that_only_a_signature_can_vouch_for_is_not_recorded_without(desk, keys, tmp_path):
    case = desk(sign=None)
    with pytest.raises(Refused, match="only an act that is signed"):
        case.add_signer("reviewer-1", public(keys["new"]))
    failing = desk(sign=partial(sign, key=tmp_path / "missing"))
    before = failing.head
    for act in (
        lambda: failing.add_signer("reviewer-1", public(keys["new"])),
        lambda: failing.revoke_signer("reviewer-1"),
        failing.sign,
    ):
        with pytest.raises(Refused, match="no such key"):
            act()
    assert before == failing.head


def test_a_second_key_is_vouched_for_by_the_first_and_then_signs(desk, keys):
    added = desk().add_signer("reviewer-1", public(keys["new"]))[-1]
    case = desk(sign=partial(sign, key=keys["new"]))
    assert [state(case, each) for each in (added, decide(case))] == ["good", "good"]
    assert findings(case) == []


def test_a_key_does_not_vouch_for_itself_once_its_person_has_another(desk, keys):
    case = desk(sign=partial(sign, key=keys["new"]))
    with pytest.raises(Refused, match="none of reviewer-1's"):
        case.add_signer("reviewer-1", public(keys["new"]))


def test_where_signatures_are_demanded_a_key_comes_from_somebody_who_signs_here(desk, keys, tmp_path):
    desk().set_policy("signatures", value=True)
    with pytest.raises(Refused, match="a key comes from somebody who signs here"):
        desk("new").add_signer("new", public(keys["new"]))
    with pytest.raises(Refused, match="no such key"):
        desk(sign=partial(sign, key=tmp_path / "missing")).add_signer("new", public(keys["new"]))
    desk().add_signer("new", public(keys["new"]))
    case = desk("new")
    assert state(case, decide(case)) == "good"
    assert findings(case) == []


@pytest.mark.parametrize("name", ["Reviewer-1", "ｒeviewer-1", "REVIEWER-1"])
def test_nobody_gets_a_key_under_a_name_that_reads_like_another_signers(desk, keys, name):
    with pytest.raises(Refused, match="reads like reviewer-1"):
        desk(by="reviewer-2").add_signer(name, public(keys["new"]))


def test_a_key_that_was_revoked_signs_nothing_more_and_what_it_signed_stays(desk, keys):
    case = desk()
    before = decide(case)
    case.add_signer("reviewer-1", public(keys["new"]))
    case.revoke_signer("reviewer-1", public(keys["reviewer-1"]))
    after = decide(case, "C2")
    assert [state(case, each) for each in (before, after)] == ["good", "none"]
    assert "none of reviewer-1's" in case.notices[-1]
    with pytest.raises(Refused, match="was revoked here"):
        desk(sign=partial(sign, key=keys["new"])).add_signer("reviewer-1", public(keys["reviewer-1"]))
    assert public(keys["reviewer-1"]).split()[1] not in case.allowed_signers()
    assert findings(case) == []


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"valid_before": "2024-01-01"}, "none"),
        ({"valid_after": "2999-01-01"}, "none"),
        ({"valid_after": "2024-01-01", "valid_before": "2999-01-01"}, "good"),
    ],
)
def test_a_key_signs_only_between_its_days(desk, keys, dates, expected):
    desk().add_signer("reviewer-1", public(keys["new"]), **dates)
    case = desk(sign=partial(sign, key=keys["new"]))
    assert expected == state(case, decide(case))
    assert findings(case) == []


def test_where_signatures_are_demanded_a_final_export_waits_for_them(desk):
    case = desk()
    case.set_policy("signatures", value=True)
    first, second = decide(desk(sign=None)), desk("reviewer-2", sign=None).confirm("C1")[-1]
    case.refresh()
    with pytest.raises(Refused, match="sign"):
        case.export(scope=ONE)
    assert findings(case, "signatures") == ["it bears no signature, and this desk demanded one by then"] * 2
    case.sign(only=[first.id])
    with pytest.raises(Refused, match="sign"):
        case.export(scope=ONE)
    desk("reviewer-2").sign(only=[second.id])
    case.refresh()
    published = case.export(scope=ONE)
    assert not published.export.draft
    assert state(case, case.trail(published.export.id)[-1]) == "good"
    assert findings(case) == []


def test_signatures_are_not_demanded_where_nobody_has_a_key(case):
    with pytest.raises(Refused, match="nobody has a key"):
        case.set_policy("signatures", value=True)


WRAPPER = """#!/bin/sh
echo "$@" >> {log}
exec {program} "$@"
"""


def test_a_decision_costs_one_process(desk, tmp_path, monkeypatch):
    log, wrapper = tmp_path / "log", tmp_path / "bin" / "ssh-keygen"
    case = desk()
    wrapper.parent.mkdir()
    wrapper.write_text(WRAPPER.format(log=log, program=shutil.which("ssh-keygen")))
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    event = decide(case)
    assert state(case, event) == "good"
    assert len(log.read_text("utf-8").splitlines()) == 1
    case.note("C2", "no process")
    assert len(log.read_text("utf-8").splitlines()) == 1


RACE = """
import sys
from functools import partial
from pathlib import Path
from pathlib import Path
from factcheck.case import Case
from factcheck.case.desk import Draft
from factcheck.signing.making import sign
folder, by, key = sys.argv[1:]
case = Case.open(folder, by=by, sign=partial(sign, key=Path(key)))
for n in range(6):
    case.raise_objection("C1", f"{by} {n}")
case.close()
"""


def test_two_who_sign_at_the_same_time_are_both_recorded_and_signed(desk, keys):
    case = desk()
    racing = [
        subprocess.Popen([sys.executable, "-c", RACE, case.folder, by, keys[by]], stderr=subprocess.PIPE)
        for by in ("reviewer-1", "reviewer-2")
    ]
    assert [(each.communicate(timeout=120)[1], each.returncode) for each in racing] == [(b"", 0)] * 2
    case.refresh()
    made = [each for each in case.trail("C1") if each.kind == "objection.raised"]
    assert len(made) == 12
    assert {"good"} == {each.signature for each in case.proven(made).values()}
    assert findings(case) == []


def files(folder):
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and ".factcheck" not in path.parts
    }


def test_while_it_is_signed_nothing_is_written_and_then_all_once(desk, keys, tmp_path):
    seen = []
    signing = Meanwhile(keys["reviewer-1"], lambda: seen.append(files(case.folder)), times=9)
    case = desk(sign=signing)
    paper = tmp_path / "second.txt"
    paper.write_text("Globex 上周收购了 Acme。\n", "utf-8")
    before = files(case.folder)
    source = case.ingest(paper)
    kept = files(case.folder)
    published = case.export(draft=True)
    assert [before, kept] == seen
    added = sorted(each.partition("-")[0] for each in kept.keys() - before.keys())
    assert added == ["claims/S2.suggestions", "claims/second.txt"]
    new = files(case.folder).keys() - kept.keys()
    assert {f"exports/{published.export.id}"} == {str(Path(each).parent) for each in new}
    assert [state(case, e) for e in case.trail(source.id) if e.kind == "source.ingested"] == ["good"]
    assert findings(case) == []


def test_an_act_that_is_refused_leaves_no_file_and_signs_nothing(desk, keys):
    signing = Meanwhile(keys["reviewer-1"], lambda: None)
    case = desk(sign=signing)
    before = files(case.folder)
    with pytest.raises(Refused):
        case.export(scope=ONE)
    assert (before, 0) == (files(case.folder), signing.made)


def lines(case):
    return (case.folder / "claims" / "ledger.jsonl").read_bytes().splitlines(keepends=True)


def cut(case, number):
    """Roll the record back, as an old backup would, with a checkpoint that fits."""
    shutil.rmtree(case.folder / ".factcheck")
    (case.folder / "claims" / "ledger.jsonl").write_bytes(b"".join(lines(case)[:-number]))
    (case.folder / "claims" / "checkpoint").unlink()


def test_a_desk_that_saw_more_lines_does_not_write_behind_fewer(desk):
    case = desk()
    decide(case)
    cut(case, 1)
    again = desk()
    assert "does not continue" in again.notices[-1]
    with pytest.raises(Refused, match=r"does not continue .*factcheck ledger forget"):
        again.note("C1", "further")
    receipt = again.forget_head()
    assert int(receipt.split("\n")[1]) == len(lines(case)) + 1
    assert again.note("C1", "further")[-1].seq == len(lines(case))
    assert desk().notices == []
    assert findings(again) == []


def test_a_ledger_that_was_replaced_is_not_written_to(desk, tmp_path):
    case = desk()
    other = Case.create(tmp_path / "other", "reviewer-1", name="other")
    for number in range(30):
        other.set_policy("min_origins", 2 + number)
    other.close()
    for each in (case.folder / ".factcheck", case.folder / "claims", tmp_path / "other" / ".factcheck"):
        shutil.rmtree(each)
    shutil.copytree(tmp_path / "other" / "claims", case.folder / "claims")
    again = desk()
    with pytest.raises(Refused, match="does not continue"):
        again.set_policy("min_origins", 1)
    again.forget_head()
    assert again.set_policy("min_origins", 1)
    with pytest.raises(NotFound):
        Case.open(tmp_path / "other").forget_head()


def test_the_checkpoint_is_a_note_signed_by_the_desk(desk):
    case = desk()
    decide(case)
    note = read_note((case.folder / "claims" / "checkpoint").read_text("utf-8"))
    known = [NoteKey.from_vkey(each.key) for each in case.info.desks]
    assert tuple(known) == verified(note, known)
    assert note.text == case.receipt()
    with pytest.raises(ValueError, match="not one of this text"):
        verified(read_note(sized(note, case)), known)


def sized(note, case):
    text = (case.folder / "claims" / "checkpoint").read_text("utf-8")
    size = note.text.split("\n")[1]
    return text.replace(f"\n{size}\n", f"\n{int(size) + 1}\n", 1)


def test_a_desk_that_was_not_announced_leaves_three_lines(desk, tmp_path):
    case = desk(desk_key=tmp_path / "another.key")
    decide(case)
    text = (case.folder / "claims" / "checkpoint").read_text("utf-8")
    assert case.receipt() == text
    assert len(text.splitlines()) == 3
    assert findings(case) == []
    (check,) = case.audit("checkpoint").checks
    assert check.status == "unverifiable"
    assert "no fault" in check.note
    assert "factcheck signers desk, by a reviewer or lead, announces" in check.note
    case.add_desk("another desk")
    text = (case.folder / "claims" / "checkpoint").read_text("utf-8")
    assert len(read_note(text).signatures) == 1
    assert [(each.status, each.note) for each in case.audit("checkpoint").checks] == [("ok", "")]
    assert findings(case) == []


def test_a_clock_that_jumps_back_between_signing_and_writing_breaks_no_order(desk, keys):
    now = datetime.now(UTC) + timedelta(hours=2)
    late = desk("reviewer-2", clock=lambda: now + timedelta(hours=1))
    signing = Meanwhile(keys["reviewer-1"], lambda: late.note("C2", "from a clock that is ahead"))
    event = decide(desk(clock=lambda: now, sign=signing))
    behind = desk(clock=lambda: now - timedelta(hours=1))
    ahead, signed, later = *behind.trail("C2")[-1:], event, behind.note("C3", "behind")[-1]
    assert [ahead.seq + 1, ahead.seq + 2] == [signed.seq, later.seq]
    assert signed.time < ahead.time <= later.time
    again = decide(behind, "C3")
    assert again.time >= ahead.time
    assert findings(behind) == []


def test_who_may_sign_is_written_beside_the_ledger(desk, keys):
    case = desk()
    text = (case.folder / "claims" / "allowed_signers").read_text("utf-8")
    assert text == case.allowed_signers()
    assert [f"{name} " for name in ("reviewer-1", "reviewer-2")] == [each[:11] for each in text.splitlines()]


def test_ssh_keygen_alone_checks_a_decision_from_its_line(desk, tmp_path):
    case = desk()
    decide(case)
    event = json.loads(lines(case)[-1])
    signature = event["sig"]
    rest = {name: value for name, value in event.items() if name not in {"sig", "seq", "prev"}}
    message = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    (tmp_path / "sig").write_text(signature, "ascii")
    command = ["ssh-keygen", "-Y", "verify", "-f", case.folder / "claims" / "allowed_signers"]
    command += ["-I", "reviewer-1", "-n", "event@factcheck", "-s", tmp_path / "sig"]
    done = [
        subprocess.run(command, input=each, capture_output=True, check=False).returncode
        for each in (message, message + b"\n")
    ]
    assert done[0] == 0
    assert done[1] != 0


@pytest.mark.parametrize(
    "more",
    [
        {"key": "ssh-ed25519 AAAA"},
        {"valid_after": "2024-13-01T00:00:00.000Z"},
        {"valid_before": "2024-01-41T00:00:00.000Z"},
    ],
)
def test_a_forged_line_about_a_key_is_a_finding_and_never_in_the_way(desk, keys, more):
    case = desk("reviewer-1", sign=None)
    body = {"name": "forger", "key": " ".join(public(keys["new"]).split()[:2])} | more
    case._commit(lambda: [Draft("signer.added", "case", trust.SignerAdded(**body))], by="forger")
    assert "forger" not in case.allowed_signers()
    assert any("key" in each for each in findings(case))
    assert case.add_signer("reviewer-3", public(keys["unknown"]))
    assert "reviewer-3" in (case.folder / "claims" / "allowed_signers").read_text("utf-8")
